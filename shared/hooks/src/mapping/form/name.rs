//! The name of the person who answered a form. Many forms ask for it in two questions.

use serde::{Deserialize, Serialize};

use super::answer::{Answer, Part};

/// One question, or several whose answers make one text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Questions {
    /// One.
    One(String),
    /// Several, in the order of reading.
    Several(Vec<String>),
}

const WHOLE: [&str; 5] = [
    "full name",
    "first and last name",
    "vollständiger name",
    "vor- und nachname",
    "vorname und nachname",
];
const PLAIN: [&str; 1] = ["name"];
const GIVEN: [&str; 5] = [
    "first name",
    "firstname",
    "given name",
    "forename",
    "vorname",
];
const MIDDLE: [&str; 2] = ["middle name", "zweiter vorname"];
const FAMILY: [&str; 6] = [
    "last name",
    "lastname",
    "surname",
    "family name",
    "nachname",
    "familienname",
];

/// Takes the name out of the answers: from the questions that the mapping names, else from the
/// questions that ask for a name.
pub(super) fn take(answers: &mut Vec<Answer>, questions: Option<&Questions>) -> Option<String> {
    let called = |name: &String| answers.iter().position(|answer| answer.is_called(name));
    let places: Vec<usize> = match questions {
        Some(Questions::One(name)) => called(name).into_iter().collect(),
        Some(Questions::Several(names)) => names.iter().filter_map(called).collect(),
        None => usual(answers),
    };
    let parts: Vec<&str> = places
        .iter()
        .map(|place| answers[*place].text.trim())
        .collect();
    let name = (!parts.is_empty()).then(|| parts.join(" "));
    let mut place = 0;
    answers.retain(|_| {
        place += 1;
        !places.contains(&(place - 1))
    });
    name
}

/// The places of the name, in the order of reading. Its parts belong to one group of questions,
/// because a form may ask for other people's names as well.
fn usual(answers: &[Answer]) -> Vec<usize> {
    let asked = |things: &[&str]| answers.iter().position(|answer| answer.asks_for(things));
    if let Some(whole) = asked(&WHOLE) {
        return vec![whole];
    }
    let is = |answer: &Answer, part: Part, things: &[&str]| match answer.part {
        Some(known) => known == part,
        None => answer.asks_for(things),
    };
    let anywhere = |part, things: &[&str]| {
        let mut places = answers.iter();
        places.position(|answer| is(answer, part, things))
    };
    let given = anywhere(Part::Given, &GIVEN);
    let Some(first) = given.or_else(|| anywhere(Part::Family, &FAMILY)) else {
        return asked(&PLAIN).into_iter().collect();
    };
    let beside = |fits: &dyn Fn(&Answer) -> bool| {
        let group = &answers[first].group;
        let mut places = answers.iter();
        places.position(|answer| answer.group == *group && fits(answer))
    };
    let plain = beside(&|answer| answer.part.is_none() && answer.asks_for(&PLAIN));
    let family = beside(&|answer| is(answer, Part::Family, &FAMILY));
    let middle = beside(&|answer| answer.asks_for(&MIDDLE));
    let (before, after) = match (given, family) {
        // Some forms ask for "Name" and "First name", others for "Name" and "Last name".
        (Some(_), None) => (given, plain),
        (None, Some(_)) => (plain, family),
        (_, _) => (given, family),
    };
    match (before, after) {
        (Some(before), Some(after)) => [Some(before), middle, Some(after)]
            .into_iter()
            .flatten()
            .collect(),
        (one, other) => asked(&PLAIN).or(one).or(other).into_iter().collect(),
    }
}
