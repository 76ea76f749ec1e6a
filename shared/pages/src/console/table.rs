//! Reading a list of people as it comes: from Excel and other spreadsheets, from the exports of
//! directories and address books, in whichever encoding, with whichever separator, with or without
//! a header, or pasted from a mail program.
//!
//! A table whose header names the column of the address is read by that column alone: other
//! columns hold addresses of managers, of assistants, and of those who sent the list. A list of
//! recipients is one person after the other. Nothing is refused for its form as long as it holds
//! addresses; what a row says is judged later and row by row. What people see of it again has no
//! control characters and no marks that reorder text.

mod entry;
mod header;
mod letters;
#[cfg(test)]
mod tests;
mod text;

use domain::{Role, event::Invitee, text::Line as ShortLine};

use super::export;
use header::{Column, Header, Line};

/// The most rows that a list has.
pub(super) const MAX_ROWS: usize = app::console::MAX_ROWS;
/// Among how many first rows a header is looked for: notes may stand above it.
const MAX_NOTES: usize = 20;

/// The reason why a file is no list of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreadable {
    /// There is nothing in it.
    Empty,
    /// Nothing in it looks like an address.
    NoAddress,
    /// Its header names no column of the people's own addresses.
    NoColumn,
    /// It has too many rows.
    TooManyRows,
}

/// The people on a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The people, row by row.
    pub people: Vec<Invitee>,
    /// The column that their addresses were taken from, where there was a choice: its number, and
    /// what its header says.
    pub column: Option<ShortLine<200>>,
}

/// Reads a list.
///
/// # Errors
/// If nothing in it looks like an address, or it is too large.
pub fn read(bytes: &[u8]) -> Result<Listed, Unreadable> {
    let text = text::decode(bytes);
    let (text, separator) = text::separated(&text);
    let rows = text::rows(text, separator)?;
    if rows.is_empty() {
        return Err(Unreadable::Empty);
    }
    if !rows.iter().flatten().any(|cell| cell.contains('@')) {
        return Err(Unreadable::NoAddress);
    }
    let listed = listed(&rows, separator)?;
    match listed.people.len() {
        0 => Err(Unreadable::NoAddress),
        many if many > MAX_ROWS => Err(Unreadable::TooManyRows),
        _ => Ok(listed),
    }
}

fn listed(rows: &[Vec<String>], separator: u8) -> Result<Listed, Unreadable> {
    let lines: Vec<_> = rows
        .iter()
        .take(MAX_NOTES)
        .map(|row| header::line(row))
        .collect();
    if let Some((at, header)) = header_among(&lines, rows) {
        let (above, below) = (&rows[..at], &rows[at + 1..]);
        if header.width > 1 {
            return tabled(above, &rows[at], header, below);
        }
        // The header of one column: whatever stands below it is in that column.
        let rows: Vec<_> = addresses_of(above).chain(below.to_vec()).collect();
        return Ok(recipients(&rows, separator));
    }
    let of_others = lines.iter().zip(1..).any(|(line, next)| match line {
        Line::OfOthers(columns) => only_in(columns, &rows[next..]),
        Line::Header(_) | Line::Other => false,
    });
    if of_others {
        return Err(Unreadable::NoColumn);
    }
    Ok(recipients(rows, separator))
}

/// The header row. Notes may stand above it, and rows of people may contain words of headers. It is
/// a row that certainly names the column of the address; among rows with addresses, only one that
/// names more columns; otherwise one that may be a header. Of several the one with the most names
/// counts.
fn header_among<'a>(lines: &'a [Line], rows: &[Vec<String>]) -> Option<(usize, &'a Header)> {
    let is_address = |row: &Vec<String>| row.iter().any(|cell| entry::is_address(cell));
    let begin = rows.iter().position(is_address).unwrap_or(rows.len());
    let says = |(at, header): &(usize, &Header)| {
        let below = &rows[at + 1..];
        let has_addresses = header
            .emails
            .iter()
            .any(|email| has_addresses(email.at, below));
        let as_wide = below.iter().filter(|row| row.len() == header.width).count();
        let is_wide = header.width > 1;
        let is_meant = if header.is_sure {
            *at < begin || is_wide && header.known() > 1
        } else {
            *at < begin && has_addresses && 2 * as_wide >= below.len()
        };
        is_meant.then(|| (is_wide, has_addresses, header.is_sure, header.known()))
    };
    let headers = lines
        .iter()
        .enumerate()
        .filter_map(|(at, line)| match line {
            Line::Header(header) => Some((at, header)),
            Line::OfOthers(_) | Line::Other => None,
        });
    let meant: Vec<_> = headers.filter(|found| says(found).is_some()).collect();
    meant.into_iter().rev().max_by_key(says)
}

