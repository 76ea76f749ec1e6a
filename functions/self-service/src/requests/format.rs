//! The light formatting of descriptions and comments: `CommonMark` without anything that could act.
//!
//! What comes out holds a handful of elements, no attribute but a link's and a list's, and every
//! character that somebody typed is escaped. HTML in a comment is shown as the text it is; an
//! image is a link to it; a heading is a strong line, since the page has its own. Whatever is
//! nested too deep loses its marks and keeps its words.

use pulldown_cmark::{
    CodeBlockKind, CowStr, Event, Options, Parser, Tag, TagEnd, TextMergeStream, html,
};
use url::Url;

/// How deep quotes, lists and emphasis may be nested. Without a limit a comment of 32,768 `>` would
/// become as many elements.
const DEEPEST: usize = 8;

/// A description or a comment as HTML that is safe to show.
pub(crate) fn formatted(text: &str) -> String {
    let parser = Parser::new_ext(text, Options::ENABLE_STRIKETHROUGH);
    let mut tame = Tame::default();
    let events = TextMergeStream::new(parser).flat_map(|event| tame.take(event));
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    html::push_html(&mut out, events);
    out
}

/// What becomes of an element.
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
}

impl Tame {
    fn take<'a>(&mut self, event: Event<'a>) -> Vec<Event<'a>> {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(end) => self.end(end),
            Event::Text(text) if self.is_in(Kept::Link) || self.is_in(Kept::Code) => {
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

    fn is_in(&self, what: Kept) -> bool {
        self.open.contains(&what)
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

    fn begin<'a>(&self, tag: Tag<'a>) -> (Kept, Vec<Event<'a>>) {
        match tag {
            Tag::Heading { .. } => (Kept::StrongLine, vec![raw("<p><strong>")]),
            Tag::CodeBlock(_) => {
                let plain = Tag::CodeBlock(CodeBlockKind::Indented);
                (Kept::Code, vec![Event::Start(plain)])
            }
            Tag::HtmlBlock => (Kept::Paragraph, vec![Event::Start(Tag::Paragraph)]),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => match opening(&dest_url) {
                Some(opening) if !self.is_in(Kept::Link) => (Kept::Link, vec![raw(opening)]),
                Some(_) | None => (Kept::Words, Vec::new()),
            },
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
            Some(Kept::Link) => vec![raw("</a>")],
            Some(Kept::Words) | None => Vec::new(),
        }
    }
}

/// HTML of our own.
fn raw<'a>(html: impl Into<CowStr<'a>>) -> Event<'a> {
    Event::InlineHtml(html.into())
}

/// The beginning of a link, if it leads to the web or to a mailbox. The page that it opens learns
/// nothing of the one it stands on.
fn opening(to: &str) -> Option<String> {
    let to = Url::parse(to).ok()?;
    if !matches!(to.scheme(), "http" | "https" | "mailto") {
        return None;
    }
    let to = to.as_str().replace('&', "&amp;").replace('"', "&quot;");
    Some(format!(
        "<a href=\"{to}\" rel=\"noopener noreferrer nofollow\">"
    ))
}

/// Text in which web addresses that stand for themselves are links.
fn with_links<'a>(text: &str) -> Vec<Event<'a>> {
    let said = |text: &str| Event::Text(text.to_owned().into());
    let mut events = Vec::new();
    let mut rest = text;
    while let Some((start, length)) = web_address(rest) {
        let (before, from) = rest.split_at(start);
        let (address, after) = from.split_at(length);
        events.push(said(before));
        match opening(address) {
            Some(opening) => events.extend([raw(opening), said(address), raw("</a>")]),
            None => events.push(said(address)),
        }
        rest = after;
    }
    events.push(said(rest));
    events
}

