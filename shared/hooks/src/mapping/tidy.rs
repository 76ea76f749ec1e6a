//! Text that people typed: made to fit rather than refused.
//!
//! The author of a canonical sender's program reads an error. A person who pressed "send" on a form
//! or a portal never sees one. So a stray control character costs that character and not the
//! request.

/// Tells whether a character changes the direction of text. No text may have one.
fn reorders(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}')
}

/// One line of at most `max` characters; `None` if only white space is left.
pub(super) fn line(text: &str, max: usize) -> Option<String> {
    let spaced = text
        .chars()
        .filter(|c| !reorders(*c))
        .map(|c| match c {
            '\u{2028}' | '\u{2029}' => ' ',
            c if c.is_control() => ' ',
            c => c,
        })
        .collect::<String>();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    cut(&words.join(" "), max)
}

/// Text of at most `max` characters over several lines; `None` if only white space is left.
pub(super) fn paragraphs(text: &str, max: usize) -> Option<String> {
    let kept: String = text
        .chars()
        .filter(|c| !reorders(*c) && (!c.is_control() || matches!(c, '\n' | '\r' | '\t')))
        .collect();
    cut(kept.trim(), max)
}

fn cut(text: &str, max: usize) -> Option<String> {
    if text.is_empty() {
        return None;
    }
    if text.chars().count() <= max {
        return Some(text.to_owned());
    }
    let mut short: String = text.chars().take(max.saturating_sub(1)).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    Some(short)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use domain::text::{Body, Title};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_loses_its_breaks_and_a_long_one_its_end() {
        assert_eq!(line(" VPN\r\n is\tdown ", 300).unwrap(), "VPN is down");
        assert_eq!(line("abc def", 5).unwrap(), "abc…");
        assert_eq!(line("abc", 3).unwrap(), "abc");
        assert_eq!(line(" \u{200F}\u{7}", 300), None);
    }

    proptest! {
        #[test]
        fn what_is_left_is_what_the_domain_takes(text in "\\PC{0,400}|[\\s\\x00-\\x20\u{200e}-\u{202e}a]{0,80}") {
            if let Some(short) = line(&text, 300) {
                prop_assert!(Title::new(&short).is_ok());
            }
            if let Some(kept) = paragraphs(&text, 32_768) {
                prop_assert!(Body::new(&kept).is_ok());
            }
        }
    }
}
