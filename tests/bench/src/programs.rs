//! The functions as they are deployed: built with the release profile, one by one, for the same
//! processors.

use std::collections::BTreeMap;
use std::env;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cargo_metadata::{Message, TargetKind};
use tests::repository::root;
use tests::workspace::Workspace;

/// The path of each compiled function.
#[derive(Debug)]
pub(crate) struct Programs(BTreeMap<String, PathBuf>);

/// The processors for which a deployment builds: those that `cargo lambda` names by itself (seen
/// with 1.9.2, `cargo lambda build --release --verbose`).
fn processor() -> &'static str {
    if cfg!(target_arch = "aarch64") {
        r#"build.rustflags=["-C", "target-cpu=neoverse-n1"]"#
    } else {
        r#"build.rustflags=["-C", "target-cpu=haswell"]"#
    }
}

impl Programs {
    /// Builds outdated functions. They are built without the rest of the workspace, which would add
    /// features to them.
    pub(crate) fn build(functions: &[String]) -> Self {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut building = Command::new(cargo);
        building.args(["build", "--release", "--locked", "--config", processor()]);
        for function in functions {
            building.args(["--package", function]);
        }
        let mut building = building
            .arg("--message-format=json-render-diagnostics")
            .current_dir(root())
            .stdout(Stdio::piped())
            .spawn()
            .expect("cargo is at hand: it started this program");
        let said = BufReader::new(building.stdout.take().expect("it was asked for"));
        let built = Message::parse_stream(said)
            .filter_map(|message| match message.expect("cargo speaks JSON") {
                Message::CompilerArtifact(artifact) => Some(artifact),
                _ => None,
            })
            .filter(|artifact| artifact.target.kind.contains(&TargetKind::Bin))
            .filter_map(|artifact| Some((artifact.target.name, artifact.executable?.into())))
            .collect();
        let ended = building.wait().expect("it was started here");
        assert!(ended.success(), "the functions do not build");
        Self(built)
    }

    /// Takes functions that were built before, to compare two ways of building.
    pub(crate) fn found_in(folder: &Path, functions: &[String]) -> Self {
        let found = functions
            .iter()
            .map(|name| (name.clone(), folder.join(name)));
        Self(found.filter(|(_, path)| path.is_file()).collect())
    }

    /// The names of the built functions.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The path of a function.
    pub(crate) fn path(&self, function: &str) -> &Path {
        self.0
            .get(function)
            .unwrap_or_else(|| panic!("{function} was not built"))
    }
}

/// Every function of the workspace.
pub(crate) fn all() -> Vec<String> {
    let functions = Workspace::read().members_in("functions");
    functions.into_iter().map(str::to_owned).collect()
}
