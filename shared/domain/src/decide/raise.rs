//! Somebody raised a request on a form of ours: from their session, from a form's link, or by
//! confirming what they had filled in.
//!
//! It is what a webhook's `request.created` is, with three differences. No service desk has it yet,
//! so the desk's own rules say whose requests it takes, and the desk is told. The one who asks may
//! share it with their organisation. And somebody who left is refused: a form is no way back in.

use jiff::Timestamp;

use super::{
    request_created::{ReportedState, created},
    standing::{Standing, standing},
};
use crate::{Code, Outcome, Proof, Refusal, event::RequestCreated, request::Who};

/// Decides on a request that was raised on a form. `shared` lets every member of the request's
/// organisation see it; of a request that belongs to none it means nothing.
///
/// # Errors
/// A refusal when the desk or the organisation is unknown, when the key is taken
/// ([`Code::RequestExists`]: another one is to be tried), or when the desk takes no requests from
/// this address.
pub fn raise_request(
    state: ReportedState,
    event: &RequestCreated,
    shared: bool,
    proof: &Proof,
    now: Timestamp,
) -> Result<Outcome, Refusal> {
    let left = standing(
        event,
        state.org.as_ref(),
        state.membership.as_ref(),
        state.left,
    ) == Standing::Leaver;
    if left {
        return Err(Refusal::new(
            Code::AccessDenied,
            format!(
                "the desk «{}» takes no requests from this address",
                event.request.desk
            ),
        ));
    }
    let state = ReportedState {
        trusted: false,
        ..state
    };
    let mut created = created(state, event, now, proof, now)?;
    let draft = &mut created.draft;
    if let Some(org) = draft.request.org.clone().filter(|_| shared) {
        draft.let_in(Who::Organization(org), None, now)?;
    }
    Ok(created.finish())
}
