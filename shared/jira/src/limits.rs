//! Jira's rates: the pace of each call, and pauses that Jira asked for.

use std::{
    collections::{BTreeMap, HashMap},
    fmt,
    str::FromStr,
};

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{endpoint::Endpoint, id::IssueKey};

/// The least time between two writes to one issue. Jira takes 20 in two seconds and 100 in thirty;
/// this keeps to both with some room for what arrives closer together than it left.
const BETWEEN_WRITES: SignedDuration = SignedDuration::from_millis(320);
/// A reservation further ahead than this comes from a clock that was set back since.
const FURTHEST: SignedDuration = SignedDuration::from_mins(1);
/// The number of issues after whose writes the spacing is tidied.
const TIDY_AFTER: usize = 1_000;

/// The part of the calls that waits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// Every call to the site: a quota, or a reason that is not known.
    Site,
    /// One call.
    Endpoint(Endpoint),
    /// Writes to one issue.
    Issue(IssueKey),
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Site => f.write_str("site"),
            Self::Endpoint(endpoint) => write!(f, "call {}", endpoint.name()),
            Self::Issue(key) => write!(f, "issue {key}"),
        }
    }
}

/// A text that names no scope of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a scope of a pause")]
pub struct UnknownScope;

impl FromStr for Scope {
    type Err = UnknownScope;

    fn from_str(text: &str) -> Result<Self, UnknownScope> {
        match text.split_once(' ') {
            None if text == "site" => Ok(Self::Site),
            Some(("call", name)) => Endpoint::named(name)
                .map(Self::Endpoint)
                .ok_or(UnknownScope),
            Some(("issue", key)) => key.parse().map(Self::Issue).map_err(|_| UnknownScope),
            None | Some(_) => Err(UnknownScope),
        }
    }
}

/// Pauses, each until an instant. A value that the caller keeps and hands to the next client, so
/// that every instance honours what Jira told one of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pauses(BTreeMap<Scope, Timestamp>);

impl Pauses {
    /// Adds a pause; of two of one scope the longer one stays.
    pub fn add(&mut self, scope: Scope, until: Timestamp) {
        let end = self.0.entry(scope).or_insert(until);
        *end = until.max(*end);
    }

    /// Adds the pauses of another.
    pub fn merge(&mut self, other: &Self) {
        for (scope, until) in &other.0 {
            self.add(scope.clone(), *until);
        }
    }

    /// Drops those that are over.
    pub fn tidy(&mut self, now: Timestamp) {
        self.0.retain(|_, until| *until > now);
    }

    /// The end of a scope's pause, if it has one.
    #[must_use]
    pub fn until(&self, scope: &Scope) -> Option<Timestamp> {
        self.0.get(scope).copied()
    }

    /// True if nothing waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each scope and the end of its pause.
    pub fn iter(&self) -> impl Iterator<Item = (&Scope, Timestamp)> {
        self.0.iter().map(|(scope, until)| (scope, *until))
    }
}

impl Serialize for Pauses {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(
            self.0
                .iter()
                .map(|(scope, until)| (scope.to_string(), until)),
        )
    }
}

impl<'de> Deserialize<'de> for Pauses {
    /// Scopes that another version knew are left out.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let texts = BTreeMap::<String, Timestamp>::deserialize(from)?;
        let known = texts
            .into_iter()
            .filter_map(|(scope, until)| Some((scope.parse().ok()?, until)));
        Ok(Self(known.collect()))
    }
}

/// The pace of a process's calls to one site.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    pub(crate) pauses: Pauses,
    /// The instant at which each call's bucket is full again (the generic cell rate algorithm,
    /// ITU-T I.371): a bucket in one instant.
    full: BTreeMap<Endpoint, Timestamp>,
    /// The instant from which each issue may be written to again.
    issues: HashMap<IssueKey, Timestamp>,
    /// Answers in a row of one scope that told to wait without telling how long.
    untold: BTreeMap<Scope, u32>,
}

impl Limits {
    /// The pause that a call falls under, if there is one.
    pub(crate) fn paused(
        &mut self,
        endpoint: Endpoint,
        written: Option<&IssueKey>,
        now: Timestamp,
    ) -> Option<(Scope, Timestamp)> {
        self.pauses.tidy(now);
        let issue = written.map(|key| Scope::Issue(key.clone()));
        [Some(Scope::Site), Some(Scope::Endpoint(endpoint)), issue]
            .into_iter()
            .flatten()
            .filter_map(|scope| Some((scope.clone(), self.pauses.until(&scope)?)))
            .max_by_key(|(_, until)| *until)
    }

    /// Takes a place in the pace of a call, and of the issue that it writes to. Gives the instant at
    /// which the call may leave.
    pub(crate) fn reserve(
        &mut self,
        endpoint: Endpoint,
        written: Option<&IssueKey>,
        now: Timestamp,
    ) -> Timestamp {
        let rate = endpoint.rate();
        let gap = SignedDuration::from_secs(1) / i32::try_from(rate.per_second).unwrap_or(1);
        let room = gap * i32::try_from(rate.burst.saturating_sub(1)).unwrap_or(0);
        let full = usable(self.full.get(&endpoint), now);
        let mut leaves = now.max(before(full, room));
        if let Some(issue) = written {
            if self.issues.len() >= TIDY_AFTER {
                self.issues.retain(|_, from| *from > now);
            }
            leaves = leaves.max(usable(self.issues.get(issue), now));
            self.issues
                .insert(issue.clone(), after(leaves, BETWEEN_WRITES));
        }
        self.full.insert(endpoint, after(full.max(leaves), gap));
        leaves
    }

    /// The time to wait after an answer that did not tell any: two seconds, doubled by each answer in
    /// a row, thirty at most.
    pub(crate) fn untold(&mut self, scope: &Scope) -> SignedDuration {
        let times = self.untold.entry(scope.clone()).or_insert(0);
        let seconds = (2_i64 << (*times).min(4)).min(30);
        *times += 1;
        SignedDuration::from_secs(seconds)
    }

    /// Jira took a call: what it did not tell begins anew.
    pub(crate) fn taken(&mut self, endpoint: Endpoint, written: Option<&IssueKey>) {
        self.untold.remove(&Scope::Site);
        self.untold.remove(&Scope::Endpoint(endpoint));
        if let Some(issue) = written {
            self.untold.remove(&Scope::Issue(issue.clone()));
        }
    }
}

/// A kept instant, or now where there is none or the clock was set back since.
fn usable(kept: Option<&Timestamp>, now: Timestamp) -> Timestamp {
    let kept = kept.copied().unwrap_or(now).max(now);
    if kept.duration_since(now) > FURTHEST {
        now
    } else {
        kept
    }
}

fn after(instant: Timestamp, time: SignedDuration) -> Timestamp {
    instant.saturating_add(time).unwrap_or(Timestamp::MAX)
}

fn before(instant: Timestamp, time: SignedDuration) -> Timestamp {
    instant.saturating_sub(time).unwrap_or(Timestamp::MIN)
}

#[cfg(test)]
#[path = "limits/tests.rs"]
mod tests;
