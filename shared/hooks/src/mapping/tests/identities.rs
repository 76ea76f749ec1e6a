//! The people in a Jira payload: customers, agents, nobody.

use super::jiras::learned;
use super::*;

const FIELD: &str = "/issue/fields/customfield_10050";

/// A Jira whose desk keeps the customer's address in a field.
fn by_field(reporter_is_customer: bool) -> Mapping {
    Mapping::Jira(JiraMapping {
        email: vec![FIELD.parse().unwrap()],
        reporter_is_customer,
        ..JiraMapping::default()
    })
}

fn created_by(reporter: Value) -> Value {
    let mut payload = created();
    payload["issue"]["fields"]["reporter"] = reporter;
    payload
}

/// The same without an address in the field.
fn without_field(reporter: Value) -> Value {
    let mut payload = created_by(reporter);
    payload["issue"]["fields"]["customfield_10050"] = json!(null);
    payload
}

/// The reporter's address and name.
fn reporter(mapping: &Mapping, payload: Value, known: &[(&str, &str)]) -> Option<(String, Value)> {
    match apply_for(mapping, Function::RequestCreated, payload, known) {
        Ok(Mapped::Events { documents, .. }) => {
            let reporter = &documents[0]["data"]["reporter"];
            let email = reporter["email"].as_str().unwrap().to_owned();
            Some((email, reporter["name"].clone()))
        }
        Err(MappingError::UnknownAccount { .. }) => None,
        other => panic!("{other:?}"),
    }
}

/// The values that Jira and its rules write for nobody in particular.
fn nobodies() -> Vec<Value> {
    vec![
        json!({"accountId": "unknown", "displayName": "Former user"}),
        json!({"accountId": "Unknown"}),
        json!({"accountId": "557058:unknown"}),
        json!({"accountId": "", "displayName": ""}),
        json!({"accountId": "{{issue.reporter.accountId}}"}),
        json!({"accountId": "00000000-0000-0000-0000-000000000000"}),
        json!({"accountId": "5f1", "accountType": "app", "displayName": "Form bot"}),
        json!({"accountId": "5f2", "accountType": "unknown"}),
        json!({"accountId": "5f3", "accountType": "a type to come"}),
        json!({"accountId": "unknown", "key": "vera", "name": "vera"}),
        json!({"key": "JIRAUSER10100", "name": "jirauser10100", "displayName": "user-7f3a1"}),
        json!({"key": "vera", "name": "vera", "emailAddress": "?", "active": false}),
        json!({"name": "anonymous"}),
        json!({"key": "-1"}),
        json!({"displayName": "Somebody"}),
    ]
}

#[test]
fn an_account_that_is_nobodys_is_neither_learned_nor_looked_up() {
    for nobody in nobodies() {
        for mapping in [jira(), by_field(false), by_field(true)] {
            let payload = without_field(nobody.clone());
            let named = mapping.accounts(&payload, Function::RequestCreated);
            assert_eq!(named, BTreeSet::new(), "{nobody}");
            assert_eq!(reporter(&mapping, payload, &[]), None, "{nobody}");
            if mapping != jira() {
                assert_eq!(
                    learned(&mapping, created_by(nobody.clone())),
                    [],
                    "{nobody}"
                );
            }
        }
    }
}

#[test]
fn data_center_names_people_by_key_and_by_name_only_where_there_is_none() {
    let accounts = |person: Value| -> Vec<String> {
        let named = jira().accounts(&created_by(person), Function::RequestCreated);
        named.into_iter().map(String::from).collect()
    };
    let key = json!({"key": "JIRAUSER10100", "name": "vera"});
    assert_eq!(accounts(key), ["JIRAUSER10100"]);
    assert_eq!(accounts(json!({"key": "vera"})), ["vera"]);
    // The key of one person can be the name of another.
    assert_eq!(accounts(json!({"name": "vera"})), ["name:vera"]);
}

