//! Visits by links: the link is the proof, a GET shows, a POST acts.
//!
//! A link is honoured if its signature and time are valid, if nothing has ended it (its epoch),
//! and, for a single-use link, if it was not used before.

mod act;
mod before;
mod ended;
mod form;
mod found;
mod mail_link;
mod show;

pub use ended::Ended;
pub use mail_link::{Renewal, Renewed};

use domain::{
    Actor, Customer, DeskId, EmailAddress, Evidence, Membership, Occasion, Organization, Proof,
    Refusal, Request, RequestRef, Timestamp,
    link::{Purpose, Scope},
    request::{Approval, Comment, Decision, Viewer},
    text::{Name, Reason, Text, Title},
};
use links::{Binding, Claims, LinkError};
use store::{Once, Wanted};

use crate::{
    AppError, Services,
    path::session::{Caller, Sessions},
    path::settings::Settings,
};

/// Opens links and acts on them.
#[derive(Debug)]
pub struct Visits {
    services: Services,
    settings: Settings,
}

/// The view of a visitor, with the other parts of its page.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The view.
    pub view: LinkView,
    /// The name of its desk, if it has one.
    pub desk: Option<Name>,
    /// The token that the page's form has to carry, when it has a form: bound to the link and to
    /// what the form asks. It opens nothing by itself.
    pub token: Option<String>,
    /// The reason why a link is over, as far as it is known.
    pub ended: Option<Ended>,
    /// The offer of a new link in the place of one that is over.
    pub renewal: Option<Renewal>,
    /// The holder of a link that opens something.
    pub holder: Option<EmailAddress>,
    /// The visitor's record, with their language and time zone.
    pub visitor: Option<Customer>,
    /// The sessions that begin with it, because it proves the visitor's mailbox: first the one over
    /// what the link opens.
    pub sessions: Vec<Caller>,
}

/// The view that a link opens.
#[derive(Debug, Clone)]
pub enum LinkView {
    /// An invitation, to accept or decline.
    Invitation {
        /// The organisation.
        org: Organization,
        /// The invitation.
        membership: Membership,
    },
    /// A button that keeps access.
    KeepAccess {
        /// The organisation.
        org: Organization,
        /// The membership.
        membership: Membership,
    },
    /// One approval.
    Approval {
        /// The request.
        request: Box<RequestView>,
        /// The approval.
        approval: Approval,
    },
    /// An offer to stop mails: about this request, or all that can be stopped.
    StopMail {
        /// The request, when it is about one.
        request: Option<RequestRef>,
        /// True if they are stopped already.
        stopped: bool,
    },
    /// An invitation that waits for an administrator.
    Exception {
        /// The organisation.
        org: Organization,
        /// The invited person.
        membership: Membership,
        /// The name of the inviter, for a person with a known name.
        inviter: Option<Name>,
    },
    /// A run that stopped: what it would do to the organisations of the visitor's desks.
    HeldRun(HeldPart),
    /// The link opens more than one page: a session begins.
    Session(Box<Caller>),
    /// Something was done.
    Done(Done),
    /// The same link had done it before, and it is so.
    DoneBefore(Done),
    /// It could not be done, and why.
    Refused(Refusal),
    /// The link is good, but the form was not posted from its page.
    ForeignForm,
    /// The link was ours and is over: expired, used, or ended.
    Over,
    /// Not a link of ours.
    Unknown,
}

/// The part of a held run that somebody may release.
#[derive(Debug, Clone)]
pub struct HeldPart {
    /// The begin of the run.
    pub began: Timestamp,
    /// The organisations of theirs that wait, by name, each with how many it would lose.
    pub organizations: Vec<(Name, u32)>,
}

/// A request as one of its viewers sees it.
#[derive(Debug, Clone)]
pub struct RequestView {
    /// The request.
    pub request: Request,
    /// The questions of its form and their answers.
    pub answers: Vec<(Title, Text<4_000>)>,
    /// Its public comments, oldest first; of very many the newest.
    pub comments: Vec<Comment>,
    /// True if older comments were left out.
    pub older_comments: bool,
    /// The viewer's own place in it.
    pub viewer: Viewer,
}

/// The act that was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// The invitation was accepted.
    Accepted,
    /// It was declined.
    Declined,
    /// Access is kept.
    Kept,
    /// The approval was answered.
    Answered(Decision),
    /// Mails about the request, or all, are stopped.
    MailStopped,
    /// The invitation leaves.
    ExceptionAllowed,
    /// It does not.
    ExceptionRefused,
    /// The run goes on.
    Released,
    /// If the address is known, a mail is on its way.
    LinkMailed,
}

/// The wish of a visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Yes: accept, approve, allow, release, keep.
    Yes,
    /// No: decline, refuse.
    No,
    /// Stop mails.
    Stop,
    /// Answer an approval, with a word why.
    Answer {
        /// Yes or no.
        decision: Decision,
        /// The reason.
        reason: Option<Reason>,
    },
}

impl LinkView {
    /// The desk it belongs to.
    fn desk(&self) -> Option<&DeskId> {
        match self {
            Self::Invitation { org, .. }
            | Self::KeepAccess { org, .. }
            | Self::Exception { org, .. } => Some(&org.desk),
            Self::Approval { request: view, .. } => Some(&view.request.current().desk),
            Self::StopMail { request, .. } => request.as_ref().map(|request| &request.desk),
            Self::HeldRun(_)
            | Self::Session(_)
            | Self::Done(_)
            | Self::DoneBefore(_)
            | Self::Refused(_)
            | Self::ForeignForm
            | Self::Over
            | Self::Unknown => None,
        }
    }
}

