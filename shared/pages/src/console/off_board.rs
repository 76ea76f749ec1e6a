//! Off-boarding somebody: what will happen, and the form that makes it so.

use app::{
    console::Leaving,
    path::{Settled, Stop},
};
use askama::Template;
use domain::{Code, EmailAddress, decide::Offboarding, membership::OffboardReason};
use lambda_http::http::StatusCode;

use super::{
    invite::optional,
    request::{ConsoleRequest, ConsoleTab, end_of_day},
};
use words::file::Console as Words;

use crate::{
    http::{fields::Fields, reply::Reply},
    page::{Choice, Frame, html},
    reader::Reader,
    wording::console::{self as wording, Done, Wrong},
};

const ACTION: &str = "console/off-board";

#[derive(Template)]
#[template(path = "console/off_board.html")]
struct View {
    frame: Frame,
    words: &'static Words,
    token: String,
    email: String,
    happens: Vec<String>,
    colleagues: Vec<(String, Option<String>)>,
    reasons: Vec<Choice>,
    is_last_lead: bool,
    from_review: bool,
    typed: Typed,
    wrong: Mistakes,
    back: String,
}

/// The form as typed.
#[derive(Default)]
struct Typed {
    on_a_date: bool,
    date: String,
    why: String,
    hand_over_to: String,
    email: String,
    from_review: bool,
}

/// The mistakes in it.
#[derive(Default)]
struct Mistakes {
    date: Option<&'static str>,
    hand_over_to: Option<String>,
    all: Option<String>,
}

impl Mistakes {
    fn is_empty(&self) -> bool {
        self.date.is_none() && self.hand_over_to.is_none() && self.all.is_none()
    }
}

impl Typed {
    fn of(fields: &Fields) -> Self {
        let one = |name| fields.one(name).unwrap_or_default().trim().to_owned();
        Self {
            on_a_date: one("when") == "date",
            date: one("date"),
            why: one("why"),
            hand_over_to: one("hand-over-to"),
            email: one("email"),
            from_review: one("from") == "review",
        }
    }

    /// The off-boarding that it asks for, or the mistakes in it.
    fn asked(&self, here: &ConsoleRequest<'_>, reader: &Reader) -> Result<Offboarding, Mistakes> {
        let words = &reader.words.console;
        let mut wrong = Mistakes::default();
        let at = if self.on_a_date {
            match end_of_day(&self.date, reader, here.caller.now) {
                Ok(Some(at)) => Some(at),
                Ok(None) => {
                    wrong.date = Some(wording::wrong(words, Wrong::Date));
                    None
                }
                Err(why) => {
                    wrong.date = Some(wording::wrong(words, why));
                    None
                }
            }
        } else {
            None
        };
        let hand_over_to = optional(&self.hand_over_to, str::parse).unwrap_or_else(|_| {
            wrong.hand_over_to = Some(wording::wrong(words, Wrong::Email).to_owned());
            None
        });
        let asked = Offboarding {
            why: reason(&self.why),
            at,
            hand_over_to,
        };
        if wrong.is_empty() {
            Ok(asked)
        } else {
            Err(wrong)
        }
    }
}

fn reason(code: &str) -> OffboardReason {
    match code {
        "not-needed" => OffboardReason::NotNeeded,
        "lead" => OffboardReason::Lead,
        _ => OffboardReason::Left,
    }
}

/// The page with the effects of off-boarding a person.
pub(super) async fn show(here: &ConsoleRequest<'_>, handle: &str) -> Result<Reply, Stop> {
    let leaving = here.console().leaving(here.caller, here.org, handle);
    let leaving = leaving.await?;
    let typed = Typed {
        from_review: here.ask.query().one("from") == Some("review"),
        ..Typed::default()
    };
    let nothing = Mistakes::default();
    Ok(page(here, leaving, StatusCode::OK, typed, nothing))
}

