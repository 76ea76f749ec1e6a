//! Mails about an organisation, to its leads and to administrators.

use domain::{
    Days, DeskId, EmailAddress, Timestamp, customer::Suppression, message::ToAsk, text::Name,
};
use words::with;

use super::{Writer, left_out};
use crate::letter::{Block, Fact, Letter};

fn list(people: &[EmailAddress]) -> Block {
    Block::List(people.iter().map(ToString::to_string).collect())
}

pub(super) fn address_suppressed(
    writer: &Writer<'_>,
    org: &Name,
    member: &EmailAddress,
    why: Suppression,
) -> Letter {
    let words = &writer.words.mail_care;
    let (desk, person) = (with::Desk(writer.desk), with::Member(member));
    let instead = Block::Paragraph(words.bounced_asked_instead(writer.desk));
    let lead = match why {
        Suppression::Bounce => vec![Block::Paragraph(words.bounced_lead(member)), instead],
        Suppression::Listed => {
            vec![
                Block::Paragraph(words.bounced_listed(desk, person)),
                instead,
            ]
        }
        Suppression::Complaint => vec![Block::Paragraph(words.complaint_lead(desk, person))],
    };
    let (subject, heading, rest) = match why {
        Suppression::Bounce | Suppression::Listed => (
            words.bounced_subject(member),
            words.bounced_heading,
            words.bounced_rest(org),
        ),
        Suppression::Complaint => (
            words.complaint_subject(member),
            words.complaint_heading,
            words.complaint_rest(org),
        ),
    };
    Letter {
        subject,
        heading: heading.into(),
        lead,
        action: writer.words.mail.open_console.into(),
        rest: vec![Block::Paragraph(rest)],
        why: writer.words.mail.why_lead(org),
        ..Letter::default()
    }
}

pub(super) fn unreachable(writer: &Writer<'_>, org: &Name, people: &[EmailAddress]) -> Letter {
    let words = &writer.words.mail_care;
    // Administrators have no console to open.
    let (rest, why) = if writer.context.links.main.is_some() {
        (
            words.unreachable_rest_lead.into(),
            writer.words.mail.why_lead(org),
        )
    } else {
        (
            words.unreachable_rest_administrator(org),
            writer.words.mail.why_administrator(writer.desk),
        )
    };
    let lead = words.unreachable_lead(with::Desk(writer.desk), with::Org(org));
    Letter {
        subject: words.unreachable_subject(with::Count(people.len()), with::Org(org)),
        heading: words.unreachable_heading.into(),
        lead: vec![Block::Paragraph(lead), list(people)],
        action: writer.words.mail.open_console.into(),
        rest: vec![
            Block::Paragraph(rest),
            Block::paragraph(words.unreachable_again),
        ],
        why,
        ..Letter::default()
    }
}

pub(super) fn review(
    writer: &Writer<'_>,
    org: &Name,
    people: u32,
    every: Days,
    last: Option<Timestamp>,
) -> Letter {
    let words = &writer.words.mail_care;
    let (desk, org) = (with::Desk(writer.desk), with::Org(org));
    let last = last.map(|last| writer.instant(words.review_last, last));
    Letter {
        subject: words.review_subject(desk, org),
        heading: words.review_heading.into(),
        lead: vec![Block::Paragraph(words.review_lead(desk, org))],
        facts: [Fact::new(words.review_people, &people)]
            .into_iter()
            .chain(last)
            .collect(),
        action: words.review_action.into(),
        rest: vec![Block::paragraph(words.review_rest)],
        why: words.review_why(with::Days(every.0), org),
        needs_link: true,
        ..Letter::default()
    }
}

pub(super) fn digest(
    writer: &Writer<'_>,
    org: &Name,
    (removed, total): (&[EmailAddress], u32),
    undo_until: Timestamp,
) -> Letter {
    let words = &writer.words.mail_care;
    let (desk, count) = (with::Desk(writer.desk), with::Count(total));
    let lead = words.digest_lead(count, desk, with::Org(org));
    let mut lead = vec![Block::Paragraph(lead), list(removed)];
    match left_out(removed, total) {
        0 => {}
        more => lead.push(Block::Paragraph(words.digest_more(more))),
    }
    Letter {
        subject: words.digest_subject(count, with::Org(org)),
        heading: words.digest_heading(total),
        lead,
        facts: vec![writer.instant(writer.words.mail.undo_until, undo_until)],
        action: writer.words.mail.open_console.into(),
        rest: vec![Block::paragraph(words.digest_rest)],
        why: writer.words.mail.why_lead(org),
        ..Letter::default()
    }
}

