//! A mail before it is a text: the same parts for every kind, from which text and HTML are made.

use std::borrow::Cow;

use askama::Template;
use words::When;

use crate::{
    context::{Person, StopLinks},
    quote::{Quote, shortened},
};

/// The parts of a mail, in the order in which they are read.
#[derive(Default)]
pub(crate) struct Letter {
    pub(crate) subject: String,
    pub(crate) heading: String,
    /// The news.
    pub(crate) lead: Vec<Block>,
    pub(crate) facts: Vec<Fact>,
    /// The label of the button. A mail without a link shows none.
    pub(crate) action: Cow<'static, str>,
    /// The address that the button opens in the place of a link of ours.
    pub(crate) instead: Option<String>,
    /// The reader can do what the mail asks for by its link alone, so it is not sent without one.
    pub(crate) needs_link: bool,
    /// The words below the button.
    pub(crate) rest: Vec<Block>,
    /// The reason why the reader gets this mail.
    pub(crate) why: String,
}

/// A piece of a mail that stands by itself.
pub(crate) enum Block {
    Paragraph(String),
    /// Lines that somebody else wrote.
    Quote(Vec<String>),
    List(Vec<String>),
    /// A label and an address.
    Link(String, String),
    /// People whom the reader can write to.
    People(Vec<Person>),
}

impl Block {
    pub(crate) fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph(text.into())
    }

    /// A text that somebody else wrote, and a note when it is shortened here.
    pub(crate) fn quote(text: &str, shortened: &str) -> Vec<Self> {
        let quote = Quote::new(text);
        let lines = quote.lines.iter().map(ToString::to_string).collect();
        let mut blocks = vec![Self::Quote(lines)];
        if quote.cut {
            blocks.push(Self::paragraph(shortened));
        }
        blocks
    }

    /// The block in plain text.
    fn text(&self) -> String {
        match self {
            Self::Paragraph(text) => text.clone(),
            Self::Quote(lines) => joined(lines.iter().map(|line| match line.as_str() {
                "" => ">".to_owned(),
                line => format!("> {line}"),
            })),
            Self::List(lines) => joined(lines.iter().map(|line| format!("- {line}"))),
            Self::Link(label, link) => format!("{label}:\n{link}"),
            Self::People(people) => joined(people.iter().map(|person| format!("- {person}"))),
        }
    }

    /// The begin of the block for lists of mail, if it says something of its own.
    fn preview(&self) -> Option<String> {
        match self {
            Self::Paragraph(text) => Some(text.clone()),
            Self::Quote(lines) => Some(lines.join(" ")),
            Self::List(_) | Self::Link(..) | Self::People(_) => None,
        }
    }
}

/// The most characters that lists of mail show below a subject.
const MAX_PREVIEW: usize = 140;

/// The words that lists of mail show below the subject: those of a person, or else the news.
fn preview(letter: &Letter) -> String {
    let blocks = || letter.lead.iter().chain(&letter.rest);
    let quote = blocks().find(|block| matches!(block, Block::Quote(_)));
    let first = quote.or_else(|| letter.lead.first());
    let text = first.and_then(Block::preview).unwrap_or_default();
    let words: Vec<_> = text.split_whitespace().collect();
    shortened(&words.join(" "), MAX_PREVIEW)
}

fn joined(lines: impl Iterator<Item = String>) -> String {
    lines.collect::<Vec<_>>().join("\n")
}

/// A line with a label.
pub(crate) struct Fact {
    pub(crate) label: &'static str,
    pub(crate) value: String,
    /// The same for a machine, when it is an instant.
    pub(crate) exact: Option<String>,
}

impl Fact {
    pub(crate) fn new(label: &'static str, value: &(impl ToString + ?Sized)) -> Self {
        Self {
            label,
            value: value.to_string(),
            exact: None,
        }
    }

    pub(crate) fn instant(label: &'static str, when: When) -> Self {
        Self {
            label,
            value: when.said,
            exact: Some(when.exact),
        }
    }
}

