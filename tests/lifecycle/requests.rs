//! A requester's pages, over HTTP: behind their session, once for each form, and nobody else's.

use reqwest::{Client, Response, header::COOKIE, redirect::Policy};

use crate::fixture::{Opened, Story};

const AMIR: &str = "amir@acme.example";
const NOOR: &str = "noor@visitor.example";
const XENA: &str = "xena@visitor.example";
const DESK: &str = "support@lanyard.example";

/// The token of the form that is posted there.
fn token(page: &str, action: &str) -> String {
    let form = page
        .split("<form")
        .find(|form| form.contains(&format!("action=\"{action}\"")));
    let (_, rest) = form.unwrap().split_once("name=\"token\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

async fn post(story: &Story, cookie: &str, action: &str, form: &[(&str, &str)]) -> Response {
    let web = Client::builder().redirect(Policy::none()).build().unwrap();
    web.post(format!("{}{action}", story.base_url()))
        .header(COOKIE, cookie)
        .form(form)
        .send()
        .await
        .unwrap()
}

async fn noor(story: &Story) -> Opened {
    story.raise("SUP-1", NOOR).await;
    story.settle().await;
    let opened = story.open(&story.link(NOOR, "requester")).await;
    assert_eq!(opened.page.status, 200, "{}", opened.page.body);
    opened
}

#[tokio::test]
async fn a_comment_posted_many_times_is_one_and_reaches_the_desk() {
    let story = Story::begin().await;
    let opened = noor(&story).await;
    let action = "/requests/support/SUP-1/comment";
    let token = token(&opened.page.body, action);
    let form = [("comment", "It *still* smokes <b>"), ("token", &token)];
    for _ in 0..5 {
        let answer = post(&story, &opened.cookie, action, &form).await;
        assert_eq!(answer.status().as_u16(), 303);
        let to = answer.headers()["location"].to_str().unwrap();
        assert_eq!(to, "/requests/support/SUP-1?done=commented");
    }
    story.settle().await;
    assert_eq!(story.count(DESK, "desk_notice"), 1);
    assert_eq!(
        story.count(NOOR, "request_commented"),
        0,
        "who wrote it knows"
    );
    let page = story.open(&story.link(NOOR, "requester")).await.page.body;
    assert_eq!(
        page.matches("It <em>still</em> smokes &lt;b&gt;").count(),
        1
    );
    story.check_invariants().await;
}

#[tokio::test]
async fn a_form_of_another_session_is_refused_and_what_was_typed_is_kept() {
    let story = Story::begin().await;
    let opened = noor(&story).await;
    story.raise("SUP-2", XENA).await;
    story.settle().await;
    let other = story.open(&story.link(XENA, "requester")).await;
    let (mine, theirs) = (
        "/requests/support/SUP-1/comment",
        "/requests/support/SUP-2/comment",
    );
    let foreign = token(&other.page.body, theirs);
    let form = [("comment", "Kept <words>"), ("token", foreign.as_str())];
    let answer = post(&story, &opened.cookie, mine, &form).await;
    assert_eq!(answer.status().as_u16(), 403);
    assert!(
        answer
            .text()
            .await
            .unwrap()
            .contains("Kept &#60;words&#62;")
    );
    // With nobody's session, or another's, there is no such page.
    for cookie in ["", other.cookie.as_str()] {
        let answer = post(&story, cookie, mine, &form).await;
        assert_eq!(answer.status().as_u16(), 403);
        assert!(!answer.text().await.unwrap().contains("Kept"));
    }
    story.settle().await;
    assert_eq!(story.count(DESK, "desk_notice"), 0);
    story.check_invariants().await;
}

#[tokio::test]
async fn an_off_boarded_persons_sessions_are_dead_at_once() {
    let story = Story::begin().await;
    story.raise("SUP-1", AMIR).await;
    story.settle().await;
    let opened = story.open(&story.link(AMIR, "requester")).await;
    assert_eq!(opened.page.status, 200);
    let action = "/requests/support/SUP-1/status";
    let token = token(&opened.page.body, action);
    story.off_board("acme", AMIR, serde_json::json!({})).await;
    let form = [("to", "Close"), ("token", token.as_str())];
    let answer = post(&story, &opened.cookie, action, &form).await;
    assert_eq!(answer.status().as_u16(), 404);
    let page = Client::new()
        .get(&opened.url)
        .header(COOKIE, &opened.cookie);
    assert_eq!(page.send().await.unwrap().status().as_u16(), 404);
    story.check_invariants().await;
}

#[tokio::test]
async fn a_requester_closes_their_request_and_a_second_try_learns_that_it_is_closed() {
    let story = Story::begin().await;
    let opened = noor(&story).await;
    let action = "/requests/support/SUP-1/status";
    let first = token(&opened.page.body, action);
    let again = story.open(&story.link(NOOR, "requester")).await;
    let second = token(&again.page.body, action);
    let form = |token| [("to", "Close"), ("token", token)];
    let answer = post(&story, &opened.cookie, action, &form(&first)).await;
    assert_eq!(answer.status().as_u16(), 303);
    let answer = post(&story, &again.cookie, action, &form(&second)).await;
    assert_eq!(answer.status().as_u16(), 409);
    assert!(answer.text().await.unwrap().contains("Open again"));
    story.settle().await;
    assert_eq!(story.count(DESK, "desk_notice"), 1);
    story.check_invariants().await;
}
