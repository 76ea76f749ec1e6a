//! The template as AWS's own translator hands it to `CloudFormation`: what SAM adds by itself, such as
//! permissions, routes and targets, is held to the same rules as what is written.

use std::collections::BTreeSet;
use std::process::Command;

use app::Metric;
use app::metrics::NAMESPACE;
use serde_json::Value;
use tests::repository::root;
use tests::template::{Template, attribute, each, each_text, reference};
use tests::tools;

/// The properties that every kind of storage must have: the key that encrypts it, and its retention
/// time.
const HOLDS: [(&str, &[&str]); 7] = [
    (
        "AWS::DynamoDB::Table",
        &[
            "/Properties/SSESpecification/KMSMasterKeyId",
            "/Properties/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled",
            "/Properties/DeletionProtectionEnabled",
            "/DeletionPolicy",
        ],
    ),
    (
        "AWS::KMS::Key",
        &[
            "/Properties/EnableKeyRotation",
            "/Properties/PendingWindowInDays",
            "/DeletionPolicy",
        ],
    ),
    (
        "AWS::Lambda::Function",
        &[
            "/Properties/KmsKeyArn",
            "/Properties/LoggingConfig/LogGroup",
        ],
    ),
    (
        "AWS::Logs::LogGroup",
        &["/Properties/KmsKeyId", "/Properties/RetentionInDays"],
    ),
    ("AWS::SNS::Topic", &["/Properties/KmsMasterKeyId"]),
    (
        "AWS::SQS::Queue",
        &[
            "/Properties/KmsMasterKeyId",
            "/Properties/MessageRetentionPeriod",
        ],
    ),
    (
        "AWS::SecretsManager::Secret",
        &["/Properties/KmsKeyId", "/DeletionPolicy"],
    ),
];

/// The kinds of resources that store nothing of anybody's: they lead, permit or watch.
const HOLDS_NOTHING: [&str; 19] = [
    "AWS::ApiGatewayV2::Api",
    "AWS::ApiGatewayV2::ApiMapping",
    "AWS::ApiGatewayV2::DomainName",
    "AWS::ApiGatewayV2::Stage",
    "AWS::CloudWatch::Alarm",
    "AWS::CloudWatch::Dashboard",
    "AWS::Events::Rule",
    "AWS::IAM::ManagedPolicy",
    "AWS::IAM::Role",
    "AWS::KMS::Alias",
    "AWS::Lambda::EventInvokeConfig",
    "AWS::Lambda::EventSourceMapping",
    "AWS::Lambda::Permission",
    "AWS::SES::ConfigurationSet",
    "AWS::SES::ConfigurationSetEventDestination",
    "AWS::SNS::Subscription",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::QueuePolicy",
    "AWS::Scheduler::Schedule",
];

/// The name of a metric's one dimension, and the type of what it names.
type Dimension = Option<(&'static str, &'static str)>;

const API: Dimension = Some(("ApiId", "AWS::ApiGatewayV2::Api"));
const FUNCTION: Dimension = Some(("FunctionName", "AWS::Lambda::Function"));
const QUEUE: Dimension = Some(("QueueName", "AWS::SQS::Queue"));

/// The metrics of AWS's that alarms watch, by namespace and name. Sources: "Types of metrics for Lambda
/// functions", "Available CloudWatch metrics for Amazon SQS", "HTTP API metrics" and "Reputation
/// metrics" in the guides of Lambda, SQS, API Gateway and SES.
const METRICS: [(&str, &str, Dimension); 8] = [
    ("AWS/ApiGateway", "5xx", API),
    ("AWS/Lambda", "Errors", FUNCTION),
    ("AWS/Lambda", "Invocations", FUNCTION),
    ("AWS/Lambda", "IteratorAge", FUNCTION),
    ("AWS/Lambda", "Throttles", FUNCTION),
    ("AWS/SES", "Reputation.BounceRate", None),
    ("AWS/SES", "Reputation.ComplaintRate", None),
    ("AWS/SQS", "ApproximateNumberOfMessagesVisible", QUEUE),
];

/// The permitted callers: services of AWS's, each on behalf of this stack alone.
const CALLERS: [&str; 2] = ["apigateway.amazonaws.com", "events.amazonaws.com"];

fn resources(template: &Template) -> impl Iterator<Item = (&String, &Value)> {
    template.at("/Resources").as_object().unwrap().iter()
}

/// Every object of a document, from the outside in.
fn objects<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Object(members) => {
            found.push(value);
            members.values().for_each(|value| objects(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| objects(value, found)),
        _ => {}
    }
}

