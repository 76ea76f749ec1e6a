//! The metrics of the compiled functions: each one on the dashboard and the alarms is counted by a
//! function, and a delivery by its outcome.

use std::collections::BTreeMap;

use app::Metric;
use hooks::scheme::{Scheme, sign};
use hooks::secret::Secret;
use local::fault::Faults;
use serde_json::{Value, json};
use tests::repository;

use crate::child::Lines;
use crate::deployed::Deployed;

/// The count of each metric, in CloudWatch's embedded metric format.
fn counted(lines: &Lines) -> BTreeMap<&'static str, u64> {
    let mut counted = BTreeMap::new();
    let metrics = lines.all().filter(|line| line.starts_with(r#"{"_aws""#));
    for line in metrics {
        let line: Value = serde_json::from_str(line).unwrap();
        for metric in Metric::ALL {
            if let Some(count) = line[metric.name()].as_u64() {
                *counted.entry(metric.name()).or_default() += count;
            }
        }
    }
    counted
}

/// Delivers a body of the source `forms` under an id, and gives the status.
async fn deliver(deployed: &Deployed, id: &str, body: &Value) -> u16 {
    let local = &deployed.running.local;
    let source = local
        .sources()
        .into_iter()
        .find(|known| known.id == "forms");
    let source = source.unwrap();
    let body = body.to_string();
    let scheme = Scheme::new(&source.scheme, None).unwrap();
    let secret = Secret::parse(&scheme, &source.secret).unwrap();
    let (id, now) = (id.parse().unwrap(), local.clock.now());
    let signed = sign(&scheme, &secret, &id, now, body.as_bytes()).unwrap();
    let url = format!("{}/hooks/forms/request-created", local.base_url);
    let request = reqwest::Client::new().post(url).headers(signed);
    let request = request.header("content-type", "application/json");
    let answer = request.body(body).send().await.unwrap();
    answer.status().as_u16()
}

fn raised(key: &str) -> Value {
    json!({"type": "request.created", "timestamp": "2026-11-20T09:30:00Z", "data": {
        "request": {"key": key, "desk": "support", "type": "Incident", "summary": "It stops"},
        "reporter": {"email": "noor@visitor.example"}, "channel": "form",
    }})
}

#[tokio::test]
async fn a_delivery_is_counted_by_what_became_of_it_and_a_lost_race_each_time() {
    let deployed = Deployed::begin().await;
    let faults = json!({"dynamodb": {"conflict": 1.0}});
    let faults: Faults = serde_json::from_value(faults).unwrap();
    deployed.running.local.faults.set(faults).unwrap();
    assert_eq!(deliver(&deployed, "msg_1", &raised("SUP-1")).await, 503);
    deployed
        .running
        .local
        .faults
        .set(Faults::default())
        .unwrap();
    assert_eq!(deliver(&deployed, "msg_1", &raised("SUP-1")).await, 202);
    assert_eq!(deliver(&deployed, "msg_1", &raised("SUP-1")).await, 200);
    assert_eq!(deliver(&deployed, "msg_2", &raised("SUP-2")).await, 202);
    let written = deployed.end().await;
    let mut counted = counted(&written["request-created"]);
    // As often as it was decided anew before its time was over.
    assert!(counted.remove("Conflict") > Some(1));
    assert_eq!(counted, BTreeMap::from([("Replayed", 1)]));
}

/// A metric that nobody counts is an alarm that never rings, and a chart that shows calm.
#[test]
fn every_metric_is_counted_somewhere() {
    let mut sources = String::new();
    for file in repository::files_of("shared/app/src", "rs") {
        let name = file.to_string_lossy();
        if !name.contains("tests") && !name.ends_with("metrics.rs") {
            sources.push_str(&repository::text(&file));
        }
    }
    for metric in Metric::ALL {
        let counted = format!("Metric::{}", metric.name());
        let mut found = sources.split(counted.as_str()).skip(1);
        let whole = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric());
        assert!(found.any(whole), "{counted} is counted by nobody");
    }
}
