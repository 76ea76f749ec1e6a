//! The bundle as a whole, with small functions of its own in place of the real ones: what the
//! template declares works end to end, over the real clients.

use std::borrow::Cow;
use std::convert::Infallible;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_lambda_events::dynamodb::Event;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_sdk_sesv2::Client;
use aws_sdk_sesv2::config::retry::RetryConfig;
use aws_sdk_sesv2::primitives::Blob;
use aws_sdk_sesv2::types::{Destination, EmailContent, RawMessage};
use lambda_http::{Body, LambdaEvent, Request, RequestExt, Response};
use local::bundle::{self, BundleError, Options, Running, Surroundings};
use local::lambda::function::Functions;
use local::sdk;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

/// Three functions: one takes a line and writes it to the journal's outbox, one mails what is in
/// the outbox, one runs on schedule and on SES's events.
const TEMPLATE: &str = r#"
Parameters:
  Name: { Type: String, Default: lanyard }
Resources:
  JournalTable:
    Type: AWS::DynamoDB::Table
    Properties:
      TableName: !Sub "${AWS::StackName}-journal"
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{ AttributeName: pk, AttributeType: S }]
      KeySchema: [{ AttributeName: pk, KeyType: HASH }]
      StreamSpecification: { StreamViewType: NEW_IMAGE }
  Take:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: !Sub "${AWS::StackName}-take"
      Timeout: 5
      Environment: { Variables: { TABLE: !Ref JournalTable } }
      Events:
        Hook: { Type: HttpApi, Properties: { Method: POST, Path: "/take/{id}" } }
  Relay:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: !Sub "${AWS::StackName}-relay"
      Timeout: 5
      Events:
        Stream:
          Type: DynamoDB
          Properties:
            Stream: !GetAtt JournalTable.StreamArn
            StartingPosition: TRIM_HORIZON
            FilterCriteria:
              Filters: [{ Pattern: '{"eventName":["INSERT"],"dynamodb":{"Keys":{"pk":{"S":[{"prefix":"OUTBOX#"}]}}}}' }]
            BatchSize: 10
            FunctionResponseTypes: [ReportBatchItemFailures]
            BisectBatchOnFunctionError: true
            MaximumRetryAttempts: 2
            DestinationConfig: { OnFailure: { Type: SQS, Destination: !GetAtt Dead.Arn } }
  Watch:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: !Sub "${AWS::StackName}-watch"
      Timeout: 5
      Events:
        Tick: { Type: ScheduleV2, Properties: { ScheduleExpression: rate(15 minutes), Input: '{"tick":true}' } }
        Ses: { Type: EventBridgeRule, Properties: { Pattern: { source: [aws.ses], detail-type: [Email Bounced] } } }
  Dead: { Type: AWS::SQS::Queue }
"#;

/// What the functions were given, in order.
type Seen = Arc<Mutex<Vec<Value>>>;

fn functions(surroundings: &Surroundings, seen: &Seen) -> Functions {
    let dynamodb = sdk::dynamodb(&surroundings.dynamodb_endpoint, "take");
    let table = surroundings.environment("take")["TABLE"].clone();
    let take = move |request: Request| {
        let write = dynamodb
            .put_item()
            .table_name(&table)
            .item(
                "pk",
                AttributeValue::S(format!(
                    "OUTBOX#{}",
                    request.path_parameters().first("id").unwrap()
                )),
            )
            .item(
                "line",
                AttributeValue::S(String::from_utf8(request.body().to_vec()).unwrap()),
            );
        async move {
            let status = if write.send().await.is_ok() { 202 } else { 503 };
            Ok::<_, Infallible>(
                Response::builder()
                    .status(status)
                    .body(Body::Empty)
                    .unwrap(),
            )
        }
    };
    // The stream is the only one that tries again, as with the real relay.
    let ses = sdk::sesv2(&surroundings.sesv2_endpoint, "relay")
        .config()
        .to_builder();
    let ses = Client::from_conf(ses.retry_config(RetryConfig::disabled()).build());
    let noted = Arc::clone(seen);
    let relay = move |event: LambdaEvent<Event>| {
        let (ses, noted) = (ses.clone(), Arc::clone(&noted));
        async move {
            let mut failures = Vec::new();
            for record in event.payload.records {
                let line: String = serde_dynamo_text(&record.change.new_image, "line");
                noted.lock().unwrap().push(json!(line));
                if line == "poison" || mail(&ses, &line).await.is_err() {
                    failures.push(json!({"itemIdentifier": record.change.sequence_number}));
                    break;
                }
            }
            Ok::<_, Infallible>(json!({"batchItemFailures": failures}))
        }
    };
    let noted = Arc::clone(seen);
    let watch = move |event: LambdaEvent<Value>| {
        noted.lock().unwrap().push(event.payload);
        async { Ok::<_, Infallible>(()) }
    };
    Functions::new()
        .http("take", take)
        .event("relay", relay)
        .event("watch", watch)
}

