//! A delivery from the first byte to the answer: verify, parse, load, decide, commit, answer.

mod customer_invited;
mod delivery;
mod hook;
mod learn;
mod member_offboarded;
mod request_created;
mod request_updated;
mod settle;
mod unread;

use std::{fmt, marker::PhantomData, net::IpAddr, sync::Arc};

use domain::{DeliveryId, Event, SourceId, Timestamp};
use hooks::{
    problem::Problem,
    read::{self, Read, ReadError},
    scheme,
    source::Source,
};
use http::HeaderMap;
use sha2::{Digest, Sha256};
use store::Answer;

use crate::{
    AppError, Metric, Services,
    path::limits::Limit,
    path::settings::{Registered, Settings},
    path::{Deadline, Margin, Stop},
};
pub use customer_invited::CustomerInvited;
pub use delivery::VerifiedDelivery;
pub use hook::{Found, Hook};
pub use member_offboarded::MemberOffboarded;
pub use request_created::RequestCreated;
pub use request_updated::RequestUpdated;

/// The largest body that is read: 256 KiB, an eighth of what API Gateway would pass on.
pub const MAX_BODY: usize = 256 * 1024;
/// Seconds after which a sender should try again when the store was not available.
const RETRY_AFTER: u32 = 5;
/// Seconds over which a source's deliveries are counted.
const RATE_WINDOW: u32 = 60;

/// One HTTP request to `/hooks/{source}/{function}`, as it came.
#[derive(Debug)]
pub struct Incoming<'a> {
    /// The source's name in the path, whatever stands there.
    pub source: &'a str,
    /// The headers.
    pub headers: &'a HeaderMap,
    /// The body, byte for byte.
    pub body: &'a [u8],
    /// From where it came, as API Gateway saw it.
    pub address: Option<IpAddr>,
    /// The instant by which the function has to have answered.
    pub deadline: Deadline,
}

/// The reply to a sender.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// The event was taken, now or before.
    Answer {
        /// Status and body.
        answer: Answer,
        /// Tells whether this is the answer to an earlier delivery of the same id.
        replayed: bool,
    },
    /// It was not.
    Problem(Problem),
}

impl Reply {
    fn taken(answer: Answer) -> Self {
        Self::Answer {
            answer,
            replayed: false,
        }
    }
}

/// The content of a body.
enum Parsed {
    Events(Vec<Event>),
    /// Well-formed, and of no consequence; the reason in a few words.
    Nothing(&'static str),
    Unreadable(ReadError),
}

/// Receives the deliveries of one webhook.
pub struct Receiver<H> {
    services: Services,
    settings: Settings,
    hook: PhantomData<fn() -> H>,
}

impl<H> fmt::Debug for Receiver<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver").finish_non_exhaustive()
    }
}

impl<H: Hook> Receiver<H> {
    /// A receiver with everything that use cases need.
    #[must_use]
    pub fn new(services: Services) -> Self {
        Self {
            settings: Settings::new(services.clone()),
            services,
            hook: PhantomData,
        }
    }

    /// Takes a delivery. Whatever comes, there is an answer.
    pub async fn receive(&self, incoming: &Incoming<'_>) -> Reply {
        let began = self.services.now();
        let reply = match self.take_in_time(incoming, began).await {
            Ok(reply) => reply,
            Err(stop) => Reply::Problem(problem_of(stop)),
        };
        self.log(incoming, &reply, began);
        reply
    }

    /// Takes a delivery, or stops before the time is up: calls that hang may together take longer than
    /// a function has, and the sender must learn to try again. A delivery that is cut off is either
    /// done or not; the next one of the same id finds out.
    async fn take_in_time(&self, incoming: &Incoming<'_>, began: Timestamp) -> Result<Reply, Stop> {
        let taking = Box::pin(self.take(incoming));
        let taken = incoming.deadline.cut(Margin::Answer, began, taking);
        taken.await?
    }

    async fn take(&self, incoming: &Incoming<'_>) -> Result<Reply, Stop> {
        if incoming.body.len() > MAX_BODY {
            return Ok(Reply::Problem(Problem::too_large()));
        }
        let now = self.services.now();
        let (registered, id) = self.verify(incoming, now).await?;
        let source = &registered.source;
        if !incoming
            .address
            .map_or(source.addresses.is_empty(), |from| source.admits(from))
        {
            return Ok(Reply::Problem(Problem::address_not_allowed()));
        }
        self.count_rate(source, now).await?;
        let delivery = VerifiedDelivery {
            source,
            id,
            payload_sha256: Sha256::digest(incoming.body).into(),
            body: incoming.body,
            deadline: incoming.deadline,
        };
        if !read::is_declared_json(incoming.headers) {
            let problem = Problem::unsupported_media_type();
            return self.keep(&delivery, problem).await;
        }
        let taken = match self.parse(&delivery, now).await? {
            Parsed::Events(events) => self.take_events(&delivery, events).await,
            Parsed::Nothing(reason) => {
                tracing::info!(reason, "payload of no consequence");
                self.note(&delivery).await
            }
            Parsed::Unreadable(error) => self.not_read(&delivery, &error).await,
        };
        match taken {
            Err(Stop::Refused(refusal)) => self.refuse(&delivery, &refusal).await,
            taken => taken,
        }
    }

