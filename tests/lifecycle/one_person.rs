//! One person, one session: whoever has proved their mailbox sees all that is theirs, and nothing
//! that is somebody else's.

use app::console::Act;
use domain::Role;

use crate::fixture::Story;
use crate::lifecycle::everywhere::{self, AMIR, GUS, LENA, NOOR, Visitor, WIM, XENA, ZOE};
use crate::lifecycle::web::{Form, Page, Web};

const DORA: &str = "dora@acme.example";

/// The addresses of the page's first navigation.
fn navigation(page: &Page) -> Vec<String> {
    let (_, rest) = page.html.split_once("<nav class=\"tabs\"").unwrap();
    let (nav, _) = rest.split_once("</nav>").unwrap();
    let links = nav.split("<a href=\"").skip(1);
    links
        .map(|link| link.split('"').next().unwrap().to_owned())
        .collect()
}

async fn press_yes(web: &Web<'_>, link: &str) -> Page {
    let page = web.get(&web.path(link)).await.must_be(200);
    let asks = |form: &Form| {
        let yes = ("wish".to_owned(), "yes".to_owned());
        form.buttons.contains(&yes)
    };
    web.submit(&page.form(asks).with("wish", "yes")).await
}

#[tokio::test]
async fn a_leads_link_opens_their_own_requests_too_and_the_navigation_stays() {
    let story = everywhere::begin().await;
    for visitor in [Visitor::Lead(LENA), Visitor::Own(LENA)] {
        let web = visitor.browser(&story).await;
        let expected = ["/requests", "/new", "/console/acme", "/profile"];
        for path in [
            "/requests",
            "/requests?view=shared",
            "/new",
            "/new/support",
            "/profile",
            "/console/acme",
            "/console/acme/invite",
            "/console/acme/history",
        ] {
            let page = web.get(path).await.must_be(200);
            assert_eq!(navigation(&page), expected, "{path}");
            assert!(page.says(">Acme</a>"), "{path}");
        }
        web.get("/console/globex").await.must_be(403);
    }
}

#[tokio::test]
async fn whoever_leads_nothing_is_offered_no_console_and_gets_none() {
    let story = everywhere::begin().await;
    let amir = Visitor::Own(AMIR).browser(&story).await;
    assert_eq!(amir.kept(), ["__Host-own"]);
    let page = amir.get("/requests").await.must_be(200);
    assert_eq!(navigation(&page), ["/requests", "/new", "/profile"]);
    for path in [
        "/console/acme",
        "/console/acme/people.csv",
        "/console/globex",
    ] {
        amir.get(path).await.must_be(403);
    }
}

/// Mails about a request are forwarded: their link opens that request alone.
#[tokio::test]
async fn a_link_to_one_request_opens_nothing_beside_it() {
    let story = Story::begin().await;
    story.raise("SUP-1", LENA).await;
    story.raise("SUP-2", LENA).await;
    story.settle().await;
    let web = Web::of(&story, LENA, "requester").await;
    assert_eq!(web.kept().len(), 1);
    for path in [
        "/requests",
        "/profile",
        "/console/acme",
        "/requests/support/SUP-1",
    ] {
        web.get(path).await.must_be(403);
    }
}

#[tokio::test]
async fn a_lead_who_leads_no_more_keeps_their_requests_and_loses_the_console() {
    let story = Story::begin().await;
    let appoint = async |role| story.act(LENA, "acme", DORA, Act::SetRole(role)).await;
    appoint(Role::Lead).await;
    let web = Web::of(&story, DORA, "lead-console").await;
    let console = story.link(DORA, "lead-console");
    web.get("/console/acme").await.must_be(200);
    appoint(Role::Member).await;
    web.get("/console/acme").await.must_be(404);
    // Nothing is left of the console in the browser; what is their own is open.
    web.get("/console/acme").await.must_be(403);
    let page = web.get("/requests").await.must_be(200);
    assert_eq!(navigation(&page), ["/requests", "/new", "/profile"]);
    // Who leads again has the console by their own session; the link from before stays ended.
    appoint(Role::Lead).await;
    web.get("/console/acme/invite").await.must_be(200);
    web.get(&web.path(&console)).await.must_be(410);
}

#[tokio::test]
async fn accepting_and_keeping_open_the_door_at_once() {
    let story = everywhere::begin().await;
    for (who, purpose) in [(ZOE, "accept-invitation"), (WIM, "keep-access")] {
        let web = Web::new(&story);
        let link = story.link(who, purpose);
        let page = press_yes(&web, &link).await.must_be(200);
        assert!(page.says(who), "{}", page.html);
        for next in ["/new", "/requests", "/profile"] {
            let (_, steps) = page.html.split_once("class=\"choose\"").unwrap();
            assert!(steps.contains(&format!("<a href=\"{next}\"")), "{next}");
            web.get(next).await.must_be(200);
        }
        // The link is used up, and lets nobody in again.
        let other = Web::new(&story);
        other.get(&other.path(&link)).await.must_be(410);
        assert!(other.kept().is_empty());
    }
}

#[tokio::test]
async fn accepting_in_anothers_browser_leaves_their_session_as_it_is() {
    let story = everywhere::begin().await;
    let lena = Visitor::Own(LENA).browser(&story).await;
    let page = press_yes(&lena, &story.link(ZOE, "accept-invitation")).await;
    let page = page.must_be(200);
    assert!(!page.says("class=\"choose\""), "{}", page.html);
    assert!(lena.get("/requests").await.says(LENA));
}

#[tokio::test]
async fn whoever_is_at_work_in_one_place_stays_signed_in_everywhere() {
    let story = everywhere::begin().await;
    let gus = Visitor::Lead(GUS).browser(&story).await;
    for _ in 0..4 {
        story.sleep("PT25M");
        gus.get("/console/globex").await.must_be(200);
    }
    gus.get("/requests").await.must_be(200);
    let (xena, noor) = (Visitor::Own(XENA), Visitor::Own(NOOR));
    for visitor in [xena, noor] {
        let web = visitor.browser(&story).await;
        web.get("/console/globex").await.must_be(403);
    }
}
