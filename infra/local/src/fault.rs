//! Faults that can be switched on, each with its share of calls.
//!
//! They are injected at the HTTP boundary of DynamoDB, of SES and of Jira, so that the real clients
//! take part with their retries and error parsing. Throws are seeded and repeatable.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};

use serde::{Deserialize, Serialize};

use crate::chance::Dice;

/// All faults, as `POST /_local/faults` takes them. Each is a share of calls from 0 to 1.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Faults {
    /// The begin of the sequence of throws; without it, the sequence continues.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    /// Faults of SES.
    pub ses: SesFaults,
    /// Faults of DynamoDB.
    pub dynamodb: DynamodbFaults,
    /// Faults of Jira.
    pub jira: JiraFaults,
}

/// Faults of SES, in the order in which they are thrown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SesFaults {
    /// Answered 429, `TooManyRequestsException`: the send rate is exceeded.
    pub throttle: f64,
    /// Answered 429, `LimitExceededException`: the day's quota is gone.
    pub quota: f64,
    /// Answered 400, `SendingPausedException`: the account may not send.
    pub pause: f64,
    /// Answered 500, nothing kept.
    pub fail: f64,
    /// Answered 400, `MessageRejected`: a permanent refusal.
    pub reject: f64,
    /// No answer comes and nothing is kept: the caller's own time-out ends the call.
    pub hang: f64,
    /// The message is kept (and would be delivered), but the answer is 500.
    pub accept_then_fail: f64,
}

/// Faults of DynamoDB, in the order in which they are thrown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct DynamodbFaults {
    /// Answered 400, `ThrottlingException`, nothing done.
    pub throttle: f64,
    /// A write is answered with a transaction conflict, nothing done.
    pub conflict: f64,
    /// Answered 500, nothing done.
    pub fail_before: f64,
    /// Done, but answered 500: the answer is lost.
    pub fail_after: f64,
    /// Done, but the connection is cut before the answer.
    pub cut: f64,
    /// Done, but no answer comes: the caller's own time-out ends the call.
    pub hang: f64,
    /// From some call on there are no answers any more, as if the caller had died at it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop: Option<Stop>,
}

/// Faults of Jira, in the order in which they are thrown.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct JiraFaults {
    /// The endpoint that they are about, such as `POST /rest/servicedeskapi/request`, or the end of
    /// one; without it, all of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub only: Option<String>,
    /// Every call is answered 503.
    pub down: bool,
    /// Every call is answered 401: the token has expired.
    pub expired: bool,
    /// Answered 429, nothing done.
    pub throttle: f64,
    /// The reason that it gives.
    pub reason: Throttle,
    /// From some call on there are no answers any more, as if the caller had died at it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stop: Option<Stop>,
    /// Answered 500, nothing done.
    pub fail_before: f64,
    /// Done, but no answer comes: the caller's own time-out ends the call.
    pub hang: f64,
    /// Done, but answered 504: the answer is lost.
    pub fail_after: f64,
}

/// A reason for which Jira throttles a call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Throttle {
    /// The endpoint's bucket is empty for a second.
    #[default]
    Burst,
    /// Too many writes to one issue.
    Issue,
    /// The points of the hour are used up.
    Quota,
    /// A reason that no documentation knows.
    Unknown,
    /// A gateway refused, without a reason and without `Retry-After`.
    Gateway,
}

impl JiraFaults {
    /// The faults of one endpoint.
    pub(crate) fn of(self, endpoint: &str) -> Self {
        match &self.only {
            Some(only) if !endpoint.ends_with(only.as_str()) => Self::default(),
            Some(_) | None => self,
        }
    }
}

/// The end of a caller's calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Stop {
    /// The number of calls that pass before.
    pub after: u64,
    /// True if the calls from then on are done, though not answered.
    pub done: bool,
}

/// A share outside of 0 to 1.
#[derive(Debug, thiserror::Error, PartialEq)]
#[error("`{name}` is {value}, but a share of calls lies between 0 and 1")]
pub struct ShareError {
    name: &'static str,
    value: f64,
}

impl Faults {
    fn check(&self) -> Result<(), ShareError> {
        let (ses, dynamodb, jira) = (&self.ses, &self.dynamodb, &self.jira);
        let shares = [
            ("ses.throttle", ses.throttle),
            ("ses.quota", ses.quota),
            ("ses.pause", ses.pause),
            ("ses.fail", ses.fail),
            ("ses.reject", ses.reject),
            ("ses.hang", ses.hang),
            ("ses.accept_then_fail", ses.accept_then_fail),
            ("dynamodb.throttle", dynamodb.throttle),
            ("dynamodb.conflict", dynamodb.conflict),
            ("dynamodb.fail_before", dynamodb.fail_before),
            ("dynamodb.fail_after", dynamodb.fail_after),
            ("dynamodb.cut", dynamodb.cut),
            ("dynamodb.hang", dynamodb.hang),
            ("jira.throttle", jira.throttle),
            ("jira.fail_before", jira.fail_before),
            ("jira.hang", jira.hang),
            ("jira.fail_after", jira.fail_after),
        ];
        match shares
            .into_iter()
            .find(|(_, share)| !(0.0..=1.0).contains(share))
        {
            Some((name, value)) => Err(ShareError { name, value }),
            None => Ok(()),
        }
    }
}

