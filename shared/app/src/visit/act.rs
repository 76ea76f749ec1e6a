//! The actions that a link's page posts.

use std::collections::BTreeSet;

use domain::{
    Customer, Membership, Organization, Outcome, Request, RequestRef,
    decide::{
        self, accept, allow_exception, answer_approval, decline, keep_access, mute,
        refuse_exception, release, unwatch,
    },
    link::{Purpose, Scope},
    request::{Viewer, ViewerId},
    request_access::RequestAccess,
    sweep::SweepRun,
};
use store::Wanted;

use super::{Done, LinkView, Opened, Visit, Visits, Wish, found::Found};
use crate::{
    AppError,
    path::limits::{Act, Part},
    path::{Ruling, Settled, Stop},
};

/// Something to commit, and the words for it.
type Decided = Result<(Outcome, Done), Stop>;

impl Visits {
    /// Does the visitor's wish, once, even if posted twice. `form` is the token of the page's form.
    ///
    /// # Errors
    /// If the store is not available or refuses. Nothing was done then.
    pub async fn act(&self, token: &str, wish: &Wish, form: &str) -> Result<Visit, AppError> {
        let opened = match self.open(token) {
            Ok(opened) => opened,
            Err(error) => return Ok(self.not_open(error)),
        };
        if !self.is_own_form(&opened, wish, form) {
            return Ok(LinkView::ForeignForm.into());
        }
        let view = self.do_once(&opened, wish, form).await?;
        self.visit(&opened, view).await
    }

    /// Stops the mails of an unsubscribe link, for the reader's mail program (RFC 8058) or the
    /// button on the page of that address. A mail program has seen no page, so there is no form's
    /// token.
    ///
    /// # Errors
    /// If the store is not available or refuses. Nothing was done then.
    pub async fn stop_by_one_click(&self, token: &str) -> Result<Visit, AppError> {
        let opened = match self.open_to_stop(token) {
            Ok(opened) => opened,
            Err(error) => return Ok(LinkView::from(error).into()),
        };
        let view = self.do_once(&opened, &Wish::Stop, "").await?;
        self.visit(&opened, view).await
    }

    async fn do_once(
        &self,
        opened: &Opened,
        wish: &Wish,
        form: &str,
    ) -> Result<LinkView, AppError> {
        let services = &self.services;
        let part = if opened.claims.purpose == Purpose::Approve {
            Part::OnRequest
        } else {
            Part::FromLink
        };
        let act = Act::new(services, &opened.claims.subject, part);
        let once = opened.once();
        let settled = services.attempt_once(&once, opened.now, || async {
            let (outcome, done) = self.decide(opened, wish, form).await?;
            act.check(&outcome, opened.now).await?;
            // A link that is good for one use is used up also by what is so already.
            Ok(Ruling::Write(outcome, done))
        });
        match settled.await {
            Ok(Settled::Done(done) | Settled::Unchanged(done)) => {
                tracing::info!(
                    link.purpose = ?opened.claims.purpose,
                    person = %services.store.pseudonym(&opened.claims.subject),
                    "acted from a link"
                );
                Ok(LinkView::Done(done))
            }
            Ok(Settled::DoneBefore) => self.after_use(opened, wish).await,
            Err(Stop::Refused(refusal)) => Ok(LinkView::Refused(refusal)),
            Err(Stop::ForeignForm) => Ok(LinkView::ForeignForm),
            Err(Stop::Closed | Stop::Gone | Stop::Later(_)) => Ok(LinkView::Over),
            Err(Stop::Failed(error)) => Err(error),
        }
    }

    async fn decide(&self, opened: &Opened, wish: &Wish, form: &str) -> Decided {
        match self.found(opened).await?.ok_or(Stop::Gone)? {
            Found::Mails(None) => self.stop_all(opened, wish).await,
            Found::Mails(Some(request)) => self.stop_request(opened, &request, wish).await,
            Found::Membership(found) => decide_membership(opened, *found, wish),
            Found::Request(found) => self.answer_approval(opened, *found, wish).await,
            Found::Exception(found) if !self.has_shown(opened, &found.1, form) => {
                Err(Stop::ForeignForm)
            }
            Found::Exception(found) => decide_exception(opened, *found, wish),
            Found::Run(found) => decide_run(opened, *found, wish),
            Found::Own => Err(Stop::Gone),
        }
    }

