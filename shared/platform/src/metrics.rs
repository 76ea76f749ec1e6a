//! Numbers for the dashboard and the alarms, in CloudWatch's embedded metric format: a line of
//! JSON on standard output that Lambda's log turns into a metric, without a call
//! (CloudWatch user guide, "Embedded metric format specification").

use std::{
    fmt,
    io::{self, Write},
    sync::Arc,
};

use serde_json::Value;

use crate::{Clock, Config, SystemClock};

/// The namespace of all metrics; the template's alarms look into it.
pub const NAMESPACE: &str = "Lanyard";
/// The one dimension: the function's name as deployed.
const DIMENSION: &str = "FunctionName";

/// The metrics. An accepted delivery has none: API Gateway counts it, and a metric would be one
/// more line in the log of every webhook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Metric {
    /// A delivery had been seen before.
    Replayed,
    /// The business said no.
    Refused,
    /// A delivery could not be authenticated.
    Unauthorized,
    /// A delivery was kept for an administrator to mend and replay.
    Parked,
    /// A commit lost a race and was decided anew.
    Conflict,
    /// A mail was handed to SES.
    MessageSent,
    /// A mail was refused for good.
    MessageFailed,
    /// A mail goes back to the stream and is tried again.
    MessageDeferred,
    /// A mail was not sent because its reader cannot or may not get it.
    MessageSuppressed,
    /// A bounce or a complaint stopped an address's mail.
    AddressSuppressed,
    /// A run of the sweep ended.
    SweepFinished,
    /// A run of the sweep stopped because it would have removed too many.
    SweepHeld,
    /// A member was warned.
    MemberWarned,
    /// A member was removed.
    MemberRemoved,
    /// A message that the stream had not finished was queued again.
    MessageRequeued,
    /// Work at a service desk elsewhere waits for its next try.
    DeskDeferred,
    /// Work at a service desk elsewhere was refused for good.
    DeskRefused,
    /// A service desk elsewhere did not accept our credentials.
    DeskUnauthorized,
}

impl Metric {
    /// Every metric, for the test that compares them with the template and the dashboard.
    pub const ALL: [Self; 18] = [
        Self::Replayed,
        Self::Refused,
        Self::Unauthorized,
        Self::Parked,
        Self::Conflict,
        Self::MessageSent,
        Self::MessageFailed,
        Self::MessageDeferred,
        Self::MessageSuppressed,
        Self::AddressSuppressed,
        Self::SweepFinished,
        Self::SweepHeld,
        Self::MemberWarned,
        Self::MemberRemoved,
        Self::MessageRequeued,
        Self::DeskDeferred,
        Self::DeskRefused,
        Self::DeskUnauthorized,
    ];

    /// The metric's name in CloudWatch.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Replayed => "Replayed",
            Self::Refused => "Refused",
            Self::Unauthorized => "Unauthorized",
            Self::Parked => "Parked",
            Self::Conflict => "Conflict",
            Self::MessageSent => "MessageSent",
            Self::MessageFailed => "MessageFailed",
            Self::MessageDeferred => "MessageDeferred",
            Self::MessageSuppressed => "MessageSuppressed",
            Self::AddressSuppressed => "AddressSuppressed",
            Self::SweepFinished => "SweepFinished",
            Self::SweepHeld => "SweepHeld",
            Self::MemberWarned => "MemberWarned",
            Self::MemberRemoved => "MemberRemoved",
            Self::MessageRequeued => "MessageRequeued",
            Self::DeskDeferred => "DeskDeferred",
            Self::DeskRefused => "DeskRefused",
            Self::DeskUnauthorized => "DeskUnauthorized",
        }
    }
}

type Sink = Arc<dyn Fn(&str) + Send + Sync>;

/// Counts for one function.
#[derive(Clone)]
pub struct Metrics {
    function: Arc<str>,
    // The real one, always: CloudWatch takes nothing that is far from its own time.
    clock: Arc<dyn Clock>,
    sink: Sink,
}

