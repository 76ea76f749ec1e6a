//! The addresses of the pages, and the methods that each takes.

use app::{
    http,
    path::Stop,
    visit::{Done, LinkView, Renewed, Visit, Wish},
};
use domain::{Code, Refusal};
use lambda_http::{Body, Request, Response};

use crate::{
    Site, assets, console,
    http::{
        ask::{Ask, SIGN_OUT},
        cookies,
        posted::{self, NoForm},
        reply::Reply,
    },
    intake, link, page, profile,
    reader::Reader,
    requests,
};

/// After how many seconds to try again when the tables did not answer.
const RETRY_AFTER: u32 = 5;

/// The meaning of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Address<'a> {
    /// `/l/{token}`: a link.
    Link(&'a str),
    /// `/unsubscribe/{token}`: where mail programs unsubscribe their readers, and readers
    /// themselves whose mail program opens it.
    OneClick(&'a str),
    /// `/send-link`: the form that asks for a link.
    SendLink,
    /// `/sign-out`: the end of what a browser keeps.
    SignOut,
    /// `/console/{org}` and below: what an organisation's lead looks after.
    Console(&'a str, Vec<&'a str>),
    /// `/requests` and below: what somebody asked for, or takes part in.
    Requests(Vec<&'a str>),
    /// `/profile`: how somebody is called and addressed, and which mails they want.
    Profile,
    /// `/new` and below: the forms of new requests.
    New(Vec<&'a str>),
    /// `/assets/{file}`: what pages load.
    Asset(&'a str),
    /// `/`: no page of its own.
    Root,
    /// An unknown address.
    Nothing,
}

impl<'a> Address<'a> {
    fn of(path: &'a str) -> Self {
        let parts: Vec<_> = path.strip_prefix('/').unwrap_or(path).split('/').collect();
        match parts[..] {
            [""] => Self::Root,
            ["l", token] => Self::Link(token),
            ["unsubscribe", token] => Self::OneClick(token),
            ["send-link"] => Self::SendLink,
            ["sign-out"] => Self::SignOut,
            ["console", org, ref rest @ ..] => Self::Console(org, rest.to_vec()),
            ["requests", ref rest @ ..] => Self::Requests(rest.to_vec()),
            ["profile"] => Self::Profile,
            ["new", ref rest @ ..] => Self::New(rest.to_vec()),
            ["assets", _] => Self::Asset(path),
            _ => Self::Nothing,
        }
    }

    /// The methods it takes.
    fn allow(&self) -> &'static str {
        match self {
            Self::Asset(_) | Self::Root => "GET, HEAD",
            Self::Link(_)
            | Self::OneClick(_)
            | Self::SendLink
            | Self::SignOut
            | Self::Console(..)
            | Self::Requests(_)
            | Self::Profile
            | Self::New(_)
            | Self::Nothing => "GET, HEAD, POST",
        }
    }
}

/// Answers a request. Whatever comes, there is an answer.
pub(crate) async fn answer(site: &Site, request: &Request) -> Response<Body> {
    let path = http::path(request);
    let ask = Ask::of(site, request).await;
    let reply = Box::pin(reply(&ask, &Address::of(&path))).await;
    let mut reply = reply.unwrap_or_else(|stop| stopped(&ask.reader(), stop));
    if let Some(words) = ask.switched_to() {
        reply.cookies.push(cookies::keep_language(words.lang));
    }
    tracing::info!(
        http.method = request.method().as_str(),
        http.status = reply.status.as_u16(),
        request.id = http::request_id(request),
        "visit"
    );
    reply.response(request)
}

/// The page of whoever could not be served.
fn stopped(reader: &Reader, stop: Stop) -> Reply {
    match stop {
        Stop::Closed => page::no_session(reader),
        Stop::Gone => page::not_found(reader),
        Stop::ForeignForm => link::visit(reader, &LinkView::ForeignForm.into()),
        Stop::Refused(refusal) => link::visit(reader, &LinkView::Refused(refusal).into()),
        Stop::Later(wait) => too_many(reader, wait),
        Stop::Failed(error) => {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                retryable = error.retryable(),
                "visit not served"
            );
            Reply {
                retry_after: Some(RETRY_AFTER),
                ..page::unavailable(reader)
            }
        }
    }
}

/// Dispatches a request. Nothing that is called for a GET or HEAD writes.
async fn reply(ask: &Ask<'_>, address: &Address<'_>) -> Result<Reply, Stop> {
    let reader = ask.reader();
    let method = ask.request.method();
    if !address
        .allow()
        .split(", ")
        .any(|one| one == method.as_str())
    {
        return Ok(Reply {
            allow: Some(address.allow()),
            ..page::not_allowed(&reader)
        });
    }
    if ask.is_from_elsewhere() {
        return from_elsewhere(ask, address).await;
    }
    answer_at(ask, address).await
}

/// Answers a form that was posted from a page that is not ours. Whatever the address is, nothing is
/// done, but for what mail programs ask, which come from everywhere.
async fn from_elsewhere(ask: &Ask<'_>, address: &Address<'_>) -> Result<Reply, Stop> {
    let keeps_what_was_typed = match address {
        Address::OneClick(_) => return answer_at(ask, address).await,
        // Their forms come back as stale ones do: without a token that counts.
        Address::Requests(_) | Address::New(_) | Address::Console(..) => true,
        Address::Link(token) => ask.site.intake.opens(token) && !posted::has_wish(ask.request),
        Address::SendLink
        | Address::SignOut
        | Address::Profile
        | Address::Asset(_)
        | Address::Root
        | Address::Nothing => false,
    };
    if !keeps_what_was_typed {
        return Ok(page::from_elsewhere(&ask.reader()));
    }
    let again = answer_at(ask, address).await?;
    debug_assert!(
        again.status.is_client_error(),
        "a form from elsewhere was taken"
    );
    Ok(again)
}

async fn answer_at(ask: &Ask<'_>, address: &Address<'_>) -> Result<Reply, Stop> {
    let reader = ask.reader();
    match address {
        Address::Link(token) if ask.site.intake.opens(token) && !renews(ask) => {
            if ask.acts() {
                Box::pin(intake::act_on_link(ask, token)).await
            } else {
                Box::pin(intake::open_link(ask, token)).await
            }
        }
        Address::Link(token) if ask.acts() => Box::pin(act_on_link(ask, token)).await,
        Address::Link(token) => Box::pin(open_link(ask, token)).await,
        Address::OneClick(token) => one_click(ask, token).await,
        Address::SendLink if ask.acts() => send_link(ask).await,
        Address::SendLink => Ok(page::send_link(&reader, done_before(ask))),
        Address::SignOut if ask.acts() => Ok(sign_out(ask)),
        Address::Console(org, rest) => Box::pin(console::answer(ask, org, rest)).await,
        Address::Requests(rest) => Box::pin(requests::answer(ask, rest)).await,
        Address::Profile => Box::pin(profile::answer(ask)).await,
        Address::New(rest) => Box::pin(intake::answer(ask, rest)).await,
        Address::Asset(path) => Ok(assets::find(path).unwrap_or_else(|| page::not_found(&reader))),
        Address::SignOut | Address::Root => Ok(Reply::see_other("/send-link")),
        Address::Nothing => Ok(page::not_found(&reader)),
    }
}

/// Tells whether the form asks for a new link in place of one that is over.
fn renews(ask: &Ask<'_>) -> bool {
    ask.acts() && posted::renewal(ask.request).is_some()
}

/// Shows what a link opens, or begins the session over it.
async fn open_link(ask: &Ask<'_>, token: &str) -> Result<Reply, Stop> {
    let visit = ask.site.visits.show(token).await?;
    Ok(match &visit.view {
        LinkView::Session(caller) => match ask.of_others(caller).first() {
            None => ask.enter(caller, &visit.sessions, &link::entrance(caller)),
            Some((_, signed_in)) => {
                let form = ask.site.sessions.form(signed_in, &entering(token));
                let reader = ask.reader_for(signed_in).await?;
                link::instead(&reader, (signed_in, caller), form)
            }
        },
        _ => seen(ask, &visit),
    })
}

/// The name of the form that lets a link's session replace another. It belongs to the session that
/// it ends, so the sender of a link cannot send the form.
fn entering(token: &str) -> String {
    format!("enter {token}")
}

/// Begins a link's session in the place of somebody else's, who was asked.
async fn enter_instead(ask: &Ask<'_>, token: &str, form: &str) -> Result<Reply, Stop> {
    let visit = ask.site.visits.show(token).await?;
    let LinkView::Session(caller) = &visit.view else {
        return Ok(seen(ask, &visit));
    };
    let mut others = ask.of_others(caller).into_iter();
    let asked = others.any(|(_, other)| ask.posted(&other, &entering(token), form).is_some());
    Ok(if asked {
        ask.enter_instead(caller, &visit.sessions, &link::entrance(caller))
    } else {
        page::foreign_form(&ask.reader())
    })
}

/// Does what the form of a link's page asks for.
async fn act_on_link(ask: &Ask<'_>, token: &str) -> Result<Reply, Stop> {
    let visits = &ask.site.visits;
    if let Some(form) = posted::renewal(ask.request) {
        return Ok(match visits.renew(token, &form, ask.address()).await? {
            Renewed::Seen(visit) => seen(ask, &visit),
            Renewed::Limited { retry_after } => too_many(&ask.reader(), retry_after),
        });
    }
    if let Some(form) = posted::entrance(ask.request) {
        return enter_instead(ask, token, &form).await;
    }
    Ok(match posted::wish(ask.request) {
        Ok(posted) => {
            let visit = visits.act(token, &posted.wish, &posted.token).await?;
            match (&visit.view, &posted.wish) {
                (LinkView::Refused(refusal), Wish::Answer { reason, .. }) => {
                    let typed = reason.as_ref().map(ToString::to_string);
                    let typed = typed.unwrap_or_default();
                    let again = answer_again(ask, token, refusal, &typed).await?;
                    again.unwrap_or_else(|| seen(ask, &visit))
                }
                _ => welcomed(ask, &visit).await,
            }
        }
        Err(no_form) => page::no_form(&ask.reader(), no_form),
    })
}

/// The page of an approval once more, with the reason that was typed, when another try can succeed.
async fn answer_again(
    ask: &Ask<'_>,
    token: &str,
    refusal: &Refusal,
    typed: &str,
) -> Result<Option<Reply>, Stop> {
    if !matches!(refusal.code, Code::TooOften | Code::LimitReached) {
        return Ok(None);
    }
    let visit = ask.site.visits.show(token).await?;
    let reader = ask.reader_of(visit.visitor.as_ref());
    Ok(link::answer_again(&reader, &visit, refusal, typed))
}

/// The view of a visitor, in their language.
fn seen(ask: &Ask<'_>, visit: &Visit) -> Reply {
    let reader = ask.reader_of(visit.visitor.as_ref());
    link::visit(&reader, visit)
}

/// The view of a visitor whose act proved their mailbox: the door is open at once.
async fn welcomed(ask: &Ask<'_>, visit: &Visit) -> Reply {
    let navigation = match visit.sessions.first() {
        Some(first) if ask.of_others(first).is_empty() => ask.places(&visit.sessions).await,
        Some(_) | None => return seen(ask, visit),
    };
    let reader = Reader {
        navigation,
        ..ask.reader_of(visit.visitor.as_ref())
    };
    let reader = match visit.sessions.first() {
        Some(caller) => ask.signed_in(caller, reader),
        None => reader,
    };
    ask.beginning(&visit.sessions, link::visit(&reader, visit))
}

/// The notice about the end of a session, or of all links, just before.
fn done_before(ask: &Ask<'_>) -> Option<&'static str> {
    let words = ask.reader().words;
    match ask.query().one("done") {
        Some("links-ended") => Some(words.profile.links_ended),
        Some("signed-out") => Some(words.page.signed_out),
        Some(_) | None => None,
    }
}

/// Lets the browser forget every session that it keeps. A session that is over needs no form of its
/// own to be forgotten.
fn sign_out(ask: &Ask<'_>) -> Reply {
    let fields = match ask.form(posted::MAX_BODY) {
        Ok(fields) => fields,
        Err(no_form) => return page::no_form(&ask.reader(), no_form),
    };
    let token = fields.one("token").unwrap_or_default();
    let mut sessions = ask.sessions().peekable();
    let none_is_left = sessions.peek().is_none();
    if !none_is_left && !sessions.any(|(_, caller)| ask.posted(&caller, SIGN_OUT, token).is_some())
    {
        return page::foreign_form(&ask.reader());
    }
    Reply::see_other("/send-link?done=signed-out").forgetting_sessions(ask.request)
}

/// 429, with how long to wait.
fn too_many(reader: &Reader, retry_after: jiff::SignedDuration) -> Reply {
    let seconds = u32::try_from(retry_after.as_secs()).unwrap_or(RETRY_AFTER);
    Reply {
        retry_after: Some(seconds.max(1)),
        ..page::too_many(reader)
    }
}

/// Stops the mails that a link is about, or asks whether to. The body of a POST is not looked at:
/// mail programs send it in many shapes beside that of RFC 8058 §3.2, and whatever it holds, the
/// address can do nothing else. They read the status alone; the page is for people.
async fn one_click(ask: &Ask<'_>, token: &str) -> Result<Reply, Stop> {
    let visits = &ask.site.visits;
    let visit = if ask.acts() {
        visits.stop_by_one_click(token).await?
    } else {
        visits.show_one_click(token).await?
    };
    Ok(seen(ask, &visit))
}

/// Mails the link. The answer is the same for every address.
async fn send_link(ask: &Ask<'_>) -> Result<Reply, Stop> {
    let reader = ask.reader();
    let email = match posted::email(ask.request) {
        Ok(Ok(email)) => email,
        Ok(Err(typed)) => return Ok(page::not_an_address(&reader, &typed)),
        Err(NoForm::BadReason | NoForm::NotAForm) => return Ok(page::not_an_address(&reader, "")),
        Err(no_form @ NoForm::TooLarge) => return Ok(page::no_form(&reader, no_form)),
    };
    let visits = &ask.site.visits;
    Ok(match visits.mail_my_link(&email, ask.address()).await? {
        None => link::visit(&reader, &LinkView::Done(Done::LinkMailed).into()),
        Some(retry_after) => too_many(&ask.reader(), retry_after),
    })
}
