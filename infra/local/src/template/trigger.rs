//! The triggers of a function, as events of `AWS::Serverless::Function` declare them.
//!
//! Source: "SAM resource and property reference", event sources `HttpApi`, `DynamoDB`, `ScheduleV2`
//! and `EventBridgeRule`. Every property is followed, known to be without effect on a laptop, or
//! refused by name.

use jiff::SignedDuration;
use serde_json::{Map, Value};

use crate::lambda::filter::{Pattern, PatternError};
use crate::template::error::TemplateError;

/// A route of the HTTP API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// `GET`, `POST`, …, or `ANY`.
    pub method: String,
    /// The path with its variables, such as `/hooks/{source}/request-created`.
    pub path: String,
}

/// A table's stream that is fed to a function, with Lambda's defaults filled in.
#[derive(Debug, Clone)]
pub struct StreamTrigger {
    /// The logical id of the table.
    pub table: String,
    /// Records that match any of these are passed on; without filters, all are.
    pub filters: Vec<Pattern>,
    /// The largest number of records in one invocation.
    pub batch_size: usize,
    /// True if the function's answer may name the failed records.
    pub partial_responses: bool,
    /// True if a failed batch is cut in two.
    pub bisect: bool,
    /// The number of retries of a batch; `None` for as long as it is in the stream.
    pub retries: Option<u32>,
    /// The age at which a record is given up.
    pub oldest: Option<SignedDuration>,
    /// The queue for given-up records, such as `RelayDeadLetters`; `None` for no queue.
    pub on_failure: Option<String>,
}

/// A schedule that starts a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    /// The time between two runs.
    pub every: SignedDuration,
    /// The function's input, before the scheduler's variables are filled in.
    pub input: Option<String>,
}

/// The retries of an asynchronous invocation (by a schedule or an event rule).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asynchronous {
    /// The number of retries; Lambda's own default is two.
    pub retries: u32,
    /// The queue for given-up events; `None` for no queue.
    pub on_failure: Option<String>,
}

/// Reads `EventInvokeConfig`.
pub(crate) fn asynchronous(declared: Option<&Value>) -> Asynchronous {
    let declared = declared.unwrap_or(&Value::Null);
    let retries = declared.get("MaximumRetryAttempts").and_then(Value::as_u64);
    let destination = declared.pointer("/DestinationConfig/OnFailure/Destination");
    Asynchronous {
        retries: retries
            .and_then(|retries| u32::try_from(retries).ok())
            .unwrap_or(2),
        on_failure: destination
            .and_then(Value::as_str)
            .map(|arn| resource_of(arn).to_owned()),
    }
}

fn unknown(place: &str, what: &str) -> TemplateError {
    TemplateError::Unknown {
        place: place.to_owned(),
        what: what.to_owned(),
    }
}

fn text<'a>(
    place: &str,
    properties: &'a Map<String, Value>,
    name: &str,
) -> Result<&'a str, TemplateError> {
    properties
        .get(name)
        .and_then(Value::as_str)
        .ok_or_else(|| TemplateError::Missing {
            place: place.to_owned(),
            property: name.to_owned(),
        })
}

fn pattern(place: &str, read: Result<Pattern, PatternError>) -> Result<Pattern, TemplateError> {
    read.map_err(|source| TemplateError::Pattern {
        place: place.to_owned(),
        source,
    })
}

/// Reads a route.
pub(crate) fn route(place: &str, properties: &Map<String, Value>) -> Result<Route, TemplateError> {
    for property in properties.keys() {
        match property.as_str() {
            "ApiId" | "Method" | "Path" => {}
            other => return Err(unknown(place, other)),
        }
    }
    Ok(Route {
        method: text(place, properties, "Method")?.to_uppercase(),
        path: text(place, properties, "Path")?.to_owned(),
    })
}