impl Metrics {
    /// The metrics of the configured function: written to standard output where it is deployed,
    /// and nowhere on a laptop, where nobody collects them.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        match &config.function_name {
            Some(name) => Self::to(name, SystemClock, |line| {
                // A metric that cannot be written must not fail what it counts.
                let _lost = writeln!(io::stdout().lock(), "{line}");
            }),
            None => Self::silent(),
        }
    }

    /// Metrics handed to `sink`, one line each.
    #[must_use]
    pub fn to(
        function: &str,
        clock: impl Clock + 'static,
        sink: impl Fn(&str) + Send + Sync + 'static,
    ) -> Self {
        Self {
            function: function.into(),
            clock: Arc::new(clock),
            sink: Arc::new(sink),
        }
    }

    /// Metrics that go nowhere.
    #[must_use]
    pub fn silent() -> Self {
        Self::to("local", SystemClock, |_| ())
    }

    /// Counts one.
    pub fn count(&self, metric: Metric) {
        self.counts(&[(metric, 1)]);
    }

    /// Counts several things in one line. Those of which there were none are left out.
    pub fn counts(&self, counts: &[(Metric, u64)]) {
        use fmt::Write as _;

        let counts: Vec<_> = counts.iter().filter(|(_, count)| *count > 0).collect();
        if counts.is_empty() {
            return;
        }
        // Put together as text: names are our own, and none has a character that JSON escapes.
        let mut line = format!(
            r#"{{"_aws":{{"Timestamp":{},"CloudWatchMetrics":[{{"Namespace":"{NAMESPACE}","Dimensions":[["{DIMENSION}"]],"Metrics":["#,
            self.clock.now().as_millisecond()
        );
        let mut comma = "";
        for (metric, _) in &counts {
            let _ = write!(
                line,
                r#"{comma}{{"Name":"{}","Unit":"Count"}}"#,
                metric.name()
            );
            comma = ",";
        }
        let _ = write!(
            line,
            r#"]}}]}},"{DIMENSION}":{}"#,
            Value::from(&*self.function)
        );
        for (metric, count) in counts {
            let _ = write!(line, r#","{}":{count}"#, metric.name());
        }
        line.push('}');
        (self.sink)(&line);
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics")
            .field("function", &self.function)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::clock::FixedClock;
    use serde_json::json;
    use std::sync::Mutex;

    fn lines(count: impl FnOnce(&Metrics)) -> Vec<Value> {
        let lines = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&lines);
        let clock = FixedClock::at("2026-11-22T09:30:00Z".parse().unwrap());
        let metrics = Metrics::to("outbox-relay", clock, move |line| {
            kept.lock()
                .unwrap()
                .push(serde_json::from_str(line).unwrap());
        });
        count(&metrics);
        let lines = lines.lock().unwrap();
        lines.clone()
    }

    #[test]
    fn a_line_is_what_cloudwatch_takes_for_a_metric() {
        let lines = lines(|metrics| {
            metrics.counts(&[(Metric::MessageSent, 3), (Metric::MessageFailed, 0)]);
        });
        assert_eq!(
            lines,
            [json!({
                "_aws": {
                    "Timestamp": 1_795_339_800_000_u64,
                    "CloudWatchMetrics": [{
                        "Namespace": "Lanyard",
                        "Dimensions": [["FunctionName"]],
                        "Metrics": [{"Name": "MessageSent", "Unit": "Count"}],
                    }],
                },
                "FunctionName": "outbox-relay",
                "MessageSent": 3,
            })]
        );
    }

    #[test]
    fn nothing_to_count_writes_nothing() {
        assert!(lines(|metrics| metrics.counts(&[(Metric::SweepHeld, 0)])).is_empty());
    }

    #[test]
    fn every_metric_has_a_name_of_its_own() {
        let names: std::collections::BTreeSet<_> =
            Metric::ALL.iter().map(|metric| metric.name()).collect();
        assert_eq!(names.len(), Metric::ALL.len());
    }
}
