//! Inviting one person.

use app::{
    console::{ConsoleOrg, InvitedOne},
    path::Stop,
};
use askama::Template;
use domain::{
    Code, EmailAddress, Role, called,
    decide::Terms,
    text::{Name, Note},
};
use lambda_http::http::StatusCode;

use super::{
    request::{ConsoleRequest, ConsoleTab, end_of_day},
    status,
};
use words::{file::Console as Words, with};

use crate::{
    feedback::Mistake,
    http::{fields::Fields, reply::Reply},
    page::{Frame, html},
    reader::Reader,
    wording::console::{self as wording, Done, Wrong},
};

const ACTION: &str = "console/invite";

#[derive(Template)]
#[template(path = "console/invite.html")]
struct View {
    frame: Frame,
    words: &'static Words,
    token: String,
    limits: Vec<String>,
    typed: Typed,
    wrong: Mistakes,
}

/// The form as typed.
#[derive(Default)]
struct Typed {
    email: String,
    name: String,
    is_lead: bool,
    until: String,
    note: String,
}

/// The mistakes in it.
#[derive(Default)]
struct Mistakes {
    email: Option<String>,
    name: Option<&'static str>,
    until: Option<&'static str>,
    note: Option<&'static str>,
    all: Option<String>,
}

impl Mistakes {
    fn is_empty(&self) -> bool {
        self.listed().is_empty()
    }

    fn listed(&self) -> Vec<Mistake> {
        let all = self.all.iter().map(Mistake::of_all);
        let fields = Mistake::among([
            ("email", self.email.as_deref()),
            ("name", self.name),
            ("until", self.until),
            ("note", self.note),
        ]);
        all.chain(fields).collect()
    }
}

impl Typed {
    fn of(fields: &Fields) -> Self {
        let one = |name| fields.one(name).unwrap_or_default().trim().to_owned();
        Self {
            email: one("email"),
            name: one("name"),
            is_lead: one("role") == "lead",
            until: one("until"),
            note: one("note"),
        }
    }

    fn checked(
        &self,
        here: &ConsoleRequest<'_>,
        reader: &Reader,
    ) -> Result<(EmailAddress, Terms), Mistakes> {
        let say = |why| wording::wrong(&reader.words.console, why);
        let email: Result<EmailAddress, _> = self.email.parse();
        let name = optional(&self.name, |typed| {
            let name = Name::new(typed).ok();
            name.filter(|name| called::check(name, None, None).is_ok())
                .ok_or(Wrong::Name)
        });
        let note = optional(&self.note, Note::new);
        let until = end_of_day(&self.until, reader, here.caller.now);
        match (email, name, note, until) {
            (Ok(email), Ok(name), Ok(note), Ok(access_until)) => {
                let role = if self.is_lead {
                    Role::Lead
                } else {
                    Role::Member
                };
                let terms = Terms {
                    role,
                    name,
                    access_until,
                    note,
                };
                Ok((email, terms))
            }
            (email, name, note, until) => Err(Mistakes {
                email: email.err().map(|_| say(Wrong::Email).to_owned()),
                name: name.err().map(|_| say(Wrong::Name)),
                note: note.err().map(|_| say(Wrong::Note)),
                until: until.err().map(say),
                all: None,
            }),
        }
    }
}

/// A text that may be left empty.
pub(super) fn optional<T, E>(
    typed: &str,
    parse: impl Fn(&str) -> Result<T, E>,
) -> Result<Option<T>, E> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    parse(typed).map(Some)
}

/// The limits on inviting.
pub(super) fn limits(place: &ConsoleOrg, here: &ConsoleRequest<'_>, words: &Words) -> Vec<String> {
    let org = &place.org;
    let mut limits = vec![words.seats(with::Cap(org.policy.seat_cap), with::Used(org.seats_used))];
    if !org.has_free_seat() {
        limits.push(words.no_seat.to_owned());
    }
    let left = org.invitations_left(here.caller.now);
    // Where the day's limit is far away, it says nothing.
    if left < 100 {
        limits.push(words.left_today(left));
    }
    if !org.policy.allowed_domains.is_empty() {
        let domains = org.policy.allowed_domains.iter();
        let domains: Vec<_> = domains.map(domain::DomainName::as_str).collect();
        limits.push(words.domains(domains.join(", ")));
    }
    limits
}

/// The form.
pub(super) async fn show(here: &ConsoleRequest<'_>) -> Result<Reply, Stop> {
    let typed = Typed::default();
    page(here, StatusCode::OK, typed, Mistakes::default()).await
}

async fn page(
    here: &ConsoleRequest<'_>,
    status: StatusCode,
    typed: Typed,
    wrong: Mistakes,
) -> Result<Reply, Stop> {
    let place = here.console().place(here.caller, here.org).await?;
    let reader = here.reader(&place);
    let words = &reader.words.console;
    let title = words.invite_title(place.org.name.as_str());
    let mut frame = here.frame(&reader, &place, title, ConsoleTab::Invite);
    frame.mistakes = wrong.listed();
    if wrong.is_empty() {
        frame.done = status::elsewhere(here, &reader).await?;
    }
    let view = View {
        frame,
        words,
        token: here.token(ACTION),
        limits: limits(&place, here, words),
        typed,
        wrong,
    };
    Ok(Reply::page(status, html(&view)))
}

/// Invites.
pub(super) async fn act(here: &ConsoleRequest<'_>) -> Result<Reply, Stop> {
    let fields = match here.fields() {
        Ok(fields) => fields,
        Err(reply) => return Ok(*reply),
    };
    let place = here.console().place(here.caller, here.org).await?;
    let reader = here.reader(&place);
    let typed = Typed::of(&fields);
    let token = fields.one("token").unwrap_or_default();
    let Some(posted) = here.own(ACTION, token) else {
        let wrong = Mistakes {
            all: Some(wording::wrong(&reader.words.console, Wrong::Stale).to_owned()),
            ..Mistakes::default()
        };
        return page(here, StatusCode::FORBIDDEN, typed, wrong).await;
    };
    let (email, terms) = match typed.checked(here, &reader) {
        Ok(checked) => checked,
        Err(wrong) => return page(here, StatusCode::UNPROCESSABLE_ENTITY, typed, wrong).await,
    };
    let by = (here.caller, &posted);
    let told = here.console().invite(by, here.org, &email, &terms).await?;
    let done = match told {
        InvitedOne::Invited => Done::Invited,
        InvitedOne::Asked => Done::Asked,
        InvitedOne::AlreadyHere => Done::AlreadyHere,
        InvitedOne::Refused(refusal) => {
            let words = Some(wording::refused(reader.words, &refusal));
            let about_address = matches!(
                refusal.code,
                Code::DomainNotAllowed | Code::AwaitingApproval
            );
            let (status, wrong) = if about_address {
                let email = words;
                (
                    StatusCode::UNPROCESSABLE_ENTITY,
                    Mistakes {
                        email,
                        ..Mistakes::default()
                    },
                )
            } else {
                let all = words;
                (
                    StatusCode::CONFLICT,
                    Mistakes {
                        all,
                        ..Mistakes::default()
                    },
                )
            };
            let reply = page(here, status, typed, wrong).await?;
            return Ok(reply.after_refusal(&refusal));
        }
    };
    let handle = here.console().handle(&email);
    Ok(here.done_to("/invite", done, &handle))
}
