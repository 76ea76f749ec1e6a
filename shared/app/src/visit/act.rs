//! What a POST from a link's page does.

use std::collections::BTreeSet;

use domain::{
    ApprovalId, Customer, EmailAddress, OrgId, Outcome, Refusal, RequestRef, RunId,
    decide::{
        Found, accept, allow_exception, answer_approval, decline, keep_access, mute,
        refuse_exception, release, unwatch,
    },
    link::{Purpose, Scope},
    request::{Decision, Who},
    sight::Sight,
    text::Reason,
};
use store::Wanted;

use super::{Done, Opened, View, Visit, Visits, Wish};
use crate::{
    AppError,
    core::{ATTEMPTS, Written},
};

/// What one attempt decided.
enum Attempt {
    /// This is to be committed.
    Commit(Outcome, Done),
    /// The business says no.
    Refused(Refusal),
    /// The link opens nothing any more.
    Over,
}

impl From<(Result<Outcome, Refusal>, Done)> for Attempt {
    fn from((result, done): (Result<Outcome, Refusal>, Done)) -> Self {
        match result {
            Ok(outcome) => Self::Commit(outcome, done),
            Err(refusal) => Self::Refused(refusal),
        }
    }
}

impl Visits {
    /// Does what the visitor asks for, once. Posted twice it acts once. `form` is the token that
    /// the page's form carried.
    ///
    /// # Errors
    /// When the store is not available or refuses. Nothing was done then.
    pub async fn act(&self, token: &str, wish: &Wish, form: &str) -> Result<Visit, AppError> {
        let opened = match self.open(token) {
            Ok(opened) => opened,
            Err(error) => return Ok(self.not_open(error)),
        };
        if !self.is_own_form(&opened, wish, form) {
            return Ok(View::ForeignForm.into());
        }
        let view = self.carry_out(&opened, wish).await?;
        self.visit(&opened, view).await
    }

    /// Stops the mails that a link to stop them is about, as the reader's mail program asks for it
    /// (RFC 8058), or the button on the page of that address. A mail program has seen no page, so
    /// there is no form's token.
    ///
    /// # Errors
    /// When the store is not available or refuses. Nothing was done then.
    pub async fn stop_by_one_click(&self, token: &str) -> Result<Visit, AppError> {
        let opened = match self.open_to_stop(token) {
            Ok(opened) => opened,
            Err(view) => return Ok(view.into()),
        };
        let view = self.carry_out(&opened, &Wish::Stop).await?;
        self.visit(&opened, view).await
    }

    async fn carry_out(&self, opened: &Opened, wish: &Wish) -> Result<View, AppError> {
        for attempt in 0..ATTEMPTS {
            let (outcome, done) = match self.attempt(opened, wish).await? {
                Attempt::Commit(outcome, done) => (outcome, done),
                // What a link was used for makes its second use impossible, and may have ended it:
                // that is no refusal.
                Attempt::Refused(_) | Attempt::Over if self.is_spent(opened).await? => {
                    return self.after_use(opened, wish).await;
                }
                Attempt::Refused(refusal) => return Ok(View::Refused(refusal)),
                Attempt::Over => return Ok(View::Over),
            };
            let once = opened.once();
            match self.core.commit(&outcome, &once, opened.now).await? {
                Written::Done => {
                    tracing::info!(
                        link.purpose = ?opened.claims.purpose,
                        person = %self.core.store.pseudonym(&opened.claims.subject),
                        "acted from a link"
                    );
                    return Ok(View::Done(done));
                }
                Written::SeenBefore => return self.after_use(opened, wish).await,
                Written::Stale => self.core.before_next_attempt(attempt).await,
            }
        }
        Err(AppError::Contended)
    }

    async fn attempt(&self, opened: &Opened, wish: &Wish) -> Result<Attempt, AppError> {
        match (&opened.claims.scope, opened.claims.purpose) {
            (Scope::Own, Purpose::Unsubscribe) => self.stop_all(opened, wish).await,
            (Scope::Request { request }, Purpose::Unsubscribe) => {
                self.stop_request(opened, request, wish).await
            }
            (Scope::Organization { org }, Purpose::AcceptInvitation) => {
                self.answer_invitation(opened, org, wish).await
            }
            (Scope::Organization { org }, Purpose::KeepAccess) if *wish == Wish::Yes => {
                self.keep(opened, org).await
            }
            (Scope::Approval { request, approval }, Purpose::Approve) => {
                let Wish::Answer { decision, reason } = wish else {
                    return Ok(Attempt::Over);
                };
                let answer = (*decision, reason.clone());
                self.answer_approval(opened, (request, approval), answer)
                    .await
            }
            (Scope::Invitee { org, email }, Purpose::DecideInvitation) => {
                self.decide_exception(opened, org, email, wish).await
            }
            (Scope::Run { run }, Purpose::ReleaseSweep) if *wish == Wish::Yes => {
                self.release(opened, *run).await
            }
            (
                Scope::Own
                | Scope::Organization { .. }
                | Scope::Request { .. }
                | Scope::Approval { .. }
                | Scope::Invitee { .. }
                | Scope::Run { .. }
                | Scope::Draft { .. }
                | Scope::Form { .. },
                _,
            ) => Ok(Attempt::Over),
        }
    }

