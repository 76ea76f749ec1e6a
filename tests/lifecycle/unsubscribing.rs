//! The address of the `List-Unsubscribe` header: mail programs post to it, some open it instead, and
//! it can do nothing but stop mail.

use reqwest::{Client, Method, header};
use serde_json::json;

use crate::fixture::Story;

const NOOR: &str = "noor@visitor.example";
const AMIR: &str = "amir@acme.example";

/// Bodies as mail programs send them, most of them beside the letter of RFC 8058 §3.2.
const BODIES: &[(Option<&str>, &str)] = &[
    (
        Some("application/x-www-form-urlencoded"),
        "List-Unsubscribe=One-Click",
    ),
    (
        Some("Application/X-WWW-Form-Urlencoded; charset=UTF-8"),
        "List-Unsubscribe=One-Click\r\n",
    ),
    (Some("text/plain"), "List-Unsubscribe=One-Click"),
    (
        Some("text/plain; charset=us-ascii"),
        "list-unsubscribe=one-click\n",
    ),
    (None, "List-Unsubscribe=One-Click"),
    (None, ""),
    (Some("application/x-www-form-urlencoded"), ""),
    (
        Some("application/x-www-form-urlencoded"),
        "List-Unsubscribe",
    ),
    (
        Some("multipart/form-data; boundary=b1"),
        "--b1\nContent-Disposition: form-data; name=List-Unsubscribe\n\nOne-Click\n--b1--\n",
    ),
    (Some("multipart/form-data"), "--b1--"),
    (
        Some("application/json"),
        "{\"List-Unsubscribe\":\"One-Click\"}",
    ),
    (
        Some("application/x-www-form-urlencoded"),
        "wish=resume&token=x",
    ),
];

/// The address of the header in the newest mail.
fn address(story: &Story, email: &str) -> String {
    let links = story.links(email, "unsubscribe").into_iter();
    let mut of_header = links.filter(|link| link.contains("/unsubscribe/"));
    of_header.next().unwrap()
}

async fn ask(method: Method, url: &str, kind: Option<&str>, body: &str) -> (u16, String) {
    let mut request = Client::new().request(method, url);
    if let Some(kind) = kind {
        request = request.header(header::CONTENT_TYPE, kind);
    }
    let answer = request.body(body.to_owned()).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

async fn comments(story: &Story, key: &str) -> usize {
    let before = story.count(NOOR, "request_commented");
    story
        .comment(key, json!({ "name": "Pavel", "role": "agent" }))
        .await;
    story.settle().await;
    story.count(NOOR, "request_commented") - before
}

#[tokio::test]
async fn a_mail_program_stops_the_mails_in_whatever_shape_it_asks() {
    let story = Story::begin().await;
    for (number, (kind, body)) in BODIES.iter().enumerate() {
        let key = format!("SUP-{number}");
        story.raise(&key, NOOR).await;
        story.settle().await;
        assert_eq!(comments(&story, &key).await, 1);
        let url = address(&story, NOOR);
        for _ in 0..2 {
            let (status, _) = ask(Method::POST, &url, *kind, body).await;
            assert_eq!(status, 200, "{kind:?} {body}");
        }
        assert_eq!(comments(&story, &key).await, 0, "{kind:?} {body}");
    }
    story.check_invariants().await;
}

#[tokio::test]
async fn in_a_browser_the_address_is_a_page_with_a_button() {
    let story = Story::begin().await;
    story.raise("SUP-1", NOOR).await;
    story.settle().await;
    let url = address(&story, NOOR);
    let before = story.everything().await;
    for method in [Method::GET, Method::HEAD] {
        let (status, _) = ask(method, &url, None, "").await;
        assert_eq!(status, 200);
    }
    for (language, button) in [("en", "Stop these e-mails"), ("de", "E-Mails abbestellen")] {
        let page = Client::new()
            .get(&url)
            .header(header::ACCEPT_LANGUAGE, language);
        let page = page.send().await.unwrap().text().await.unwrap();
        assert!(page.contains(button), "{page}");
    }
    assert_eq!(story.everything().await, before, "looking writes nothing");
    let done = story.press(&url, "stop").await.must_be(200).body;
    assert!(done.contains("The e-mails are stopped"), "{done}");
    assert_eq!(comments(&story, "SUP-1").await, 0);
    // Opened again it says so, and has no button that takes it back.
    let again = story.get(&url).await.must_be(200).body;
    assert!(again.contains("The e-mails are stopped"), "{again}");
    assert!(!again.contains("name=\"wish\""), "{again}");
    story.check_invariants().await;
}

#[tokio::test]
async fn what_is_no_link_to_stop_mails_or_is_over_gets_a_page_that_says_so() {
    let story = Story::begin().await;
    story.raise("SUP-1", NOOR).await;
    story.settle().await;
    let url = address(&story, NOOR);
    let of_request = story.link(NOOR, "requester");
    let (base, token) = of_request.rsplit_once("/l/").unwrap();
    let others = [
        format!("{base}/unsubscribe/x"),
        format!("{base}/unsubscribe/{token}"),
        format!("{url}x"),
    ];
    let says = |urls: Vec<String>, expected: u16, words: &'static str| async move {
        for url in urls {
            for method in [Method::GET, Method::HEAD, Method::POST] {
                let (status, page) = ask(method.clone(), &url, None, "").await;
                assert_eq!(status, expected, "{method} {url}");
                assert!(method == Method::HEAD || page.contains(words), "{page}");
            }
        }
    };
    says(others.to_vec(), 404, "There is nothing here").await;
    assert_eq!(comments(&story, "SUP-1").await, 1);
    story.advance("P366D").await;
    says(vec![url], 410, "This link no longer works").await;
    assert_eq!(comments(&story, "SUP-1").await, 1);
}

/// Stopped mail stays stopped, whatever is posted to the link that stopped it, for as long as it
/// lives and after its holder has left.
#[tokio::test]
async fn a_link_that_stops_mails_orders_none() {
    let story = Story::begin().await;
    story
        .raise_with("SUP-1", AMIR, json!({ "organization": "acme" }))
        .await;
    story.settle().await;
    let links = story.links(AMIR, "unsubscribe");
    for link in &links {
        story.press(link, "stop").await.must_be(200);
    }
    story.off_board("acme", AMIR, json!({})).await.must_be(202);
    story.settle().await;
    let before = (
        story.items("requests", "").await,
        story.items("directory", "CUSTOMER#").await,
    );
    for link in &links {
        for wish in ["resume", "stop", "yes"] {
            story.press(link, wish).await;
        }
    }
    let after = (
        story.items("requests", "").await,
        story.items("directory", "CUSTOMER#").await,
    );
    assert_eq!(after, before);
}
