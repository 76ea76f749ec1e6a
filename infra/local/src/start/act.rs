//! The acts of the start page.

use std::sync::Arc;

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, header};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::{PATH, failed};
use crate::clock::real_now;
use crate::local::{Local, LocalError, Move};
use crate::ses::feedback::{Kind, Report};

/// The names of the cookies that hold sessions begin with this (`shared/pages`).
const SESSION: &str = "__Host-";

#[derive(Deserialize)]
pub(super) struct Somebody {
    r#as: String,
}

/// Opens the pages as somebody, in the place of whoever this browser had opened them as.
pub(super) async fn open(
    State(local): State<Arc<Local>>,
    Query(somebody): Query<Somebody>,
    headers: HeaderMap,
) -> Response {
    match link(&local, &somebody.r#as).await {
        Ok(link) => {
            let mut response = Redirect::to(&link).into_response();
            for name in sessions(&headers) {
                let forget = format!("{name}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax");
                if let Ok(forget) = forget.parse() {
                    response.headers_mut().append(header::SET_COOKIE, forget);
                }
            }
            response
        }
        Err(error) => failed(&error),
    }
}

async fn link(local: &Local, email: &str) -> Result<String, LocalError> {
    let nobody = || LocalError::Body(format!("`{email}` cannot be opened"));
    let cast = local.cast().ok_or_else(nobody)?;
    let email = email.trim().parse().map_err(|_| nobody())?;
    cast.link(&email).await.map_err(|error| {
        tracing::error!(%error, "the tables could not be read");
        nobody()
    })
}

/// The names of the sessions that the browser keeps.
fn sessions(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let lines = headers.get_all(header::COOKIE).iter();
    lines
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .map(|(name, _)| name)
        .filter(|name| name.starts_with(SESSION))
}

/// A button of the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum By {
    Nothing,
    Day,
    Week,
    Quarter,
    Back,
}

#[derive(Deserialize)]
pub(super) struct Clock {
    by: By,
}

/// Moves the clock, and comes back when everything that was due has been done.
pub(super) async fn move_clock(
    State(local): State<Arc<Local>>,
    Form(clock): Form<Clock>,
) -> Response {
    let before = local.mailbox.count();
    let moved = match clock.by {
        By::Nothing => local.catch_up().await,
        By::Day => moved(&local, ahead("P1D", None)).await,
        // A day at a time, so that reminders leave when they would have left.
        By::Week => moved(&local, ahead("P7D", Some("P1D"))).await,
        By::Quarter => moved(&local, ahead("P91D", Some("P1D"))).await,
        By::Back => {
            let now = Move {
                advance: None,
                set: Some(real_now()),
                step: None,
            };
            moved(&local, now).await
        }
    };
    match moved {
        Ok(()) => {
            let mails = local.mailbox.count().saturating_sub(before);
            Redirect::to(&format!("{PATH}?did=clock&mails={mails}")).into_response()
        }
        Err(error) => failed(&error),
    }
}

fn ahead(by: &str, step: Option<&str>) -> Move {
    Move {
        advance: Some(by.to_owned()),
        set: None,
        step: step.map(str::to_owned),
    }
}

async fn moved(local: &Local, to: Move) -> Result<(), LocalError> {
    local.move_clock(&to).await.map(drop)
}

#[derive(Deserialize)]
pub(super) struct Reported {
    email: String,
    what: What,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
enum What {
    Gone,
    Full,
    Spam,
}

/// Reports a bounce or a complaint about the newest mail to somebody.
pub(super) async fn report(
    State(local): State<Arc<Local>>,
    Form(reported): Form<Reported>,
) -> Response {
    let (kind, subtype) = match reported.what {
        What::Gone => (Kind::Bounce, Some("Permanent")),
        What::Full => (Kind::Bounce, Some("Transient")),
        What::Spam => (Kind::Complaint, None),
    };
    let report = Report {
        kind,
        email: reported.email,
        message: None,
        subtype: subtype.map(str::to_owned),
        detail: None,
        id: None,
    };
    match local.report(&report).await {
        Ok(_) => Redirect::to(&format!("{PATH}?did=report")).into_response(),
        Err(error) => failed(&error),
    }
}

/// Puts the faults of the form in force: each field is named `service.fault` and holds a share.
pub(super) async fn set_faults(
    State(local): State<Arc<Local>>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Response {
    match wanted(&fields).and_then(|faults| {
        let set = local.faults.set(faults);
        set.map_err(|error| LocalError::Body(error.to_string()))
    }) {
        Ok(()) => Redirect::to(&format!("{PATH}?did=faults#faults")).into_response(),
        Err(error) => failed(&error),
    }
}

fn wanted(fields: &[(String, String)]) -> Result<crate::fault::Faults, LocalError> {
    let mut services = Map::new();
    for (name, share) in fields {
        let unknown = || LocalError::Body(format!("`{name}` is no fault"));
        let (service, fault) = name.split_once('.').ok_or_else(unknown)?;
        let share: f64 = share.parse().map_err(|_| unknown())?;
        let of = services.entry(service).or_insert_with(|| json!({}));
        of[fault] = json!(share);
    }
    serde_json::from_value(Value::Object(services))
        .map_err(|error| LocalError::Body(error.to_string()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use super::*;

    #[test]
    fn fields_name_a_service_and_a_fault_of_it() {
        let field = |name: &str, share: &str| (name.to_owned(), share.to_owned());
        let fields = [field("ses.throttle", "0.3"), field("dynamodb.cut", "0")];
        let faults = wanted(&fields).unwrap();
        assert!((faults.ses.throttle - 0.3).abs() < f64::EPSILON);
        for (name, share) in [("ses", "1"), ("ses.throttle", "often"), ("s3.fail", "1")] {
            assert!(wanted(&[field(name, share)]).is_err(), "{name}={share}");
        }
    }
}
