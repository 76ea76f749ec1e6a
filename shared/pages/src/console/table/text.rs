//! The text of a list, and its cells: in whichever encoding, with whichever separator.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{MAX_NOTES, MAX_ROWS, Unreadable, entry};

/// The text, by its byte order mark; without one it is UTF-16 if every other byte is zero, UTF-8 if
/// it can be, and otherwise what Excel on Windows writes in Western Europe. Its lines end as on
/// Unix.
pub(super) fn decode(bytes: &[u8]) -> String {
    let encoding = Encoding::for_bom(bytes).map_or_else(|| guess(bytes), |(encoding, _)| encoding);
    let text = encoding.decode(bytes).0.replace("\r\n", "\n");
    // What ends a line by itself: of old Macs, of Unicode, and of word processors.
    text.replace(
        ['\r', '\u{85}', '\u{2028}', '\u{2029}', '\u{b}', '\u{c}'],
        "\n",
    )
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let begin = &bytes[..bytes.len().min(4_096)];
    let zeros = |offset: usize| {
        let every_other = begin.iter().skip(offset).step_by(2);
        every_other.filter(|byte| **byte == 0).count()
    };
    // Spaces, separators and line ends are written with a zero in every script.
    let (even, odd, few) = (zeros(0), zeros(1), begin.len() / 16);
    if odd > few && odd > 4 * even {
        UTF_16LE
    } else if even > few && even > 4 * odd {
        UTF_16BE
    } else if std::str::from_utf8(bytes).is_ok() {
        UTF_8
    } else {
        WINDOWS_1252
    }
}

/// The marks that separate cells. Of two that stand in as many lines it is the one that stands in
/// fewer words.
const MARKS: [char; 3] = [',', ';', '\t'];

/// The text and what separates its cells: what Excel's line `sep=` says, if that is so, or else the
/// mark that stands in the most lines.
pub(super) fn separated(text: &str) -> (&str, u8) {
    let text = text.trim_start_matches('\u{feff}');
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let stands = |mark: char| lines_with(rest, mark) > 0;
    if let Some(mark) = declared(first) {
        return match u8::try_from(mark) {
            Ok(byte) if stands(mark) || !MARKS.into_iter().any(stands) => (rest, byte),
            _ => (rest, most_frequent(rest)),
        };
    }
    (text, most_frequent(text))
}

/// The mark that Excel's line `sep=` names. Programs put quotes around it, and further marks after it.
fn declared(line: &str) -> Option<char> {
    let line = line.trim_matches(|c| matches!(c, '"' | ' '));
    let (name, mark) = line.split_at_checked(4)?;
    let mark = mark.trim_matches('"');
    let mut marks = mark.chars();
    let first = marks
        .next()
        .filter(|c| c.is_ascii() && !matches!(c, '@' | '"'))?;
    let is_all = marks.all(|c| c == first || matches!(c, ',' | ';' | '\t' | ' ' | '"'));
    (name.eq_ignore_ascii_case("sep=") && is_all).then_some(first)
}

fn most_frequent(text: &str) -> u8 {
    let best = MARKS.into_iter().max_by_key(|mark| lines_with(text, *mark));
    best.and_then(|mark| u8::try_from(mark).ok())
        .unwrap_or(b',')
}

/// In how many lines a mark stands outside of quotes.
fn lines_with(text: &str, mark: char) -> usize {
    let lines = text.lines().take(100);
    let has = |line: &&str| line.split('"').step_by(2).any(|part| part.contains(mark));
    lines.filter(has).count()
}

/// The rows in which anything stands.
pub(super) fn rows(text: &str, separator: u8) -> Result<Vec<Vec<String>>, Unreadable> {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        // Of a text in memory every record can be read.
        let Ok(record) = record else { continue };
        let cells: Vec<_> = record.iter().map(entry::cell).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(cells);
        }
        // A header may stand above the rows, and notes above the header.
        if rows.len() > MAX_ROWS + MAX_NOTES {
            return Err(Unreadable::TooManyRows);
        }
    }
    Ok(rows)
}
