//! Everything that ended over the whole of a history: every link that could have been mailed, and
//! everybody who left. It is judged from a log of its own, at every step, with the clock as it is
//! then.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    EmailAddress, Epoch, Mail, OrgId, RequestRef, Timestamp,
    customer::Deliverability,
    link::{Dependence, Holder, Purpose, Scope},
    membership::State,
    message::{Addressee, Message},
    request::Record,
    request_access::RequestAccess,
};

use super::{
    op::{ORGS, PEOPLE, org_of, person, request_of},
    store::{Store, Tables},
};

/// A link that was mailed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Link {
    purpose: Purpose,
    /// The organisation that it has to do with, if any.
    org: Option<OrgId>,
    /// About whose invitation it asks.
    asked: Option<EmailAddress>,
    to: EmailAddress,
    epoch: Epoch,
}

/// The links and people that were seen to end.
#[derive(Debug, Clone, Default)]
pub struct Afterlife {
    /// Every link that ever lived, and whether it was seen dead.
    links: BTreeMap<Link, bool>,
    /// Whoever was off-boarded and neither invited again, nor restored, nor appointed since.
    gone: BTreeSet<(OrgId, EmailAddress)>,
    messages: usize,
}

impl Afterlife {
    /// Looks at everything as it is after a step.
    pub fn look(&mut self, store: &Store, now: Timestamp) {
        let tables = &store.tables;
        for link in self.links.clone().into_keys() {
            let lives = honours(tables, &link, now);
            let dead = self.links.get_mut(&link).unwrap();
            assert!(
                !(*dead && lives),
                "a link that was ended opens again: {:?}",
                link.purpose
            );
            *dead |= !lives;
        }
        for mut link in every_link() {
            link.epoch = with_holder(tables, &link, now, |holder, scope| {
                holder.epoch(link.purpose, scope)
            });
            if honours(tables, &link, now) {
                let dead = self.links.entry(link).or_default();
                assert!(!*dead, "a new link is as one that was ended");
            }
        }
        self.note_leavers(tables, now);
        for message in &store.outbox[self.messages..] {
            self.nothing_for_leavers(tables, message, now);
        }
        self.messages = store.outbox.len();
        // What will be said about a request from now on, too.
        for record in tables.requests.values() {
            if let Record::Known(request) = record {
                self.shown_to_nobody_who_left(tables, &request.id, now);
            }
        }
    }

    /// The number of links were seen to end.
    pub fn ended(&self) -> usize {
        self.links.values().filter(|dead| **dead).count()
    }

    fn note_leavers(&mut self, tables: &Tables, now: Timestamp) {
        for (key, membership) in &tables.memberships {
            let over = membership.leaving.as_ref().is_some_and(|l| l.at <= now);
            let inside = membership.state.stage().has_access() && !over;
            if inside || matches!(membership.state, State::Invited { .. }) {
                self.gone.remove(key);
            } else if over || matches!(membership.state, State::OffBoarded { .. }) {
                self.gone.insert(key.clone());
            }
        }
    }

    fn nothing_for_leavers(&self, tables: &Tables, message: &Message, now: Timestamp) {
        let Some(org) = &message.org else { return };
        for to in &message.to {
            let left = self.gone.contains(&(org.clone(), to.clone()));
            let farewell = matches!(message.mail, Mail::AccessEnded { .. });
            let decides = matches!(message.mail, Mail::ExceptionAsked { .. });
            if left && !farewell && !decides {
                let sent = message
                    .leaves_out(&addressee(tables, org, to, now))
                    .is_none();
                assert!(!sent, "{} is sent to a leaver", message.mail.kind());
            }
        }
    }

