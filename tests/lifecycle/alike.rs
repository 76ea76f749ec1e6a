//! Whoever asks for a link, or holds one that is over, learns nothing of whether an address is
//! known: not from what is answered, and not from what is done before.

use local::dynamodb::meter::Reading;
use local::ses::feedback::{Kind, Report};
use reqwest::Method;
use serde_json::json;

use crate::fixture::Story;
use crate::lifecycle::asking::form_link;
use crate::lifecycle::web::{Page, Web};

const LEAD: &str = "lena@acme.example";
const MEMBER: &str = "amir@acme.example";
const STRANGER: &str = "nobody@elsewhere.example";
const LEFT: &str = "bela@acme.example";
const BOUNCED: &str = "gus@globex.example";
const MUTED: &str = "noor@visitor.example";

/// Somebody of each kind.
async fn begin() -> Story {
    let story = Story::begin().await;
    story.raise("SUP-1", MUTED).await;
    story.settle().await;
    let off_boarded = story.off_board("acme", LEFT, json!({})).await;
    off_boarded.must_be(202);
    let report = Report {
        kind: Kind::Bounce,
        email: BOUNCED.to_owned(),
        message: None,
        subtype: None,
        detail: None,
        id: None,
    };
    story.local().report(&report).await.unwrap();
    let stop = stop_all(&story);
    story.press(&stop, "stop").await.must_be(200);
    story.settle().await;
    story
}

/// The link that stops all mails about requests.
fn stop_all(story: &Story) -> String {
    let links = story.links(MUTED, "unsubscribe");
    let of_all = links.iter().rfind(|link| link.contains("/l/"));
    of_all.unwrap().clone()
}

/// An answer without what differs each time.
fn seen(page: &Page) -> (u16, Vec<(String, String)>, String) {
    let headers = page.headers.iter();
    let headers = headers.map(|(name, value)| {
        let value = value.to_str().unwrap().to_owned();
        (name.to_string(), value)
    });
    let mut headers: Vec<_> = headers.filter(|(name, _)| name != "date").collect();
    headers.sort();
    (page.status, headers, page.html.clone())
}

/// The calls to the engine since a reading: how often each.
fn calls(story: &Story, before: &Reading) -> Vec<(String, u64)> {
    let used = story.local().meter.read().since(before).0.into_iter();
    used.map(|(action, usage)| (action, usage.calls)).collect()
}

/// What is done before the answer, call by call, is compared in the tests of the use case
/// (`shared/app/src/visit/tests/mail_link.rs`): here the relay is at work at the same time.
#[tokio::test]
async fn send_me_my_link_is_answered_alike_for_six_kinds_of_address() {
    let story = begin().await;
    let mut answers = Vec::new();
    // Out of sight those get one who may.
    for (email, mailed) in [
        (STRANGER, 0),
        (LEAD, 1),
        (MEMBER, 1),
        (LEFT, 1),
        (BOUNCED, 0),
        (MUTED, 1),
    ] {
        let before = own_links(&story, email);
        let form = [("email".to_owned(), email.to_owned())];
        let page = Web::new(&story).post("/send-link", &form).await;
        assert!(!page.says(email), "{email}");
        answers.push(seen(&page.must_be(200)));
        story.settle().await;
        assert_eq!(own_links(&story, email), before + mailed, "{email}");
    }
    for answer in &answers[1..] {
        assert_eq!(*answer, answers[0]);
    }
}

/// Counts the mails that somebody asked for and got.
fn own_links(story: &Story, email: &str) -> usize {
    let mails = story.mails(email);
    mails.iter().filter(|mail| mail.kind == "your_link").count()
}

#[tokio::test]
async fn what_cannot_be_an_address_is_told_without_looking() {
    let story = Story::begin().await;
    let before = story.local().meter.read();
    for typed in ["", "lena", "lena@", "@acme.example", "a b@acme.example"] {
        let form = [("email".to_owned(), typed.to_owned())];
        Web::new(&story)
            .post("/send-link", &form)
            .await
            .must_be(422);
    }
    assert!(calls(&story, &before).is_empty());
}

#[tokio::test]
async fn a_link_that_is_over_looks_alike_whether_its_address_is_known_or_not() {
    let story = begin().await;
    let unknown = "abel@acme.example";
    let links = [
        (
            form_link(&story, "support", "question", MEMBER, false).await,
            MEMBER,
        ),
        (
            form_link(&story, "support", "question", unknown, false).await,
            unknown,
        ),
    ];
    story.advance("P15D").await;
    let mut pages = Vec::new();
    for (link, email) in links {
        let web = Web::new(&story);
        let before = story.local().meter.read();
        let page = web.ask(Method::GET, &web.path(&link)).await.must_be(410);
        let calls = calls(&story, &before);
        let form = page.form(|form| form.value("token").is_some());
        let sent = web.submit(&form.clone().with("wish", "renew")).await;
        // Of the address it shows what anybody may know who holds the link.
        assert!(page.says("a…@acme.example") && !page.says(email));
        let (status, headers, html) = seen(&page);
        let html = html.replace(form.value("token").unwrap(), "TOKEN");
        pages.push(((status, headers, html), calls, seen(&sent.must_be(200))));
        story.settle().await;
    }
    assert_eq!(pages[0], pages[1]);
}

#[tokio::test]
async fn what_is_no_link_of_ours_is_one_and_the_same_page() {
    let story = Story::begin().await;
    let link = story.link(LEAD, "lead-console");
    let web = Web::new(&story);
    let path = web.path(&link);
    let before = story.local().meter.read();
    let mut forged = path.clone();
    let last = forged.pop().unwrap();
    forged.push(if last == 'A' { 'E' } else { 'A' });
    let expected = seen(&web.get("/l/x").await.must_be(404));
    for path in [forged.as_str(), "/l/AAAA", &path[..40]] {
        assert_eq!(seen(&web.get(path).await), expected, "{path}");
    }
    assert!(calls(&story, &before).is_empty(), "nothing was looked for");
}