/// Reads a table's stream.
pub(crate) fn stream(
    place: &str,
    properties: &Map<String, Value>,
) -> Result<StreamTrigger, TemplateError> {
    let mut trigger = StreamTrigger {
        table: resource_of(text(place, properties, "Stream")?).to_owned(),
        filters: Vec::new(),
        batch_size: 100,
        partial_responses: false,
        bisect: false,
        retries: None,
        oldest: None,
        on_failure: None,
    };
    for (property, value) in properties {
        let number = || value.as_i64().ok_or_else(|| unknown(place, property));
        // Lambda writes "for ever" as -1.
        let bounded = || number().map(|n| u32::try_from(n).ok());
        match property.as_str() {
            "FilterCriteria" => trigger.filters = filters(place, value)?,
            "BatchSize" => {
                trigger.batch_size =
                    usize::try_from(number()?).map_err(|_| unknown(place, property))?;
            }
            "FunctionResponseTypes" => {
                trigger.partial_responses =
                    *value == serde_json::json!(["ReportBatchItemFailures"]);
            }
            "BisectBatchOnFunctionError" => trigger.bisect = value == true,
            "MaximumRetryAttempts" => trigger.retries = bounded()?,
            "MaximumRecordAgeInSeconds" => {
                trigger.oldest =
                    bounded()?.map(|seconds| SignedDuration::from_secs(seconds.into()));
            }
            "DestinationConfig" => {
                let destination = value
                    .pointer("/OnFailure/Destination")
                    .and_then(Value::as_str);
                trigger.on_failure = destination.map(|arn| resource_of(arn).to_owned());
            }
            // Reading begins with the oldest record in either case, because a table that this
            // bundle made is empty when its trigger is made. A fuller batch gains nothing here.
            "Stream" | "StartingPosition" | "MaximumBatchingWindowInSeconds" => {}
            "Enabled" if value == true => {}
            "ParallelizationFactor" if value == 1 => {}
            other => return Err(unknown(place, other)),
        }
    }
    Ok(trigger)
}

fn filters(place: &str, criteria: &Value) -> Result<Vec<Pattern>, TemplateError> {
    let declared = criteria.get("Filters").and_then(Value::as_array);
    declared
        .into_iter()
        .flatten()
        .map(
            |filter| match filter.get("Pattern").and_then(Value::as_str) {
                Some(text) => pattern(place, Pattern::from_text(text)),
                None => Err(unknown(place, "a filter without Pattern")),
            },
        )
        .collect()
}

/// The logical id in an ARN of this bundle's making (`arn:aws:local::…:JournalTable/StreamArn`).
fn resource_of(arn: &str) -> &str {
    let last = arn.rsplit(':').next().unwrap_or(arn);
    last.split('/').next().unwrap_or(last)
}

/// Reads a schedule.
pub(crate) fn schedule(
    place: &str,
    properties: &Map<String, Value>,
) -> Result<Schedule, TemplateError> {
    let mut input = None;
    let mut expression = None;
    for (property, value) in properties {
        match property.as_str() {
            "Schedule" | "ScheduleExpression" => expression = value.as_str(),
            "Input" => input = value.as_str().map(str::to_owned),
            "State" if value == "ENABLED" => {}
            "Enabled" if value == true => {}
            "FlexibleTimeWindow" if value["Mode"] == "OFF" => {}
            "Name" | "Description" | "RetryPolicy" | "DeadLetterConfig" | "RoleArn" => {}
            other => return Err(unknown(place, other)),
        }
    }
    let expression = expression.ok_or_else(|| TemplateError::Missing {
        place: place.to_owned(),
        property: "ScheduleExpression".to_owned(),
    })?;
    Ok(Schedule {
        every: rate(expression).ok_or_else(|| unknown(place, expression))?,
        input,
    })
}

/// Reads `rate(15 minutes)` and the like; `cron(…)` is not supported here.
fn rate(expression: &str) -> Option<SignedDuration> {
    let (count, unit) = expression
        .strip_prefix("rate(")?
        .strip_suffix(')')?
        .split_once(' ')?;
    let count: i64 = count.parse().ok().filter(|count| *count > 0)?;
    let minutes = match unit.trim_end_matches('s') {
        "minute" => 1,
        "hour" => 60,
        "day" => 24 * 60,
        _ => return None,
    };
    Some(SignedDuration::from_mins(count.checked_mul(minutes)?))
}

