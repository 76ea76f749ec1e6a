//! Foreign programs that tests drive. `make tools browser` puts them where they are looked for.

use std::env;
use std::path::PathBuf;

use crate::repository::root;

/// The Python that has the packages of `tests/requirements.txt`.
///
/// # Panics
/// When it is missing: `make tools` makes it.
#[must_use]
pub fn python() -> PathBuf {
    let python = root().join("target/tools/python/bin/python");
    assert!(
        python.exists(),
        "this test needs target/tools/python; `make tools` makes it"
    );
    python
}

/// A Chromium: what `CHROMIUM` names, or the first on the `PATH`.
///
/// # Panics
/// When there is none: `make browser` installs it where it can.
#[must_use]
pub fn chromium() -> PathBuf {
    if let Some(named) = env::var_os("CHROMIUM").filter(|named| !named.is_empty()) {
        return named.into();
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let known = ["chromium", "chromium-browser", "google-chrome"];
    env::split_paths(&path)
        .flat_map(|folder| known.map(|name| folder.join(name)))
        .find(|program| program.is_file())
        .expect("this test needs Chromium on the PATH; `make browser` installs it")
}
