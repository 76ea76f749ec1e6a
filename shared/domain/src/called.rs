//! The names that people give to themselves, or to somebody they invite.
//!
//! Readers take a name for an identity, in mails above all. So no name may pass for the desk, or
//! contain an address to go to.

use icu_normalizer::DecomposingNormalizerBorrowed;

use crate::{EmailAddress, desk::Desk, text::Name};

/// Words that name a service and no person, anywhere in a name.
const OF_A_SERVICE: [&str; 13] = [
    "support",
    "helpdesk",
    "servicedesk",
    "customerservice",
    "kundenservice",
    "kundendienst",
    "administrat",
    "postmaster",
    "webmaster",
    "noreply",
    "moderator",
    "sysadmin",
    "securityteam",
];
/// Words that name a service if they are a whole word. As a part of longer words they occur in the
/// names of people.
const AS_A_WORD: [&str; 6] = ["admin", "admins", "team", "security", "system", "staff"];

/// Letters of other alphabets that look like Latin ones, and digits and marks that stand for
/// letters. The list holds those on keyboards, not all of them.
const LOOKALIKES: [(&str, char); 20] = [
    ("аɑα4", 'a'),
    ("вβ8", 'b'),
    ("сϲ", 'c'),
    ("ԁ", 'd'),
    ("еҽε3", 'e'),
    ("һн", 'h'),
    ("іӏιl1|!", 'i'),
    ("ј", 'j'),
    ("кκ", 'k'),
    ("м", 'm'),
    ("пηո", 'n'),
    ("оοօ0", 'o'),
    ("рρ", 'p'),
    ("ԛ", 'q'),
    ("г", 'r'),
    ("ѕ5$", 's'),
    ("тτ7", 't'),
    ("սυ", 'u'),
    ("хχ", 'x'),
    ("уүγ", 'y'),
];

/// The reasons why a name is not taken as a person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoName {
    /// It holds an address: of mail or of the web.
    Address,
    /// Nothing of it can be seen, or no letter.
    Nothing,
    /// It names the desk, an organisation, or a service.
    Service,
}

/// Checks that a name can be a person's. The desk and the organisation's name are compared with it,
/// as far as they are known.
///
/// # Errors
/// The reason why it cannot.
pub fn check(name: &Name, desk: Option<&Desk>, org: Option<&Name>) -> Result<(), NoName> {
    let text = name.as_str();
    if holds_address(text) {
        return Err(NoName::Address);
    }
    if !plain(text).chars().any(char::is_alphabetic) {
        return Err(NoName::Nothing);
    }
    let (shape, words) = (shape(text), words(text));
    let of_desk = desk.is_some_and(|desk| {
        let named = [
            desk.name.as_str(),
            desk.sender.local_part(),
            desk.inbox().local_part(),
        ];
        named.iter().any(|named| resembles(&shape, named))
    });
    let of_org = org.is_some_and(|org| shape == self::shape(org.as_str()));
    let of_service = OF_A_SERVICE
        .iter()
        .any(|word| shape.contains(&self::shape(word)))
        || words.iter().any(|word| {
            AS_A_WORD
                .iter()
                .any(|service| *word == self::shape(service))
        });
    if of_desk || of_org || of_service {
        return Err(NoName::Service);
    }
    Ok(())
}

/// The name, if it can be a person's.
#[must_use]
pub fn personal(name: Option<Name>, desk: Option<&Desk>, org: Option<&Name>) -> Option<Name> {
    name.filter(|name| check(name, desk, org).is_ok())
}

/// A customer as others read of them: by a name that can be a person's, else by address.
///
/// # Panics
/// Never: a fixed mark is a name.
#[must_use]
pub fn customer(name: Option<Name>, email: Option<&EmailAddress>, desk: Option<&Desk>) -> Name {
    personal(name, desk, None)
        .or_else(|| {
            let address: String = email?.as_str().chars().take(200).collect();
            Name::new(&address).ok()
        })
        .unwrap_or_else(|| Name::new("?").expect("a fixed mark is a name"))
}

/// Returns `true` if a name equals the other, or contains it where the other is long enough to be
/// recognised.
fn resembles(shape: &str, other: &str) -> bool {
    let other = self::shape(other);
    let long = other.chars().count() >= 6;
    !other.is_empty() && (*shape == other || (long && shape.contains(&other)))
}

/// Returns a name as the eye sees it: in lower case, without accents, blanks and invisible
/// characters, and with one letter for all that look alike.
fn shape(text: &str) -> String {
    plain(text)
        .chars()
        .flat_map(char::to_lowercase)
        .filter_map(|c| {
            let alike = LOOKALIKES.iter().find(|(alike, _)| alike.contains(c));
            let letter = alike.map_or(c, |(_, letter)| *letter);
            letter.is_alphanumeric().then_some(letter)
        })
        .collect()
}

/// A text in plain letters: full-width, circled and mathematical ones are unfolded (Unicode UAX #15,
/// NFKD), and what shows nothing is left out.
fn plain(text: &str) -> String {
    DecomposingNormalizerBorrowed::new_nfkd()
        .normalize_iter(text.chars())
        .filter(|c| !is_invisible(*c))
        .collect()
}

