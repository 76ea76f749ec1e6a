//! The environment of a function, and the secrets in it.

use std::collections::BTreeMap;

use crate::sdk;

/// The link secret of every local bundle: known to everyone, and worth nothing outside this machine.
/// 32 bytes in base64.
pub(crate) const LINK_SECRET: &str = "aXRzIGxpbmtzIG9wZW4gbm90aGluZyBlbHNld2hlcmU=";
/// The source secret of every local bundle, just as well known.
pub(crate) const SOURCE_SECRET: &str = "dGhlIGxvY2FsIGJ1bmRsZSBoYXMgbm8gc2VjcmV0cyE=";
/// The trace secret of every local bundle, just as well known.
pub(crate) const TRACE_SECRET: &str = "YW5kIHRoZSB0cmFjZXMgb2YgbGVhdmVycyBubyBvbmU=";

/// The secrets that Secrets Manager would resolve, by the variable that holds each.
const SECRETS: [(&str, &str); 3] = [
    ("LANYARD_LINK_SECRET", LINK_SECRET),
    ("LANYARD_SOURCE_SECRET", SOURCE_SECRET),
    ("LANYARD_TRACE_SECRET", TRACE_SECRET),
];

/// The declared environment of a function, with the secrets that Secrets Manager would hold and the
/// variables that Lambda adds. `caller` is the access key's id, which names the role to check.
pub(crate) fn environment(
    declared: &BTreeMap<String, String>,
    caller: &str,
    dynamodb: &str,
    sesv2: &str,
) -> BTreeMap<String, String> {
    let mut environment = declared.clone();
    for (variable, known) in SECRETS {
        // A function that is given nothing in its place gets nothing here either.
        if let Some(secret) = environment.get_mut(variable)
            && !secret.is_empty()
        {
            known.clone_into(secret);
        }
    }
    let added = [
        ("AWS_REGION", sdk::REGION),
        ("AWS_ACCESS_KEY_ID", caller),
        ("AWS_SECRET_ACCESS_KEY", "local"),
        ("AWS_ENDPOINT_URL_DYNAMODB", dynamodb),
        ("AWS_ENDPOINT_URL_SESV2", sesv2),
    ];
    environment.extend(added.map(|(name, value)| (name.to_owned(), value.to_owned())));
    environment
}
