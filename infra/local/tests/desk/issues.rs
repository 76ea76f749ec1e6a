//! Issues as agents see them, and the search for them.

use local::jira::account::Right;
use reqwest::Method;
use serde_json::{Value, json};

use super::{CREATED, DONE, Desk, FORBIDDEN, OK, REFUSED};

fn document(text: &str) -> Value {
    json!({"type": "doc", "version": 1, "content": [
        {"type": "paragraph", "content": [{"type": "text", "text": text}]},
    ]})
}

/// The keys of the issues that a search finds, with blanks between.
async fn keys(desk: &Desk, jql: &str) -> String {
    let jql = percent_encoding::utf8_percent_encode(jql, percent_encoding::NON_ALPHANUMERIC);
    let (_, answer) = desk
        .get(&format!("/rest/api/3/search/jql?jql={jql}&fields=summary"))
        .await;
    let issues = answer["issues"]
        .as_array()
        .unwrap_or_else(|| panic!("{answer}"));
    let keys: Vec<_> = issues
        .iter()
        .map(|issue| issue["key"].as_str().unwrap())
        .collect();
    keys.join(" ")
}

#[tokio::test]
async fn the_reporter_is_changed_and_open_issues_are_found_by_it() {
    let desk = Desk::start().await;
    let (mia, noa) = (
        desk.customer("mia@acme.example").await,
        desk.customer("noa@acme.example").await,
    );
    let open = desk.raised(&mia, "Open").await;
    let closed = desk.raised(&mia, "Closed").await;
    let transitions = format!("/rest/api/3/issue/{closed}/transitions");
    let (_, offered) = desk.get(&transitions).await;
    let resolve = offered["transitions"]
        .as_array()
        .unwrap()
        .iter()
        .find(|one| one["to"]["name"] == "Resolved")
        .unwrap();
    assert_eq!(
        desk.post(&transitions, json!({"transition": {"id": resolve["id"]}}))
            .await
            .0,
        DONE
    );
    assert_eq!(
        desk.post(&transitions, json!({"transition": {"id": resolve["id"]}}))
            .await
            .0,
        REFUSED
    );

    let of = |id: &str| format!("reporter = \"{id}\" AND statusCategory != Done");
    // A search finds an issue some seconds after it was raised.
    assert!(keys(&desk, &of(&mia)).await.is_empty());
    desk.clock.advance("PT5S").unwrap();
    assert_eq!(keys(&desk, &of(&mia)).await, open);

    let issue = format!("/rest/api/3/issue/{open}");
    assert_eq!(
        desk.put(&issue, json!({"fields": {"reporter": {"id": noa}}}))
            .await
            .0,
        DONE
    );
    assert_eq!(keys(&desk, &of(&noa)).await, open);
    assert_eq!(
        desk.put(
            &issue,
            json!({"fields": {"reporter": {"id": "qm:nobody:1"}}})
        )
        .await
        .0,
        REFUSED
    );
    assert_eq!(
        desk.put(&issue, json!({"fields": {"summary": "x"}}))
            .await
            .0,
        REFUSED
    );
    let (email, token) = desk.as_somebody(&[Right::Agent]);
    let edit = json!({"fields": {"reporter": {"id": mia}}});
    assert_eq!(
        desk.call_as((&email, &token), Method::PUT, &issue, Some(edit))
            .await
            .0,
        FORBIDDEN
    );
}

#[tokio::test]
async fn an_organisation_is_set_by_number_if_it_is_attached() {
    let desk = Desk::start().await;
    let mia = desk.customer("mia@acme.example").await;
    let issue = format!("/rest/api/3/issue/{}", desk.raised(&mia, "Grey").await);
    let acme: u64 = desk.organization("Acme").await.parse().unwrap();
    let field = local::jira::fields::ORGANIZATIONS;
    let set = json!({"fields": {field: [acme]}});
    assert_eq!(desk.put(&issue, set.clone()).await.0, REFUSED);
    desk.post(
        "/rest/servicedeskapi/servicedesk/3/organization",
        json!({"organizationId": acme}),
    )
    .await;
    assert_eq!(
        desk.put(&issue, json!({"fields": {field: [acme.to_string()]}}))
            .await
            .0,
        REFUSED
    );
    assert_eq!(desk.put(&issue, set).await.0, DONE);
    let (_, shown) = desk.get(&format!("{issue}?fields=summary,{field}")).await;
    assert_eq!(
        shown["fields"],
        json!({"summary": "Grey", field: [{"id": acme.to_string(), "name": "Acme"}]})
    );
}

