//! The domain does no I/O, is not async, and knows neither AWS nor a clock; what is deployed holds
//! nothing that only a laptop needs.

use std::collections::BTreeSet;

use cargo_metadata::DependencyKind;
use tests::repository;
use tests::workspace::Workspace;

/// The dependencies of the domain: parsing, time as a type, errors.
const DOMAIN: [&str; 7] = [
    "email_address",
    "icu_normalizer",
    "idna",
    "jiff",
    "serde",
    "thiserror",
    "url",
];

/// Crates that reach out of the process, wait, or draw chance.
const OUTWARD: [&str; 12] = [
    "async-trait",
    "aws-types",
    "chrono",
    "fastrand",
    "futures-core",
    "getrandom",
    "http",
    "hyper",
    "lambda_runtime",
    "mio",
    "rand",
    "tokio",
];

/// Modules of the standard library that do the same.
const OUTWARD_STD: [&str; 6] = ["env", "fs", "io", "net", "process", "thread"];

#[test]
fn the_domain_is_made_of_nothing_but_parsers_and_time() {
    let workspace = Workspace::read();
    let direct: BTreeSet<&str> = workspace
        .member("domain")
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind != DependencyKind::Development)
        .map(|dependency| dependency.name.as_str())
        .collect();
    assert_eq!(direct, DOMAIN.into());
    for package in workspace.shipped_in("domain") {
        assert!(
            !OUTWARD.contains(&package.name.as_str()),
            "{}",
            package.name
        );
        assert!(!package.name.starts_with("aws-"), "{}", package.name);
    }
}

#[test]
fn the_domain_never_waits_and_never_reaches_out() {
    for path in repository::files_of("shared/domain/src", "rs") {
        let text = repository::text(&path);
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            let reaches = OUTWARD_STD.iter().any(|module| {
                let word = format!("std::{module}");
                code.contains(&format!("{word}::")) || code.contains(&format!("{word};"))
            });
            let awaits = |after: &str| {
                !after.starts_with(|letter: char| letter.is_alphanumeric() || letter == '_')
            };
            let waits = code.contains("async ") || code.split(".await").skip(1).any(awaits);
            let looks = code.contains("::now()") || code.contains("std::time");
            assert!(
                !(reaches || waits || looks),
                "{}:{}: {line}",
                path.display(),
                number + 1
            );
        }
    }
}

/// Every one of these was found in a function once, or nearly; each costs size or start-up time.
#[test]
fn what_is_deployed_holds_nothing_that_only_a_laptop_needs() {
    let laptop = [
        "aws-config",
        "axum",
        "clap",
        "dynoxide-rs",
        "mail-parser",
        "proptest",
        "reqwest",
        "rusqlite",
        "serde_norway",
        "tempfile",
        "toml",
        "wiremock",
    ];
    let workspace = Workspace::read();
    for function in workspace.members_in("functions") {
        for package in workspace.shipped_in(function) {
            let name = package.name.as_str();
            assert!(!laptop.contains(&name), "{function} carries {name}");
        }
    }
}

/// Two TLS stacks, or two ways to hash, would be two to watch.
#[test]
fn what_is_deployed_speaks_tls_in_one_way() {
    let workspace = Workspace::read();
    for function in workspace.members_in("functions") {
        let shipped = workspace.shipped_in(function);
        let of = |name: &str| {
            shipped
                .iter()
                .filter(|package| package.name == name)
                .count()
        };
        assert_eq!(
            (of("rustls"), of("ring"), of("hyper")),
            (1, 1, 1),
            "{function}"
        );
    }
}
