//! The steps of those who attacked the bundle, as they took them: from outside, over HTTP.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use local::lambda::function::LARGEST_ANSWER;
use serde_json::{Value, json};

use crate::fixture::Story;
use crate::lifecycle::everywhere::{self, AMIR, LENA, NOOR, Visitor};
use crate::lifecycle::web::Page;

const VERA: &str = "vera@globex.example";
const PRIVATE: &str = "private.person@home.example";
const REQUEST: &str = "/requests/support/SUP-1";

// ------------------------------------------------------------------- people of other organisations

/// A guest's request, in which people of two organisations and somebody of none take part.
async fn merger_talks() -> Story {
    let story = Story::begin().await;
    let more = json!({
        "request": {
            "key": "SUP-1", "desk": "support", "type": "Question", "summary": "Merger talks",
        },
        "participants": [VERA, AMIR, PRIVATE],
    });
    story.raise_with("SUP-1", NOOR, more).await;
    story.settle().await;
    for email in [VERA, AMIR, LENA] {
        everywhere::ask_for_link(&story, email).await;
    }
    story
}

#[tokio::test]
async fn nobody_of_an_organisation_learns_who_takes_part_in_a_guests_request_or_shares_it() {
    let story = merger_talks().await;
    let everybody = [VERA, AMIR, PRIVATE];
    for reader in [VERA, AMIR] {
        let web = Visitor::Own(reader).browser(&story).await;
        let page = web.get(REQUEST).await.must_be(200);
        assert!(page.says("Merger talks"));
        let others = everybody.into_iter().filter(|other| *other != reader);
        for other in others {
            assert!(!page.says(other), "{reader} reads {other}: {}", page.html);
        }
        // The page has no form that shares it, and one that was made up does nothing.
        let token = page.form(|form| form.value("comment").is_some());
        let token = token.value("token").unwrap().to_owned();
        assert!(
            page.forms()
                .iter()
                .all(|form| form.action != format!("{REQUEST}/share"))
        );
        let before = story.everything().await;
        for (field, value) in [
            ("organization", "globex"),
            ("organization", "acme"),
            ("colleague", LENA),
            ("colleague", AMIR),
        ] {
            let form = [
                ("token".to_owned(), token.clone()),
                (field.to_owned(), value.to_owned()),
            ];
            web.post(&format!("{REQUEST}/share"), &form)
                .await
                .must_be(403);
        }
        assert_eq!(story.everything().await, before);
    }
    // A colleague of a participant finds nothing, neither by address nor in what is shared.
    let lena = Visitor::Own(LENA).browser(&story).await;
    lena.get(REQUEST).await.must_be(404);
    for view in ["created", "shared", "part"] {
        let page = lena.get(&format!("/requests?view={view}&state=open")).await;
        assert!(!page.must_be(200).says("Merger talks"), "{view}");
    }
}

// -------------------------------------------------------------------------------- made-up cursors

/// Places that no list gave out, over a partition that is right.
fn made_up(pk: &str) -> Vec<String> {
    let keys = [
        json!({ "pk": pk, "sk": "0", "x": "y" }),
        json!({ "pk": pk }),
        json!({ "pk": pk, "sk": "" }),
        json!({ "pk": pk, "sk": "0" }),
        json!({ "pk": "ORG#globex", "sk": "0" }),
        json!({}),
        json!("x"),
        Value::Null,
    ];
    let mut places: Vec<_> = keys
        .iter()
        .map(|key| URL_SAFE_NO_PAD.encode(key.to_string()))
        .collect();
    places.extend(["x".to_owned(), "%00".to_owned(), String::new()]);
    places
}

#[tokio::test]
async fn a_made_up_cursor_is_a_page_that_is_not_there_and_no_failure() {
    let story = Story::begin().await;
    story.raise("SUP-1", NOOR).await;
    story.settle().await;
    everywhere::ask_for_link(&story, NOOR).await;
    let comments = partition(&story, "requests", "SUP-1").await;
    let history = partition(&story, "audit", "acme").await;
    let noor = Visitor::Own(NOOR).browser(&story).await;
    let lena = Visitor::Lead(LENA).browser(&story).await;
    for place in made_up(&comments) {
        let answer = noor.get(&format!("{REQUEST}?before={place}")).await;
        assert_eq!(answer.status, 404, "before={place}");
    }
    for place in made_up(&history) {
        let answer = lena
            .get(&format!("/console/acme/history?from={place}"))
            .await;
        assert_eq!(answer.status, 404, "from={place}");
    }
    // A list of requests that is given such a place begins at its beginning.
    for place in made_up(&comments) {
        let page = noor.get(&format!("/requests?after={place}")).await;
        assert!(page.must_be(200).says("How does it work?"), "after={place}");
    }
}

