//! The answers to links: the view that a link opens, the act that was done, or the reason why not.

mod choice;
mod instead;
mod request;

pub(crate) use instead::page as instead;

use app::{
    Caller,
    visit::{Done, LinkView, Visit},
};
use domain::{
    Actor, Code, Refusal,
    link::{Area, Purpose},
    request::Decision,
};
use lambda_http::http::StatusCode;

use crate::{
    http::reply::Reply,
    page::{Frame, Said, html, not_found},
    reader::Reader,
    wording::link as wording,
};

/// The HTTP status of a view.
pub(crate) fn status(view: &LinkView) -> StatusCode {
    match view {
        LinkView::Invitation { .. }
        | LinkView::KeepAccess { .. }
        | LinkView::Approval { .. }
        | LinkView::StopMail { .. }
        | LinkView::Exception { .. }
        | LinkView::HeldRun(_)
        | LinkView::Done(_)
        | LinkView::DoneBefore(_) => StatusCode::OK,
        LinkView::Session(_) => StatusCode::SEE_OTHER,
        LinkView::Refused(_) => StatusCode::CONFLICT,
        LinkView::ForeignForm => StatusCode::FORBIDDEN,
        LinkView::Over => StatusCode::GONE,
        LinkView::Unknown => StatusCode::NOT_FOUND,
    }
}

/// The page of what a visitor sees.
pub(crate) fn visit(reader: &Reader, visit: &Visit) -> Reply {
    let words = &reader.words.link;
    let html = match &visit.view {
        LinkView::Invitation { org, membership } => {
            choice::invitation(reader, visit, org, membership)
        }
        LinkView::KeepAccess { org, membership } => {
            choice::keep_access(reader, visit, org, membership)
        }
        LinkView::Exception {
            org,
            membership,
            inviter,
        } => choice::exception(reader, visit, org, (membership, inviter.as_ref())),
        LinkView::HeldRun(run) => choice::held_run(reader, visit, run),
        LinkView::StopMail { stopped: true, .. } => html(&done(reader, Done::MailStopped)),
        LinkView::StopMail { request, .. } => choice::stop_mail(reader, visit, request.as_ref()),
        LinkView::Approval { request, approval } => {
            request::approval(reader, visit, (request, approval), None)
        }
        LinkView::Done(what) | LinkView::DoneBefore(what) => html(&done(reader, *what)),
        LinkView::Refused(refusal) => html(&Said {
            frame: Frame::new(reader, words.refused),
            says: vec![wording::refusal(words, refusal)],
            again: refusal.code == Code::TooOften,
            forms: false,
            begins: false,
            renewal: None,
            offer: None,
        }),
        LinkView::ForeignForm => html(&Said::new(reader, &words.foreign_form).with_way_back()),
        LinkView::Over => html(&over(reader, visit)),
        LinkView::Session(caller) => return Reply::see_other(&entrance(caller)),
        LinkView::Unknown => return not_found(reader),
    };
    let page = Reply::page(status(&visit.view), html);
    match &visit.view {
        LinkView::Refused(refusal) => page.after_refusal(refusal),
        _ => page,
    }
}

/// The page of a link that is over, with the reason if it is known.
fn over(reader: &Reader, visit: &Visit) -> Said {
    let words = &reader.words.link;
    let said = Said::new(reader, &words.over).offering_renewal(visit.renewal.as_ref());
    match &visit.ended {
        Some(ended) => Said {
            says: vec![wording::ended(reader, ended)],
            ..said
        },
        None => said,
    }
}

/// The page of an approval, with a reason that was not taken and why; nothing when there is no such
/// page any more.
pub(crate) fn answer_again(
    reader: &Reader,
    visit: &Visit,
    refusal: &Refusal,
    typed: &str,
) -> Option<Reply> {
    let LinkView::Approval { request, approval } = &visit.view else {
        return None;
    };
    let refused = request::Refused {
        says: wording::refusal(&reader.words.link, refusal),
        typed,
    };
    let html = request::approval(reader, visit, (request, approval), Some(refused));
    Some(Reply::page(StatusCode::CONFLICT, html).after_refusal(refusal))
}

fn done(reader: &Reader, done: Done) -> Said {
    let words = &reader.words.link;
    let notice = match done {
        Done::Accepted => &words.accepted,
        Done::Declined => &words.invitation_declined,
        Done::Kept => &words.kept,
        Done::Answered(Decision::Approved) => &words.approved,
        Done::Answered(Decision::Declined) => &words.approval_declined,
        Done::MailStopped => &words.mail_stopped,
        Done::ExceptionAllowed => &words.exception_allowed,
        Done::ExceptionRefused => &words.exception_refused,
        Done::Released => &words.released,
        Done::LinkMailed => &words.link_mailed,
    };
    let said = Said::new(reader, notice);
    match done {
        // The pages on which mails are ordered again open by another link.
        Done::MailStopped => said.offering_link(),
        Done::Accepted | Done::Kept => said.beginning(reader),
        Done::Declined
        | Done::Answered(_)
        | Done::ExceptionAllowed
        | Done::ExceptionRefused
        | Done::Released
        | Done::LinkMailed => said,
    }
}

/// The address at which a session begins: the page that its link opened.
pub(crate) fn entrance(caller: &Caller) -> String {
    match caller.scope().area() {
        Some(Area::Organization(org)) if caller.purpose() == Purpose::Review => {
            format!("/console/{org}/review")
        }
        Some(Area::Organization(org)) => format!("/console/{org}"),
        Some(Area::Request(request)) => format!("/requests/{}/{}", request.desk, request.key),
        Some(Area::Own) | None => "/requests".to_owned(),
    }
}

/// A person, when it was one.
fn person(actor: &Actor) -> Option<&str> {
    match actor {
        Actor::Person(email) => Some(email.as_str()),
        Actor::Source(_) | Actor::Sweep | Actor::MailFeedback | Actor::Desk | Actor::Operator => {
            None
        }
    }
}

#[cfg(test)]
mod tests;
