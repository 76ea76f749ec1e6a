//! The repository's files.

use std::fs;
use std::path::{Path, PathBuf};

/// The generated files: build products, and inputs that a fuzzer found, which are in no language.
const MADE: [&str; 5] = [".git", "target", ".aws-sam", "node_modules", "corpora"];

/// The repository's folder.
///
/// # Panics
/// Never: this crate lies in it.
#[must_use]
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("`tests` lies in the repository")
}

/// The text of a file, by its path from the repository's folder.
///
/// # Panics
/// If it cannot be read.
#[must_use]
pub fn text(path: impl AsRef<Path>) -> String {
    let path = path.as_ref();
    fs::read_to_string(root().join(path))
        .unwrap_or_else(|error| panic!("{} cannot be read: {error}", path.display()))
}

/// The files below a folder, by their paths from the repository's folder, in order.
///
/// # Panics
/// If a folder cannot be read.
#[must_use]
pub fn files(below: impl AsRef<Path>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![root().join(below)];
    while let Some(folder) = folders.pop() {
        for path in entries(&folder) {
            if path.is_dir() {
                folders.push(path);
            } else {
                let inside = path.strip_prefix(root()).expect("it was found below it");
                files.push(inside.to_owned());
            }
        }
    }
    files.sort();
    files
}

/// The files below a folder whose names end in `.{extension}`.
#[must_use]
pub fn files_of(below: impl AsRef<Path>, extension: &str) -> Vec<PathBuf> {
    let mut files = files(below);
    files.retain(|path| path.extension().is_some_and(|found| found == extension));
    files
}

/// The names in a folder, without generated ones, in order.
///
/// # Panics
/// If it cannot be read.
#[must_use]
pub fn names(folder: impl AsRef<Path>) -> Vec<String> {
    let mut names: Vec<String> = entries(&root().join(folder))
        .iter()
        .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    names
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .unwrap_or_else(|error| panic!("{} cannot be listed: {error}", folder.display()))
        .map(|entry| entry.expect("a folder that opens can be read").path())
        .filter(|path| {
            path.file_name()
                .is_some_and(|name| !MADE.iter().any(|made| name == *made))
        })
        .collect()
}
