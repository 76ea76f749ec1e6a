//! New requests: the desks and their forms, the confirmation of strangers, and forms' links.

mod form;
mod lists;
mod posted;

use app::{
    AppError, Caller,
    intake::{Confirmed, Drafted, Form, KnownPerson, Opening, Raised, Recognized},
    path::Stop,
};
use domain::{DeskId, RequestRef, RequestTypeId, form::Typed};
use lambda_http::http::StatusCode;

use words::Notice;

use crate::{
    http::{ask::Ask, cookies, reply::Reply},
    page::{self, Said},
    reader::Reader,
};
use form::View;

/// The most bytes that a form may have. Ten answers of 4,000 characters, each of four bytes and all
/// of them percent-encoded, take 480,000.
const MAX_BODY: usize = 512 * 1_024;

/// The caller and their session, if they have one that counts here.
type Visitor = Option<(Caller, Recognized)>;

/// Answers at `/new` and below.
pub(crate) async fn answer(ask: &Ask<'_>, rest: &[&str]) -> Result<Reply, Stop> {
    let visitor = visitor(ask).await?;
    let recorded = visitor.as_ref().and_then(|(_, who)| who.customer.as_ref());
    let reader = match &visitor {
        Some((caller, _)) => ask.reader_as(caller, recorded),
        None => ask.reader(),
    };
    let reply = match rest {
        [] if !ask.acts() => desks(ask, &reader, &visitor).await?,
        [desk] if !ask.acts() => match desk.parse() {
            Ok(desk) => kinds(ask, &reader, &visitor, &desk).await?,
            Err(_) => page::not_found(&reader),
        },
        [desk, kind] => match (desk.parse(), kind.parse()) {
            (Ok(desk), Ok(kind)) if ask.acts() => {
                sent(ask, &reader, &visitor, &desk, &kind).await?
            }
            (Ok(desk), Ok(kind)) => shown(ask, &reader, &visitor, &desk, &kind).await?,
            _ => page::not_found(&reader),
        },
        _ => page::not_found(&reader),
    };
    Ok(match &visitor {
        Some((caller, _)) => ask.keeping(caller, reply),
        None => reply,
    })
}

/// The session that counts here, if there is one: over what is somebody's own, else over an
/// organisation.
async fn visitor(ask: &Ask<'_>) -> Result<Visitor, AppError> {
    let consoles = cookies::consoles(ask.request.headers())
        .into_iter()
        .map(str::to_owned);
    let names = std::iter::once(cookies::own()).chain(consoles);
    for caller in names.filter_map(|name| ask.caller(&name)) {
        let Some(known) = KnownPerson::of(&caller) else {
            continue;
        };
        if let Some(recognized) = ask.site.intake.recognize(known).await? {
            return Ok(Some((caller, recognized)));
        }
    }
    Ok(None)
}

fn known(visitor: &Visitor) -> Option<&KnownPerson> {
    visitor.as_ref().map(|(_, who)| &who.known)
}

async fn desks(ask: &Ask<'_>, reader: &Reader, visitor: &Visitor) -> Result<Reply, Stop> {
    let words = &reader.words.intake;
    match ask.query().one("done") {
        Some("sent") => return Ok(said(reader, &words.sent_before, StatusCode::OK)),
        Some("recorded") => return Ok(said(reader, &words.sent_for_another, StatusCode::OK)),
        Some(_) | None => {}
    }
    let address = ask.address();
    let desks = ask.site.intake.desks(known(visitor), address).await?;
    if desks.is_empty() {
        return Ok(Said::new(reader, &words.no_desks)
            .offering_link()
            .reply(StatusCode::OK));
    }
    Ok(lists::desks(reader, &desks, visitor.is_none()))
}

async fn kinds(
    ask: &Ask<'_>,
    reader: &Reader,
    visitor: &Visitor,
    desk: &DeskId,
) -> Result<Reply, Stop> {
    let words = &reader.words.intake;
    if ask.query().one("done") == Some("confirm") {
        return Ok(said(reader, &words.waiting, StatusCode::OK));
    }
    let Some(desk) = ask.site.intake.desk(known(visitor), desk).await? else {
        return Ok(page::not_found(reader));
    };
    if visitor.is_none() && !desk.admits_from(ask.address()) {
        return Ok(not_from_here(reader));
    }
    Ok(lists::kinds(reader, &desk))
}

async fn shown(
    ask: &Ask<'_>,
    reader: &Reader,
    visitor: &Visitor,
    desk: &DeskId,
    kind: &RequestTypeId,
) -> Result<Reply, Stop> {
    let found = ask.site.intake.form(known(visitor), desk, kind).await?;
    let Some(form) = found else {
        return Ok(page::not_found(reader));
    };
    let address = ask.address();
    if form.person.is_none() && !form.desk.admits_from(address) {
        return Ok(not_from_here(reader));
    }
    Ok(fresh(ask, reader, form))
}

/// A form as its address fills it in.
fn fresh(ask: &Ask<'_>, reader: &Reader, form: Form) -> Reply {
    let typed = Typed::prefilled(&form.kind, ask.query().into_pairs());
    View::of(reader, form)
        .filled_in(&typed)
        .reply(StatusCode::OK)
}

