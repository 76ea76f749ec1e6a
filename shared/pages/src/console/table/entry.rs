//! A cell or a line that holds the address of one person, and perhaps their name, in the ways in
//! which mail programs and people write it.

use domain::{EmailAddress, Role, address::InvalidEmail, event::Invitee, text::Name};

use super::letters::is_unseen;
use crate::controls::{escape_controls, reorders};

/// The number of words may stand beside an address as a name. More are a sentence.
const MAX_WORDS: usize = 6;

/// Quotes, straight or not, that people and programs put around an address or a name.
const QUOTES: &[char] = &[
    '\'', '"', '`', '\u{b4}', '\u{2018}', '\u{2019}', '\u{201a}', '\u{201c}', '\u{201d}',
    '\u{201e}', '\u{ab}', '\u{bb}', '\u{2039}', '\u{203a}',
];

/// A cell as it is read: without what nobody sees beside an address.
pub(super) fn cell(text: &str) -> String {
    if !text.contains('@') {
        // What turns the direction of text is shown as something unreadable.
        return escape_controls(
            text.trim_matches(|c| c == '\u{feff}' || is_unseen(c) && !reorders(c)),
        );
    }
    // An override makes an address read as another one: it is shown as something unreadable.
    let overrides = |c: char| matches!(c, '\u{202d}' | '\u{202e}');
    let seen: String = text
        .chars()
        .filter(|c| overrides(*c) || !is_unseen(*c))
        .collect();
    let spaced = |c: char| if c.is_whitespace() { ' ' } else { c };
    escape_controls(&seen.chars().map(spaced).collect::<String>())
}

/// The address in a cell, and what stands beside it.
struct Found<'a> {
    address: &'a str,
    beside: String,
}

/// A person by the cell of their address, which may hold their name, too. `name` is what another
/// column says.
pub(super) fn person(cell: &str, name: Option<&str>, role: Role) -> Invitee {
    let found = found(cell);
    let (address, beside) = match &found {
        Some(found) => (found.address, Some(found.beside.as_str())),
        None => (cell, None),
    };
    let beside = beside.filter(|beside| !beside.is_empty() && !beside.contains('@'));
    let name = name.or(beside).and_then(called);
    let invitee = Invitee::new(address, name.clone(), role);
    match invitee.email {
        Ok(_) => invitee,
        // What stood there is shown as a whole, so that it can be found.
        Err(_) => Invitee::new(cell, name, role),
    }
}

/// A row in which no address stands where it should. `shown` is what else stands in it.
pub(super) fn nobody(shown: &str, name: Option<&str>) -> Invitee {
    let invitee = Invitee::new(shown, name.and_then(called), Role::Member);
    Invitee {
        email: Err(InvalidEmail::Syntax),
        ..invitee
    }
}

/// Tells whether a cell holds an address, and nothing else but the name that belongs to it. A sentence in
/// which an address stands is none.
pub(super) fn is_address(cell: &str) -> bool {
    let found = found(cell).filter(|found| found.beside.is_empty() || cell.contains('<'));
    found.is_some_and(|found| found.address.parse::<EmailAddress>().is_ok())
}

fn found(cell: &str) -> Option<Found<'_>> {
    in_brackets(cell).or_else(|| alone(cell))
}

/// `Ann Ash <ann@acme.example>`.
fn in_brackets(cell: &str) -> Option<Found<'_>> {
    let (before, rest) = cell.rsplit_once('<')?;
    let (address, after) = rest.split_once('>').unwrap_or((rest, ""));
    let is_end = after
        .chars()
        .all(|c| c.is_whitespace() || matches!(c, ';' | ',' | '.' | '>'))
        || after.trim_matches(QUOTES).is_empty();
    let before = before.trim_end_matches('<');
    (is_end && !before.contains('<')).then(|| Found {
        address: bare(address),
        beside: words(before),
    })
}

/// `ann@acme.example`, `Ann Ash ann@acme.example`, `ann@acme.example (Ann Ash)`.
fn alone(cell: &str) -> Option<Found<'_>> {
    let is_between = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '<' | '>');
    let mut parts = cell.split(is_between).filter(|part| part.contains('@'));
    let (address, None) = (parts.next()?, parts.next()) else {
        return None;
    };
    let (before, after) = cell.split_once(address)?;
    let beside = words(&format!("{before} {after}").replace(is_between, " "));
    let address = bare(address);
    (beside.split(' ').count() <= MAX_WORDS).then_some(Found { address, beside })
}

/// An address without its scheme, quotes and the punctuation of the sentence it stood in.
fn bare(address: &str) -> &str {
    let around = |c: char| {
        QUOTES.contains(&c) || c.is_whitespace() || matches!(c, '<' | '>' | ',' | ';' | ':')
    };
    let mut address = address.trim_matches(around).trim_end_matches('.');
    while let Some((scheme, rest)) = address.split_once(':') {
        let schemes = [
            "mailto", "smtp", "email", "e-mail", "mail", "to", "cc", "bcc",
        ];
        if !schemes
            .iter()
            .any(|known| scheme.eq_ignore_ascii_case(known))
        {
            break;
        }
        address = rest.trim_matches(around);
    }
    // `mailto:ann@acme.example?subject=…` (RFC 6068). A `?` may stand before the `@` of an address.
    match address.rsplit_once('@') {
        Some((local, domain)) => {
            let domain = domain.split('?').next().unwrap_or(domain);
            &address[..local.len() + 1 + domain.len()]
        }
        None => address,
    }
}

/// A name without the quotes around it; what labels an address is none.
fn words(text: &str) -> String {
    let around = |c: char| QUOTES.contains(&c) || c.is_whitespace() || matches!(c, ',' | ';' | '-');
    let text = text.trim_matches(around);
    let is_label = text.ends_with(':') || text.chars().all(|c| !c.is_alphanumeric());
    if is_label {
        String::new()
    } else {
        text.to_owned()
    }
}

/// A name in one line, its first 200 characters.
fn called(name: &str) -> Option<Name> {
    let words = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = words.chars().take(200).collect();
    Name::new(&short).ok()
}