    async fn answer_approval(
        &self,
        opened: &Opened,
        (request, viewers, customer): (Request, Vec<Viewer>, Option<Customer>),
        wish: &Wish,
    ) -> Decided {
        let (Scope::Approval { approval, .. }, Wish::Answer { decision, reason }) =
            (&opened.claims.scope, wish)
        else {
            return Err(Stop::Gone);
        };
        let email = &opened.claims.subject;
        let own = viewers
            .iter()
            .find(|viewer| viewer.who == ViewerId::Person(email.clone()));
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
        Ok((result?, Done::Answered(*decision)))
    }

    async fn stop_request(&self, opened: &Opened, request: &RequestRef, wish: &Wish) -> Decided {
        let who = ViewerId::Person(opened.claims.subject.clone());
        let wanted = Wanted::new().viewer(request, &who);
        let loaded = self.services.store.load(wanted).await?;
        let Some(viewer) = loaded.viewer(request, &who).cloned() else {
            return Err(Stop::Gone);
        };
        let occasion = opened.occasion();
        match wish {
            Wish::Stop => Ok((unwatch(viewer, &occasion), Done::MailStopped)),
            Wish::Yes | Wish::No | Wish::Answer { .. } => Err(Stop::Gone),
        }
    }

    async fn stop_all(&self, opened: &Opened, wish: &Wish) -> Decided {
        let email = &opened.claims.subject;
        let loaded = self
            .services
            .store
            .load(Wanted::new().customer(email))
            .await?;
        let customer = loaded
            .customer(email)
            .cloned()
            .unwrap_or_else(|| Customer::new(email.clone(), None));
        let occasion = opened.occasion();
        match wish {
            Wish::Stop => Ok((mute(customer, &occasion), Done::MailStopped)),
            Wish::Yes | Wish::No | Wish::Answer { .. } => Err(Stop::Gone),
        }
    }
}

fn decide_membership(
    opened: &Opened,
    (org, membership, customer): (Organization, Membership, Option<Customer>),
    wish: &Wish,
) -> Decided {
    let occasion = opened.occasion();
    match (opened.claims.purpose, wish) {
        (Purpose::AcceptInvitation, Wish::Yes) => {
            let accepted = accept(org, membership, customer, &occasion)?;
            Ok((accepted, Done::Accepted))
        }
        (Purpose::AcceptInvitation, Wish::No) => {
            Ok((decline(org, membership, &occasion)?, Done::Declined))
        }
        (Purpose::KeepAccess, Wish::Yes) => {
            let kept = keep_access(&org, membership, customer, &occasion)?;
            Ok((kept, Done::Kept))
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
        ) => Err(Stop::Gone),
    }
}

fn decide_exception(
    opened: &Opened,
    (org, membership): (Organization, Membership),
    wish: &Wish,
) -> Decided {
    let occasion = opened.occasion();
    match wish {
        Wish::Yes => {
            let allowed = allow_exception(org, membership, &occasion)?;
            Ok((allowed, Done::ExceptionAllowed))
        }
        Wish::No => {
            let refused = refuse_exception(org, membership, &occasion)?;
            Ok((refused, Done::ExceptionRefused))
        }
        Wish::Stop | Wish::Answer { .. } => Err(Stop::Gone),
    }
}

fn decide_run(opened: &Opened, (run, orgs): (SweepRun, Vec<Organization>), wish: &Wish) -> Decided {
    match wish {
        Wish::Yes => {
            let orgs = orgs.into_iter().map(|org| org.id).collect();
            let released = release(run, &orgs, &opened.occasion())?;
            Ok((released, Done::Released))
        }
        Wish::No | Wish::Stop | Wish::Answer { .. } => Err(Stop::Gone),
    }
}
