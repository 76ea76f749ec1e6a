//! Lists that come in pages.

use jira::{OrganizationId, Reading};
use serde_json::{Value, json};

use crate::site::{Answer, Heard, Site};

fn user(n: usize) -> Value {
    json!({ "accountId": format!("qm:site:{n:03}"), "emailAddress": null, "active": true })
}

fn page(values: &[Value], start: usize, last: Option<bool>) -> Answer {
    let mut body = json!({ "size": values.len(), "start": start, "limit": 50, "values": values });
    if let Some(last) = last {
        body["isLastPage"] = json!(last);
    }
    Answer::json(200, &body)
}

/// The start that a call asks for.
fn start(heard: &Heard) -> usize {
    let (_, rest) = heard.target.split_once("start=").unwrap();
    rest.split('&').next().unwrap().parse().unwrap()
}

async fn members(site: &Site) -> (Vec<String>, bool) {
    let listing = site.client.members(OrganizationId(7)).all().await.unwrap();
    let ids = listing
        .values
        .iter()
        .map(|user| user.account_id.to_string());
    (ids.collect(), listing.complete)
}

#[tokio::test]
async fn pages_shorter_than_asked_are_read_to_the_last() {
    let site = Site::answering(|heard| {
        let start = start(heard);
        let values: Vec<Value> = (start..(start + 7).min(20)).map(user).collect();
        page(&values, start, Some(start + 7 >= 20))
    });
    let (ids, complete) = members(&site).await;
    assert!(complete);
    assert_eq!(ids.len(), 20);
    assert_eq!(site.heard().len(), 3);
}

#[tokio::test]
async fn an_empty_page_ends_a_list_that_names_no_last_page() {
    let site = Site::answering(|heard| {
        let start = start(heard);
        let values: Vec<Value> = (start..(start + 5).min(10)).map(user).collect();
        page(&values, start, None)
    });
    assert_eq!(members(&site).await.0.len(), 10);
    assert_eq!(site.heard().len(), 3);
}

#[tokio::test]
async fn an_empty_page_that_is_not_the_last_leaves_the_list_incomplete() {
    let site = Site::giving(vec![
        page(&[user(0)], 0, Some(false)),
        page(&[], 1, Some(false)),
    ]);
    assert_eq!(
        members(&site).await,
        (vec!["qm:site:000".to_owned()], false)
    );
}

#[tokio::test]
async fn a_list_that_shifts_while_it_is_read_is_read_again() {
    // Somebody joins at the front after the first page: the last of it comes again on the second.
    let site = Site::giving(vec![
        page(&[user(1), user(2)], 0, Some(false)),
        page(&[user(2), user(3)], 2, Some(true)),
        page(&[user(0), user(1)], 0, Some(false)),
        page(&[user(2), user(3)], 2, Some(true)),
    ]);
    let (ids, complete) = members(&site).await;
    assert!(complete);
    assert_eq!(ids.len(), 4);
}

#[tokio::test]
async fn a_list_that_never_holds_still_is_incomplete() {
    let site = Site::giving(vec![page(&[user(1), user(2)], 0, Some(false))]);
    let (ids, complete) = members(&site).await;
    assert_eq!((ids.len(), complete), (2, false));
    assert_eq!(site.heard().len(), 6, "three readings that see no end");
}

#[tokio::test]
async fn an_entry_that_cannot_be_read_leaves_the_list_incomplete() {
    let site = Site::giving(vec![page(
        &[user(1), json!({ "name": "x" })],
        0,
        Some(true),
    )]);
    let (ids, complete) = members(&site).await;
    assert_eq!((ids.len(), complete), (1, false));
}

#[tokio::test]
async fn a_page_that_contradicts_itself_leaves_the_list_incomplete() {
    let answer = json!({ "size": 2, "isLastPage": true, "values": [user(1)] });
    let site = Site::giving(vec![Answer::json(200, &answer)]);
    assert!(!members(&site).await.1);
}

#[tokio::test]
async fn a_failing_page_fails_the_list() {
    let site = Site::giving(vec![
        page(&[user(1)], 0, Some(false)),
        Answer::json(403, &json!({})),
    ]);
    let listing = site.client.members(OrganizationId(7)).all().await;
    assert_eq!(listing.unwrap_err().status, Some(403));
}

#[tokio::test]
async fn a_reading_goes_on_where_a_page_failed() {
    let site = Site::giving(vec![
        page(&[user(1), user(2)], 0, Some(false)),
        Answer::json(500, &json!({})),
        page(&[user(3)], 2, Some(true)),
    ]);
    let pager = site.client.members(OrganizationId(7));
    let mut reading = Reading::default();
    let error = pager.go_on(&mut reading).await.unwrap_err();
    let before = jira::Timer::now(&*site.clock);
    site.client.wait_out(&error, 1).await;
    let waited = jira::Timer::now(&*site.clock).duration_since(before);
    assert_eq!(waited.as_secs(), 2);
    pager.go_on(&mut reading).await.unwrap();
    let listing = reading.into_listing();
    assert_eq!((listing.values.len(), listing.complete), (3, true));
    assert_eq!(site.heard().len(), 3, "no page is read twice");
}
