//! The people in a Jira payload: by account, sometimes with an address.

use domain::EmailAddress;
use domain::id::ExternalId;
use serde_json::Value;

use crate::mapping::{Context, tidy};

/// Who raised the issue, and where that stands: agents raise issues for others, so the reporter
/// counts before whoever created it.
pub(super) fn reporter(payload: &Value) -> Option<(&'static str, &Value)> {
    ["/issue/fields/reporter", "/issue/fields/creator", "/user"]
        .into_iter()
        .filter_map(|pointer| Some((pointer, payload.pointer(pointer)?)))
        .find(|(_, person)| person.is_object())
}

/// The person's id in that Jira: Cloud's account, else Data Center's key.
pub(super) fn account(person: &Value) -> Option<ExternalId> {
    ["accountId", "key"]
        .into_iter()
        .find_map(|name| person.get(name)?.as_str()?.parse().ok())
}

pub(super) fn stated_email(person: &Value) -> Option<EmailAddress> {
    person.get("emailAddress")?.as_str()?.parse().ok()
}

pub(super) fn email(person: &Value, context: &Context<'_>) -> Option<EmailAddress> {
    stated_email(person).or_else(|| context.accounts.get(&account(person)?).cloned())
}

pub(super) fn display_name(person: &Value) -> Option<String> {
    tidy::line(person.get("displayName")?.as_str()?, 200)
}
