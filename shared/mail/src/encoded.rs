//! Text that looks like an encoded word, written so that nobody decodes it.

use base64::{Engine, engine::general_purpose::STANDARD};

/// The most bytes in one word: 60 characters of base64 and 12 around them are within the 75 that
/// an encoded word may have (RFC 2047 §2).
const MAX_BYTES: usize = 45;

/// Tells whether a mail program might take a part of a text for an encoded word (RFC 2047) and
/// decode it. Through `=?utf-8?Q?=0D=0A…?=` a summary could carry line breaks, and marks that
/// change the direction of text, which the domain refuses in it.
pub(crate) fn looks_encoded(text: &str) -> bool {
    text.contains("=?")
}

/// A text as encoded words with spaces between them, at which a header may be folded. Whoever
/// decodes them gets the text back, once.
pub(crate) fn encoded_words(text: &str) -> String {
    let mut words = Vec::new();
    let mut chunk = String::new();
    for c in text.chars() {
        // RFC 2047 §5: no word may end within a character.
        if chunk.len() + c.len_utf8() > MAX_BYTES {
            words.push(word(&chunk));
            chunk.clear();
        }
        chunk.push(c);
    }
    words.push(word(&chunk));
    words.join(" ")
}

fn word(chunk: &str) -> String {
    format!("=?utf-8?B?{}?=", STANDARD.encode(chunk))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_longer_than_allowed() {
        for text in ["=?".repeat(300), "名".repeat(200), "=?a名".repeat(90)] {
            for word in encoded_words(&text).split(' ') {
                assert!(word.len() <= 75, "{} characters", word.len());
            }
        }
    }
}
