//! Audit entries about members, people, organisations and requests, each with its reason.

use crate::{
    Action, AuditEntry, EmailAddress, Membership, Occasion, Organization, Request, Subject,
    membership::OffboardReason,
};

/// An entry about a member, filed under their organisation.
pub(super) fn about_member(
    membership: &Membership,
    action: Action,
    reason: &str,
    occasion: &Occasion,
) -> AuditEntry {
    about_person(&membership.email, action, reason, occasion).in_org(&membership.org)
}

/// An entry about a person, filed under no organisation.
pub(super) fn about_person(
    email: &EmailAddress,
    action: Action,
    reason: &str,
    occasion: &Occasion,
) -> AuditEntry {
    let subject = Subject::Person(email.clone());
    AuditEntry::new(action, subject, occasion).because(reason)
}

/// An entry about an organisation as a whole.
pub(super) fn about_organization(
    org: &Organization,
    action: Action,
    reason: &str,
    occasion: &Occasion,
) -> AuditEntry {
    let subject = Subject::Organization(org.id.clone());
    AuditEntry::new(action, subject, occasion)
        .in_org(&org.id)
        .because(reason)
}

/// An entry about a request, filed under its organisation if it has one.
pub(super) fn about_request(
    request: &Request,
    action: Action,
    reason: &str,
    occasion: &Occasion,
) -> AuditEntry {
    let subject = Subject::Request(request.id.clone());
    let entry = AuditEntry::new(action, subject, occasion).because(reason);
    match &request.org {
        Some(org) => entry.in_org(org),
        None => entry,
    }
}

/// Returns the reason why access ends, in words.
pub(super) fn in_words(why: OffboardReason) -> &'static str {
    match why {
        OffboardReason::Left => "left the organisation",
        OffboardReason::NotNeeded => "needs no access any more",
        OffboardReason::Lead => "the lead ended access",
        OffboardReason::Policy => "a policy ended access",
        OffboardReason::Inactive => "was quiet, was warned, and the grace has passed",
        OffboardReason::Expired => "the date on which access ends has come",
    }
}
