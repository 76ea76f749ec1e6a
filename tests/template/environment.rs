//! A function is given exactly the variables that it reads.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use app::{Config, Needs};
use serde_json::{Value, json};
use tests::repository;
use tests::template::{Template, own_name, reference};

/// The variables that the code reads, found by letting it read.
fn read_by_the_code(needs: Needs) -> BTreeSet<String> {
    let asked = RefCell::new(BTreeSet::new());
    let nothing = Config::read(needs, |name| {
        asked.borrow_mut().insert(name.to_owned());
        None
    });
    assert!(
        nothing.is_err(),
        "a function can start without any configuration"
    );
    // What Lambda sets by itself, and what only tests and a laptop set.
    let mut asked = asked.into_inner();
    asked.retain(|name| !name.starts_with("AWS_"));
    asked
}

/// The needs that a function's `main` names.
fn needs(function: &str) -> Needs {
    let main = repository::text(format!("functions/{function}/src/main.rs"));
    let named: Vec<&str> = main.split("app::start(Needs::").skip(1).collect();
    let [named] = named[..] else {
        panic!("{function} does not start once")
    };
    match named.split_once(')').unwrap().0 {
        "Links" => Needs::Links,
        "Sources" => Needs::Sources,
        "Neither" => Needs::Neither,
        other => panic!("{function} needs {other}"),
    }
}

#[test]
fn the_variables_are_those_that_the_code_reads() {
    let template = Template::read();
    let common = template.at("/Globals/Function/Environment/Variables");
    let common = names(common, |_| true);
    assert_eq!(common, read_by_the_code(Needs::Both));
    for (name, function) in template.functions() {
        let own = &function.properties["Environment"]["Variables"];
        let nothing = names(own, |value| value == "");
        assert_eq!(nothing, names(own, |_| true), "{name} is given its own");
        let given: BTreeSet<String> = common.difference(&nothing).cloned().collect();
        assert_eq!(given, read_by_the_code(needs(name)), "{name}");
    }
}

/// The names of the variables with such a value.
fn names(variables: &Value, such: impl Fn(&Value) -> bool) -> BTreeSet<String> {
    let variables = variables.as_object().into_iter().flatten();
    variables
        .filter(|(_, value)| such(value))
        .map(|(name, _)| name.clone())
        .collect()
}

/// The secrets that `CloudFormation` resolves into a function's settings, as the template names them.
fn resolved(settings: &Value) -> BTreeSet<String> {
    let settings = settings.to_string();
    let references = settings.split("{{resolve:secretsmanager:").skip(1);
    references
        .map(|reference| reference.split(":SecretString}}").next().unwrap())
        .map(|name| name.replace("${AWS::StackName}/", ""))
        .collect()
}

/// Whoever breaks into a function has its settings. A hook, which reads what strangers send, holds
/// nothing that signs a link; the relay and the pages hold nothing that opens a source's secret.
#[test]
fn each_function_is_given_the_secrets_that_its_main_asks_for_and_no_others() {
    let links = [
        "${LinkSecret}",
        "link-secret/${PreviousLinkSecretGeneration}",
    ];
    let sources = [
        "${SourceSecret}",
        "source-secret/${PreviousSourceSecretGeneration}",
    ];
    // Until an update from the one root secret is over, it is the secret before.
    let root = "root-secret/${RootSecretGeneration}";
    let mut asked = BTreeMap::new();
    // As CloudFormation gets it.
    let translated = Template::translated();
    for function in translated.resources("AWS::Lambda::Function").values() {
        let properties = &function["Properties"];
        let name = own_name(&properties["FunctionName"]);
        let needs = needs(name);
        let mut expected = BTreeSet::from(["${TraceSecret}"]);
        if needs.links() {
            expected.extend(links);
        }
        if needs.sources() {
            expected.extend(sources);
        }
        if needs != Needs::Neither {
            expected.insert(root);
        }
        let given = resolved(&properties["Environment"]);
        assert_eq!(
            given,
            expected.into_iter().map(str::to_owned).collect(),
            "{name}"
        );
        asked.insert(name.to_owned(), needs);
    }
    let sign = ["outbox-relay", "self-service"];
    let neither = ["inactivity-sweep", "mail-feedback"];
    assert_eq!(asked.len(), 9);
    for (name, needs) in asked {
        assert_eq!(needs == Needs::Links, sign.contains(&&*name), "{name}");
        assert_eq!(needs == Needs::Neither, neither.contains(&&*name), "{name}");
    }
}

#[test]
fn each_variable_of_a_table_names_that_table() {
    let template = Template::read();
    let variables = template.at("/Globals/Function/Environment/Variables");
    for (variable, table) in [
        ("LANYARD_DIRECTORY_TABLE", "DirectoryTable"),
        ("LANYARD_REQUESTS_TABLE", "RequestsTable"),
        ("LANYARD_JOURNAL_TABLE", "JournalTable"),
        ("LANYARD_AUDIT_TABLE", "AuditTable"),
    ] {
        assert_eq!(variables[variable], reference(table));
    }
    assert_eq!(
        variables["LANYARD_SES_CONFIGURATION_SET"],
        reference("ConfigurationSet")
    );
    assert_eq!(
        variables["LANYARD_SES_MAX_SEND_RATE"],
        reference("SesMaxSendRate")
    );
    assert_eq!(variables["LANYARD_LOG"], reference("LogLevel"));
}

