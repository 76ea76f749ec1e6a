//! Audit entries about members, people, organisations and requests, each with its reason.

use std::fmt::Display;

use crate::{
    Action, AuditEntry, EmailAddress, Membership, Occasion, Organization, Request, Subject,
};

/// An entry about a member, filed under their organisation.
pub(super) fn about_member(
    membership: &Membership,
    action: Action,
    reason: &(impl Display + ?Sized),
    occasion: &Occasion,
) -> AuditEntry {
    about_person(&membership.email, action, reason, occasion).in_org(&membership.org)
}

/// An entry about a person, filed under no organisation.
pub(super) fn about_person(
    email: &EmailAddress,
    action: Action,
    reason: &(impl Display + ?Sized),
    occasion: &Occasion,
) -> AuditEntry {
    let subject = Subject::Person(email.clone());
    AuditEntry::new(action, subject, occasion).because(&reason.to_string())
}

/// An entry about an organisation as a whole.
pub(super) fn about_organization(
    org: &Organization,
    action: Action,
    reason: &(impl Display + ?Sized),
    occasion: &Occasion,
) -> AuditEntry {
    let subject = Subject::Organization(org.id.clone());
    AuditEntry::new(action, subject, occasion)
        .in_org(&org.id)
        .because(&reason.to_string())
}

/// An entry about a request, filed under its organisation if it has one.
pub(super) fn about_request(
    request: &Request,
    action: Action,
    reason: &(impl Display + ?Sized),
    occasion: &Occasion,
) -> AuditEntry {
    let subject = Subject::Request(request.id.clone());
    let entry = AuditEntry::new(action, subject, occasion).because(&reason.to_string());
    match &request.org {
        Some(org) => entry.in_org(org),
        None => entry,
    }
}