fn page(
    here: &ConsoleRequest<'_>,
    leaving: Leaving,
    status: StatusCode,
    typed: Typed,
    wrong: Mistakes,
) -> Reply {
    let reader = here.reader(&leaving.place);
    let words = &reader.words.console;
    let membership = &leaving.person.membership;
    let email = membership.email.to_string();
    let name = membership
        .name
        .as_ref()
        .map_or_else(|| email.clone(), ToString::to_string);
    let undo_until = reader.deadline(leaving.undo_until).said;
    let happens = wording::happens(words, leaving.open_requests, &undo_until);
    let choice = |value: &str, label: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        chosen: reason(value) == reason(&typed.why),
    };
    let tab = if typed.from_review {
        ConsoleTab::Review
    } else {
        ConsoleTab::People
    };
    let colleagues = leaving.colleagues.into_iter();
    let view = View {
        frame: here.frame(&reader, &leaving.place, words.off_board_who(&name), tab),
        words,
        token: here.token(ACTION),
        happens,
        colleagues: colleagues
            .map(|(email, name)| (email.to_string(), name.map(|name| name.to_string())))
            .collect(),
        reasons: vec![
            choice("left", words.why_left),
            choice("not-needed", words.why_not_needed),
            choice("lead", words.why_lead),
        ],
        is_last_lead: leaving.is_last_lead,
        from_review: typed.from_review,
        back: back(here, &leaving.person.handle, typed.from_review),
        email,
        typed,
        wrong,
    };
    Reply::page(status, html(&view))
}

/// The address to go to afterwards.
fn back(here: &ConsoleRequest<'_>, handle: &str, from_review: bool) -> String {
    here.path(&below(handle, from_review))
}

fn below(handle: &str, from_review: bool) -> String {
    if from_review {
        "/review".to_owned()
    } else {
        format!("/people/{handle}")
    }
}

/// Ends somebody's access, or plans its end.
pub(super) async fn act(here: &ConsoleRequest<'_>, handle: &str) -> Result<Reply, Stop> {
    let fields = match here.fields() {
        Ok(fields) => fields,
        Err(reply) => return Ok(*reply),
    };
    let typed = Typed::of(&fields);
    let console = here.console();
    let place = console.place(here.caller, here.org).await?;
    let named = typed.email.parse::<EmailAddress>().ok();
    let email = named
        .filter(|email| console.stands_for(handle, email))
        .ok_or(Stop::Gone)?;
    let leaving = async || console.leaving(here.caller, here.org, handle).await;
    let reader = here.reader(&place);
    let token = fields.one("token").unwrap_or_default();
    let Some(posted) = here.own(ACTION, token) else {
        let wrong = Mistakes {
            all: Some(wording::wrong(&reader.words.console, Wrong::Stale).to_owned()),
            ..Mistakes::default()
        };
        let leaving = leaving().await?;
        return Ok(page(here, leaving, StatusCode::FORBIDDEN, typed, wrong));
    };
    let asked = match typed.asked(here, &reader) {
        Ok(asked) => asked,
        Err(wrong) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(page(here, leaving().await?, status, typed, wrong));
        }
    };
    let settled = console
        .offboard((here.caller, &posted), here.org, &email, &asked)
        .await;
    let below = below(handle, typed.from_review);
    let is_caller = email == *here.caller.email();
    match settled {
        // Whoever off-boarded themselves is told so: the console is closed to them.
        Ok(Settled::Done(()) | Settled::DoneBefore) if is_caller && asked.at.is_none() => {
            let said = crate::page::Said::new(&reader, &reader.words.console.gone);
            Ok(said.reply(StatusCode::OK))
        }
        Ok(Settled::Done(()) | Settled::DoneBefore) => {
            let planned = asked.at.is_some();
            let done = if planned {
                Done::Planned
            } else {
                Done::OffBoarded
            };
            Ok(here.done(&below, done))
        }
        Ok(Settled::Unchanged(())) => Ok(here.done(&below, Done::Unchanged)),
        Err(Stop::Refused(refusal)) => {
            let words = wording::refused(reader.words, &refusal);
            let (status, wrong) = if refusal.code == Code::HandOverToNotAMember {
                let wrong = Mistakes {
                    hand_over_to: Some(words),
                    ..Mistakes::default()
                };
                (StatusCode::UNPROCESSABLE_ENTITY, wrong)
            } else {
                let wrong = Mistakes {
                    all: Some(words),
                    ..Mistakes::default()
                };
                (StatusCode::CONFLICT, wrong)
            };
            Ok(page(here, leaving().await?, status, typed, wrong).after_refusal(&refusal))
        }
        Err(stop) => Err(stop),
    }
}
