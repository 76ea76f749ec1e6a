//! The outbox on its way to SES: claim, send, mark.
//!
//! A message is claimed with a lease, each recipient's copy is sent with their own links, and each
//! is marked. What is equally urgent is sent side by side, within the send quota; nothing is sent
//! once another relay may have claimed it. Delivery is at least once: when the function dies after SES took a mail and before
//! the mark is written, that one mail is sent again under the same links and the same
//! `Message-ID`. This is the only window for a double.

mod recipient;
mod sign;

use std::{
    num::NonZeroU32,
    sync::{
        Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering},
    },
};

use domain::{EmailAddress, OrgId, Timestamp, desk::Desk, message::LeftOut};
use futures::future::join_all;
use jiff::SignedDuration;
use mail::{Context, Pace, SendError, Sender, UnlistError};
use store::{Claim, Loaded, OutboxMessage, Queued, Wanted};
use uuid::Uuid;

use crate::{
    AppError, Metric, Services,
    path::settings::Settings,
    path::{Deadline, Margin},
};
use recipient::{Recipient, reader};

/// The time that a claim lasts: longer than sending to every recipient of a message takes at one mail
/// a second.
pub const LEASE: SignedDuration = SignedDuration::from_secs(120);
/// The longest time to send a copy and mark it: one attempt at SES and a call to DynamoDB with
/// all its attempts (`platform::aws`). Less of a lease is too little.
const COPY: SignedDuration = SignedDuration::from_secs(12);

/// Sends what waits in the outbox.
#[derive(Debug)]
pub struct Relay {
    services: Services,
    settings: Settings,
    sender: Sender,
    pace: Mutex<Pace>,
}

