//! The page of a form, empty, filled in, or with its mistakes.

use app::intake::{Filling, Form, Stranger};
use askama::Template;
use domain::{
    DomainName,
    desk::{Access, Field, FieldKind},
    form::{Fault, Question, Typed, date},
};
use jiff::SignedDuration;
use lambda_http::http::StatusCode;

use super::posted::{FIELD, TRAP};
use crate::{
    feedback::Mistake,
    http::reply::Reply,
    navigation::Area,
    page::{Choice, Frame, html},
    reader::Reader,
    wording::intake as wording,
};

/// The page of a form.
pub(super) struct View<'a> {
    reader: &'a Reader,
    form: Form,
    typed: Typed,
    stranger: Stranger,
    org: String,
    share: bool,
    faults: Vec<Fault>,
    refusal: Option<Refusal>,
}

/// The reason why a form comes back, besides mistakes in it.
struct Refusal {
    status: StatusCode,
    says: String,
    retry_after: Option<u32>,
}

impl<'a> View<'a> {
    /// An empty form.
    pub(super) fn of(reader: &'a Reader, form: Form) -> Self {
        Self {
            reader,
            form,
            typed: Typed::new(),
            stranger: Stranger::default(),
            org: String::new(),
            share: false,
            faults: Vec::new(),
            refusal: None,
        }
    }

    /// With this typed into it.
    pub(super) fn filled_in(mut self, typed: &Typed) -> Self {
        self.typed = typed.clone();
        self
    }

    /// By a stranger who says this of themselves.
    pub(super) fn by(mut self, stranger: &Stranger) -> Self {
        self.stranger = stranger.clone();
        self
    }

    /// With this chosen beside the fields.
    pub(super) fn choosing(mut self, filling: &Filling) -> Self {
        self.org = filling.org.clone().unwrap_or_default();
        self.share = filling.share;
        self
    }

    /// With these mistakes.
    pub(super) fn with(mut self, faults: &[Fault]) -> Self {
        self.faults = faults.to_vec();
        self
    }

    /// From a page that is too old to be taken, or of somebody else.
    pub(super) fn foreign(mut self) -> Self {
        self.refusal = Some(Refusal {
            status: StatusCode::FORBIDDEN,
            says: self.reader.words.intake.foreign.to_owned(),
            retry_after: None,
        });
        self
    }

    /// After too many others: it can be sent again after this time.
    pub(super) fn too_often(mut self, after: SignedDuration) -> Self {
        let seconds = after.as_secs().max(1);
        let minutes = (seconds + 59) / 60;
        self.refusal = Some(Refusal {
            status: StatusCode::TOO_MANY_REQUESTS,
            says: self.reader.words.intake.too_often(minutes),
            retry_after: u32::try_from(seconds).ok(),
        });
        self
    }

    /// The answer to a form that was not taken.
    pub(super) fn refused(self) -> Reply {
        let (status, retry_after) = match &self.refusal {
            Some(refusal) => (refusal.status, refusal.retry_after),
            None => (StatusCode::UNPROCESSABLE_ENTITY, None),
        };
        Reply {
            retry_after,
            ..self.reply(status)
        }
    }

    /// The page.
    pub(super) fn reply(self, status: StatusCode) -> Reply {
        let words = &self.reader.words.intake;
        let inputs = self.inputs();
        let refusal = self.refusal.iter();
        let refusal = refusal.map(|refusal| Mistake::of_all(refusal.says.as_str()));
        let mistakes = refusal.chain(inputs.iter().filter_map(mistake)).collect();
        let share = match &self.form.organizations[..] {
            [] => None,
            [(_, org)] => Some(words.share_with(org.as_str())),
            [..] => Some(words.share_with_organization.to_owned()),
        };
        let frame = Frame {
            desk: Some(self.form.desk.name.to_string()),
            mistakes,
            ..Frame::within(self.reader, self.form.kind.name.as_str(), Area::New)
        };
        let page = Shown {
            frame,
            description: self.form.kind.description.as_ref().map(ToString::to_string),
            who: self
                .form
                .person
                .as_ref()
                .map(|email| words.as_person(email.as_str())),
            only_for: self.only_for(),
            token: self.form.token.clone(),
            inputs,
            share,
            shared: self.share,
            trap: self.form.person.is_none().then_some(TRAP),
        };
        Reply::page(status, html(&page))
    }

    /// The people whose addresses are accepted, if they are limited.
    fn only_for(&self) -> Option<String> {
        match &self.form.desk.access {
            Access::Domains(domains) if self.form.person.is_none() => {
                let domains: Vec<&str> = domains.iter().map(DomainName::as_str).collect();
                Some(self.reader.words.intake.only_for(domains.join(", ")))
            }
            Access::Domains(_) | Access::Members | Access::AnyoneConfirmed => None,
        }
    }

