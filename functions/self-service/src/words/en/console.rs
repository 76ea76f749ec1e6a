//! The lead's console in English.

use app::console::{Kind, Order};
use domain::{
    Action, Code, Refusal,
    customer::Suppression,
    membership::{ClosedReason, OffboardReason},
};

use crate::words::{
    Notice,
    console::{Consequences, Console, Done, Names, Row, Wrong},
};

pub(super) const CONSOLE: Console = Console {
    people: "People",
    invite: "Invite",
    invite_many: "Invite many",
    review: "Review",
    history: "History",

    person: "Person",
    name: "Name",
    email: "E-mail address",
    role: "Role",
    lead: "Lead",
    member: "Member",
    you: "You",
    state: "State",
    last_active: "Last active",
    never: "not yet",
    invited_by: "Invited by",
    administrator: "those who run the desk",
    system: "a connected system",
    since: "Since",
    until: "until",
    answer_by: "Answer by",
    access_ends: "Access ends",
    undo_until: "Can be undone until",
    no_mail: "Mail does not arrive",
    stopped: |why| match why {
        Suppression::Bounce => {
            "Mail to this address came back. Nothing more is sent there, and nobody is removed for not \
             answering."
        }
        Suppression::Listed => {
            "The mail system sends nothing to this address, and nobody is removed for not answering."
        }
        Suppression::Complaint => {
            "Mail to this address was reported as spam. Mail about requests is not sent there, mail \
             about access is. Its reader can take that back in their profile, or ask those who run \
             the desk."
        }
    },
    mail_works: "Mail to this address works again",
    mail_works_hint: "Try it when the mailbox was mended. If mail comes back once more, you are told.",
    exempt: "Is never removed for inactivity.",
    kind,
    left,
    closed,

    people_of: |org| format!("People of {org}"),
    seats: |used, cap| format!("{used} of {cap} seats used"),
    no_seat: "Every seat is taken. Somebody has to leave before anybody else can be invited.",
    search: "Name or address",
    everybody: "Everybody",
    show: "Show",
    order: "Order",
    ordered,
    apply: "Apply",
    found: |found| match found {
        1 => "1 person".to_owned(),
        found => format!("{found} people"),
    },
    nobody_found: "Nobody was found.",
    show_all: "Show everybody",
    csv: "Download as CSV",
    page: |page, pages| format!("Page {page} of {pages}"),
    other_pages: "Other pages",
    previous: "Previous page",
    next: "Next page",
    review_waits: "You are asked who of these people still belongs.",
    to_review: "Answer the review",

    what_now: "What can be done",
    nothing_to_do: "Nothing can be done here any more. An invitation lets this person in again.",
    off_board: "Off-board",
    restore: "Undo the off-boarding",
    restore_hint: "Access comes back and takes a seat. Links from before stay dead; a new one is mailed.",
    resend: "Send the invitation again",
    resend_hint: "The time to answer begins anew.",
    withdraw: "Withdraw the invitation",
    withdraw_hint: "The link in its mail ends, and the seat is free again.",
    keep: "Keep access",
    keep_hint: "You say that access is still wanted. A warning is void.",
    cancel_leaving: "Cancel the leaving",
    make_lead: "Make a lead",
    make_lead_hint: "A lead looks after the people here, as you do.",
    make_member: "End the lead's role",
    make_member_hint: "Access stays. The link to this console ends.",
    step_down: "Step down as lead",
    step_down_hint: "You keep your access. This console closes at once.",
    make_exempt: "Never remove for inactivity",
    make_exempt_hint: "For those who are quiet for good reasons. No warning is sent, and access stays.",
    make_not_exempt: "Let inactivity count again",
    make_not_exempt_hint: "Whoever is quiet for long is warned, and then removed.",
    last_lead: "You are the only lead. Make somebody else a lead before you leave or step down.",
    extend: "Move the end of access",
    extend_hint: "Access ends when this day is over. Leave it empty for access without an end.",
    last_day: "Last day",
    set_date: "Set",
    invite_again: "Invite again",
    back_to_people: "Back to the people",
    stepped_down: Notice {
        title: "You are no lead any more",
        says: &["Your own access stays. This console is closed to you, and its links have ended."],
    },

    gone: Notice {
        title: "You have no access any more",
        says: &["You ended your own access. Another lead can undo this."],
    },

    off_board_who: |who| format!("Off-board {who}"),
    what_happens: "What will happen",
    happens,
    when: "When",
    now: "Now",
    on_a_date: "On a date",
    date_hint: "Access ends when this day is over.",
    why: "Why",
    why_left: "They left the organisation",
    why_not_needed: "They need no access any more",
    why_lead: "Another reason",
    hand_over: "Who takes over open requests",
    hand_over_hint: "A colleague's address. Leave it empty, and the requests stay open under the leaver's name.",
    end_access: "End access",
    cancel: "Cancel",

    invite_title: |org| format!("Invite somebody to {org}"),
    domains: |domains| format!("Addresses in: {domains}"),
    left_today: |left| match left {
        1 => "1 more person can be invited today.".to_owned(),
        left => format!("{left} more people can be invited today."),
    },
    optional: "optional",
    access_until: "Last day of access",
    access_until_hint: "Access ends by itself when this day is over. Leave it empty for access without an end.",
    note: "A word from you",
    note_hint: "It stands in the mail.",
    send_invitation: "Send the invitation",
    many_lead: "Bring a list of up to 1,000 people as a file or pasted. You see what would become of each row before anybody is invited.",
    file: "File",
    file_hint: "CSV as Excel and others save it, up to 1 MiB: one person a row, with an e-mail address and, if you like, a name.",
    paste: "Or paste the list",
    paste_hint: "One person a line, or cells copied from a spreadsheet.",
    preview: "Check the list",

    preview_title: |rows| match rows {
        1 => "Check the list: 1 row".to_owned(),
        rows => format!("Check the list: {rows} rows"),
    },
    preview_lead: |invited| match invited {
        1 => "1 person would be invited. Nobody has been yet.".to_owned(),
        invited => format!("{invited} people would be invited. Nobody has been yet."),
    },
    preview_none: "Nobody of this list would be invited. The rows say why.",
    working_title: |done, of| format!("{done} of {of} rows done"),
    working_lead: "What is done stays done. Go on for the rest.",
    report_title: "The list is done",
    report_lead: |invited, of| match invited {
        1 => format!("1 person was invited, of {of} rows."),
        invited => format!("{invited} people were invited, of {of} rows."),
    },
    start: |invited| match invited {
        1 => "Invite 1 person".to_owned(),
        invited => format!("Invite {invited} people"),
    },
    go_on: "Go on",
    try_again: |rows| match rows {
        1 => "Try 1 refused row again".to_owned(),
        rows => format!("Try {rows} refused rows again"),
    },
    another_list: "Bring another list",
    from_file: "File",
    from_column: "The addresses are from column",
    row: "Row",
    result: "Result",
    rows: "The rows",
    would_be: |row| match row {
        Row::Invited => "would be invited",
        Row::Asked => "an administrator would be asked",
        Row::AlreadyHere
        | Row::Duplicate
        | Row::Malformed
        | Row::Outside
        | Row::OverCap
        | Row::DailyLimit
        | Row::Other => became(row),
    },
    became,

    review_of: |org| format!("Who still belongs to {org}?"),
    review_lead: "Say of each colleague whether they keep their access. Each answer is kept at once; you can go on another day.",
    review_progress: |done, of| format!("{done} of {of} answered"),
    review_nothing: "There is nobody to confirm now.",
    review_finished: "The last review was finished",
    review_next: "You are asked again",
    keep_one: "Keep",
    remove_one: "Remove",
    keep_all: |people| format!("Keep all {people} shown here"),
    answer: "Answer",

    history_of: |org| format!("What happened in {org}"),
    month: |year, month| format!("{} {year}", super::month(month)),
    nothing_happened: "Nothing happened in this month.",
    older: "Older entries",
    earlier_month: "The month before",
    later_month: "The month after",
    happened,

    done,
    refused,
    wrong,
};

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Active => "Has access",
        Kind::Warned => "Quiet, was warned",
        Kind::Leaving => "Access ends on a date",
        Kind::Invited => "Invited",
        Kind::Proposed => "Waits for an administrator",
        Kind::OffBoarded => "Off-boarded",
        Kind::Closed => "Invitation came to nothing",
    }
}

