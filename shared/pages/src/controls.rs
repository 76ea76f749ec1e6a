//! Text that came from outside, made so that it can be shown in a line: nothing in it is invisible,
//! and nothing changes the order of what stands around it.

/// A line that can be shown: control characters and marks that reorder text are seen as what they
/// are, something unreadable.
pub(crate) fn escape_controls(line: &str) -> String {
    let shown: String = line
        .chars()
        .map(|c| match c {
            '\t' | '\n' | '\r' | '\u{a0}' => ' ',
            c if c.is_control() || reorders(c) => '\u{fffd}',
            c => c,
        })
        .collect();
    shown.trim().to_owned()
}

/// A search text of at most so many characters, without characters that nobody types on purpose.
pub(crate) fn searched(typed: &str, most: usize) -> String {
    let line = escape_controls(typed).replace('\u{fffd}', "");
    let short: String = line.trim().chars().take(most).collect();
    short.trim_end().to_owned()
}

/// Marks that change the direction of the text after them (Unicode UAX #9), and separators of lines.
pub(crate) fn reorders(c: char) -> bool {
    matches!(
        c,
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{61c}'
            | '\u{2028}' | '\u{2029}' | '\u{feff}'
    )
}

#[cfg(test)]
mod tests {
    use super::{escape_controls, searched};

    #[test]
    fn what_cannot_be_seen_is_shown_as_unreadable() {
        assert_eq!(escape_controls(" a\tb\u{a0}c "), "a b c");
        assert_eq!(escape_controls("a\0b\u{202e}c"), "a\u{fffd}b\u{fffd}c");
    }

    #[test]
    fn a_search_loses_it_and_is_cut() {
        assert_eq!(searched(" le\0na\u{202e}\u{200f} ", 200), "lena");
        assert_eq!(searched("\u{fffd}\0", 200), "");
        assert_eq!(searched("abc def", 4), "abc");
        assert_eq!(searched("名前", 1), "名");
        assert_eq!(searched("<script>", 200), "<script>");
    }
}
