//! Chromium, one for each story: started by the story, ended with it.
//!
//! `ChromeDriver` comes with Chromium from the distribution; `make browser` installs both.

use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::tools;

use crate::browser::webdriver::Window;

/// The number of starts of a driver that ends at once.
const STARTS: u32 = 10;

/// A browser window and the two processes behind it.
pub(crate) struct Driver {
    pub(crate) window: Window,
    process: Child,
    /// The browser's data, for as long as it runs.
    _profile: TempDir,
}

impl Driver {
    /// A new browser that knows nobody. Without script it runs none of any page.
    pub(crate) async fn start(script: bool) -> Self {
        let profile = TempDir::new().unwrap();
        let (process, port) = start_driver();
        let url = format!("http://127.0.0.1:{port}");
        let driver = Self {
            window: Window::open(&url, capabilities(script, profile.path())).await,
            process,
            _profile: profile,
        };
        driver.proves_whether_script_runs(script).await;
        driver
    }

    /// A window of this width, light or dark, as a telephone or a desk has it.
    pub(crate) async fn looks(&self, width: u32, dark: bool) {
        let metrics =
            json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false });
        self.window
            .devtools("Emulation.setDeviceMetricsOverride", metrics)
            .await;
        let scheme = if dark { "dark" } else { "light" };
        let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
        self.window
            .devtools("Emulation.setEmulatedMedia", media)
            .await;
    }

    async fn proves_whether_script_runs(&self, script: bool) {
        let page = "data:text/html,<noscript><p id=none></p></noscript>";
        self.window.goto(page).await;
        let runs_none = !self.window.find("//p[@id='none']").await.is_empty();
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

/// A driver on a free port. It takes one of IPv4 and then the same of IPv6, and ends where somebody
/// else has that: then another is started.
fn start_driver() -> (Child, u16) {
    let mut said = String::new();
    for _ in 0..STARTS {
        let mut process = Command::new(tools::chromedriver())
            .arg("--port=0")
            // So that the browser ends with its driver, however a story ends.
            .process_group(0)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        match port(&mut process) {
            Ok(port) => return (process, port),
            Err(instead) => said = instead,
        }
        process.wait().unwrap();
    }
    panic!("ChromeDriver does not start:\n{said}");
}

/// The port of the driver, which it prints in a line of its own; otherwise its output.
fn port(process: &mut Child) -> Result<u16, String> {
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    let mut said = String::new();
    for line in lines.by_ref().map(Result::unwrap) {
        if line.contains("started successfully on port") {
            let port = line.trim_end_matches('.').rsplit(' ').next().unwrap();
            let port = port.parse().unwrap();
            // Nobody reads on, and the pipe must not fill up.
            std::thread::spawn(move || lines.for_each(drop));
            return Ok(port);
        }
        said += &line;
        said.push('\n');
    }
    Err(said)
}

fn capabilities(script: bool, profile: &Path) -> Value {
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
    let (allowed, blocked) = (1, 2);
    let preferences = json!({
        "intl.accept_languages": "en-US,en",
        "profile.managed_default_content_settings.javascript": if script { allowed } else { blocked },
    });
    json!({
        "browserName": "chrome",
        "goog:chromeOptions": {
            "binary": tools::chromium(),
            "args": arguments,
            "prefs": preferences,
        },
        "goog:loggingPrefs": { "browser": "ALL" },
    })
}
