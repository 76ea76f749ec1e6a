//! `WebDriver` (W3C Recommendation, 5 June 2018), as far as the stories need it, and the two commands
//! that `ChromeDriver` knows beyond it.

use reqwest::{Client, Method};
use serde_json::{Value, json};

/// The name under which the protocol passes an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A window of a browser.
#[derive(Debug, Clone)]
pub(crate) struct Window {
    web: Client,
    session: String,
}

/// Something on the page that a window shows.
#[derive(Debug, Clone)]
pub(crate) struct Element {
    window: Window,
    id: String,
}

impl Window {
    /// Opens a browser at a driver.
    pub(crate) async fn open(driver: &str, capabilities: Value) -> Self {
        let web = Client::new();
        let wanted = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let url = format!("{driver}/session");
        let begun = send(&web, Method::POST, &url, wanted).await.unwrap();
        let session = begun["sessionId"].as_str().unwrap();
        Self {
            session: format!("{url}/{session}"),
            web,
        }
    }

    async fn ask(&self, method: Method, path: &str, body: Value) -> Result<Value, String> {
        let url = format!("{}/{path}", self.session);
        send(&self.web, method, &url, body).await
    }

    async fn post(&self, path: &str, body: Value) -> Value {
        self.ask(Method::POST, path, body).await.unwrap()
    }

    pub(crate) async fn goto(&self, url: &str) {
        self.post("url", json!({ "url": url })).await;
    }

    /// The address of the page that is open.
    pub(crate) async fn url(&self) -> String {
        let url = self.ask(Method::GET, "url", Value::Null).await.unwrap();
        url.as_str().unwrap().to_owned()
    }

    /// Every element on this `XPath`. A page that is about to be left has none.
    pub(crate) async fn find(&self, path: &str) -> Vec<Element> {
        let wanted = json!({ "using": "xpath", "value": path });
        let found = self.ask(Method::POST, "elements", wanted).await;
        self.elements(&found.unwrap_or_default())
    }

    fn elements(&self, found: &Value) -> Vec<Element> {
        let found = found.as_array().into_iter().flatten();
        found.map(|element| self.element(element)).collect()
    }

    fn element(&self, found: &Value) -> Element {
        Element {
            window: self.clone(),
            id: found[ELEMENT].as_str().unwrap().to_owned(),
        }
    }

    /// Tells whether this has the focus.
    pub(crate) async fn has_focus(&self, element: &Element) -> bool {
        let focused = self.ask(Method::GET, "element/active", Value::Null).await;
        focused.is_ok_and(|focused| focused[ELEMENT] == element.id)
    }

    /// Presses a key and lets it go, wherever the focus is.
    pub(crate) async fn types(&self, key: char) {
        let keys = [
            json!({ "type": "keyDown", "value": key }),
            json!({ "type": "keyUp", "value": key }),
        ];
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": keys });
        self.post("actions", json!({ "actions": [keyboard] })).await;
    }

    /// The value that a script returns.
    pub(crate) async fn execute(&self, script: &str) -> Value {
        let script = json!({ "script": script, "args": [] });
        self.post("execute/sync", script).await
    }

    /// The value that a script gives to the function that is its one argument.
    pub(crate) async fn execute_async(&self, script: &str) -> Value {
        let script = json!({ "script": script, "args": [] });
        self.post("execute/async", script).await
    }

    /// Forgets every session of the site that is open.
    pub(crate) async fn forget_cookies(&self) {
        let all = self.ask(Method::DELETE, "cookie", Value::Null).await;
        all.unwrap();
    }

    /// Sends a command of the Chrome `DevTools` Protocol.
    pub(crate) async fn devtools(&self, command: &str, params: Value) -> Value {
        let command = json!({ "cmd": command, "params": params });
        self.post("goog/cdp/execute", command).await
    }

    /// The browser's console since the last call: blocked by a page's policy, not loaded, or failed
    /// in a script.
    pub(crate) async fn complaints(&self) -> Vec<String> {
        let log = self.post("se/log", json!({ "type": "browser" })).await;
        let lines = log.as_array().unwrap().iter();
        lines.map(|line| line["message"].to_string()).collect()
    }
}

/// Each command fails when the page that the element was on has been left.
impl Element {
    async fn post(&self, what: &str, body: Value) -> Result<Value, String> {
        let path = format!("element/{}/{what}", self.id);
        self.window.ask(Method::POST, &path, body).await
    }

    async fn get(&self, what: &str) -> Result<Value, String> {
        let path = format!("element/{}/{what}", self.id);
        self.window.ask(Method::GET, &path, Value::Null).await
    }

    pub(crate) async fn click(&self) -> Result<(), String> {
        self.post("click", json!({})).await.map(drop)
    }

    pub(crate) async fn clear(&self) -> Result<(), String> {
        self.post("clear", json!({})).await.map(drop)
    }

    pub(crate) async fn send_keys(&self, text: &str) -> Result<(), String> {
        let text = json!({ "text": text });
        self.post("value", text).await.map(drop)
    }

    /// Its visible text.
    pub(crate) async fn text(&self) -> Result<String, String> {
        let text = self.get("text").await?;
        Ok(text.as_str().unwrap_or_default().to_owned())
    }

    /// The value of a field.
    pub(crate) async fn value(&self) -> Result<String, String> {
        let value = self.get("property/value").await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    pub(crate) async fn is_selected(&self) -> Result<bool, String> {
        Ok(self.get("selected").await? == true)
    }

    /// Its markup.
    pub(crate) async fn html(&self) -> Result<String, String> {
        Ok(self.get("property/outerHTML").await?.to_string())
    }

    /// Every element below it on this `XPath`.
    pub(crate) async fn find(&self, path: &str) -> Result<Vec<Self>, String> {
        let wanted = json!({ "using": "xpath", "value": path });
        let found = self.post("elements", wanted).await?;
        Ok(self.window.elements(&found))
    }
}

/// The value of an answer, or what its error says.
async fn send(web: &Client, method: Method, url: &str, body: Value) -> Result<Value, String> {
    let mut request = web.request(method.clone(), url);
    if method == Method::POST {
        request = request.json(&body);
    }
    let answer = request.send().await.unwrap();
    let is_error = !answer.status().is_success();
    let mut answer: Value = answer.json().await.unwrap();
    let value = answer["value"].take();
    if is_error {
        return Err(format!("{}: {}", value["error"], value["message"]));
    }
    Ok(value)
}
