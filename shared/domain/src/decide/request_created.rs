//! New requests: raised with an account or without one, by a member, a guest, or somebody who
//! should have left.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    early::apply_early,
    keys::Keys,
    raised_by::{RaisedBy, admit, join, raised_by},
    request_edit::RequestEdit,
};
use crate::{
    Action, Code, Customer, Mail, Membership, Message, Occasion, OrgId, Organization, Outcome,
    Refusal, RefusedField, Request, Version, called,
    desk::Desk,
    event::RequestCreated,
    mailbox::MailboxStanding,
    request::{Awaited, Channel, Part, Record, Status, StatusChange, ViewerId},
};

/// The state that a new request is decided on.
#[derive(Debug, Clone, Default)]
pub struct ReportedState {
    /// The desk, if it exists.
    pub desk: Option<Desk>,
    /// The item that is stored under the request's key.
    pub record: Option<Record>,
    /// The organisation that the event names or, if it names none, the one to which the reporter
    /// belongs or whose domain their address is in.
    pub org: Option<Organization>,
    /// The reporter's membership there.
    pub membership: Option<Membership>,
    /// `true` if a trace says that they left it.
    pub left: bool,
    /// The standing of their mailbox there under other spellings of the address.
    pub others: Option<MailboxStanding>,
    /// The reporter and everybody whose early updates wait for the request, as far as known.
    pub customers: Vec<Customer>,
    /// The organisations with which early updates share the request, as far as they exist.
    pub orgs: BTreeSet<OrgId>,
    /// The records under the keys that early updates move the request to.
    pub keys: Keys,
    /// `true` if the sender is the desk of record, whose requests are always recorded.
    pub trusted: bool,
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
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    Ok(created(state, event, at, occasion)?.finish())
}

/// A new request before it is recorded, with everything else that follows from it.
pub(super) struct Created {
    pub(super) edit: RequestEdit,
    outcome: Outcome,
}

impl Created {
    /// Returns everything that has to be written.
    pub(super) fn finish(self) -> Outcome {
        self.outcome.extend(self.edit.finish())
    }
}

/// Decides on a request that was raised, up to where a caller may add to it.
pub(super) fn created(
    state: ReportedState,
    event: &RequestCreated,
    at: Timestamp,
    occasion: &Occasion,
) -> Result<Created, Refusal> {
    let now = occasion.now;
    let ReportedState {
        desk,
        record,
        org,
        membership,
        left,
        others,
        customers,
        orgs,
        keys,
        trusted,
    } = state;
    let desk = known_desk(desk)?;
    if event.org.is_some() && org.is_none() {
        return Err(Refusal::unknown_organization());
    }
    let mut event = event.clone();
    let of_org = org.as_ref().map(|org| &org.name);
    event.reporter.name = called::personal(event.reporter.name.take(), Some(&desk), of_org);
    let event = &event;
    let awaited = not_known(record)?;
    let reporter = &event.reporter.email;
    // A mail to the desk's own address would come back as a request.
    if desk.reads_at(reporter) {
        let detail = "the address is the desk's own, and no customer's";
        return Err(Refusal::new(Code::AccessDenied, detail).at(RefusedField::Reporter));
    }
    let raised_by = raised_by(
        reporter,
        org.as_ref(),
        membership.as_ref(),
        (left, others),
        now,
    );
    if !trusted {
        admit(&desk, reporter, org.as_ref(), raised_by)?;
    }

    let mut outcome = Outcome::default();
    let (belongs, left_it) = match (raised_by, org) {
        (RaisedBy::Member, org) => (org, None),
        (RaisedBy::Leaver, org) => (org.clone(), org),
        (RaisedBy::Joining, Some(org)) => {
            let joined;
            (joined, outcome) = join(org.clone(), membership, event, occasion);
            (Some(org).filter(|_| joined || event.org.is_some()), None)
        }
        (RaisedBy::Guest | RaisedBy::Joining, org) => (org.filter(|_| event.org.is_some()), None),
    };
    let request = record_of(event, belongs.map(|org| org.id), awaited.as_ref(), at, now);
    let mut edit = RequestEdit::new(request, Vec::new(), customers).with(keys);
    edit.early = awaited.as_ref().map_or(0, |awaited| awaited.updates.len());
    edit.touch();
    let reason = how(event.channel);
    edit.note(Action::RequestCreated, reason, occasion);
    match left_it {
        Some(org) => report_leaver(&mut edit, &org, &desk, event),
        None => welcome_request(&mut edit, event, now)?,
    }
    // An activity counts for a leaver, too: they may still be a member elsewhere.
    let name = event.reporter.name.as_ref();
    edit.note_activity(&event.reporter.email, name, now);
    let others: Vec<_> = event
        .participants
        .iter()
        .filter(|email| **email != event.reporter.email && !desk.reads_at(email))
        .cloned()
        .collect();
    let new = edit.let_people_in(&others, Part::Participant, now)?;
    let mail = Mail::RequestShared {
        request: edit.about(),
        reporter: edit.reporter(),
    };
    edit.tell(&new, mail);
    apply_early(&mut edit, awaited, &orgs, now);
    Ok(Created { edit, outcome })
}

