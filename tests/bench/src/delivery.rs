//! Deliveries as API Gateway hands them to a hook.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use bytes::Bytes;
use hooks::scheme::{Scheme, sign};
use hooks::secret::Secret;
use http::{Method, Request};
use local::clock::MovableClock;
use local::gateway::{self, Envelope};
use local::local::LocalSource;
use serde_json::{Value, json};

/// One that nobody has (RFC 5737).
const SENDER: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));

/// A signed delivery to a hook, as payload format 2.0 has it.
pub(crate) fn signed(source: &LocalSource, function: &str, id: &str, body: &Value) -> Vec<u8> {
    let at = MovableClock::real().now();
    let body = Bytes::from(body.to_string());
    let scheme = Scheme::new(&source.scheme, None).unwrap();
    let secret = Secret::parse(&scheme, &source.secret).unwrap();
    let signature = sign(&scheme, &secret, &id.parse().unwrap(), at, &body).unwrap();
    let (mut parts, ()) = Request::builder()
        .method(Method::POST)
        .uri(format!("/hooks/{}/{function}", source.id))
        .header("host", "desk.example")
        .header("user-agent", "forms/1.0")
        .header("content-type", "application/json")
        .header("content-length", body.len())
        .body(())
        .unwrap()
        .into_parts();
    parts.headers.extend(signature);
    let envelope = Envelope {
        route_key: format!("POST /hooks/{{source}}/{function}"),
        path_parameters: BTreeMap::from([("source".to_owned(), source.id.clone())]),
        request_id: id,
        source_ip: SENDER,
        at,
    };
    gateway::event(&parts, &body, &envelope)
        .to_string()
        .into_bytes()
}

/// The same with the signature of somebody who has another secret.
pub(crate) fn forged(source: &LocalSource, function: &str, id: &str, body: &Value) -> Vec<u8> {
    let other = LocalSource {
        secret: "whsec_bm90IHRoZSBzZWNyZXQgdGhhdCB0aGlzIHNvdXJjZSBoYXM=".to_owned(),
        ..source.clone()
    };
    signed(&other, function, id, body)
}

/// Accepted deliveries to `request-created`, each of a request of its own.
#[derive(Debug)]
pub(crate) struct Deliveries {
    source: LocalSource,
    name: String,
    made: u32,
    sign: fn(&LocalSource, &str, &str, &Value) -> Vec<u8>,
}

impl Deliveries {
    /// Of a source, for requests whose keys begin with a name.
    pub(crate) fn of(source: &LocalSource, name: &str) -> Self {
        Self {
            source: source.clone(),
            // A key has neither spaces nor commas.
            name: name.replace([' ', ','], ""),
            made: 0,
            sign: signed,
        }
    }

    /// The same with signatures that are refused.
    pub(crate) fn forged(mut self) -> Self {
        self.sign = forged;
        self
    }

    /// The next one, signed now: a signature is good for five minutes.
    pub(crate) fn next(&mut self) -> Vec<u8> {
        let key = format!("{}-{}", self.name, self.made);
        self.made += 1;
        let body = request_created(&key);
        (self.sign)(&self.source, "request-created", &key, &body)
    }
}

/// Somebody known, of a known organisation, asks for something new.
pub(crate) fn request_created(key: &str) -> Value {
    json!({
        "type": "request.created",
        "timestamp": MovableClock::real().now().to_string(),
        "data": {
            "request": {
                "key": key,
                "desk": "support",
                "type": "Incident",
                "summary": "The export stops at row 4,096",
                "description": "Since yesterday the monthly export ends early.\nThe file opens, but the last rows are missing.",
                "fields": {
                    "Product": "Reports",
                    "Urgency": "Somebody is blocked",
                    "Rows": 4096,
                },
                "url": format!("https://desk.example/requests/{key}"),
            },
            "reporter": { "email": "carmen@acme.example", "name": "Carmen Díaz" },
            "channel": "form",
        },
    })
}

/// The same with two colleagues, who are told of everything, too.
pub(crate) fn request_of_three(key: &str) -> Value {
    let mut body = request_created(key);
    body["data"]["participants"] = json!(["dora@acme.example", "emil@acme.example"]);
    body
}

/// An agent answers in public.
pub(crate) fn public_comment(key: &str, comment: &str) -> Value {
    json!({
        "type": "request.commented",
        "timestamp": MovableClock::real().now().to_string(),
        "data": {
            "request": { "key": key, "desk": "support" },
            "comment": {
                "id": comment,
                "author": { "name": "Pavel Agent", "role": "agent" },
                "body": "We have found the cause and are testing the repair.\n\nDoes it happen with the weekly export, too?",
                "public": true,
            },
        },
    })
}

/// A lead invites a colleague.
pub(crate) fn invitation(name: &str) -> Value {
    json!({
        "type": "customer.invited",
        "timestamp": MovableClock::real().now().to_string(),
        "data": {
            "organization": "acme",
            "invitees": [{ "email": format!("{name}@acme.example"), "name": name, "role": "member" }],
            "invited_by": "lena@acme.example",
            "message": "Welcome! You can follow our requests here.",
        },
    })
}

/// Somebody leaves an organisation.
pub(crate) fn leaving(name: &str) -> Value {
    json!({
        "type": "member.offboarded",
        "timestamp": MovableClock::real().now().to_string(),
        "data": {
            "organization": "acme",
            "member": { "email": format!("{name}@acme.example") },
            "reason": "left",
        },
    })
}
