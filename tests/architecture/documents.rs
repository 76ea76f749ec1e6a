//! Links and names in documents lead to existing things.

use std::path::Path;

use tests::repository;
use tests::workspace::Workspace;

/// Targets of the links in a Markdown text, without those to other hosts and within the page.
fn links(text: &str) -> impl Iterator<Item = &str> {
    text.split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .map(|target| target.split('#').next().unwrap_or_default())
        .filter(|target| !target.is_empty() && !target.contains("://"))
}

#[test]
fn every_link_of_a_document_leads_to_a_file() {
    let mut broken = Vec::new();
    for path in repository::files_of("", "md") {
        let folder = path.parent().unwrap_or_else(|| Path::new(""));
        for target in links(&repository::text(&path)) {
            if !repository::root().join(folder).join(target).exists() {
                broken.push(format!("{} → {target}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// The widest line of a document. Tables, code and pictures may be wider.
const WIDEST: usize = 120;

#[test]
fn no_line_of_a_document_is_wider_than_a_screen() {
    let mut wide = Vec::new();
    for path in repository::files_of("", "md") {
        let mut in_code = false;
        for (number, line) in repository::text(&path).lines().enumerate() {
            let begin = line.trim_start();
            in_code ^= begin.starts_with("```");
            let may_be = in_code || begin.starts_with('|') || begin.starts_with("<img");
            if !may_be && line.chars().count() > WIDEST {
                wide.push(format!("{}:{}", path.display(), number + 1));
            }
        }
    }
    assert!(wide.is_empty(), "{wide:#?}");
}

/// Paths in code quotes, in comments too: a moved file takes its mentions along.
#[test]
fn every_document_that_is_mentioned_is_there() {
    let mut missing = Vec::new();
    for folder in ["", "functions", "shared", "infra", "tests", "docs"] {
        for path in repository::files(folder) {
            let Ok(text) = std::fs::read_to_string(repository::root().join(&path)) else {
                continue;
            };
            for part in text.split("docs/").skip(1) {
                let end = part
                    .find(|letter: char| !(letter.is_alphanumeric() || "/.-_".contains(letter)));
                let name = part[..end.unwrap_or(part.len())].trim_end_matches(['.', '/', '-']);
                // `docs/adr/0007` is how a decision is cited.
                let there = repository::root().join("docs").join(name).exists()
                    || name.strip_prefix("adr/").is_some_and(|number| {
                        let mut decisions = repository::names("docs/adr").into_iter();
                        decisions.any(|decision| decision.starts_with(number))
                    });
                if !there {
                    missing.push(format!("{}: docs/{name}", path.display()));
                }
            }
        }
    }
    missing.dedup();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn the_first_page_names_every_function_and_the_map_every_crate() {
    let workspace = Workspace::read();
    let first = repository::text("README.md");
    for function in workspace.members_in("functions") {
        assert!(
            first.contains(&format!("`{function}`")),
            "README.md has no {function}"
        );
    }
    let map = repository::text("ARCHITECTURE.md");
    for (name, package) in workspace.members() {
        let folder = package.manifest_path.parent().unwrap();
        let folder = folder.strip_prefix(repository::root()).unwrap();
        // The functions are one row of the map.
        let above = folder.parent().unwrap();
        let place = if above == "functions" { above } else { folder };
        assert!(
            map.contains(place.as_str()),
            "ARCHITECTURE.md has no {name}"
        );
    }
}

/// Names of tests in code quotes: words joined by at least three underscores, perhaps behind the
/// modules that lead to them.
fn named_tests(text: &str) -> impl Iterator<Item = &str> {
    let quoted = text.split('`').skip(1).step_by(2);
    quoted
        .filter_map(|code| code.rsplit("::").next())
        .filter(|name| {
            name.matches('_').count() >= 3
                && name
                    .chars()
                    .all(|letter| letter.is_ascii_lowercase() || "_0123456789".contains(letter))
        })
}

/// A threat is held by a test only as long as that test is there.
#[test]
fn every_test_that_the_security_policy_names_is_there() {
    let sources: Vec<String> = ["functions", "shared", "infra", "tests"]
        .iter()
        .flat_map(|folder| repository::files_of(folder, "rs"))
        .map(repository::text)
        .collect();
    let policy = repository::text("SECURITY.md");
    let mut named = named_tests(&policy).peekable();
    assert!(named.peek().is_some(), "SECURITY.md names no test");
    let missing: Vec<_> = named
        .filter(|name| {
            let function = format!("fn {name}(");
            !sources.iter().any(|source| source.contains(&function))
        })
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}
