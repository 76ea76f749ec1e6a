//! Every word that a page says of itself. A further language is a further static of this type: the
//! compiler names what is missing. Where a sentence holds values, the language puts it together.

use domain::{
    Code, Refusal, Role,
    membership::{ClosedReason, OffboardReason},
    request::Decision,
};

use crate::when::Parts;

/// A page that only says something.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Notice {
    pub(crate) title: &'static str,
    pub(crate) says: &'static [&'static str],
}

/// One language's words.
pub(crate) struct Words {
    /// BCP 47.
    pub(crate) lang: &'static str,
    pub(crate) instant: fn(&Parts) -> String,
    pub(crate) keep_to_yourself: &'static str,

    pub(crate) accepted: Notice,
    pub(crate) invitation_declined: Notice,
    pub(crate) kept: Notice,
    pub(crate) approved: Notice,
    pub(crate) approval_declined: Notice,
    pub(crate) mail_stopped: Notice,
    pub(crate) mail_resumed: Notice,
    pub(crate) exception_allowed: Notice,
    pub(crate) exception_refused: Notice,
    pub(crate) released: Notice,
    pub(crate) link_mailed: Notice,

    pub(crate) refused: &'static str,
    pub(crate) refusal: fn(&Refusal) -> String,
    pub(crate) foreign_form: Notice,
    pub(crate) over: Notice,
    pub(crate) not_found: Notice,
    pub(crate) too_large: Notice,
    pub(crate) not_a_form: Notice,
    pub(crate) bad_reason: Notice,
    pub(crate) not_allowed: Notice,
    pub(crate) too_many: Notice,
    pub(crate) unavailable: Notice,
    pub(crate) open_link_again: &'static str,

    pub(crate) send_link: Notice,
    pub(crate) email: &'static str,
    pub(crate) not_an_address: &'static str,
    pub(crate) send: &'static str,

