//! The request types of the desk and their fields.

use serde_json::{Value, json};

use super::refusal::Refusal;

/// A request type.
#[derive(Debug)]
pub struct RequestType {
    /// The id.
    pub id: u64,
    /// The name.
    pub name: &'static str,
    /// The words below the name.
    pub description: &'static str,
    /// The fields besides `summary` and `description`.
    pub fields: &'static [Field],
}

/// A field of a request type.
#[derive(Debug)]
pub struct Field {
    /// The id.
    pub id: &'static str,
    /// The name.
    pub name: &'static str,
    /// True if a request cannot be raised without it.
    pub required: bool,
    /// The form of its value.
    pub form: Form,
}

/// The form of a field's value.
#[derive(Debug)]
pub enum Form {
    /// One line of text.
    Line,
    /// Several lines of text.
    Text,
    /// A number.
    Number,
    /// A day.
    Date,
    /// An address of the web.
    Url,
    /// One of these.
    Select(&'static [&'static str]),
    /// Several of these.
    Several(&'static [&'static str]),
}

const SUMMARY: Field = field("summary", "Summary", true, Form::Line);
const DESCRIPTION: Field = field("description", "Description", false, Form::Text);

const fn field(id: &'static str, name: &'static str, required: bool, form: Form) -> Field {
    Field {
        id,
        name,
        required,
        form,
    }
}

/// The request types of each desk.
pub const REQUEST_TYPES: [RequestType; 3] = [
    RequestType {
        id: 12,
        name: "Report a fault",
        description: "Something that worked does not work any more",
        fields: &[
            field(
                "customfield_10042",
                "Impact",
                false,
                Form::Select(&["Only me", "Several people", "Everybody"]),
            ),
            field("customfield_10043", "Page", false, Form::Url),
            field("customfield_10044", "Since", false, Form::Date),
        ],
    },
    RequestType {
        id: 13,
        name: "Ask a question",
        description: "How something works, or what it costs",
        fields: &[field(
            "customfield_10045",
            "Topics",
            false,
            Form::Several(&[
                "The product",
                "An invoice",
                "The contract",
                "Something else",
            ]),
        )],
    },
    RequestType {
        id: 14,
        name: "Order something",
        description: "Seats, plans and trainings",
        fields: &[
            field(
                "customfield_10046",
                "Item",
                true,
                Form::Select(&["More seats", "Another plan", "A training"]),
            ),
            field("customfield_10047", "Amount", false, Form::Number),
        ],
    },
];

impl RequestType {
    /// The request type with an id; the first if there is none.
    #[must_use]
    pub fn of(id: u64) -> &'static Self {
        let found = REQUEST_TYPES.iter().find(|kind| kind.id == id);
        found.unwrap_or(&REQUEST_TYPES[0])
    }

    /// The request type with an id in the form of the wire.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn find(id: &str) -> Result<&'static Self, Refusal> {
        let found = REQUEST_TYPES.iter().find(|kind| kind.id.to_string() == id);
        found.ok_or_else(|| Refusal::Invalid(format!("request type {id} does not exist")))
    }

    /// The fields, with those that each type has.
    pub fn all_fields(&self) -> impl Iterator<Item = &'static Field> {
        [&SUMMARY, &DESCRIPTION].into_iter().chain(self.fields)
    }

    /// Checks the values of a new request.
    ///
    /// # Errors
    ///
    /// If one is missing, unknown, or of another form.
    pub fn check(&self, values: &serde_json::Map<String, Value>) -> Result<(), Refusal> {
        for (id, value) in values {
            let field = self.all_fields().find(|field| field.id == id);
            let field = field.ok_or_else(|| {
                Refusal::Invalid(format!(
                    "field {id} is not on the form of this request type"
                ))
            })?;
            if !field.takes(value) {
                return Err(Refusal::Invalid(format!(
                    "field {id} does not take {value}"
                )));
            }
        }
        let lacks = |field: &&Field| field.required && values.get(field.id).is_none_or(is_empty);
        match self.all_fields().find(lacks) {
            Some(field) => Err(Refusal::Invalid(format!("field {} is required", field.id))),
            None => Ok(()),
        }
    }
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

impl Field {
    /// Tells whether a value has the form of this field.
    fn takes(&self, value: &Value) -> bool {
        if value.is_null() {
            return !self.required;
        }
        let one_of = |known: &[&str], value: &Value| {
            value["value"]
                .as_str()
                .is_some_and(|text| known.contains(&text))
        };
        match &self.form {
            Form::Line => value
                .as_str()
                .is_some_and(|text| text.chars().count() <= 255 && !text.contains('\n')),
            Form::Text => value.is_string(),
            Form::Number => value.is_number(),
            Form::Date => value
                .as_str()
                .is_some_and(|text| text.parse::<jiff::civil::Date>().is_ok()),
            Form::Url => value.as_str().is_some_and(|text| text.starts_with("http")),
            Form::Select(known) => one_of(known, value),
            Form::Several(known) => value
                .as_array()
                .is_some_and(|values| values.iter().all(|value| one_of(known, value))),
        }
    }

    /// The values that can be chosen.
    #[must_use]
    pub fn choices(&self) -> &'static [&'static str] {
        match self.form {
            Form::Select(known) | Form::Several(known) => known,
            Form::Line | Form::Text | Form::Number | Form::Date | Form::Url => &[],
        }
    }

    /// The description of the field's type in the terms of Jira.
    #[must_use]
    pub fn schema(&self) -> Value {
        let custom =
            |kind: &str| format!("com.atlassian.jira.plugin.system.customfieldtypes:{kind}");
        let (kind, name) = match &self.form {
            Form::Line => ("string", "textfield"),
            Form::Text => ("string", "textarea"),
            Form::Number => ("number", "float"),
            Form::Date => ("date", "datepicker"),
            Form::Url => ("string", "url"),
            Form::Select(_) => ("option", "select"),
            Form::Several(_) => ("array", "multicheckboxes"),
        };
        let number = self
            .id
            .strip_prefix("customfield_")
            .and_then(|id| id.parse::<u64>().ok());
        match number {
            Some(number) => json!({"type": kind, "custom": custom(name), "customId": number}),
            None => json!({"type": kind, "system": self.id}),
        }
    }
}