#[test]
fn an_account_is_learned_only_with_an_address_that_is_shown_to_be_its_own() {
    let bound = |mapping: &Mapping, person: Value| learned(mapping, created_by(person)).pop();
    let vera = "vera@globex.example";
    let own = json!({"accountId": "r-1", "accountType": "atlassian", "emailAddress": vera});
    let plain = json!({"accountId": "r-1", "accountType": "customer"});
    let agents = json!({"accountId": "r-1", "emailAddress": "pavel@agents.example"});
    let is = |how| Some(("r-1".to_owned(), vera.to_owned(), how));

    assert_eq!(bound(&by_field(false), own.clone()), is(ShownBy::Payload));
    assert_eq!(bound(&by_field(true), own), is(ShownBy::Payload));
    assert_eq!(bound(&by_field(false), plain.clone()), None);
    assert_eq!(bound(&by_field(true), plain), is(ShownBy::Description));
    // The description is wrong about a reporter with another address,
    assert_eq!(bound(&by_field(true), agents), None);
    let hidden = json!({"accountId": "r-1", "emailAddress": "user@hidden.example"});
    assert_eq!(bound(&by_field(true), hidden), None);
    // about an administrator of the desk, and about an assignee.
    let ada = json!({"accountId": "r-1", "emailAddress": "ada@lanyard.example"});
    assert_eq!(bound(&by_field(true), ada), None);
    let mut assigned = created_by(json!({"accountId": "r-1", "accountType": "atlassian"}));
    assigned["issue"]["fields"]["assignee"] = json!({"accountId": "r-1"});
    assert_eq!(learned(&by_field(true), assigned), []);
}

#[test]
fn whoever_created_an_issue_for_somebody_else_is_not_learned() {
    for reporter in [json!(null), json!({}), json!({"accountId": null})] {
        let mut payload = created_by(reporter);
        let agent = json!({"accountId": "a-1", "accountType": "atlassian", "displayName": "Pavel"});
        payload["issue"]["fields"]["creator"] = agent.clone();
        payload["user"] = agent;
        assert_eq!(learned(&by_field(true), payload), []);
    }
}

#[test]
fn the_address_of_the_field_counts_whoever_the_reporter_is() {
    let vera = Some(("vera@globex.example".to_owned(), json!(null)));
    let mut gone = created();
    gone["issue"]["fields"]
        .as_object_mut()
        .unwrap()
        .remove("reporter");
    for payload in [created_by(json!(null)), created_by(json!({})), gone] {
        assert_eq!(reporter(&by_field(false), payload.clone(), &[]), vera);
        assert_eq!(reporter(&by_field(true), payload, &[]), vera);
    }
    // Without any address the delivery waits for an administrator.
    assert_eq!(
        reporter(&by_field(false), without_field(json!(null)), &[]),
        None
    );
}

#[test]
fn a_name_comes_from_where_the_address_came() {
    let named = |mapping: &Mapping, person: Value| reporter(mapping, created_by(person), &[]);
    let vera = |name: Value| Some(("vera@globex.example".to_owned(), name));
    let pavel = json!({"accountId": "a-1", "accountType": "atlassian", "displayName": "Pavel"});
    assert_eq!(named(&by_field(false), pavel), vera(json!(null)));
    let mut own = json!({"accountId": "r-1", "displayName": "Vera"});
    assert_eq!(named(&by_field(false), own.clone()), vera(json!(null)));
    assert_eq!(named(&by_field(true), own.clone()), vera(json!("Vera")));
    own["emailAddress"] = json!("VERA@globex.example");
    assert_eq!(named(&by_field(false), own), vera(json!("Vera")));
    let former = json!({"accountId": "unknown", "displayName": "Former user"});
    assert_eq!(named(&by_field(true), former), vera(json!(null)));
    let bot = json!({"accountId": "b", "accountType": "app", "displayName": "Form bot",
        "emailAddress": "vera@globex.example"});
    assert_eq!(named(&by_field(true), bot), vera(json!(null)));
}

#[test]
fn the_desks_own_addresses_and_nobodys_are_no_reporters() {
    for address in [
        "support@lanyard.example",
        "Support+orders@lanyard.example",
        "inbox@lanyard.example",
        "ada@lanyard.example",
        "no-reply@globex.example",
        "user@hidden.example",
        "jirauser10100@jira.invalid",
        concat!("b1c2@", "connect.atlassian.com"),
        "?",
        "vera at globex dot example",
    ] {
        let mut payload = without_field(json!({"accountId": "r-1", "emailAddress": address}));
        assert_eq!(reporter(&jira(), payload.clone(), &[]), None, "{address}");
        payload["issue"]["fields"]["customfield_10050"] = json!(address);
        assert_eq!(
            reporter(&by_field(true), payload.clone(), &[]),
            None,
            "{address}"
        );
        // The next field may have one.
        payload["issue"]["fields"]["customfield_10051"] = json!("vera@globex.example");
        let two = Mapping::Jira(JiraMapping {
            email: vec![
                FIELD.parse().unwrap(),
                "/issue/fields/customfield_10051".parse().unwrap(),
            ],
            ..JiraMapping::default()
        });
        let vera = Some(("vera@globex.example".to_owned(), json!(null)));
        assert_eq!(reporter(&two, payload, &[]), vera, "{address}");
    }
}

