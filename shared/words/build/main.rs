//! Reads `locales/<language>/*.ftl` and writes the Rust code that `src/lib.rs` includes.

mod catalog;
mod code;
mod plurals;

use std::{env, error::Error, fs, path::Path};

#[expect(
    clippy::print_stdout,
    reason = "cargo reads there when to run this again"
)]
fn main() -> Result<(), Box<dyn Error>> {
    let locales = Path::new("locales");
    println!("cargo::rerun-if-changed={}", locales.display());
    let languages = catalog::read(locales)?;
    let problems = catalog::problems(&languages);
    if !problems.is_empty() {
        return Err(problems.join("\n").into());
    }
    let out = Path::new(&env::var("OUT_DIR")?).join("words.rs");
    fs::write(out, code::write(&languages)?)?;
    Ok(())
}
