//! Requests: what people do on their pages is done there once, in its order, and comes back as no
//! news.

use local::jira::agent::Act;
use local::jira::view::RequestView;
use serde_json::{Value, json};

use super::{AMIR, LENA};
use crate::fixture::Story;
use crate::lifecycle::everywhere::{Visitor, ask_for_link};
use crate::lifecycle::web::{Page, Web};

impl Story {
    /// Does what an agent would.
    pub(super) fn agent(&self, act: Value) -> Value {
        let act: Act = serde_json::from_value(act).unwrap();
        self.local().jira.act(&act).unwrap()
    }

    /// The only request there.
    pub(super) fn issue(&self) -> RequestView {
        let mut requests = self.at_jira().requests;
        assert_eq!(requests.len(), 1, "{requests:#?}");
        requests.remove(0)
    }
}

/// Posts the form of a page whose button or field has this name.
async fn fill_in(web: &Web<'_>, path: &str, field: &str, more: &[(&str, &str)]) -> Page {
    let page = web.get(path).await.must_be(200);
    let mut form = page.form(|form| form.value(field).is_some());
    for (name, value) in more {
        form = form.with(name, value);
    }
    web.submit(&form).await
}

/// Amir raises an incident on the form of the desk. Returns the address of its page.
pub(super) async fn raises(story: &Story, web: &Web<'_>) -> String {
    let answers = [
        ("summary", "Invoices are blank"),
        ("f.what", "The page stays white"),
        ("f.impact", "Several people"),
        ("f.page", "https://shop.acme.example/invoices"),
    ];
    let raised = fill_in(web, "/new/support/incident", "summary", &answers).await;
    let place = raised.must_be(303).location().unwrap();
    story.settle().await;
    place.split('?').next().unwrap().to_owned()
}

/// A browser with the session of somebody's own pages.
pub(super) async fn own_pages<'a>(story: &'a Story, who: &'static str) -> Web<'a> {
    ask_for_link(story, who).await;
    Visitor::Own(who).browser(story).await
}

pub(super) async fn comments_on(web: &Web<'_>, place: &str, words: &str) {
    let commented = fill_in(web, place, "comment", &[("comment", words)]).await;
    commented.must_be(303);
}

#[tokio::test]
async fn a_request_raised_on_a_page_is_an_issue_with_its_answers() {
    let story = Story::connected().await;
    let web = own_pages(&story, AMIR).await;
    let place = raises(&story, &web).await;
    story.write_out().await;
    let issue = story.issue();
    assert_eq!(issue.summary, "Invoices are blank");
    let view = story.at_jira();
    let reporter = view
        .customers
        .iter()
        .find(|c| c.account_id == issue.reporter);
    assert_eq!(reporter.unwrap().email, AMIR);
    // People see Jira's key from now on, and the old address still opens.
    let page = web.get(&format!("/requests/support/{}", issue.key)).await;
    assert!(page.must_be(200).says(&issue.key));
    assert!(web.get(&place).await.must_be(200).says(&issue.key));
    // Its webhook is no news, and no mail goes to the desk's inbox.
    assert_eq!(story.mails_of("request_received").len(), 1);
    assert_eq!(story.mails_of("desk_notice").len(), 0);
    assert_eq!(story.mails_of("request_moved").len(), 0);
    assert_eq!(
        story
            .items("requests", "REQUEST#support#")
            .await
            .iter()
            .filter(|item| item["sk"] == "REQUEST")
            .count(),
        2,
        "one request and its other key"
    );
    story.check_invariants().await;
}

#[tokio::test]
async fn a_comment_is_there_once_and_an_agents_comes_back_by_mail() {
    let story = Story::connected().await;
    let web = own_pages(&story, AMIR).await;
    let place = raises(&story, &web).await;
    comments_on(&web, &place, "It is blank still").await;
    story.write_out().await;
    let key = story.issue().key;
    let comments = story.issue().comments;
    assert_eq!(comments.len(), 1);
    assert!(comments[0].public && comments[0].body.contains("It is blank still"));
    assert!(comments[0].body.contains("Amir"), "{}", comments[0].body);

    story.agent(json!({"comment": {"key": key, "body": "We look at it", "public": true}}));
    story.agent(json!({"comment": {"key": key, "body": "Not for him", "public": false}}));
    story.settle().await;
    let mails = story.mails(AMIR);
    let told: Vec<_> = mails
        .iter()
        .filter(|mail| mail.kind == "request_commented")
        .collect();
    assert_eq!(told.len(), 1, "only the agent's, and only the public one");
    assert!(told[0].text.contains("We look at it"));
    let page = web.get(&place).await.html;
    assert_eq!(
        page.matches("It is blank still").count(),
        1,
        "its echo is no news"
    );
    story.check_invariants().await;
}

#[tokio::test]
async fn an_agents_status_counts_here_and_a_requesters_counts_there() {
    let story = Story::connected().await;
    let web = own_pages(&story, AMIR).await;
    let place = raises(&story, &web).await;
    story.write_out().await;
    let key = story.issue().key;
    story.agent(json!({"status": {"key": key, "to": "In progress"}}));
    story.settle().await;
    assert!(web.get(&place).await.says("In progress"));
    let before = story.mails(AMIR).len();
    let page = web.get(&place).await;
    let close = |(name, value): &(String, String)| name == "to" && value == "Close";
    let form = page.form(|form| form.buttons.iter().any(close));
    let form = form.with("to", "Close");
    web.submit(&form).await.must_be(303);
    story.write_out().await;
    assert_eq!(story.issue().status, "Closed");
    assert!(web.get(&place).await.says("Closed"));
    assert_eq!(
        story.mails(AMIR).len(),
        before,
        "nobody is told of what they did"
    );
    assert!(story.issue().comments.is_empty());
}

#[tokio::test]
async fn a_leavers_request_is_the_successors_there_too_and_the_leaver_is_gone() {
    let story = Story::connected().await;
    let web = own_pages(&story, AMIR).await;
    raises(&story, &web).await;
    story.write_out().await;
    story
        .off_board("acme", AMIR, json!({"hand_over_to": LENA}))
        .await
        .must_be(202);
    story.write_out().await;
    let view = story.at_jira();
    let lena = view.customers.iter().find(|c| c.email == LENA).unwrap();
    assert_eq!(story.issue().reporter, lena.account_id);
    let amir = view.customers.iter().find(|c| c.email == AMIR).unwrap();
    assert!(!view.desk.customers.contains(&amir.account_id));
}
