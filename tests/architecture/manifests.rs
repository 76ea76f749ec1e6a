//! Versions, lints and profiles are written once, in the root `Cargo.toml`.

use std::collections::BTreeSet;

use tests::repository;
use tests::workspace::Workspace;
use toml::{Table, Value};

/// The manifest of every crate, by name.
fn manifests() -> Vec<(String, Table)> {
    let workspace = Workspace::read();
    let members = workspace.members();
    let read = |(name, package): (&str, &cargo_metadata::Package)| {
        let text = repository::text(package.manifest_path.as_std_path());
        (name.to_owned(), text.parse().unwrap())
    };
    members.into_iter().map(read).collect()
}

fn inherits(value: Option<&Value>) -> bool {
    value.and_then(|value| value.get("workspace")) == Some(&Value::Boolean(true))
}

#[test]
fn every_crate_inherits_lints_and_what_is_said_of_the_package() {
    for (name, manifest) in manifests() {
        assert!(
            inherits(manifest.get("lints")),
            "{name} has lints of its own"
        );
        for said in ["version", "edition", "rust-version", "license", "publish"] {
            let package = manifest["package"].as_table().unwrap();
            assert!(inherits(package.get(said)), "{name} has its own {said}");
        }
        for once in ["profile", "workspace", "patch", "replace"] {
            assert!(!manifest.contains_key(once), "{name} has a [{once}]");
        }
    }
}

#[test]
fn every_version_is_chosen_in_the_root() {
    for (name, manifest) in manifests() {
        for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let wanted = manifest.get(kind).and_then(Value::as_table);
            for (dependency, chosen) in wanted.into_iter().flatten() {
                assert!(
                    inherits(Some(chosen)),
                    "{name} chooses its own {dependency}"
                );
            }
        }
    }
}

#[test]
fn nothing_is_offered_in_the_root_that_no_crate_takes() {
    let root: Table = repository::text("Cargo.toml").parse().unwrap();
    let offered = root["workspace"]["dependencies"].as_table().unwrap();
    let taken: BTreeSet<String> = manifests()
        .into_iter()
        .flat_map(|(_, manifest)| {
            ["dependencies", "dev-dependencies", "build-dependencies"]
                .into_iter()
                .filter_map(|kind| Some(manifest.get(kind)?.as_table()?.keys().cloned()))
                .flatten()
                .collect::<Vec<_>>()
        })
        .collect();
    let left: Vec<&String> = offered
        .iter()
        // The project's own crates stand there so that whoever may know one finds it.
        .filter(|(name, chosen)| chosen.get("path").is_none() && !taken.contains(*name))
        .map(|(name, _)| name)
        .collect();
    assert!(left.is_empty(), "taken by no crate: {left:?}");
}

#[test]
fn lints_are_as_strict_as_agreed() {
    let root: Table = repository::text("Cargo.toml").parse().unwrap();
    let lints = &root["workspace"]["lints"];
    assert_eq!(lints["rust"]["unsafe_code"].as_str(), Some("forbid"));
    for lint in ["unreachable_pub", "missing_docs"] {
        assert_eq!(lints["rust"][lint].as_str(), Some("warn"), "{lint}");
    }
    assert_eq!(lints["clippy"]["pedantic"]["level"].as_str(), Some("warn"));
    for lint in [
        "unwrap_used",
        "dbg_macro",
        "todo",
        "print_stdout",
        "allow_attributes_without_reason",
    ] {
        assert_eq!(lints["clippy"][lint].as_str(), Some("warn"), "{lint}");
    }
}

/// `cargo lambda` fills in what the profile leaves open, so that `cargo build --release` and the
/// benchmark would build other programs than are deployed.
#[test]
fn the_release_profile_leaves_nothing_open_that_the_deployment_would_fill_in() {
    let root: Table = repository::text("Cargo.toml").parse().unwrap();
    let release = root["profile"]["release"].as_table().unwrap();
    for setting in ["opt-level", "lto", "codegen-units", "strip", "panic"] {
        assert!(release.contains_key(setting), "{setting}");
    }
    // The functions' own hook ends the process in every profile (`app::telemetry`).
    assert_eq!(release["panic"].as_str(), Some("abort"));
}

#[test]
fn time_and_chance_are_asked_for_in_one_place() {
    let clippy: Table = repository::text("clippy.toml").parse().unwrap();
    let forbidden: BTreeSet<&str> = clippy["disallowed-methods"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["path"].as_str().unwrap())
        .collect();
    for path in [
        "jiff::Timestamp::now",
        "jiff::Zoned::now",
        "std::time::SystemTime::now",
        "std::time::Instant::now",
        "uuid::Uuid::now_v7",
        "uuid::Uuid::new_v4",
        "getrandom::fill",
    ] {
        assert!(forbidden.contains(path), "clippy.toml allows {path}");
    }
}
