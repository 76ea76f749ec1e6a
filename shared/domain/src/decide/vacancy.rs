//! An organisation that nobody leads whom mail reaches: its administrators hear of it, and again as
//! long as it lasts. Nobody is made a lead by it.

use jiff::Timestamp;

use super::entry::about_organization;
use crate::{
    Action, Change, Days, EmailAddress, Mail, Message, Occasion, Organization, Outcome,
    message::ToAsk, organization::Vacancy,
};

/// The interval at which the administrators are reminded.
const REMINDED_EVERY: Days = Days(7);
/// The most people whom a reminder names.
const MAX_TO_ASK: usize = 20;

/// Has an organisation without any lead looked at, that the sweep meets and that began so. Nothing
/// changes for any other.
pub fn notice_vacancy(mut org: Organization, now: Timestamp) -> Outcome {
    if org.leads.is_empty() && org.doubt_leads(now) {
        return Outcome::default().change(Change::Organization(org));
    }
    Outcome::default()
}

/// Looks whether anybody leads an organisation whom mail reaches, as `reached` says. If not, its
/// administrators are told, once a week however late the sweep is; `to_ask` says who has access and
/// could be asked. When somebody does again, the review goes on where it stood.
///
/// Nothing changes before it is time to look.
pub fn look_at_leads(
    mut org: Organization,
    administrators: &[EmailAddress],
    reached: bool,
    to_ask: impl FnOnce() -> Vec<ToAsk>,
    occasion: &Occasion,
) -> Outcome {
    let now = occasion.now;
    if org.due_at.is_none_or(|due| due > now) {
        return Outcome::default();
    }
    if reached {
        return end(org, occasion);
    }
    org.doubt_leads(now);
    let Some(vacancy) = org.vacancy else {
        return Outcome::default();
    };
    let entry = vacancy.told_at.is_none().then(|| {
        let reason = "nobody leads it whom mail reaches";
        about_organization(&org, Action::OrganizationVacant, reason, occasion)
    });
    org.vacancy = Some(Vacancy {
        told_at: Some(now),
        ..vacancy
    });
    org.due_at = Some(REMINDED_EVERY.after(now));
    let mail = reminder(&org, vacancy.since, to_ask());
    let message = Message::to_administrators(&org.desk, administrators, mail);
    Outcome::default()
        .note_all(entry)
        .tell_all(message)
        .change(Change::Organization(org))
}

/// The most active first; of those who were never active the first by address.
fn reminder(org: &Organization, since: Timestamp, mut to_ask: Vec<ToAsk>) -> Mail {
    let total = u32::try_from(to_ask.len()).unwrap_or(u32::MAX);
    to_ask.sort_by(|a, b| {
        let newest_first = b.last_active.cmp(&a.last_active);
        newest_first.then_with(|| a.email.cmp(&b.email))
    });
    to_ask.truncate(MAX_TO_ASK);
    Mail::OrganizationVacant {
        org_name: org.name.clone(),
        since,
        to_ask,
        total,
    }
}

fn end(mut org: Organization, occasion: &Occasion) -> Outcome {
    let Some(vacancy) = org.vacancy.take() else {
        return Outcome::default();
    };
    org.due_at = vacancy.review_due;
    // Nobody was told of a vacancy that was only doubted, so its end is not noted either.
    let entry = vacancy.told_at.map(|_| {
        let reason = "somebody leads it again whom mail reaches";
        about_organization(&org, Action::VacancyEnded, reason, occasion)
    });
    Outcome::default()
        .note_all(entry)
        .change(Change::Organization(org))
}
