//! The events of random histories, and what is loaded and decided for each.

use domain::{
    Actor, Customer, Days, EmailAddress, Event, Evidence, Membership, OrgId, Organization, Outcome,
    Proof, RequestRef, Role, Timestamp,
    customer::Suppression,
    decide::{
        AppointState, InviteState, OffboardState, Offboarding, ReportedState, Terms, UpdateState,
        accept, allow_exception, appoint_lead, cancel_leaving, decline, end_links, extend_access,
        invite, keep_access, keep_by_lead, mute, offboard, refuse_exception, request_created,
        request_updated, resend, restore, set_exempt, set_role, suppress, unmute, unwatch, watch,
        withdraw,
    },
    event::{ApprovalAnswered, ApprovalRequested, RequestClosed, RequestShared, What},
    membership::OffboardReason,
    request::{AuthorRole, Category, Decision, Record, Who},
};

use super::store::Tables;
use crate::world;

/// Who and what an event is about, as small numbers that shrink well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    Invite {
        org: u8,
        who: u8,
        lead: bool,
        days: Option<u8>,
    },
    Accept {
        org: u8,
        who: u8,
    },
    Decline {
        org: u8,
        who: u8,
    },
    Withdraw {
        org: u8,
        who: u8,
    },
    Resend {
        org: u8,
        who: u8,
    },
    Allow {
        org: u8,
        who: u8,
    },
    Refuse {
        org: u8,
        who: u8,
    },
    Appoint {
        org: u8,
        who: u8,
    },
    Offboard {
        org: u8,
        who: u8,
        days: Option<u8>,
        to: Option<u8>,
    },
    CancelLeaving {
        org: u8,
        who: u8,
    },
    Restore {
        org: u8,
        who: u8,
    },
    KeepFromMail {
        org: u8,
        who: u8,
    },
    KeepByLead {
        org: u8,
        who: u8,
    },
    SetRole {
        org: u8,
        who: u8,
        lead: bool,
    },
    SetExempt {
        org: u8,
        who: u8,
        exempt: bool,
    },
    ExtendAccess {
        org: u8,
        who: u8,
        days: Option<u8>,
    },
    Create {
        request: u8,
        who: u8,
        org: Option<u8>,
        with: Option<u8>,
        trusted: bool,
    },
    Comment {
        request: u8,
        who: u8,
        id: u8,
    },
    Transition {
        request: u8,
        to: u8,
        late_minutes: u16,
    },
    Close {
        request: u8,
        resolved: bool,
    },
    Share {
        request: u8,
        with: u8,
        org: Option<u8>,
    },
    AskApproval {
        request: u8,
        who: u8,
    },
    Answer {
        request: u8,
        who: u8,
        yes: bool,
    },
    Watch {
        request: u8,
        who: u8,
        on: bool,
    },
    Mute {
        who: u8,
        on: bool,
    },
    Bounce {
        who: u8,
    },
    EndLinks {
        who: u8,
    },
}

impl Op {
    /// The same, done by or to this person of this organisation, where that makes a difference.
    pub fn aimed(&self, at: &(OrgId, EmailAddress)) -> Self {
        let number = |below: u8, fits: &dyn Fn(u8) -> bool| (0..below).find(|n| fits(*n));
        let mut op = self.clone();
        let (to_org, to_who) = (
            number(ORGS, &|n| org_of(n) == at.0),
            number(PEOPLE, &|n| person(n) == at.1),
        );
        match &mut op {
            Op::Invite { org, who, .. }
            | Op::Accept { org, who }
            | Op::Decline { org, who }
            | Op::Withdraw { org, who }
            | Op::Resend { org, who }
            | Op::Allow { org, who }
            | Op::Refuse { org, who }
            | Op::Appoint { org, who }
            | Op::Offboard { org, who, .. }
            | Op::CancelLeaving { org, who }
            | Op::Restore { org, who }
            | Op::KeepFromMail { org, who }
            | Op::KeepByLead { org, who }
            | Op::SetRole { org, who, .. }
            | Op::SetExempt { org, who, .. }
            | Op::ExtendAccess { org, who, .. } => {
                *org = to_org.unwrap_or(*org);
                *who = to_who.unwrap_or(*who);
            }
            Op::Create { who, .. }
            | Op::Comment { who, .. }
            | Op::AskApproval { who, .. }
            | Op::Answer { who, .. }
            | Op::Watch { who, .. }
            | Op::Mute { who, .. }
            | Op::Bounce { who }
            | Op::EndLinks { who } => *who = to_who.unwrap_or(*who),
            Op::Transition { .. } | Op::Close { .. } | Op::Share { .. } => {}
        }
        op
    }
}

