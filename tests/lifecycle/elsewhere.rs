//! Forms that another site posts through its visitor's browser: refused before anything is done,
//! whatever form it is and whatever it carries.

use crate::fixture::Story;
use crate::lifecycle::asking::form_link;
use crate::lifecycle::everywhere::{self, CASES, LENA, NOOR, Visitor};
use crate::lifecycle::web::{Page, Site, Web};

/// The headers of browsers with a form from another site: new ones, old ones, and those that hide
/// it.
const ELSEWHERE: [Site; 5] = [
    &[
        ("sec-fetch-site", "cross-site"),
        ("origin", "https://evil.test"),
    ],
    &[
        ("sec-fetch-site", "same-site"),
        ("origin", "https://wiki.desk.example"),
    ],
    &[("sec-fetch-site", "cross-site")],
    &[("origin", "https://evil.test")],
    &[("origin", "null")],
];

/// And of one that the page itself posts.
const HERE: Site = &[("sec-fetch-site", "same-origin"), ("origin", "null")];

fn email(email: &str) -> [(String, String); 1] {
    [("email".to_owned(), email.to_owned())]
}

fn is_refused(page: &Page, name: &str) {
    assert_eq!(page.status, 403, "{name}: {}", page.html);
    assert!(page.location().is_none(), "{name}");
}

#[tokio::test]
async fn no_form_is_taken_from_another_site() {
    let story = everywhere::begin().await;
    let mut forms = Vec::new();
    for case in CASES.iter().filter(|case| !case.later) {
        let web = case.who.browser(&story).await;
        let (_, form) = case.open(&story, &web).await;
        forms.push((case.name, web, form));
    }
    let link = form_link(&story, "support", "question", NOOR, false).await;
    let web = Web::new(&story);
    let page = web.get(&web.path(&link)).await.must_be(200);
    let form = page.form(|form| form.value("summary").is_some());
    forms.push(("form of a link", web, everywhere::question(form)));
    let before = story.everything().await;
    let mails = story.local().mailbox.list(None).len();
    for (name, web, form) in &forms {
        for site in ELSEWHERE {
            web.comes_from(site);
            is_refused(&web.submit(form).await, name);
        }
    }
    story.settle().await;
    assert_eq!(story.everything().await, before);
    assert_eq!(story.local().mailbox.list(None).len(), mails);
    // The same forms are good: sent from their own pages they are taken.
    for (name, web, form) in &forms[..3] {
        web.comes_from(HERE);
        web.submit(form).await.must_be(200);
        assert_ne!(story.everything().await, before, "{name}");
    }
}

#[tokio::test]
async fn no_site_has_links_mailed_through_its_visitors() {
    let story = Story::begin().await;
    let web = Web::new(&story);
    let mailed = story.mails_of("your_link").len();
    for site in ELSEWHERE {
        web.comes_from(site);
        is_refused(&web.post("/send-link", &email(LENA)).await, "send-link");
    }
    story.settle().await;
    assert_eq!(story.mails_of("your_link").len(), mailed);
    // Nor did the refused ones count for the limit: whoever is there may ask as before.
    let own = story.base_url().to_owned().leak();
    let by_origin: Site = vec![("origin", &*own)].leak();
    for site in [HERE, &[("sec-fetch-site", "none")], by_origin, &[]] {
        web.comes_from(site);
        web.post("/send-link", &email(LENA)).await.must_be(200);
        story.sleep("PT16M");
    }
    story.settle().await;
    assert_eq!(story.mails_of("your_link").len(), mailed + 4);
}

#[tokio::test]
async fn a_link_that_is_over_is_renewed_from_its_own_page_alone() {
    let story = Story::begin().await;
    let link = form_link(&story, "support", "question", NOOR, false).await;
    story.advance("P15D").await;
    let mailed = story.mails_of("your_link").len();
    let web = Web::new(&story);
    let page = web.get(&web.path(&link)).await.must_be(410);
    let form = page.form(|form| form.value("token").is_some());
    let form = form.with("wish", "renew");
    for site in ELSEWHERE {
        web.comes_from(site);
        is_refused(&web.submit(&form).await, "renew");
    }
    story.settle().await;
    assert_eq!(story.mails_of("your_link").len(), mailed);
    web.comes_from(HERE);
    web.submit(&form).await.must_be(200);
}

#[tokio::test]
async fn what_was_typed_is_still_there_when_a_form_came_from_elsewhere() {
    let story = everywhere::begin().await;
    for (who, path, field, typed) in [
        (
            Visitor::Lead(LENA),
            "/console/acme/invite",
            "email",
            "pia@acme.example",
        ),
        (
            Visitor::Own(NOOR),
            "/requests/support/SUP-1",
            "comment",
            "It hums",
        ),
        (
            Visitor::Stranger,
            "/new/support/question",
            "summary",
            "How do I order?",
        ),
    ] {
        let web = who.browser(&story).await;
        let page = web.get(path).await.must_be(200);
        let form = page.form(|form| form.value(field).is_some());
        web.comes_from(ELSEWHERE[0]);
        let refused = web.submit(&form.with(field, typed)).await.must_be(403);
        let again = refused.form(|form| form.value(field).is_some());
        assert_eq!(again.value(field), Some(typed), "{path}");
    }
}

/// Mail programs post there from wherever their readers are, and some of them from a web page.
#[tokio::test]
async fn mails_are_stopped_by_one_click_from_everywhere() {
    let story = everywhere::begin().await;
    let links = story.links(NOOR, "unsubscribe");
    let link = links.iter().find(|link| link.contains("/unsubscribe/"));
    let web = Web::new(&story);
    let click = [("List-Unsubscribe".to_owned(), "One-Click".to_owned())];
    for site in ELSEWHERE {
        web.comes_from(site);
        web.post(&web.path(link.unwrap()), &click)
            .await
            .must_be(200);
    }
}
