//! One person's page, and what is done from it.

use app::{
    console::{Act, Kind, PersonView},
    path::{Settled, Stop},
};
use askama::Template;
use domain::{EmailAddress, Refusal, Role, Timestamp, membership::State};
use lambda_http::http::StatusCode;
use url::form_urlencoded::byte_serialize;

use super::{
    history::{Day, Teller},
    request::{ConsoleRequest, ConsoleTab, actor, end_of_day, last_day},
    roster, status,
};
use words::file::Console as Words;

use crate::{
    feedback::Mistake,
    http::{fields::Fields, reply::Reply},
    page::{Fact, Frame, Said, html},
    reader::Reader,
    wording::console::{self as wording, Done, Wrong},
};

/// The action of this page's forms.
pub(super) const ACTION: &str = "console/act";
/// The wish of the button that lets mail be sent again.
const MAIL_WORKS: &str = "mail-works";

#[derive(Template)]
#[template(path = "console/person.html")]
struct View {
    frame: Frame,
    words: &'static Words,
    email: String,
    /// Their marks: a lead, the reader.
    marks: Vec<&'static str>,
    /// The reason why mail does not reach them, or not all of it.
    stopped: Option<&'static str>,
    exempt: bool,
    facts: Vec<Fact>,
    /// The change of their role.
    role: Option<RoleChange>,
    off_board: Option<String>,
    buttons: Vec<Button>,
    extend: Option<Extend>,
    invite_again: Option<String>,
    last_lead: bool,
    /// The latest of what happened.
    days: Vec<Day>,
    /// The address of the rest.
    history: String,
    people: String,
}

/// A button, with what it does.
struct Button {
    token: String,
    act: &'static str,
    label: &'static str,
    hint: Option<&'static str>,
}

/// The way to the question before somebody's role changes.
struct RoleChange {
    to: String,
    label: &'static str,
    hint: &'static str,
}

/// The form that moves the end of access.
struct Extend {
    token: String,
    /// The end as it is.
    now: String,
    has_end: bool,
    date: String,
    wrong: Option<&'static str>,
}

/// A person's page.
pub(super) async fn show(here: &ConsoleRequest<'_>, handle: &str) -> Result<Reply, Stop> {
    let view = here.console().person(here.caller, here.org, handle).await?;
    Ok(page(here, &view, StatusCode::OK, None, None))
}

