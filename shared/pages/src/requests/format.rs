//! The light formatting of descriptions and comments: `CommonMark` without anything that could act.
//!
//! The output holds a handful of elements, no attribute but a link's and a list's, and every
//! character that somebody typed is escaped. HTML in a comment is shown as the text it is; an
//! image is a link to it; a heading is a strong line, since the page has its own. A link says where
//! it leads. Whatever is nested too deep loses its marks and keeps its words, and a comment that
//! would become many times as long as it is loses all of them.

mod link;

use std::fmt;

use pulldown_cmark::{
    CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, TextMergeStream, html,
};

use link::{Destination, web_addresses};

/// The largest depth of quotes, lists and emphasis. Without a limit a comment of 32,768 `>` would
/// become as many elements.
const DEEPEST: usize = 8;

/// The number of times as long as its text a comment's HTML may be, and how many bytes it may have in
/// any case. People write marks between words; a comment of nothing but marks becomes up to thirteen
/// times as long, and a page of such comments would not fit into an answer of Lambda (6 MB).
const GROWTH: usize = 4;
const ALWAYS: usize = 16 * 1_024;

/// A description or a comment as HTML that is safe to show: at most some five times as long as its text, or 16 KiB.
pub(crate) fn formatted(text: &str) -> String {
    let parser = Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH);
    let mut tame = Tame::default();
    let events = TextMergeStream::new(parser).flat_map(|event| tame.take(event));
    let mut out = Bounded {
        text: String::with_capacity(text.len() + text.len() / 4),
        most: text.len().saturating_mul(GROWTH).max(ALWAYS),
    };
    match html::write_html_fmt(&mut out, events) {
        Ok(()) => out.text,
        Err(fmt::Error) => as_typed(text),
    }
}

/// A comment without its formatting: every character, and the lines as they were typed.
fn as_typed(text: &str) -> String {
    let events = [
        raw("<p class=\"lines\">"),
        Event::Text(text.into()),
        raw("</p>\n"),
    ];
    let mut out = String::new();
    html::push_html(&mut out, events.into_iter());
    out
}

/// Text that takes no more than so many bytes.
struct Bounded {
    text: String,
    most: usize,
}

impl fmt::Write for Bounded {
    fn write_str(&mut self, more: &str) -> fmt::Result {
        if self.text.len() + more.len() > self.most {
            return Err(fmt::Error);
        }
        self.text.push_str(more);
        Ok(())
    }
}

/// The treatment of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// It is shown as what it is.
    AsIs,
    /// A strong line.
    StrongLine,
    /// A paragraph.
    Paragraph,
    /// A code block of no language.
    Code,
    /// A link.
    Link,
    /// Its words alone.
    Words,
}

/// Goes through a comment and lets through what is harmless.
#[derive(Default)]
struct Tame {
    open: Vec<Kept>,
    link: Option<Link>,
}

/// The link that is open.
struct Link {
    to: Destination,
    /// The words that stand on it so far.
    words: String,
}