fn left(why: OffboardReason) -> &'static str {
    match why {
        OffboardReason::Left => "left the organisation",
        OffboardReason::NotNeeded => "needs no access any more",
        OffboardReason::Lead => "a lead ended access",
        OffboardReason::Policy => "a policy ended access",
        OffboardReason::Inactive => "was quiet for too long",
        OffboardReason::Expired => "access ended on its date",
    }
}

fn closed(why: ClosedReason) -> &'static str {
    match why {
        ClosedReason::Declined => "declined",
        ClosedReason::Withdrawn => "withdrawn",
        ClosedReason::Expired => "not answered in time",
        ClosedReason::Refused => "refused by an administrator",
    }
}

fn ordered(order: Order) -> &'static str {
    match order {
        Order::Name => "By name",
        Order::Silent => "Longest silent first",
        Order::Recent => "Last active first",
        Order::Newest => "Last changed first",
        Order::InvitedBy => "By who invited them",
    }
}

fn happens(of: &Consequences<'_>) -> Vec<String> {
    let requests = match of.open_requests {
        0 => "They have no open requests here.".to_owned(),
        1 => "They have 1 open request here. Name a colleague below to hand it over.".to_owned(),
        many => {
            format!(
                "They have {many} open requests here. Name a colleague below to hand them over."
            )
        }
    };
    vec![
        "Access ends, all their links die, and the seat is free again.".to_owned(),
        requests,
        format!("Done now, it can be undone until {}.", of.undo_until),
        "No domain rule lets them back in by itself, only an invitation.".to_owned(),
    ]
}

