//! The sample that AWS publishes of each trigger's event, handed to the compiled functions.
//!
//! Sources: for API Gateway, DynamoDB streams and the envelope of EventBridge, what
//! `sam local generate-event` writes (the package `aws-sam-cli`); for SES and the Scheduler, the
//! examples in their guides, which `published/ses.json` and the tests below name.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hooks::scheme::{Scheme, sign};
use hooks::secret::Secret;
use local::world::sample::{self, Sample};
use serde_json::{Value, json};
use tests::repository;
use tests::template::Template;
use tests::tools::sample_event;

use crate::deployed::Deployed;

/// A member of the seeded world whose mail bounces; Lena, who leads the organization, is told.
const CARMEN: &str = "carmen@acme.example";

impl Deployed {
    /// Hands an event to a function. What it reports as an error is never a panic.
    async fn take(&self, function: &str, event: &Value) -> Result<Value, String> {
        let deadline = self.running.local.clock.now().as_millisecond() + 60_000;
        let id = self.running.local.deliverer.invoker.request_id();
        let payload = event.to_string();
        let process = &self.functions[function];
        let answer = process.hand(&id, payload.as_bytes(), u64::try_from(deadline).unwrap());
        answer.await.map_err(|report| {
            let message = report["errorMessage"].as_str().unwrap().to_owned();
            assert!(!message.contains("panicked"), "{function}: {report}");
            message
        })
    }

    /// The number of mails that have left, once all is quiet.
    async fn mails(&self) -> usize {
        self.running.local.settle().await.unwrap();
        self.running.local.mailbox.count()
    }
}

/// AWS's sample of payload format 2.0, which has its body in base64, for one of our addresses.
fn http_api(method: &str, path: &str, body: &[u8]) -> Value {
    let body = STANDARD.encode(body);
    let blanks = [("method", method), ("path", path), ("body", &body)];
    sample_event("apigateway/HttpApi", &blanks)
}

/// The same as the sample's source would send it.
fn delivered(deployed: &Deployed, sample: &Sample) -> Value {
    let local = &deployed.running.local;
    let source = sample.source.as_deref().unwrap();
    let body = sample.body.as_ref().unwrap().to_string();
    let path = format!("hooks/{source}/{}", sample.function);
    let mut event = http_api("POST", &path, body.as_bytes());
    event["pathParameters"] = json!({ "source": source });

    let known = local.sources().into_iter().find(|one| one.id == source);
    let known = known.unwrap();
    let scheme = Scheme::new(&known.scheme, None).unwrap();
    let secret = Secret::parse(&scheme, &known.secret).unwrap();
    let id = format!("published_{}", sample.function).parse().unwrap();
    let signed = sign(&scheme, &secret, &id, local.clock.now(), body.as_bytes()).unwrap();
    for (name, value) in &signed {
        event["headers"][name.as_str()] = json!(value.to_str().unwrap());
    }
    event["headers"]["content-type"] = json!("application/json");
    event
}

fn samples() -> Vec<Sample> {
    let wanted = [
        "request-created/guest",
        "request-updated/status-changed",
        "customer-invited/one-person",
        "member-offboarded/left-everywhere",
    ];
    let all = sample::all(&sample::folder()).unwrap();
    wanted
        .into_iter()
        .map(|name| all.iter().find(|one| one.name == name).unwrap().clone())
        .collect()
}

#[tokio::test]
async fn hooks_take_a_delivery_in_the_envelope_of_api_gateway() {
    let deployed = Deployed::begin().await;
    for sample in samples() {
        let name = &sample.function;
        let before = deployed.mails().await;
        let event = delivered(&deployed, &sample);
        let answer = deployed.take(name, &event).await.unwrap();
        assert_eq!(answer["statusCode"], 202, "{name}: {answer}");
        let mails = deployed.mails().await;
        assert_eq!(mails - before, sample.expect.mails.len(), "{name}");

        // As it is published, nobody signed it.
        let path = format!("hooks/forms/{name}");
        let mut unsigned = http_api("POST", &path, b"Hello from AWS");
        unsigned["pathParameters"] = json!({"source": "forms"});
        let answer = deployed.take(name, &unsigned).await.unwrap();
        assert_eq!(answer["statusCode"], 401, "{name}: {answer}");
        let problem = &answer["headers"]["content-type"];
        assert_eq!(*problem, "application/problem+json", "{name}");
        assert_eq!(deployed.mails().await, mails, "{name}");
    }
    deployed.end().await;
}

#[tokio::test]
async fn pages_are_shown_in_the_envelope_of_api_gateway() {
    let deployed = Deployed::begin().await;
    for (path, status) in [("", 303), ("send-link", 200), ("l/forged", 404)] {
        let event = http_api("GET", path, b"");
        let answer = deployed.take("self-service", &event).await.unwrap();
        assert_eq!(answer["statusCode"], status, "/{path}: {answer}");
    }
    deployed.end().await;
}

