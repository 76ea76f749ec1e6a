//! Jira automation's web requests.

use super::*;

fn mapping() -> Mapping {
    serde_json::from_value(
        json!({"name": "jsm-automation", "email": ["/issue/fields/customfield_10050"]}),
    )
    .unwrap()
}

#[test]
fn both_of_its_formats_make_the_same_event() {
    let wrapped = json!({"issue": issue()});
    let created = document(&mapping(), Function::RequestCreated, wrapped.clone());
    assert_eq!(created["type"], "request.created");
    assert_eq!(created["timestamp"], "2026-11-22T09:00:00Z");
    assert_eq!(
        created,
        document(&mapping(), Function::RequestCreated, issue())
    );
    let accounts = |payload: Value| mapping().accounts(&payload, Function::RequestCreated);
    assert_eq!(accounts(issue()), accounts(wrapped));
}

#[test]
fn the_function_says_what_happened() {
    let changed = document(&mapping(), Function::RequestUpdated, issue());
    assert_eq!(changed["type"], "request.transitioned");
    assert_eq!(
        changed["data"]["status"],
        json!({"to": "Open", "category": "new"})
    );
    assert_eq!(changed["timestamp"], "2026-11-22T09:15:00Z");

    let mut written = comment(|c| c["created"] = json!("2026-11-22T10:20:00.000+0100"));
    written.as_object_mut().unwrap().remove("webhookEvent");
    written.as_object_mut().unwrap().remove("timestamp");
    let commented = document(&mapping(), Function::RequestUpdated, written);
    assert_eq!(commented["type"], "request.commented");
    assert_eq!(commented["data"]["comment"]["public"], true);
    assert_eq!(commented["timestamp"], "2026-11-22T09:20:00Z");

    for function in [Function::CustomerInvited, Function::MemberOffboarded] {
        let refused = apply_for(&mapping(), function, issue(), &[]);
        assert_eq!(refused, Err(MappingError::WrongFunction));
    }
}
