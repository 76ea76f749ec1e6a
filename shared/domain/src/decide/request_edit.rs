//! A request on its way to its next state: each item is written once, however many events are
//! applied to it together.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::{
    entry::{about_person, about_request},
    keys::Keys,
};
use crate::{
    Action, AuditEntry, Change, Customer, DeskAct, DeskWork, EmailAddress, Language, Mail, Message,
    Occasion, Outcome, Refusal, Request, RequestRef, Version, called,
    desk::Desk,
    message::{AboutRequest, RequesterAction},
    request::{Alias, Comment, Part, Record, Viewer, ViewerId},
    text::{Line, Name},
};

/// The most people and organisations that may see one request. Together with
/// [`MAX_EARLY_UPDATES`](super::MAX_EARLY_UPDATES) it keeps the largest outcome, each of these
/// viewers and all that waited for the request, within the 100 items of a `DynamoDB` transaction;
/// a message to all of them is one item.
pub(super) const MAX_VIEWERS: usize = 50;

/// The effect of letting somebody in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LetIn {
    /// They could not see the request before.
    New,
    /// They could, and take one more part in it.
    Further,
    /// Nothing.
    Already,
}

#[derive(Clone)]
pub(super) struct RequestEdit {
    pub(super) request: Request,
    request_touched: bool,
    viewers: BTreeMap<ViewerId, Viewer>,
    touched: BTreeSet<ViewerId>,
    comments: Vec<Comment>,
    /// The records under the keys that it is moved to.
    pub(super) keys: Keys,
    aliases: Vec<Alias>,
    /// The number of updates that waited for it and are applied with this.
    pub(super) early: usize,
    customers: BTreeMap<EmailAddress, Customer>,
    customers_touched: BTreeSet<EmailAddress>,
    pub(super) messages: Vec<Message>,
    pub(super) audit: Vec<AuditEntry>,
    work: Vec<DeskWork>,
}

