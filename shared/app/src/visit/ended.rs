//! The reason why a link is over: what was done with it, or by somebody else in its place.

use domain::{
    Action, Actor, AuditEntry, EmailAddress, Subject, Timestamp, link::Purpose, text::Name,
};
use store::Wanted;

use super::{Opened, Visit, Visits};
use crate::AppError;

/// The number of entries that are looked through for the one that ended a link.
const LOOKED_AT: u32 = 20;

/// The reason why a link is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// Its time has passed.
    Expired(Timestamp),
    /// The act that it asked for was done.
    Done {
        /// The act.
        action: Action,
        /// The person who did it; `None` if it was the holder of the link.
        by: Option<String>,
        /// The instant.
        at: Timestamp,
    },
    /// It was ended, or a newer one has replaced it.
    Replaced,
}

impl Visits {
    /// The page of a link that is over, with the reason.
    pub(super) async fn over_because(&self, opened: &Opened) -> Result<Visit, AppError> {
        let ended = match self.done_instead(opened).await? {
            Some(entry) => self.told(opened, &entry).await?,
            None => Ended::Replaced,
        };
        Ok(Visit {
            ended: Some(ended),
            ..self.over(opened)
        })
    }

    /// The entry of the act that a link was for. It is told to whoever has used the link, and to
    /// whom the link still lives: somebody else was quicker then.
    async fn done_instead(&self, opened: &Opened) -> Result<Option<AuditEntry>, AppError> {
        let claims = &opened.claims;
        let Some(subject) = asked_about(opened) else {
            return Ok(None);
        };
        if !self.is_spent(opened).await? && self.found(opened).await?.is_none() {
            return Ok(None);
        }
        let store = &self.services.store;
        let page = store.audit_of(&subject, None, LOOKED_AT).await?;
        let is_it = |entry: &AuditEntry| {
            ends(claims.purpose, entry.action) && entry.org.as_ref() == claims.scope.organization()
        };
        let entries = page.items.into_iter().map(|record| record.entry);
        Ok(entries.into_iter().find(is_it))
    }

    async fn told(&self, opened: &Opened, entry: &AuditEntry) -> Result<Ended, AppError> {
        let by = match &entry.actor {
            Actor::Person(email) if *email == opened.claims.subject => None,
            Actor::Person(email) => Some(self.called(email).await?),
            Actor::Source(_)
            | Actor::Sweep
            | Actor::MailFeedback
            | Actor::Operator
            | Actor::Desk => {
                return Ok(Ended::Replaced);
            }
        };
        Ok(Ended::Done {
            action: entry.action,
            by,
            at: entry.at,
        })
    }

    /// The name of a person, or else the address.
    async fn called(&self, email: &EmailAddress) -> Result<String, AppError> {
        let wanted = Wanted::new().customer(email);
        let loaded = self.services.store.load(wanted).await?;
        let name = loaded.customer(email).and_then(|known| known.name.as_ref());
        Ok(name.map_or(email.as_str(), Name::as_str).to_owned())
    }
}

/// The subject of the entry that a link leads to.
fn asked_about(opened: &Opened) -> Option<Subject> {
    let claims = &opened.claims;
    match claims.purpose {
        Purpose::AcceptInvitation | Purpose::KeepAccess => {
            Some(Subject::Person(claims.subject.clone()))
        }
        Purpose::DecideInvitation => {
            let (_, email) = claims.scope.invitee()?;
            Some(Subject::Person(email.clone()))
        }
        Purpose::LeadConsole
        | Purpose::Requester
        | Purpose::Approve
        | Purpose::Review
        | Purpose::Unsubscribe
        | Purpose::ReleaseSweep
        | Purpose::ConfirmRequest
        | Purpose::NewRequest => None,
    }
}

/// Tells whether an act is what links of this purpose are for.
fn ends(purpose: Purpose, action: Action) -> bool {
    match purpose {
        Purpose::AcceptInvitation => matches!(
            action,
            Action::InvitationAccepted | Action::InvitationDeclined
        ),
        Purpose::KeepAccess => action == Action::MemberKept,
        Purpose::DecideInvitation => {
            matches!(action, Action::MemberInvited | Action::ExceptionRefused)
        }
        Purpose::LeadConsole
        | Purpose::Requester
        | Purpose::Approve
        | Purpose::Review
        | Purpose::Unsubscribe
        | Purpose::ReleaseSweep
        | Purpose::ConfirmRequest
        | Purpose::NewRequest => false,
    }
}
