//! A form that somebody filled in: what they typed, read against what a request type asks.
//!
//! Nothing here forgives by guessing: a number that can be read in two ways is asked for again, and
//! an answer that was not offered is none. What is right comes out in one spelling each, so that
//! who reads it later need not know what it was typed into.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use url::Url;

use crate::{
    EmailAddress,
    called::{self, NoName},
    desk::{Desk, Field, FieldKind, RequestType},
    event::Person,
    text::{InvalidText, Line, Name, Text, Title},
};

/// The answers of a form under the ids of its fields.
pub type Answers = BTreeMap<Line<64>, Text<4_000>>;

/// The longest answer over one line, in characters.
const MAX_LINE: usize = 500;
/// The longest web address.
const MAX_LINK: usize = 2_000;
/// The years that a date may lie in: what is outside was mistyped.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2999;

/// The values of a form as they were typed or chosen, under the id of their field.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Typed {
    summary: Vec<String>,
    fields: BTreeMap<String, Vec<String>>,
}

/// Shows nothing of what was typed, because `Debug` reaches the log.
impl std::fmt::Debug for Typed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Typed({} fields)", self.fields.len())
    }
}

/// A form without mistakes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// The subject, as the reporter put it.
    pub summary: Title,
    /// The answers.
    pub answers: Answers,
}

/// A fault of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The field.
    pub question: Question,
    /// The fault.
    pub wrong: Wrong,
}

/// The questions of a form: those that every form asks, and the fields of the request type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// The address of whoever asks.
    Email,
    /// The name of the reporter.
    Name,
    /// The organisation for which they ask.
    Organization,
    /// The line that says what the request is about.
    Summary,
    /// The field with this id.
    Field(Line<64>),
}

/// The reasons why an answer is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wrong {
    /// It has to be given.
    Missing,
    /// It is longer than this many characters.
    TooLong(usize),
    /// It has control characters, or marks that change the direction of text.
    Control,
    /// The field came twice, and would say two things.
    Twice,
    /// It is none of the choices.
    NotAChoice,
    /// It is no number, or one that can be read in two ways: 1.000 and 1,000.
    NotANumber,
    /// It is no date.
    NotADate,
    /// It is no e-mail address.
    NotAnEmail,
    /// It is no web address.
    NotALink,
    /// It is neither a name nor an e-mail address.
    NotAPerson,
    /// It is no name of a person.
    NoName(NoName),
}

impl From<InvalidText> for Wrong {
    fn from(invalid: InvalidText) -> Self {
        match invalid {
            InvalidText::Empty => Self::Missing,
            InvalidText::TooLong { max } => Self::TooLong(max),
            InvalidText::Control => Self::Control,
        }
    }
}

impl Typed {
    /// A form in which nothing was typed.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds what was typed as the summary.
    pub fn add_summary(&mut self, value: String) {
        self.summary.push(value);
    }

    /// Adds what was typed or chosen in a field.
    pub fn add(&mut self, field: &str, value: String) {
        self.fields.entry(field.to_owned()).or_default().push(value);
    }

    /// Returns the text of the summary.
    #[must_use]
    pub fn summary(&self) -> &str {
        self.summary.first().map_or("", String::as_str)
    }

    /// All that was typed or chosen in a field.
    #[must_use]
    pub fn values(&self, field: &Line<64>) -> &[String] {
        self.fields.get(field.as_str()).map_or(&[], Vec::as_slice)
    }

    /// Returns the text of a field that takes one value.
    #[must_use]
    pub fn value(&self, field: &Line<64>) -> &str {
        self.values(field).first().map_or("", String::as_str)
    }

    /// Fills a form in from outside, such as from the query of a link to it: `summary`, and each
    /// field under its id. What is no text, or belongs to no field, is left out; whether the rest
    /// is right is asked when it is sent, as if it had been typed.
    #[must_use]
    pub fn prefilled(
        kind: &RequestType,
        values: impl IntoIterator<Item = (String, String)>,
    ) -> Self {
        let mut typed = Self::new();
        for (name, value) in values {
            if Text::<4_000>::new(&value).is_err() {
                continue;
            }
            let field = kind.fields.iter().find(|field| field.id.as_str() == name);
            match field {
                Some(field)
                    if field.kind == FieldKind::Choices || typed.value(&field.id).is_empty() =>
                {
                    typed.add(&name, value);
                }
                None if name == SUMMARY && typed.summary.is_empty() => typed.add_summary(value),
                Some(_) | None => {}
            }
        }
        typed
    }
}