impl RequestEdit {
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
            keys: Keys::default(),
            aliases: Vec::new(),
            early: 0,
            customers: customers
                .into_iter()
                .map(|c| (c.email.clone(), c))
                .collect(),
            customers_touched: BTreeSet::new(),
            messages: Vec::new(),
            audit: Vec::new(),
            work: Vec::new(),
        }
    }

    /// The same edit, with what is known of the keys that the request may be moved to.
    pub(super) fn with(mut self, keys: Keys) -> Self {
        for customer in &keys.customers {
            let email = customer.email.clone();
            let known = self.customers.entry(email);
            known.or_insert_with(|| customer.clone());
        }
        self.keys = keys;
        self
    }

    /// Gives the request one more key.
    pub(super) fn add_alias(&mut self, alias: Alias) {
        let record = Record::Alias(alias.clone());
        self.keys.records.insert(alias.id.clone(), record);
        self.aliases.push(alias);
    }

    /// Notes that the request itself has to be written.
    pub(super) fn touch(&mut self) {
        self.request_touched = true;
    }

    pub(super) fn about(&self) -> AboutRequest {
        AboutRequest {
            id: self.request.id.clone(),
            now: self.current().map(|now| now.key.clone()),
            summary: self.request.summary.clone(),
        }
    }

    /// The desk and the key that it has now, where they are not its first ones.
    fn current(&self) -> Option<&RequestRef> {
        Some(self.request.current()).filter(|now| **now != self.request.id)
    }

    /// Returns the reporter's name, or else their address.
    pub(super) fn reporter(&self) -> String {
        let name = called::personal(self.request.reporter_name.clone(), None, None);
        name.map_or_else(|| self.request.reporter.to_string(), String::from)
    }

    /// Lets somebody in, in some part.
    pub(super) fn let_in(
        &mut self,
        who: ViewerId,
        part: Option<Part>,
        now: Timestamp,
    ) -> Result<LetIn, Refusal> {
        if self.viewers.len() >= MAX_VIEWERS && !self.viewers.contains_key(&who) {
            return Err(Refusal::limit(
                "a request is shared with",
                MAX_VIEWERS,
                "people and organisations",
            ));
        }
        Ok(self.let_in_anyway(who, part, now))
    }

    /// Lets people in and returns those who could not see the request before.
    pub(super) fn let_people_in(
        &mut self,
        people: &[EmailAddress],
        part: Part,
        now: Timestamp,
    ) -> Result<Vec<EmailAddress>, Refusal> {
        let mut new = Vec::new();
        for email in people {
            if self.let_in(ViewerId::Person(email.clone()), Some(part), now)? == LetIn::New {
                new.push(email.clone());
            }
        }
        Ok(new)
    }

    /// Lets in somebody who must see the request, however many others do.
    pub(super) fn let_in_anyway(
        &mut self,
        who: ViewerId,
        part: Option<Part>,
        now: Timestamp,
    ) -> LetIn {
        if let Some(viewer) = self.viewers.get_mut(&who) {
            if part.is_some_and(|part| viewer.parts.insert(part)) {
                self.touched.insert(who);
                return LetIn::Further;
            }
            return LetIn::Already;
        }
        self.viewers.insert(
            who.clone(),
            Viewer {
                request: self.request.id.clone(),
                who: who.clone(),
                kind: self.request.kind.clone(),
                summary: self.request.summary.clone(),
                parts: part.into_iter().collect(),
                now: self.current().cloned(),
                subscribed: true,
                open: self.request.is_open(),
                moved_at: now,
                version: Version::NEW,
            },
        );
        self.touched.insert(who);
        LetIn::New
    }

    /// Switches somebody's mails on or off. Returns whether that changed anything.
    pub(super) fn set_subscribed(&mut self, who: &ViewerId, wanted: bool) -> bool {
        let Some(viewer) = self.viewers.get_mut(who) else {
            return false;
        };
        // A new viewer is written in any case.
        let changes = viewer.subscribed != wanted || viewer.version.is_new();
        viewer.subscribed = wanted;
        if changes {
            self.touched.insert(who.clone());
        }
        changes
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

    /// Says in everybody's list where the request is now.
    pub(super) fn point_lists(&mut self) {
        let now = self.current().cloned();
        for (who, viewer) in &mut self.viewers {
            if viewer.now != now {
                viewer.now.clone_from(&now);
                self.touched.insert(who.clone());
            }
        }
    }

    /// The people who want mails about the request, except the author of the change.
    pub(super) fn subscribers(&self, except: Option<&EmailAddress>) -> Vec<EmailAddress> {
        self.viewers
            .values()
            .filter(|viewer| viewer.subscribed)
            .filter_map(|viewer| match &viewer.who {
                ViewerId::Person(email) => Some(email),
                ViewerId::Organization(_) => None,
            })
            .filter(|email| Some(*email) != except)
            .cloned()
            .collect()
    }

    /// Mails people who follow the request.
    pub(super) fn tell<'a>(&mut self, to: impl IntoIterator<Item = &'a EmailAddress>, mail: Mail) {
        let message = Message::to_followers(&self.request, to, mail);
        self.messages.extend(message);
    }

    /// Passes an act on to the desk: to the service desk that it writes to or, without one, to its
    /// inbox. Nobody is mailed what they did themselves.
    pub(super) fn pass_on(
        &mut self,
        desk: &Desk,
        (by, name): (&EmailAddress, Option<&Name>),
        act: DeskAct,
        action: RequesterAction,
    ) {
        if desk.writes_requests() {
            self.add_work(act);
        } else {
            let told = Message::to_desk(desk, self.about(), by, name, action);
            self.messages.extend(told);
        }
    }

    /// Adds an act at the service desk that has the request, too.
    pub(super) fn add_work(&mut self, act: DeskAct) {
        let request = self.request.id.clone();
        self.work.push(DeskWork::Act { request, act });
    }

    /// Adds a comment. Returns whether it was not among those to be written already.
    pub(super) fn add_comment(&mut self, comment: Comment) -> bool {
        let same = |c: &Comment| c.id == comment.id && c.at == comment.at;
        let new = !self.comments.iter().any(same);
        if new {
            self.comments.push(comment);
        }
        new
    }

    /// Notes an activity of a person: at most one write a day. A name is kept with the first that
    /// comes with one.
    pub(super) fn note_activity(
        &mut self,
        email: &EmailAddress,
        name: Option<&Name>,
        now: Timestamp,
    ) {
        let customer = self
            .customers
            .entry(email.clone())
            .or_insert_with(|| Customer::new(email.clone(), None));
        if customer.note_activity(now) {
            if customer.name.is_none() {
                customer.name = name.cloned();
            }
            self.customers_touched.insert(email.clone());
        }
    }

    /// Notes in which language somebody reads who is recorded with this.
    pub(super) fn reads(&mut self, email: &EmailAddress, language: Language) {
        if let Some(customer) = self.customers.get_mut(email) {
            customer.locale = Line::new(language.tag()).ok();
        }
    }

    /// Activity of somebody whose record was loaded; nothing for anybody else.
    pub(super) fn note_activity_if_known(&mut self, email: &EmailAddress, now: Timestamp) {
        if self.customers.contains_key(email) {
            self.note_activity(email, None, now);
        }
    }

    /// Notes what was done to the request.
    pub(super) fn note(&mut self, action: Action, reason: &str, occasion: &Occasion) {
        let entry = about_request(&self.request, action, reason, occasion);
        self.audit.push(entry);
    }

    /// Notes what a person chose for themselves.
    pub(super) fn note_person(
        &mut self,
        email: &EmailAddress,
        action: Action,
        reason: &str,
        occasion: &Occasion,
    ) {
        let entry = about_person(email, action, reason, occasion);
        self.audit.push(entry);
    }

    /// Returns everything that has to be written.
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
        changes.extend(self.aliases.into_iter().map(Change::Alias));
        changes.extend(
            self.customers_touched
                .iter()
                .filter_map(|email| self.customers.remove(email))
                .map(Change::Customer),
        );
        Outcome::default()
            .note_all(self.audit)
            .tell_all(self.messages)
            .work_all(self.work)
            .change_all(changes)
    }
}
