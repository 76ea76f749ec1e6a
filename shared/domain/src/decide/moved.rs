//! A request got another key: it goes on under it, or it is over here.
//!
//! A request is stored under its first key for good, and each further one becomes an alias of it. So
//! its page, its links, its comments and the thread of its mails stay what they are, and an event
//! under any of its keys reaches it (ADR 22).

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    early::{MAX_EARLY_UPDATES, apply_early},
    request_edit::RequestEdit,
    status::put,
};
use crate::{
    Action, Code, Mail, Occasion, OrgId, Refusal, RequestRef, Version,
    event::RequestMoved,
    request::{Alias, Awaited, Category, Destination, Move, Record, Status},
    text::Title,
};

/// The result of taking a key.
pub(super) enum Taken {
    /// It is the request's, and these updates waited for it there.
    Ours(Option<Awaited>),
    /// It is another request's.
    Theirs,
}

pub(super) fn moved(
    edit: &mut RequestEdit,
    event: &RequestMoved,
    orgs: &BTreeSet<OrgId>,
    at: Timestamp,
    occasion: &Occasion,
) -> Result<(), Refusal> {
    let mut to = event.to.clone();
    let mut waited = None;
    if let Destination::Desk(id) = &event.to {
        match take(edit, id)? {
            Taken::Ours(updates) => waited = updates,
            Taken::Theirs => to = Destination::Elsewhere(id.key.clone()),
        }
    }
    go(edit, to, at, occasion);
    apply_early(edit, waited, orgs, occasion.now);
    Ok(())
}

/// Makes a key the request's own, unless it is another's.
pub(super) fn take(edit: &mut RequestEdit, id: &RequestRef) -> Result<Taken, Refusal> {
    if *id == edit.request.id {
        return Ok(Taken::Ours(None));
    }
    if !edit.keys.desks.contains(&id.desk) {
        return Err(Refusal::of(Code::UnknownDesk));
    }
    let (version, awaited) = match edit.keys.records.get(id) {
        Some(Record::Alias(alias)) if alias.of == edit.request.id => {
            return Ok(Taken::Ours(None));
        }
        Some(Record::Known(_) | Record::Alias(_)) => return Ok(Taken::Theirs),
        Some(Record::Awaited(awaited)) => (awaited.version, Some(awaited.clone())),
        None => (Version::NEW, None),
    };
    edit.early += awaited.as_ref().map_or(0, |awaited| awaited.updates.len());
    if edit.early > MAX_EARLY_UPDATES {
        return Err(Refusal::new(
            Code::TooManyEarlyUpdates,
            "more updates wait under the new key than can be taken over at once",
        ));
    }
    edit.add_alias(Alias {
        id: id.clone(),
        of: edit.request.id.clone(),
        version,
    });
    Ok(Taken::Ours(awaited))
}

/// Notes the place the request is at now, and tells all who follow it, unless that is known or older than
/// what is known.
fn go(edit: &mut RequestEdit, to: Destination, at: Timestamp, occasion: &Occasion) {
    let (was, since) = match &edit.request.moved {
        Some(before) => (before.to.clone(), Some(before.at)),
        None => (Destination::Desk(edit.request.id.clone()), None),
    };
    if since.is_some_and(|since| at < since) || (since.is_none() && was == to) {
        return;
    }
    edit.touch();
    edit.request.moved = Some(Move { to: to.clone(), at });
    if was == to {
        return;
    }
    match (&was, &to) {
        (Destination::Desk(_), Destination::Elsewhere(_)) => end(edit, at, occasion.now),
        (Destination::Elsewhere(_), Destination::Desk(_)) => resume(edit, at, occasion.now),
        (Destination::Desk(_), Destination::Desk(_))
        | (Destination::Elsewhere(_), Destination::Elsewhere(_)) => {}
    }
    edit.point_lists();
    let mail = Mail::RequestMoved {
        request: edit.about(),
        to: to.key().clone(),
        followed: to.served().is_some(),
    };
    edit.tell(&edit.subscribers(None), mail);
    let reason = match to {
        Destination::Desk(id) => format!("its key is {id} now"),
        Destination::Elsewhere(key) => format!("no desk here serves it as {key}"),
    };
    edit.note(Action::RequestMoved, &reason, occasion);
}

/// The status of a request that went to where no desk here serves it.
fn gone() -> Status {
    Status {
        name: Title::new("Moved").expect("a fixed word is a title"),
        category: Category::Done,
    }
}

fn end(edit: &mut RequestEdit, at: Timestamp, now: Timestamp) {
    if edit.request.is_open() {
        put(edit, gone(), at.max(edit.request.status_at), now);
    }
}

/// Gives the request the status that it had before it went. The entry of the move tells of both.
fn resume(edit: &mut RequestEdit, at: Timestamp, now: Timestamp) {
    if edit.request.status != gone() {
        return;
    }
    let mut heard = edit.request.history.iter().rev();
    let before = heard.find(|line| line.to != gone() && !line.late);
    let before = before.map_or_else(Status::fresh, |line| line.to.clone());
    put(edit, before, at.max(edit.request.status_at), now);
}
