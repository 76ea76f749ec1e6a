//! `inactivity-sweep`: does everything that is due.
//!
//! | | |
//! |---|---|
//! | trigger | EventBridge Scheduler, every 15 minutes; `{}` by hand does the same |
//! | effect | warns, reminds and removes people who are due, lets invitations lapse, reduces old records, queues stuck messages again, parks early updates whose request never came; leaves a report |
//! | idempotency key | the version of each item: a second run at the same instant finds nothing to do |
//! | failures | the Scheduler retries an error, which then ends in its dead-letter queue; the next run continues where this one stopped |

use app::{AppError, Handed, Sweep, http::deadline_of};
use domain::sweep::Report;
use lambda_runtime::LambdaEvent;
use serde::{Deserialize, Serialize};

/// The schedule's payload. Every field may be missing.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
#[serde(default)]
pub struct Scheduled {
    /// The planned begin of this run.
    pub scheduled_at: Option<String>,
    /// The Scheduler's id of this invocation.
    pub execution_id: Option<String>,
}

/// Runs the sweep once, within the function's remaining time.
///
/// # Errors
/// If the payload does not come from the schedule, or the store is not available or refuses.
pub async fn handle(
    sweep: &Sweep,
    event: LambdaEvent<Handed<Scheduled>>,
) -> Result<Report, AppError> {
    event.payload.read()?;
    Box::pin(sweep.run(deadline_of(event.context.deadline))).await
}
