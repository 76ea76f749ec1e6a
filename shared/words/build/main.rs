//! Reads `locales/<language>/*.ftl` and writes the Rust code that `src/lib.rs` includes.

mod catalog;
mod code;
mod plurals;

use std::{env, fs, path::Path};

#[expect(clippy::print_stdout, reason = "cargo reads there")]
fn main() {
    println!("cargo::rerun-if-changed={LOCALES}");
    if let Err(problems) = write() {
        for problem in problems {
            println!("cargo::error={problem}");
        }
    }
}

/// The folder of all languages.
const LOCALES: &str = "locales";

/// Writes the code, or returns everything that stands against it.
fn write() -> Result<(), Vec<String>> {
    let one = |why: &dyn ToString| vec![why.to_string()];
    let languages = catalog::read(Path::new(LOCALES)).map_err(|why| one(&why))?;
    let problems = catalog::problems(&languages);
    if !problems.is_empty() {
        return Err(problems);
    }
    let out = env::var("OUT_DIR").map_err(|why| one(&why))?;
    let code = code::write(&languages).map_err(|why| one(&why))?;
    fs::write(Path::new(&out).join("words.rs"), code).map_err(|why| one(&why))
}
