//! The check that the build script makes: every language has the messages of the source language,
//! with the same variables.

#[path = "../build/catalog.rs"]
mod catalog;

use std::{collections::BTreeSet, path::Path};

use catalog::{CATEGORIES, Key, Language, Part, SOURCE, parse, plain, problems, read};

fn language(tag: &str, text: &str) -> Language {
    parse(tag, &[("mail".to_owned(), text.to_owned())]).expect("messages that can be read")
}

/// Checks one German file against one English one.
fn problem(english: &str, german: &str) -> Vec<String> {
    problems(&[language(SOURCE, english), language("de", german)])
}

/// Returns why a file cannot be read.
fn refused(text: &str) -> String {
    match parse("de", &[("mail".to_owned(), text.to_owned())]) {
        Ok(_) => panic!("{text} was read"),
        Err(why) => why,
    }
}

#[test]
fn the_languages_say_the_same() {
    let languages = read(Path::new("locales")).expect("files that can be read");
    assert_eq!(problems(&languages), Vec::<String>::new());
    assert_eq!(languages[0].tag, SOURCE);
    assert!(languages.len() > 1);
}

#[test]
fn a_message_that_is_missing_is_found() {
    assert_eq!(
        problem("stop = Stop\ngo = Go\n", "stop = Halt\n"),
        ["de/mail.ftl: lacks `go`"]
    );
}

#[test]
fn a_message_too_many_is_found() {
    assert_eq!(
        problem("stop = Stop\n", "stop = Halt\ngo = Los\n"),
        ["de/mail.ftl: `go` is not in en"]
    );
}

#[test]
fn another_variable_is_found_also_within_a_choice() {
    let found = ["de/mail.ftl: `people` has other variables or parts than in en"];
    for german in [
        "people = { $total } Personen\n",
        "people = { $count } von { $total } Personen\n",
        "people = Personen\n",
        "people = { $count ->\n    [one] { $who }\n   *[other] Personen\n }\n",
    ] {
        assert_eq!(problem("people = { $count } people\n", german), found);
    }
}

#[test]
fn a_choice_by_the_same_variable_is_no_difference() {
    let german = "people = { $count ->\n    [one] Person\n   *[other] Personen\n }\n";
    assert!(problem("people = { $count } people\n", german).is_empty());
}

#[test]
fn paragraphs_of_a_notice_are_missed() {
    assert_eq!(
        problem("gone = Gone\n    .says = It is over.\n", "gone = Weg\n").len(),
        1
    );
}

#[test]
fn what_is_not_read_is_refused_with_its_place() {
    for (text, why) in [
        ("weg = Weg\ngone", "de/mail.ftl:2: "),
        (
            "gone = { gone }\n",
            "gone: only text, variables and choices",
        ),
        (
            "gone = { NUMBER($n) }\n",
            "gone: only text, variables and choices",
        ),
        ("-gone = Weg\n", "only messages and comments are read"),
        (
            "gone = Weg\n    .title = Weg\n",
            "the only attribute is `says`",
        ),
        ("gone = { $who }\n    .says = Weg\n", "takes no variables"),
        ("gone = Weg\ngone = Fort\n", "stands there twice"),
        (
            "gone = { $who ->\n    [lead] Weg\n   *[member] Fort\n }\n",
            "a whole number or a plural category",
        ),
    ] {
        let said = refused(text);
        assert!(said.contains(why), "{text}: {said}");
    }
}

#[test]
fn escapes_and_paragraphs_are_part_of_the_text() {
    let words = language(
        "de",
        "gone = a{ \"\\u00A0\" }b\n    .says =\n        c\n\n        d\n",
    );
    let gone = &words.files["mail"]["gone"];
    assert_eq!(plain(&gone.value).as_deref(), Ok("a\u{a0}b"));
    assert_eq!(gone.says.as_deref(), Some("c\n\nd"));
}

#[test]
fn an_arm_is_for_a_number_or_a_category() {
    let words = language(
        "de",
        "n = { $n ->\n    [0] a\n    [few] b\n   *[other] c\n }\n",
    );
    let [Part::Choice { arms, other, .. }] = words.files["mail"]["n"].value.as_slice() else {
        panic!("a choice is one part");
    };
    let few = CATEGORIES.iter().position(|name| *name == "few");
    assert!(matches!(arms[0].0, Key::Exactly(0)));
    assert!(matches!(arms[1].0, Key::Category(place) if Some(place) == few));
    assert_eq!(plain(other).as_deref(), Ok("c"));
}

/// The texts of a message that have several words.
fn sentences(parts: &[Part]) -> BTreeSet<String> {
    parts
        .iter()
        .flat_map(|part| match part {
            Part::Text(text) => BTreeSet::from([text.clone()]),
            Part::Variable(_) => BTreeSet::new(),
            Part::Choice { arms, other, .. } => {
                let arms = arms.iter().map(|(_, arm)| arm);
                arms.chain([other]).flat_map(|arm| sentences(arm)).collect()
            }
        })
        .filter(|text| text.trim().contains(char::is_whitespace))
        .collect()
}

/// A sentence that was forgotten would stand in the other language. Single words may be the same.
#[test]
fn no_sentence_stands_in_two_languages() {
    let languages = read(Path::new("locales")).expect("files that can be read");
    let (source, others) = languages.split_first().expect("a source language");
    for language in others {
        for (file, messages) in &language.files {
            for (id, message) in messages {
                let theirs = &source.files[file][id];
                let mut same = sentences(&message.value);
                same.retain(|said| sentences(&theirs.value).contains(said));
                assert!(
                    same.is_empty(),
                    "{}/{file}.ftl: {id}: {same:?}",
                    language.tag
                );
                assert!(
                    message.says.is_none() || message.says != theirs.says,
                    "{file}: {id}"
                );
            }
        }
    }
}
