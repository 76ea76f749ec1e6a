//! Reading what an outcome says.

use domain::{
    Action, Change, Customer, EmailAddress, Mail, Membership, Organization, Outcome, Request,
};

/// The membership that an outcome writes.
pub(crate) fn membership(outcome: &Outcome) -> &Membership {
    let found = outcome.changes.iter().find_map(|change| match change {
        Change::Membership(membership) => Some(membership),
        _ => None,
    });
    found.expect("a membership is written")
}

/// The organisation that an outcome writes, if it does.
pub(crate) fn org(outcome: &Outcome) -> Option<&Organization> {
    outcome.changes.iter().find_map(|change| match change {
        Change::Organization(org) => Some(org),
        _ => None,
    })
}

/// The request that an outcome writes, if it does.
pub(crate) fn request(outcome: &Outcome) -> Option<&Request> {
    outcome.changes.iter().find_map(|change| match change {
        Change::Request(request) => Some(&**request),
        _ => None,
    })
}

/// The customers that an outcome writes.
pub(crate) fn customers(outcome: &Outcome) -> Vec<&Customer> {
    let changes = outcome.changes.iter();
    changes
        .filter_map(|change| match change {
            Change::Customer(customer) => Some(customer),
            _ => None,
        })
        .collect()
}

/// Returns the actions that the audit keeps.
pub(crate) fn actions(outcome: &Outcome) -> Vec<Action> {
    outcome.audit.iter().map(|entry| entry.action).collect()
}

/// The kinds of mail that leave, each with its reader.
pub(crate) fn mails(outcome: &Outcome) -> Vec<(&'static str, String)> {
    let messages = outcome.messages.iter();
    messages
        .flat_map(|message| {
            message
                .to
                .iter()
                .map(|to| (message.mail.kind(), to.to_string()))
        })
        .collect()
}

/// The only mail.
pub(crate) fn mail(outcome: &Outcome) -> &Mail {
    assert_eq!(outcome.messages.len(), 1, "one message");
    &outcome.messages[0].mail
}

/// One mail of a kind to one reader, as `mails` has it.
pub(crate) fn to(kind: &'static str, who: &EmailAddress) -> (&'static str, String) {
    (kind, who.to_string())
}
