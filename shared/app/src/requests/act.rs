//! What a requester does.

use domain::{
    ApprovalId, Code, Customer, EmailAddress, OrgId, Outcome, Refusal, RequestRef,
    columns::Columns,
    decide::{
        Found, ShareWith, answer_approval, change_status, choose_columns, choose_mails, comment,
        share,
    },
    request::Decision,
    text::{Body, Reason, Title},
};
use store::{Loaded, Once, Wanted};

use super::{Requests, Seen};
use crate::{
    AppError,
    core::{ATTEMPTS, Written},
    limits::{self, Act},
    session::{Caller, Posted},
};

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Say something.
    Comment(Body),
    /// Let a colleague in.
    ShareWithColleague(EmailAddress),
    /// Let everybody of an organisation in.
    ShareWithOrganization(OrgId),
    /// Change the status by the desk's transition of this name.
    ChangeStatus(Title),
    /// Answer an approval, with a word why.
    Answer {
        /// Which one.
        approval: ApprovalId,
        /// Yes or no.
        decision: Decision,
        /// Why.
        reason: Option<Reason>,
    },
    /// Get mails about the request, or none.
    Mails(bool),
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// It is done, by this form or by the same one posted before.
    Done,
    /// It was so already.
    Unchanged,
    /// It could not be done, and why.
    Refused(Refusal),
    /// The caller sees no such request, or their session is over.
    Unknown,
}

impl Requests {
    /// Does one thing to one request, in one transaction, once for each form.
    ///
    /// # Errors
    /// When the store is not available or refuses. Nothing was done then.
    pub async fn act(
        &self,
        caller: &Caller,
        id: &RequestRef,
        wish: &Wish,
        posted: &Posted,
    ) -> Result<Came, AppError> {
        let core = &self.core;
        let mut act = Act::new(core, caller.email(), limits::Part::OnRequest);
        for attempt in 0..ATTEMPTS {
            let Some(seen) = self.seen(caller, id).await? else {
                return Ok(Came::Unknown);
            };
            let outcome = match self.decide(caller, seen, wish).await? {
                Ok(outcome) if outcome.is_empty() => return Ok(Came::Unchanged),
                Ok(outcome) => outcome,
                Err(refusal) if refusal.code == Code::UnknownOrganization => {
                    return Ok(Came::Unknown);
                }
                Err(refusal) => return self.refused(posted, caller, refusal).await,
            };
            if let Some(refusal) = act.check(&outcome, caller.now).await? {
                return self.refused(posted, caller, refusal).await;
            }
            match core.commit(&outcome, &posted.once, caller.now).await? {
                Written::Done => {
                    tracing::info!(
                        request.desk = id.desk.as_str(),
                        request.key = id.key.as_str(),
                        person = %core.store.pseudonym(caller.email()),
                        act = wish.name(),
                        "acted on a request"
                    );
                    return Ok(Came::Done);
                }
                Written::SeenBefore => return Ok(Came::Done),
                Written::Stale => core.before_next_attempt(attempt).await,
            }
        }
        Err(AppError::Contended)
    }

