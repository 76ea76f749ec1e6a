//! Loading and deciding for each event of a history.

use domain::{
    Actor, Customer, Days, EmailAddress, Evidence, Membership, OrgId, Organization, Outcome, Proof,
    Role, Timestamp,
    customer::Suppression,
    decide::{
        AppointState, InviteState, OffboardState, Offboarding, Terms, accept, allow_exception,
        appoint_lead, cancel_leaving, decline, end_links, extend_access, invite, keep_access,
        keep_by_lead, lift_suppression, mail_works_again, mute, offboard, refuse_exception, resend,
        restore, set_exempt, set_role, suppress, unmute, unwatch, withdraw,
    },
    membership::OffboardReason,
    request::{Record, ViewerId},
};

use super::{
    about_requests::{raise, update},
    op::{Op, org_of, person, request_of},
    store::Tables,
};
use crate::world;

/// A decision that was made on what was loaded, before it is committed.
#[derive(Debug, Clone)]
pub struct Decided {
    pub outcome: Outcome,
    pub proof: Proof,
    /// The person whose activity the event is, and the one organisation if it does not count in
    /// all.
    pub activity: Option<(EmailAddress, Option<OrgId>)>,
    /// The number of deliveries whose news an outcome brings: its own and those that waited for it.
    pub deliveries: usize,
}

/// The records of one person in one organisation.
struct Of {
    org: Organization,
    membership: Option<Membership>,
    left: bool,
    customer: Option<Customer>,
}

fn of(tables: &Tables, org: u8, who: u8) -> Of {
    let (org, who) = (org_of(org), person(who));
    Of {
        org: tables.orgs[&org].clone(),
        left: tables.left.contains(&(org.clone(), who.clone())),
        membership: tables.memberships.get(&(org, who.clone())).cloned(),
        customer: tables.customers.get(&who).cloned(),
    }
}

/// Returns the number of open requests that somebody has raised, in one organisation or in all.
pub fn open_requests(tables: &Tables, who: &EmailAddress, org: Option<&OrgId>) -> u32 {
    let of_them = tables.requests.values().filter(|record| match record {
        Record::Known(request) => {
            request.reporter == *who
                && request.is_open()
                && org.is_none_or(|org| request.org.as_ref() == Some(org))
        }
        Record::Awaited(_) | Record::Alias(_) => false,
    });
    u32::try_from(of_them.count()).unwrap()
}

pub(super) fn by(actor: Actor, delivery: &str) -> Proof {
    Proof {
        actor,
        evidence: Evidence::Delivery {
            source: "forms".parse().unwrap(),
            id: delivery.parse().unwrap(),
        },
    }
}

pub(super) fn plain(outcome: Outcome, proof: Proof) -> Decided {
    Decided {
        outcome,
        proof,
        activity: None,
        deliveries: 1,
    }
}

/// Decides on an event with what the tables hold; `None` when the answer is a refusal, or nobody
/// is there to whom it could happen.
pub fn decide(op: &Op, tables: &Tables, delivery: &str, now: Timestamp) -> Option<Decided> {
    match op {
        Op::Invite { .. }
        | Op::Accept { .. }
        | Op::Decline { .. }
        | Op::Withdraw { .. }
        | Op::Resend { .. }
        | Op::Allow { .. }
        | Op::Refuse { .. }
        | Op::Appoint { .. } => invitation(op, tables, delivery, now),
        Op::Offboard { .. }
        | Op::CancelLeaving { .. }
        | Op::Restore { .. }
        | Op::KeepFromMail { .. }
        | Op::KeepByLead { .. }
        | Op::SetRole { .. }
        | Op::SetExempt { .. }
        | Op::ExtendAccess { .. } => roster(op, tables, delivery, now),
        Op::Create { .. } => raise(op, tables, delivery, now),
        Op::Comment { .. }
        | Op::Transition { .. }
        | Op::Close { .. }
        | Op::Share { .. }
        | Op::AskApproval { .. }
        | Op::Answer { .. } => update(op, tables, delivery, now),
        Op::Unwatch { .. }
        | Op::Mute { .. }
        | Op::Suppress { .. }
        | Op::Lift { .. }
        | Op::EndLinks { .. } => choice(op, tables, delivery, now),
    }
}

fn invitation(op: &Op, tables: &Tables, delivery: &str, now: Timestamp) -> Option<Decided> {
    let proof = by(Actor::Person(world::lena()), delivery);
    let outcome = match *op {
        Op::Invite {
            org,
            who,
            lead,
            days,
        } => {
            let Of {
                org,
                membership,
                left,
                ..
            } = of(tables, org, who);
            let desk = tables.desks.get(&org.desk).cloned();
            let terms = Terms {
                role: if lead { Role::Lead } else { Role::Member },
                name: None,
                access_until: days.map(|days| Days(days.into()).after(now)),
                note: None,
            };
            let state = InviteState {
                inviter: None,
                org,
                desk,
                membership,
                left,
            };
            invite(state, &person(who), &terms, &proof.at(now)).outcome
        }
        Op::Accept { org, who } => {
            let Of {
                org,
                membership,
                customer,
                ..
            } = of(tables, org, who);
            let outcome = accept(org, membership?, customer, &proof.at(now)).ok()?;
            return Some(Decided {
                activity: Some((person(who), None)),
                ..plain(outcome, proof)
            });
        }
        Op::Decline { org, who } => {
            let Of {
                org, membership, ..
            } = of(tables, org, who);
            decline(org, membership?, &proof.at(now)).ok()?
        }
        Op::Withdraw { org, who } => {
            let Of {
                org, membership, ..
            } = of(tables, org, who);
            withdraw(org, membership?, &proof.at(now)).ok()?
        }
        Op::Resend { org, who } => {
            let Of {
                org, membership, ..
            } = of(tables, org, who);
            resend(org, membership?, &proof.at(now)).ok()?
        }
        Op::Allow { org, who } => {
            let Of {
                org, membership, ..
            } = of(tables, org, who);
            allow_exception(org, membership?, &proof.at(now)).ok()?
        }
        Op::Refuse { org, who } => {
            let Of {
                org, membership, ..
            } = of(tables, org, who);
            refuse_exception(org, membership?, &proof.at(now)).ok()?
        }
        Op::Appoint { org, who } => {
            let Of {
                org,
                membership,
                left,
                customer,
            } = of(tables, org, who);
            let state = AppointState {
                org,
                membership,
                left,
                customer,
            };
            appoint_lead(state, &person(who), None, &proof.at(now)).ok()?
        }
        _ => unreachable!("no invitation"),
    };
    Some(plain(outcome, proof))
}

