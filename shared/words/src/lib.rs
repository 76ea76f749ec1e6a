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
    /// The words of a language; of the source language where there are none of it.
    #[must_use]
    pub fn of(language: Language) -> &'static Self {
        Self::find(language).unwrap_or(&LANGUAGES[0])
    }

    /// The words of a language, if there are any.
    #[must_use]
    pub fn find(language: Language) -> Option<&'static Self> {
        LANGUAGES.iter().find(|words| words.lang == language.tag())
    }
}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.lang)
    }
}
