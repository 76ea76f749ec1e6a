//! Every input that once found something new holds for good. And where the first ones come from: the
//! samples in `events/`, signed, wrapped and spoilt.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

use fuzz::{TARGETS, Target};

fn corpora() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora")
}

fn inputs(target: &str) -> Vec<PathBuf> {
    let folder = corpora().join(target);
    let entries = fs::read_dir(&folder);
    let entries = entries.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut inputs: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    inputs.sort();
    inputs
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
        for path in inputs(name) {
            let input = fs::read(&path).unwrap();
            let held = std::panic::catch_unwind(|| run(&input));
            assert!(held.is_ok(), "{name}: {}", path.display());
            // What is cut short is input, too.
            for end in [input.len() / 2, input.len().saturating_sub(1)] {
                let held = std::panic::catch_unwind(|| run(&input[..end]));
                assert!(held.is_ok(), "{name}: {} up to {end}", path.display());
            }
        }
    }
}
