//! The question before somebody becomes a lead, or stops being one.

use app::path::Stop;
use askama::Template;
use domain::Role;
use lambda_http::http::StatusCode;

use super::{
    person::ACTION,
    request::{ConsoleRequest, ConsoleTab},
    status,
};
use words::file::Console as Words;

use crate::{
    http::reply::Reply,
    page::{Frame, html},
};

#[derive(Template)]
#[template(path = "console/role.html")]
struct View {
    frame: Frame,
    words: &'static Words,
    token: String,
    email: String,
    happens: Vec<String>,
    act: &'static str,
    label: &'static str,
    is_danger: bool,
    person: String,
}

/// The page that asks.
pub(super) async fn show(here: &ConsoleRequest<'_>, handle: &str) -> Result<Reply, Stop> {
    let view = here.console().person(here.caller, here.org, handle).await?;
    let membership = &view.person.membership;
    if !membership.has_access(here.caller.now) || view.is_last_lead {
        return Err(Stop::Gone);
    }
    let reader = here.reader(&view.place);
    let words = &reader.words.console;
    let who = status::name(membership);
    let org = view.place.org.name.as_str();
    let (title, act, label, happens) = match membership.role {
        Role::Member => (
            words.confirm_lead(&who),
            "lead",
            words.make_lead,
            vec![words.lead_may(org), words.lead_is_mailed.to_owned()],
        ),
        Role::Lead if view.is_caller => (
            words.confirm_step_down(org),
            "member",
            words.step_down,
            vec![
                words.step_down_hint.to_owned(),
                words.step_down_no_way_back.to_owned(),
            ],
        ),
        Role::Lead => (
            words.confirm_member(&who),
            "member",
            words.make_member,
            vec![words.make_member_hint.to_owned()],
        ),
    };
    let page = View {
        frame: here.frame(&reader, &view.place, title, ConsoleTab::People),
        words,
        token: here.token(ACTION),
        email: membership.email.to_string(),
        happens,
        act,
        label,
        is_danger: membership.role == Role::Lead,
        person: here.path(&format!("/people/{}", view.person.handle)),
    };
    Ok(Reply::page(StatusCode::OK, html(&page)))
}
