//! The messages of each language, as its files have them, and what is wrong with them.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    fs,
    path::Path,
};

use fluent_syntax::{
    ast::{Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey},
    parser,
    unicode::unescape_unicode_to_string,
};

/// The language that messages are written in first. The others follow it.
pub(crate) const SOURCE: &str = "en";

/// The names of CLDR's plural categories.
pub(crate) const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// One language: its tag, and its messages by file and name.
pub(crate) struct Language {
    pub(crate) tag: String,
    pub(crate) files: BTreeMap<String, BTreeMap<String, Message>>,
}

/// A message. A notice has paragraphs below its title: the attribute `says`.
pub(crate) struct Message {
    pub(crate) value: Vec<Part>,
    pub(crate) says: Option<String>,
}

/// A part of a message's text.
pub(crate) enum Part {
    Text(String),
    Variable(String),
    Choice {
        of: String,
        arms: Vec<(Key, Vec<Part>)>,
        other: Vec<Part>,
    },
}

/// The numbers that an arm of a choice is for.
pub(crate) enum Key {
    Exactly(u64),
    Category(usize),
}

/// Reads a folder for each language, the source language first.
pub(crate) fn read(locales: &Path) -> Result<Vec<Language>, Box<dyn Error>> {
    let mut languages = Vec::new();
    for folder in fs::read_dir(locales)? {
        let folder = folder?;
        let mut files = Vec::new();
        for file in fs::read_dir(folder.path())? {
            let path = file?.path();
            if path.extension().is_some_and(|extension| extension == "ftl") {
                let stem = path.file_stem().unwrap_or_default().to_string_lossy();
                files.push((stem.into_owned(), fs::read_to_string(&path)?));
            }
        }
        languages.push(parse(&folder.file_name().to_string_lossy(), &files)?);
    }
    languages.sort_by_key(|language| (language.tag != SOURCE, language.tag.clone()));
    Ok(languages)
}

/// Parses the files of one language: each with its name and its text.
pub(crate) fn parse(tag: &str, files: &[(String, String)]) -> Result<Language, String> {
    let mut language = Language {
        tag: tag.to_owned(),
        files: BTreeMap::new(),
    };
    for (name, text) in files {
        let place = format!("{tag}/{name}.ftl");
        let resource = parser::parse(text.as_str()).map_err(|(_, errors)| {
            let before = text.get(..errors[0].pos.start).unwrap_or_default();
            format!("{place}:{}: {}", before.lines().count(), errors[0])
        })?;
        let mut messages = BTreeMap::new();
        for entry in resource.body {
            let message = match entry {
                Entry::Message(message) => message,
                Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => continue,
                Entry::Term(_) | Entry::Junk { .. } => {
                    return Err(format!("{place}: only messages and comments are read"));
                }
            };
            let id = message.id.name;
            let fails = |why| format!("{place}: {id}: {why}");
            let value = message.value.ok_or_else(|| fails("has no text"))?;
            let mut says = None;
            for attribute in message.attributes {
                if attribute.id.name != "says" {
                    return Err(fails("the only attribute is `says`"));
                }
                says = Some(plain(&parts(attribute.value).map_err(fails)?).map_err(fails)?);
            }
            let value = parts(value).map_err(fails)?;
            if says.is_some() {
                plain(&value).map_err(fails)?;
            }
            if messages
                .insert(id.to_owned(), Message { value, says })
                .is_some()
            {
                return Err(fails("stands there twice"));
            }
        }
        language.files.insert(name.clone(), messages);
    }
    Ok(language)
}

fn parts(pattern: Pattern<&str>) -> Result<Vec<Part>, &'static str> {
    let mut parts = Vec::new();
    for element in pattern.elements {
        match element {
            PatternElement::TextElement { value } => text(&mut parts, value),
            PatternElement::Placeable { expression } => expand(&mut parts, expression)?,
        }
    }
    Ok(parts)
}