/// Where the first web address of a text begins, and how long it is. The marks that end a sentence
/// do not belong to it.
fn web_address(text: &str) -> Option<(usize, usize)> {
    let start = ["https://", "http://"]
        .iter()
        .filter_map(|scheme| text.find(scheme))
        .min()?;
    let address = text[start..]
        .split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'))
        .next()?
        .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'']);
    Some((start, address.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every tag in some HTML, with its attributes.
    fn tags(html: &str) -> Vec<&str> {
        let mut parts = html.split('<');
        parts.next();
        parts
            .map(|part| part.split('>').next().unwrap_or_default())
            .collect()
    }

    #[test]
    fn plain_words_keep_their_lines_and_emphasis_is_shown() {
        assert_eq!(
            formatted("Dear desk,\nit is *still* **broken**.\n\n- a\n- `b`\n\n> said"),
            "<p>Dear desk,<br />\nit is <em>still</em> <strong>broken</strong>.</p>\n<ul>\n\
             <li>a</li>\n<li><code>b</code></li>\n</ul>\n<blockquote>\n<p>said</p>\n</blockquote>\n"
        );
    }

    #[test]
    fn a_heading_is_a_strong_line_and_an_image_a_link() {
        assert_eq!(formatted("# Loud"), "<p><strong>Loud</strong></p>\n");
        assert_eq!(
            formatted("![the screen](https://pictures.example/a.png \"t\")"),
            "<p><a href=\"https://pictures.example/a.png\" rel=\"noopener noreferrer nofollow\">\
             the screen</a></p>\n"
        );
    }

    #[test]
    fn links_lead_to_the_web_or_to_a_mailbox_and_nowhere_else() {
        for good in [
            "https://a.example/x?y=1&z=2",
            "http://a.example",
            "mailto:a@b.example",
        ] {
            assert!(
                formatted(&format!("[x]({good})")).contains("<a href=\""),
                "{good}"
            );
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "&#106;avascript:alert(1)",
            "data:text/html,<script>alert(1)</script>",
            "vbscript:x",
            "file:///etc/passwd",
            "//elsewhere.example",
            "/profile",
            "?done=all",
        ] {
            for text in [
                format!("[x]({bad})"),
                format!("[x](<{bad}>)"),
                format!("<{bad}>"),
            ] {
                let html = formatted(&text);
                assert!(!html.contains("<a "), "{text} → {html}");
            }
        }
    }

    #[test]
    fn an_address_that_stands_for_itself_is_a_link_without_what_ends_the_sentence() {
        assert_eq!(
            formatted("See https://a.example/b_c_d?e=f&g, (or http://x.example)."),
            "<p>See <a href=\"https://a.example/b_c_d?e=f&amp;g\" \
             rel=\"noopener noreferrer nofollow\">https://a.example/b_c_d?e=f&amp;g</a>, (or \
             <a href=\"http://x.example/\" rel=\"noopener noreferrer nofollow\">http://x.example</a>\
             ).</p>\n"
        );
        assert!(!formatted("`https://a.example`").contains("<a "));
        assert!(!formatted("https:// and http://").contains("<a "));
    }

    #[test]
    fn nothing_that_somebody_types_becomes_an_element_that_acts() {
        let allowed = [
            "p",
            "br /",
            "em",
            "strong",
            "del",
            "code",
            "pre",
            "blockquote",
            "ul",
            "ol",
            "li",
            "hr /",
            "a",
        ];
        for text in [
            "<script>alert(1)</script>",
            "a <img src=x onerror=alert(1)> b",
            "<style>*{display:none}</style>",
            "<!-- -->\n<iframe src=\"https://a.example\">\n",
            "<a href=\"https://a.example\" onclick=\"x()\">y</a>",
            "[x](https://a.example/\"onmouseover=\"alert(1))",
            "[x](https://a.example/'onmouseover='alert(1) \"t\\\" onclick=\\\"x\")",
            "https://a.example/\"onmouseover=\"x",
            "```\"><script>\nx\n```",
            "``` html onload=x\n<b>\n```",
            "7. seven\n8. eight",
            "***a ~~b~~ _c_***",
            "# a <b>\n## c",
            "a\n***\nb",
            "&lt;script&gt; &#60;script&#62;",
            "[a]: javascript:x\n\n[a]",
            "<svg/onload=alert(1)>",
            "![<script>](https://a.example/<script>)",
        ] {
            for tag in tags(&formatted(text)) {
                let name = tag.trim_start_matches('/');
                let is_link = name.strip_prefix("a href=\"").is_some_and(|rest| {
                    rest.strip_suffix("\" rel=\"noopener noreferrer nofollow")
                        .or(rest.strip_suffix("\" rel=\"noopener noreferrer nofollow\""))
                        .is_some_and(|to| !to.contains(['"', '<', ' ']))
                });
                let is_list = name == "ol start=\"7\"";
                assert!(
                    allowed.contains(&name) || is_link || is_list,
                    "{text} → {tag}"
                );
            }
        }
    }

    #[test]
    fn what_is_nested_without_end_stays_small() {
        for mark in [">", "- ", "*a _b ", "[", "1. ", "**", "`", "<", "&", "~~"] {
            let text = mark.repeat(32_768 / mark.len());
            let html = formatted(&text);
            assert!(html.len() < 16 * text.len(), "{mark}: {}", html.len());
            let deepest = html.matches("<blockquote>").count() + html.matches("<ul>").count();
            assert!(deepest <= DEEPEST || mark == "*a _b ", "{mark}: {deepest}");
        }
    }
}
