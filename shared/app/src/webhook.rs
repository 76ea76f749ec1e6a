//! A delivery from the first byte to the answer: verify, parse, load, decide, commit, answer.

mod carry_out;
mod genuine;
mod invite_customers;
mod keys;
mod learn;
mod offboard_member;
mod record_request;
mod settle;
mod unread;
mod update_request;

use std::{net::IpAddr, sync::Arc, time::Duration};

use domain::{DeliveryId, SourceId, Timestamp};
use hooks::{
    function::Function,
    problem::Problem,
    read::{self, Read},
    scheme,
    source::Source,
};
use http::HeaderMap;
use jiff::SignedDuration;
use sha2::{Digest, Sha256};
use store::Answer;

use crate::{
    AppError, Core, Metric,
    settings::{Registered, Settings},
};
use carry_out::UseCase;
use genuine::Genuine;

/// The largest body that is read: 256 KiB, an eighth of what API Gateway would pass on.
pub const MAX_BODY: usize = 256 * 1024;
/// Seconds after which a sender should try again when the store was not available.
const RETRY_AFTER: u32 = 5;
/// How long before its deadline a delivery that is not through is answered. Calls that hang may take
/// longer together than a function has, and who waits for it must learn that they should try again.
const MARGIN: SignedDuration = SignedDuration::from_millis(500);
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
    /// When the function must have answered.
    pub deadline: Option<Timestamp>,
}

/// What the sender is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// The event was taken, now or before.
    Answer {
        /// Status and body.
        answer: Answer,
        /// Whether this is the answer to an earlier delivery of the same id.
        replayed: bool,
    },
    /// It was not.
    Problem(Problem),
}

/// Receives deliveries for one function.
#[derive(Debug)]
pub struct Receiver {
    core: Core,
    settings: Settings,
    function: Function,
    use_case: UseCase,
}

impl Receiver {
    /// A receiver of what `request-created` is sent.
    #[must_use]
    pub fn request_created(core: Core) -> Self {
        Self::new(core, Function::RequestCreated, carry_out::request_created)
    }

    /// A receiver of what `request-updated` is sent.
    #[must_use]
    pub fn request_updated(core: Core) -> Self {
        Self::new(core, Function::RequestUpdated, carry_out::request_updated)
    }

    /// A receiver of what `customer-invited` is sent.
    #[must_use]
    pub fn customer_invited(core: Core) -> Self {
        Self::new(core, Function::CustomerInvited, carry_out::customer_invited)
    }

    /// A receiver of what `member-offboarded` is sent.
    #[must_use]
    pub fn member_offboarded(core: Core) -> Self {
        Self::new(
            core,
            Function::MemberOffboarded,
            carry_out::member_offboarded,
        )
    }

    fn new(core: Core, function: Function, use_case: UseCase) -> Self {
        Self {
            settings: Settings::new(core.clone()),
            core,
            function,
            use_case,
        }
    }

    /// Takes a delivery. Whatever comes, there is an answer.
    pub async fn receive(&self, incoming: &Incoming<'_>) -> Reply {
        let began = self.core.now();
        let reply = match self.take_in_time(incoming, began).await {
            Ok(reply) => reply,
            Err(error) => {
                tracing::error!(
                    error = &error as &dyn std::error::Error,
                    retryable = error.retryable(),
                    "delivery not taken"
                );
                Reply::Problem(Problem::unavailable(RETRY_AFTER))
            }
        };
        self.log(incoming, &reply, began);
        reply
    }

    /// What is cut off here is either done or not: the next delivery of the same id finds out.
    async fn take_in_time(
        &self,
        incoming: &Incoming<'_>,
        began: Timestamp,
    ) -> Result<Reply, AppError> {
        let taking = Box::pin(self.take(incoming));
        let Some(deadline) = incoming.deadline else {
            return taking.await;
        };
        let left = Duration::try_from(deadline.duration_since(began) - MARGIN);
        match tokio::time::timeout(left.unwrap_or_default(), taking).await {
            Ok(taken) => taken,
            Err(_) => Err(AppError::OutOfTime),
        }
    }

