//! Which mails a person gets: what they chose, and what their mail system said.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::{
    Action, AuditEntry, Change, Customer, Mail, Message, Organization, Outcome, Proof, Subject,
    customer::{Deliverability, Suppression},
    request::{Viewer, Who},
};

/// A viewer wants no more mails about one request. They order them again on the request's page:
/// [`choose_mails`](super::choose_mails).
pub fn unwatch(viewer: Viewer, proof: &Proof, now: Timestamp) -> Outcome {
    let Who::Person(email) = &viewer.who else {
        return Outcome::default();
    };
    if !viewer.subscribed {
        return Outcome::default();
    }
    let (action, subject) = (Action::MailStopped, Subject::Person(email.clone()));
    let reason = format!("mails about {}", viewer.request);
    let entry = AuditEntry::new(now, action, subject, proof).because(&reason);
    Outcome {
        changes: vec![Change::Viewer(Viewer {
            subscribed: false,
            ..viewer
        })],
        messages: Vec::new(),
        audit: vec![entry],
    }
}

fn all_mail(customer: Customer, muted: bool, proof: &Proof, now: Timestamp) -> Outcome {
    if customer.muted == muted {
        return Outcome::default();
    }
    let action = if muted {
        Action::MailStopped
    } else {
        Action::MailResumed
    };
    let entry = AuditEntry::new(now, action, Subject::Person(customer.email.clone()), proof)
        .because("all mails that can be stopped");
    Outcome {
        changes: vec![Change::Customer(Customer { muted, ..customer })],
        messages: Vec::new(),
        audit: vec![entry],
    }
}

/// A person wants no mail that can be stopped.
pub fn mute(customer: Customer, proof: &Proof, now: Timestamp) -> Outcome {
    all_mail(customer, true, proof, now)
}

/// A person wants mails again.
pub fn unmute(customer: Customer, proof: &Proof, now: Timestamp) -> Outcome {
    all_mail(customer, false, proof, now)
}

/// Mail to an address bounced for good, or its reader called it spam: nothing more is sent there,
/// and the leads of the person's organisations learn it, each of them once. A second notice
/// changes nothing.
pub fn suppress(
    mut customer: Customer,
    organizations: &[Organization],
    why: Suppression,
    proof: &Proof,
    now: Timestamp,
) -> Outcome {
    if customer.is_suppressed() {
        return Outcome::default();
    }
    customer.deliverability = Deliverability::Suppressed { why, since: now };
    let mut told = BTreeSet::new();
    let messages = organizations
        .iter()
        .filter_map(|org| {
            let to: Vec<_> = org
                .leads
                .iter()
                .filter(|lead| **lead != customer.email && told.insert((*lead).clone()))
                .cloned()
                .collect();
            (!to.is_empty()).then(|| Message {
                to,
                desk: org.desk.clone(),
                org: Some(org.id.clone()),
                mail: Mail::AddressSuppressed {
                    org_name: org.name.clone(),
                    member: customer.email.clone(),
                    why,
                },
            })
        })
        .collect();
    let reason = match why {
        Suppression::Bounce => "mail to the address came back",
        Suppression::Complaint => "its reader reported our mail as spam",
    };
    let entry = AuditEntry::new(
        now,
        Action::AddressSuppressed,
        Subject::Person(customer.email.clone()),
        proof,
    )
    .because(reason);
    Outcome {
        changes: vec![Change::Customer(customer)],
        messages,
        audit: vec![entry],
    }
}

/// A person ends all their links, of every organisation and every request.
pub fn end_links(mut customer: Customer, proof: &Proof, now: Timestamp) -> Outcome {
    customer.epoch = customer.epoch.saturating_add(1);
    let subject = Subject::Person(customer.email.clone());
    let entry = AuditEntry::new(now, Action::LinksEnded, subject, proof)
        .because("asked to end every link that was mailed before");
    Outcome {
        changes: vec![Change::Customer(customer)],
        messages: Vec::new(),
        audit: vec![entry],
    }
}
