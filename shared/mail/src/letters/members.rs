//! Mails about single people, to those who invite them or look after their access.

use domain::{
    EmailAddress, Role, Timestamp,
    membership::OffboardReason,
    message::{AboutRequest, AskedTerms},
    text::{Name, Note},
};
use words::with;

use super::{Writer, requests::about};
use crate::letter::{Block, Fact, Letter};

pub(super) fn declined(writer: &Writer<'_>, org: &Name, invitee: &EmailAddress) -> Letter {
    let words = &writer.words.mail_care;
    let lead = words.declined_lead(with::Invitee(invitee), with::Org(org));
    Letter {
        subject: words.declined_subject(invitee),
        heading: words.declined_heading.into(),
        lead: vec![Block::Paragraph(lead)],
        action: writer.words.mail.open_console.into(),
        why: words.declined_why.into(),
        ..Letter::default()
    }
}

pub(super) fn exception_asked(
    writer: &Writer<'_>,
    org: &Name,
    (invitee, by): (&EmailAddress, Option<&str>),
    terms: Option<&AskedTerms>,
    until: Timestamp,
) -> Letter {
    let words = &writer.words.mail_care;
    let lead = match by {
        Some(by) => words.exception_lead_by(with::Inviter(by), with::Org(org)),
        None => words.exception_lead(org),
    };
    let mut facts = vec![Fact::new(words.exception_invitee, invitee)];
    facts.extend(terms.into_iter().flat_map(|terms| asked(writer, terms)));
    facts.push(Fact::new(words.exception_organization, org));
    facts.push(writer.instant(words.exception_until, until));
    let note = terms.and_then(|terms| terms.note.as_ref());
    let mut rest = writer.quote(words.exception_note, note.map(Note::as_str));
    rest.push(Block::paragraph(words.exception_rest));
    Letter {
        subject: words.exception_subject(with::Invitee(invitee), with::Org(org)),
        heading: words.exception_heading.into(),
        lead: vec![Block::Paragraph(lead)],
        facts,
        action: words.exception_action.into(),
        rest,
        why: writer.words.mail.why_administrator(writer.desk),
        needs_link: true,
        ..Letter::default()
    }
}

/// The facts of what is allowed with an invitation.
fn asked(writer: &Writer<'_>, terms: &AskedTerms) -> Vec<Fact> {
    let words = &writer.words.mail_care;
    let name = terms.name.as_ref();
    let mut facts: Vec<_> = name
        .map(|name| Fact::new(words.exception_name, name))
        .into_iter()
        .collect();
    facts.push(Fact::new(
        words.exception_role,
        match terms.role {
            Role::Lead => words.exception_role_lead,
            Role::Member => words.exception_role_member,
        },
    ));
    facts.push(match terms.access_until {
        Some(until) => writer.instant(words.exception_access_ends, until),
        None => Fact::new(words.exception_access_ends, words.exception_no_end),
    });
    let (cap, used) = (with::Cap(terms.seat_cap), with::Used(terms.seats_used));
    let taken = words.exception_seats_taken(cap, used);
    facts.push(Fact::new(words.exception_seats, &taken));
    facts
}

pub(super) fn exception_allowed(writer: &Writer<'_>, org: &Name, invitee: &EmailAddress) -> Letter {
    let words = &writer.words.mail_care;
    let (invitee, org) = (with::Invitee(invitee), with::Org(org));
    let lead = words.allowed_lead(with::Desk(writer.desk), invitee, org);
    Letter {
        subject: words.allowed_subject(invitee, org),
        heading: words.allowed_heading.into(),
        lead: vec![Block::Paragraph(lead)],
        action: writer.words.mail.open_console.into(),
        why: words.refused_why.into(),
        ..Letter::default()
    }
}

pub(super) fn exception_refused(writer: &Writer<'_>, org: &Name, invitee: &EmailAddress) -> Letter {
    let words = &writer.words.mail_care;
    let (invitee, org) = (with::Invitee(invitee), with::Org(org));
    Letter {
        subject: words.refused_subject(invitee, org),
        heading: words.refused_heading.into(),
        lead: vec![Block::Paragraph(words.refused_lead(
            with::Desk(writer.desk),
            invitee,
            org,
        ))],
        action: writer.words.mail.open_console.into(),
        why: words.refused_why.into(),
        ..Letter::default()
    }
}

