//! The views of links, with values of the kind that people, desks and attackers write.

use std::{collections::BTreeMap, fmt::Debug, str::FromStr};

use app::visit::{Ended, HeldPart, RequestView};
use domain::{
    Action, Actor, Membership, Organization, Policy, Request, RequestRef, Role, Timestamp, Version,
    membership::State,
    organization::{InvitedToday, Review},
    request::{
        Approval, ApprovalAnswer, Author, AuthorRole, Category, Channel, Comment, Part, Status,
        StatusChange, Viewer, ViewerId,
    },
};

use super::*;

/// A hostile text for every field.
pub(super) const HOSTILE: &str = r#"<script>alert("x")</script>&<img src=x onerror='y'>"#;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn text<T: FromStr<Err: Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

fn org(name: &str) -> Organization {
    Organization {
        id: text("acme"),
        name: text(name),
        desk: text("support"),
        policy: Policy {
            allowed_domains: [text("acme.example"), text("acme.test")].into(),
            seat_cap: 25,
            ..Policy::default()
        },
        seats_used: 12,
        leads: [text("lena@acme.example")].into(),
        invited: InvitedToday {
            day: jiff::civil::date(2026, 11, 20),
            count: 0,
        },
        review: Review::default(),
        vacancy: None,
        told_full: None,
        counterpart: None,
        due_at: None,
        version: Version(3),
    }
}

fn member(email: &str, state: State) -> Membership {
    Membership {
        org: text("acme"),
        email: text(email),
        name: None,
        role: Role::Member,
        state,
        since: at("2026-11-20T09:00:00Z"),
        invited_by: Actor::Person(text("lena@acme.example")),
        joined_at: None,
        kept_at: None,
        confirmed_at: None,
        access_until: None,
        access_reminded: None,
        handed: None,
        leaving: None,
        exempt: false,
        left_at: None,
        epoch: 0,
        returned: domain::epoch::Round::default(),
        round: domain::epoch::Round::default(),
        due_at: None,
        version: Version(1),
    }
}

fn invited(note: Option<&str>) -> State {
    State::Invited {
        note: note.map(text),
        expires_at: at("2026-12-04T00:00:00Z"),
        reminded: false,
    }
}

fn warned() -> State {
    State::Warned {
        at: at("2026-11-20T09:30:00Z"),
        grace_until: at("2026-12-04T09:30:00Z"),
        reminded: None,
    }
}

fn status(name: &str, category: Category) -> Status {
    Status {
        name: text(name),
        category,
    }
}

fn request(key: &str, summary: &str, status: Status) -> Request {
    Request {
        id: RequestRef {
            desk: text("support"),
            key: text(key),
        },
        kind: text("Access to an application"),
        summary: text(summary),
        description: Some(text(
            "Since this morning nothing works.\n\nFirst the door, then the lamp.",
        )),
        fields: BTreeMap::from([
            (text("Building"), text("North, 4th floor")),
            (text("Urgent"), text("yes")),
        ]),
        url: None,
        reporter: text("rosa@acme.example"),
        reporter_name: Some(text("Rosa Reed")),
        handed: None,
        org: Some(text("acme")),
        channel: Channel::Form,
        status_at: at("2026-11-22T14:05:00Z"),
        history: vec![
            StatusChange {
                at: at("2026-11-22T09:30:00Z"),
                to: self::status("Waiting for support", Category::New),
                late: false,
            },
            StatusChange {
                at: at("2026-11-22T14:05:00Z"),
                to: status.clone(),
                late: false,
            },
            StatusChange {
                at: at("2026-11-22T10:00:00Z"),
                to: self::status("In progress", Category::InProgress),
                late: true,
            },
        ],
        status,
        resolution: None,
        moved: None,
        approvals: BTreeMap::new(),
        created_at: at("2026-11-22T09:30:00Z"),
        version: Version(4),
    }
}

fn comment(id: &str, author: &str, role: AuthorRole, body: &str) -> Comment {
    Comment {
        request: RequestRef {
            desk: text("support"),
            key: text("SUP-17"),
        },
        id: text(id),
        author: Author {
            email: Some(text("ada@desk.example")),
            name: text(author),
            role,
        },
        body: text(body),
        at: at("2026-11-22T11:15:00Z"),
    }
}