    async fn take(&self, incoming: &Incoming<'_>) -> Result<Reply, AppError> {
        if incoming.body.len() > MAX_BODY {
            return Ok(Reply::Problem(Problem::too_large()));
        }
        let now = self.core.now();
        let Some((registered, id)) = self.verify(incoming, now).await? else {
            return Ok(Reply::Problem(Problem::unauthorized()));
        };
        let source = &registered.source;
        if !incoming
            .address
            .map_or(source.addresses.is_empty(), |from| source.admits(from))
        {
            return Ok(Reply::Problem(Problem::address_not_allowed()));
        }
        if let Some(problem) = self.over_rate(source, now).await? {
            return Ok(Reply::Problem(problem));
        }
        let delivery = Genuine {
            source,
            id,
            payload_sha256: Sha256::digest(incoming.body).into(),
            body: incoming.body,
            deadline: incoming.deadline,
        };
        if !read::is_declared_json(incoming.headers) {
            return self
                .keep(&delivery, Problem::unsupported_media_type())
                .await;
        }
        let read = match self.parse(&delivery, now).await? {
            Ok(read) => read,
            Err(reply) => return Ok(reply),
        };
        match read {
            Read::Events { events, .. } => self.carry_out(&delivery, events).await,
            Read::Nothing(reason) => self.note_nothing(&delivery, reason, now).await,
        }
    }

    /// Who sent this, and in which delivery; `None` for every kind of doubt, in the same time.
    async fn verify(
        &self,
        incoming: &Incoming<'_>,
        now: Timestamp,
    ) -> Result<Option<(Arc<Registered>, DeliveryId)>, AppError> {
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
            (Ok(verified), Some(known)) => Ok(Some((known, verified.delivery_id))),
            (Ok(_), None) => Ok(None),
            (Err(error), _) => {
                tracing::warn!(reason = error.reason(), "signature refused");
                self.core.count(Metric::Unauthorized);
                Ok(None)
            }
        }
    }

    /// Counts the delivery against the source's own rate, where an administrator set one.
    async fn over_rate(
        &self,
        source: &Source,
        now: Timestamp,
    ) -> Result<Option<Problem>, AppError> {
        let Some(limit) = source.deliveries_per_minute else {
            return Ok(None);
        };
        let scope = format!("source:{}", source.id);
        let verdict = self
            .core
            .store
            .count_hit(&scope, RATE_WINDOW, limit, now)
            .await?;
        Ok(match verdict {
            store::Rate::Allowed => None,
            store::Rate::Limited { retry_after } => {
                let seconds = u32::try_from(retry_after.as_secs()).unwrap_or(RATE_WINDOW);
                Some(Problem::too_many_requests(seconds.max(1)))
            }
        })
    }

    /// What the body says, with the accounts that it names looked up.
    async fn parse(
        &self,
        delivery: &Genuine<'_>,
        now: Timestamp,
    ) -> Result<Result<Read, Reply>, AppError> {
        let payload = match read::payload(delivery.source, self.function, delivery.body) {
            Ok(payload) => payload,
            Err(error) => return self.not_read(delivery, &error).await.map(Err),
        };
        let acquainted = self.acquainted(delivery, &payload).await?;
        let people = &acquainted.people;
        match read::read(delivery.source, self.function, payload, people, now) {
            Ok(read) => {
                if let Read::Events { learned, .. } = &read {
                    self.learn(delivery, &acquainted, learned, now).await?;
                }
                Ok(Ok(read))
            }
            Err(error) => self.not_read(delivery, &error).await.map(Err),
        }
    }

    fn log(&self, incoming: &Incoming<'_>, reply: &Reply, began: Timestamp) {
        let (status, replayed, code) = match reply {
            Reply::Answer { answer, replayed } => (answer.status, *replayed, None),
            Reply::Problem(problem) => (problem.status, false, problem.code.as_deref()),
        };
        // A name that is no source's could be anything, an address for example.
        let source = incoming.source.parse::<SourceId>().ok();
        let duration = self.core.now().duration_since(began);
        tracing::info!(
            function = self.function.as_str(),
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
