//! Customers, and the list of a desk.

use local::jira::account::{Account, Right};
use local::jira::seed::DESK;
use reqwest::Method;
use serde_json::json;

use super::{CONFLICT, CREATED, DONE, Desk, FORBIDDEN, MISSING, OK, REFUSED, accounts};

const CUSTOMER: &str = "/rest/servicedeskapi/customer";
const STRICT: &str = "/rest/servicedeskapi/customer?strictConflictStatusCode=true";
const LIST: &str = "/rest/servicedeskapi/servicedesk/3/customer";

#[tokio::test]
async fn an_address_that_is_taken_is_refused_without_the_account() {
    let desk = Desk::start().await;
    let new = json!({"email": "mia@acme.example", "displayName": "Mia Maes"});
    let (status, user) = desk.post(STRICT, new.clone()).await;
    assert_eq!(
        (status, &user["displayName"]),
        (CREATED, &json!("Mia Maes"))
    );
    assert!(user["accountId"].as_str().unwrap().starts_with("qm:"));

    let again = json!({"email": "MIA@acme.example", "displayName": "Mia"});
    let (status, answer) = desk.post(STRICT, again.clone()).await;
    assert_eq!(status, CONFLICT);
    assert!(!answer.to_string().contains("qm:"), "{answer}");
    assert_eq!(desk.post(CUSTOMER, again).await.0, REFUSED);
    let malformed = json!({"email": "mia", "displayName": "Mia"});
    assert_eq!(desk.post(STRICT, malformed).await.0, REFUSED);
}

#[tokio::test]
async fn an_atlassian_account_takes_its_address_too() {
    let desk = Desk::start().await;
    let (status, _) = desk
        .post(
            STRICT,
            json!({"email": "pavel@desk.example", "displayName": "P"}),
        )
        .await;
    assert_eq!(status, CONFLICT);
}

#[tokio::test]
async fn only_an_administrator_of_jira_creates_customers() {
    let desk = Desk::start().await;
    let (email, token) = desk.as_somebody(&[Right::Agent, Right::DeskAdmin]);
    let new = json!({"email": "mia@acme.example", "displayName": "Mia"});
    let answer = desk
        .call_as((&email, &token), Method::POST, STRICT, Some(new))
        .await;
    assert_eq!(answer.0, FORBIDDEN);
}

#[tokio::test]
async fn revoking_ends_the_access_of_portal_only_accounts_alone() {
    let desk = Desk::start().await;
    let mia = desk.customer("mia@acme.example").await;
    let path = |id: &str| {
        format!(
            "{CUSTOMER}/user/{}/revoke-portal-only-access",
            id.replace(':', "%3A")
        )
    };
    assert_eq!(desk.call(Method::PUT, &path(&mia), None).await.0, DONE);
    assert!(!desk.jira.read(|site| site.account(&mia).unwrap().active));
    // The address stays taken.
    assert_eq!(
        desk.post(
            STRICT,
            json!({"email": "mia@acme.example", "displayName": "M"})
        )
        .await
        .0,
        CONFLICT
    );
    let agent = local::jira::seed::AGENT_ID;
    assert_eq!(desk.call(Method::PUT, &path(agent), None).await.0, MISSING);
    assert_eq!(
        desk.call(Method::PUT, &path("qm:x:y"), None).await.0,
        MISSING
    );
}

#[tokio::test]
async fn a_list_with_a_stranger_is_refused_and_the_others_are_added_all_the_same() {
    let desk = Desk::start().await;
    let (mia, noa) = (
        desk.customer("mia@acme.example").await,
        desk.customer("noa@acme.example").await,
    );
    let ids = json!({"accountIds": [mia, "qm:nobody:1", noa]});
    let (status, answer) = desk.post(LIST, ids).await;
    assert_eq!(status, REFUSED);
    assert!(!answer.to_string().contains("nobody"), "{answer}");
    let (status, page) = desk.get(LIST).await;
    assert_eq!(
        (status, accounts(&page)),
        (OK, vec![mia.as_str(), noa.as_str()])
    );
    let ids = json!({"accountIds": [mia]});
    assert_eq!(desk.post(LIST, ids.clone()).await.0, DONE);
    assert_eq!(desk.delete(LIST, ids.clone()).await.0, DONE);
    assert_eq!(desk.delete(LIST, ids).await.0, DONE);
    assert_eq!(accounts(&desk.get(LIST).await.1), [noa.as_str()]);
}

#[tokio::test]
async fn an_open_desk_keeps_no_list_and_refuses_removals() {
    let desk = Desk::start().await;
    let mia = desk.customer("mia@acme.example").await;
    desk.jira
        .change(|site| site.desks.get_mut(&DESK).unwrap().open = true);
    let ids = json!({"accountIds": [mia]});
    assert_eq!(desk.post(LIST, ids.clone()).await.0, DONE);
    assert_eq!(desk.get(LIST).await.1["size"], 0);
    assert_eq!(desk.delete(LIST, ids).await.0, REFUSED);
}

