//! `customer.invited`: one person in one transaction; a list as many of them, resumable.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Code, Event, Outcome, Refusal, RefusedField, Timestamp,
    decide::{InviteState, Invited, Terms, invite},
    event::{CustomerInvited as Inviting, EventData, Invitee},
    outcome::Row,
};
use hooks::function::Function;
use store::{Answer, Delivery, ListId, Wanted};

use super::{Found, Hook, Receiver, Reply, VerifiedDelivery};
use crate::{
    path::Stop,
    path::inviting::{List, Rows},
};

/// The webhook of invitations.
#[derive(Debug)]
pub enum CustomerInvited {}

/// The one person to invite; `None` when the row holds no address.
#[derive(Debug)]
pub struct State(Option<InviteState>);

impl Hook for CustomerInvited {
    const FUNCTION: Function = Function::CustomerInvited;
    type Event = Inviting;
    type State = State;

    fn event(events: Vec<Event>) -> Option<Inviting> {
        let [event] = <[Event; 1]>::try_from(events).ok()?;
        match event.what {
            EventData::CustomerInvited(invited) => Some(invited),
            _ => None,
        }
    }

    async fn load(
        at: &Receiver<Self>,
        delivery: &VerifiedDelivery<'_>,
        event: &Inviting,
        now: Timestamp,
    ) -> Result<Found<State>, Stop> {
        let email = match event.invitees.as_slice() {
            [one] => one.email.as_ref().ok(),
            _ => None,
        };
        let mut wanted = Wanted::new()
            .delivery(delivery.source_id(), &delivery.id)
            .organization(&event.org);
        if let Some(email) = email {
            wanted = wanted.affiliation(&event.org, email);
        }
        let loaded = at.services.store.load(wanted).await?;
        if let Some(first) = loaded.delivery(delivery.source_id(), &delivery.id, now)? {
            return Ok(Found::Seen(first));
        }
        let org = loaded.organization(&event.org).cloned();
        let org = org.ok_or_else(Refusal::unknown_organization)?;
        let Some(email) = email else {
            return Ok(Found::Fresh(State(None)));
        };
        Ok(Found::Fresh(State(Some(InviteState {
            inviter: None,
            desk: at.settings.desk(&org.desk).await?,
            membership: loaded.membership(&event.org, email).cloned(),
            left: loaded.affiliation(&event.org, email).trace(),
            org,
        }))))
    }

    /// One person: the delivery's record, with its answer, is part of the one transaction. Unlike in
    /// a row of a list, a refusal is the whole answer.
    fn decide(
        State(state): State,
        delivery: &VerifiedDelivery<'_>,
        event: &Inviting,
        now: Timestamp,
    ) -> Result<(Outcome, Answer), Stop> {
        let invitee = &event.invitees[0];
        let verdict = match (state, &invitee.email) {
            (Some(state), Ok(email)) => {
                let proof = delivery.proof(event.invited_by.as_ref());
                invite(state, email, &terms(event, invitee), &proof.at(now))
            }
            _ => Invited::refused(Code::InvalidEmail),
        };
        if let Some(refusal) = refusal_of(&verdict) {
            return Err(refusal.into());
        }
        let answer = report(delivery, &[verdict.row_of(invitee)]);
        Ok((verdict.outcome, answer))
    }

    async fn take(
        at: &Receiver<Self>,
        delivery: &VerifiedDelivery<'_>,
        event: Inviting,
    ) -> Result<Reply, Stop> {
        match event.invitees.as_slice() {
            [_] => at.settle(delivery, event).await,
            _ => at.take_list(delivery, &event).await,
        }
    }
}

impl Receiver<CustomerInvited> {
    /// Invites many, each in a transaction of their own under a record of their own: a list that was
    /// cut short goes on where it stopped, and nobody is told twice.
    async fn take_list(
        &self,
        delivery: &VerifiedDelivery<'_>,
        event: &Inviting,
    ) -> Result<Reply, Stop> {
        let now = self.services.now();
        let (source, id) = (delivery.source_id(), &delivery.id);
        let wanted = Wanted::new().delivery(source, id).organization(&event.org);
        let loaded = self.services.store.load(wanted).await?;
        // A list that another invocation has begun is worked off by both.
        let is_over = |seen: &Delivery| seen.answer.is_some() || !delivery.is_same_payload(seen);
        if let Some(seen) = loaded.delivery(source, id, now)?.filter(&is_over) {
            return self.replay(delivery, seen);
        }
        if loaded.organization(&event.org).is_none() {
            return Err(Refusal::unknown_organization().into());
        }
        let store = &self.services.store;
        let hash = &delivery.payload_sha256;
        let done = match store.begin_list(source, id, hash, now).await? {
            None => BTreeMap::new(),
            Some(seen) if is_over(&seen) => return self.replay(delivery, seen),
            Some(_) => store.list_rows(&delivery.list(), now).await?,
        };
        let rows = self.invite_rows(delivery, event, done).await?;
        let answer = report(delivery, &rows);
        let first = store.finish_list(source, id, &answer).await?;
        Ok(Reply::taken(first.unwrap_or(answer)))
    }

    async fn invite_rows(
        &self,
        delivery: &VerifiedDelivery<'_>,
        event: &Inviting,
        mut done: BTreeMap<u32, Row>,
    ) -> Result<Vec<Row>, Stop> {
        let list = List {
            id: delivery.list(),
            org: &event.org,
            proof: delivery.proof(event.invited_by.as_ref()),
            inviter: None,
            lead: None,
            terms: &|invitee| terms(event, invitee),
            deadline: delivery.deadline,
        };
        let inviting = Rows {
            services: &self.services,
            settings: &self.settings,
        };
        let (rows, mut earlier) = ((0..).zip(&event.invitees), BTreeSet::new());
        inviting.rows(&list, rows, &mut earlier, &mut done).await
    }
}

impl VerifiedDelivery<'_> {
    /// The list that it brings.
    fn list(&self) -> ListId {
        ListId::Delivery {
            source: self.source_id().clone(),
            id: self.id.clone(),
        }
    }
}

fn terms(event: &Inviting, invitee: &Invitee) -> Terms {
    Terms {
        role: invitee.role,
        name: invitee.name.clone(),
        access_until: event.access_until,
        note: event.note.clone(),
    }
}

/// The refusal of one person who comes alone. A question to an administrator is none: it is kept.
fn refusal_of(invited: &Invited) -> Option<Refusal> {
    let code = invited.code?;
    if code == Code::AwaitingApproval {
        return None;
    }
    let field = if code == Code::DateInThePast {
        RefusedField::AccessUntil
    } else {
        RefusedField::Invitee
    };
    Some(Refusal::of(code).at(field))
}

/// The answer to a list: accepted, with the result of each row.
fn report(delivery: &VerifiedDelivery<'_>, rows: &[Row]) -> Answer {
    let body = serde_json::json!({
        "status": "accepted",
        "delivery": delivery.id.as_str(),
        "rows": rows,
    });
    Answer {
        status: 202,
        body: body.to_string(),
    }
}
