//! For every purpose of a link, whatever can end it: a table that a new purpose has to be written into
//! before this compiles. That its time ends any link is
//! tested with the links themselves (`shared/links/tests/tokens.rs`).

use domain::{
    Affiliation, Change, Customer, Epoch, Membership, Role, Timestamp,
    decide::{
        Due, InviteState, OffboardState, Offboarding, Terms, Transition, accept, carry_out,
        end_links, invite, offboard, set_role, withdraw,
    },
    link::{Holder, Purpose, Scope},
    membership::{OffboardReason, State},
    policy::OutsideDomain,
};

use crate::world::{
    acme, ann, customer, day, delivery, invited, lena, member, org_id, request_ref, start, support,
    time, zoe,
};

/// The events after the link was mailed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum After {
    /// Its holder ended all their links.
    EndedByPerson,
    /// They do not lead the organisation, or administer the desk, any more.
    RoleLost,
    /// They were off-boarded.
    Left,
    /// And their record was reduced.
    Reduced,
    /// Its reason has begun anew: an invitation, an appointment, or else their access after they
    /// had left and were forgotten.
    Replaced,
    /// Their record was merged with another. There is no merge yet, and this is what the rule asks of
    /// one: the address keeps a record, and its epoch is beyond the sum of everything that went in.
    /// Were the record deleted, a link signed at zero would live again.
    Merged,
}

const SITUATIONS: [After; 6] = [
    After::EndedByPerson,
    After::RoleLost,
    After::Left,
    After::Reduced,
    After::Replaced,
    After::Merged,
];

/// Tells whether the link lives in each of the situations.
fn lives(purpose: Purpose) -> [bool; 6] {
    match purpose {
        Purpose::AcceptInvitation
        | Purpose::Requester
        | Purpose::Approve
        | Purpose::KeepAccess
        | Purpose::NewRequest => [false, true, false, false, false, false],
        Purpose::LeadConsole | Purpose::Review | Purpose::DecideInvitation => [false; 6],
        // Whoever administers the desk does so as long as the desk names them, member or not; and a
        // confirmation shows nothing but whose the address is. Both end with the record, to be safe.
        Purpose::ReleaseSweep => [false, false, true, false, false, false],
        Purpose::ConfirmRequest => [false, true, true, false, false, false],
        // Whoever may open nothing any more may still say that they want no mail.
        Purpose::Unsubscribe => [true; 6],
    }
}

/// Every purpose, and a place for each, so that none is forgotten.
const PURPOSES: [Purpose; 11] = [
    Purpose::AcceptInvitation,
    Purpose::LeadConsole,
    Purpose::Requester,
    Purpose::Approve,
    Purpose::KeepAccess,
    Purpose::Review,
    Purpose::Unsubscribe,
    Purpose::DecideInvitation,
    Purpose::ReleaseSweep,
    Purpose::ConfirmRequest,
    Purpose::NewRequest,
];

fn place(purpose: Purpose) -> usize {
    match purpose {
        Purpose::AcceptInvitation => 0,
        Purpose::LeadConsole => 1,
        Purpose::Requester => 2,
        Purpose::Approve => 3,
        Purpose::KeepAccess => 4,
        Purpose::Review => 5,
        Purpose::Unsubscribe => 6,
        Purpose::DecideInvitation => 7,
        Purpose::ReleaseSweep => 8,
        Purpose::ConfirmRequest => 9,
        Purpose::NewRequest => 10,
    }
}

/// Everything that is stored of Ann, and of whom she is asked about.
#[derive(Debug, Clone)]
struct Stored {
    membership: Option<Membership>,
    left: bool,
    customer: Option<Customer>,
    asked: Option<Membership>,
    administers: bool,
}

impl Stored {
    fn take(&mut self, changes: Vec<Change>) {
        for change in changes {
            match change {
                Change::Membership(membership) => self.membership = Some(membership),
                Change::Forget { left, .. } => {
                    self.membership = None;
                    self.left |= left;
                }
                Change::Customer(customer) => self.customer = Some(customer),
                _ => {}
            }
        }
    }

