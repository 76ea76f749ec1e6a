//! The plural category of each number in a language.

use std::error::Error;

use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use unic_langid::LanguageIdentifier;

/// The categories of 0 to 199, by their place in [`CATEGORIES`](crate::catalog::CATEGORIES).
///
/// CLDR's rules look at a number itself and at its last two digits, so that 100 to 199 stand for
/// everything above. Their rule for whole millions is left out: no count here reaches one.
pub(crate) fn categories(tag: &str) -> Result<Vec<usize>, Box<dyn Error>> {
    let language: LanguageIdentifier = tag.parse()?;
    let rules = PluralRules::create(language, PluralRuleType::CARDINAL)?;
    (0..200_u32)
        .map(|number| {
            Ok(match rules.select(number)? {
                PluralCategory::ZERO => 0,
                PluralCategory::ONE => 1,
                PluralCategory::TWO => 2,
                PluralCategory::FEW => 3,
                PluralCategory::MANY => 4,
                PluralCategory::OTHER => 5,
            })
        })
        .collect()
}
