//! A leaver's open requests go to a colleague, one transaction a request.

use super::{due::schedule, request_edit::RequestEdit};
use crate::{
    Action, Change, DeskAct, EmailAddress, Mail, Membership, Occasion, Organization, Outcome,
    Request,
    desk::Desk,
    membership::State,
    request::{Part, Viewer, ViewerId},
};

/// Gives one request to a colleague. The leaver sees it no more.
///
/// Nothing changes when the leaver is not its reporter any more, so that an interrupted hand-over
/// can go on. `desk` is the request's, if it is described.
pub fn hand_over(
    request: Request,
    viewers: Vec<Viewer>,
    from: &EmailAddress,
    to: &EmailAddress,
    desk: Option<&Desk>,
    occasion: &Occasion,
) -> Outcome {
    if request.reporter != *from {
        return Outcome::default();
    }
    let (leaver, others): (Vec<_>, Vec<_>) = viewers
        .into_iter()
        .partition(|viewer| viewer.who == ViewerId::Person(from.clone()));
    let mut edit = RequestEdit::new(request, others, None);
    let previous = edit.reporter();
    edit.request.reporter = to.clone();
    edit.request.reporter_name = None;
    edit.touch();
    edit.let_in_anyway(
        ViewerId::Person(to.clone()),
        Some(Part::Reporter),
        occasion.now,
    );
    let mail = Mail::RequestHandedOver {
        request: edit.about(),
        from: previous,
    };
    edit.tell([to], mail);
    let reason = "who raised it has left the organisation";
    edit.note(Action::RequestHandedOver, reason, occasion);
    if desk.is_some_and(Desk::writes_requests) {
        edit.add_work(DeskAct::HandOver {
            from: from.clone(),
            to: to.clone(),
        });
    }
    edit.finish()
        .change_all(leaver.into_iter().map(Change::RemoveViewer))
}

/// Notes that every open request of a leaver was handed over. Bookkeeping, not a change of state:
/// each request has its own audit entry.
pub fn finish_hand_over(org: &Organization, mut membership: Membership) -> Outcome {
    let State::OffBoarded { hand_over_to, .. } = &mut membership.state else {
        return Outcome::default();
    };
    if hand_over_to.take().is_none() {
        return Outcome::default();
    }
    schedule(&mut membership, &org.policy, None);
    Outcome::default().change(Change::Membership(membership))
}
