//! Somebody raised a request: with an account or without one, as a member, a guest, or as somebody
//! who should have left.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    draft::Draft,
    due::schedule,
    request_updated::{apply, let_people_in, unknown_organization},
};
use crate::{
    Action, AuditEntry, Change, Code, Customer, Mail, Membership, Message, OrgId, Organization,
    Outcome, Proof, Refusal, Request, Role, Subject, Version,
    desk::{Access, Desk},
    event::RequestCreated,
    membership::State,
    policy::DomainJoin,
    request::{Awaited, Category, Part, Record, Status, StatusChange, Who},
    text::Title,
};

/// What is known when a request arrives.
#[derive(Debug, Clone, Default)]
pub struct ReportedState {
    /// The desk, if it exists.
    pub desk: Option<Desk>,
    /// What is stored under the request's key.
    pub record: Option<Record>,
    /// The organisation that the event names or, if it names none, the one to which the reporter
    /// belongs or whose domain their address is in.
    pub org: Option<Organization>,
    /// The reporter's membership there.
    pub membership: Option<Membership>,
    /// Whether a reduced record says that they left it.
    pub left: bool,
    /// The reporter and everybody whose early updates wait for the request, as far as known.
    pub customers: Vec<Customer>,
    /// Of the organisations with which early updates share the request, those that exist.
    pub orgs: BTreeSet<OrgId>,
    /// Whether the sender is the desk of record, whose requests are always recorded.
    pub trusted: bool,
}

/// How the reporter stands to the organisation.
enum Standing {
    Member,
    Guest,
    Leaver,
    /// In a domain whose people join by their first request.
    Joining,
}

/// Decides on a request that was raised.
///
/// # Errors
/// A refusal when the desk or the organisation is unknown, when the request exists already, or
/// when the desk does not take requests from this address.
pub fn request_created(
    state: ReportedState,
    event: &RequestCreated,
    at: Timestamp,
    proof: &Proof,
    now: Timestamp,
) -> Result<Outcome, Refusal> {
    let ReportedState {
        desk,
        record,
        org,
        membership,
        left,
        customers,
        orgs,
        trusted,
    } = state;
    let desk = desk.ok_or_else(|| {
        let id = &event.request.desk;
        Refusal::new(Code::UnknownDesk, format!("there is no desk «{id}»")).at("/data/request/desk")
    })?;
    if let (Some(named), None) = (&event.org, &org) {
        return Err(unknown_organization(named).at("/data/organization"));
    }
    let awaited = match record {
        Some(Record::Known(_)) => {
            return Err(Refusal::new(
                Code::RequestExists,
                "this request is recorded already, from another delivery",
            )
            .at("/data/request/key"));
        }
        Some(Record::Awaited(awaited)) => Some(awaited),
        None => None,
    };
    let standing = standing(event, org.as_ref(), membership.as_ref(), left);
    if !trusted {
        admit(&desk, event, &standing)?;
    }

    let mut outcome = Outcome::default();
    let belongs = match standing {
        Standing::Member | Standing::Leaver => true,
        Standing::Guest => event.org.is_some(),
        Standing::Joining => {
            let org = org.clone().expect("only an organisation can be joined");
            join(&mut outcome, org, membership, event, proof, now)
        }
    };
    let org_of_request = org.as_ref().filter(|_| belongs).map(|org| org.id.clone());
    let request = record_of(event, org_of_request, awaited.as_ref(), at, now);
    let mut draft = Draft::new(request, Vec::new(), customers);
    draft.touch();
    draft.audit.push(audit(&draft.request, proof, now));
    if matches!(standing, Standing::Leaver) {
        let org = org.as_ref().expect("a leaver left an organisation");
        report_leaver(&mut draft, org, &desk, event);
    } else {
        welcome_request(&mut draft, event, now)?;
    }
    let others: Vec<_> = event
        .participants
        .iter()
        .filter(|email| **email != event.reporter.email)
        .cloned()
        .collect();
    let new = let_people_in(&mut draft, &others, Part::Participant, now)?;
    let mail = Mail::RequestShared {
        request: draft.about(),
        reporter: draft.reporter(),
    };
    draft.tell(new, mail);
    apply_early(&mut draft, awaited, &orgs, now);
    outcome.extend(draft.finish());
    Ok(outcome)
}

fn standing(
    event: &RequestCreated,
    org: Option<&Organization>,
    membership: Option<&Membership>,
    left: bool,
) -> Standing {
    match membership.map(|m| &m.state) {
        Some(State::Active | State::Warned { .. }) => return Standing::Member,
        Some(State::OffBoarded { .. }) => return Standing::Leaver,
        // An open invitation is answered by its own link, not by a request.
        Some(State::Invited { .. } | State::Proposed { .. }) => return Standing::Guest,
        None if left => return Standing::Leaver,
        Some(State::Closed { .. }) | None => {}
    }
    let joins = org.is_some_and(|org| {
        org.policy.domain_join == DomainJoin::OnRequest
            && org
                .policy
                .allowed_domains
                .contains(&event.reporter.email.domain())
    });
    if joins {
        Standing::Joining
    } else {
        Standing::Guest
    }
}

/// Whether the desk takes a request that no service desk has taken yet.
fn admit(desk: &Desk, event: &RequestCreated, standing: &Standing) -> Result<(), Refusal> {
    let belongs = match standing {
        Standing::Member | Standing::Joining => true,
        Standing::Guest | Standing::Leaver => false,
    };
    let admitted = match &desk.access {
        Access::Members => belongs,
        Access::Domains(domains) => belongs || domains.contains(&event.reporter.email.domain()),
        Access::AnyoneConfirmed => true,
    };
    if admitted {
        return Ok(());
    }
    Err(Refusal::new(
        Code::AccessDenied,
        format!("the desk «{}» takes no requests from this address", desk.id),
    )
    .at("/data/reporter/email"))
}

