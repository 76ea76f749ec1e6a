//! Arrows point inward: functions → pages → app → platform → {store, hooks, links, mail} → domain. The words lie
//! between the domain and whatever says something: mails and pages. Connections know nobody; the
//! clients of AWS and of Jira are made over them.

use std::collections::BTreeSet;

use cargo_metadata::DependencyKind;
use tests::workspace::Workspace;

const MIDDLE: [&str; 4] = ["store", "hooks", "links", "mail"];

/// Returns the crates of the project that a crate may know, itself left out.
fn may_know<'a>(workspace: &'a Workspace, name: &str) -> BTreeSet<&'a str> {
    let functions = workspace.members_in("functions");
    let mut inward: BTreeSet<&str> = ["domain"].into();
    let mut everything = inward.clone();
    everything.extend(MIDDLE);
    everything.extend(["platform", "app", "words", "pages", "jira"]);
    match name {
        "domain" | "testing" | "connections" => BTreeSet::new(),
        // Nothing of the rules.
        "jira" => ["connections"].into(),
        "words" => inward,
        "mail" => {
            inward.insert("words");
            inward
        }
        middle if MIDDLE.contains(&middle) => inward,
        // Its keys, secrets and tables are those of the crates in the middle.
        "platform" => {
            inward.extend(["store", "hooks", "links", "connections"]);
            inward
        }
        "app" => {
            inward.extend(MIDDLE);
            inward.extend(["platform", "jira"]);
            inward
        }
        "pages" => {
            inward.extend(["app", "words"]);
            inward
        }
        function if functions.contains(function) => {
            inward.extend(["app", "pages"]);
            inward
        }
        "operator" => everything,
        "local" => {
            everything.extend(functions);
            everything.insert("operator");
            everything
        }
        // What comes from outside: tests, the benchmark, which shares the tests' means, and the fuzzer.
        "tests" | "bench" | "fuzz" => workspace.members().into_keys().collect(),
        new => panic!("no arrows are drawn for the crate {new}; ARCHITECTURE.md has to say which"),
    }
}

#[test]
fn every_crate_knows_only_what_lies_further_inward() {
    let workspace = Workspace::read();
    let members = workspace.members();
    let mut wrong = Vec::new();
    for (name, package) in &members {
        let allowed = may_know(workspace, name);
        // Of every kind: a test that needs a crate from further outward belongs there. `testing` knows
        // no crate of the project, and is for tests.
        for dependency in &package.dependencies {
            let known = dependency.name.as_str();
            if known == "testing" && dependency.kind == DependencyKind::Development {
                continue;
            }
            if members.contains_key(known) && !allowed.contains(known) {
                wrong.push(format!("{name} → {known}"));
            }
        }
    }
    assert!(wrong.is_empty(), "arrows that must not be: {wrong:#?}");
}

#[test]
fn every_function_knows_the_use_cases() {
    let workspace = Workspace::read();
    for function in workspace.members_in("functions") {
        let knows = &workspace.member(function).dependencies;
        assert!(
            knows.iter().any(|dependency| dependency.name == "app"),
            "{function} does something of its own"
        );
    }
}

#[test]
fn the_local_bundle_runs_every_function() {
    let workspace = Workspace::read();
    let local = workspace.member("local");
    let known: BTreeSet<&str> = local
        .dependencies
        .iter()
        .map(|dependency| dependency.name.as_str())
        .collect();
    let missing: Vec<_> = workspace
        .members_in("functions")
        .into_iter()
        .filter(|function| !known.contains(function))
        .collect();
    assert!(missing.is_empty(), "not in the bundle: {missing:?}");
}

/// Each service is called by these crates. The rest cannot, by accident or otherwise.
#[test]
fn a_service_is_called_from_one_place() {
    let workspace = Workspace::read();
    // `platform` makes the clients, the outer crates stand in for the services or reach them as people.
    let callers = [
        (
            "aws-sdk-dynamodb",
            &[
                "store", "platform", "app", "local", "operator", "tests", "fuzz",
            ][..],
        ),
        ("aws-sdk-dynamodbstreams", &["local", "tests"]),
        (
            "aws-sdk-sesv2",
            &["mail", "platform", "local", "tests", "fuzz"],
        ),
        // Who runs the desk uses their own credentials, and finds the tables by the stack's outputs.
        ("aws-sdk-cloudformation", &["operator"]),
        ("aws-sdk-secretsmanager", &["operator"]),
        ("aws-config", &["operator"]),
    ];
    for (name, package) in workspace.members() {
        for dependency in &package.dependencies {
            let Some((_, allowed)) = callers.iter().find(|(sdk, _)| *sdk == dependency.name) else {
                assert!(
                    !dependency.name.starts_with("aws-sdk-"),
                    "{name} calls {}, which no rule speaks of",
                    dependency.name
                );
                continue;
            };
            assert!(allowed.contains(&name), "{name} calls {}", dependency.name);
        }
    }
}
