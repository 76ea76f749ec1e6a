//! A stand-in for a site of Jira Service Management: real HTTP, with a state of its own.
//!
//! It is faithful where a client gets hurt: an address that is taken is refused without the account,
//! new accounts are not found for minutes, pages are shorter than asked for, a list without
//! permission is empty, an open desk refuses removals, half of an act may be done in spite of a
//! refusal, and limits answer with a page for people. Every act is the caller's own act. It mails
//! nobody, and keeps a list of the acts that would have. Other calls are refused by name, so that a
//! new call does not fail silently.

pub mod account;
pub mod acts;
pub mod agent;
mod answer;
mod api;
mod call;
mod document;
pub mod fields;
mod gate;
mod jql;
mod limits;
pub mod organization;
pub mod page;
mod people;
mod platform;
pub mod refusal;
pub mod request;
pub mod request_type;
pub mod seed;
pub mod sender;
pub mod site;
pub mod view;
mod webhook;
pub mod workflow;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};

use axum::Json;
use axum::response::{IntoResponse, Response};
use http::Uri;
use jiff::Timestamp;
use serde_json::Value;
use tokio::net::TcpListener;

use crate::clock::MovableClock;
use crate::fault::FaultPlan;
use crate::file;

use answer::{Paging, Writer};
use limits::Limits;
use sender::Sender;
use site::Site;

/// The id of the site among all of Atlassian's.
pub const CLOUD: &str = "1f6d3c62-9a8e-4b7c-8a55-0d5cc0ffee17";

/// The stand-in. Cheap to clone; every clone is the same site.
#[derive(Debug, Clone)]
pub struct Jira {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    site: Mutex<Site>,
    /// The address of the site, without a trailing slash.
    base: String,
    clock: MovableClock,
    faults: Arc<FaultPlan>,
    limits: Limits,
    sender: Sender,
    file: Option<PathBuf>,
}

impl Jira {
    /// A site at an address.
    #[must_use]
    pub fn new(site: Site, base: String, clock: MovableClock, faults: Arc<FaultPlan>) -> Self {
        Self::with(site, base, clock, faults, None)
    }

    /// The site of a data directory: as it was when the bundle stopped, or the seeded one.
    ///
    /// # Errors
    ///
    /// If the kept site exists but cannot be read.
    pub fn kept_in(
        file: Option<PathBuf>,
        base: String,
        clock: MovableClock,
        faults: Arc<FaultPlan>,
    ) -> std::io::Result<Self> {
        let kept = match &file {
            Some(file) => file::read_json(file)?,
            None => None,
        };
        let site = kept.unwrap_or_else(|| seed::site(clock.now()));
        Ok(Self::with(site, base, clock, faults, file))
    }

    fn with(
        site: Site,
        base: String,
        clock: MovableClock,
        faults: Arc<FaultPlan>,
        file: Option<PathBuf>,
    ) -> Self {
        Self {
            inner: Arc::new(Inner {
                site: Mutex::new(site),
                base,
                clock,
                faults,
                limits: Limits::default(),
                sender: Sender::default(),
                file,
            }),
        }
    }

    /// Serves until it is dropped.
    ///
    /// # Errors
    ///
    /// If the listener breaks, which a loopback listener does not.
    pub async fn serve(self, listener: TcpListener) -> std::io::Result<()> {
        axum::serve(listener, api::router(self)).await
    }

    /// The address of the site, without a trailing slash.
    #[must_use]
    pub fn base(&self) -> &str {
        &self.inner.base
    }

    /// Sends the webhooks.
    #[must_use]
    pub fn sender(&self) -> &Sender {
        &self.inner.sender
    }

    /// Lifts the rate limits, for tests that are about something else.
    pub fn lift_limits(&self) {
        self.inner.limits.lift();
    }

    /// Looks at the site.
    pub fn read<T>(&self, look: impl FnOnce(&Site) -> T) -> T {
        look(&self.lock())
    }

    /// Changes the site, keeps it, and hands what happened to the webhooks.
    pub fn change<T>(&self, act: impl FnOnce(&mut Site) -> T) -> T {
        let mut site = self.lock();
        let now = self.now();
        site.now = now;
        let result = act(&mut site);
        let events = std::mem::take(&mut site.events);
        let writer = self.writer(&site);
        for event in &events {
            if let Some(delivery) = webhook::delivery(writer, event, now) {
                self.inner.sender.push(delivery);
            }
        }
        if let Some(file) = &self.inner.file
            && let Err(error) = file::write_json(file, &*site)
        {
            tracing::error!(%error, "the site could not be kept");
        }
        result
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.inner.clock.now()
    }

    fn writer<'a>(&'a self, site: &'a Site) -> Writer<'a> {
        Writer {
            site,
            base: &self.inner.base,
        }
    }

    /// A page of a list at an address.
    fn page(&self, uri: &Uri, paging: &Paging, all: Vec<Value>) -> Response {
        let query = uri.query().unwrap_or_default().split('&');
        let kept = query.filter(|part| {
            !part.is_empty() && !part.starts_with("start=") && !part.starts_with("limit=")
        });
        let kept = kept.collect::<Vec<_>>().join("&");
        let path = match kept.as_str() {
            "" => uri.path().to_owned(),
            kept => format!("{}?{kept}", uri.path()),
        };
        Json(answer::page(self.base(), &path, paging, all)).into_response()
    }

    fn lock(&self) -> MutexGuard<'_, Site> {
        let site = self.inner.site.lock();
        site.expect("no code panics while it holds the site")
    }
}
