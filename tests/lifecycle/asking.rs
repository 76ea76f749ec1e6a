//! Requests that are raised on the pages: by strangers who confirm them, and from links to forms.

use std::collections::BTreeMap;

use app::intake::FormLink;

use crate::fixture::Story;
use crate::told::token;

const NOOR: &str = "noor@visitor.example";
const NORA: &str = "nora@lanyard.example";

/// Fills in the form at this address as a stranger, and gives the status of the answer.
async fn fill_in(story: &Story, address: &str, answers: &[(&str, &str)]) -> u16 {
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
    let recorded = story.press(&link, "confirm").await.must_be(303);
    let place = recorded.header("location");
    assert!(place.starts_with("/requests/support/"), "{place}");
    story.settle().await;
    assert_eq!(story.kinds(NOOR), ["confirm_request", "request_received"]);
    assert_eq!(story.mails_of("desk_notice").len(), 1);
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
    story.get(&link).await.must_be(410);
    assert_eq!(story.kinds(NOOR), ["confirm_request"]);
}

#[tokio::test]
async fn a_link_to_a_form_raises_one_request_in_its_holders_name() {
    let story = Story::begin().await;
    let link = FormLink {
        desk: "it".parse().unwrap(),
        kind: "hardware".parse().unwrap(),
        email: NORA.parse().unwrap(),
        once: true,
        lifetime: domain::Days(14),
        set: vec![("item".to_owned(), "Laptop".to_owned())],
    };
    let base = story.base_url().parse().unwrap();
    let link = story.operator().form_link(&base, &link).await.unwrap();
    let page = story.get(link.as_str()).await.must_be(200).body;
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
    let post = || web.post(link.clone()).form(&form).send();
    assert_eq!(post().await.unwrap().status().as_u16(), 303);
    assert_eq!(post().await.unwrap().status().as_u16(), 410);
    story.get(link.as_str()).await.must_be(410);
    story.settle().await;
    assert_eq!(story.kinds(NORA), ["request_received"]);
    story.check_invariants().await;
}
