//! An engine for each test of a use case, with the tables that every deployment has.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{fmt::Debug, str::FromStr, sync::Arc};

use domain::{Change, Outcome, Refusal, Timestamp};
use store::{Meter, Once};
use testing::DynamoDb;

use crate::{
    Config, Services,
    aws::Clients,
    clock::{FixedClock, SeededIds},
    path::{Settled, Stop},
};

pub(crate) fn text<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

/// When the worlds of the tests begin.
pub(crate) fn now() -> Timestamp {
    text("2026-11-22T09:30:00Z")
}

/// The tables, and what use cases need besides.
pub(crate) struct Engine {
    pub(crate) services: Services,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) meter: Meter,
    _dynamodb: DynamoDb,
}

impl Engine {
    pub(crate) async fn start(now: Timestamp) -> Self {
        let dynamodb = DynamoDb::start().await;
        let config = Config::for_tests(&dynamodb.endpoint);
        let client = Clients::build(&config.aws).unwrap().dynamodb;
        let clock = Arc::new(FixedClock::at(now));
        let meter = Meter::new();
        let ids = Arc::new(SeededIds::new(1));
        let mut services = Services::new(client, &config, clock.clone(), ids);
        services.store = services.store.with_meter(meter.clone());
        Self {
            services,
            clock,
            meter,
            _dynamodb: dynamodb,
        }
    }

    pub(crate) async fn put(&self, changes: Vec<Change>) {
        let outcome = Outcome {
            changes,
            ..Outcome::default()
        };
        let new_id = || self.services.new_id();
        let store = &self.services.store;
        store
            .commit(&outcome, &Once::Nothing, self.services.now(), &new_id)
            .await
            .unwrap();
    }
}

/// The result of an action, for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ActResult {
    Done,
    Unchanged,
    Refused(Refusal),
    Unknown,
}

/// An action that did not fail.
pub(crate) trait Settles {
    fn result(self) -> ActResult;
}

impl Settles for Result<Settled<()>, Stop> {
    fn result(self) -> ActResult {
        match self {
            Ok(Settled::Done(()) | Settled::DoneBefore) => ActResult::Done,
            Ok(Settled::Unchanged(())) => ActResult::Unchanged,
            Err(Stop::Refused(refusal)) => ActResult::Refused(refusal),
            Err(Stop::Closed | Stop::Gone) => ActResult::Unknown,
            Err(stop) => panic!("{stop:?}"),
        }
    }
}

/// Tells whether something is not there for its caller. Panics when that is not known.
pub(crate) fn is_closed<T>(result: &Result<T, Stop>) -> bool {
    match result {
        Ok(_) | Err(Stop::Refused(_)) => false,
        Err(Stop::Closed | Stop::Gone) => true,
        Err(stop) => panic!("{stop:?}"),
    }
}
