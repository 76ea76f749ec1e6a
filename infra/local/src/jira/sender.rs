//! Delivers the site's webhooks, one after the other, and again if the answer asks for it.

use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use serde_json::Value;
use tokio::sync::{mpsc, watch};

use crate::clock::MovableClock;
use crate::local::{LocalSource, held};
use crate::signed::signed;

/// The number of times that a delivery is sent again.
const RETRIES: u32 = 5;
/// The longest wait for an answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// A webhook's delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The function that takes it.
    pub function: &'static str,
    /// The body.
    pub body: Bytes,
}

impl Delivery {
    pub(super) fn new(function: &'static str, body: &Value) -> Self {
        Self {
            function,
            body: body.to_string().into(),
        }
    }
}

/// The receiver of the webhooks.
#[derive(Debug, Clone)]
pub struct Target {
    /// The address before `/hooks`.
    pub base_url: String,
    /// The source in whose name they are signed.
    pub source: LocalSource,
}

/// The queue of deliveries.
#[derive(Debug)]
pub struct Sender {
    queue: mpsc::UnboundedSender<Delivery>,
    waiting: Mutex<Option<mpsc::UnboundedReceiver<Delivery>>>,
    target: Mutex<Option<Target>>,
    pushed: AtomicU64,
    done: watch::Sender<u64>,
}

impl Default for Sender {
    fn default() -> Self {
        let (queue, waiting) = mpsc::unbounded_channel();
        Self {
            queue,
            waiting: Mutex::new(Some(waiting)),
            target: Mutex::default(),
            pushed: AtomicU64::new(0),
            done: watch::Sender::new(0),
        }
    }
}

impl Sender {
    /// Sets the receiver. Before, deliveries go nowhere.
    pub fn aim(&self, target: Target) {
        *held(&self.target) = Some(target);
    }

    pub(super) fn push(&self, delivery: Delivery) {
        self.pushed.fetch_add(1, Ordering::SeqCst);
        // Nobody receives after the end of the bundle.
        let _ = self.queue.send(delivery);
    }

    /// The number of deliveries so far.
    #[must_use]
    pub fn pushed(&self) -> u64 {
        self.pushed.load(Ordering::SeqCst)
    }

    /// Returns when every delivery was answered or given up.
    pub async fn settle(&self) {
        let mut done = self.done.subscribe();
        // The sender is this, so it is not gone.
        let _ = done.wait_for(|done| *done >= self.pushed()).await;
    }

    /// Delivers until it is dropped. `pause` is the time before a delivery is sent again.
    pub async fn run(&self, clock: MovableClock, pause: Duration) {
        let Some(mut waiting) = held(&self.waiting).take() else {
            return;
        };
        let client = reqwest::Client::new();
        let mut number = 0_u64;
        while let Some(delivery) = waiting.recv().await {
            number += 1;
            let target = held(&self.target).clone();
            if let Some(target) = target {
                let id = format!("{:x}-{number}", clock.now().as_millisecond());
                send(&client, &target, &delivery, &id, &clock, pause).await;
            }
            self.done.send_replace(number);
        }
    }
}

/// Sends a delivery until it is taken, refused for good, or was sent often enough.
async fn send(
    client: &reqwest::Client,
    target: &Target,
    delivery: &Delivery,
    id: &str,
    clock: &MovableClock,
    pause: Duration,
) {
    let function = delivery.function;
    let address = format!("{}/hooks/{}/{function}", target.base_url, target.source.id);
    for attempt in 0..=RETRIES {
        let Some(headers) = signed(&target.source, id, clock.now(), &delivery.body) else {
            tracing::error!(source = target.source.id, "a webhook cannot be signed");
            return;
        };
        let request = client
            .post(&address)
            .timeout(PATIENCE)
            .headers(headers)
            .header("content-type", "application/json; charset=utf-8")
            .header("x-atlassian-webhook-flow", "Primary")
            .header("x-atlassian-webhook-retry", attempt)
            .body(delivery.body.clone());
        match request.send().await {
            Ok(answer) if answer.status().is_success() => return,
            Ok(answer) if !is_retried(answer.status()) => {
                let (status, text) = (answer.status(), answer.text().await.unwrap_or_default());
                tracing::warn!(%status, function, text, "a webhook was refused");
                return;
            }
            Ok(_) | Err(_) => tokio::time::sleep(pause).await,
        }
    }
    tracing::warn!(function, "a webhook was given up");
}

fn is_retried(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 409 | 425 | 429) || status.is_server_error()
}
