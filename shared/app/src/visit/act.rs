//! What a POST from a link's page does.

use std::collections::BTreeSet;

use domain::{
    Customer, Membership, Organization, Outcome, Refusal, Request, RequestRef,
    decide::{
        self, accept, allow_exception, answer_approval, decline, keep_access, mute,
        refuse_exception, release, unwatch,
    },
    link::{Purpose, Scope},
    request::{Viewer, Who},
    request_access::RequestAccess,
    sweep::SweepRun,
};
use store::Wanted;

use super::{Done, Opened, View, Visit, Visits, Wish, found::Found};
use crate::{
    AppError,
    core::{ATTEMPTS, Written},
    limits::{Act, Part},
};

/// What one attempt decided.
enum Attempt {
    /// This is to be committed.
    Commit(Outcome, Done),
    /// The business says no.
    Refused(Refusal),
    /// The form is not from a page that has shown what it answers.
    Foreign,
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
        let view = self.carry_out(&opened, wish, form).await?;
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
            Err(error) => return Ok(View::from(error).into()),
        };
        let view = self.carry_out(&opened, &Wish::Stop, "").await?;
        self.visit(&opened, view).await
    }

    async fn carry_out(&self, opened: &Opened, wish: &Wish, form: &str) -> Result<View, AppError> {
        let part = if opened.claims.purpose == Purpose::Approve {
            Part::OnRequest
        } else {
            Part::FromLink
        };
        let mut act = Act::new(&self.core, &opened.claims.subject, part);
        for attempt in 0..ATTEMPTS {
            let (outcome, done) = match self.attempt(opened, wish, form).await? {
                Attempt::Commit(outcome, done) => (outcome, done),
                // What a link was used for makes its second use impossible, and may have ended it:
                // that is no refusal.
                Attempt::Refused(_) | Attempt::Foreign | Attempt::Over
                    if self.is_spent(opened).await? =>
                {
                    return self.after_use(opened, wish).await;
                }
                Attempt::Refused(refusal) => return Ok(View::Refused(refusal)),
                Attempt::Foreign => return Ok(View::ForeignForm),
                Attempt::Over => return Ok(View::Over),
            };
            if let Some(refusal) = act.check(&outcome, opened.now).await? {
                return Ok(View::Refused(refusal));
            }
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

    async fn attempt(&self, opened: &Opened, wish: &Wish, form: &str) -> Result<Attempt, AppError> {
        let Some(found) = self.found(opened).await? else {
            return Ok(Attempt::Over);
        };
        match found {
            Found::Mails(None) => self.stop_all(opened, wish).await,
            Found::Mails(Some(request)) => self.stop_request(opened, &request, wish).await,
            Found::Membership(found) => Ok(decide_membership(opened, *found, wish)),
            Found::Request(found) => self.answer_approval(opened, *found, wish).await,
            Found::Exception(found) if !self.has_shown(opened, &found.1, form) => {
                Ok(Attempt::Foreign)
            }
            Found::Exception(found) => Ok(decide_exception(opened, *found, wish)),
            Found::Run(found) => Ok(decide_run(opened, *found, wish)),
            Found::Own => Ok(Attempt::Over),
        }
    }

    async fn answer_approval(
        &self,
        opened: &Opened,
        (request, viewers, customer): (Request, Vec<Viewer>, Option<Customer>),
        wish: &Wish,
    ) -> Result<Attempt, AppError> {
        let (Scope::Approval { approval, .. }, Wish::Answer { decision, reason }) =
            (&opened.claims.scope, wish)
        else {
            return Ok(Attempt::Over);
        };
        let email = &opened.claims.subject;
        let own = viewers
            .iter()
            .find(|viewer| viewer.who == Who::Person(email.clone()));
        let found = decide::Found {
            desk: self.settings.desk(&request.current().desk).await?,
            access: RequestAccess {
                parts: own.map(|viewer| viewer.parts.clone()).unwrap_or_default(),
                orgs: BTreeSet::new(),
                circle: BTreeSet::new(),
            },
            person: customer.unwrap_or_else(|| Customer::new(email.clone(), None)),
            request: Box::new(request),
            viewers,
        };
        let answer = (*decision, reason.clone());
        let occasion = opened.occasion();
        let result = answer_approval(found, approval.clone(), answer, &occasion);
        Ok((result, Done::Answered(*decision)).into())
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
        let occasion = opened.occasion();
        Ok(match wish {
            Wish::Stop => Attempt::Commit(unwatch(viewer, &occasion), Done::MailStopped),
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
        let occasion = opened.occasion();
        Ok(match wish {
            Wish::Stop => Attempt::Commit(mute(customer, &occasion), Done::MailStopped),
            Wish::Yes | Wish::No | Wish::Answer { .. } => Attempt::Over,
        })
    }
}

fn decide_membership(
    opened: &Opened,
    (org, membership, customer): (Organization, Membership, Option<Customer>),
    wish: &Wish,
) -> Attempt {
    let occasion = opened.occasion();
    match (opened.claims.purpose, wish) {
        (Purpose::AcceptInvitation, Wish::Yes) => {
            let result = accept(org, membership, customer, &occasion);
            (result, Done::Accepted).into()
        }
        (Purpose::AcceptInvitation, Wish::No) => {
            (decline(org, membership, &occasion), Done::Declined).into()
        }
        (Purpose::KeepAccess, Wish::Yes) => {
            let result = keep_access(&org, membership, customer, &occasion);
            (result, Done::Kept).into()
        }
        (
            Purpose::AcceptInvitation
            | Purpose::KeepAccess
            | Purpose::LeadConsole
            | Purpose::Requester
            | Purpose::Approve
            | Purpose::Review
            | Purpose::Unsubscribe
            | Purpose::DecideInvitation
            | Purpose::ReleaseSweep
            | Purpose::ConfirmRequest
            | Purpose::NewRequest,
            Wish::Yes | Wish::No | Wish::Stop | Wish::Answer { .. },
        ) => Attempt::Over,
    }
}

fn decide_exception(
    opened: &Opened,
    (org, membership): (Organization, Membership),
    wish: &Wish,
) -> Attempt {
    let occasion = opened.occasion();
    match wish {
        Wish::Yes => {
            let result = allow_exception(org, membership, &occasion);
            (result, Done::ExceptionAllowed).into()
        }
        Wish::No => {
            let result = refuse_exception(org, membership, &occasion);
            (result, Done::ExceptionRefused).into()
        }
        Wish::Stop | Wish::Answer { .. } => Attempt::Over,
    }
}

fn decide_run(opened: &Opened, (run, orgs): (SweepRun, Vec<Organization>), wish: &Wish) -> Attempt {
    match wish {
        Wish::Yes => {
            let orgs = orgs.into_iter().map(|org| org.id).collect();
            let result = release(run, &orgs, &opened.occasion());
            (result, Done::Released).into()
        }
        Wish::No | Wish::Stop | Wish::Answer { .. } => Attempt::Over,
    }
}
