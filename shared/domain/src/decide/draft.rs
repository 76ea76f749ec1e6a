//! A request on its way to its next state: each item is written once, however many events are
//! applied to it together.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::{
    AuditEntry, Change, Code, Customer, EmailAddress, Mail, Message, Outcome, Refusal, Request,
    Version,
    message::AboutRequest,
    request::{Comment, Part, Viewer, Who},
};

/// The most people and organisations that may see one request: with every one of them written,
/// a transaction stays within DynamoDB's 100 items.
const MAX_VIEWERS: usize = 60;

pub(super) struct Draft {
    pub(super) request: Request,
    request_touched: bool,
    viewers: BTreeMap<Who, Viewer>,
    touched: BTreeSet<Who>,
    comments: Vec<Comment>,
    customers: BTreeMap<EmailAddress, Customer>,
    customers_touched: BTreeSet<EmailAddress>,
    pub(super) messages: Vec<Message>,
    pub(super) audit: Vec<AuditEntry>,
}

impl Draft {
    pub(super) fn new(
        request: Request,
        viewers: Vec<Viewer>,
        customers: impl IntoIterator<Item = Customer>,
    ) -> Self {
        Self {
            request,
            request_touched: false,
            viewers: viewers.into_iter().map(|v| (v.who.clone(), v)).collect(),
            touched: BTreeSet::new(),
            comments: Vec::new(),
            customers: customers
                .into_iter()
                .map(|c| (c.email.clone(), c))
                .collect(),
            customers_touched: BTreeSet::new(),
            messages: Vec::new(),
            audit: Vec::new(),
        }
    }

    /// Notes that the request itself has to be written.
    pub(super) fn touch(&mut self) {
        self.request_touched = true;
    }

    pub(super) fn about(&self) -> AboutRequest {
        AboutRequest {
            id: self.request.id.clone(),
            summary: self.request.summary.clone(),
        }
    }

    /// How the reporter is called, or their address.
    pub(super) fn reporter(&self) -> String {
        self.request
            .reporter_name
            .as_ref()
            .map_or_else(|| self.request.reporter.to_string(), ToString::to_string)
    }

    /// Lets somebody in, in some part. Returns whether they could not see the request before.
    pub(super) fn let_in(
        &mut self,
        who: Who,
        part: Option<Part>,
        now: Timestamp,
    ) -> Result<bool, Refusal> {
        if let Some(viewer) = self.viewers.get_mut(&who) {
            if part.is_some_and(|part| viewer.parts.insert(part)) {
                self.touched.insert(who);
            }
            return Ok(false);
        }
        if self.viewers.len() >= MAX_VIEWERS {
            return Err(Refusal::new(
                Code::LimitReached,
                format!("a request is shared with at most {MAX_VIEWERS} people and organisations"),
            ));
        }
        self.viewers.insert(
            who.clone(),
            Viewer {
                request: self.request.id.clone(),
                who: who.clone(),
                parts: part.into_iter().collect(),
                subscribed: true,
                open: self.request.is_open(),
                moved_at: now,
                version: Version::NEW,
            },
        );
        self.touched.insert(who);
        Ok(true)
    }

    /// Moves the request in everybody's list to where its status says.
    pub(super) fn move_in_lists(&mut self, now: Timestamp) {
        let open = self.request.is_open();
        for (who, viewer) in &mut self.viewers {
            viewer.open = open;
            viewer.moved_at = now;
            self.touched.insert(who.clone());
        }
    }

    /// The people who want mails about the request, except the author of the change.
    pub(super) fn subscribers(&self, except: Option<&EmailAddress>) -> Vec<EmailAddress> {
        self.viewers
            .values()
            .filter(|viewer| viewer.subscribed)
            .filter_map(|viewer| match &viewer.who {
                Who::Person(email) => Some(email),
                Who::Organization(_) => None,
            })
            .filter(|email| Some(*email) != except)
            .cloned()
            .collect()
    }

    pub(super) fn tell(&mut self, to: Vec<EmailAddress>, mail: Mail) {
        if !to.is_empty() {
            self.messages.push(Message {
                to,
                desk: self.request.id.desk.clone(),
                org: self.request.org.clone(),
                mail,
            });
        }
    }

    pub(super) fn add_comment(&mut self, comment: Comment) {
        let same = |c: &Comment| c.id == comment.id && c.at == comment.at;
        if !self.comments.iter().any(same) {
            self.comments.push(comment);
        }
    }

    /// Notes an activity of a person: at most one write a day.
    pub(super) fn note_activity(&mut self, email: &EmailAddress, now: Timestamp) {
        let customer = self
            .customers
            .entry(email.clone())
            .or_insert_with(|| Customer::new(email.clone(), None));
        if customer.note_activity(now) {
            self.customers_touched.insert(email.clone());
        }
    }

    /// What has to be written for all of it.
    pub(super) fn finish(mut self) -> Outcome {
        let mut changes = Vec::new();
        if self.request_touched {
            changes.push(Change::Request(Box::new(self.request)));
        }
        changes.extend(
            self.touched
                .iter()
                .filter_map(|who| self.viewers.remove(who))
                .map(Change::Viewer),
        );
        changes.extend(self.comments.into_iter().map(Change::Comment));
        changes.extend(
            self.customers_touched
                .iter()
                .filter_map(|email| self.customers.remove(email))
                .map(Change::Customer),
        );
        Outcome {
            changes,
            messages: self.messages,
            audit: self.audit,
        }
    }
}
