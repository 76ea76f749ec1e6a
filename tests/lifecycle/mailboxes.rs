//! One mailbox under many spellings: what happens by itself knows them for one.

use serde_json::json;

use crate::fixture::Story;
use crate::lifecycle::asking::fill_in;

const LENA: &str = "lena@acme.example";
const AMIR: &str = "amir@acme.example";
const SEATS: u32 = 12;

/// Raises a request by webhook.
async fn raise(story: &Story, number: usize, email: &str) {
    story.raise(&format!("SUP-9{number:02}"), email).await;
    story.settle().await;
}

/// Fills in the strangers' form and confirms from the mailbox. Returns the status.
async fn ask(story: &Story, email: &str) -> u16 {
    let question = [
        ("email", email),
        ("summary", "May I?"),
        ("f.question", "May I come back?"),
    ];
    let drafted = fill_in(story, "/new/support/question", &question).await;
    if drafted != 303 {
        return drafted;
    }
    story.settle().await;
    let link = story.link(email, "confirm-request");
    story.press(&link, "confirm").await.status
}

/// Nobody came in by this address.
async fn is_outside(story: &Story, email: &str) {
    assert_eq!(story.membership("acme", email).await, None, "{email}");
    assert_eq!(story.count(LENA, "member_joined"), 0, "{email}");
}

#[tokio::test]
async fn a_leaver_does_not_come_back_by_any_spelling_and_takes_no_seat() {
    let story = Story::begin().await;
    story.off_board("acme", AMIR, json!({})).await.must_be(202);
    assert_eq!(ask(&story, AMIR).await, 409);
    for number in 1..=18 {
        // A mailbox has three turns in a quarter of an hour, however it is spelled.
        story.advance("PT6M").await;
        let email = format!("amir+{number}@acme.example");
        assert_eq!(ask(&story, &email).await, 409, "{email}");
        is_outside(&story, &email).await;
    }
    let others = [
        "Amir@ACME.example",
        "amir+@acme.example",
        "amir+a+b@acme.example",
    ];
    for (number, email) in others.into_iter().enumerate() {
        raise(&story, number, email).await;
        let membership = story.membership("acme", email).await;
        assert!(membership.is_none_or(|membership| !membership.has_access(story.now())));
    }
    assert_eq!(story.count(LENA, "leaver_raised_request"), others.len());
    // No more when nothing but a trace is left.
    story.advance_by("P31D", "P1D").await;
    assert_eq!(story.membership("acme", AMIR).await, None);
    for (number, email) in [AMIR, "amir+1@acme.example"].into_iter().enumerate() {
        assert_eq!(ask(&story, email).await, 409, "{email}");
        raise(&story, 10 + number, email).await;
        is_outside(&story, email).await;
    }
    assert_eq!(story.organization("acme").await.seats_used, SEATS - 1);
    story.check_invariants().await;
}

#[tokio::test]
async fn who_left_under_a_sub_address_does_not_come_back_without_it() {
    let story = Story::begin().await;
    let (xena, tagged) = ("xena@acme.example", "xena+x@acme.example");
    story.invite("acme", LENA, tagged).await;
    let link = story.link(tagged, "accept-invitation");
    story.press(&link, "yes").await.must_be(200);
    assert!(
        story.is_active("acme", tagged).await,
        "a lead may invite any address"
    );
    // While the mailbox has its seat it gets no second one, and is no leaver.
    raise(&story, 1, xena).await;
    raise(&story, 2, "xena+y@acme.example").await;
    is_outside(&story, xena).await;
    assert_eq!(story.count(LENA, "leaver_raised_request"), 0);
    story
        .off_board("acme", tagged, json!({}))
        .await
        .must_be(202);
    for (number, days) in [(3, "PT1H"), (5, "P31D")] {
        story.advance(days).await;
        assert_eq!(ask(&story, xena).await, 409, "after {days}");
        raise(&story, number, xena).await;
        raise(&story, number + 1, "xena+y@acme.example").await;
        is_outside(&story, xena).await;
        is_outside(&story, "xena+y@acme.example").await;
    }
    assert_eq!(story.count(LENA, "leaver_raised_request"), 4);
    assert_eq!(story.organization("acme").await.seats_used, SEATS);
    // An invitation opens what no rule opens.
    story.invite("acme", LENA, xena).await;
    story
        .press(&story.link(xena, "accept-invitation"), "yes")
        .await
        .must_be(200);
    assert!(story.is_active("acme", xena).await);
    story.check_invariants().await;
}