fn has_addresses(at: usize, rows: &[Vec<String>]) -> bool {
    let mut cells = rows.iter().filter_map(|row| row.get(at));
    cells.any(|cell| cell.contains('@'))
}

/// Tells whether all addresses of a table stand in these of its columns.
fn only_in(columns: &[usize], rows: &[Vec<String>]) -> bool {
    let cells = rows.iter().flat_map(|row| row.iter().enumerate());
    let places: Vec<_> = cells
        .filter(|(_, cell)| cell.contains('@'))
        .map(|(at, _)| at)
        .collect();
    let is_table = rows.iter().any(|row| row.len() > 1);
    is_table && !places.is_empty() && places.iter().all(|at| columns.contains(at))
}

/// Of what stands above a header, the rows that are addresses: the others are notes.
fn addresses_of(above: &[Vec<String>]) -> impl Iterator<Item = Vec<String>> {
    let is_list = |row: &&Vec<String>| {
        let mut cells = row.iter().filter(|cell| !cell.is_empty());
        cells.all(|cell| entry::is_address(cell))
    };
    above.iter().filter(is_list).cloned()
}

/// The people of a table with a header.
fn tabled(
    above: &[Vec<String>],
    titles: &[String],
    header: &Header,
    below: &[Vec<String>],
) -> Result<Listed, Unreadable> {
    let is_used = |column: &Column| {
        let mut rows = below.iter();
        has_addresses(column.at, below) || rows.any(|row| shifted(row, header, column).is_some())
    };
    let any = below.iter().flatten().any(|cell| cell.contains('@'));
    let mut columns = header.emails.iter();
    let Some(column) = columns.find(|column| is_used(column)).or_else(|| {
        // A list of nobody is judged row by row.
        header.emails.first().filter(|_| !any)
    }) else {
        return Err(Unreadable::NoColumn);
    };
    let is_ours = export::is_header(titles);
    let unguarded = |row: &Vec<String>| -> Vec<String> {
        row.iter().map(|cell| export::unguarded(cell)).collect()
    };
    let mut people: Vec<_> = addresses_of(above)
        .flatten()
        .filter(|cell| !cell.is_empty())
        .map(|cell| entry::person(&cell, None, Role::Member))
        .collect();
    people.extend(below.iter().filter(|row| !is_note(row)).map(|row| {
        let row = unguarded(row);
        let role = if is_ours {
            export::role(&row)
        } else {
            Role::Member
        };
        member(&row, header, column, role)
    }));
    let is_choice = below.iter().any(|row| addresses(row) > 1) || header.emails.len() > 1;
    Ok(Listed {
        people,
        column: is_choice
            .then(|| chosen(column.at, &column.title))
            .flatten(),
    })
}

/// The one person of a row of a table.
fn member(row: &[String], header: &Header, column: &Column, role: Role) -> Invitee {
    let name = header.name(row);
    if let Some(shifted) = shifted(row, header, column) {
        return shifted;
    }
    match row.get(column.at).filter(|cell| !cell.is_empty()) {
        Some(cell) => entry::person(cell, name.as_deref(), role),
        None => nobody(row, name.as_deref()),
    }
}

/// The person of a row that has more cells than its header, since a comma in the name separated it:
/// `Ash, Ann,ann@acme.example` below `Name,Email`.
fn shifted(row: &[String], header: &Header, column: &Column) -> Option<Invitee> {
    let more = row
        .len()
        .checked_sub(header.width)
        .filter(|more| *more > 0)?;
    let is_missed = !row.get(column.at)?.contains('@') && addresses(row) == 1;
    let cell = row
        .get(column.at + more)
        .filter(|cell| cell.contains('@'))?;
    let name = header.whole().filter(|at| *at < column.at);
    let name = name.map(|at| row[at..=at + more].join(", "));
    let is_alone = is_missed && !header.has_others && header.emails.len() == 1;
    is_alone.then(|| entry::person(cell, name.as_deref(), Role::Member))
}

