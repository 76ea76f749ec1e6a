//! The repository stands alone: it names no machine, no registry and no person outside of it.

use std::path::{Path, PathBuf};

use tests::repository;

/// Texts of the repository. `Cargo.lock` is cargo's own, pictures are no texts, and what this test
/// looks for is put together from parts, so that it does not find itself.
fn texts() -> impl Iterator<Item = (PathBuf, String)> {
    repository::files("")
        .into_iter()
        .filter(|path| path != Path::new("Cargo.lock"))
        .filter_map(|path| {
            let text = std::fs::read_to_string(repository::root().join(&path)).ok()?;
            Some((path, text))
        })
}

#[track_caller]
fn appears_nowhere(words: &[String]) {
    let mut found = Vec::new();
    for (path, text) in texts() {
        for (number, line) in text.lines().enumerate() {
            let line_small = line.to_lowercase();
            if words.iter().any(|word| line_small.contains(word)) {
                found.push(format!(
                    "{}:{}: {}",
                    path.display(),
                    number + 1,
                    line.trim()
                ));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn no_file_names_the_host_of_a_registry() {
    let hosts = [
        ["crates", ".io"],
        ["docs", ".rs/"],
        ["pypi", ".org"],
        ["pythonhosted", ".org"],
        ["npmjs", ".org"],
        ["npmjs", ".com"],
        ["deb.debian", ".org"],
        ["proxy.golang", ".org"],
        ["ghcr", ".io"],
        ["docker", ".io"],
    ];
    appears_nowhere(&hosts.map(|parts| parts.concat()));
}

#[test]
fn no_file_names_a_place_on_somebodys_machine() {
    let places = [
        ["/wo", "rk/"],
        ["/ho", "me/"],
        ["/us", "ers/"],
        ["/ro", "ot/"],
        ["../sha", "red/design"],
        ["/tmp/", "lanyard"],
        ["c:\\", "users"],
    ];
    appears_nowhere(&places.map(|parts| parts.concat()));
}

/// Names that nobody can own (RFC 2606, RFC 6761), and those of specifications and of AWS, which
/// are names and no places to go to.
fn is_reserved(host: &str) -> bool {
    let reserved = ["example", "test", "invalid", "localhost"];
    let named = [
        "www.apache.org",
        "www.w3.org",
        "www.rfc-editor.org",
        "spec.openapis.org",
        "json-schema.org",
        "amazonaws.com",
        "docs.aws.amazon.com",
    ];
    let last = host.rsplit('.').next().unwrap_or(host);
    reserved.contains(&last)
        || named
            .iter()
            .any(|name| host == *name || host.ends_with(&format!(".{name}")))
        || host.starts_with("127.")
        // A word without a dot is part of a rule or of a test of bad input.
        || !host.contains('.')
}

/// The host that a text begins with, if it does.
fn host(text: &str) -> Option<&str> {
    let end = text
        .find(|letter: char| !(letter.is_ascii_alphanumeric() || ".-".contains(letter)))
        .unwrap_or(text.len());
    let host = text[..end].trim_end_matches(['.', '-']);
    host.starts_with(|first: char| first.is_ascii_alphanumeric())
        .then_some(host)
}

/// Hosts of links and of mail addresses in a line.
fn hosts(line: &str) -> impl Iterator<Item = &str> {
    let links = line.split("://").skip(1).filter_map(host);
    // What stands before the sign tells an address from a file that a command reads, `@file.json`.
    let mails = line.match_indices('@').filter_map(|(at, _)| {
        let before = line[..at].chars().next_back()?;
        let host = host(&line[at + 1..])?;
        let version = host.ends_with(|last: char| last.is_ascii_digit());
        (before.is_alphanumeric() && !version).then_some(host)
    });
    links.chain(mails)
}

#[test]
fn every_address_is_one_that_nobody_has() {
    let mut found = Vec::new();
    for (path, text) in texts() {
        for (number, line) in text.lines().enumerate() {
            for host in hosts(line) {
                if !is_reserved(&host.to_lowercase()) {
                    found.push(format!("{}:{}: {host}", path.display(), number + 1));
                }
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