/// The shapes of its words.
fn words(text: &str) -> Vec<String> {
    plain(text)
        .split(|c: char| !c.is_alphanumeric())
        .map(shape)
        .filter(|word| !word.is_empty())
        .collect()
}

/// Returns `true` if a character shows nothing, though some of these count as letters: fillers,
/// joiners, selectors, tags, and marks that stand on another character.
fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{00AD}' | '\u{034F}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
            | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}'
            | '\u{2800}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}'
            | '\u{0300}'..='\u{036F}' | '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}'
            | '\u{20D0}'..='\u{20FF}' | '\u{FE20}'..='\u{FE2F}' | '\u{E0000}'..='\u{E0FFF}'
    )
}

/// Returns `true` if it contains something that a mail program would turn into a link.
fn holds_address(text: &str) -> bool {
    let plain = plain(text).replace('。', ".");
    let lower = plain.to_lowercase();
    lower.contains('@')
        || lower.contains("://")
        || lower.contains("www.")
        || plain.split_whitespace().any(is_domain)
}

/// Returns `true` if a word has the form of a domain: `evil.example`, and not `Dr.Haas` or
/// `J.R.R.`.
fn is_domain(word: &str) -> bool {
    let host = word.split(['/', ':', '?', '#']).next().unwrap_or_default();
    let Some((before, last)) = host
        .trim_matches(|c: char| !c.is_alphanumeric())
        .rsplit_once('.')
    else {
        return false;
    };
    let one_case = !last.chars().any(char::is_uppercase) || !last.chars().any(char::is_lowercase);
    let label = before.rsplit('.').next().unwrap_or_default();
    last.chars().count() >= 2
        && last.chars().all(char::is_alphabetic)
        && one_case
        && label.chars().filter(|c| c.is_alphanumeric()).count() >= 2
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::desk::Access;

    fn desk(name: &str) -> Desk {
        Desk {
            id: "it".parse().unwrap(),
            name: Name::new(name).unwrap(),
            sender: "anfragen@lanyard.example".parse().unwrap(),
            inbox: None,
            administrators: [].into(),
            access: Access::AnyoneConfirmed,
            networks: Vec::new(),
            request_types: Vec::new(),
            transitions: Vec::new(),
            announcements: Vec::new(),
            jira: None,
            version: crate::Version::NEW,
        }
    }

    fn checked(name: &str) -> Result<(), NoName> {
        let org = Name::new("Müller & Söhne").unwrap();
        check(
            &Name::new(name).unwrap(),
            Some(&desk("Haus und Technik")),
            Some(&org),
        )
    }

    #[test]
    fn the_names_of_people_are_taken() {
        for name in [
            "Ines Ito",
            "Anna Müller",
            "J.R.R. Tolkien",
            "Dr.Haas",
            "O'Neill",
            "Noor Haddad-Özdemir",
            "Нина Петрова",
            "山田太郎",
            "Μαρία",
            "Adminska",
            "Teamer",
            "B. 3rd",
            "X",
        ] {
            assert_eq!(checked(name), Ok(()), "{name}");
        }
    }

    #[test]
    fn a_name_that_holds_an_address_is_none() {
        for name in [
            "ada@lanyard.example",
            "Ada ＠ lanyard",
            "https://evil.example",
            "Sign in: evil.example/login",
            "WWW.EVIL",
            "evil。example",
            "e\u{200b}vil.exam\u{200b}ple",
            "EVIL.EXAMPLE",
        ] {
            assert_eq!(checked(name), Err(NoName::Address), "{name}");
        }
    }

    #[test]
    fn a_name_that_shows_nothing_is_none() {
        for name in [
            "\u{2060}",
            "\u{3164}",
            "\u{200b}\u{fe0f}",
            "\u{301}\u{302}",
            "...",
            "123",
            "\u{2800}",
        ] {
            assert_eq!(checked(name), Err(NoName::Nothing), "{name:?}");
        }
    }

    #[test]
    fn a_name_that_passes_for_the_desk_an_organisation_or_a_service_is_none() {
        for name in [
            "Customer support",
            "CUSTOMER  SUPPORT",
            "C u s t o m e r S u p p o r t",
            "Cuѕtomer Ѕuррort",
            "Supp0rt",
            "Süppórt",
            "Ｓｕｐｐｏｒｔ",
            "𝐒𝐮𝐩𝐩𝐨𝐫𝐭",
            "Sup\u{200b}port",
            "Administrator",
            "Admin",
            "The IT Team",
            "Help-Desk",
            "Kundenservice",
            "Haus und Technik",
            "Ihr Haus & und Technik",
            "Anfragen",
            "Müller & Söhne",
            "MULLER SOHNE",
        ] {
            assert_eq!(checked(name), Err(NoName::Service), "{name}");
        }
    }

    #[test]
    fn whoever_has_no_such_name_is_called_by_address() {
        let email: EmailAddress = "eve@visitor.example".parse().unwrap();
        let called = |name: &str| customer(Name::new(name).ok(), Some(&email), None);
        assert_eq!(called("Eve").as_str(), "Eve");
        assert_eq!(called("Support").as_str(), "eve@visitor.example");
        assert_eq!(customer(None, None, None).as_str(), "?");
    }
}
