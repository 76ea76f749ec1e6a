//! Another status: Jira's own transition to it, or a word to those who have to know that there is
//! none.

use ::jira::Transition;
use domain::{
    EmailAddress,
    decide::{NotOffered, SeenRequest, not_offered},
    request::Record,
    text::{Body, Title},
};
use store::{Once, WorkItem};

use super::{
    super::{DeskWriter, account::impossible, connection::Connection, result::Stopped},
    issue_of, proof,
};
use crate::{
    AppError,
    path::{Ruling, attempt::Settled},
};

impl DeskWriter {
    /// Brings an issue to another status.
    pub(super) async fn transition(
        &self,
        at: &Connection,
        seen: SeenRequest,
        (to, by): (&Title, &EmailAddress),
        item: &WorkItem,
    ) -> Result<(), Stopped> {
        let key = issue_of(&seen)?;
        let issue = at.client.issue(&key).await?;
        let is = |name: &str| name.eq_ignore_ascii_case(to.as_str());
        if issue.status.as_ref().is_some_and(|status| is(&status.name)) {
            return Ok(());
        }
        let offered = at.client.transitions(&key).await?;
        let leads_there = |transition: &&Transition| {
            let target = transition.to.as_ref();
            target.is_some_and(|status| is(&status.name))
        };
        if let Some(found) = offered.iter().find(leads_there) {
            return Ok(at.client.transition(&key, &found.id).await?);
        }
        let now = issue.status.as_ref();
        let has = now.map_or("another status", |status| status.name.as_str());
        let text = format!("{by} asked for the status «{to}», which «{has}» does not lead to now.");
        let mark = format!("status:{}", item.token);
        self.say(at, &key, (&text, &mark), item).await?;
        let found = NotOffered {
            comment: mark.parse().map_err(|_| impossible("a mark is an id"))?,
            wanted: to.clone(),
            by: by.clone(),
            is: now.and_then(|status| Title::new(&status.name).ok()),
            done: now.is_some_and(::jira::Status::is_done),
            body: Body::new(&text).map_err(|_| impossible("the comment is too long"))?,
        };
        self.take_back(at, &seen, &found, item).await?;
        Ok(())
    }

    /// Tells the person here, and gives the request the status that it has there.
    async fn take_back(
        &self,
        at: &Connection,
        seen: &SeenRequest,
        found: &NotOffered,
        item: &WorkItem,
    ) -> Result<Settled<()>, AppError> {
        let id = &seen.request.id;
        // The instant is part of the comment's key: each try says the same one.
        let now = item.asked_at;
        let proof = proof(item);
        self.services
            .attempt(&Once::Nothing, now, || async {
                let (record, viewers) = self.services.store.request_with_viewers(id).await?;
                let Some(Record::Known(request)) = record else {
                    return Ok(Ruling::Leave(()));
                };
                let seen = SeenRequest { request, viewers };
                let outcome = not_offered(seen, &at.desk, found, &proof.at(now));
                Ok::<_, AppError>(Ruling::of(outcome, ()))
            })
            .await
    }
}
