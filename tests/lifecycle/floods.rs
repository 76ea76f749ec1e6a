//! Floods: what mails others is limited by who acts and by which mailbox it is aimed at, whatever
//! the act is; the desk is told once.

use futures::future::join_all;
use serde_json::json;

use crate::fixture::Story;
use crate::lifecycle::everywhere::{self, AMIR, LENA, NOOR, Visitor, XENA};
use crate::lifecycle::web::{Page, Web};

const REQUEST: &str = "/requests/support/SUP-1";
const INBOX: &str = "support@lanyard.example";

/// Opens a page, fills in the form that has this field or button, and sends it.
async fn send(web: &Web<'_>, path: &str, by: (&str, &str), fill: &[(&str, &str)]) -> Page {
    let page = web.get(path).await.must_be(200);
    let (name, value) = by;
    let form = page.form(|form| {
        let named =
            |(field, held): &(String, String)| field == name && (value.is_empty() || held == value);
        form.fields.iter().any(named) || form.buttons.iter().any(named)
    });
    let form = if value.is_empty() {
        form
    } else {
        form.with(name, value)
    };
    let filled = fill
        .iter()
        .fold(form, |form, (name, value)| form.with(name, value));
    web.submit(&filled).await
}

fn notices(story: &Story) -> usize {
    story.mails_of("desk_notice").len()
}

/// Asserts that an answer says when to come again.
fn says_when(page: &Page, words: &str) {
    assert_eq!(page.status, 429, "{}: {}", page.at, page.html);
    let seconds: u32 = page.headers["retry-after"]
        .to_str()
        .unwrap()
        .parse()
        .unwrap();
    assert!((1..=24 * 60 * 60).contains(&seconds), "{seconds}");
    assert!(page.says(words), "{}", page.html);
}

async fn raised() -> Story {
    let story = Story::begin().await;
    story.raise("SUP-1", NOOR).await;
    story.settle().await;
    everywhere::ask_for_link(&story, NOOR).await;
    story
}

/// The link to an approval answers with a page of its own, and the limit is that of all that its
/// holder does to requests.
#[tokio::test]
async fn a_reason_is_still_there_when_an_approval_comes_too_soon() {
    let story = everywhere::begin().await;
    let xena = Visitor::Own(XENA).browser(&story).await;
    let mine = "/requests/support/SUP-2";
    for number in 0.. {
        let text = format!("Comment number {number}");
        let page = send(&xena, mine, ("comment", ""), &[("comment", &text)]).await;
        if page.status == 429 {
            break;
        }
    }
    let link = xena.path(&story.link(XENA, "approve"));
    let why = "Too dear <for us>";
    let fill = [("why", why), ("wish", "decline")];
    let limited = send(&xena, &link, ("why", ""), &fill).await;
    says_when(&limited, "please try again in");
    let form = limited.form(|form| form.value("why").is_some());
    assert_eq!(form.value("why"), Some(why));
    story.sleep("PT1H");
    xena.submit(&form.with("wish", "decline"))
        .await
        .must_be(200);
    story.settle().await;
    assert!(story.everything().await.contains(why));
}

#[tokio::test]
async fn a_guest_writes_so_many_comments_an_hour_and_the_desk_is_told_of_the_rest_once() {
    let story = raised().await;
    let noor = Visitor::Own(NOOR).browser(&story).await;
    let mut taken = 0;
    for number in 0..60 {
        let text = format!("Comment number {number}");
        let page = send(&noor, REQUEST, ("comment", ""), &[("comment", &text)]).await;
        if page.status == 303 {
            taken += 1;
            continue;
        }
        says_when(&page, "please try again in");
        assert!(page.says(&text), "what was typed stays: {}", page.html);
    }
    story.settle().await;
    assert_eq!(
        taken, 40,
        "more than a busy requester writes, less than a flood"
    );
    assert_eq!(notices(&story), taken);
    assert_eq!(story.count(INBOX, "burst_stopped"), 1);

    // The same limit for whatever else they do there, and for every spelling of the mailbox.
    let page = send(&noor, REQUEST, ("to", "Close"), &[]).await;
    says_when(&page, "please try again in");
    let german = Visitor::Own(NOOR).browser(&story).await.reading("de");
    let page = send(&german, REQUEST, ("comment", ""), &[("comment", "Hallo")]).await;
    says_when(&page, "noch einmal");
    story.advance("PT1H").await;
    let noor = Visitor::Own(NOOR).browser(&story).await;
    send(&noor, REQUEST, ("comment", ""), &[("comment", "Later")])
        .await
        .must_be(303);
    story.check_invariants().await;
}

#[tokio::test]
async fn a_status_that_is_toggled_is_limited_like_comments() {
    let story = raised().await;
    let noor = Visitor::Own(NOOR).browser(&story).await;
    let mut taken = 0;
    for number in 0..60 {
        let to = if number % 2 == 0 {
            "Close"
        } else {
            "Open again"
        };
        let page = send(&noor, REQUEST, ("to", to), &[]).await;
        if page.status != 303 {
            says_when(&page, "please try again in");
            break;
        }
        taken += 1;
    }
    story.settle().await;
    assert_eq!(taken, 40);
    assert_eq!(notices(&story), taken);
    story.check_invariants().await;
}

