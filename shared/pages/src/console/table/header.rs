//! The header of a list: finds the column of the person's address, and the columns that hold
//! addresses of others.

mod names;

use self::names::{ABOUT_MAIL, FAMILY_OR_WHOLE, FIRST, LAST, MAYBE, OF_OTHERS, SURE, WHOLE};
use super::letters::{is_mark, unaccented};

/// A column by its place and by what its header says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    pub(super) at: usize,
    pub(super) title: String,
}

/// The columns that a header names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// The columns that may hold the person's address, the best-known first.
    pub(super) emails: Vec<Column>,
    /// The number of columns there are.
    pub(super) width: usize,
    /// Tells whether a column is called as no word of prose is.
    pub(super) is_sure: bool,
    /// Tells whether other columns hold addresses, too, by what they are called.
    pub(super) has_others: bool,
    first: Option<usize>,
    last: Option<usize>,
    whole: Option<usize>,
}

/// A row, read as a header.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Line {
    /// It names the column of the address.
    Header(Header),
    /// It names columns of others than the person, and none of the person's own.
    OfOthers(Vec<usize>),
    /// It is no header.
    Other,
}

/// Reads a row as a header.
pub(super) fn line(cells: &[String]) -> Line {
    if cells.iter().any(|cell| cell.contains('@')) {
        return Line::Other;
    }
    let mut emails: Vec<(usize, Column)> = Vec::new();
    let mut others = Vec::new();
    for (at, title) in cells.iter().cloned().enumerate() {
        match called(&title) {
            Called::Own(rank) => emails.push((rank, Column { at, title })),
            Called::OfOthers => others.push(at),
            Called::Otherwise => {}
        }
    }
    emails.sort_by_key(|(rank, column)| (*rank, column.at));
    let is_sure = emails.iter().any(|(rank, _)| *rank < SURE.len());
    if emails.is_empty() {
        return if others.is_empty() {
            Line::Other
        } else {
            Line::OfOthers(others)
        };
    }
    let emails: Vec<_> = emails.into_iter().map(|(_, column)| column).collect();
    let best = emails.first().map(|email| email.at);
    let find = |known: &[&str]| {
        let is = |cell: &String| names(cell).iter().any(|n| known.contains(&n.as_str()));
        (0..cells.len()).find(|at| Some(*at) != best && is(&cells[*at]))
    };
    let header = Header {
        width: cells.len(),
        is_sure,
        has_others: !others.is_empty(),
        first: find(FIRST),
        last: find(LAST),
        whole: find(WHOLE),
        emails,
    };
    Line::Header(header.with_family(cells))
}

/// The kind of a column, by its name.
enum Called {
    /// By a name of the person's own address, so well known.
    Own(usize),
    /// By one of somebody else, or of another address.
    OfOthers,
    Otherwise,
}

fn called(title: &str) -> Called {
    let names = names(title);
    let any = |known: &[&str]| names.iter().any(|name| known.contains(&name.as_str()));
    let about = |words: &[&str]| {
        let has = |name: &String| words.iter().any(|word| name.contains(word));
        names.iter().any(has)
    };
    if let Some(rank) = SURE.iter().position(|known| any(known)) {
        Called::Own(rank)
    } else if about(OF_OTHERS) {
        Called::OfOthers
    } else if about(ABOUT_MAIL) {
        Called::Own(SURE.len())
    } else if any(MAYBE) {
        Called::Own(SURE.len() + 1)
    } else {
        Called::Otherwise
    }
}

impl Header {
    /// «Name» beside «Vorname» is the family's; «Nome» beside «Cognome» is the first one.
    fn with_family(mut self, cells: &[String]) -> Self {
        let is_either = |at: &usize| {
            let names = names(&cells[*at]);
            names.iter().any(|n| FAMILY_OR_WHOLE.contains(&n.as_str()))
        };
        match (self.first, self.last, self.whole.filter(is_either)) {
            (Some(_), None, Some(family)) => self.last = Some(family),
            (None, Some(_), Some(first)) => self.first = Some(first),
            _ => {}
        }
        self
    }

    /// The number of columns have a name that is known.
    pub(super) fn known(&self) -> usize {
        let names = [self.first, self.last, self.whole];
        self.emails.len() + names.into_iter().flatten().count()
    }

    /// The column of the whole name.
    pub(super) fn whole(&self) -> Option<usize> {
        self.whole
    }

    /// A person's name, from the columns of its parts or else from that of the whole.
    pub(super) fn name(&self, row: &[String]) -> Option<String> {
        let cell = |at: Option<usize>| {
            let cell = at.and_then(|at| row.get(at)).map(String::as_str);
            cell.filter(|cell| !cell.is_empty() && !cell.contains('@'))
        };
        let parts = [cell(self.first), cell(self.last)];
        let parts: Vec<_> = parts.into_iter().flatten().collect();
        if parts.is_empty() {
            cell(self.whole).map(str::to_owned)
        } else {
            Some(parts.join(" "))
        }
    }
}

/// The possible names of a header's cell, in letters and digits alone: the whole cell, the part
/// outside brackets (`Email Address [Required]`), and the part inside (`User name
/// [userPrincipalName]`).
fn names(cell: &str) -> Vec<String> {
    let plain = |text: &str| -> String {
        let letters = text.chars().filter(|c| !is_mark(*c)).map(unaccented);
        let letters = letters.filter(|c| c.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let required = [
        "required",
        "optional",
        "mandatory",
        "obligatoire",
        "erforderlich",
        "pflichtfeld",
    ];
    let bare = |name: String| -> String {
        let cut = required.iter().find_map(|word| name.strip_suffix(word));
        cut.filter(|cut| !cut.is_empty())
            .unwrap_or(&name)
            .to_owned()
    };
    let (outside, inside) = bracketed(cell);
    // `user.email` and `profile.email` are how directories name what they hold.
    let last = cell.rsplit(['.', ':', '/']).next().unwrap_or(cell);
    let is_path = cell.split('.').count() > 1 && !cell.contains(' ');
    let path = is_path.then_some(last);
    let all = [Some(cell), Some(outside.as_str()), inside, path];
    let all = all.into_iter().flatten().map(|text| bare(plain(text)));
    all.filter(|name| !name.is_empty()).collect()
}

/// The part of a cell outside brackets, and the content of its first ones.
fn bracketed(cell: &str) -> (String, Option<&str>) {
    let open = |c: char| matches!(c, '[' | '(' | '<');
    let close = |c: char| matches!(c, ']' | ')' | '>');
    let Some((before, rest)) = cell.split_once(open) else {
        return (cell.to_owned(), None);
    };
    match rest.split_once(close) {
        Some((inside, after)) => (format!("{before} {after}"), Some(inside)),
        None => (before.to_owned(), Some(rest)),
    }
}
