//! Jira's own webhooks.

use super::*;

/// The accounts that a payload teaches.
pub(super) fn learned(mapping: &Mapping, payload: Value) -> Vec<(String, String, ShownBy)> {
    match apply_for(mapping, Function::RequestCreated, payload, &[]).unwrap() {
        Mapped::Events { learned, .. } => learned
            .into_iter()
            .map(|(id, claim)| (id.into(), claim.address.into(), claim.shown_by))
            .collect(),
        Mapped::Nothing(reason) => panic!("{reason}"),
    }
}

#[test]
fn the_mapped_field_gives_the_address_and_teaches_the_account_of_reporters_who_are_customers() {
    let mapping = Mapping::Jira(JiraMapping {
        email: vec![
            "/issue/fields/customfield_1".parse().unwrap(),
            "/issue/fields/customfield_10050".parse().unwrap(),
        ],
        reporter_is_customer: true,
        ..JiraMapping::default()
    });
    let document = document(&mapping, Function::RequestCreated, created());
    assert_eq!(document["data"]["reporter"]["email"], "vera@globex.example");
    assert_eq!(document["data"]["reporter"]["name"], "Vera");
    assert_eq!(document["timestamp"], "2026-11-22T09:30:00.123Z");
    assert_eq!(
        learned(&mapping, created()),
        [(
            "r-1".to_owned(),
            "vera@globex.example".to_owned(),
            ShownBy::Description
        )]
    );
}

#[test]
fn an_account_without_address_is_looked_up() {
    let ids: Vec<String> = jira()
        .accounts(&created(), Function::RequestCreated)
        .into_iter()
        .map(String::from)
        .collect();
    assert_eq!(ids, ["r-1"]);
    let known = [("r-1", "vera@globex.example")];
    assert!(apply_for(&jira(), Function::RequestCreated, created(), &known).is_ok());
    let unknown = apply_for(&jira(), Function::RequestCreated, created(), &[]).unwrap_err();
    assert_eq!(unknown.pointer(), Some("/issue/fields/reporter"));
    assert!(unknown.parkable());
}

#[test]
fn the_desks_own_names_are_used_for_type_organisation_and_participants() {
    let mapping: Mapping = serde_json::from_value(json!({
        "name": "jira",
        "email": ["/issue/fields/customfield_10050"],
        "request_type": "/issue/fields/customfield_10010/requestType/name",
        "request_types": {"Report a fault": "incident"},
        "organization": {"constant": "globex"},
        "participants": "/issue/fields/customfield_10002",
    }))
    .unwrap();
    let known = [("p-1", "pia@globex.example")];
    let mapped = apply_for(&mapping, Function::RequestCreated, created(), &known).unwrap();
    let Mapped::Events { documents, .. } = mapped else {
        panic!("nothing")
    };
    let document = &documents[0];
    assert_eq!(document["data"]["request"]["type"], "incident");
    assert_eq!(document["data"]["organization"], "globex");
    // An unknown participant is left out; the request is not.
    assert_eq!(
        document["data"]["participants"],
        json!(["pia@globex.example"])
    );
}

#[test]
fn only_an_exact_and_unrestricted_yes_makes_a_comment_public() {
    let public = |change: fn(&mut Value)| {
        document(&jira(), Function::RequestUpdated, comment(change))["data"]["comment"]["public"]
            .clone()
    };
    assert_eq!(public(|_| {}), true);
    assert_eq!(public(|c| c["jsdPublic"] = json!(false)), false);
    assert_eq!(public(|c| c["jsdPublic"] = json!("true")), false);
    assert_eq!(public(|c| c["jsdPublic"] = json!(1)), false);
    assert_eq!(public(|c| c["jsdPublic"] = json!(null)), false);
    assert_eq!(
        public(|c| drop(c.as_object_mut().unwrap().remove("jsdPublic"))),
        false
    );
    assert_eq!(
        public(|c| c["visibility"] = json!({"type": "role", "value": "Service Desk Team"})),
        false
    );
}

