//! A person's requests.

use app::{AppError, Caller};
use domain::RequestRef;

use crate::{
    http::{ask::Ask, cookies, posted, reply::Reply},
    link, page,
};

/// Answers at `/requests` and below.
pub(crate) async fn answer(ask: &Ask<'_>, rest: &[&str]) -> Result<Reply, AppError> {
    let reader = ask.reader();
    let cookie = match rest {
        [] => cookies::own(),
        [desk, key] => match (desk.parse(), key.parse()) {
            (Ok(desk), Ok(key)) => cookies::request(&RequestRef { desk, key }),
            _ => return Ok(page::not_found(&reader)),
        },
        _ => return Ok(page::not_found(&reader)),
    };
    let Some(caller) = ask.caller(&cookie) else {
        return Ok(page::no_session(&reader));
    };
    let reply = if ask.acts() {
        act(ask, &caller).await?
    } else {
        link::visit(&reader, &ask.site.visits.show_to(&caller).await?)
    };
    Ok(ask.keeping(&caller, reply))
}

async fn act(ask: &Ask<'_>, caller: &Caller) -> Result<Reply, AppError> {
    let reader = ask.reader();
    Ok(match posted::wish(ask.request) {
        Ok(posted) => {
            let visit = ask.site.visits.act_as(caller, &posted.wish, &posted.token);
            link::visit(&reader, &visit.await?)
        }
        Err(no_form) => page::no_form(&reader, no_form),
    })
}
