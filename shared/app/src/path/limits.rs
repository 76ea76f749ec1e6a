//! The one table of limits on actions that mail others, and their counters.
//!
//! The person who acts is counted, and so is each mailbox that the act aims at, once for all
//! spellings of its address. Counting comes before the commit, in a write of its own for each
//! counter: no two concurrent acts see the same count. A counter in the commit's own transaction
//! would make acts of different people wait for each other, and would cost twice as much.
//!
//! Webhooks of a desk of record are not counted: the desk speaks for itself there.

use std::{collections::BTreeSet, net::IpAddr, sync::Mutex};

use domain::{
    EmailAddress, Mail, Mailbox, Message, OrgId, Outcome, Refusal, Timestamp, message::Reach,
    text::Name,
};
use store::{Hits, Once, Rate};

use crate::{AppError, Services, path::Stop};

const QUARTER: u32 = 15 * 60;
const HOUR: u32 = 60 * 60;
const DAY: u32 = 24 * HOUR;

/// So many in a window of so many seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limit {
    pub(crate) hits: u32,
    pub(crate) seconds: u32,
}

/// The number of requests somebody known may raise.
pub(crate) const RAISED_PER_PERSON: Limit = every(30, HOUR);
/// The number of requests strangers may fill in from one network, and for one mailbox.
pub(crate) const DRAFTS_PER_CALLER: Limit = every(20, QUARTER);
pub(crate) const DRAFTS_PER_MAILBOX: Limit = every(3, QUARTER);
/// The number of strangers may fill in altogether: each of these forms mails somebody who may not have
/// asked for it. One network has a small share of it.
pub(crate) const DRAFTS_ALTOGETHER: Limit = every(1_000, QUARTER);
/// The number of "send me my link" may come from one network, and for one mailbox.
pub(crate) const LINKS_PER_CALLER: Limit = every(20, QUARTER);
pub(crate) const LINKS_PER_MAILBOX: Limit = every(3, QUARTER);
/// The number of requests of a source that is not trusted wait for their reporters to confirm them.
pub(crate) const UNCONFIRMED_PER_SOURCE: Limit = every(600, HOUR);
/// The number of refused deliveries of one source are parked. What comes beyond is not taken: its sender
/// brings it again, so nothing is lost.
pub(crate) const PARKED_PER_SOURCE: Limit = every(1_000, HOUR);
/// The number of bursts one desk is told of: that many people at once are told of by the alarm.
const BURSTS_PER_DESK: Limit = every(20, DAY);
/// The limit on mails to a desk about one person's bursts.
const BURSTS_PER_PERSON: Limit = every(1, DAY);
/// The most copies of mails that one person may set off in an hour, by whatever they do.
const COPIES: u32 = 1_000;

const fn every(hits: u32, seconds: u32) -> Limit {
    Limit { hits, seconds }
}

/// The part of the pages in which somebody acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// On the page of a request, or answering an approval from its mail.
    OnRequest,
    /// From a console, for an organisation that they lead.
    AsLead,
    /// On a link of their own: an invitation, an exception that was asked for.
    FromLink,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::OnRequest => "request",
            Self::AsLead => "lead",
            Self::FromLink => "link",
        }
    }

    /// The number of acts that mail others one person may do in an hour.
    fn limit(self) -> Limit {
        match self {
            Self::OnRequest => every(40, HOUR),
            Self::AsLead => every(200, HOUR),
            Self::FromLink => every(100, HOUR),
        }
    }
}

/// The number of mails of such acts one mailbox is to get, of one organisation or else one desk.
fn for_mailbox(reach: Reach) -> Option<Limit> {
    match reach {
        Reach::Desk | Reach::Followers => None,
        Reach::Colleague => Some(every(60, HOUR)),
        Reach::Person => Some(every(10, DAY)),
        Reach::Stewards => Some(every(100, HOUR)),
    }
}