fn serde_dynamo_text(item: &impl serde::Serialize, name: &str) -> String {
    serde_json::to_value(item).unwrap()[name]["S"]
        .as_str()
        .unwrap()
        .to_owned()
}

async fn mail(ses: &Client, line: &str) -> Result<(), ()> {
    let mime = format!(
        "From: it@lanyard.example\r\nTo: a@acme.example\r\nSubject: {line}\r\nX-Lanyard-Kind: line\r\n\r\nOpen http://localhost/l/token-{line}.\r\n"
    );
    let raw = RawMessage::builder().data(Blob::new(mime)).build().unwrap();
    let sending = ses
        .send_email()
        .destination(
            Destination::builder()
                .to_addresses("a@acme.example")
                .build(),
        )
        .content(EmailContent::builder().raw(raw).build());
    sending.send().await.map(drop).map_err(drop)
}

struct Bench {
    running: Running,
    seen: Seen,
    web: reqwest::Client,
}

impl Bench {
    async fn start(data: Option<&Path>) -> Self {
        let seen: Seen = Arc::default();
        let options = Options {
            data: data.map(Path::to_owned),
            template: Cow::Borrowed(TEMPLATE),
            pause: Duration::from_millis(1),
            ..Options::default()
        };
        let running = bundle::start(options, async |surroundings| {
            Ok::<_, Infallible>(functions(surroundings, &seen))
        });
        Self {
            running: running.await.unwrap(),
            seen,
            web: reqwest::Client::new(),
        }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.running.local.base_url)
    }

    async fn take(&self, id: &str, line: &str) -> StatusCode {
        let request = self
            .web
            .post(self.url(&format!("/take/{id}")))
            .body(line.to_owned());
        request.send().await.unwrap().status()
    }

    async fn get(&self, path: &str) -> Value {
        self.web
            .get(self.url(path))
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    }

    async fn post(&self, path: &str, body: Value) -> (StatusCode, Value) {
        let answer = self
            .web
            .post(self.url(path))
            .json(&body)
            .send()
            .await
            .unwrap();
        (answer.status(), answer.json().await.unwrap())
    }

    async fn settle(&self) {
        assert_eq!(
            self.post("/_local/settle", json!({})).await.0,
            StatusCode::OK
        );
    }

    async fn subjects(&self) -> Vec<String> {
        let mails = self.get("/_local/mail.json").await;
        let mails = mails.as_array().unwrap().iter();
        mails
            .map(|mail| mail["subject"].as_str().unwrap().to_owned())
            .collect()
    }
}

#[tokio::test]
async fn a_request_is_taken_written_relayed_and_mailed_in_order() {
    let bench = Bench::start(None).await;
    for number in 0..25 {
        assert_eq!(
            bench
                .take(&number.to_string(), &format!("line-{number:02}"))
                .await,
            202
        );
    }
    bench.settle().await;
    let expected: Vec<_> = (0..25).map(|number| format!("line-{number:02}")).collect();
    assert_eq!(bench.subjects().await, expected);
    let calls = bench.get("/_local/calls.json").await;
    assert_eq!(calls["PutItem"]["calls"], 25);
}

