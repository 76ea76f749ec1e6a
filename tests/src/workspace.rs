//! The crates of the workspace and all they depend on, as cargo sees them.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::LazyLock;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Node, Package, PackageId};

use crate::repository::root;

/// The crates of the workspace and their whole graph, for the machine that runs the test.
#[derive(Debug)]
pub struct Workspace {
    metadata: Metadata,
}

impl Workspace {
    /// The workspace, read once by each test program.
    ///
    /// # Panics
    /// If cargo has no answer.
    #[must_use]
    pub fn read() -> &'static Self {
        static WORKSPACE: LazyLock<Workspace> = LazyLock::new(Workspace::ask);
        &WORKSPACE
    }

    /// Asks cargo, which answers from what it has at hand: whoever runs a test has built it.
    fn ask() -> Self {
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let options = ["--locked", "--offline", "--filter-platform"].map(str::to_owned);
        let metadata = MetadataCommand::new()
            .cargo_path(cargo)
            .current_dir(root())
            .other_options([&options[..], &[host()]].concat())
            .exec()
            .expect("cargo describes the workspace it is run in");
        Self { metadata }
    }

    /// The project's own crates by name.
    #[must_use]
    pub fn members(&self) -> BTreeMap<&str, &Package> {
        self.metadata
            .workspace_packages()
            .into_iter()
            .map(|package| (package.name.as_str(), package))
            .collect()
    }

    /// Every crate that others wrote.
    pub fn foreign(&self) -> impl Iterator<Item = &Package> {
        self.metadata
            .packages
            .iter()
            .filter(|package| !self.metadata.workspace_members.contains(&package.id))
    }

    /// A crate of the project.
    ///
    /// # Panics
    /// If there is none of that name.
    #[must_use]
    pub fn member(&self, name: &str) -> &Package {
        let members = self.members();
        members
            .get(name)
            .unwrap_or_else(|| panic!("there is no crate {name}"))
    }

    /// The names of the project's crates in a folder, such as `functions`.
    #[must_use]
    pub fn members_in(&self, folder: &str) -> BTreeSet<&str> {
        let folder = root().join(folder);
        self.members()
            .into_iter()
            .filter(|(_, package)| package.manifest_path.starts_with(&folder))
            .map(|(name, _)| name)
            .collect()
    }

    /// The dependencies that a crate of the project declares, by the names in its code, and their
    /// use.
    pub fn dependencies(&self, name: &str) -> impl Iterator<Item = (&str, DependencyKind)> {
        let id = &self.member(name).id;
        let nodes = self.nodes().filter(move |node| node.id == *id);
        nodes.flat_map(|node| &node.deps).flat_map(|dependency| {
            let kinds = dependency.dep_kinds.iter();
            kinds.map(|kind| (dependency.name.as_str(), kind.kind))
        })
    }

    fn nodes(&self) -> impl Iterator<Item = &Node> {
        let resolve = self.metadata.resolve.iter();
        resolve.flat_map(|resolve| &resolve.nodes)
    }

    /// The crates that end up in what is built from `name`: itself and, through all others, what it
    /// depends on when it runs.
    #[must_use]
    pub fn shipped_in(&self, name: &str) -> Vec<&Package> {
        let nodes: BTreeMap<&PackageId, &Node> =
            self.nodes().map(|node| (&node.id, node)).collect();
        let mut seen = BTreeSet::new();
        let mut waiting = vec![&self.member(name).id];
        while let Some(id) = waiting.pop() {
            if !seen.insert(id) {
                continue;
            }
            let dependencies = nodes.get(id).into_iter().flat_map(|node| &node.deps);
            let runs = dependencies.filter(|dependency| {
                let kinds = &dependency.dep_kinds;
                kinds.iter().any(|kind| kind.kind == DependencyKind::Normal)
            });
            waiting.extend(runs.map(|dependency| &dependency.pkg));
        }
        let shipped = |package: &&Package| seen.contains(&package.id);
        self.metadata.packages.iter().filter(shipped).collect()
    }
}

/// The machine's triple, so that cargo asks for no crate of another system.
fn host() -> String {
    let printed = Command::new("rustc")
        .args(["--print", "host-tuple"])
        .output()
        .expect("rustc is beside cargo");
    String::from_utf8(printed.stdout)
        .expect("a triple is plain text")
        .trim()
        .to_owned()
}
