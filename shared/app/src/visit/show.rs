//! The views of links. Nothing here writes.

use domain::{
    Actor, EmailAddress, Membership, Organization, Request, RequestRef,
    link::{Purpose, Scope},
    membership::State,
    request::{Viewer, ViewerId},
    sweep::SweepRun,
};
use store::{Order, Wanted};

use super::{HeldPart, LinkView, Opened, RequestView, Visit, Visits, begins_session, found::Found};
use crate::{
    AppError,
    path::session::Sessions,
    requests::{answers, that_fit},
};

/// The most comments that a plain page shows.
const MAX_COMMENTS: u32 = 200;

impl Visits {
    /// The view of a link. Never writes.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn show(&self, token: &str) -> Result<Visit, AppError> {
        let opened = match self.open(token) {
            Ok(opened) => opened,
            Err(error) => return Ok(self.not_open(error)),
        };
        if self.is_spent(&opened).await? {
            return self.over_because(&opened).await;
        }
        let Some(found) = self.found(&opened).await? else {
            return self.over_because(&opened).await;
        };
        let view = if begins_session(opened.claims.purpose) {
            let caller = Sessions::begin(&self.services, &opened.claims, opened.now);
            Some(LinkView::Session(Box::new(caller)))
        } else {
            self.view(&opened, found).await?
        };
        self.visit(&opened, view.unwrap_or(LinkView::Over)).await
    }

    /// The view of the one-click address (RFC 8058) for a person who opens it. Writes nothing.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn show_one_click(&self, token: &str) -> Result<Visit, AppError> {
        let opened = match self.open_to_stop(token) {
            Ok(opened) => opened,
            Err(error) => return Ok(LinkView::from(error).into()),
        };
        let view = match self.found(&opened).await? {
            Some(found) => self.view(&opened, found).await?,
            None => None,
        };
        self.visit(&opened, view.unwrap_or(LinkView::Over)).await
    }

    async fn view(&self, opened: &Opened, found: Found) -> Result<Option<LinkView>, AppError> {
        let email = &opened.claims.subject;
        Ok(match found {
            Found::Mails(None) => Some(self.stop_all_view(email).await?),
            Found::Mails(Some(request)) => self.stop_view(email, &request).await?,
            Found::Membership(found) => {
                let (org, membership, _) = *found;
                membership_view(opened, org, membership)
            }
            Found::Request(found) => {
                let (request, viewers, _) = *found;
                self.approval_view(opened, request, viewers).await?
            }
            Found::Exception(found) => {
                let (org, membership) = *found;
                self.exception_view(org, membership).await?
            }
            Found::Run(found) => {
                let (run, orgs) = *found;
                held_view(&run, &orgs)
            }
            // A session is for these.
            Found::Own => None,
        })
    }

    async fn exception_view(
        &self,
        org: Organization,
        membership: Membership,
    ) -> Result<Option<LinkView>, AppError> {
        if !matches!(membership.state, State::Proposed { .. }) {
            return Ok(None);
        }
        let inviter = match &membership.invited_by {
            Actor::Person(email) => {
                let loaded = self
                    .services
                    .store
                    .load(Wanted::new().customer(email))
                    .await?;
                loaded.customer(email).and_then(|known| known.name.clone())
            }
            Actor::Source(_)
            | Actor::Sweep
            | Actor::MailFeedback
            | Actor::Desk
            | Actor::Operator => None,
        };
        Ok(Some(LinkView::Exception {
            inviter,
            org,
            membership,
        }))
    }

    async fn approval_view(
        &self,
        opened: &Opened,
        request: Request,
        viewers: Vec<Viewer>,
    ) -> Result<Option<LinkView>, AppError> {
        let Scope::Approval { approval, .. } = &opened.claims.scope else {
            return Ok(None);
        };
        let Some(approval) = request.approvals.get(approval).cloned() else {
            return Ok(None);
        };
        let request = self.request_view(opened, request, viewers).await?;
        Ok(request.map(|request| LinkView::Approval {
            request: Box::new(request),
            approval,
        }))
    }

    async fn request_view(
        &self,
        opened: &Opened,
        request: Request,
        viewers: Vec<Viewer>,
    ) -> Result<Option<RequestView>, AppError> {
        let who = ViewerId::Person(opened.claims.subject.clone());
        let Some(viewer) = viewers.into_iter().find(|viewer| viewer.who == who) else {
            return Ok(None);
        };
        let page = self
            .services
            .store
            .comments(&request.id, Order::NewestFirst, None, MAX_COMMENTS)
            .await?;
        let (comments, left_out) = that_fit(page.items);
        let desk = self.settings.desk(&request.current().desk).await?;
        Ok(Some(RequestView {
            answers: answers(&request, desk.as_ref()),
            request,
            comments,
            older_comments: left_out || page.next.is_some(),
            viewer,
        }))
    }

    async fn stop_view(
        &self,
        email: &EmailAddress,
        request: &RequestRef,
    ) -> Result<Option<LinkView>, AppError> {
        let who = ViewerId::Person(email.clone());
        let wanted = Wanted::new().viewer(request, &who);
        let loaded = self.services.store.load(wanted).await?;
        Ok(loaded
            .viewer(request, &who)
            .map(|viewer| LinkView::StopMail {
                request: Some(request.clone()),
                stopped: !viewer.subscribed,
            }))
    }

    async fn stop_all_view(&self, email: &EmailAddress) -> Result<LinkView, AppError> {
        let loaded = self
            .services
            .store
            .load(Wanted::new().customer(email))
            .await?;
        Ok(LinkView::StopMail {
            request: None,
            stopped: loaded.customer(email).is_some_and(|c| c.muted),
        })
    }
}

fn membership_view(opened: &Opened, org: Organization, membership: Membership) -> Option<LinkView> {
    let invited = matches!(
        &membership.state,
        State::Invited { expires_at, .. } if opened.now < *expires_at
    );
    match opened.claims.purpose {
        Purpose::AcceptInvitation if invited => Some(LinkView::Invitation { org, membership }),
        // Its life says that they have access.
        Purpose::KeepAccess => Some(LinkView::KeepAccess { org, membership }),
        Purpose::AcceptInvitation
        | Purpose::LeadConsole
        | Purpose::Requester
        | Purpose::Approve
        | Purpose::Review
        | Purpose::Unsubscribe
        | Purpose::DecideInvitation
        | Purpose::ReleaseSweep
        | Purpose::ConfirmRequest
        | Purpose::NewRequest => None,
    }
}

/// The effect of a run on these organisations, if it waits for a decision about them.
fn held_view(run: &SweepRun, orgs: &[Organization]) -> Option<LinkView> {
    let organizations: Vec<_> = run
        .waiting()
        .filter_map(|(id, count)| {
            let org = orgs.iter().find(|org| org.id == *id)?;
            Some((org.name.clone(), count))
        })
        .collect();
    (!organizations.is_empty()).then_some(LinkView::HeldRun(HeldPart {
        began: run.id.0,
        organizations,
    }))
}