fn roster(op: &Op, tables: &Tables, delivery: &str, now: Timestamp) -> Option<Decided> {
    let proof = by(Actor::Person(world::lena()), delivery);
    let mut activity = None;
    let outcome = match *op {
        Op::Offboard { org, who, days, to } => {
            let Of {
                org, membership, ..
            } = of(tables, org, who);
            let asked = Offboarding {
                why: OffboardReason::Left,
                at: days.map(|days| Days(days.into()).after(now)),
                hand_over_to: to.map(person),
            };
            let key = |to| (org.id.clone(), person(to));
            let state = OffboardState {
                desk: tables.desks.get(&org.desk).cloned(),
                membership,
                successor: to.and_then(|to| tables.memberships.get(&key(to)).cloned()),
                open_requests: open_requests(tables, &person(who), Some(&org.id)),
                org,
            };
            offboard(state, &asked, &proof.at(now)).ok()?
        }
        Op::CancelLeaving { org, who } => {
            let Of {
                org, membership, ..
            } = of(tables, org, who);
            cancel_leaving(&org, membership?, &proof.at(now)).ok()?
        }
        Op::Restore { org, who } => {
            let Of {
                org, membership, ..
            } = of(tables, org, who);
            restore(org, membership?, &proof.at(now)).ok()?
        }
        Op::KeepFromMail { org, who } => {
            let Of {
                org,
                membership,
                customer,
                ..
            } = of(tables, org, who);
            activity = Some((person(who), None));
            keep_access(&org, membership?, customer, &proof.at(now)).ok()?
        }
        Op::KeepByLead { org, who } => {
            let Of {
                org, membership, ..
            } = of(tables, org, who);
            activity = Some((person(who), Some(org.id.clone())));
            keep_by_lead(&org, membership?, &proof.at(now)).ok()?
        }
        Op::SetRole { org, who, lead } => {
            let Of {
                org, membership, ..
            } = of(tables, org, who);
            let role = if lead { Role::Lead } else { Role::Member };
            set_role(org, membership?, role, &proof.at(now)).ok()?
        }
        Op::SetExempt { org, who, exempt } => {
            let Of { membership, .. } = of(tables, org, who);
            set_exempt(membership?, exempt, &proof.at(now)).ok()?
        }
        Op::ExtendAccess { org, who, days } => {
            let Of {
                org, membership, ..
            } = of(tables, org, who);
            let until = days.map(|days| Days(days.into()).after(now));
            extend_access(&org, membership?, until, &proof.at(now)).ok()?
        }
        _ => unreachable!("nothing of the roster"),
    };
    Some(Decided {
        activity,
        ..plain(outcome, proof)
    })
}

fn choice(op: &Op, tables: &Tables, delivery: &str, now: Timestamp) -> Option<Decided> {
    let customer = |who| tables.customers.get(&person(who)).cloned();
    let proof = Proof {
        actor: Actor::MailFeedback,
        ..by(Actor::MailFeedback, delivery)
    };
    let outcome = match *op {
        Op::Unwatch { request, who } => {
            let key = (request_of(request), ViewerId::Person(person(who)));
            unwatch(tables.viewers.get(&key).cloned()?, &proof.at(now))
        }
        Op::Mute { who, on } => {
            let customer = customer(who)?;
            if on {
                mute(customer, &proof.at(now))
            } else {
                unmute(customer, &proof.at(now))
            }
        }
        Op::Suppress { who, why } => {
            let orgs: Vec<_> = tables
                .memberships
                .values()
                .filter(|m| m.email == person(who) && m.holds_seat())
                .map(|m| tables.orgs[&m.org].clone())
                .collect();
            let why = match why {
                0 => Suppression::Complaint,
                1 => Suppression::Listed,
                _ => Suppression::Bounce,
            };
            suppress(customer(who)?, orgs, why, &proof.at(now))
        }
        Op::Lift { who, by_lead: true } => mail_works_again(customer(who)?, &proof.at(now)).ok()?,
        Op::Lift {
            who,
            by_lead: false,
        } => lift_suppression(customer(who)?, "said so", &proof.at(now)),
        Op::EndLinks { who } => end_links(customer(who)?, &proof.at(now)),
        _ => unreachable!("no choice about mail or links"),
    };
    Some(plain(outcome, proof))
}
