//! A place in a JSON document that knows its pointer.

use std::fmt::Display;
use std::str::FromStr;

use domain::Timestamp;
use jiff::{fmt::temporal::Pieces, tz::TimeZone};
use serde_json::Value;

use super::{CanonicalError, EARLIEST};

/// A value, or the place of a missing one. `null` counts as missing.
pub(super) struct Node<'v> {
    value: Option<&'v Value>,
    pointer: String,
}

impl<'v> Node<'v> {
    pub(super) fn root(document: &'v Value) -> Self {
        Self {
            value: Some(document),
            pointer: String::new(),
        }
    }

    pub(super) fn get(&self, name: &str) -> Self {
        Self {
            value: self
                .value
                .and_then(|value| value.get(name))
                .filter(|value| !value.is_null()),
            pointer: format!("{}/{}", self.pointer, escape(name)),
        }
    }

    pub(super) fn wrong(&self, reason: impl Display) -> CanonicalError {
        CanonicalError::field(&self.pointer, &reason)
    }

    fn present(&self) -> Result<&'v Value, CanonicalError> {
        self.value.ok_or_else(|| self.wrong("is missing"))
    }

    /// `None` for a missing value, else the result of `read`.
    pub(super) fn if_there<T>(
        &self,
        read: impl FnOnce(&Self) -> Result<T, CanonicalError>,
    ) -> Result<Option<T>, CanonicalError> {
        match self.value {
            None => Ok(None),
            Some(_) => read(self).map(Some),
        }
    }

    pub(super) fn object(&self) -> Result<&'v serde_json::Map<String, Value>, CanonicalError> {
        let value = self.present()?;
        value
            .as_object()
            .ok_or_else(|| self.wrong("must be an object"))
    }

    pub(super) fn text(&self) -> Result<&'v str, CanonicalError> {
        let value = self.present()?;
        value.as_str().ok_or_else(|| self.wrong("must be a string"))
    }

    pub(super) fn boolean(&self) -> Result<bool, CanonicalError> {
        let value = self.present()?;
        value
            .as_bool()
            .ok_or_else(|| self.wrong("must be true or false"))
    }

    /// A string that is one of the domain's types.
    pub(super) fn parse<T>(&self) -> Result<T, CanonicalError>
    where
        T: FromStr,
        T::Err: Display,
    {
        self.text()?.parse().map_err(|error| self.wrong(error))
    }

    pub(super) fn one_of<T: Copy>(&self, choices: &[(&str, T)]) -> Result<T, CanonicalError> {
        let text = self.text()?;
        choices
            .iter()
            .find(|(name, _)| *name == text)
            .map(|(_, value)| *value)
            .ok_or_else(|| {
                let names: Vec<_> = choices.iter().map(|(name, _)| *name).collect();
                self.wrong(format!("must be one of: {}", names.join(", ")))
            })
    }

    /// An instant with its offset from UTC (RFC 3339), from the year 2000 on.
    pub(super) fn instant(&self) -> Result<Timestamp, CanonicalError> {
        let text = self.text()?;
        let at = (text.len() <= 40)
            .then(|| instant(text))
            .flatten()
            .ok_or_else(|| self.wrong("is not an instant such as 2026-11-22T09:30:00Z"))?;
        if at.as_second() >= EARLIEST {
            Ok(at)
        } else {
            Err(self.wrong("lies before the year 2000"))
        }
    }

    /// The elements of an array of at most `max`; none if the array is missing.
    pub(super) fn items(&self, max: usize) -> Result<Vec<Self>, CanonicalError> {
        let Some(value) = self.value else {
            return Ok(Vec::new());
        };
        let items = value
            .as_array()
            .ok_or_else(|| self.wrong("must be an array"))?;
        if items.len() > max {
            return Err(self.wrong(format!("has more than {max} elements")));
        }
        let place = |(index, value)| Self {
            value: Some(value),
            pointer: format!("{}/{index}", self.pointer),
        };
        Ok(items.iter().enumerate().map(place).collect())
    }

    pub(super) fn value(&self) -> Option<&'v Value> {
        self.value
    }
}

/// Escapes a name for a JSON Pointer (RFC 6901 §3), without characters that would break a log line.
fn escape(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_control())
        .take(64)
        .collect::<String>()
        .replace('~', "~0")
        .replace('/', "~1")
}

/// Reads an instant. Directories write the end of the year 9999 for *never*. It lies beyond the
/// last instant that every time zone can express (`Timestamp::MAX`) and is read as that one.
fn instant(text: &str) -> Option<Timestamp> {
    if let Ok(at) = text.parse() {
        return Some(at);
    }
    let pieces = Pieces::parse(text).ok()?;
    let is_whole = pieces.time().is_some() && pieces.offset().is_some();
    let is_end = pieces.date() >= Timestamp::MAX.to_zoned(TimeZone::UTC).date();
    (is_whole && is_end).then_some(Timestamp::MAX)
}
