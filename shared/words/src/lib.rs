//! The words of mails and pages, in every language.
//!
//! They stand in `locales/<language>/*.ftl`, in the format of Project Fluent.
//! The build script makes code of them: each file becomes a struct in [`Words`], each message a
//! field, or a method when it has variables. A message that is not there does not compile, and a
//! language that lacks one ends the build. Nothing is parsed at run time.
//!
//! This crate must not decide what is said to whom: its callers ask for a message by name.

mod pattern;
mod when;

mod generated {
    #![expect(
        clippy::needless_pass_by_value,
        reason = "a caller need not write `&` before each value"
    )]

    use std::fmt::Display;

    use crate::pattern::{Count, Key, Part, Pattern, Plurals, Value};

    include!(concat!(env!("OUT_DIR"), "/words.rs"));
}

use std::fmt;

use domain::Language;

pub use generated::{LANGUAGES, Words, with};
pub use pattern::{Count, Notice};
pub use when::When;

/// The structs of the files, for those who pass one of them on.
pub mod file {
    pub use crate::generated::*;
}

impl Words {
    /// The words of the source language, for whoever reads another one.
    #[must_use]
    pub fn source() -> &'static Self {
        &LANGUAGES[0]
    }

    /// The words of a language, if there are any.
    #[must_use]
    pub fn find(language: Language) -> Option<&'static Self> {
        LANGUAGES.iter().find(|words| words.lang == language.tag())
    }

    /// The words that a tag (BCP 47) asks for, if there are any.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<&'static Self> {
        Language::of_tag(tag).and_then(Self::find)
    }

    /// The words that an `Accept-Language` header asks for; of the source language when it asks
    /// for none of these.
    #[must_use]
    pub fn negotiated(accept_language: &str) -> &'static Self {
        let these = LANGUAGES
            .iter()
            .filter_map(|words| Language::of_tag(words.lang));
        Language::negotiated(accept_language, these)
            .and_then(Self::find)
            .unwrap_or_else(Self::source)
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.lang)
    }
}
