//! The end of a token by which a service desk elsewhere is called: administrators hear of it in
//! time.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::{Days, Mail, Message, Outcome, desk::Desk, organization::day_of};

/// The days before the end on which administrators are told, the nearest first.
const TOLD_BEFORE: [Days; 3] = [Days(1), Days(7), Days(30)];

/// Returns the reminder whose day has come, as its number of days before the end, and the outcome
/// that tells the administrators. A reminder that was missed is not sent later, except the last one.
///
/// `expires_on` is the last day on which the token is accepted, in UTC.
#[must_use]
pub fn remind_of_token(desk: &Desk, expires_on: Date, now: Timestamp) -> Option<(Days, Outcome)> {
    let left = day_of(now).until(expires_on).ok()?.get_days();
    let is_near = |ahead: &Days| left <= i32::from(ahead.0);
    let ahead = TOLD_BEFORE.into_iter().find(is_near)?;
    let end = expires_on.tomorrow().ok()?.to_zoned(TimeZone::UTC).ok()?;
    let mail = Mail::TokenExpires {
        desk: desk.id.clone(),
        expires_at: end.timestamp(),
    };
    let message = Message::to_administrators(&desk.id, &desk.administrators, mail);
    Some((ahead, Outcome::default().tell_all(message)))
}
