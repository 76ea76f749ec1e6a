//! The content of a world file, and the reports of its mistakes.

use domain::policy::{DomainJoin, Mode, OutsideDomain};
use operator::{Members, World};

use crate::engine::{MEMBERS, WORLD, world};

#[test]
fn the_seeded_world_is_as_the_design_has_it() {
    let world = world();
    let ids = |ids: Vec<String>| ids.join(" ");
    assert_eq!(
        ids(world.desks.keys().map(ToString::to_string).collect()),
        "it support"
    );
    assert_eq!(
        ids(world
            .organizations
            .keys()
            .map(ToString::to_string)
            .collect()),
        "acme globex initech"
    );
    assert_eq!(
        ids(world.sources.keys().map(ToString::to_string).collect()),
        "forms hr jira tally typeform"
    );
    for desk in world.desks.values() {
        assert_eq!(desk.request_types.len(), 3);
        assert!(desk.request_types.iter().all(|kind| kind.fields.len() >= 3));
        assert_eq!(desk.announcements.len(), 1);
        let buttons = desk.transitions.iter();
        let buttons: Vec<_> = buttons.map(|change| change.name.as_str()).collect();
        assert_eq!(buttons, ["Close", "Open again"]);
    }
    let org = |id: &str| &world.organizations[&id.parse().unwrap()];
    let (acme, globex, initech) = (org("acme"), org("globex"), org("initech"));
    assert_eq!(acme.policy.seat_cap, 25);
    assert_eq!(acme.policy.domain_join, DomainJoin::OnRequest);
    assert_eq!(acme.policy.inactivity.mode, Mode::Observe);
    assert_eq!(globex.policy.seat_cap, 3);
    assert_eq!(globex.policy.inactivity.mode, Mode::Enforce);
    // The organization's values add to the defaults and do not replace them.
    assert_eq!(
        globex.policy.inactivity.warn_after_days,
        acme.policy.inactivity.warn_after_days
    );
    // Its domains may be invited without being named a second time.
    assert_eq!(globex.policy.allowed_domains, globex.domains);
    assert!(initech.domains.is_empty());
    assert_eq!(initech.policy.outside_domain, OutsideDomain::Ask);
    assert_eq!(initech.policy.domain_join, DomainJoin::Off);
}

fn wrong(text: &str) -> String {
    World::parse(text).unwrap_err().to_string()
}

#[test]
fn everything_that_is_wrong_is_named_at_once_by_its_path() {
    let text = r#"
colour = "red"

[defaults]
seat_cap = 0

[desk.it]
name = "IT"
sender = "not an address"
administrators = ["ada@lanyard.example"]
access = "members"

[desk.support]
name = "Support"
sender = "support@lanyard.example"
administrators = []
access = "members"

[[desk.support.transition]]
name = "Close"
from = ["new"]
to = { name = "Closed", category = "done" }

[[desk.support.transition]]
name = "Close"
from = []
to = { name = "Done", category = "done" }

[[desk.support.request_type]]
id = "a"
name = "A"

[[desk.support.request_type.field]]
id = "f"
label = "F"
kind = "choice"

[[desk.support.request_type]]
id = "a"
name = "Another"

[organization.Acme]
name = "Acme"
desk = "support"
leads = []

[organization.globex]
name = "Globex"
desk = "nowhere"
domains = ["globex.example"]
leads = [{ email = "gus@globex.example" }, { email = "GUS@globex.example" }]
policy = { seat_cap = 1, inactivity = { grace_days = 0 } }

[organization.umbrella]
name = "Umbrella"
desk = "support"
domains = ["globex.example"]
leads = [{ email = "vic@umbrella.example" }]
policy = { seat_cap = 5, seats = 3 }

[source.forms]
scheme = "carrier-pigeon"
functions = ["request-created"]

[source.hr]
scheme = "tally"
functions = []

[source.jira]
scheme = "hub-signature"
functions = ["request-created"]
mapping = "jira"
desk = "legal"

[source.robot]
scheme = "shared-token"
header = "x-token"
functions = ["request-created"]
"#;
    let wrong = wrong(text);
    for expected in [
        "colour: is none of defaults, desk, organization, source",
        "desk.it.sender: not an e-mail address",
        "desk.support.administrators: somebody has to decide",
        "desk.support.transition[1].name: stands on an earlier button",
        "desk.support.transition[1].from: names no state",
        "desk.support.request_type[0].field[0].choices: a choice needs",
        "desk.support.request_type[1].id: stands for an earlier",
        "organization.Acme: not a valid organization",
        "organization.globex.desk: no [desk.nowhere]",
        "organization.globex.leads: names somebody twice",
        "organization.globex.policy.inactivity.grace_days: must be 1 or more",
        "organization.umbrella.policy.seats: unknown field `seats`",
        "source.forms.scheme: no such scheme",
        "source.hr.functions: a source needs at least one function",
        "source.jira.desk: no [desk.legal]",
        "source.robot.addresses: the scheme shared-token needs",
    ] {
        assert!(
            wrong.lines().any(|line| line.starts_with(expected)),
            "{expected}\n---\n{wrong}"
        );
    }
}

