//! Deliveries in the form in which API Gateway passes them to a hook.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use bytes::Bytes;
use hooks::scheme::{Scheme, sign};
use hooks::secret::Secret;
use http::{Method, Request};
use local::clock::MovableClock;
use local::lambda::gateway::{self, Envelope};
use local::local::LocalSource;
use serde_json::Value;
use tests::payloads;

/// An address of nobody (RFC 5737).
const SENDER: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));

/// A signed delivery to a hook, in payload format 2.0.
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

/// The same, signed with another secret.
pub(crate) fn forged(source: &LocalSource, function: &str, id: &str, body: &Value) -> Vec<u8> {
    let other = LocalSource {
        secret: "whsec_bm90IHRoZSBzZWNyZXQgdGhhdCB0aGlzIHNvdXJjZSBoYXM=".to_owned(),
        ..source.clone()
    };
    signed(&other, function, id, body)
}

/// Accepted deliveries to `request-created`, each of a new request.
#[derive(Debug)]
pub(crate) struct Deliveries {
    source: LocalSource,
    name: String,
    made: u32,
    sign: fn(&LocalSource, &str, &str, &Value) -> Vec<u8>,
}

impl Deliveries {
    /// Deliveries of a source, for requests whose keys begin with a name.
    pub(crate) fn of(source: &LocalSource, name: &str) -> Self {
        Self {
            source: source.clone(),
            // A key has neither spaces nor commas.
            name: name.replace([' ', ','], ""),
            made: 0,
            sign: signed,
        }
    }

    /// The same with wrong signatures.
    pub(crate) fn forged(mut self) -> Self {
        self.sign = forged;
        self
    }

    /// The next delivery, signed now: a signature is good for five minutes.
    pub(crate) fn next(&mut self) -> Vec<u8> {
        let key = format!("{}-{}", self.name, self.made);
        self.made += 1;
        let body = payloads::request_created(&key, MovableClock::real().now());
        (self.sign)(&self.source, "request-created", &key, &body)
    }
}
