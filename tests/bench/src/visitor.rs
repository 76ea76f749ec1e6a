//! A visitor of pages: a browser with cookies, in front of `self-service` alone.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::{Method, Request};
use local::clock::MovableClock;
use local::lambda::gateway::{self, Envelope};
use serde_json::Value;

use crate::program::Program;

/// The first address of a private network (RFC 1918) for visitors.
const NETWORK: Ipv4Addr = Ipv4Addr::new(10, 0, 0, 1);

/// A browser and the function that answers it.
#[derive(Debug)]
pub(crate) struct Visitor {
    pub(crate) program: Program,
    cookies: BTreeMap<String, String>,
    /// The number of requests. Each comes from another address, because one that asks too often is
    /// refused.
    sent: u32,
}

/// An answer of the function.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) status: u64,
    pub(crate) location: Option<String>,
    /// The body as sent, perhaps compressed.
    pub(crate) body: Vec<u8>,
}

impl Visitor {
    /// A browser without cookies.
    pub(crate) fn new(program: Program) -> Self {
        Self {
            program,
            cookies: BTreeMap::new(),
            sent: 0,
        }
    }

    /// The same browser in front of another instance of the function.
    pub(crate) fn before(self, program: Program) -> Self {
        Self { program, ..self }
    }

    /// The event of a request, which can be passed on more than once.
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

    /// The event of a form in which a person asks for their link.
    pub(crate) fn asks_for_link(&mut self, email: &str) -> Vec<u8> {
        let form = format!("email={}", email.replace('@', "%40"));
        self.event(&Method::POST, "/send-link", Some(&form))
    }

    /// Passes a request on and keeps the cookies of the answer.
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

    /// Opens a link, follows it, and returns where it leads.
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

/// The path of a link.
pub(crate) fn path_of(link: &str) -> &str {
    let (_, rest) = link.split_once("://").unwrap();
    &rest[rest.find('/').unwrap()..]
}