#[tokio::test]
async fn a_removal_without_its_body_is_refused() {
    let desk = Desk::start().await;
    assert_eq!(desk.call(Method::DELETE, LIST, None).await.0, 415);
}

#[tokio::test]
async fn pages_are_shorter_than_asked_for_and_say_when_they_end() {
    let desk = Desk::start().await;
    desk.jira.change(|site| {
        for number in 0..130 {
            let email = format!("p{number}@acme.example");
            let id = site.create_customer(&email, "").unwrap().id.clone();
            site.add_to_desk("3", &[id]).unwrap();
        }
    });
    let mut seen = Vec::new();
    let mut sizes = Vec::new();
    loop {
        let (_, page) = desk
            .get(&format!("{LIST}?start={}&limit=100", seen.len()))
            .await;
        seen.extend(accounts(&page).into_iter().map(str::to_owned));
        sizes.push(page["size"].as_u64().unwrap());
        if page["isLastPage"] == true {
            break;
        }
        assert!(page["_links"]["next"].is_string());
    }
    assert_eq!(sizes, [50, 40, 40]);
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 130);
}

#[tokio::test]
async fn a_list_searched_finds_nobody_younger_than_three_minutes() {
    let desk = Desk::start().await;
    let mia = desk.customer("mia@acme.example").await;
    desk.post(LIST, json!({"accountIds": [mia]})).await;
    let search = format!("{LIST}?query=mia%40acme.example");
    assert_eq!(desk.get(&search).await.1["size"], 0);
    desk.clock.advance("PT3M").unwrap();
    assert_eq!(accounts(&desk.get(&search).await.1), [mia.as_str()]);
}

#[tokio::test]
async fn the_invitation_that_mails_is_noted() {
    let desk = Desk::start().await;
    let new = json!({"email": "mia@acme.example", "displayName": "Mia"});
    let path = format!("{LIST}/invite?strictConflictStatusCode=true");
    assert_eq!(desk.post(&path, new.clone()).await.0, CREATED);
    assert_eq!(desk.post(&path, new).await.0, CONFLICT);
    assert_eq!(desk.jira.read(|site| site.mailed.len()), 1);
}

#[tokio::test]
async fn everything_else_mails_nobody() {
    let desk = Desk::start().await;
    let mia = desk.customer("mia@acme.example").await;
    let acme = desk.organization("Acme").await;
    desk.post(LIST, json!({"accountIds": [mia]})).await;
    let members = format!("/rest/servicedeskapi/organization/{acme}/user");
    desk.post(&members, json!({"accountIds": [mia]})).await;
    let key = desk.raised(&mia, "The page is grey").await;
    let comment = format!("/rest/servicedeskapi/request/{key}/comment");
    desk.post(&comment, json!({"body": "Since Monday", "public": true}))
        .await;
    assert!(desk.jira.read(|site| site.mailed.is_empty()));
    // With the desk's own notifications each of them would have.
    desk.jira.change(|site| site.notifies_customers = true);
    desk.post(&comment, json!({"body": "Still", "public": true}))
        .await;
    assert_eq!(desk.jira.read(|site| site.mailed.len()), 1);
}

#[tokio::test]
async fn a_new_customer_joins_the_organisation_of_their_domain_by_themselves() {
    let desk = Desk::start().await;
    let acme = desk.organization("Acme").await;
    let id = acme.parse().unwrap();
    let old = desk.customer("old@acme.example").await;
    desk.jira.change(|site| {
        site.organizations.get_mut(&id).unwrap().domains = vec!["acme.example".to_owned()];
    });
    let mia = desk.customer("mia@acme.example").await;
    let members = format!("/rest/servicedeskapi/organization/{acme}/user");
    assert_eq!(accounts(&desk.get(&members).await.1), [mia.as_str()]);
    // Somebody who was there joins when they are touched.
    desk.post(LIST, json!({"accountIds": [old]})).await;
    assert_eq!(desk.get(&members).await.1["size"], 2);
}

#[tokio::test]
async fn a_person_may_have_two_accounts() {
    let desk = Desk::start().await;
    let mia = desk.customer("mia@acme.example").await;
    desk.jira.change(|site| {
        let account = Account::atlassian("712020:mia", "mia@acme.example", "Mia", &[]);
        site.accounts.insert(account.id.clone(), account);
    });
    desk.clock.advance("PT3M").unwrap();
    let (_, found) = desk
        .get("/rest/api/3/user/search?query=mia%40acme.example")
        .await;
    let kinds: Vec<_> = found
        .as_array()
        .unwrap()
        .iter()
        .map(|user| user["accountType"].as_str())
        .collect();
    assert_eq!(kinds, [Some("atlassian"), Some("customer")]);
    assert_eq!(found[1]["accountId"], mia.as_str());
}
