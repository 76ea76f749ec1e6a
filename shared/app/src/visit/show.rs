//! What a link shows. Nothing here writes.

use domain::{
    EmailAddress, OrgId, RequestRef,
    link::{Purpose, Scope},
    membership::State,
    request::Who,
    sweep::RunState,
};
use store::{Order, Wanted};

use super::{Opened, RequestView, View, Visit, Visits, begins_session, leads, organization_of};
use crate::{AppError, requests::answers, session::Sessions};

/// The most comments that a plain page shows.
const MAX_COMMENTS: u32 = 200;
impl Visits {
    /// What a link shows. Writes nothing, whoever follows it and however often.
    ///
    /// # Errors
    /// When the store is not available or refuses.
    pub async fn show(&self, token: &str) -> Result<Visit, AppError> {
        let opened = match self.open(token) {
            Ok(opened) => opened,
            Err(error) => return Ok(self.not_open(error)),
        };
        if self.is_spent(&opened).await? {
            return Ok(self.over(&opened));
        }
        let view = if begins_session(opened.claims.purpose) {
            self.session(&opened).await?
        } else {
            self.view(&opened).await?
        };
        self.visit(&opened, view.unwrap_or(View::Over)).await
    }

    /// What the address shows to which mail programs post (RFC 8058), when a person opens it.
    /// Writes nothing.
    ///
    /// # Errors
    /// When the store is not available or refuses.
    pub async fn show_one_click(&self, token: &str) -> Result<Visit, AppError> {
        let opened = match self.open_to_stop(token) {
            Ok(opened) => opened,
            Err(view) => return Ok(view.into()),
        };
        let view = self.view(&opened).await?;
        self.visit(&opened, view.unwrap_or(View::Over)).await
    }

    /// The session that a link begins, if nothing it depends on has ended it.
    async fn session(&self, opened: &Opened) -> Result<Option<View>, AppError> {
        let is_live = match &opened.claims.scope {
            Scope::Own => self.core.own_epoch(&opened.claims.subject).await? == opened.claims.epoch,
            Scope::Request { request } => self.request(opened, request).await?.is_some(),
            Scope::Organization { org } => {
                let found = self.membership(opened, org).await?;
                found.is_some_and(|(_, membership, _)| leads(&membership))
            }
            Scope::Approval { .. }
            | Scope::Invitee { .. }
            | Scope::Run { .. }
            | Scope::Draft { .. }
            | Scope::Form { .. } => false,
        };
        Ok(is_live.then(|| {
            let caller = Sessions::begin(&self.core, &opened.claims, opened.now);
            View::Session(Box::new(caller))
        }))
    }

    async fn view(&self, opened: &Opened) -> Result<Option<View>, AppError> {
        match &opened.claims.scope {
            Scope::Own if opened.claims.purpose == Purpose::Unsubscribe => {
                self.stop_all_view(&opened.claims.subject).await.map(Some)
            }
            Scope::Request { request } if opened.claims.purpose == Purpose::Unsubscribe => {
                self.stop_view(&opened.claims.subject, request).await
            }
            Scope::Approval { request, approval } => {
                Ok(self.request_view(opened, request).await?.and_then(|view| {
                    let approval = view.request.approvals.get(approval)?.clone();
                    let request = Box::new(view);
                    Some(View::Approval { request, approval })
                }))
            }
            Scope::Organization { org } => self.membership_view(opened, org).await,
            Scope::Invitee { email, .. } => self.exception_view(opened, email).await,
            Scope::Run { run } => {
                let found = self.core.store.run(*run).await?;
                Ok(found
                    .filter(|run| run.state == RunState::Held)
                    .map(View::HeldRun))
            }
            // A session is for these; and the pages of drafts and forms are `intake`'s.
            Scope::Own | Scope::Request { .. } | Scope::Draft { .. } | Scope::Form { .. } => {
                Ok(None)
            }
        }
    }

    async fn membership_view(
        &self,
        opened: &Opened,
        org: &OrgId,
    ) -> Result<Option<View>, AppError> {
        let Some((org, membership, _)) = self.membership(opened, org).await? else {
            return Ok(None);
        };
        let invited = matches!(
            &membership.state,
            State::Invited { expires_at, .. } if opened.now < *expires_at
        );
        Ok(match opened.claims.purpose {
            Purpose::AcceptInvitation if invited => Some(View::Invitation { org, membership }),
            Purpose::KeepAccess if membership.has_access() => {
                Some(View::KeepAccess { org, membership })
            }
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
            | Purpose::NewRequest => None,
        })
    }

    async fn exception_view(
        &self,
        opened: &Opened,
        invitee: &EmailAddress,
    ) -> Result<Option<View>, AppError> {
        let Some(org) = organization_of(&opened.claims.scope) else {
            return Ok(None);
        };
        let wanted = Wanted::new().organization(org).membership(org, invitee);
        let loaded = self.core.store.load(wanted).await?;
        let (Some(organization), Some(membership)) =
            (loaded.organization(org), loaded.membership(org, invitee))
        else {
            return Ok(None);
        };
        if !matches!(membership.state, State::Proposed { .. })
            || !self.administers(opened, &organization.desk).await?
        {
            return Ok(None);
        }
        Ok(Some(View::Exception {
            org: organization.clone(),
            membership: membership.clone(),
        }))
    }

    pub(super) async fn request_view(
        &self,
        opened: &Opened,
        id: &RequestRef,
    ) -> Result<Option<RequestView>, AppError> {
        let Some((request, viewers, _)) = self.request(opened, id).await? else {
            return Ok(None);
        };
        let who = Who::Person(opened.claims.subject.clone());
        let Some(viewer) = viewers.into_iter().find(|viewer| viewer.who == who) else {
            return Ok(None);
        };
        let page = self
            .core
            .store
            .comments(id, Order::NewestFirst, None, MAX_COMMENTS)
            .await?;
        let mut comments = page.items;
        comments.reverse();
        let desk = self.settings.desk(&id.desk).await?;
        Ok(Some(RequestView {
            answers: answers(&request, desk.as_ref()),
            request,
            comments,
            older_comments: page.next.is_some(),
            viewer,
        }))
    }

    async fn stop_view(
        &self,
        email: &EmailAddress,
        request: &RequestRef,
    ) -> Result<Option<View>, AppError> {
        let who = Who::Person(email.clone());
        let wanted = Wanted::new().viewer(request, &who);
        let loaded = self.core.store.load(wanted).await?;
        Ok(loaded.viewer(request, &who).map(|viewer| View::StopMail {
            request: Some(request.clone()),
            stopped: !viewer.subscribed,
        }))
    }

    async fn stop_all_view(&self, email: &EmailAddress) -> Result<View, AppError> {
        let loaded = self.core.store.load(Wanted::new().customer(email)).await?;
        Ok(View::StopMail {
            request: None,
            stopped: loaded.customer(email).is_some_and(|c| c.muted),
        })
    }
}
