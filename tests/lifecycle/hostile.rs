//! Hostile input on the pages of requesters and strangers: shown harmless, or refused with the
//! reason.

use serde_json::json;

use crate::fixture::Story;
use crate::lifecycle::everywhere::{self, LENA, NOOR, Visitor};
use crate::lifecycle::web::{Page, Web};

/// A text that would run, calculate or reorder if it were not shown as text.
const SCRIPT: &str = "\"><script>alert(1)</script><img src=x onerror=alert(1)>";
const REORDERS: &str = "a\u{202e}b";
const NULL: &str = "a\0b";

/// A text as it stands in a query or a path.
fn encoded(text: &str) -> String {
    let bytes = text.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'0'..=b'9' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    });
    bytes.collect()
}

/// Asserts that nothing of a page runs, and nothing of it is reordered.
fn is_harmless(page: &Page) {
    for mark in ["<script>", "<img", "\0", "\u{202e}", "javascript:"] {
        assert!(!page.says(mark), "{mark:?} at {}: {}", page.at, page.html);
    }
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'"), "{policy}");
}

#[tokio::test]
async fn hostile_queries_of_lists_are_shown_harmless() {
    let story = everywhere::begin().await;
    let noor = Visitor::Own(NOOR).browser(&story).await;
    let long = "a".repeat(6_000);
    for text in [SCRIPT, REORDERS, NULL, "=1+1", "\u{fffd}", &long] {
        let text = encoded(text);
        for query in [
            format!("q={text}"),
            format!("view={text}&state={text}&done={text}"),
            format!("desk={text}&type={text}&org={text}"),
            format!("after={text}"),
        ] {
            let page = noor.get(&format!("/requests?{query}")).await.must_be(200);
            is_harmless(&page);
        }
        for path in [
            "/requests/support/SUP-1",
            "/new",
            "/new/support",
            "/profile",
        ] {
            let path = format!("{path}?done={text}");
            is_harmless(&noor.get(&path).await.must_be(200));
        }
        let older = format!("/requests/support/SUP-1?before={text}");
        is_harmless(&noor.get(&older).await.must_be(404));
        let path = format!("/requests/{text}/{text}");
        is_harmless(&noor.get(&path).await.must_be(404));
    }
    // A desk is named to those alone who have something of it.
    let page = noor.get("/requests?desk=it").await.must_be(200);
    assert!(!page.says("IT help desk"), "{}", page.html);
    let page = noor.get("/requests?q=%00how%E2%80%AE").await.must_be(200);
    assert!(page.says("value=\"how\""), "{}", page.html);
}

#[tokio::test]
async fn hostile_comments_are_shown_as_text_or_refused() {
    let story = everywhere::begin().await;
    let noor = Visitor::Own(NOOR).browser(&story).await;
    let path = "/requests/support/SUP-1";
    let comment = async |text: &str| {
        let page = noor.get(path).await.must_be(200);
        let form = page.form(|form| form.value("comment").is_some());
        noor.submit(&form.with("comment", text)).await
    };
    let link = "[here](javascript:alert(1)) ![x](https://evil.test/x.png) <b onclick=x>bold</b>";
    for text in [SCRIPT, "=HYPERLINK(\"x\")", link, &"a".repeat(10_000)] {
        comment(text).await.must_be(303);
        let page = noor.get(path).await.must_be(200);
        for mark in ["<script>", "<img", "<b onclick", "href=\"javascript:"] {
            assert!(!page.says(mark), "{mark}: {}", page.html);
        }
    }
    for text in [REORDERS, NULL] {
        let refused = comment(text).await.must_be(422);
        assert!(refused.says("id=\"comment-wrong\""), "{}", refused.html);
        assert!(!refused.says("<script>"));
    }
    story.settle().await;
    for mail in story.local().mailbox.list(None) {
        assert!(!mail.html.contains("<script>") && !mail.html.contains("<img"));
        assert!(!mail.subject.contains('\n'));
    }
    story.check_invariants().await;
}

