//! Whoever asks is answered in their language: the one of their profile, else the one in which they
//! read the form.

use local::ses::message::Message;

use crate::fixture::Story;
use crate::lifecycle::asking::form_link;
use crate::lifecycle::web::{Form, Page, Web};

const AMIR: &str = "amir@acme.example";
const LENA: &str = "lena@acme.example";
const NOOR: &str = "noor@visitor.example";

fn language(page: &Page) -> &str {
    let (_, rest) = page.html.split_once("<html lang=\"").unwrap();
    rest.split('"').next().unwrap()
}

/// Chooses a language, and a time zone, on the profile.
async fn choose(web: &Web<'_>, language: &str) {
    let page = web.get("/profile").await.must_be(200);
    let form = page.form(|form| form.value("zone").is_some());
    let form = form.with("language", language).with("do", "profile");
    web.submit(&form.with("zone", "Europe/Berlin"))
        .await
        .must_be(303);
}

/// Has the link to what is somebody's own mailed to them.
async fn ask_for_link(story: &Story, email: &str) {
    let form = [("email".to_owned(), email.to_owned())];
    let sent = Web::new(story).post("/send-link", &form).await;
    sent.must_be(200);
    story.settle().await;
}

fn question(form: Form) -> Form {
    form.with("summary", "How do I order?")
        .with("f.question", "More seats, please: how?")
}

fn is_german(mail: &Message) -> bool {
    let mut headers = mail.headers.iter();
    headers.any(|(name, value)| name.eq_ignore_ascii_case("content-language") && value == "de")
}

#[tokio::test]
async fn the_forms_speak_the_language_of_the_profile() {
    let story = Story::begin().await;
    ask_for_link(&story, AMIR).await;
    let amir = Web::of(&story, AMIR, "requester").await;
    for (chosen, other) in [("de", "en"), ("en", "de")] {
        choose(&amir, chosen).await;
        let amir = Web::of(&story, AMIR, "requester").await.reading(other);
        for path in ["/new", "/new/support", "/new/support/question", "/new/none"] {
            assert_eq!(language(&amir.get(path).await), chosen, "{path}");
        }
        let page = amir.get("/new/support/question").await;
        let form = page.form(|form| form.value("summary").is_some());
        let refused = amir.submit(&form).await.must_be(422);
        assert_eq!(language(&refused), chosen);
        // So do the pages that show nothing of theirs.
        for path in ["/requests/support/SUP-9", "/requests?view=shared"] {
            assert_eq!(language(&amir.get(path).await), chosen, "{path}");
        }
        let columns = amir.get("/requests/columns").await.must_be(200);
        let form = columns.form(|form| form.value("column").is_some());
        let stale = amir.submit(&form.with("token", "x")).await.must_be(403);
        assert_eq!(language(&stale), chosen);
        // A browser of which nothing is known asks in its own.
        let stranger = Web::new(&story).reading(other);
        assert_eq!(language(&stranger.get("/new").await), other);
    }
}

#[tokio::test]
async fn the_console_speaks_the_language_of_the_profile_also_where_there_is_nothing() {
    let story = Story::begin().await;
    let lena = Web::of(&story, LENA, "lead-console").await.reading("en");
    choose(&lena, "de").await;
    for path in ["", "/people/nobody", "/nothing", "/invite-many/nothing"] {
        let page = lena.get(&format!("/console/acme{path}")).await;
        assert_eq!(language(&page), "de", "{path}");
    }
}

#[tokio::test]
async fn a_link_to_a_form_speaks_the_language_of_whoever_it_is_for() {
    let story = Story::begin().await;
    let link = form_link(&story, "support", "question", NOOR, false).await;
    let web = Web::new(&story).reading("de");
    let path = web.path(&link);
    assert_eq!(language(&web.get(&path).await.must_be(200)), "de");
    story.raise("SUP-1", NOOR).await;
    story.settle().await;
    ask_for_link(&story, NOOR).await;
    choose(&Web::of(&story, NOOR, "requester").await, "en").await;
    let page = web.get(&path).await.must_be(200);
    assert_eq!(language(&page), "en");
    let form = page.form(|form| form.value("summary").is_some());
    let refused = web.submit(&form).await.must_be(422);
    assert_eq!(language(&refused), "en");
    story.advance("P15D").await;
    assert_eq!(language(&web.get(&path).await.must_be(410)), "en");
}

#[tokio::test]
async fn a_stranger_is_mailed_in_the_language_of_the_form_from_the_first_mail_on() {
    let story = Story::begin().await;
    let web = Web::new(&story).reading("de-DE, en;q=0.5");
    let page = web.get("/new/support/question").await.must_be(200);
    let form = question(page.form(|form| form.value("summary").is_some()));
    web.submit(&form.with("email", NOOR)).await.must_be(303);
    story.settle().await;
    let confirm = &story.mails(NOOR)[0];
    assert!(is_german(confirm));
    story
        .press(&story.link(NOOR, "confirm-request"), "confirm")
        .await
        .must_be(303);
    story.settle().await;
    let noor = NOOR.parse().unwrap();
    let wanted = store::Wanted::new().customer(&noor);
    let loaded = story.store().load(wanted).await.unwrap();
    let locale = loaded.customer(&noor).unwrap().locale.clone();
    assert_eq!(locale.unwrap().as_str(), "de");
    assert_eq!(story.kinds(NOOR), ["confirm_request", "request_received"]);
    assert!(story.mails(NOOR).iter().all(is_german));
    story.check_invariants().await;
}
