//! A request was commented on, changed its status, was shared, needs an approval or got one.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use super::draft::Draft;
use crate::{
    Action, AuditEntry, Change, Code, Customer, DeliveryId, EmailAddress, Event, Mail, OrgId,
    Outcome, Proof, Refusal, Request, SourceId, Subject, Version,
    event::{
        ApprovalAnswered, ApprovalRequested, RequestClosed, RequestCommented, RequestShared,
        RequestTransitioned, What,
    },
    request::{
        Approval, ApprovalAnswer, AuthorRole, Awaited, Category, Comment, EarlyUpdate, Part,
        Status, StatusChange, Viewer, Who,
    },
    text::Title,
};

/// The most updates that are kept for a request that has not come.
pub const MAX_EARLY_UPDATES: usize = 20;
/// How long they are kept.
const EARLY_FOR: SignedDuration = SignedDuration::from_hours(24);
/// The most approvals that one request keeps.
const MAX_APPROVALS: usize = 50;

/// What is known when an update arrives.
#[derive(Debug, Clone)]
pub enum UpdateState {
    /// The request, and who sees it.
    Known {
        /// The request.
        request: Box<Request>,
        /// Everybody who sees it.
        viewers: Vec<Viewer>,
        /// The customer whose activity this is, when they are known.
        actor: Option<Customer>,
        /// Of the organisations that the update names, those that exist.
        orgs: BTreeSet<OrgId>,
    },
    /// The request has not come; these updates wait for it already, if any do.
    Unknown(Option<Awaited>),
}

/// Decides on an update of a request.
///
/// # Errors
/// A refusal when the update names an organisation or an approval that does not exist, or when a
/// limit is reached.
pub fn request_updated(
    state: UpdateState,
    event: &Event,
    from: (&SourceId, &DeliveryId),
    proof: &Proof,
    now: Timestamp,
) -> Result<Outcome, Refusal> {
    // An internal comment is stored nowhere and told to nobody, not even for a request to come.
    if matches!(
        &event.what,
        What::RequestCommented(RequestCommented { public: false, .. })
    ) {
        return Ok(Outcome::default());
    }
    match state {
        UpdateState::Known {
            request,
            viewers,
            actor,
            orgs,
        } => {
            let mut draft = Draft::new(*request, viewers, actor);
            apply(&mut draft, event, &orgs, proof, now)?;
            Ok(draft.finish())
        }
        UpdateState::Unknown(awaited) => keep(awaited, event, from, proof, now),
    }
}

/// Keeps an update until its request comes.
fn keep(
    awaited: Option<Awaited>,
    event: &Event,
    (source, delivery): (&SourceId, &DeliveryId),
    proof: &Proof,
    now: Timestamp,
) -> Result<Outcome, Refusal> {
    let id = event
        .what
        .updated_request()
        .ok_or_else(|| Refusal::new(Code::UnknownRequest, "the event is no update of a request"))?;
    let mut awaited = awaited.unwrap_or_else(|| Awaited {
        id: id.clone(),
        updates: Vec::new(),
        until: now
            .saturating_add(EARLY_FOR)
            .expect("adding an absolute duration saturates"),
        version: Version::NEW,
    });
    if awaited.updates.len() >= MAX_EARLY_UPDATES {
        return Err(Refusal::new(
            Code::TooManyEarlyUpdates,
            format!("{MAX_EARLY_UPDATES} updates already wait for this request"),
        ));
    }
    awaited.updates.push(EarlyUpdate {
        event: event.clone(),
        source: source.clone(),
        delivery: delivery.clone(),
    });
    let entry = AuditEntry::new(now, Action::UpdateKept, Subject::Request(id.clone()), proof);
    Ok(Outcome {
        changes: vec![Change::Awaited(awaited)],
        messages: Vec::new(),
        audit: vec![entry],
    })
}

/// Ends the waiting of updates whose request did not come. The caller parks them.
pub fn abandon_awaited(awaited: Awaited, proof: &Proof, now: Timestamp) -> Outcome {
    let entry = AuditEntry::new(
        now,
        Action::UpdateAbandoned,
        Subject::Request(awaited.id.clone()),
        proof,
    )
    .because("its request did not come within 24 hours");
    Outcome {
        changes: vec![Change::AbandonAwaited(awaited)],
        messages: Vec::new(),
        audit: vec![entry],
    }
}