/// The older payload format, which the template never asks for, reaches no handler.
#[tokio::test]
async fn the_envelope_of_a_rest_api_is_refused_and_does_nothing() {
    let deployed = Deployed::begin().await;
    let blanks = [
        ("method", "POST"),
        ("path", "hooks/forms/request-created"),
        ("resource", "/hooks/{source}/request-created"),
        ("body", "e30="),
        ("querystringparameters", ""),
    ];
    let mut event = sample_event("apigateway/AwsProxy", &blanks);
    event["queryStringParameters"] = json!({"foo": "bar"});
    let before = deployed.mails().await;
    let template = Template::read();
    for (name, function) in template.functions() {
        if function.events("HttpApi").next().is_none() {
            continue;
        }
        let answer = deployed.take(name, &event).await;
        let refused = answer
            .as_ref()
            .map_or(true, |answer| answer["statusCode"].as_u64() >= Some(400));
        assert!(refused, "{name}: {answer:?}");
    }
    assert_eq!(deployed.mails().await, before);
    deployed.end().await;
}

#[tokio::test]
async fn the_relay_takes_a_batch_of_the_stream_record_by_record() {
    let deployed = Deployed::begin().await;
    let mut event = sample_event("dynamodb/DynamoDBUpdate", &[("table", "lanyard-journal")]);
    let before = deployed.mails().await;
    // As they are published, the records are none of the journal's: each is reported.
    let numbers: Vec<Value> = event["Records"]
        .as_array()
        .unwrap()
        .iter()
        .map(|record| json!({"itemIdentifier": record["dynamodb"]["SequenceNumber"]}))
        .collect();
    assert_eq!(numbers.len(), 3);
    let answer = deployed.take("outbox-relay", &event).await.unwrap();
    assert_eq!(answer, json!({ "batchItemFailures": numbers }));

    // One of them becomes the journal's, about a message that was settled long ago.
    let key =
        json!({"pk": {"S": "OUTBOX#019abcde-0000-7000-8000-000000000001"}, "sk": {"S": "OUTBOX"}});
    let change = &mut event["Records"][0]["dynamodb"];
    change["Keys"] = key.clone();
    change["NewImage"] = key;
    change["NewImage"]["urgency"] = json!({"S": "access"});
    change["NewImage"]["state"] = json!({"S": "pending"});
    let answer = deployed.take("outbox-relay", &event).await.unwrap();
    assert_eq!(answer, json!({ "batchItemFailures": numbers[1..] }));
    assert_eq!(deployed.mails().await, before);
    deployed.end().await;
}

/// The envelope is EventBridge's sample; the detail is SES's, about an address of ours.
fn ses_event(detail_type: &str) -> Value {
    let records = repository::text("tests/processes/published/ses.json");
    let records = records.replace("recipient@acme.example", CARMEN);
    let records: Value = serde_json::from_str(&records).unwrap();
    let mut event = sample_event("cloudwatch/ScheduledEvent", &[("rule", "mail-feedback")]);
    event["source"] = json!("aws.ses");
    event["detail-type"] = json!(detail_type);
    event["detail"] = records[detail_type].clone();
    event
}

#[tokio::test]
async fn the_feedback_takes_what_ses_reports() {
    let template = Template::read();
    let rules = template.functions()["mail-feedback"];
    let rule = rules.events("EventBridgeRule").next().unwrap();
    let types = rule["Pattern"]["detail-type"].as_array().unwrap();
    assert_eq!(*types, ["Email Bounced", "Email Complaint Received"]);
    // No rule asks for the last one, but an account may publish it all the same.
    for detail_type in [
        "Email Bounced",
        "Email Complaint Received",
        "Email Delivered",
    ] {
        let deployed = Deployed::begin().await;
        let before = deployed.mails().await;
        let event = ses_event(detail_type);
        // It may come twice.
        for _ in 0..2 {
            let answer = deployed.take("mail-feedback", &event).await;
            assert_eq!(answer, Ok(Value::Null), "{detail_type}");
        }
        // What ended mail to the address is told once.
        let told = usize::from(detail_type != "Email Delivered");
        assert_eq!(deployed.mails().await, before + told, "{detail_type}");
        deployed.end().await;
    }
}

/// "Adding context attributes" in the EventBridge Scheduler user guide gives these examples.
#[tokio::test]
async fn the_sweep_takes_what_the_schedule_sends() {
    let deployed = Deployed::begin().await;
    let template = Template::read();
    let sweep = template.functions()["inactivity-sweep"];
    let schedule = sweep.events("ScheduleV2").next().unwrap();
    let input = schedule["Input"].as_str().unwrap();
    let input = input
        .replace("<aws.scheduler.scheduled-time>", "2022-03-22T18:59:43Z")
        .replace("<aws.scheduler.execution-id>", "d32c5kddcf5bb8c3");
    assert!(!input.contains("<aws."), "{input}");
    let event = serde_json::from_str(&input).unwrap();
    let report = deployed.take("inactivity-sweep", &event).await.unwrap();
    assert!(report["examined"].as_u64() > Some(0), "{report}");
    assert_eq!(report["failed"], 0, "{report}");
    deployed.end().await;
}
