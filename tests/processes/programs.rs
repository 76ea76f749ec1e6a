//! The compiled programs, built from the source as it stands.

use std::collections::BTreeMap;
use std::env;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use cargo_metadata::{Message, TargetKind};
use tests::repository::root;
use tests::workspace::Workspace;

/// The program of that name, as it is built from the source as it stands. `processes` is this very test.
pub(crate) fn program(name: &str) -> &'static Path {
    static PROGRAMS: LazyLock<BTreeMap<String, PathBuf>> = LazyLock::new(build);
    PROGRAMS
        .get(name)
        .unwrap_or_else(|| panic!("the workspace builds no program {name}"))
}

/// Has cargo build the functions, the bundle and the operator's command, if they are out of date.
/// After `cargo build --workspace --bins --tests` nothing is left to do.
///
/// This very test is named too: with it cargo resolves the same features as for
/// `cargo test --workspace`, and compiles no dependency a second time.
fn build() -> BTreeMap<String, PathBuf> {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let functions = Workspace::read().members_in("functions").into_iter();
    let programs = functions.chain(["lanyard", "local"]);
    let mut building = Command::new(cargo)
        .args(["build", "--locked", "--workspace"])
        .args(programs.flat_map(|program| ["--bin", program]))
        .args(["--test", "processes", "--profile", profile()])
        .arg("--message-format=json-render-diagnostics")
        .current_dir(root())
        .stdout(Stdio::piped())
        .spawn()
        .expect("cargo is at hand: it runs this test");
    let said = BufReader::new(building.stdout.take().expect("it was asked for"));
    let programs = Message::parse_stream(said)
        .filter_map(|message| match message.expect("cargo speaks JSON") {
            Message::CompilerArtifact(artifact) => Some(artifact),
            _ => None,
        })
        .filter(|artifact| {
            let kinds = &artifact.target.kind;
            kinds.contains(&TargetKind::Bin) || kinds.contains(&TargetKind::Test)
        })
        .filter_map(|artifact| Some((artifact.target.name, artifact.executable?.into())))
        .collect();
    let ended = building.wait().expect("it was started here");
    assert!(ended.success(), "`cargo build --workspace --bins` failed");
    programs
}

/// The profile that this test was built with, by the folder it lies in: `target/debug/deps`.
fn profile() -> &'static str {
    let here = env::current_exe().expect("a running program lies somewhere");
    let folder = here.ancestors().nth(2).and_then(Path::file_name);
    if folder.is_some_and(|folder| folder == "release") {
        "release"
    } else {
        "dev"
    }
}
