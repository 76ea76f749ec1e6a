//! Lines with their prefixes: the marks of quotes and lists.

/// The depth down to which quotes and lists are shown. The pages show no deeper ones, and a prefix
/// must not outgrow its line.
const DEEPEST: usize = 8;

/// A text under construction, block by block.
#[derive(Default)]
pub(super) struct Blocks {
    out: String,
    /// The prefix of each line.
    indent: String,
    /// The prefix of the next line instead: a list's mark.
    first: Option<String>,
    depth: usize,
}

impl Blocks {
    /// Writes lines.
    pub(super) fn lines(&mut self, text: &str) {
        for line in text.split('\n') {
            let before = self.first.take();
            let before = before.as_deref().unwrap_or(&self.indent);
            let start = self.out.len();
            self.out.push_str(before);
            self.out.push_str(line.trim_end());
            let end = self.out[start..].trim_end().len();
            self.out.truncate(start + end);
            self.out.push('\n');
        }
    }

    /// Leaves an empty line, which separates two blocks.
    pub(super) fn gap(&mut self) {
        let last = self
            .out
            .strip_suffix('\n')
            .map(|out| out.rsplit('\n').next());
        let Some(Some(last)) = last else { return };
        if self.first.is_none() && last != self.indent.trim_end() && !last.is_empty() {
            self.lines("");
        }
    }

    /// Leaves an empty line before a list, unless the list is inside another.
    pub(super) fn gap_before_list(&mut self) {
        if self.depth == 0 {
            self.gap();
        }
    }

    /// A part that begins with a mark, and whose other lines begin with `rest`.
    pub(super) fn within(&mut self, mark: &str, rest: &str, write: impl FnOnce(&mut Self)) {
        let (indent, first) = (self.indent.clone(), self.first.clone());
        if self.depth < DEEPEST {
            let before = first.as_deref().unwrap_or(&indent);
            self.first = Some(format!("{before}{mark}"));
            self.indent.push_str(rest);
        }
        self.depth += 1;
        write(self);
        self.depth -= 1;
        self.indent = indent;
        // Without any line written, nothing has begun.
        self.first = if self.first.is_some() { first } else { None };
    }

    /// A block of code, between more backticks than it contains itself.
    pub(super) fn code(&mut self, code: &str) {
        let runs = code
            .split(|c| c != '`')
            .map(str::len)
            .max()
            .unwrap_or_default();
        let fence = "`".repeat(runs.max(2) + 1);
        self.gap();
        self.lines(&fence);
        self.lines(code.trim_matches('\n'));
        self.lines(&fence);
        self.gap();
    }

    /// A line that stands out.
    pub(super) fn heading(&mut self, text: &str) {
        let text = text.replace('\n', " ");
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        self.gap();
        if text.contains("**") {
            self.lines(text);
        } else {
            self.lines(&format!("**{text}**"));
        }
        self.gap();
    }

    pub(super) fn rule(&mut self) {
        self.gap();
        self.lines("---");
        self.gap();
    }

    /// The finished text.
    pub(super) fn end(self) -> String {
        self.out.trim_end().to_owned()
    }
}
