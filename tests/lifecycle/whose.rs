//! The names on pages: every personal page tells its reader whose it is, and lets them sign out.

use reqwest::header::SET_COOKIE;

use crate::lifecycle::everywhere::{self, LENA, LINKS, NOOR, PAGES, Visitor, XENA, address};
use crate::lifecycle::web::{Form, Page, Web};

/// The form that ends the session, if the page has one.
fn sign_out(page: &Page) -> Option<Form> {
    let mut forms = page.forms().into_iter();
    forms.find(|form| form.action == "/sign-out")
}

/// The name on the page, without its markup.
fn names(page: &Page, email: &str) -> bool {
    let (_, rest) = page.html.split_once("class=\"who").unwrap_or_default();
    let line = rest.split("</strong>").next().unwrap_or_default();
    line.contains(&format!("<bdi>{email}</bdi>"))
}

#[tokio::test]
async fn every_page_of_a_session_names_its_reader_and_signs_out() {
    let story = everywhere::begin().await;
    for (who, paths) in PAGES {
        let (Visitor::Lead(email) | Visitor::Own(email)) = *who else {
            continue;
        };
        let web = who.browser(&story).await;
        for path in *paths {
            let page = web.get(&address(&story, path)).await;
            let is_page = page.headers["content-type"] == "text/html; charset=utf-8";
            // Another organisation's console is nobody's page in this browser.
            if is_page && !page.at.starts_with("/console/globex") {
                assert!(names(&page, email), "{path}: {}", page.html);
                assert!(sign_out(&page).is_some(), "{path}");
            }
        }
    }
    for path in ["/send-link", "/new", "/new/support/question", "/requests"] {
        let page = Web::new(&story).get(path).await;
        assert!(!page.says("class=\"who"), "{path}");
    }
}

#[tokio::test]
async fn a_page_that_a_link_opens_names_whoever_the_link_is_for() {
    let story = everywhere::begin().await;
    for (email, purpose) in LINKS {
        let links = story.links(email, purpose);
        let link = links.iter().find(|link| link.contains("/l/")).unwrap();
        let web = Web::new(&story);
        let page = web.get(&web.path(link)).await.must_be(200);
        let is_named = names(&page, email) || page.says(&format!("<dd>{email}</dd>"));
        assert!(is_named, "{purpose}: {}", page.html);
        // The session of somebody else is not whose page it is.
        if !web.kept().is_empty() {
            continue;
        }
        let lena = Visitor::Own(LENA).browser(&story).await;
        let page = lena.get(&lena.path(link)).await.must_be(200);
        assert!(*email == LENA || !names(&page, LENA), "{purpose}");
        assert!(sign_out(&page).is_none(), "{purpose}");
    }
}

#[tokio::test]
async fn who_signs_out_leaves_nothing_in_this_browser_and_goes_on_in_the_other() {
    let story = everywhere::begin().await;
    let here = Visitor::Own(LENA).browser(&story).await;
    let link = story.link(LENA, "lead-console");
    here.get(&here.path(&link)).await.must_be(200);
    let other = Visitor::Own(LENA).browser(&story).await;
    assert_eq!(here.kept(), ["__Host-console-acme", "__Host-own"]);
    let before = story.everything().await;
    let page = here.get("/console/acme/invite").await.must_be(200);
    let form = sign_out(&page).unwrap();
    // A form of another session ends none.
    let foreign = other.get("/requests").await.must_be(200);
    let foreign = sign_out(&foreign).unwrap();
    here.submit(&foreign).await.must_be(403);
    here.submit(&form.clone().without("token"))
        .await
        .must_be(403);
    assert_eq!(here.kept().len(), 2);
    let left = here.submit(&form).await.must_be(303);
    for line in left.headers.get_all(SET_COOKIE) {
        let cookie = line.to_str().unwrap();
        assert!(cookie.contains("=; Path=/; Max-Age=0"), "{cookie}");
    }
    assert!(here.kept().is_empty());
    let said = here.get(&left.location().unwrap()).await.must_be(200);
    assert!(said.says("You are signed out in this browser"));
    assert!(!said.says(LENA));
    for path in [
        "/requests",
        "/profile",
        "/console/acme",
        "/console/acme/people.csv",
    ] {
        here.get(path).await.must_be(403);
    }
    // The other browser goes on, and so do the links. Nothing was written.
    other.get("/requests").await.must_be(200);
    assert_eq!(story.everything().await, before);
    here.get(&here.path(&link)).await.must_be(200);
}

#[tokio::test]
async fn who_signs_out_twice_or_too_late_is_signed_out() {
    let story = everywhere::begin().await;
    let web = Visitor::Own(XENA).browser(&story).await;
    let page = web.get("/requests").await.must_be(200);
    let form = sign_out(&page).unwrap();
    web.submit(&form).await.must_be(303);
    web.submit(&form).await.must_be(303);
    web.get("/sign-out").await.must_be(200);
    let late = Visitor::Own(NOOR).browser(&story).await.reading("de");
    let page = late.get("/profile").await.must_be(200);
    story.sleep("PT2H");
    let left = late.submit(&sign_out(&page).unwrap()).await.must_be(303);
    assert!(late.kept().is_empty());
    let said = late.get(&left.location().unwrap()).await;
    assert!(said.says("Sie sind in diesem Browser abgemeldet"));
}