fn became(row: Row) -> &'static str {
    match row {
        Row::Invited => "invited",
        Row::Asked => "an administrator is asked",
        Row::AlreadyHere => "is here already",
        Row::Duplicate => "stands in an earlier row",
        Row::Malformed => "no e-mail address",
        Row::Outside => "outside your domains",
        Row::OverCap => "no seat is free",
        Row::DailyLimit => "over today's limit",
        Row::Other => "not possible now",
    }
}

fn happened(action: Action, names: &Names<'_>) -> String {
    let Names { actor, subject } = names;
    match action {
        Action::MemberInvited => format!("{actor} invited {subject}"),
        Action::ExceptionAsked => {
            format!("{actor} asked the administrators to let {subject} be invited")
        }
        Action::ExceptionRefused => format!("{actor} refused to let {subject} be invited"),
        Action::InvitationReminded => format!("{subject} was reminded of the invitation"),
        Action::InvitationResent => format!("{actor} sent {subject} the invitation again"),
        Action::InvitationAccepted => format!("{subject} accepted the invitation"),
        Action::InvitationDeclined => format!("{subject} declined the invitation"),
        Action::InvitationWithdrawn => format!("{actor} withdrew the invitation of {subject}"),
        Action::InvitationExpired => format!("The invitation of {subject} lapsed"),
        Action::MemberJoined => format!("{subject} joined by raising a request"),
        Action::MemberWarned => format!("{subject} was warned for being quiet"),
        Action::MemberReminded => format!("{subject} was reminded that access ends"),
        Action::MemberKept => format!("{actor} kept the access of {subject}"),
        Action::MemberOffboarded => format!("{actor} off-boarded {subject}"),
        Action::OffboardingScheduled => format!("{actor} planned the leaving of {subject}"),
        Action::OffboardingCancelled => format!("{actor} cancelled the leaving of {subject}"),
        Action::MemberRestored => format!("{actor} undid the off-boarding of {subject}"),
        Action::RecordReduced => format!("What was kept of {subject} was reduced"),
        Action::AccessExtended => format!("{actor} moved the end of access of {subject}"),
        Action::RoleChanged => format!("{actor} changed the role of {subject}"),
        Action::LeadAppointed => format!("{actor} named {subject} a lead"),
        Action::ReviewAsked => "The leads were asked who still belongs".to_owned(),
        Action::ReviewFinished => format!("{actor} finished the review"),
        Action::ExemptionChanged => {
            format!("{actor} changed whether {subject} can be removed for inactivity")
        }
        Action::RequestCreated => format!("{actor} raised {subject}"),
        Action::RequestCommented => format!("{actor} commented on {subject}"),
        Action::RequestTransitioned => format!("{actor} changed the status of {subject}"),
        Action::LateStatusNoted => format!("{actor} told an older status of {subject}"),
        Action::RequestShared => format!("{actor} shared {subject}"),
        Action::ApprovalRequested => format!("{actor} asked for an approval of {subject}"),
        Action::ApprovalAnswered => format!("{actor} answered an approval of {subject}"),
        Action::RequestClosed => format!("{actor} closed {subject}"),
        Action::RequestMoved => format!("{actor} moved {subject}"),
        Action::RequestHandedOver => format!("{subject} was handed over"),
        Action::UpdateKept => format!("{actor} told something of {subject} before it was known"),
        Action::UpdateAbandoned => {
            format!("{subject} never came; what was told of it was put aside")
        }
        Action::MailStopped => format!("{subject} stopped mails"),
        Action::MailResumed => format!("{subject} wants mails again"),
        Action::AddressSuppressed => format!("Mail to {subject} was stopped"),
        Action::SuppressionLifted => format!("Mail to {subject} is sent again"),
        Action::OrganizationVacant => {
            "Nobody leads the organisation whom mail reaches; the administrators were asked"
                .to_owned()
        }
        Action::VacancyEnded => "Somebody leads the organisation again".to_owned(),
        Action::ProfileChanged => format!("{subject} changed their profile"),
        Action::AccountDisputed => {
            format!("An account of {subject} came with another address, too")
        }
        Action::AccountRebound => format!("An account of {subject} turned out to be another's"),
        Action::AccountForgotten => format!("{actor} forgot an account of {subject}"),
        Action::LinksEnded => format!("{subject} ended all their links"),
        Action::SweepHeld => "A sweep stopped and asked".to_owned(),
        Action::SweepReleased => format!("{actor} let a sweep go on"),
    }
}

