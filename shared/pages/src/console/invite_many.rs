//! Inviting many: the form for a list, its preview, and its report.

use app::{
    console::{ConsoleOrg, Judged, ListView, Stage, SubmittedList},
    path::Stop,
};
use askama::Template;
use domain::{
    Code, Role,
    outcome::{Row as Became, RowOutcome},
    text::Note,
};
use lambda_http::http::StatusCode;

use super::{
    invite::{limits, optional},
    request::{ConsoleRequest, ConsoleTab, end_of_day},
    roster::Paging,
    table::{self, Listed, Unreadable},
    upload::{self, NoUpload, Uploaded},
};
use words::{When, file::Console as Words, with};

use crate::{
    feedback::Mistake,
    http::{posted::NoForm, reply::Reply},
    page::{self, Frame, html},
    wording::console::{self as wording, Done, Row, Wrong},
};

const BRING: &str = "console/invite-many";
const WORK: &str = "console/work-off";
/// The number of rows on a page.
const ROWS: usize = 100;

#[derive(Template)]
#[template(path = "console/invite_many.html")]
struct Form {
    frame: Frame,
    words: &'static Words,
    token: String,
    limits: Vec<String>,
    pasted: String,
    note: String,
    until: String,
    wrong: Mistakes,
}

#[derive(Default)]
struct Mistakes {
    list: Option<&'static str>,
    note: Option<&'static str>,
    until: Option<&'static str>,
}

/// The form.
pub(super) async fn show(here: &ConsoleRequest<'_>) -> Result<Reply, Stop> {
    let place = here.console().place(here.caller, here.org).await?;
    let (uploaded, wrong) = (Uploaded::default(), Mistakes::default());
    Ok(form(here, &place, StatusCode::OK, uploaded, wrong))
}

fn form(
    here: &ConsoleRequest<'_>,
    place: &ConsoleOrg,
    status: StatusCode,
    typed: Uploaded,
    wrong: Mistakes,
) -> Reply {
    let reader = here.reader(place);
    let words = &reader.words.console;
    let title = words.invite_many.to_owned();
    let mut frame = here.frame(&reader, place, title, ConsoleTab::InviteMany);
    frame.mistakes = Mistake::among([
        ("file", wrong.list),
        ("until", wrong.until),
        ("note", wrong.note),
    ]);
    let view = Form {
        frame,
        words,
        token: here.token(BRING),
        limits: limits(place, here, words),
        pasted: typed.pasted,
        note: typed.note,
        until: typed.until,
        wrong,
    };
    Reply::page(status, html(&view))
}

/// Takes a list, for the lead to look at.
pub(super) async fn bring(here: &ConsoleRequest<'_>) -> Result<Reply, Stop> {
    let place = here.console().place(here.caller, here.org).await?;
    let reader = here.reader(&place);
    let say = |why| wording::wrong(&reader.words.console, why);
    let refused = |status, typed, why| {
        let wrong = Mistakes {
            list: Some(say(why)),
            ..Mistakes::default()
        };
        form(here, &place, status, typed, wrong)
    };
    let uploaded = match upload::read(here.ask.request).await {
        Ok(uploaded) => uploaded,
        Err(NoUpload::TooLarge) => {
            let nothing = Uploaded::default();
            let status = StatusCode::PAYLOAD_TOO_LARGE;
            return Ok(refused(status, nothing, Wrong::TooLarge));
        }
        Err(NoUpload::NotAForm) => {
            return Ok(page::no_form(&reader, NoForm::NotAForm));
        }
    };
    if let Err(reply) = here.confirmed(BRING, &uploaded.token) {
        return Ok(*reply);
    }
    let listed = match listed(&uploaded) {
        Ok(listed) => listed,
        Err(why) => {
            return Ok(refused(StatusCode::UNPROCESSABLE_ENTITY, uploaded, why));
        }
    };
    let note = optional(&uploaded.note, Note::new);
    let until = end_of_day(&uploaded.until, &reader, here.caller.now);
    let (note, access_until) = match (note, until) {
        (Ok(note), Ok(until)) => (note, until),
        (note, until) => {
            let wrong = Mistakes {
                list: None,
                note: note.err().map(|_| say(Wrong::Note)),
                until: until.err().map(say),
            };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return Ok(form(here, &place, status, uploaded, wrong));
        }
    };
    let draft = SubmittedList {
        rows: listed.people,
        file: uploaded.name,
        column: listed.column,
        note,
        access_until,
    };
    let kept = here
        .console()
        .keep_list(here.caller, here.org, &draft)
        .await?;
    let below = format!("/invite-many/{}", kept.id);
    Ok(if kept.is_new {
        Reply::see_other(&here.path(&below))
    } else {
        here.done(&below, Done::SameList)
    })
}

