//! The stand-in for Jira by itself, asked over HTTP as the client asks it.

mod customers;
mod described;
mod gate;
mod issues;
mod organizations;
mod requests;
mod told;
mod users;

use std::sync::Arc;

use local::clock::MovableClock;
use local::fault::{FaultPlan, JiraFaults};
use local::jira::Jira;
use local::jira::account::Right;
use local::jira::seed;
use local::jira::site::Token;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::task::JoinSet;

/// A site of one test's own.
struct Desk {
    jira: Jira,
    clock: MovableClock,
    faults: Arc<FaultPlan>,
    client: reqwest::Client,
    _serving: JoinSet<std::io::Result<()>>,
}

/// The status and body of an answer; the body is null if it is not JSON.
type Answer = (u16, Value);

impl Desk {
    /// A site with limits.
    async fn limited() -> Self {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0))
            .await
            .unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let (clock, faults) = (MovableClock::real(), Arc::<FaultPlan>::default());
        let site = seed::site(clock.now());
        let jira = Jira::new(site, base, clock.clone(), Arc::clone(&faults));
        let mut serving = JoinSet::new();
        serving.spawn(jira.clone().serve(listener));
        Self {
            jira,
            clock,
            faults,
            client: reqwest::Client::new(),
            _serving: serving,
        }
    }

    /// A site without limits.
    async fn start() -> Self {
        let desk = Self::limited().await;
        desk.jira.lift_limits();
        desk
    }

    /// Puts faults of this site into force.
    fn fault(&self, jira: JiraFaults) {
        let mut faults = self.faults.get();
        faults.jira = jira;
        self.faults.set(faults).unwrap();
    }

    /// A token for another account with these rights.
    fn as_somebody(&self, rights: &[Right]) -> (String, String) {
        let email = format!("{}@partner.example", rights.len());
        let id = self.jira.change(|site| {
            let id = site
                .create_customer(&email, "Some Body")
                .unwrap()
                .id
                .clone();
            let account = site.accounts.get_mut(&id).unwrap();
            account.rights = rights.iter().copied().collect();
            site.tokens.push(Token {
                account: id.clone(),
                secret: "other".to_owned(),
                scoped: false,
                expires: None,
            });
            id
        });
        assert!(self.jira.read(|site| site.account(&id).is_ok()));
        (email, "other".to_owned())
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        let address = format!("{}{path}", self.jira.base());
        self.client.request(method, address)
    }

    async fn call_as(
        &self,
        (email, token): (&str, &str),
        method: Method,
        path: &str,
        body: Option<Value>,
    ) -> Answer {
        let request = self.request(method, path).basic_auth(email, Some(token));
        let request = match &body {
            Some(body) => request.json(body),
            None => request,
        };
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let text = answer.text().await.unwrap();
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Answer {
        let caller = (seed::CALLER, seed::TOKEN);
        self.call_as(caller, method, path, body).await
    }

    async fn get(&self, path: &str) -> Answer {
        self.call(Method::GET, path, None).await
    }

    async fn post(&self, path: &str, body: Value) -> Answer {
        self.call(Method::POST, path, Some(body)).await
    }

    async fn put(&self, path: &str, body: Value) -> Answer {
        self.call(Method::PUT, path, Some(body)).await
    }

    async fn delete(&self, path: &str, body: Value) -> Answer {
        self.call(Method::DELETE, path, Some(body)).await
    }

    /// A new customer's account.
    async fn customer(&self, email: &str) -> String {
        let new = json!({"email": email, "displayName": email});
        let path = "/rest/servicedeskapi/customer?strictConflictStatusCode=true";
        let (status, user) = self.post(path, new).await;
        assert_eq!(status, 201, "{user}");
        user["accountId"].as_str().unwrap().to_owned()
    }

    /// A new organisation's id, in the form of a path.
    async fn organization(&self, name: &str) -> String {
        let path = "/rest/servicedeskapi/organization";
        let (status, made) = self.post(path, json!({"name": name})).await;
        assert_eq!(status, 201, "{made}");
        made["id"].as_str().unwrap().to_owned()
    }

    /// The key of a new request of a customer.
    async fn raised(&self, reporter: &str, summary: &str) -> String {
        let request = json!({
            "serviceDeskId": "3",
            "requestTypeId": "12",
            "requestFieldValues": {"summary": summary},
            "raiseOnBehalfOf": reporter,
        });
        let (status, made) = self.post("/rest/servicedeskapi/request", request).await;
        assert_eq!(status, 201, "{made}");
        made["issueKey"].as_str().unwrap().to_owned()
    }
}

/// The ids of the accounts in a page.
fn accounts(page: &Value) -> Vec<&str> {
    let values = page["values"].as_array().unwrap().iter();
    values
        .map(|user| user["accountId"].as_str().unwrap())
        .collect()
}

const OK: u16 = StatusCode::OK.as_u16();
const CREATED: u16 = StatusCode::CREATED.as_u16();
const DONE: u16 = StatusCode::NO_CONTENT.as_u16();
const REFUSED: u16 = StatusCode::BAD_REQUEST.as_u16();
const FORBIDDEN: u16 = StatusCode::FORBIDDEN.as_u16();
const MISSING: u16 = StatusCode::NOT_FOUND.as_u16();
const CONFLICT: u16 = StatusCode::CONFLICT.as_u16();
