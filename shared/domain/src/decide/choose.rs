//! The choices of a person about their own mails and links.

use super::{entry::about_person, reach::take_back_complaint};
use crate::{
    Action, Change, Customer, Occasion, Outcome,
    request::{Viewer, ViewerId},
};

/// Stops the mails about one request for a viewer. They order them again on the request's page:
/// [`choose_mails`](super::choose_mails).
pub fn unwatch(viewer: Viewer, occasion: &Occasion) -> Outcome {
    let ViewerId::Person(email) = &viewer.who else {
        return Outcome::default();
    };
    if !viewer.subscribed {
        return Outcome::default();
    }
    let reason = format!("mails about {}", viewer.request);
    let entry = about_person(email, Action::MailStopped, &reason, occasion);
    let viewer = Viewer {
        subscribed: false,
        ..viewer
    };
    Outcome::default()
        .note(entry)
        .change(Change::Viewer(viewer))
}

fn all_mail(customer: Customer, muted: bool, occasion: &Occasion) -> Outcome {
    if customer.muted == muted {
        return Outcome::default();
    }
    let action = if muted {
        Action::MailStopped
    } else {
        Action::MailResumed
    };
    let reason = "all mails that can be stopped";
    let entry = about_person(&customer.email, action, reason, occasion);
    Outcome::default()
        .note(entry)
        .change(Change::Customer(Customer { muted, ..customer }))
}

/// Stops all mails to a person that can be stopped.
pub fn mute(customer: Customer, occasion: &Occasion) -> Outcome {
    all_mail(customer, true, occasion)
}

/// Lets mails to a person leave again, and takes back their complaint about spam, if there was one.
pub fn unmute(customer: Customer, occasion: &Occasion) -> Outcome {
    let resumed = all_mail(customer.clone(), false, occasion);
    let customer = Customer {
        muted: false,
        ..customer
    };
    let taken_back = take_back_complaint(customer, "its reader wants mails again", occasion);
    if taken_back.is_empty() {
        return resumed;
    }
    // One write of the customer holds both.
    Outcome::default()
        .note_all(resumed.audit)
        .extend(taken_back)
}

/// Ends all links of a person, to every organisation and every request.
pub fn end_links(mut customer: Customer, occasion: &Occasion) -> Outcome {
    customer.end_links(1);
    let reason = "asked to end every link that was mailed before";
    let entry = about_person(&customer.email, Action::LinksEnded, reason, occasion);
    Outcome::default()
        .note(entry)
        .change(Change::Customer(customer))
}
