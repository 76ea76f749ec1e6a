//! Forms that anybody can fill in: what they send waits for its reporter, and does nothing before.

use serde_json::json;

use crate::fixture::Story;

const AMIR: &str = "amir@acme.example";
const EVE: &str = "eve@evil.test";
const LENA: &str = "lena@acme.example";

async fn open_form() -> Story {
    let story = Story::begin().await;
    story.set("source.forms.trusted", false).await;
    story
}

#[tokio::test]
async fn a_hidden_organisation_and_participants_mean_nothing() {
    let story = open_form().await;
    let before = story.items("audit", "").await.len();
    let more =
        json!({ "organization": "acme", "participants": ["private.person@home.test", LENA] });
    story.raise_with("F-1", EVE, more).await.must_be(202);
    story.settle().await;
    assert_eq!(story.kinds(EVE), ["confirm_request"]);
    assert!(story.mails("private.person@home.test").is_empty());
    assert_eq!(story.count(LENA, "request_shared"), 0);
    assert_eq!(story.items("requests", "").await.len(), 0);
    assert_eq!(story.items("audit", "").await.len(), before);

    let link = story.link(EVE, "confirm-request");
    let recorded = story.press(&link, "confirm").await.must_be(303);
    let place = recorded.header("location").to_owned();
    assert!(!place.contains("F-1"), "a key of the pages: {place}");
    story.settle().await;
    assert_eq!(story.kinds(EVE), ["confirm_request", "request_received"]);
    assert!(story.mails("private.person@home.test").is_empty());
    let history = story.items("audit", "ORG#acme").await;
    let raised = history
        .iter()
        .filter(|entry| entry.to_string().contains(EVE));
    assert_eq!(raised.count(), 0);
    story.check_invariants().await;
}

#[tokio::test]
async fn nobody_joins_who_was_only_named() {
    let story = open_form().await;
    for number in 0..16 {
        let (key, fake) = (format!("F-{number}"), format!("fake{number}@acme.example"));
        story.raise(&key, &fake).await.must_be(202);
    }
    story.settle().await;
    assert_eq!(story.organization("acme").await.seats_used, 12);
    assert_eq!(story.count(LENA, "member_joined"), 0);
    assert_eq!(story.membership("acme", "fake1@acme.example").await, None);
    // Whoever reads the mail is who they say, and joins as everywhere.
    let link = story.link("fake1@acme.example", "confirm-request");
    story.press(&link, "confirm").await.must_be(303);
    assert!(story.is_active("acme", "fake1@acme.example").await);
    story.check_invariants().await;
}

#[tokio::test]
async fn a_mailbox_gets_so_many_of_these_mails_however_it_is_spelled() {
    let story = open_form().await;
    let mut taken = 0;
    for number in 0..41 {
        let victim = format!("victim+{number}@third.example");
        let event = json!({
            "type": "request.created", "timestamp": story.now().to_string(),
            "data": {
                "request": {
                    "key": format!("F-{number}"), "desk": "support", "type": "Question",
                    "summary": "Sign in at https://evil.example/login or call +49 900 1234567",
                },
                "reporter": { "email": victim }, "channel": "form",
            },
        });
        let id = format!("flood-{number}");
        let answer = story.post("forms", "request-created", &id, &event).await;
        if answer.status == 429 {
            assert!(answer.header("retry-after").parse::<u32>().unwrap() <= 900);
            continue;
        }
        answer.must_be(202);
        taken += 1;
    }
    story.settle().await;
    assert_eq!(taken, 3);
    let mails = story.mails_of("confirm_request");
    assert_eq!(mails.len(), 3);
    for mail in mails {
        for part in [
            mail.subject.as_str(),
            mail.text.as_str(),
            mail.html.as_str(),
        ] {
            for live in ["evil.example", "https://evil", "1234567"] {
                assert!(!part.contains(live), "{live}: {part}");
            }
        }
        assert!(mail.text.contains("Sign in at https"), "{}", mail.text);
    }
}

#[tokio::test]
async fn a_member_is_recognised_once_they_have_confirmed() {
    let story = open_form().await;
    story.raise("F-1", AMIR).await.must_be(202);
    story.settle().await;
    assert_eq!(story.count(AMIR, "confirm_request"), 1);
    assert_eq!(story.count(AMIR, "request_received"), 0);
    let link = story.link(AMIR, "confirm-request");
    story.press(&link, "confirm").await.must_be(303);
    story.settle().await;
    let requests = story.items("requests", "").await;
    let of_acme = requests.iter().filter(|item| item["org"] == json!("acme"));
    assert_eq!(of_acme.count(), 1);
    story.check_invariants().await;
}

#[tokio::test]
async fn such_a_source_raises_requests_and_does_nothing_else() {
    let story = Story::begin().await;
    story.raise("SUP-1", AMIR).await.must_be(202);
    story.settle().await;
    story.set("source.forms.trusted", false).await;
    let before = story.everything().await;
    let request = json!({ "key": "SUP-1", "desk": "support" });
    for (function, kind, data) in [
        (
            "request-updated",
            "request.shared",
            json!({ "request": request, "organization": "globex" }),
        ),
        (
            "request-updated",
            "request.approval_requested",
            json!({ "request": request, "approval": { "id": "a", "approvers": [EVE] } }),
        ),
        (
            "customer-invited",
            "customer.invited",
            json!({ "organization": "acme", "invitees": [{ "email": EVE, "role": "lead" }] }),
        ),
        (
            "member-offboarded",
            "member.offboarded",
            json!({ "organization": "acme", "member": { "email": AMIR }, "reason": "left" }),
        ),
    ] {
        let event = json!({ "type": kind, "timestamp": story.now().to_string(), "data": data });
        let id = kind.replace('.', "-");
        let answer = story.post("forms", function, &id, &event).await;
        answer.must_be(403);
    }
    assert_eq!(story.everything().await, before);
}
