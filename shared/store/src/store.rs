//! The store itself: the parts that every call shares.

use std::{fmt, future::Future, sync::Arc};

use aws_sdk_dynamodb::{
    Client,
    error::{ProvideErrorMetadata, SdkError},
    types::{ConsumedCapacity, ReturnConsumedCapacity},
};
use domain::EmailAddress;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::{
    StoreError,
    meter::{Axis, Consumed, Meter},
    retry,
    tables::Tables,
};

/// A random number in `0.0..1.0`.
pub type Chance = Arc<dyn Fn() -> f64 + Send + Sync>;

/// The tables of one deployment. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    pub(crate) client: Client,
    pub(crate) tables: Arc<Tables>,
    pseudonym_key: Arc<[u8; 32]>,
    chance: Chance,
    meter: Option<Meter>,
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store")
            .field("tables", &self.tables)
            .finish_non_exhaustive()
    }
}

impl Store {
    /// A store over a client and the names of its tables.
    ///
    /// `pseudonym_key` hashes addresses where only a trace of a person may remain. Without
    /// [`Store::with_chance`], waits between tries are the longest allowed.
    #[must_use]
    pub fn new(client: Client, tables: Tables, pseudonym_key: [u8; 32]) -> Self {
        Self {
            client,
            tables: Arc::new(tables),
            pseudonym_key: Arc::new(pseudonym_key),
            chance: Arc::new(|| 1.0),
            meter: None,
        }
    }

    /// The same store with random waits between tries.
    #[must_use]
    pub fn with_chance(mut self, chance: Chance) -> Self {
        self.chance = chance;
        self
    }

    /// The same store, which counts the costs of its calls.
    #[must_use]
    pub fn with_meter(mut self, meter: Meter) -> Self {
        self.meter = Some(meter);
        self
    }

    /// The names of the tables.
    #[must_use]
    pub fn tables(&self) -> &Tables {
        &self.tables
    }

    /// A keyed hash of an address (HMAC-SHA256, 128 bits, 32 hexadecimal digits). It is the same
    /// for the same person, and means nothing without the key.
    #[must_use]
    #[expect(
        clippy::missing_panics_doc,
        reason = "HMAC takes a key of any length (RFC 2104 §2), so it does not"
    )]
    pub fn pseudonym(&self, email: &EmailAddress) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&*self.pseudonym_key)
            .expect("HMAC takes a key of any length");
        mac.update(email.as_str().as_bytes());
        hex::encode(&mac.finalize().into_bytes()[..16])
    }

    /// Makes a call, and repeats it after a temporary error, a bounded number of times.
    pub(crate) async fn call<O, E, F>(
        &self,
        action: &'static str,
        send: impl Fn() -> F,
    ) -> Result<O, SdkError<E>>
    where
        F: Future<Output = Result<O, SdkError<E>>>,
        E: ProvideErrorMetadata,
    {
        let mut tried = 0;
        loop {
            tried += 1;
            self.count(action);
            match send().await {
                // The SDK has retried a broken connection by itself. It does not retry conflicts
                // between transactions.
                Err(error) if tried < retry::TRIES && retry::asks_for_patience(&error) => {
                    self.pause(tried).await;
                }
                result => return result,
            }
        }
    }

    /// [`Store::call`] for calls whose only expected errors are the store's.
    pub(crate) async fn ask<O, E, F>(
        &self,
        action: &'static str,
        send: impl Fn() -> F,
    ) -> Result<O, StoreError>
    where
        F: Future<Output = Result<O, SdkError<E>>>,
        E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    {
        self.call(action, send)
            .await
            .map_err(|error| StoreError::from_sdk(action, error))
    }

    /// Waits before another try.
    pub(crate) async fn pause(&self, tried: u32) {
        tokio::time::sleep(retry::wait(tried, (self.chance)())).await;
    }

    pub(crate) fn count(&self, action: &'static str) {
        if let Some(meter) = &self.meter {
            meter.called(action);
        }
    }

    /// Asks for costs in answers, but only if a meter counts them.
    pub(crate) fn capacity(&self) -> Option<ReturnConsumedCapacity> {
        self.meter.as_ref().map(|_| ReturnConsumedCapacity::Indexes)
    }

    /// Notes the cost in an answer.
    pub(crate) fn note<'a>(
        &self,
        action: &'static str,
        axis: Axis,
        answer: impl IntoIterator<Item = &'a ConsumedCapacity>,
    ) -> Consumed {
        let Some(meter) = &self.meter else {
            return Consumed::default();
        };
        let consumed = Consumed::of(&self.tables, axis, answer);
        meter.consumed(action, consumed.total);
        consumed
    }
}
