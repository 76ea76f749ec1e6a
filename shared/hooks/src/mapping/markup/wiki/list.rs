//! Lists. An item of depth n begins with n marks.

/// The depth down to which they are shown.
const DEEPEST: usize = 8;

/// The list under construction: for each depth the mark, the number, and the width of both.
#[derive(Default)]
pub(super) struct List {
    levels: Vec<Level>,
    began: bool,
}

struct Level {
    numbered: bool,
    number: usize,
    width: usize,
}

impl List {
    /// An item and its prefix, if the line is one.
    pub(super) fn item<'l>(&mut self, line: &'l str) -> Option<(String, &'l str)> {
        let (marks, item) = line.split_once(' ')?;
        let item = item.trim();
        let known = !marks.is_empty() && marks.bytes().all(|b| matches!(b, b'*' | b'#' | b'-'));
        // A line of dashes is a separator.
        let dashes = marks.len() > 1 && marks.bytes().all(|b| b == b'-');
        if !known || dashes || item.is_empty() {
            return None;
        }
        self.began = self.levels.is_empty();
        let marks = &marks.as_bytes()[..marks.len().min(DEEPEST)];
        self.levels.truncate(marks.len());
        let same = self.levels.len() == marks.len();
        for mark in &marks[self.levels.len()..] {
            self.levels.push(Level {
                numbered: *mark == b'#',
                number: 1,
                width: if *mark == b'#' { 3 } else { 2 },
            });
        }
        let (last, above) = self.levels.split_last_mut()?;
        let numbered = marks.last() == Some(&b'#');
        if numbered != last.numbered {
            *last = Level {
                numbered,
                number: 1,
                width: 2,
            };
        } else if same {
            last.number += 1;
        }
        let mark = if numbered {
            format!("{}. ", last.number)
        } else {
            "- ".to_owned()
        };
        last.width = mark.len();
        let indent: usize = above.iter().map(|level| level.width).sum();
        Some((format!("{}{mark}", " ".repeat(indent)), item))
    }

    /// Tells whether the last item was its first.
    pub(super) fn begins(&self) -> bool {
        self.began
    }

    /// Ends the list; false if there was none.
    pub(super) fn end(&mut self) -> bool {
        let was = !self.levels.is_empty();
        *self = Self::default();
        was
    }
}
