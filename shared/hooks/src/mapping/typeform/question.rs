//! A form's questions, including those inside others: in a group, a contact, a matrix.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::mapping::form::Part;

/// The questions of a form by their ids and references.
pub(super) struct Definition<'p> {
    questions: BTreeMap<&'p str, Question<'p>>,
}

/// A question and the one that contains it.
#[derive(Clone, Copy)]
pub(super) struct Question<'p> {
    own: &'p Value,
    around: Option<&'p Value>,
}

impl<'p> Definition<'p> {
    pub(super) fn new(fields: &'p Value) -> Self {
        let mut definition = Self {
            questions: BTreeMap::new(),
        };
        definition.add(fields, None);
        definition
    }

    /// Adds questions. The parser has limited the depth of the document.
    fn add(&mut self, fields: &'p Value, around: Option<&'p Value>) {
        for own in fields.as_array().into_iter().flatten() {
            let names = ["id", "ref"]
                .into_iter()
                .filter_map(|name| own[name].as_str());
            for name in names {
                self.questions
                    .entry(name)
                    .or_insert(Question { own, around });
            }
            self.add(&own["properties"]["fields"], Some(own));
            self.add(&own["fields"], Some(own));
        }
    }

    /// The question that an answer names.
    pub(super) fn question(&self, field: &Value) -> Option<Question<'p>> {
        let mut names = ["id", "ref"]
            .into_iter()
            .filter_map(|name| field[name].as_str());
        names.find_map(|name| self.questions.get(name).copied())
    }
}

impl<'p> Question<'p> {
    /// The question as people read it. A row of a matrix includes the matrix's own title.
    pub(super) fn title(&self) -> String {
        let title = |field: &'p Value| field["title"].as_str().map(str::trim).unwrap_or_default();
        let own = title(self.own);
        match self.around {
            Some(around) if around["type"] == "matrix" && !title(around).is_empty() => {
                format!("{own} ({})", title(around)).trim().to_owned()
            }
            Some(around) if own.is_empty() => title(around).to_owned(),
            _ => own.to_owned(),
        }
    }

    /// The id of the question that contains this one.
    pub(super) fn group(&self) -> Option<&'p str> {
        self.around
            .and_then(|around| around["id"].as_str().or_else(|| around["ref"].as_str()))
    }

    /// The part of a name that it asks for. A contact says so in every language.
    pub(super) fn part(&self) -> Option<Part> {
        match self.own["subfield_key"].as_str()? {
            "first_name" => Some(Part::Given),
            "last_name" => Some(Part::Family),
            _ => None,
        }
    }
}
