//! A bundle with small functions of its own in place of the real ones.

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
use local::bundle::{self, Options, Running, Surroundings};
use local::lambda::function::Functions;
use local::sdk;
use reqwest::StatusCode;
use serde_json::{Value, json};

/// Three functions: one takes a line and writes it to the journal's outbox, one mails what is in
/// the outbox, one runs on schedule and on SES's events.
pub(crate) const TEMPLATE: &str = r#"
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

/// The events that the functions got, in order.
pub(crate) type Seen = Arc<Mutex<Vec<Value>>>;

pub(crate) fn functions(surroundings: &Surroundings, seen: &Seen) -> Functions {
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

pub(crate) struct Bench {
    pub(crate) running: Running,
    pub(crate) seen: Seen,
    pub(crate) web: reqwest::Client,
}

impl Bench {
    pub(crate) async fn start(data: Option<&Path>) -> Self {
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

    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.running.local.base_url)
    }

    pub(crate) async fn take(&self, id: &str, line: &str) -> StatusCode {
        let request = self
            .web
            .post(self.url(&format!("/take/{id}")))
            .body(line.to_owned());
        request.send().await.unwrap().status()
    }

    pub(crate) async fn get(&self, path: &str) -> Value {
        self.web
            .get(self.url(path))
            .send()
            .await
            .unwrap()
            .json()
            .await
            .unwrap()
    }

    pub(crate) async fn post(&self, path: &str, body: Value) -> (StatusCode, Value) {
        let answer = self
            .web
            .post(self.url(path))
            .json(&body)
            .send()
            .await
            .unwrap();
        (answer.status(), answer.json().await.unwrap())
    }

    pub(crate) async fn settle(&self) {
        assert_eq!(
            self.post("/_local/settle", json!({})).await.0,
            StatusCode::OK
        );
    }

    pub(crate) async fn subjects(&self) -> Vec<String> {
        let mails = self.get("/_local/mail.json").await;
        let mails = mails.as_array().unwrap().iter();
        mails
            .map(|mail| mail["subject"].as_str().unwrap().to_owned())
            .collect()
    }
}
