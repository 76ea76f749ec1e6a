//! The actions of a requester.

use domain::{
    ApprovalId, Code, Customer, EmailAddress, OrgId, Outcome, Refusal, RequestRef,
    columns::Columns,
    decide::{
        Found, ShareWith, answer_approval, change_status, choose_columns, choose_mails, comment,
        comment_and_change_status, share,
    },
    desk::Transition,
    request::Decision,
    text::{Body, Reason, Title},
};
use store::{Loaded, Wanted};

use super::{Requests, Seen};
use crate::{
    path::limits::{self, Act},
    path::session::{Caller, Posted},
    path::{Ruling, Settled, Stop},
};

/// An action that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Say something.
    Comment(Body),
    /// Say something, and change the status by the desk's transition of this name.
    CommentAndChangeStatus(Body, Title),
    /// Let a colleague in.
    ShareWithColleague(EmailAddress),
    /// Let everybody of an organisation in.
    ShareWithOrganization(OrgId),
    /// Change the status by the desk's transition of this name.
    ChangeStatus(Title),
    /// Answer an approval, with a word why.
    Answer {
        /// The approval.
        approval: ApprovalId,
        /// Yes or no.
        decision: Decision,
        /// The reason.
        reason: Option<Reason>,
    },
    /// Get mails about the request, or none.
    Mails(bool),
}

impl Requests {
    /// Does one thing to one request, in one transaction, once for each form.
    ///
    /// # Errors
    /// [`Stop::Closed`] when the caller sees no such request, [`Stop::Refused`]; or that the store is
    /// not available or refuses. Nothing was done then.
    pub async fn act(
        &self,
        caller: &Caller,
        id: &RequestRef,
        wish: &Wish,
        posted: &Posted,
    ) -> Result<Settled<()>, Stop> {
        let services = &self.services;
        let act = Act::new(services, caller.email(), limits::Part::OnRequest);
        let settled = services.attempt_once(&posted.once, caller.now, || async {
            let seen = self.seen(caller, id).await?.ok_or(Stop::Closed)?;
            let outcome = self.decide(caller, seen, wish).await?;
            act.check(&outcome, caller.now).await?;
            Ok(Ruling::of(outcome, ()))
        });
        let settled = settled.await?;
        if settled.is_done() {
            tracing::info!(
                request.desk = id.desk.as_str(),
                request.key = id.key.as_str(),
                person = %services.store.pseudonym(caller.email()),
                act = wish.name(),
                "acted on a request"
            );
        }
        Ok(settled)
    }

    async fn decide(&self, caller: &Caller, seen: Seen, wish: &Wish) -> Result<Outcome, Stop> {
        let (occasion, now) = (caller.occasion(), caller.now);
        let circle = seen.access.circle.clone();
        if seen.request.elsewhere().is_some() && !matches!(wish, Wish::Mails(_)) {
            return Err(Stop::Refused(Refusal::new(
                Code::NotPossibleNow,
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
        let outcome = match wish {
            Wish::Comment(body) => {
                let id = self.services.new_id().to_string();
                let id = id.parse().expect("a UUID is a comment's id");
                Ok(comment(found, id, body, &occasion))
            }
            Wish::CommentAndChangeStatus(body, name) => {
                let id = self.services.new_id().to_string();
                let id = id.parse().expect("a UUID is a comment's id");
                let chosen = chosen(transitions, name);
                chosen.and_then(|to| comment_and_change_status(found, id, body, &to, &occasion))
            }
            Wish::ShareWithColleague(colleague) => {
                let wanted = circle.iter().fold(Wanted::new(), |wanted, org| {
                    wanted.affiliation(org, colleague)
                });
                let loaded = if wanted.is_empty() {
                    Loaded::default()
                } else {
                    self.services.store.load(wanted).await?
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
                let name = names.remove(org).ok_or(Stop::Closed)?;
                let to = ShareWith::Organization(org.clone(), name);
                // An organisation that is not theirs is none to them.
                return share(found, to, &occasion).map_err(|refusal| match refusal.code {
                    Code::UnknownOrganization => Stop::Closed,
                    _ => Stop::Refused(refusal),
                });
            }
            Wish::ChangeStatus(name) => {
                let chosen = chosen(transitions, name);
                chosen.and_then(|to| change_status(found, &to, &occasion))
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
        };
        Ok(outcome?)
    }

    /// The caller's own record, with the columns of their lists.
    ///
    /// # Errors
    /// [`Stop::Closed`] when their session is over, or is for one request alone; or that the store is
    /// not available or refuses.
    pub async fn reader(&self, caller: &Caller) -> Result<Customer, Stop> {
        Ok(self.own(caller).await?.customer)
    }

    /// Remembers the columns that the caller wants in their lists.
    ///
    /// # Errors
    /// As [`Requests::reader`]. Nothing was done then.
    pub async fn choose_columns(
        &self,
        caller: &Caller,
        columns: &Columns,
        posted: &Posted,
    ) -> Result<Settled<()>, Stop> {
        let chosen = self
            .services
            .attempt_once(&posted.once, caller.now, || async {
                let known = self.own(caller).await?;
                let outcome = choose_columns(known.customer, columns.clone(), caller.now);
                Ok(Ruling::of(outcome, ()))
            });
        chosen.await
    }
}

/// The transition of this name, among those that a desk leaves to its requesters.
fn chosen(transitions: Option<Vec<Transition>>, name: &Title) -> Result<Transition, Refusal> {
    let mut left_to_them = transitions.unwrap_or_default().into_iter();
    let found = left_to_them.find(|transition| transition.name == *name);
    found.ok_or_else(|| {
        Refusal::new(
            Code::NotPossibleNow,
            "the desk leaves no such change to its requesters",
        )
    })
}

impl Wish {
    /// The action in a log, without the person whom it concerns.
    fn name(&self) -> &'static str {
        match self {
            Self::Comment(_) => "comment",
            Self::CommentAndChangeStatus(..) => "comment and change the status",
            Self::ShareWithColleague(_) => "share with a colleague",
            Self::ShareWithOrganization(_) => "share with an organization",
            Self::ChangeStatus(_) => "change the status",
            Self::Answer { .. } => "answer an approval",
            Self::Mails(_) => "choose mails",
        }
    }
}
