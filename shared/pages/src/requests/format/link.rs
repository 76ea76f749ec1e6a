//! Links in comments: where one may lead, how it says so, and where a text has an address that
//! stands for itself.

use std::ops::Range;

use url::Url;

/// The target of a link: a web address or a mailbox.
pub(super) struct Destination(Url);

impl Destination {
    /// None for what leads elsewhere, or nowhere.
    pub(super) fn of(address: &str) -> Option<Self> {
        let to = Url::parse(address).ok()?;
        matches!(to.scheme(), "http" | "https" | "mailto").then_some(Self(to))
    }

    /// The beginning of the link. The page that it opens learns nothing of the one it stands on.
    pub(super) fn opening(&self) -> String {
        let to = self
            .0
            .as_str()
            .replace('&', "&amp;")
            .replace('"', "&quot;")
            .replace('\'', "&#39;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        format!("<a href=\"{to}\" rel=\"noopener noreferrer nofollow\">")
    }

    /// Says behind a link's words where it leads, unless they are its address: words can be those
    /// of another address, in too many ways to look for them.
    pub(super) fn beside(&self, words: &str) -> Option<String> {
        let place = self.place();
        let says_so = words == place || (self.is_plain() && self.is(words));
        (!says_so).then(|| format!(" ({place})"))
    }

    /// The identity of a destination: a site's name and port, or the mailboxes.
    fn place(&self) -> String {
        match (self.0.host_str(), self.0.port()) {
            (Some(host), Some(port)) => format!("{host}:{port}"),
            (Some(host), None) => host.to_owned(),
            (None, _) => self.0[url::Position::AfterScheme..]
                .trim_start_matches(':')
                .to_owned(),
        }
    }

    /// Tells whether nothing stands before the site's name, as in `https://bank.example@evil.example`.
    fn is_plain(&self) -> bool {
        self.0.username().is_empty() && self.0.password().is_none()
    }

    /// Tells whether some words are this very address, in letters that cannot be taken for others.
    fn is(&self, words: &str) -> bool {
        words.is_ascii() && Url::parse(words).is_ok_and(|said| said == self.0)
    }
}

/// The places of web addresses in a text, without the punctuation that ends a sentence. One pass
/// finds any number of them.
pub(super) fn web_addresses(text: impl Iterator<Item = (usize, char)>) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut scheme = Scheme::default();
    let mut address: Option<Range<usize>> = None;
    for (at, c) in text {
        if let Some(open) = &mut address {
            if c.is_whitespace() || matches!(c, '<' | '>' | '"') {
                found.extend(address.take());
            } else if !matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | '\'') {
                open.end = at + c.len_utf8();
            }
        } else if let Some(start) = scheme.spelled(at, c) {
            address = Some(start..at + 1);
        }
    }
    found.extend(address);
    found
}

/// The part of `http://` or `https://` that the last characters spell.
#[derive(Default)]
struct Scheme {
    start: usize,
    /// After how many characters, counting the `s` whether or not it is there.
    so_far: u8,
}

impl Scheme {
    /// Takes the next character; where the scheme began, when this one ends it.
    fn spelled(&mut self, at: usize, c: char) -> Option<usize> {
        self.so_far = match (self.so_far, c) {
            (1 | 2, 't') => self.so_far + 1,
            (3, 'p') => 4,
            (4, 's') => 5,
            (4 | 5, ':') => 6,
            (6, '/') => 7,
            (7, '/') => 8,
            (_, 'h') => {
                self.start = at;
                1
            }
            _ => 0,
        };
        if self.so_far < 8 {
            return None;
        }
        self.so_far = 0;
        Some(self.start)
    }
}
