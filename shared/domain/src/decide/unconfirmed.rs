//! A request from a form that anybody can fill in: it waits until its reporter has confirmed it.

use jiff::Timestamp;

use super::{
    raised_by::{admit, raised_by},
    request_created::{ReportedState, known_desk},
};
use crate::{
    Change, DraftId, Mail, Message, Outcome, Refusal, called,
    draft::DraftRequest,
    event::{Person, RequestCreated},
};

/// Keeps a request that nobody has confirmed, and mails its reporter the link to confirm it.
///
/// Neither the organisation nor the people that the form names mean anything: anybody can name any.
/// Its key is dropped, too, since the desk of record may yet send another request under it.
///
/// # Errors
/// A refusal when the desk is unknown, or takes no requests from this address.
pub fn keep_unconfirmed(
    state: ReportedState,
    event: &RequestCreated,
    id: DraftId,
    now: Timestamp,
) -> Result<Outcome, Refusal> {
    let desk = known_desk(state.desk)?;
    let (reporter, org) = (&event.reporter, state.org.as_ref());
    let raised_by = raised_by(
        &reporter.email,
        org,
        state.membership.as_ref(),
        (state.left, state.others),
        now,
    );
    admit(&desk, &reporter.email, org, raised_by)?;
    let until = DraftRequest::until(now);
    let draft = DraftRequest {
        id: id.clone(),
        desk: desk.id.clone(),
        kind: event.kind.clone(),
        summary: event.summary.clone(),
        description: event.description.clone(),
        answers: event.fields.clone(),
        reporter: Person {
            email: reporter.email.clone(),
            name: called::personal(reporter.name.clone(), Some(&desk), org.map(|org| &org.name)),
        },
        language: None,
        until,
    };
    let mail = Mail::ConfirmRequest {
        draft: id,
        summary: event.summary.clone(),
        expires_at: until,
        language: None,
    };
    Ok(Outcome::default()
        .tell(Message::to_address(&desk.id, &reporter.email, mail))
        .change(Change::Draft(Box::new(draft))))
}
