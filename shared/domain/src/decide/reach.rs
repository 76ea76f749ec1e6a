//! Stopping mail to an address when the mail system says so, and allowing it again.

use std::collections::BTreeSet;

use super::{carry_out::Due, carry_out::carry_out, entry::about_person, transition::Transition};
use crate::{
    Action, Change, Code, Customer, Days, EmailAddress, Mail, Message, Occasion, Organization,
    Outcome, Refusal,
    customer::{Deliverability, Suppression},
    sweep::Exemption,
};

/// The time after which a lead can say once more that mail works again.
const TRY_AGAIN_AFTER: Days = Days(1);

/// Stops mail to an address that bounced for good, is on the mail system's list, or whose reader
/// complained about spam. After a complaint, mails that it cannot be about are still sent. The
/// leads of the person's organisations are told, each of them once. A second notice changes
/// nothing.
pub fn suppress(
    mut customer: Customer,
    organizations: Vec<Organization>,
    why: Suppression,
    occasion: &Occasion,
) -> Outcome {
    let now = occasion.now;
    let known = customer.deliverability;
    if !known.is_worsened_by(why, now) {
        return Outcome::default();
    }
    customer.deliverability = Deliverability::Suppressed { why, since: now };
    // The leads were told of the first complaint.
    let messages = if known.stopped() == Some(why) {
        Vec::new()
    } else {
        tell_leads(&customer.email, &organizations, why)
    };
    let unreachable = customer.is_unreachable();
    let led = organizations.into_iter().filter_map(|mut org| {
        // The sweep finds out if mail reaches another lead.
        let doubtful = unreachable && org.leads.contains(&customer.email);
        (doubtful && org.doubt_leads(now)).then_some(Change::Organization(org))
    });
    let led: Vec<_> = led.collect();
    let reason = match why {
        Suppression::Bounce => "mail to the address came back",
        Suppression::Complaint => "its reader reported our mail as spam",
        Suppression::Listed => "the mail system's own list stops mail to the address",
    };
    let entry = about_person(&customer.email, Action::AddressSuppressed, reason, occasion);
    Outcome::default()
        .note(entry)
        .tell_all(messages)
        .change_all(led)
        .change(Change::Customer(customer))
}

fn tell_leads(
    email: &EmailAddress,
    organizations: &[Organization],
    why: Suppression,
) -> Vec<Message> {
    let mut told = BTreeSet::new();
    let message = |org: &Organization| {
        let leads = org.leads.iter();
        let to = leads.filter(|lead| *lead != email && told.insert((*lead).clone()));
        let mail = Mail::AddressSuppressed {
            org_name: org.name.clone(),
            member: email.clone(),
            why,
        };
        Message::to_people(org, to, mail)
    };
    organizations.iter().filter_map(message).collect()
}

/// Lets mail to an address leave again, for a reason that somebody gives. Nothing changes where it
/// was not stopped.
pub fn lift_suppression(mut customer: Customer, reason: &str, occasion: &Occasion) -> Outcome {
    if customer.deliverability.stopped().is_none() {
        return Outcome::default();
    }
    customer.deliverability = Deliverability::Deliverable;
    customer.reachable_since = Some(occasion.now);
    let entry = about_person(&customer.email, Action::SuppressionLifted, reason, occasion);
    Outcome::default()
        .note(entry)
        .change(Change::Customer(customer))
}

/// Takes a complaint back: it was a mistake, or its reader wants mail again. Nothing changes where
/// mail is stopped for another reason.
pub fn take_back_complaint(customer: Customer, reason: &str, occasion: &Occasion) -> Outcome {
    if customer.has_complained() {
        lift_suppression(customer, reason, occasion)
    } else {
        Outcome::default()
    }
}

/// Lets mail to a colleague leave again, because a lead says that it works. If the next mail comes
/// back, it is stopped again.
///
/// # Errors
/// A refusal when the person complained, which only they can take back, and when a lead said so
/// less than a day ago.
pub fn mail_works_again(customer: Customer, occasion: &Occasion) -> Result<Outcome, Refusal> {
    if customer.has_complained() {
        return Err(Refusal::new(
            Code::NotAllowed,
            "the person reported our mail as spam, which only they can take back",
        ));
    }
    let tried = customer.reachable_since;
    if customer.is_unreachable() && tried.is_some_and(|at| TRY_AGAIN_AFTER.after(at) > occasion.now)
    {
        return Err(Refusal::new(
            Code::LimitReached,
            "it was tried less than a day ago, and mail came back",
        ));
    }
    let reason = "a lead says that mail to the address works again";
    Ok(lift_suppression(customer, reason, occasion))
}

/// The people who are told of colleagues whom no mail reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// The leads whom mail reaches.
    Leads(Vec<EmailAddress>),
    /// The administrators, where it reaches no lead.
    Administrators(Vec<EmailAddress>),
}

/// The most people of one [`hold_unreachable`]: with as many entries they fit into one transaction.
pub const MAX_HELD_AT_ONCE: usize = 40;

/// Spares quiet people of one organisation whom no mail reaches, since they could not be warned.
/// Somebody who can ask them is told of all of them at once, and again while it lasts.
pub fn hold_unreachable(
    org: &Organization,
    told: Told,
    people: Vec<Due>,
    occasion: &Occasion,
) -> Outcome {
    let names: Vec<_> = people
        .iter()
        .map(|due| due.membership.email.clone())
        .collect();
    let mut outcome = Outcome::default();
    for due in people {
        let spare = Transition::Spare(Exemption::Unreachable);
        outcome = outcome.extend(carry_out(&spare, due, occasion));
    }
    if names.is_empty() {
        return outcome;
    }
    let mail = Mail::UnreachableHeld {
        org_name: org.name.clone(),
        people: names,
    };
    outcome.tell_all(match told {
        Told::Leads(leads) => Message::to_people(org, &leads, mail),
        Told::Administrators(those) => Message::to_administrators(&org.desk, &those, mail),
    })
}
