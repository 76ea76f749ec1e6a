//! Lists of people to let in.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::fixture::Story;
use crate::webhooks::events;

/// Sets how many seats acme has; twelve of them are taken.
async fn seats(story: &Story, cap: i64) {
    story.set("organization.acme.policy.seat_cap", cap).await;
}

fn people(count: usize) -> Vec<String> {
    (0..count)
        .map(|number| format!("guest{number:03}@acme.example"))
        .collect()
}

fn row(email: &str, outcome: &str, code: Option<&str>) -> Value {
    match code {
        Some(code) => json!({"email": email, "outcome": outcome, "code": code}),
        None => json!({"email": email, "outcome": outcome}),
    }
}

/// Everybody who was mailed an invitation, and that nobody was mailed two.
fn invited(story: &Story) -> BTreeSet<String> {
    let mails = story.mails_of("invitation");
    let people: BTreeSet<String> = mails.iter().flat_map(|mail| mail.to.clone()).collect();
    assert_eq!(people.len(), mails.len(), "somebody was invited twice");
    people
}

async fn acme_seats(story: &Story) -> (u32, u32) {
    let acme = "acme".parse().unwrap();
    let acme = story.store().organization(&acme).await.unwrap().unwrap();
    (acme.seats_used, acme.policy.seat_cap)
}

