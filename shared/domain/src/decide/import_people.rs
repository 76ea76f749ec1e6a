//! Taking over people whom a service desk has as customers already. Nobody is mailed.

use std::collections::BTreeSet;

use super::{due::schedule, entry::about_member};
use crate::{
    Action, Change, Customer, EmailAddress, Membership, Occasion, Organization, Outcome, Role,
    Standing, called,
    desk::Desk,
    mailbox::Mailbox,
    membership::{Beginning, State},
    text::Name,
};

/// A person who is a customer at the service desk, and what is known of them here.
#[derive(Debug, Clone)]
pub struct Arrival {
    /// Their address.
    pub email: EmailAddress,
    /// Their name there.
    pub name: Option<Name>,
    /// Their membership of the organisation, if there is one.
    pub membership: Option<Membership>,
    /// Their standing in it.
    pub standing: Standing,
    /// Their record, if there is one.
    pub customer: Option<Customer>,
}

/// The reason why somebody does not become a member.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeftOut {
    /// They are one already.
    Member,
    /// They are invited, and have yet to answer.
    Invited,
    /// They left: only an invitation brings them back.
    Leaver,
    /// It is an address of the desk itself, or of an administrator.
    Own,
    /// The organisation's policy does not let their domain in.
    Outside,
    /// Another spelling of the same mailbox is there.
    SameMailbox,
    /// No seat is free.
    NoSeat,
}

/// The result of taking people over: the outcome to commit, and everybody who is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// The outcome, empty when nobody is new.
    pub outcome: Outcome,
    /// The people who become members.
    pub members: Vec<EmailAddress>,
    /// The people who do not, with the reason.
    pub left_out: Vec<(EmailAddress, LeftOut)>,
}

/// Makes these people members of an organisation, active from now on. Of their activity nothing is
/// known, so its clock starts now. Nobody gets a mail, and the desk's writer is asked for nothing:
/// they are there already.
#[must_use]
pub fn import_people(
    mut org: Organization,
    desk: &Desk,
    arrivals: Vec<Arrival>,
    occasion: &Occasion,
) -> Imported {
    let mut imported = Imported {
        outcome: Outcome::default(),
        members: Vec::new(),
        left_out: Vec::new(),
    };
    let mut mailboxes = BTreeSet::new();
    for arrival in arrivals {
        let mailbox = Mailbox::of(&arrival.email, &org.policy.spelling);
        let known = left_out(&org, desk, &arrival);
        let same = !mailboxes.insert(mailbox);
        if let Some(why) = known.or(same.then_some(LeftOut::SameMailbox)) {
            imported.left_out.push((arrival.email, why));
            continue;
        }
        if !org.has_free_seat() {
            imported.left_out.push((arrival.email, LeftOut::NoSeat));
            continue;
        }
        org.take_seat();
        imported.members.push(arrival.email.clone());
        let outcome = begin(&org, desk, arrival, occasion);
        imported.outcome = imported.outcome.extend(outcome);
    }
    if !imported.members.is_empty() {
        imported.outcome = imported.outcome.change(Change::Organization(org));
    }
    imported
}

fn left_out(org: &Organization, desk: &Desk, arrival: &Arrival) -> Option<LeftOut> {
    match arrival.standing {
        Standing::Member | Standing::Lead => return Some(LeftOut::Member),
        Standing::Invited => return Some(LeftOut::Invited),
        Standing::Leaver => return Some(LeftOut::Leaver),
        Standing::Never => {}
    }
    // A question to an administrator, or an invitation whose time ran out, holds its place until the
    // sweep has come.
    let waits = arrival.membership.as_ref().map(|known| &known.state);
    if let Some(State::Proposed { .. } | State::Invited { .. }) = waits {
        return Some(LeftOut::Invited);
    }
    if desk.is_own(&arrival.email) {
        return Some(LeftOut::Own);
    }
    (!org.allows(&arrival.email)).then_some(LeftOut::Outside)
}

/// A membership that is active at once, and the record of the person if there is none.
fn begin(org: &Organization, desk: &Desk, arrival: Arrival, occasion: &Occasion) -> Outcome {
    let now = occasion.now;
    let name = called::personal(arrival.name, Some(desk), Some(&org.name));
    let mut membership = Membership::begin(Beginning {
        org: &org.id,
        email: &arrival.email,
        name: name.clone(),
        role: Role::Member,
        state: State::Active,
        by: occasion.proof.actor.clone(),
        access_until: None,
        known: arrival.membership,
        left: false,
        now,
    });
    membership.joined_at = Some(now);
    schedule(&mut membership, &org.policy, Some(now));
    let reason = "was a customer of the service desk already";
    let entry = about_member(&membership, Action::MemberJoined, reason, occasion);
    let customer = match arrival.customer {
        Some(_) => None,
        None => Some(Customer::new(arrival.email, name)),
    };
    Outcome::default()
        .note(entry)
        .change_all(customer.map(Change::Customer))
        .change(Change::Membership(membership))
}