/// A row without an address where it should be: what else stands in it shows which one it is.
fn nobody(row: &[String], name: Option<&str>) -> Invitee {
    let shown: Vec<_> = row
        .iter()
        .filter(|cell| !cell.is_empty())
        .cloned()
        .collect();
    entry::nobody(&shown.join(" "), name)
}

fn addresses(row: &[String]) -> usize {
    row.iter().filter(|cell| cell.contains('@')).count()
}

/// A remark as programs write it, not the address that begins with its mark.
fn is_note(row: &[String]) -> bool {
    row.first()
        .is_some_and(|cell| cell.starts_with('#') && !entry::is_address(cell))
}

/// The column from which addresses were taken, for people: `3: Work email`.
fn chosen(at: usize, title: &str) -> Option<ShortLine<200>> {
    let title: String = title.chars().take(150).collect();
    let text = if title.is_empty() {
        (at + 1).to_string()
    } else {
        format!("{}: {title}", at + 1)
    };
    ShortLine::new(&text).ok()
}

/// The people of a list without a header. A row of addresses alone is a list of recipients, as mail
/// programs join them, and so is a text of one row. Of every other row the address counts that
/// stands in the column with the most of them.
fn recipients(rows: &[Vec<String>], separator: u8) -> Listed {
    let rows: Vec<_> = rows.iter().filter(|row| !is_note(row)).collect();
    let rows: Vec<_> = rows.into_iter().map(|row| joined(row, separator)).collect();
    let (email, names) = guessed(&rows);
    let mut is_choice = false;
    let mut people = Vec::new();
    for row in &rows {
        let cells = || row.iter().filter(|cell| !cell.is_empty());
        let (found, all) = (addresses(row), cells().count());
        if found > 1 && (found == all || rows.len() == 1) {
            people.extend(cells().map(|cell| entry::person(cell, None, Role::Member)));
            continue;
        }
        is_choice |= found > 1;
        let there = row.get(email).filter(|cell| cell.contains('@'));
        // A row whose address stands elsewhere is taken at its word.
        let only = || cells().find(|cell| cell.contains('@') && found == 1);
        let name = names.iter().filter_map(|at| row.get(*at));
        let name: Vec<_> = name
            .filter(|cell| !cell.is_empty() && !cell.contains('@'))
            .map(String::as_str)
            .collect();
        let name = (!name.is_empty()).then(|| name.join(" "));
        people.push(match there.or_else(only) {
            Some(cell) => entry::person(cell, name.as_deref(), Role::Member),
            None => match row.get(email).filter(|cell| !cell.is_empty()) {
                Some(cell) => entry::nobody(cell, name.as_deref()),
                None => nobody(row, name.as_deref()),
            },
        });
    }
    Listed {
        people,
        column: is_choice.then(|| chosen(email, "")).flatten(),
    }
}

/// The cells of a row, where the comma of `Ash, Ann <ann@acme.example>` belongs to the name.
fn joined(row: &[String], separator: u8) -> Vec<String> {
    if separator != b',' || !row.iter().any(|cell| cell.contains('<')) {
        return row.to_vec();
    }
    let mut cells: Vec<String> = Vec::new();
    let mut before: Vec<&str> = Vec::new();
    for cell in row {
        match (cell.contains('@'), cell.contains('<')) {
            (false, _) if !cell.is_empty() => before.push(cell),
            (true, true) => {
                before.push(cell);
                cells.push(std::mem::take(&mut before).join(", "));
            }
            (false | true, _) => {
                cells.extend(before.drain(..).map(str::to_owned));
                cells.push(cell.clone());
            }
        }
    }
    cells.extend(before.into_iter().map(str::to_owned));
    cells
}

/// Without a header: the addresses stand in the column that holds the most of them, and one or two
/// other columns are the name.
fn guessed(rows: &[Vec<String>]) -> (usize, Vec<usize>) {
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
    (email, names)
}
