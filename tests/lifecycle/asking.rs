//! Requests that are raised on the pages: by strangers who confirm them, and from links to forms.

use std::collections::BTreeMap;

use app::intake::FormLink;

use crate::fixture::Story;
use crate::lifecycle::told::token;

const AMIR: &str = "amir@acme.example";
const NOOR: &str = "noor@visitor.example";
const NORA: &str = "nora@lanyard.example";

/// Fills in the form at this address as a stranger, and gives the status of the answer.
pub(crate) async fn fill_in(story: &Story, address: &str, answers: &[(&str, &str)]) -> u16 {
    let address = format!("{}{address}", story.base_url());
    let page = story.get(&address).await.must_be(200).body;
    // The button of a form is named nothing; its token stands before its first question.
    let (_, rest) = page.split_once("name=\"token\" value=\"").unwrap();
    let token = rest.split('"').next().unwrap();
    let mut form: BTreeMap<&str, &str> = answers.iter().copied().collect();
    form.insert("token", token);
    let web = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let answer = web.post(address).form(&form).send().await.unwrap();
    answer.status().as_u16()
}

/// A link to a form for one person.
pub(crate) async fn form_link(
    story: &Story,
    desk: &str,
    kind: &str,
    email: &str,
    once: bool,
) -> String {
    let link = FormLink {
        desk: desk.parse().unwrap(),
        kind: kind.parse().unwrap(),
        email: email.parse().unwrap(),
        once,
        lifetime: domain::Days(14),
        set: Vec::new(),
    };
    let base = story.base_url().parse().unwrap();
    let link = story.operator().form_link(&base, &link).await.unwrap();
    link.into()
}

#[tokio::test]
async fn a_stranger_asks_and_confirms_from_the_mail() {
    let story = Story::begin().await;
    let question = [
        ("email", NOOR),
        ("name", "Noor Haddad"),
        ("summary", "How do I order?"),
        ("f.question", "More seats, please: how?"),
        ("f.about", "The contract"),
    ];
    let form = "/new/support/question";
    assert_eq!(fill_in(&story, form, &question[..3]).await, 422);
    assert_eq!(fill_in(&story, form, &question).await, 303);
    story.settle().await;
    assert_eq!(story.kinds(NOOR), ["confirm_request"]);
    assert_eq!(story.mails_of("desk_notice").len(), 0);

    let link = story.link(NOOR, "confirm-request");
    for _ in 0..3 {
        story.get(&link).await.must_be(200);
    }
    let page = story.get(&link).await.body;
    let recorded = story.press(&link, "confirm").await.must_be(303);
    let place = recorded.header("location");
    assert!(place.starts_with("/requests/support/"), "{place}");
    story.settle().await;
    assert_eq!(story.kinds(NOOR), ["confirm_request", "request_received"]);
    assert_eq!(story.mails_of("desk_notice").len(), 1);
    // A double click: the second answer is what the browser shows.
    let form = [
        ("wish", "confirm".to_owned()),
        ("token", token(&page, "confirm")),
    ];
    let twice = reqwest::Client::new().post(&link).form(&form);
    let twice = twice.send().await.unwrap();
    assert_eq!(twice.status().as_u16(), 200);
    assert!(
        twice
            .text()
            .await
            .unwrap()
            .contains("Your request was sent")
    );
    story.get(&link).await.must_be(410);
    story.settle().await;
    assert_eq!(story.mails_of("request_received").len(), 1);
    story.check_invariants().await;
}

#[tokio::test]
async fn what_nobody_confirms_comes_to_nothing() {
    let story = Story::begin().await;
    let question = [
        ("email", NOOR),
        ("summary", "How do I order?"),
        ("f.question", "More seats, please: how?"),
    ];
    assert_eq!(
        fill_in(&story, "/new/support/question", &question).await,
        303
    );
    story.settle().await;
    let link = story.link(NOOR, "confirm-request");
    story.advance("P2D").await;
    let over = story.get(&link).await.must_be(410).body;
    assert!(over.contains("n…@visitor.example") && over.contains("href=\"/new\""));
    // She is nobody whom a link could open anything for, and is told what everybody is.
    let sent = story.press(&link, "renew").await.must_be(200).body;
    assert!(sent.contains("If we know this address"));
    story.settle().await;
    assert_eq!(story.kinds(NOOR), ["confirm_request"]);
}

#[tokio::test]
async fn a_link_to_a_form_that_is_over_offers_its_holder_the_way_to_what_is_theirs() {
    let story = Story::begin().await;
    let link = form_link(&story, "support", "question", AMIR, true).await;
    story.advance("P15D").await;
    let over = story.get(&link).await.must_be(410).body;
    assert!(over.contains("a…@acme.example") && over.contains("href=\"/new\""));
    let before = story.everything().await;
    let foreign = [("wish", "renew"), ("token", "x")];
    let post = reqwest::Client::new().post(&link).form(&foreign);
    assert_eq!(post.send().await.unwrap().status().as_u16(), 403);
    assert_eq!(story.everything().await, before);
    story.press(&link, "renew").await.must_be(200);
    story.settle().await;
    let mailed = story.link(AMIR, "requester");
    story.get(&mailed).await.must_be(200);
}

#[tokio::test]
async fn a_link_to_a_form_raises_one_request_in_its_holders_name() {
    let story = Story::begin().await;
    let link = form_link(&story, "it", "hardware", NORA, true).await;
    let link = format!("{link}?item=Laptop");
    let page = story.get(&link).await.must_be(200).body;
    assert!(page.contains("<option value=\"Laptop\" selected>"));
    let form = [
        (
            "token",
            token(&page.replace("<button>", "<button value=\"send\">"), "send"),
        ),
        ("summary", "A laptop".to_owned()),
        ("f.item", "Laptop".to_owned()),
        ("f.why", "For the new colleague".to_owned()),
    ];
    let web = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    let post = || web.post(&link).form(&form).send();
    assert_eq!(post().await.unwrap().status().as_u16(), 303);
    let again = post().await.unwrap();
    assert_eq!(again.status().as_u16(), 200);
    assert!(again.text().await.unwrap().contains("that one was sent"));
    story.get(&link).await.must_be(410);
    story.settle().await;
    assert_eq!(story.kinds(NORA), ["request_received"]);
    story.check_invariants().await;
}
