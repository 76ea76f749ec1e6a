//! The layout of the repository. Folder = crate = function.

use std::collections::BTreeSet;
use std::path::Path;

use cargo_metadata::TargetKind;
use tests::repository;
use tests::template::Template;
use tests::workspace::Workspace;

/// The content of the repository's top, which a newcomer reads as a table of contents.
const TOP: [&str; 21] = [
    ".ci",
    ".gitignore",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "Makefile",
    "README.md",
    "SECURITY.md",
    "clippy.toml",
    "deny.toml",
    "docs",
    "events",
    "functions",
    "infra",
    "shared",
    "tests",
    ".gitattributes",
];

/// The parts of it that may be missing.
const OPTIONAL: [&str; 1] = [".gitattributes"];

#[test]
fn the_top_holds_nothing_that_has_no_place_there() {
    let strangers: Vec<String> = repository::names("")
        .into_iter()
        .filter(|name| !TOP.contains(&name.as_str()))
        .collect();
    assert!(strangers.is_empty(), "{strangers:?}");
}

#[test]
fn the_top_holds_what_a_newcomer_looks_for() {
    let there: BTreeSet<String> = repository::names("").into_iter().collect();
    let missing: Vec<&str> = TOP
        .into_iter()
        .filter(|name| !there.contains(*name) && !OPTIONAL.contains(name))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn no_file_has_a_space_in_its_name() {
    let spaced: Vec<_> = repository::files("")
        .into_iter()
        .filter(|path| path.to_string_lossy().contains(' '))
        .collect();
    assert!(spaced.is_empty(), "{spaced:?}");
}

#[test]
fn every_folder_of_crates_holds_crates_of_its_folders_names() {
    let workspace = Workspace::read();
    for folder in ["functions", "shared"] {
        let folders: BTreeSet<String> = repository::names(folder).into_iter().collect();
        let crates: BTreeSet<String> = workspace
            .members_in(folder)
            .into_iter()
            .map(str::to_owned)
            .collect();
        assert_eq!(folders, crates, "in {folder}/");
    }
    for (name, package) in workspace.members() {
        let folder = package.manifest_path.parent().unwrap();
        assert_eq!(folder.file_name(), Some(name));
    }
}

#[test]
fn every_function_is_a_folder_a_crate_a_binary_and_a_function_of_the_template() {
    let workspace = Workspace::read();
    let template = Template::read();
    let crates = workspace.members_in("functions");
    let declared: BTreeSet<&str> = template.functions().into_keys().collect();
    assert_eq!(crates, declared);
    for name in crates {
        let package = workspace.member(name);
        let binaries: Vec<&str> = package
            .targets
            .iter()
            .filter(|target| target.kind.contains(&TargetKind::Bin))
            .map(|target| target.name.as_str())
            .collect();
        assert_eq!(binaries, [name]);
        let function = template.functions()[name];
        assert_eq!(
            function.properties["CodeUri"],
            format!("../functions/{name}")
        );
        let built = &function.resource["Metadata"];
        assert_eq!(built["BuildMethod"], "rust-cargolambda", "{name}");
        assert_eq!(built["BuildProperties"]["Binary"], name);
    }
}

#[test]
fn every_function_says_what_starts_it_what_it_does_and_what_becomes_of_failures() {
    for name in Workspace::read().members_in("functions") {
        let docs = docs(&format!("functions/{name}/src/lib.rs"));
        assert!(docs.contains(&format!("`{name}`:")), "{name}");
        for row in ["trigger", "effect", "idempotency key", "failures"] {
            assert!(docs.contains(&format!("| {row} | ")), "{name} has no {row}");
        }
    }
}

#[test]
fn a_function_starts_in_a_few_lines() {
    for name in Workspace::read().members_in("functions") {
        let main = repository::text(format!("functions/{name}/src/main.rs"));
        let lines = main.lines().count();
        assert!(
            lines <= 20,
            "{name}: {lines} lines do more than wire and run"
        );
    }
}

#[test]
fn every_shared_crate_says_what_it_is_for_and_what_it_must_not_do() {
    for name in Workspace::read().members_in("shared") {
        let docs = docs(&format!("shared/{name}/src/lib.rs"));
        let purpose = docs.lines().next().unwrap();
        assert!(purpose.len() > 30, "{name}: {purpose}");
        let whole = docs.replace('\n', " ");
        assert!(whole.contains("must not"), "{name} may do anything");
    }
}

#[test]
fn samples_lie_in_folders_named_as_their_functions() {
    let functions = Workspace::read().members_in("functions");
    for name in repository::names("events") {
        let file = name.contains('.');
        assert!(file || functions.contains(name.as_str()), "events/{name}");
    }
}

#[test]
fn decisions_are_numbered_once_and_on_one_page() {
    let mut numbers = BTreeSet::new();
    for name in repository::names("docs/adr") {
        let text = repository::text(format!("docs/adr/{name}"));
        if name == "README.md" {
            continue;
        }
        let (number, _title) = name.split_once('-').unwrap();
        assert!(number.len() == 4 && number.parse::<u16>().is_ok(), "{name}");
        assert!(numbers.insert(number.to_owned()), "{number} is taken twice");
        let written = Path::new(&name)
            .extension()
            .is_some_and(|kind| kind == "md");
        assert!(written, "{name}");
        for part in ["Context", "Decision", "Consequences"] {
            assert!(text.contains(&format!("## {part}")), "{name} has no {part}");
        }
        assert!(text.lines().count() <= 80, "{name} is longer than a page");
    }
}

/// The words of the `//!` comment that a file begins with.
fn docs(path: &str) -> String {
    let text = repository::text(path);
    let lines = text.lines().map_while(|line| line.strip_prefix("//!"));
    lines.map(str::trim).collect::<Vec<_>>().join("\n")
}
