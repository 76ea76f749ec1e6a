//! Reading a list of people as it comes: from Excel and other spreadsheets, in whichever encoding,
//! with whichever separator, with or without a header, or pasted from a mail program.
//!
//! Nothing is refused for its form as long as it holds addresses. What a row says is judged later
//! and row by row; here is only found out what it says. What people see of it again has no control
//! characters and no marks that reorder text.

use domain::{Role, event::Invitee, text::Name};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::harmless::harmless;

/// The most rows that a list has.
pub(super) const MAX_ROWS: usize = app::console::MAX_ROWS;

/// Why a file is no list of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// There is nothing in it.
    Empty,
    /// Nothing in it looks like an address.
    NoAddress,
    /// It has too many rows.
    TooManyRows,
}

/// The people on a list, row by row.
///
/// # Errors
/// When there is nothing that looks like an address, or too much.
pub fn read(bytes: &[u8]) -> Result<Vec<Invitee>, Unreadable> {
    let text = decode(bytes);
    let (text, separator) = separated(&text);
    let rows = rows(text, separator)?;
    if rows.is_empty() {
        return Err(Unreadable::Empty);
    }
    if !rows.iter().flatten().any(|cell| cell.contains('@')) {
        return Err(Unreadable::NoAddress);
    }
    let people = people(&rows);
    if people.len() > MAX_ROWS {
        return Err(Unreadable::TooManyRows);
    }
    Ok(people)
}

/// The text, by its byte order mark; without one it is UTF-16 if every other byte is zero, UTF-8 if
/// it can be, and otherwise what Excel on Windows writes in Western Europe.
fn decode(bytes: &[u8]) -> String {
    let encoding = Encoding::for_bom(bytes).map_or_else(|| guess(bytes), |(encoding, _)| encoding);
    encoding.decode(bytes).0.into_owned()
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let begin = &bytes[..bytes.len().min(64)];
    let zeros = |offset: usize| {
        begin
            .iter()
            .skip(offset)
            .step_by(2)
            .filter(|b| **b == 0)
            .count()
    };
    let most = begin.len() / 4;
    if most > 0 && zeros(1) > most {
        UTF_16LE
    } else if most > 0 && zeros(0) > most {
        UTF_16BE
    } else if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        WINDOWS_1252
    }
}

/// The text and what separates its cells: what Excel's line `sep=` says, or else the mark that
/// stands in the most lines.
fn separated(text: &str) -> (&str, u8) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(mark) = first.trim().strip_prefix("sep=")
        && let [separator] = mark.as_bytes()
    {
        return (rest, *separator);
    }
    let lines_with = |mark: &char| {
        text.lines()
            .take(100)
            .filter(|line| has(line, *mark))
            .count()
    };
    // Of two that stand in as many lines, the one that stands in fewer words.
    let marks = ['\t', ';', ','];
    let best = marks.iter().rev().max_by_key(|mark| lines_with(mark));
    (
        text,
        best.map_or(b',', |mark| u8::try_from(*mark).unwrap_or(b',')),
    )
}

/// Whether a mark stands in a line outside of quotes.
fn has(line: &str, mark: char) -> bool {
    line.split('"').step_by(2).any(|part| part.contains(mark))
}

fn rows(text: &str, separator: u8) -> Result<Vec<Vec<String>>, Unreadable> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        // Of a text in memory every record can be read.
        let Ok(record) = record else { continue };
        let cells: Vec<_> = record.iter().map(harmless).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(cells);
        }
        // A header may stand above the rows.
        if rows.len() > MAX_ROWS + 1 {
            return Err(Unreadable::TooManyRows);
        }
    }
    Ok(rows)
}

/// Where in a row the address and the name stand.
#[derive(Debug, Default)]
struct Columns {
    email: usize,
    names: Vec<usize>,
}

fn people(rows: &[Vec<String>]) -> Vec<Invitee> {
    let (columns, rows) = match header(&rows[0]) {
        Some(columns) => (columns, &rows[1..]),
        None => (guessed(rows), rows),
    };
    rows.iter().flat_map(|row| persons(row, &columns)).collect()
}

/// The people of a row: one; or, of a row of addresses alone, as mail programs join them, each.
fn persons(row: &[String], columns: &Columns) -> Vec<Invitee> {
    let addresses: Vec<_> = row.iter().filter(|cell| cell.contains('@')).collect();
    if addresses.len() > 1 {
        return addresses
            .into_iter()
            .map(|cell| person(cell, None))
            .collect();
    }
    let cell = row.get(columns.email).map_or("", String::as_str);
    // A row whose address stands elsewhere is taken at its word.
    let cell = match addresses[..] {
        [only] if !cell.contains('@') => only,
        _ => cell,
    };
    let cells = columns.names.iter().filter_map(|at| row.get(*at));
    let words: Vec<_> = cells
        .filter(|name| !name.is_empty() && !name.contains('@'))
        .map(String::as_str)
        .collect();
    let name = words.join(" ");
    // An empty cell shows what else stands in the row, so that it can be found.
    let cell = if cell.is_empty() {
        row.join(" ").trim().to_owned()
    } else {
        cell.to_owned()
    };
    vec![person(&cell, (!name.is_empty()).then_some(&name))]
}