#[tokio::test]
async fn hostile_forms_come_back_with_the_reason_and_nothing_of_them_runs() {
    let story = everywhere::begin().await;
    let web = Web::new(&story);
    let path = "/new/support/question";
    let long = "a".repeat(10_000);
    for text in [SCRIPT, REORDERS, NULL, &long] {
        // In the address of a form that is filled in, what is no text is left out.
        let text = encoded(text);
        let prefilled =
            format!("{path}?summary={text}&question={text}&invoice={text}&nobody={text}");
        is_harmless(&web.get(&prefilled).await.must_be(200));
    }
    let before = story.everything().await;
    for (field, text, reason) in [
        ("summary", REORDERS, "invisible characters"),
        ("summary", NULL, "invisible characters"),
        ("summary", long.as_str(), "shorten this to 300 characters"),
        ("name", REORDERS, "invisible characters"),
        ("f.question", NULL, "invisible characters"),
        ("f.question", &long, "shorten this to 4000 characters"),
        ("f.about", SCRIPT, "choose from what is offered"),
        ("email", SCRIPT, "write an address"),
    ] {
        let page = web.get(path).await.must_be(200);
        let form = page.form(|form| form.value("summary").is_some());
        let form = everywhere::question(form).with("email", "eve@visitor.example");
        let refused = web.submit(&form.with(field, text)).await.must_be(422);
        assert!(refused.says(reason), "{field} {reason}: {}", refused.html);
        assert!(
            !refused.says("<script>") && !refused.says("<img"),
            "{field}"
        );
    }
    assert_eq!(story.everything().await, before);
}

#[tokio::test]
async fn hostile_answers_are_text_for_the_desk_and_for_whoever_confirms_them() {
    let story = Story::begin().await;
    let web = Web::new(&story);
    let page = web.get("/new/support/question").await.must_be(200);
    let form = page.form(|form| form.value("summary").is_some());
    let form = form
        .with("email", "eve@visitor.example")
        .with("name", "=cmd|' /C calc'!A0")
        .with("summary", SCRIPT)
        .with("f.question", SCRIPT)
        .with("f.invoice", "{{7777*7777}}${7777*7777}");
    web.submit(&form).await.must_be(303);
    story.settle().await;
    let link = story.link("eve@visitor.example", "confirm-request");
    let confirm = web.get(&web.path(&link)).await.must_be(200);
    is_harmless(&confirm);
    let form = confirm.form(|form| form.value("token").is_some());
    let recorded = web.submit(&form.with("wish", "confirm")).await.must_be(303);
    let page = web.get(&recorded.location().unwrap()).await.must_be(200);
    is_harmless(&page);
    assert!(page.says("{{7777*7777}}${7777*7777}") && !page.says("60481729"));
    story.settle().await;
    assert_eq!(story.mails_of("desk_notice").len(), 1);
    for mail in story.local().mailbox.list(None) {
        assert!(!mail.html.contains("<script>") && !mail.html.contains("<img"));
    }
    story.check_invariants().await;
}

#[tokio::test]
async fn hostile_names_on_the_profile_are_text_or_refused() {
    let story = everywhere::begin().await;
    let noor = Visitor::Own(NOOR).browser(&story).await;
    let save = async |field: &'static str, text: &str| {
        let page = noor.get("/profile").await.must_be(200);
        let form = page.form(|form| form.value("zone").is_some());
        noor.submit(&form.with(field, text)).await
    };
    save("name", SCRIPT).await.must_be(303);
    is_harmless(&noor.get("/profile").await.must_be(200));
    let long = "a".repeat(5_000);
    for (field, text) in [
        ("name", REORDERS),
        ("name", NULL),
        ("name", &long),
        ("zone", SCRIPT),
        ("zone", "../../etc/passwd"),
        ("zone", &long),
    ] {
        let refused = save(field, text).await.must_be(422);
        assert!(!refused.says("<script>"), "{field}");
        assert!(refused.says(&format!("{field}-wrong")), "{field}");
    }
    // A language that there is not is none.
    save("language", SCRIPT).await.must_be(303);
    is_harmless(&noor.get("/profile").await.must_be(200));
    // More than any profile is refused before it is read.
    save("name", &"a".repeat(10_000)).await.must_be(413);
}