#[test]
fn an_author_is_a_customer_by_kind_or_as_the_reporter() {
    let role = |payload: Value| {
        document(&jira(), Function::RequestUpdated, payload)["data"]["comment"]["author"]["role"]
            .clone()
    };
    assert_eq!(role(comment(|_| {})), "agent");
    assert_eq!(
        role(comment(|c| c["author"]["accountType"] = json!("customer"))),
        "customer"
    );
    let mut own = comment(|_| {});
    own["issue"]["fields"]["reporter"] = json!({"accountId": "a-1"});
    assert_eq!(role(own), "customer");
}

#[test]
fn a_comment_may_be_a_document_and_one_without_text_is_nothing() {
    let body = json!({"type": "doc", "content": [
        {"type": "paragraph", "content": [{"type": "text", "text": "Done."}]},
    ]});
    let document = document(
        &jira(),
        Function::RequestUpdated,
        comment(|c| c["body"] = body),
    );
    assert_eq!(document["data"]["comment"]["body"], "Done.");
    let empty = apply_for(
        &jira(),
        Function::RequestUpdated,
        comment(|c| c["body"] = json!(" ")),
        &[],
    );
    assert_eq!(empty, Ok(Mapped::Nothing("a comment without text")));
}

#[test]
fn a_status_means_what_the_source_its_name_or_jiras_category_says() {
    let category = |mapping: &Mapping, now: &str, key: &str| {
        let mut payload = created();
        payload["webhookEvent"] = json!("jira:issue_updated");
        payload["issue"]["fields"]["status"] = json!({"name": now, "statusCategory": {"key": key}});
        payload["changelog"] = json!({"items": [{"field": "status", "toString": "Checking"}]});
        document(mapping, Function::RequestUpdated, payload)["data"]["status"]["category"].clone()
    };
    assert_eq!(category(&jira(), "Checking", "new"), "new");
    assert_eq!(
        category(&jira(), "Checking", "indeterminate"),
        "in_progress"
    );
    assert_eq!(category(&jira(), "Checking", "done"), "done");
    // The issue has moved on: its category is not the one of the status that was reported.
    assert_eq!(category(&jira(), "Closed", "done"), "in_progress");
    let named: Mapping = serde_json::from_value(
        json!({"name": "jira", "statuses": {"Checking": "waiting_for_customer"}}),
    )
    .unwrap();
    assert_eq!(category(&named, "Checking", "done"), "waiting_for_customer");
}

#[test]
fn what_is_missing_is_named() {
    let missing = |payload: Value| {
        apply_for(
            &jira(),
            Function::RequestCreated,
            payload,
            &[("r-1", "v@globex.example")],
        )
        .unwrap_err()
        .pointer()
        .map(str::to_owned)
    };
    let by_field: Mapping = serde_json::from_value(json!({
        "name": "jira",
        "email": ["/issue/fields/customfield_10050"],
        "organization": {"pointer": "/issue/fields/customfield_10002"},
    }))
    .unwrap();
    let error = apply_for(&by_field, Function::RequestCreated, created(), &[]).unwrap_err();
    assert_eq!(error.pointer(), Some("/issue/fields/customfield_10002"));
    assert_eq!(missing(json!({})).unwrap(), "/webhookEvent");
    assert_eq!(missing(json!([])).unwrap(), "/webhookEvent");
    let mut payload = created();
    payload["issue"]["key"] = json!(null);
    assert_eq!(missing(payload).unwrap(), "/issue/key");
    assert_eq!(
        missing(json!({"webhookEvent": "jira:issue_created"})).unwrap(),
        "/issue/fields/reporter"
    );
    let nothing = apply_for(
        &jira(),
        Function::RequestUpdated,
        json!({"webhookEvent": "comment_deleted"}),
        &[],
    );
    assert_eq!(nothing, Ok(Mapped::Nothing("this Jira event is not used")));
}