#[tokio::test]
async fn a_poison_record_ends_alone_in_the_queue_and_all_others_are_mailed() {
    let bench = Bench::start(None).await;
    for number in 0..12 {
        let line = if number == 5 {
            "poison".to_owned()
        } else {
            format!("line-{number:02}")
        };
        bench.take(&number.to_string(), &line).await;
    }
    bench.settle().await;
    assert_eq!(bench.subjects().await.len(), 11);
    let queues = bench.get("/_local/queues.json").await;
    let given_up = &queues["Dead"];
    assert_eq!(given_up.as_array().unwrap().len(), 1);
    assert_eq!(given_up[0]["DDBStreamBatchInfo"]["batchSize"], 1);
    assert_eq!(
        given_up[0]["requestContext"]["condition"],
        "RetryAttemptsExhausted"
    );
}

#[tokio::test]
async fn throttled_mail_leaves_in_the_end() {
    let bench = Bench::start(None).await;
    let faults = json!({"seed": 3, "ses": {"throttle": 0.3, "fail": 0.1}});
    assert_eq!(bench.post("/_local/faults", faults).await.0, StatusCode::OK);
    for number in 0..20 {
        bench
            .take(&number.to_string(), &format!("line-{number:02}"))
            .await;
    }
    bench.settle().await;
    assert_eq!(
        bench.subjects().await.len(),
        20,
        "none lost and none doubled"
    );
    let (status, ended) = bench.post("/_local/faults", json!({})).await;
    assert_eq!(
        (status, &ended["ses"]["throttle"]),
        (StatusCode::OK, &json!(0.0))
    );
}

