//! Header fields whose values cannot carry a line break, and with it a header of somebody else's.

use std::fmt;

/// The longest value, in bytes. A line may have 998 characters without its end (RFC 5322 §2.1.1),
/// and a value without spaces cannot be folded.
const MAX_VALUE: usize = 900;

/// A value without control characters or line breaks of any kind.
#[derive(Clone, PartialEq, Eq)]
pub struct HeaderValue(String);

/// The reason why a text is no header value. It does not repeat the text, which may name people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidHeader {
    /// It has a line break or another control character.
    #[error("a header value contains a line break or another control character")]
    Control,
    /// It would not fit a line.
    #[error("a header value is longer than {MAX_VALUE} bytes")]
    TooLong,
    /// There is nothing in it.
    #[error("a header value is empty")]
    Empty,
}

impl HeaderValue {
    /// Takes a text as it is.
    ///
    /// # Errors
    /// If it is empty, longer than 900 bytes, or has control characters (Unicode category Cc) or
    /// the line and paragraph separators U+2028 and U+2029.
    pub fn new(text: impl Into<String>) -> Result<Self, InvalidHeader> {
        let text = text.into();
        if text.is_empty() {
            return Err(InvalidHeader::Empty);
        }
        if text.len() > MAX_VALUE {
            return Err(InvalidHeader::TooLong);
        }
        if text
            .chars()
            .any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
        {
            return Err(InvalidHeader::Control);
        }
        Ok(Self(text))
    }

    /// The value, unencoded.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Values name people and hold links, so `Debug` shows their length alone.
impl fmt::Debug for HeaderValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "HeaderValue({} bytes)", self.0.len())
    }
}

/// One header field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Its name.
    pub name: &'static str,
    /// Its value.
    pub value: HeaderValue,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn no_line_break_of_any_kind_gets_in() {
        for bad in [
            "a\r\nBcc: x@evil.example",
            "a\nb",
            "a\rb",
            "a\0b",
            "a\u{85}b",
            "a\u{2028}b",
            "a\u{2029}b",
            "a\u{b}b",
            "a\u{7f}",
        ] {
            assert_eq!(
                HeaderValue::new(bad),
                Err(InvalidHeader::Control),
                "{bad:?}"
            );
        }
    }

    #[test]
    fn a_value_fits_one_line() {
        assert!(HeaderValue::new("x".repeat(MAX_VALUE)).is_ok());
        assert_eq!(
            HeaderValue::new("x".repeat(MAX_VALUE + 1)),
            Err(InvalidHeader::TooLong)
        );
        assert_eq!(HeaderValue::new(""), Err(InvalidHeader::Empty));
    }

    #[test]
    fn debug_output_carries_no_value() {
        let value = HeaderValue::new("lena@acme.example").unwrap();
        assert!(!format!("{value:?}").contains("lena"));
    }
}