pub(super) fn vacant(
    writer: &Writer<'_>,
    org: &Name,
    since: Timestamp,
    (to_ask, total): (&[ToAsk], u32),
) -> Letter {
    let words = &writer.words.mail_care;
    let mut lead = vec![Block::Paragraph(words.vacant_lead(org))];
    if to_ask.is_empty() {
        lead.push(Block::paragraph(words.vacant_nobody));
    } else {
        let people = to_ask.iter().map(|person| line(writer, person));
        lead.push(Block::paragraph(words.vacant_ask));
        lead.push(Block::List(people.collect()));
        match left_out(to_ask, total) {
            0 => {}
            more => lead.push(Block::Paragraph(words.vacant_more(more))),
        }
    }
    Letter {
        subject: words.vacant_subject(org),
        heading: words.vacant_heading(org),
        lead,
        facts: vec![writer.instant(words.vacant_since, since)],
        rest: vec![
            Block::Paragraph(words.vacant_rest(org)),
            Block::paragraph(words.vacant_again),
        ],
        why: writer.words.mail.why_administrator(writer.desk),
        ..Letter::default()
    }
}

/// A person who could be asked to lead: address, name and activity.
fn line(writer: &Writer<'_>, person: &ToAsk) -> String {
    let words = &writer.words.mail_care;
    let active = match person.last_active {
        Some(at) => words.vacant_last_active(writer.when(at).said),
        None => words.vacant_not_active.into(),
    };
    match &person.name {
        Some(name) => format!("{} ({name}): {active}", person.email),
        None => format!("{}: {active}", person.email),
    }
}

pub(super) fn last_lead(writer: &Writer<'_>, org: &Name, lead: &EmailAddress) -> Letter {
    let words = &writer.words.mail_care;
    Letter {
        subject: words.last_lead_subject(org),
        heading: words.last_lead_heading(org),
        lead: vec![
            Block::Paragraph(words.last_lead_lead(with::Lead(lead), with::Org(org))),
            Block::paragraph(words.last_lead_check),
        ],
        why: writer.words.mail.why_administrator(writer.desk),
        ..Letter::default()
    }
}

pub(super) fn held(
    writer: &Writer<'_>,
    run: Timestamp,
    (would_remove, limit): (u32, u32),
    organizations: &[(Name, u32)],
) -> Letter {
    let words = &writer.words.mail_care;
    let mut lead = vec![Block::paragraph(words.held_lead)];
    if !organizations.is_empty() {
        let lines = organizations.iter();
        let lines = lines.map(|(name, count)| format!("{name}: {count}"));
        lead.push(Block::paragraph(words.held_where));
        lead.push(Block::List(lines.collect()));
    }
    Letter {
        subject: words.held_subject(would_remove),
        heading: words.held_heading.into(),
        lead,
        facts: vec![
            writer.instant(words.held_run, run),
            Fact::new(words.held_would_lose, &would_remove),
            Fact::new(words.held_limit, &limit),
        ],
        action: words.held_action.into(),
        rest: vec![Block::paragraph(words.held_rest)],
        why: writer.words.mail.why_administrator(writer.desk),
        needs_link: true,
        ..Letter::default()
    }
}

pub(super) fn token(writer: &Writer<'_>, desk: &DeskId, expires_at: Timestamp) -> Letter {
    let words = &writer.words.mail_care;
    Letter {
        subject: words.token_subject(writer.desk),
        heading: words.token_heading.into(),
        lead: vec![Block::Paragraph(words.token_lead(writer.desk))],
        facts: vec![writer.instant(words.token_until, expires_at)],
        rest: vec![Block::Paragraph(words.token_rest(desk))],
        why: writer.words.mail.why_administrator(writer.desk),
        ..Letter::default()
    }
}

pub(super) fn burst(
    writer: &Writer<'_>,
    by: &EmailAddress,
    org: Option<&Name>,
    again: Timestamp,
) -> Letter {
    let words = &writer.words.mail_care;
    let lead = match org {
        Some(org) => words.burst_lead_of(with::Org(org), with::Who(by)),
        None => words.burst_lead(by),
    };
    Letter {
        subject: words.burst_subject(by),
        heading: words.burst_heading.into(),
        lead: vec![Block::Paragraph(lead), Block::paragraph(words.burst_told)],
        facts: vec![writer.instant(words.burst_again, again)],
        why: writer.words.mail.why_inbox(writer.desk),
        ..Letter::default()
    }
}
