//! The profile of a person: name, language and time zone.

use domain::{
    Action, Language, Outcome, Proof,
    decide::{Profile, change_profile},
    link::Purpose,
};

use crate::{
    read::{actions, customers, mails},
    world::{ann, customer, day, posted},
};

fn by_ann() -> Proof {
    posted(&ann(), Purpose::Requester)
}

fn change(to: Profile) -> Outcome {
    change_profile(customer(&ann()), to, &by_ann().at(day(1)))
}

#[test]
fn a_person_says_how_they_are_called_and_addressed() {
    let wanted = Profile {
        name: Some("Ann Ames".parse().unwrap()),
        language: Language::of_tag("de"),
        time_zone: Some("Europe/Berlin".parse().unwrap()),
    };
    let outcome = change(wanted.clone());
    let changed = customers(&outcome)[0].clone();
    assert_eq!(Profile::of(&changed), wanted);
    assert_eq!(changed.locale.as_ref().unwrap().as_str(), "de");
    assert_eq!(actions(&outcome), [Action::ProfileChanged]);
    assert!(mails(&outcome).is_empty());
    assert_eq!(
        outcome.audit[0].reason.as_ref().unwrap().as_str(),
        "the person changed: name, language, time zone",
        "what was changed is said, and not to what"
    );

    let cleared = Profile {
        name: None,
        language: None,
        time_zone: None,
    };
    let outcome = change_profile(changed, cleared.clone(), &by_ann().at(day(2)));
    assert_eq!(Profile::of(customers(&outcome)[0]), cleared);
}

#[test]
fn what_stays_as_it_is_changes_nothing() {
    let known = Profile::of(&customer(&ann()));
    assert!(change(known).is_empty());
}

#[test]
fn a_language_keeps_its_region_unless_another_one_is_chosen() {
    let mut austrian = customer(&ann());
    austrian.locale = Some("de-AT".parse().unwrap());
    let mut wanted = Profile::of(&austrian);
    assert_eq!(wanted.language, Language::of_tag("de"));
    wanted.time_zone = Some("Europe/Vienna".parse().unwrap());
    let outcome = change_profile(austrian, wanted, &by_ann().at(day(1)));
    let locale = customers(&outcome)[0].locale.clone();
    assert_eq!(locale, Some("de-AT".parse().unwrap()));
}
