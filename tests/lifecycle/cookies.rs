//! The session in a browser: out of the reach of scripts, of other hosts and other sites.

use std::collections::BTreeSet;

use reqwest::Method;
use reqwest::header::SET_COOKIE;

use crate::fixture::Story;
use crate::lifecycle::everywhere::{
    self, ADA, AMIR, LENA, MONA, NOOR, QUINN, Visitor, WIM, XENA, ZOE,
};
use crate::lifecycle::web::{Page, Web};

/// The lines with which an answer sets cookies: name, value, and everything that is said of it.
fn set(page: &Page) -> Vec<(String, String, BTreeSet<String>)> {
    let lines = page.headers.get_all(SET_COOKIE).iter();
    let lines = lines.map(|line| {
        let mut parts = line.to_str().unwrap().split(';').map(str::trim);
        let (name, value) = parts.next().unwrap().split_once('=').unwrap();
        let said = parts.map(str::to_owned).collect();
        (name.to_owned(), value.to_owned(), said)
    });
    lines.collect()
}

/// The attributes of every session's cookie.
fn kept_for_an_hour() -> BTreeSet<String> {
    let said = [
        "Path=/",
        "Max-Age=3600",
        "Secure",
        "HttpOnly",
        "SameSite=Lax",
    ];
    said.map(str::to_owned).into()
}

#[tokio::test]
async fn a_session_is_kept_by_this_host_alone_and_the_address_has_no_token() {
    let story = everywhere::begin().await;
    for (who, purpose, name, begins_at) in [
        (LENA, "lead-console", "__Host-console-acme", "/console/acme"),
        (XENA, "requester", "__Host-", "/requests"),
    ] {
        let link = story.link(who, purpose);
        let web = Web::new(&story);
        let entered = web.ask(Method::GET, &web.path(&link)).await.must_be(303);
        let token = link.rsplit('/').next().unwrap();
        let location = entered.location().unwrap();
        assert!(location.starts_with(begins_at), "{location}");
        assert!(
            !location.contains(token) && !location.contains('?'),
            "{location}"
        );
        let (first, value, said) = &set(&entered)[0];
        assert!(first.starts_with(name), "{first}");
        assert!(!value.is_empty() && !token.contains(value.as_str()));
        assert_eq!(*said, kept_for_an_hour(), "{purpose}");
        // By use it is kept for another hour; its cookie is another one then.
        story.sleep("PT10M");
        let page = web.get(&location).await.must_be(200);
        let (again, newer, said) = &set(&page)[0];
        assert_eq!((again, said), (first, &kept_for_an_hour()));
        assert_ne!(newer, value);
        assert_eq!(page.headers["cache-control"], "no-store");
        assert_eq!(page.headers["referrer-policy"], "same-origin");
    }
}

#[tokio::test]
async fn what_needs_no_session_begins_none() {
    let story = everywhere::begin().await;
    for (who, purpose) in [
        (ZOE, "accept-invitation"),
        (WIM, "keep-access"),
        (MONA, "approve"),
        (NOOR, "unsubscribe"),
        (ADA, "decide-invitation"),
        (ADA, "release-sweep"),
        (QUINN, "confirm-request"),
    ] {
        let links = story.links(who, purpose);
        let link = links.iter().find(|link| link.contains("/l/")).unwrap();
        let web = Web::new(&story);
        let page = web.get(&web.path(link)).await.must_be(200);
        assert!(set(&page).is_empty(), "{purpose}");
    }
    for path in [
        "/",
        "/send-link",
        "/new",
        "/new/support/question",
        "/requests",
        "/nothing",
    ] {
        let page = Web::new(&story).ask(Method::GET, path).await;
        assert!(set(&page).is_empty(), "{path}");
    }
}

#[tokio::test]
async fn a_session_lasts_for_an_hour_without_use_and_for_a_day_with_it() {
    let story = everywhere::begin().await;
    let idle = Visitor::Lead(LENA).browser(&story).await;
    let busy = Visitor::Lead(LENA).browser(&story).await;
    for _ in 0..3 {
        story.sleep("PT25M");
        busy.get("/console/acme").await.must_be(200);
    }
    idle.get("/console/acme").await.must_be(403);
    for _ in 0..60 {
        story.sleep("PT25M");
        if busy.get("/console/acme").await.status == 403 {
            let idle = busy.get("/console/acme/invite").await;
            idle.must_be(403);
            return;
        }
    }
    panic!("the session was renewed for more than a day");
}

#[tokio::test]
async fn a_browser_keeps_the_sessions_of_eight_requests() {
    let story = Story::begin().await;
    for number in 0..10 {
        story.raise(&format!("SUP-{number}"), NOOR).await;
    }
    story.settle().await;
    let web = Web::new(&story);
    let mut links = story.links(NOOR, "requester");
    links.reverse();
    for link in &links {
        web.get(&web.path(link)).await.must_be(200);
        assert!(web.kept().len() <= 8, "{:?}", web.kept());
    }
    assert_eq!((links.len(), web.kept().len()), (10, 8));
    let newest = web.get(&web.path(&links[9])).await;
    newest.must_be(200);
    web.get("/requests/support/SUP-9").await.must_be(200);
}

#[tokio::test]
async fn the_end_of_all_links_is_the_end_of_what_a_browser_keeps() {
    let story = everywhere::begin().await;
    let web = Visitor::Own(LENA).browser(&story).await;
    let link = story.link(LENA, "lead-console");
    web.get(&web.path(&link)).await.must_be(200);
    let elsewhere = Visitor::Lead(LENA).browser(&story).await;
    assert_eq!(web.kept(), ["__Host-console-acme", "__Host-own"]);
    let page = web.get("/profile").await.must_be(200);
    let form = page.form(|form| form.value("do") == Some("end-links"));
    let ended = web.submit(&form).await.must_be(303);
    assert_eq!(
        ended.location().as_deref(),
        Some("/send-link?done=links-ended")
    );
    for (name, value, said) in set(&ended) {
        assert_eq!(value, "", "{name}");
        assert!(
            said.contains("Max-Age=0") && said.contains("Path=/"),
            "{name}"
        );
    }
    assert!(web.kept().is_empty());
    elsewhere.get("/console/acme").await.must_be(404);
    web.get(&web.path(&link)).await.must_be(410);
}

#[tokio::test]
async fn a_cookie_that_was_changed_or_is_kept_under_another_name_is_none() {
    let story = everywhere::begin().await;
    let amir = Visitor::Own(AMIR).browser(&story).await;
    amir.get("/requests").await.must_be(200);
    let value = amir.value("__Host-own").unwrap();
    let mut changed = value.clone();
    changed.replace_range(10..11, if &value[10..11] == "A" { "B" } else { "A" });
    for (name, value, path) in [
        ("__Host-own", changed, "/requests"),
        ("__Host-own", String::new(), "/requests"),
        ("__Host-console-acme", value.clone(), "/console/acme"),
        ("own", value, "/requests"),
    ] {
        let web = Web::new(&story);
        web.put(name, &value);
        let answer = web.get(path).await;
        assert!(
            [403, 404].contains(&answer.status),
            "{name}: {}",
            answer.status
        );
    }
}
