//! The review of an organisation's people: its leads are asked who still belongs, confirm each or
//! let them go, and are through when nobody is left.
//!
//! Nothing waits in a list of its own. Whom a round asks about follows from the memberships
//! ([`Membership::awaits_review`](crate::Membership::awaits_review)), so a round costs no write
//! until somebody answers, and two leads can share one.

use jiff::Timestamp;

use super::entry::about_organization;
use crate::{Action, Change, Days, Mail, Message, Occasion, Organization, Outcome, Policy};

/// The time after which the leads are asked again when nobody finished the review: as long as the
/// link in the mail works.
const ASKED_AGAIN_AFTER: Days = Days(30);

/// Returns the instant at which the leads of a new organisation are first asked; `None` when the
/// policy has no reviews.
#[must_use]
pub fn first_review(policy: &Policy, now: Timestamp) -> Option<Timestamp> {
    let every = policy.review_every_days;
    (every > Days(0)).then(|| every.after(now))
}

/// Sets when the leads are first asked, for an organisation that began without it. Nothing changes
/// for any other.
pub fn begin_reviews(mut org: Organization, now: Timestamp) -> Outcome {
    if org.due_at.is_some() {
        return Outcome::default();
    }
    org.due_at = first_review(&org.policy, now);
    if org.due_at.is_none() {
        return Outcome::default();
    }
    Outcome::default().change(Change::Organization(org))
}

/// Asks the leads who still belongs, when the time for that has come. `to_confirm` says how many
/// people a round that began at an instant would ask about.
///
/// A round that nobody finished goes on: whom a lead has confirmed stays confirmed. Once the next
/// one is due, everybody is asked about anew. While the organisation is vacant the review stands
/// still.
pub fn ask_review(
    mut org: Organization,
    to_confirm: impl FnOnce(Timestamp) -> u32,
    occasion: &Occasion,
) -> Outcome {
    let now = occasion.now;
    let stands_still = org.leads.is_empty() || org.vacancy.is_some();
    if stands_still || org.due_at.is_none_or(|due| due > now) {
        return Outcome::default();
    }
    if !is_reviewed(&org) {
        org.due_at = None;
        return Outcome::default().change(Change::Organization(org));
    }
    let every = org.policy.review_every_days;
    let open = org.review.open_since();
    let began = open
        .filter(|began| every.after(*began) > now)
        .unwrap_or(now);
    let people = to_confirm(began);
    if people == 0 {
        // There is nothing to ask.
        org.due_at = Some(every.after(now));
        return Outcome::default().change(Change::Organization(org));
    }
    org.review.began_at = Some(began);
    org.due_at = Some(ASKED_AGAIN_AFTER.min(every).after(now));
    let reason = format!("{people} people to confirm");
    let entry = about_organization(&org, Action::ReviewAsked, &reason, occasion);
    let mail = Mail::ReviewAsked {
        org_name: org.name.clone(),
        people,
        every_days: every,
        last_review: org.review.finished_at,
    };
    Outcome::default()
        .note(entry)
        .tell_all(Message::to_leads(&org, mail))
        .change(Change::Organization(org))
}

/// A lead is through with a round: nobody is left to confirm. Nothing changes when no round is
/// open.
pub fn finish_review(mut org: Organization, occasion: &Occasion) -> Outcome {
    let now = occasion.now;
    if org.review.open_since().is_none() {
        return Outcome::default();
    }
    org.review.finished_at = Some(now);
    let next = is_reviewed(&org).then(|| next_round(&org, now));
    org.set_review_due(next);
    let reason = "each of the people was confirmed or let go";
    let entry = about_organization(&org, Action::ReviewFinished, reason, occasion);
    Outcome::default()
        .note(entry)
        .change(Change::Organization(org))
}

/// Returns `true` if the policy has reviews.
fn is_reviewed(org: &Organization) -> bool {
    org.policy.review_every_days > Days(0)
}

/// Returns the instant at which the next round begins: the policy's days after the last one began,
/// and not at once.
fn next_round(org: &Organization, now: Timestamp) -> Timestamp {
    let every = org.policy.review_every_days;
    let began = org.review.began_at.unwrap_or(now);
    every.after(began).max(Days(1).after(now))
}
