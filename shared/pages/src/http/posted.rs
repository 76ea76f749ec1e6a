//! Posted forms.

use app::visit::Wish;
use domain::{EmailAddress, request::Decision, text::Reason};
use lambda_http::Request;

use super::fields::Fields;

/// The most bytes that a form may have. The longest reason takes 6,000 of them: 500 characters of
/// four bytes each, all percent-encoded.
pub(crate) const MAX_BODY: usize = 8 * 1_024;

/// The reason why a body is no form of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoForm {
    /// It is larger than any form.
    TooLarge,
    /// It is of another kind, has other fields, or has values that they cannot have.
    NotAForm,
    /// The reason is too long, or has marks that reorder the text around them.
    BadReason,
}

/// A posted form of a link's page.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Posted {
    /// The wish.
    pub(crate) wish: Wish,
    /// The form's token.
    pub(crate) token: String,
}

/// Reads a form of a link's page. A field that comes twice would say two things, and so nothing.
pub(crate) fn wish(request: &Request) -> Result<Posted, NoForm> {
    let fields = Fields::of_body(request, MAX_BODY)?;
    let why = fields.one("why");
    let wish = match fields.one("wish") {
        Some("yes") => Wish::Yes,
        Some("no") => Wish::No,
        Some("stop") => Wish::Stop,
        Some("approve") => answer(Decision::Approved, why)?,
        Some("decline") => answer(Decision::Declined, why)?,
        Some(_) | None => return Err(NoForm::NotAForm),
    };
    let token = fields.one("token").ok_or(NoForm::NotAForm)?.to_owned();
    Ok(Posted { wish, token })
}

fn answer(decision: Decision, why: Option<&str>) -> Result<Wish, NoForm> {
    // A reason is one line, and people press Enter.
    let line = |why: &str| why.split_whitespace().collect::<Vec<_>>().join(" ");
    let reason = match why.map(line).filter(|why| !why.is_empty()) {
        Some(why) => Some(Reason::new(&why).map_err(|_| NoForm::BadReason)?),
        None => None,
    };
    Ok(Wish::Answer { decision, reason })
}

/// Tells whether a link's form asks for something of its own, and holds nothing that somebody typed.
pub(crate) fn has_wish(request: &Request) -> bool {
    let fields = Fields::of_body(request, MAX_BODY);
    fields.is_ok_and(|fields| fields.one("wish").is_some())
}

/// The token of a form that asks for a new link in the place of one that is over.
pub(crate) fn renewal(request: &Request) -> Option<String> {
    token_for("renew", request)
}

/// The token of a form that goes on as somebody else.
pub(crate) fn entrance(request: &Request) -> Option<String> {
    token_for("enter", request)
}

fn token_for(wish: &str, request: &Request) -> Option<String> {
    let fields = Fields::of_body(request, MAX_BODY).ok()?;
    (fields.one("wish") == Some(wish)).then(|| fields.one("token").map(str::to_owned))?
}

/// Reads the form that asks for a link: the address, or what stood in its place.
pub(crate) fn email(request: &Request) -> Result<Result<EmailAddress, String>, NoForm> {
    let fields = Fields::of_body(request, MAX_BODY)?;
    let typed = fields.one("email").ok_or(NoForm::NotAForm)?.trim();
    Ok(typed.parse().map_err(|_| typed.to_owned()))
}
