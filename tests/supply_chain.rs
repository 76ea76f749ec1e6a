//! The permitted dependencies, by `deny.toml`: licences, bans, duplicates, origins. These tests
//! need no tool and no network, so they run everywhere. `make advisories` checks advisories.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use cargo_metadata::DependencyKind;
use cargo_metadata::semver::{Version, VersionReq};
use tests::repository::{self, root};
use tests::workspace::Workspace;
use toml::{Table, Value};

fn policy() -> Table {
    repository::text("deny.toml").parse().unwrap()
}

/// A crate and the versions of it that an entry of `deny.toml` speaks of.
struct Entry {
    name: String,
    versions: VersionReq,
}

impl Entry {
    fn all(of: &str) -> Vec<Self> {
        let policy = policy();
        let read = |entry: &Value| {
            let reason = entry["reason"].as_str().unwrap();
            assert!(!reason.is_empty(), "{entry} gives no reason");
            let versions = entry
                .get("version")
                .map_or("*", |asked| asked.as_str().unwrap());
            Self {
                name: entry["name"].as_str().unwrap().to_owned(),
                versions: versions.parse().unwrap(),
            }
        };
        policy["bans"][of]
            .as_array()
            .unwrap()
            .iter()
            .map(read)
            .collect()
    }

    fn speaks_of(&self, name: &str, version: &Version) -> bool {
        self.name == name && self.versions.matches(version)
    }
}

/// The crates in `Cargo.lock`, for every system: name, version, and origin.
struct Locked {
    name: String,
    version: Version,
    source: Option<String>,
    checksum: Option<String>,
}

fn locked() -> Vec<Locked> {
    let lock: Table = repository::text("Cargo.lock").parse().unwrap();
    let text =
        |package: &Value, member: &str| Some(package.get(member)?.as_str().unwrap().to_owned());
    lock["package"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| Locked {
            name: text(package, "name").unwrap(),
            version: text(package, "version").unwrap().parse().unwrap(),
            source: text(package, "source"),
            checksum: text(package, "checksum"),
        })
        .collect()
}

#[test]
fn everything_comes_from_the_one_registry_with_its_checksum_or_from_here() {
    let ours: BTreeSet<&str> = Workspace::read().members().into_keys().collect();
    for package in locked() {
        let name = package.name.as_str();
        match package.source {
            None => assert!(ours.contains(name), "{name} comes from a folder"),
            Some(source) => {
                assert!(
                    source.starts_with("registry+"),
                    "{name} comes from {source}"
                );
                assert_eq!(package.checksum.unwrap().len(), 64, "{name}");
            }
        }
    }
    for package in Workspace::read().foreign() {
        let known = package
            .source
            .as_ref()
            .is_some_and(cargo_metadata::Source::is_crates_io);
        assert!(known, "{} comes from {:?}", package.name, package.source);
    }
}

#[test]
fn nothing_that_is_banned_is_locked() {
    let banned = Entry::all("deny");
    for package in locked() {
        let ban = banned
            .iter()
            .find(|ban| ban.speaks_of(&package.name, &package.version));
        assert!(ban.is_none(), "{} {}", package.name, package.version);
    }
}

#[test]
fn a_crate_is_there_once_unless_we_say_who_brings_another() {
    let skipped = Entry::all("skip");
    let mut versions: BTreeMap<String, BTreeSet<Version>> = BTreeMap::new();
    for package in locked() {
        versions
            .entry(package.name)
            .or_default()
            .insert(package.version);
    }
    let mut older: Vec<(&String, &Version)> = Vec::new();
    for (name, versions) in &versions {
        older.extend(versions.iter().rev().skip(1).map(|version| (name, version)));
    }
    let unknown: Vec<_> = older
        .iter()
        .filter(|(name, version)| !skipped.iter().any(|skip| skip.speaks_of(name, version)))
        .collect();
    assert!(unknown.is_empty(), "a second time: {unknown:?}");
    for skip in skipped {
        let needed = older
            .iter()
            .any(|(name, version)| skip.speaks_of(name, version));
        assert!(
            needed,
            "deny.toml skips {} {} for nothing",
            skip.name, skip.versions
        );
    }
}