    async fn answer_invitation(
        &self,
        opened: &Opened,
        org: &OrgId,
        wish: &Wish,
    ) -> Result<Attempt, AppError> {
        let Some((org, membership, customer)) = self.membership(opened, org).await? else {
            return Ok(Attempt::Over);
        };
        let proof = opened.proof();
        Ok(match wish {
            Wish::Yes => (
                accept(org, membership, customer, &proof, opened.now),
                Done::Accepted,
            )
                .into(),
            Wish::No => (decline(org, membership, &proof, opened.now), Done::Declined).into(),
            Wish::Stop | Wish::Answer { .. } => Attempt::Over,
        })
    }

    async fn keep(&self, opened: &Opened, org: &OrgId) -> Result<Attempt, AppError> {
        let Some((org, membership, customer)) = self.membership(opened, org).await? else {
            return Ok(Attempt::Over);
        };
        let result = keep_access(&org, membership, customer, &opened.proof(), opened.now);
        Ok((result, Done::Kept).into())
    }

    async fn answer_approval(
        &self,
        opened: &Opened,
        (id, approval): (&RequestRef, &ApprovalId),
        answer: (Decision, Option<Reason>),
    ) -> Result<Attempt, AppError> {
        let Some((request, viewers, customer)) = self.request(opened, id).await? else {
            return Ok(Attempt::Over);
        };
        let email = &opened.claims.subject;
        let own = viewers
            .iter()
            .find(|viewer| viewer.who == Who::Person(email.clone()));
        let found = Found {
            desk: self.settings.desk(&id.desk).await?,
            sight: Sight {
                parts: own.map(|viewer| viewer.parts.clone()).unwrap_or_default(),
                orgs: BTreeSet::new(),
                circle: BTreeSet::new(),
            },
            person: customer.unwrap_or_else(|| Customer::new(email.clone(), None)),
            request: Box::new(request),
            viewers,
        };
        let decision = answer.0;
        let proof = opened.proof();
        let result = answer_approval(found, approval.clone(), answer, &proof, opened.now);
        Ok((result, Done::Answered(decision)).into())
    }

    async fn decide_exception(
        &self,
        opened: &Opened,
        org: &OrgId,
        invitee: &EmailAddress,
        wish: &Wish,
    ) -> Result<Attempt, AppError> {
        let wanted = Wanted::new().organization(org).membership(org, invitee);
        let loaded = self.core.store.load(wanted).await?;
        let (Some(organization), Some(membership)) =
            (loaded.organization(org), loaded.membership(org, invitee))
        else {
            return Ok(Attempt::Over);
        };
        if !self.administers(opened, &organization.desk).await? {
            return Ok(Attempt::Over);
        }
        let (organization, membership) = (organization.clone(), membership.clone());
        let proof = opened.proof();
        Ok(match wish {
            Wish::Yes => (
                allow_exception(organization, membership, &proof, opened.now),
                Done::ExceptionAllowed,
            )
                .into(),
            Wish::No => (
                refuse_exception(organization, membership, &proof, opened.now),
                Done::ExceptionRefused,
            )
                .into(),
            Wish::Stop | Wish::Answer { .. } => Attempt::Over,
        })
    }

    async fn release(&self, opened: &Opened, run: RunId) -> Result<Attempt, AppError> {
        let Some(run) = self.core.store.run(run).await? else {
            return Ok(Attempt::Over);
        };
        let result = release(run, &opened.proof(), opened.now);
        Ok((result, Done::Released).into())
    }

    async fn stop_request(
        &self,
        opened: &Opened,
        request: &RequestRef,
        wish: &Wish,
    ) -> Result<Attempt, AppError> {
        let who = Who::Person(opened.claims.subject.clone());
        let wanted = Wanted::new().viewer(request, &who);
        let loaded = self.core.store.load(wanted).await?;
        let Some(viewer) = loaded.viewer(request, &who).cloned() else {
            return Ok(Attempt::Over);
        };
        let proof = opened.proof();
        Ok(match wish {
            Wish::Stop => Attempt::Commit(unwatch(viewer, &proof, opened.now), Done::MailStopped),
            Wish::Yes | Wish::No | Wish::Answer { .. } => Attempt::Over,
        })
    }

    async fn stop_all(&self, opened: &Opened, wish: &Wish) -> Result<Attempt, AppError> {
        let email = &opened.claims.subject;
        let loaded = self.core.store.load(Wanted::new().customer(email)).await?;
        let customer = loaded
            .customer(email)
            .cloned()
            .unwrap_or_else(|| Customer::new(email.clone(), None));
        let proof = opened.proof();
        Ok(match wish {
            Wish::Stop => Attempt::Commit(mute(customer, &proof, opened.now), Done::MailStopped),
            Wish::Yes | Wish::No | Wish::Answer { .. } => Attempt::Over,
        })
    }
}
