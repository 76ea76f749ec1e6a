//! Whatever is at rest is encrypted with the one key; whatever holds people survives the stack.

use serde_json::{Value, json};
use tests::template::{Template, attribute, each, each_text, reference};

fn key() -> Value {
    attribute("Key.Arn")
}

#[test]
fn everything_at_rest_is_encrypted_with_the_one_key() {
    let template = Template::read();
    for (kind, property) in [
        ("AWS::SecretsManager::Secret", "KmsKeyId"),
        ("AWS::Logs::LogGroup", "KmsKeyId"),
        ("AWS::SQS::Queue", "KmsMasterKeyId"),
        ("AWS::SNS::Topic", "KmsMasterKeyId"),
    ] {
        for (id, resource) in template.resources(kind) {
            assert_eq!(resource["Properties"][property], key(), "{id}");
        }
    }
    for (id, table) in template.resources("AWS::DynamoDB::Table") {
        let encryption = &table["Properties"]["SSESpecification"];
        let wanted = json!({"SSEEnabled": true, "SSEType": "KMS", "KMSMasterKeyId": key()});
        assert_eq!(*encryption, wanted, "{id}");
    }
    // Functions' settings hold secrets.
    assert_eq!(*template.at("/Globals/Function/KmsKeyArn"), key());
    for (name, function) in template.functions() {
        assert!(
            function.properties["KmsKeyArn"].is_null(),
            "{name} has another key"
        );
    }
}

#[test]
fn the_key_is_the_only_one_and_turns_over() {
    let template = Template::read();
    let keys = template.resources("AWS::KMS::Key");
    assert_eq!(keys.keys().collect::<Vec<_>>(), [&"Key"]);
    let key = &keys["Key"]["Properties"];
    assert_eq!(key["EnableKeyRotation"], true);
    for statement in each(&key["KeyPolicy"]["Statement"]) {
        let account = statement["Principal"]["AWS"].is_object();
        let broad = each_text(&statement["Action"]).contains(&"kms:*");
        // Handing authority to the account's own policies is the one thing that takes all actions.
        assert_eq!(account, broad, "{}", statement["Sid"]);
        assert!(
            account || statement["Condition"].is_object(),
            "{}",
            statement["Sid"]
        );
    }
}

#[test]
fn what_holds_people_or_their_history_survives_the_stack() {
    let template = Template::read();
    for kind in ["AWS::DynamoDB::Table", "AWS::KMS::Key"] {
        for (id, resource) in template.resources(kind) {
            for policy in ["DeletionPolicy", "UpdateReplacePolicy"] {
                assert_eq!(resource[policy], "Retain", "{id} {policy}");
            }
        }
    }
    for (id, table) in template.resources("AWS::DynamoDB::Table") {
        let table = &table["Properties"];
        assert_eq!(table["DeletionProtectionEnabled"], true, "{id}");
        let recovery = &table["PointInTimeRecoverySpecification"];
        assert_eq!(recovery["PointInTimeRecoveryEnabled"], true, "{id}");
        assert_eq!(table["BillingMode"], "PAY_PER_REQUEST", "{id}");
    }
    // The secret before this one must stay readable while links signed with it are.
    for (id, secret) in template.resources("AWS::SecretsManager::Secret") {
        let kept = secret["DeletionPolicy"].as_str().unwrap();
        assert!(kept.starts_with("Retain"), "{id}");
        assert_eq!(secret["UpdateReplacePolicy"], "Retain", "{id}");
    }
}

#[test]
fn logs_are_kept_for_a_stated_time() {
    let template = Template::read();
    let groups = template.resources("AWS::Logs::LogGroup");
    for (id, group) in &groups {
        let days = &group["Properties"]["RetentionInDays"];
        assert_eq!(*days, reference("LogRetentionDays"), "{id}");
    }
    for (name, function) in template.functions() {
        let log = format!("{}Log", function.id);
        assert_eq!(
            function.properties["LoggingConfig"]["LogGroup"],
            reference(&log),
            "{name}"
        );
        let group = &groups[log.as_str()]["Properties"]["LogGroupName"]["Fn::Sub"];
        assert_eq!(*group, format!("/aws/lambda/${{AWS::StackName}}-{name}"));
    }
    // What Lambda itself has to say is kept from `warn` on; a metric of ours has no level, so all of ours is.
    let logging = template.at("/Globals/Function/LoggingConfig");
    let levels =
        json!({"LogFormat": "JSON", "ApplicationLogLevel": "TRACE", "SystemLogLevel": "WARN"});
    assert_eq!(*logging, levels);
    // One for each function, and the API's.
    assert_eq!(groups.len(), template.functions().len() + 1);
}

/// Paths hold tokens, queries hold addresses: the access log has neither, and says nothing of callers.
#[test]
fn the_access_log_names_routes_and_never_paths_or_people() {
    let template = Template::read();
    let log = template.at("/Resources/Api/Properties/AccessLogSettings");
    assert_eq!(log["DestinationArn"], attribute("AccessLog.Arn"));
    let format = log["Format"].as_str().unwrap();
    let line: Value = serde_json::from_str(format).unwrap();
    assert_eq!(line["route"], "$context.routeKey");
    for part in format.split("$context.").skip(1) {
        let personal = [
            "path",
            "identity",
            "authorizer",
            "resourcePath",
            "domain",
            "integration.error",
        ];
        assert!(
            !personal.iter().any(|word| part.starts_with(word)),
            "{part}"
        );
    }
}