#[tokio::test]
async fn hostile_addresses_are_none_and_are_shown_as_text() {
    let story = Story::begin().await;
    let web = Web::new(&story);
    let long = "a".repeat(6_000);
    for text in [SCRIPT, REORDERS, NULL, "a@b\r\nBcc: x@evil.test", &long] {
        let form = [("email".to_owned(), text.to_owned())];
        let refused = web.post("/send-link", &form).await.must_be(422);
        assert!(!refused.says("<script>") && !refused.says("<img"));
    }
    let form = [("email".to_owned(), "a".repeat(10_000))];
    web.post("/send-link", &form).await.must_be(413);
    story.settle().await;
    assert!(
        story
            .mails_of("your_link")
            .iter()
            .all(|mail| mail.to != ["x@evil.test"])
    );
}

#[tokio::test]
async fn hostile_file_names_and_cells_stay_harmless_also_after_they_were_accepted() {
    let story = Story::begin().await;
    let lena = Visitor::Lead(LENA).browser(&story).await;
    for name in [
        "a\0b.csv",
        "<script>.csv",
        "\u{202e}vsc.exe",
        "..\\..\\evil.csv",
        &format!("{}.csv", "a".repeat(10_000)),
    ] {
        let page = lena.get("/console/acme/invite-many").await.must_be(200);
        let form = page.form(|form| form.value("pasted").is_some());
        let token = form.value("token").unwrap();
        let head = "Content-Disposition: form-data;";
        let body = format!(
            "--x\r\n{head} name=\"token\"\r\n\r\n{token}\r\n\
             --x\r\n{head} name=\"file\"; filename=\"{name}\"\r\n\r\n\
             email,name\njoe@acme.example,=1+1\n\r\n--x--\r\n"
        );
        let brought = lena.upload("/console/acme/invite-many", body.into_bytes());
        let answer = brought.await;
        if let Some(list) = answer.location() {
            let page = lena.get(&list).await.must_be(200);
            is_harmless(&page);
            assert!(!page.says("..\\"), "{}", page.html);
        } else {
            let refused = [400, 413, 422].contains(&answer.status);
            assert!(refused, "{}", answer.status);
            is_harmless(&answer);
        }
    }
    // A name that calculates is one when it was invited, and when it was accepted.
    let name = "=HYPERLINK(A1)";
    let invited =
        json!({ "invitees": [{ "email": "eve@acme.example", "role": "member", "name": name }] });
    story
        .invite_with("acme", LENA, "eve@acme.example", invited)
        .await;
    let link = story.link("eve@acme.example", "accept-invitation");
    story.press(&link, "yes").await.must_be(200);
    story.settle().await;
    let csv = lena.get("/console/acme/people.csv").await.must_be(200).html;
    assert!(csv.contains("'=HYPERLINK"), "{csv}");
    assert!(
        csv.lines()
            .all(|line| !line.contains(",=") && !line.contains(",\"="))
    );
}

/// The bundle stands in for Lambda: what a function there would answer, it answers.
#[tokio::test]
async fn an_address_that_is_none_is_answered_with_400() {
    let story = Story::begin().await;
    let invoker = &story.running.local.deliverer.invoker;
    for host in ["de%k.example", "desk.example:99999", "desk.example "] {
        let event = json!({
            "version": "2.0", "routeKey": "ANY /", "rawPath": "/", "rawQueryString": "",
            "headers": {"host": host},
            "requestContext": {"http": {"method": "GET", "path": "/", "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.1", "userAgent": ""}, "stage": "$default", "timeEpoch": 0},
            "isBase64Encoded": false,
        });
        let id = invoker.request_id();
        let answer = invoker.invoke("self-service", &id, event).await.unwrap();
        assert_eq!(answer["statusCode"], 400, "{host}: {answer}");
    }
    story.end().await;
}
