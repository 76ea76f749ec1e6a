//! The console of an organisation's lead.

use app::AppError;
use domain::OrgId;

use crate::{
    http::{ask::Ask, cookies, reply::Reply},
    link, page,
};

/// Answers at `/console/{org}` and below.
pub(crate) async fn answer(ask: &Ask<'_>, org: &str, rest: &[&str]) -> Result<Reply, AppError> {
    let reader = ask.reader();
    let Ok(org) = org.parse::<OrgId>() else {
        return Ok(page::not_found(&reader));
    };
    let Some(caller) = ask.caller(&cookies::console(&org)) else {
        return Ok(page::no_session(&reader));
    };
    if ask.acts() || !matches!(rest, [] | ["review"]) {
        return Ok(page::not_found(&reader));
    }
    let visit = ask.site.visits.show_to(&caller).await?;
    Ok(ask.keeping(&caller, link::visit(&reader, &visit)))
}
