//! The peers of the comparison: the same work, written with AWS's own libraries for Python and
//! Node, under AWS's own runtimes for them. Their parts are installed into `target/bench/peers`,
//! once for each list of versions.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tests::repository::root;

use crate::folders::folder;
use crate::world::{World, lambda};

/// The name `request-created`, which the peers get, too.
const FUNCTION: &str = "request-created";
/// The tools that compile Node's runtime.
const COMPILED_WITH: [&str; 4] = ["cmake", "autoconf", "automake", "libtoolize"];

/// An installed peer.
#[derive(Debug)]
pub(crate) struct Peer {
    /// Its name in the table.
    pub(crate) name: &'static str,
    folder: PathBuf,
    program: PathBuf,
    arguments: Vec<&'static str>,
}

/// Installs both peers. Each is returned with the reason if it is not available.
pub(crate) fn install() -> Vec<Result<Peer, String>> {
    vec![python(), node()]
}

impl Peer {
    /// The peer's command, with a function's environment and the secret that it verifies with.
    pub(crate) fn command(&self, world: &World) -> Command {
        let mut command = Command::new(&self.program);
        command
            .current_dir(&self.folder)
            .args(&self.arguments)
            .env_clear()
            .envs(world.environment(FUNCTION))
            .envs(lambda(FUNCTION))
            // The template's role belongs to our function; the peers use other keys.
            .env("AWS_ACCESS_KEY_ID", "peer")
            .env("AWS_REGION", "eu-central-1")
            .env("AWS_DEFAULT_REGION", "eu-central-1")
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("PEER_SECRET", &world.source("forms").secret);
        command
    }
}

fn python() -> Result<Peer, String> {
    let folder = prepare("python", &["peer.py", "requirements.txt"]);
    let program = folder.join("venv/bin/python");
    once(&folder, "requirements.txt", || {
        run(
            Command::new("python3").args(["-m", "venv", "venv"]),
            &folder,
        )?;
        let mut pip = Command::new(&program);
        pip.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ]);
        run(pip.args(["--requirement", "requirements.txt"]), &folder)
    })?;
    Ok(Peer {
        name: "Python, Powertools",
        folder,
        program,
        arguments: vec!["-m", "awslambdaric", "peer.handle"],
    })
}

fn node() -> Result<Peer, String> {
    let folder = prepare("node", &["peer.mjs", "package.json"]);
    once(&folder, "package.json", || {
        have_compilers(&folder)?;
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-audit", "--no-fund", "--loglevel=error"]);
        // The headers that came with Node, so that no others are downloaded.
        if Path::new("/usr/include/node/node_api.h").exists() {
            npm.env("npm_config_nodedir", "/usr");
        }
        run(&mut npm, &folder)
    })?;
    Ok(Peer {
        name: "Node, Powertools",
        folder,
        program: on_path("node").ok_or("node is not on the PATH")?,
        arguments: vec!["node_modules/aws-lambda-ric/bin/index.mjs", "peer.handle"],
    })
}

/// A folder under `target` with the peer's files. Files that are made beside them are not part of
/// the repository.
fn prepare(name: &str, files: &[&str]) -> PathBuf {
    let folder = folder().join("peers").join(name);
    fs::create_dir_all(&folder).unwrap();
    for file in files {
        let from = root().join("tests/bench/peers").join(name).join(file);
        fs::copy(from, folder.join(file)).unwrap();
    }
    folder
}

/// Installs, unless the same list is installed already.
fn once(
    folder: &Path,
    list: &str,
    install: impl FnOnce() -> Result<(), String>,
) -> Result<(), String> {
    let wanted = fs::read_to_string(folder.join(list)).unwrap();
    let stamp = folder.join("installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    install()?;
    fs::write(&stamp, wanted).map_err(|error| error.to_string())
}

/// Node's runtime is partly C++. Installs its compilers where that is allowed.
fn have_compilers(folder: &Path) -> Result<(), String> {
    if COMPILED_WITH.iter().all(|name| on_path(name).is_some()) {
        return Ok(());
    }
    let packages = ["cmake", "autoconf", "automake", "libtool"];
    let mut apt = Command::new("apt-get");
    apt.args(["install", "-y", "-qq", "--no-install-recommends"]);
    run(apt.args(packages), folder)
        .map_err(|error| format!("it needs {}: {error}", packages.join(", ")))
}

fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
}

fn run(command: &mut Command, folder: &Path) -> Result<(), String> {
    let ended = command
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .map_err(|error| format!("{}: {error}", command.get_program().display()))?;
    if ended.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&ended.stderr);
    let last = said.lines().next_back().unwrap_or_default();
    Err(format!("{}: {last}", command.get_program().display()))
}
