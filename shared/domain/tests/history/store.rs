//! A store in memory that commits as the real one does: all of an outcome or nothing, each write
//! conditioned on the version that was read, each delivery once.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Affiliation, AuditEntry, Change, CommentId, Customer, DeskId, EmailAddress, Membership,
    Message, OrgId, Organization, Outcome, RequestRef, RunId, Timestamp, Version,
    desk::Desk,
    mailbox::{Mailbox, MailboxStanding},
    message::MAX_RECIPIENTS,
    policy::Spelling,
    request::{EarlyUpdate, Record, Viewer, ViewerId},
    sweep::SweepRun,
};

/// The content of the tables.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tables {
    pub orgs: BTreeMap<OrgId, Organization>,
    pub desks: BTreeMap<DeskId, Desk>,
    pub memberships: BTreeMap<(OrgId, EmailAddress), Membership>,
    pub customers: BTreeMap<EmailAddress, Customer>,
    pub left: BTreeSet<(OrgId, EmailAddress)>,
    pub marks: BTreeMap<(OrgId, Mailbox), MailboxStanding>,
    pub requests: BTreeMap<RequestRef, Record>,
    pub viewers: BTreeMap<(RequestRef, ViewerId), Viewer>,
    pub comments: BTreeSet<(RequestRef, Timestamp, CommentId)>,
    pub runs: BTreeMap<RunId, SweepRun>,
    pub parked: Vec<EarlyUpdate>,
    pub seen: BTreeSet<String>,
}

impl Tables {
    /// Returns the standing of somebody's mailbox in an organisation under other spellings.
    pub fn others(&self, key: &(OrgId, EmailAddress)) -> Option<MailboxStanding> {
        let spelling = &self.orgs.get(&key.0)?.policy.spelling;
        let stands = |spelling: &Spelling| {
            let mailbox = Mailbox::of(&key.1, spelling);
            let plain = (key.0.clone(), mailbox.plain().clone());
            let is_other = plain.1 != key.1;
            let membership = self.memberships.get(&plain).filter(|_| is_other);
            let left = is_other && self.left.contains(&plain);
            let mark = self.marks.get(&(plain.0, mailbox)).copied();
            MailboxStanding::known(membership, left, mark)
        };
        stands(spelling).max(stands(&Spelling::default()))
    }

    /// Returns somebody's affiliation with each organisation, from their membership and its trace.
    pub fn affiliations<'a>(
        &'a self,
        who: &'a EmailAddress,
    ) -> impl Iterator<Item = Affiliation<'a>> + 'a {
        self.orgs.keys().map(|id| {
            let key = (id.clone(), who.clone());
            let membership = self.memberships.get(&key);
            Affiliation::new(id, membership, self.left.contains(&key))
        })
    }
}

/// The tables, and what only ever grows.
#[derive(Debug, Clone, Default)]
pub struct Store {
    pub tables: Tables,
    pub outbox: Vec<Message>,
    pub audit: Vec<AuditEntry>,
}

/// The reasons why nothing was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rejected {
    /// Something that was read has changed.
    Stale,
    /// The delivery was seen before.
    Seen,
    /// The comment is there already, from another delivery.
    CommentExists,
}

impl Store {
    /// Writes all of an outcome, or nothing.
    pub fn commit(&mut self, outcome: &Outcome, once: Option<&str>) -> Result<(), Rejected> {
        assert!(items(outcome, once) <= 100, "a transaction takes 100 items");
        if once.is_some_and(|id| self.tables.seen.contains(id)) {
            return Err(Rejected::Seen);
        }
        let mut written = BTreeSet::new();
        for change in &outcome.changes {
            self.check(change)?;
            let twice = !matches!(change, Change::CustomerUnchanged { .. })
                && !written.insert(place(change));
            assert!(!twice, "a transaction takes each item once");
        }
        super::desk::check(&self.tables, outcome);
        for change in &outcome.changes {
            self.apply(change);
        }
        for mark in outcome.marks() {
            let place = (mark.org, mark.mailbox);
            self.tables.marks.insert(place, mark.stands);
        }
        self.tables.seen.extend(once.map(str::to_owned));
        self.outbox.extend(outcome.messages.iter().cloned());
        self.audit.extend(outcome.audit.iter().cloned());
        Ok(())
    }

    fn check(&self, change: &Change) -> Result<(), Rejected> {
        let tables = &self.tables;
        let (stored, read) = match change {
            Change::Organization(org) => (tables.orgs.get(&org.id).map(|o| o.version), org.version),
            Change::Membership(membership) | Change::Forget { membership, .. } => (
                tables
                    .memberships
                    .get(&(membership.org.clone(), membership.email.clone()))
                    .map(|m| m.version),
                membership.version,
            ),
            Change::Customer(customer) => (
                tables.customers.get(&customer.email).map(|c| c.version),
                customer.version,
            ),
            Change::CustomerUnchanged { email, version } => {
                (tables.customers.get(email).map(|c| c.version), *version)
            }
            Change::Request(request) => (self.record(&request.id), request.version),
            Change::Awaited(awaited) | Change::AbandonAwaited(awaited) => {
                (self.record(&awaited.id), awaited.version)
            }
            Change::Alias(alias) => (self.record(&alias.id), alias.version),
            Change::Comment(comment) => {
                let key = (comment.request.clone(), comment.at, comment.id.clone());
                return if tables.comments.contains(&key) {
                    Err(Rejected::CommentExists)
                } else {
                    Ok(())
                };
            }
            Change::Viewer(viewer) | Change::RemoveViewer(viewer) => (
                tables
                    .viewers
                    .get(&(viewer.request.clone(), viewer.who.clone()))
                    .map(|v| v.version),
                viewer.version,
            ),
            Change::Run(run) => (tables.runs.get(&run.id).map(|r| r.version), run.version),
            Change::Draft(_)
            | Change::DropDraft(_)
            | Change::Account(_)
            | Change::ForgetAccount(_) => return Ok(()),
        };
        if stored.unwrap_or(Version::NEW) == read {
            Ok(())
        } else {
            Err(Rejected::Stale)
        }
    }