/// The name of the summary in a query that fills a form in. A field with this id goes before it.
pub const SUMMARY: &str = "summary";

/// Reads who asks, of somebody of whom nothing is known: an address, and a name if they like.
///
/// # Errors
/// One fault for each of the two that is not right.
pub fn reporter(address: &str, name: &str, desk: Option<&Desk>) -> Result<Person, Vec<Fault>> {
    let (address, name) = (address.trim(), name.trim());
    let parsed = match address {
        "" => Err(Wrong::Missing),
        address => address.parse().map_err(|_| Wrong::NotAnEmail),
    };
    let called = match name {
        "" => Ok(None),
        name => Name::new(name).map_err(Wrong::from).and_then(|name| {
            let personal = called::check(&name, desk, None);
            personal.map(|()| Some(name)).map_err(Wrong::NoName)
        }),
    };
    match (parsed, called) {
        (Ok(email), Ok(name)) => Ok(Person { email, name }),
        (parsed, called) => Err([
            (Question::Email, parsed.err()),
            (Question::Name, called.err()),
        ]
        .into_iter()
        .filter_map(|(question, wrong)| wrong.map(|wrong| Fault { question, wrong }))
        .collect()),
    }
}

/// Reads what was typed against what a request type asks.
///
/// # Errors
/// One fault for each field that is not right, in the order of the form.
pub fn read(kind: &RequestType, typed: &Typed) -> Result<Filled, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut answers = Answers::new();
    let summary = match summary(&typed.summary) {
        Ok(summary) => Some(summary),
        Err(wrong) => {
            let question = Question::Summary;
            faults.push(Fault { question, wrong });
            None
        }
    };
    for field in &kind.fields {
        match answer(field, typed.values(&field.id)) {
            Ok(Some(answer)) => {
                answers.insert(field.id.clone(), answer);
            }
            Ok(None) => {}
            Err(wrong) => faults.push(Fault {
                question: Question::Field(field.id.clone()),
                wrong,
            }),
        }
    }
    match summary {
        Some(summary) if faults.is_empty() => Ok(Filled { summary, answers }),
        Some(_) | None => Err(faults),
    }
}

fn summary(typed: &[String]) -> Result<Title, Wrong> {
    Ok(Title::new(single(typed)?)?)
}

/// The one value of a field that takes one.
fn single(typed: &[String]) -> Result<&str, Wrong> {
    match typed {
        [] => Ok(""),
        [one] => Ok(one.trim()),
        [..] => Err(Wrong::Twice),
    }
}

/// The answer to one question; none where it was left open and may be.
fn answer(field: &Field, typed: &[String]) -> Result<Option<Text<4_000>>, Wrong> {
    let text = if field.kind == FieldKind::Choices {
        choices(field, typed)?
    } else {
        one(field, single(typed)?)?
    };
    match Text::new(&text) {
        Ok(answer) => Ok(Some(answer)),
        Err(InvalidText::Empty) if field.required => Err(Wrong::Missing),
        Err(InvalidText::Empty) => Ok(None),
        Err(invalid) => Err(invalid.into()),
    }
}

/// The chosen ones in the order in which they are offered.
fn choices(field: &Field, typed: &[String]) -> Result<String, Wrong> {
    let chosen: BTreeSet<&str> = typed
        .iter()
        .map(|choice| choice.trim())
        .filter(|choice| !choice.is_empty())
        .collect();
    let offered = |choice: &&str| field.choices.iter().any(|title| title.as_str() == *choice);
    if !chosen.iter().all(offered) {
        return Err(Wrong::NotAChoice);
    }
    let in_order: Vec<&str> = field
        .choices
        .iter()
        .map(Title::as_str)
        .filter(|choice| chosen.contains(choice))
        .collect();
    Ok(in_order.join(", "))
}