/// A decision that was made on what was loaded, before it is committed.
#[derive(Debug, Clone)]
pub struct Decided {
    pub outcome: Outcome,
    pub proof: Proof,
    /// Whose activity the event is, in which single organisation if not in all.
    pub activity: Option<(EmailAddress, Option<OrgId>)>,
    /// How many deliveries' news an outcome brings: its own and those that waited for it.
    pub deliveries: usize,
}

pub const ORGS: u8 = 3;
pub const PEOPLE: u8 = 7;
pub const REQUESTS: u8 = 4;

pub fn org_of(n: u8) -> OrgId {
    world::org_id(["acme", "globex", "initech"][usize::from(n % ORGS)])
}

/// The first five are of the domain that some organisations allow.
pub fn person(n: u8) -> EmailAddress {
    world::email(
        [
            "ann@acme.example",
            "bob@acme.example",
            "cas@acme.example",
            "dee@acme.example",
            "eve@acme.example",
            "fay@elsewhere.test",
            "gus@elsewhere.test",
        ][usize::from(n % PEOPLE)],
    )
}

pub fn request_of(n: u8) -> RequestRef {
    world::request_ref(["SUP-1", "SUP-2", "SUP-3", "SUP-4"][usize::from(n % REQUESTS)])
}

/// What was loaded about one person in one organisation.
struct Of {
    org: Organization,
    membership: Option<Membership>,
    customer: Option<Customer>,
}

fn of(tables: &Tables, org: u8, who: u8) -> Of {
    let (org, who) = (org_of(org), person(who));
    Of {
        org: tables.orgs[&org].clone(),
        membership: tables.memberships.get(&(org, who.clone())).cloned(),
        customer: tables.customers.get(&who).cloned(),
    }
}

/// How many open requests somebody has raised, in one organisation or in all.
pub fn open_requests(tables: &Tables, who: &EmailAddress, org: Option<&OrgId>) -> u32 {
    let of_them = tables.requests.values().filter(|record| match record {
        Record::Known(request) => {
            request.reporter == *who
                && request.is_open()
                && org.is_none_or(|org| request.org.as_ref() == Some(org))
        }
        Record::Awaited(_) => false,
    });
    u32::try_from(of_them.count()).unwrap()
}

fn by(actor: Actor, delivery: &str) -> Proof {
    Proof {
        actor,
        evidence: Evidence::Delivery {
            source: "forms".parse().unwrap(),
            id: delivery.parse().unwrap(),
        },
    }
}

fn plain(outcome: Outcome, proof: Proof) -> Decided {
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
        Op::Watch { .. } | Op::Mute { .. } | Op::Bounce { .. } | Op::EndLinks { .. } => {
            choice(op, tables, delivery, now)
        }
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
                org, membership, ..
            } = of(tables, org, who);
            let desk = tables.desks.get(&org.desk).cloned();
            let terms = Terms {
                role: if lead { Role::Lead } else { Role::Member },
                name: None,
                access_until: days.map(|days| Days(days.into()).after(now)),
                note: None,
            };
            let state = InviteState {
                org,
                desk,
                membership,
            };
            invite(state, &person(who), &terms, &proof, now).outcome
        }
        Op::Accept { org, who } => {
            let Of {
                org,
                membership,
                customer,
            } = of(tables, org, who);
            let outcome = accept(org, membership?, customer, &proof, now).ok()?;
            return Some(Decided {
                activity: Some((person(who), None)),
                ..plain(outcome, proof)
            });
        }
        Op::Decline { org, who } => {
            let Of {
                org, membership, ..
            } = of(tables, org, who);
            decline(org, membership?, &proof, now).ok()?
        }
        Op::Withdraw { org, who } => {
            let Of {
                org, membership, ..
            } = of(tables, org, who);
            withdraw(org, membership?, &proof, now).ok()?
        }
        Op::Resend { org, who } => {
            let Of {
                org, membership, ..
            } = of(tables, org, who);
            resend(org, membership?, &proof, now).ok()?
        }
        Op::Allow { org, who } => {
            let Of {
                org, membership, ..
            } = of(tables, org, who);
            allow_exception(org, membership?, &proof, now).ok()?
        }
        Op::Refuse { org, who } => {
            let Of {
                org, membership, ..
            } = of(tables, org, who);
            refuse_exception(org, membership?, &proof, now).ok()?
        }
        Op::Appoint { org, who } => {
            let Of {
                org,
                membership,
                customer,
            } = of(tables, org, who);
            let state = AppointState {
                org,
                membership,
                customer,
            };
            appoint_lead(state, &person(who), None, &proof, now).ok()?
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
            offboard(state, &asked, &proof, now).ok()?
        }
        Op::CancelLeaving { org, who } => {
            let Of {
                org, membership, ..
            } = of(tables, org, who);
            cancel_leaving(&org, membership?, &proof, now).ok()?
        }
        Op::Restore { org, who } => {
            let Of {
                org, membership, ..
            } = of(tables, org, who);
            restore(org, membership?, &proof, now).ok()?
        }
        Op::KeepFromMail { org, who } => {
            let Of {
                org,
                membership,
                customer,
            } = of(tables, org, who);
            activity = Some((person(who), None));
            keep_access(&org, membership?, customer, &proof, now).ok()?
        }
        Op::KeepByLead { org, who } => {
            let Of {
                org, membership, ..
            } = of(tables, org, who);
            activity = Some((person(who), Some(org.id.clone())));
            keep_by_lead(&org, membership?, &proof, now).ok()?
        }
        Op::SetRole { org, who, lead } => {
            let Of {
                org, membership, ..
            } = of(tables, org, who);
            let role = if lead { Role::Lead } else { Role::Member };
            set_role(org, membership?, role, &proof, now).ok()?
        }
        Op::SetExempt { org, who, exempt } => {
            let Of { membership, .. } = of(tables, org, who);
            set_exempt(membership?, exempt, &proof, now).ok()?
        }
        Op::ExtendAccess { org, who, days } => {
            let Of {
                org, membership, ..
            } = of(tables, org, who);
            let until = days.map(|days| Days(days.into()).after(now));
            extend_access(&org, membership?, until, &proof, now).ok()?
        }
        _ => unreachable!("nothing of the roster"),
    };
    Some(Decided {
        activity,
        ..plain(outcome, proof)
    })
}

