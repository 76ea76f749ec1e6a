//! A person's requests: their lists, one of them, and what its page offers.
//!
//! A request is opened by the session for all that is one's own or by the one for this request
//! alone; whichever of the two sees it answers.

mod columns;
mod format;
mod list;
mod one;
pub(crate) mod parts;
mod posted;
mod query;

pub(crate) use self::{format::formatted, list::mark};
use app::{
    Caller,
    path::{Settled, Stop},
    requests::{Cursor, OneRequest},
};
use domain::{Refusal, RefusedField, RequestRef, text::InvalidText};
use lambda_http::http::StatusCode;

use words::Words;

use crate::{
    http::{ask::Ask, cookies, fields::Fields, posted::NoForm, reply::Reply},
    page,
    wording::requests::{self as wording, Done},
};

/// The most bytes of a form: a comment of 32,768 characters, each of four bytes and all of them
/// percent-encoded, takes 393,216.
const MOST: usize = 400 * 1_024;
/// The name of the form of columns, in its token.
const COLUMNS: &str = "columns";

/// An act on a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Comment,
    Share,
    Status,
    Answer,
    Mails,
}

impl Action {
    fn of(name: &str) -> Option<Self> {
        let all = [
            Self::Comment,
            Self::Share,
            Self::Status,
            Self::Answer,
            Self::Mails,
        ];
        all.into_iter().find(|action| action.name() == name)
    }

    /// As the address has it.
    fn name(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Share => "share",
            Self::Status => "status",
            Self::Answer => "answer",
            Self::Mails => "mails",
        }
    }

    /// The binding of its form's token.
    fn on(self, id: &RequestRef) -> String {
        format!("{} {id}", self.name())
    }
}

/// A form of the page that somebody typed into.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Form {
    Comment,
    Colleague,
    /// The answer to this approval.
    Answer(String),
    /// One that holds no text.
    Button,
}

/// A typed text that could not be accepted, and the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Tried {
    form: Form,
    typed: String,
    wrong: Option<Wrong>,
}

/// The reason why something could not be accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Wrong {
    /// The text cannot stand there.
    Text(InvalidText),
    /// It is no address.
    NotAnAddress,
    /// The rules say no.
    Refused(Refusal),
    /// The form is not of this session, or of a session that is over.
    Stale,
}

impl Tried {
    fn typed(form: Form, typed: &str) -> Self {
        Self {
            form,
            typed: typed.to_owned(),
            wrong: None,
        }
    }

    fn nothing() -> Self {
        Self::typed(Form::Button, "")
    }

    fn with(self, wrong: Wrong) -> Self {
        Self {
            wrong: Some(wrong),
            ..self
        }
    }

    /// Tells whether the reason stands beside the typed text, and not above the page.
    fn is_of_the_field(&self) -> bool {
        match &self.wrong {
            Some(Wrong::Text(_) | Wrong::NotAnAddress) => true,
            Some(Wrong::Refused(refusal)) => {
                refusal.field == Some(RefusedField::Colleague) && self.form == Form::Colleague
            }
            Some(Wrong::Stale) | None => false,
        }
    }

    /// The reason in words.
    fn said(&self, words: &Words) -> Option<String> {
        Some(match self.wrong.as_ref()? {
            Wrong::Text(why) => wording::bad_text(&words.requests, why),
            Wrong::NotAnAddress => words.requests.not_an_address.to_owned(),
            Wrong::Refused(refusal) => wording::refused(words, refusal),
            Wrong::Stale => words.requests.stale_form.to_owned(),
        })
    }

    /// The reason, when it stands beside the field.
    fn beside(&self, words: &Words) -> Option<String> {
        self.said(words).filter(|_| self.is_of_the_field())
    }

    /// The reason, when it stands above the page.
    fn above(&self, words: &Words) -> Option<String> {
        self.said(words).filter(|_| !self.is_of_the_field())
    }

    fn status(&self) -> StatusCode {
        if self.wrong == Some(Wrong::Stale) {
            StatusCode::FORBIDDEN
        } else if self.is_of_the_field() {
            StatusCode::UNPROCESSABLE_ENTITY
        } else {
            StatusCode::CONFLICT
        }
    }
}