fn page(
    here: &ConsoleRequest<'_>,
    view: &PersonView,
    status: StatusCode,
    refused: Option<&Refusal>,
    wrong: Option<(&str, &'static str)>,
) -> Reply {
    let (place, person) = (&view.place, &view.person);
    let reader = here.reader(place);
    let (words, membership) = (&&reader.words.console, &person.membership);
    let mut frame = here.frame(&reader, place, status::name(membership), ConsoleTab::People);
    let done = here.ask.query().one("done").and_then(Done::of);
    frame.done = done
        .filter(|_| refused.is_none() && wrong.is_none())
        .map(|done| status::of(here, &reader, done, view));
    let refused = refused.map(|refusal| wording::refused(reader.words, refusal));
    frame.mistakes = refused.into_iter().map(Mistake::of_all).collect();
    let wrong_date = wrong.map(|(_, says)| Mistake::at("until", says));
    frame.mistakes.extend(wrong_date);
    let below = |below: &str| here.path(&format!("/people/{}{below}", person.handle));
    let holds_seat = membership.holds_seat() || matches!(membership.state, State::Proposed { .. });
    let is_gone = matches!(
        membership.state,
        State::OffBoarded { .. } | State::Closed { .. }
    );
    let is_lead = membership.role == Role::Lead;
    let marks = [(is_lead, words.lead), (view.is_caller, words.you)];
    let marks = marks.into_iter().filter(|(is_so, _)| *is_so);
    let marks = marks.map(|(_, mark)| mark).collect();
    let who: String = byte_serialize(membership.email.as_str().as_bytes()).collect();
    let teller = Teller::new(here, &reader, place.desk.as_ref(), &view.named);
    let recent: Vec<_> = view.recent.iter().map(|record| &record.entry).collect();
    let view = View {
        frame,
        words,
        marks,
        stopped: person
            .deliverability
            .stopped()
            .map(|why| wording::stopped(words, why)),
        exempt: membership.exempt,
        facts: facts(view, &reader, here.caller.now),
        role: role_change(view, words, below("/role"), here.caller.now),
        off_board: (holds_seat && !view.is_last_lead).then(|| below("/off-board")),
        buttons: buttons(here, view, words),
        extend: extend(here, view, &reader, wrong),
        invite_again: is_gone.then(|| here.path("/invite")),
        last_lead: view.is_last_lead,
        days: teller.days(&recent),
        history: here.path(&format!("/history?who={who}")),
        people: here.path(""),
        email: membership.email.to_string(),
    };
    Reply::page(status, html(&view))
}

/// The form that moves the end of access, for those who have access or are invited.
fn extend(
    here: &ConsoleRequest<'_>,
    view: &PersonView,
    reader: &Reader,
    wrong: Option<(&str, &'static str)>,
) -> Option<Extend> {
    let membership = &view.person.membership;
    let now = here.caller.now;
    if !membership.has_access(now) && !membership.awaits_acceptance(now) {
        return None;
    }
    let ends = membership.ends_at();
    let known = || ends.map(|at| last_day(at, reader)).unwrap_or_default();
    let never = || reader.words.console.no_end_now.to_owned();
    Some(Extend {
        token: here.token(ACTION),
        now: ends.map_or_else(never, |at| reader.deadline(at).said),
        has_end: ends.is_some(),
        date: wrong.map_or_else(known, |(typed, _)| typed.to_owned()),
        wrong: wrong.map(|(_, why)| why),
    })
}

/// The change of somebody's role that could be made.
fn role_change(view: &PersonView, words: &Words, to: String, now: Timestamp) -> Option<RoleChange> {
    let membership = &view.person.membership;
    if !membership.has_access(now) || view.is_last_lead {
        return None;
    }
    let (label, hint) = match membership.role {
        Role::Member => (words.make_lead, words.make_lead_hint),
        Role::Lead if view.is_caller => (words.step_down, words.step_down_hint),
        Role::Lead => (words.make_member, words.make_member_hint),
    };
    Some(RoleChange { to, label, hint })
}

/// The one line about the end of access, with the way to change it. Somebody who was warned may
/// lose access earlier.
fn access_ends(view: &PersonView, reader: &Reader, now: Timestamp) -> Option<Fact> {
    let (words, membership) = (&reader.words.console, &view.person.membership);
    if !membership.has_access(now) && !membership.awaits_acceptance(now) {
        return None;
    }
    let fact = match membership.ends_at() {
        Some(at) => Fact::deadline(reader, words.access_ends, at),
        None => Fact::text(words.access_ends, &words.no_end_now),
    };
    let change = Some(("#access-ends".to_owned(), words.change_end));
    Some(Fact { change, ..fact })
}

fn facts(view: &PersonView, reader: &Reader, now: Timestamp) -> Vec<Fact> {
    let (words, membership) = (&&reader.words.console, &view.person.membership);
    let mut facts = vec![
        Fact::text(words.email, &membership.email),
        Fact::text(words.state, &roster::state(membership, reader)),
        Fact::day(reader, words.since, roster::since(membership)),
    ];
    let until = match &membership.state {
        State::Active => None,
        State::Warned { grace_until, .. } => Some((words.quiet_until, *grace_until)),
        State::Proposed { .. }
        | State::Invited { .. }
        | State::OffBoarded { .. }
        | State::Closed { .. } => roster::until(membership, words),
    };
    facts.extend(until.map(|(label, at)| Fact::deadline(reader, label, at)));
    facts.extend(access_ends(view, reader, now));
    let went = status::requests_went(words, view);
    facts.extend(went.map(|went| Fact::text(words.open_requests, &went)));
    facts.push(match view.person.last_active {
        Some(at) => Fact::past(reader, words.last_active, at),
        None => Fact::text(words.last_active, &words.never),
    });
    let invited_by = actor(&membership.invited_by, words);
    facts.push(Fact::text(words.invited_by, &invited_by));
    facts
}

/// The acts that are possible in a person's state.
fn buttons(here: &ConsoleRequest<'_>, view: &PersonView, words: &Words) -> Vec<Button> {
    let membership = &view.person.membership;
    let mut buttons = Vec::new();
    let mut button = |act, label, hint| {
        buttons.push(Button {
            token: here.token(ACTION),
            act,
            label,
            hint,
        });
    };
    match Kind::of(membership) {
        Kind::Invited => {
            button("resend", words.resend, Some(words.resend_hint));
            button("withdraw", words.withdraw, Some(words.withdraw_hint));
        }
        Kind::Proposed => button("withdraw", words.withdraw, Some(words.withdraw_hint)),
        Kind::OffBoarded => button("restore", words.restore, Some(words.restore_hint)),
        Kind::Warned => button("keep", words.keep, Some(words.keep_hint)),
        Kind::Active | Kind::Leaving | Kind::Closed => {}
    }
    if membership.holds_seat() && view.person.deliverability.is_unreachable() {
        button(MAIL_WORKS, words.mail_works, Some(words.mail_works_hint));
    }
    let now = here.caller.now;
    let comes = membership.leaving.as_ref().is_some_and(|l| now < l.at);
    if comes {
        button("cancel-leaving", words.cancel_leaving, None);
    }
    if membership.has_access(here.caller.now) {
        if membership.exempt {
            button(
                "not-exempt",
                words.make_not_exempt,
                Some(words.make_not_exempt_hint),
            );
        } else {
            button("exempt", words.make_exempt, Some(words.make_exempt_hint));
        }
    }
    buttons
}

/// The wish of a form, and the notice after it.
fn wish(fields: &Fields, here: &ConsoleRequest<'_>, reader: &Reader) -> Wish {
    let (act, done) = match fields.one("act").unwrap_or_default() {
        "restore" => (Act::Restore, Done::Restored),
        "withdraw" => (Act::Withdraw, Done::Withdrawn),
        "resend" => (Act::Resend, Done::Resent),
        "keep" => (Act::Keep, Done::Kept),
        "cancel-leaving" => (Act::CancelLeaving, Done::LeavingCancelled),
        "lead" => (Act::SetRole(Role::Lead), Done::NowLead),
        "member" => (Act::SetRole(Role::Member), Done::NowMember),
        "exempt" => (Act::SetExempt(true), Done::NowExempt),
        "not-exempt" => (Act::SetExempt(false), Done::NotExempt),
        MAIL_WORKS => return Wish::MailWorks,
        "no-end" => (Act::ExtendAccess(None), Done::NoEnd),
        "extend" => {
            let typed = fields.one("until").unwrap_or_default();
            let until = end_of_day(typed, reader, here.caller.now);
            match until.and_then(|until| until.ok_or(Wrong::Date)) {
                Ok(until) => (Act::ExtendAccess(Some(until)), Done::Extended),
                Err(wrong) => {
                    return Wish::Wrong(
                        typed.to_owned(),
                        wording::wrong(&reader.words.console, wrong),
                    );
                }
            }
        }
        _ => return Wish::None,
    };
    Wish::Act(act, done)
}

enum Wish {
    Act(Act, Done),
    MailWorks,
    Wrong(String, &'static str),
    None,
}

/// Does what a form asks for.
pub(super) async fn act(here: &ConsoleRequest<'_>, handle: &str) -> Result<Reply, Stop> {
    let (fields, posted) = match here.posted(ACTION) {
        Ok(posted) => posted,
        Err(reply) => return Ok(*reply),
    };
    let console = here.console();
    let named = fields.one("email");
    let email = named
        .and_then(|typed| typed.parse::<EmailAddress>().ok())
        .filter(|email| console.stands_for(handle, email))
        .ok_or(Stop::Gone)?;
    let email = &email;
    // Whoever is not a lead any more learns nothing about anybody.
    let view = console.person_of(here.caller, here.org, email).await?;
    let reader = here.reader(&view.place);
    let by = (here.caller, &posted);
    let (settled, done, steps_down) = match wish(&fields, here, &reader) {
        Wish::Act(act, done) => {
            let steps_down = view.is_caller && act == Act::SetRole(Role::Member);
            let settled = console.act(by, here.org, email, act).await;
            (settled, done, steps_down)
        }
        Wish::MailWorks => {
            let settled = console.mail_works(by, here.org, email).await;
            (settled, Done::MailWorks, false)
        }
        Wish::Wrong(typed, why) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(page(here, &view, status, None, Some((&typed, why))));
        }
        Wish::None => return Err(Stop::Gone),
    };
    let below = format!("/people/{handle}");
    match settled {
        // The console is closed to whoever stepped down: there is no page to go on to.
        Ok(_) if steps_down => {
            let said = Said::new(&reader, &reader.words.console.stepped_down);
            Ok(said.reply(StatusCode::OK))
        }
        Ok(Settled::Done(()) | Settled::DoneBefore) => Ok(here.done(&below, done)),
        Ok(Settled::Unchanged(())) => Ok(here.done(&below, Done::Unchanged)),
        Err(Stop::Refused(refusal)) => {
            let view = console.person_of(here.caller, here.org, email).await?;
            let page = page(here, &view, StatusCode::CONFLICT, Some(&refusal), None);
            Ok(page.after_refusal(&refusal))
        }
        Err(stop) => Err(stop),
    }
}
