//! The Rust code of all messages: a struct for each file, a field or a method for each message, and
//! a static of them for each language.

use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    fmt::Write as _,
};

use crate::{
    catalog::{Key, Language, Message, Part, plain, variables},
    plurals,
};

/// One message in every language, the source language first.
struct Messages<'a>(Vec<&'a Message>);

/// The form that a message has in code.
enum Form {
    /// A field: the same text each time.
    Plain,
    /// A field with a title and paragraphs.
    Notice,
    /// A method that takes these variables. Numbers are true.
    Pattern(BTreeMap<String, bool>),
}

impl Messages<'_> {
    /// A message is plain only when it is so in every language, and a variable that one language
    /// counts by is a number in all.
    fn form(&self) -> Form {
        if self.0[0].says.is_some() {
            return Form::Notice;
        }
        let mut all = BTreeMap::new();
        for message in &self.0 {
            for (name, counts) in variables(&message.value) {
                *all.entry(name.to_owned()).or_insert(false) |= counts;
            }
        }
        if all.is_empty() {
            Form::Plain
        } else {
            Form::Pattern(all)
        }
    }
}

/// Writes the code.
pub(crate) fn write(languages: &[Language]) -> Result<String, Box<dyn Error>> {
    let mut code = String::new();
    let mut names = BTreeSet::new();
    let files: Vec<_> = languages[0].files.keys().collect();
    for file in &files {
        structure(&mut code, &mut names, languages, file)?;
    }
    writeln!(code, "/// The words of one language.\npub struct Words {{")?;
    writeln!(
        code,
        "    /// Its tag (BCP 47).\n    pub lang: &'static str,"
    )?;
    for file in &files {
        writeln!(code, "    /// The messages of `{file}.ftl`.")?;
        writeln!(code, "    pub {}: {},", field(file), class(file))?;
    }
    writeln!(code, "}}")?;
    writeln!(
        code,
        "/// Variables of messages that have several: each is passed under its name."
    )?;
    writeln!(code, "pub mod with {{")?;
    for name in names {
        writeln!(
            code,
            "    /// The variable `{name}`.\n    #[derive(Debug, Clone, Copy)]"
        )?;
        writeln!(code, "    pub struct {}<T>(pub T);", class(&name))?;
    }
    writeln!(code, "}}")?;
    for language in languages {
        let categories = plurals::categories(&language.tag)?;
        writeln!(
            code,
            "static PLURALS_{}: Plurals = Plurals(&{categories:?});",
            upper(&language.tag)
        )?;
    }
    writeln!(code, "/// Every language, the source language first.")?;
    writeln!(
        code,
        "pub static LANGUAGES: [Words; {}] = [",
        languages.len()
    )?;
    for language in languages {
        writeln!(code, "Words {{ lang: {:?},", language.tag)?;
        for file in &files {
            values(&mut code, languages, language, file)?;
        }
        writeln!(code, "}},")?;
    }
    writeln!(code, "];")?;
    Ok(code)
}

fn messages<'a>(languages: &'a [Language], file: &str, id: &str) -> Messages<'a> {
    Messages(
        languages
            .iter()
            .map(|language| &language.files[file][id])
            .collect(),
    )
}

fn has_patterns(languages: &[Language], file: &str) -> bool {
    let ids = languages[0].files[file].keys();
    ids.map(|id| messages(languages, file, id).form())
        .any(|form| matches!(form, Form::Pattern(_)))
}

/// The struct of one file, with its methods.
fn structure(
    code: &mut String,
    names: &mut BTreeSet<String>,
    languages: &[Language],
    file: &str,
) -> Result<(), Box<dyn Error>> {
    let mut methods = String::new();
    writeln!(
        code,
        "/// The messages of `{file}.ftl`.\npub struct {} {{",
        class(file)
    )?;
    if has_patterns(languages, file) {
        writeln!(code, "    plurals: &'static Plurals,")?;
    }
    for (id, message) in &languages[0].files[file] {
        let doc = shown(&message.value);
        match messages(languages, file, id).form() {
            Form::Plain => writeln!(
                code,
                "    #[doc = {doc:?}]\n    pub {}: &'static str,",
                field(id)
            )?,
            Form::Notice => writeln!(
                code,
                "    #[doc = {doc:?}]\n    pub {}: crate::Notice,",
                field(id)
            )?,
            Form::Pattern(variables) => {
                writeln!(code, "    {}: Pattern,", field(id))?;
                if variables.len() > 1 {
                    names.extend(variables.keys().cloned());
                }
                method(&mut methods, id, &doc, &variables)?;
            }
        }
    }
    writeln!(code, "}}\nimpl {} {{\n{methods}}}", class(file))?;
    Ok(())
}