/// The answer of a field that takes one value, in its one spelling; empty when nothing stands there.
fn one(field: &Field, typed: &str) -> Result<String, Wrong> {
    if typed.is_empty() {
        return Ok(String::new());
    }
    if field.kind == FieldKind::Paragraph {
        // A browser sends its line breaks as CR LF (HTML, "constructing the entry list").
        return Ok(typed.replace("\r\n", "\n").replace('\r', "\n"));
    }
    let max = if field.kind == FieldKind::Link {
        MAX_LINK
    } else {
        MAX_LINE
    };
    line(typed, max)?;
    match field.kind {
        FieldKind::Text | FieldKind::Paragraph => Ok(typed.to_owned()),
        FieldKind::Choice | FieldKind::Choices => choices(field, &[typed.to_owned()]),
        FieldKind::Number => number(typed),
        FieldKind::Date => Ok(date(typed).ok_or(Wrong::NotADate)?.to_string()),
        FieldKind::Email => email(typed).ok_or(Wrong::NotAnEmail),
        FieldKind::Link => link(typed).ok_or(Wrong::NotALink),
        FieldKind::Person => person(typed),
    }
}

fn line(typed: &str, max: usize) -> Result<(), Wrong> {
    // No line is longer than this. `max` checks shorter limits.
    Line::<MAX_LINK>::new(typed)?;
    if typed.chars().count() > max {
        return Err(Wrong::TooLong(max));
    }
    Ok(())
}

/// Digits, with a point or a comma before the fraction. Marks between thousands are not taken: what
/// is 1.000 to one reader is 1 to another.
fn number(typed: &str) -> Result<String, Wrong> {
    let (sign, digits) = match typed.strip_prefix(['-', '\u{2212}']) {
        Some(digits) => ("-", digits),
        None => ("", typed),
    };
    let (whole, fraction) = match digits.split_once(['.', ',']) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let is_digits = |part: &str, most: usize| {
        (1..=most).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit())
    };
    if !is_digits(whole, 15) || !fraction.is_none_or(|fraction| is_digits(fraction, 6)) {
        return Err(Wrong::NotANumber);
    }
    match fraction {
        Some(fraction) if fraction.len() == 3 && whole.len() <= 3 && !whole.starts_with('0') => {
            Err(Wrong::NotANumber)
        }
        Some(fraction) => Ok(format!("{sign}{whole}.{fraction}")),
        None => Ok(format!("{sign}{whole}")),
    }
}

/// A date as browsers write it (ISO 8601: 2026-12-31), or with points between day, month and year.
#[must_use]
pub fn date(typed: &str) -> Option<Date> {
    let digits = |text: &str, least: usize, most: usize| {
        ((least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()))
            .then(|| text.parse::<i16>().ok())
            .flatten()
    };
    let parts = |mark| {
        let mut parts = typed.trim().split(mark);
        let three = [parts.next()?, parts.next()?, parts.next()?];
        parts.next().is_none().then_some(three)
    };
    let (year, month, day) = match (parts('-'), parts('.')) {
        (Some([year, month, day]), _) => (
            digits(year, 4, 4)?,
            digits(month, 2, 2)?,
            digits(day, 2, 2)?,
        ),
        (None, Some([day, month, year])) => (
            digits(year, 4, 4)?,
            digits(month, 1, 2)?,
            digits(day, 1, 2)?,
        ),
        (None, None) => return None,
    };
    if !YEARS.contains(&year) {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn email(typed: &str) -> Option<String> {
    let email: EmailAddress = typed.parse().ok()?;
    Some(email.to_string())
}

/// A web address that leads somewhere and carries nobody's password.
fn link(typed: &str) -> Option<String> {
    let url = Url::parse(typed).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https") && url.has_host();
    let is_plain = url.username().is_empty() && url.password().is_none();
    (is_web && is_plain && url.as_str().len() <= MAX_LINK).then(|| url.to_string())
}

/// Somebody, by address or by name: who asks for a colleague may not know the one.
fn person(typed: &str) -> Result<String, Wrong> {
    if typed.contains('@') {
        return email(typed).ok_or(Wrong::NotAPerson);
    }
    let name = Name::new(typed)?;
    if name.as_str().chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return Err(Wrong::NotAPerson);
    }
    Ok(name.into())
}

#[cfg(test)]
mod tests;
