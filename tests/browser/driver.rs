//! Chromium, driven over `WebDriver`, one for each story: started by the story, ended with it.
//!
//! `ChromeDriver` comes with Chromium from the distribution; `make browser` installs both.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use http::Method;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::tools;
use url::{ParseError, Url};

/// A browser window and the two processes behind it.
pub(crate) struct Driver {
    pub(crate) window: Client,
    process: Child,
    /// What the browser keeps, for as long as it runs.
    _profile: TempDir,
}

impl Driver {
    /// A new browser that knows nobody. Without script it runs none of any page.
    pub(crate) async fn start(script: bool) -> Self {
        let profile = TempDir::new().unwrap();
        let mut process = Command::new(tools::chromedriver())
            .arg("--port=0")
            // So that the browser ends with its driver, however a story ends.
            .process_group(0)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let port = port(&mut process);
        let window = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities(script, profile.path()))
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap();
        let driver = Self {
            window,
            process,
            _profile: profile,
        };
        driver.proves_whether_script_runs(script).await;
        driver
    }

    /// Sends a command of the Chrome `DevTools` Protocol.
    pub(crate) async fn devtools(&self, command: &'static str, params: Value) -> Value {
        let body = json!({ "cmd": command, "params": params });
        self.asks("goog/cdp/execute", body).await
    }

    /// What the browser wrote into its console since it was asked last: what a page's policy
    /// forbade, what could not be loaded, what went wrong in a script.
    pub(crate) async fn complaints(&self) -> Vec<String> {
        let log = self.asks("se/log", json!({ "type": "browser" })).await;
        let lines = log.as_array().unwrap().iter();
        lines.map(|line| line["message"].to_string()).collect()
    }

    /// Sends a command that `ChromeDriver` knows beyond the specification.
    async fn asks(&self, path: &'static str, body: Value) -> Value {
        let command = Extension { path, body };
        self.window.issue_cmd(command).await.unwrap()
    }

    /// A window of this width, light or dark, as a telephone or a desk has it.
    pub(crate) async fn looks(&self, width: u32, dark: bool) {
        let metrics =
            json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics)
            .await;
        let scheme = if dark { "dark" } else { "light" };
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.devtools("Emulation.setEmulatedMedia", media).await;
    }

    async fn proves_whether_script_runs(&self, script: bool) {
        let page = "data:text/html,<noscript><p id=none></p></noscript>";
        self.window.goto(page).await.unwrap();
        let shown = fantoccini::Locator::Id("none");
        let runs_none = !self.window.find_all(shown).await.unwrap().is_empty();
        assert_eq!(runs_none, !script);
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let group = format!("-{}", self.process.id());
        drop(Command::new("kill").args(["-KILL", "--", &group]).status());
        drop(self.process.wait());
    }
}

/// Which port the driver took: it says so in a line of its own.
fn port(process: &mut Child) -> u16 {
    let said = BufReader::new(process.stdout.take().unwrap());
    let mut lines = said.lines().map(Result::unwrap);
    let line = lines.find(|line| line.contains("started successfully on port"));
    let line = line.expect("ChromeDriver says on which port it is");
    let port = line.trim_end_matches('.').rsplit(' ').next().unwrap();
    let port = port.parse().unwrap();
    // Nobody reads on, and the pipe must not fill up.
    std::thread::spawn(move || lines.for_each(drop));
    port
}

fn capabilities(script: bool, profile: &Path) -> Capabilities {
    let profile = format!("--user-data-dir={}", profile.display());
    let arguments = [
        profile.as_str(),
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--lang=en-US",
        "--window-size=1280,800",
    ];
    let blocked = 2;
    let allowed = 1;
    let preferences = json!({
        "intl.accept_languages": "en-US,en",
        "profile.managed_default_content_settings.javascript": if script { allowed } else { blocked },
    });
    let options = json!({
        "binary": tools::chromium(),
        "args": arguments,
        "prefs": preferences,
    });
    let mut capabilities = Capabilities::new();
    capabilities.insert("browserName".to_owned(), json!("chrome"));
    capabilities.insert("goog:chromeOptions".to_owned(), options);
    let logged = json!({ "browser": "ALL" });
    capabilities.insert("goog:loggingPrefs".to_owned(), logged);
    capabilities
}

/// A command that `ChromeDriver` knows beyond the specification.
#[derive(Debug)]
struct Extension {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        let session = session.unwrap_or_default();
        base.join(&format!("session/{session}/{}", self.path))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
