//! `customer.invited`: one person in one transaction; a list as many of them, resumable.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Code, Refusal, RefusedField,
    decide::{InviteState, Invited, Terms, invite},
    event::{CustomerInvited, Invitee},
    outcome::Row,
};
use store::{Answer, ListId, Wanted};

use super::{Receiver, genuine::Genuine, settle::Step};
use crate::{
    AppError,
    inviting::{Inviting, List},
};

impl Receiver {
    pub(super) async fn invite_customers(
        &self,
        delivery: &Genuine<'_>,
        event: &CustomerInvited,
    ) -> Result<Step, AppError> {
        match event.invitees.as_slice() {
            [one] => self.invite_one(delivery, event, one).await,
            _ => self.invite_list(delivery, event).await,
        }
    }

    /// One person: the delivery's record, with its answer, is part of the one transaction. Unlike a
    /// row of a list, a refusal is the whole answer.
    async fn invite_one(
        &self,
        delivery: &Genuine<'_>,
        event: &CustomerInvited,
        invitee: &Invitee,
    ) -> Result<Step, AppError> {
        let now = self.core.now();
        let mut wanted = Wanted::new()
            .delivery(delivery.source_id(), &delivery.id)
            .organization(&event.org);
        if let Ok(email) = &invitee.email {
            wanted = wanted.affiliation(&event.org, email);
        }
        let loaded = self.core.store.load(wanted).await?;
        if let Some(first) = loaded.delivery(delivery.source_id(), &delivery.id, now)? {
            return Ok(Step::Seen(first));
        }
        let Some(org) = loaded.organization(&event.org).cloned() else {
            return Ok(Step::Refused(Refusal::unknown_organization()));
        };
        let verdict = match &invitee.email {
            Ok(email) => {
                let desk = self.settings.desk(&org.desk).await?;
                let state = InviteState {
                    inviter: None,
                    desk,
                    membership: loaded.membership(&event.org, email).cloned(),
                    left: loaded.affiliation(&event.org, email).trace(),
                    org,
                };
                let proof = delivery.proof(event.invited_by.as_ref());
                invite(state, email, &terms(event, invitee), &proof.at(now))
            }
            Err(_) => Invited::refused(Code::InvalidEmail),
        };
        if let Some(refusal) = refusal_of(&verdict) {
            return Ok(Step::Refused(refusal));
        }
        let answer = report(delivery, &[verdict.row_of(invitee)]);
        self.commit(delivery, &verdict.outcome, answer, now).await
    }

    /// Many: each in a transaction of their own, under a record of their own, so that a list that
    /// was cut short goes on where it stopped and nobody is told twice.
    async fn invite_list(
        &self,
        delivery: &Genuine<'_>,
        event: &CustomerInvited,
    ) -> Result<Step, AppError> {
        let now = self.core.now();
        let (source, id) = (delivery.source_id(), &delivery.id);
        let wanted = Wanted::new().delivery(source, id).organization(&event.org);
        let loaded = self.core.store.load(wanted).await?;
        if let Some(seen) = loaded.delivery(source, id, now)?
            && (seen.answer.is_some() || seen.payload_sha256 != delivery.payload_sha256)
        {
            return Ok(Step::Seen(seen));
        }
        if loaded.organization(&event.org).is_none() {
            return Ok(Step::Refused(Refusal::unknown_organization()));
        }
        let store = &self.core.store;
        let begun = store
            .begin_list(source, id, &delivery.payload_sha256, now)
            .await?;
        let done = match begun {
            None => BTreeMap::new(),
            Some(seen)
                if seen.answer.is_some() || seen.payload_sha256 != delivery.payload_sha256 =>
            {
                return Ok(Step::Seen(seen));
            }
            Some(_) => store.list_rows(&delivery.list(), now).await?,
        };
        let rows = self.invite_rows(delivery, event, done).await?;
        let answer = report(delivery, &rows);
        let first = store.finish_list(source, id, &answer).await?;
        Ok(Step::Answered(first.unwrap_or(answer)))
    }

    async fn invite_rows(
        &self,
        delivery: &Genuine<'_>,
        event: &CustomerInvited,
        mut done: BTreeMap<u32, Row>,
    ) -> Result<Vec<Row>, AppError> {
        let list = List {
            id: delivery.list(),
            org: &event.org,
            proof: delivery.proof(event.invited_by.as_ref()),
            inviter: None,
            lead: None,
            terms: &|invitee| terms(event, invitee),
            deadline: delivery.deadline,
        };
        let inviting = Inviting {
            core: &self.core,
            settings: &self.settings,
        };
        let (rows, mut earlier) = ((0..).zip(&event.invitees), BTreeSet::new());
        inviting.rows(&list, rows, &mut earlier, &mut done).await
    }
}

impl Genuine<'_> {
    /// The list that it brings.
    fn list(&self) -> ListId {
        ListId::Delivery {
            source: self.source_id().clone(),
            id: self.id.clone(),
        }
    }
}

fn terms(event: &CustomerInvited, invitee: &Invitee) -> Terms {
    Terms {
        role: invitee.role,
        name: invitee.name.clone(),
        access_until: event.access_until,
        note: event.note.clone(),
    }
}

/// Why one person alone is not invited. A question to an administrator is no refusal: it is kept.
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

/// The answer to a list: accepted, with what became of each row.
fn report(delivery: &Genuine<'_>, rows: &[Row]) -> Answer {
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
