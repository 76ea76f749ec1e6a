//! The reasons why the template cannot be read.

use crate::lambda::filter::PatternError;
use crate::template::intrinsics::IntrinsicError;

/// The reason why the template cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// A value cannot be resolved.
    #[error("in `{place}`: {source}")]
    Value {
        /// The logical id and what was read of it.
        place: String,
        /// The mistake in it.
        #[source]
        source: IntrinsicError,
    },
    /// The whole file cannot be read.
    #[error(transparent)]
    File(#[from] IntrinsicError),
    /// An event pattern cannot be read.
    #[error("in `{place}`: {source}")]
    Pattern {
        /// The logical id and the event's name.
        place: String,
        /// The mistake in it.
        #[source]
        source: PatternError,
    },
    /// A property that has to be there is not.
    #[error("`{place}` has no `{property}`")]
    Missing {
        /// The logical id.
        place: String,
        /// The property's name.
        property: String,
    },
    /// Something this bundle does not know how to do.
    #[error("`{place}` uses `{what}`, which is not known here")]
    Unknown {
        /// The logical id and what was read of it.
        place: String,
        /// The property, type or expression.
        what: String,
    },
}
