//! Waiting items in the journal: messages that the stream did not finish, and updates whose request
//! did not come within 24 hours.

use domain::{RequestRef, decide::abandon_awaited, request::Record};
use store::{DueInJournal, Once, Requeued, SHARDS};
use uuid::Uuid;

use super::{Run, Sweep, proof};
use crate::{AppError, Metric, path::attempt::Written};

/// The number of items in one read.
const PAGE: u32 = 100;

impl Sweep {
    /// Queues stuck messages again, so that the stream shows them anew and the relay stays the only
    /// sender; parks updates that have waited long enough.
    pub(super) async fn clear_journal(&self, run: &mut Run) -> Result<(), AppError> {
        let now = self.services.now();
        for shard in 0..SHARDS {
            let mut cursor = None;
            loop {
                if run.is_late(self.services.now()) {
                    return Ok(());
                }
                let page = self
                    .services
                    .store
                    .due_in_journal(now, shard, cursor.as_ref(), PAGE)
                    .await?;
                for due in page.items {
                    self.see_to(run, &due).await?;
                }
                cursor = page.next;
                if cursor.is_none() {
                    break;
                }
            }
        }
        Ok(())
    }

    /// One entry that cannot be read must not hold up all the others, at this run and every later one.
    async fn see_to(&self, run: &mut Run, due: &DueInJournal) -> Result<(), AppError> {
        let seen_to = match due {
            DueInJournal::Message(id) => self.queue_again(run, *id).await,
            DueInJournal::EarlyUpdates(request) => self.park(run, request).await,
        };
        match seen_to {
            Err(error) if !error.retryable() => {
                run.report.failed += 1;
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    message.id = match due {
                        DueInJournal::Message(id) => Some(id.to_string()),
                        DueInJournal::EarlyUpdates(_) => None,
                    },
                    "deadline in the journal not seen to"
                );
                Ok(())
            }
            result => result,
        }
    }

    async fn queue_again(&self, run: &mut Run, id: Uuid) -> Result<(), AppError> {
        let services = &self.services;
        match services
            .store
            .requeue(id, services.now(), &|| services.new_id())
            .await?
        {
            Requeued::Again { .. } => {
                run.report.requeued += 1;
                services.count(Metric::MessageRequeued);
            }
            Requeued::Dead => {
                services.count(Metric::MessageFailed);
                tracing::error!(message.id = %id, reason = "tried too often", "message given up");
            }
            Requeued::Busy | Requeued::Settled => {}
        }
        Ok(())
    }

    async fn park(&self, run: &mut Run, request: &RequestRef) -> Result<(), AppError> {
        let services = &self.services;
        let (record, _) = services.store.request_with_viewers(request).await?;
        let Some(Record::Awaited(awaited)) = record else {
            // The request came and left this pointer behind.
            return Ok(services.store.drop_early_pointer(request).await?);
        };
        let now = services.now();
        if awaited.until > now {
            return Ok(());
        }
        let updates = u32::try_from(awaited.updates.len()).unwrap_or(u32::MAX);
        let proof = proof(run.id, awaited.until);
        let outcome = abandon_awaited(awaited, &proof.at(now));
        // When the request came in this very moment, it has them.
        if let Written::Done = services.commit(&outcome, &Once::Nothing, now).await? {
            run.report.parked += updates;
            services.count(Metric::Parked);
        }
        Ok(())
    }
}
