//! Jira's wiki markup: macros in braces around lines, marks at the beginning of a line, and marks
//! inside a line. Unclosed or unknown markup stays as text.

mod line;
mod list;

use std::collections::BTreeSet;

use serde_json::Value;

use super::blocks::Blocks;
use super::people::People;
use super::{adf, words};
use line::inline;
use list::List;

/// The longest macro that is recognised, with its settings.
const LONGEST_MACRO: usize = 512;

pub(super) fn text(source: &str, people: &People<'_>) -> String {
    let mut reader = Reader {
        rest: source,
        never: BTreeSet::new(),
        words: String::new(),
        quoted: false,
        people,
    };
    let mut page = Blocks::default();
    reader.read(&mut page);
    page.end()
}

struct Reader<'s, 'p, 'q> {
    /// The unread text.
    rest: &'s str,
    /// The closing marks that do not occur any more, so that nobody searches for them twice.
    never: BTreeSet<&'static str>,
    /// The text since the last macro.
    words: String,
    /// True inside a quote.
    quoted: bool,
    people: &'p People<'q>,
}

/// A macro: `{name}` or `{name:settings}`.
struct Macro<'s> {
    name: &'s str,
    settings: &'s str,
    length: usize,
}

impl<'s> Reader<'s, '_, '_> {
    fn read(&mut self, page: &mut Blocks) {
        while let Some(at) = self.rest.find(['{', '\\']) {
            self.say(at);
            let taken = match found(self.rest) {
                Some(found) => self.take(&found, page),
                None => false,
            };
            if !taken {
                self.say(literal(self.rest));
            }
        }
        self.say(self.rest.len());
        self.flush(page);
    }

    /// Takes this many bytes as words.
    fn say(&mut self, length: usize) {
        let (words, rest) = self.rest.split_at(length);
        self.words.push_str(words);
        self.rest = rest;
    }

    /// Takes a macro; false if it is unknown.
    fn take(&mut self, found: &Macro<'s>, page: &mut Blocks) -> bool {
        match found.name {
            "code" => self.take_code(found, "{code}", page),
            "noformat" => self.take_code(found, "{noformat}", page),
            "adf" => self.take_document(found, page),
            "quote" => {
                if !self.quoted && self.until(found.length, "{quote}").is_none() {
                    return false;
                }
                self.flush(page);
                self.quoted = !self.quoted;
                self.rest = &self.rest[found.length..];
                true
            }
            "panel" | "expand" | "info" | "note" | "tip" | "warning" => {
                self.flush(page);
                self.rest = &self.rest[found.length..];
                self.within(page, |page, _| page.heading(title(found.settings)));
                true
            }
            "color" | "anchor" => {
                self.rest = &self.rest[found.length..];
                true
            }
            _ => false,
        }
    }

    fn take_code(&mut self, found: &Macro<'s>, end: &'static str, page: &mut Blocks) -> bool {
        let Some(code) = self.until(found.length, end) else {
            return false;
        };
        self.flush(page);
        self.rest = &self.rest[found.length + code.len() + end.len()..];
        self.within(page, |page, _| {
            page.heading(title(found.settings));
            page.code(&code.replace("\r\n", "\n"));
        });
        true
    }

    /// An Atlassian document, which Jira embeds where wiki markup has no equivalent.
    fn take_document(&mut self, found: &Macro<'s>, page: &mut Blocks) -> bool {
        const END: &str = "{adf}";
        let Some(json) = self.until(found.length, END) else {
            return false;
        };
        let Ok(node) = serde_json::from_str::<Value>(json.trim()) else {
            return false;
        };
        let rest = &self.rest[found.length + json.len() + END.len()..];
        if found.settings.contains("inline") {
            self.words.push_str(&adf::line(&node, self.people));
        } else {
            self.flush(page);
            self.within(page, |page, people| {
                page.gap();
                adf::write(&node, page, people);
                page.gap();
            });
        }
        self.rest = rest;
        true
    }

