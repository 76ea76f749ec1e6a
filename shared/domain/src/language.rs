//! The languages that people are addressed in, and how one is chosen.

use std::{cmp::Reverse, fmt};

use serde::{Deserialize, Serialize};

/// A language, by the primary subtag of its tag (BCP 47): `en`, `de`. Any that is well-formed; the
/// folders of `shared/words` tell in which mails and pages are written.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Language([u8; 3]);

/// A tag whose primary subtag is no language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is no tag of a language")]
pub struct InvalidLanguage;

impl Language {
    /// Its tag (BCP 47), as it stands in `lang`, in `Content-Language` and in a customer's choice.
    #[must_use]
    pub fn tag(&self) -> &str {
        let letters = self.0.iter().take_while(|letter| **letter != 0).count();
        std::str::from_utf8(&self.0[..letters]).unwrap_or_default()
    }

    /// The language of a tag (BCP 47): its primary subtag, two or three letters (RFC 5646 §2.2.1).
    /// Lenient: case does not matter, and an underscore will do for a hyphen, as operating systems
    /// write it.
    #[must_use]
    pub fn of_tag(tag: &str) -> Option<Self> {
        let primary = tag.trim().split(['-', '_', '.']).next().unwrap_or_default();
        if !(2..=3).contains(&primary.len()) || !primary.bytes().all(|b| b.is_ascii_alphabetic()) {
            return None;
        }
        let mut letters = [0; 3];
        for (place, letter) in letters.iter_mut().zip(primary.bytes()) {
            *place = letter.to_ascii_lowercase();
        }
        Some(Self(letters))
    }

    /// Returns the language of these that an `Accept-Language` header asks for (RFC 9110
    /// §12.5.4): the one of the highest weight, of several such the first in the header. None when
    /// it asks for none of these.
    ///
    /// A range that breaks the grammar is ignored, since there is nobody to report it to.
    #[must_use]
    pub fn negotiated(
        accept_language: &str,
        these: impl IntoIterator<Item = Self>,
    ) -> Option<Self> {
        let ranges: Vec<_> = accept_language.split(',').filter_map(Range::read).collect();
        these
            .into_iter()
            .filter_map(|language| {
                let (place, weight) = wanted(&ranges, Asks::For(language))
                    .or_else(|| wanted(&ranges, Asks::ForAny))?;
                (weight > 0).then_some((language, weight, place))
            })
            // The first of equals counts, so both keys are in reverse order.
            .min_by_key(|(_, weight, place)| (Reverse(*weight), *place))
            .map(|(language, _, _)| language)
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.tag().to_owned()
    }
}

impl TryFrom<String> for Language {
    type Error = InvalidLanguage;

    fn try_from(tag: String) -> Result<Self, InvalidLanguage> {
        Self::of_tag(&tag).ok_or(InvalidLanguage)
    }
}

/// The languages that a range asks for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asks {
    /// A language that there is.
    For(Language),
    /// Any that no other range names.
    ForAny,
    /// One that there is not.
    ForAnother,
}

/// One part of an `Accept-Language` header.
struct Range {
    asks: Asks,
    /// In thousandths, 0 to 1000.
    weight: u16,
}

impl Range {
    fn read(part: &str) -> Option<Self> {
        let mut parts = part.split(';').map(str::trim);
        let asks = match parts.next().filter(|range| !range.is_empty())? {
            "*" => Asks::ForAny,
            tag => Language::of_tag(tag).map_or(Asks::ForAnother, Asks::For),
        };
        let weight = match parts.next() {
            None => 1_000,
            Some(weight) => read_weight(weight)?,
        };
        Some(Self { asks, weight })
    }
}

/// `q=0` to `q=1` with at most three decimals (RFC 9110 §12.4.2), in thousandths.
fn read_weight(weight: &str) -> Option<u16> {
    let (name, value) = weight.split_once('=')?;
    if !name.trim().eq_ignore_ascii_case("q") {
        return None;
    }
    let (whole, decimals) = value.trim().split_once('.').unwrap_or((value.trim(), ""));
    if decimals.len() > 3 || !decimals.bytes().all(|digit| digit.is_ascii_digit()) {
        return None;
    }
    let thousandths = format!("{decimals:0<3}").parse::<u16>().ok()?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(1_000),
        _ => None,
    }
}

