//! JSON Pointers that were checked once (RFC 6901).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The longest pointer in a source's description.
const MAX: usize = 256;

/// A JSON Pointer: empty, or parts that each begin with `/`, with `~0` for `~` and `~1` for `/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Pointer(String);

/// The text is no JSON Pointer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a JSON Pointer of at most {MAX} characters, such as /issue/fields/summary")]
pub struct InvalidPointer;

impl Pointer {
    /// The pointer as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The value at the pointer; `null` counts as missing.
    #[must_use]
    pub fn find<'v>(&self, document: &'v Value) -> Option<&'v Value> {
        document.pointer(&self.0).filter(|value| !value.is_null())
    }

    /// The names along the path.
    pub(super) fn parts(&self) -> impl Iterator<Item = String> {
        self.0
            .split('/')
            .skip(1)
            .map(|part| part.replace("~1", "/").replace("~0", "~"))
    }
}

impl FromStr for Pointer {
    type Err = InvalidPointer;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let shape = text.is_empty() || text.starts_with('/');
        let escapes = text
            .split('~')
            .skip(1)
            .all(|rest| rest.starts_with(['0', '1']));
        if text.len() > MAX || !shape || !escapes || text.chars().any(char::is_control) {
            return Err(InvalidPointer);
        }
        Ok(Self(text.to_owned()))
    }
}

impl TryFrom<String> for Pointer {
    type Error = InvalidPointer;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Pointer> for String {
    fn from(pointer: Pointer) -> Self {
        pointer.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_no_pointer_is_refused() {
        for bad in ["a", "a/b", "/a~", "/a~2b", "/a\n", &"/x".repeat(129)] {
            assert!(bad.parse::<Pointer>().is_err(), "{bad}");
        }
        assert!("".parse::<Pointer>().is_ok());
    }

    #[test]
    fn a_pointer_finds_what_its_parts_name() {
        let pointer: Pointer = "/a~1b/m~0n/0".parse().unwrap();
        assert_eq!(pointer.find(&json!({"a/b": {"m~n": [7]}})), Some(&json!(7)));
        assert_eq!(pointer.parts().collect::<Vec<_>>(), ["a/b", "m~n", "0"]);
        assert_eq!(pointer.find(&json!({"a/b": {"m~n": [null]}})), None);
    }
}