#[tokio::test]
async fn comments_that_come_at_once_are_counted_like_those_that_come_after_each_other() {
    let story = raised().await;
    let noor = Visitor::Own(NOOR).browser(&story).await;
    let mut forms = Vec::new();
    for number in 0..64 {
        let page = noor.get(REQUEST).await.must_be(200);
        let form = page.form(|form| form.value("comment").is_some());
        forms.push(form.with("comment", &format!("Comment number {number}")));
    }
    let mut taken = 0;
    let mut refused = 0;
    // On a busy machine the store may not answer some of them in time, and nothing was done.
    for page in join_all(forms.iter().map(|form| noor.submit(form))).await {
        match page.status {
            303 => taken += 1,
            429 => refused += 1,
            other => assert_eq!(other, 503, "{}", page.html),
        }
    }
    assert!(taken <= 40, "{taken}");
    assert!(refused >= 1, "{taken} taken");
    story.settle().await;
    assert_eq!(notices(&story), taken);
    assert_eq!(story.count(INBOX, "burst_stopped"), 1);
    story.check_invariants().await;
}

#[tokio::test]
async fn what_a_desk_of_record_tells_is_not_limited() {
    let story = raised().await;
    for number in 0..60 {
        let comment = json!({ "comment": {
            "id": format!("c-{number}"), "body": "An answer.", "public": true,
            "author": { "name": "Sam", "role": "agent" },
        }});
        story.update("SUP-1", "request.commented", comment).await;
    }
    story.settle().await;
    assert_eq!(story.count(NOOR, "request_commented"), 60);
    assert_eq!(story.mails_of("burst_stopped").len(), 0);
}

/// The page of somebody on Acme's roster.
fn person(story: &Story, email: &str) -> String {
    let handle = story.store().pseudonym(&email.parse().unwrap());
    format!("/console/acme/people/{handle}")
}

#[tokio::test]
async fn one_mailbox_gets_so_many_invitations_a_day_however_it_is_spelled() {
    let story = Story::begin().await;
    let zoe = "zoe@acme.example";
    story.invite("acme", LENA, zoe).await;
    story.settle().await;
    let lena = Visitor::Lead(LENA).browser(&story).await;
    let mut sent = 0;
    for _ in 0..60 {
        let page = send(&lena, &person(&story, zoe), ("act", "resend"), &[]).await;
        if page.status != 303 {
            says_when(&page, "please try again in");
            break;
        }
        sent += 1;
        story.advance("PT1S").await;
    }
    assert_eq!(sent, 10);
    // Withdrawn and invited anew it is the same mailbox; so it is under another spelling.
    send(&lena, &person(&story, zoe), ("act", "withdraw"), &[])
        .await
        .must_be(303);
    for spelled in [zoe, "zoe+1@acme.example", "Zoe+news@acme.example"] {
        let fill = [("email", spelled)];
        let page = send(&lena, "/console/acme/invite", ("email", ""), &fill).await;
        says_when(&page, "please try again in");
        assert!(page.says(spelled), "what was typed stays: {}", page.html);
    }
    story.settle().await;
    let to_zoe: usize = [
        "zoe@acme.example",
        "zoe+1@acme.example",
        "zoe+news@acme.example",
    ]
    .iter()
    .map(|email| story.count(email, "invitation"))
    .sum();
    assert_eq!(to_zoe, 11, "the first, which came by a webhook, and ten");
    assert_eq!(story.mails_of("burst_stopped").len(), 1);
    // Everybody else is invited as before.
    let fill = [("email", "yara@acme.example")];
    send(&lena, "/console/acme/invite", ("email", ""), &fill)
        .await
        .must_be(303);
    story.check_invariants().await;
}

#[tokio::test]
async fn a_role_that_is_toggled_mails_its_holder_so_many_links() {
    let story = Story::begin().await;
    let lena = Visitor::Lead(LENA).browser(&story).await;
    // The world has mailed people before this begins.
    let before = story.count(AMIR, "your_link");
    let mut made = 0;
    for _ in 0..30 {
        let role = format!("{}/role", person(&story, AMIR));
        let page = send(&lena, &role, ("act", "lead"), &[]).await;
        if page.status != 303 {
            says_when(&page, "please try again in");
            break;
        }
        made += 1;
        send(&lena, &role, ("act", "member"), &[])
            .await
            .must_be(303);
    }
    assert_eq!(made, 10);
    story.settle().await;
    assert_eq!(story.count(AMIR, "your_link") - before, 10);
    story.check_invariants().await;
}

#[tokio::test]
async fn who_is_off_boarded_and_restored_hears_of_it_so_often() {
    let story = Story::begin().await;
    let lena = Visitor::Lead(LENA).browser(&story).await;
    let before = story.mails(AMIR).len();
    let mut restored = 0;
    for _ in 0..30 {
        let leave = format!("{}/off-board", person(&story, AMIR));
        let gone = send(
            &lena,
            &leave,
            ("when", ""),
            &[("when", "now"), ("why", "left")],
        )
        .await;
        if gone.status == 429 {
            break;
        }
        gone.must_be(303);
        let back = send(&lena, &person(&story, AMIR), ("act", "restore"), &[]).await;
        if back.status == 429 {
            break;
        }
        back.must_be(303);
        restored += 1;
    }
    assert!(restored <= 10, "{restored}");
    story.settle().await;
    let mails = story.mails(AMIR).len() - before;
    assert!(mails <= 10, "{mails}");
    story.check_invariants().await;
}

#[tokio::test]
async fn leads_hear_once_a_day_that_no_seat_is_free() {
    let story = Story::begin().await;
    story.seats("acme", 12).await;
    for number in 0..12 {
        let (key, email) = (format!("SUP-{number}"), format!("new{number}@acme.example"));
        story.raise(&key, &email).await;
    }
    story.settle().await;
    assert_eq!(story.count(LENA, "member_joined"), 1);
    story.advance("P1D").await;
    story.raise("SUP-99", "late@acme.example").await;
    story.settle().await;
    assert_eq!(story.count(LENA, "member_joined"), 2);
    story.check_invariants().await;
}
