//! A table's stream, read with the streams API and converted into Lambda's form.

use aws_sdk_dynamodbstreams::Client;
use aws_sdk_dynamodbstreams::error::DisplayErrorContext;
use aws_sdk_dynamodbstreams::types::{AttributeValue, Record, ShardIteratorType};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

/// The reason why the stream cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum StreamError {
    /// A call to the engine failed.
    #[error("the stream cannot be read: {0}")]
    Call(String),
    /// The table has no stream.
    #[error("table `{0}` has no stream")]
    None(String),
    /// The engine has more than the one shard that it promises.
    #[error("the stream has {0} shards instead of one")]
    Shards(usize),
}

impl StreamError {
    /// Tells whether reading again may succeed.
    #[must_use]
    pub fn retryable(&self) -> bool {
        matches!(self, Self::Call(_))
    }

    fn call<E: std::error::Error>(error: E) -> Self {
        Self::Call(DisplayErrorContext(error).to_string())
    }
}

/// An open stream and the place of its reader.
#[derive(Debug)]
pub struct Stream {
    client: Client,
    /// The stream's ARN.
    pub arn: String,
    /// Its shard. The engine has one per table.
    pub shard: String,
    iterator: Option<String>,
}

impl Stream {
    /// Opens a table's stream behind a sequence number, or at its oldest record.
    ///
    /// # Errors
    ///
    /// If the table has no stream, or the engine does not answer.
    pub async fn open(
        client: Client,
        table: &str,
        after: Option<&str>,
    ) -> Result<Self, StreamError> {
        let listed = client
            .list_streams()
            .table_name(table)
            .send()
            .await
            .map_err(StreamError::call)?;
        let arn = listed
            .streams()
            .first()
            .and_then(|stream| stream.stream_arn());
        let arn = arn
            .ok_or_else(|| StreamError::None(table.to_owned()))?
            .to_owned();
        let described = client
            .describe_stream()
            .stream_arn(&arn)
            .send()
            .await
            .map_err(StreamError::call)?;
        let shards = described
            .stream_description()
            .map_or(&[][..], |stream| stream.shards());
        let [shard] = shards else {
            return Err(StreamError::Shards(shards.len()));
        };
        let shard = shard.shard_id().unwrap_or_default().to_owned();
        let place = match after {
            Some(_) => ShardIteratorType::AfterSequenceNumber,
            None => ShardIteratorType::TrimHorizon,
        };
        let opened = client
            .get_shard_iterator()
            .stream_arn(&arn)
            .shard_id(&shard)
            .shard_iterator_type(place)
            .set_sequence_number(after.map(str::to_owned))
            .send()
            .await
            .map_err(StreamError::call)?;
        Ok(Self {
            client,
            arn,
            shard,
            iterator: opened.shard_iterator,
        })
    }

    /// The next records, at most a thousand, in the form for a function; none if there are none
    /// yet.
    ///
    /// # Errors
    ///
    /// If the engine does not answer; the place in the stream is kept.
    pub async fn read(&mut self) -> Result<Vec<Value>, StreamError> {
        let read = self
            .client
            .get_records()
            .set_shard_iterator(self.iterator.clone())
            .send()
            .await
            .map_err(StreamError::call)?;
        if read.next_shard_iterator.is_some() {
            self.iterator = read.next_shard_iterator;
        }
        let records = read.records.unwrap_or_default();
        Ok(records
            .into_iter()
            .map(|record| event_record(record, &self.arn))
            .collect())
    }
}