impl Tame {
    fn take<'a>(&mut self, event: Event<'a>) -> Vec<Event<'a>> {
        if let (Some(link), Some(words)) = (&mut self.link, words(&event)) {
            link.words.push_str(words);
        }
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(text) if self.link.is_some() || self.is_in_code() => {
                vec![Event::Text(text)]
            }
            Event::Text(text) => with_links(&text),
            // Raw HTML is shown as it was typed.
            Event::Html(text) | Event::InlineHtml(text) => vec![Event::Text(text)],
            // People press Enter to begin a line.
            Event::SoftBreak | Event::HardBreak => vec![Event::HardBreak],
            Event::Code(text) => vec![Event::Code(text)],
            Event::Rule => vec![Event::Rule],
            // Extensions that are not switched on.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                vec![Event::Text(text)]
            }
            Event::TaskListMarker(_) => Vec::new(),
        }
    }

    /// Tells whether this is the deepest level, where only code is kept.
    fn is_in_code(&self) -> bool {
        self.open
            .iter()
            .take(DEEPEST)
            .any(|kept| *kept == Kept::Code)
    }

    fn start<'a>(&mut self, tag: Tag<'a>) -> Vec<Event<'a>> {
        let (kept, events) = if self.open.len() >= DEEPEST {
            (Kept::Words, Vec::new())
        } else {
            self.begin(tag)
        };
        self.open.push(kept);
        events
    }

    fn begin<'a>(&mut self, tag: Tag<'a>) -> (Kept, Vec<Event<'a>>) {
        match tag {
            Tag::Heading { .. } => (Kept::StrongLine, vec![raw("<p><strong>")]),
            Tag::CodeBlock(_) => {
                let plain = Tag::CodeBlock(CodeBlockKind::Indented);
                (Kept::Code, vec![Event::Start(plain)])
            }
            Tag::HtmlBlock => (Kept::Paragraph, vec![Event::Start(Tag::Paragraph)]),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                match Destination::of(&dest_url) {
                    Some(to) if self.link.is_none() => {
                        let opening = to.opening();
                        let words = String::new();
                        self.link = Some(Link { to, words });
                        (Kept::Link, vec![raw(opening)])
                    }
                    Some(_) | None => (Kept::Words, Vec::new()),
                }
            }
            Tag::Paragraph
            | Tag::BlockQuote(_)
            | Tag::List(_)
            | Tag::Item
            | Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough => (Kept::AsIs, vec![Event::Start(tag)]),
            // Extensions that are not switched on.
            Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::Table(_)
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => (Kept::Words, Vec::new()),
        }
    }

    fn end<'a>(&mut self, end: TagEnd) -> Vec<Event<'a>> {
        match self.open.pop() {
            Some(Kept::AsIs | Kept::Code) => vec![Event::End(end)],
            Some(Kept::StrongLine) => vec![raw("</strong></p>\n")],
            Some(Kept::Paragraph) => vec![Event::End(TagEnd::Paragraph)],
            Some(Kept::Link) => {
                let said = self
                    .link
                    .take()
                    .and_then(|link| link.to.beside(&link.words));
                let said = said.map(|place| Event::Text(place.into()));
                said.into_iter().chain([raw("</a>")]).collect()
            }
            Some(Kept::Words) | None => Vec::new(),
        }
    }
}

/// HTML of our own.
fn raw<'a>(html: impl Into<CowStr<'a>>) -> Event<'a> {
    Event::InlineHtml(html.into())
}

/// The words that something adds to those of the link around it.
fn words<'a>(event: &'a Event<'_>) -> Option<&'a str> {
    match event {
        Event::Text(text)
        | Event::Code(text)
        | Event::Html(text)
        | Event::InlineHtml(text)
        | Event::InlineMath(text)
        | Event::DisplayMath(text)
        | Event::FootnoteReference(text) => Some(text),
        Event::SoftBreak | Event::HardBreak | Event::Rule | Event::TaskListMarker(_) => Some(" "),
        Event::Start(_) | Event::End(_) => None,
    }
}

/// Text in which web addresses that stand for themselves are links.
fn with_links<'a>(text: &str) -> Vec<Event<'a>> {
    let said = |text: &str| Event::Text(text.to_owned().into());
    let mut events = Vec::new();
    let mut from = 0;
    for place in web_addresses(text.char_indices()) {
        let address = &text[place.clone()];
        let Some(to) = Destination::of(address) else {
            continue;
        };
        events.extend([
            said(&text[from..place.start]),
            raw(to.opening()),
            said(address),
        ]);
        events.extend(to.beside(address).map(|place| Event::Text(place.into())));
        events.push(raw("</a>"));
        from = place.end;
    }
    events.push(said(&text[from..]));
    events
}

#[cfg(test)]
mod tests;
