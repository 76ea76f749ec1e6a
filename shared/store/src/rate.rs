//! Counting what may happen only so often.

use aws_sdk_dynamodb::types::ReturnValue;
use domain::Timestamp;
use jiff::SignedDuration;

use crate::{
    Store, StoreError,
    item::{self, EXPIRES_AT},
    keys::Key,
    meter::Axis,
};

const HITS: &str = "hits";

/// Whether one more is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rate {
    /// It is.
    Allowed,
    /// It is not, until the window ends.
    Limited {
        /// How long that is.
        retry_after: SignedDuration,
    },
}

impl Store {
    /// Counts one more hit of `scope` in the window of `window_seconds` seconds that `now` falls
    /// into (windows begin at multiples of their length since the epoch), and says whether that is
    /// within `limit`. A scope must hold no address; hash it ([`Store::pseudonym`]).
    ///
    /// A call whose answer was lost may count twice: a limit errs on the side of caution.
    ///
    /// # Errors
    /// When the store is not available or refuses, or the counter cannot be read.
    pub async fn count_hit(
        &self,
        scope: &str,
        window_seconds: u32,
        limit: u32,
        now: Timestamp,
    ) -> Result<Rate, StoreError> {
        const ACTION: &str = "UpdateItem";
        let length = i64::from(window_seconds.max(1));
        let window = now.as_second().div_euclid(length);
        let end = (window + 1) * length;
        let key = Key::rate(scope, window_seconds, window);
        let answer = self
            .ask(ACTION, || {
                self.client
                    .update_item()
                    .table_name(&self.tables.journal)
                    .set_key(Some(key.attributes()))
                    .update_expression("SET #expires = :end ADD #hits :one")
                    .expression_attribute_names("#expires", EXPIRES_AT)
                    .expression_attribute_names("#hits", HITS)
                    .expression_attribute_values(":end", item::number(end))
                    .expression_attribute_values(":one", item::number(1))
                    .return_values(ReturnValue::AllNew)
                    .set_return_consumed_capacity(self.capacity())
                    .send()
            })
            .await?;
        self.note(ACTION, Axis::Write, answer.consumed_capacity());
        let hits: u64 = answer
            .attributes()
            .and_then(|item| item.get(HITS)?.as_n().ok()?.parse().ok())
            .ok_or(StoreError::Misshapen {
                what: "rate counter",
            })?;
        if hits <= u64::from(limit) {
            return Ok(Rate::Allowed);
        }
        Ok(Rate::Limited {
            retry_after: SignedDuration::from_secs(end - now.as_second()),
        })
    }
}
