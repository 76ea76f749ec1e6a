//! Text that people typed, with a length that was checked and nothing in it that could break a
//! header, a log line or a page.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The reasons why a text is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidText {
    /// Nothing but white space.
    #[error("must not be empty")]
    Empty,
    /// More characters than the field takes.
    #[error("is longer than {max} characters")]
    TooLong {
        /// The most characters (Unicode scalar values) that the field takes.
        max: usize,
    },
    /// A control character, a line break in a one-line field, or an invisible mark that reorders
    /// the text around it.
    #[error("contains a control or text-direction character")]
    Control,
}

/// Marks that change the direction of the text after them (Unicode UAX #9): in a name or a subject
/// they make one thing look like another.
fn reorders(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}')
}

fn check(text: &str, max: usize, allowed: fn(char) -> bool) -> Result<(), InvalidText> {
    if text.is_empty() {
        return Err(InvalidText::Empty);
    }
    // A text of n bytes has at least n/4 characters: refuse a huge one without walking over it.
    if text.len() / 4 > max || text.chars().count() > max {
        return Err(InvalidText::TooLong { max });
    }
    if text.chars().any(|c| !allowed(c)) {
        return Err(InvalidText::Control);
    }
    Ok(())
}

macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $allowed:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name<const MAX: usize>(String);

        impl<const MAX: usize> $name<MAX> {
            /// Takes a text without its outer white space.
            ///
            /// # Errors
            /// [`InvalidText`] when it is empty, longer than `MAX` characters, or has characters
            /// that do not belong in it.
            pub fn new(text: &str) -> Result<Self, InvalidText> {
                let text = text.trim();
                check(text, MAX, $allowed)?;
                Ok(Self(text.to_owned()))
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl<const MAX: usize> TryFrom<String> for $name<MAX> {
            type Error = InvalidText;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::new(&text)
            }
        }

        impl<const MAX: usize> std::str::FromStr for $name<MAX> {
            type Err = InvalidText;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::new(text)
            }
        }

        impl<const MAX: usize> From<$name<MAX>> for String {
            fn from(text: $name<MAX>) -> Self {
                text.0
            }
        }

        impl<const MAX: usize> fmt::Display for $name<MAX> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        /// Shows the length alone, because what people typed does not belong in a log.
        impl<const MAX: usize> fmt::Debug for $name<MAX> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({} bytes)"), self.0.len())
            }
        }
    };
}

text!(
    /// One line of text of 1 to `MAX` characters: no control characters and no line breaks.
    Line,
    |c| !c.is_control() && !reorders(c) && !matches!(c, '\u{2028}' | '\u{2029}')
);
text!(
    /// Text of 1 to `MAX` characters over one or more lines; of the control characters only line
    /// feed, carriage return and tab.
    Text,
    |c| (!c.is_control() || matches!(c, '\n' | '\r' | '\t')) && !reorders(c)
);

/// A person's or an organisation's name.
pub type Name = Line<200>;
/// A request's summary, a status, a request type, a resolution.
pub type Title = Line<300>;
/// A reason in a person's or a system's words.
pub type Reason = Line<500>;
/// A description or a comment.
pub type Body = Text<32_768>;
/// The words an inviter adds.
pub type Note = Text<2_000>;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn a_line_has_no_breaks_and_no_direction_marks() {
        for bad in [
            "a\r\nb",
            "a\nb",
            "a\0b",
            "a\u{202E}b",
            "a\u{2028}b",
            "\u{7f}x",
            "a\tb",
        ] {
            assert_eq!(Name::new(bad), Err(InvalidText::Control), "{bad:?}");
        }
        assert_eq!(Name::new("  "), Err(InvalidText::Empty));
        assert_eq!(Name::new(" Ines Ito ").unwrap().as_str(), "Ines Ito");
    }

    #[test]
    fn the_length_is_counted_in_characters() {
        assert!(Line::<3>::new("äöü").is_ok());
        assert_eq!(Line::<3>::new("äöüx"), Err(InvalidText::TooLong { max: 3 }));
        assert_eq!(
            Line::<3>::new(&"x".repeat(10_000)),
            Err(InvalidText::TooLong { max: 3 })
        );
    }

    #[test]
    fn a_body_keeps_its_lines() {
        assert_eq!(Body::new("a\n\tb").unwrap().as_str(), "a\n\tb");
        assert!(Body::new("a\u{1b}[31m").is_err());
    }
}