fn seen_by(part: Part, request: Request, comments: Vec<Comment>) -> Box<RequestView> {
    let viewer = Viewer {
        request: request.id.clone(),
        who: ViewerId::Person(text("mona@acme.example")),
        kind: request.kind.clone(),
        summary: request.summary.clone(),
        parts: [part].into(),
        subscribed: true,
        now: None,
        open: request.is_open(),
        moved_at: request.status_at,
        version: Version(1),
    };
    let answers = request.answered(None).into_iter();
    Box::new(RequestView {
        answers: answers
            .map(|(question, answer)| (question, answer.clone()))
            .collect(),
        request,
        comments,
        older_comments: false,
        viewer,
    })
}

fn approval(answers: &[(&str, Decision, Option<&str>)]) -> Approval {
    let answer = |(by, decision, reason): &(&str, Decision, Option<&str>)| {
        let answer = ApprovalAnswer {
            decision: *decision,
            reason: reason.map(text),
            at: at("2026-11-23T08:00:00Z"),
        };
        (text(by), answer)
    };
    Approval {
        approvers: [text("mona@acme.example")].into(),
        due: Some(at("2026-11-30T17:00:00Z")),
        answers: answers.iter().map(answer).collect(),
    }
}

fn requests() -> Vec<(&'static str, LinkView)> {
    let door = || {
        request(
            "SUP-17",
            "The door of the archive does not open",
            status("Waiting for customer", Category::WaitingForCustomer),
        )
    };
    let comments = || {
        vec![
            comment(
                "1",
                "Ada Agent",
                AuthorRole::Agent,
                "Which door is it?\n\nThere are two.",
            ),
            comment("2", "Rosa Reed", AuthorRole::Customer, "The blue one."),
        ]
    };
    let mut closed = request("SUP-18", HOSTILE, status("<b>Resolved</b>", Category::Done));
    closed.resolution = Some(text(HOSTILE));
    closed.description = Some(text(HOSTILE));
    closed.kind = text(HOSTILE);
    closed.reporter_name = Some(text(HOSTILE));
    closed.fields = BTreeMap::from([(text("<b>Field</b>"), text(HOSTILE))]);
    let hostile = vec![comment("1", HOSTILE, AuthorRole::Customer, HOSTILE)];
    let mut closed = seen_by(Part::Participant, closed, hostile);
    closed.older_comments = true;
    let answered = approval(&[("mona@acme.example", Decision::Approved, Some(HOSTILE))]);
    vec![
        (
            "approval",
            LinkView::Approval {
                request: seen_by(Part::Approver, door(), comments()),
                approval: approval(&[]),
            },
        ),
        (
            "approval_answered",
            LinkView::Approval {
                request: seen_by(Part::Approver, door(), Vec::new()),
                approval: answered,
            },
        ),
        (
            "approval_hostile",
            LinkView::Approval {
                request: closed,
                approval: approval(&[]),
            },
        ),
    ]
}

fn choices() -> Vec<(&'static str, LinkView)> {
    let mut guest = member("nia@acme.example", invited(Some(HOSTILE)));
    guest.invited_by = Actor::Source(text("forms"));
    guest.role = Role::Lead;
    guest.access_until = Some(at("2027-06-30T22:00:00Z"));
    let waiting = State::Proposed {
        note: Some(text("She helps us for the move.\nThank you!")),
        expires_at: at("2026-12-04T09:30:00Z"),
    };
    let mut full = org("Acme");
    full.seats_used = 25;
    let held = HeldPart {
        began: at("2026-11-22T03:00:00Z"),
        organizations: vec![(text("Acme"), 11), (text("Globex"), 20)],
    };
    vec![
        (
            "invitation",
            LinkView::Invitation {
                org: org("Acme"),
                membership: member("nia@acme.example", invited(Some("Welcome!\n\nLena"))),
            },
        ),
        (
            "invitation_hostile",
            LinkView::Invitation {
                org: org(HOSTILE),
                membership: guest,
            },
        ),
        (
            "keep_access",
            LinkView::KeepAccess {
                org: org("Acme"),
                membership: member("nia@acme.example", warned()),
            },
        ),
        (
            "keep_access_unwarned",
            LinkView::KeepAccess {
                org: org(HOSTILE),
                membership: member("nia@acme.example", State::Active),
            },
        ),
        (
            "exception",
            LinkView::Exception {
                org: full,
                membership: Membership {
                    role: Role::Lead,
                    name: Some(text("Uma Ueda")),
                    ..member("uma@elsewhere.example", waiting)
                },
                inviter: Some(text("Lena Lang")),
            },
        ),
        ("held_run", LinkView::HeldRun(held)),
    ]
}

