//! The rate limits of a site.
//!
//! Each endpoint and method has a bucket of tokens; all user searches share one; and the writes to
//! one issue are counted in two windows. Time is the bundle's own.

use std::collections::BTreeMap;
use std::sync::Mutex;

use jiff::{SignedDuration, Timestamp};

/// The endpoint with by far the lowest rate.
pub(crate) const CUSTOMERS_OF_A_DESK: &str = "GET /rest/servicedeskapi/servicedesk/{desk}/customer";
/// The writes to one issue that pass within a time.
const WRITES_TO_AN_ISSUE: [(usize, SignedDuration); 2] = [
    (20, SignedDuration::from_secs(2)),
    (100, SignedDuration::from_secs(30)),
];

/// The buckets and windows of a site.
#[derive(Debug, Default)]
pub(crate) struct Limits {
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    lifted: bool,
    buckets: BTreeMap<String, Bucket>,
    writes: BTreeMap<String, Vec<Timestamp>>,
}

#[derive(Debug)]
struct Bucket {
    tokens: f64,
    at: Timestamp,
}

/// The state of a bucket after a call.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Left {
    pub(crate) limit: f64,
    pub(crate) remaining: f64,
}

/// A call too many.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Exceeded {
    pub(crate) reason: &'static str,
    pub(crate) limit: f64,
    /// The whole seconds until a call passes again.
    pub(crate) retry_after: i64,
}

/// The tokens a second of an endpoint, and the size of its bucket.
fn rate(endpoint: &str) -> f64 {
    match endpoint.split_once(' ') {
        _ if endpoint == CUSTOMERS_OF_A_DESK => 5.0,
        Some((_, path)) if is_user_search(path) => 20.0,
        Some(("PUT" | "DELETE", _)) => 50.0,
        _ => 100.0,
    }
}

fn is_user_search(path: &str) -> bool {
    path.starts_with("/rest/api/") && path.contains("/user/") && path.ends_with("search")
}

impl Limits {
    /// Lifts all limits.
    pub(crate) fn lift(&self) {
        self.lock().lifted = true;
    }

    /// Counts a call of an endpoint, written as its method and the template of its path. A write to
    /// an issue counts for the issue, too.
    pub(crate) fn take(
        &self,
        endpoint: &str,
        issue: Option<&str>,
        now: Timestamp,
    ) -> Result<Left, Exceeded> {
        let limit = rate(endpoint);
        let mut state = self.lock();
        if state.lifted {
            return Ok(Left {
                limit,
                remaining: limit,
            });
        }
        let key = match endpoint.split_once(' ') {
            Some((_, path)) if is_user_search(path) => "user search",
            _ => endpoint,
        };
        let full = Bucket {
            tokens: limit,
            at: now,
        };
        let bucket = state.buckets.entry(key.to_owned()).or_insert(full);
        let passed = now.duration_since(bucket.at).as_secs_f64().max(0.0);
        bucket.tokens = passed.mul_add(limit, bucket.tokens).min(limit);
        bucket.at = now;
        if bucket.tokens < 1.0 {
            let reason = "jira-burst-based";
            return Err(Exceeded {
                reason,
                limit,
                retry_after: 1,
            });
        }
        bucket.tokens -= 1.0;
        let remaining = bucket.tokens.floor();
        match issue {
            Some(issue) => state.write(issue, now).map(|()| Left { limit, remaining }),
            None => Ok(Left { limit, remaining }),
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state
            .lock()
            .expect("no code panics while it holds the limits")
    }
}

impl State {
    fn write(&mut self, issue: &str, now: Timestamp) -> Result<(), Exceeded> {
        let writes = self.writes.entry(issue.to_owned()).or_default();
        let [_, (_, longest)] = WRITES_TO_AN_ISSUE;
        writes.retain(|at| now.duration_since(*at) < longest);
        for (most, within) in WRITES_TO_AN_ISSUE {
            let recent = writes.iter().filter(|at| now.duration_since(**at) < within);
            if recent.count() >= most {
                return Err(Exceeded {
                    reason: "jira-per-issue-on-write",
                    limit: f64::from(u32::try_from(most).unwrap_or(u32::MAX)),
                    retry_after: within.as_secs(),
                });
            }
        }
        writes.push(now);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use super::*;

    const START: Timestamp = Timestamp::UNIX_EPOCH;

    fn after(milliseconds: i64) -> Timestamp {
        START + SignedDuration::from_millis(milliseconds)
    }

    #[test]
    fn the_list_of_a_desks_customers_passes_five_times_a_second() {
        let limits = Limits::default();
        let take = |at| limits.take(CUSTOMERS_OF_A_DESK, None, at);
        for left in [4.0, 3.0, 2.0, 1.0, 0.0] {
            assert_eq!(
                take(START),
                Ok(Left {
                    limit: 5.0,
                    remaining: left
                })
            );
        }
        assert_eq!(take(after(150)).unwrap_err().reason, "jira-burst-based");
        assert!(take(after(200)).is_ok());
        assert!(
            limits
                .take("GET /rest/servicedeskapi/organization", None, START)
                .is_ok()
        );
    }

    #[test]
    fn an_issue_takes_twenty_writes_in_two_seconds_and_a_hundred_in_thirty() {
        let limits = Limits::default();
        let write = |at| {
            limits.take(
                "POST /rest/servicedeskapi/request/{request}/comment",
                Some("SUP-1"),
                at,
            )
        };
        for round in 0..5 {
            let at = after(round * 2_000);
            assert!((0..20).all(|_| write(at).is_ok()));
            assert_eq!(write(at).unwrap_err().reason, "jira-per-issue-on-write");
        }
        let exceeded = write(after(10_000)).unwrap_err();
        assert_eq!((exceeded.limit, exceeded.retry_after), (100.0, 30));
        assert!(write(after(30_000)).is_ok());
    }

    #[test]
    fn all_user_searches_share_a_bucket() {
        let limits = Limits::default();
        for version in [2, 3].into_iter().cycle().take(20) {
            assert!(
                limits
                    .take(&format!("GET /rest/api/{version}/user/search"), None, START)
                    .is_ok()
            );
        }
        assert!(
            limits
                .take("GET /rest/api/3/user/search", None, START)
                .is_err()
        );
    }

    #[test]
    fn lifted_limits_let_everything_pass() {
        let limits = Limits::default();
        limits.lift();
        assert!((0..1_000).all(|_| {
            limits
                .take(CUSTOMERS_OF_A_DESK, Some("SUP-1"), START)
                .is_ok()
        }));
    }
}