    pub(crate) invitation: fn(&Names<'_>) -> String,
    pub(crate) invites: fn(&Names<'_>) -> String,
    pub(crate) as_role: fn(Role) -> &'static str,
    pub(crate) note: &'static str,
    pub(crate) invited_address: &'static str,
    pub(crate) answer_by: &'static str,
    pub(crate) access_ends: &'static str,
    pub(crate) accept: &'static str,
    pub(crate) decline: &'static str,
    pub(crate) no_answer: &'static str,

    pub(crate) keep: &'static str,
    pub(crate) keep_lead: fn(&Names<'_>) -> String,
    pub(crate) keep_not_needed: &'static str,
    pub(crate) keep_button: &'static str,
    pub(crate) keep_or_not: &'static str,

    pub(crate) exception: &'static str,
    pub(crate) exception_lead: fn(&Names<'_>) -> String,
    pub(crate) outside_domains: &'static str,
    pub(crate) no_free_seat: &'static str,
    pub(crate) person: &'static str,
    pub(crate) organization: &'static str,
    pub(crate) allowed_domains: &'static str,
    pub(crate) decide_by: &'static str,
    pub(crate) allow: &'static str,
    pub(crate) refuse: &'static str,

    pub(crate) held: &'static str,
    pub(crate) held_lead: fn(u32) -> String,
    pub(crate) began: &'static str,
    pub(crate) would_lose: &'static str,
    pub(crate) release: &'static str,
    pub(crate) held_stays: &'static str,

    pub(crate) stop_request: &'static str,
    pub(crate) stop_request_lead: &'static str,
    pub(crate) stop_all: &'static str,
    pub(crate) stop_all_lead: &'static str,
    pub(crate) stopped: &'static str,
    pub(crate) stop: &'static str,
    pub(crate) resume: &'static str,
    pub(crate) access_mails_stay: &'static str,

    pub(crate) request: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) raised_by: &'static str,
    pub(crate) you: &'static str,
    pub(crate) raised: &'static str,
    pub(crate) resolution: &'static str,
    pub(crate) description: &'static str,
    pub(crate) details: &'static str,
    pub(crate) comments: &'static str,
    pub(crate) no_comments: &'static str,
    pub(crate) older_comments: &'static str,
    pub(crate) from_desk: &'static str,
    pub(crate) history: &'static str,
    pub(crate) reported_late: &'static str,
    pub(crate) approvals: &'static str,
    pub(crate) waiting: &'static str,
    pub(crate) decision: fn(Decision) -> &'static str,
    pub(crate) mails: &'static str,
    pub(crate) mails_on: &'static str,
    pub(crate) mails_off: &'static str,

    pub(crate) approval: &'static str,
    pub(crate) approval_lead: &'static str,
    pub(crate) your_answer: &'static str,
    pub(crate) answered: fn(Decision) -> &'static str,
    pub(crate) why: &'static str,
    pub(crate) optional: &'static str,
    pub(crate) why_hint: &'static str,
    pub(crate) approve: &'static str,

    pub(crate) my_requests: &'static str,
    pub(crate) my_requests_lead: &'static str,
    pub(crate) open: &'static str,
    pub(crate) none_open: &'static str,
    pub(crate) done: &'static str,
    pub(crate) none_done: &'static str,

    pub(crate) people: fn(&Names<'_>) -> String,
    pub(crate) seats: fn(u32, u32) -> String,
    pub(crate) state: &'static str,
    pub(crate) invited_by: &'static str,
    pub(crate) administrator: &'static str,
    pub(crate) system: &'static str,
    pub(crate) lead: &'static str,
    pub(crate) proposed: &'static str,
    pub(crate) invited: &'static str,
    pub(crate) active: &'static str,
    pub(crate) warned: &'static str,
    pub(crate) leaves: &'static str,
    pub(crate) off_boarded: fn(OffboardReason) -> &'static str,
    pub(crate) closed: fn(ClosedReason) -> &'static str,
    pub(crate) until: &'static str,
    pub(crate) can_be_undone_until: &'static str,
    pub(crate) nobody: &'static str,
}

/// The names in a sentence.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Names<'a> {
    /// The organisation.
    pub(crate) org: &'a str,
    /// The desk, when it is known.
    pub(crate) desk: Option<&'a str>,
    /// Who invites, when it was a person.
    pub(crate) inviter: Option<&'a str>,
}

/// English.
pub(crate) static ENGLISH: Words = Words {
    lang: "en",
    // The zone never stands alone at the beginning of a line.
    instant: |at| {
        let day = format!("{} {} {}", at.day, month(at.month), at.year);
        match at.weekday {
            Some(weekday) => format!("{} {day}, {}\u{a0}UTC", day_of_week(weekday), at.time),
            None => format!("{day}, {}\u{a0}UTC", at.time),
        }
    },
    keep_to_yourself: "The link that opened this page is yours: whoever has it can do what the \
                       page offers. Please do not pass it on.",

    accepted: Notice {
        title: "You have access",
        says: &["A mail with your own link is on its way. You need no password."],
    },
    invitation_declined: Notice {
        title: "You declined",
        says: &["You hear no more of this invitation. Nothing else was done."],
    },
    kept: Notice {
        title: "Your access stays",
        says: &["You have nothing more to do."],
    },
    approved: Notice {
        title: "You approved",
        says: &["Your answer is recorded, and whoever raised the request is told."],
    },
    approval_declined: Notice {
        title: "You declined",
        says: &["Your answer is recorded, and whoever raised the request is told."],
    },
    mail_stopped: Notice {
        title: "The e-mails are stopped",
        says: &["You can let them come again at any time."],
    },
    mail_resumed: Notice {
        title: "The e-mails come again",
        says: &["You can stop them at any time."],
    },
    exception_allowed: Notice {
        title: "The invitation is on its way",
        says: &["The person can accept or decline it from their mail."],
    },
    exception_refused: Notice {
        title: "The invitation is refused",
        says: &["It was not sent. Whoever asked for it is told."],
    },
    released: Notice {
        title: "The run goes on",
        says: &[
            "The next run, within a quarter of an hour, carries it out. It looks at everybody \
                 again first: those who were active since then stay.",
        ],
    },
    link_mailed: Notice {
        title: "Look into your mailbox",
        says: &[
            "If this address is known here, a mail with a link is on its way to it.",
            "Nothing after a few minutes? Look into the folder for spam, or try the address that \
             you used before.",
        ],
    },

    refused: "That is not possible",
    refusal: |refusal| match refusal.code {
        Code::SeatCapReached => "Every seat of the organisation is taken. As soon as one is free, \
                                 you can try again."
            .to_owned(),
        Code::UnknownApproval => "You are not asked for this approval any more.".to_owned(),
        Code::LimitReached => "The request takes no more text. Please answer with a shorter \
                               reason, or without one."
            .to_owned(),
        Code::UnknownOrganization
        | Code::UnknownDesk
        | Code::UnknownRequest
        | Code::UnknownAccount
        | Code::NotAMember
        | Code::RequestExists
        | Code::AccessDenied
        | Code::DomainNotAllowed
        | Code::DailyLimitReached
        | Code::AwaitingApproval
        | Code::InvalidEmail
        | Code::Duplicate
        | Code::DateInThePast
        | Code::HandOverToNotAMember
        | Code::LastLead
        | Code::NotPossibleNow
        | Code::TooManyEarlyUpdates
        | Code::NotAllowed => sentence(&refusal.detail),
    },
    foreign_form: Notice {
        title: "Please try that again",
        says: &[
            "The form did not come from this link's page, so nothing was done. Open the page \
                 from your mail and press its button.",
        ],
    },
    over: Notice {
        title: "This link is over",
        says: &[
            "It was used already, its time has passed, or it was ended. Nothing was done just \
                 now.",
        ],
    },
    not_found: Notice {
        title: "There is nothing here",
        says: &[
            "The address may be incomplete: some mail programs cut long links. Open the link \
                 from your mail again, or let us send you a new one.",
        ],
    },
    too_large: Notice {
        title: "That was too much",
        says: &["The form is larger than what is taken, so nothing was done. Please write less."],
    },
    not_a_form: Notice {
        title: "That was not understood",
        says: &["Nothing was done. Open the page from your mail and press its button."],
    },
    bad_reason: Notice {
        title: "Your reason was not taken",
        says: &[
            "It is longer than 500 characters, or has invisible characters that change the \
                 direction of the text. Nothing was done. Go back and shorten it.",
        ],
    },
    not_allowed: Notice {
        title: "That is not possible here",
        says: &["Nothing was done. Open the page from your mail and press its button."],
    },
    too_many: Notice {
        title: "Please wait a little",
        says: &[
            "Several links were asked for within a few minutes. Look into your mailbox, and \
                 try again in a quarter of an hour.",
        ],
    },
    unavailable: Notice {
        title: "Please try again in a moment",
        says: &["Something of ours did not answer, so nothing was done. The link stays good."],
    },
    open_link_again: "Back to the page",

    send_link: Notice {
        title: "Send me my link",
        says: &[
            "Type the address under which you are known. If it is, a mail with a link to what \
                 is yours is on its way at once.",
        ],
    },
    email: "E-mail address",
    not_an_address: "This is no e-mail address. One looks like name@company.example.",
    send: "Send me my link",

    invitation: |names| format!("You are invited to {}", names.org),
    invites: |names| {
        let place = match names.desk {
            Some(desk) => format!("to use {desk} as a member of {}", names.org),
            None => format!("to be a member of {}", names.org),
        };
        match names.inviter {
            Some(inviter) => format!("{inviter} invites you {place}."),
            None => format!("You are invited {place}."),
        }
    },
    as_role: |role| match role {
        Role::Member => {
            "With it you can raise requests, follow them and see the answers, all without a \
             password."
        }
        Role::Lead => {
            "As a lead you can raise requests and follow them, all without a password, and you \
             look after which of your colleagues have access."
        }
    },
    note: "The note that came with it",
    invited_address: "For",
    answer_by: "Answer by",
    access_ends: "Access ends",
    accept: "Accept",
    decline: "Decline",
    no_answer: "If you do nothing, you get at most one reminder, and then the invitation lapses.",

    keep: "Do you still need your access?",
    keep_lead: |names| match names.desk {
        Some(desk) => format!("You have access to {desk} as a member of {}.", names.org),
        None => format!("You have access as a member of {}.", names.org),
    },
    keep_not_needed: "It is not about to end. You can still say that you need it.",
    keep_button: "Keep my access",
    keep_or_not: "If you no longer need it, you have nothing to do. Nothing that you wrote is \
                  deleted, and a lead of your organisation can let you in again.",

    exception: "May this person be invited?",
    exception_lead: |names| match names.inviter {
        Some(inviter) => format!("{inviter} asks to invite somebody to {}.", names.org),
        None => format!("Somebody would be invited to {}.", names.org),
    },
    outside_domains: "The address is outside the domains that the organisation may invite from.",
    no_free_seat: "Every seat is taken at the moment: you can allow it once one is free.",
    person: "Person",
    organization: "Organisation",
    allowed_domains: "Allowed domains",
    decide_by: "Decide by",
    allow: "Allow",
    refuse: "Refuse",

    held: "The inactivity sweep stopped",
    held_lead: |count| match count {
        1 => "It would have removed 1 person, more than the limit. Nobody was removed.".to_owned(),
        _ => format!(
            "It would have removed {count} people, more than the limit. Nobody was removed."
        ),
    },
    began: "Began",
    would_lose: "People each organisation would lose",
    release: "Let this run go on",
    held_stays: "If you do nothing, nobody is removed. Everybody concerned was warned and had the \
                 whole time that policy gives them.",

    stop_request: "Stop e-mails about this request?",
    stop_request_lead: "You get e-mails when somebody comments on it or its status changes.",
    stop_all: "Stop all e-mails?",
    stop_all_lead: "You get e-mails about the requests in which you take part.",
    stopped: "They are stopped. You can let them come again.",
    stop: "Stop these e-mails",
    resume: "Let them come again",
    access_mails_stay: "E-mails about your access cannot be stopped: you would not notice when it \
                        ends.",

    request: "Request",
    kind: "Type",
    raised_by: "Raised by",
    you: "you",
    raised: "Raised",
    resolution: "Result",
    description: "Description",
    details: "Details",
    comments: "Comments",
    no_comments: "Nobody has commented yet.",
    older_comments: "Older comments are left out here.",
    from_desk: "service desk",
    history: "History",
    reported_late: "reported late",
    approvals: "Approvals",
    waiting: "Waiting for an answer",
    decision: |decision| match decision {
        Decision::Approved => "Approved",
        Decision::Declined => "Declined",
    },
    mails: "E-mails",
    mails_on: "You get e-mails about this request.",
    mails_off: "You get no e-mails about this request.",

    approval: "Do you approve?",
    approval_lead: "Your approval is asked for this request.",
    your_answer: "Your answer",
    answered: |decision| match decision {
        Decision::Approved => "You approved this request",
        Decision::Declined => "You declined this request",
    },
    why: "Why",
    optional: "optional",
    why_hint: "Whoever raised the request reads it. At most 500 characters.",
    approve: "Approve",

    my_requests: "My requests",
    my_requests_lead: "Those that you raised or take part in. Each mail about a request has the \
                       link that opens it.",
    open: "Open",
    none_open: "You have no open requests.",
    done: "Done",
    none_done: "None of your requests is done yet.",

    people: |names| format!("People of {}", names.org),
    seats: |used, cap| format!("{used} of {cap} seats used"),
    state: "State",
    invited_by: "Invited by",
    administrator: "an administrator",
    system: "a system",
    lead: "Lead",
    proposed: "Waits for an administrator",
    invited: "Invited",
    active: "Has access",
    warned: "Has access, was quiet for long",
    leaves: "Leaves on",
    off_boarded: |why| match why {
        OffboardReason::Left => "Left the organisation",
        OffboardReason::NotNeeded => "Needs no access any more",
        OffboardReason::Lead => "Ended by a lead",
        OffboardReason::Policy => "Ended by a rule",
        OffboardReason::Inactive => "Ended, was quiet for too long",
        OffboardReason::Expired => "Ended on its date",
    },
    closed: |why| match why {
        ClosedReason::Declined => "Declined the invitation",
        ClosedReason::Withdrawn => "Invitation withdrawn",
        ClosedReason::Expired => "Did not answer the invitation",
        ClosedReason::Refused => "Refused by an administrator",
    },
    until: "Until",
    can_be_undone_until: "Can be undone until",
    nobody: "Nobody is here yet.",
};

fn month(number: i8) -> &'static str {
    match number {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

fn day_of_week(number: i8) -> &'static str {
    match number {
        1 => "Monday",
        2 => "Tuesday",
        3 => "Wednesday",
        4 => "Thursday",
        5 => "Friday",
        6 => "Saturday",
        _ => "Sunday",
    }
}

/// A rule's words, as a sentence.
fn sentence(detail: &str) -> String {
    let mut letters = detail.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}
