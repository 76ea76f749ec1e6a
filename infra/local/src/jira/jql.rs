//! The part of Jira's query language that a desk needs: comparisons joined by `AND`.

use jiff::{SignedDuration, Timestamp};

use super::request::Request;
use super::site::Site;
use super::workflow::Category;

/// A search: every clause has to match.
#[derive(Debug, PartialEq)]
pub(crate) struct Search {
    clauses: Vec<Clause>,
}

#[derive(Debug, PartialEq)]
struct Clause {
    field: Field,
    operator: Operator,
    value: String,
    /// The instant that the value stands for, of a field with an instant.
    at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Reporter,
    Project,
    Key,
    Status,
    StatusCategory,
    Created,
    Updated,
    Labels,
    Summary,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Is,
    IsNot,
    Contains,
    AtLeast,
    AtMost,
}

impl Search {
    /// Reads a query. Relative times are counted from `now`.
    pub(crate) fn parse(text: &str, now: Timestamp) -> Result<Self, String> {
        let mut words = words(text)?.into_iter().peekable();
        let mut clauses = Vec::new();
        while words.peek().is_some() {
            let field = field(&words.next().unwrap_or_default())?;
            let operator = operator(&words.next().unwrap_or_default())?;
            let value = words
                .next()
                .ok_or("a value is missing at the end of the query")?;
            let at = match field {
                Field::Created | Field::Updated => Some(instant(&value, now)?),
                Field::Reporter
                | Field::Project
                | Field::Key
                | Field::Status
                | Field::StatusCategory
                | Field::Labels
                | Field::Summary => None,
            };
            clauses.push(Clause {
                field,
                operator,
                value,
                at,
            });
            match words.next().map(|word| word.to_lowercase()).as_deref() {
                None | Some("and") => {}
                // The newest issue comes first in any case.
                Some("order") => break,
                Some(other) => return Err(format!("{other} is not understood here")),
            }
        }
        Ok(Self { clauses })
    }

    pub(crate) fn matches(&self, site: &Site, request: &Request) -> bool {
        self.clauses
            .iter()
            .all(|clause| clause.matches(site, request))
    }
}

impl Clause {
    fn matches(&self, site: &Site, request: &Request) -> bool {
        let same = |text: &str| text.eq_ignore_ascii_case(&self.value);
        let holds = match self.field {
            Field::Reporter => request.reporter == self.value,
            Field::Project => site
                .desk(&self.value)
                .is_ok_and(|desk| desk.id == request.desk),
            Field::Key => same(&request.key) || same(&request.id.to_string()),
            Field::Status => same(request.status().name) || same(request.status().id),
            Field::StatusCategory => {
                let category: Category = request.status().category;
                same(category.name()) || same(category.key())
            }
            Field::Labels => request.labels.contains(&self.value),
            Field::Summary => {
                let summary = request.summary().to_lowercase();
                summary.contains(&self.value.to_lowercase())
            }
            Field::Created => return self.compares(request.created),
            Field::Updated => return self.compares(request.updated),
        };
        holds != (self.operator == Operator::IsNot)
    }

    fn compares(&self, with: Timestamp) -> bool {
        self.at.is_some_and(|at| match self.operator {
            Operator::AtLeast => with >= at,
            Operator::AtMost => with <= at,
            Operator::Is => with == at,
            Operator::IsNot => with != at,
            Operator::Contains => false,
        })
    }
}

fn field(word: &str) -> Result<Field, String> {
    Ok(match word.to_lowercase().as_str() {
        "reporter" => Field::Reporter,
        "project" => Field::Project,
        "key" | "issuekey" | "issue" | "id" => Field::Key,
        "status" => Field::Status,
        "statuscategory" => Field::StatusCategory,
        "created" => Field::Created,
        "updated" => Field::Updated,
        "labels" => Field::Labels,
        "summary" => Field::Summary,
        _ => return Err(format!("field {word} is not understood here")),
    })
}

fn operator(word: &str) -> Result<Operator, String> {
    Ok(match word {
        "=" => Operator::Is,
        "!=" => Operator::IsNot,
        "~" => Operator::Contains,
        ">=" => Operator::AtLeast,
        "<=" => Operator::AtMost,
        _ => return Err(format!("operator {word} is not understood here")),
    })
}

/// An instant: a time ago (`-15m`, `-2h`, `-7d`), or a minute of UTC (`2026-11-20 10:30`).
fn instant(text: &str, now: Timestamp) -> Result<Timestamp, String> {
    let bad = || format!("{text} is not an instant");
    if let Some(ago) = text.strip_prefix('-') {
        let (number, unit) = ago
            .split_at_checked(ago.len().saturating_sub(1))
            .ok_or_else(bad)?;
        let number: i64 = number.parse().map_err(|_| bad())?;
        let minutes = match unit {
            "m" => 1,
            "h" => 60,
            "d" => 24 * 60,
            "w" => 7 * 24 * 60,
            _ => return Err(bad()),
        };
        return Ok(now - SignedDuration::from_mins(number.saturating_mul(minutes)));
    }
    let minute = text.replace(' ', "T");
    let seconds = if minute.contains('T') {
        ":00Z"
    } else {
        "T00:00:00Z"
    };
    format!("{minute}{seconds}").parse().map_err(|_| bad())
}

/// The words and quoted texts of a query. An operator is a word of its own, with or without blanks.
fn words(text: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let word = match first {
            '"' | '\'' => {
                let (quoted, after) = quoted(&rest[1..], first)?;
                words.push(quoted);
                rest = after.trim_start();
                continue;
            }
            '=' | '!' | '~' | '<' | '>' => {
                let end = rest.find(|c| !"=!~<>".contains(c)).unwrap_or(rest.len());
                &rest[..end]
            }
            _ => {
                let ends = |c: char| c.is_whitespace() || "=!~<>\"".contains(c);
                &rest[..rest.find(ends).unwrap_or(rest.len())]
            }
        };
        words.push(word.to_owned());
        rest = rest[word.len()..].trim_start();
    }
    Ok(words)
}

/// A text up to its closing quote, and the rest after it.
fn quoted(text: &str, quote: char) -> Result<(String, &str), String> {
    let mut read = String::new();
    let mut characters = text.char_indices();
    while let Some((index, character)) = characters.next() {
        match character {
            '\\' => read.extend(characters.next().map(|(_, escaped)| escaped)),
            _ if character == quote => return Ok((read, &text[index + 1..])),
            _ => read.push(character),
        }
    }
    Err("a quote is not closed".to_owned())
}
