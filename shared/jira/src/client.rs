//! One call: its pace, its request, its answer.

use std::{
    fmt,
    pin::Pin,
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use connections::{Connections, TlsError};
use http::{HeaderValue, Request as HttpRequest, Response, header};
use http_body_util::Full;
use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use rustls::RootCertStore;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::time::timeout;

use crate::{
    answer::{self, Meaning},
    endpoint::Endpoint,
    error::{Cause, Error, Failure, Said},
    id::IssueKey,
    limits::{Limits, Pauses, Scope},
    site::{Credentials, InvalidSite, Site},
};

/// The characters of a path's segment or a query's value that stand for themselves (RFC 3986 §2.3).
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The longest wait for a connection, TLS included.
const CONNECT: Duration = Duration::from_secs(5);
/// The number of bytes of the longest answer. A page of Jira's is a few hundred kilobytes at most.
const LONGEST_ANSWER: usize = 8 << 20;

/// Time, handed in by the caller.
pub trait Timer: fmt::Debug + Send + Sync {
    /// The instant it is.
    fn now(&self) -> Timestamp;

    /// Returns after this time.
    fn wait(&self, time: Duration) -> Pin<Box<dyn Future<Output = ()> + Send + '_>>;
}

/// The connections to Jira. Clones share them, and clients of several sites may.
#[derive(Debug, Clone)]
pub struct Transport(Connections<Full<Bytes>>);

impl Transport {
    /// Connections that trust the public roots, as browsers do (`docs/adr/0038`).
    ///
    /// # Errors
    /// If there is no TLS.
    pub fn public() -> Result<Self, TlsError> {
        Self::trusting(RootCertStore {
            roots: webpki_roots::TLS_SERVER_ROOTS.into(),
        })
    }

    /// Connections that trust the certificates of a PEM file alone.
    ///
    /// # Errors
    /// If it holds none.
    pub fn trusting_pem(pem: &[u8]) -> Result<Self, TlsError> {
        Self::trusting(connections::from_pem(pem)?)
    }

    fn trusting(roots: RootCertStore) -> Result<Self, TlsError> {
        Ok(Self(Connections::new(connections::Settings {
            tls: Some(connections::over(roots)?),
            connect: CONNECT,
            longest: LONGEST_ANSWER,
        })))
    }
}

/// The times that a client keeps to.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// The longest wait for the pace or a pause within a call. A longer one is [`Failure::Wait`].
    pub patience: Duration,
    /// The longest wait for an answer.
    pub answer: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            patience: Duration::from_secs(5),
            answer: Duration::from_secs(20),
        }
    }
}

/// A client of one site. Clones share its pace and its pauses.
#[derive(Clone)]
pub struct Client(Arc<Inner>);

struct Inner {
    site: Site,
    authorization: HeaderValue,
    transport: Transport,
    timer: Arc<dyn Timer>,
    settings: Settings,
    limits: Mutex<Limits>,
    calls: AtomicU64,
}

/// A request in the making.
pub(crate) struct Request {
    pub(crate) endpoint: Endpoint,
    path: String,
    query: Vec<(&'static str, String)>,
    body: Option<Value>,
    written: Option<IssueKey>,
}

impl Request {
    /// A request for a path of which every segment is encoded already.
    pub(crate) fn new(endpoint: Endpoint, path: impl Into<String>) -> Self {
        Self {
            endpoint,
            path: path.into(),
            query: Vec::new(),
            body: None,
            written: None,
        }
    }

    pub(crate) fn query(mut self, name: &'static str, value: &dyn fmt::Display) -> Self {
        self.query.push((name, value.to_string()));
        self
    }

    pub(crate) fn body(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    /// Names the issue that the request writes to.
    pub(crate) fn writes(mut self, issue: &IssueKey) -> Self {
        self.written = Some(issue.clone());
        self
    }

    fn target(&self, site: &Site) -> String {
        let mut target = format!("{site}{}", self.path);
        for (index, (name, value)) in self.query.iter().enumerate() {
            target.push(if index == 0 { '?' } else { '&' });
            target.push_str(name);
            target.push('=');
            target.push_str(&segment(value));
        }
        target
    }
}

/// A text as a segment of a path.
pub(crate) fn segment(text: impl AsRef<str>) -> String {
    utf8_percent_encode(text.as_ref(), PLAIN).to_string()
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("site", &self.0.site)
            .finish_non_exhaustive()
    }
}

impl Client {
    /// A client that has not called yet.
    ///
    /// # Errors
    /// If the credentials cannot be sent, because they have a control character.
    pub fn new(
        site: Site,
        credentials: &Credentials,
        transport: Transport,
        timer: Arc<dyn Timer>,
        settings: Settings,
    ) -> Result<Self, InvalidSite> {
        Ok(Self(Arc::new(Inner {
            site,
            authorization: credentials.header().ok_or(InvalidSite::Credentials)?,
            transport,
            timer,
            settings,
            limits: Mutex::default(),
            calls: AtomicU64::new(0),
        })))
    }

    /// The site that it calls.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.0.site
    }

    /// The number of calls that were sent.
    #[must_use]
    pub fn calls(&self) -> u64 {
        self.0.calls.load(Ordering::Relaxed)
    }

    /// The pauses that Jira asked for and that are not over.
    #[must_use]
    pub fn pauses(&self) -> Pauses {
        let now = self.0.timer.now();
        let mut limits = self.limits();
        limits.pauses.tidy(now);
        limits.pauses.clone()
    }

    /// Honours pauses that another client was asked for.
    pub fn honour(&self, pauses: &Pauses) {
        self.limits().pauses.merge(pauses);
    }

