//! Ids of Jira's things. Each is read from a number or a string, since Jira writes them as either.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::Value;

/// The number of characters in the longest id that Jira names.
const LONGEST: usize = 255;

/// The reason why a text is no id.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an id of Jira")]
pub struct InvalidId;

/// An id that is a text.
macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                let fits = (1..=LONGEST).contains(&text.chars().count());
                let plain = !text.contains(|c: char| c.is_control() || c.is_whitespace());
                (fits && plain).then(|| Self(text.to_owned())).ok_or(InvalidId)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                match Value::deserialize(from)? {
                    Value::String(text) => text.parse(),
                    Value::Number(number) => number.to_string().parse(),
                    Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => {
                        Err(InvalidId)
                    }
                }
                .map_err(D::Error::custom)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

/// An id that is a number.
macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(transparent)]
        pub struct $name(pub u64);

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                text.parse().map(Self).map_err(|_| InvalidId)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                match Value::deserialize(from)? {
                    Value::String(text) => text.trim().parse().ok(),
                    Value::Number(number) => number.as_u64().map(Self),
                    Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
                }
                .ok_or_else(|| D::Error::custom(InvalidId))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

text_id! {
    /// An account. Only its prefix says anything.
    AccountId
}
text_id! {
    /// The key of a request, which is an issue, such as `SUP-12`; its numeric id serves as well.
    IssueKey
}
text_id! {
    /// A comment.
    CommentId
}
text_id! {
    /// A transition of a workflow.
    TransitionId
}
number_id! {
    /// A customers' organization.
    OrganizationId
}
number_id! {
    /// A service desk.
    ServiceDeskId
}
number_id! {
    /// A type of request.
    RequestTypeId
}

impl AccountId {
    /// True for the form that accounts of the portal alone have. They live in one site.
    #[must_use]
    pub fn is_portal_only(&self) -> bool {
        self.0.starts_with("qm:")
    }
}

/// Ids of accounts stand for people.
impl fmt::Debug for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccountId(…)")
    }
}

impl fmt::Debug for IssueKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("IssueKey").field(&self.0).finish()
    }
}

impl fmt::Debug for CommentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("CommentId").field(&self.0).finish()
    }
}

impl fmt::Debug for TransitionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("TransitionId").field(&self.0).finish()
    }
}
