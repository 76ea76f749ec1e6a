//! The ends of tokens by which service desks elsewhere are called.

use domain::{Days, DeskId, Timestamp, decide::remind_of_token};
use store::Once;

use super::{Run, Sweep};
use crate::AppError;

/// The days for which a reminder is remembered: longer than any token is near its end.
const REMEMBERED: Days = Days(90);

impl Sweep {
    /// Tells the administrators of each connected desk whose token ends soon. What fails is due for
    /// the next run.
    pub(super) async fn remind_of_tokens(&self, run: &mut Run, now: Timestamp) {
        if let Err(error) = self.remind_all(run, now).await {
            run.report.failed += 1;
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "administrators not told of the end of a token"
            );
        }
    }

    async fn remind_all(&self, run: &Run, now: Timestamp) -> Result<(), AppError> {
        for desk in self.services.store.world().await?.desks {
            if run.is_late(self.services.now()) {
                return Ok(());
            }
            self.remind(&desk, now).await?;
        }
        Ok(())
    }

    async fn remind(&self, id: &DeskId, now: Timestamp) -> Result<(), AppError> {
        let desk = self.settings.desk(id).await?;
        let Some(desk) = desk.filter(|desk| desk.jira.is_some()) else {
            return Ok(());
        };
        let store = &self.services.store;
        let Some(token) = store.desk_token(id).await? else {
            return Ok(());
        };
        let Some((ahead, outcome)) = remind_of_token(&desk, token.expires_on, now) else {
            return Ok(());
        };
        let name = format!("token {id} {} {}", token.expires_on, ahead.0);
        if store.notice_given(&name, now).await? {
            return Ok(());
        }
        let once = Once::Notice {
            name,
            until: REMEMBERED.after(now),
        };
        // When another run was quicker, that one told them.
        let _ = self.services.commit(&outcome, &once, now).await?;
        Ok(())
    }
}