/// Five hundred rows: 465 good ones, and in between 20 that are malformed, 10 that repeat an earlier
/// one and 5 from outside; with what each is to be answered.
fn five_hundred() -> (Vec<String>, Vec<Value>) {
    let good = people(465);
    let (mut emails, mut rows) = (Vec::new(), Vec::new());
    let mut add = |email: String, row: Value| {
        emails.push(email);
        rows.push(row);
    };
    for (number, email) in good.iter().enumerate() {
        add(email.clone(), row(email, "invited", None));
        if number % 23 == 0 && number / 23 < 20 {
            let bad = [
                "",
                "nobody",
                "two@@acme.example",
                "a b@acme.example",
                "@acme.example",
                "line\nbreak@acme.example",
                "dot.@acme.example",
                "x@-acme.example",
            ];
            let bad = bad[number / 23 % bad.len()].to_owned();
            add(bad.clone(), row(&bad, "refused", Some("invalid_email")));
        }
        if number % 45 == 44 {
            // In other letters it is the same person.
            let again = good[number / 2].replace("acme.example", "ACME.Example");
            add(again.clone(), row(&again, "refused", Some("duplicate")));
        }
        if number % 90 == 89 {
            let outside = format!("guest{number}@elsewhere.example");
            add(
                outside.clone(),
                row(&outside, "refused", Some("domain_not_allowed")),
            );
        }
    }
    (emails, rows)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_people_are_answered_row_by_row_and_nobody_is_invited_twice() {
    let story = Story::begin().await;
    seats(&story, 600).await;
    let (emails, rows) = five_hundred();
    let count = |code| rows.iter().filter(|row| row["code"] == code).count();
    assert_eq!(
        [
            count("invalid_email"),
            count("duplicate"),
            count("domain_not_allowed"),
            rows.len()
        ],
        [20, 10, 5, 500]
    );

    let body = events::invited("acme", &emails);
    // On a slow machine the function runs out of time, says so, and goes on at the next try.
    let (answer, _) = story
        .post_until_taken("forms", "customer-invited", "list", &body)
        .await;
    assert_eq!(answer.must_be(202).rows(), rows);
    story.settle().await;
    assert_eq!(invited(&story).len(), 465);
    assert_eq!(acme_seats(&story).await, (12 + 465, 600));

    // The same delivery again, and the same list in another one.
    let again = story.post("forms", "customer-invited", "list", &body).await;
    let again = again.must_be(200);
    assert!(again.replayed());
    assert_eq!(again.rows(), rows);
    let (other, _) = story
        .post_until_taken("forms", "customer-invited", "list-2", &body)
        .await;
    let other = other.must_be(202).rows();
    for (first, second) in rows.iter().zip(&other) {
        assert_eq!(first["email"], second["email"]);
        if first["outcome"] != "invited" {
            assert_eq!(first, second);
        }
    }
    story.settle().await;
    assert_eq!(invited(&story).len(), 465);
    assert_eq!(acme_seats(&story).await, (12 + 465, 600));
    story.check_invariants().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_list_stops_at_the_last_seat_exactly() {
    let story = Story::begin().await;
    seats(&story, 12 + 20).await;
    let emails = people(30);
    let body = events::invited("acme", &emails);
    let (answer, _) = story
        .post_until_taken("forms", "customer-invited", "list", &body)
        .await;
    let rows = answer.must_be(202).rows();
    for (number, answered) in rows.iter().enumerate() {
        let email = &emails[number];
        let expected = if number < 20 {
            row(email, "invited", None)
        } else {
            row(email, "refused", Some("seat_cap_reached"))
        };
        assert_eq!(*answered, expected);
    }
    story.settle().await;
    assert_eq!(invited(&story), emails[..20].iter().cloned().collect());
    assert_eq!(acme_seats(&story).await, (32, 32));
    story.check_invariants().await;

    // One more seat lets one more in.
    seats(&story, 33).await;
    let (answer, _) = story
        .post_until_taken("forms", "customer-invited", "more", &body)
        .await;
    let rows = answer.must_be(202).rows();
    let new = rows
        .iter()
        .filter(|row| row["outcome"] == "invited" && row["email"] == emails[20]);
    assert_eq!(new.count(), 1, "{rows:#?}");
    story.settle().await;
    assert_eq!(invited(&story).len(), 21);
    story.check_invariants().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_lists_at_once_share_the_seats_and_never_exceed_them() {
    let story = Arc::new(Story::begin().await);
    seats(&story, 12 + 10).await;
    let post = |id: &'static str, emails: Vec<String>| {
        let story = Arc::clone(&story);
        tokio::spawn(async move {
            let body = events::invited("acme", &emails);
            let posted = story.post_until_taken("forms", "customer-invited", id, &body);
            posted.await.0.must_be(202).rows()
        })
    };
    let all = people(24);
    let (one, two) = tokio::join!(post("a", all[..12].into()), post("b", all[12..].into()));
    let rows = [one.unwrap(), two.unwrap()].concat();
    let invitations = rows
        .iter()
        .filter(|row| row["outcome"] == "invited")
        .count();
    assert_eq!(invitations, 10);
    story.settle().await;
    assert_eq!(invited(&story).len(), 10);
    assert_eq!(acme_seats(&story).await, (22, 22));
    story.check_invariants().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_list_that_was_cut_short_goes_on_where_it_stopped() {
    let story = Arc::new(Story::begin().await);
    seats(&story, 600).await;
    let emails = people(200);
    let body = events::invited("acme", &emails);
    let cut = {
        let (story, body) = (Arc::clone(&story), body.clone());
        tokio::spawn(async move { story.post("forms", "customer-invited", "list", &body).await })
    };
    // As soon as the first invitations have left, the function's time is over.
    while story.mails_of("invitation").len() < 3 {
        tokio::task::yield_now().await;
    }
    story.local().clock.advance("PT40S").unwrap();
    let cut = cut.await.unwrap().must_be(503);
    assert!(!cut.header("retry-after").is_empty());
    story.settle().await;
    let done = invited(&story).len();
    assert!((3..200).contains(&done), "{done}");

    // Another payload under the id of a list that is not done is another payload all the same.
    let other = events::invited("acme", &emails[..2]);
    story
        .post("forms", "customer-invited", "list", &other)
        .await
        .must_be(409);

    let (answer, _) = story
        .post_until_taken("forms", "customer-invited", "list", &body)
        .await;
    let rows: Vec<Value> = emails
        .iter()
        .map(|email| row(email, "invited", None))
        .collect();
    assert_eq!(answer.must_be(202).rows(), rows);
    story.settle().await;
    assert_eq!(invited(&story), emails.into_iter().collect());
    story.check_invariants().await;
}
