//! Many people at once: copies of somebody who is there, written past the functions.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};

/// An item in the SDK's form.
pub type Item = HashMap<String, AttributeValue>;

/// The number of items that DynamoDB takes in one call ("Quotas in Amazon DynamoDB").
const BATCH: usize = 25;

/// Writes `count` copies of a person and their memberships into the directory, under addresses that
/// begin with `name`. `change` may alter an item.
///
/// # Panics
/// If there is no such person, or the table cannot be written.
pub async fn add(
    client: &Client,
    directory: &str,
    like: &str,
    name: &str,
    count: u32,
    change: impl Fn(u32, &mut Item),
) {
    let model = items_of(client, directory, like).await;
    assert!(!model.is_empty(), "{like} is nobody");
    let (_, domain) = like.split_once('@').expect("an address has a domain");
    let mut batch = Vec::with_capacity(BATCH);
    for number in 0..count {
        let email = format!("{name}-{number:07}@{domain}");
        for item in &model {
            let mut copy = renamed_all(item, like, &email);
            change(number, &mut copy);
            batch.push(copy);
            if batch.len() == BATCH {
                write(client, directory, &mut batch).await;
            }
        }
    }
    if !batch.is_empty() {
        write(client, directory, &mut batch).await;
    }
}

async fn items_of(client: &Client, table: &str, email: &str) -> Vec<Item> {
    let found = client.scan().table_name(table).send().await;
    let found = found.expect("the table can be read");
    let names = |item: &&Item| {
        ["pk", "sk"].iter().any(|key| {
            let key = item[*key].as_s().expect("keys are texts");
            key.split('#').any(|part| part == email)
        })
    };
    found.items().iter().filter(names).cloned().collect()
}

fn renamed_all(item: &Item, from: &str, to: &str) -> Item {
    let renamed = item
        .iter()
        .map(|(name, value)| (name.clone(), renamed(value, from, to)));
    renamed.collect()
}

fn renamed(value: &AttributeValue, from: &str, to: &str) -> AttributeValue {
    match value {
        AttributeValue::S(text) => AttributeValue::S(text.replace(from, to)),
        AttributeValue::M(item) => AttributeValue::M(renamed_all(item, from, to)),
        other => other.clone(),
    }
}

async fn write(client: &Client, table: &str, batch: &mut Vec<Item>) {
    let requests: Vec<_> = batch
        .drain(..)
        .map(|item| {
            let put = PutRequest::builder()
                .set_item(Some(item))
                .build()
                .expect("an item is set");
            WriteRequest::builder().put_request(put).build()
        })
        .collect();
    let written = client
        .batch_write_item()
        .request_items(table, requests)
        .send()
        .await
        .expect("the table can be written");
    assert!(written.unprocessed_items().is_none_or(HashMap::is_empty));
}