/// The desk that an event names, when there is one.
pub(super) fn known_desk(desk: Option<Desk>) -> Result<Desk, Refusal> {
    desk.ok_or_else(|| Refusal::of(Code::UnknownDesk).at(RefusedField::Desk))
}

/// The updates that wait for the request, when it is not known yet.
fn not_known(record: Option<Record>) -> Result<Option<Awaited>, Refusal> {
    match record {
        Some(Record::Known(_) | Record::Alias(_)) => Err(Refusal::new(
            Code::RequestExists,
            "this request is recorded already, from another delivery",
        )
        .at(RefusedField::RequestKey)),
        Some(Record::Awaited(awaited)) => Ok(Some(awaited)),
        None => Ok(None),
    }
}

/// Returns the channel of a request, in words.
fn how(channel: Channel) -> &'static str {
    match channel {
        Channel::Form => "raised with a form",
        Channel::Portal => "raised on the desk's portal",
        Channel::Email => "raised by mail",
        Channel::Api => "raised by a program",
    }
}

fn record_of(
    event: &RequestCreated,
    org: Option<OrgId>,
    awaited: Option<&Awaited>,
    at: Timestamp,
    now: Timestamp,
) -> Request {
    let status = Status::fresh();
    Request {
        id: event.request.clone(),
        kind: event.kind.clone(),
        summary: event.summary.clone(),
        description: event.description.clone(),
        fields: event.fields.clone(),
        url: event.url.clone(),
        reporter: event.reporter.email.clone(),
        reporter_name: event.reporter.name.clone(),
        handed: None,
        org,
        channel: event.channel,
        status: status.clone(),
        status_at: at,
        resolution: None,
        moved: None,
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

/// Lets the reporter follow the request, and tells them so.
fn welcome_request(
    edit: &mut RequestEdit,
    event: &RequestCreated,
    now: Timestamp,
) -> Result<(), Refusal> {
    let reporter = &event.reporter.email;
    edit.let_in(
        ViewerId::Person(reporter.clone()),
        Some(Part::Reporter),
        now,
    )?;
    let mail = Mail::RequestReceived {
        request: edit.about(),
        description: event.description.clone(),
    };
    edit.tell([reporter], mail);
    Ok(())
}

/// Tells those who can close it that a leaver's access elsewhere is still open. The request is
/// recorded, but the leaver gets no link.
fn report_leaver(edit: &mut RequestEdit, org: &Organization, desk: &Desk, event: &RequestCreated) {
    let mail = Mail::LeaverRaisedRequest {
        org_name: org.name.clone(),
        member: event.reporter.email.clone(),
        request: edit.about(),
    };
    // The desk that was asked need not be the one that serves the organisation.
    let leads = Message::to_all(&org.leads, &desk.id, Some(&org.id), mail.clone());
    let only_administrators = desk.administrators.difference(&org.leads);
    let others = Message::to_administrators(&desk.id, only_administrators, mail);
    edit.messages.extend(leads.into_iter().chain(others));
}
