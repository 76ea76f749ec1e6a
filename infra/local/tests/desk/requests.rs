//! Requests as the portal sees them.

use local::jira::account::Right;
use local::jira::seed::{AGENT_ID, CALLER_ID};
use reqwest::Method;
use serde_json::{Value, json};

use super::{CREATED, DONE, Desk, FORBIDDEN, MISSING, OK, REFUSED, accounts};

const ALL: &str = "/rest/servicedeskapi/request";

#[tokio::test]
async fn a_request_is_raised_on_behalf_of_its_reporter() {
    let desk = Desk::start().await;
    let mia = desk.customer("mia@acme.example").await;
    let noa = desk.customer("noa@acme.example").await;
    let request = json!({
        "serviceDeskId": "3",
        "requestTypeId": "12",
        "requestFieldValues": {
            "summary": "The page is grey",
            "description": "Since Monday",
            "customfield_10042": {"value": "Everybody"},
            "customfield_10044": "2026-11-20",
        },
        "raiseOnBehalfOf": mia,
        "requestParticipants": [noa],
    });
    let (status, made) = desk.post(ALL, request).await;
    assert_eq!((status, &made["issueKey"]), (CREATED, &json!("SUP-1001")));
    assert_eq!(made["reporter"]["accountId"], mia.as_str());
    assert_eq!(made["currentStatus"]["status"], "Waiting for support");
    let participants = desk.get(&format!("{ALL}/SUP-1001/participant")).await.1;
    assert_eq!(accounts(&participants), [noa.as_str()]);
    // Both are customers of the desk from now on.
    let list = desk
        .get("/rest/servicedeskapi/servicedesk/3/customer")
        .await
        .1;
    assert_eq!(accounts(&list), [mia.as_str(), noa.as_str()]);
}

#[tokio::test]
async fn a_request_that_the_form_does_not_take_is_refused() {
    let desk = Desk::start().await;
    let mia = desk.customer("mia@acme.example").await;
    let cases = [
        json!({}),
        json!({"summary": ""}),
        json!({"summary": "two\nlines"}),
        json!({"summary": "x", "customfield_99999": "y"}),
        json!({"summary": "x", "customfield_10042": "Everybody"}),
        json!({"summary": "x", "customfield_10042": {"value": "Nobody"}}),
        json!({"summary": "x", "customfield_10044": "20.11.2026"}),
    ];
    for fields in cases {
        let request = |reporter: &str| json!({"serviceDeskId": "3", "requestTypeId": "12", "requestFieldValues": fields, "raiseOnBehalfOf": reporter});
        assert_eq!(desk.post(ALL, request(&mia)).await.0, REFUSED, "{fields}");
    }
    let cases = [
        json!({"serviceDeskId": 3, "requestTypeId": "12", "requestFieldValues": {"summary": "x"}}),
        json!({"serviceDeskId": "3", "requestTypeId": "99", "requestFieldValues": {"summary": "x"}}),
        json!({"serviceDeskId": "3", "requestTypeId": "12", "requestFieldValues": {"summary": "x"}, "raiseOnBehalfOf": "qm:nobody:1"}),
        json!({"serviceDeskId": "3", "requestTypeId": "12", "requestFieldValues": {"summary": "x"}, "unknown": 1}),
    ];
    for request in cases {
        assert_eq!(
            desk.post(ALL, request.clone()).await.0,
            REFUSED,
            "{request}"
        );
    }
    assert!(desk.jira.read(|site| site.requests.is_empty()));
}

#[tokio::test]
async fn the_list_of_requests_is_the_callers_own() {
    let desk = Desk::start().await;
    let mia = desk.customer("mia@acme.example").await;
    let key = desk.raised(&mia, "Mine").await;
    assert_eq!(desk.get(ALL).await.1["values"][0]["issueKey"], key.as_str());
    let (email, token) = desk.as_somebody(&[Right::Agent]);
    let (status, page) = desk.call_as((&email, &token), Method::GET, ALL, None).await;
    assert_eq!((status, &page["size"]), (OK, &json!(0)));
}