async fn sent(
    ask: &Ask<'_>,
    reader: &Reader,
    visitor: &Visitor,
    desk: &DeskId,
    kind: &RequestTypeId,
) -> Result<Reply, Stop> {
    let fields = match ask.form(MAX_BODY) {
        Ok(fields) => fields,
        Err(no_form) => return Ok(page::no_form(reader, no_form)),
    };
    let filling = posted::filling(&fields);
    let intake = &ask.site.intake;
    if let Some(known) = known(visitor) {
        let raised = intake.raise(known, desk, kind, &filling).await?;
        return Ok(came_of(ask, reader, raised, &filling));
    }
    let stranger = posted::stranger(&fields, ask.address(), reader);
    let drafted = intake.draft(&stranger, desk, kind, &filling).await?;
    let again = |form| {
        View::of(reader, form)
            .filled_in(&filling.typed)
            .by(&stranger)
    };
    Ok(match drafted {
        Drafted::Waiting(_) => Reply::see_other(&format!("/new/{desk}?done=confirm")),
        Drafted::Faulty(form, faults) => again(*form).with(&faults).refused(),
        Drafted::Foreign(form) => again(*form).foreign().refused(),
        Drafted::TooOften(form, after) => again(*form).too_often(after).refused(),
        Drafted::NotFromHere => not_from_here(reader),
        Drafted::Nothing => page::not_found(reader),
    })
}

fn came_of(
    ask: &Ask<'_>,
    reader: &Reader,
    raised: Raised,
    filling: &app::intake::Filling,
) -> Reply {
    let again = |form| {
        View::of(reader, form)
            .filled_in(&filling.typed)
            .choosing(filling)
    };
    match raised {
        Raised::Done(request, caller) => recorded(ask, &request, &caller),
        Raised::Before => Reply::see_other("/new?done=sent"),
        Raised::Faulty(form, faults) => again(*form).with(&faults).refused(),
        Raised::Foreign(form) => again(*form).foreign().refused(),
        Raised::TooOften(form, after) => again(*form).too_often(after).refused(),
        Raised::Spent => said(reader, &reader.words.intake.spent, StatusCode::OK),
        Raised::Nothing => page::not_found(reader),
    }
}

/// Leads to the page of a request that was recorded just now. A browser in which somebody else is
/// signed in begins no session for it: its reporter finds the link in their mailbox.
fn recorded(ask: &Ask<'_>, request: &RequestRef, caller: &Caller) -> Reply {
    if ask.of_others(caller).is_empty() {
        ask.enter(caller, std::slice::from_ref(caller), &place(request))
    } else {
        Reply::see_other("/new?done=recorded")
    }
}

/// The page of a request that was recorded just now.
fn place(request: &RequestRef) -> String {
    format!("/requests/{}/{}?done=raised", request.desk, request.key)
}

/// Shows what a link to confirm a request, or to fill one in, opens.
pub(crate) async fn open_link(ask: &Ask<'_>, token: &str) -> Result<Reply, Stop> {
    let holder = ask.site.intake.holder(token).await?;
    let reader = ask.reader_of(holder.as_ref());
    Ok(match ask.site.intake.open(token).await? {
        Opening::Draft(waiting) => lists::waiting(&reader, &waiting),
        Opening::Form(form) => fresh(ask, &reader, *form),
        Opening::Over => over(ask, &reader, token),
    })
}

/// Does what the form of such a link's page asks for.
pub(crate) async fn act_on_link(ask: &Ask<'_>, token: &str) -> Result<Reply, Stop> {
    let intake = &ask.site.intake;
    let holder = intake.holder(token).await?;
    let reader = ask.reader_of(holder.as_ref());
    let fields = match ask.form(MAX_BODY) {
        Ok(fields) => fields,
        Err(no_form) => return Ok(page::no_form(&reader, no_form)),
    };
    if fields.one("wish") == Some("confirm") {
        let form = fields.one("token").unwrap_or_default();
        let words = &reader.words.intake;
        return Ok(match intake.confirm(token, form).await? {
            Confirmed::Done(request, caller) => recorded(ask, &request, &caller),
            Confirmed::Before => said(&reader, &words.sent_before, StatusCode::OK),
            Confirmed::Denied => said(&reader, &words.denied, StatusCode::CONFLICT),
            Confirmed::Foreign => page::foreign_form(&reader),
            Confirmed::Over => over(ask, &reader, token),
        });
    }
    let filling = posted::filling(&fields);
    let raised = intake.raise_by_link(token, &filling).await?;
    Ok(match raised {
        Raised::Nothing => over(ask, &reader, token),
        raised => came_of(ask, &reader, raised, &filling),
    })
}

fn said(reader: &Reader, notice: &Notice, status: StatusCode) -> Reply {
    Said::new(reader, notice).reply(status)
}

/// The page of a link that is over: a new one to its address, if that is known, and the way to the
/// forms, which are open to many who are not.
fn over(ask: &Ask<'_>, reader: &Reader, token: &str) -> Reply {
    let renewal = ask.site.visits.renewal(token);
    Said::new(reader, &reader.words.link.over)
        .offering_renewal(renewal.as_ref())
        .offering_forms()
        .reply(StatusCode::GONE)
}

fn not_from_here(reader: &Reader) -> Reply {
    Said::new(reader, &reader.words.intake.not_from_here)
        .offering_link()
        .reply(StatusCode::FORBIDDEN)
}

#[cfg(test)]
mod tests;
