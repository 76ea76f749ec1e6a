//! Lists of people from spreadsheets and mail programs.

use app::console::MAX_ROWS;
use pages::{Unreadable, read_list};

/// The bytes are the file.
pub(crate) fn run(input: &[u8]) {
    let people = match read_list(input) {
        Ok(listed) => listed.people,
        Err(
            Unreadable::Empty
            | Unreadable::NoAddress
            | Unreadable::NoColumn
            | Unreadable::TooManyRows,
        ) => return,
    };
    assert!(people.len() <= MAX_ROWS);
    for person in &people {
        assert!(person.raw.chars().count() <= 320);
        assert!(!person.raw.contains(is_unseen), "{:?}", person.raw);
    }
    // The addresses alone are a list of the same people, too.
    let valid: Vec<_> = people
        .iter()
        .filter_map(|person| person.email.as_ref().ok())
        .collect();
    if valid.is_empty() {
        return;
    }
    let plain: Vec<&str> = valid.iter().map(|email| email.as_str()).collect();
    let plain = plain.join("\r\n");
    let of = |text: &str| -> Vec<_> {
        let people = read_list(text.as_bytes()).unwrap().people;
        let emails = people.into_iter().filter_map(|person| person.email.ok());
        emails.collect()
    };
    assert!(of(&plain).iter().eq(valid.iter().copied()), "{plain}");
    // A table that names their column gives the same people, whatever its other columns.
    let rows: Vec<_> = valid
        .iter()
        .map(|email| format!("x,{email},boss@acme.example"))
        .collect();
    let table = format!("Name,Email,Manager Email\r\n{}", rows.join("\r\n"));
    assert!(of(&table).iter().eq(valid.iter().copied()), "{table}");
}

/// Tells whether a reader of a row would not see this character, or see the rest in another order
/// (Unicode TR 9: explicit directional marks).
fn is_unseen(letter: char) -> bool {
    letter.is_control() || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
