//! The acts of our own account at the service desk, as its webhooks tell of them.
//!
//! What we write there comes back: a request with us as its creator, a comment of ours, a change of
//! status. None of it is news. A comment is also known by its property, whoever the account was.

use serde_json::Value;

use super::people::Person;
use crate::mapping::Context;

/// The reason for which such a payload has no effect.
pub(in crate::mapping) const OWN: &str = "the desk's own account did this";
/// The property of our comments.
const MARK: &str = "lanyard";

/// Tells whether an event of Jira is an act of our own.
pub(super) fn is_own(event: &str, payload: &Value, context: &Context<'_>) -> bool {
    match event {
        "jira:issue_created" => is_made_by_us(payload, context),
        "comment_created" | "comment_updated" => is_comment_of_ours(payload, context),
        // From Data Center a comment comes with the change, and its author counts.
        "jira:issue_updated" if payload["comment"].is_object() => {
            is_comment_of_ours(payload, context)
        }
        "jira:issue_updated" => is_by_us(payload, "/user", context),
        _ => false,
    }
}

/// Tells whether we have made the issue.
pub(in crate::mapping) fn is_made_by_us(payload: &Value, context: &Context<'_>) -> bool {
    is_by_us(payload, "/user", context) || is_by_us(payload, "/issue/fields/creator", context)
}

/// Tells whether we have written the comment.
pub(in crate::mapping) fn is_comment_of_ours(payload: &Value, context: &Context<'_>) -> bool {
    let properties = payload["comment"]["properties"].as_array();
    let marked = |property: &Value| property["key"] == MARK;
    is_by_us(payload, "/comment/author", context)
        || properties.is_some_and(|list| list.iter().any(marked))
}

fn is_by_us(payload: &Value, pointer: &str, context: &Context<'_>) -> bool {
    let person = Person::at(payload, pointer);
    let account = person.and_then(Person::account);
    account.is_some_and(|account| context.people.own.contains(&account))
}
