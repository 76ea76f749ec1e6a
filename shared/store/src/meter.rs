//! The costs that the store's answers report.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard},
};

use aws_sdk_dynamodb::types::{Capacity, ConsumedCapacity};

use crate::tables::Tables;

/// Capacity units, read and written apart. A write unit is one write of up to 1 KB; a read unit is
/// one strongly consistent read of up to 4 KB. Transactions take twice as many on a table.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Units {
    /// Read units.
    pub read: f64,
    /// Write units.
    pub write: f64,
}

impl Units {
    fn add(&mut self, other: Self) {
        self.read += other.read;
        self.write += other.write;
    }
}

/// The consumption of one or more calls.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Consumed {
    /// The sum.
    pub total: Units,
    /// By table (`journal`) and index (`journal/due`).
    pub places: BTreeMap<String, Units>,
}

/// Read or write. The answers of single-item calls do not tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Axis {
    Read,
    Write,
}

impl Consumed {
    /// Reads the answer's figures.
    pub(crate) fn of<'a>(
        tables: &Tables,
        axis: Axis,
        answer: impl IntoIterator<Item = &'a ConsumedCapacity>,
    ) -> Self {
        let mut consumed = Self::default();
        for table in answer {
            let role = tables.role(table.table_name().unwrap_or_default());
            let total = units(
                axis,
                table.capacity_units(),
                table.read_capacity_units(),
                table.write_capacity_units(),
            );
            consumed.total.add(total);
            match table.table() {
                Some(own) => consumed.place(role.to_owned(), of_capacity(axis, own)),
                None => consumed.place(role.to_owned(), total),
            }
            for (name, index) in table.global_secondary_indexes().into_iter().flatten() {
                consumed.place(format!("{role}/{name}"), of_capacity(axis, index));
            }
        }
        consumed
    }

    fn place(&mut self, place: String, units: Units) {
        self.places.entry(place).or_default().add(units);
    }

    /// Adds the consumption of another call.
    pub fn add(&mut self, other: &Self) {
        self.total.add(other.total);
        for (place, units) in &other.places {
            self.place(place.clone(), *units);
        }
    }
}

fn of_capacity(axis: Axis, capacity: &Capacity) -> Units {
    units(
        axis,
        capacity.capacity_units(),
        capacity.read_capacity_units(),
        capacity.write_capacity_units(),
    )
}

/// Transactions report reads and writes apart (a repeated one reads); other calls report one
/// number.
fn units(axis: Axis, all: Option<f64>, read: Option<f64>, write: Option<f64>) -> Units {
    let all = all.unwrap_or_default();
    match (read, write, axis) {
        (None, None, Axis::Read) => Units {
            read: all,
            write: 0.0,
        },
        (None, None, Axis::Write) => Units {
            read: 0.0,
            write: all,
        },
        (read, write, _) => Units {
            read: read.unwrap_or_default(),
            write: write.unwrap_or_default(),
        },
    }
}

/// The number of calls of one action and their consumption.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Usage {
    /// Calls that reached the store, with the retries of this crate.
    pub calls: u64,
    /// Their consumption, as far as they were answered.
    pub units: Units,
}

/// Counts the calls of a [`Store`](crate::Store), by action (`TransactWriteItems`). Clones share
/// their counts.
#[derive(Debug, Clone, Default)]
pub struct Meter(Arc<Mutex<BTreeMap<&'static str, Usage>>>);

impl Meter {
    /// A meter at zero.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The counts so far.
    #[must_use]
    pub fn read(&self) -> BTreeMap<&'static str, Usage> {
        self.counts().clone()
    }

    /// The counts so far, over all actions.
    #[must_use]
    pub fn total(&self) -> Usage {
        let mut total = Usage::default();
        for usage in self.counts().values() {
            total.calls += usage.calls;
            total.units.add(usage.units);
        }
        total
    }

    /// The counts so far. Resets the meter.
    #[must_use]
    pub fn take(&self) -> BTreeMap<&'static str, Usage> {
        std::mem::take(&mut self.counts())
    }

    pub(crate) fn called(&self, action: &'static str) {
        self.counts().entry(action).or_default().calls += 1;
    }

    pub(crate) fn consumed(&self, action: &'static str, units: Units) {
        self.counts().entry(action).or_default().units.add(units);
    }

    fn counts(&self) -> MutexGuard<'_, BTreeMap<&'static str, Usage>> {
        // Counting cannot fail half-way, so counts are whole even after a panic elsewhere.
        self.0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
