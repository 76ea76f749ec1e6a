//! `request.created`: one read, one decision, one transaction.

use domain::{
    DraftId, EmailAddress, OrgId, Timestamp,
    affiliation::home_of,
    decide::{ReportedState, keep_unconfirmed, request_created},
    event::RequestCreated,
    request::Record,
};
use store::Wanted;

use super::{Receiver, genuine::Genuine, settle::Step};
use crate::{
    AppError,
    limits::{DRAFTS_PER_MAILBOX, UNCONFIRMED_PER_SOURCE},
    mailbox::other_spellings,
};

impl Receiver {
    pub(super) async fn record_request(
        &self,
        delivery: &Genuine<'_>,
        event: &RequestCreated,
        at: Timestamp,
    ) -> Result<Step, AppError> {
        let now = self.core.now();
        let reporter = &event.reporter.email;
        // An organisation that anybody can name is none.
        let named = match event.org.as_ref().filter(|_| delivery.source.trusted) {
            Some(org) => Some(org.clone()),
            None => self.settings.domain_rule(&reporter.domain()).await?,
        };
        let desk = self.settings.desk(&event.request.desk).await?;
        let wanted = Wanted::new()
            .delivery(delivery.source_id(), &delivery.id)
            .customer(reporter)
            .request(&event.request);
        let mut loaded = self
            .core
            .store
            .load(standing(wanted, named.as_ref(), reporter))
            .await?;
        if let Some(first) = loaded.delivery(delivery.source_id(), &delivery.id, now)? {
            return Ok(Step::Seen(first));
        }
        let mut state = ReportedState {
            desk,
            record: loaded.request(&event.request).cloned(),
            customers: loaded.customers().cloned().collect(),
            trusted: true,
            ..ReportedState::default()
        };
        let mut org = named;
        // Somebody known whose organisation neither the event nor the domain tells: ask for it.
        if org.is_none() && !state.customers.is_empty() {
            org = self.organization_of(reporter).await?;
            let wanted = standing(Wanted::new(), org.as_ref(), reporter);
            if !wanted.is_empty() {
                loaded = self.core.store.load(wanted).await?;
            }
        }
        if let Some(org) = &org {
            state.org = loaded.organization(org).cloned();
            let own = loaded.affiliation(org, reporter);
            state.membership = own.membership().cloned();
            state.left = own.trace();
        }
        if let Some(org) = &state.org {
            let store = &self.core.store;
            state.others = other_spellings(store, &loaded, org, reporter).await?;
        }
        if let Some(Record::Awaited(awaited)) = &state.record {
            let named = self
                .named_by(std::iter::empty(), Some(awaited), Some(reporter))
                .await?;
            state.orgs = named.orgs;
            state.keys = named.keys;
        }
        if !delivery.source.trusted {
            return self.keep_unconfirmed(delivery, state, event, now).await;
        }
        let proof = delivery.proof(Some(reporter));
        match request_created(state, event, at, &proof.at(now)) {
            Ok(outcome) => {
                self.commit(delivery, &outcome, delivery.accepted(), now)
                    .await
            }
            Err(refusal) => Ok(Step::Refused(refusal)),
        }
    }

    /// What anybody can fill in waits for its reporter, within the limits of what may be mailed to
    /// somebody who was only named.
    async fn keep_unconfirmed(
        &self,
        delivery: &Genuine<'_>,
        state: ReportedState,
        event: &RequestCreated,
        now: Timestamp,
    ) -> Result<Step, AppError> {
        let id: DraftId = self
            .core
            .new_id()
            .to_string()
            .parse()
            .expect("a UUID is a draft's id");
        let outcome = match keep_unconfirmed(state, event, id, now) {
            Ok(outcome) => outcome,
            Err(refusal) => return Ok(Step::Refused(refusal)),
        };
        let mailbox = self.core.mailbox(&event.reporter.email);
        for (scope, limit) in [
            (
                format!("new:source:{}", delivery.source_id()),
                UNCONFIRMED_PER_SOURCE,
            ),
            (format!("new:mailbox:{mailbox}"), DRAFTS_PER_MAILBOX),
        ] {
            if let Some(wait) = self.core.over(&scope, limit, now).await? {
                return Ok(Step::Later(wait));
            }
        }
        self.commit(delivery, &outcome, delivery.accepted(), now)
            .await
    }

    /// The one organisation in which somebody has access; else the one they left; else none.
    async fn organization_of(&self, email: &EmailAddress) -> Result<Option<OrgId>, AppError> {
        let orgs = self.core.store.organizations_of(email).await?;
        let wanted = orgs
            .iter()
            .fold(Wanted::new(), |wanted, org| wanted.affiliation(org, email));
        if wanted.is_empty() {
            return Ok(None);
        }
        let loaded = self.core.store.load(wanted).await?;
        let theirs: Vec<_> = loaded.affiliations(email).collect();
        Ok(home_of(&theirs, self.core.now()))
    }
}

/// And what tells how somebody stands to an organisation.
fn standing(wanted: Wanted, org: Option<&OrgId>, email: &EmailAddress) -> Wanted {
    match org {
        Some(org) => wanted.organization(org).affiliation(org, email),
        None => wanted,
    }
}
