//! The roster as CSV, for spreadsheets.
//!
//! A cell that a spreadsheet would take for a formula begins with an apostrophe, which makes it a
//! text (OWASP, "CSV Injection"). The file begins with a byte order mark, without which Excel takes
//! it for Windows-1252.

use app::console::{Kind, Listing, Person};
use domain::{Actor, Membership, Role, Timestamp, membership::State, text::Name};

use crate::words::console::Console as Words;

/// The media type.
pub(super) const KIND: &str = "text/csv; charset=utf-8";

/// The file.
pub(super) fn csv(listing: &Listing, words: &Words) -> Vec<u8> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut writer = csv::Writer::from_writer(&mut bytes);
    let header = [
        words.email,
        words.name,
        words.role,
        words.state,
        words.since,
        words.until,
        words.last_active,
        words.invited_by,
    ];
    write(&mut writer, header.map(str::to_owned));
    for person in &listing.people {
        write(&mut writer, row(person, words));
    }
    writer.flush().expect("memory takes every byte");
    drop(writer);
    bytes
}

fn write(writer: &mut csv::Writer<&mut Vec<u8>>, cells: [String; 8]) {
    writer
        .write_record(cells.map(|cell| harmless(&cell)))
        .expect("every record has as many cells, and memory takes every byte");
}

/// A cell that no spreadsheet calculates.
fn harmless(cell: &str) -> String {
    let runs = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '|', '%'])
        || cell.trim_start().starts_with(['=', '+', '-', '@']);
    if runs {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

fn row(person: &Person, words: &Words) -> [String; 8] {
    let membership = &person.membership;
    let instant = |at: Option<Timestamp>| at.map(|at| at.to_string()).unwrap_or_default();
    [
        membership.email.to_string(),
        membership
            .name
            .as_ref()
            .map(Name::to_string)
            .unwrap_or_default(),
        match membership.role {
            Role::Lead => words.lead.to_owned(),
            Role::Member => words.member.to_owned(),
        },
        (words.kind)(Kind::of(membership)).to_owned(),
        membership.since.to_string(),
        instant(until(membership)),
        instant(person.last_active),
        match &membership.invited_by {
            Actor::Person(email) => email.to_string(),
            Actor::Operator => words.administrator.to_owned(),
            Actor::Source(_) | Actor::Sweep | Actor::MailFeedback => words.system.to_owned(),
        },
    ]
}

/// The instant that matters next for somebody.
pub(super) fn until(membership: &Membership) -> Option<Timestamp> {
    let leaving = membership.leaving.as_ref().map(|leaving| leaving.at);
    let ends = [leaving, membership.access_until]
        .into_iter()
        .flatten()
        .min();
    match &membership.state {
        State::Proposed { expires_at, .. } | State::Invited { expires_at, .. } => Some(*expires_at),
        State::Active => ends,
        State::Warned { grace_until, .. } => {
            Some(ends.map_or(*grace_until, |end| end.min(*grace_until)))
        }
        State::OffBoarded { undo_until, .. } => Some(*undo_until),
        State::Closed { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn no_cell_begins_as_a_formula_does() {
        for formula in [
            "=cmd|' /C calc'!A0",
            "+1+1",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            " =1",
            "\r=1",
            "=HYPERLINK(\"https://evil.test\")",
        ] {
            assert!(harmless(formula).starts_with('\''), "{formula:?}");
        }
        for text in ["Ann Ash", "ann@acme.example", "", "2026-11-22T09:30:00Z"] {
            assert_eq!(harmless(text), text);
        }
    }
}
