//! Words that stand in one place, and words that stand in none.

use std::path::Path;

use tests::repository;

/// Beginnings of keys. Only the store knows them; outside of it, items are named by their types.
const KEYS: [&str; 13] = [
    "ORG#",
    "MEMBER#",
    "CUSTOMER#",
    "DOMAIN#",
    "EXTERNAL#",
    "LEFT#",
    "SOURCE#",
    "DESK#",
    "REQUEST#",
    "VIEWER#",
    "DELIVERY#",
    "LINK#",
    "RATE#",
];

/// Lines of a file that are shipped: without comments, and without what stands under `#[cfg(test)]`,
/// which is the last thing in a file.
fn shipped(path: &Path) -> Vec<(usize, String)> {
    if path.components().any(|part| part.as_os_str() == "tests") || path.ends_with("tests.rs") {
        return Vec::new();
    }
    repository::text(path)
        .lines()
        .take_while(|line| line.trim() != "#[cfg(test)]")
        .enumerate()
        .map(|(number, line)| (number + 1, line.trim().to_owned()))
        .filter(|(_, line)| !line.starts_with("//"))
        .collect()
}

#[test]
fn a_key_is_written_in_the_stores_keys_and_nowhere_else() {
    let mut wrong = Vec::new();
    for folder in ["functions", "shared"] {
        for path in repository::files_of(folder, "rs") {
            if path == Path::new("shared/store/src/keys.rs") {
                continue;
            }
            for (number, line) in shipped(&path) {
                if KEYS.iter().any(|key| line.contains(&format!("\"{key}"))) {
                    wrong.push(format!("{}:{number}: {line}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn nothing_is_called_by_a_name_that_says_nothing() {
    let empty = [
        "util", "utils", "helper", "helpers", "manager", "common", "misc", "stuff",
    ];
    for folder in ["functions", "shared", "infra", "tests", "events", "docs"] {
        for path in repository::files(folder) {
            for part in path.components() {
                let name = Path::new(part.as_os_str()).file_stem().unwrap();
                assert!(
                    !empty.iter().any(|word| name == *word),
                    "{}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn the_environment_is_read_at_the_start_and_by_people_s_programs_alone() {
    // Where a process begins. Everything further in is handed its configuration.
    let begins = [
        "shared/platform/src/config.rs",
        "infra/local/src",
        "infra/operator/src",
        // A build script is told so where to write.
        "shared/words/build",
    ];
    for folder in ["functions", "shared", "infra"] {
        for path in repository::files_of(folder, "rs") {
            if begins.iter().any(|begin| path.starts_with(begin)) {
                continue;
            }
            for (number, line) in shipped(&path) {
                assert!(
                    !line.contains("env::var"),
                    "{}:{number}: {line}",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn nothing_is_left_to_be_done_in_a_comment() {
    let marks =
        [["TO", "DO"], ["FIX", "ME"], ["XX", "X"], ["HA", "CK"]].map(|parts| parts.concat());
    for folder in ["functions", "shared", "infra", "tests", "docs", "events"] {
        let is_picture = |path: &Path| path.extension().is_some_and(|kind| kind == "webp");
        let files = repository::files(folder).into_iter();
        for path in files.filter(|path| !is_picture(path)) {
            let text = repository::text(&path);
            for (number, line) in text.lines().enumerate() {
                let marked = marks.iter().any(|mark| {
                    line.split(|letter: char| !letter.is_alphanumeric())
                        .any(|word| word == mark)
                });
                assert!(!marked, "{}:{}: {line}", path.display(), number + 1);
            }
        }
    }
}

/// A long file is two ideas. Most stay below 300 lines; this is where nobody reads on.
#[test]
fn a_file_is_one_idea() {
    let most = 700;
    for folder in ["functions", "shared", "infra", "tests"] {
        for path in repository::files_of(folder, "rs") {
            let lines = repository::text(&path).lines().count();
            assert!(lines <= most, "{}: {lines} lines", path.display());
        }
    }
}

/// A message that no code asks for is left over from something that went.
#[test]
fn every_message_is_asked_for() {
    let code: String = ["shared/mail/src", "shared/words/src", "shared/pages"]
        .into_iter()
        .flat_map(repository::files)
        .filter(|path| {
            path.extension()
                .is_some_and(|kind| kind == "rs" || kind == "html")
        })
        .map(|path| repository::text(&path))
        .collect();
    let asked: std::collections::BTreeSet<&str> = code
        .split(|letter: char| !letter.is_alphanumeric() && letter != '_')
        .collect();
    let mut unasked = Vec::new();
    for file in repository::files("shared/words/locales/en") {
        for line in repository::text(&file).lines() {
            if let Some((id, _)) = line.split_once(" =")
                && line.starts_with(|letter: char| letter.is_ascii_lowercase())
                && !asked.contains(id.replace('-', "_").as_str())
            {
                unasked.push(format!("{}: {id}", file.display()));
            }
        }
    }
    assert!(unasked.is_empty(), "{unasked:#?}");
}
