//! Importing the customers of a site of Jira, over sites that are made here.

use std::{
    collections::BTreeMap,
    fmt::Write,
    pin::Pin,
    sync::{Arc, Mutex},
    time::Duration,
};

use app::Clock;
use domain::{Timestamp, Version, decide::LeftOut as Rule, membership::State};
use jiff::SignedDuration;
use jira::{Client, Credentials, Timer, Transport};
use operator::{Done, ImportOptions, ImportPlan, Members, Operator, Why, World};
use serde_json::{Value, json};
use store::{Pause, PauseReason};
use wiremock::{Request, ResponseTemplate};

use crate::{
    connect::{connected, support},
    engine::{Engine, WORLD, now},
    site::Site,
};

/// A site as a test makes it.
#[derive(Debug, Clone, Default)]
struct Made {
    /// Names and members of organisations, by number.
    organizations: BTreeMap<u64, (String, Vec<Value>)>,
    /// Those on the desk's list.
    customers: Vec<Value>,
    /// The kinds of accounts that are not the portal's.
    kinds: BTreeMap<String, &'static str>,
}

fn portal(n: usize, email: &str) -> Value {
    json!({ "accountId": format!("qm:site:{n:04}"), "emailAddress": email,
        "displayName": format!("Person {n}"), "active": true })
}

impl Made {
    fn organization(&mut self, number: u64, name: &str, members: Vec<Value>) {
        self.customers.extend(members.clone());
        self.organizations
            .insert(number, (name.to_owned(), members));
    }

    /// A member with another id than the portal's.
    fn atlassian(&mut self, id: &str, email: &str, kind: &'static str) -> Value {
        self.kinds.insert(id.to_owned(), kind);
        json!({ "accountId": id, "emailAddress": email, "displayName": "Someone", "active": true })
    }

    fn answer(&self, request: &Request) -> ResponseTemplate {
        let query: BTreeMap<String, String> = request.url.query_pairs().into_owned().collect();
        let start: usize = query.get("start").map_or(0, |start| start.parse().unwrap());
        let path = request.url.path().trim_start_matches("/rest/").to_owned();
        let parts: Vec<&str> = path.split('/').collect();
        let body = match parts.as_slice() {
            ["servicedeskapi", "servicedesk", "3", "organization"] => {
                let all = self.organizations.iter();
                let all: Vec<Value> = all
                    .map(|(id, (name, _))| json!({ "id": id.to_string(), "name": name }))
                    .collect();
                page(&all, start)
            }
            ["servicedeskapi", "organization", number, "user"] => {
                page(&self.organizations[&number.parse().unwrap()].1, start)
            }
            ["servicedeskapi", "servicedesk", "3", "customer"] => page(&self.customers, start),
            ["api", "3", "user", "bulk"] => {
                let ids = request
                    .url
                    .query_pairs()
                    .filter(|(name, _)| name == "accountId");
                let users: Vec<Value> = ids
                    .filter_map(|(_, id)| {
                        let kind = self.kinds.get(&*id)?;
                        Some(json!({ "accountId": id, "accountType": kind }))
                    })
                    .collect();
                json!({ "values": users })
            }
            _ => return ResponseTemplate::new(404),
        };
        ResponseTemplate::new(200).set_body_json(body)
    }
}

/// Pages of fifty, whatever was asked for.
fn page(all: &[Value], start: usize) -> Value {
    let values: Vec<&Value> = all.iter().skip(start).take(50).collect();
    json!({ "size": values.len(), "start": start, "limit": 50,
        "isLastPage": start + values.len() >= all.len(), "values": values })
}

/// A clock that waiting moves.
#[derive(Debug)]
struct Moved(Mutex<Timestamp>);

impl Clock for Moved {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

impl Timer for Moved {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }

