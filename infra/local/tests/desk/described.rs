//! The answers of the stand-in, held against Atlassian's own description of the API.
//!
//! The description is not part of this project. The test needs the name of a file with it in
//! `JSM_OPENAPI`, and says so where it is not set.
#![expect(clippy::print_stderr, reason = "says why nothing was tested")]

use jsonschema::Validator;
use reqwest::Method;
use serde_json::{Value, json};

use super::Desk;

/// The variable with the name of the file.
const VARIABLE: &str = "JSM_OPENAPI";

/// The description, made ready for answers.
struct Description {
    document: Value,
}

impl Description {
    fn read() -> Option<Self> {
        let file = std::env::var_os(VARIABLE)?;
        let text = std::fs::read_to_string(file).unwrap();
        Some(Self {
            document: serde_json::from_str(&text).unwrap(),
        })
    }

    /// The schema of an answer; `None` if the description has none for it.
    fn schema(&self, method: &Method, path: &str, status: u16) -> Option<Validator> {
        let operation = &self.document["paths"][path][method.as_str().to_lowercase()];
        assert!(operation.is_object(), "{method} {path} is not described");
        let response = &operation["responses"][status.to_string()];
        assert!(
            response.is_object(),
            "{method} {path} does not answer {status}"
        );
        let schema = response["content"]["application/json"]["schema"].as_object()?;
        let mut schema = Value::from(schema.clone());
        schema["components"] = self.document["components"].clone();
        Some(jsonschema::validator_for(&schema).unwrap())
    }
}

