//! Senders with shapes of their own, from the signature to what is stored and mailed.

use serde_json::{Value, json};

use crate::fixture::Story;

/// The world's part that `docs/connect.md` shows under a heading.
fn documented(heading: &str) -> toml::Table {
    let text = include_str!("../../docs/connect.md");
    let (_, section) = text.split_once(&format!("\n## {heading}\n")).unwrap();
    let (_, block) = section.split_once("```toml\n").unwrap();
    block.split("```").next().unwrap().parse().unwrap()
}

async fn connect(story: &Story, heading: &str) {
    let described = documented(heading);
    let change = |world: &mut toml::Table| {
        let sources = world["source"].as_table_mut().unwrap();
        sources.extend(described["source"].as_table().unwrap().clone());
    };
    story.apply(change).await.unwrap();
}

async fn request(story: &Story, desk: &str, key: &str) -> Value {
    let pk = format!("REQUEST#{desk}#{key}");
    story.item("requests", &pk, "REQUEST").await.unwrap()
}

#[tokio::test]
async fn github_is_connected_as_the_documentation_says() {
    let story = Story::begin().await;
    connect(&story, "GitHub").await;
    let issue = |action: &str, state: &str| {
        json!({"action": action, "issue": {
            "number": 1347, "title": "The build stops\u{7}", "body": null, "state": state,
            "state_reason": if state == "closed" { json!("completed") } else { json!(null) },
            "html_url": "https://code.example/acme/tools/issues/1347", "user": {"login": "kim-o", "id": 583_231},
            "updated_at": if state == "closed" { "2024-05-06T10:00:00Z" } else { "2024-05-06T09:30:00Z" },
        }})
    };
    let both = async |id: &str, payload: &Value| {
        for function in ["request-created", "request-updated"] {
            let id = format!("{id}-{function}");
            story
                .post("github", function, &id, payload)
                .await
                .must_be(202);
        }
        story.settle().await;
    };
    both("ping", &json!({"zen": "Keep it simple.", "hook_id": 30})).await;
    both("opened", &issue("opened", "open")).await;
    both("labeled", &issue("labeled", "open")).await;
    let stored = request(&story, "support", "1347").await;
    assert_eq!(stored["summary"], "The build stops");
    assert_eq!(stored["reporter_name"], "kim-o");
    assert_eq!(stored["status"]["category"], "new");
    both("closed", &issue("closed", "closed")).await;
    let stored = request(&story, "support", "1347").await;
    assert_eq!(stored["status"]["category"], "done");
    assert_eq!(stored["resolution"], "completed");
    let kinds = story.kinds("lena@acme.example");
    assert_eq!(
        kinds
            .iter()
            .filter(|kind| kind.starts_with("request_"))
            .count(),
        2,
        "{kinds:?}"
    );
    assert!(
        story
            .store()
            .parked(None, 10)
            .await
            .unwrap()
            .items
            .is_empty()
    );
    story.check_invariants().await;
}

#[tokio::test]
async fn an_emoji_cut_in_two_costs_that_character_and_not_the_form() {
    let story = Story::begin().await;
    // Otherwise the request would wait for its reporter.
    story.set("source.typeform.trusted", true).await;
    let body = r#"{"event_type":"form_response","form_response":{"token":"half-1","submitted_at":"2024-05-06T09:30:00Z",
        "definition":{"title":"Report","fields":[
          {"id":"c","type":"contact_info","title":"You","properties":{"fields":[
            {"id":"c1","title":"Name","type":"short_text","subfield_key":"first_name"},
            {"id":"c2","title":"Last name","type":"short_text","subfield_key":"last_name"},
            {"id":"c3","title":"E-mail","type":"email","subfield_key":"email"}]}},
          {"id":"s","type":"short_text","title":"Subject"},
          {"id":"w","type":"short_text","title":"Which ones\ud83d?"}]},
        "answers":[
          {"type":"text","text":"Kim","field":{"id":"c1","type":"short_text"}},
          {"type":"text","text":"Okafor","field":{"id":"c2","type":"short_text"}},
          {"type":"email","email":"kim@lanyard.example","field":{"id":"c3","type":"email"}},
          {"type":"text","text":"Great \ud83d","field":{"id":"s","type":"short_text"}},
          {"type":"text","text":"\ude00\ud83d\ude00","field":{"id":"w","type":"short_text"}}]}}"#;
    let mut marked = b"\xef\xbb\xbf".to_vec();
    marked.extend(body.as_bytes());
    story
        .post_bytes("typeform", "request-created", "x", marked)
        .await
        .must_be(202);
    story.settle().await;
    let stored = request(&story, "it", "half-1").await;
    assert_eq!(stored["summary"], "Great \u{fffd}");
    assert_eq!(stored["reporter_name"], "Kim Okafor");
    assert_eq!(
        stored["fields"],
        json!({"Which ones\u{fffd}?": "\u{fffd}\u{1f600}"})
    );
    let [mail] = &story.mails("kim@lanyard.example")[..] else {
        panic!("one mail")
    };
    assert!(mail.subject.contains("Great \u{fffd}"), "{}", mail.subject);
    story.check_invariants().await;
}

