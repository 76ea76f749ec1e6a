//! Somebody who looks at pages: a browser with cookies, in front of `self-service` alone.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{Method, Request};
use local::clock::MovableClock;
use local::gateway::{self, Envelope};
use serde_json::Value;

use crate::program::Program;

/// Addresses of a private network (RFC 1918), counted from here.
const NETWORK: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 1);

/// A browser and the function that answers it.
#[derive(Debug)]
pub(crate) struct Visitor {
    pub(crate) program: Program,
    cookies: BTreeMap<String, String>,
    /// Each request comes from elsewhere: who asks too often from one place is put off.
    sent: u32,
}

/// What the function answered.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u64,
    pub(crate) location: Option<String>,
    /// As it is sent: compressed, if it is.
    pub(crate) body: Vec<u8>,
}

impl Visitor {
    /// A browser that was never here.
    pub(crate) fn new(program: Program) -> Self {
        Self {
            program,
            cookies: BTreeMap::new(),
            sent: 0,
        }
    }

    /// The same browser before another instance of the function.
    pub(crate) fn before(self, program: Program) -> Self {
        Self { program, ..self }
    }

    /// The event of a request, which can be handed over more than once.
    pub(crate) fn event(&mut self, method: &Method, path: &str, form: Option<&str>) -> Vec<u8> {
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header("host", "desk.example")
            .header("user-agent", "Mozilla/5.0")
            .header("accept", "text/html")
            .header("accept-encoding", "gzip");
        if !cookies.is_empty() {
            request = request.header("cookie", cookies.join("; "));
        }
        if form.is_some() {
            request = request
                .header("content-type", "application/x-www-form-urlencoded")
                .header("sec-fetch-site", "same-origin");
        }
        self.sent += 1;
        let from = Ipv4Addr::from_bits(NETWORK.to_bits() + self.sent);
        let (parts, ()) = request.body(()).unwrap().into_parts();
        let envelope = Envelope {
            route_key: "$default".to_owned(),
            path_parameters: BTreeMap::new(),
            request_id: "visit",
            source_ip: IpAddr::V4(from),
            at: MovableClock::real().now(),
        };
        let body = Bytes::from(form.unwrap_or_default().to_owned());
        gateway::event(&parts, &body, &envelope)
            .to_string()
            .into_bytes()
    }

    /// The event of a form by which somebody asks for their link to be mailed.
    pub(crate) fn asks_for_link(&mut self, email: &str) -> Vec<u8> {
        let form = format!("email={}", email.replace('@', "%40"));
        self.event(&Method::POST, "/send-link", Some(&form))
    }

    /// Hands a request over and keeps the cookies of the answer.
    pub(crate) async fn send(&mut self, event: &[u8]) -> Page {
        let answer = self.program.invoke(event).await;
        for cookie in answer["cookies"].as_array().into_iter().flatten() {
            let pair = cookie.as_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let body = answer["body"].as_str().unwrap_or_default();
        Page {
            status: answer["statusCode"].as_u64().unwrap(),
            location: answer["headers"]["location"].as_str().map(str::to_owned),
            body: match answer["isBase64Encoded"] {
                Value::Bool(true) => STANDARD.decode(body).unwrap(),
                _ => body.as_bytes().to_owned(),
            },
        }
    }

    /// Opens a link, follows it, and says where it leads.
    pub(crate) async fn follow(&mut self, link: &str) -> String {
        let mut path = path_of(link).to_owned();
        for _ in 0..5 {
            let event = self.event(&Method::GET, &path, None);
            let page = self.send(&event).await;
            match page.location {
                Some(location) => path = location,
                None => return path,
            }
        }
        panic!("{link} leads round in a circle");
    }
}

/// What stands behind the host in an address.
pub(crate) fn path_of(link: &str) -> &str {
    let (_, rest) = link.split_once("://").unwrap();
    &rest[rest.find('/').unwrap()..]
}
