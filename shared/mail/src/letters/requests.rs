//! Mails about a request, to those who raised, follow or approve it.

use domain::{
    EmailAddress, RequestKey, Timestamp,
    message::AboutRequest,
    request::{AuthorRole, Category, Decision},
    text::{Body, Name, Reason, Title},
};
use words::with;

use super::Writer;
use crate::{
    letter::{Block, Fact, Letter},
    quote::shortened,
};

/// The most characters of a summary that a subject repeats. It must not change between the mails of
/// a request, since some mail programs thread by subject, too.
const MAX_IN_SUBJECT: usize = 120;

pub(super) fn short(request: &AboutRequest) -> String {
    shortened(request.summary.as_str(), MAX_IN_SUBJECT)
}

/// The subject of every mail about a request.
fn subject(request: &AboutRequest) -> String {
    topic(request, &short(request))
}

/// It has the key under which the request was raised, like the summary for programs that thread by
/// subject.
fn topic(request: &AboutRequest, said: &str) -> String {
    format!("[{}] {said}", request.id.key.as_str())
}

/// The key that it has now.
pub(super) fn key(request: &AboutRequest) -> &str {
    request.now.as_ref().unwrap_or(&request.id.key).as_str()
}

/// The facts by which every mail names a request.
pub(super) fn about(writer: &Writer<'_>, request: &AboutRequest) -> Vec<Fact> {
    let words = &writer.words.mail;
    vec![
        Fact::new(words.request, key(request)),
        Fact::new(words.summary, request.summary.as_str()),
    ]
}

pub(super) fn received(
    writer: &Writer<'_>,
    request: &AboutRequest,
    description: Option<&Body>,
) -> Letter {
    let words = &writer.words.mail_requests;
    Letter {
        subject: subject(request),
        heading: words.received_heading.into(),
        lead: vec![Block::Paragraph(words.received_lead(writer.desk))],
        facts: about(writer, request),
        action: words.received_action.into(),
        rest: writer.quote(words.received_quote, description.map(Body::as_str)),
        why: words.received_why.into(),
        ..Letter::default()
    }
}

pub(super) fn shared(writer: &Writer<'_>, request: &AboutRequest, reporter: &str) -> Letter {
    let words = &writer.words.mail_requests;
    let lead = words.shared_lead(with::Desk(writer.desk), with::Reporter(reporter));
    Letter {
        subject: subject(request),
        heading: words.shared_heading.into(),
        lead: vec![Block::Paragraph(lead)],
        facts: about(writer, request),
        action: writer.words.mail.open_request.into(),
        why: words.shared_why.into(),
        ..Letter::default()
    }
}

pub(super) fn commented(
    writer: &Writer<'_>,
    request: &AboutRequest,
    (author, role, email): (&Name, Option<AuthorRole>, Option<&EmailAddress>),
    body: &Body,
) -> Letter {
    let words = &writer.words.mail_requests;
    let heading = match (role, email) {
        (Some(AuthorRole::Agent), _) => {
            words.commented_heading_desk(with::Author(author), with::Desk(writer.desk))
        }
        (Some(AuthorRole::Customer), Some(email)) => {
            words.commented_heading_colleague(with::Author(author), with::Email(email))
        }
        (Some(AuthorRole::Customer), None) => words.commented_heading_customer(author),
        (None, _) => words.commented_heading(author),
    };
    Letter {
        subject: subject(request),
        heading,
        lead: Block::quote(body.as_str(), writer.words.mail.shortened),
        facts: about(writer, request),
        action: words.commented_action.into(),
        rest: vec![Block::paragraph(words.commented_rest)],
        why: writer.words.mail.why_follower.into(),
        ..Letter::default()
    }
}

pub(super) fn transitioned(
    writer: &Writer<'_>,
    request: &AboutRequest,
    status: &Title,
    category: Category,
) -> Letter {
    let words = &writer.words.mail_requests;
    let open = writer.words.mail.open_request;
    let (heading, lead, action) = match category {
        Category::New => (words.status_heading_new, words.status_lead_new.into(), open),
        Category::InProgress => (
            words.status_heading_in_progress,
            words.status_lead_in_progress.into(),
            open,
        ),
        Category::WaitingForCustomer => (
            words.status_heading_waiting,
            words.status_lead_waiting(writer.desk),
            words.status_action_waiting,
        ),
        Category::Done => (words.status_heading_done, words.still_missing.into(), open),
    };
    let mut facts = vec![Fact::new(words.status, status.as_str())];
    facts.extend(about(writer, request));
    let subject = match category {
        Category::WaitingForCustomer => topic(request, &words.waiting_subject(short(request))),
        Category::New | Category::InProgress | Category::Done => subject(request),
    };
    Letter {
        subject,
        heading: heading.into(),
        lead: vec![Block::Paragraph(lead)],
        facts,
        action: action.into(),
        why: writer.words.mail.why_follower.into(),
        ..Letter::default()
    }
}