/// Returns the place and the weight of the range that asks for it most. The highest weight counts:
/// "de-CH;q=0, de" refuses Swiss German alone.
fn wanted(ranges: &[Range], asks: Asks) -> Option<(usize, u16)> {
    ranges
        .iter()
        .enumerate()
        .filter(|(_, range)| range.asks == asks)
        .map(|(place, range)| (place, range.weight))
        .min_by_key(|(place, weight)| (Reverse(*weight), *place))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Language;

    const ENGLISH: Language = Language(*b"en\0");
    const GERMAN: Language = Language(*b"de\0");

    fn negotiated(header: &str) -> Option<Language> {
        Language::negotiated(header, [ENGLISH, GERMAN])
    }

    #[test]
    fn a_tag_is_read_by_its_primary_subtag() {
        for tag in ["de", "DE", "de-CH", "de_AT.UTF-8", " de-Latn-DE-1996 "] {
            assert_eq!(Language::of_tag(tag), Some(GERMAN), "{tag}");
        }
        for tag in ["en", "en-GB", "EN_us"] {
            assert_eq!(Language::of_tag(tag), Some(ENGLISH), "{tag}");
        }
        for tag in ["", "-", "x-de", "*", "d", "deutsch", "d3", "dé"] {
            assert_eq!(Language::of_tag(tag), None, "{tag}");
        }
        for language in [ENGLISH, GERMAN] {
            assert_eq!(Language::of_tag(language.tag()), Some(language));
            let stored = serde_json::to_value(language).ok();
            assert_eq!(stored, Some(language.tag().into()));
        }
        assert_eq!(
            Language::of_tag("gsw-CH").as_ref().map(Language::tag),
            Some("gsw")
        );
        assert!(serde_json::from_value::<Language>("d".into()).is_err());
    }

    #[test]
    fn the_highest_weight_is_chosen_and_of_equals_the_first() {
        for (header, chosen) in [
            ("de", Some(GERMAN)),
            ("en", Some(ENGLISH)),
            ("de, en", Some(GERMAN)),
            ("en, de", Some(ENGLISH)),
            ("en;q=0.8, de;q=0.9", Some(GERMAN)),
            ("de-DE,de;q=0.9,en-US;q=0.8,en;q=0.7", Some(GERMAN)),
            (
                "fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5",
                Some(ENGLISH),
            ),
            ("en;q=0.001, de;q=0.002", Some(GERMAN)),
            ("en ; Q = 0.5 ,\tde ; q=1.000", Some(GERMAN)),
        ] {
            assert_eq!(negotiated(header), chosen, "{header}");
        }
    }

    #[test]
    fn a_star_stands_for_what_is_not_named_and_nought_refuses() {
        for (header, chosen) in [
            ("*", Some(ENGLISH)),
            ("fr, *;q=0.1", Some(ENGLISH)),
            ("en;q=0.5, *", Some(GERMAN)),
            ("en;q=0, *;q=0.3", Some(GERMAN)),
            ("de;q=0, en;q=0, *", None),
            ("*;q=0", None),
            ("de-CH;q=0, de;q=0.4", Some(GERMAN)),
            ("fr", None),
            ("", None),
        ] {
            assert_eq!(negotiated(header), chosen, "{header}");
        }
    }

    #[test]
    fn a_range_that_cannot_be_read_is_passed_over() {
        for broken in [
            "de;q=2",
            "de;q=1.001",
            "de;q=0.1234",
            "de;q=",
            "de;q=-1",
            "de;q=a",
            "de;v=1",
            "de;;q=1",
            ";q=1",
        ] {
            assert_eq!(negotiated(broken), None, "{broken}");
            let header = format!(", {broken},, en;q=0.1,");
            assert_eq!(negotiated(&header), Some(ENGLISH), "{header}");
        }
    }

    proptest! {
        #[test]
        fn any_header_can_be_read(header in "\\PC{0,200}|[a-z*;=q., 0-9-]{0,200}") {
            let _ = negotiated(&header);
            let _ = Language::of_tag(&header);
        }

        #[test]
        fn only_what_is_named_or_starred_is_chosen(header in "[a-z]{2}(-[A-Z]{2})?(;q=0\\.[1-9])?(, [a-z]{2}){0,4}") {
            let named: Vec<_> = header.split([',', ';', '-']).map(str::trim).collect();
            match negotiated(&header) {
                Some(chosen) => prop_assert!(named.contains(&chosen.tag())),
                None => prop_assert!(!named.contains(&"en") && !named.contains(&"de")),
            }
        }
    }
}