/// The network from which somebody calls, as limits count it: an IPv4 address by itself, and of
/// IPv6 the 64 bits that one connection is given (RFC 6177), of which its owner can use any.
pub(crate) fn network(address: Option<IpAddr>) -> String {
    match address.map(|address| address.to_canonical()) {
        None => "unknown".to_owned(),
        Some(IpAddr::V4(address)) => address.to_string(),
        Some(IpAddr::V6(address)) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

/// One act of a person, on its way to its commit.
pub(crate) struct Act<'a> {
    services: &'a Services,
    by: &'a EmailAddress,
    part: Part,
    /// The scopes that were counted: an act that is decided anew is not counted anew.
    counted: Mutex<BTreeSet<String>>,
}

impl<'a> Act<'a> {
    pub(crate) fn new(services: &'a Services, by: &'a EmailAddress, part: Part) -> Self {
        Self {
            services,
            by,
            part,
            counted: Mutex::default(),
        }
    }

    /// Counts an outcome that would mail others. One that mails nobody else costs nothing.
    ///
    /// # Errors
    /// [`Stop::Refused`] when it is too much for whoever acts, or for a mailbox that it is aimed at.
    /// Their desk is told then, once a day for each person.
    pub(crate) async fn check(&self, outcome: &Outcome, now: Timestamp) -> Result<(), Stop> {
        let own = Mailbox::counted(self.by);
        let of_others: Vec<&Message> = outcome
            .messages
            .iter()
            .filter(|message| message.to.iter().any(|to| Mailbox::counted(to) != own))
            .collect();
        let Some(first) = of_others.first() else {
            return Ok(());
        };
        let copies: usize = of_others.iter().map(|message| message.to.len()).sum();
        let scope = format!(
            "act:{}:{}",
            self.part.name(),
            self.services.mailbox(self.by)
        );
        let copies = u32::try_from(copies).unwrap_or(u32::MAX);
        let limit = self.part.limit();
        if let Some(over) = self.count(&scope, limit, copies, now).await? {
            return Err(self.refuse(over, first, now).await?.into());
        }
        self.check_mailboxes(&of_others, &own, now).await
    }

    /// The same for a row of a list, which is limited by the day's invitations: the mailboxes alone
    /// are counted.
    pub(crate) async fn check_row(&self, outcome: &Outcome, now: Timestamp) -> Result<(), Stop> {
        let messages: Vec<&Message> = outcome.messages.iter().collect();
        self.check_mailboxes(&messages, &Mailbox::counted(self.by), now)
            .await
    }

    async fn check_mailboxes(
        &self,
        messages: &[&Message],
        own: &Mailbox,
        now: Timestamp,
    ) -> Result<(), Stop> {
        for message in messages {
            let Some(limit) = for_mailbox(message.mail.reach()) else {
                continue;
            };
            let from = match &message.org {
                Some(org) => format!("org:{org}"),
                None => format!("desk:{}", message.desk),
            };
            let mailboxes: BTreeSet<_> = message.to.iter().map(Mailbox::counted).collect();
            for to in mailboxes.iter().filter(|to| *to != own) {
                let pseudonym = self.services.store.pseudonym(to.plain());
                let scope = format!("to:{:?}:{from}:{pseudonym}", message.mail.reach());
                if let Some(over) = self.count(&scope, limit, 0, now).await? {
                    return Err(self.refuse(over, message, now).await?.into());
                }
            }
        }
        Ok(())
    }

    /// Counts one more of `scope`, unless this act has counted it. Returns the time to wait when it is
    /// one too many.
    async fn count(
        &self,
        scope: &str,
        limit: Limit,
        copies: u32,
        now: Timestamp,
    ) -> Result<Option<jiff::SignedDuration>, AppError> {
        if !self.is_new(scope) {
            return Ok(None);
        }
        let (more, most) = (
            Hits { acts: 1, copies },
            Hits {
                acts: limit.hits,
                copies: COPIES,
            },
        );
        let store = &self.services.store;
        let rate = store.count_hits(scope, limit.seconds, more, most, now);
        Ok(match rate.await? {
            Rate::Allowed => None,
            Rate::Limited { retry_after } => Some(retry_after),
        })
    }

    fn is_new(&self, scope: &str) -> bool {
        let mut counted = self.counted.lock().expect("nothing panics while it counts");
        counted.insert(scope.to_owned())
    }

    /// The refusal; the desk is told of the first of a day.
    async fn refuse(
        &self,
        over: jiff::SignedDuration,
        about: &Message,
        now: Timestamp,
    ) -> Result<Refusal, AppError> {
        let services = self.services;
        let person = services.mailbox(self.by);
        tracing::warn!(person = %person, part = self.part.name(), "too much at once");
        let by_person = format!("burst:{}:{person}", about.desk);
        let by_desk = format!("burst:{}", about.desk);
        for (scope, limit) in [(by_person, BURSTS_PER_PERSON), (by_desk, BURSTS_PER_DESK)] {
            if services.over(&scope, limit, now).await?.is_some() {
                return Ok(Refusal::too_often(over));
            }
        }
        if let Some(desk) = services.store.desk(&about.desk).await? {
            let mail = Mail::BurstStopped {
                by: self.by.clone(),
                org_name: self.leads(about.org.as_ref()).await?,
                again_at: now.saturating_add(over).unwrap_or(Timestamp::MAX),
            };
            let told = Outcome::default().tell(Message::to_address(&desk.id, desk.inbox(), mail));
            // Nothing in it can have been written already, or be changed by others.
            services.commit(&told, &Once::Nothing, now).await?;
        }
        Ok(Refusal::too_often(over))
    }

    /// The name of the organisation, when they act for it.
    async fn leads(&self, org: Option<&OrgId>) -> Result<Option<Name>, AppError> {
        let Some(org) = org.filter(|_| self.part == Part::AsLead) else {
            return Ok(None);
        };
        let wanted = store::Wanted::new().organization(org);
        let loaded = self.services.store.load(wanted).await?;
        Ok(loaded.organization(org).map(|org| org.name.clone()))
    }
}

impl Services {
    /// The mailbox behind an address, as scopes of limits name it.
    pub(crate) fn mailbox(&self, email: &EmailAddress) -> String {
        self.store.pseudonym(Mailbox::counted(email).plain())
    }

    /// Counts one more of `scope`, and says after which time to come again when it is one too many.
    pub(crate) async fn over(
        &self,
        scope: &str,
        limit: Limit,
        now: Timestamp,
    ) -> Result<Option<jiff::SignedDuration>, AppError> {
        let hit = self.store.count_hit(scope, limit.seconds, limit.hits, now);
        Ok(match hit.await? {
            Rate::Allowed => None,
            Rate::Limited { retry_after } => Some(retry_after),
        })
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn a_network_is_one_ipv4_address_or_sixty_four_bits_of_ipv6() {
        let of = |address: &str| network(Some(address.parse().unwrap()));
        // Any address that one connection can take is the same caller.
        for address in [
            "2001:db8:1:2::1",
            "2001:db8:1:2::2",
            "2001:0db8:0001:0002:ffff:ffff:ffff:ffff",
        ] {
            assert_eq!(of(address), "2001:db8:1:2::/64", "{address}");
        }
        assert_eq!(of("2001:db8:1:3::1"), "2001:db8:1:3::/64");
        // IPv4, as itself and written as IPv6, is never a network of others.
        assert_eq!(of("192.0.2.1"), "192.0.2.1");
        assert_eq!(of("::ffff:192.0.2.1"), "192.0.2.1");
        assert_eq!(of("::ffff:192.0.2.2"), "192.0.2.2");
        assert_eq!(network(None), "unknown");
    }
}