fn method(
    code: &mut String,
    id: &str,
    doc: &str,
    variables: &BTreeMap<String, bool>,
) -> Result<(), Box<dyn Error>> {
    let several = variables.len() > 1;
    let (mut taken, mut given) = (String::new(), String::new());
    for (name, counts) in variables {
        let bound = if *counts {
            "impl Count"
        } else {
            "impl Display"
        };
        let value = if *counts { "number" } else { "text" };
        if several {
            write!(taken, ", {}: with::{}<{bound}>", field(name), class(name))?;
            write!(given, "Value::{value}(&{}.0), ", field(name))?;
        } else {
            write!(taken, ", {}: {bound}", field(name))?;
            write!(given, "Value::{value}(&{})", field(name))?;
        }
    }
    let name = field(id);
    writeln!(code, "    #[doc = {doc:?}]\n    #[must_use]")?;
    writeln!(code, "    pub fn {name}(&self{taken}) -> String {{")?;
    writeln!(
        code,
        "        self.{name}.say(self.plurals, &[{given}])\n    }}"
    )?;
    Ok(())
}

/// The values of one file's struct in one language.
fn values(
    code: &mut String,
    languages: &[Language],
    language: &Language,
    file: &str,
) -> Result<(), Box<dyn Error>> {
    let plurals = upper(&language.tag);
    writeln!(code, "{}: {} {{", field(file), class(file))?;
    if has_patterns(languages, file) {
        writeln!(code, "plurals: &PLURALS_{plurals},")?;
    }
    for (id, message) in &language.files[file] {
        let name = field(id);
        match messages(languages, file, id).form() {
            Form::Plain => writeln!(code, "{name}: {:?},", plain(&message.value)?)?,
            Form::Notice => {
                let (title, says) = (plain(&message.value)?, message.says.as_deref());
                let says = says.unwrap_or_default();
                writeln!(
                    code,
                    "{name}: crate::Notice {{ title: {title:?}, says: {says:?} }},"
                )?;
            }
            Form::Pattern(variables) => {
                let order: Vec<_> = variables.keys().map(String::as_str).collect();
                writeln!(
                    code,
                    "{name}: Pattern({}),",
                    pattern(&message.value, &order)
                )?;
            }
        }
    }
    writeln!(code, "}},")?;
    Ok(())
}

fn pattern(parts: &[Part], order: &[&str]) -> String {
    let place = |name: &str| {
        order
            .iter()
            .position(|other| *other == name)
            .unwrap_or_default()
    };
    let parts: Vec<_> = parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => format!("Part::Text({text:?})"),
            Part::Variable(name) => format!("Part::Variable({})", place(name)),
            Part::Choice { of, arms, other } => {
                let arms: Vec<_> = arms
                    .iter()
                    .map(|(key, said)| {
                        let key = match key {
                            Key::Exactly(number) => format!("Key::Exactly({number})"),
                            Key::Category(category) => format!("Key::Category({category})"),
                        };
                        format!("({key}, {})", pattern(said, order))
                    })
                    .collect();
                let other = pattern(other, order);
                format!(
                    "Part::Choice({}, &[{}], {other})",
                    place(of),
                    arms.join(", ")
                )
            }
        })
        .collect();
    format!("&[{}]", parts.join(", "))
}

/// A message as its documentation shows it: the usual arm of each choice.
fn shown(parts: &[Part]) -> String {
    parts
        .iter()
        .map(|part| match part {
            Part::Text(text) => text.clone(),
            Part::Variable(name) => format!("{{ ${name} }}"),
            Part::Choice { other, .. } => shown(other),
        })
        .collect()
}

fn field(id: &str) -> String {
    id.replace('-', "_")
}

fn upper(tag: &str) -> String {
    field(tag).to_uppercase()
}

fn class(id: &str) -> String {
    id.split('-')
        .flat_map(|word| {
            let (first, rest) = word.split_at(1);
            [first.to_uppercase(), rest.to_owned()]
        })
        .collect()
}
