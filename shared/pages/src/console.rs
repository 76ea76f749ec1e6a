//! The console of an organisation's lead.

mod export;
mod history;
mod invite;
mod invite_many;
mod off_board;
mod person;
mod request;
mod review;
mod role;
mod roster;
mod status;
pub(crate) mod table;
mod upload;

use app::{Caller, path::Stop};
use domain::OrgId;

use crate::{
    http::{ask::Ask, cookies, reply::Reply},
    page,
};
use request::ConsoleRequest;
pub(crate) use request::actor;

/// Answers at `/console/{org}` and below. A page that the caller may not see is not there.
pub(crate) async fn answer(ask: &Ask<'_>, org: &str, rest: &[&str]) -> Result<Reply, Stop> {
    let reader = ask.reader();
    let Ok(org) = org.parse::<OrgId>() else {
        return Ok(page::not_found(&reader));
    };
    let Some(caller) = caller(ask, &org).await? else {
        return Ok(page::no_session(&reader));
    };
    let here = ConsoleRequest {
        ask,
        caller: &caller,
        org: &org,
    };
    let reply = if ask.acts() {
        Box::pin(done(&here, rest)).await
    } else {
        Box::pin(shown(&here, rest)).await
    };
    match reply {
        Ok(reply) => Ok(ask.keeping(&caller, reply)),
        // A console that is closed to its caller looks like one that is not there, and the browser
        // keeps no session over it.
        Err(Stop::Closed) => {
            let mut reply = page::not_found(&ask.reader_for(&caller).await?);
            reply.cookies.push(cookies::forget(&cookies::console(&org)));
            Ok(reply)
        }
        Err(Stop::Gone) => Ok(page::not_found(&ask.reader_for(&caller).await?)),
        Err(stop) => Err(stop),
    }
}

/// The session over this console; for somebody with one over all that is their own, who leads the
/// organisation, a new one.
async fn caller(ask: &Ask<'_>, org: &OrgId) -> Result<Option<Caller>, Stop> {
    if let Some(caller) = ask.caller(&cookies::console(org)) {
        return Ok(Some(caller));
    }
    match ask.caller(&cookies::own()) {
        Some(own) => Ok(ask.site.sessions.console(&own, org).await?),
        None => Ok(None),
    }
}

/// Shows a page, for a GET or HEAD. Nothing that is called from here writes.
async fn shown(here: &ConsoleRequest<'_>, rest: &[&str]) -> Result<Reply, Stop> {
    match *rest {
        [] => roster::show(here).await,
        ["people.csv"] => roster::download(here).await,
        ["people", handle] => person::show(here, handle).await,
        ["people", handle, "off-board"] => off_board::show(here, handle).await,
        ["people", handle, "role"] => role::show(here, handle).await,
        ["invite"] => invite::show(here).await,
        ["invite-many"] => invite_many::show(here).await,
        ["invite-many", id] => invite_many::list(here, id).await,
        ["review"] => review::show(here).await,
        ["history"] => history::show(here).await,
        _ => Err(Stop::Gone),
    }
}

/// Does what a POST asks for.
async fn done(here: &ConsoleRequest<'_>, rest: &[&str]) -> Result<Reply, Stop> {
    match *rest {
        ["people", handle] => Box::pin(person::act(here, handle)).await,
        ["people", handle, "off-board"] => Box::pin(off_board::act(here, handle)).await,
        ["invite"] => Box::pin(invite::act(here)).await,
        ["invite-many"] => Box::pin(invite_many::bring(here)).await,
        ["invite-many", id] => Box::pin(invite_many::work(here, id)).await,
        ["review"] => Box::pin(review::answer(here)).await,
        _ => Err(Stop::Gone),
    }
}