fn all_objects(value: &Value) -> Vec<&Value> {
    let mut found = Vec::new();
    objects(value, &mut found);
    found
}

/// The names in `${…}` in a text of `Fn::Sub`, without those filled in beside it.
fn substituted(sub: &Value) -> Vec<String> {
    let parts = each(sub);
    let own = parts.get(1).and_then(|own| own.as_object());
    let text = parts[0].as_str().unwrap();
    text.split("${")
        .skip(1)
        .map(|part| part.split('}').next().unwrap().to_owned())
        .filter(|name| !name.starts_with('!'))
        .filter(|name| own.is_none_or(|own| !own.contains_key(name)))
        .collect()
}

#[test]
fn every_reference_resolves() {
    let template = Template::translated();
    let known = |section: &str, name: &str| template.at(section).get(name).is_some();
    let refers = |name: &str| {
        name.starts_with("AWS::") || known("/Resources", name) || known("/Parameters", name)
    };
    let has = |name: &str| known("/Resources", name.split('.').next().unwrap());
    let mut references = 0;
    for object in all_objects(template.whole()) {
        if let Some(name) = object["Ref"].as_str() {
            references += 1;
            assert!(refers(name), "{object}");
        }
        if let Some(name) = object["Fn::GetAtt"].as_str() {
            references += 1;
            assert!(has(name), "{object}");
        }
        if object.get("Fn::Sub").is_some() {
            for name in substituted(&object["Fn::Sub"]) {
                references += 1;
                let resolves = if name.contains('.') {
                    has(&name)
                } else {
                    refers(&name)
                };
                assert!(resolves, "{name} in {object}");
            }
        }
        let conditions = object["Condition"].as_str();
        for name in conditions.into_iter().chain(object["Fn::If"][0].as_str()) {
            references += 1;
            assert!(known("/Conditions", name), "{name} in {object}");
        }
        for name in each(&object["DependsOn"]) {
            references += 1;
            assert!(known("/Resources", name.as_str().unwrap()), "{object}");
        }
    }
    assert!(references > 300, "{references}");
}

/// The same tool that reads the template reads what becomes of it.
#[test]
fn cloudformation_would_take_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("translated.json");
    std::fs::write(&file, Template::translated().whole().to_string()).unwrap();
    let output = Command::new(tools::python().with_file_name("cfn-lint"))
        .args(["--non-zero-exit-code", "warning", "--"])
        .arg(&file)
        .current_dir(root().join("tests"))
        .output()
        .unwrap();
    let findings = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{findings}{errors}");
}

#[test]
fn whatever_holds_anything_says_which_key_encrypts_it_and_how_long_it_is_kept() {
    let template = Template::translated();
    for (id, resource) in resources(&template) {
        let kind = resource["Type"].as_str().unwrap();
        if HOLDS_NOTHING.contains(&kind) {
            continue;
        }
        let held = HOLDS.iter().find(|(known, _)| *known == kind);
        let (_, wanted) = held.unwrap_or_else(|| panic!("{id}: what does a {kind} hold?"));
        for pointer in *wanted {
            let said = resource.pointer(pointer).unwrap_or(&Value::Null);
            assert!(
                !said.is_null() && *said != Value::Bool(false),
                "{id} {pointer}"
            );
        }
    }
}

#[test]
fn every_alarm_watches_a_metric_that_there_is() {
    let template = Template::translated();
    let ours: BTreeSet<&str> = Metric::ALL.into_iter().map(Metric::name).collect();
    for (id, alarm) in template.resources("AWS::CloudWatch::Alarm") {
        let alarm = &alarm["Properties"];
        let text = |name: &str| alarm[name].as_str().unwrap();
        let (namespace, metric) = (text("Namespace"), text("MetricName"));
        let dimension = if namespace == NAMESPACE {
            assert!(ours.contains(metric), "{id}");
            FUNCTION
        } else {
            let known = METRICS
                .iter()
                .find(|known| (known.0, known.1) == (namespace, metric));
            known
                .unwrap_or_else(|| panic!("{id}: {namespace} {metric}"))
                .2
        };
        let watched: Vec<_> = each(&alarm["Dimensions"]);
        assert_eq!(watched.len(), usize::from(dimension.is_some()), "{id}");
        let Some((name, kind)) = dimension else {
            continue;
        };
        assert_eq!(watched[0]["Name"], name, "{id}");
        let value = &watched[0]["Value"];
        let exists = template.resources(kind).into_keys().any(|resource| {
            *value == reference(resource) || *value == attribute(&format!("{resource}.QueueName"))
        });
        assert!(exists, "{id} watches {value}");
    }
}

