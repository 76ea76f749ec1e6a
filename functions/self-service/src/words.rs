//! Every word that pages say of themselves, by area of the pages. A further language is a further
//! folder beside `en` with a static of [`Words`]: the compiler names what is missing. Where a
//! sentence holds values, the language puts it together.

pub(crate) mod console;
mod de;
mod en;
pub(crate) mod intake;
pub(crate) mod link;
pub(crate) mod profile;
pub(crate) mod requests;

use domain::Language;

use crate::when::Parts;

/// One language's words.
pub(crate) struct Words {
    /// BCP 47.
    pub(crate) lang: &'static str,
    /// An instant, a date.
    pub(crate) instant: fn(&Parts) -> String,
    /// Jumps over what stands before the page's content.
    pub(crate) skip: &'static str,
    /// What the tabs are, for those who hear the page.
    pub(crate) pages: &'static str,
    /// Stands before the address of whoever has a session.
    pub(crate) signed_in_as: &'static str,
    /// Ends the session in this browser.
    pub(crate) sign_out: &'static str,
    /// What a page says that comes next.
    pub(crate) signed_out: &'static str,
    /// Stands before the address of whoever a link is for.
    pub(crate) link_of: &'static str,
    /// Pages that one link opens.
    pub(crate) link: link::Link,
    /// Somebody's profile.
    pub(crate) profile: profile::Profile,
    /// New requests.
    pub(crate) intake: intake::Intake,
    /// Somebody's requests.
    pub(crate) requests: requests::Requests,
    /// The lead's console.
    pub(crate) console: console::Console,
}

impl Words {
    /// The words of a language.
    pub(crate) const fn of(language: Language) -> &'static Self {
        match language {
            Language::English => &en::ENGLISH,
            Language::German => &de::GERMAN,
        }
    }
}

impl std::fmt::Debug for Words {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.lang)
    }
}

/// A page that only says something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Notice {
    pub(crate) title: &'static str,
    pub(crate) says: &'static [&'static str],
}

/// A rule's words, as a sentence.
pub(crate) fn sentence(detail: &str) -> String {
    let mut letters = detail.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}
