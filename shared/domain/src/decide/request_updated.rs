//! A request was commented on, changed its status, was shared, needs an approval or got one.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    approval::{approval_answered, approval_requested},
    early::keep,
    keys::Keys,
    moved::moved,
    request_edit::{LetIn, RequestEdit},
    status::{closed, transitioned},
};
use crate::{
    Action, Code, Customer, DeliveryId, EmailAddress, Event, Mail, Occasion, OrgId, Outcome, Proof,
    Refusal, Request, RequestRef, SourceId, called,
    event::{EventData, RequestCommented, RequestShared},
    request::{Author, AuthorRole, Awaited, Comment, Part, Viewer, ViewerId},
};

/// The state that updates are decided on.
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
        /// The organisations that the update names, as far as they exist.
        orgs: BTreeSet<OrgId>,
        /// The records under the keys that the update moves it to.
        keys: Box<Keys>,
    },
    /// The request has not come; these updates wait for it already, if any do.
    Unknown(Option<Awaited>),
}

/// An update of a request, and what shows that it was said.
#[derive(Debug, Clone)]
pub struct Update<'a> {
    /// The event.
    pub event: &'a Event,
    /// The proof of the person who said it, or of the source.
    pub proof: Proof,
}

/// Decides on the updates of one request that came in one delivery.
///
/// # Errors
/// A refusal when the update names an organisation or an approval that does not exist, or when a
/// limit is reached.
pub fn request_updated(
    state: UpdateState,
    updates: &[Update<'_>],
    from: (&SourceId, &DeliveryId),
    now: Timestamp,
) -> Result<Outcome, Refusal> {
    // An internal comment is stored nowhere and told to nobody, not even for a request to come.
    let internal = |update: &&Update<'_>| {
        let what = &update.event.what;
        matches!(what, EventData::RequestCommented(comment) if !comment.public)
    };
    let updates: Vec<&Update<'_>> = updates.iter().filter(|u| !internal(u)).collect();
    if updates.is_empty() {
        return Ok(Outcome::default());
    }
    match state {
        UpdateState::Known {
            request,
            viewers,
            actor,
            orgs,
            keys,
        } => {
            let mut edit = RequestEdit::new(*request, viewers, actor).with(*keys);
            for Update { event, proof } in updates {
                apply(&mut edit, event, &orgs, &proof.at(now))?;
            }
            Ok(edit.finish())
        }
        UpdateState::Unknown(awaited) => keep(awaited, &updates, from, now),
    }
}

/// Applies one update to a request on its way.
pub(super) fn apply(
    edit: &mut RequestEdit,
    event: &Event,
    orgs: &BTreeSet<OrgId>,
    occasion: &Occasion,
) -> Result<(), Refusal> {
    match &event.what {
        EventData::RequestCommented(comment) => {
            commented(edit, comment, event.at, occasion);
            Ok(())
        }
        EventData::RequestTransitioned(change) => {
            transitioned(edit, change, event.at, occasion);
            Ok(())
        }
        EventData::RequestClosed(close) => {
            closed(edit, close, event.at, occasion);
            Ok(())
        }
        EventData::RequestMoved(to) => moved(edit, to, orgs, event.at, occasion),
        EventData::RequestShared(share) => shared(edit, share, orgs, occasion),
        EventData::ApprovalRequested(ask) => approval_requested(edit, ask, occasion),
        EventData::ApprovalAnswered(answer) => approval_answered(edit, answer, occasion),
        EventData::RequestCreated(_)
        | EventData::CustomerInvited(_)
        | EventData::MemberOffboarded(_) => Err(Refusal::new(
            Code::UnknownRequest,
            "the event is no update of a request",
        )),
    }
}

fn commented(edit: &mut RequestEdit, event: &RequestCommented, at: Timestamp, occasion: &Occasion) {
    if !event.public {
        return;
    }
    let author = event.author.email.as_ref();
    let called = match event.author.role {
        AuthorRole::Agent => event.author.name.clone(),
        AuthorRole::Customer => called::customer(Some(event.author.name.clone()), author, None),
    };
    let new = edit.add_comment(Comment {
        request: edit.request.id.clone(),
        id: event.comment.clone(),
        author: Author {
            name: called.clone(),
            ..event.author.clone()
        },
        body: event.body.clone(),
        at,
    });
    if !new {
        return;
    }
    let reason = match event.author.role {
        AuthorRole::Agent => "an agent wrote a public comment",
        AuthorRole::Customer => "a customer wrote a comment",
    };
    if event.author.role == AuthorRole::Customer
        && let Some(email) = author
    {
        let own = called::personal(Some(event.author.name.clone()), None, None);
        edit.note_activity(email, own.as_ref(), occasion.now);
    }
    let mail = Mail::RequestCommented {
        request: edit.about(),
        author: called,
        body: event.body.clone(),
        role: Some(event.author.role),
        email: event.author.email.clone(),
    };
    edit.tell(&edit.subscribers(author), mail);
    edit.note(Action::RequestCommented, reason, occasion);
}

fn shared(
    edit: &mut RequestEdit,
    event: &RequestShared,
    orgs: &BTreeSet<OrgId>,
    occasion: &Occasion,
) -> Result<(), Refusal> {
    let now = occasion.now;
    let mut further = false;
    if let Some(org) = &event.org {
        if !orgs.contains(org) {
            return Err(Refusal::unknown_organization());
        }
        further |= edit.let_in(ViewerId::Organization(org.clone()), None, now)? == LetIn::New;
    }
    let mut new = Vec::new();
    for email in &event.participants {
        match edit.let_in(
            ViewerId::Person(email.clone()),
            Some(Part::Participant),
            now,
        )? {
            LetIn::New => new.push(email.clone()),
            LetIn::Further => further = true,
            LetIn::Already => {}
        }
    }
    if !further && new.is_empty() {
        return Ok(());
    }
    // Sharing from one's own page is an activity. A webhook does not say who shared.
    if let Some(email) = occasion.person() {
        edit.note_activity_if_known(email, now);
    }
    let mail = Mail::RequestShared {
        request: edit.about(),
        reporter: edit.reporter(),
    };
    edit.tell(&new, mail);
    let reason = "more people take part or may see it";
    edit.note(Action::RequestShared, reason, occasion);
    Ok(())
}

/// The person whose activity an update is, so that the caller can load them.
impl EventData {
    /// Returns the customer whose activity the event is, if it is one's.
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
            | Self::RequestMoved(_)
            | Self::CustomerInvited(_)
            | Self::MemberOffboarded(_) => None,
        }
    }

    /// The desk and the key that an event moves a request to, if a desk here serves them.
    #[must_use]
    pub fn moved_to(&self) -> Option<&RequestRef> {
        match self {
            Self::RequestMoved(e) => e.to.served(),
            Self::RequestCreated(_)
            | Self::RequestCommented(_)
            | Self::RequestTransitioned(_)
            | Self::RequestShared(_)
            | Self::ApprovalRequested(_)
            | Self::ApprovalAnswered(_)
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
            | Self::RequestMoved(_)
            | Self::CustomerInvited(_)
            | Self::MemberOffboarded(_) => None,
        }
    }
}
