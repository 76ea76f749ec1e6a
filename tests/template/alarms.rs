//! Every alarm has a runbook, and every failure has an alarm.

use std::collections::{BTreeMap, BTreeSet};

use app::Metric;
use app::metrics::NAMESPACE;
use serde_json::{Value, json};
use tests::repository;
use tests::template::{Template, attribute, each, reference};

fn alarms(template: &Template) -> BTreeMap<&str, &Value> {
    template
        .resources("AWS::CloudWatch::Alarm")
        .into_iter()
        .map(|(id, alarm)| (id, &alarm["Properties"]))
        .collect()
}

/// The runbook that an alarm's description ends with.
fn runbook(alarm: &Value) -> &str {
    let description = alarm["AlarmDescription"].as_str().unwrap();
    let (_, name) = description.rsplit_once("docs/runbooks/").unwrap();
    name.strip_suffix(".md").unwrap()
}

fn watched<'a>(alarm: &'a Value, dimension: &str) -> Option<&'a Value> {
    let dimensions = each(&alarm["Dimensions"]);
    let found = dimensions
        .into_iter()
        .find(|found| found["Name"] == dimension);
    found.map(|found| &found["Value"])
}

#[test]
fn every_alarm_has_a_runbook_and_every_runbook_an_alarm() {
    let template = Template::read();
    let named: BTreeSet<String> = alarms(&template)
        .into_values()
        .map(|alarm| format!("{}.md", runbook(alarm)))
        .collect();
    let written: BTreeSet<String> = repository::names("docs/runbooks")
        .into_iter()
        .filter(|name| name != "README.md")
        .collect();
    assert_eq!(named, written);
}

#[test]
fn the_list_of_runbooks_names_every_alarm() {
    let template = Template::read();
    let list = repository::text("docs/runbooks/README.md");
    for (id, alarm) in alarms(&template) {
        // Those that every function has are listed once, by how their names end.
        let listed = ["Errors", "Throttles"]
            .iter()
            .find(|kind| id.ends_with(*kind) && alarm["MetricName"] == **kind)
            .map_or_else(|| format!("`{id}`"), |kind| format!("`…{kind}`"));
        let row = list.lines().find(|line| line.contains(&listed));
        let row = row.unwrap_or_else(|| panic!("{id} is not in the list"));
        let book = runbook(alarm);
        assert!(row.contains(&format!("[{book}]({book}.md)")), "{id}: {row}");
    }
}

#[test]
fn every_alarm_reaches_the_topic_when_it_rings_and_when_it_stops() {
    let template = Template::read();
    for (id, alarm) in alarms(&template) {
        for actions in ["AlarmActions", "OKActions"] {
            assert_eq!(
                alarm[actions],
                json!([reference("AlarmTopic")]),
                "{id} {actions}"
            );
        }
        assert!(alarm["ActionsEnabled"].is_null(), "{id} is silent");
        assert!(
            alarm["TreatMissingData"].is_string(),
            "{id} says nothing of silence"
        );
    }
}

#[test]
fn every_function_has_an_alarm_for_errors_and_one_for_throttling_or_lag() {
    let template = Template::read();
    let alarms = alarms(&template);
    let watches = |metric: &str, id: &str| {
        alarms.values().any(|alarm| {
            alarm["Namespace"] == "AWS/Lambda"
                && alarm["MetricName"] == metric
                && watched(alarm, "FunctionName") == Some(&reference(id))
        })
    };
    for (name, function) in template.functions() {
        assert!(watches("Errors", function.id), "{name}");
        // A stream's function waits by design; how long is what matters.
        let streamed = function.events("DynamoDB").next().is_some();
        let other = if streamed { "IteratorAge" } else { "Throttles" };
        assert!(watches(other, function.id), "{name}: {other}");
    }
}

#[test]
fn every_dead_letter_rings() {
    let template = Template::read();
    for id in template.resources("AWS::SQS::Queue").into_keys() {
        let name = attribute(&format!("{id}.QueueName"));
        let rings = alarms(&template).into_values().any(|alarm| {
            alarm["MetricName"] == "ApproximateNumberOfMessagesVisible"
                && watched(alarm, "QueueName") == Some(&name)
                && alarm["Threshold"] == 1
        });
        assert!(rings, "{id}");
    }
}

#[test]
fn held_sweeps_missed_sweeps_and_bounces_ring() {
    let template = Template::read();
    let metrics: BTreeSet<&str> = alarms(&template)
        .into_values()
        .map(|alarm| alarm["MetricName"].as_str().unwrap())
        .collect();
    for metric in [
        "SweepHeld",
        "Invocations",
        "MessageFailed",
        "5xx",
        "Reputation.BounceRate",
        "Reputation.ComplaintRate",
    ] {
        assert!(metrics.contains(metric), "{metric}");
    }
}

/// A metric of ours that nobody writes never rings.
#[test]
fn metrics_of_ours_are_ones_that_the_code_writes() {
    let known: BTreeSet<&str> = Metric::ALL.into_iter().map(Metric::name).collect();
    let template = Template::read();
    let mut ours = 0;
    for (id, alarm) in alarms(&template) {
        let namespace = alarm["Namespace"].as_str().unwrap();
        if namespace.starts_with("AWS/") {
            continue;
        }
        ours += 1;
        assert_eq!(namespace, NAMESPACE, "{id}");
        assert!(
            known.contains(alarm["MetricName"].as_str().unwrap()),
            "{id}"
        );
        assert!(watched(alarm, "FunctionName").is_some(), "{id}");
    }
    assert!(ours > 0);
}

#[test]
fn the_dashboard_is_readable_and_shows_only_what_there_is() {
    let template = Template::read();
    let body = template.at("/Resources/Dashboard/Properties/DashboardBody/Fn::Sub");
    let body = body.as_str().unwrap();
    let dashboard: Value = serde_json::from_str(body).unwrap();
    let resources = template.at("/Resources");
    for part in body.split("${").skip(1) {
        let name = part.split(['.', '}']).next().unwrap();
        let known = name.starts_with("AWS::") || resources.get(name).is_some();
        assert!(known, "the dashboard shows {name}");
    }
    let text = dashboard.to_string();
    let known: BTreeSet<&str> = Metric::ALL.into_iter().map(Metric::name).collect();
    for part in text.split(&format!("[\"{NAMESPACE}\",\"")).skip(1) {
        let metric = part.split('"').next().unwrap();
        assert!(known.contains(metric), "{metric} is written by nobody");
    }
    for (name, function) in template.functions() {
        assert!(
            body.contains(&format!("${{{}}}", function.id)),
            "{name} is not shown"
        );
    }
}