    /// The text between a macro and its end.
    fn until(&mut self, from: usize, end: &'static str) -> Option<&'s str> {
        if self.never.contains(end) {
            return None;
        }
        let inner = &self.rest[from..];
        let Some(length) = inner.find(end) else {
            self.never.insert(end);
            return None;
        };
        Some(&inner[..length])
    }

    /// Writes inside the quote, if there is one.
    fn within(&mut self, page: &mut Blocks, write: impl FnOnce(&mut Blocks, &People<'_>)) {
        if self.quoted {
            page.within("> ", "> ", |page| write(page, self.people));
        } else {
            write(page, self.people);
        }
    }

    /// Writes the text since the last macro, line by line.
    fn flush(&mut self, page: &mut Blocks) {
        let words = std::mem::take(&mut self.words);
        if words.trim().is_empty() {
            return;
        }
        let mut list = List::default();
        page.gap();
        self.within(page, |page, people| {
            for line in words.trim().lines() {
                write_line(line.trim(), &mut list, page, people);
            }
        });
        page.gap();
    }
}

fn write_line(line: &str, list: &mut List, page: &mut Blocks, people: &People<'_>) {
    if let Some((before, item)) = list.item(line) {
        if list.begins() {
            page.gap();
        }
        page.lines(&format!(
            "{before}{}",
            inline(item, people).replace('\n', " ")
        ));
        return;
    }
    if list.end() || line.is_empty() {
        page.gap();
    }
    if line.is_empty() {
        return;
    }
    let heading = line
        .strip_prefix('h')
        .and_then(|rest| rest.strip_prefix(['1', '2', '3', '4', '5', '6']));
    if let Some(title) = heading.and_then(|rest| rest.strip_prefix(". ")) {
        page.heading(&inline(title, people));
    } else if let Some(said) = line.strip_prefix("bq. ") {
        page.gap();
        page.within("> ", "> ", |page| page.lines(&inline(said, people)));
        page.gap();
    } else if line.len() >= 4 && line.bytes().all(|b| b == b'-') {
        page.rule();
    } else if let Some(cells) = cells(line) {
        let said = |cell: &String| inline(cell.trim(), people).replace('\n', " / ");
        page.lines(&cells.iter().map(said).collect::<Vec<_>>().join(" | "));
    } else {
        page.lines(&inline(line, people));
    }
}

/// The cells of a row of a table. Bars inside a link, a macro or code do not separate cells.
fn cells(line: &str) -> Option<Vec<String>> {
    let inner = line.strip_prefix('|')?.strip_suffix('|')?;
    let inner = inner.strip_prefix('|').unwrap_or(inner);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut cells = vec![String::new()];
    let mut inside = 0_usize;
    let mut before = ' ';
    for c in inner.chars() {
        match c {
            '[' | '{' => inside += 1,
            ']' | '}' => inside = inside.saturating_sub(1),
            _ => {}
        }
        let bar = c == '|' && inside == 0 && before != '\\';
        // Two bars separate the heads of columns.
        if bar && before != '|' {
            cells.push(String::new());
        } else if !bar {
            cells.last_mut()?.push(c);
        }
        before = c;
    }
    Some(cells)
}

/// The macro at the beginning of a text.
fn found(text: &str) -> Option<Macro<'_>> {
    let line = beginning(text.strip_prefix('{')?);
    let end = line.find('}')?;
    let (name, settings) = line[..end].split_once(':').unwrap_or((&line[..end], ""));
    let letters = !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase());
    letters.then_some(Macro {
        name,
        settings,
        length: end + 2,
    })
}

/// The number of bytes at the beginning of a text that belong to no macro: an escaped character,
/// code between double braces, or a brace.
fn literal(text: &str) -> usize {
    let mut chars = text.chars();
    let (first, second) = (chars.next(), chars.next());
    if first == Some('\\') {
        return 1 + second.map_or(0, char::len_utf8);
    }
    if second != Some('{') {
        return 1;
    }
    beginning(text).find("}}").map_or(2, |end| end + 2)
}

/// The part of a text's first line in which a macro may lie. A text may be one long line.
fn beginning(text: &str) -> &str {
    let near = &text[..text.floor_char_boundary(LONGEST_MACRO)];
    near.split('\n').next().unwrap_or_default()
}

/// The title in a macro's settings: `title=…`, or the only setting.
fn title(settings: &str) -> &str {
    let mut parts = settings.split('|');
    let titled = parts.find_map(|part| part.trim().strip_prefix("title="));
    let one = !settings.contains(['|', '=']) && settings.contains(' ');
    titled.unwrap_or(if one { settings } else { "" })
}

/// Tells whether a link may lead to this target.
fn leads(target: &str) -> bool {
    let schemes = ["ftp://", "file:", "tel:", "#", "/", "^"];
    words::is_web(target) || schemes.iter().any(|scheme| target.starts_with(scheme))
}