#[test]
fn only_services_that_act_for_this_stack_may_call_a_function() {
    let template = Template::translated();
    let functions = template.resources("AWS::Lambda::Function");
    for (id, permission) in template.resources("AWS::Lambda::Permission") {
        let permission = &permission["Properties"];
        assert_eq!(permission["Action"], "lambda:InvokeFunction", "{id}");
        let caller = permission["Principal"].as_str().unwrap();
        assert!(CALLERS.contains(&caller), "{id}: {caller}");
        let named = functions
            .keys()
            .any(|name| permission["FunctionName"] == reference(name));
        assert!(named, "{id}");
        let from = &permission["SourceArn"];
        let own = match from["Fn::Sub"].as_array() {
            Some(parts) => parts[1]["__ApiId__"] == reference("Api"),
            None => from["Fn::GetAtt"].is_string(),
        };
        assert!(own, "{id}: {from}");
    }
}

#[test]
fn nobody_outside_the_account_is_allowed_anything() {
    let template = Template::translated();
    let mut statements = 0;
    for object in all_objects(template.at("/Resources")) {
        for statement in each(&object["Statement"]) {
            statements += 1;
            if statement["Effect"] == "Deny" {
                continue;
            }
            assert_eq!(statement["Effect"], "Allow", "{statement}");
            let principal = &statement["Principal"];
            let account =
                principal["AWS"]["Fn::Sub"] == "arn:${AWS::Partition}:iam::${AWS::AccountId}:root";
            let service = !principal["Service"].is_null();
            let identity = principal.is_null();
            assert!(account || service || identity, "{statement}");
            // A service acts for every account, unless the statement says for which.
            let role = statement["Action"] == "sts:AssumeRole";
            let lambda = principal["Service"] == "lambda.amazonaws.com";
            let bounded = statement["Condition"].is_object();
            assert!(!service || bounded || (role && lambda), "{statement}");
            for action in each_text(&statement["Action"]) {
                assert!(account || !action.ends_with(":*"), "{statement}");
            }
        }
    }
    assert!(statements > 50, "{statements}");
}

/// Each route leads to a function that API Gateway may call for it, and there is no other way in.
#[test]
fn the_api_has_the_routes_of_the_template_and_no_others() {
    let template = Template::translated();
    let written = Template::read();
    let routes: BTreeSet<String> = written
        .functions()
        .into_values()
        .flat_map(|function| function.events("HttpApi"))
        .map(|route| {
            let text = |member: &str| route[member].as_str().unwrap();
            format!("{} {}", text("Method"), text("Path"))
        })
        .collect();
    let body = template.at("/Resources/Api/Properties/Body");
    let mut served = BTreeSet::new();
    for (path, methods) in body["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let method = match method.as_str() {
                "x-amazon-apigateway-any-method" => "ANY".to_owned(),
                plain => plain.to_uppercase(),
            };
            let integration = &operation["x-amazon-apigateway-integration"];
            assert_eq!(integration["type"], "aws_proxy", "{path}");
            assert_eq!(integration["payloadFormatVersion"], "2.0", "{path}");
            let uri = substituted(&integration["uri"]["Fn::Sub"]);
            let function = uri
                .iter()
                .find_map(|part| part.strip_suffix(".Arn"))
                .unwrap();
            // As SAM writes it: any method is a star, and so is whatever stands for a variable.
            let called = method.replace("ANY", "*");
            let variables = path.split('/').map(|part| match part {
                part if part.starts_with('{') => "*",
                part => part,
            });
            let called = format!("/{called}{}", variables.collect::<Vec<_>>().join("/"));
            let allowed = template
                .resources("AWS::Lambda::Permission")
                .into_values()
                .map(|permission| &permission["Properties"])
                .filter(|permission| permission["FunctionName"] == reference(function))
                .filter_map(|permission| permission["SourceArn"]["Fn::Sub"][0].as_str())
                .any(|from| from.ends_with(&format!("/${{__Stage__}}{called}")));
            assert!(allowed, "{method} {path} leads to {function}");
            served.insert(format!("{method} {path}"));
        }
    }
    assert_eq!(served, routes);
    let stages = template.resources("AWS::ApiGatewayV2::Stage");
    assert_eq!(stages.len(), 1);
    for domain in template
        .resources("AWS::ApiGatewayV2::DomainName")
        .into_values()
    {
        for settings in each(&domain["Properties"]["DomainNameConfigurations"]) {
            assert_eq!(settings["SecurityPolicy"], "TLS_1_2");
        }
    }
}