#[test]
fn a_domain_belongs_to_one_organization() {
    let text = WORLD.replace(
        "domains = [\"globex.example\", \"globex.test\"]",
        "domains = [\"globex.example\", \"acme.example\"]",
    );
    assert_eq!(
        wrong(&text),
        "organization.globex.domains: acme.example belongs to organization acme already"
    );
}

#[test]
fn what_is_no_toml_is_told_with_its_line() {
    assert!(wrong("[desk.it]\nname = \n").starts_with("line 2: "));
    assert!(wrong("[desk.it]\n[desk.it]\n").starts_with("line 2: "));
    assert_eq!(wrong("desk = 3"), "desk: write [desk.id] for each desk");
}

#[test]
fn an_empty_file_is_an_empty_world() {
    assert!(World::parse("").unwrap().organizations.is_empty());
}

#[test]
fn the_seeded_members_are_read_and_a_wrong_one_is_named() {
    assert!(Members::parse(MEMBERS).is_ok());
    let text = MEMBERS.replacen("active_days_ago = 2", "active_days_ago = 900", 1);
    assert_eq!(
        Members::parse(&text).unwrap_err().to_string(),
        "member[0].active_days_ago: nobody is active before they joined"
    );
}

/// The seeded world, with more sections.
fn world_with(more: &str) -> String {
    format!("{WORLD}\n{more}")
}

const CONNECTED: &str = r#"
[desk.it.jira]
site = "https://desk.atlassian.example"
service_desk = 3
customers = "read"
approval = { approved = "Approve" }

[desk.it.jira.request_type.hardware]
id = 12
fields = { why = "description", amount = "customfield_10042" }

[desk.it.jira.request_type.access]
id = 13

[desk.it.jira.request_type.fault]
id = 14
summary = "title"

[organization.umbrella]
name = "Umbrella"
desk = "it"
jira = 7
leads = [{ email = "vic@umbrella.example" }]
"#;

#[test]
fn a_desk_may_be_connected_with_jira() {
    let world = World::parse(&world_with(CONNECTED)).unwrap();
    let desk = &world.desks[&"it".parse().unwrap()];
    let jira = desk.jira.as_ref().unwrap();
    assert_eq!((jira.service_desk, jira.revoke), (3, false));
    assert!(jira.organizations.writes() && jira.requests.writes());
    assert!(!jira.customers.writes());
    let summaries = jira.request_types.values();
    let summaries: Vec<_> = summaries.map(|kind| kind.summary.as_str()).collect();
    assert_eq!(summaries, ["summary", "title", "summary"]);
    let umbrella = &world.organizations[&"umbrella".parse().unwrap()];
    let there = umbrella.counterpart.unwrap();
    assert_eq!((there.id, there.written), (Some(7), true));
    // The others are served by a desk without a connection.
    let acme = &world.organizations[&"acme".parse().unwrap()];
    assert_eq!(acme.counterpart, None);
}

#[test]
fn a_connection_has_to_fit_the_desk() {
    let text = CONNECTED
        .replace("https://desk", "http://desk")
        .replace("amount =", "colour =")
        .replace("request_type.fault", "request_type.noise")
        .replace(
            r#"customers = "read""#,
            "customers = \"read\"\nrevoke = true",
        );
    let text = world_with(&text).replace("name = \"Acme\"", "name = \"Acme\"\njira = 8");
    let wrong = wrong(&text);
    for path in [
        "desk.it.jira.site: write an https address",
        "desk.it.jira.revoke: needs `customers = \"manage\"`",
        "desk.it.jira.request_type.hardware.fields.colour: is no field of the request type",
        "desk.it.jira.request_type.noise: is no request type of the desk",
        "desk.it.jira.request_type.fault: names the request type there",
        "organization.acme.jira: no [desk.support.jira]",
    ] {
        assert!(wrong.contains(path), "{path}\n{wrong}");
    }
}
