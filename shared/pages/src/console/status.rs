//! The status after an act on a person: names them, and offers what undoes it.

use app::{
    console::{Kind, PersonView},
    path::Stop,
};
use domain::Membership;
use words::{file::Console as Words, with};

use super::{person::ACTION, request::ConsoleRequest};
use crate::{
    feedback::{Status, Undo},
    reader::Reader,
    wording::console::{self as wording, Done},
};

/// The name of somebody, or else their address.
pub(super) fn name(membership: &Membership) -> String {
    let name = membership.name.as_ref();
    name.map_or_else(|| membership.email.to_string(), ToString::to_string)
}

/// The status of an act on the person who is shown.
pub(super) fn of(
    here: &ConsoleRequest<'_>,
    reader: &Reader,
    done: Done,
    view: &PersonView,
) -> Status {
    let (membership, handle) = (&view.person.membership, &view.person.handle);
    let words = &reader.words.console;
    let mut says = wording::done(words, done, &name(membership));
    if done == Done::OffBoarded
        && let Some(went) = requests_went(words, view)
    {
        says = format!("{says} {went}");
    }
    let undo = undo(done, membership).map(|act| Undo {
        to: here.path(&format!("/people/{handle}")),
        fields: vec![
            ("token", here.token(ACTION)),
            ("email", membership.email.to_string()),
            ("act", act.to_owned()),
        ],
        label: words.undo,
    });
    if matches!(done, Done::Unchanged | Done::AlreadyHere) {
        return Status::unchanged(says);
    }
    Status {
        undo,
        ..Status::done(says)
    }
}

/// The sentence about the open requests that a colleague took over.
pub(super) fn requests_went(words: &Words, view: &PersonView) -> Option<String> {
    let handed = view.person.membership.handed.as_ref()?;
    let to = view.successor.as_deref()?;
    Some(words.requests_went(with::Count(handed.requests), with::To(to)))
}

/// The status on a page that is not the person's own, with the way to them.
pub(super) async fn elsewhere(
    here: &ConsoleRequest<'_>,
    reader: &Reader,
) -> Result<Option<Status>, Stop> {
    let query = here.ask.query();
    let done = query.one("done").and_then(Done::of);
    let Some((done, handle)) = done.zip(query.one("who")) else {
        return Ok(None);
    };
    let view = match here.console().person(here.caller, here.org, handle).await {
        Ok(view) => view,
        Err(Stop::Gone) => return Ok(None),
        Err(stop) => return Err(stop),
    };
    let membership = &view.person.membership;
    let way = (
        here.path(&format!("/people/{handle}")),
        reader.words.console.see_person(name(membership)),
    );
    Ok(Some(Status {
        ways: vec![way],
        ..of(here, reader, done, &view)
    }))
}

/// The act that undoes another, while the person's state still admits it.
fn undo(done: Done, membership: &Membership) -> Option<&'static str> {
    let kind = Kind::of(membership);
    match done {
        Done::OffBoarded => (kind == Kind::OffBoarded).then_some("restore"),
        Done::Planned => membership.leaving.as_ref().map(|_| "cancel-leaving"),
        Done::Invited => (kind == Kind::Invited).then_some("withdraw"),
        Done::Asked => (kind == Kind::Proposed).then_some("withdraw"),
        Done::NowExempt => membership.exempt.then_some("not-exempt"),
        Done::NotExempt => (!membership.exempt).then_some("exempt"),
        Done::AlreadyHere
        | Done::Resent
        | Done::Withdrawn
        | Done::LeavingCancelled
        | Done::Restored
        | Done::Kept
        | Done::Extended
        | Done::NoEnd
        | Done::NowLead
        | Done::NowMember
        | Done::MailWorks
        | Done::Confirmed
        | Done::SameList
        | Done::Unchanged => None,
    }
}
