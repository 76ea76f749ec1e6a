#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

use serde_json::json;

use super::*;

const TEMPLATE: &str = r#"
Resources:
  JournalTable:
    Type: AWS::DynamoDB::Table
    Properties: { TableName: !Sub "${AWS::StackName}-journal" }
  DirectoryTable:
    Type: AWS::DynamoDB::Table
    Properties: { TableName: !Sub "${AWS::StackName}-directory" }
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: p
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: [dynamodb:GetItem, dynamodb:PutItem]
                Resource: !GetAtt JournalTable.Arn
                Condition:
                  ForAllValues:StringLike: { dynamodb:LeadingKeys: ["OUTBOX#*", PARKED] }
              - Effect: Allow
                Action: dynamodb:Query
                Resource: !Sub "${DirectoryTable.Arn}/index/due"
  F:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: ../functions/some-function
      FunctionName: !Sub "${AWS::StackName}-some-function"
      Role: !GetAtt Role.Arn
"#;

fn permissions() -> Permissions {
    Permissions::of(&Template::read(TEMPLATE, "lanyard", &BTreeMap::new()).unwrap())
}

fn check(action: &str, body: &Value) -> Result<(), Denied> {
    permissions().check("some-function", action, body)
}

fn get(pk: &str) -> Value {
    json!({"TableName": "lanyard-journal", "Key": {"pk": {"S": pk}, "sk": {"S": "X"}}})
}

#[test]
fn a_statement_allows_its_actions_on_its_keys_alone() {
    assert!(check("GetItem", &get("OUTBOX#1")).is_ok());
    assert!(check("GetItem", &get("PARKED")).is_ok());
    assert!(check("GetItem", &get("PARKED#1")).is_err());
    assert!(check("DeleteItem", &get("OUTBOX#1")).is_err());
}

#[test]
fn an_index_is_allowed_apart_from_its_table() {
    let query = |index: Option<&str>| {
        let mut body = json!({"TableName": "lanyard-directory",
            "KeyConditionExpression": "due_shard = :s",
            "ExpressionAttributeValues": {":s": {"S": "0"}}});
        if let Some(index) = index {
            body["IndexName"] = json!(index);
        }
        check("Query", &body)
    };
    assert!(query(Some("due")).is_ok());
    assert!(query(Some("by-customer")).is_err());
    assert!(query(None).is_err());
}

#[test]
fn a_transaction_needs_each_of_its_parts() {
    let put = json!({"Put": {"TableName": "lanyard-journal", "Item": {"pk": {"S": "OUTBOX#1"}}}});
    let delete =
        json!({"Delete": {"TableName": "lanyard-journal", "Key": {"pk": {"S": "OUTBOX#1"}}}});
    assert!(check("TransactWriteItems", &json!({"TransactItems": [put]})).is_ok());
    let denied = check(
        "TransactWriteItems",
        &json!({"TransactItems": [put, delete]}),
    );
    assert_eq!(
        denied.unwrap_err().to_string(),
        "some-function is not authorized to perform dynamodb:DeleteItem on lanyard-journal, keys OUTBOX"
    );
}

#[test]
fn whoever_is_no_function_may_do_anything() {
    let anything = permissions().check("operator", "Scan", &json!({}));
    assert!(anything.is_ok());
}
