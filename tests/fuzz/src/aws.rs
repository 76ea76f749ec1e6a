//! AWS within the process, as a function sees it: tables that remember only what they were taught,
//! and a mail system that accepts everything. Writes are counted.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpClient, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use serde_json::{Map, Value, json};

/// The calls so far.
#[derive(Debug, Default)]
struct Inner {
    items: Mutex<HashMap<String, Value>>,
    taught: AtomicBool,
    writes: AtomicUsize,
    mails: AtomicUsize,
}

/// One AWS, shared by its clones.
#[derive(Debug, Clone, Default)]
pub(crate) struct Aws(Arc<Inner>);

impl Aws {
    /// Stops remembering.
    pub(crate) fn is_taught(&self) {
        self.0.taught.store(true, Ordering::Relaxed);
    }

    /// The number of writes since the last call.
    pub(crate) fn take_writes(&self) -> usize {
        self.0.writes.swap(0, Ordering::Relaxed)
    }

    /// The number of mails since the last call.
    pub(crate) fn take_mails(&self) -> usize {
        self.0.mails.swap(0, Ordering::Relaxed)
    }

    pub(crate) fn client(&self) -> SharedHttpClient {
        let connector = SharedHttpConnector::new(self.clone());
        http_client_fn(move |_, _| connector.clone())
    }

    fn answer(&self, request: &HttpRequest) -> Value {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let body = request.body().bytes().unwrap_or_default();
        let body: Value = serde_json::from_slice(body).unwrap_or_default();
        match target.split('.').next_back().unwrap_or_default() {
            "GetItem" => self.get(&body),
            "BatchGetItem" => self.batch_get(&body),
            "Query" => json!({"Count": 0, "ScannedCount": 0, "Items": []}),
            "PutItem" => self.write([&body]),
            "TransactWriteItems" => {
                let puts = body["TransactItems"].as_array().unwrap();
                self.write(puts.iter().map(|item| &item["Put"]))
            }
            // Only a counter is updated, and it is never full.
            "UpdateItem" => {
                self.write([]);
                json!({"Attributes": {"hits": {"N": "1"}, "copies": {"N": "0"}}})
            }
            "DeleteItem" => self.write([]),
            // SES names no target.
            "" => {
                self.0.mails.fetch_add(1, Ordering::Relaxed);
                json!({"MessageId": "0100"})
            }
            other => panic!("{other} is used by a function and unknown here"),
        }
    }

    fn get(&self, request: &Value) -> Value {
        let found = self.item(&request["TableName"], &request["Key"]);
        found.map_or_else(|| json!({}), |item| json!({ "Item": item }))
    }

    fn batch_get(&self, request: &Value) -> Value {
        let mut responses = Map::new();
        for (table, wanted) in request["RequestItems"].as_object().unwrap() {
            let keys = wanted["Keys"].as_array().unwrap().iter();
            let found = keys.filter_map(|key| self.item(&json!(table), key));
            responses.insert(table.clone(), found.collect());
        }
        json!({"Responses": responses, "UnprocessedKeys": {}})
    }

    fn write<'a>(&self, puts: impl IntoIterator<Item = &'a Value>) -> Value {
        self.0.writes.fetch_add(1, Ordering::Relaxed);
        if !self.0.taught.load(Ordering::Relaxed) {
            let mut items = self.0.items.lock().unwrap();
            for put in puts {
                let item = &put["Item"];
                items.insert(name(&put["TableName"], item), item.clone());
            }
        }
        json!({})
    }

    fn item(&self, table: &Value, key: &Value) -> Option<Value> {
        self.0.items.lock().unwrap().get(&name(table, key)).cloned()
    }
}

/// The name under which an item is kept.
fn name(table: &Value, key: &Value) -> String {
    format!("{table} {} {}", key["pk"]["S"], key["sk"]["S"])
}

impl HttpConnector for Aws {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let answer = self.answer(&request).to_string();
        HttpConnectorFuture::ready(Ok(HttpResponse::new(
            200.try_into().unwrap(),
            SdkBody::from(answer),
        )))
    }
}