/// The partition in which something of this name lies.
async fn partition(story: &Story, table: &str, name: &str) -> String {
    let items = story.items(table, "").await;
    let mut keys = items.iter().filter_map(|item| item["pk"].as_str());
    let key = keys.find(|key| key.contains(name));
    key.unwrap().to_owned()
}

// ------------------------------------------------------------------------------- comments of links

async fn comments(story: &Story, body: &str, many: usize) {
    let agent = json!({ "name": "Ada", "email": "ada@desk.example", "role": "agent" });
    for number in 0..many {
        let comment = json!({ "comment": {
            "id": format!("c-{number}"), "author": agent, "body": body, "public": true,
        }});
        story.update("SUP-1", "request.commented", comment).await;
    }
    story.settle().await;
}

/// Counts the comments that a page shows, each of which begins with this.
fn shown(page: &Page, mark: &str) -> usize {
    page.html.matches(mark).count()
}

/// The address of older comments on a page.
fn older(page: &Page) -> Option<String> {
    let links = page.html.split("href=\"").skip(1);
    let mut links = links.filter_map(|rest| rest.split('"').next());
    let older = links.find(|to| to.contains("before="))?;
    Some(older.replace("&#38;", "&"))
}

#[tokio::test]
async fn comments_full_of_links_fit_into_what_lambda_hands_on() {
    for text in [
        "http://a ",
        "https://a.example ",
        "[a](http://b) ",
        "a@b.example ",
    ] {
        let story = Story::begin().await;
        story.raise("SUP-1", NOOR).await;
        let asked = json!({ "approval": { "id": "a-1", "approvers": [NOOR] } });
        story
            .update("SUP-1", "request.approval_requested", asked)
            .await;
        let mark = "MARK";
        let body = format!("{mark} {}", text.repeat(31_500 / text.len()));
        comments(&story, &body, 20).await;
        everywhere::ask_for_link(&story, NOOR).await;
        let noor = Visitor::Own(NOOR).browser(&story).await;
        let approval = noor.path(&story.link(NOOR, "approve"));
        let page = noor.get(&approval).await.must_be(200);
        assert!(
            page.html.len() < LARGEST_ANSWER / 2,
            "{text}: {}",
            page.html.len()
        );
        // What does not fit stands on the pages before: none is lost.
        let mut seen = 0;
        let mut path = REQUEST.to_owned();
        loop {
            let page = noor.get(&path).await.must_be(200);
            assert!(
                page.html.len() < LARGEST_ANSWER / 2,
                "{text}: {}",
                page.html.len()
            );
            seen += shown(&page, mark);
            match older(&page) {
                Some(older) => path = older,
                None => break,
            }
        }
        assert_eq!(seen, 20, "{text}");
    }
}

// --------------------------------------------------------------------------------- keys of requests

#[tokio::test]
async fn a_key_that_no_browser_opens_is_refused_and_every_other_opens() {
    let story = Story::begin().await;
    let before = story.everything().await;
    let request = |key: &str| {
        json!({
            "request": {
                "key": key, "desk": "support", "type": "Question", "summary": "How does it work?",
            },
            "reporter": { "email": NOOR },
            "channel": "email",
        })
    };
    for key in [
        ".", "..", "", "a/b", "%2e", "%2E%2e", "a#b", "a b", "\\..", "?",
    ] {
        let created = request(key);
        let answer = story.event("forms", "request-created", "request.created", created);
        let answer = answer.await;
        assert!(
            [400, 422].contains(&answer.status),
            "{key}: {}",
            answer.body
        );
        let moved = json!({
            "request": { "key": key, "desk": "support" },
            "status": { "to": "Done", "category": "done" },
        });
        let kind = "request.transitioned";
        let answer = story.event("forms", "request-updated", kind, moved).await;
        assert!(
            [400, 422].contains(&answer.status),
            "{key}: {}",
            answer.body
        );
    }
    let after = story.everything().await;
    assert_eq!(requests(&after), requests(&before));
    for key in ["...", ".a", "a..", "..a", "-", "a:b"] {
        let created = request(key);
        let answer = story.event("forms", "request-created", "request.created", created);
        answer.await.must_be(202);
    }
    story.settle().await;
    everywhere::ask_for_link(&story, NOOR).await;
    let noor = Visitor::Own(NOOR).browser(&story).await;
    for key in ["...", ".a", "a..", "..a", "-", "a:b"] {
        noor.get(&format!("/requests/support/{key}"))
            .await
            .must_be(200);
    }
}

/// Whatever is stored of requests.
fn requests(everything: &str) -> Vec<&str> {
    let lines = everything.lines();
    lines.filter(|line| line.contains("\"REQ")).collect()
}
