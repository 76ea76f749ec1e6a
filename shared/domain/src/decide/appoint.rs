//! Naming a lead from outside: how an organisation gets its first one.

use super::{
    due::schedule,
    entry::about_member,
    roster::{console_link, set_role},
};
use crate::{
    Action, Change, Code, Customer, EmailAddress, Membership, Occasion, Organization, Outcome,
    Refusal, Role,
    membership::{Beginning, State},
    text::Name,
};

/// The state that naming a lead is decided on.
#[derive(Debug, Clone)]
pub struct AppointState {
    /// The organisation.
    pub org: Organization,
    /// The person's membership, if there is one.
    pub membership: Option<Membership>,
    /// `true` if a trace says that they left, though nothing else is kept.
    pub left: bool,
    /// The person, if known.
    pub customer: Option<Customer>,
}

/// Makes somebody a lead without an invitation, because those who run the desk say so. They get
/// the link to their console. Naming a lead who is one changes nothing.
///
/// # Errors
/// A refusal when every seat is taken, or when the person's own answer or a lead's decision stands
/// in the way: an invitation that is open, an off-boarding.
pub fn appoint_lead(
    state: AppointState,
    email: &EmailAddress,
    name: Option<&Name>,
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    let now = occasion.now;
    let AppointState {
        org,
        membership,
        left,
        customer,
    } = state;
    let beginning = |known| Beginning {
        org: &org.id,
        email,
        name: name.cloned(),
        role: Role::Lead,
        state: State::Active,
        by: occasion.proof.actor.clone(),
        access_until: None,
        known,
        left,
        now,
    };
    match membership {
        Some(member) if member.is_active_lead(now) => Ok(Outcome::default()),
        None => begin(&org, beginning(None), customer.as_ref(), occasion),
        Some(known) => match known.state {
            State::Active | State::Warned { .. } => set_role(org, known, Role::Lead, occasion),
            State::Closed { .. } => {
                begin(&org, beginning(Some(known)), customer.as_ref(), occasion)
            }
            State::OffBoarded { .. } => Err(Refusal::new(
                Code::NotPossibleNow,
                "this person was off-boarded, and comes back by restoring or inviting them",
            )),
            State::Invited { .. } | State::Proposed { .. } => Err(Refusal::new(
                Code::NotPossibleNow,
                "this person's invitation is open: they answer it first",
            )),
        },
    }
}

fn begin(
    org: &Organization,
    beginning: Beginning<'_>,
    customer: Option<&Customer>,
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    if !org.has_free_seat() {
        return Err(Refusal::new(Code::SeatCapReached, "every seat is taken"));
    }
    let (mut org, now) = (org.clone(), beginning.now);
    let mut membership = Membership::begin(beginning);
    let (email, name) = (membership.email.clone(), membership.name.clone());
    membership.joined_at = Some(now);
    schedule(&mut membership, &org.policy, Some(now));
    org.take_seat();
    org.add_lead(&email, now);
    let reason = "those who run the desk named them";
    let entry = about_member(&membership, Action::LeadAppointed, reason, occasion);
    let outcome = Outcome::default()
        .note(entry)
        .tell(console_link(&org, &email))
        .look(&org, &email)
        .change(Change::Organization(org))
        .change(Change::Membership(membership));
    Ok(match customer {
        Some(_) => outcome,
        None => outcome.change(Change::Customer(Customer::new(email, name))),
    })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use jiff::Timestamp;

    use super::*;
    use crate::{
        Actor, Evidence, Policy, Proof, Version,
        membership::OffboardReason,
        organization::{InvitedToday, Review, day_of},
        text::Line,
    };

    fn now() -> Timestamp {
        "2026-11-22T09:30:00Z".parse().unwrap()
    }

    fn lena() -> EmailAddress {
        "lena@acme.example".parse().unwrap()
    }

    fn proof() -> Proof {
        Proof {
            actor: Actor::Operator,
            evidence: Evidence::WorldFile {
                sha256: Line::new(&"0".repeat(64)).unwrap(),
            },
        }
    }

    fn acme() -> Organization {
        Organization {
            id: "acme".parse().unwrap(),
            name: Name::new("Acme").unwrap(),
            desk: "support".parse().unwrap(),
            policy: Policy::default(),
            seats_used: 0,
            leads: [].into(),
            invited: InvitedToday {
                day: day_of(now()),
                count: 0,
            },
            review: Review::default(),
            vacancy: None,
            told_full: None,
            counterpart: None,
            due_at: None,
            version: Version(1),
        }
    }

    fn appoint(org: Organization, membership: Option<Membership>) -> Result<Outcome, Refusal> {
        let state = AppointState {
            org,
            membership,
            left: false,
            customer: None,
        };
        appoint_lead(state, &lena(), None, &proof().at(now()))
    }

    fn written(outcome: &Outcome) -> (Option<&Organization>, Option<&Membership>) {
        let org = outcome.changes.iter().find_map(|change| match change {
            Change::Organization(org) => Some(org),
            _ => None,
        });
        let membership = outcome.changes.iter().find_map(|change| match change {
            Change::Membership(membership) => Some(membership),
            _ => None,
        });
        (org, membership)
    }

    #[test]
    fn the_first_lead_takes_a_seat_and_gets_the_link_to_the_console() {
        let outcome = appoint(acme(), None).unwrap();
        let (org, membership) = written(&outcome);
        assert_eq!(org.unwrap().seats_used, 1);
        assert!(org.unwrap().leads.contains(&lena()));
        assert_eq!(membership.unwrap().role, Role::Lead);
        assert!(membership.unwrap().due_at.is_some());
        assert_eq!(outcome.messages[0].to, [lena()]);
        assert_eq!(outcome.audit.len(), 1);
    }

    #[test]
    fn a_lead_named_again_changes_nothing_and_a_member_becomes_one() {
        let first = appoint(acme(), None).unwrap();
        let (org, lead) = written(&first);
        let again = appoint(org.unwrap().clone(), lead.cloned()).unwrap();
        assert!(again.is_empty());
        let mut member = lead.unwrap().clone();
        member.role = Role::Member;
        let promoted = appoint(acme(), Some(member)).unwrap();
        assert_eq!(written(&promoted).1.unwrap().role, Role::Lead);
        assert_eq!(promoted.messages.len(), 1);
    }

    #[test]
    fn neither_the_seat_cap_nor_an_off_boarding_is_passed_over() {
        let mut full = acme();
        full.policy.seat_cap = 0;
        assert_eq!(appoint(full, None).unwrap_err().code, Code::SeatCapReached);
        let first = appoint(acme(), None).unwrap();
        let mut left = written(&first).1.unwrap().clone();
        left.state = State::OffBoarded {
            why: OffboardReason::Left,
            undo_until: now(),
            hand_over_to: None,
        };
        assert_eq!(
            appoint(acme(), Some(left)).unwrap_err().code,
            Code::NotPossibleNow
        );
    }
}