/// A person by the cell of their address, which may hold their name as mail programs write it.
fn person(cell: &str, name: Option<&str>) -> Invitee {
    let (address, own) = match cell.split_once('<') {
        Some((own, rest)) if rest.ends_with('>') => (
            rest.trim_end_matches('>'),
            Some(own.trim().trim_matches('"')),
        ),
        Some(_) | None => (cell.trim_start_matches("mailto:"), None),
    };
    let name = name.or(own).and_then(called);
    Invitee::new(address, name, Role::Member)
}

/// A name in one line, its first 200 characters.
fn called(name: &str) -> Option<Name> {
    let words = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = words.chars().take(200).collect();
    Name::new(&short).ok()
}

/// What a first row says of the columns, when it is a header: it holds no address, and a word that
/// headers have.
fn header(row: &[String]) -> Option<Columns> {
    if row.iter().any(|cell| cell.contains('@')) {
        return None;
    }
    let plain = |cell: &String| -> String {
        let letters = cell.chars().filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let cells: Vec<_> = row.iter().map(plain).collect();
    let find = |words: &[&str]| cells.iter().position(|cell| words.contains(&cell.as_str()));
    let email = find(&[
        "email",
        "mail",
        "emailaddress",
        "mailaddress",
        "address",
        "emails",
        "emailadresse",
        "mailadresse",
        "adresse",
        "primaryemail",
        "workemail",
        "userprincipalname",
    ])?;
    let first = find(&["firstname", "givenname", "vorname", "first"]);
    let last = find(&["lastname", "surname", "familyname", "nachname", "last"]);
    let whole = find(&[
        "name",
        "fullname",
        "displayname",
        "anzeigename",
        "person",
        "kontakt",
    ]);
    let names = match (first, last) {
        (None, None) => whole.into_iter().collect(),
        // «Name» beside «Vorname» is the family's.
        (Some(first), None) => [Some(first), whole].into_iter().flatten().collect(),
        (first, last) => [first, last].into_iter().flatten().collect(),
    };
    Some(Columns { email, names })
}

/// Without a header: the addresses stand in the column that holds the most of them, and one or two
/// other columns are the name.
fn guessed(rows: &[Vec<String>]) -> Columns {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    let addresses = |at: &usize| {
        let cells = rows.iter().filter_map(|row| row.get(*at));
        cells.filter(|cell| cell.contains('@')).count()
    };
    let email = (0..width).rev().max_by_key(addresses).unwrap_or(0);
    let others: Vec<_> = (0..width).filter(|at| *at != email).collect();
    let names = if others.len() <= 2 {
        others
    } else {
        Vec::new()
    };
    Columns { email, names }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use proptest::prelude::*;

    use super::*;
    use crate::harmless::reorders;

    /// Each row as its address, or what stands in its place, and its name.
    fn listed(bytes: &[u8]) -> Vec<(String, Option<String>)> {
        read(bytes)
            .unwrap()
            .into_iter()
            .map(|row| {
                let address = row.email.map_or(row.raw, |email| email.to_string());
                (address, row.name.map(|name| name.to_string()))
            })
            .collect()
    }

    fn row(address: &str, name: &str) -> (String, Option<String>) {
        (
            address.to_owned(),
            (!name.is_empty()).then(|| name.to_owned()),
        )
    }

    fn utf_16(text: &str, little: bool, mark: bool) -> Vec<u8> {
        let units = mark
            .then_some(0xfeff)
            .into_iter()
            .chain(text.encode_utf16());
        let bytes = |unit: u16| {
            if little {
                unit.to_le_bytes()
            } else {
                unit.to_be_bytes()
            }
        };
        units.flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_that_excel_writes_is_read() {
        let text = "E-Mail;Name\r\njoerg@acme.example;Jörg Öhm\r\n";
        let expected = [row("joerg@acme.example", "Jörg Öhm")];
        let latin_1: Vec<u8> = text.chars().map(|c| u8::try_from(c).unwrap()).collect();
        let with_mark = [b"\xef\xbb\xbf".as_slice(), text.as_bytes()].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            with_mark,
            latin_1,
            utf_16(text, true, true),
            utf_16(text, false, true),
            utf_16(text, true, false),
            utf_16(text, false, false),
        ] {
            assert_eq!(listed(&bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn every_separator_is_found_and_a_quoted_one_separates_nothing() {
        for text in [
            "email,name\nann@acme.example,\"Ash, Ann; B.\"\n",
            "email;name\nann@acme.example;\"Ash, Ann; B.\"\n",
            "email\tname\nann@acme.example\t\"Ash, Ann; B.\"\n",
            "sep=|\nemail|name\nann@acme.example|Ash, Ann; B.\n",
        ] {
            assert_eq!(
                listed(text.as_bytes()),
                [row("ann@acme.example", "Ash, Ann; B.")],
                "{text}"
            );
        }
        let quoted = "email,name\n\"ann@acme.example\",\"Ann \"\"the\"\"\nAsh\"\n";
        assert_eq!(
            listed(quoted.as_bytes()),
            [row("ann@acme.example", "Ann \"the\" Ash")]
        );
    }

    #[test]
    fn a_header_is_understood_in_two_languages_or_done_without() {
        for text in [
            "First name,Last name,Department,E-mail address\nAnn,Ash,Sales,ann@acme.example",
            "Nachname;Abteilung;Vorname;E-Mail-Adresse\nAsh;Vertrieb;Ann;ann@acme.example",
            "Name;Vorname;Mail\nAsh;Ann;ann@acme.example",
            "Ann Ash,ann@acme.example",
            "ann@acme.example;Ann;Ash",
        ] {
            assert_eq!(
                listed(text.as_bytes()),
                [row("ann@acme.example", "Ann Ash")],
                "{text}"
            );
        }
        let many = "x,Ann,Ash,ann@acme.example\ny,Bob,Birch,bob@acme.example";
        assert_eq!(
            listed(many.as_bytes()),
            [row("ann@acme.example", ""), row("bob@acme.example", "")]
        );
    }

    #[test]
    fn a_list_copied_from_a_mail_program_is_read() {
        let text = "Ann Ash <ann@acme.example>; \"Birch, Bob\" <bob@acme.example>; cy@acme.example";
        assert_eq!(
            listed(text.as_bytes()),
            [
                row("ann@acme.example", "Ann Ash"),
                row("bob@acme.example", "Birch, Bob"),
                row("cy@acme.example", ""),
            ]
        );
        let plain = "ann@acme.example\n\n  bob@acme.example  \nmailto:cy@acme.example\n";
        assert_eq!(listed(plain.as_bytes()).len(), 3);
    }

    #[test]
    fn a_row_without_an_address_is_kept_to_be_judged() {
        let text = "email,name\nann at acme,Ann\n,Bob Birch\ncy@acme.example,Cy\n";
        assert_eq!(
            listed(text.as_bytes()),
            [
                row("ann at acme", "Ann"),
                row("Bob Birch", "Bob Birch"),
                row("cy@acme.example", "Cy"),
            ]
        );
    }

    #[test]
    fn hostile_cells_lose_what_could_harm() {
        let text = "email,name\nann@acme.example,\u{202e}nnA\0\n=cmd()|'x'!A1,x\n\
                    <script>@acme.example,y\n";
        assert_eq!(
            listed(text.as_bytes()),
            [
                row("ann@acme.example", "\u{fffd}nnA\u{fffd}"),
                row("=cmd()|'x'!A1", "x"),
                row("<script>@acme.example", "y"),
            ]
        );
        let long = format!("{}@acme.example,{}", "a".repeat(10_000), "n".repeat(10_000));
        let read = read(long.as_bytes()).unwrap();
        assert_eq!(read[0].raw.chars().count(), 320);
        assert_eq!(read[0].name.as_ref().unwrap().as_str().len(), 200);
    }

    #[test]
    fn what_is_no_list_is_refused_with_the_reason() {
        assert_eq!(read(b"").unwrap_err(), Unreadable::Empty);
        assert_eq!(read(b"\n \n;;\n").unwrap_err(), Unreadable::Empty);
        assert_eq!(
            read(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR").unwrap_err(),
            Unreadable::NoAddress
        );
        let many = "a@acme.example\n".repeat(MAX_ROWS);
        assert_eq!(read(many.as_bytes()).unwrap().len(), MAX_ROWS);
        let more = format!("email\n{many}b@acme.example\n");
        assert_eq!(read(more.as_bytes()).unwrap_err(), Unreadable::TooManyRows);
    }

    proptest! {
        #[test]
        fn nothing_makes_it_panic_or_shows_a_control_character(
            bytes in proptest::collection::vec(any::<u8>(), 0..400),
            text in "[a-z@;,\t\"\n<>=\u{202e}\u{0}é]{0,200}",
        ) {
            for input in [bytes.as_slice(), text.as_bytes()] {
                for row in read(input).unwrap_or_default() {
                    prop_assert!(!row.raw.chars().any(|c| c.is_control() || reorders(c)));
                }
            }
        }
    }
}
