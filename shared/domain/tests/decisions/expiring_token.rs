//! Reminders of the end of a token.

use domain::{Days, Mail, Timestamp, decide::remind_of_token};

use crate::{
    read::{mails, to},
    world::{admin, support},
};

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The reminder of a token that is accepted until the end of January.
fn reminder(now: &str) -> Option<u16> {
    let reminder = remind_of_token(&support(), "2027-01-31".parse().unwrap(), at(now));
    reminder.map(|(Days(ahead), outcome)| {
        assert_eq!(mails(&outcome), [to("token_expires", &admin())]);
        ahead
    })
}

#[test]
fn administrators_are_told_thirty_seven_and_one_day_before() {
    for (now, ahead) in [
        ("2026-12-31T23:59:59Z", None),
        ("2027-01-01T00:00:00Z", Some(30)),
        ("2027-01-23T23:59:59Z", Some(30)),
        ("2027-01-24T00:00:00Z", Some(7)),
        ("2027-01-29T12:00:00Z", Some(7)),
        ("2027-01-30T00:00:00Z", Some(1)),
        ("2027-01-31T23:00:00Z", Some(1)),
        // Nobody was told before: better late than never.
        ("2027-03-01T00:00:00Z", Some(1)),
    ] {
        assert_eq!(reminder(now), ahead, "{now}");
    }
}

#[test]
fn the_end_is_the_end_of_the_last_day() {
    let day = "2027-01-31".parse().unwrap();
    let (_, outcome) = remind_of_token(&support(), day, at("2027-01-31T09:00:00Z")).unwrap();
    let Mail::TokenExpires { expires_at, .. } = outcome.messages[0].mail else {
        panic!("{:?}", outcome.messages);
    };
    assert_eq!(expires_at, at("2027-02-01T00:00:00Z"));
}
