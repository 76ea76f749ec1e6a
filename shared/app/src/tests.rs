//! An engine for each test of a use case, with the tables that every deployment has.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{fmt::Debug, str::FromStr, sync::Arc};

use domain::{Change, Outcome, Refusal, Timestamp};
use store::{Meter, Once};
use testing::DynamoDb;

use crate::{
    Config, Core,
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
    pub(crate) core: Core,
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
        let mut core = Core::new(client, &config, clock.clone(), ids);
        core.store = core.store.with_meter(meter.clone());
        Self {
            core,
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
        let new_id = || self.core.new_id();
        let store = &self.core.store;
        store
            .commit(&outcome, &Once::Nothing, self.core.now(), &new_id)
            .await
            .unwrap();
    }
}

/// The result of an action, for comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Came {
    Done,
    Unchanged,
    Refused(Refusal),
    Unknown,
}

/// An action that did not fail.
pub(crate) trait Settles {
    fn came(self) -> Came;
}

impl Settles for Result<Settled<()>, Stop> {
    fn came(self) -> Came {
        match self {
            Ok(Settled::Done(()) | Settled::DoneBefore) => Came::Done,
            Ok(Settled::Unchanged(())) => Came::Unchanged,
            Err(Stop::Refused(refusal)) => Came::Refused(refusal),
            Err(Stop::Closed | Stop::Gone) => Came::Unknown,
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
