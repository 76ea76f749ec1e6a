//! The question before a link's session takes the place of somebody else's.

use app::Caller;
use askama::Template;
use lambda_http::http::StatusCode;
use words::with;

use super::entrance;
use crate::{
    http::reply::Reply,
    page::{Frame, html},
    reader::Reader,
};

#[derive(Template)]
#[template(path = "link/instead.html")]
struct View {
    frame: Frame,
    lead: String,
    go_on: String,
    token: String,
    /// The page on which whoever is signed in stays.
    stay: String,
}

/// Asks whoever is signed in whether to go on as the holder of a link. `form` is the token of the
/// form that goes on.
pub(crate) fn page(
    reader: &Reader,
    (signed_in, holder): (&Caller, &Caller),
    form: String,
) -> Reply {
    let words = &reader.words.link;
    let (now, then) = (signed_in.email().as_str(), holder.email().as_str());
    let page = View {
        frame: Frame::new(reader, words.instead),
        lead: words.instead_lead(with::Known(now), with::Other(then)),
        go_on: words.go_on(then),
        token: form,
        stay: entrance(signed_in),
    };
    Reply::page(StatusCode::OK, html(&page))
}
