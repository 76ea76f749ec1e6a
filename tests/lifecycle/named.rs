//! The names that people give: none is the desk's, and mails say who wrote.

use serde_json::json;

use crate::fixture::Story;
use crate::lifecycle::everywhere::{self, AMIR, LENA, NOOR, Visitor};
use crate::lifecycle::web::Web;

const REQUEST: &str = "/requests/support/SUP-1";

#[tokio::test]
async fn the_desks_name_is_nobody_elses_on_any_form() {
    let story = Story::begin().await;
    story.raise("SUP-1", NOOR).await;
    story.settle().await;
    everywhere::ask_for_link(&story, NOOR).await;
    let (stranger, noor) = (Web::new(&story), Visitor::Own(NOOR).browser(&story).await);
    let lena = Visitor::Lead(LENA).browser(&story).await;
    for name in [
        "Customer support",
        "Cuѕtomer  Ѕupport",
        "ada@lanyard.example",
        "Sign in: evil.example",
        "\u{3164}",
    ] {
        let page = stranger.get("/new/support/question").await.must_be(200);
        let form = page.form(|form| form.value("summary").is_some());
        let form = everywhere::question(form).with("email", "eve@visitor.example");
        stranger.submit(&form.with("name", name)).await.must_be(422);

        let page = noor.get("/profile").await.must_be(200);
        let form = page.form(|form| form.value("name").is_some());
        noor.submit(&form.with("name", name)).await.must_be(422);

        let page = lena.get("/console/acme/invite").await.must_be(200);
        let form = page.form(|form| form.value("name").is_some());
        let form = form.with("email", "zoe@acme.example").with("name", name);
        lena.submit(&form).await.must_be(422);
    }
    story.settle().await;
    assert_eq!(story.mails_of("confirm_request").len(), 0);
    assert_eq!(story.mails_of("invitation").len(), 0);
}

#[tokio::test]
async fn a_name_that_a_webhook_tells_is_not_the_desks_either() {
    let story = Story::begin().await;
    let reporter = json!({ "reporter": { "email": NOOR, "name": "Customer support" } });
    story.raise_with("SUP-1", NOOR, reporter).await.must_be(202);
    let shared = json!({ "participants": [AMIR] });
    story.update("SUP-1", "request.shared", shared).await;
    story.settle().await;
    everywhere::ask_for_link(&story, NOOR).await;
    let noor = Visitor::Own(NOOR).browser(&story).await;
    let page = noor.get(REQUEST).await.must_be(200);
    let form = page.form(|form| form.value("comment").is_some());
    let form = form.with("comment", "Your access ends today.");
    noor.submit(&form).await.must_be(303);
    let by_webhook = json!({
        "name": "Support", "role": "customer", "email": "noor@visitor.example",
    });
    story.comment("SUP-1", by_webhook).await;
    story
        .comment("SUP-1", json!({ "name": "Ada", "role": "agent" }))
        .await;
    story.settle().await;
    let mails = story.mails(AMIR);
    let said: Vec<_> = mails
        .iter()
        .filter(|mail| mail.kind == "request_commented")
        .map(|mail| mail.text.as_str())
        .collect();
    assert_eq!(said.len(), 3);
    let by_agent = said
        .iter()
        .filter(|text| text.contains("Ada (of Customer support)"));
    assert_eq!(by_agent.count(), 1);
    let by_customer: Vec<_> = said
        .iter()
        .filter(|text| text.contains("(a customer)"))
        .collect();
    assert_eq!(by_customer.len(), 2);
    for text in by_customer {
        assert!(text.contains("noor@visitor.example (a customer)"), "{text}");
        assert!(!text.contains("Customer support wrote"), "{text}");
    }
}

#[tokio::test]
async fn colleagues_read_the_address_of_who_wrote() {
    let story = Story::begin().await;
    story.raise("SUP-1", AMIR).await;
    let shared = json!({ "participants": [LENA, NOOR] });
    story.update("SUP-1", "request.shared", shared).await;
    story.settle().await;
    everywhere::ask_for_link(&story, AMIR).await;
    let amir = Visitor::Own(AMIR).browser(&story).await;
    let page = amir.get(REQUEST).await.must_be(200);
    let form = page.form(|form| form.value("comment").is_some());
    amir.submit(&form.with("comment", "Hello"))
        .await
        .must_be(303);
    story.settle().await;
    let text = |who: &str| {
        let mails = story.mails(who);
        let mail = mails
            .into_iter()
            .find(|mail| mail.kind == "request_commented");
        mail.unwrap().text
    };
    assert!(
        text(LENA).contains("(a customer, amir@acme.example)"),
        "{}",
        text(LENA)
    );
    assert!(text(NOOR).contains("(a customer)"), "{}", text(NOOR));
    assert!(!text(NOOR).contains("amir@acme.example"), "{}", text(NOOR));
}
