//! Counters for acts that are limited.

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
const COPIES: &str = "copies";

/// The verdict on one more act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rate {
    /// It is within the limit.
    Allowed,
    /// It is over the limit until the window ends.
    Limited {
        /// The rest of the window.
        retry_after: SignedDuration,
    },
}

/// A number of acts in a window, and of the mails that they caused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hits {
    /// Acts.
    pub acts: u32,
    /// Copies of mails that they caused.
    pub copies: u32,
}

impl Store {
    /// Counts one more hit of `scope` in the window of `window_seconds` seconds around `now`
    /// (windows begin at multiples of their length since the epoch), and compares the sum with
    /// `limit`. A scope must hold no address; hash it ([`Store::pseudonym`]).
    ///
    /// A call whose answer was lost may count twice, so a limit may come early but never late.
    ///
    /// # Errors
    /// If the store is not available or refuses, or the counter cannot be read.
    pub async fn count_hit(
        &self,
        scope: &str,
        window_seconds: u32,
        limit: u32,
        now: Timestamp,
    ) -> Result<Rate, StoreError> {
        let one = Hits { acts: 1, copies: 0 };
        let limit = Hits {
            acts: limit,
            copies: 0,
        };
        self.count_hits(scope, window_seconds, one, limit, now)
            .await
    }

    /// Counts an act that causes copies of mails, in one write. Acts and copies each have their
    /// limit.
    ///
    /// # Errors
    /// If the store is not available or refuses, or the counter cannot be read.
    pub async fn count_hits(
        &self,
        scope: &str,
        window_seconds: u32,
        more: Hits,
        limit: Hits,
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
                    .update_expression("SET #expires = :end ADD #hits :acts, #copies :copies")
                    .expression_attribute_names("#expires", EXPIRES_AT)
                    .expression_attribute_names("#hits", HITS)
                    .expression_attribute_names("#copies", COPIES)
                    .expression_attribute_values(":end", item::number(end))
                    .expression_attribute_values(":acts", item::number(more.acts))
                    .expression_attribute_values(":copies", item::number(more.copies))
                    .return_values(ReturnValue::AllNew)
                    .set_return_consumed_capacity(self.capacity())
                    .send()
            })
            .await?;
        self.note(ACTION, Axis::Write, answer.consumed_capacity());
        let counted = |name: &str| {
            let item = answer.attributes();
            item.and_then(|item| item.get(name)?.as_n().ok()?.parse::<u64>().ok())
                .ok_or(StoreError::Misshapen {
                    what: "rate counter",
                })
        };
        let (acts, copies) = (counted(HITS)?, counted(COPIES)?);
        if acts <= u64::from(limit.acts) && copies <= u64::from(limit.copies) {
            return Ok(Rate::Allowed);
        }
        Ok(Rate::Limited {
            retry_after: SignedDuration::from_secs(end - now.as_second()),
        })
    }
}