fn listed(uploaded: &Uploaded) -> Result<Listed, Wrong> {
    let is_pasted = !uploaded.pasted.trim().is_empty();
    let read = match &uploaded.file {
        Some(_) if is_pasted => return Err(Wrong::TwoLists),
        Some(bytes) => table::read(bytes),
        None if is_pasted => table::read(uploaded.pasted.as_bytes()),
        None => return Err(Wrong::NoList),
    };
    read.map_err(|why| match why {
        Unreadable::Empty => Wrong::NoList,
        Unreadable::NoAddress => Wrong::NoAddress,
        Unreadable::NoColumn => Wrong::NoColumn,
        Unreadable::TooManyRows => Wrong::TooManyRows,
    })
}

#[derive(Template)]
#[template(path = "console/list.html")]
struct List {
    frame: Frame,
    words: &'static Words,
    lead: String,
    file: Option<String>,
    column: Option<String>,
    until: Option<When>,
    /// Posts the list on; none when there is nothing to do.
    button: Option<Button>,
    /// The number of finished rows, and of all rows, while the list is worked off.
    progress: Option<(usize, usize)>,
    counts: Vec<(&'static str, usize)>,
    rows: Vec<Shown>,
    /// The number of rows that are not shown.
    paging: Option<Paging>,
    another: String,
}

struct Button {
    token: String,
    label: String,
    wish: &'static str,
    /// True if the script continues by itself after the first press.
    goes_on: bool,
}

struct Shown {
    number: usize,
    cell: String,
    name: Option<String>,
    /// Their role beyond that of a member.
    role: Option<&'static str>,
    is_good: bool,
    result: &'static str,
}

/// A list, as far as it has come.
pub(super) async fn list(here: &ConsoleRequest<'_>, id: &str) -> Result<Reply, Stop> {
    let Ok(id) = id.parse() else {
        return Err(Stop::Gone);
    };
    let view = here.console().list(here.caller, here.org, &id).await?;
    Ok(Reply::page(StatusCode::OK, html(&view_of(here, &view))))
}

fn view_of(here: &ConsoleRequest<'_>, view: &ListView) -> List {
    let reader = here.reader(&view.place);
    let pages = view.rows.len().div_ceil(ROWS).max(1);
    let asked = here.ask.query();
    let asked = asked.one("page").and_then(|page| page.parse().ok());
    let page = asked.unwrap_or(1).clamp(1, pages);
    let words = &reader.words.console;
    let (total, invited) = (view.rows.len(), view.count(RowOutcome::Invited));
    let button = |label, wish, goes_on| Button {
        token: here.token(WORK),
        label,
        wish,
        goes_on,
    };
    let (title, lead, button) = match view.stage {
        Stage::Preview => {
            let asked = view
                .rows
                .iter()
                .filter(|row| kind(&row.row) == Row::Asked)
                .count();
            let (lead, people) = (words.preview_lead(invited), invited + asked);
            if people == 0 {
                (
                    words.preview_title(total),
                    words.preview_none.to_owned(),
                    None,
                )
            } else {
                let button = button(words.start(people), "start", true);
                (words.preview_title(total), lead, Some(button))
            }
        }
        Stage::Working { done } => {
            let button = button(words.go_on.to_owned(), "start", true);
            let title = words.working_title(with::Done(done), with::Of(total));
            (title, words.working_lead.to_owned(), Some(button))
        }
        Stage::Done => {
            let again = view.again();
            let button = (again > 0).then(|| button(words.try_again(again), "again", false));
            let lead = words.report_lead(with::Count(invited), with::Rows(total));
            (words.report_title.to_owned(), lead, button)
        }
    };
    let frame = here.frame(&reader, &view.place, title, ConsoleTab::InviteMany);
    List {
        frame: Frame {
            wide: true,
            ..frame
        },
        words,
        lead,
        file: view.upload.file.as_ref().map(ToString::to_string),
        column: view.upload.column.as_ref().map(ToString::to_string),
        until: view.upload.access_until.map(|at| reader.deadline(at)),
        button,
        progress: match view.stage {
            Stage::Working { done } => Some((done, total)),
            Stage::Preview | Stage::Done => None,
        },
        counts: counts(view, words),
        rows: shown(view, words, page),
        paging: Paging::of(page, pages, words, |number| {
            format!(
                "{}?page={number}",
                here.path(&format!("/invite-many/{}", view.id))
            )
        }),
        another: here.path("/invite-many"),
    }
}

/// The outcome of a row, in the words of this page.
fn kind(row: &Became) -> Row {
    match (row.outcome, row.code) {
        (RowOutcome::Invited, _) => Row::Invited,
        (RowOutcome::AlreadyMember, _) => Row::AlreadyHere,
        (RowOutcome::Refused, Some(Code::AwaitingApproval)) => Row::Asked,
        (RowOutcome::Refused, Some(Code::Duplicate)) => Row::Duplicate,
        (RowOutcome::Refused, Some(Code::InvalidEmail)) => Row::Malformed,
        (RowOutcome::Refused, Some(Code::DomainNotAllowed)) => Row::Outside,
        (RowOutcome::Refused, Some(Code::SeatCapReached)) => Row::OverCap,
        (RowOutcome::Refused, Some(Code::DailyLimitReached | Code::TooOften)) => Row::DailyLimit,
        (RowOutcome::Refused, _) => Row::Other,
    }
}

fn result(view: &ListView, row: Row, words: &Words) -> &'static str {
    match view.stage {
        Stage::Preview | Stage::Working { .. } => wording::would_be(words, row),
        Stage::Done => wording::became(words, row),
    }
}