    fn ask<T>(&self, now: Timestamp, ask: impl FnOnce(&Holder<'_>) -> T) -> T {
        let org = org_id("acme");
        let own = Affiliation::new(&org, self.membership.as_ref(), self.left);
        ask(&Holder {
            customer: self.customer.as_ref(),
            affiliations: vec![own],
            asked: self.asked.as_ref(),
            administers: self.administers,
            now,
        })
    }
}

/// Ann as whoever such a link is for.
fn begin(purpose: Purpose, record: bool) -> Stored {
    let asks = purpose == Purpose::DecideInvitation;
    let membership = if purpose == Purpose::AcceptInvitation {
        invited(&ann())
    } else {
        Membership {
            role: Role::Lead,
            ..member(&ann())
        }
    };
    Stored {
        membership: Some(membership),
        left: false,
        customer: record.then(|| customer(&ann())),
        asked: asks.then(proposed),
        administers: true,
    }
}

fn proposed() -> Membership {
    Membership {
        state: State::Proposed {
            note: None,
            expires_at: day(14),
        },
        ..invited(&zoe())
    }
}

fn off_board(stored: &mut Stored) {
    let state = OffboardState {
        org: acme(),
        desk: Some(support()),
        membership: stored.membership.clone(),
        successor: None,
        open_requests: 0,
    };
    let asked = Offboarding {
        why: OffboardReason::Left,
        at: None,
        hand_over_to: None,
    };
    let outcome = offboard(state, &asked, &delivery().at(day(1))).unwrap();
    stored.take(outcome.changes);
}

fn reduce(stored: &mut Stored) {
    let due = Due {
        org: acme(),
        desk: None,
        membership: stored.membership.clone().unwrap(),
        customer: stored.customer.clone(),
        successor: None,
        open_requests: 0,
    };
    let outcome = carry_out(&Transition::Reduce, due, &time(day(31)).at(day(31)));
    stored.take(outcome.changes);
}

fn invited_anew(known: Option<Membership>, left: bool, whom: &domain::EmailAddress) -> Membership {
    let mut org = acme();
    org.policy.outside_domain = OutsideDomain::Ask;
    let state = InviteState {
        org,
        desk: Some(support()),
        membership: known,
        left,
        inviter: None,
    };
    let terms = Terms {
        role: Role::Lead,
        name: None,
        access_until: None,
        note: None,
    };
    let changes = invite(state, whom, &terms, &delivery().at(day(32)))
        .outcome
        .changes;
    let found = changes.into_iter().find_map(|change| match change {
        Change::Membership(membership) => Some(membership),
        _ => None,
    });
    found.unwrap()
}

fn replace(purpose: Purpose, stored: &mut Stored) {
    match purpose {
        Purpose::AcceptInvitation => {
            let taken_back = stored.membership.clone().unwrap();
            let outcome = withdraw(acme(), taken_back, &delivery().at(day(1))).unwrap();
            stored.take(outcome.changes);
            let anew = invited_anew(stored.membership.clone(), false, &ann());
            stored.membership = Some(anew);
        }
        Purpose::DecideInvitation => {
            stored.asked = Some(invited_anew(None, false, &zoe()));
        }
        Purpose::LeadConsole | Purpose::Review => {
            for role in [Role::Member, Role::Lead] {
                let mut org = acme();
                org.leads = [lena(), ann()].into();
                let was = stored.membership.clone().unwrap();
                let outcome = set_role(org, was, role, &delivery().at(day(1))).unwrap();
                stored.take(outcome.changes);
            }
        }
        Purpose::Requester
        | Purpose::Approve
        | Purpose::KeepAccess
        | Purpose::Unsubscribe
        | Purpose::ReleaseSweep
        | Purpose::ConfirmRequest
        | Purpose::NewRequest => {
            off_board(stored);
            reduce(stored);
            let anew = invited_anew(None, stored.left, &ann());
            let customer = stored.customer.clone();
            let outcome = accept(acme(), anew, customer, &delivery().at(day(33))).unwrap();
            stored.take(outcome.changes);
        }
    }
}

fn happens(after: After, purpose: Purpose, stored: &mut Stored) {
    match after {
        After::EndedByPerson => {
            let known = stored.customer.clone();
            let known = known.unwrap_or_else(|| Customer::new(ann(), None));
            stored.take(end_links(known, &delivery().at(day(1))).changes);
        }
        After::RoleLost => {
            stored.administers = false;
            if let Some(membership) = &mut stored.membership {
                membership.role = Role::Member;
            }
        }
        After::Left => off_board(stored),
        After::Reduced => {
            off_board(stored);
            reduce(stored);
        }
        After::Replaced => replace(purpose, stored),
        After::Merged => {
            let sum = stored.customer.as_ref().map_or(0, |c| c.epoch);
            stored.membership = None;
            stored.customer = Some(Customer {
                epoch: sum + 1,
                ..customer(&ann())
            });
        }
    }
}

/// The scopes with which a purpose is signed.
fn scopes(purpose: Purpose) -> Vec<Scope> {
    let org = || org_id("acme");
    let request = || request_ref("SUP-1");
    match purpose {
        Purpose::AcceptInvitation
        | Purpose::LeadConsole
        | Purpose::KeepAccess
        | Purpose::Review => vec![Scope::Organization { org: org() }],
        Purpose::Requester | Purpose::Unsubscribe => {
            vec![Scope::Own, Scope::Request { request: request() }]
        }
        Purpose::Approve => vec![Scope::Approval {
            request: request(),
            approval: "a-1".parse().unwrap(),
        }],
        Purpose::DecideInvitation => vec![Scope::Invitee {
            org: org(),
            email: zoe(),
        }],
        Purpose::ReleaseSweep => vec![Scope::Run {
            run: domain::RunId(start()),
        }],
        Purpose::ConfirmRequest => vec![Scope::Own],
        Purpose::NewRequest => vec![Scope::Form {
            desk: "support".parse().unwrap(),
            request_type: "question".parse().unwrap(),
            once: false,
        }],
    }
}

#[test]
fn each_link_is_ended_by_what_ends_it_and_by_nothing_else() {
    for (index, purpose) in PURPOSES.into_iter().enumerate() {
        assert_eq!(place(purpose), index);
        for scope in scopes(purpose) {
            for (after, expected) in SITUATIONS.into_iter().zip(lives(purpose)) {
                // With and without a record of the person: what is forgotten has to be kept somewhere.
                for record in [true, false] {
                    let mut stored = begin(purpose, record);
                    let signed: Epoch = stored.ask(start(), |holder| holder.epoch(purpose, &scope));
                    let honours = |stored: &Stored, now| {
                        stored.ask(now, |holder| holder.honours(purpose, &scope, signed))
                    };
                    assert!(
                        honours(&stored, start()),
                        "{purpose:?} is good when it is mailed"
                    );
                    happens(after, purpose, &mut stored);
                    let now = honours(&stored, day(13));
                    assert_eq!(now, expected, "{purpose:?} {scope:?} {after:?} {record}");
                }
            }
        }
    }
}
