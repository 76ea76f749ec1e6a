//! `customer.invited`: one person in one transaction; a list as many of them, resumable.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Code, EmailAddress, Outcome, Refusal, Timestamp,
    decide::{InviteState, Invited, Terms, invite},
    event::{CustomerInvited, Invitee},
    outcome::{Row, RowOutcome},
};
use jiff::SignedDuration;
use store::{Answer, Once, Wanted};

use super::{Genuine, Receiver, Step};
use crate::{
    AppError,
    core::{ATTEMPTS, Written},
};

/// How long before the function's deadline a list stops, so that the answer still leaves.
const MARGIN: SignedDuration = SignedDuration::from_millis(1_500);

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
            wanted = wanted.membership(&event.org, email);
        }
        let loaded = self.core.store.load(wanted).await?;
        if let Some(first) = loaded.delivery(delivery.source_id(), &delivery.id, now)? {
            return Ok(Step::Seen(first));
        }
        let Some(org) = loaded.organization(&event.org).cloned() else {
            return Ok(Step::Refused(unknown(event)));
        };
        let verdict = match &invitee.email {
            Ok(email) => {
                let desk = self.settings.desk(&org.desk).await?;
                let state = InviteState {
                    desk,
                    membership: loaded.membership(&event.org, email).cloned(),
                    org,
                };
                let proof = delivery.proof(event.invited_by.as_ref());
                invite(state, email, &terms(event, invitee), &proof, now)
            }
            Err(_) => malformed(),
        };
        if let Some(refusal) = refusal_of(&verdict) {
            return Ok(Step::Refused(refusal));
        }
        let answer = report(delivery, &[row(invitee, &verdict)]);
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
            return Ok(Step::Refused(unknown(event)));
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
            Some(_) => store.list_rows(source, id, now).await?,
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
        let mut rows = Vec::with_capacity(event.invitees.len());
        let mut earlier = BTreeSet::new();
        for (index, invitee) in (0_u32..).zip(&event.invitees) {
            let known = done.remove(&index);
            let row = match (&invitee.email, known) {
                (Ok(email), Some(row)) => {
                    earlier.insert(email);
                    row
                }
                (_, Some(row)) => row,
                (Err(_), None) => row(invitee, &malformed()),
                (Ok(email), None) if !earlier.insert(email) => {
                    row(invitee, &refused(Code::Duplicate))
                }
                (Ok(email), None) => {
                    if self.is_late(delivery) {
                        return Err(AppError::OutOfTime);
                    }
                    self.invite_row(delivery, event, (index, invitee), email)
                        .await?
                }
            };
            rows.push(row);
        }
        Ok(rows)
    }

    async fn invite_row(
        &self,
        delivery: &Genuine<'_>,
        event: &CustomerInvited,
        (index, invitee): (u32, &Invitee),
        email: &EmailAddress,
    ) -> Result<Row, AppError> {
        for attempt in 0..ATTEMPTS {
            let now = self.core.now();
            let wanted = Wanted::new()
                .organization(&event.org)
                .membership(&event.org, email);
            let loaded = self.core.store.load(wanted).await?;
            let Some(org) = loaded.organization(&event.org).cloned() else {
                return Ok(row(invitee, &refused(Code::UnknownOrganization)));
            };
            let state = InviteState {
                desk: self.settings.desk(&org.desk).await?,
                membership: loaded.membership(&event.org, email).cloned(),
                org,
            };
            let known = state.membership.is_some();
            let proof = delivery.proof(event.invited_by.as_ref());
            let verdict = invite(state, email, &terms(event, invitee), &proof, now);
            let row = row(invitee, &verdict);
            if verdict.outcome.is_empty() {
                // Whoever is there already may be so by this very row: another invocation was
                // quicker, or the store's answer to the last attempt was lost.
                let recorded = if known {
                    self.recorded_row(delivery, index, now).await?
                } else {
                    None
                };
                return Ok(recorded.unwrap_or(row));
            }
            let once = Once::Row {
                source: delivery.source_id().clone(),
                id: delivery.id.clone(),
                index,
                row: row.clone(),
            };
            match self.core.commit(&verdict.outcome, &once, now).await? {
                Written::Done => return Ok(row),
                // Another invocation works on the same list and was quicker with this row.
                Written::SeenBefore => {
                    if let Some(row) = self.recorded_row(delivery, index, now).await? {
                        return Ok(row);
                    }
                }
                Written::Stale => {}
            }
            self.core.before_next_attempt(attempt).await;
        }
        Err(AppError::Contended)
    }

    /// What this delivery has already made of a row.
    async fn recorded_row(
        &self,
        delivery: &Genuine<'_>,
        index: u32,
        now: Timestamp,
    ) -> Result<Option<Row>, AppError> {
        let (source, id) = (delivery.source_id(), &delivery.id);
        let mut rows = self.core.store.list_rows(source, id, now).await?;
        Ok(rows.remove(&index))
    }

    /// Whether the function should rather stop now than be stopped.
    fn is_late(&self, delivery: &Genuine<'_>) -> bool {
        let now: Timestamp = self.core.now();
        delivery
            .deadline
            .is_some_and(|deadline| deadline.duration_since(now) < MARGIN)
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

fn unknown(event: &CustomerInvited) -> Refusal {
    Refusal::new(
        Code::UnknownOrganization,
        format!("there is no organisation «{}»", event.org),
    )
    .at("/data/organization")
}

fn refused(code: Code) -> Invited {
    Invited {
        outcome: Outcome::default(),
        row: RowOutcome::Refused,
        code: Some(code),
    }
}

fn malformed() -> Invited {
    refused(Code::InvalidEmail)
}

/// Why one person alone is not invited. A question to an administrator is no refusal: it is kept.
fn refusal_of(invited: &Invited) -> Option<Refusal> {
    let code = invited.code?;
    if code == Code::AwaitingApproval {
        return None;
    }
    let field = if code == Code::DateInThePast {
        "/data/access_until"
    } else {
        "/data/invitees/0/email"
    };
    Some(Refusal::new(code, code.words()).at(field))
}

fn row(invitee: &Invitee, verdict: &Invited) -> Row {
    Row {
        email: invitee.raw.clone(),
        outcome: verdict.row,
        code: verdict.code,
    }
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
