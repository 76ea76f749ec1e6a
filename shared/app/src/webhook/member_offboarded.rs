//! `member.offboarded`: access ends in one organisation, or in all of them, in one transaction;
//! then a leaver's open requests are handed over, one by one.

use domain::{
    Code, Event, OrgId, Outcome, Refusal, Timestamp,
    decide::{OffboardState, Offboarding, offboard},
    event::{EventData, MemberOffboarded as Leaving, Organizations},
};
use hooks::function::Function;
use store::{Answer, Wanted};

use super::{Found, Hook, Receiver, Reply, VerifiedDelivery};
use crate::{AppError, path::Stop};

/// The most organisations that one transaction can end somebody's access to.
const MAX_ORGANIZATIONS: usize = 15;

/// The webhook of people who leave.
#[derive(Debug)]
pub enum MemberOffboarded {}

/// The organisations that somebody leaves; `None` in the place of one that is not known.
#[derive(Debug)]
pub struct State(Vec<Option<OffboardState>>);

impl Hook for MemberOffboarded {
    const FUNCTION: Function = Function::MemberOffboarded;
    type Event = Leaving;
    type State = State;

    fn event(events: Vec<Event>) -> Option<Leaving> {
        let [event] = <[Event; 1]>::try_from(events).ok()?;
        match event.what {
            EventData::MemberOffboarded(leaving) => Some(leaving),
            _ => None,
        }
    }

    async fn load(
        at: &Receiver<Self>,
        delivery: &VerifiedDelivery<'_>,
        event: &Leaving,
        now: Timestamp,
    ) -> Result<Found<State>, Stop> {
        let (source, id) = (delivery.source_id(), &delivery.id);
        let orgs = at.organizations(event).await?;
        let mut wanted = Wanted::new().delivery(source, id);
        for org in &orgs {
            wanted = wanted.organization(org).membership(org, &event.email);
            if let Some(successor) = &event.hand_over_to {
                wanted = wanted.membership(org, successor);
            }
        }
        let (loaded, open) = tokio::join!(
            at.services.store.load(wanted),
            at.services.open_requests(&event.email, None),
        );
        let (loaded, open) = (loaded?, open?);
        if let Some(first) = loaded.delivery(source, id, now)? {
            return Ok(Found::Seen(first));
        }
        let mut states = Vec::new();
        for id in &orgs {
            let Some(org) = loaded.organization(id).cloned() else {
                states.push(None);
                continue;
            };
            let open = open.iter().filter(|r| r.org.as_ref() == Some(id)).count();
            let successor = event.hand_over_to.as_ref();
            states.push(Some(OffboardState {
                desk: at.settings.desk(&org.desk).await?,
                org,
                membership: loaded.membership(id, &event.email).cloned(),
                successor: successor.and_then(|to| loaded.membership(id, to).cloned()),
                open_requests: u32::try_from(open).unwrap_or(u32::MAX),
            }));
        }
        Ok(Found::Fresh(State(states)))
    }

    /// A person who leaves everywhere leaves their organisations; it is no fault to have none.
    fn decide(
        State(states): State,
        delivery: &VerifiedDelivery<'_>,
        event: &Leaving,
        now: Timestamp,
    ) -> Result<(Outcome, Answer), Stop> {
        if states.len() > MAX_ORGANIZATIONS {
            let (before, after) = ("a person is off-boarded from", "organisations at once");
            return Err(Refusal::limit(before, MAX_ORGANIZATIONS, after).into());
        }
        let asked = Offboarding {
            why: event.reason,
            at: event.effective_at,
            hand_over_to: event.hand_over_to.clone(),
        };
        let occasion = delivery.proof(event.requested_by.as_ref()).at(now);
        let everywhere = event.org == Organizations::All;
        let mut outcome = Outcome::default();
        for state in states {
            let state = state.ok_or_else(Refusal::unknown_organization)?;
            match offboard(state, &asked, &occasion) {
                Ok(ended) => outcome = outcome.extend(ended),
                Err(refusal) if everywhere && refusal.code == Code::NotAMember => {}
                Err(refusal) => return Err(refusal.into()),
            }
        }
        Ok((outcome, delivery.accepted()))
    }

    async fn take(
        at: &Receiver<Self>,
        delivery: &VerifiedDelivery<'_>,
        event: Leaving,
    ) -> Result<Reply, Stop> {
        let after = event.hand_over_to.is_some().then(|| event.clone());
        let reply = at.settle(delivery, event).await?;
        if let (
            Reply::Answer {
                replayed: false, ..
            },
            Some(event),
        ) = (&reply, after)
        {
            let proof = delivery.proof(event.requested_by.as_ref());
            for org in at.organizations(&event).await? {
                at.services
                    .finish_leaving(&org, &event.email, &proof, delivery.deadline)
                    .await;
            }
        }
        Ok(reply)
    }
}

impl Receiver<MemberOffboarded> {
    /// The organisations that somebody leaves.
    async fn organizations(&self, event: &Leaving) -> Result<Vec<OrgId>, AppError> {
        Ok(match &event.org {
            Organizations::One(org) => vec![org.clone()],
            Organizations::All => self.services.store.organizations_of(&event.email).await?,
        })
    }
}
