//! Words of somebody else, set apart from ours.

/// The most characters of a comment that a mail repeats. Mail programs cut a long HTML part, and
/// with its end the reader would lose the way to stop such mails.
const MAX_CHARS: usize = 6_000;
/// The most lines, for the same reason: each costs a few bytes more than its characters.
const MAX_LINES: usize = 200;

/// At most `max` characters of a line, the last of them an ellipsis when there were more.
pub(crate) fn shortened(line: &str, max: usize) -> String {
    if line.chars().count() <= max {
        return line.to_owned();
    }
    let kept: String = line.chars().take(max.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// A line in which no mail program finds an address to make a link of: marks become blanks,
/// save those that end a word or stand between two digits. Where a number could be called, digits
/// become stars.
pub(crate) fn without_addresses(line: &str) -> String {
    let letters: Vec<char> = line.chars().collect();
    let digit = |index: Option<usize>| {
        let c = index.and_then(|index| letters.get(index));
        c.is_some_and(|c| c.is_numeric())
    };
    let could_be_called = letters.iter().filter(|c| c.is_numeric()).count() >= 7;
    letters
        .iter()
        .enumerate()
        .map(|(index, c)| {
            let ends_word = letters.get(index + 1).is_none_or(|c| c.is_whitespace());
            let between_digits = digit(index.checked_sub(1)) && digit(Some(index + 1));
            match c {
                '.' | ':' | ',' if between_digits => *c,
                '.' | '!' | '?' | ',' if ends_word => *c,
                c if c.is_numeric() && could_be_called => '*',
                c if c.is_alphanumeric() || c.is_whitespace() => *c,
                '-' | '\'' | '’' | ',' | '"' => *c,
                _ => ' ',
            }
        })
        .collect()
}

/// A person's words, line by line.
pub(crate) struct Quote<'a> {
    pub(crate) lines: Vec<&'a str>,
    /// True if there is more than the mail repeats.
    pub(crate) cut: bool,
}

impl<'a> Quote<'a> {
    /// Takes a text with any kind of line end.
    pub(crate) fn new(text: &'a str) -> Self {
        let kept = text
            .char_indices()
            .nth(MAX_CHARS)
            .map_or(text, |(end, _)| &text[..end]);
        let mut lines: Vec<_> = kept
            .split("\r\n")
            .flat_map(|line| line.split(['\n', '\r', '\u{2028}', '\u{2029}']))
            .map(str::trim_end)
            .collect();
        let cut = kept.len() < text.len() || lines.len() > MAX_LINES;
        lines.truncate(MAX_LINES);
        Self { lines, cut }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_shortened_at_a_character_and_only_when_it_must_be() {
        assert_eq!(shortened("äöü", 3), "äöü");
        assert_eq!(shortened("äöü!", 3), "äö…");
        assert_eq!(shortened("a bcd", 3), "a…");
    }

    /// A stranger chooses the text of the mail that asks to confirm, and its recipient.
    #[test]
    fn a_strangers_text_holds_nothing_to_follow_or_to_call() {
        for (typed, shown) in [
            (
                "Sign in at https://evil.test/x",
                "Sign in at https   evil test x",
            ),
            ("me@evil.test", "me evil test"),
            ("<a href=evil.test>", " a href evil test "),
            ("call +49 30 1234567", "call  ** ** *******"),
            ("Is 2.1 done? Yes, at 9:30.", "Is 2.1 done? Yes, at 9:30."),
        ] {
            assert_eq!(without_addresses(typed), shown);
        }
    }

    #[test]
    fn every_kind_of_line_end_ends_a_line() {
        let quote = Quote::new("a\r\nb\rc\n\nd\u{2028}e");
        assert_eq!(quote.lines, ["a", "b", "c", "", "d", "e"]);
        assert!(!quote.cut);
    }

    #[test]
    fn a_very_long_text_is_cut_and_says_so() {
        let long = "ä".repeat(MAX_CHARS + 1);
        let quote = Quote::new(&long);
        assert!(quote.cut);
        assert_eq!(quote.lines[0].chars().count(), MAX_CHARS);
        let tall = "x\n".repeat(MAX_LINES + 5);
        let quote = Quote::new(&tall);
        assert!(quote.cut);
        assert_eq!(quote.lines.len(), MAX_LINES);
    }
}
