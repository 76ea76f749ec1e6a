//! A request's status: changed, confirmed, or heard of too late.

use jiff::Timestamp;

use super::request_edit::RequestEdit;
use crate::{
    Action, EmailAddress, Mail, Occasion,
    event::{RequestClosed, RequestTransitioned},
    request::{Category, Status, StatusChange},
    text::Title,
};

/// A statement about the status.
pub(super) struct Said {
    /// The status.
    pub(super) to: Status,
    /// The desk's word for how it ended, if it did.
    pub(super) resolution: Option<Title>,
    /// By the sender's clock.
    pub(super) at: Timestamp,
    /// The reason of the change, for the audit.
    pub(super) reason: String,
}

/// Returns the reason of a change that a desk reports.
fn by_desk(to: &Status) -> String {
    format!("the desk says «{}»", to.name)
}

pub(super) fn transitioned(
    edit: &mut RequestEdit,
    event: &RequestTransitioned,
    at: Timestamp,
    occasion: &Occasion,
) {
    let said = Said {
        reason: by_desk(&event.to),
        to: event.to.clone(),
        resolution: event.resolution.clone(),
        at,
    };
    set_status(edit, said, event.by.as_ref(), occasion);
}

/// A request is over. When the desk's own word for that was heard before, it stays.
pub(super) fn closed(
    edit: &mut RequestEdit,
    event: &RequestClosed,
    at: Timestamp,
    occasion: &Occasion,
) {
    let to = if edit.request.is_open() {
        Status {
            name: Title::new("Closed").expect("a fixed word is a title"),
            category: Category::Done,
        }
    } else {
        edit.request.status.clone()
    };
    let said = Said {
        reason: by_desk(&to),
        to,
        resolution: event.resolution.clone(),
        at,
    };
    set_status(edit, said, None, occasion);
}

/// Sets the status, unless what is said is known or older than what is known, and tells all who
/// follow except `by`.
pub(super) fn set_status(
    edit: &mut RequestEdit,
    said: Said,
    by: Option<&EmailAddress>,
    occasion: &Occasion,
) {
    let Said {
        to,
        resolution,
        at,
        reason,
    } = said;
    let heard = |line: &StatusChange| line.at == at && line.to == to;
    if edit.request.status == to {
        confirm(edit, resolution, at, occasion);
        return;
    }
    if edit.request.history.iter().any(heard) {
        return;
    }
    if at < edit.request.status_at {
        edit.touch();
        edit.request.note(StatusChange {
            at,
            to: to.clone(),
            late: true,
        });
        let reason = format!("«{}» is older than the status recorded", to.name);
        edit.note(Action::LateStatusNoted, &reason, occasion);
        return;
    }
    put(edit, to.clone(), at, occasion.now);
    edit.request.resolution.clone_from(&resolution);
    let (mail, action) = if to.category == Category::Done {
        let mail = Mail::RequestClosed {
            request: edit.about(),
            resolution,
        };
        (mail, Action::RequestClosed)
    } else {
        let mail = Mail::RequestTransitioned {
            request: edit.about(),
            status: to.name,
            category: to.category,
        };
        (mail, Action::RequestTransitioned)
    };
    edit.tell(&edit.subscribers(by), mail);
    edit.note(action, &reason, occasion);
}

/// Gives the request a status, and its place in everybody's list with it.
pub(super) fn put(edit: &mut RequestEdit, to: Status, at: Timestamp, now: Timestamp) {
    edit.touch();
    edit.request.note(StatusChange {
        at,
        to: to.clone(),
        late: false,
    });
    edit.request.status = to;
    edit.request.status_at = at;
    edit.move_in_lists(now);
}

/// The status is what it was. That it was so still at a later instant makes older news late, and
/// a resolution that was not known yet is kept.
fn confirm(edit: &mut RequestEdit, resolution: Option<Title>, at: Timestamp, occasion: &Occasion) {
    if at > edit.request.status_at {
        edit.request.status_at = at;
        edit.touch();
    }
    if edit.request.resolution.is_none() && resolution.is_some() && !edit.request.is_open() {
        edit.request.resolution = resolution;
        edit.touch();
        let reason = "the desk says how it ended";
        edit.note(Action::RequestClosed, reason, occasion);
    }
}
