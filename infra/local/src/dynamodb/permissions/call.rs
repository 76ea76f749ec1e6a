//! The access that a call needs.

use serde_json::Value;

/// The access that a call needs to one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Want {
    pub(super) action: String,
    pub(super) table: String,
    pub(super) index: Option<String>,
    pub(super) keys: Vec<String>,
}

/// The access that a call needs. A transaction is authorised by its parts (DynamoDB developer
/// guide, «IAM policies for transactions»).
pub(super) fn wants(action: &str, body: &Value) -> Vec<Want> {
    let one = |action: &str, part: &Value, keys: Vec<String>| Want {
        action: action.to_owned(),
        table: text(&part["TableName"]),
        index: part["IndexName"].as_str().map(str::to_owned),
        keys,
    };
    match action {
        "GetItem" | "UpdateItem" | "DeleteItem" => vec![one(action, body, leading(&body["Key"]))],
        "PutItem" => vec![one(action, body, leading(&body["Item"]))],
        "Query" | "Scan" => vec![one(action, body, queried(body))],
        "BatchGetItem" => body["RequestItems"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(table, asked)| Want {
                action: action.to_owned(),
                table: table.clone(),
                index: None,
                keys: list(&asked["Keys"]).into_iter().flat_map(leading).collect(),
            })
            .collect(),
        "TransactWriteItems" => list(&body["TransactItems"])
            .into_iter()
            .filter_map(|item| item.as_object()?.iter().next())
            .map(|(kind, part)| match kind.as_str() {
                "Put" => one("PutItem", part, leading(&part["Item"])),
                "Update" => one("UpdateItem", part, leading(&part["Key"])),
                "Delete" => one("DeleteItem", part, leading(&part["Key"])),
                _ => one("ConditionCheckItem", part, leading(&part["Key"])),
            })
            .collect(),
        other => vec![one(other, body, Vec::new())],
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// An item's partition key.
fn leading(item: &Value) -> Vec<String> {
    item["pk"]["S"]
        .as_str()
        .map(str::to_owned)
        .into_iter()
        .collect()
}

/// The partition of a query: the value of the first comparison.
fn queried(body: &Value) -> Vec<String> {
    let expression = body["KeyConditionExpression"].as_str().unwrap_or_default();
    let name = expression
        .split_once('=')
        .and_then(|(_, rest)| rest.split_whitespace().next());
    name.and_then(|name| body["ExpressionAttributeValues"][name]["S"].as_str())
        .map(str::to_owned)
        .into_iter()
        .collect()
}

/// A value that may be single or a list.
pub(super) fn list(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(several) => several.iter().collect(),
        Value::Null => Vec::new(),
        one => vec![one],
    }
}