/// The way in which such mails are stopped.
#[derive(Clone, Copy)]
pub(crate) enum Stop<'a> {
    /// By these links.
    Links(&'a StopLinks),
    /// Not at all: they are about the reader's own access.
    OwnAccess,
    /// Not while the reader looks after other people's access.
    Care,
    /// Not by their reader: they are the way in which a desk hears of what happens on the pages.
    Desk,
    /// It is the only one, unless its reader confirms what it asks.
    Unconfirmed,
}

/// A letter with everything around it, as the templates show it.
struct Layout<'a> {
    lang: &'static str,
    desk: &'a str,
    subject: &'a str,
    heading: &'a str,
    preview: String,
    lead: &'a [Block],
    facts: &'a [Fact],
    button: Option<(&'a str, &'a str)>,
    rest: &'a [Block],
    why: &'a str,
    stop: Stop<'a>,
    words: &'static words::Words,
    /// The sentence that says why such mails cannot be stopped.
    stays: Option<&'static str>,
    /// The sentence about the links, when there are any.
    links: Option<String>,
}

impl Layout<'_> {
    /// A label before what it names.
    fn labelled(&self, label: &str) -> String {
        self.words.mail.labelled(label)
    }

    /// The links that stop such mails, each with its label.
    fn stop_links(&self) -> Vec<(&'static str, &str)> {
        match self.stop {
            Stop::Links(links) => vec![
                (self.words.mail.stop_request, links.request.as_str()),
                (self.words.mail.stop_all, links.all.as_str()),
            ],
            Stop::OwnAccess | Stop::Care | Stop::Desk | Stop::Unconfirmed => Vec::new(),
        }
    }
}

#[derive(Template)]
#[template(path = "layout.txt")]
struct Text<'a> {
    letter: &'a Layout<'a>,
}

#[derive(Template)]
#[template(path = "layout.html")]
struct Html<'a> {
    letter: &'a Layout<'a>,
}

/// The surroundings of a letter.
pub(crate) struct Frame<'a> {
    pub(crate) words: &'static words::Words,
    /// The name of the desk.
    pub(crate) desk: &'a str,
    /// The host that all links lead to.
    pub(crate) host: &'a str,
    /// The address that the button opens.
    pub(crate) link: Option<&'a str>,
    pub(crate) stop: Stop<'a>,
}

impl Frame<'_> {
    /// Returns the text and the HTML of a letter.
    pub(crate) fn write(&self, letter: &Letter) -> Result<(String, String), askama::Error> {
        let mail = &self.words.mail;
        let has_links = self.link.is_some() || matches!(self.stop, Stop::Links(_));
        let page = Layout {
            lang: self.words.lang,
            desk: self.desk,
            subject: &letter.subject,
            heading: &letter.heading,
            preview: preview(letter),
            lead: &letter.lead,
            facts: &letter.facts,
            button: self
                .link
                .or(letter.instead.as_deref())
                .map(|link| (&*letter.action, link)),
            rest: &letter.rest,
            why: &letter.why,
            stop: self.stop,
            words: self.words,
            stays: match self.stop {
                Stop::Links(_) => None,
                Stop::OwnAccess => Some(mail.access_mails_stay),
                Stop::Care => Some(mail.care_mails_stay),
                Stop::Desk => Some(mail.desk_mails_stay),
                Stop::Unconfirmed => Some(mail.unconfirmed_mail_stays),
            },
            links: has_links.then(|| mail.links_lead_to(self.host)),
        };
        let text = Text { letter: &page }.render()?;
        Ok((tidy(&text), Html { letter: &page }.render()?))
    }
}

/// Leaves at most one empty line between paragraphs and ends with one line feed. Quoted lines are
/// never empty, so nothing that somebody wrote changes.
fn tidy(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut empty = 0;
    for line in text.trim().lines() {
        empty = if line.trim().is_empty() { empty + 1 } else { 0 };
        if empty <= 1 {
            tidy.push_str(if empty == 1 { "" } else { line });
            tidy.push('\n');
        }
    }
    tidy
}
