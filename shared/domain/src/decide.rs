//! The decisions: pure functions from a state and an event to an outcome.
//!
//! None of them loads, stores, sends or looks at a clock. Each returns an
//! [`Outcome`](crate::Outcome) to commit as a whole, or a [`Refusal`](crate::Refusal) to answer
//! with. The rules of the business live here and nowhere else.

mod account;
mod answer;
mod appoint;
mod approval;
mod at_desk;
mod carry_out;
mod choose;
pub mod drift;
mod due;
mod early;
mod entry;
mod expiring_token;
mod hand_over;
mod import_people;
mod invite;
mod invite_list;
mod keyed;
mod keys;
mod moved;
mod offboard;
mod profile;
mod raise;
mod raised_by;
mod reach;
mod request_created;
mod request_edit;
mod request_updated;
mod requester;
mod restore;
mod review;
mod roster;
mod run;
mod status;
mod tick;
mod transition;
mod unconfirmed;
mod vacancy;

pub use account::{forget_account, learn_account};
pub use answer::{accept, allow_exception, decline, keep_access, refuse_exception};
pub use appoint::{AppointState, appoint_lead};
pub use at_desk::{AccountKind, DeskStep, PersonHere, PersonThere, steps_at_desk};
pub use carry_out::{Due, carry_out};
pub use choose::{end_links, mute, unmute, unwatch};
pub use early::{MAX_EARLY_UPDATES, abandon_awaited};
pub use expiring_token::remind_of_token;
pub use hand_over::{finish_hand_over, hand_back, hand_over};
pub use import_people::{Arrival, Imported, LeftOut, import_people};
pub use invite::{InviteState, Invited, Terms, invite};
pub use invite_list::{ListState, addressee, judge_list};
pub use keyed::{NotOffered, SeenRequest, keyed, not_offered};
pub use keys::Keys;
pub use offboard::{OffboardState, Offboarding, offboard, offboard_by_lead};
pub use profile::{Profile, change_profile};
pub use raise::{OnForm, may_raise, raise_request};
pub use reach::{
    MAX_HELD_AT_ONCE, Told, hold_unreachable, lift_suppression, mail_works_again, suppress,
    take_back_complaint,
};
pub use request_created::{ReportedState, request_created};
pub use request_updated::{Update, UpdateState, request_updated};
pub use requester::{
    Found, ShareWith, answer_approval, change_status, choose_columns, choose_mails, comment,
    comment_and_change_status, share,
};
pub use restore::restore;
pub use review::{ask_review, begin_reviews, finish_review, first_review};
pub use roster::{
    cancel_leaving, extend_access, keep_by_lead, resend, set_exempt, set_role, withdraw,
};
pub use run::{digest, finish, finish_released, hold, over_limit, release};
pub use tick::{Facts, tick};
pub use transition::{Course, Transition};
pub use unconfirmed::keep_unconfirmed;
pub use vacancy::{look_at_leads, notice_vacancy};
