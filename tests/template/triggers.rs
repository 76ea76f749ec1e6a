//! The triggers of functions that nobody calls, and the queues for their failures.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use tests::repository;
use tests::template::{Template, attribute, each, each_text, reference};

/// The one trigger of a kind that each function has, by the function's name.
fn triggers<'a>(template: &'a Template, kind: &str) -> BTreeMap<&'a str, &'a Value> {
    let functions = template.functions().into_iter();
    let found: Vec<_> = functions
        .flat_map(|(name, function)| function.events(kind).map(move |event| (name, event)))
        .collect();
    let triggers: BTreeMap<_, _> = found.iter().copied().collect();
    assert_eq!(found.len(), triggers.len(), "{kind}");
    triggers
}

/// The trigger of a kind that only one function has, with that function's name.
fn only<'a>(template: &'a Template, kind: &str) -> (&'a str, &'a Value) {
    let found = triggers(template, kind);
    assert_eq!(found.len(), 1, "{kind}");
    found.into_iter().next().unwrap()
}

/// The value of a constant in the store's file of keys.
fn key(name: &str) -> String {
    let keys = repository::text("shared/store/src/keys.rs");
    let value = keys.split_once(&format!("const {name}: &str = \""));
    value
        .and_then(|(_, rest)| rest.split_once('"'))
        .unwrap()
        .0
        .to_owned()
}

/// The one filter of a stream.
fn filter(stream: &Value) -> Value {
    assert_eq!(stream["Stream"], attribute("JournalTable.StreamArn"));
    // Nothing that was committed while the trigger was being made is missed.
    assert_eq!(stream["StartingPosition"], "TRIM_HORIZON");
    let filters = each(&stream["FilterCriteria"]["Filters"]);
    assert_eq!(filters.len(), 1, "filters add to each other");
    serde_json::from_str(filters[0]["Pattern"].as_str().unwrap()).unwrap()
}

#[test]
fn the_stream_shows_the_relay_new_messages_and_nothing_else() {
    let template = Template::read();
    let streams = triggers(&template, "DynamoDB");
    let names: Vec<_> = streams.keys().copied().collect();
    assert_eq!(names, ["desk-writer", "outbox-relay"]);
    let expected = json!({
        "eventName": ["INSERT"],
        "dynamodb": {"Keys": {"pk": {"S": [{"prefix": key("OUTBOX")}]}}},
    });
    assert_eq!(filter(streams["outbox-relay"]), expected);
}

/// What the writer itself puts off or marks would come back to it at once.
#[test]
fn the_stream_shows_the_desks_writer_what_is_asked_for_and_nothing_else() {
    let template = Template::read();
    let expected = json!({
        "eventName": ["INSERT", "MODIFY"],
        "dynamodb": {
            "Keys": {"pk": {"S": [{"prefix": key("WORK")}]}},
            "NewImage": {"state": {"S": ["asked"]}},
        },
    });
    assert_eq!(
        filter(triggers(&template, "DynamoDB")["desk-writer"]),
        expected
    );
}

#[test]
fn a_record_that_cannot_be_taken_holds_up_no_other() {
    let template = Template::read();
    for (name, stream) in triggers(&template, "DynamoDB") {
        assert_eq!(
            stream["FunctionResponseTypes"],
            json!(["ReportBatchItemFailures"]),
            "{name}"
        );
        assert_eq!(stream["BisectBatchOnFunctionError"], true);
        assert!(stream["MaximumRetryAttempts"].as_u64().unwrap() <= 20);
        // A stream keeps its records for a day: what is older is not there to be tried again.
        assert!(stream["MaximumRecordAgeInSeconds"].as_u64().unwrap() < 86_400);
        assert!(stream["MaximumBatchingWindowInSeconds"].as_u64().unwrap() <= 5);
        let queue = match name {
            "desk-writer" => "DeskDeadLetters.Arn",
            _ => "RelayDeadLetters.Arn",
        };
        assert_eq!(
            stream["DestinationConfig"]["OnFailure"],
            json!({"Type": "SQS", "Destination": attribute(queue)})
        );
    }
}

/// Its own pace is the stack's pace towards SES only while there is one of it.
#[test]
fn one_relay_runs_at_a_time() {
    let template = Template::read();
    let relay = template.functions()["outbox-relay"];
    assert_eq!(relay.properties["ReservedConcurrentExecutions"], 1);
}

/// The acts of a request keep their order only while one writer takes them.
#[test]
fn one_writer_to_service_desks_runs_at_a_time() {
    let template = Template::read();
    let writer = template.functions()["desk-writer"];
    assert_eq!(writer.properties["ReservedConcurrentExecutions"], 1);
}