/// The number of rows for each outcome, without those that no row has.
fn counts(view: &ListView, words: &Words) -> Vec<(&'static str, usize)> {
    Row::ALL
        .into_iter()
        .map(|row| {
            let rows = view.rows.iter().filter(|judged| kind(&judged.row) == row);
            (result(view, row, words), rows.count())
        })
        .filter(|(_, count)| *count > 0)
        .collect()
}

/// The rows of a page: of a list of several pages those first that were not invited.
fn shown(view: &ListView, words: &Words, page: usize) -> Vec<Shown> {
    let mut rows: Vec<(usize, &Judged)> = (1..).zip(&view.rows).collect();
    if rows.len() > ROWS {
        rows.sort_by_key(|(_, judged)| judged.row.outcome == RowOutcome::Invited);
    }
    let rows = rows.into_iter().skip((page - 1) * ROWS).take(ROWS);
    rows.map(|(number, judged)| {
        let row = kind(&judged.row);
        Shown {
            number,
            cell: judged.invitee.raw.clone(),
            name: judged.invitee.name.as_ref().map(ToString::to_string),
            role: match judged.invitee.role {
                Role::Lead => Some(words.lead),
                Role::Member => None,
            },
            is_good: matches!(row, Row::Invited | Row::Asked | Row::AlreadyHere),
            result: result(view, row, words),
        }
    })
    .collect()
}

/// Works a list off, goes on with it, or tries what was refused again.
pub(super) async fn work(here: &ConsoleRequest<'_>, id: &str) -> Result<Reply, Stop> {
    let (fields, posted) = match here.posted(WORK) {
        Ok(posted) => posted,
        Err(reply) => return Ok(*reply),
    };
    let Ok(id) = id.parse() else {
        return Err(Stop::Gone);
    };
    let (console, by) = (here.console(), (here.caller, &posted));
    let on = match fields.one("wish").unwrap_or_default() {
        "start" => {
            let deadline = app::http::deadline(here.ask.request);
            console.work_off(by, here.org, &id, deadline).await?;
            id
        }
        "again" => console.try_again(by, here.org, &id).await?,
        _ => return Err(Stop::Gone),
    };
    Ok(Reply::see_other(&here.path(&format!("/invite-many/{on}"))))
}
