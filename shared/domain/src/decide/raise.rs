//! Requests that are raised on a form of ours: from a session, from a form's link, or by confirming
//! a form that was filled in.
//!
//! Such a request differs from a webhook's `request.created` in three ways. No service desk has it
//! yet, so the desk's own rules say whose requests it takes, and the desk is told. Its reporter may
//! share it with their organisation. And somebody who left is refused, because a form is no way
//! back in.

use jiff::Timestamp;

use super::{
    raised_by::{RaisedBy, admit, raised_by},
    request_created::{ReportedState, created},
};
use crate::{
    Code, DeskAct, EmailAddress, Language, Occasion, Outcome, Refusal, event::RequestCreated,
    message::RequesterAction, request::ViewerId,
};

/// Returns `true` if the desk takes requests from this address on its forms, as far as can be told
/// before one is filled in.
#[must_use]
pub fn may_raise(state: &ReportedState, reporter: &EmailAddress, now: Timestamp) -> bool {
    let Some(desk) = &state.desk else {
        return false;
    };
    let org = state.org.as_ref();
    let others = state.others;
    let raised_by = raised_by(
        reporter,
        org,
        state.membership.as_ref(),
        (state.left, others),
        now,
    );
    raised_by != RaisedBy::Leaver && admit(desk, reporter, org, raised_by).is_ok()
}

/// The choices on a form besides its answers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OnForm {
    /// `true` if every member of the request's organisation is to see it. Ignored for a request
    /// without an organisation.
    pub shared: bool,
    /// The language in which the form was read. A reporter who is new reads it from now on.
    pub language: Option<Language>,
}

/// Decides on a request that was raised on a form.
///
/// # Errors
/// A refusal when the desk or the organisation is unknown, when the key is taken
/// ([`Code::RequestExists`]: another one is to be tried), or when the desk takes no requests from
/// this address.
pub fn raise_request(
    state: ReportedState,
    event: &RequestCreated,
    on_form: OnForm,
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    let now = occasion.now;
    let desk = state.desk.clone();
    let name = event.reporter.name.clone().or_else(|| {
        let mut known = state.customers.iter();
        let known = known.find(|known| known.email == event.reporter.email);
        known.and_then(|known| known.name.clone())
    });
    if desk.is_some() && !may_raise(&state, &event.reporter.email, now) {
        return Err(Refusal::of(Code::AccessDenied));
    }
    let reporter = &event.reporter.email;
    let is_new = !state.customers.iter().any(|c| c.email == *reporter);
    let state = ReportedState {
        trusted: false,
        ..state
    };
    let mut created = created(state, event, now, occasion)?;
    let edit = &mut created.edit;
    if let Some(language) = on_form.language.filter(|_| is_new) {
        edit.reads(reporter, language);
    }
    let shared_with = edit.request.org.clone().filter(|_| on_form.shared);
    if let Some(org) = shared_with.clone() {
        edit.let_in(ViewerId::Organization(org), None, now)?;
    }
    if let Some(desk) = desk {
        let form = desk.form_of(&edit.request);
        let action = RequesterAction::raised(&edit.request, form);
        edit.pass_on(&desk, (reporter, name.as_ref()), DeskAct::Create, action);
        if let Some(org) = shared_with.filter(|_| desk.writes_requests()) {
            edit.add_work(DeskAct::ShareWithOrganization { org });
        }
    }
    Ok(created.finish())
}