    fn wait(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>> {
        *self.0.lock().unwrap() += time;
        Box::pin(async {})
    }
}

fn client(site: &Site) -> Client {
    client_at(site, &Arc::new(Moved(Mutex::new(now()))))
}

fn client_at(site: &Site, clock: &Arc<Moved>) -> Client {
    let credentials = Credentials {
        email: "robot@lanyard.example".to_owned(),
        token: "token".into(),
    };
    let address = site.address().parse().unwrap();
    let transport = Transport::public().unwrap();
    let timer = Arc::clone(clock) as Arc<dyn Timer>;
    Client::new(
        address,
        &credentials,
        transport,
        timer,
        jira::Settings::default(),
    )
    .unwrap()
}

/// An engine with a world, and a site.
struct Setting {
    engine: Engine,
    operator: Operator,
    site: Site,
}

impl Setting {
    async fn start(made: Made, world: World) -> Self {
        let site = Site::answering(move |request| made.answer(request)).await;
        let engine = Engine::start().await;
        let operator = engine.operator();
        operator.apply(&world).await.unwrap();
        Self {
            engine,
            operator,
            site,
        }
    }

    async fn plan(&self, options: ImportOptions) -> ImportPlan {
        let operator = &self.operator;
        let read = operator
            .read_site(&support(), &client(&self.site))
            .await
            .unwrap();
        operator
            .plan_import(&support(), &read, options)
            .await
            .unwrap()
    }

