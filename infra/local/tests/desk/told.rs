//! Signed webhooks tell the functions of acts at the desk.

use local::bundle::{self, Options, Running};
use local::lambda::deployment;
use local::world;
use reqwest::StatusCode;
use serde_json::{Value, json};

const VERA: &str = "vera@visitor.example";

/// A bundle with the seeded world and the deployed functions.
async fn seeded() -> Running {
    let options = Options {
        scheduled: false,
        ..Options::default()
    };
    let running = bundle::start(options, deployment::functions).await.unwrap();
    world::seed(&running).await.unwrap();
    running
}

async fn get(running: &Running, path: &str) -> Value {
    let address = format!("{}{path}", running.local.base_url);
    reqwest::get(address).await.unwrap().json().await.unwrap()
}

async fn act(running: &Running, act: Value) -> (StatusCode, Value) {
    let address = format!("{}/_local/desk", running.local.base_url);
    let sent = reqwest::Client::new().post(address).body(act.to_string());
    let answer = sent.send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

/// The kinds of the mails to somebody, oldest first.
fn mails(running: &Running, to: &str) -> Vec<String> {
    let mails = running.local.mailbox.list(Some(to));
    mails.into_iter().map(|mail| mail.kind).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn acts_of_an_agent_reach_the_customer() {
    let running = seeded().await;
    let raise = json!({"raise": {"email": VERA, "summary": "The page is grey"}});
    let (status, raised) = act(&running, raise).await;
    assert_eq!(
        (status, &raised),
        (StatusCode::OK, &json!({"key": "SUP-1001"}))
    );
    assert_eq!(mails(&running, VERA), ["request_received"]);

    let comment = |body: &str, public: bool| json!({"comment": {"key": "SUP-1001", "body": body, "public": public}});
    act(&running, comment("Only we see this", false)).await;
    act(&running, comment("We look at it", true)).await;
    act(
        &running,
        json!({"status": {"key": "SUP-1001", "to": "Waiting for customer"}}),
    )
    .await;
    act(
        &running,
        json!({"status": {"key": "SUP-1001", "to": "Resolved"}}),
    )
    .await;
    assert_eq!(
        mails(&running, VERA),
        [
            "request_received",
            "request_commented",
            "request_transitioned",
            "request_closed"
        ]
    );
    let texts: Vec<_> = running
        .local
        .mailbox
        .list(Some(VERA))
        .into_iter()
        .map(|mail| mail.text)
        .collect();
    assert!(texts[1].contains("We look at it") && !texts.concat().contains("Only we see this"));

    let desk = get(&running, "/_local/desk.json").await;
    let request = &desk["requests"][0];
    assert_eq!(
        (&request["status"], &request["comments"][0]["public"]),
        (&json!("Resolved"), &json!(false))
    );
    assert_eq!(get(&running, "/_local/desk/mailed.json").await, json!([]));
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_act_that_the_desk_refuses_is_answered_with_its_reason() {
    let running = seeded().await;
    let cases = [
        (
            json!({"status": {"key": "SUP-1", "to": "Resolved"}}),
            StatusCode::NOT_FOUND,
        ),
        (json!({"add": {"email": "nobody"}}), StatusCode::BAD_REQUEST),
        (
            json!({"add": {"email": VERA, "organization": "Nowhere"}}),
            StatusCode::NOT_FOUND,
        ),
        (json!({"remove": {"email": VERA}}), StatusCode::NOT_FOUND),
        (json!({"fly": {}}), StatusCode::BAD_REQUEST),
    ];
    for (wanted, status) in cases {
        let answer = act(&running, wanted.clone()).await;
        assert_eq!(answer.0, status, "{wanted}: {}", answer.1);
        assert!(answer.1["error"].is_string());
    }
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_is_sent_again_until_it_is_taken() {
    let running = seeded().await;
    let faults = json!({"dynamodb": {"fail_before": 1.0}});
    running
        .local
        .faults
        .set(serde_json::from_value(faults).unwrap())
        .unwrap();
    let raise = json!({"raise": {"email": VERA, "summary": "The page is grey"}});
    let raising = act(&running, raise);
    let recovering = async {
        while running.local.faults.injected().is_empty() {
            tokio::task::yield_now().await;
        }
        running
            .local
            .faults
            .set(local::fault::Faults::default())
            .unwrap();
    };
    let ((status, _), ()) = tokio::join!(raising, recovering);
    assert_eq!(status, StatusCode::OK);
    assert_eq!(mails(&running, VERA), ["request_received"]);
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_shows_the_desk_and_its_forms_act() {
    let running = seeded().await;
    let base = &running.local.base_url;
    let client = reqwest::Client::new();
    let post = async |name: &str, fields: &[(&str, &str)]| {
        let sent = client
            .post(format!("{base}/_local/desk/{name}"))
            .form(fields);
        sent.send().await.unwrap().text().await.unwrap()
    };
    let page = reqwest::get(format!("{base}/_local/desk")).await.unwrap();
    let policy = page.headers()["content-security-policy"]
        .to_str()
        .unwrap()
        .to_owned();
    assert!(policy.starts_with("default-src 'none'") && !policy.contains("script-src"));
    assert!(page.text().await.unwrap().contains("None yet."));

    let page = post(
        "raise",
        &[("email", VERA), ("summary", "<b>Grey</b> & broken")],
    )
    .await;
    assert!(
        page.contains("<h2>&#60;b&#62;Grey&#60;/b&#62; &#38; broken</h2>"),
        "{page}"
    );
    let page = post(
        "comment",
        &[("key", "SUP-1001"), ("body", "We look"), ("public", "yes")],
    )
    .await;
    assert!(page.contains("We look") && !page.contains(">internal<"));
    let page = post("comment", &[("key", "SUP-1001"), ("body", "For us")]).await;
    assert!(page.contains(">internal<"));
    let page = post("status", &[("key", "SUP-1001"), ("to", "Closed")]).await;
    assert!(page.contains("<span class=\"badge done\">Closed</span>"));
    let page = post(
        "status",
        &[("key", "SUP-1001"), ("to", "Waiting for customer")],
    )
    .await;
    assert!(page.contains("Refused: no transition leads from Closed to Waiting for customer"));
    let page = post("add", &[("email", "noa@visitor.example")]).await;
    assert!(page.contains("Remove noa@visitor.example from the desk"));
    let page = post("remove", &[("email", "noa@visitor.example")]).await;
    assert!(page.contains("In no organisation and on no list"));
    assert_eq!(
        mails(&running, VERA),
        ["request_received", "request_commented", "request_closed"]
    );
    let nothing = client
        .post(format!("{base}/_local/desk/fly"))
        .form(&[("key", "")]);
    assert_eq!(
        nothing.send().await.unwrap().status(),
        StatusCode::NOT_FOUND
    );
    running.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_desk_outlives_a_restart() {
    let data = tempfile::tempdir().unwrap();
    let start = async || {
        let options = Options {
            data: Some(data.path().to_owned()),
            scheduled: false,
            ..Options::default()
        };
        let running = bundle::start(options, deployment::functions).await.unwrap();
        world::seed(&running).await.unwrap();
        running
    };
    let running = start().await;
    act(
        &running,
        json!({"raise": {"email": VERA, "summary": "Grey"}}),
    )
    .await;
    running.stop().await;
    let running = start().await;
    let desk = get(&running, "/_local/desk.json").await;
    assert_eq!(desk["requests"][0]["key"], "SUP-1001");
    running.stop().await;
}
