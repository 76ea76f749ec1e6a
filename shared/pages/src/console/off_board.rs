//! Off-boarding somebody: what will happen, and the form that makes it so.

use app::{
    console::Leaving,
    path::{Settled, Stop},
};
use askama::Template;
use domain::{Code, EmailAddress, Role, decide::Offboarding, membership::OffboardReason};
use lambda_http::http::StatusCode;

use super::{
    invite::optional,
    request::{ConsoleRequest, ConsoleTab, end_of_day},
    status,
};
use words::{file::Console as Words, with};

use crate::{
    feedback::Mistake,
    http::{fields::Fields, reply::Reply},
    page::{Choice, Frame, html},
    reader::Reader,
    wording::console::{self as wording, Done, Wrong},
};

const ACTION: &str = "console/off-board";
/// The most open requests that the page lists one by one.
const LISTED: usize = 20;

#[derive(Template)]
#[template(path = "console/off_board.html")]
struct View {
    frame: Frame,
    words: &'static Words,
    token: String,
    email: String,
    happens: Vec<String>,
    /// The open requests by key and subject, of many the first.
    open: Vec<(String, String)>,
    colleagues: Vec<Choice>,
    more_colleagues: bool,
    reasons: Vec<Choice>,
    is_last_lead: bool,
    from_review: bool,
    typed: Typed,
    wrong: Mistakes,
    back: String,
}

/// The question before access ends at once and more ends with it.
#[derive(Template)]
#[template(path = "console/off_board_confirm.html")]
struct Confirm {
    frame: Frame,
    words: &'static Words,
    token: String,
    email: String,
    happens: Vec<String>,
    from_review: bool,
    typed: Typed,
    back: String,
}

/// The form as typed.
#[derive(Default)]
struct Typed {
    on_a_date: bool,
    date: String,
    why: String,
    /// The colleague that was chosen; `None` before anything was.
    hand_over_to: Option<String>,
    /// The address of a colleague who is not among those to choose from.
    somebody_else: String,
    email: String,
    from_review: bool,
    /// `true` once the question before it was answered.
    confirmed: bool,
}

/// The mistakes in it.
#[derive(Default)]
struct Mistakes {
    date: Option<&'static str>,
    hand_over_to: Option<String>,
    all: Option<String>,
}

impl Mistakes {
    fn of_all(says: impl Into<String>) -> Self {
        Self {
            all: Some(says.into()),
            ..Self::default()
        }
    }

    fn is_empty(&self) -> bool {
        self.date.is_none() && self.hand_over_to.is_none() && self.all.is_none()
    }

    fn listed(&self) -> Vec<Mistake> {
        let all = self.all.iter().map(Mistake::of_all);
        let fields = Mistake::among([
            ("date", self.date),
            ("hand-over-to", self.hand_over_to.as_deref()),
        ]);
        all.chain(fields).collect()
    }
}

impl Typed {
    fn of(fields: &Fields) -> Self {
        let one = |name| fields.one(name).unwrap_or_default().trim().to_owned();
        Self {
            on_a_date: one("when") == "date",
            date: one("date"),
            why: one("why"),
            hand_over_to: Some(one("hand-over-to")),
            somebody_else: one("somebody-else"),
            email: one("email"),
            from_review: one("from") == "review",
            confirmed: one("confirmed") == "yes",
        }
    }

    /// The colleague who takes over, as typed: an address that was typed counts before a choice.
    fn successor(&self) -> &str {
        if self.somebody_else.is_empty() {
            self.hand_over_to.as_deref().unwrap_or_default()
        } else {
            &self.somebody_else
        }
    }