/// Answers at `/requests` and below.
pub(crate) async fn answer(ask: &Ask<'_>, rest: &[&str]) -> Result<Reply, Stop> {
    let not_found = || Ok(page::not_found(&ask.reader()));
    match rest {
        [] if !ask.acts() => lists(ask).await,
        ["columns"] => own_columns(ask).await,
        [desk, key, action @ ..] => {
            let (Ok(desk), Ok(key)) = (desk.parse(), key.parse()) else {
                return not_found();
            };
            let id = RequestRef { desk, key };
            match action {
                [] if !ask.acts() => show(ask, &id).await,
                [name] => match Action::of(name) {
                    Some(action) if ask.acts() => act(ask, &id, action).await,
                    // Whoever loads a page anew that answered a post.
                    Some(_) => Ok(Reply::see_other(&address(&id))),
                    None => not_found(),
                },
                _ => not_found(),
            }
        }
        _ => not_found(),
    }
}

/// The address of a request's page.
fn address(id: &RequestRef) -> String {
    format!("{}/{}/{}", query::LISTS, id.desk, id.key)
}

async fn lists(ask: &Ask<'_>) -> Result<Reply, Stop> {
    let reader = ask.reader();
    let Some(caller) = ask.caller(&cookies::own()) else {
        return Ok(page::no_session(&reader));
    };
    let fields = ask.query();
    let wanted = query::read(&fields);
    let found = ask.site.requests.list(&caller, &wanted).await?;
    let reader = ask.reader_as(&caller, Some(&found.reader));
    let html = list::page(&reader, &wanted, &found, done(&fields));
    Ok(ask.keeping(&caller, Reply::page(StatusCode::OK, html)))
}

async fn own_columns(ask: &Ask<'_>) -> Result<Reply, Stop> {
    let reader = ask.reader();
    let Some(caller) = ask.caller(&cookies::own()) else {
        return Ok(page::no_session(&reader));
    };
    let sessions = &ask.site.sessions;
    let token = || sessions.form(&caller, COLUMNS);
    if !ask.acts() {
        let customer = ask.site.requests.reader(&caller).await?;
        let reader = ask.reader_as(&caller, Some(&customer));
        let chosen = customer.request_columns.unwrap_or_default();
        let html = columns::page(&reader, &chosen, token(), false);
        return Ok(ask.keeping(&caller, Reply::page(StatusCode::OK, html)));
    }
    let fields = match ask.form(MOST) {
        Ok(fields) => fields,
        Err(no_form) => return Ok(page::no_form(&ask.reader_for(&caller).await?, no_form)),
    };
    let chosen = columns::read(&fields);
    let posted = fields.one("token").unwrap_or_default();
    let Some(posted) = ask.posted(&caller, COLUMNS, posted) else {
        let reader = ask.reader_for(&caller).await?;
        let html = columns::page(&reader, &chosen, token(), true);
        return Ok(ask.keeping(&caller, Reply::page(StatusCode::FORBIDDEN, html)));
    };
    let chosen = ask.site.requests.choose_columns(&caller, &chosen, &posted);
    chosen.await?;
    let code = Done::ColumnsChosen.code();
    let reply = Reply::see_other(&format!("{}?done={code}", query::LISTS));
    Ok(ask.keeping(&caller, reply))
}

/// The sessions that may see this request.
fn callers(ask: &Ask<'_>, id: &RequestRef) -> Vec<Caller> {
    let cookies = [cookies::own(), cookies::request(id)];
    cookies.iter().filter_map(|name| ask.caller(name)).collect()
}

/// The act just done, by the address.
fn done(fields: &Fields) -> Option<Done> {
    fields.one("done").and_then(Done::of)
}

