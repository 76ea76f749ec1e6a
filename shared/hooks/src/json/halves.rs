//! Halves of surrogate pairs, which senders leave behind that cut text by its UTF-16 units.
//!
//! RFC 8259 §8.2 lets `"\ud83d"` stand and says that receivers do as they like. Here it is U+FFFD,
//! as browsers and JavaScript have it: the rest of the delivery is worth more than half a character.
//! It is not left out: `admin\ud83d@…` must not become somebody else's address (Unicode TR 36 §3.5).

use std::borrow::Cow;

/// The body with each half replaced, byte for byte as long as before, so that an error's column
/// stays where it was.
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

/// Where the next byte stands that may begin a half: an escape's, or the first of its three bytes
/// where somebody encoded it as if it were a character.
fn next(body: &[u8], from: usize) -> Option<usize> {
    let rest = body.get(from..)?;
    let next = rest.iter().position(|b| matches!(b, b'\\' | 0xED))?;
    Some(from + next)
}

/// How long the piece is that begins here, and whether it is a half.
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
        // The escaped character is none of its own: `\\ud83d` is a backslash and five letters.
        [b'\\', ..] => (2, false),
        [0xED, 0xA0..=0xBF, 0x80..=0xBF, ..] => (3, true),
        _ => (1, false),
    }
}

/// The UTF-16 unit that `\uXXXX` stands for.
fn unit(text: &[u8]) -> Option<u16> {
    let digits = text.get(..6)?.strip_prefix(br"\u")?;
    // `from_str_radix` alone would take a sign.
    if !digits.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}
