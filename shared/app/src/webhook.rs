//! A delivery from the first byte to the answer: verify, parse, load, decide, commit, answer.

mod invite_customers;
mod offboard_member;
mod record_request;
mod update_request;

use std::{collections::BTreeMap, net::IpAddr, sync::Arc};

use domain::{
    Actor, Code, DeliveryId, EmailAddress, Event, Evidence, Outcome, Proof, Refusal, SourceId,
    Timestamp, event::What,
};
use hooks::{
    function::Function,
    problem::Problem,
    read::{self, Read},
    scheme,
    source::Source,
};
use http::HeaderMap;
use sha2::{Digest, Sha256};
use store::{Answer, CommitError, Delivery, Once, Parking};

use crate::{
    AppError, Core, Metric,
    core::{ATTEMPTS, Written},
    settings::{Registered, Settings},
};

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
}

/// A delivery whose sender is beyond doubt.
#[derive(Debug)]
struct Genuine<'a> {
    source: &'a Source,
    id: DeliveryId,
    payload_sha256: [u8; 32],
    body: &'a [u8],
    deadline: Option<Timestamp>,
}

/// What one attempt at an event came to.
enum Step {
    /// It is answered, and the answer is recorded.
    Answered(Answer),
    /// It was seen before.
    Seen(Delivery),
    /// The business says no.
    Refused(Refusal),
    /// Something has changed meanwhile: try again.
    Again,
}

impl Genuine<'_> {
    fn source_id(&self) -> &SourceId {
        &self.source.id
    }

    /// The record that makes this delivery happen once, with its answer.
    fn once(&self, answer: Answer) -> Once {
        Once::Delivery {
            source: self.source_id().clone(),
            id: self.id.clone(),
            payload_sha256: self.payload_sha256,
            answer,
        }
    }

    /// That this source says so; or the person it names.
    fn proof(&self, person: Option<&EmailAddress>) -> Proof {
        Proof {
            actor: person.map_or_else(
                || Actor::Source(self.source_id().clone()),
                |email| Actor::Person(email.clone()),
            ),
            evidence: Evidence::Delivery {
                source: self.source_id().clone(),
                id: self.id.clone(),
            },
        }
    }

    /// «Accepted», as every event but a list is answered.
    fn accepted(&self) -> Answer {
        let body = serde_json::json!({ "status": "accepted", "delivery": self.id.as_str() });
        Answer {
            status: 202,
            body: body.to_string(),
        }
    }
}

impl Receiver {
    /// A receiver for the deliveries of one function.
    #[must_use]
    pub fn new(core: Core, function: Function) -> Self {
        Self {
            settings: Settings::new(core.clone()),
            core,
            function,
        }
    }