/// The reason why a message, or a part of it, was not sent this time.
#[derive(Debug, thiserror::Error)]
enum Undelivered {
    /// The store could not be read or written.
    #[error(transparent)]
    App(#[from] AppError),
    /// SES does not take it now.
    #[error("SES does not take the mail now")]
    Send(#[from] SendError),
    /// SES still holds an address on its list to which mail is sent again.
    #[error(transparent)]
    Unlist(#[from] UnlistError),
    /// Somebody else has it, or it waits.
    #[error("the message is claimed by somebody else")]
    Busy,
    /// There is not enough time left.
    #[error("the time ran out")]
    OutOfTime,
    /// Another mail of the batch was refused with what holds for every mail.
    #[error("SES takes no mail now, as another one was told")]
    Stopped,
    /// The claim is about to end, and then somebody else may send it.
    #[error("the lease of the message ran out")]
    OutOfLease,
    /// The desk in whose name it is sent is not registered.
    #[error("the desk in whose name the message is sent is not registered")]
    NoDesk,
}

impl Relay {
    /// A relay that never sends more than `rate` mails a second.
    #[must_use]
    pub fn new(services: Services, sender: Sender, rate: NonZeroU32) -> Self {
        Self {
            settings: Settings::new(services.clone()),
            services,
            sender,
            pace: Mutex::new(Pace::new(rate)),
        }
    }

    /// Sends a batch, access mail first and what is equally urgent side by side, and returns the places
    /// in the batch of those that have to be tried again. Once SES takes nothing more, or the time is
    /// nearly up, the rest is not touched.
    pub async fn send_batch(&self, batch: &[Queued], deadline: Deadline) -> Vec<usize> {
        let mut order: Vec<usize> = (0..batch.len()).collect();
        order.sort_by_key(|place| batch[*place].urgency);
        let run = Run {
            deadline,
            stopped: AtomicBool::new(false),
        };
        let mut again = Vec::new();
        for alike in order.chunk_by(|a, b| batch[*a].urgency == batch[*b].urgency) {
            let sent = alike
                .iter()
                .map(|place| self.try_message(batch[*place].id, &run));
            let sent = join_all(sent).await;
            let places = alike.iter().zip(sent);
            again.extend(places.filter_map(|(place, sent)| (!sent).then_some(*place)));
        }
        again
    }

    /// Tells whether a message needs no other try.
    async fn try_message(&self, id: Uuid, run: &Run) -> bool {
        let Err(error) = self.send_message(id, run).await else {
            return true;
        };
        if stops_all(&error) {
            run.stopped.store(true, Ordering::Relaxed);
        }
        tracing::warn!(
            message.id = %id,
            error = &error as &dyn std::error::Error,
            "message not sent this time"
        );
        self.services.count(Metric::MessageDeferred);
        false
    }

    async fn send_message(&self, id: Uuid, run: &Run) -> Result<(), Undelivered> {
        let now = self.services.now();
        run.check(now)?;
        let by = self.services.new_id();
        let claimed = self.services.store.claim(id, by, now, LEASE).await;
        let mut message = match claimed.map_err(AppError::from)? {
            Claim::Claimed(message) => *message,
            Claim::Settled => return Ok(()),
            Claim::Busy { .. } => return Err(Undelivered::Busy),
        };
        let result = self.send_copies(&mut message, run).await;
        if result.is_err() {
            // Given back at once, so that the next try need not wait for the lease. Should this
            // fail too, the lease runs out by itself.
            let _ = self
                .services
                .store
                .release(&message, self.services.now())
                .await;
        }
        result
    }

    async fn send_copies(&self, message: &mut OutboxMessage, run: &Run) -> Result<(), Undelivered> {
        let desk = self
            .settings
            .desk(&message.message.desk)
            .await?
            .ok_or(Undelivered::NoDesk)?;
        let waiting: Vec<EmailAddress> = message.waiting().cloned().collect();
        let mut wanted = Wanted::new().customers(&waiting);
        if let Some((org, invitee)) = asked_about(message) {
            wanted = wanted.membership(&org, &invitee);
        }
        if let Some(org) = &message.message.org {
            for email in &waiting {
                // With the trace: whoever left is left out also when their membership is forgotten.
                wanted = wanted.affiliation(org, email);
            }
        }
        let loaded = self
            .services
            .store
            .load(wanted)
            .await
            .map_err(AppError::from)?;
        for email in &waiting {
            self.send_copy(message, email, &desk, &loaded, run).await?;
        }
        Ok(())
    }

    async fn send_copy(
        &self,
        message: &mut OutboxMessage,
        email: &EmailAddress,
        desk: &Desk,
        loaded: &Loaded,
        run: &Run,
    ) -> Result<(), Undelivered> {
        let about = message.message.org.clone();
        let org = about.as_ref();
        let mut recipient = Recipient {
            email,
            customer: loaded.customer(email),
            affiliation: org.map(|org| loaded.affiliation(org, email)),
            asked: asked_about(message).and_then(|(org, who)| loaded.membership(&org, &who)),
            administers: desk.administrators.contains(email),
            is_member: false,
            leads: Vec::new(),
            served_by: None,
        };
        self.look_up_memberships(message, &mut recipient).await?;
        let serving = match &recipient.served_by {
            Some(id) => self.settings.desk(id).await?,
            None => None,
        };
        let desk = serving.as_ref().unwrap_or(desk);
        let to = recipient.addressee(self.services.now());
        if let Some(left_out) = message.message.leaves_out(&to) {
            let why = left_out.as_str();
            // Those who run the desk have to hear of it in another way: an alarm.
            if left_out == LeftOut::Suppressed && message.message.is_for_the_desk() {
                return self.fail(message, &recipient, why).await;
            }
            self.services.count(Metric::MessageSuppressed);
            self.log(message, &recipient, why);
            return self.mark(message, email, Mark::Skipped(why)).await;
        }
        let links = self.links(message, &recipient).await?;
        let own = recipient.affiliation;
        let context = Context {
            people: self.people(message, email).await?,
            colleague: own.is_some_and(|own| own.standing(self.services.now()).has_access()),
            desk_name: &desk.name,
            sender: &desk.sender,
            links,
            reader: reader(&message.message.mail, recipient.customer),
            now: self.services.now(),
            message_id: message.message_id,
            base_url: &self.services.base_url,
        };
        let mail = match mail::render(&message.message, email, &context) {
            Ok(mail) => mail,
            Err(error) => return self.fail(message, &recipient, &error.to_string()).await,
        };
        if recipient.was_unreachable() {
            // What was lifted here is lifted there, or SES would take the mail and drop it.
            self.sender.unlist(email).await?;
        }
        let turn = self.turn(message, run).await?;
        let sent = self.sender.send(&mail).await;
        drop(turn);
        match sent {
            Ok(sent) => {
                self.services.count(Metric::MessageSent);
                self.log(message, &recipient, "sent");
                self.mark(message, email, Mark::Sent(&sent.ses_message_id))
                    .await
            }
            Err(error) if error.retryable() => Err(error.into()),
            Err(error) => self.fail(message, &recipient, error.code()).await,
        }
    }

    /// Marks a copy that SES, or its own content, will never let leave.
    async fn fail(
        &self,
        message: &mut OutboxMessage,
        recipient: &Recipient<'_>,
        why: &str,
    ) -> Result<(), Undelivered> {
        self.services.count(Metric::MessageFailed);
        tracing::error!(
            message.id = %message.message_id,
            message.kind = message.message.mail.kind(),
            recipient = %self.services.store.pseudonym(recipient.email),
            reason = why,
            "message failed for good"
        );
        self.mark(message, recipient.email, Mark::Failed(why)).await
    }

    async fn mark(
        &self,
        message: &mut OutboxMessage,
        email: &EmailAddress,
        mark: Mark<'_>,
    ) -> Result<(), Undelivered> {
        let store = &self.services.store;
        let marked = match mark {
            Mark::Sent(id) => store.mark_sent(message, email, id).await,
            Mark::Failed(why) => store.mark_failed(message, email, why).await,
            Mark::Skipped(why) => store.mark_skipped(message, email, why).await,
        };
        marked.map_err(AppError::from)?;
        Ok(())
    }

    fn log(&self, message: &OutboxMessage, recipient: &Recipient<'_>, what: &str) {
        tracing::info!(
            message.id = %message.message_id,
            message.kind = message.message.mail.kind(),
            recipient = %self.services.store.pseudonym(recipient.email),
            what,
            "message handled"
        );
    }

    /// Waits until the send quota allows one more mail, unless it may no longer be sent by then.
    async fn turn(&self, message: &OutboxMessage, run: &Run) -> Result<Turn<'_>, Undelivered> {
        loop {
            let now = self.services.now();
            run.check(now)?;
            check_lease(message, now)?;
            // Outside of the match, which would hold the pace for as long as it waits.
            let left = self.pace().leave(now);
            match left {
                Ok(()) => return Ok(Turn(self)),
                Err(wait) => tokio::time::sleep(wait).await,
            }
        }
    }

    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().expect("nothing panics while it counts")
    }
}

/// Of the send quota, until SES has answered: dropping it says that it has, or that nobody waits for
/// it any more.
struct Turn<'a>(&'a Relay);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.pace().answered(self.0.services.now());
    }
}