pub(super) fn joined(
    writer: &Writer<'_>,
    name: &Name,
    member: &EmailAddress,
    seated: bool,
) -> Letter {
    let words = &writer.words.mail_care;
    let (desk, member) = (with::Desk(writer.desk), with::Member(member));
    let org = with::Org(name);
    let (subject, heading, lead, rest) = if seated {
        (
            words.joined_subject(member, org),
            words.joined_heading,
            words.joined_lead(desk, member, org),
            words.joined_rest,
        )
    } else {
        (
            words.no_seat_subject(member, org),
            words.no_seat_heading,
            words.no_seat_lead(desk, member, org),
            words.no_seat_rest,
        )
    };
    Letter {
        subject,
        heading: heading.into(),
        lead: vec![Block::Paragraph(lead)],
        action: writer.words.mail.open_console.into(),
        rest: vec![Block::paragraph(rest)],
        why: writer.words.mail.why_lead(name),
        ..Letter::default()
    }
}

/// The end of somebody's access, and what they leave.
pub(super) struct OffBoarded<'a> {
    pub(super) org: &'a Name,
    pub(super) member: &'a EmailAddress,
    pub(super) why: OffboardReason,
    /// The end. A later one is planned.
    pub(super) at: Timestamp,
    pub(super) undo_until: Timestamp,
    pub(super) open_requests: u32,
    pub(super) heir: Option<&'a EmailAddress>,
}

pub(super) fn off_boarded(writer: &Writer<'_>, of: &OffBoarded<'_>) -> Letter {
    let words = &writer.words.mail_care;
    let (desk, member) = (with::Desk(writer.desk), with::Member(of.member));
    let (org, day) = (with::Org(of.org), with::Day(writer.when(of.at).day));
    let planned = of.at > writer.context.now;
    let (subject, heading, lead) = if planned {
        (
            words.planned_subject(day.clone(), member),
            words.planned_heading,
            words.planned_lead(day, desk, member, org),
        )
    } else {
        (
            words.off_boarded_subject(member, org),
            words.off_boarded_heading,
            words.off_boarded_lead(desk, member, org),
        )
    };
    let requests = match (of.open_requests, of.heir) {
        (0, _) => words.off_boarded_no_requests,
        (_, Some(_)) => words.off_boarded_handed_over,
        (_, None) => words.off_boarded_to_hand_over,
    };
    let ends = if planned {
        words.planned_ends
    } else {
        words.off_boarded_ended
    };
    let mut facts = vec![
        Fact::new(words.off_boarded_member, of.member),
        Fact::new(words.off_boarded_reason, &reason(writer, of.why)),
        writer.instant(ends, of.at),
        Fact::new(words.off_boarded_open_requests, &of.open_requests),
    ];
    let heir = of.heir.map(|heir| Fact::new(words.off_boarded_heir, heir));
    facts.extend(heir);
    facts.push(writer.instant(writer.words.mail.undo_until, of.undo_until));
    Letter {
        subject,
        heading: heading.into(),
        lead: vec![Block::Paragraph(lead), Block::paragraph(requests)],
        facts,
        action: writer.words.mail.open_console.into(),
        why: writer.words.mail.why_lead(of.org),
        ..Letter::default()
    }
}

fn reason(writer: &Writer<'_>, why: OffboardReason) -> &'static str {
    let words = &writer.words.mail_care;
    match why {
        OffboardReason::Left => words.reason_left,
        OffboardReason::NotNeeded => words.reason_not_needed,
        OffboardReason::Lead => words.reason_lead,
        OffboardReason::Policy => words.reason_policy,
        OffboardReason::Inactive => words.reason_inactive,
        OffboardReason::Expired => words.reason_expired,
    }
}

pub(super) fn leaver_raised_request(
    writer: &Writer<'_>,
    org: &Name,
    member: &EmailAddress,
    request: &AboutRequest,
) -> Letter {
    let words = &writer.words.mail_care;
    let (desk, member) = (with::Desk(writer.desk), with::Member(member));
    let org = with::Org(org);
    Letter {
        subject: words.leaver_subject(member, org),
        heading: words.leaver_heading.into(),
        lead: vec![
            Block::Paragraph(words.leaver_lead(desk, member, org)),
            Block::paragraph(words.leaver_check),
        ],
        facts: about(writer, request),
        action: writer.words.mail.open_console.into(),
        why: words.leaver_why(desk, org),
        ..Letter::default()
    }
}
