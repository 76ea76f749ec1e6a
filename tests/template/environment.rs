//! A function is given exactly the variables that it reads.

use std::cell::RefCell;
use std::collections::BTreeSet;

use app::Config;
use serde_json::json;
use tests::repository;
use tests::template::{Template, reference};

/// The variables that the code reads, found by letting it read.
fn read_by_the_code() -> BTreeSet<String> {
    let asked = RefCell::new(BTreeSet::new());
    let nothing = Config::read(|name| {
        asked.borrow_mut().insert(name.to_owned());
        None
    });
    assert!(
        nothing.is_err(),
        "a function can start without any configuration"
    );
    asked.into_inner()
}

#[test]
fn the_variables_are_those_that_the_code_reads() {
    // What Lambda sets by itself, and what only tests and a laptop set.
    let ours: BTreeSet<String> = read_by_the_code()
        .into_iter()
        .filter(|name| !name.starts_with("AWS_"))
        .collect();
    let template = Template::read();
    let given: BTreeSet<String> = template
        .at("/Globals/Function/Environment/Variables")
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    assert_eq!(given, ours);
    for (name, function) in template.functions() {
        let own = &function.properties["Environment"];
        let keyless =
            json!({"Variables": {"LANYARD_ROOT_SECRET": "", "LANYARD_ROOT_SECRET_PREVIOUS": ""}});
        assert!(
            own.is_null() || *own == keyless,
            "{name} reads something else"
        );
    }
}

/// Whoever holds the root secret can sign a link to anything. Who signs and decrypts nothing has no use
/// for it, and says so by how it starts.
#[test]
fn the_root_secret_is_given_to_those_that_sign_or_decrypt() {
    let template = Template::read();
    let mut without = BTreeSet::new();
    for (name, function) in template.functions() {
        let main = repository::text(format!("functions/{name}/src/main.rs"));
        let starts_without = main.contains("app::start_without_root()");
        let given_none = !function.properties["Environment"].is_null();
        assert_eq!(starts_without, given_none, "{name}");
        if given_none {
            without.insert(name);
        }
    }
    assert_eq!(
        without,
        BTreeSet::from(["inactivity-sweep", "mail-feedback"])
    );
    // As CloudFormation gets it: nothing of the secret stands in their settings.
    let translated = Template::translated();
    for (id, function) in translated.resources("AWS::Lambda::Function") {
        let variables = &function["Properties"]["Environment"]["Variables"];
        let resolved = variables.to_string().contains("${RootSecret}");
        assert_eq!(
            resolved,
            !["InactivitySweep", "MailFeedback"].contains(&id),
            "{id}"
        );
        assert!(variables["LANYARD_TRACE_SECRET"].is_object(), "{id}");
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

/// The secret is nowhere in the template, and reaches the functions without a call at their start.
#[test]
fn the_root_secret_is_made_by_the_stack_and_resolved_while_it_deploys() {
    let template = Template::read();
    let variables = template.at("/Globals/Function/Environment/Variables");
    let resolved = &variables["LANYARD_ROOT_SECRET"]["Fn::Sub"];
    assert_eq!(
        resolved,
        "{{resolve:secretsmanager:${RootSecret}:SecretString}}"
    );
    let choice = &variables["LANYARD_ROOT_SECRET_PREVIOUS"]["Fn::If"];
    assert_eq!(choice[0], "HasPreviousRootSecret");
    assert!(
        choice[1]["Fn::Sub"]
            .as_str()
            .unwrap()
            .starts_with("{{resolve:secretsmanager:")
    );
    assert_eq!(choice[2], "");
    let secret = template.at("/Resources/RootSecret/Properties");
    assert!(secret["SecretString"].is_null());
    let length = secret["GenerateSecretString"]["PasswordLength"]
        .as_u64()
        .unwrap();
    assert!(length >= u64::try_from(app::config::SECRET_SHORTEST).unwrap());
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

/// Whether the code starts with one variable set to `value` and all others good.
fn starts_with(variable: &str, value: &str) -> bool {
    let secret = "s".repeat(64);
    let config = Config::read(|name| {
        let given = match name {
            name if name == variable => value,
            "LANYARD_ROOT_SECRET" | "LANYARD_TRACE_SECRET" => &secret,
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