    fn shown_to_nobody_who_left(&self, tables: &Tables, id: &RequestRef, now: Timestamp) {
        let Some(Record::Known(request)) = tables.requests.get(id) else {
            return;
        };
        let Some(org) = &request.org else { return };
        let viewers: Vec<_> = tables
            .viewers
            .values()
            .filter(|viewer| viewer.request == *id)
            .cloned()
            .collect();
        for who in (0..PEOPLE).map(person) {
            if !self.gone.contains(&(org.clone(), who.clone())) {
                continue;
            }
            let theirs: Vec<_> = tables.affiliations(&who).collect();
            let seen = RequestAccess::of(request, &viewers, &who, &theirs, now);
            assert!(seen.is_none(), "a leaver sees a request of {org}");
        }
    }
}

fn addressee<'a>(
    tables: &'a Tables,
    org: &OrgId,
    to: &'a EmailAddress,
    now: Timestamp,
) -> Addressee<'a> {
    let mut own = tables.affiliations(to).filter(|own| own.org() == org);
    // Whatever they chose: their standing alone keeps it back.
    let customer = tables.customers.get(to);
    let reached = customer.filter(|c| !c.muted && c.deliverability == Deliverability::Deliverable);
    Addressee {
        customer: reached,
        standing: own.next().unwrap().standing(now),
        administers: false,
        is_member: true,
        now,
    }
}

/// A link for every purpose that a person can be mailed, whoever they are.
fn every_link() -> Vec<Link> {
    let mut links = Vec::new();
    for to in (0..PEOPLE).map(person) {
        let link = |purpose, org, asked| Link {
            purpose,
            org,
            asked,
            to: to.clone(),
            epoch: Epoch::default(),
        };
        links.push(link(Purpose::Requester, None, None));
        links.push(link(Purpose::NewRequest, None, None));
        links.push(link(Purpose::ConfirmRequest, None, None));
        links.push(link(Purpose::ReleaseSweep, None, None));
        for org in (0..ORGS).map(org_of) {
            for purpose in [
                Purpose::Requester,
                Purpose::Approve,
                Purpose::KeepAccess,
                Purpose::AcceptInvitation,
                Purpose::LeadConsole,
                Purpose::Review,
            ] {
                links.push(link(purpose, Some(org.clone()), None));
            }
            let asked = Some(person(5));
            links.push(link(Purpose::DecideInvitation, Some(org), asked));
        }
    }
    links
}

fn scope(link: &Link) -> Scope {
    match (&link.org, &link.asked) {
        (None, _) => Scope::Own,
        (Some(org), Some(email)) => Scope::Invitee {
            org: org.clone(),
            email: email.clone(),
        },
        (Some(org), None) => match link.purpose {
            Purpose::Requester | Purpose::Approve => Scope::Request {
                request: request_of(0),
            },
            _ => Scope::Organization { org: org.clone() },
        },
    }
}

fn with_holder<T>(
    tables: &Tables,
    link: &Link,
    now: Timestamp,
    ask: impl FnOnce(&Holder<'_>, &Scope) -> T,
) -> T {
    let scope = scope(link);
    let everywhere = Dependence::of(link.purpose, &scope) == Dependence::Everywhere;
    let theirs = tables.affiliations(&link.to);
    let asked = link.asked.clone().zip(link.org.clone());
    let holder = Holder {
        customer: tables.customers.get(&link.to),
        affiliations: theirs
            .filter(|own| everywhere || link.org.as_ref() == Some(own.org()))
            .collect(),
        asked: asked.and_then(|(email, org)| tables.memberships.get(&(org, email))),
        administers: true,
        now,
    };
    ask(&holder, &scope)
}

/// Tells whether a page would open: the link lives and what it is for is still there.
fn honours(tables: &Tables, link: &Link, now: Timestamp) -> bool {
    let lives = with_holder(tables, link, now, |holder, scope| {
        holder.honours(link.purpose, scope, link.epoch)
    });
    let asks = link.asked.as_ref().zip(link.org.as_ref());
    let waits = asks.is_none_or(|(email, org)| {
        let asked = tables.memberships.get(&(org.clone(), email.clone()));
        asked.is_some_and(
            |m| matches!(&m.state, State::Proposed { expires_at, .. } if now < *expires_at),
        )
    });
    lives && waits
}
