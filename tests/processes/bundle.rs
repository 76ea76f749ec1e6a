//! The local bundle as a program, and what its addresses tell.

use std::path::Path;
use std::process::Command;

use hooks::scheme::{Scheme, sign};
use hooks::secret::Secret;
use local::local::LocalSource;
use local::ses::message::Message;
use reqwest::header::HeaderMap;
use serde_json::Value;

use crate::child::{Child, Lines};
use crate::programs::program;

/// A running bundle, which has its own data directory and replays nothing.
pub(crate) struct Bundle {
    child: Child,
    base_url: String,
    web: reqwest::Client,
}

/// The bundle in an environment that says nothing; port 0 is a free one.
pub(crate) fn command(data: &Path, port: u16) -> Command {
    let mut command = Command::new(program("local"));
    command
        .env_clear()
        .args(["--port", &port.to_string(), "--data"])
        .arg(data);
    command
}

impl Bundle {
    /// Starts it and waits until it has said where it is.
    pub(crate) fn begin(data: &Path) -> Self {
        let child = Child::start(command(data, 0).arg("--no-replay"));
        let base_url = child.wait_for(base_url);
        Self {
            child,
            base_url,
            web: reqwest::Client::new(),
        }
    }

    /// Ends it as `kill -9` does.
    pub(crate) fn kill(self) -> Lines {
        self.child.kill()
    }

    /// The answer of a local address.
    pub(crate) async fn get(&self, path: &str) -> Value {
        serde_json::from_str(&self.text(path).await).unwrap()
    }

    /// The same where it is no JSON.
    pub(crate) async fn text(&self, path: &str) -> String {
        let url = format!("{}/_local/{path}", self.base_url);
        let answer = self.web.get(url).send().await.unwrap();
        answer.error_for_status().unwrap().text().await.unwrap()
    }

    /// Asks a local address to do something.
    pub(crate) async fn post(&self, path: &str, body: &Value) {
        let url = format!("{}/_local/{path}", self.base_url);
        let answer = self.web.post(url).json(body).send().await.unwrap();
        answer.error_for_status().unwrap();
    }

    /// The mails to an address once nothing is under way.
    pub(crate) async fn mails(&self, to: &str) -> Vec<Message> {
        self.post("settle", &Value::Null).await;
        let mails = self.get(&format!("mail.json?to={to}")).await;
        serde_json::from_value(mails).unwrap()
    }

    /// Delivers a body as its source would: signed now, under this id.
    pub(crate) async fn deliver(
        &self,
        source: &str,
        function: &str,
        id: &str,
        body: &Value,
    ) -> (u16, HeaderMap, String) {
        let body = body.to_string();
        let url = format!("{}/hooks/{source}/{function}", self.base_url);
        let request = self
            .web
            .post(url)
            .headers(self.signature(source, id, &body).await)
            .header("content-type", "application/json")
            .body(body);
        let answer = request.send().await.unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        (status, headers, answer.text().await.unwrap())
    }

    /// The headers of a delivery, as its source signs it now.
    pub(crate) async fn signature(&self, source: &str, id: &str, body: &str) -> HeaderMap {
        let sources = self.get("sources.json").await;
        let mut sources: Vec<LocalSource> = serde_json::from_value(sources).unwrap();
        sources.retain(|known| known.id == source);
        let source = sources.pop().unwrap();
        let info = self.get("info.json").await;
        let now = info["now"].as_str().unwrap().parse().unwrap();
        let scheme = Scheme::new(&source.scheme, None).unwrap();
        let secret = Secret::parse(&scheme, &source.secret).unwrap();
        sign(&scheme, &secret, &id.parse().unwrap(), now, body.as_bytes()).unwrap()
    }
}

/// The place where it is: it tells a person to open the inbox in a browser.
fn base_url(lines: &Lines) -> Option<String> {
    let line = lines
        .out
        .iter()
        .find(|line| line.contains("/_local/mail"))?;
    let (_, url) = line.split_once("http://")?;
    let (host, _) = url.split_once("/_local/mail")?;
    Some(format!("http://{host}"))
}