    /// Takes a delivery. Whatever comes, there is an answer.
    pub async fn receive(&self, incoming: &Incoming<'_>) -> Reply {
        let began = self.core.now();
        let reply = match self.take(incoming).await {
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
        if !read::is_declared_json(incoming.headers) {
            return Ok(Reply::Problem(Problem::unsupported_media_type()));
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
        let read = match self.parse(&delivery, now).await? {
            Ok(read) => read,
            Err(reply) => return Ok(reply),
        };
        match read {
            Read::Event { event, .. } => self.carry_out(&delivery, &event).await,
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
            Err(error) => return Ok(Err(Reply::Problem(error.problem()))),
        };
        let mut accounts = BTreeMap::new();
        for account in delivery.source.mapping.accounts(&payload) {
            let known = self
                .core
                .store
                .account(delivery.source_id(), &account)
                .await?;
            if let Some(email) = known {
                accounts.insert(account, email);
            }
        }
        match read::read(delivery.source, self.function, payload, &accounts, now) {
            Ok(read) => {
                self.learn(delivery, &accounts, &read).await?;
                Ok(Ok(read))
            }
            Err(error) => {
                let problem = error.problem();
                if error.parkable() {
                    let reply = self.park(delivery, Code::UnknownAccount, problem).await?;
                    return Ok(Err(reply));
                }
                Ok(Err(Reply::Problem(problem)))
            }
        }
    }

    /// Remembers whose accounts a payload gave away, so that later payloads without an address are
    /// understood. It says nothing about anybody's access and is no part of a decision.
    async fn learn(
        &self,
        delivery: &Genuine<'_>,
        known: &BTreeMap<domain::ExternalId, EmailAddress>,
        read: &Read,
    ) -> Result<(), AppError> {
        let Read::Event { learned, .. } = read else {
            return Ok(());
        };
        for (account, email) in learned {
            if known.get(account) != Some(email) {
                self.core
                    .store
                    .put_account(delivery.source_id(), account, email)
                    .await?;
            }
        }
        Ok(())
    }

    /// Decides and commits, again while others change what the decision rests on.
    async fn carry_out(&self, delivery: &Genuine<'_>, event: &Event) -> Result<Reply, AppError> {
        for attempt in 0..ATTEMPTS {
            match self.attempt(delivery, event).await? {
                Step::Answered(answer) => {
                    return Ok(Reply::Answer {
                        answer,
                        replayed: false,
                    });
                }
                Step::Seen(first) => {
                    if let Some(reply) = self.replay(delivery, first) {
                        return Ok(reply);
                    }
                    // Another invocation is working on the same list: give it time.
                }
                Step::Refused(refusal) => return self.refuse(delivery, &refusal).await,
                Step::Again => {}
            }
            self.core.before_next_attempt(attempt).await;
        }
        Err(AppError::Contended)
    }

    /// One attempt. Each kind is boxed, so that the smallest does not carry the largest's room.
    async fn attempt(&self, delivery: &Genuine<'_>, event: &Event) -> Result<Step, AppError> {
        match &event.what {
            What::RequestCreated(created) => {
                Box::pin(self.record_request(delivery, created, event.at)).await
            }
            What::RequestCommented(_)
            | What::RequestTransitioned(_)
            | What::RequestShared(_)
            | What::ApprovalRequested(_)
            | What::ApprovalAnswered(_)
            | What::RequestClosed(_) => Box::pin(self.update_request(delivery, event)).await,
            What::CustomerInvited(invited) => {
                Box::pin(self.invite_customers(delivery, invited)).await
            }
            What::MemberOffboarded(leaving) => {
                Box::pin(self.offboard_member(delivery, leaving)).await
            }
        }
    }

    /// Commits what one event decides, under this delivery's record.
    async fn commit(
        &self,
        delivery: &Genuine<'_>,
        outcome: &Outcome,
        answer: Answer,
        now: Timestamp,
    ) -> Result<Step, AppError> {
        let once = delivery.once(answer.clone());
        let mut written = self.core.commit(outcome, &once, now).await;
        if let Err(AppError::Commit(CommitError::CommentExists)) = written {
            // The same comment, told by another delivery: there is nothing left to do for this one.
            written = self.core.commit(&Outcome::default(), &once, now).await;
        }
        match written? {
            Written::Done => Ok(Step::Answered(answer)),
            Written::SeenBefore | Written::Stale => Ok(Step::Again),
        }
    }

    /// The answer to a delivery that was seen before: the first one, if the payload is the same.
    fn replay(&self, delivery: &Genuine<'_>, first: Delivery) -> Option<Reply> {
        if first.payload_sha256 != delivery.payload_sha256 {
            return Some(Reply::Problem(Problem::delivery_conflict()));
        }
        let mut answer = first.answer?;
        // A retry of something that was taken is told that it was, not that it is taken again.
        if answer.status == 202 {
            answer.status = 200;
        }
        self.core.count(Metric::Replayed);
        Some(Reply::Answer {
            answer,
            replayed: true,
        })
    }

    /// Records that a well-formed payload is of no consequence, so that its repetition is a
    /// duplicate like any other.
    async fn note_nothing(
        &self,
        delivery: &Genuine<'_>,
        reason: &'static str,
        now: Timestamp,
    ) -> Result<Reply, AppError> {
        tracing::info!(reason, "payload of no consequence");
        for attempt in 0..ATTEMPTS {
            let seen = self
                .core
                .store
                .delivery(delivery.source_id(), &delivery.id, now)
                .await?;
            if let Some(reply) = seen.and_then(|first| self.replay(delivery, first)) {
                return Ok(reply);
            }
            let outcome = Outcome::default();
            let answer = delivery.accepted();
            if let Step::Answered(answer) = self.commit(delivery, &outcome, answer, now).await? {
                return Ok(Reply::Answer {
                    answer,
                    replayed: false,
                });
            }
            self.core.before_next_attempt(attempt).await;
        }
        Err(AppError::Contended)
    }

    /// Answers a refusal by the business.
    async fn refuse(&self, delivery: &Genuine<'_>, refusal: &Refusal) -> Result<Reply, AppError> {
        self.core.count(Metric::Refused);
        self.park(delivery, refusal.code, Problem::refused(refusal))
            .await
    }

    /// Records the answer for retries and parks the delivery, for an administrator to mend what
    /// was missing and replay it.
    async fn park(
        &self,
        delivery: &Genuine<'_>,
        code: Code,
        problem: Problem,
    ) -> Result<Reply, AppError> {
        let now = self.core.now();
        let parking = Parking {
            source: delivery.source_id(),
            id: &delivery.id,
            function: self.function.as_str(),
            code,
            body: delivery.body,
            payload_sha256: delivery.payload_sha256,
            answer: &Answer {
                status: problem.status,
                body: problem.body(),
            },
        };
        let store = &self.core.store;
        match store.park(&parking, now, &|| self.core.new_id()).await {
            Ok(()) => {
                self.core.count(Metric::Parked);
                Ok(Reply::Problem(problem))
            }
            // Somebody else answered meanwhile: theirs is the first answer.
            Err(CommitError::AlreadySeen { .. }) => {
                let first = store
                    .delivery(delivery.source_id(), &delivery.id, now)
                    .await?;
                Ok(first
                    .and_then(|first| self.replay(delivery, first))
                    .unwrap_or(Reply::Problem(problem)))
            }
            Err(error) => Err(error.into()),
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