/// Where somebody belongs when an event does not say: where they have access, else where they
/// were, else where their domain is.
fn home_of(tables: &Tables, who: &EmailAddress) -> Option<OrgId> {
    let theirs = || tables.memberships.values().filter(|m| m.email == *who);
    let found = theirs()
        .find(|m| m.has_access())
        .or_else(|| theirs().find(|m| m.has_left()))
        .map(|m| m.org.clone());
    found.or_else(|| {
        let domain = who.domain();
        let mut orgs = tables.orgs.values();
        orgs.find(|org| org.policy.allowed_domains.contains(&domain))
            .map(|org| org.id.clone())
    })
}

fn raise(op: &Op, tables: &Tables, delivery: &str, now: Timestamp) -> Option<Decided> {
    let &Op::Create {
        request,
        who,
        org: named,
        with,
        trusted,
    } = op
    else {
        unreachable!("no request is raised")
    };
    let reporter = person(who);
    let mut event = world::created("SUP-1", &reporter);
    event.request = request_of(request);
    event.org = named.map(org_of);
    event.participants = with.map(person).into_iter().collect();
    let org = event.org.clone().or_else(|| home_of(tables, &reporter));
    let key = org.clone().map(|org| (org, reporter.clone()));
    let record = tables.requests.get(&event.request).cloned();
    let waiting = match &record {
        Some(Record::Awaited(awaited)) => awaited.updates.len(),
        Some(Record::Known(_)) | None => 0,
    };
    let state = ReportedState {
        desk: tables.desks.get(&event.request.desk).cloned(),
        org: org.and_then(|org| tables.orgs.get(&org).cloned()),
        membership: key
            .as_ref()
            .and_then(|key| tables.memberships.get(key).cloned()),
        left: key.as_ref().is_some_and(|key| tables.left.contains(key)),
        customers: tables.customers.values().cloned().collect(),
        orgs: tables.orgs.keys().cloned().collect(),
        trusted,
        record,
    };
    let proof = by(Actor::Person(reporter.clone()), delivery);
    let outcome = request_created(state, &event, now, &proof, now).ok()?;
    Some(Decided {
        outcome,
        proof,
        activity: Some((reporter, None)),
        deliveries: 1 + waiting,
    })
}