    /// Finds the sender and the delivery's id. Every kind of doubt takes the same time.
    ///
    /// # Errors
    /// [`Stop::Closed`] when it is not certain who sent this.
    async fn verify(
        &self,
        incoming: &Incoming<'_>,
        now: Timestamp,
    ) -> Result<(Arc<Registered>, DeliveryId), Stop> {
        let registered = match incoming.source.parse::<SourceId>() {
            Ok(id) => self.settings.source(&id).await?,
            Err(_) => None,
        };
        let (headers, body) = (incoming.headers, incoming.body);
        let verdict = match &registered {
            Some(known) => scheme::verify(&known.source.scheme, headers, body, &known.secrets, now),
            None => Err(scheme::verify_decoy(headers, body, now)),
        };
        match (verdict, registered) {
            (Ok(verified), Some(known)) => Ok((known, verified.delivery_id)),
            (Ok(_), None) => Err(Stop::Closed),
            (Err(error), _) => {
                tracing::warn!(reason = error.reason(), "signature refused");
                self.services.count(Metric::Unauthorized);
                Err(Stop::Closed)
            }
        }
    }

    /// Counts the delivery against the source's own rate, where an administrator set one.
    async fn count_rate(&self, source: &Source, now: Timestamp) -> Result<(), Stop> {
        let Some(hits) = source.deliveries_per_minute else {
            return Ok(());
        };
        let limit = Limit {
            hits,
            seconds: RATE_WINDOW,
        };
        let scope = format!("source:{}", source.id);
        match self.services.over(&scope, limit, now).await? {
            Some(wait) => Err(Stop::Later(wait)),
            None => Ok(()),
        }
    }

    /// Parses the body, with the accounts that it names looked up.
    async fn parse(
        &self,
        delivery: &VerifiedDelivery<'_>,
        now: Timestamp,
    ) -> Result<Parsed, AppError> {
        let payload = match read::payload(delivery.source, H::FUNCTION, delivery.body) {
            Ok(payload) => payload,
            Err(error) => return Ok(Parsed::Unreadable(error)),
        };
        let acquainted = self.acquainted(delivery, &payload).await?;
        let people = &acquainted.people;
        Ok(
            match read::read(delivery.source, H::FUNCTION, payload, people, now) {
                Ok(Read::Events { events, learned }) => {
                    self.learn(delivery, &acquainted, &learned, now).await?;
                    Parsed::Events(events)
                }
                Ok(Read::Nothing(reason)) => Parsed::Nothing(reason),
                Err(error) => Parsed::Unreadable(error),
            },
        )
    }

    fn log(&self, incoming: &Incoming<'_>, reply: &Reply, began: Timestamp) {
        let (status, replayed, code) = match reply {
            Reply::Answer { answer, replayed } => (answer.status, *replayed, None),
            Reply::Problem(problem) => (problem.status, false, problem.code.as_deref()),
        };
        // A name that is no source's could be anything, an address for example.
        let source = incoming.source.parse::<SourceId>().ok();
        let duration = self.services.now().duration_since(began);
        tracing::info!(
            function = H::FUNCTION.as_str(),
            source.id = source.as_ref().map(SourceId::as_str),
            answer.status = status,
            answer.replayed = replayed,
            answer.code = code,
            body.bytes = incoming.body.len(),
            duration_ms = i64::try_from(duration.as_millis()).unwrap_or(i64::MAX),
            "delivery answered"
        );
    }
}

/// The answer to a delivery that was not taken.
fn problem_of(stop: Stop) -> Problem {
    match stop {
        Stop::Closed => Problem::unauthorized(),
        Stop::Refused(refusal) => Problem::refused(&refusal),
        Stop::Later(wait) => {
            let seconds = u32::try_from(wait.as_secs()).unwrap_or(u32::MAX);
            Problem::too_many_requests(seconds.max(1))
        }
        // Pages alone have forms, and things that go.
        Stop::Gone | Stop::ForeignForm => Problem::unavailable(RETRY_AFTER),
        Stop::Failed(error) => {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                retryable = error.retryable(),
                "delivery not taken"
            );
            Problem::unavailable(RETRY_AFTER)
        }
    }
}
