//! Replays every kept input. The named ones were written by hand, from the samples in `events/`:
//! signed, wrapped and spoilt. The others were found by libFuzzer.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use fuzz::{TARGETS, Target};

/// Holds what libFuzzer found, beside the named inputs of a target. `make fuzz-keep` writes it.
const ARCHIVE: &str = "found.tar.gz";

fn corpora() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora")
}

/// An input and the name under which it is kept.
type Input = (String, Vec<u8>);

/// The inputs of a target: the named ones, a file each, and those that once took a new branch, in
/// one archive.
fn inputs(target: &str) -> Vec<Input> {
    let folder = corpora().join(target);
    let mut inputs = named(&folder);
    inputs.extend(archived(&folder.join(ARCHIVE)));
    inputs.sort();
    inputs
}

fn named(folder: &Path) -> Vec<Input> {
    let entries = fs::read_dir(folder);
    let entries = entries.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_name() != ARCHIVE)
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn archived(archive: &Path) -> Vec<Input> {
    let file = fs::File::open(archive);
    let file = file.unwrap_or_else(|error| panic!("{}: {error}", archive.display()));
    let mut archive = tar::Archive::new(flate2::read::GzDecoder::new(file));
    let entries = archive.entries().unwrap();
    entries
        .map(|entry| {
            let mut entry = entry.unwrap();
            let name = entry.path().unwrap().display().to_string();
            let mut input = Vec::new();
            entry.read_to_end(&mut input).unwrap();
            (format!("{ARCHIVE}: {name}"), input)
        })
        .collect()
}

#[test]
fn every_target_has_a_corpus_and_every_corpus_a_target() {
    let mut folders: Vec<String> = fs::read_dir(corpora())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    folders.sort();
    let names: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    assert_eq!(folders, names);
    for name in names {
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