async fn show(ask: &Ask<'_>, id: &RequestRef) -> Result<Reply, Stop> {
    let reader = ask.reader();
    let callers = callers(ask, id);
    let fields = ask.query();
    let before = fields.one("before").map(Cursor::from_text);
    for caller in &callers {
        let found = ask.site.requests.one(caller, id, before.as_ref()).await?;
        if let Some(one) = found {
            let shown = Shown {
                done: done(&fields),
                tried: None,
                paged: before.is_some(),
                status: StatusCode::OK,
            };
            return Ok(page_of(ask, caller, &one, &shown));
        }
    }
    Ok(match callers.first() {
        None => page::no_session(&reader),
        Some(caller) => page::not_found(&ask.reader_for(caller).await?),
    })
}

/// The context of a request's page.
struct Shown<'a> {
    done: Option<Done>,
    tried: Option<&'a Tried>,
    paged: bool,
    status: StatusCode,
}

fn page_of(ask: &Ask<'_>, caller: &Caller, one: &OneRequest, shown: &Shown<'_>) -> Reply {
    let id = &one.request.id;
    let html = one::page(
        &ask.reader_as(caller, Some(&one.reader)),
        one,
        &one::Shown {
            done: shown.done,
            tried: shown.tried,
            paged: shown.paged,
            has_lists: *caller.scope() == domain::link::Scope::Own,
            token: &|action| ask.site.sessions.form(caller, &action.on(id)),
        },
    );
    ask.keeping(caller, Reply::page(shown.status, html))
}

async fn act(ask: &Ask<'_>, id: &RequestRef, action: Action) -> Result<Reply, Stop> {
    let callers = callers(ask, id);
    let Some(first) = callers.first() else {
        return Ok(page::no_session(&ask.reader()));
    };
    let reader = async || ask.reader_for(first).await;
    let fields = match ask.form(MOST) {
        Ok(fields) => fields,
        Err(no_form) => return Ok(page::no_form(&reader().await?, no_form)),
    };
    let token = fields.one("token").unwrap_or_default();
    let own = callers.iter().find_map(|caller| {
        let posted = ask.posted(caller, &action.on(id), token)?;
        Some((caller, posted))
    });
    let asked = match posted::read(action, &fields) {
        Ok(Some(asked)) => asked,
        Ok(None) => return Ok(page::no_form(&reader().await?, NoForm::NotAForm)),
        Err(tried) => return again(ask, id, &callers, &tried).await,
    };
    let Some((caller, posted)) = own else {
        let tried = asked.tried.with(Wrong::Stale);
        return again(ask, id, &callers, &tried).await;
    };
    let settled = ask.site.requests.act(caller, id, &asked.wish, &posted);
    let done = match settled.await {
        Ok(Settled::Done(()) | Settled::DoneBefore) => asked.done,
        Ok(Settled::Unchanged(())) => Done::Already,
        Err(Stop::Refused(refusal)) => {
            let tried = asked.tried.with(Wrong::Refused(refusal));
            return again(ask, id, &callers, &tried).await;
        }
        Err(Stop::Closed | Stop::Gone) => return Ok(page::not_found(&reader().await?)),
        Err(stop) => return Err(stop),
    };
    let to = format!("{}?done={}", address(id), done.code());
    Ok(ask.keeping(caller, Reply::see_other(&to)))
}

/// The page once more, as it is now, with what was typed.
async fn again(
    ask: &Ask<'_>,
    id: &RequestRef,
    callers: &[Caller],
    tried: &Tried,
) -> Result<Reply, Stop> {
    for caller in callers {
        if let Some(one) = ask.site.requests.one(caller, id, None).await? {
            let shown = Shown {
                done: None,
                tried: Some(tried),
                paged: false,
                status: tried.status(),
            };
            let page = page_of(ask, caller, &one, &shown);
            return Ok(match &tried.wrong {
                Some(Wrong::Refused(refusal)) => page.after_refusal(refusal),
                Some(Wrong::Text(_) | Wrong::NotAnAddress | Wrong::Stale) | None => page,
            });
        }
    }
    Ok(match callers.first() {
        None => page::not_found(&ask.reader()),
        Some(caller) => page::not_found(&ask.reader_for(caller).await?),
    })
}

#[cfg(test)]
mod tests;