/// The state that the messages of a batch share.
struct Run {
    deadline: Deadline,
    /// Nothing more can be sent this time.
    stopped: AtomicBool,
}

impl Run {
    /// Tells whether one more mail may be tried.
    fn check(&self, now: Timestamp) -> Result<(), Undelivered> {
        if self.stopped.load(Ordering::Relaxed) {
            return Err(Undelivered::Stopped);
        }
        if self.deadline.is_near(Margin::Copy, now) {
            return Err(Undelivered::OutOfTime);
        }
        Ok(())
    }
}

/// Whose invitation the message asks its readers to decide, and into which organisation.
fn asked_about(message: &OutboxMessage) -> Option<(OrgId, EmailAddress)> {
    let scope = message.message.link()?.scope;
    let (org, email) = scope.invitee()?;
    Some((org.clone(), email.clone()))
}

/// A copy is sent while nobody else may send it, and marked then, too.
fn check_lease(message: &OutboxMessage, now: Timestamp) -> Result<(), Undelivered> {
    if message.lease_until.duration_since(now) < COPY {
        return Err(Undelivered::OutOfLease);
    }
    Ok(())
}

enum Mark<'a> {
    Sent(&'a str),
    Failed(&'a str),
    Skipped(&'static str),
}

/// Tells whether nothing else can be sent either.
fn stops_all(error: &Undelivered) -> bool {
    match error {
        Undelivered::Send(error) => error.stops_all(),
        Undelivered::OutOfTime | Undelivered::Stopped => true,
        Undelivered::App(_)
        | Undelivered::Unlist(_)
        | Undelivered::Busy
        | Undelivered::OutOfLease
        | Undelivered::NoDesk => false,
    }
}