#[test]
fn the_sweep_runs_every_quarter_of_an_hour_and_the_desks_writer_every_minute() {
    let template = Template::read();
    let schedules = triggers(&template, "ScheduleV2");
    assert_eq!(schedules.len(), 2);
    for (function, rate, name) in [
        ("inactivity-sweep", "rate(15 minutes)", "Sweep"),
        ("desk-writer", "rate(1 minute)", "Desk"),
    ] {
        let schedule = schedules[function];
        assert_eq!(schedule["ScheduleExpression"], rate);
        assert_eq!(schedule["FlexibleTimeWindow"]["Mode"], "OFF");
        let (queue, role) = (
            format!("{name}DeadLetters.Arn"),
            format!("{name}ScheduleRole.Arn"),
        );
        assert_eq!(schedule["DeadLetterConfig"]["Arn"], attribute(&queue));
        assert_eq!(schedule["RoleArn"], attribute(&role));
        assert!(
            schedule["State"].is_null(),
            "a schedule that is off is none"
        );
        let input: Value = serde_json::from_str(schedule["Input"].as_str().unwrap()).unwrap();
        for name in input.as_object().unwrap().keys() {
            let handler = repository::text(format!("functions/{function}/src/lib.rs"));
            assert!(
                handler.contains(&format!("pub {name}:")),
                "{name} is read by nobody"
            );
        }
    }
}

#[test]
fn what_ses_reports_reaches_the_feedback() {
    let template = Template::read();
    let (function, rule) = only(&template, "EventBridgeRule");
    assert_eq!(function, "mail-feedback");
    assert_eq!(
        rule["DeadLetterConfig"]["Arn"],
        attribute("FeedbackDeadLetters.Arn")
    );
    let pattern = &rule["Pattern"];
    assert_eq!(pattern["source"], json!(["aws.ses"]));
    // Only this stack's mails: an account may have several.
    let set = &pattern["detail"]["mail"]["tags"]["ses:configuration-set"];
    assert_eq!(*set, json!([reference("ConfigurationSet")]));
    let types = each_text(&pattern["detail-type"]);
    let reported = &template.at("/Resources/MailEvents/Properties/EventDestination");
    let reported = each_text(&reported["MatchingEventTypes"]);
    assert_eq!(types.len(), reported.len());
    // A delivery changes nothing; with one for each mail the function would run as often as the relay.
    assert_eq!(reported, ["BOUNCE", "COMPLAINT"]);
    let handler = repository::text("functions/mail-feedback/src/event.rs");
    for kind in reported {
        let word = kind[..4].to_lowercase();
        assert!(
            types.iter().any(|kind| kind.to_lowercase().contains(&word)),
            "{kind}"
        );
        assert!(
            handler.to_lowercase().contains(&word),
            "{kind} is read by nobody"
        );
    }
}

/// An event of an asynchronous invocation is lost after its retries, unless a queue takes it.
#[test]
fn every_function_that_nobody_waits_for_has_a_dead_letter_queue() {
    let template = Template::read();
    let queues = template.resources("AWS::SQS::Queue");
    for (name, function) in template.functions() {
        let waited_for = function.events("HttpApi").next().is_some();
        let streamed = function.events("DynamoDB").next().is_some();
        if waited_for || streamed {
            continue;
        }
        let invoked = &function.properties["EventInvokeConfig"];
        assert!(invoked["MaximumRetryAttempts"].is_u64(), "{name}");
        let failed = &invoked["DestinationConfig"]["OnFailure"];
        assert_eq!(failed["Type"], "SQS", "{name}");
        let known = queues
            .keys()
            .any(|queue| failed["Destination"] == attribute(&format!("{queue}.Arn")));
        assert!(known, "{name}");
    }
}

#[test]
fn dead_letters_wait_as_long_as_they_can_and_travel_encrypted() {
    let template = Template::read();
    let policies = template.resources("AWS::SQS::QueuePolicy");
    for (id, queue) in template.resources("AWS::SQS::Queue") {
        // Fourteen days, the longest there is: a holiday is no data loss.
        assert_eq!(
            queue["Properties"]["MessageRetentionPeriod"], 1_209_600,
            "{id}"
        );
        let guarded = policies.values().any(|policy| {
            let policy = &policy["Properties"];
            each(&policy["Queues"]).contains(&&reference(id))
                && each(&policy["PolicyDocument"]["Statement"])
                    .into_iter()
                    .any(|statement| {
                        statement["Effect"] == "Deny"
                            && statement["Condition"]["Bool"]["aws:SecureTransport"] == "false"
                            && each(&statement["Resource"])
                                .contains(&&attribute(&format!("{id}.Arn")))
                    })
        });
        assert!(guarded, "{id}");
    }
}