/// A record in the form in which Lambda passes it to a function.
fn event_record(record: Record, stream_arn: &str) -> Value {
    let mut event = json!({
        "eventID": record.event_id,
        "eventName": record.event_name.map(|name| name.as_str().to_owned()),
        "eventVersion": record.event_version,
        "eventSource": record.event_source,
        "awsRegion": record.aws_region,
        "eventSourceARN": stream_arn,
    });
    if let Some(change) = record.dynamodb {
        let mut dynamodb = json!({
            "ApproximateCreationDateTime": change.approximate_creation_date_time.map(|at| at.as_secs_f64()),
            "SequenceNumber": change.sequence_number,
            "SizeBytes": change.size_bytes,
            "StreamViewType": change.stream_view_type.map(|view| view.as_str().to_owned()),
        });
        let images = [
            ("Keys", change.keys),
            ("NewImage", change.new_image),
            ("OldImage", change.old_image),
        ];
        for (name, image) in images {
            if let Some(image) = image {
                dynamodb[name] = item(image);
            }
        }
        event["dynamodb"] = dynamodb;
    }
    // Tells a deletion by time-to-live from a deletion by a caller.
    if let Some(who) = record.user_identity {
        event["userIdentity"] = json!({"type": who.r#type, "principalId": who.principal_id});
    }
    event
}

fn item(attributes: impl IntoIterator<Item = (String, AttributeValue)>) -> Value {
    let fields: Map<_, _> = attributes
        .into_iter()
        .map(|(name, value)| (name, attribute(value)))
        .collect();
    Value::Object(fields)
}

fn attribute(value: AttributeValue) -> Value {
    match value {
        AttributeValue::S(text) => json!({"S": text}),
        AttributeValue::N(number) => json!({"N": number}),
        AttributeValue::Bool(flag) => json!({"BOOL": flag}),
        AttributeValue::Null(_) => json!({"NULL": true}),
        AttributeValue::M(fields) => json!({"M": item(fields)}),
        AttributeValue::L(items) => {
            json!({"L": items.into_iter().map(attribute).collect::<Vec<_>>()})
        }
        AttributeValue::B(bytes) => json!({"B": STANDARD.encode(bytes)}),
        AttributeValue::Ss(texts) => json!({"SS": texts}),
        AttributeValue::Ns(numbers) => json!({"NS": numbers}),
        AttributeValue::Bs(all) => {
            json!({"BS": all.iter().map(|bytes| STANDARD.encode(bytes)).collect::<Vec<_>>()})
        }
        // The SDK's enum is open; DynamoDB has had these ten types from the beginning.
        other => json!({"unknown": format!("{other:?}")}),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use aws_sdk_dynamodbstreams::primitives::Blob;
    use lambda_http::aws_lambda_events::dynamodb::EventRecord;

    use super::*;

    #[test]
    fn every_type_of_attribute_keeps_its_value() {
        let one = |value| attribute(value);
        assert_eq!(one(AttributeValue::S("a".into())), json!({"S": "a"}));
        assert_eq!(one(AttributeValue::N("1.5".into())), json!({"N": "1.5"}));
        assert_eq!(one(AttributeValue::Bool(false)), json!({"BOOL": false}));
        assert_eq!(one(AttributeValue::Null(true)), json!({"NULL": true}));
        assert_eq!(one(AttributeValue::B(Blob::new("a"))), json!({"B": "YQ=="}));
        assert_eq!(
            one(AttributeValue::Bs(vec![Blob::new("a")])),
            json!({"BS": ["YQ=="]})
        );
        assert_eq!(
            one(AttributeValue::Ss(vec!["a".into()])),
            json!({"SS": ["a"]})
        );
        assert_eq!(
            one(AttributeValue::Ns(vec!["1".into()])),
            json!({"NS": ["1"]})
        );
        let nested = AttributeValue::L(vec![AttributeValue::M(
            [("a".to_owned(), AttributeValue::S("b".into()))].into(),
        )]);
        assert_eq!(one(nested), json!({"L": [{"M": {"a": {"S": "b"}}}]}));
    }

    #[test]
    fn a_record_is_readable_as_lambdas_own_type() {
        let change = aws_sdk_dynamodbstreams::types::StreamRecord::builder()
            .keys("pk", AttributeValue::S("OUTBOX#1".into()))
            .new_image("pk", AttributeValue::S("OUTBOX#1".into()))
            .sequence_number("100000000000000000001")
            .size_bytes(12)
            .approximate_creation_date_time(
                aws_sdk_dynamodbstreams::primitives::DateTime::from_secs(1_700_000_000),
            )
            .stream_view_type("NEW_IMAGE".into())
            .build();
        let record = Record::builder()
            .event_id("1")
            .event_name("INSERT".into())
            .aws_region("local")
            .dynamodb(change)
            .build();
        let event = event_record(record, "arn");
        let read: EventRecord = serde_json::from_value(event).unwrap();
        assert_eq!(read.event_name, "INSERT");
        assert_eq!(read.event_source_arn.as_deref(), Some("arn"));
        assert_eq!(
            read.change.sequence_number.as_deref(),
            Some("100000000000000000001")
        );
        assert_eq!(
            read.change.approximate_creation_date_time.timestamp(),
            1_700_000_000
        );
    }
}
