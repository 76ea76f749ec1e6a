//! The marks inside a line, in one pass: every search ahead runs once.

use super::leads;
use crate::mapping::markup::people::People;
use crate::mapping::markup::words;

/// Codes that Jira shows as pictures, between spaces.
const PICTURES: [(&str, &str); 6] = [
    ("(/)", "✔"),
    ("(x)", "✘"),
    ("(!)", "⚠"),
    ("(on)", "💡"),
    ("(*)", "⭐"),
    ("(flag)", "🚩"),
];
/// The longest file name by which a picture is recognised.
const LONGEST_NAME: usize = 255;

/// A line with its marks in the pages' formatting.
pub(super) fn inline(line: &str, people: &People<'_>) -> String {
    let mut line = Line {
        text: line,
        people,
        at: 0,
        ahead: [None; 3],
        parts: Vec::new(),
        open: Vec::new(),
        after_mark: false,
    };
    while line.at < line.text.len() {
        line.step();
    }
    line.parts.concat()
}

struct Line<'l, 'q> {
    text: &'l str,
    people: &'l People<'q>,
    at: usize,
    /// The next places of `[`, `]` and `}}`, as far as they are known.
    ahead: [Option<usize>; 3],
    /// The parts of the output.
    parts: Vec<String>,
    /// The open marks, each with its place in the parts.
    open: Vec<(char, usize)>,
    /// True if the last part is a mark, which may become another.
    after_mark: bool,
}

impl Line<'_, '_> {
    fn step(&mut self) {
        let rest = &self.text[self.at..];
        let c = rest.chars().next().unwrap_or_default();
        let taken = match c {
            '\\' => escaped(rest),
            '{' if rest.starts_with("{{") => self.letters(),
            '[' => self.link(),
            '!' => picture(rest),
            '(' => self.sign(rest),
            'h' if !self.after_word() => address(rest),
            '*' | '_' | '-' | '+' | '^' | '~' => {
                self.mark(c);
                return;
            }
            _ => None,
        };
        let Some((length, words)) = taken else {
            self.at += c.len_utf8();
            match self.parts.last_mut() {
                Some(last) if !self.after_mark => last.push(c),
                _ => self.parts.push(c.to_string()),
            }
            self.after_mark = false;
            return;
        };
        self.at += length;
        self.parts.push(words);
        self.after_mark = false;
    }

    fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    fn after_word(&self) -> bool {
        self.before().is_some_and(char::is_alphanumeric)
    }

    /// `{{letters}}`
    fn letters(&mut self) -> Option<(usize, String)> {
        let end = self.next(2, "}}", self.at + 2)?;
        let letters = &self.text[self.at + 2..end];
        Some((end + 2 - self.at, words::code(letters)))
    }

    /// The next place of a text from a position on. A known place is not searched again.
    fn next(&mut self, which: usize, text: &str, from: usize) -> Option<usize> {
        let known = self.ahead[which].filter(|place| *place >= from);
        let place = known.unwrap_or_else(|| {
            let found = self.text.get(from..).and_then(|rest| rest.find(text));
            found.map_or(usize::MAX, |found| from + found)
        });
        self.ahead[which] = Some(place);
        (place != usize::MAX).then_some(place)
    }

    /// `[text|target]`, `[target]`, `[~somebody]`, `[^file]`. Other brackets are brackets.
    fn link(&mut self) -> Option<(usize, String)> {
        let from = self.at + 1;
        let end = self.next(1, "]", from)?;
        if self.next(0, "[", from).is_some_and(|other| other < end) {
            return None;
        }
        let inner = &self.text[from..end];
        let length = end + 1 - self.at;
        if let Some(somebody) = inner.strip_prefix('~') {
            return Some((length, self.people.mention(somebody)));
        }
        if let Some(file) = inner.strip_prefix('^') {
            return Some((length, words::file(file)));
        }
        let parts: Vec<&str> = inner.split('|').map(str::trim).collect();
        let target = *parts.get(1).unwrap_or(&parts[0]);
        if !leads(target) || (parts.len() == 1 && target.starts_with(['#', '/'])) {
            return None;
        }
        let text = parts[0];
        // An address alone says where it leads.
        let said = if format!("mailto:{text}") == target {
            text.to_owned()
        } else {
            words::link(text, target)
        };
        Some((length, said))
    }

    fn sign(&self, rest: &str) -> Option<(usize, String)> {
        let (sign, picture) = PICTURES.iter().find(|(sign, _)| rest.starts_with(sign))?;
        let after = rest[sign.len()..].chars().next();
        let apart = |c: Option<char>| c.is_none_or(char::is_whitespace);
        (apart(self.before()) && apart(after)).then(|| (sign.len(), (*picture).to_owned()))
    }

    /// A mark that may open or close: it opens before a letter and closes after one.
    fn mark(&mut self, c: char) {
        let before = self.before();
        self.at += 1;
        self.after_mark = true;
        let after = self.text[self.at..].chars().next();
        let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let solid = |side: Option<char>| side.is_some_and(|s| !s.is_whitespace() && s != c);
        let opened = self.open.iter().rposition(|(mark, _)| *mark == c);
        if let Some(opened) = opened.filter(|_| solid(before) && !word(after)) {
            let sign = match c {
                '*' => "**",
                '_' => "*",
                '-' => "~~",
                _ => "",
            };
            let (_, part) = self.open[opened];
            sign.clone_into(&mut self.parts[part]);
            self.open.truncate(opened);
            self.parts.push(sign.to_owned());
            return;
        }
        if opened.is_none() && solid(after) && !word(before) && before != Some(c) {
            self.open.push((c, self.parts.len()));
        }
        self.parts.push(c.to_string());
    }
}

/// Two backslashes end a line; one turns the next mark into a plain character.
fn escaped(rest: &str) -> Option<(usize, String)> {
    let next = rest.chars().nth(1)?;
    match next {
        '\\' => Some((2, "\n".to_owned())),
        _ if next.is_ascii_punctuation() => Some((2, next.to_string())),
        _ => None,
    }
}

/// A web address. It contains no marks.
fn address(rest: &str) -> Option<(usize, String)> {
    if !rest.starts_with("https://") && !rest.starts_with("http://") {
        return None;
    }
    let end = rest
        .find(|c: char| c.is_whitespace() || "|]}[{<>\"".contains(c))
        .unwrap_or(rest.len());
    Some((end, rest[..end].to_owned()))
}

/// `!picture.png|thumbnail!`, by its name.
fn picture(rest: &str) -> Option<(usize, String)> {
    let inner = rest.strip_prefix('!')?;
    let end = inner
        .bytes()
        .take(2 * LONGEST_NAME)
        .position(|b| b == b'!')?;
    let name = inner[..end].split('|').next().unwrap_or_default();
    let (stem, ending) = name.rsplit_once('.')?;
    let is_file = (2..=5).contains(&ending.len())
        && ending.bytes().all(|b| b.is_ascii_alphanumeric())
        && !stem.is_empty()
        && !name.starts_with(char::is_whitespace)
        && name.len() <= LONGEST_NAME;
    let said = || {
        if words::is_web(name) {
            name.to_owned()
        } else {
            words::file(name)
        }
    };
    is_file.then(|| (end + 2, said()))
}