    async fn import(&self) -> Done {
        let plan = self.plan(ImportOptions::default()).await;
        self.operator.carry_out_import(&plan).await.unwrap()
    }
}

/// The seeded world, connected with a site that nobody calls by this address.
fn world() -> World {
    connected("http://127.0.0.1:9", "requests = \"read\"")
}

fn why(plan: &ImportPlan, who: &str) -> Option<Why> {
    let left_out = plan.left_out.iter().find(|one| one.who == who);
    left_out.map(|one| one.why)
}

#[tokio::test(flavor = "multi_thread")]
async fn customers_become_members_and_are_linked_and_nobody_is_mailed() {
    let mut made = Made::default();
    let people = vec![
        portal(1, "Nora@acme.example"),
        portal(2, "olaf@acme.example"),
    ];
    made.organization(7, " ACME", people);
    assert!(WORLD.contains("name = \"Acme\""), "known by another case");
    let setting = Setting::start(made, world()).await;
    let (engine, before) = (
        &setting.engine,
        setting.engine.count("journal", "OUTBOX#").await,
    );
    let seats = engine.organization("acme").await.seats_used;

    assert_eq!(
        setting.import().await,
        Done {
            members: 2,
            linked: 2
        }
    );
    let nora = engine
        .membership("acme", "nora@acme.example")
        .await
        .unwrap();
    assert_eq!((&nora.state, nora.joined_at), (&State::Active, Some(now())));
    assert_eq!(nora.name.unwrap().as_str(), "Person 1");
    assert!(
        nora.due_at.unwrap() > now(),
        "the inactivity clock starts now"
    );
    assert_eq!(engine.organization("acme").await.seats_used, seats + 2);
    assert_eq!(
        engine.count("journal", "OUTBOX#").await,
        before,
        "a mail left"
    );
    let links = engine.store.desk_links(&support()).await.unwrap();
    let accounts: Vec<&str> = links.iter().map(|link| link.account.as_str()).collect();
    assert_eq!(accounts, ["qm:site:0001", "qm:site:0002"]);
    assert!(links.iter().all(|link| link.listed && !link.made));
    let acme = "acme".parse().unwrap();
    let counterpart = engine.store.counterpart(&support(), &acme).await.unwrap();
    assert_eq!(counterpart.unwrap().id, 7);
    assert!(
        setting
            .site
            .methods()
            .await
            .iter()
            .all(|method| method == "GET")
    );

    let again = setting.plan(ImportOptions::default()).await;
    assert!(again.is_empty(), "{:?}", again.lines());
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_who_is_left_out_is_named_with_the_reason() {
    let mut made = Made::default();
    let bot = made.atlassian("557058:bot", "bot@acme.example", "app");
    let agent = made.atlassian("5b10", "agent@lanyard.example", "atlassian");
    let both = made.atlassian("5b11", "paul@acme.example", "atlassian");
    let mut hidden = portal(5, "");
    hidden["emailAddress"] = Value::Null;
    let mut revoked = portal(6, "rosa@acme.example");
    revoked["active"] = json!(false);
    let members = vec![
        portal(1, "paul@acme.example"),
        portal(2, "PAUL@acme.example"),
        portal(3, "paul+tickets@acme.example"),
        portal(4, "no address"),
        portal(7, "support@lanyard.example"),
        portal(8, "zoe@elsewhere.example"),
        bot,
        agent,
        both,
        hidden,
        revoked,
    ];
    made.organization(7, "Acme", members);
    made.customers.push(portal(9, "alone@acme.example"));
    let setting = Setting::start(made, world()).await;
    let plan = setting.plan(ImportOptions::default()).await;
    for (who, expected) in [
        ("bot@acme.example", Why::Bot),
        ("agent@lanyard.example", Why::Atlassian),
        ("PAUL@acme.example", Why::SameAddress),
        ("paul+tickets@acme.example", Why::Rule(Rule::SameMailbox)),
        ("no address", Why::BadAddress),
        ("Person 5", Why::HiddenAddress),
        ("rosa@acme.example", Why::Inactive),
        ("support@lanyard.example", Why::Rule(Rule::Own)),
        ("zoe@elsewhere.example", Why::Rule(Rule::Outside)),
        ("alone@acme.example", Why::NoOrganization),
    ] {
        assert_eq!(
            why(&plan, who),
            Some(expected),
            "{who}: {:#?}",
            plan.lines()
        );
    }
    let joining = &plan.organizations[0].joining;
    let joining: Vec<&str> = joining.iter().map(|one| one.email.as_str()).collect();
    assert_eq!(joining, ["paul@acme.example"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_organization_that_is_not_known_is_shown_as_a_piece_of_the_world() {
    let mut made = Made::default();
    made.organization(41, "Müller & Söhne", vec![portal(1, "ida@mueller.example")]);
    made.organization(
        42,
        "müller & söhne",
        (2..90)
            .map(|n| portal(n, &format!("p{n}@m.example")))
            .collect(),
    );
    made.organization(43, "", Vec::new());
    let setting = Setting::start(made, world()).await;
    let plan = setting.plan(ImportOptions::default()).await;
    assert!(plan.is_empty());
    let piece = &plan.new_organizations;
    assert!(
        piece.contains(
            "jira = 41\n# 1 people. Name a lead, such as ida@mueller.example.\nleads = []"
        ),
        "{piece}"
    );
    assert!(piece.contains("policy.seat_cap = 89"), "{piece}");

    // With leads it is a world file's, and the same import lets the people in.
    let led = piece.replace(
        "leads = []",
        "leads = [{ email = \"lead@lanyard.example\", name = \"Lea Lead\" }]",
    );
    let section =
        "[desk.support.jira]\nsite = \"http://127.0.0.1:9\"\nservice_desk = 3\nrequests = \"read\"";
    let world = World::parse(&format!("{WORLD}\n{section}\n{led}")).unwrap();
    setting.operator.apply(&world).await.unwrap();
    assert_eq!(setting.import().await.linked, 89);
}

#[tokio::test(flavor = "multi_thread")]
async fn seats_that_do_not_suffice_are_counted_before_anything_is_written() {
    let mut made = Made::default();
    let people = (0..40)
        .map(|n| portal(n, &format!("p{n:02}@acme.example")))
        .collect();
    made.organization(7, "Acme", people);
    let setting = Setting::start(made, world()).await;
    let free = {
        let acme = setting.engine.organization("acme").await;
        usize::try_from(acme.policy.seat_cap - acme.seats_used).unwrap()
    };
    let plan = setting.plan(ImportOptions::default()).await;
    let planned = &plan.organizations[0];
    assert_eq!(
        (planned.joining.len(), planned.seats_missing),
        (free, 40 - free)
    );
    assert_eq!(setting.import().await.members, free);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_that_was_interrupted_goes_on() {
    let people: Vec<Value> = (0..6)
        .map(|n| portal(n, &format!("p{n}@acme.example")))
        .collect();
    let mut half = Made::default();
    half.organization(7, "Acme", people[..3].to_vec());
    let mut setting = Setting::start(half, world()).await;
    assert_eq!(setting.import().await.members, 3);
    // Somebody else became a member before their account was linked.
    let member = "[[member]]\norganization = \"acme\"\nemail = \"p5@acme.example\"\nname = \"P Five\"\n\
        joined_days_ago = 9\nactive_days_ago = 1\n";
    let seeded = setting
        .operator
        .seed(&Members::parse(member).unwrap())
        .await;
    assert_eq!(seeded.unwrap(), 1);
    let mut whole = Made::default();
    whole.organization(7, "Acme", people);
    setting.site = Site::answering(move |request| whole.answer(request)).await;
    assert_eq!(
        setting.import().await,
        Done {
            members: 2,
            linked: 3
        }
    );
    assert!(setting.plan(ImportOptions::default()).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_that_the_site_asked_for_is_waited_for_and_kept_for_the_writer() {
    let mut made = Made::default();
    made.organization(7, "Acme", vec![portal(1, "nora@acme.example")]);
    let mut setting = Setting::start(made.clone(), world()).await;
    let asked = Mutex::new(0);
    setting.site = Site::answering(move |request| {
        let mut asked = asked.lock().unwrap();
        *asked += 1;
        if *asked == 2 {
            return ResponseTemplate::new(429).insert_header("retry-after", "600");
        }
        made.answer(request)
    })
    .await;
    let until = now() + SignedDuration::from_mins(30);
    let pause = Pause {
        until,
        why: PauseReason::Limit,
        in_a_row: 1,
        token: Version::NEW,
        calls: BTreeMap::new(),
    };
    setting
        .engine
        .store
        .pause_desk(&support(), &pause)
        .await
        .unwrap();
    let clock = Arc::new(Moved(Mutex::new(now())));
    let client = client_at(&setting.site, &clock);
    let read = setting
        .operator
        .read_site(&support(), &client)
        .await
        .unwrap();
    assert!(read.complete);
    let ended = Clock::now(&*clock).duration_since(now());
    assert!(ended >= SignedDuration::from_mins(40), "{ended}");
    let kept = setting.engine.store.desk_pause(&support()).await.unwrap();
    assert_eq!(kept.unwrap().until, until + SignedDuration::from_mins(10));
}

#[tokio::test(flavor = "multi_thread")]
async fn three_thousand_people_of_four_hundred_organizations_take_at_most_600_calls() {
    let mut made = Made::default();
    let mut sections = String::new();
    for n in 0..400_u64 {
        // Sizes from one to a hundred and more, as sites have them.
        let size = if n % 40 == 0 { 60 } else { 6 };
        let first = usize::try_from(n).unwrap() * 100;
        let people = (0..size)
            .map(|k| portal(first + k, &format!("p{k}@org{n}.example")))
            .collect();
        made.organization(n + 1, &format!("Org {n}"), people);
        write!(
            sections,
            "[organization.org-{n}]\nname = \"Org {n}\"\ndesk = \"support\"\njira = {}\n\
             leads = [{{ email = \"lead@org{n}.example\", name = \"Lea Lead\" }}]\npolicy.seat_cap = 100\n",
            n + 1
        )
        .unwrap();
    }
    assert_eq!(made.customers.len(), 2_940);
    let section =
        "[desk.support.jira]\nsite = \"http://127.0.0.1:9\"\nservice_desk = 3\nrequests = \"read\"";
    let world = World::parse(&format!("{WORLD}\n{section}\n{sections}")).unwrap();
    let setting = Setting::start(made, world).await;
    let operator = &setting.operator;
    let read = operator
        .read_site(&support(), &client(&setting.site))
        .await
        .unwrap();
    assert!(read.complete);
    assert!(read.calls <= 600, "{} calls", read.calls);
    let plan = operator
        .plan_import(&support(), &read, ImportOptions::default())
        .await
        .unwrap();
    let joining: usize = plan.organizations.iter().map(|one| one.joining.len()).sum();
    assert_eq!(
        (joining, plan.links()),
        (2_940, 2_940),
        "{:#?}",
        plan.left_out
    );
    assert_eq!(plan.left_out, []);
}
