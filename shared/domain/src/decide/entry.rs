//! Audit entries about members and requests, each with the reason that the audit promises.

use crate::{
    Action, AuditEntry, Membership, Occasion, Request, Subject, membership::OffboardReason,
};

/// An entry about a member, filed under their organisation.
pub(super) fn about_member(
    membership: &Membership,
    action: Action,
    reason: &str,
    occasion: &Occasion,
) -> AuditEntry {
    let subject = Subject::Person(membership.email.clone());
    AuditEntry::new(action, subject, occasion)
        .in_org(&membership.org)
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

/// Why access ends, in words.
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