    /// The off-boarding that it asks for, or the mistakes in it. Access does not end at once for
    /// somebody for whom a last day was typed: what was meant is asked, with the date chosen.
    fn asked(
        &mut self,
        here: &ConsoleRequest<'_>,
        reader: &Reader,
    ) -> Result<Offboarding, Mistakes> {
        let words = &reader.words.console;
        let mut wrong = Mistakes::default();
        let at = match end_of_day(&self.date, reader, here.caller.now) {
            Ok(None) if !self.on_a_date => None,
            Ok(Some(_)) if !self.on_a_date => {
                self.on_a_date = true;
                wrong.date = Some(wording::wrong(words, Wrong::DateAndNow));
                None
            }
            Ok(Some(at)) => Some(at),
            Ok(None) => {
                wrong.date = Some(wording::wrong(words, Wrong::Date));
                None
            }
            Err(why) => {
                self.on_a_date = true;
                wrong.date = Some(wording::wrong(words, why));
                None
            }
        };
        let hand_over_to = optional(self.successor(), str::parse).unwrap_or_else(|_| {
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
    Ok(page(here, &leaving, StatusCode::OK, typed, nothing))
}

fn page(
    here: &ConsoleRequest<'_>,
    leaving: &Leaving,
    status: StatusCode,
    typed: Typed,
    wrong: Mistakes,
) -> Reply {
    let reader = here.reader(&leaving.place);
    let words = &reader.words.console;
    let membership = &leaving.person.membership;
    let title = words.off_board_who(status::name(membership));
    let mut frame = here.frame(&reader, &leaving.place, title, tab(&typed));
    frame.mistakes = wrong.listed();
    let undo_until = reader.deadline(leaving.undo_until).said;
    let choice = |value: &str, label: &str| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        chosen: reason(value) == reason(&typed.why),
    };
    let open = leaving.open_requests.iter().take(LISTED);
    let view = View {
        frame,
        words,
        token: here.token(ACTION),
        happens: wording::happens(words, leaving.open_requests.len(), &undo_until),
        open: open
            .map(|request| (request.key().to_string(), request.summary.to_string()))
            .collect(),
        colleagues: colleagues(words, leaving, &typed),
        more_colleagues: leaving.more_colleagues,
        reasons: vec![
            choice("left", words.why_left),
            choice("not-needed", words.why_not_needed),
            choice("lead", words.why_lead),
        ],
        is_last_lead: leaving.is_last_lead,
        from_review: typed.from_review,
        back: here.path(&below(&leaving.person.handle, typed.from_review)),
        email: membership.email.to_string(),
        typed,
        wrong,
    };
    Reply::page(status, html(&view))
}

fn tab(typed: &Typed) -> ConsoleTab {
    if typed.from_review {
        ConsoleTab::Review
    } else {
        ConsoleTab::People
    }
}

/// The colleagues to choose from, and nobody. The first of them, the acting lead, is chosen until
/// something else is.
fn colleagues(words: &Words, leaving: &Leaving, typed: &Typed) -> Vec<Choice> {
    let first = leaving.colleagues.first();
    let first = first.map(|(email, _)| email.to_string());
    let chosen = typed.hand_over_to.clone().or(first).unwrap_or_default();
    let choice = |value: String, label| Choice {
        chosen: value == chosen,
        value,
        label,
    };
    let colleagues = leaving.colleagues.iter();
    let mut choices: Vec<_> = colleagues
        .map(|(email, name)| {
            let label = match name {
                Some(name) => format!("{name} ({email})"),
                None => email.to_string(),
            };
            choice(email.to_string(), label)
        })
        .collect();
    choices.push(choice(String::new(), words.hand_over_nobody.to_owned()));
    choices
}

/// Tells whether more than access ends at once, so that it is asked once more.
fn is_grave(leaving: &Leaving) -> bool {
    !leaving.open_requests.is_empty() || leaving.person.membership.role == Role::Lead
}

/// The question before access ends at once.
fn confirm(
    here: &ConsoleRequest<'_>,
    leaving: &Leaving,
    typed: Typed,
    asked: &Offboarding,
) -> Reply {
    let reader = here.reader(&leaving.place);
    let words = &reader.words.console;
    let membership = &leaving.person.membership;
    let who = status::name(membership);
    let count = leaving.open_requests.len();
    let successor = asked.hand_over_to.as_ref().map(|to| {
        let mut known = leaving.colleagues.iter();
        let name = known.find(|(email, _)| email == to);
        let name = name.and_then(|(_, name)| name.as_ref());
        name.map_or_else(|| to.to_string(), ToString::to_string)
    });
    let requests = (count > 0).then(|| match successor {
        Some(to) => words.requests_go(with::Count(count), with::To(&to)),
        None => words.requests_stay(count),
    });
    let org = leaving.place.org.name.as_str();
    let is_lead = membership.role == Role::Lead;
    let undo_until = reader.deadline(leaving.undo_until).said;
    let happens = std::iter::once(words.happens_access.to_owned())
        .chain(requests)
        .chain(is_lead.then(|| words.happens_lead(org)))
        .chain([words.happens_undo(&undo_until)]);
    let title = words.confirm_off_board(&who);
    let view = Confirm {
        frame: here.frame(&reader, &leaving.place, title, tab(&typed)),
        words,
        token: here.token(ACTION),
        email: membership.email.to_string(),
        happens: happens.collect(),
        from_review: typed.from_review,
        back: here.path(&below(&leaving.person.handle, typed.from_review)),
        typed,
    };
    Reply::page(StatusCode::OK, html(&view))
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
    let mut typed = Typed::of(&fields);
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
        let wrong = Mistakes::of_all(wording::wrong(&reader.words.console, Wrong::Stale));
        let (leaving, status) = (leaving().await?, StatusCode::FORBIDDEN);
        return Ok(page(here, &leaving, status, typed, wrong));
    };
    let asked = match typed.asked(here, &reader) {
        Ok(asked) => asked,
        Err(wrong) => {
            let (leaving, status) = (leaving().await?, StatusCode::UNPROCESSABLE_ENTITY);
            return Ok(page(here, &leaving, status, typed, wrong));
        }
    };
    if asked.at.is_none() && !typed.confirmed {
        let leaving = leaving().await?;
        if is_grave(&leaving) && leaving.person.membership.holds_seat() {
            return Ok(confirm(here, &leaving, typed, &asked));
        }
    }
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
            Ok(here.done_to(&below, done, handle))
        }
        Ok(Settled::Unchanged(())) => Ok(here.done_to(&below, Done::Unchanged, handle)),
        Err(Stop::Refused(refusal)) => {
            let words = wording::refused(reader.words, &refusal);
            let (status, wrong) = if refusal.code == Code::HandOverToNotAMember {
                let wrong = Mistakes {
                    hand_over_to: Some(words),
                    ..Mistakes::default()
                };
                (StatusCode::UNPROCESSABLE_ENTITY, wrong)
            } else {
                (StatusCode::CONFLICT, Mistakes::of_all(words))
            };
            let page = page(here, &leaving().await?, status, typed, wrong);
            Ok(page.after_refusal(&refusal))
        }
        Err(stop) => Err(stop),
    }
}
