//! The kind of value that a canonical path takes, and the conversion of a sender's value to it.

use domain::Timestamp;
use jiff::fmt::{rfc2822, strtime};
use serde_json::Value;

use crate::canonical::{EARLIEST, LATEST};
use crate::mapping::{say, tidy};

/// Nanoseconds in a second.
const NANOSECONDS: i128 = 1_000_000_000;
/// The format of an instant in GitLab and older Rails programs.
const SPACED: [&str; 2] = ["%Y-%m-%d %H:%M:%S%.f %z", "%Y-%m-%dT%H:%M:%S%.f%z"];

/// The kind of value that a path takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// A key, an address, a word of the canonical form.
    Word,
    /// One typed line, of at most so many characters.
    Line(usize),
    /// Several typed lines.
    Paragraphs(usize),
    Instant,
    Truth,
    /// Any value that the canonical form reads itself: lists, answers, unknown values.
    AsItIs,
}

impl Wanted {
    pub(super) fn at(path: &str) -> Self {
        match path {
            "/type"
            | "/data/request/key"
            | "/data/request/desk"
            | "/data/request/url"
            | "/data/reporter/email"
            | "/data/organization"
            | "/data/channel"
            | "/data/comment/id"
            | "/data/comment/author/email"
            | "/data/comment/author/role"
            | "/data/status/category"
            | "/data/by"
            | "/data/approval/id"
            | "/data/approval/by"
            | "/data/approval/decision"
            | "/data/invited_by"
            | "/data/member/email"
            | "/data/reason"
            | "/data/hand_over_to"
            | "/data/requested_by" => Self::Word,
            "/data/request/type"
            | "/data/request/summary"
            | "/data/status/from"
            | "/data/status/to"
            | "/data/resolution" => Self::Line(300),
            "/data/reporter/name" | "/data/comment/author/name" => Self::Line(200),
            "/data/approval/reason" => Self::Line(500),
            "/data/request/description" | "/data/comment/body" => Self::Paragraphs(32_768),
            "/data/message" => Self::Paragraphs(2_000),
            "/timestamp" | "/data/approval/due" | "/data/access_until" | "/data/effective_at" => {
                Self::Instant
            }
            "/data/comment/public" => Self::Truth,
            _ => Self::AsItIs,
        }
    }

    /// The kind in words, for a message.
    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Word | Self::Line(_) | Self::Paragraphs(_) => {
                "a text, or a number of all its digits,"
            }
            Self::Instant => "an instant such as 2026-11-22T09:30:00Z, or seconds since 1970,",
            Self::Truth => "true or false",
            Self::AsItIs => "a value",
        }
    }

    /// The value in the form that the canonical document needs.
    pub(super) fn of(self, value: &Value) -> Option<Value> {
        match self {
            Self::Word => say::text(value).map(Value::from),
            // Somebody typed this text into the sending program, so it is made to fit.
            Self::Line(max) => tidy::line(&say::text(value)?, max).map(Value::from),
            Self::Paragraphs(max) => tidy::paragraphs(&say::text(value)?, max).map(Value::from),
            Self::Instant => instant(&say::text(value)?).map(|at| at.to_string().into()),
            Self::Truth => truth(value).map(Value::from),
            Self::AsItIs => Some(value.clone()),
        }
    }
}

/// Only a plain yes is true: a guess must not make a comment public.
fn truth(value: &Value) -> Option<bool> {
    match value {
        Value::Bool(truth) => Some(*truth),
        Value::String(text) if text.trim().eq_ignore_ascii_case("true") => Some(true),
        Value::String(text) if text.trim().eq_ignore_ascii_case("false") => Some(false),
        Value::Null | Value::Number(_) | Value::String(_) | Value::Array(_) | Value::Object(_) => {
            None
        }
    }
}

/// An instant with its offset from UTC, in any common format.
fn instant(text: &str) -> Option<Timestamp> {
    let text = text.trim();
    if text.len() > 64 {
        return None;
    }
    since_1970(text)
        .or_else(|| text.parse().ok())
        .or_else(|| {
            let bare = text
                .strip_suffix("UTC")
                .or_else(|| text.strip_suffix("GMT"))?;
            format!("{}Z", bare.trim_end()).parse().ok()
        })
        .or_else(|| {
            let parsed = |format| strtime::parse(format, text).ok()?.to_timestamp().ok();
            SPACED.into_iter().find_map(parsed)
        })
        .or_else(|| rfc2822::parse(text).ok().map(|at| at.timestamp()))
}

/// Seconds, milliseconds, microseconds or nanoseconds since 1970. The unit is the one for which the
/// number lies between the years 2000 and 2200; no number fits two units.
fn since_1970(text: &str) -> Option<Timestamp> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if whole.is_empty() || whole.len() > 19 || !digits(whole) || !digits(fraction) {
        return None;
    }
    let whole: i128 = whole.parse().ok()?;
    let fraction: i128 = format!("{fraction:0<9.9}").parse().ok()?;
    let years = i128::from(EARLIEST)..i128::from(LATEST);
    let unit = [1, 1_000, 1_000_000, NANOSECONDS]
        .into_iter()
        .find(|unit| years.contains(&(whole / unit)))?;
    Timestamp::from_nanosecond((whole * NANOSECONDS + fraction) / unit).ok()
}
