//! The caller, and accounts of all kinds.

use local::jira::account::Right;
use local::jira::seed::{AGENT_ID, CALLER_ID};
use reqwest::Method;
use serde_json::json;

use super::{Desk, MISSING, OK, REFUSED};

#[tokio::test]
async fn a_caller_learns_their_own_account_and_rights() {
    let desk = Desk::start().await;
    let (_, me) = desk.get("/rest/api/3/myself").await;
    assert_eq!(
        (&me["accountId"], &me["accountType"]),
        (&json!(CALLER_ID), &json!("atlassian"))
    );
    let path = "/rest/api/3/mypermissions?permissions=ADMINISTER,USER_PICKER";
    let have = |answer: &serde_json::Value, key: &str| {
        answer["permissions"][key]["havePermission"] == true
    };
    let (_, mine) = desk.get(path).await;
    assert!(have(&mine, "ADMINISTER") && have(&mine, "USER_PICKER"));
    let (email, token) = desk.as_somebody(&[Right::Browse]);
    let (_, theirs) = desk
        .call_as((&email, &token), Method::GET, path, None)
        .await;
    assert!(!have(&theirs, "ADMINISTER") && have(&theirs, "USER_PICKER"));
    assert_eq!(desk.get("/rest/api/3/mypermissions").await.0, REFUSED);
    let (_, tenant) = desk.get("/_edge/tenant_info").await;
    assert_eq!(tenant["cloudId"], local::jira::CLOUD);
}

#[tokio::test]
async fn a_search_finds_active_accounts_that_are_three_minutes_old() {
    let desk = Desk::start().await;
    let mia = desk.customer("mia@acme.example").await;
    let search = "/rest/api/3/user/search?query=MIA%40acme.example";
    assert_eq!(desk.get(search).await, (OK, json!([])));
    desk.clock.advance("PT2M50S").unwrap();
    assert_eq!(desk.get(search).await, (OK, json!([])));
    desk.clock.advance("PT10S").unwrap();
    assert_eq!(desk.get(search).await.1[0]["accountId"], mia.as_str());
    desk.jira.change(|site| site.revoke(&mia)).unwrap();
    assert_eq!(desk.get(search).await, (OK, json!([])));
}

#[tokio::test]
async fn without_the_right_to_browse_a_search_is_empty() {
    let desk = Desk::start().await;
    let (email, token) = desk.as_somebody(&[Right::Agent]);
    let path = "/rest/api/3/user/search?query=pavel";
    assert_eq!(desk.get(path).await.1[0]["accountId"], AGENT_ID);
    let answer = desk
        .call_as((&email, &token), Method::GET, path, None)
        .await;
    assert_eq!(answer, (OK, json!([])));
}

#[tokio::test]
async fn a_hidden_address_is_found_only_as_a_whole_and_is_not_shown() {
    let desk = Desk::start().await;
    let mia = desk.customer("mia.maes@acme.example").await;
    desk.jira.change(|site| {
        let account = site.accounts.get_mut(&mia).unwrap();
        (account.shows_email, account.display_name) = (false, "Someone".to_owned());
    });
    desk.clock.advance("PT3M").unwrap();
    assert_eq!(
        desk.get("/rest/api/3/user/search?query=mia.ma").await.1,
        json!([])
    );
    let (_, found) = desk
        .get("/rest/api/3/user/search?query=mia.maes%40acme.example")
        .await;
    assert_eq!(
        (&found[0]["accountId"], &found[0]["emailAddress"]),
        (&json!(mia), &json!(null))
    );
}

#[tokio::test]
async fn accounts_come_in_bulk_and_unknown_ones_are_left_out() {
    let desk = Desk::start().await;
    let mia = desk.customer("mia@acme.example").await;
    let id = mia.replace(':', "%3A");
    let path = format!(
        "/rest/api/3/user/bulk?accountId={id}&accountId=qm%3Anobody%3A1&accountId={AGENT_ID}"
    );
    let (_, page) = desk.get(&path).await;
    assert_eq!((&page["total"], &page["isLast"]), (&json!(2), &json!(true)));
    assert_eq!(page["values"][0]["accountType"], "customer");
    let (status, user) = desk.get(&format!("/rest/api/3/user?accountId={id}")).await;
    assert_eq!((status, &user["active"]), (OK, &json!(true)));
    assert_eq!(
        desk.get("/rest/api/3/user?accountId=qm:nobody:1").await.0,
        MISSING
    );
}

#[tokio::test]
async fn the_field_of_organisations_is_found_by_its_type() {
    let desk = Desk::start().await;
    let (_, fields) = desk.get("/rest/api/3/field").await;
    let organizations = fields.as_array().unwrap().iter().find(|field| {
        field["schema"]["custom"] == "com.atlassian.servicedesk:sd-customer-organizations"
    });
    assert_eq!(
        organizations.unwrap()["id"],
        local::jira::fields::ORGANIZATIONS
    );
}
