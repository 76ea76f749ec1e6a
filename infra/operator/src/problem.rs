//! The mistakes in a file, all of them at once.

use std::fmt;

/// One mistake and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The path in the file, such as `organization.acme.policy.seat_cap`.
    pub path: String,
    /// The mistake.
    pub wrong: String,
}

/// A file that cannot be applied. Nothing was written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct InvalidFile {
    /// The mistakes, in the order of the file's sections.
    pub problems: Vec<Problem>,
}

impl fmt::Display for InvalidFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, Problem { path, wrong }) in self.problems.iter().enumerate() {
            let line_break = if index == 0 { "" } else { "\n" };
            write!(f, "{line_break}{path}: {wrong}")?;
        }
        Ok(())
    }
}

/// Collects mistakes.
#[derive(Debug, Default)]
pub(crate) struct Problems(Vec<Problem>);

impl Problems {
    pub(crate) fn note(&mut self, path: impl Into<String>, wrong: impl fmt::Display) {
        self.0.push(Problem {
            path: path.into(),
            wrong: wrong.to_string(),
        });
    }

    /// The value, unless there is a mistake.
    pub(crate) fn or<T>(self, value: T) -> Result<T, InvalidFile> {
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(InvalidFile { problems: self.0 })
        }
    }
}