/// Tells whether an SPDX licence expression agrees with our licences. Older crates write `/` for
/// `OR`.
fn agrees(expression: &str, agreed: &BTreeSet<&str>) -> bool {
    let spaced = expression
        .replace('/', " OR ")
        .replace('(', " ( ")
        .replace(')', " ) ");
    let mut words = spaced.split_whitespace().peekable();
    let answer = any_of(&mut words, agreed);
    assert!(
        words.next().is_none(),
        "{expression} is no licence expression"
    );
    answer
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any_of(words: &mut Words<'_>, agreed: &BTreeSet<&str>) -> bool {
    let mut answer = all_of(words, agreed);
    while words.next_if_eq(&"OR").is_some() {
        answer |= all_of(words, agreed);
    }
    answer
}

fn all_of(words: &mut Words<'_>, agreed: &BTreeSet<&str>) -> bool {
    let mut answer = one(words, agreed);
    while words.next_if_eq(&"AND").is_some() {
        answer &= one(words, agreed);
    }
    answer
}

fn one(words: &mut Words<'_>, agreed: &BTreeSet<&str>) -> bool {
    let word = words.next().unwrap();
    if word == "(" {
        let answer = any_of(words, agreed);
        assert_eq!(words.next(), Some(")"));
        return answer;
    }
    match words.next_if_eq(&"WITH") {
        Some(_) => agreed.contains(format!("{word} WITH {}", words.next().unwrap()).as_str()),
        None => agreed.contains(word),
    }
}

#[test]
fn every_licence_is_one_that_we_agree_to() {
    let policy = policy();
    let agreed: BTreeSet<&str> = policy["licenses"]["allow"]
        .as_array()
        .unwrap()
        .iter()
        .map(|name| name.as_str().unwrap())
        .collect();
    let exceptions = policy["licenses"]["exceptions"].as_array().unwrap();
    for package in Workspace::read().foreign() {
        let licence = package.license.as_deref();
        let licence = licence.unwrap_or_else(|| panic!("{} names no licence", package.name));
        let of_it = exceptions
            .iter()
            .filter(|one| one["crate"].as_str() == Some(package.name.as_str()));
        let more = of_it.flat_map(|one| one["allow"].as_array().unwrap());
        let mut agreed = agreed.clone();
        agreed.extend(more.map(|name| name.as_str().unwrap()));
        assert!(agrees(licence, &agreed), "{}: {licence}", package.name);
    }
}

#[test]
fn licence_expressions_are_read_as_spdx_has_them() {
    let agreed = BTreeSet::from(["MIT", "ISC", "Apache-2.0 WITH LLVM-exception"]);
    for (expression, answer) in [
        ("MIT", true),
        ("GPL-3.0-only", false),
        ("MIT/Apache-2.0", true),
        ("GPL-2.0-only OR MIT", true),
        ("GPL-2.0-only AND MIT", false),
        ("MIT AND ISC", true),
        ("(GPL-2.0-only OR MIT) AND ISC", true),
        ("GPL-2.0-only OR MIT AND Apache-2.0", false),
        ("Apache-2.0", false),
        ("Apache-2.0 WITH LLVM-exception OR Apache-2.0", true),
    ] {
        assert_eq!(agrees(expression, &agreed), answer, "{expression}");
    }
}

/// `rust-version` is a promise about everything that is compiled, not about our own lines alone.
#[test]
fn nothing_needs_a_newer_compiler_than_we_promise() {
    let workspace = Workspace::read();
    let promised = workspace.member("domain").rust_version.clone().unwrap();
    for package in workspace.foreign() {
        let needed = package.rust_version.as_ref();
        let kept = needed.is_none_or(|needed| *needed <= promised);
        assert!(kept, "{} needs Rust {needed:?}", package.name);
    }
}

/// A declared but unused crate is compiled, audited and updated for nothing.
#[test]
fn every_dependency_is_used_by_the_crate_that_declares_it() {
    let workspace = Workspace::read();
    let folders: BTreeMap<&str, &Path> = workspace
        .members()
        .into_iter()
        .map(|(name, package)| (name, package.manifest_path.as_std_path().parent().unwrap()))
        .collect();
    let mut unused = Vec::new();
    for (name, folder) in &folders {
        let inner = folders.values().filter(|one| *one != folder);
        let inner: Vec<_> = inner.filter(|one| one.starts_with(folder)).collect();
        let sources: Vec<(bool, String)> = repository::files_of(folder, "rs")
            .into_iter()
            .filter(|file| !inner.iter().any(|one| root().join(file).starts_with(one)))
            .map(|file| {
                let program = root().join(&file).starts_with(folder.join("src"));
                (program, repository::text(file))
            })
            .collect();
        for (known, kind) in workspace.dependencies(name) {
            let used = sources
                .iter()
                .filter(|(program, _)| *program || kind != DependencyKind::Normal)
                .any(|(_, text)| names(text, known));
            if !used {
                unused.push(format!("{name}: {known}"));
            }
        }
    }
    assert!(unused.is_empty(), "{unused:#?}");
}

/// Tells whether a path begins with the name of a crate, outside comments: a word alone may be a
/// variable.
fn names(text: &str, name: &str) -> bool {
    let begins = |line: &str| {
        line.match_indices(&format!("{name}::")).any(|(place, _)| {
            let before = line[..place].chars().next_back();
            before.is_none_or(|letter| !letter.is_alphanumeric() && !"_:".contains(letter))
        })
    };
    text.lines()
        .map(str::trim_start)
        .filter(|line| !line.starts_with("//"))
        .any(begins)
}

#[test]
fn no_crate_comes_with_features_that_nobody_asked_for() {
    let manifest: Table = repository::text("Cargo.toml").parse().unwrap();
    let declared = manifest["workspace"]["dependencies"].as_table().unwrap();
    let foreign: Vec<_> = Workspace::read().foreign().collect();
    let mut unasked = Vec::new();
    for (name, dependency) in declared {
        let has_defaults = foreign
            .iter()
            .filter(|package| package.name.as_str() == name)
            .any(|package| {
                package
                    .features
                    .get("default")
                    .is_some_and(|all| !all.is_empty())
            });
        let taken = dependency.get("default-features") != Some(&Value::Boolean(false));
        if has_defaults && taken {
            unasked.push(name);
        }
    }
    assert!(unasked.is_empty(), "default features of {unasked:?}");
}
