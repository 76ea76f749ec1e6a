//! What an address means, and what each method does there.

use app::{
    AppError, Visits, http,
    visit::{Done, View},
};
use lambda_http::{
    Body, Request, RequestExt, Response,
    http::{Method, StatusCode},
};

use crate::{
    pages,
    posted::{self, NoForm},
    reply::Reply,
};

/// After how many seconds to try again when the tables did not answer.
const RETRY_AFTER: u32 = 5;

/// What an address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Address<'a> {
    /// `/l/{token}`: a link.
    Link(&'a str),
    /// `/unsubscribe/{token}`: where mail programs unsubscribe their readers.
    OneClick(&'a str),
    /// `/send-link`: the form that asks for a link.
    SendLink,
    /// `/requests/{desk}/{key}`: a request, for somebody with a session.
    Request,
    /// Nothing.
    Nothing,
}

impl<'a> Address<'a> {
    fn of(path: &'a str) -> Self {
        let mut parts = path.strip_prefix('/').unwrap_or(path).split('/');
        let parts = [(); 4].map(|()| parts.next());
        match parts {
            [Some("l"), Some(token), None, None] => Self::Link(token),
            [Some("unsubscribe"), Some(token), None, None] => Self::OneClick(token),
            [Some("send-link"), None, None, None] => Self::SendLink,
            [Some("requests"), Some(_), Some(_), None] => Self::Request,
            _ => Self::Nothing,
        }
    }

    /// The methods it takes.
    fn allow(self) -> &'static str {
        match self {
            Self::OneClick(_) => "POST",
            Self::Link(_) | Self::SendLink | Self::Request | Self::Nothing => "GET, HEAD, POST",
        }
    }
}

/// Answers a request. Whatever comes, there is an answer.
pub(crate) async fn answer(visits: &Visits, request: &Request) -> Response<Body> {
    let path = request.raw_http_path().to_owned();
    let address = Address::of(&path);
    let reply = match *request.method() {
        Method::GET | Method::HEAD => shown(visits, address).await,
        Method::POST => done(visits, address, request).await,
        _ => Ok(not_allowed(address)),
    };
    let reply = reply.unwrap_or_else(|error| {
        tracing::error!(
            error = &error as &dyn std::error::Error,
            retryable = error.retryable(),
            "visit not served"
        );
        Reply {
            retry_after: Some(RETRY_AFTER),
            ..pages::unavailable()
        }
    });
    tracing::info!(
        http.method = request.method().as_str(),
        http.status = reply.status.as_u16(),
        request.id = http::request_id(request),
        "visit"
    );
    reply.response(request.method())
}

/// What a GET or HEAD shows. Nothing that is called from here writes.
async fn shown(visits: &Visits, address: Address<'_>) -> Result<Reply, AppError> {
    Ok(match address {
        Address::Link(token) => pages::visit(&visits.show(token).await?),
        Address::SendLink => pages::send_link(),
        // Requests by their address are for those with a session, and no page begins one yet: for
        // everybody it is as if there were none.
        Address::Request | Address::Nothing => pages::not_found(),
        Address::OneClick(_) => not_allowed(address),
    })
}

/// What a POST does.
async fn done(visits: &Visits, address: Address<'_>, request: &Request) -> Result<Reply, AppError> {
    match address {
        Address::Link(token) => match posted::wish(request) {
            Ok(posted) => {
                let visit = visits.act(token, &posted.wish, &posted.token).await?;
                Ok(pages::visit(&visit))
            }
            Err(no_form) => Ok(pages::no_form(no_form)),
        },
        Address::OneClick(token) => one_click(visits, token, request).await,
        Address::SendLink => send_link(visits, request).await,
        Address::Request | Address::Nothing => Ok(pages::not_found()),
    }
}

/// Answers a mail program, which reads the status alone.
async fn one_click(visits: &Visits, token: &str, request: &Request) -> Result<Reply, AppError> {
    if !posted::is_one_click(request) {
        return Ok(Reply::bare(StatusCode::BAD_REQUEST));
    }
    let view = visits.stop_by_one_click(token).await?;
    Ok(Reply::bare(pages::status(&view)))
}

/// Mails the link. The answer is the same for every address.
async fn send_link(visits: &Visits, request: &Request) -> Result<Reply, AppError> {
    let email = match posted::email(request) {
        Ok(Ok(email)) => email,
        Ok(Err(typed)) => return Ok(pages::not_an_address(&typed)),
        Err(NoForm::BadReason | NoForm::NotAForm) => return Ok(pages::not_an_address("")),
        Err(no_form @ NoForm::TooLarge) => return Ok(pages::no_form(no_form)),
    };
    let caller = http::source_address(request).map(|address| address.to_string());
    let caller = caller.as_deref().unwrap_or("unknown");
    Ok(match visits.mail_my_link(&email, caller).await? {
        None => pages::visit(&View::Done(Done::LinkMailed).into()),
        Some(retry_after) => Reply {
            retry_after: Some(
                u32::try_from(retry_after.as_secs())
                    .unwrap_or(RETRY_AFTER)
                    .max(1),
            ),
            ..pages::too_many()
        },
    })
}

fn not_allowed(address: Address<'_>) -> Reply {
    Reply {
        allow: Some(address.allow()),
        ..pages::not_allowed()
    }
}
