//! `inactivity-sweep`: the time has come.
//!
//! | | |
//! |---|---|
//! | trigger | EventBridge Scheduler, every 15 minutes; `{}` by hand does the same |
//! | effect | warns, reminds and removes who is due, lets invitations lapse, reduces old records, queues stuck messages again, parks early updates whose request never came; leaves a report |
//! | idempotency key | the version of each item: a second run at the same instant finds nothing to do |
//! | failures | an error is retried by the Scheduler and ends in its dead-letter queue; the next run goes on where this one stopped |

use app::{AppError, Handed, Sweep, http::deadline_of};
use domain::sweep::Report;
use lambda_runtime::LambdaEvent;
use serde::{Deserialize, Serialize};

/// What the schedule sends along. All of it may be missing.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Scheduled {
    /// When the schedule meant this run to begin.
    pub scheduled_at: Option<String>,
    /// The Scheduler's id of this invocation.
    pub execution_id: Option<String>,
}

/// Runs the sweep once, within the time the function has left.
///
/// # Errors
/// When the payload is none of the schedule's, or the store is not available or refuses.
pub async fn handle(
    sweep: &Sweep,
    event: LambdaEvent<Handed<Scheduled>>,
) -> Result<Report, AppError> {
    event.payload.read()?;
    Box::pin(sweep.run(deadline_of(event.context.deadline))).await
}