/// Reads an event rule.
pub(crate) fn rule(place: &str, properties: &Map<String, Value>) -> Result<Pattern, TemplateError> {
    for (property, value) in properties {
        match property.as_str() {
            "Pattern" | "RetryPolicy" | "DeadLetterConfig" | "RuleName" => {}
            "State" if value == "ENABLED" => {}
            other => return Err(unknown(place, other)),
        }
    }
    let declared = properties.get("Pattern").unwrap_or(&Value::Null);
    pattern(place, Pattern::from_value(declared))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use serde_json::json;

    use super::*;

    fn fields(value: Value) -> Map<String, Value> {
        match value {
            Value::Object(fields) => fields,
            other => panic!("not an object: {other}"),
        }
    }

    #[test]
    fn a_stream_trigger_is_read_with_lambdas_defaults() {
        let read = stream(
            "F.S",
            &fields(json!({"Stream": "arn:aws:local::0:JournalTable/StreamArn"})),
        )
        .unwrap();
        assert_eq!(read.table, "JournalTable");
        assert_eq!(
            (read.batch_size, read.bisect, read.partial_responses),
            (100, false, false)
        );
        assert_eq!(
            (read.retries, read.oldest, read.on_failure),
            (None, None, None)
        );
    }

    #[test]
    fn a_stream_trigger_is_read_with_all_it_declares() {
        let read = stream("F.S", &fields(json!({
            "Stream": "arn:aws:local::0:JournalTable/StreamArn",
            "StartingPosition": "TRIM_HORIZON",
            "FilterCriteria": {"Filters": [{"Pattern": "{\"eventName\":[\"INSERT\"]}"}]},
            "BatchSize": 10,
            "FunctionResponseTypes": ["ReportBatchItemFailures"],
            "BisectBatchOnFunctionError": true,
            "MaximumRetryAttempts": 8,
            "MaximumRecordAgeInSeconds": -1,
            "DestinationConfig": {"OnFailure": {"Type": "SQS", "Destination": "arn:aws:local::0:Dead/Arn"}},
        }))).unwrap();
        assert_eq!(
            (read.batch_size, read.bisect, read.partial_responses),
            (10, true, true)
        );
        assert_eq!((read.retries, read.oldest), (Some(8), None));
        assert_eq!(read.on_failure.as_deref(), Some("Dead"));
        assert!(read.filters[0].matches(&json!({"eventName": "INSERT"})));
    }

    #[test]
    fn rates_are_read_and_cron_is_refused_by_name() {
        assert_eq!(
            rate("rate(15 minutes)"),
            Some(SignedDuration::from_mins(15))
        );
        assert_eq!(rate("rate(1 hour)"), Some(SignedDuration::from_hours(1)));
        assert_eq!(rate("rate(0 minutes)"), None);
        let refused = schedule(
            "F.S",
            &fields(json!({"ScheduleExpression": "cron(0 8 * * ? *)"})),
        )
        .unwrap_err();
        assert_eq!(
            refused.to_string(),
            "`F.S` uses `cron(0 8 * * ? *)`, which is not known here"
        );
    }

    #[test]
    fn a_property_nobody_follows_is_refused_by_name() {
        let stream_refused = stream(
            "F.S",
            &fields(json!({"Stream": "a:T/StreamArn", "TumblingWindowInSeconds": 3})),
        );
        assert!(
            stream_refused
                .unwrap_err()
                .to_string()
                .contains("TumblingWindowInSeconds")
        );
        let route_refused = route(
            "F.R",
            &fields(json!({"Path": "/", "Method": "get", "Auth": {}})),
        );
        assert!(route_refused.unwrap_err().to_string().contains("Auth"));
        let rule_refused = rule("F.E", &fields(json!({"Pattern": {}, "EventBusName": "x"})));
        assert!(
            rule_refused
                .unwrap_err()
                .to_string()
                .contains("EventBusName")
        );
    }
}