pub(super) fn moved(
    writer: &Writer<'_>,
    request: &AboutRequest,
    to: &RequestKey,
    followed: bool,
) -> Letter {
    let words = &writer.words.mail_requests;
    let (first, now) = (request.id.key.as_str(), to.as_str());
    let lead = if followed {
        words.moved_lead(with::First(first), with::Now(now))
    } else {
        words.moved_lead_elsewhere(with::Desk(writer.desk), with::Now(now))
    };
    Letter {
        subject: subject(request),
        heading: words.moved_heading.into(),
        lead: vec![Block::Paragraph(lead)],
        facts: vec![
            Fact::new(words.moved_now, now),
            Fact::new(words.moved_first, first),
            Fact::new(writer.words.mail.summary, request.summary.as_str()),
        ],
        action: writer.words.mail.open_request.into(),
        why: writer.words.mail.why_follower.into(),
        ..Letter::default()
    }
}

pub(super) fn closed(
    writer: &Writer<'_>,
    request: &AboutRequest,
    resolution: Option<&Title>,
) -> Letter {
    let words = &writer.words.mail_requests;
    let result = resolution.map(|title| Fact::new(words.closed_result, title.as_str()));
    Letter {
        subject: subject(request),
        heading: words.closed_heading.into(),
        lead: vec![Block::paragraph(words.still_missing)],
        facts: result.into_iter().chain(about(writer, request)).collect(),
        action: writer.words.mail.open_request.into(),
        why: writer.words.mail.why_follower.into(),
        ..Letter::default()
    }
}

pub(super) fn approval_requested(
    writer: &Writer<'_>,
    request: &AboutRequest,
    reporter: &str,
    due: Option<Timestamp>,
) -> Letter {
    let words = &writer.words.mail_requests;
    let lead = words.approval_lead(with::Desk(writer.desk), with::Reporter(reporter));
    let due = due.map(|due| writer.instant(writer.words.mail.answer_by, due));
    Letter {
        subject: topic(request, &words.approval_subject(short(request))),
        heading: words.approval_heading.into(),
        lead: vec![Block::Paragraph(lead)],
        facts: about(writer, request).into_iter().chain(due).collect(),
        action: words.approval_action.into(),
        rest: vec![Block::paragraph(words.approval_rest)],
        why: words.approval_why.into(),
        needs_link: true,
        ..Letter::default()
    }
}

pub(super) fn approval_answered(
    writer: &Writer<'_>,
    request: &AboutRequest,
    by: &EmailAddress,
    decision: Decision,
    reason: Option<&Reason>,
) -> Letter {
    let words = &writer.words.mail_requests;
    Letter {
        subject: subject(request),
        heading: match decision {
            Decision::Approved => words.approved_heading.into(),
            Decision::Declined => words.declined_heading.into(),
        },
        lead: answer(writer, by.as_str(), decision, reason),
        facts: about(writer, request),
        action: writer.words.mail.open_request.into(),
        why: words.answered_why.into(),
        ..Letter::default()
    }
}

/// An approver's answer, with the reason if there is one.
pub(super) fn answer(
    writer: &Writer<'_>,
    who: &str,
    decision: Decision,
    reason: Option<&Reason>,
) -> Vec<Block> {
    let words = &writer.words.mail_requests;
    let mut blocks = vec![Block::Paragraph(match decision {
        Decision::Approved => words.approved_by(who),
        Decision::Declined => words.declined_by(who),
    })];
    let reason = reason.map(Reason::as_str);
    blocks.extend(writer.quote(writer.words.mail.reason_given, reason));
    blocks
}

pub(super) fn handed_over(writer: &Writer<'_>, request: &AboutRequest, from: &str) -> Letter {
    let words = &writer.words.mail_requests;
    let lead = words.handed_over_lead(with::Desk(writer.desk), with::Who(from));
    Letter {
        subject: subject(request),
        heading: words.handed_over_heading.into(),
        lead: vec![Block::Paragraph(lead)],
        facts: about(writer, request),
        action: writer.words.mail.open_request.into(),
        why: words.handed_over_why.into(),
        ..Letter::default()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use domain::RequestRef;

    use super::*;
    #[test]
    fn a_long_summary_is_shortened_for_the_subject_at_a_character() {
        let request = AboutRequest {
            id: RequestRef {
                desk: "it".parse().unwrap(),
                key: "IT-1".parse().unwrap(),
            },
            now: None,
            summary: Title::new(&"ß".repeat(300)).unwrap(),
        };
        assert_eq!(short(&request).chars().count(), MAX_IN_SUBJECT);
        assert!(subject(&request).starts_with("[IT-1] ß"));
    }
}