fn text(parts: &mut Vec<Part>, more: &str) {
    if let Some(Part::Text(text)) = parts.last_mut() {
        text.push_str(more);
    } else {
        parts.push(Part::Text(more.to_owned()));
    }
}

fn expand(parts: &mut Vec<Part>, expression: Expression<&str>) -> Result<(), &'static str> {
    match expression {
        Expression::Inline(InlineExpression::StringLiteral { value }) => {
            text(parts, &unescape_unicode_to_string(value));
        }
        Expression::Inline(InlineExpression::VariableReference { id }) => {
            parts.push(Part::Variable(id.name.to_owned()));
        }
        Expression::Select { selector, variants } => {
            let InlineExpression::VariableReference { id } = selector else {
                return Err("a choice is made by a variable");
            };
            let (mut arms, mut other) = (Vec::new(), None);
            for variant in variants {
                let said = self::parts(variant.value)?;
                if variant.default {
                    other = Some(said);
                } else {
                    arms.push((key(&variant.key)?, said));
                }
            }
            parts.push(Part::Choice {
                of: id.name.to_owned(),
                arms,
                other: other.ok_or("a choice has a default")?,
            });
        }
        Expression::Inline(_) => return Err("only text, variables and choices are read"),
    }
    Ok(())
}

fn key(key: &VariantKey<&str>) -> Result<Key, &'static str> {
    match key {
        VariantKey::NumberLiteral { value } => value.parse().ok().map(Key::Exactly),
        VariantKey::Identifier { name } => CATEGORIES
            .iter()
            .position(|category| category == name)
            .map(Key::Category),
    }
    .ok_or("a choice is made by a whole number or a plural category")
}

/// The text of a message that is the same each time.
pub(crate) fn plain(parts: &[Part]) -> Result<String, &'static str> {
    match parts {
        [Part::Text(text)] => Ok(text.clone()),
        _ => Err("takes no variables"),
    }
}

/// The variables of a message. Those that a choice is made by are numbers: true.
pub(crate) fn variables(parts: &[Part]) -> BTreeMap<&str, bool> {
    let mut all = BTreeMap::new();
    let mut add = |name, counts| *all.entry(name).or_insert(false) |= counts;
    for part in parts {
        match part {
            Part::Text(_) => {}
            Part::Variable(name) => add(name.as_str(), false),
            Part::Choice { of, arms, other } => {
                add(of, true);
                let arms = arms.iter().map(|(_, arm)| arm);
                for (name, counts) in arms.chain([other]).flat_map(|arm| variables(arm)) {
                    add(name, counts);
                }
            }
        }
    }
    all
}

/// Everything in which a language differs from the source language and may not.
pub(crate) fn problems(languages: &[Language]) -> Vec<String> {
    let Some((source, others)) = languages.split_first() else {
        return vec!["there is no language".to_owned()];
    };
    let mut problems = Vec::new();
    for language in others {
        let files: BTreeSet<_> = source.files.keys().chain(language.files.keys()).collect();
        for file in files {
            let (none, place) = (BTreeMap::new(), format!("{}/{file}.ftl", language.tag));
            let theirs = source.files.get(file).unwrap_or(&none);
            let ours = language.files.get(file).unwrap_or(&none);
            for (id, message) in theirs {
                match ours.get(id) {
                    None => problems.push(format!("{place}: lacks `{id}`")),
                    Some(our) if !alike(message, our) => problems.push(format!(
                        "{place}: `{id}` has other variables or parts than in {SOURCE}"
                    )),
                    Some(_) => {}
                }
            }
            let more = ours.keys().filter(|id| !theirs.contains_key(*id));
            problems.extend(more.map(|id| format!("{place}: `{id}` is not in {SOURCE}")));
        }
    }
    problems
}

fn alike(one: &Message, other: &Message) -> bool {
    let names = |message: &Message| -> BTreeSet<String> {
        variables(&message.value)
            .keys()
            .map(ToString::to_string)
            .collect()
    };
    names(one) == names(other) && one.says.is_some() == other.says.is_some()
}
