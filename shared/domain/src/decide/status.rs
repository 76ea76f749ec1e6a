//! A request's status: changed, confirmed, or heard of too late.

use jiff::Timestamp;

use super::draft::Draft;
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
    draft: &mut Draft,
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
    set_status(draft, said, event.by.as_ref(), occasion);
}

/// A request is over. When the desk's own word for that was heard before, it stays.
pub(super) fn closed(draft: &mut Draft, event: &RequestClosed, at: Timestamp, occasion: &Occasion) {
    let to = if draft.request.is_open() {
        Status {
            name: Title::new("Closed").expect("a fixed word is a title"),
            category: Category::Done,
        }
    } else {
        draft.request.status.clone()
    };
    let said = Said {
        reason: by_desk(&to),
        to,
        resolution: event.resolution.clone(),
        at,
    };
    set_status(draft, said, None, occasion);
}

/// Sets the status, unless what is said is known or older than what is known, and tells all who
/// follow except `by`.
pub(super) fn set_status(
    draft: &mut Draft,
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
    if draft.request.status == to {
        confirm(draft, resolution, at, occasion);
        return;
    }
    if draft.request.history.iter().any(heard) {
        return;
    }
    let late = at < draft.request.status_at;
    draft.touch();
    draft.request.note(StatusChange {
        at,
        to: to.clone(),
        late,
    });
    if late {
        let reason = format!("«{}» is older than the status recorded", to.name);
        draft.note(Action::LateStatusNoted, &reason, occasion);
        return;
    }
    draft.request.status = to.clone();
    draft.request.status_at = at;
    draft.request.resolution.clone_from(&resolution);
    draft.move_in_lists(occasion.now);
    let (mail, action) = if to.category == Category::Done {
        let mail = Mail::RequestClosed {
            request: draft.about(),
            resolution,
        };
        (mail, Action::RequestClosed)
    } else {
        let mail = Mail::RequestTransitioned {
            request: draft.about(),
            status: to.name,
            category: to.category,
        };
        (mail, Action::RequestTransitioned)
    };
    draft.tell(draft.subscribers(by), mail);
    draft.note(action, &reason, occasion);
}

/// The status is what it was. That it was so still at a later instant makes older news late, and
/// a resolution that was not known yet is kept.
fn confirm(draft: &mut Draft, resolution: Option<Title>, at: Timestamp, occasion: &Occasion) {
    if at > draft.request.status_at {
        draft.request.status_at = at;
        draft.touch();
    }
    if draft.request.resolution.is_none() && resolution.is_some() && !draft.request.is_open() {
        draft.request.resolution = resolution;
        draft.touch();
        let reason = "the desk says how it ended";
        draft.note(Action::RequestClosed, reason, occasion);
    }
}