#[tokio::test]
async fn a_comment_is_the_callers_and_says_for_whom_it_is() {
    let desk = Desk::start().await;
    let mia = desk.customer("mia@acme.example").await;
    let key = desk.raised(&mia, "Grey").await;
    let comments = format!("{ALL}/{key}/comment");
    assert_eq!(
        desk.post(&comments, json!({"body": "Hello"})).await.0,
        REFUSED
    );
    assert_eq!(
        desk.post(&comments, json!({"body": " ", "public": true}))
            .await
            .0,
        REFUSED
    );
    let (status, made) = desk
        .post(&comments, json!({"body": "Hello", "public": true}))
        .await;
    assert_eq!(
        (status, &made["author"]["accountId"]),
        (CREATED, &json!(CALLER_ID))
    );
    desk.post(&comments, json!({"body": "For us", "public": false}))
        .await;
    let bodies = |page: &Value| {
        let values = page["values"].as_array().unwrap().iter();
        values
            .map(|comment| comment["body"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(bodies(&desk.get(&comments).await.1), ["Hello", "For us"]);
    assert_eq!(
        bodies(&desk.get(&format!("{comments}?internal=false")).await.1),
        ["Hello"]
    );
    let one = format!("{comments}/{}", made["id"].as_str().unwrap());
    assert_eq!(desk.get(&one).await.1["body"], "Hello");
}

#[tokio::test]
async fn without_a_right_comments_are_empty_and_the_request_is_missing() {
    let desk = Desk::start().await;
    let mia = desk.customer("mia@acme.example").await;
    let key = desk.raised(&mia, "Grey").await;
    desk.post(
        &format!("{ALL}/{key}/comment"),
        json!({"body": "Hello", "public": true}),
    )
    .await;
    let (email, token) = desk.as_somebody(&[]);
    let caller = (email.as_str(), token.as_str());
    let (status, page) = desk
        .call_as(caller, Method::GET, &format!("{ALL}/{key}/comment"), None)
        .await;
    assert_eq!((status, &page["size"]), (OK, &json!(0)));
    assert_eq!(
        desk.call_as(caller, Method::GET, &format!("{ALL}/{key}"), None)
            .await
            .0,
        MISSING
    );
    let behalf = json!({"serviceDeskId": "3", "requestTypeId": "12", "requestFieldValues": {"summary": "x"}, "raiseOnBehalfOf": mia});
    assert_eq!(
        desk.call_as(caller, Method::POST, ALL, Some(behalf))
            .await
            .0,
        FORBIDDEN
    );
}

#[tokio::test]
async fn a_participant_is_removed_only_if_they_are_one_and_not_the_reporter() {
    let desk = Desk::start().await;
    let (mia, noa) = (
        desk.customer("mia@acme.example").await,
        desk.customer("noa@acme.example").await,
    );
    let key = desk.raised(&mia, "Grey").await;
    let path = format!("{ALL}/{key}/participant");
    let ids = |id: &str| json!({"accountIds": [id]});
    assert_eq!(desk.delete(&path, ids(&noa)).await.0, REFUSED);
    assert_eq!(desk.post(&path, ids("qm:nobody:1")).await.0, REFUSED);
    let (status, page) = desk.post(&path, ids(&noa)).await;
    assert_eq!((status, accounts(&page)), (OK, vec![noa.as_str()]));
    assert_eq!(desk.delete(&path, ids(&mia)).await.0, REFUSED);
    assert_eq!(desk.delete(&path, ids(&noa)).await.0, OK);
}

#[tokio::test]
async fn the_portal_offers_fewer_transitions_than_the_workflow() {
    let desk = Desk::start().await;
    let mia = desk.customer("mia@acme.example").await;
    let key = desk.raised(&mia, "Grey").await;
    let path = format!("{ALL}/{key}/transition");
    let (_, page) = desk.get(&path).await;
    assert_eq!(page["values"], json!([{"id": "51", "name": "Close"}]));
    assert_eq!(desk.post(&path, json!({"id": "41"})).await.0, REFUSED);
    let wish = json!({"id": "51", "additionalComment": {"body": "Solved itself"}});
    assert_eq!(desk.post(&path, wish.clone()).await.0, DONE);
    assert_eq!(desk.post(&path, wish).await.0, REFUSED);
    let (_, status) = desk.get(&format!("{ALL}/{key}/status")).await;
    assert_eq!(status["values"][0]["statusCategory"], "DONE");
    assert_eq!(desk.get(&format!("{ALL}/{key}/comment")).await.1["size"], 1);
    assert_eq!(
        desk.get(&format!("{ALL}/{key}/approval")).await.1["size"],
        0
    );
}

#[tokio::test]
async fn desks_and_their_types_describe_themselves() {
    let desk = Desk::start().await;
    let (_, one) = desk.get("/rest/servicedeskapi/servicedesk/SUP").await;
    assert_eq!(
        (&one["id"], &one["projectKey"]),
        (&json!("3"), &json!("SUP"))
    );
    let (_, all) = desk.get("/rest/servicedeskapi/servicedesk").await;
    assert_eq!(all["values"][0]["id"], "3");
    assert_eq!(
        desk.get("/rest/servicedeskapi/servicedesk/9").await.0,
        MISSING
    );
    let types = "/rest/servicedeskapi/servicedesk/3/requesttype";
    assert_eq!(desk.get(types).await.1["size"], 3);
    assert_eq!(
        desk.get(&format!("{types}/12")).await.1["name"],
        "Report a fault"
    );
    assert_eq!(desk.get(&format!("{types}/99")).await.0, MISSING);
    let (_, fields) = desk.get(&format!("{types}/14/field")).await;
    let required: Vec<_> = fields["requestTypeFields"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|field| field["required"] == true)
        .map(|field| field["fieldId"].as_str().unwrap())
        .collect();
    assert_eq!(required, ["summary", "customfield_10046"]);
    assert_eq!(desk.get("/rest/servicedeskapi/info").await.0, OK);
}

#[tokio::test]
async fn somebody_whose_access_was_revoked_is_put_on_no_request() {
    let desk = Desk::start().await;
    let (mia, noa) = (
        desk.customer("mia@acme.example").await,
        desk.customer("noa@acme.example").await,
    );
    let key = desk.raised(&mia, "Grey").await;
    desk.jira.change(|site| site.revoke(&noa)).unwrap();
    let path = format!("{ALL}/{key}/participant");
    assert_eq!(
        desk.post(&path, json!({"accountIds": [noa]})).await.0,
        REFUSED
    );
    assert_eq!(
        desk.post(&path, json!({"accountIds": [AGENT_ID]})).await.0,
        OK
    );
}