    fn inputs(&self) -> Vec<Input> {
        let words = &self.reader.words.intake;
        let mut inputs = Vec::new();
        if self.form.person.is_none() {
            let email = Input::line("email", words.email, true, &self.stranger.email);
            inputs.push(Input {
                help: Some(words.email_help.to_owned()),
                widget: Widget::Line {
                    kind: "email",
                    mode: "email",
                    complete: "email",
                    value: self.stranger.email.clone(),
                },
                ..email.faulty(self, &Question::Email)
            });
            let name = Input::line("name", words.name, false, &self.stranger.name);
            inputs.push(Input {
                widget: Widget::Line {
                    kind: "text",
                    mode: "text",
                    complete: "name",
                    value: self.stranger.name.clone(),
                },
                ..name.faulty(self, &Question::Name)
            });
        }
        if self.form.organizations.len() > 1 {
            let options = self.form.organizations.iter().map(|(id, name)| Choice {
                value: id.to_string(),
                label: name.to_string(),
                chosen: id.as_str() == self.org,
            });
            let org = Input::line("org", words.organization, true, "");
            inputs.push(Input {
                widget: Widget::Select(options.collect()),
                ..org.faulty(self, &Question::Organization)
            });
        }
        let summary = Input::line("summary", words.summary, true, self.typed.summary());
        inputs.push(Input {
            help: Some(words.summary_help.to_owned()),
            ..summary.faulty(self, &Question::Summary)
        });
        inputs.extend(self.form.kind.fields.iter().map(|field| self.input(field)));
        for (number, input) in inputs.iter_mut().enumerate() {
            input.id = format!("q{}", number + 1);
        }
        inputs
    }

    fn input(&self, field: &Field) -> Input {
        let words = &self.reader.words.intake;
        let value = self.typed.value(&field.id);
        let name = format!("{FIELD}{}", field.id);
        let line = |kind, mode| Widget::Line {
            kind,
            mode,
            complete: "off",
            value: value.to_owned(),
        };
        let (widget, hint) = match field.kind {
            FieldKind::Text => (line("text", "text"), None),
            FieldKind::Paragraph => (Widget::Area(value.to_owned()), None),
            FieldKind::Choice => (Widget::Select(self.choices(field)), None),
            FieldKind::Choices => (Widget::Checks(self.choices(field)), None),
            FieldKind::Number => (line("text", "decimal"), None),
            // A browser empties a date that is none. What was typed must not be lost.
            FieldKind::Date
                if value.is_empty() || date(value).is_some_and(|d| d.to_string() == value) =>
            {
                (line("date", "numeric"), None)
            }
            FieldKind::Date => (line("text", "text"), Some(words.date_help)),
            FieldKind::Email => (line("email", "email"), None),
            FieldKind::Link => (line("url", "url"), None),
            FieldKind::Person => (line("text", "text"), Some(words.person_help)),
        };
        let help = field.help.as_ref().map(ToString::to_string);
        let input = Input {
            help: help.or_else(|| hint.map(str::to_owned)),
            widget,
            ..Input::line(&name, field.label.as_str(), field.required, "")
        };
        input.faulty(self, &Question::Field(field.id.clone()))
    }

    fn choices(&self, field: &Field) -> Vec<Choice> {
        let typed = self.typed.values(&field.id);
        let offered = field.choices.iter().map(|choice| Choice {
            value: choice.to_string(),
            label: choice.to_string(),
            chosen: typed.iter().any(|typed| typed == choice.as_str()),
        });
        offered.collect()
    }
}

/// A question and the place for its answer.
pub(super) struct Input {
    id: String,
    name: String,
    label: String,
    required: bool,
    help: Option<String>,
    wrong: Option<String>,
    widget: Widget,
}

impl Input {
    fn line(name: &str, label: &str, required: bool, value: &str) -> Self {
        Self {
            id: String::new(),
            name: name.to_owned(),
            label: label.to_owned(),
            required,
            help: None,
            wrong: None,
            widget: Widget::Line {
                kind: "text",
                mode: "text",
                complete: "off",
                value: value.to_owned(),
            },
        }
    }

    fn faulty(self, page: &View<'_>, question: &Question) -> Self {
        let fault = page.faults.iter().find(|fault| fault.question == *question);
        let wrong = fault.map(|fault| wording::wrong(&page.reader.words.intake, fault.wrong));
        Self { wrong, ..self }
    }

    /// The ids of the texts that are read out with the input.
    fn described_by(&self) -> String {
        let help = self.help.as_ref().map(|_| format!("{}-help", self.id));
        let wrong = self.wrong.as_ref().map(|_| format!("{}-wrong", self.id));
        let parts: Vec<String> = help.into_iter().chain(wrong).collect();
        parts.join(" ")
    }
}

/// The kind of input of an answer.
enum Widget {
    Line {
        kind: &'static str,
        mode: &'static str,
        complete: &'static str,
        value: String,
    },
    Area(String),
    Select(Vec<Choice>),
    Checks(Vec<Choice>),
}

/// The line about a question in the summary of mistakes.
fn mistake(input: &Input) -> Option<Mistake> {
    Some(Mistake {
        label: Some(input.label.clone()),
        ..Mistake::at(input.id.as_str(), input.wrong.as_deref()?)
    })
}

#[derive(Template)]
#[template(path = "intake/form.html")]
struct Shown {
    frame: Frame,
    description: Option<String>,
    who: Option<String>,
    only_for: Option<String>,
    token: String,
    inputs: Vec<Input>,
    share: Option<String>,
    shared: bool,
    trap: Option<&'static str>,
}