#[tokio::test]
async fn a_comment_carries_properties_and_is_a_document_in_version_three() {
    let desk = Desk::start().await;
    let mia = desk.customer("mia@acme.example").await;
    let key = desk.raised(&mia, "Grey").await;
    let comments = format!("/rest/api/3/issue/{key}/comment");
    assert_eq!(
        desk.post(&comments, json!({"body": "plain"})).await.0,
        REFUSED
    );
    let new = json!({
        "body": document("Hello"),
        "properties": [{"key": "lanyard", "value": {"comment": "c1"}}],
    });
    let (status, made) = desk.post(&comments, new).await;
    assert_eq!(
        (status, &made["jsdPublic"], &made["body"]),
        (CREATED, &json!(true), &document("Hello"))
    );
    let hidden = json!({
        "body": document("For us"),
        "properties": [{"key": "sd.public.comment", "value": {"internal": true}}],
    });
    assert_eq!(desk.post(&comments, hidden).await.1["jsdPublic"], false);
    let (_, listed) = desk
        .get(&format!(
            "{comments}?expand=properties&orderBy=-created&maxResults=1"
        ))
        .await;
    assert_eq!(
        (&listed["total"], &listed["comments"][0]["jsdPublic"]),
        (&json!(2), &json!(false))
    );
    let (_, listed) = desk.get(&format!("{comments}?expand=properties")).await;
    assert_eq!(
        listed["comments"][0]["properties"],
        json!([{"key": "lanyard", "value": {"comment": "c1"}}])
    );
    let plain = desk
        .get(&format!("/rest/api/2/issue/{key}/comment"))
        .await
        .1;
    assert_eq!(plain["comments"][0]["body"], "Hello");
    assert_eq!(plain["comments"][0]["properties"], Value::Null);
}

#[tokio::test]
async fn a_search_compares_times_and_pages_by_token() {
    let desk = Desk::start().await;
    let mia = desk.customer("mia@acme.example").await;
    let old = desk.raised(&mia, "Old").await;
    desk.clock.advance("PT2H").unwrap();
    let new = desk.raised(&mia, "New").await;
    desk.clock.advance("PT1M").unwrap();
    let within = format!("reporter=\"{mia}\" and created >= -30m ORDER BY created DESC");
    assert_eq!(keys(&desk, &within).await, new);
    assert_eq!(keys(&desk, "project = SUP").await, format!("{new} {old}"));
    assert_eq!(keys(&desk, &format!("key = {old}")).await, old);
    assert_eq!(
        keys(
            &desk,
            "summary ~ 'OLD' AND status = \"Waiting for support\""
        )
        .await,
        old
    );
    let first = desk
        .get("/rest/api/3/search/jql?jql=project%3DSUP&maxResults=1&fields=key")
        .await
        .1;
    assert_eq!(
        (&first["isLast"], &first["issues"][0]["key"]),
        (&json!(false), &json!(new))
    );
    let token = first["nextPageToken"].as_str().unwrap();
    let path =
        format!("/rest/api/3/search/jql?jql=project%3DSUP&maxResults=1&nextPageToken={token}");
    let second = desk.get(&path).await.1;
    assert_eq!(
        (&second["isLast"], &second["issues"][0]["key"]),
        (&json!(true), &json!(old))
    );
    assert_eq!(
        desk.get("/rest/api/3/search?jql=project%3DSUP").await.0,
        410
    );
}

#[tokio::test]
async fn a_search_that_is_not_understood_is_refused_in_the_platforms_form() {
    let desk = Desk::start().await;
    for jql in [
        "assignee%3Dx",
        "project",
        "project%3D",
        "created%3E%3Dsoon",
        "project%3DSUP%20OR%20key%3D1",
        "key%3D%22x",
    ] {
        let (status, answer) = desk.get(&format!("/rest/api/3/search/jql?jql={jql}")).await;
        assert_eq!(status, REFUSED, "{jql}");
        assert!(answer["errorMessages"][0].is_string(), "{answer}");
    }
}

#[tokio::test]
async fn an_issue_keeps_properties() {
    let desk = Desk::start().await;
    let mia = desk.customer("mia@acme.example").await;
    let path = format!(
        "/rest/api/3/issue/{}/properties/lanyard",
        desk.raised(&mia, "Grey").await
    );
    assert_eq!(desk.put(&path, json!({"request": "r1"})).await.0, CREATED);
    assert_eq!(desk.put(&path, json!({"request": "r2"})).await.0, OK);
    assert_eq!(desk.get(&path).await.1["value"], json!({"request": "r2"}));
}
