//! The decisions: pure functions from what is known and what happened to what follows.
//!
//! None of them loads, stores, sends or looks at a clock. Each returns an [`Outcome`] to commit as
//! a whole, or a [`Refusal`](crate::Refusal) to answer with. The rules of the business live here
//! and nowhere else.

mod answer;
mod choose;
mod draft;
mod due;
mod hand_over;
mod invite;
mod offboard;
mod request_created;
mod request_updated;
mod roster;
mod run;
mod tick;

pub use answer::{accept, allow_exception, decline, keep_access, refuse_exception};
pub use choose::{mute, suppress, unmute, unwatch, watch};
pub use hand_over::{finish_hand_over, hand_over};
pub use invite::{InviteState, Invited, Terms, invite};
pub use offboard::{OffboardState, Offboarding, offboard, restore};
pub use request_created::{ReportedState, request_created};
pub use request_updated::{MAX_EARLY_UPDATES, UpdateState, abandon_awaited, request_updated};
pub use roster::{cancel_leaving, extend_access, keep_by_lead, resend, set_role, withdraw};
pub use run::{digest, finish, hold, over_limit, release};
pub use tick::{Due, Facts, Transition, carry_out, tick};

use crate::Outcome;

impl Outcome {
    /// Adds all of another outcome to this one.
    pub fn extend(&mut self, other: Self) {
        self.changes.extend(other.changes);
        self.messages.extend(other.messages);
        self.audit.extend(other.audit);
    }
}