/// Makes the reporter a member if a seat is free, tells the leads, and says whether it did.
fn join(
    outcome: &mut Outcome,
    mut org: Organization,
    known: Option<Membership>,
    event: &RequestCreated,
    proof: &Proof,
    now: Timestamp,
) -> bool {
    let email = &event.reporter.email;
    let seated = org.has_free_seat();
    if !org.leads.is_empty() {
        outcome.messages.push(Message {
            to: org.leads.iter().cloned().collect(),
            desk: org.desk.clone(),
            org: Some(org.id.clone()),
            mail: Mail::MemberJoined {
                org_name: org.name.clone(),
                member: email.clone(),
                seated,
            },
        });
    }
    if !seated {
        return false;
    }
    let mut membership = Membership {
        org: org.id.clone(),
        email: email.clone(),
        name: event.reporter.name.clone(),
        role: Role::Member,
        state: State::Active,
        since: now,
        invited_by: proof.actor.clone(),
        joined_at: Some(now),
        kept_at: None,
        access_until: None,
        access_reminded: None,
        leaving: None,
        exempt: false,
        epoch: known.as_ref().map_or(0, |m| m.epoch),
        due_at: None,
        version: known.map_or(Version::NEW, |m| m.version),
    };
    schedule(&mut membership, &org.policy, Some(now));
    org.take_seat();
    let entry = AuditEntry::new(
        now,
        Action::MemberJoined,
        Subject::Person(email.clone()),
        proof,
    )
    .in_org(&org.id)
    .because("raised a request from an allowed domain");
    outcome.audit.push(entry);
    outcome.changes.push(Change::Organization(org));
    outcome.changes.push(Change::Membership(membership));
    true
}

fn record_of(
    event: &RequestCreated,
    org: Option<OrgId>,
    awaited: Option<&Awaited>,
    at: Timestamp,
    now: Timestamp,
) -> Request {
    let status = Status {
        name: Title::new("New").expect("a fixed word is a title"),
        category: Category::New,
    };
    Request {
        id: event.request.clone(),
        kind: event.kind.clone(),
        summary: event.summary.clone(),
        description: event.description.clone(),
        fields: event.fields.clone(),
        url: event.url.clone(),
        reporter: event.reporter.email.clone(),
        reporter_name: event.reporter.name.clone(),
        org,
        channel: event.channel,
        status: status.clone(),
        status_at: at,
        resolution: None,
        approvals: std::collections::BTreeMap::new(),
        history: vec![StatusChange {
            at,
            to: status,
            late: false,
        }],
        created_at: now,
        version: awaited.map_or(Version::NEW, |a| a.version),
    }
}

fn audit(request: &Request, proof: &Proof, now: Timestamp) -> AuditEntry {
    let entry = AuditEntry::new(
        now,
        Action::RequestCreated,
        Subject::Request(request.id.clone()),
        proof,
    );
    match &request.org {
        Some(org) => entry.in_org(org),
        None => entry,
    }
}

/// Lets the reporter follow the request, and tells them so.
fn welcome_request(
    draft: &mut Draft,
    event: &RequestCreated,
    now: Timestamp,
) -> Result<(), Refusal> {
    let reporter = &event.reporter.email;
    draft.let_in(Who::Person(reporter.clone()), Some(Part::Reporter), now)?;
    draft.note_activity(reporter, now);
    let mail = Mail::RequestReceived {
        request: draft.about(),
        description: event.description.clone(),
    };
    draft.tell(vec![reporter.clone()], mail);
    Ok(())
}

/// The request is recorded, but no link leaves: access somewhere else is still open, and those who
/// can close it are told.
fn report_leaver(draft: &mut Draft, org: &Organization, desk: &Desk, event: &RequestCreated) {
    let mail = Mail::LeaverRaisedRequest {
        org_name: org.name.clone(),
        member: event.reporter.email.clone(),
        request: draft.about(),
    };
    let mut tell = |to: &BTreeSet<_>, org: Option<OrgId>| {
        if !to.is_empty() {
            draft.messages.push(Message {
                to: to.iter().cloned().collect(),
                desk: desk.id.clone(),
                org,
                mail: mail.clone(),
            });
        }
    };
    tell(&org.leads, Some(org.id.clone()));
    let only_administrators = desk
        .administrators
        .difference(&org.leads)
        .cloned()
        .collect();
    tell(&only_administrators, None);
}

/// Applies what came before the request, in the order of the sender's clock. What does not fit is
/// noted and dropped: its sender has had its answer long ago.
fn apply_early(
    draft: &mut Draft,
    awaited: Option<Awaited>,
    orgs: &BTreeSet<OrgId>,
    now: Timestamp,
) {
    let mut updates = awaited.map(|a| a.updates).unwrap_or_default();
    updates.sort_by_key(|update| update.event.at);
    for update in updates {
        let proof = Proof {
            actor: crate::Actor::Source(update.source.clone()),
            evidence: crate::Evidence::Delivery {
                source: update.source,
                id: update.delivery,
            },
        };
        if let Err(refusal) = apply(draft, &update.event, orgs, &proof, now) {
            let subject = Subject::Request(draft.request.id.clone());
            draft.audit.push(
                AuditEntry::new(now, Action::UpdateAbandoned, subject, &proof)
                    .because(&refusal.detail),
            );
        }
    }
}
