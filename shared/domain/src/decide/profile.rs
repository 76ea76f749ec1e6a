//! The profile of a person, which they change themselves: name, language and time zone.

use super::entry::about_person;
use crate::{
    Action, Change, Customer, Language, Occasion, Outcome,
    text::{Line, Name},
};

/// The values of a profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    /// Their name, if they gave one.
    pub name: Option<Name>,
    /// The language they read, if they chose one.
    pub language: Option<Language>,
    /// The time zone they live in (IANA name), if they chose one. The caller has checked that the
    /// zone exists: this crate has no database of them.
    pub time_zone: Option<Line<64>>,
}

impl Profile {
    /// Returns the profile as it is stored.
    #[must_use]
    pub fn of(customer: &Customer) -> Self {
        Self {
            name: customer.name.clone(),
            language: customer
                .locale
                .as_ref()
                .and_then(|tag| Language::of_tag(tag.as_str())),
            time_zone: customer.time_zone.clone(),
        }
    }
}

/// Changes a person's profile. A language that they leave as it is keeps the region it was stored
/// with.
pub fn change_profile(mut customer: Customer, wanted: Profile, occasion: &Occasion) -> Outcome {
    let known = Profile::of(&customer);
    let changed: Vec<_> = [
        ("name", known.name != wanted.name),
        ("language", known.language != wanted.language),
        ("time zone", known.time_zone != wanted.time_zone),
    ]
    .into_iter()
    .filter_map(|(what, differs)| differs.then_some(what))
    .collect();
    if changed.is_empty() {
        return Outcome::default();
    }
    if known.language != wanted.language {
        customer.locale = wanted
            .language
            .and_then(|language| Line::new(language.tag()).ok());
    }
    customer.name = wanted.name;
    customer.time_zone = wanted.time_zone;
    let reason = format!("the person changed: {}", changed.join(", "));
    let entry = about_person(&customer.email, Action::ProfileChanged, &reason, occasion);
    Outcome::default()
        .note(entry)
        .change(Change::Customer(customer))
}
