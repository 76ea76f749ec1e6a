//! Hostile input is shown harmless, or refused.

use crate::console::browser::{Browser, LENA};
use crate::fixture::Story;

#[tokio::test]
async fn hostile_queries_show_a_page_and_nothing_of_theirs() {
    let story = Story::begin().await;
    let (browser, _) = Browser::open(&story, LENA).await;
    let long = "a".repeat(6_000);
    for query in [
        "q=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "q=%22%3E%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E",
        "q=%E2%80%AEannA",
        "q=%00&page=%00",
        "q=%FF%FE",
        "q=a&q=b&state=active&state=warned",
        "page=-1&sort=;DROP&state=%27",
        "page=99999999999999999999",
        "done=%3Cscript%3E",
        &format!("q={long}"),
    ] {
        let page = browser
            .get(&format!("/console/acme?{query}"))
            .await
            .must_be(200);
        assert!(!page.says("<script>") && !page.says("<img"), "{query}");
        assert!(!page.says("onerror=alert(1)>"), "{query}");
    }
    for path in [
        "/console/acme/history?month=2026-13&from=AAAA",
        "/console/acme/people/%3Cscript%3E",
        "/console/acme/invite-many/0123456789abcdef0123456789abcdef",
        "/console/acme/invite-many/..%2f..",
        "/console/acme/nothing",
    ] {
        browser.get(path).await.must_be(404);
    }
}

#[tokio::test]
async fn hostile_names_and_cells_are_shown_as_text_and_calculate_nothing() {
    let story = Story::begin().await;
    let (browser, _) = Browser::open(&story, LENA).await;
    let form = browser.get("/console/acme/invite").await.must_be(200);
    let token = form.field("token");
    let name = "=HYPERLINK(A1,\"<script>\")";
    let fields = [
        ("token", token.as_str()),
        ("email", "=cmd@acme.example"),
        ("name", name),
        ("role", "member"),
    ];
    browser
        .post("/console/acme/invite", &fields)
        .await
        .must_be(200);
    let roster = browser.get("/console/acme?q=hyperlink").await.must_be(200);
    assert!(
        !roster.says("<script>") && roster.says("&#60;script&#62;"),
        "{}",
        roster.html
    );
    let csv = browser
        .get("/console/acme/people.csv")
        .await
        .must_be(200)
        .html;
    assert!(
        csv.contains("\"'=cmd@acme.example\",\"'=HYPERLINK("),
        "{csv}"
    );
    assert!(
        csv.lines()
            .all(|line| !line.contains(",\"=") && !line.starts_with("\"="))
    );
    for bad in ["a\u{202e}b", "a\0b", &"n".repeat(10_000)] {
        let form = browser.get("/console/acme/invite").await.must_be(200);
        let token = form.field("token");
        let fields = [
            ("token", token.as_str()),
            ("email", "x@acme.example"),
            ("name", bad),
        ];
        let refused = browser
            .post("/console/acme/invite", &fields)
            .await
            .must_be(422);
        assert!(refused.says("at most 200 characters"));
    }
}

#[tokio::test]
async fn a_hostile_file_and_its_name_are_shown_harmless() {
    let story = Story::begin().await;
    let (browser, _) = Browser::open(&story, LENA).await;
    let form = browser.get("/console/acme/invite-many").await.must_be(200);
    let token = form.field("token");
    let head = "name=\"file\"; filename=\"<script>\u{202e}fdp.csv\"";
    let file = "email,name\n<script>alert(1)</script>@acme.example,=1+1\n\
                \u{202e}gnp@acme.example,x\0y\nok@acme.example,\"<b>bold</b>\"\n";
    let parts: [(&str, &[u8]); 2] = [
        ("name=\"token\"", token.as_bytes()),
        (head, file.as_bytes()),
    ];
    let page = browser
        .upload("/console/acme/invite-many", &parts)
        .await
        .must_be(200);
    assert!(
        !page.says("<script>") && !page.says("<b>") && !page.says("\u{202e}") && !page.says("\0")
    );
    assert!(page.says("&#60;script&#62;") && page.says("\u{fffd}gnp@acme.example"));
    assert!(page.says("1 person would be invited."), "{}", page.html);
}