fn done(done: Done) -> &'static str {
    match done {
        Done::Invited => "The invitation is on its way.",
        Done::Asked => "The address is outside your domains. An administrator has been asked.",
        Done::AlreadyHere => "This person has access or was invited already. Nothing was done.",
        Done::Resent => "The invitation is on its way once more.",
        Done::Withdrawn => "The invitation is withdrawn.",
        Done::OffBoarded => "Access has ended. It can be undone on this person's page.",
        Done::Planned => "The leaving is planned. It can be cancelled on this person's page.",
        Done::LeavingCancelled => "The leaving is cancelled.",
        Done::Restored => "The off-boarding is undone. Access is back.",
        Done::Kept => "Access stays.",
        Done::Extended => "The end of access is moved.",
        Done::NowLead => "This person is a lead now.",
        Done::NowMember => "This person is no lead any more.",
        Done::NowExempt => "This person is never removed for inactivity.",
        Done::NotExempt => "Inactivity counts again for this person.",
        Done::MailWorks => "Mail is sent to this address again.",
        Done::Confirmed => "Your answer is kept.",
        Done::SameList => "You brought this list before. Nothing was done twice.",
        Done::Unchanged => "It was so already. Nothing was done.",
    }
}

fn refused(refusal: &Refusal) -> String {
    let said = match refusal.code {
        Code::TooOften => return super::link::too_often(refusal),
        Code::SeatCapReached => "Every seat is taken. Off-board somebody first.",
        Code::DomainNotAllowed => "The address is outside the domains of your organisation.",
        Code::DailyLimitReached => "No more people can be invited today. Try again tomorrow.",
        Code::AwaitingApproval => "An administrator has been asked already.",
        Code::DateInThePast => "The date has passed.",
        Code::HandOverToNotAMember => {
            "This person cannot take over: they have no access here, or they are the one who leaves."
        }
        Code::LastLead => "The last lead cannot go. Make somebody else a lead first.",
        Code::LimitReached => "This was tried a short while ago. Try again tomorrow.",
        Code::NotAMember => "This person has no access any more. Somebody else was quicker.",
        Code::InvalidEmail => "This is no e-mail address of the form name@domain.",
        Code::UnknownOrganization
        | Code::UnknownDesk
        | Code::UnknownRequest
        | Code::UnknownApproval
        | Code::UnknownAccount
        | Code::Unreadable
        | Code::RequestExists
        | Code::AccessDenied
        | Code::Duplicate
        | Code::NotPossibleNow
        | Code::TooManyEarlyUpdates
        | Code::NotAllowed => {
            "This is not possible any more. Somebody else was quicker, or time has passed."
        }
    };
    said.to_owned()
}

fn wrong(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Email => "Enter an e-mail address of the form name@domain.",
        Wrong::Name => {
            "A name is a person's: at most 200 characters, with letters, without an address, and not the name of a desk or a service."
        }
        Wrong::Note => "A note has at most 2,000 characters, and no marks that reorder text.",
        Wrong::Date => "Enter a date.",
        Wrong::PastDate => "The date has passed. Enter a later one.",
        Wrong::NoList => "Choose a file, or paste a list.",
        Wrong::TwoLists => "Choose a file or paste a list, not both.",
        Wrong::NoAddress => "No e-mail address was found in the list.",
        Wrong::NoColumn => {
            "No column of the list is named as the people’s own e-mail address. Name it “Email”."
        }
        Wrong::TooManyRows => "The list has more than 1,000 rows. Cut it in two.",
        Wrong::TooLarge => "The list is larger than 1 MiB. Cut it in two.",
        Wrong::Stale => {
            "This page had been open for too long, or was opened elsewhere. Nothing was done yet: \
             please look at what you filled in and send it again."
        }
    }
}