    async fn decide(
        &self,
        caller: &Caller,
        seen: Seen,
        wish: &Wish,
    ) -> Result<Result<Outcome, Refusal>, AppError> {
        let (occasion, now) = (caller.occasion(), caller.now);
        let circle = seen.access.circle.clone();
        if seen.request.elsewhere().is_some() && !matches!(wish, Wish::Mails(_)) {
            return Ok(Err(Refusal::new(
                domain::Code::NotPossibleNow,
                "the request was moved to where no desk here serves it",
            )));
        }
        let described = self.settings.desk(&seen.request.current().desk).await?;
        let transitions = described.as_ref().map(|desk| desk.transitions.clone());
        let found = Found {
            request: seen.request,
            viewers: seen.viewers,
            desk: described,
            person: seen.known.customer,
            access: seen.access,
        };
        Ok(match wish {
            Wish::Comment(body) => {
                let id = self.core.new_id().to_string();
                let id = id.parse().expect("a UUID is a comment's id");
                Ok(comment(found, id, body, &occasion))
            }
            Wish::ShareWithColleague(colleague) => {
                let wanted = circle.iter().fold(Wanted::new(), |wanted, org| {
                    wanted.affiliation(org, colleague)
                });
                let loaded = if wanted.is_empty() {
                    Loaded::default()
                } else {
                    self.core.store.load(wanted).await?
                };
                let inside = loaded
                    .affiliations(colleague)
                    .filter(|own| own.has_access(now));
                let inside = inside.map(|own| own.org().clone()).collect();
                let to = ShareWith::Colleague(colleague.clone(), inside);
                share(found, to, &occasion)
            }
            Wish::ShareWithOrganization(org) => {
                let mut names = self.organization_names([org.clone()].into()).await?;
                match names.remove(org) {
                    Some(name) => {
                        let to = ShareWith::Organization(org.clone(), name);
                        share(found, to, &occasion)
                    }
                    None => Err(Refusal::unknown_organization()),
                }
            }
            Wish::ChangeStatus(name) => {
                let mut left_to_them = transitions.unwrap_or_default().into_iter();
                match left_to_them.find(|transition| transition.name == *name) {
                    Some(transition) => change_status(found, &transition, &occasion),
                    None => Err(Refusal::new(
                        Code::NotPossibleNow,
                        "the desk leaves no such change to its requesters",
                    )),
                }
            }
            Wish::Answer {
                approval,
                decision,
                reason,
            } => {
                let answer = (*decision, reason.clone());
                answer_approval(found, approval.clone(), answer, &occasion)
            }
            Wish::Mails(wanted) => choose_mails(found, *wanted, &occasion),
        })
    }

    /// What the same form did before makes its second post impossible: that is no refusal.
    async fn refused(
        &self,
        posted: &Posted,
        caller: &Caller,
        refusal: Refusal,
    ) -> Result<Came, AppError> {
        if let Once::Link { nonce, .. } = &posted.once
            && self.core.store.link_used(nonce, caller.now).await?
        {
            return Ok(Came::Done);
        }
        Ok(Came::Refused(refusal))
    }

    /// The caller's own record, with the columns of their lists; `None` when their session is over,
    /// or is for one request alone.
    ///
    /// # Errors
    /// When the store is not available or refuses.
    pub async fn reader(&self, caller: &Caller) -> Result<Option<Customer>, AppError> {
        Ok(self.own(caller).await?.map(|known| known.customer))
    }

    /// Remembers the columns that the caller wants in their lists.
    ///
    /// # Errors
    /// When the store is not available or refuses. Nothing was done then.
    pub async fn choose_columns(
        &self,
        caller: &Caller,
        columns: &Columns,
        posted: &Posted,
    ) -> Result<Came, AppError> {
        for attempt in 0..ATTEMPTS {
            let Some(known) = self.own(caller).await? else {
                return Ok(Came::Unknown);
            };
            let outcome = choose_columns(known.customer, columns.clone(), caller.now);
            if outcome.is_empty() {
                return Ok(Came::Unchanged);
            }
            match self.core.commit(&outcome, &posted.once, caller.now).await? {
                Written::Done | Written::SeenBefore => return Ok(Came::Done),
                Written::Stale => self.core.before_next_attempt(attempt).await,
            }
        }
        Err(AppError::Contended)
    }
}

impl Wish {
    /// What is done, without whom it is done to.
    fn name(&self) -> &'static str {
        match self {
            Self::Comment(_) => "comment",
            Self::ShareWithColleague(_) => "share with a colleague",
            Self::ShareWithOrganization(_) => "share with an organization",
            Self::ChangeStatus(_) => "change the status",
            Self::Answer { .. } => "answer an approval",
            Self::Mails(_) => "choose mails",
        }
    }
}
