//! Pages that ask one thing: an invitation, keeping access, an exception, a held run, mails.

use app::visit::{HeldPart, Visit};
use askama::Template;
use domain::{
    Membership, Organization, RequestRef,
    membership::State,
    text::{Name, Note},
};

use super::person;
use words::with;

use crate::{
    page::{Button, Fact, Frame, html},
    reader::Reader,
    wording::link::{self as wording, Names},
};

#[derive(Template)]
#[template(path = "link/choice.html")]
struct View {
    frame: Frame,
    /// Before the facts.
    says: Vec<String>,
    /// The text that somebody wrote.
    note: Option<String>,
    facts: Vec<Fact>,
    /// The numbers, by organisation.
    counts: Vec<(String, u32)>,
    buttons: Vec<Button>,
    /// After the buttons.
    then: Vec<&'static str>,
}

impl View {
    fn new(frame: Frame) -> Self {
        Self {
            frame,
            says: Vec::new(),
            note: None,
            facts: Vec::new(),
            counts: Vec::new(),
            buttons: Vec::new(),
            then: Vec::new(),
        }
    }
}

fn names<'a>(visit: &'a Visit, org: &'a Organization, membership: &'a Membership) -> Names<'a> {
    Names {
        org: org.name.as_str(),
        desk: visit.desk.as_ref().map(domain::text::Name::as_str),
        inviter: person(&membership.invited_by),
    }
}

pub(super) fn invitation(
    reader: &Reader,
    visit: &Visit,
    org: &Organization,
    membership: &Membership,
) -> String {
    let words = &reader.words.link;
    let names = names(visit, org, membership);
    let mut page = View::new(Frame::of(reader, visit, words.invitation(names.org)));
    page.says = vec![
        wording::invites(words, &names),
        wording::as_role(words, membership.role).to_owned(),
    ];
    page.facts
        .push(Fact::text(words.invited_address, &membership.email));
    if let State::Invited {
        note, expires_at, ..
    } = &membership.state
    {
        page.note = note.as_ref().map(Note::to_string);
        page.facts
            .push(Fact::deadline(reader, words.answer_by, *expires_at));
    }
    if let Some(until) = membership.access_until {
        page.facts
            .push(Fact::deadline(reader, words.access_ends, until));
    }
    page.buttons
        .extend(Button::main(visit, "yes", words.accept));
    page.buttons
        .extend(Button::plain(visit, "no", words.decline));
    page.then = vec![words.no_answer];
    html(&page)
}

pub(super) fn keep_access(
    reader: &Reader,
    visit: &Visit,
    org: &Organization,
    membership: &Membership,
) -> String {
    let words = &reader.words.link;
    let names = names(visit, org, membership);
    let mut page = View::new(Frame::of(reader, visit, words.keep));
    page.says.push(wording::keep_lead(words, &names));
    match &membership.state {
        State::Warned { grace_until, .. } => {
            page.facts
                .push(Fact::deadline(reader, words.access_ends, *grace_until));
            page.then = vec![words.keep_or_not];
        }
        State::Active
        | State::Proposed { .. }
        | State::Invited { .. }
        | State::OffBoarded { .. }
        | State::Closed { .. } => page.says.push(words.keep_not_needed.to_owned()),
    }
    page.buttons
        .extend(Button::main(visit, "yes", words.keep_button));
    html(&page)
}

pub(super) fn exception(
    reader: &Reader,
    visit: &Visit,
    org: &Organization,
    (membership, inviter): (&Membership, Option<&Name>),
) -> String {
    let words = &reader.words.link;
    let asks = inviter.zip(person(&membership.invited_by));
    let asks = asks.map(|(name, address)| format!("{name} <{address}>"));
    let mut names = names(visit, org, membership);
    names.inviter = asks.as_deref().or(names.inviter);
    let mut page = View::new(Frame::of(reader, visit, words.exception));
    page.says.push(wording::exception_lead(words, &names));
    if !org.allows(&membership.email) {
        page.says.push(words.outside_domains.to_owned());
    }
    if !org.has_free_seat() {
        page.says.push(words.no_free_seat.to_owned());
    }
    page.facts.push(Fact::text(words.person, &membership.email));
    if let Some(name) = &membership.name {
        page.facts.push(Fact::text(words.name_given, name));
    }
    let role = wording::would_be(words, membership.role);
    page.facts.push(Fact::text(words.role, &role));
    page.facts.push(match membership.access_until {
        Some(until) => Fact::deadline(reader, words.access_ends, until),
        None => Fact::text(words.access_ends, &words.no_end),
    });
    page.facts.push(Fact::text(words.organization, &org.name));
    let seats = words.seats(with::Cap(org.policy.seat_cap), with::Used(org.seats_used));
    page.facts.push(Fact::text(words.seats_label, &seats));
    if !org.policy.allowed_domains.is_empty() {
        let domains = org.policy.allowed_domains.iter();
        let domains: Vec<_> = domains.map(domain::DomainName::as_str).collect();
        page.facts
            .push(Fact::text(words.allowed_domains, &domains.join(", ")));
    }
    if let State::Proposed { note, expires_at } = &membership.state {
        page.note = note.as_ref().map(Note::to_string);
        page.facts
            .push(Fact::deadline(reader, words.decide_by, *expires_at));
    }
    page.buttons.extend(Button::main(visit, "yes", words.allow));
    page.buttons
        .extend(Button::plain(visit, "no", words.refuse));
    html(&page)
}

pub(super) fn held_run(reader: &Reader, visit: &Visit, run: &HeldPart) -> String {
    let words = &reader.words.link;
    let mut page = View::new(Frame::of(reader, visit, words.held));
    let counts = run.organizations.iter().map(|(_, count)| *count);
    page.says = vec![words.held_lead(counts.fold(0, u32::saturating_add))];
    page.facts = vec![Fact::past(reader, words.began, run.began)];
    let theirs = run.organizations.iter();
    page.counts = theirs
        .map(|(org, count)| (org.to_string(), *count))
        .collect();
    page.buttons
        .extend(Button::main(visit, "yes", words.release));
    page.then = vec![words.held_stays];
    html(&page)
}

pub(super) fn stop_mail(reader: &Reader, visit: &Visit, request: Option<&RequestRef>) -> String {
    let words = &reader.words.link;
    let (title, lead) = match request {
        Some(_) => (words.stop_request, words.stop_request_lead),
        None => (words.stop_all, words.stop_all_lead),
    };
    let mut page = View::new(Frame::of(reader, visit, title));
    page.says = vec![lead.to_owned()];
    if let Some(request) = request {
        page.facts = vec![Fact::text(words.request, &request.key)];
    }
    page.buttons.extend(Button::main(visit, "stop", words.stop));
    page.then = vec![words.access_mails_stay];
    html(&page)
}