/// Every view there is, as the link of somebody shows it.
pub(super) fn views() -> Vec<(&'static str, Visit)> {
    let about = || RequestRef {
        desk: text("support"),
        key: text("SUP-17"),
    };
    let stop = |request, stopped| LinkView::StopMail { request, stopped };
    let refused = |code, detail| LinkView::Refused(Refusal::new(code, detail));
    let mut views = choices();
    views.extend(requests());
    views.extend(vec![
        ("stop_mail", stop(Some(about()), false)),
        ("stop_mail_stopped", stop(Some(about()), true)),
        ("stop_all", stop(None, false)),
        ("stop_all_stopped", stop(None, true)),
        ("done_accepted", LinkView::Done(Done::Accepted)),
        ("done_declined", LinkView::Done(Done::Declined)),
        ("done_kept", LinkView::Done(Done::Kept)),
        (
            "done_approved",
            LinkView::Done(Done::Answered(Decision::Approved)),
        ),
        (
            "done_approval_declined",
            LinkView::Done(Done::Answered(Decision::Declined)),
        ),
        ("done_mail_stopped", LinkView::Done(Done::MailStopped)),
        (
            "done_exception_allowed",
            LinkView::Done(Done::ExceptionAllowed),
        ),
        (
            "done_exception_refused",
            LinkView::Done(Done::ExceptionRefused),
        ),
        ("done_released", LinkView::Done(Done::Released)),
        ("done_link_mailed", LinkView::Done(Done::LinkMailed)),
        ("refused_no_seat", refused(Code::SeatCapReached, "no seat")),
        (
            "refused_not_now",
            refused(Code::NotPossibleNow, "the invitation has expired"),
        ),
        ("foreign_form", LinkView::ForeignForm),
        ("over", LinkView::Over),
    ]);
    let named = |(name, view)| {
        let of_no_desk = matches!(
            view,
            LinkView::Done(_)
                | LinkView::Refused(_)
                | LinkView::ForeignForm
                | LinkView::Over
                | LinkView::HeldRun(_)
        );
        let desk = (!of_no_desk).then(|| text("Customer support"));
        let token = Some("the-token".to_owned());
        let renewal = matches!(view, LinkView::Over).then(|| app::visit::Renewal {
            to: "l…@acme.example".to_owned(),
            token: "the-token".to_owned(),
        });
        let visit = Visit {
            view,
            desk,
            token,
            ended: None,
            renewal,
            holder: None,
            visitor: None,
            sessions: Vec::new(),
        };
        (name, visit)
    };
    let over = |(name, ended)| {
        let visit = Visit {
            ended: Some(ended),
            ..named((name, LinkView::Over)).1
        };
        (name, visit)
    };
    let by = |who: &str| Some(who.to_owned());
    let done = |action, by| Ended::Done {
        action,
        by,
        at: at("2026-11-01T09:00:00Z"),
    };
    let ended = [
        ("over_expired", Ended::Expired(at("2026-11-01T09:00:00Z"))),
        ("over_replaced", Ended::Replaced),
        ("over_accepted", done(Action::InvitationAccepted, None)),
        ("over_declined", done(Action::InvitationDeclined, None)),
        ("over_kept", done(Action::MemberKept, None)),
        ("over_kept_by", done(Action::MemberKept, by(HOSTILE))),
        ("over_allowed", done(Action::MemberInvited, None)),
        ("over_allowed_by", done(Action::MemberInvited, by(HOSTILE))),
        ("over_refused", done(Action::ExceptionRefused, None)),
        (
            "over_refused_by",
            done(Action::ExceptionRefused, by("Ada Berg")),
        ),
    ];
    let ended = ended.into_iter().map(over);
    views.into_iter().map(named).chain(ended).collect()
}