#[test]
fn nobody_at_the_desk_is_looked_up() {
    let ada = json!({"accountId": "a-1", "emailAddress": "ada@lanyard.example"});
    let wrong = [("a-1", "vera@globex.example")];
    assert_eq!(reporter(&jira(), without_field(ada), &wrong), None);
    // The address of a hidden account may be known, however.
    let hidden = json!({"accountId": "a-1", "emailAddress": "user@hidden.example"});
    let vera = Some(("vera@globex.example".to_owned(), json!(null)));
    assert_eq!(reporter(&jira(), without_field(hidden), &wrong), vera);
}

#[test]
fn a_field_may_hold_a_person() {
    let mut payload = created_by(json!({"accountId": "a-1"}));
    payload["issue"]["fields"]["customfield_10050"] =
        json!({"accountId": "r-1", "emailAddress": "vera@globex.example"});
    let vera = Some(("vera@globex.example".to_owned(), json!(null)));
    assert_eq!(reporter(&by_field(false), payload, &[]), vera);
}

#[test]
fn a_creator_stands_for_a_missing_reporter_only_as_a_customer() {
    let created_by = |creator: Value| {
        let mut payload = without_field(json!(null));
        payload["issue"]["fields"]["creator"] = creator;
        reporter(&jira(), payload, &[]).map(|(email, _)| email)
    };
    let vera = "vera@globex.example";
    let mut person = json!({"accountId": "r-1", "emailAddress": vera, "accountType": "customer"});
    assert_eq!(created_by(person.clone()).as_deref(), Some(vera));
    person["accountType"] = json!("atlassian");
    assert_eq!(created_by(person), None);
}

#[test]
fn an_agents_comment_is_an_agents_though_they_raise_everybodys_issues() {
    let role = |mapping: &Mapping, change: fn(&mut Value)| {
        let mut payload = comment(|_| {});
        payload["issue"]["fields"]["reporter"] = json!({"accountId": "a-1"});
        change(&mut payload);
        document(mapping, Function::RequestUpdated, payload)["data"]["comment"]["author"]["role"]
            .clone()
    };
    assert_eq!(role(&by_field(false), |_| {}), "agent");
    assert_eq!(role(&by_field(true), |_| {}), "customer");
    assert_eq!(role(&jira(), |_| {}), "customer");
    // The kind identifies them, and so does the address of the issue's customer.
    let as_customer = |p: &mut Value| p["comment"]["author"]["accountType"] = json!("customer");
    assert_eq!(role(&by_field(false), as_customer), "customer");
    let portal_only = |p: &mut Value| {
        p["comment"]["author"] = json!({"accountId": "qm:6f1d2c84:3b0e8a77"});
    };
    assert_eq!(role(&by_field(false), portal_only), "customer");
    let by_address = |p: &mut Value| {
        p["comment"]["author"] = json!({"key": "vera", "emailAddress": "vera@globex.example"});
        p["issue"]["fields"]["customfield_10050"] = json!("vera@globex.example");
    };
    assert_eq!(role(&by_field(false), by_address), "customer");
    // Two people whom nothing distinguishes are not the same person.
    let nobody = |p: &mut Value| {
        p["comment"]["author"] = json!({"accountId": "unknown"});
        p["issue"]["fields"]["reporter"] = json!({"accountId": "unknown"});
    };
    assert_eq!(role(&jira(), nobody), "agent");
    let app = |p: &mut Value| {
        p["comment"]["author"]["accountType"] = json!("app");
    };
    assert_eq!(role(&by_field(true), app), "agent");
}

#[test]
fn what_was_bound_before_is_believed_as_the_source_is_described() {
    use ShownBy::{Description, Payload, Unsaid};
    let believed =
        |mapping: &Mapping| [Payload, Description, Unsaid].map(|how| mapping.believes(how));
    assert_eq!(believed(&jira()), [true, false, true]);
    assert_eq!(believed(&by_field(true)), [true, true, true]);
    assert_eq!(believed(&by_field(false)), [true, false, false]);
    assert_eq!(believed(&Mapping::Canonical), [false, false, false]);
}
