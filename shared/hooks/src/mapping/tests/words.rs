//! Things that Jira names by a number and by a word in the site's language, and comments that come
//! as a change of their issue.

use super::*;

fn changed(to: Value, status: Value) -> Value {
    let mut payload = created();
    payload["webhookEvent"] = json!("jira:issue_updated");
    payload["issue"]["fields"]["status"] = status;
    payload["changelog"] = json!({"items": [to]});
    payload
}

fn by(setting: Value) -> Mapping {
    let mut settings = json!({"name": "jira"});
    let more = setting.as_object().unwrap().clone();
    settings.as_object_mut().unwrap().extend(more);
    serde_json::from_value(settings).unwrap()
}

fn status(mapping: &Mapping, payload: Value) -> Value {
    document(mapping, Function::RequestUpdated, payload)["data"]["status"].clone()
}

fn done(from: &str) -> Value {
    json!({"field": "status", "fieldId": "status", "from": from, "fromString": "Open", "to": "10004",
        "toString": "Done"})
}

fn fertig() -> Value {
    json!({"id": "10004", "name": "Fertig", "statusCategory": {"id": 3, "key": "done", "name": "Fertig"}})
}

#[test]
fn a_status_is_known_by_its_id_in_every_language() {
    let closed = json!({"from": "Open", "to": "Done", "category": "done"});
    assert_eq!(status(&jira(), changed(done("1"), fertig())), closed);
    // Rules write numbers as numbers; a category has its number, too.
    let mut change = done("1");
    change["to"] = json!(10004);
    let mut now = fertig();
    now["statusCategory"] = json!({"id": 3});
    assert_eq!(status(&jira(), changed(change, now)), closed);
    // One name, two statuses: the issue has moved on.
    let mut other = fertig();
    other["id"] = json!("10009");
    other["name"] = json!("Done");
    assert_eq!(
        status(&jira(), changed(done("1"), other))["category"],
        "in_progress"
    );
}

#[test]
fn statuses_are_set_by_id_or_by_either_name() {
    for key in ["10004", "Done", "Fertig", "fertig "] {
        let mapping = by(json!({"statuses": {key: "waiting_for_customer"}}));
        let category = &status(&mapping, changed(done("1"), fertig()))["category"];
        assert_eq!(category, "waiting_for_customer", "{key}");
    }
    // The id has precedence over the name.
    let both = by(json!({"statuses": {"Done": "new", "10004": "done"}}));
    assert_eq!(
        status(&both, changed(done("1"), fertig()))["category"],
        "done"
    );
    let waits = json!({"field": "status", "to": "3", "toString": "Waiting for customer"});
    let warten =
        json!({"id": "3", "name": "Warten auf Kunden", "statusCategory": {"key": "indeterminate"}});
    assert_eq!(
        status(&jira(), changed(waits, warten))["category"],
        "waiting_for_customer"
    );
}

#[test]
fn a_field_that_is_called_status_is_none() {
    let own = json!({"field": "status", "fieldtype": "custom", "fieldId": "customfield_7", "toString": "Paid"});
    let apply = |change| {
        let payload = changed(change, fertig());
        apply_for(&jira(), Function::RequestUpdated, payload, &[])
    };
    let nothing = Ok(Mapped::Nothing("an issue changed without its status"));
    assert_eq!(apply(own), nothing);
    assert_eq!(
        apply(json!({"field": "status", "fieldtype": "custom", "toString": "Paid"})),
        nothing
    );
    // A site may translate the field's name.
    let translated =
        json!({"field": "Status", "fieldId": "status", "to": "10004", "toString": "Done"});
    assert!(matches!(apply(translated), Ok(Mapped::Events { .. })));
}