/// A call and the path by which the description knows it.
type Call = (Method, String, &'static str, Option<Value>);

fn get(path: impl Into<String>, described: &'static str) -> Call {
    (Method::GET, path.into(), described, None)
}

fn send(method: Method, path: impl Into<String>, described: &'static str, body: Value) -> Call {
    (method, path.into(), described, Some(body))
}

#[tokio::test]
async fn answers_are_as_atlassian_describes_them() {
    let Some(description) = Description::read() else {
        eprintln!("skipped: {VARIABLE} names no file with the description of the API");
        return;
    };
    let desk = Desk::start().await;
    let mia = desk.customer("mia@acme.example").await;
    let noa = desk.customer("noa@acme.example").await;
    let acme = desk.organization("Acme").await;
    let key = desk.raised(&mia, "Grey").await;
    let calls = [
        desks(),
        customers(&mia),
        organizations(&mia, &acme),
        raising(&mia),
        requests(&noa, &key),
        revoking(&noa),
    ];
    for (method, path, described, body) in calls.into_iter().flatten() {
        let described = format!("/rest/servicedeskapi{described}");
        let path = format!("/rest/servicedeskapi{path}");
        let (status, answer) = desk.call(method.clone(), &path, body).await;
        if let Some(schema) = description.schema(&method, &described, status) {
            let faults: Vec<_> = schema
                .iter_errors(&answer)
                .map(|fault| fault.to_string())
                .collect();
            assert!(
                faults.is_empty(),
                "{method} {path} {status}: {faults:?}\n{answer}"
            );
        }
    }
}

/// Calls about desks and their types, with a refusal.
fn desks() -> Vec<Call> {
    let types = "/servicedesk/{serviceDeskId}/requesttype";
    let one = "/servicedesk/{serviceDeskId}/requesttype/{requestTypeId}";
    let fields = "/servicedesk/{serviceDeskId}/requesttype/{requestTypeId}/field";
    vec![
        get("/info", "/info"),
        get("/servicedesk", "/servicedesk"),
        get("/servicedesk/3", "/servicedesk/{serviceDeskId}"),
        get("/servicedesk/9", "/servicedesk/{serviceDeskId}"),
        get("/servicedesk/3/requesttype", types),
        get("/servicedesk/3/requesttype/12", one),
        get("/servicedesk/3/requesttype/12/field", fields),
    ]
}

/// Calls about customers, with their refusals.
fn customers(mia: &str) -> Vec<Call> {
    let all = "/customer";
    let strict = "/customer?strictConflictStatusCode=true";
    let described = "/servicedesk/{serviceDeskId}/customer";
    let list = "/servicedesk/3/customer";
    let eva = json!({"email": "eva@acme.example", "displayName": "Eva"});
    let ids = json!({"accountIds": [mia]});
    let strangers = json!({"accountIds": ["qm:nobody:1"]});
    vec![
        send(Method::POST, all, all, eva.clone()),
        send(Method::POST, strict, all, eva),
        send(
            Method::POST,
            all,
            all,
            json!({"email": "eva", "displayName": "Eva"}),
        ),
        send(Method::POST, list, described, ids.clone()),
        send(Method::POST, list, described, strangers),
        get(list, described),
        send(Method::DELETE, list, described, ids),
    ]
}

/// Calls about organisations, with their refusals.
fn organizations(mia: &str, acme: &str) -> Vec<Call> {
    let number: u64 = acme.parse().unwrap();
    let all = "/organization";
    let one = "/organization/{organizationId}";
    let members = (
        format!("/organization/{acme}/user"),
        "/organization/{organizationId}/user",
    );
    let property = "/organization/{organizationId}/property/{propertyKey}";
    let named = |key: &str| format!("/organization/{acme}/property/{key}");
    let attached = "/servicedesk/{serviceDeskId}/organization";
    let list = "/servicedesk/3/organization";
    let ids = json!({"accountIds": [mia]});
    let strangers = json!({"accountIds": ["qm:nobody:1"]});
    let organization = json!({"organizationId": number});
    vec![
        get(all, all),
        send(Method::POST, all, all, json!({"name": "Globex"})),
        send(Method::POST, all, all, json!({"name": ""})),
        get(format!("/organization/{acme}"), one),
        get("/organization/999", one),
        send(Method::POST, &members.0, members.1, ids.clone()),
        send(Method::POST, &members.0, members.1, strangers),
        get(&members.0, members.1),
        send(Method::DELETE, &members.0, members.1, ids),
        send(
            Method::PUT,
            named("lanyard"),
            property,
            json!({"id": "acme"}),
        ),
        get(named("lanyard"), property),
        get(named("other"), property),
        send(Method::POST, list, attached, organization.clone()),
        get(list, attached),
        send(Method::DELETE, list, attached, organization),
    ]
}

/// Calls that raise a request, and one that cannot.
fn raising(mia: &str) -> Vec<Call> {
    let all = "/request";
    let order = json!({
        "serviceDeskId": "3", "requestTypeId": "14", "raiseOnBehalfOf": mia,
        "requestFieldValues": {
            "summary": "More",
            "customfield_10046": {"value": "More seats"},
            "customfield_10047": 3,
        },
    });
    let incomplete = json!({"serviceDeskId": "3", "requestTypeId": "14"});
    vec![
        get(all, all),
        send(Method::POST, all, all, order),
        send(Method::POST, all, all, incomplete),
    ]
}

/// Calls about a request, with their refusals.
fn requests(noa: &str, key: &str) -> Vec<Call> {
    let of = |rest: &str| format!("/request/{key}{rest}");
    let comment = "/request/{issueIdOrKey}/comment";
    let participant = "/request/{issueIdOrKey}/participant";
    let transition = "/request/{issueIdOrKey}/transition";
    let ids = json!({"accountIds": [noa]});
    let close = json!({"id": "51"});
    let hello = json!({"body": "Hello", "public": true});
    vec![
        get(of(""), "/request/{issueIdOrKey}"),
        get("/request/SUP-1", "/request/{issueIdOrKey}"),
        get(of("/status"), "/request/{issueIdOrKey}/status"),
        send(Method::POST, of("/comment"), comment, hello),
        send(
            Method::POST,
            of("/comment"),
            comment,
            json!({"body": "Hello"}),
        ),
        get(of("/comment"), comment),
        send(Method::POST, of("/participant"), participant, ids.clone()),
        get(of("/participant"), participant),
        send(Method::DELETE, of("/participant"), participant, ids.clone()),
        send(Method::DELETE, of("/participant"), participant, ids),
        get(of("/transition"), transition),
        get(of("/approval"), "/request/{issueIdOrKey}/approval"),
        send(Method::POST, of("/transition"), transition, close.clone()),
        send(Method::POST, of("/transition"), transition, close),
    ]
}

/// The end of a customer's access, and of nobody's.
fn revoking(noa: &str) -> Vec<Call> {
    let described = "/customer/user/{accountId}/revoke-portal-only-access";
    let of = |id: &str| format!("/customer/user/{id}/revoke-portal-only-access");
    let revoke = |id: &str| (Method::PUT, of(id), described, None);
    vec![revoke(noa), revoke("qm:nobody:1")]
}