#[tokio::test]
async fn after_a_restart_everything_is_there_and_what_was_not_sent_is_sent() {
    let data = tempfile::tempdir().unwrap();
    let bench = Bench::start(Some(data.path())).await;
    bench.take("1", "first").await;
    bench.settle().await;
    // SES is down while the second is taken, so that it is committed and not sent.
    bench
        .post("/_local/faults", json!({"ses": {"fail": 1.0}}))
        .await;
    bench.take("2", "second").await;
    bench.running.stop().await;

    let bench = Bench::start(Some(data.path())).await;
    bench.settle().await;
    assert_eq!(bench.subjects().await, ["first", "second"]);
    assert_eq!(*bench.seen.lock().unwrap(), [json!("second")]);
    bench.running.stop().await;

    let bench = Bench::start(Some(data.path())).await;
    bench.settle().await;
    assert!(bench.seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn two_bundles_do_not_share_a_data_directory() {
    let data = tempfile::tempdir().unwrap();
    let _first = Bench::start(Some(data.path())).await;
    let options = Options {
        data: Some(data.path().to_owned()),
        template: Cow::Borrowed(TEMPLATE),
        ..Options::default()
    };
    let seen = Seen::default();
    let second = bundle::start(options, async |surroundings| {
        Ok::<_, Infallible>(functions(surroundings, &seen))
    });
    assert!(matches!(second.await.unwrap_err(), BundleError::InUse(_)));
}

#[tokio::test]
async fn a_function_that_is_declared_but_not_built_stops_the_start() {
    let options = Options {
        template: Cow::Borrowed(TEMPLATE),
        ..Options::default()
    };
    let none = bundle::start(options, async |_| Ok::<_, Infallible>(Functions::new()));
    assert_eq!(
        none.await.unwrap_err().to_string(),
        "the template and the bundle do not have the same functions: declared only: [relay, take, watch], built only: []"
    );
}

#[tokio::test]
async fn the_clock_moves_and_the_schedule_runs_once_or_at_every_step() {
    let bench = Bench::start(None).await;
    let (status, moved) = bench
        .post("/_local/clock", json!({"set": "2027-01-01T00:00:00Z"}))
        .await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        moved["now"]
            .as_str()
            .unwrap()
            .starts_with("2027-01-01T00:00:")
    );
    assert_eq!(*bench.seen.lock().unwrap(), [json!({"tick": true})]);
    bench
        .post("/_local/clock", json!({"advance": "P90D"}))
        .await;
    assert_eq!(bench.seen.lock().unwrap().len(), 2);
    let (_, moved) = bench
        .post("/_local/clock", json!({"advance": "P10D", "step": "P1D"}))
        .await;
    assert_eq!(bench.seen.lock().unwrap().len(), 12);
    assert!(
        moved["now"]
            .as_str()
            .unwrap()
            .starts_with("2027-04-11T00:0"),
        "{moved}"
    );
    let info = bench.get("/_local/info.json").await;
    assert!(info["now"].as_str().unwrap().starts_with("2027-04-11"));
    for refused in [
        json!({}),
        json!({"advance": "soon"}),
        json!({"set": "x"}),
        json!({"advance": "P1D", "set": "2027-01-01T00:00:00Z"}),
        json!({"forward": "P1D"}),
    ] {
        let (status, answer) = bench.post("/_local/clock", refused).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{answer}");
    }
}

#[tokio::test]
async fn a_mail_can_bounce_and_the_function_of_the_rule_hears_of_it() {
    let bench = Bench::start(None).await;
    bench.take("1", "first").await;
    bench.settle().await;
    let (status, answer) = bench
        .post(
            "/_local/feedback",
            json!({"type": "Bounce", "email": "a@acme.example"}),
        )
        .await;
    assert_eq!(
        (status, &answer["functions"]),
        (StatusCode::OK, &json!(["watch"]))
    );
    assert_eq!(
        bench.seen.lock().unwrap().last().unwrap()["detail-type"],
        "Email Bounced"
    );
    let (status, _) = bench
        .post(
            "/_local/feedback",
            json!({"type": "Complaint", "email": "a@acme.example"}),
        )
        .await;
    assert_eq!(status, StatusCode::CONFLICT);
    let (status, _) = bench
        .post(
            "/_local/feedback",
            json!({"type": "Bounce", "email": "b@acme.example"}),
        )
        .await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn links_that_somebody_was_mailed_are_listed_newest_first_with_their_purpose() {
    let bench = Bench::start(None).await;
    bench.take("1", "first").await;
    bench.take("2", "second").await;
    bench.settle().await;
    let links = bench.get("/_local/links.json?email=A%40acme.example").await;
    let urls: Vec<_> = links
        .as_array()
        .unwrap()
        .iter()
        .map(|link| &link["url"])
        .collect();
    assert_eq!(
        urls,
        [
            "http://localhost/l/token-second",
            "http://localhost/l/token-first"
        ]
    );
    assert_eq!(links[0]["purpose"], "line");
    bench
        .running
        .local
        .set_purpose_reader(Arc::new(|token| Some(format!("purpose of {token}"))));
    let links = bench.get("/_local/links.json?email=a%40acme.example").await;
    assert_eq!(links[0]["purpose"], "purpose of token-second");
}

#[tokio::test]
async fn what_no_route_or_no_size_allows_is_refused_as_api_gateway_does() {
    let bench = Bench::start(None).await;
    let none = bench.web.get(bench.url("/take/1")).send().await.unwrap();
    assert_eq!(
        (none.status(), none.text().await.unwrap().as_str()),
        (StatusCode::NOT_FOUND, r#"{"message":"Not Found"}"#)
    );
    assert_eq!(
        bench.take("1", &"x".repeat(10_000_001)).await,
        StatusCode::PAYLOAD_TOO_LARGE
    );
}

#[tokio::test]
async fn local_addresses_answer_this_machine_only() {
    let bench = Bench::start(None).await;
    for (name, value) in [("host", "desk.example"), ("origin", "https://desk.example")] {
        let request = bench
            .web
            .get(bench.url("/_local/sources.json"))
            .header(name, value);
        assert_eq!(
            request.send().await.unwrap().status(),
            StatusCode::FORBIDDEN,
            "{name}"
        );
    }
    assert_eq!(bench.get("/_local/sources.json").await, json!([]));
}

/// Whoever rebinds a name to this machine, or shows a page that asks it, reads no table and no mail.
#[tokio::test]
async fn the_tables_and_the_mail_system_answer_this_machine_only() {
    let bench = Bench::start(None).await;
    let local = &bench.running.local;
    let listing = |endpoint: &str| {
        let credential = "AWS4-HMAC-SHA256 Credential=x/20261122/local/dynamodb/aws4_request, SignedHeaders=host, Signature=x";
        bench
            .web
            .post(endpoint)
            .header("x-amz-target", "DynamoDB_20120810.ListTables")
            .header("x-amz-date", "20261122T093000Z")
            .header("authorization", credential)
            .header("content-type", "application/x-amz-json-1.0")
            .body("{}")
    };
    let account = |endpoint: &str| bench.web.get(format!("{endpoint}/v2/email/account"));
    let asked = listing(&local.dynamodb_endpoint);
    let answer = asked.header("origin", "http://localhost:4400").send().await;
    let answer = answer.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let shown_to = answer.headers().get("access-control-allow-origin");
    assert_eq!(shown_to, None, "it lets any page read it");
    for (name, value) in [
        ("host", "rebound.example"),
        ("host", "localhost.rebound.example:80"),
        ("origin", "https://page.example"),
        ("origin", "null"),
    ] {
        for request in [
            listing(&local.dynamodb_endpoint),
            account(&local.sesv2_endpoint),
            bench.web.request(Method::OPTIONS, &local.dynamodb_endpoint),
        ] {
            let answer = request.header(name, value).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{name}: {value}");
            assert!(!answer.headers().contains_key("access-control-allow-origin"));
        }
    }
}

/// Whoever starts a bundle waits for nothing but an answer: none is given while sources and people are
/// still missing.
#[tokio::test]
async fn whoever_calls_before_the_world_is_seeded_is_answered_once_it_is() {
    let options = Options {
        until_seeded: true,
        scheduled: false,
        ..Options::default()
    };
    let running = bundle::start(options, local::lambda::deployment::functions);
    let running = running.await.unwrap();
    let base_url = running.local.base_url.clone();
    let calls = ["sources.json", "info.json", "links.json?email=x"].map(|name| {
        let url = format!("{base_url}/_local/{name}");
        tokio::spawn(async move { reqwest::get(url).await.unwrap().json::<Value>().await })
    });
    local::world::seed(&running).await.unwrap();
    let [sources, info, links] = calls;
    let sources = sources.await.unwrap().unwrap();
    let known = running.local.sources().len();
    assert!(known > 0);
    assert_eq!(sources.as_array().unwrap().len(), known);
    assert!(info.await.unwrap().unwrap()["tables"].is_object());
    assert_eq!(links.await.unwrap().unwrap(), json!([]));
    running.stop().await;
}

#[tokio::test]
async fn the_inbox_is_a_page_and_can_be_emptied() {
    let bench = Bench::start(None).await;
    bench.take("1", "first").await;
    bench.settle().await;
    let page = bench
        .web
        .get(bench.url("/_local/mail"))
        .send()
        .await
        .unwrap();
    assert!(
        page.headers()["content-security-policy"]
            .to_str()
            .unwrap()
            .starts_with("default-src 'none'")
    );
    assert!(page.text().await.unwrap().contains("<h2>first</h2>"));
    let emptied = bench
        .web
        .delete(bench.url("/_local/mail.json"))
        .send()
        .await
        .unwrap();
    assert_eq!(emptied.status(), StatusCode::NO_CONTENT);
    assert_eq!(bench.get("/_local/mail.json").await, json!([]));
    assert_eq!(
        bench.get("/_local/mail/count.json").await,
        json!({"count": 0})
    );
}

#[tokio::test]
async fn info_tells_tools_where_everything_is() {
    let bench = Bench::start(None).await;
    let info = bench.get("/_local/info.json").await;
    assert_eq!(info["tables"], json!({"journal": "lanyard-journal"}));
    let client = sdk::dynamodb(info["endpoints"]["dynamodb"].as_str().unwrap(), "test");
    assert_eq!(
        client.list_tables().send().await.unwrap().table_names(),
        ["lanyard-journal"]
    );
    assert!(
        info["endpoints"]["sesv2"]
            .as_str()
            .unwrap()
            .starts_with("http://127.0.0.1:")
    );
}
