//! Mails about the reader's own access.

use domain::{
    Days, Role, Timestamp,
    membership::OffboardReason,
    message::Opens,
    text::{Name, Note, Title},
};
use words::with;

use super::Writer;
use crate::{
    context::Person,
    letter::{Block, Fact, Letter},
    quote::{shortened, without_addresses},
};

/// The most characters of what a stranger wrote that a mail to an address they typed repeats: enough
/// to know one's own request by, too little to be worth sending to others.
const MAX_UNCONFIRMED: usize = 60;

/// An invitation, as its mail and its reminder tell it.
pub(super) struct Invitation<'a> {
    pub(super) org: &'a Name,
    pub(super) inviter: Option<&'a str>,
    pub(super) role: Role,
    pub(super) note: Option<&'a Note>,
    pub(super) expires_at: Timestamp,
    pub(super) access_until: Option<Timestamp>,
}

pub(super) fn invitation(writer: &Writer<'_>, of: &Invitation<'_>) -> Letter {
    let words = &writer.words.mail_access;
    let (desk, org) = (with::Desk(writer.desk), with::Org(of.org));
    let (subject, lead) = match of.inviter {
        Some(inviter) => (
            words.invitation_subject_by(with::Inviter(inviter), org),
            words.invitation_lead_by(desk, with::Inviter(inviter), org),
        ),
        None => (
            words.invitation_subject(of.org),
            words.invitation_lead(desk, org),
        ),
    };
    Letter {
        subject,
        heading: words.invitation_heading(of.org),
        rest: vec![Block::paragraph(words.invitation_rest)],
        ..invited(writer, of, lead, words.invitation_note)
    }
}

pub(super) fn invitation_reminder(writer: &Writer<'_>, of: &Invitation<'_>) -> Letter {
    let words = &writer.words.mail_access;
    let (desk, org) = (with::Desk(writer.desk), with::Org(of.org));
    let lead = match of.inviter {
        Some(inviter) => words.reminder_lead_by(desk, with::Inviter(inviter), org),
        None => words.reminder_lead(desk, org),
    };
    Letter {
        subject: words.reminder_subject(with::Day(writer.when(of.expires_at).day), org),
        heading: words.reminder_heading(of.org),
        rest: vec![Block::paragraph(words.reminder_rest)],
        ..invited(writer, of, lead, words.reminder_note)
    }
}

/// The parts that an invitation and its reminder share.
fn invited(writer: &Writer<'_>, of: &Invitation<'_>, lead: String, note: &'static str) -> Letter {
    let words = &writer.words.mail_access;
    let as_role = match of.role {
        Role::Lead => words.invitation_for_lead,
        Role::Member => words.invitation_for_member,
    };
    let mut lead = vec![Block::Paragraph(lead), Block::paragraph(as_role)];
    lead.extend(writer.quote(note, of.note.map(Note::as_str)));
    let until = of.access_until;
    let until = until.map(|until| writer.instant(words.invitation_until, until));
    Letter {
        lead,
        facts: [writer.instant(writer.words.mail.answer_by, of.expires_at)]
            .into_iter()
            .chain(until)
            .collect(),
        action: words.invitation_action.into(),
        why: match of.inviter {
            Some(inviter) => words.invitation_why_by(inviter),
            None => words.invitation_why.into(),
        },
        needs_link: true,
        ..Letter::default()
    }
}

pub(super) fn welcome(writer: &Writer<'_>, org: &Name, role: Role) -> Letter {
    let words = &writer.words.mail_access;
    let (desk, org) = (with::Desk(writer.desk), with::Org(org));
    let (lead, action) = match role {
        Role::Lead => (
            words.welcome_lead_for_lead(desk, org),
            writer.words.mail.open_console,
        ),
        Role::Member => (
            words.welcome_lead_for_member(desk, org),
            writer.words.mail.open_requests,
        ),
    };
    Letter {
        subject: words.welcome_subject(writer.desk),
        heading: words.welcome_heading.into(),
        lead: vec![Block::Paragraph(lead)],
        action: action.into(),
        rest: vec![Block::paragraph(words.welcome_rest)],
        why: words.welcome_why.into(),
        ..Letter::default()
    }
}

pub(super) fn inactivity_warning(
    writer: &Writer<'_>,
    org: &Name,
    quiet: Days,
    until: Timestamp,
) -> Letter {
    let words = &writer.words.mail_access;
    let day = with::Day(writer.when(until).day);
    let desk = with::Desk(writer.desk);
    Letter {
        subject: words.inactivity_subject(day, desk),
        heading: words.inactivity_heading.into(),
        ..quiet_member(
            writer,
            words.inactivity_lead(with::Days(quiet.0), desk, with::Org(org)),
            org,
            until,
        )
    }
}

pub(super) fn inactivity_reminder(writer: &Writer<'_>, org: &Name, until: Timestamp) -> Letter {
    let words = &writer.words.mail_access;
    let day = with::Day(writer.when(until).day);
    let desk = with::Desk(writer.desk);
    Letter {
        subject: words.inactivity_reminder_subject(day, desk),
        heading: words.inactivity_reminder_heading.into(),
        ..quiet_member(
            writer,
            words.inactivity_reminder_lead(desk, with::Org(org)),
            org,
            until,
        )
    }
}