/// Applies one update to a request on its way.
pub(super) fn apply(
    draft: &mut Draft,
    event: &Event,
    orgs: &BTreeSet<OrgId>,
    proof: &Proof,
    now: Timestamp,
) -> Result<(), Refusal> {
    match &event.what {
        What::RequestCommented(comment) => {
            commented(draft, comment, event.at, proof, now);
            Ok(())
        }
        What::RequestTransitioned(change) => {
            transitioned(draft, change, event.at, proof, now);
            Ok(())
        }
        What::RequestClosed(close) => {
            closed(draft, close, event.at, proof, now);
            Ok(())
        }
        What::RequestShared(share) => shared(draft, share, orgs, proof, now),
        What::ApprovalRequested(ask) => approval_requested(draft, ask, proof, now),
        What::ApprovalAnswered(answer) => approval_answered(draft, answer, proof, now),
        What::RequestCreated(_) | What::CustomerInvited(_) | What::MemberOffboarded(_) => Err(
            Refusal::new(Code::UnknownRequest, "the event is no update of a request"),
        ),
    }
}

fn entry(draft: &Draft, action: Action, proof: &Proof, now: Timestamp) -> AuditEntry {
    let entry = AuditEntry::new(
        now,
        action,
        Subject::Request(draft.request.id.clone()),
        proof,
    );
    match &draft.request.org {
        Some(org) => entry.in_org(org),
        None => entry,
    }
}

fn commented(
    draft: &mut Draft,
    event: &RequestCommented,
    at: Timestamp,
    proof: &Proof,
    now: Timestamp,
) {
    if !event.public {
        return;
    }
    let author = event.author.email.as_ref();
    if event.author.role == AuthorRole::Customer
        && let Some(email) = author
    {
        draft.note_activity(email, now);
    }
    draft.add_comment(Comment {
        request: event.request.clone(),
        id: event.comment.clone(),
        author: event.author.clone(),
        body: event.body.clone(),
        at,
    });
    let mail = Mail::RequestCommented {
        request: draft.about(),
        author: event.author.name.clone(),
        body: event.body.clone(),
    };
    draft.tell(draft.subscribers(author), mail);
    draft
        .audit
        .push(entry(draft, Action::RequestCommented, proof, now));
}

fn transitioned(
    draft: &mut Draft,
    event: &RequestTransitioned,
    at: Timestamp,
    proof: &Proof,
    now: Timestamp,
) {
    set_status(
        draft,
        event.to.clone(),
        event.resolution.clone(),
        event.by.as_ref(),
        at,
        proof,
        now,
    );
}

fn closed(draft: &mut Draft, event: &RequestClosed, at: Timestamp, proof: &Proof, now: Timestamp) {
    if draft.request.is_open() {
        let status = Status {
            name: Title::new("Closed").expect("a fixed word is a title"),
            category: Category::Done,
        };
        set_status(
            draft,
            status,
            event.resolution.clone(),
            None,
            at,
            proof,
            now,
        );
    } else if draft.request.resolution.is_none() && event.resolution.is_some() {
        draft.request.resolution.clone_from(&event.resolution);
        draft.touch();
        draft
            .audit
            .push(entry(draft, Action::RequestClosed, proof, now));
    }
}

fn set_status(
    draft: &mut Draft,
    to: Status,
    resolution: Option<Title>,
    by: Option<&EmailAddress>,
    at: Timestamp,
    proof: &Proof,
    now: Timestamp,
) {
    let late = at < draft.request.status_at;
    if !late && draft.request.status == to {
        return;
    }
    draft.touch();
    draft.request.note(StatusChange {
        at,
        to: to.clone(),
        late,
    });
    if late {
        draft
            .audit
            .push(entry(draft, Action::LateStatusNoted, proof, now));
        return;
    }
    draft.request.status = to.clone();
    draft.request.status_at = at;
    draft.request.resolution = resolution.clone();
    draft.move_in_lists(now);
    let (mail, action) = if to.category == Category::Done {
        let mail = Mail::RequestClosed {
            request: draft.about(),
            resolution,
        };
        (mail, Action::RequestClosed)
    } else {
        let mail = Mail::RequestTransitioned {
            request: draft.about(),
            status: to.name,
            category: to.category,
        };
        (mail, Action::RequestTransitioned)
    };
    draft.tell(draft.subscribers(by), mail);
    draft.audit.push(entry(draft, action, proof, now));
}

fn shared(
    draft: &mut Draft,
    event: &RequestShared,
    orgs: &BTreeSet<OrgId>,
    proof: &Proof,
    now: Timestamp,
) -> Result<(), Refusal> {
    let mut anyone = false;
    if let Some(org) = &event.org {
        if !orgs.contains(org) {
            return Err(unknown_organization(org).at("/data/organization"));
        }
        anyone |= draft.let_in(Who::Organization(org.clone()), None, now)?;
    }
    let new = let_people_in(draft, &event.participants, Part::Participant, now)?;
    if !anyone && new.is_empty() {
        return Ok(());
    }
    let mail = Mail::RequestShared {
        request: draft.about(),
        reporter: draft.reporter(),
    };
    draft.tell(new, mail);
    draft
        .audit
        .push(entry(draft, Action::RequestShared, proof, now));
    Ok(())
}

