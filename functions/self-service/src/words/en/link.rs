//! The pages that one link opens, in English.

use domain::{Code, Refusal, Role, request::Decision};

use crate::words::{Notice, link::Link, sentence};

pub(crate) const LINK: Link = Link {
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
        says: &[
            "E-mails about your access still come: you would not notice when it ends.",
            "You can let the others come again: those about one request on the request's own \
             page, all of them in your profile. For that, let us send you your link.",
        ],
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
        Code::TooOften => too_often(refusal),
        Code::LimitReached => "The request takes no more text. Please answer with a shorter \
                               reason, or without one."
            .to_owned(),
        Code::UnknownOrganization
        | Code::UnknownDesk
        | Code::UnknownRequest
        | Code::UnknownAccount
        | Code::Unreadable
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
            "The page had been open for too long, or the form did not come from it, so nothing \
                 was done. Open the page again and press its button.",
        ],
    },
    from_elsewhere: Notice {
        title: "This came from another site",
        says: &[
            "The form was not sent from a page of this desk, so nothing was done. If you meant to \
                 send it, open the page itself and send it there.",
        ],
    },
    over: Notice {
        title: "This link is over",
        says: &[
            "It was used already, its time has passed, or it was ended. Nothing was done just \
                 now.",
        ],
    },
    instead: "Go on as somebody else?",
    instead_lead: |signed_in, link| {
        format!("You are signed in as {signed_in}. This link is for {link}.")
    },
    instead_warning: "If you go on, you are signed out first, and what you write from then on is \
                      written in the other name. If the link did not come from a mail to you, stay.",
    go_on: |link| format!("Go on as {link}"),
    stay: "Stay signed in",
    renew: "A new link",
    renew_lead: |address| {
        format!(
            "It goes to the address that this link was for, {address}, if there is anything for \
             it to open."
        )
    },
    renew_button: "Mail me a new link",
    not_found: Notice {
        title: "There is nothing here",
        says: &[
            "The address may be incomplete: some mail programs cut long links. Open the link \
                 from your mail again, or let us send you a new one.",
        ],
    },
    no_session: Notice {
        title: "Please open your link again",
        says: &[
            "You have not opened a link in this browser yet, or it was an hour ago. Open the link \
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
        says: &[
            "Something of ours did not answer, so nothing was done. Your link stays good, and what \
                 you typed is still there when you go back in your browser.",
        ],
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
    name_given: "Name, as the inviter wrote it",
    role: "Would be",
    would_be: |role| match role {
        Role::Lead => "a lead: sees everybody of the organisation, invites, and ends access",
        Role::Member => "a member",
    },
    no_end: "on no date",
    seats_label: "Seats",
    seats: |used, cap| format!("{used} of {cap} are taken"),
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
    stop: "Stop these e-mails",
    access_mails_stay: "E-mails about your access cannot be stopped: you would not notice when it \
                        ends.",

    request: "Request",
    description: "Description",
    details: "Details",
    comments: "Comments",
    no_comments: "Nobody has commented yet.",
    older_comments: "Older comments are left out here.",
    from_desk: "service desk",
    history: "History",
    reported_late: "reported late",
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
};

/// The refusal of what mails others too often, with how long to wait.
pub(super) fn too_often(refusal: &Refusal) -> String {
    let wait = match refusal.minutes_to_wait() {
        1 => "a minute".to_owned(),
        minutes @ 2..=90 => format!("{minutes} minutes"),
        minutes => format!("{} hours", minutes.div_ceil(60)),
    };
    format!(
        "This would mail others, and too many mails were set off within a short time. It was not \
         done: please try again in {wait}."
    )
}
