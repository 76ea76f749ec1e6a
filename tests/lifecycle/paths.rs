//! The path of an address. An HTTP API hands it over decoded, `cargo lambda` and a function's own
//! address as it came: what a function answers must not depend on it.

use serde_json::{Value, json};

use crate::fixture::Story;
use crate::lifecycle::everywhere::{self, NOOR, Visitor};

/// A path with each of its letters and digits escaped, but for the first segment.
fn escaped(path: &str) -> String {
    let (first, rest) = path[1..].split_once('/').unwrap_or((&path[1..], ""));
    let bytes = rest.bytes().map(|byte| match byte {
        b'/' => "/".to_owned(),
        _ => format!("%{byte:02x}"),
    });
    let rest: String = bytes.collect();
    format!("/{first}/{rest}").trim_end_matches('/').to_owned()
}

/// The pages' answer to a path in this form, without the parts that depend on the day.
async fn handed(story: &Story, raw_path: &str) -> (Value, Value) {
    let event = json!({
        "version": "2.0", "routeKey": "ANY /", "rawPath": raw_path, "rawQueryString": "",
        "headers": {"host": "desk.example", "x-forwarded-proto": "https"},
        "requestContext": {"http": {"method": "GET", "path": raw_path, "protocol": "HTTP/1.1",
            "sourceIp": "192.0.2.1", "userAgent": ""}, "stage": "$default", "timeEpoch": 0},
        "isBase64Encoded": false,
    });
    let invoker = &story.local().deliverer.invoker;
    let id = invoker.request_id();
    let answer = invoker.invoke("self-service", &id, event).await.unwrap();
    (answer["statusCode"].clone(), answer["body"].clone())
}

#[tokio::test]
async fn a_page_is_the_same_whether_its_path_came_decoded_or_not() {
    let story = everywhere::begin().await;
    let link = story.link(NOOR, "requester");
    let link = link.strip_prefix(story.base_url()).unwrap();
    for (path, status) in [
        (link, 303),
        ("/new/support/question", 200),
        ("/send-link", 200),
        ("/requests/support/SUP-1", 403),
        ("/console/acme", 403),
        ("/profile", 403),
        ("/unsubscribe/x", 404),
    ] {
        let decoded = handed(&story, path).await;
        assert_eq!(decoded.0, status, "{path}");
        let encoded = handed(&story, &escaped(path)).await;
        assert_eq!(encoded.0, decoded.0, "{path}");
        // A form has a token of its own each time.
        if status != 200 {
            assert_eq!(encoded, decoded, "{path}");
        }
    }
    story.end().await;
}

/// None of these is an address of ours, in whichever form it comes, and none begins a query.
#[tokio::test]
async fn odd_characters_of_a_path_lead_nowhere_in_either_form() {
    let story = Story::begin().await;
    let (missing, nowhere) = handed(&story, "/l/x").await;
    assert_eq!(missing, 404);
    for (encoded, decoded) in [
        ("/l/100%25", "/l/100%"),
        ("/l/a+b", "/l/a+b"),
        ("/l/a%20b", "/l/a b"),
        ("/l/a%2Fb", "/l/a/b"),
        ("/l/%252e", "/l/%2e"),
        ("/l/%C3%A9", "/l/é"),
        ("/l/%FF", "/l/\u{fffd}"),
        ("/l/x%23y", "/l/x#y"),
        ("/l/x%3Fy=%5B%5D", "/l/x?y=[]"),
        ("/l/%7B%22%7D%5C%5E%60%7C", "/l/{\"}\\^`|"),
        (
            "/send-link%3Fdone=links-ended",
            "/send-link?done=links-ended",
        ),
        ("/requests/support/SUP%2F1", "/requests/support/SUP/1"),
        ("/console/acme%0D%0Ax:%20y", "/console/acme\r\nx: y"),
    ] {
        for path in [encoded, decoded] {
            let answer = handed(&story, path).await;
            assert_eq!(answer, (missing.clone(), nowhere.clone()), "{path}");
        }
    }
    story.end().await;
}

/// Through the front door, as somebody's mail program or another page may write an address.
#[tokio::test]
async fn an_address_that_is_escaped_more_than_it_must_be_leads_to_its_page() {
    let story = everywhere::begin().await;
    let noor = Visitor::Own(NOOR).browser(&story).await;
    let plain = noor.get("/requests/support/SUP-1").await.must_be(200);
    for path in ["/requests/support/SUP%2D1", "/requests/%73upport/SUP-1"] {
        let page = noor.get(path).await.must_be(200);
        assert_eq!(page.says("SUP-1"), plain.says("SUP-1"), "{path}");
    }
    let body = json!({"type": "request.created", "timestamp": story.now().to_string(), "data": {
        "request": {"key": "SUP-9", "desk": "support", "type": "Incident", "summary": "It stops"},
        "reporter": {"email": NOOR}, "channel": "form",
    }});
    let body = body.to_string();
    let signed = story
        .signer("forms")
        .sign("msg_path", story.now(), body.as_bytes());
    let hook = format!("{}/hooks/f%6Frms/request%2Dcreated", story.base_url());
    let request = reqwest::Client::new().post(hook).headers(signed);
    let request = request.header("content-type", "application/json");
    let answer = request.body(body).send().await.unwrap();
    assert_eq!(answer.status(), 202);
    story.end().await;
}
