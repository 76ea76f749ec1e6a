//! Names of things. Each is its own type, checked once, and safe as a part of a table key, a URL
//! path and a log line.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// The error for a text that is no identifier of the wanted kind.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {what}: {rule}")]
pub struct InvalidId {
    /// The thing that the text should have named.
    pub what: &'static str,
    /// The characters and the length it may have.
    pub rule: &'static str,
}

/// Lower-case letters, digits and inner hyphens, as administrators name things in the world file.
fn is_slug(text: &str) -> bool {
    !text.starts_with('-')
        && !text.ends_with('-')
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// Visible ASCII without `#`, which separates the parts of a table key.
fn is_foreign(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_graphic() && b != b'#')
}

/// Letters, digits and a few marks that need no escape in a URL path or a mail header.
fn is_path_safe(text: &str) -> bool {
    text.bytes()
        .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b':'))
}

/// The same, and a browser can open an address with it: `.` and `..` are steps in a path to it,
/// however they are written (URL Standard §4.1).
fn is_segment(text: &str) -> bool {
    is_path_safe(text) && !matches!(text, "." | "..")
}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $what:literal, $max:literal, $check:ident, $rule:literal) => {
        id!($(#[$doc])* $name, $what, $max, $check, $rule, stored: $check);
    };
    // `stored` accepts ids that an older version accepted, so that they can still be read.
    (
        $(#[$doc:meta])* $name:ident, $what:literal, $max:literal, $check:ident, $rule:literal,
        stored: $stored:ident
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The identifier as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl $name {
            fn checked(text: &str, check: fn(&str) -> bool) -> Result<Self, InvalidId> {
                if text.is_empty() || text.len() > $max || !check(text) {
                    return Err(InvalidId { what: $what, rule: $rule });
                }
                Ok(Self(text.to_owned()))
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::checked(text, $check)
            }
        }

        impl TryFrom<String> for $name {
            type Error = InvalidId;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::checked(&text, $stored)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id!(
    /// A customer organisation, as the world file names it.
    OrgId, "organization", 64, is_slug, "1 to 64 lower-case letters, digits and inner hyphens"
);
id!(
    /// A service desk, as the world file names it.
    DeskId, "desk", 64, is_slug, "1 to 64 lower-case letters, digits and inner hyphens"
);
id!(
    /// A sender of webhooks, as the world file names it.
    SourceId, "source", 64, is_slug, "1 to 64 lower-case letters, digits and inner hyphens"
);
id!(
    /// A request's key within its desk, such as `SUP-17`.
    RequestKey, "request key", 64, is_segment,
    "1 to 64 letters, digits, '-', '_', '.' and ':', other than '.' and '..'",
    stored: is_path_safe
);
id!(
    /// A comment's id within its request, as its sender names it.
    CommentId, "comment id", 128, is_foreign, "1 to 128 visible ASCII characters without '#'"
);
id!(
    /// An approval's id within its request, as its sender names it.
    ApprovalId, "approval id", 128, is_path_safe, "1 to 128 letters, digits, '-', '_', '.' and ':'"
);
id!(
    /// A request that waits until its reporter has confirmed the address.
    DraftId, "draft id", 64, is_path_safe, "1 to 64 letters, digits, '-', '_', '.' and ':'"
);
id!(
    /// One delivery of one source. A repeated delivery carries the same id.
    DeliveryId, "delivery id", 256, is_foreign, "1 to 256 visible ASCII characters without '#'"
);
id!(
    /// A person's id in another system, such as Jira's `accountId`.
    ExternalId, "external id", 128, is_foreign, "1 to 128 visible ASCII characters without '#'"
);
id!(
    /// A kind of request, as the world file names it for its desk.
    RequestTypeId, "request type", 64, is_slug, "1 to 64 lower-case letters, digits and inner hyphens"
);

/// One request of one desk.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RequestRef {
    /// The desk that has the request.
    pub desk: DeskId,
    /// The request's key within that desk.
    pub key: RequestKey,
}

impl fmt::Display for RequestRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.desk, self.key)
    }
}

/// One run of the inactivity sweep, named by the instant at which it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RunId(pub jiff::Timestamp);

impl fmt::Display for RunId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn a_key_that_no_browser_can_open_is_none() {
        for text in [
            "", ".", "..", "/", "a/b", "//", "%2e", "%2e%2e", ".%2e", "a#b", "a?b", "a\\b", " ",
        ] {
            assert!(text.parse::<RequestKey>().is_err(), "{text}");
        }
        for text in [
            "...", ".a", "a.", "a..b", "-", "_", ":", "SUP-17", "sup-17.",
        ] {
            assert_eq!(text.parse::<RequestKey>().unwrap().as_str(), text);
        }
    }

    #[test]
    fn a_key_that_an_older_version_took_is_read_still() {
        for text in [".", ".."] {
            let stored = RequestKey::try_from(text.to_owned()).unwrap();
            assert_eq!(stored.as_str(), text);
        }
        assert!(RequestKey::try_from("a/b".to_owned()).is_err());
    }
}