/// A secret is nowhere in the template, and reaches the functions without a call at their start.
#[test]
fn a_secret_is_made_by_the_stack_and_resolved_while_it_deploys() {
    let template = Template::read();
    let variables = template.at("/Globals/Function/Environment/Variables");
    for (variable, id, kind) in [
        ("LANYARD_LINK_SECRET", "LinkSecret", "link-secret"),
        ("LANYARD_SOURCE_SECRET", "SourceSecret", "source-secret"),
    ] {
        let resolved = |secret: &str| json!({"Fn::Sub": format!("{{{{resolve:secretsmanager:{secret}:SecretString}}}}")});
        assert_eq!(variables[variable], resolved(&format!("${{{id}}}")));
        let before = &variables[format!("{variable}_PREVIOUS")]["Fn::If"];
        assert_eq!(before[0], format!("HasPrevious{id}"));
        let name = format!("${{AWS::StackName}}/{kind}/${{Previous{id}Generation}}");
        assert_eq!(before[1], resolved(&name));
        // A stack that had one root secret has the number of it, and honours it beside the new one.
        let root = resolved("${AWS::StackName}/root-secret/${RootSecretGeneration}");
        assert_eq!(before[2]["Fn::If"], json!(["HasRootSecret", root, ""]));

        let secret = template.at(&format!("/Resources/{id}"));
        let name = format!("${{AWS::StackName}}/{kind}/${{{id}Generation}}");
        assert_eq!(secret["Properties"]["Name"]["Fn::Sub"], name);
        assert_eq!(secret["UpdateReplacePolicy"], "Retain");
        assert!(secret["Properties"]["SecretString"].is_null());
        let length = &secret["Properties"]["GenerateSecretString"]["PasswordLength"];
        let shortest = u64::try_from(app::config::SECRET_SHORTEST).unwrap();
        assert!(length.as_u64().unwrap() >= shortest);
    }
}

/// A stack from before the two secrets brings the number of its root secret along; a new one has none.
#[test]
fn an_update_from_one_root_secret_honours_it_without_being_told() {
    let template = Template::read();
    let generation = template.at("/Parameters/RootSecretGeneration");
    assert_eq!(generation["Default"], 0);
    assert!(template.at("/Resources/RootSecret").is_null());
    let condition = template.at("/Conditions/HasRootSecret");
    let none = json!({"Fn::Equals": [reference("RootSecretGeneration"), 0]});
    assert_eq!(*condition, json!({"Fn::Not": [none]}));
}

/// What it protects cannot be made anew: there is no number to count up, and it stays when the stack
/// goes.
#[test]
fn the_secret_behind_the_traces_of_leavers_is_never_replaced() {
    let template = Template::read();
    let variables = template.at("/Globals/Function/Environment/Variables");
    assert_eq!(
        variables["LANYARD_TRACE_SECRET"]["Fn::Sub"],
        "{{resolve:secretsmanager:${TraceSecret}:SecretString}}"
    );
    let secret = template.at("/Resources/TraceSecret");
    let name = &secret["Properties"]["Name"]["Fn::Sub"];
    assert_eq!(name, "${AWS::StackName}/trace-secret");
    assert_eq!(secret["DeletionPolicy"], "RetainExceptOnCreate");
    assert_eq!(secret["UpdateReplacePolicy"], "Retain");
    assert!(secret["Properties"]["SecretString"].is_null());
    let length = &secret["Properties"]["GenerateSecretString"]["PasswordLength"];
    let shortest = u64::try_from(app::config::SECRET_SHORTEST).unwrap();
    assert!(length.as_u64().unwrap() >= shortest);
}

#[test]
fn the_levels_and_rates_that_may_be_given_are_ones_that_the_code_takes() {
    let template = Template::read();
    for level in template
        .at("/Parameters/LogLevel/AllowedValues")
        .as_array()
        .unwrap()
    {
        let level = level.as_str().unwrap();
        assert!(starts_with("LANYARD_LOG", level), "{level}");
    }
    let rate = template.at("/Parameters/SesMaxSendRate");
    for bound in ["Default", "MinValue", "MaxValue"] {
        assert!(
            starts_with("LANYARD_SES_MAX_SEND_RATE", &rate[bound].to_string()),
            "{bound}"
        );
    }
    // The placeholder of a first deployment, whose own address is not known yet.
    let address = template
        .at("/Parameters/PublicUrl/Default")
        .as_str()
        .unwrap();
    assert!(starts_with("LANYARD_BASE_URL", address));
    assert!(!starts_with("LANYARD_BASE_URL", "http://desk.example"));
}

/// Tells whether the code starts with one variable set to `value` and all others good.
fn starts_with(variable: &str, value: &str) -> bool {
    let secret = "s".repeat(64);
    let config = Config::read(Needs::Both, |name| {
        let given = match name {
            name if name == variable => value,
            name if name.ends_with("_SECRET") => &secret,
            "LANYARD_BASE_URL" => "https://desk.example",
            "LANYARD_SES_MAX_SEND_RATE" => "10",
            "LANYARD_LOG" => "info",
            name if name.contains("ENDPOINT") || name.contains("PREVIOUS") => return None,
            _ => "something",
        };
        Some(given.to_owned())
    });
    config.is_ok()
}

#[test]
fn every_function_is_built_alike() {
    let template = Template::read();
    let globals = template.at("/Globals/Function");
    assert_eq!(globals["Runtime"], "provided.al2023");
    assert_eq!(globals["Handler"], "bootstrap");
    assert_eq!(globals["Architectures"], json!([reference("Architecture")]));
    let offered = template.at("/Parameters/Architecture/AllowedValues");
    assert_eq!(*offered, json!(["arm64", "x86_64"]));
    for (name, function) in template.functions() {
        for alike in ["Runtime", "Handler", "Architectures"] {
            assert!(
                function.properties[alike].is_null(),
                "{name} has its own {alike}"
            );
        }
        let description = function.properties["Description"].as_str().unwrap();
        assert!(!description.is_empty(), "{name}");
    }
}
