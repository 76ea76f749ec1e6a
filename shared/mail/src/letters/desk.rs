//! Mails to a desk, about what somebody did on the pages.

use domain::{
    EmailAddress,
    message::{AboutRequest, RequesterAction},
    text::{Body, Name},
};
use words::with;

use super::{
    Writer,
    requests::{about, answer, key, short},
};
use crate::letter::{Block, Fact, Letter};

pub(super) fn notice(
    writer: &Writer<'_>,
    request: &AboutRequest,
    (by, name): (&EmailAddress, Option<&Name>),
    action: &RequesterAction,
) -> Letter {
    let who = match name {
        Some(name) => format!("{name} <{by}>"),
        None => by.to_string(),
    };
    let mut letter = Letter {
        subject: format!("[{}] {}", key(request), short(request)),
        facts: about(writer, request),
        why: writer.words.mail.why_inbox(writer.desk),
        ..Letter::default()
    };
    tell(writer, &who, action, &mut letter);
    let not_added = writer.words.mail.not_added;
    letter.rest.push(Block::paragraph(not_added));
    letter
}

/// Adds to a desk's letter what somebody did.
fn tell(writer: &Writer<'_>, who: &str, action: &RequesterAction, letter: &mut Letter) {
    let words = &writer.words.mail_requests;
    let (heading, lead) = match action {
        RequesterAction::Raised {
            kind,
            description,
            answers,
            more,
        } => {
            let description = description.as_ref().map(Body::as_str);
            letter
                .facts
                .push(Fact::new(words.raised_type, kind.as_str()));
            letter.rest = writer.quote(words.raised_description, description);
            for (label, answer) in answers {
                let lines = Block::quote(answer.as_str(), writer.words.mail.shortened);
                letter.rest.push(Block::paragraph(label.as_str()));
                letter.rest.extend(lines);
            }
            if *more > 0 {
                letter.rest.push(Block::Paragraph(words.raised_more(more)));
            }
            let lead = vec![Block::Paragraph(words.raised_lead(who))];
            (words.raised_heading, lead)
        }
        RequesterAction::Commented { body } => {
            let lead = writer.quote(words.wrote_lead(who), Some(body.as_str()));
            (words.wrote_heading, lead)
        }
        RequesterAction::StatusChanged { status } => {
            let lead = words.changed_lead(with::Status(status.as_str()), with::Who(who));
            (words.changed_heading, vec![Block::Paragraph(lead)])
        }
        RequesterAction::SharedWithPerson { email } => {
            let lead = words.shared_with_person(with::Email(email), with::Who(who));
            (words.shared_on_heading, vec![Block::Paragraph(lead)])
        }
        RequesterAction::SharedWithOrganization { org_name } => {
            let lead = words.shared_with_organization(with::Org(org_name), with::Who(who));
            (words.shared_on_heading, vec![Block::Paragraph(lead)])
        }
        RequesterAction::ApprovalAnswered { decision, reason } => (
            words.decided_heading,
            answer(writer, who, *decision, reason.as_ref()),
        ),
    };
    letter.heading = heading.into();
    letter.lead = lead;
}
