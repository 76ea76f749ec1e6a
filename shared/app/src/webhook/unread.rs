//! Keeping deliveries that could not be read.

use domain::Code;
use hooks::{problem::Problem, read::ReadError};
use store::{Rate, Unread};

use super::{Hook, Receiver, Reply, VerifiedDelivery};
use crate::{Metric, path::Stop};

/// The number of unread deliveries of one source are kept in an hour. Somebody who may send can make
/// each of them a quarter of a megabyte, and a mapping that does not fit refuses all there are.
const KEPT_AN_HOUR: u32 = 100;
const HOUR: u32 = 3_600;

impl<H: Hook> Receiver<H> {
    /// Answers a delivery that is no event: for good, or until it or its mapping is mended.
    pub(super) async fn not_read(
        &self,
        delivery: &VerifiedDelivery<'_>,
        error: &ReadError,
    ) -> Result<Reply, Stop> {
        let problem = error.problem();
        match error.kept_as() {
            Some(code) if error.parkable() => self.park(delivery, code, problem).await,
            Some(_) => self.keep(delivery, problem).await,
            None => Ok(Reply::Problem(problem)),
        }
    }

    /// Answers a delivery that could not be read, and keeps it: a form's sender repeats it for some
    /// hours at most, and whoever typed it will never see the answer. The answer is not recorded,
    /// so the same delivery is taken once the mapping is mended.
    pub(super) async fn keep(
        &self,
        delivery: &VerifiedDelivery<'_>,
        problem: Problem,
    ) -> Result<Reply, Stop> {
        let now = self.services.now();
        let unread = Unread {
            source: delivery.source_id(),
            id: &delivery.id,
            function: H::FUNCTION.as_str(),
            code: Code::Unreadable,
            body: delivery.body,
            payload_sha256: delivery.payload_sha256,
        };
        let store = &self.services.store;
        if store.is_kept(&unread, now).await? {
            return Ok(Reply::Problem(problem));
        }
        let scope = format!("unread:{}", delivery.source_id());
        match store.count_hit(&scope, HOUR, KEPT_AN_HOUR, now).await? {
            Rate::Allowed => {
                store.keep(&unread, now, &|| self.services.new_id()).await?;
                self.services.count(Metric::Parked);
            }
            Rate::Limited { .. } => {
                tracing::warn!(limit = KEPT_AN_HOUR, "unread delivery not kept");
            }
        }
        Ok(Reply::Problem(problem))
    }
}