#[tokio::test]
async fn a_matrix_of_tallys_is_shown_to_whoever_filled_it_in() {
    let story = Story::begin().await;
    // Otherwise the request would wait for its reporter.
    story.set("source.tally.trusted", true).await;
    let body = json!({"eventType": "FORM_RESPONSE", "createdAt": "2024-05-06T09:30:00Z", "data": {
        "submissionId": "m-1", "formName": "How was it?", "fields": [
            {"key": "q1", "label": "You", "type": "INPUT_EMAIL", "value": "ravi@lanyard.example"},
            {"key": "q2", "label": "Vorname", "type": "INPUT_TEXT", "value": "Ravi"},
            {"key": "q3", "label": "Name", "type": "INPUT_TEXT", "value": "Nair"},
            {"key": "q4", "label": "The move", "type": "MATRIX", "value": {"r2": ["c1", "c2"], "r1": ["c1"]},
             "rows": [{"id": "r1", "text": "Speed"}, {"id": "r2", "text": "Care"}],
             "columns": [{"id": "c1", "text": "Good"}, {"id": "c2", "text": "Late"}]},
        ],
    }});
    story
        .post("tally", "request-created", "x", &body)
        .await
        .must_be(202);
    story.settle().await;
    let stored = request(&story, "it", "m-1").await;
    assert_eq!(stored["reporter_name"], "Ravi Nair");
    assert_eq!(
        stored["fields"],
        json!({"The move": "Speed: Good\nCare: Good, Late"})
    );
    let page = story
        .get(&story.link("ravi@lanyard.example", "requester"))
        .await;
    let body = page.must_be(200).body;
    assert!(body.contains("Speed: Good\nCare: Good, Late"), "{body}");
    story.check_invariants().await;
}

#[tokio::test]
async fn what_is_written_in_jira_is_readable_in_the_mail_and_on_the_page() {
    let story = Story::begin().await;
    let issue = |rest: Value| {
        let mut fields = json!({
            "summary": "The export stops", "issuetype": {"name": "Incident"},
            "reporter": {"accountId": "712020:vera", "displayName": "Vera Lind", "emailAddress": "vera@visitor.example"},
        });
        fields
            .as_object_mut()
            .unwrap()
            .extend(rest.as_object().unwrap().clone());
        json!({"key": "SUP-77", "fields": fields})
    };
    let description = "h3. Steps\r\n# open [the list|https://desk.example/list_a_b]\r\n# press *Export*\r\n\r\n{color:#ff5630}It stops.{color}";
    let created = json!({"webhookEvent": "jira:issue_created", "timestamp": 1_714_988_000_000_i64, "issue": issue(json!({"description": description}))});
    story
        .post("jira", "request-created", "j-1", &created)
        .await
        .must_be(202);
    story.settle().await;
    let stored = request(&story, "support", "SUP-77").await;
    let steps = "**Steps**\n\n1. open [the list](https://desk.example/list_a_b)\n2. press **Export**\n\nIt stops.";
    assert_eq!(stored["description"], steps);

    let comment = |id: &str, body: &Value| {
        json!({
            "webhookEvent": "comment_created", "timestamp": 1_714_989_000_000_i64, "issue": issue(json!({})),
            "comment": {"id": id, "body": body, "jsdPublic": true, "author": {"accountId": "712020:otto", "displayName": "Otto Berg", "accountType": "atlassian"}},
        })
    };
    let document = json!({"type": "doc", "version": 1, "content": [
        {"type": "paragraph", "content": [
            {"type": "mention", "attrs": {"id": "712020:vera", "text": ""}}, {"type": "text", "text": ", try "},
            {"type": "inlineCard", "attrs": {"url": "https://desk.example/browse/SUP-9"}}, {"type": "text", "text": " before "},
            {"type": "date", "attrs": {"timestamp": "1795305600000"}},
        ]},
        {"type": "taskList", "content": [{"type": "taskItem", "attrs": {"state": "DONE"}, "content": [{"type": "text", "text": "restarted"}]}]},
    ]});
    let bodies = [
        json!("[~accountid:712020:vera], it is *mended* in {{2.1}} (/)"),
        document,
    ];
    for (number, body) in bodies.iter().enumerate() {
        let id = format!("c-{number}");
        story
            .post("jira", "request-updated", &id, &comment(&id, body))
            .await
            .must_be(202);
        story.settle().await;
    }
    let mails = story.mails("vera@visitor.example");
    let text: String = mails.iter().map(|mail| mail.text.as_str()).collect();
    for said in [
        "> 1. open [the list](https://desk.example/list_a_b)",
        "> @Vera Lind, it is **mended** in `2.1` ✔",
        "> @Vera Lind, try https://desk.example/browse/SUP-9 before 2026-11-22",
        "> - [x] restarted",
    ] {
        assert!(text.contains(said), "{said}\n{text}");
    }
    let page = story
        .get(&story.link("vera@visitor.example", "requester"))
        .await
        .must_be(200)
        .body;
    for shown in [
        "<li>press <strong>Export</strong></li>",
        "<a href=\"https://desk.example/list_a_b\"",
        "it is <strong>mended</strong> in <code>2.1</code>",
        "<a href=\"https://desk.example/browse/SUP-9\"",
    ] {
        assert!(page.contains(shown), "{shown}\n{page}");
    }
    story.check_invariants().await;
}