/// The faults in force, the dice that decide, and the number of injected faults.
#[derive(Debug)]
pub struct FaultPlan {
    faults: Mutex<Faults>,
    dice: Dice,
    injected: Mutex<BTreeMap<&'static str, u64>>,
    /// The calls of DynamoDB since these faults came into force.
    calls: AtomicU64,
    /// Those of Jira.
    jira_calls: AtomicU64,
}

impl Default for FaultPlan {
    fn default() -> Self {
        Self {
            faults: Mutex::default(),
            dice: Dice::seeded(1),
            injected: Mutex::default(),
            calls: AtomicU64::new(0),
            jira_calls: AtomicU64::new(0),
        }
    }
}

impl FaultPlan {
    /// Puts other faults into force; the default ones end all faults.
    ///
    /// # Errors
    ///
    /// If a share is not between 0 and 1; the old faults stay in force.
    pub fn set(&self, faults: Faults) -> Result<(), ShareError> {
        faults.check()?;
        if let Some(seed) = faults.seed {
            self.dice.reseed(seed);
        }
        *self.lock() = faults;
        self.calls.store(0, Ordering::Relaxed);
        self.jira_calls.store(0, Ordering::Relaxed);
        Ok(())
    }

    /// The faults in force.
    #[must_use]
    pub fn get(&self) -> Faults {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Faults> {
        let faults = self.faults.lock();
        faults.expect("no code panics while it holds the faults")
    }

    /// Counts a call of DynamoDB. Beyond the last that passes, tells whether it is done.
    pub(crate) fn stops(&self, stop: Option<Stop>) -> Option<bool> {
        Self::is_stopped(&self.calls, stop)
    }

    /// Counts a call of Jira, like [`stops`](Self::stops).
    pub(crate) fn stops_jira(&self, stop: Option<Stop>) -> Option<bool> {
        Self::is_stopped(&self.jira_calls, stop)
    }

    fn is_stopped(calls: &AtomicU64, stop: Option<Stop>) -> Option<bool> {
        let before = calls.fetch_add(1, Ordering::Relaxed);
        let stop = stop.filter(|stop| before >= stop.after)?;
        Some(stop.done)
    }

    /// Throws the dice for a share, and counts a fault that is to happen under its name.
    pub fn throw(&self, name: &'static str, share: f64) -> bool {
        let is_thrown = self.dice.throw(share);
        if is_thrown {
            self.count(name);
        }
        is_thrown
    }

    pub(crate) fn count(&self, name: &'static str) {
        *self.counted().entry(name).or_default() += 1;
    }

    /// The number of times that each fault was injected since the bundle began.
    #[must_use]
    pub fn injected(&self) -> BTreeMap<&'static str, u64> {
        self.counted().clone()
    }

    fn counted(&self) -> MutexGuard<'_, BTreeMap<&'static str, u64>> {
        let injected = self.injected.lock();
        injected.expect("no code panics while it holds the counts")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use super::*;

    #[test]
    fn the_documented_body_is_understood_and_an_empty_one_ends_all() {
        let text = r#"{"ses": {"throttle": 0.3, "fail": 0.1}, "dynamodb": {"conflict": 0.2, "fail_before": 0.1, "fail_after": 0.1}, "jira": {"throttle": 0.2, "fail_before": 0.1, "fail_after": 0.1, "down": true}}"#;
        let faults: Faults = serde_json::from_str(text).unwrap();
        let plan = FaultPlan::default();
        plan.set(faults.clone()).unwrap();
        assert_eq!(plan.get(), faults);
        plan.set(serde_json::from_str("{}").unwrap()).unwrap();
        assert_eq!(plan.get(), Faults::default());
    }

    #[test]
    fn a_misspelt_fault_is_refused() {
        assert!(serde_json::from_str::<Faults>(r#"{"ses": {"throtle": 0.3}}"#).is_err());
    }

    #[test]
    fn a_share_beyond_one_is_refused_by_name_and_changes_nothing() {
        let plan = FaultPlan::default();
        let mut faults = Faults::default();
        faults.dynamodb.conflict = 1.5;
        assert_eq!(
            plan.set(faults).unwrap_err().to_string(),
            "`dynamodb.conflict` is 1.5, but a share of calls lies between 0 and 1"
        );
        assert_eq!(plan.get(), Faults::default());
    }
}