#[test]
fn request_types_and_organisations_are_set_by_id_or_name() {
    let mut payload = created();
    let fields = &mut payload["issue"]["fields"];
    fields["customfield_10010"] = json!({"requestType": {"id": "12", "name": "Störung melden"}});
    fields["issuetype"] = json!({"id": "12", "name": "Vorfall"});
    fields["customfield_10002"] =
        json!([{"id": "3", "name": "Other"}, {"id": "7", "name": "Globex AG"}]);
    fields["reporter"]["emailAddress"] = json!("vera@globex.example");
    let created = |setting: Value, payload: &Value| {
        document(&by(setting), Function::RequestCreated, payload.clone())["data"].clone()
    };
    for pointer in ["", "/requestType", "/requestType/name", "/requestType/id"] {
        for key in ["12", "Störung melden", "störung MELDEN"] {
            if pointer.ends_with("id") && key != "12" {
                continue;
            }
            let pointer = format!("/issue/fields/customfield_10010{pointer}");
            let setting = json!({"request_type": pointer, "request_types": {key: "incident"}});
            assert_eq!(
                created(setting, &payload)["request"]["type"],
                "incident",
                "{pointer} {key}"
            );
        }
    }
    let by_issue_type = |key: &str| json!({"request_types": {key: "incident"}});
    assert_eq!(
        created(by_issue_type("12"), &payload)["request"]["type"],
        "incident"
    );
    assert_eq!(
        created(by_issue_type("Vorfall"), &payload)["request"]["type"],
        "incident"
    );
    // The number of an issue type is not that of a request type.
    let setting =
        json!({"request_type": "/issue/fields/nothing", "request_types": {"12": "incident"}});
    assert_eq!(created(setting, &payload)["request"]["type"], "Vorfall");

    let of = |key: &str| json!({"organization": {"pointer": "/issue/fields/customfield_10002"}, "organizations": {key: "globex"}});
    for key in ["7", "Globex AG", "globex ag"] {
        assert_eq!(
            created(of(key), &payload)["organization"],
            "globex",
            "{key}"
        );
    }
    assert_eq!(created(of("8"), &payload)["organization"], json!(null));
    payload["issue"]["fields"]["customfield_10002"] = json!([]);
    let none = json!({"organization": {"pointer": "/issue/fields/customfield_10002"}});
    assert_eq!(created(none, &payload)["organization"], json!(null));
}

/// Data Center's payloads for a comment.
fn commented_in(event: &str, change: impl FnOnce(&mut Value)) -> Vec<Value> {
    let mut payload = comment(|_| {});
    payload["webhookEvent"] = json!("jira:issue_updated");
    payload["issue_event_type_name"] = json!(event);
    payload["comment"]["created"] = json!("2026-11-22T10:20:00.000+0100");
    payload["comment"]["updated"] = json!("2026-11-22T10:40:00.000+0100");
    change(&mut payload);
    match apply_for(&jira(), Function::RequestUpdated, payload, &[]).unwrap() {
        Mapped::Events { documents, .. } => documents,
        Mapped::Nothing(_) => Vec::new(),
    }
}

#[test]
fn a_comment_within_a_change_of_the_issue_is_a_comment() {
    let documents = commented_in("issue_commented", |_| {});
    assert_eq!(documents.len(), 1);
    assert_eq!(documents[0]["type"], "request.commented");
    assert_eq!(documents[0]["data"]["comment"]["public"], true);
    // It has the comment's time, so `comment_created` reports the same comment.
    assert_eq!(documents[0]["timestamp"], "2026-11-22T09:20:00Z");
    let mut alone = comment(|c| c["created"] = json!("2026-11-22T10:20:00.000+0100"));
    alone["timestamp"] = json!(1_795_339_999_000_i64);
    assert_eq!(
        document(&jira(), Function::RequestUpdated, alone),
        documents[0]
    );

    let edited = commented_in("issue_comment_edited", |_| {});
    assert_eq!(edited[0]["timestamp"], "2026-11-22T09:40:00Z");
    assert_eq!(
        commented_in("issue_comment_deleted", |_| {}),
        Vec::<Value>::new()
    );
}

#[test]
fn a_change_of_status_with_a_comment_is_both() {
    let documents = commented_in("issue_resolved", |payload| {
        payload["changelog"] = json!({"items": [done("1")]});
        payload["issue"]["fields"]["status"] = fertig();
    });
    let types: Vec<&Value> = documents.iter().map(|document| &document["type"]).collect();
    assert_eq!(types, ["request.commented", "request.transitioned"]);
    assert_eq!(documents[1]["data"]["status"]["category"], "done");
    assert_eq!(documents[1]["timestamp"], "2026-11-22T09:30:00.123Z");
}

fn marked(c: &mut Value, internal: Value) {
    c.as_object_mut().unwrap().remove("jsdPublic");
    c["properties"] = json!([{"key": "sd.public.comment", "value": {"internal": internal}}]);
}

#[test]
fn data_centers_mark_counts_where_there_is_no_other() {
    let public = |change: fn(&mut Value)| {
        let documents = commented_in("issue_commented", |payload| change(&mut payload["comment"]));
        documents[0]["data"]["comment"]["public"].clone()
    };
    assert_eq!(
        public(|c| drop(c.as_object_mut().unwrap().remove("jsdPublic"))),
        false
    );
    assert_eq!(public(|c| marked(c, json!(false))), true);
    assert_eq!(public(|c| marked(c, json!(true))), false);
    assert_eq!(public(|c| marked(c, json!("false"))), false);
    assert_eq!(public(|c| marked(c, json!(null))), false);
    assert_eq!(
        public(|c| {
            marked(c, json!(false));
            c["jsdPublic"] = json!(false);
        }),
        false
    );
    assert_eq!(
        public(|c| {
            marked(c, json!(false));
            c["visibility"] = json!({"type": "group", "value": "staff"});
        }),
        false
    );
}
