//! A link in a browser in which somebody else is signed in: nothing of it is set before they were
//! asked.

use reqwest::Method;
use reqwest::header::SET_COOKIE;

use crate::fixture::Story;
use crate::lifecycle::asking::form_link;
use crate::lifecycle::everywhere::{self, AMIR, GUS, LENA, NOOR, QUINN, Visitor, XENA};
use crate::lifecycle::web::{Form, Page, Site, Web};

/// As a link on another site's page is followed.
const FROM_ELSEWHERE: Site = &[("sec-fetch-site", "cross-site")];

/// The form with which one goes on.
fn go_on(page: &Page) -> Form {
    let form = page.form(|form| {
        form.buttons
            .contains(&("wish".to_owned(), "enter".to_owned()))
    });
    form.with("wish", "enter")
}

fn sets_nothing(page: &Page) -> bool {
    page.headers.get(SET_COOKIE).is_none()
}

/// The newest link of each kind that begins a session.
fn links(story: &Story) -> Vec<(&'static str, String)> {
    vec![
        (XENA, story.link(XENA, "requester")),
        (NOOR, story.links(NOOR, "requester").pop().unwrap()),
        (GUS, story.link(GUS, "lead-console")),
    ]
}

#[tokio::test]
async fn a_link_replaces_nobodys_session_before_they_were_asked() {
    let story = everywhere::begin().await;
    for browser in [Visitor::Lead(LENA), Visitor::Own(LENA)] {
        for (holder, link) in links(&story) {
            let web = browser.browser(&story).await;
            let kept = web.kept();
            let before = story.everything().await;
            web.comes_from(FROM_ELSEWHERE);
            for method in [Method::GET, Method::HEAD] {
                let asked = web.ask(method, &web.path(&link)).await.must_be(200);
                assert!(sets_nothing(&asked), "{holder}");
            }
            let asked = web.get(&web.path(&link)).await;
            let says = format!("You are signed in as {LENA}. This link is for {holder}.");
            assert!(asked.says(&says), "{}", asked.html);
            assert_eq!(web.kept(), kept);
            web.get("/profile").await.must_be(200);
            assert!(web.get("/profile").await.says(LENA));
            // Another site cannot press the button, nor can it be pressed without the page.
            let form = go_on(&asked);
            assert!(sets_nothing(&web.submit(&form).await.must_be(403)));
            web.comes_from(&[]);
            let forged = form.clone().with("token", "x");
            assert!(sets_nothing(&web.submit(&forged).await.must_be(403)));
            assert_eq!(story.everything().await, before);
            // Who goes on is the other one, and the first is signed out.
            let entered = web.submit(&form).await.must_be(303);
            let page = web.get(&entered.location().unwrap()).await.must_be(200);
            assert!(page.says(&format!("<bdi>{holder}</bdi>")), "{}", page.html);
            let console = usize::from(holder == GUS);
            assert_eq!(web.kept().len(), 1 + console, "{:?}", web.kept());
            web.get("/console/acme").await.must_be(403);
        }
    }
}

/// The sender of a link can read its page, and the form on it.
#[tokio::test]
async fn the_form_that_goes_on_is_of_the_session_that_ends() {
    let story = everywhere::begin().await;
    let link = story.link(XENA, "requester");
    let attacker = Visitor::Own(NOOR).browser(&story).await;
    let theirs = go_on(&attacker.get(&attacker.path(&link)).await.must_be(200));
    let lena = Visitor::Own(LENA).browser(&story).await;
    // An old browser says nothing of where a form comes from.
    assert!(sets_nothing(&lena.submit(&theirs).await.must_be(403)));
    let stranger = Web::new(&story);
    assert!(sets_nothing(&stranger.submit(&theirs).await.must_be(403)));
    // And of one link it is not of another.
    let other = story.link(AMIR, "requester");
    let own = go_on(&lena.get(&lena.path(&link)).await.must_be(200));
    let moved = Form {
        action: lena.path(&other),
        ..own
    };
    assert!(sets_nothing(&lena.submit(&moved).await.must_be(403)));
    assert!(lena.get("/requests").await.says(LENA));
}

#[tokio::test]
async fn nobody_is_asked_about_their_own_links_or_in_a_browser_of_nobody() {
    let story = everywhere::begin().await;
    let lena = Visitor::Own(LENA).browser(&story).await;
    let link = story.link(LENA, "lead-console");
    lena.comes_from(FROM_ELSEWHERE);
    lena.ask(Method::GET, &lena.path(&link)).await.must_be(303);
    assert_eq!(lena.kept().len(), 2);
    for (holder, link) in links(&story) {
        let web = Web::new(&story);
        web.comes_from(FROM_ELSEWHERE);
        web.ask(Method::GET, &web.path(&link)).await.must_be(303);
        assert_eq!(web.kept().len(), 1 + usize::from(holder == GUS));
    }
    // A session that is over is nobody's.
    story.sleep("PT2H");
    let gus = story.link(GUS, "lead-console");
    lena.ask(Method::GET, &lena.path(&gus)).await.must_be(303);
}

#[tokio::test]
async fn a_link_that_is_over_asks_nothing() {
    let story = everywhere::begin().await;
    let link = story.link(GUS, "lead-console");
    let gus = Visitor::Own(GUS).browser(&story).await;
    let lena = Visitor::Own(LENA).browser(&story).await;
    let form = go_on(&lena.get(&lena.path(&link)).await.must_be(200));
    let page = gus.get("/profile").await.must_be(200);
    let end = page.form(|form| form.value("do") == Some("end-links"));
    gus.submit(&end).await.must_be(303);
    lena.get(&lena.path(&link)).await.must_be(410);
    assert!(sets_nothing(&lena.submit(&form).await.must_be(410)));
}

/// A request that a link lets a person send is sent in its holder's name, and begins no session
/// beside another's.
#[tokio::test]
async fn a_request_sent_from_anothers_link_changes_nobodys_session() {
    let story = everywhere::begin().await;
    let confirm = story.link(QUINN, "confirm-request");
    let form = form_link(&story, "support", "question", NOOR, false).await;
    for link in [confirm, form] {
        let lena = Visitor::Own(LENA).browser(&story).await;
        let page = lena.get(&lena.path(&link)).await.must_be(200);
        let mut forms = page
            .forms()
            .into_iter()
            .filter(|form| form.action != "/sign-out");
        let form = everywhere::question(forms.next().unwrap());
        let form = if page.says("value=\"confirm\"") {
            form.with("wish", "confirm")
        } else {
            form
        };
        let sent = lena.submit(&form).await.must_be(303);
        assert!(sets_nothing(&sent));
        let said = lena.get(&sent.location().unwrap()).await.must_be(200);
        assert!(said.says("sent in the name of whoever the link is for"));
        assert_eq!(lena.kept(), ["__Host-console-acme", "__Host-own"]);
        assert!(lena.get("/requests").await.says(LENA));
    }
    story.settle().await;
    assert_eq!(story.mails_of("desk_notice").len(), 2);
}
