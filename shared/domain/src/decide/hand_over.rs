//! A leaver's open requests go to a colleague, one transaction a request.

use super::{due::schedule, request_edit::RequestEdit};
use crate::{
    Action, Change, DeskAct, EmailAddress, Mail, Membership, Occasion, Organization, Outcome,
    Request,
    desk::Desk,
    membership::State,
    request::{HandedOver, Part, Viewer, ViewerId},
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
    let name = edit.request.reporter_name.take();
    let earlier = edit.request.handed.take();
    let (raised_by, raised_by_name) = earlier.map_or_else(
        || (from.clone(), name),
        |earlier| (earlier.raised_by, earlier.raised_by_name),
    );
    edit.request.handed = Some(HandedOver {
        raised_by,
        raised_by_name,
        from: from.clone(),
        by: occasion.proof.actor.clone(),
        at: occasion.now,
    });
    edit.request.reporter = to.clone();
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

/// Gives one request back to the person from whom it was handed over, who has access again. The
/// colleague keeps no other part in it than they had besides.
///
/// Nothing changes when it is somebody else's by now, or was not theirs before.
pub fn hand_back(
    mut request: Request,
    viewers: Vec<Viewer>,
    (from, to): (&EmailAddress, &EmailAddress),
    desk: Option<&Desk>,
    occasion: &Occasion,
) -> Outcome {
    let Some(handed) = request.handed.take_if(|handed| handed.from == *to) else {
        return Outcome::default();
    };
    if request.reporter != *from {
        return Outcome::default();
    }
    let (colleague, others): (Vec<_>, Vec<_>) = viewers
        .into_iter()
        .partition(|viewer| viewer.who == ViewerId::Person(from.clone()));
    let mut edit = RequestEdit::new(request, others, None);
    edit.request.reporter = to.clone();
    if handed.raised_by == *to {
        edit.request.reporter_name = handed.raised_by_name;
    } else {
        // It came to them by an earlier hand-over.
        edit.request.handed = Some(HandedOver {
            from: handed.raised_by.clone(),
            ..handed
        });
    }
    edit.touch();
    let who = ViewerId::Person(to.clone());
    edit.let_in_anyway(who, Some(Part::Reporter), occasion.now);
    let reason = "who raised it has access again";
    edit.note(Action::RequestHandedOver, reason, occasion);
    if desk.is_some_and(Desk::writes_requests) {
        edit.add_work(DeskAct::HandOver {
            from: from.clone(),
            to: to.clone(),
        });
    }
    let colleague = colleague.into_iter().map(|mut viewer| {
        viewer.parts.remove(&Part::Reporter);
        if viewer.parts.is_empty() {
            Change::RemoveViewer(viewer)
        } else {
            Change::Viewer(viewer)
        }
    });
    edit.finish().change_all(colleague)
}

/// Notes that every open request of a leaver was handed over, or back to somebody who has access
/// again. Bookkeeping, not a change of state: each request has its own audit entry.
pub fn finish_hand_over(org: &Organization, mut membership: Membership) -> Outcome {
    if membership.state.stage().has_access() && membership.handed.take().is_some() {
        schedule(&mut membership, &org.policy, None);
        return Outcome::default().change(Change::Membership(membership));
    }
    let State::OffBoarded { hand_over_to, .. } = &mut membership.state else {
        return Outcome::default();
    };
    if hand_over_to.take().is_none() {
        return Outcome::default();
    }
    schedule(&mut membership, &org.policy, None);
    Outcome::default().change(Change::Membership(membership))
}