    fn record(&self, id: &RequestRef) -> Option<Version> {
        self.tables.requests.get(id).map(|record| match record {
            Record::Known(request) => request.version,
            Record::Awaited(awaited) => awaited.version,
            Record::Alias(alias) => alias.version,
        })
    }

    fn apply(&mut self, change: &Change) {
        let tables = &mut self.tables;
        match change.clone() {
            Change::Organization(mut org) => {
                org.version = org.version.next();
                tables.orgs.insert(org.id.clone(), org);
            }
            Change::Membership(mut membership) => {
                membership.version = membership.version.next();
                let key = (membership.org.clone(), membership.email.clone());
                tables.memberships.insert(key, membership);
            }
            Change::Forget { membership, left } => {
                let key = (membership.org, membership.email);
                tables.memberships.remove(&key);
                if left {
                    tables.left.insert(key);
                }
            }
            Change::Customer(mut customer) => {
                customer.version = customer.version.next();
                tables.customers.insert(customer.email.clone(), customer);
            }
            Change::CustomerUnchanged { .. }
            | Change::Draft(_)
            | Change::DropDraft(_)
            | Change::Account(_)
            | Change::ForgetAccount(_) => {}
            Change::Request(mut request) => {
                request.version = request.version.next();
                let id = request.id.clone();
                tables.requests.insert(id, Record::Known(request));
            }
            Change::Awaited(mut awaited) => {
                awaited.version = awaited.version.next();
                let id = awaited.id.clone();
                tables.requests.insert(id, Record::Awaited(awaited));
            }
            Change::AbandonAwaited(awaited) => {
                tables.requests.remove(&awaited.id);
                tables.parked.extend(awaited.updates);
            }
            Change::Alias(mut alias) => {
                alias.version = alias.version.next();
                tables
                    .requests
                    .insert(alias.id.clone(), Record::Alias(alias));
            }
            Change::Comment(comment) => {
                tables
                    .comments
                    .insert((comment.request, comment.at, comment.id));
            }
            Change::Viewer(mut viewer) => {
                viewer.version = viewer.version.next();
                let key = (viewer.request.clone(), viewer.who.clone());
                tables.viewers.insert(key, viewer);
            }
            Change::RemoveViewer(viewer) => {
                tables.viewers.remove(&(viewer.request, viewer.who));
            }
            Change::Run(mut run) => {
                run.version = run.version.next();
                tables.runs.insert(run.id, run);
            }
        }
    }
}

/// Returns the number of items in the transaction of an outcome.
pub fn items(outcome: &Outcome, once: Option<&str>) -> usize {
    let messages = outcome.messages.iter();
    outcome.changes.len()
        + outcome.marks().len()
        + outcome.audit.len()
        + outcome.work.len()
        + messages
            .map(|message| message.to.len().div_ceil(MAX_RECIPIENTS))
            .sum::<usize>()
        + usize::from(once.is_some())
}

/// Returns the item that a change writes.
fn place(change: &Change) -> String {
    match change {
        Change::Organization(org) => format!("org {}", org.id),
        Change::Membership(m) | Change::Forget { membership: m, .. } => {
            format!("member {} {}", m.org, m.email)
        }
        Change::Customer(customer) => format!("customer {}", customer.email),
        Change::CustomerUnchanged { email, .. } => format!("customer {email}"),
        Change::Request(request) => format!("request {}", request.id),
        Change::Awaited(awaited) | Change::AbandonAwaited(awaited) => {
            format!("request {}", awaited.id)
        }
        Change::Alias(alias) => format!("request {}", alias.id),
        Change::Comment(comment) => format!("comment {} {}", comment.at, comment.id),
        Change::Viewer(viewer) | Change::RemoveViewer(viewer) => {
            format!("viewer {:?} {}", viewer.request, who(&viewer.who))
        }
        Change::Run(run) => format!("run {}", run.id),
        Change::Draft(draft) => format!("draft {}", draft.id),
        Change::DropDraft(id) => format!("draft {id}"),
        Change::Account(account) | Change::ForgetAccount(account) => {
            format!("account {} {}", account.source, account.id)
        }
    }
}

/// `Debug` of an address shows none, so it is written out here.
fn who(who: &ViewerId) -> String {
    match who {
        ViewerId::Person(email) => email.to_string(),
        ViewerId::Organization(org) => format!("#{org}"),
    }
}
