//! The roster as CSV, for spreadsheets.
//!
//! A cell that a spreadsheet would take for a formula begins with an apostrophe, which makes it a
//! text (OWASP, "CSV Injection"). Where `;` separates, as in German Excel, and where somebody pastes
//! the file as text, a cell may be cut within: so does what follows a separator in a cell, and every
//! cell is quoted. Read back, the apostrophes go again. The file begins with a byte order mark,
//! without which Excel takes it for Windows-1252.

use app::console::{Kind, Listing, Person};
use domain::{Actor, Membership, Role, Timestamp, membership::State, text::Name};

use words::{LANGUAGES, Words as AllWords, file::Console as Words};

use super::roster::since;
use crate::wording::console as wording;

/// The media type.
pub(super) const KIND: &str = "text/csv; charset=utf-8";

/// The file.
pub(super) fn csv(listing: &Listing, words: &Words) -> Vec<u8> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new()
        .quote_style(csv::QuoteStyle::Always)
        .from_writer(&mut bytes);
    write(&mut writer, header(words).map(str::to_owned));
    for person in &listing.people {
        write(&mut writer, row(person, words));
    }
    writer.flush().expect("memory takes every byte");
    drop(writer);
    bytes
}

fn write(writer: &mut csv::Writer<&mut Vec<u8>>, cells: [String; 8]) {
    writer
        .write_record(cells.map(|cell| guard_formulas(&cell)))
        .expect("every record has as many cells, and memory takes every byte");
}

fn header(words: &Words) -> [&'static str; 8] {
    [
        words.email,
        words.name,
        words.role,
        words.state,
        words.since,
        words.until,
        words.last_active,
        words.invited_by,
    ]
}

/// Tells whether a row is the header of such a file, in whichever language.
pub(super) fn is_header(row: &[String]) -> bool {
    LANGUAGES
        .iter()
        .any(|words| header(&words.console)[..] == *row)
}

/// The role in a row of such a file.
pub(super) fn role(row: &[String]) -> Role {
    let cell = row.get(2);
    let is_lead = |words: &AllWords| cell.is_some_and(|cell| *cell == words.console.lead);
    if LANGUAGES.iter().any(is_lead) {
        Role::Lead
    } else {
        Role::Member
    }
}

/// A cell that no spreadsheet calculates, nor any part of it.
fn guard_formulas(cell: &str) -> String {
    let guarded = |part: &str, is_first| {
        if runs(part, is_first) {
            format!("'{part}")
        } else {
            part.to_owned()
        }
    };
    each_part(cell, guarded)
}

/// A cell as it was before it was made harmless.
pub(super) fn unguarded(cell: &str) -> String {
    let bare = |part: &str, is_first| {
        let rest = part.strip_prefix('\'').filter(|rest| runs(rest, is_first));
        rest.unwrap_or(part).to_owned()
    };
    each_part(cell, bare)
}

/// A cell with each part changed that some program would make a cell of.
fn each_part(cell: &str, change: impl Fn(&str, bool) -> String) -> String {
    let mut changed = String::new();
    for (number, part) in cell.split_inclusive([';', '\t', '\n', '\r']).enumerate() {
        changed += &change(part, number == 0);
    }
    changed
}

/// Tells whether a spreadsheet would calculate a part of a cell: it begins with one of the signs that
/// begin a formula, in any of their widths, whatever stands before them that counts for nothing.
fn runs(part: &str, is_first: bool) -> bool {
    let counts = |c: &char| !(c.is_whitespace() || c.is_control() || *c == '\'');
    let begins = part.chars().find(counts).is_some_and(|c| {
        matches!(
            c,
            '=' | '+'
                | '-'
                | '@'
                | '\u{ff1d}'
                | '\u{ff0b}'
                | '\u{ff0d}'
                | '\u{ff20}'
                | '\u{fe62}'
                | '\u{fe63}'
                | '\u{fe66}'
                | '\u{fe6b}'
                | '\u{2212}'
        )
    });
    let bare = part.trim_start_matches('\'');
    begins || is_first && bare.starts_with(['\t', '\r', '\n', '|', '%'])
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
        wording::kind(words, Kind::of(membership)).to_owned(),
        since(membership).to_string(),
        instant(until(membership)),
        instant(person.last_active),
        match &membership.invited_by {
            Actor::Person(email) => email.to_string(),
            Actor::Operator => words.administrator.to_owned(),
            Actor::Source(_) | Actor::Sweep | Actor::MailFeedback | Actor::Desk => {
                words.system.to_owned()
            }
        },
    ]
}

/// The instant that matters next for somebody.
pub(super) fn until(membership: &Membership) -> Option<Timestamp> {
    let ends = membership.ends_at();
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

    use proptest::prelude::*;

    use super::*;

    const FORMULAS: [&str; 16] = [
        "=cmd|' /C calc'!A0",
        "+1+1",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        " =1",
        "\u{a0}=1",
        "\r=1",
        "\rx",
        "\tx",
        "=HYPERLINK(\"https://evil.test\")",
        "\u{ff1d}1+1",
        "\u{ff0b}1+1",
        " \u{ff0d}1+1",
        "\u{ff20}SUM(A1)",
        "'=1",
    ];

    #[test]
    fn no_cell_begins_as_a_formula_does() {
        for formula in FORMULAS {
            assert!(guard_formulas(formula).starts_with('\''), "{formula:?}");
        }
        for text in [
            "Ann Ash",
            "ann@acme.example",
            "",
            "2026-11-22T09:30:00Z",
            "Ash; Ann",
            "Mary-Ann O'Neil",
            "'t Hooft",
        ] {
            assert_eq!(guard_formulas(text), text);
        }
    }

    #[test]
    fn no_part_of_a_cell_begins_as_a_formula_does_wherever_it_is_cut() {
        for (cell, guarded) in [
            ("Ann;=1+1;x", "Ann;'=1+1;x"),
            ("Ann; \u{ff1d}1+1", "Ann;' \u{ff1d}1+1"),
            ("Ann\t+1", "Ann\t'+1"),
            ("Ann\n@x", "Ann\n'@x"),
            (";;-1", ";;'-1"),
        ] {
            assert_eq!(guard_formulas(cell), guarded);
        }
    }

    proptest! {
        #[test]
        fn read_back_a_cell_is_what_it_was(cell in "[ =+@;'\t\r\na\u{ff1d}-]{0,12}|\\PC{0,20}") {
            let guarded = guard_formulas(&cell);
            prop_assert_eq!(unguarded(&guarded), cell);
            let mut parts = guarded.split([';', '\t', '\n', '\r']);
            let signs = ['=', '+', '-', '@', '\u{ff1d}'];
            let runs = parts.any(|part| part.trim_start().starts_with(signs));
            prop_assert!(!runs, "{guarded:?}");
        }
    }
}
