//! Replays every kept input. The named ones were written by hand, from the samples in `events/`:
//! signed, wrapped and spoilt. The others were found by libFuzzer.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use fuzz::{TARGETS, Target};
use serde::Deserialize;

fn corpora() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora")
}

/// An input and the name under which it is kept.
type Input = (String, Vec<u8>);

/// The inputs of a target that were written by hand.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Named {
    #[serde(default)]
    text: BTreeMap<String, String>,
    /// Inputs that are no UTF-8, in hexadecimal.
    #[serde(default)]
    hex: BTreeMap<String, String>,
}

/// Every input of a target: the named ones and those that took a new branch.
fn inputs(target: &str) -> Vec<Input> {
    let mut inputs = named(&corpora().join(format!("{target}.toml")));
    inputs.extend(archived(&corpora().join(format!("{target}.tar.gz"))));
    inputs
}

fn named(file: &Path) -> Vec<Input> {
    let text = fs::read_to_string(file);
    let text = text.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let Named { text, hex } =
        toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let text = text.into_iter().map(|(name, text)| (name, text.into()));
    let hex = hex.into_iter();
    let hex = hex.map(|(name, digits)| (name, hex::decode(digits).unwrap()));
    text.chain(hex).collect()
}

/// The inputs that libFuzzer found. `make fuzz-keep` writes them.
fn archived(file: &Path) -> Vec<Input> {
    let archive = fs::File::open(file);
    let archive = archive.unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(archive));
    let entries = archive.entries().unwrap();
    entries
        .map(|entry| {
            let mut entry = entry.unwrap();
            let name = entry.path().unwrap().display().to_string();
            let mut input = Vec::new();
            entry.read_to_end(&mut input).unwrap();
            (name, input)
        })
        .collect()
}

#[test]
fn every_target_has_a_corpus_and_every_corpus_a_target() {
    let kept: BTreeSet<String> = fs::read_dir(corpora())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let wanted: BTreeSet<String> = TARGETS
        .iter()
        .flat_map(|target| ["toml", "tar.gz"].map(|kind| format!("{}.{kind}", target.name)))
        .collect();
    assert_eq!(kept, wanted);
    for Target { name, .. } in TARGETS {
        assert!(inputs(name).len() >= 10, "{name}");
    }
}

#[test]
fn every_kept_input_holds() {
    for Target { name, run } in TARGETS {
        for (kept_as, input) in inputs(name) {
            // Input that is cut short is input, too.
            for end in [input.len(), input.len() / 2, input.len().saturating_sub(1)] {
                let held = std::panic::catch_unwind(|| run(&input[..end]));
                assert!(held.is_ok(), "{name}: {kept_as} up to {end}");
            }
        }
    }
}