    /// Waits until a failed call may be sent again: until the instant that Jira named or, if it named
    /// none, for two seconds after the first failure, doubled by each, and thirty at most.
    pub async fn wait_out(&self, error: &Error, failures: u32) {
        let wait = match error.wait_until() {
            Some(until) => duration(self.0.timer.now(), until),
            None => Duration::from_secs((2 << failures.saturating_sub(1).min(4)).min(30)),
        };
        self.0.timer.wait(wait).await;
    }

    /// Sends a request whose answer has a body.
    pub(crate) async fn ask<T: DeserializeOwned>(&self, request: Request) -> Result<T, Error> {
        let endpoint = request.endpoint;
        let answer = self.send(request).await?;
        serde_json::from_slice(answer.body()).map_err(|_| {
            let failure = Failure::retry(Cause::Unreadable, true);
            let status = answer.status().as_u16();
            Error::answered(endpoint, failure, status, Said::of(answer.body()))
        })
    }

    /// Sends a request of whose answer only the status counts.
    pub(crate) async fn tell(&self, request: Request) -> Result<(), Error> {
        self.send(request).await.map(drop)
    }

    async fn send(&self, request: Request) -> Result<Response<Bytes>, Error> {
        let endpoint = request.endpoint;
        self.turn(&request).await?;
        let http = self.http(&request)?;
        self.0.calls.fetch_add(1, Ordering::Relaxed);
        let sent = timeout(self.0.settings.answer, self.0.transport.0.send(http)).await;
        let late = |_| Error::new(endpoint, Failure::retry(Cause::Late, true));
        let answer = sent
            .map_err(late)?
            .map_err(|error| Error::new(endpoint, of_connection(&error)))?;
        self.judge(&request, answer)
    }

    /// Waits for the request's turn, or tells that it is too far away.
    async fn turn(&self, request: &Request) -> Result<(), Error> {
        let (endpoint, written) = (request.endpoint, request.written.as_ref());
        let now = self.0.timer.now();
        let wait = {
            let mut limits = self.limits();
            let (scope, until) = match limits.paused(endpoint, written, now) {
                Some((scope, until)) => (scope, until),
                None => (Scope::Endpoint(endpoint), now),
            };
            let wait = duration(now, until);
            if wait > self.0.settings.patience {
                return Err(waits(endpoint, scope, until));
            }
            let leaves = limits.reserve(endpoint, written, now);
            wait.max(duration(now, leaves))
        };
        if !wait.is_zero() {
            self.0.timer.wait(wait).await;
        }
        Ok(())
    }

    fn http(&self, request: &Request) -> Result<HttpRequest<Full<Bytes>>, Error> {
        let mut builder = HttpRequest::builder()
            .method(request.endpoint.method())
            .uri(request.target(&self.0.site))
            .header(header::AUTHORIZATION, &self.0.authorization)
            .header(header::ACCEPT, "application/json")
            .header(header::USER_AGENT, "lanyard")
            // Harmless where it is not needed.
            .header("x-experimentalapi", "opt-in");
        let mut body = Bytes::new();
        if let Some(value) = &request.body {
            builder = builder.header(header::CONTENT_TYPE, "application/json");
            body = value.to_string().into();
        }
        builder
            .body(Full::new(body))
            .map_err(|_| Error::new(request.endpoint, Failure::Refused))
    }

    /// The answer, or the failure that it is.
    fn judge(&self, request: &Request, answer: Response<Bytes>) -> Result<Response<Bytes>, Error> {
        let (endpoint, written) = (request.endpoint, request.written.as_ref());
        let now = self.0.timer.now();
        let status = answer.status();
        let headers = answer.headers();
        let failure = match answer::meaning(endpoint, written, status, headers, answer.body(), now)
        {
            Meaning::Done => {
                self.limits().taken(endpoint, written);
                return Ok(answer);
            }
            Meaning::Failed(failure) => failure,
            Meaning::Wait {
                scope,
                until,
                reason,
            } => self.pause(scope, until, reason, now),
        };
        let said = Said::of(answer.body());
        Err(Error::answered(endpoint, failure, status.as_u16(), said))
    }

    fn pause(
        &self,
        scope: Scope,
        until: Option<Timestamp>,
        reason: Option<String>,
        now: Timestamp,
    ) -> Failure {
        let mut limits = self.limits();
        let until = until.unwrap_or_else(|| {
            let time = limits.untold(&scope);
            now.saturating_add(time).unwrap_or(Timestamp::MAX)
        });
        limits.pauses.add(scope.clone(), until);
        Failure::Wait {
            scope,
            until,
            reason,
        }
    }

    fn limits(&self) -> MutexGuard<'_, Limits> {
        self.0
            .limits
            .lock()
            .expect("nothing panics while it holds the limits")
    }
}

fn duration(from: Timestamp, to: Timestamp) -> Duration {
    Duration::try_from(to.duration_since(from)).unwrap_or(Duration::ZERO)
}

fn waits(endpoint: Endpoint, scope: Scope, until: Timestamp) -> Error {
    let failure = Failure::Wait {
        scope,
        until,
        reason: None,
    };
    Error::new(endpoint, failure)
}

fn of_connection(error: &connections::Error) -> Failure {
    match error {
        connections::Error::Timeout(_) | connections::Error::Unsent(_) => {
            Failure::retry(Cause::Unreachable, false)
        }
        connections::Error::Lost(_) => Failure::retry(Cause::Lost, true),
        connections::Error::Unusable(_) => Failure::Refused,
    }
}
