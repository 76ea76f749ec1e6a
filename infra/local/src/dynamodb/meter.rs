//! Counts the functions' calls of DynamoDB and their capacity, per action.
//!
//! The replay prints the difference between two readings beside each step. Tests compare it with
//! the table of costs in the design.

use std::collections::BTreeMap;
use std::sync::Mutex;

use serde::Serialize;
use serde_json::Value;

/// The cost of one action.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Usage {
    /// Calls that reached the engine.
    pub calls: u64,
    /// The capacity units that the engine reported: read units for a reading action, else write
    /// units.
    pub units: f64,
    /// Calls that a fault answered, or whose answer it changed.
    pub faults: u64,
}

/// A reading of the meter: usage by action, such as `TransactWriteItems`.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Reading(pub BTreeMap<String, Usage>);

impl Reading {
    /// The usage since an earlier reading.
    #[must_use]
    pub fn since(&self, earlier: &Self) -> Self {
        let used = self.0.iter().map(|(action, now)| {
            let before = earlier.0.get(action).copied().unwrap_or_default();
            let usage = Usage {
                calls: now.calls - before.calls,
                units: now.units - before.units,
                faults: now.faults - before.faults,
            };
            (action.clone(), usage)
        });
        Self(
            used.filter(|(_, usage)| *usage != Usage::default())
                .collect(),
        )
    }

    /// All calls.
    #[must_use]
    pub fn calls(&self) -> u64 {
        self.0.values().map(|usage| usage.calls).sum()
    }

    /// Read units.
    #[must_use]
    pub fn read_units(&self) -> f64 {
        self.units(true)
    }

    /// Write units.
    #[must_use]
    pub fn write_units(&self) -> f64 {
        self.units(false)
    }

    fn units(&self, reading: bool) -> f64 {
        let of_kind = self.0.iter().filter(|(action, _)| reads(action) == reading);
        // The sum of no floats is -0.
        of_kind.fold(0.0, |sum, (_, usage)| sum + usage.units)
    }
}

fn reads(action: &str) -> bool {
    matches!(
        action,
        "GetItem" | "BatchGetItem" | "TransactGetItems" | "Query" | "Scan"
    )
}

/// The meter in front of the engine.
#[derive(Debug, Default)]
pub struct Meter {
    used: Mutex<Reading>,
}

impl Meter {
    /// The sums since the start.
    #[must_use]
    pub fn read(&self) -> Reading {
        self.lock().clone()
    }

    /// Notes a call and the engine's report about it (`ConsumedCapacity`, one or several).
    pub fn count(&self, action: &str, answer: &Value) {
        let consumed = &answer["ConsumedCapacity"];
        let several = consumed
            .as_array()
            .map_or(std::slice::from_ref(consumed), Vec::as_slice);
        let units: f64 = several
            .iter()
            .filter_map(|one| one["CapacityUnits"].as_f64())
            .sum();
        let mut used = self.lock();
        let usage = used.0.entry(action.to_owned()).or_default();
        usage.calls += 1;
        usage.units += units;
    }

    /// Notes a fault.
    pub fn count_fault(&self, action: &str) {
        self.lock().0.entry(action.to_owned()).or_default().faults += 1;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Reading> {
        self.used
            .lock()
            .expect("no code panics while it holds the meter")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_difference_holds_only_what_was_used_in_between() {
        let meter = Meter::default();
        meter.count(
            "GetItem",
            &json!({"ConsumedCapacity": {"CapacityUnits": 0.5}}),
        );
        let before = meter.read();
        meter.count(
            "TransactWriteItems",
            &json!({"ConsumedCapacity": [{"CapacityUnits": 6.0}, {"CapacityUnits": 2.0}]}),
        );
        meter.count(
            "Query",
            &json!({"ConsumedCapacity": {"CapacityUnits": 1.5}}),
        );
        let used = meter.read().since(&before);
        assert_eq!(used.calls(), 2);
        assert!((used.write_units() - 8.0).abs() < f64::EPSILON);
        assert!((used.read_units() - 1.5).abs() < f64::EPSILON);
        assert!(!used.0.contains_key("GetItem"));
    }
}