fn update(op: &Op, tables: &Tables, delivery: &str, now: Timestamp) -> Option<Decided> {
    let (id, event) = news(op, now);
    let actor = event.what.active_person().cloned();
    let mut activity = actor.clone().map(|who| (who, None));
    let proof = by(
        actor
            .clone()
            .map_or_else(|| Actor::Source("forms".parse().unwrap()), Actor::Person),
        delivery,
    );
    let state = match tables.requests.get(&id) {
        Some(Record::Known(request)) => UpdateState::Known {
            request: request.clone(),
            viewers: tables
                .viewers
                .values()
                .filter(|viewer| viewer.request == id)
                .cloned()
                .collect(),
            actor: actor.and_then(|who| tables.customers.get(&who).cloned()),
            orgs: tables.orgs.keys().cloned().collect(),
        },
        Some(Record::Awaited(awaited)) => {
            activity = None;
            UpdateState::Unknown(Some(awaited.clone()))
        }
        None => {
            activity = None;
            UpdateState::Unknown(None)
        }
    };
    let from = ("forms".parse().unwrap(), delivery.parse().unwrap());
    let outcome = request_updated(state, &event, (&from.0, &from.1), &proof, now).ok()?;
    Some(Decided {
        activity: activity.filter(|_| !outcome.is_empty()),
        ..plain(outcome, proof)
    })
}

/// The event of an update.
fn news(op: &Op, now: Timestamp) -> (RequestRef, Event) {
    let (id, what) = match *op {
        Op::Comment { request, who, id } => {
            let text = format!("c{id}");
            let role = if id % 3 == 0 {
                AuthorRole::Agent
            } else {
                AuthorRole::Customer
            };
            let mut event = world::comment("SUP-1", &text, Some(&person(who)), role, now);
            if let What::RequestCommented(comment) = &mut event.what {
                comment.request = request_of(request);
            }
            (request_of(request), event.what)
        }
        Op::Transition {
            request,
            to,
            late_minutes,
        } => {
            let to = match to % 4 {
                0 => world::status("New", Category::New),
                1 => world::status("Working", Category::InProgress),
                2 => world::status("Your turn", Category::WaitingForCustomer),
                _ => world::status("Done", Category::Done),
            };
            let at = world::minutes(now, -i64::from(late_minutes));
            let mut event = world::transition("SUP-1", to, at);
            if let What::RequestTransitioned(change) = &mut event.what {
                change.request = request_of(request);
            }
            return (request_of(request), event);
        }
        Op::Close { request, resolved } => {
            let request = request_of(request);
            let resolution = resolved.then(|| "Fixed".parse().unwrap());
            (
                request.clone(),
                What::RequestClosed(RequestClosed {
                    request,
                    resolution,
                }),
            )
        }
        Op::Share { request, with, org } => {
            let request = request_of(request);
            let event = RequestShared {
                request: request.clone(),
                participants: vec![person(with)],
                org: org.map(org_of),
            };
            (request, What::RequestShared(event))
        }
        Op::AskApproval { request, who } => {
            let request = request_of(request);
            let event = ApprovalRequested {
                request: request.clone(),
                approval: "a1".parse().unwrap(),
                approvers: vec![person(who)],
                due: None,
            };
            (request, What::ApprovalRequested(event))
        }
        Op::Answer { request, who, yes } => {
            let request = request_of(request);
            let event = ApprovalAnswered {
                request: request.clone(),
                approval: "a1".parse().unwrap(),
                by: person(who),
                decision: if yes {
                    Decision::Approved
                } else {
                    Decision::Declined
                },
                reason: None,
            };
            (request, What::ApprovalAnswered(event))
        }
        _ => unreachable!("no update of a request"),
    };
    (id, Event { at: now, what })
}

fn choice(op: &Op, tables: &Tables, delivery: &str, now: Timestamp) -> Option<Decided> {
    let customer = |who| tables.customers.get(&person(who)).cloned();
    let proof = Proof {
        actor: Actor::MailFeedback,
        ..by(Actor::MailFeedback, delivery)
    };
    let outcome = match *op {
        Op::Watch { request, who, on } => {
            let key = (request_of(request), Who::Person(person(who)));
            let viewer = tables.viewers.get(&key).cloned()?;
            if on {
                watch(viewer, &proof, now)
            } else {
                unwatch(viewer, &proof, now)
            }
        }
        Op::Mute { who, on } => {
            let customer = customer(who)?;
            if on {
                mute(customer, &proof, now)
            } else {
                unmute(customer, &proof, now)
            }
        }
        Op::Bounce { who } => {
            let orgs: Vec<_> = tables
                .memberships
                .values()
                .filter(|m| m.email == person(who) && m.has_access())
                .map(|m| tables.orgs[&m.org].clone())
                .collect();
            suppress(customer(who)?, &orgs, Suppression::Bounce, &proof, now)
        }
        Op::EndLinks { who } => end_links(customer(who)?, &proof, now),
        _ => unreachable!("no choice about mail or links"),
    };
    Some(plain(outcome, proof))
}
