//! `request.created`: one read, one decision, one transaction.

use domain::{
    DraftId, EmailAddress, Event, OrgId, Outcome, Timestamp,
    affiliation::home_of,
    decide::{ReportedState, keep_unconfirmed, request_created},
    event::{EventData, RequestCreated as Created},
    request::Record,
};
use hooks::function::Function;
use store::{Answer, Wanted};

use super::{Found, Hook, Receiver, VerifiedDelivery};
use crate::{
    AppError, Services,
    mailbox::other_spellings,
    path::Stop,
    path::limits::{DRAFTS_PER_MAILBOX, UNCONFIRMED_PER_SOURCE},
};

/// The webhook of new requests.
#[derive(Debug)]
pub enum RequestCreated {}

/// A request as its sender describes it.
#[derive(Debug)]
pub struct Reported {
    created: Created,
    at: Timestamp,
}

/// All that the decision about a new request needs.
#[derive(Debug)]
pub struct State {
    reported: ReportedState,
    /// The name of the draft that the request of an untrusted source becomes.
    draft: Option<DraftId>,
}

impl Hook for RequestCreated {
    const FUNCTION: Function = Function::RequestCreated;
    type Event = Reported;
    type State = State;

    fn event(events: Vec<Event>) -> Option<Reported> {
        let [event] = <[Event; 1]>::try_from(events).ok()?;
        match event.what {
            EventData::RequestCreated(created) => Some(Reported {
                created,
                at: event.at,
            }),
            _ => None,
        }
    }

    async fn load(
        at: &Receiver<Self>,
        delivery: &VerifiedDelivery<'_>,
        event: &Reported,
        now: Timestamp,
    ) -> Result<Found<State>, Stop> {
        let (services, event) = (&at.services, &event.created);
        let reporter = &event.reporter.email;
        // An organisation that anybody can name is none.
        let named = match event.org.as_ref().filter(|_| delivery.source.trusted) {
            Some(org) => Some(org.clone()),
            None => at.settings.domain_rule(&reporter.domain()).await?,
        };
        let desk = at.settings.desk(&event.request.desk).await?;
        let wanted = Wanted::new()
            .delivery(delivery.source_id(), &delivery.id)
            .customer(reporter)
            .request(&event.request);
        let wanted = standing(wanted, named.as_ref(), reporter);
        let mut loaded = services.store.load(wanted).await?;
        if let Some(first) = loaded.delivery(delivery.source_id(), &delivery.id, now)? {
            return Ok(Found::Seen(first));
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
            org = organization_of(services, reporter).await?;
            let wanted = standing(Wanted::new(), org.as_ref(), reporter);
            if !wanted.is_empty() {
                loaded = services.store.load(wanted).await?;
            }
        }
        if let Some(org) = &org {
            state.org = loaded.organization(org).cloned();
            let own = loaded.affiliation(org, reporter);
            state.membership = own.membership().cloned();
            state.left = own.trace();
        }
        if let Some(org) = &state.org {
            state.others = other_spellings(&services.store, &loaded, org, reporter).await?;
        }
        if let Some(Record::Awaited(awaited)) = &state.record {
            let named = at
                .settings
                .named_by(std::iter::empty(), Some(awaited), Some(reporter));
            let named = named.await?;
            state.orgs = named.orgs;
            state.keys = named.keys;
        }
        let draft = (!delivery.source.trusted).then(|| {
            let id = services.new_id().to_string();
            id.parse().expect("a UUID is a draft's id")
        });
        Ok(Found::Fresh(State {
            reported: state,
            draft,
        }))
    }

    /// A request that anybody can send waits until its reporter confirms it.
    fn decide(
        State { reported, draft }: State,
        delivery: &VerifiedDelivery<'_>,
        Reported { created, at }: &Reported,
        now: Timestamp,
    ) -> Result<(Outcome, Answer), Stop> {
        let outcome = if let Some(draft) = draft {
            keep_unconfirmed(reported, created, draft, now)?
        } else {
            let proof = delivery.proof(Some(&created.reporter.email));
            request_created(reported, created, *at, &proof.at(now))?
        };
        Ok((outcome, delivery.accepted()))
    }

    /// Limits the mails to people whom an untrusted source only names.
    async fn count(
        at: &Receiver<Self>,
        delivery: &VerifiedDelivery<'_>,
        event: &Reported,
        now: Timestamp,
    ) -> Result<(), Stop> {
        if delivery.source.trusted {
            return Ok(());
        }
        let by_source = format!("new:source:{}", delivery.source_id());
        let mailbox = at.services.mailbox(&event.created.reporter.email);
        let by_mailbox = format!("new:mailbox:{mailbox}");
        for (scope, limit) in [
            (by_source, UNCONFIRMED_PER_SOURCE),
            (by_mailbox, DRAFTS_PER_MAILBOX),
        ] {
            if let Some(wait) = at.services.over(&scope, limit, now).await? {
                return Err(Stop::Later(wait));
            }
        }
        Ok(())
    }
}

/// The one organisation in which somebody has access; else the one they left; else none.
async fn organization_of(
    services: &Services,
    email: &EmailAddress,
) -> Result<Option<OrgId>, AppError> {
    let orgs = services.store.organizations_of(email).await?;
    let wanted = orgs
        .iter()
        .fold(Wanted::new(), |wanted, org| wanted.affiliation(org, email));
    if wanted.is_empty() {
        return Ok(None);
    }
    let loaded = services.store.load(wanted).await?;
    let theirs: Vec<_> = loaded.affiliations(email).collect();
    Ok(home_of(&theirs, services.now()))
}

/// Adds the affiliation of somebody with an organisation.
fn standing(wanted: Wanted, org: Option<&OrgId>, email: &EmailAddress) -> Wanted {
    match org {
        Some(org) => wanted.organization(org).affiliation(org, email),
        None => wanted,
    }
}