/// The view in place of the one that a link would have opened.
impl From<LinkError> for LinkView {
    fn from(error: LinkError) -> Self {
        match error {
            LinkError::Expired(_) => Self::Over,
            LinkError::Invalid => Self::Unknown,
        }
    }
}

/// A view without a form, and of no desk.
impl From<LinkView> for Visit {
    fn from(view: LinkView) -> Self {
        Self {
            view,
            desk: None,
            token: None,
            ended: None,
            renewal: None,
            holder: None,
            visitor: None,
            sessions: Vec::new(),
        }
    }
}

/// A link whose signature holds, with what it depends on.
struct Opened {
    claims: Claims,
    /// The session or link that its forms belong to.
    binding: Binding,
    now: Timestamp,
}

impl Opened {
    /// Forms belong to the link itself then.
    fn by_link(claims: Claims, now: Timestamp) -> Self {
        Self {
            binding: Binding::Link(claims.nonce),
            claims,
            now,
        }
    }

    fn occasion(&self) -> Occasion {
        let proof = Proof {
            actor: Actor::Person(self.claims.subject.clone()),
            evidence: Evidence::Link {
                purpose: self.claims.purpose,
            },
        };
        proof.at(self.now)
    }

    /// The record that makes a single-use link act once.
    fn once(&self) -> Once {
        if self.claims.purpose.is_single_use() {
            Once::Link {
                nonce: self.claims.nonce.to_string(),
                expires_at: self.claims.expires_at,
            }
        } else {
            Once::Nothing
        }
    }
}

impl Visits {
    /// Over what every use case works with.
    #[must_use]
    pub fn new(services: Services) -> Self {
        Self {
            settings: Settings::new(services.clone()),
            services,
        }
    }

    /// Checks a token.
    fn open(&self, token: &str) -> Result<Opened, LinkError> {
        let now = self.services.now();
        let claims = links::verify(token, &self.services.keys.links, now)?;
        Ok(Opened::by_link(claims, now))
    }

    /// Checks the token of a link that stops mail. Any other is unknown, and what is over offers
    /// nothing in its place: at the address of these links one can do nothing else.
    fn open_to_stop(&self, token: &str) -> Result<Opened, LinkError> {
        let opened = self.open(token)?;
        if opened.claims.purpose == Purpose::Unsubscribe {
            Ok(opened)
        } else {
            Err(LinkError::Invalid)
        }
    }

    /// The view in place of the one that a link would have opened.
    fn not_open(&self, error: LinkError) -> Visit {
        match error {
            LinkError::Expired(claims) => {
                let ended = Some(Ended::Expired(claims.expires_at));
                let opened = Opened::by_link(*claims, self.services.now());
                Visit {
                    ended,
                    ..self.over(&opened)
                }
            }
            LinkError::Invalid => LinkView::Unknown.into(),
        }
    }

    /// The page of what an opened link shows.
    async fn visit(&self, opened: &Opened, view: LinkView) -> Result<Visit, AppError> {
        if matches!(view, LinkView::Over) {
            return self.over_because(opened).await;
        }
        let desk = match view.desk() {
            Some(id) => self.settings.desk(id).await?.map(|desk| desk.name),
            None => None,
        };
        let email = &opened.claims.subject;
        let loaded = self
            .services
            .store
            .load(Wanted::new().customer(email))
            .await?;
        let sessions = self.begun(opened, &view).await?;
        Ok(Visit {
            token: self.form_token(opened, &view),
            view,
            desk,
            ended: None,
            renewal: None,
            holder: Some(email.clone()),
            visitor: loaded.customer(email).cloned(),
            sessions,
        })
    }

    /// The sessions that begin with a view. A link to one request, which people forward, opens that
    /// request and nothing beside it.
    async fn begun(&self, opened: &Opened, view: &LinkView) -> Result<Vec<Caller>, AppError> {
        let all = || Sessions::of_mailbox(&self.services, &opened.claims.subject, opened.now);
        Ok(match view {
            LinkView::Session(caller) => {
                let mut sessions = vec![(**caller).clone()];
                if !matches!(caller.scope(), Scope::Request { .. }) {
                    let others = all().await?.into_iter();
                    sessions.extend(others.filter(|other| other.scope() != caller.scope()));
                }
                sessions
            }
            LinkView::Done(Done::Accepted | Done::Kept) => all().await?,
            LinkView::Invitation { .. }
            | LinkView::KeepAccess { .. }
            | LinkView::Approval { .. }
            | LinkView::StopMail { .. }
            | LinkView::Exception { .. }
            | LinkView::HeldRun(_)
            | LinkView::Done(_)
            | LinkView::DoneBefore(_)
            | LinkView::Refused(_)
            | LinkView::ForeignForm
            | LinkView::Over
            | LinkView::Unknown => Vec::new(),
        })
    }

    /// Tells whether this is a used single-use link.
    async fn is_spent(&self, opened: &Opened) -> Result<bool, AppError> {
        if !opened.claims.purpose.is_single_use() {
            return Ok(false);
        }
        let nonce = opened.claims.nonce.to_string();
        Ok(self.services.store.link_used(&nonce, opened.now).await?)
    }
}

/// Tells whether a link opens more than one page, so that a session takes its place.
fn begins_session(purpose: Purpose) -> bool {
    match purpose {
        Purpose::LeadConsole | Purpose::Review | Purpose::Requester => true,
        Purpose::AcceptInvitation
        | Purpose::Approve
        | Purpose::KeepAccess
        | Purpose::Unsubscribe
        | Purpose::DecideInvitation
        | Purpose::ReleaseSweep
        | Purpose::ConfirmRequest
        | Purpose::NewRequest => false,
    }
}

#[cfg(test)]
mod tests;