/// The parts that a warning for inactivity and its reminder share.
fn quiet_member(writer: &Writer<'_>, lead: String, org: &Name, until: Timestamp) -> Letter {
    let words = &writer.words.mail_access;
    Letter {
        lead: vec![
            Block::Paragraph(lead),
            Block::paragraph(words.inactivity_how),
        ],
        facts: vec![writer.instant(writer.words.mail.access_ends, until)],
        action: words.inactivity_action.into(),
        rest: writer.whom_to_ask(words.inactivity_rest(org)),
        why: writer.words.mail.why_access(writer.desk),
        needs_link: true,
        ..Letter::default()
    }
}

pub(super) fn ending(writer: &Writer<'_>, org: &Name, until: Timestamp) -> Letter {
    let words = &writer.words.mail_access;
    let desk = with::Desk(writer.desk);
    Letter {
        subject: words.ending_subject(with::Day(writer.when(until).day), desk),
        heading: words.ending_heading.into(),
        lead: vec![Block::Paragraph(words.ending_lead(desk, with::Org(org)))],
        facts: vec![writer.instant(writer.words.mail.access_ends, until)],
        rest: writer.whom_to_ask(words.ending_rest(org)),
        why: writer.words.mail.why_access(writer.desk),
        ..Letter::default()
    }
}

pub(super) fn ended(writer: &Writer<'_>, name: &Name, why: OffboardReason) -> Letter {
    let words = &writer.words.mail_access;
    let (desk, org) = (with::Desk(writer.desk), with::Org(name));
    let reason = match why {
        OffboardReason::Inactive => words.ended_inactive.into(),
        OffboardReason::Expired => words.ended_expired.into(),
        OffboardReason::Left => words.ended_left(name),
        OffboardReason::NotNeeded => words.ended_not_needed.into(),
        OffboardReason::Lead => words.ended_lead_did(name),
        OffboardReason::Policy => words.ended_policy(desk, org),
    };
    let lead = writer.context.people.leads.first();
    let action = lead.map_or_else(String::new, |lead| words.ended_action(lead.called()));
    Letter {
        action: action.into(),
        instead: lead.map(Person::mailto),
        subject: words.ended_subject(writer.desk),
        heading: words.ended_heading.into(),
        lead: vec![
            Block::Paragraph(words.ended_lead(desk, org)),
            Block::Paragraph(reason),
        ],
        rest: writer.whom_to_ask(words.ended_rest(name)),
        why: words.ended_why(writer.desk),
        ..Letter::default()
    }
}

pub(super) fn own_link(writer: &Writer<'_>, opens: Opens, org: Option<&Name>) -> Letter {
    let words = &writer.words.mail_access;
    let (desk, consoles) = (with::Desk(writer.desk), &writer.context.links.consoles);
    let (subject, lead, action) = match (opens, org) {
        (Opens::LeadConsole, Some(org)) => (
            words.link_subject_console_of(org),
            words.link_lead_console_of(desk, with::Org(org)),
            writer.words.mail.open_console,
        ),
        (Opens::LeadConsole, None) => (
            words.link_subject_console.into(),
            words.link_lead_console(writer.desk),
            writer.words.mail.open_console,
        ),
        (Opens::MyRequests, _) if consoles.is_empty() => (
            words.link_subject_requests.into(),
            words.link_lead_requests(writer.desk),
            writer.words.mail.open_requests,
        ),
        (Opens::MyRequests, _) => (
            words.link_subject_several.into(),
            words.link_lead_several(writer.desk),
            writer.words.mail.open_requests,
        ),
    };
    let (mut rest, heading) = if consoles.is_empty() {
        (Vec::new(), words.link_heading)
    } else {
        let introduction = Block::paragraph(words.link_consoles);
        (vec![introduction], words.link_heading_several)
    };
    rest.extend(consoles.iter().map(|console| {
        let name = console.org_name.to_string();
        Block::Link(name, console.url.to_string())
    }));
    rest.push(Block::paragraph(words.link_rest));
    Letter {
        subject,
        heading: heading.into(),
        lead: vec![Block::Paragraph(lead)],
        action: action.into(),
        rest,
        why: words.link_why(writer.desk),
        needs_link: true,
        ..Letter::default()
    }
}

pub(super) fn confirm_request(writer: &Writer<'_>, summary: &Title, until: Timestamp) -> Letter {
    let words = &writer.words.mail_access;
    // Somebody may have typed another's address: what they wrote beside it is kept short here.
    let begins = shortened(&without_addresses(summary.as_str()), MAX_UNCONFIRMED);
    Letter {
        subject: words.confirm_subject(writer.desk),
        heading: words.confirm_heading.into(),
        lead: vec![Block::Paragraph(words.confirm_lead(writer.desk))],
        facts: vec![
            Fact::new(words.confirm_begins, &begins),
            writer.instant(words.confirm_until, until),
        ],
        action: words.confirm_action.into(),
        rest: vec![
            Block::paragraph(words.confirm_rest),
            Block::paragraph(words.confirm_or_not),
        ],
        why: words.confirm_why.into(),
        needs_link: true,
        ..Letter::default()
    }
}
