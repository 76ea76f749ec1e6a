//! The review of an organisation's people.

use domain::{
    Action, Days, Mail, Membership, Organization, Outcome, Proof, Timestamp,
    decide::{ask_review, begin_reviews, finish_review, keep_by_lead},
    link::Purpose,
    organization::Review,
};

use crate::{read, world};

/// An organisation whose leads are asked every 180 days, for the first time on this day.
fn asked_on(day: u16) -> Organization {
    Organization {
        due_at: Some(world::day(day)),
        ..world::acme()
    }
}

fn ask(org: Organization, people: u32, day: u16) -> Outcome {
    ask_review(org, |_| people, &by_lead().at(world::day(day)))
}

fn org(outcome: &Outcome) -> Organization {
    read::org(outcome)
        .expect("an organisation is written")
        .clone()
}

fn by_lead() -> Proof {
    world::posted(&world::lena(), Purpose::Review)
}

/// About how many people the leads are asked, and when the review before was over.
fn told(outcome: &Outcome) -> (u32, Option<Timestamp>) {
    match read::mail(outcome) {
        Mail::ReviewAsked {
            people,
            last_review,
            ..
        } => (*people, *last_review),
        other => panic!("a review was to be asked for, not {}", other.kind()),
    }
}

#[test]
fn an_organization_that_was_never_looked_at_is_asked_after_the_policys_days() {
    let begun = org(&begin_reviews(world::acme(), world::day(3)));
    assert_eq!(begun.due_at, Some(world::day(183)));
    assert!(begin_reviews(begun, world::day(9)).is_empty());
    let mut never = world::acme();
    never.policy.review_every_days = Days(0);
    assert!(begin_reviews(never, world::day(3)).is_empty());
}

#[test]
fn the_leads_are_asked_when_the_day_has_come_and_not_before() {
    assert!(ask(asked_on(180), 4, 179).is_empty());
    let asked = ask(asked_on(180), 4, 180);
    assert_eq!(told(&asked), (4, None));
    assert_eq!(org(&asked).due_at, Some(world::day(210)));
    assert_eq!(asked.audit[0].action, Action::ReviewAsked);
    assert_eq!(org(&asked).review.open_since(), Some(world::day(180)));
    assert!(ask(org(&asked), 4, 180).is_empty());
}

#[test]
fn a_question_that_nobody_is_through_with_is_asked_again_in_the_same_round() {
    let asked = org(&ask(asked_on(180), 4, 180));
    let again = ask_review(
        asked,
        |began| {
            assert_eq!(began, world::day(180));
            1
        },
        &by_lead().at(world::day(211)),
    );
    assert_eq!(told(&again), (1, None));
    assert_eq!(org(&again).due_at, Some(world::day(241)));
    assert_eq!(org(&again).review.began_at, Some(world::day(180)));
}

#[test]
fn when_the_next_round_is_due_everybody_is_asked_about_anew() {
    let asked = org(&ask(asked_on(180), 4, 180));
    let next = org(&ask(asked, 4, 360));
    assert_eq!(next.review.began_at, Some(world::day(360)));
}

#[test]
fn nobody_is_asked_about_nobody() {
    let nothing = ask(asked_on(180), 0, 180);
    assert!(nothing.messages.is_empty() && nothing.audit.is_empty());
    assert_eq!(org(&nothing).due_at, Some(world::day(360)));
    assert_eq!(org(&nothing).review, Review::default());
    let mut off = asked_on(180);
    off.policy.review_every_days = Days(0);
    assert_eq!(org(&ask(off, 4, 180)).due_at, None);
}

#[test]
fn a_finished_round_is_closed_and_the_next_begins_after_the_policys_days() {
    let asked = org(&ask(asked_on(180), 4, 180));
    let finished = finish_review(asked, &by_lead().at(world::day(185)));
    assert_eq!(finished.audit[0].action, Action::ReviewFinished);
    let finished = org(&finished);
    assert_eq!(finished.review.open_since(), None);
    assert_eq!(finished.due_at, Some(world::day(360)));
    assert!(finish_review(finished.clone(), &by_lead().at(world::day(186))).is_empty());
    assert_eq!(told(&ask(finished, 3, 360)), (3, Some(world::day(185))));
}

#[test]
fn a_round_asks_about_those_who_had_access_and_are_neither_confirmed_nor_leaving() {
    let began = world::day(180);
    let member = world::member(&world::ann());
    assert!(member.awaits_review(began));
    let confirmed = keep_by_lead(
        &world::acme(),
        member.clone(),
        &by_lead().at(world::day(181)),
    );
    assert!(!read::membership(&confirmed.unwrap()).awaits_review(began));
    let before = Membership {
        confirmed_at: Some(world::day(179)),
        ..member.clone()
    };
    assert!(before.awaits_review(began));
    let joined_since = Membership {
        joined_at: Some(world::day(182)),
        ..member.clone()
    };
    assert!(!joined_since.awaits_review(began));
    let kept_by_themselves = Membership {
        kept_at: Some(world::day(182)),
        ..member
    };
    assert!(kept_by_themselves.awaits_review(began));
    assert!(!world::invited(&world::ann()).awaits_review(began));
}
