//! Halves of surrogate pairs. Senders that cut text by its UTF-16 units leave them behind.
//!
//! RFC 8259 §8.2 allows `"\ud83d"` and leaves its meaning to receivers. Here it becomes U+FFFD, as
//! in browsers and JavaScript, because the rest of the delivery is worth more than half a
//! character. It is not dropped: `admin\ud83d@…` must not become somebody else's address (Unicode
//! TR 36 §3.5).

use std::borrow::Cow;

/// The body with each half replaced. The length stays the same, so the column of an error does too.
pub(super) fn replaced(body: &[u8]) -> Cow<'_, [u8]> {
    let mut body = Cow::Borrowed(body);
    let mut at = 0;
    while let Some(next) = next(&body, at) {
        let (length, half) = piece(&body[next..]);
        at = next + length;
        if half {
            let instead: &[u8] = if length == 6 {
                br"\ufffd"
            } else {
                b"\xef\xbf\xbd"
            };
            body.to_mut()[next..at].copy_from_slice(instead);
        }
    }
    body
}

/// The position of the next byte that may begin a half: that of an escape, or the first of its
/// three bytes where somebody encoded it like a character.
fn next(body: &[u8], from: usize) -> Option<usize> {
    let rest = body.get(from..)?;
    let next = rest.iter().position(|b| matches!(b, b'\\' | 0xED))?;
    Some(from + next)
}

/// The length of the piece that begins here, and true for a half.
fn piece(rest: &[u8]) -> (usize, bool) {
    match rest {
        [b'\\', b'u', ..] => match unit(rest) {
            Some(0xD800..=0xDBFF) => match rest.get(6..).and_then(unit) {
                Some(0xDC00..=0xDFFF) => (12, false),
                _ => (6, true),
            },
            Some(0xDC00..=0xDFFF) => (6, true),
            Some(_) => (6, false),
            None => (2, false),
        },
        // The escaped character does not begin an escape: `\\ud83d` is a backslash and five
        // letters.
        [b'\\', ..] => (2, false),
        [0xED, 0xA0..=0xBF, 0x80..=0xBF, ..] => (3, true),
        _ => (1, false),
    }
}

/// The UTF-16 unit of `\uXXXX`.
fn unit(text: &[u8]) -> Option<u16> {
    let digits = text.get(..6)?.strip_prefix(br"\u")?;
    // `from_str_radix` alone would accept a sign.
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}