/// Lets people in and returns those who could not see the request before.
pub(super) fn let_people_in(
    draft: &mut Draft,
    people: &[EmailAddress],
    part: Part,
    now: Timestamp,
) -> Result<Vec<EmailAddress>, Refusal> {
    let mut new = Vec::new();
    for email in people {
        if draft.let_in(Who::Person(email.clone()), Some(part), now)? {
            new.push(email.clone());
        }
    }
    Ok(new)
}

fn approval_requested(
    draft: &mut Draft,
    event: &ApprovalRequested,
    proof: &Proof,
    now: Timestamp,
) -> Result<(), Refusal> {
    let id = &event.approval;
    if !draft.request.approvals.contains_key(id) && draft.request.approvals.len() >= MAX_APPROVALS {
        return Err(Refusal::new(
            Code::LimitReached,
            format!("a request keeps at most {MAX_APPROVALS} approvals"),
        ));
    }
    let approval = draft
        .request
        .approvals
        .entry(id.clone())
        .or_insert_with(|| Approval {
            approvers: BTreeSet::new(),
            due: event.due,
            answers: BTreeMap::new(),
        });
    let new: Vec<_> = event
        .approvers
        .iter()
        .filter(|email| approval.approvers.insert((*email).clone()))
        .cloned()
        .collect();
    if new.is_empty() {
        return Ok(());
    }
    draft.touch();
    let_people_in(draft, &new, Part::Approver, now)?;
    let mail = Mail::ApprovalRequested {
        request: draft.about(),
        approval: id.clone(),
        reporter: draft.reporter(),
        due: event.due,
    };
    draft.tell(new, mail);
    draft
        .audit
        .push(entry(draft, Action::ApprovalRequested, proof, now));
    Ok(())
}

fn approval_answered(
    draft: &mut Draft,
    event: &ApprovalAnswered,
    proof: &Proof,
    now: Timestamp,
) -> Result<(), Refusal> {
    let approval = draft
        .request
        .approvals
        .get_mut(&event.approval)
        .filter(|approval| approval.approvers.contains(&event.by))
        .ok_or_else(|| {
            Refusal::new(
                Code::UnknownApproval,
                "the request has no such approval, or this person is not asked",
            )
            .at("/data/approval")
        })?;
    if let Some(answer) = approval.answers.get(&event.by) {
        if answer.decision == event.decision {
            return Ok(());
        }
        return Err(Refusal::new(
            Code::NotPossibleNow,
            "this approver has answered otherwise already",
        ));
    }
    approval.answers.insert(
        event.by.clone(),
        ApprovalAnswer {
            decision: event.decision,
            reason: event.reason.clone(),
            at: now,
        },
    );
    draft.touch();
    draft.note_activity(&event.by, now);
    let reporter = draft.request.reporter.clone();
    if reporter != event.by && draft.subscribers(None).contains(&reporter) {
        let mail = Mail::ApprovalAnswered {
            request: draft.about(),
            by: event.by.clone(),
            decision: event.decision,
            reason: event.reason.clone(),
        };
        draft.tell(vec![reporter], mail);
    }
    draft
        .audit
        .push(entry(draft, Action::ApprovalAnswered, proof, now));
    Ok(())
}

pub(super) fn unknown_organization(org: &OrgId) -> Refusal {
    Refusal::new(
        Code::UnknownOrganization,
        format!("there is no organisation «{org}»"),
    )
}

/// The person whose activity an update is, so that the caller can load them.
impl What {
    /// Whose activity the event is, when it is a customer's.
    #[must_use]
    pub fn active_person(&self) -> Option<&EmailAddress> {
        match self {
            Self::RequestCreated(e) => Some(&e.reporter.email),
            Self::RequestCommented(e) if e.public && e.author.role == AuthorRole::Customer => {
                e.author.email.as_ref()
            }
            Self::ApprovalAnswered(e) => Some(&e.by),
            Self::RequestCommented(_)
            | Self::RequestTransitioned(_)
            | Self::RequestShared(_)
            | Self::ApprovalRequested(_)
            | Self::RequestClosed(_)
            | Self::CustomerInvited(_)
            | Self::MemberOffboarded(_) => None,
        }
    }

    /// The organisation that an event shares a request with.
    #[must_use]
    pub fn shared_with(&self) -> Option<&OrgId> {
        match self {
            Self::RequestShared(e) => e.org.as_ref(),
            Self::RequestCreated(_)
            | Self::RequestCommented(_)
            | Self::RequestTransitioned(_)
            | Self::ApprovalRequested(_)
            | Self::ApprovalAnswered(_)
            | Self::RequestClosed(_)
            | Self::CustomerInvited(_)
            | Self::MemberOffboarded(_) => None,
        }
    }
}
