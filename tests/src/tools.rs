//! Foreign programs that tests drive. `make tools browser` puts them where they are looked for.

use std::env;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::repository::root;

/// The Python that has the packages of `tests/requirements.txt`.
///
/// # Panics
/// If it is missing: `make tools` makes it.
#[must_use]
pub fn python() -> PathBuf {
    let python = root().join("target/tools/python/bin/python");
    assert!(
        python.exists(),
        "this test needs target/tools/python; `make tools` makes it"
    );
    python
}

/// A Chromium: the one in `CHROMIUM`, or the first on the `PATH`.
///
/// # Panics
/// If there is none: `make browser` installs it where it can.
#[must_use]
pub fn chromium() -> PathBuf {
    let names = ["chromium", "chromium-browser", "google-chrome"];
    program("CHROMIUM", &names, "Chromium")
}

/// The driver of Chromium: the one in `CHROMEDRIVER`, or the first on the `PATH`.
///
/// # Panics
/// If there is none: `make browser` installs it where it can.
#[must_use]
pub fn chromedriver() -> PathBuf {
    program("CHROMEDRIVER", &["chromedriver"], "ChromeDriver")
}

/// The one script of axe-core, which judges the accessibility of a page.
///
/// # Panics
/// If it is missing: `make tools` brings it.
#[must_use]
pub fn axe() -> String {
    packaged("axe_playwright_python/axe.min.js")
}

/// The event that `sam local generate-event` writes for a trigger, such as `apigateway/HttpApi`,
/// with its blanks filled in: AWS's own sample, from AWS's own package.
///
/// # Panics
/// If the package is missing (`make tools` brings it), or a blank is left.
#[must_use]
pub fn sample_event(name: &str, blanks: &[(&str, &str)]) -> Value {
    let folder = "samcli/lib/generated_sample_events/events";
    let mut text = packaged(&format!("{folder}/{name}.json"));
    let usual = [
        ("account_id", "000000000000"),
        ("region", "eu-central-1"),
        ("partition", "aws"),
        ("dns_suffix", "amazonaws.com"),
        ("stage", "$default"),
    ];
    for (blank, value) in blanks.iter().chain(&usual) {
        text = text.replace(&format!("{{{{{{{blank}}}}}}}"), value);
    }
    assert!(!text.contains("{{{"), "{name} has more blanks: {text}");
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}: {text}"))
}

/// A file of one of the packages of `tests/requirements.txt`.
fn packaged(file: &str) -> String {
    let folders = fs::read_dir(root().join("target/tools/python/lib"));
    folders
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .map(|python| python.path().join("site-packages").join(file))
        .find_map(|path| fs::read_to_string(path).ok())
        .unwrap_or_else(|| panic!("this test needs {file} in target/tools; `make tools` brings it"))
}

/// The program that a variable names, or the first of these on the `PATH`.
fn program(variable: &str, names: &[&str], called: &str) -> PathBuf {
    if let Some(named) = env::var_os(variable).filter(|named| !named.is_empty()) {
        return named.into();
    }
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .find(|program| program.is_file())
        .unwrap_or_else(|| {
            panic!("this test needs {called} on the PATH; `make browser` installs it")
        })
}