#[tokio::test]
async fn an_address_that_is_more_than_a_name_never_joins_by_itself() {
    let story = Story::begin().await;
    let odd = [
        "xena+new@acme.example",
        "i%evil.test@acme.example",
        "evil.test!i@acme.example",
        "prvs=0123=xena@acme.example",
        "xena/home@acme.example",
        "+xena@acme.example",
    ];
    for (number, email) in odd.into_iter().enumerate() {
        raise(&story, number, email).await;
        is_outside(&story, email).await;
    }
    let quoted = json!({
        "request": {"key": "SUP-99", "desk": "support", "type": "Question", "summary": "May I?"},
        "reporter": {"email": "\"xena\"@acme.example"},
        "channel": "email",
    });
    let answer = story.event("forms", "request-created", "request.created", quoted);
    answer.await.must_be(400);
    assert_eq!(story.organization("acme").await.seats_used, SEATS);
    // Names as people have them do.
    for (number, email) in ["mary-ann.o'neil_2@acme.example", "Xena@Acme.Example"]
        .into_iter()
        .enumerate()
    {
        raise(&story, 20 + number, email).await;
        assert!(
            story.is_active("acme", &email.to_lowercase()).await,
            "{email}"
        );
    }
    story.check_invariants().await;
}

#[tokio::test]
async fn dots_tell_mailboxes_apart_unless_the_world_file_says_that_they_do_not() {
    let story = Story::begin().await;
    raise(&story, 1, "x.ena@acme.example").await;
    raise(&story, 2, "xena@acme.example").await;
    assert!(story.is_active("acme", "x.ena@acme.example").await);
    assert!(story.is_active("acme", "xena@acme.example").await);

    let dots = "organization.acme.policy.spelling.dots_count";
    story.set(dots, false).await;
    raise(&story, 3, "o.lav@acme.example").await;
    assert!(story.is_active("acme", "o.lav@acme.example").await);
    for (number, email) in [
        "olav@acme.example",
        "ol.av@acme.example",
        "am.ir@acme.example",
    ]
    .into_iter()
    .enumerate()
    {
        raise(&story, 10 + number, email).await;
        assert_eq!(story.membership("acme", email).await, None, "{email}");
    }
    story
        .off_board("acme", "o.lav@acme.example", json!({}))
        .await
        .must_be(202);
    story.off_board("acme", AMIR, json!({})).await.must_be(202);
    story.advance("P31D").await;
    for email in [
        "olav@acme.example",
        "ola.v@acme.example",
        "a.mir@acme.example",
    ] {
        assert_eq!(ask(&story, email).await, 409, "{email}");
        assert_eq!(story.membership("acme", email).await, None, "{email}");
        story.advance("PT16M").await;
    }
    story.check_invariants().await;
}

#[tokio::test]
async fn another_separator_is_one_where_the_world_file_says_so() {
    let story = Story::begin().await;
    let separators = toml::Value::Array(vec!["-".into()]);
    story
        .set("organization.acme.policy.spelling.separators", separators)
        .await;
    story.off_board("acme", AMIR, json!({})).await.must_be(202);
    raise(&story, 1, "amir-desk@acme.example").await;
    raise(&story, 2, "xena-desk@acme.example").await;
    is_outside(&story, "amir-desk@acme.example").await;
    is_outside(&story, "xena-desk@acme.example").await;
    assert_eq!(story.count(LENA, "leaver_raised_request"), 1);
    story.check_invariants().await;
}

#[tokio::test]
async fn limits_count_a_mailbox_once_however_it_is_spelled() {
    let story = Story::begin().await;
    let drafted = async |email| {
        let question = [
            ("email", email),
            ("summary", "Why?"),
            ("f.question", "Why?"),
        ];
        fill_in(&story, "/new/support/question", &question).await
    };
    for email in [
        "noor@visitor.example",
        "noor+1@visitor.example",
        "n.oor@visitor.example",
    ] {
        assert_eq!(drafted(email).await, 303, "{email}");
    }
    assert_eq!(drafted("no.or+2@visitor.example").await, 429);
    assert_eq!(drafted("vera@visitor.example").await, 303);
}
