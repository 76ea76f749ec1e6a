//! The pages of requests, in English.

use app::requests::Aspect;
use domain::{Code, Refusal, columns::Column, request::Decision, text::InvalidText};

use crate::words::{
    requests::{Done, Requests},
    sentence,
};

pub(crate) const REQUESTS: Requests = Requests {
    my_requests: "My requests",
    new_request: "New request",
    profile: "Profile",
    which: "Which requests",
    aspect,

    state: "State",
    open: "Open",
    closed: "Closed",
    search: "Search",
    search_hint: "Words of the summary, or the key",
    desk: "Desk",
    every_desk: "Every desk",
    kind: "Type",
    every_kind: "Every type",
    organization: "Organisation",
    show: "Show",
    show_all: "Show all of them",
    nothing_found: "Nothing here matches what you look for.",
    nothing,
    no_organization: "You belong to no organisation, so nothing is shared with one of yours.",
    older: "Older requests",
    newest: "Back to the newest",
    look_further: "Look further",

    columns: "Choose columns",
    columns_lead: "Which columns your lists have, and in which order. What the request is about \
                   is always among them.",
    nth_column: |number| format!("Column {number}"),
    no_column: "(none)",
    save: "Save",
    back_to_list: "Back to my requests",
    column,

    key: "Request",
    first_key: "Raised as",
    moved_on: |key| {
        format!("This request was moved and goes on as {key}. You follow it as before.")
    },
    moved_elsewhere: |key| {
        format!(
            "This request was moved to a place that this desk does not serve. It is {key} there. \
             What happens there is not shown here: please ask those who have it now."
        )
    },
    raised_by: "Raised by",
    you: "you",
    raised: "Raised",
    resolution: "Resolution",
    takes_part: "Takes part",
    shared_with: "Shared with",
    description: "Description",
    details: "Details",
    history: "History",
    reported_late: "reported late",

    comments: "Comments",
    no_comments: "Nobody has written anything yet.",
    from_desk: "from the desk",
    older_comments: "Show older comments",
    newest_comments: "Back to the newest comments",
    your_comment: "Your comment",
    comment_hint: "The desk and everybody who follows this request read it. *Emphasis*, lists, \
                   `code` and links are shown as such.",
    send_comment: "Send comment",

    approval: "Your approval is asked for",
    approval_lead: "Please read the request, and say whether it should go ahead.",
    approvals: "Approvals",
    answer_by: "Answer by",
    why: "Why (optional)",
    why_hint: "Whoever raised the request, and the desk, read it.",
    approve: "Approve",
    decline: "Decline",
    waiting: "Waiting for an answer",
    decision: |decision| match decision {
        Decision::Approved => "Approved",
        Decision::Declined => "Declined",
    },

    change_status: "Change the status",
    change_status_lead: "The desk leaves this to you. It is told, and so is everybody who follows \
                         the request.",
    share: "Share",
    share_lead: "Whoever you share it with reads all that you read here, and can comment.",
    colleague: "A colleague's e-mail address",
    colleague_hint: "Somebody who has access to your organisation here. They get an e-mail.",
    share_with_colleague: "Share with colleague",
    share_with_organization: |name| format!("Share with everybody at {name}"),
    mails: "E-mails about this request",
    mails_on: "You get an e-mail when somebody comments or the status changes.",
    mails_off: "You get no e-mails about this request.",
    stop_mails: "Stop these e-mails",
    resume_mails: "Send me e-mails",

    done,
    refused,
    stale_form: "This page was open for too long, so nothing was sent. What you typed is still \
                 here: please send it once more.",
    not_an_address: "This is no e-mail address of the form name@domain.",
    bad_text,
};

fn aspect(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Created => "Created by me",
        Aspect::Approvals => "Waiting for my approval",
        Aspect::Shared => "Shared with my organisation",
        Aspect::TakingPart => "I take part",
    }
}

fn nothing(aspect: Aspect, open: bool) -> &'static str {
    match (aspect, open) {
        (Aspect::Created, true) => {
            "You have no open requests. When something does not work, or you need something, \
             raise one."
        }
        (Aspect::Created, false) => "None of your requests is closed yet.",
        (Aspect::Approvals, true) => {
            "Nothing waits for your approval. When something does, you get an e-mail."
        }
        (Aspect::Approvals, false) => "A request that is closed waits for no approval.",
        (Aspect::Shared, true) => {
            "No open request is shared with your organisation. Whoever raised one can share it \
             on its page."
        }
        (Aspect::Shared, false) => "No closed request is shared with your organisation.",
        (Aspect::TakingPart, true) => {
            "You take part in no open request. A colleague who shares one with you brings it here."
        }
        (Aspect::TakingPart, false) => "You take part in no closed request.",
    }
}

fn column(column: Column) -> &'static str {
    match column {
        Column::Summary => "Summary",
        Column::Key => "Key",
        Column::Status => "Status",
        Column::Kind => "Type",
        Column::Desk => "Desk",
        Column::Reporter => "Raised by",
        Column::Organization => "Organisation",
        Column::Created => "Raised",
        Column::Changed => "Last changed",
    }
}

fn done(done: Done) -> &'static str {
    match done {
        Done::Raised => {
            "Your request is with the desk. A mail with a link to it is on its way to you."
        }
        Done::Commented => "Your comment is on its way to the desk and to all who follow.",
        Done::Shared => "The request is shared.",
        Done::StatusChanged => "The status is changed, and the desk is told.",
        Done::Approved => "You approved. The desk and whoever raised the request are told.",
        Done::Declined => "You declined. The desk and whoever raised the request are told.",
        Done::MailsOn => "E-mails about this request come from now on.",
        Done::MailsOff => "No more e-mails about this request.",
        Done::ColumnsChosen => "Your lists have these columns from now on.",
        Done::Already => "It was so already: nothing had to be changed.",
    }
}

fn refused(refusal: &Refusal) -> String {
    match refusal.code {
        Code::NotAMember => "Nobody with this address has access to your organisation here. The \
                             lead of your organisation can invite them."
            .to_owned(),
        Code::TooOften => super::link::too_often(refusal),
        Code::LimitReached => "As many people see this request already as one request takes. \
                               Share it with the organisation instead."
            .to_owned(),
        Code::NotPossibleNow => "Somebody was quicker: the request has changed meanwhile, and \
                                 this is not possible any more. It is shown as it is now."
            .to_owned(),
        Code::UnknownApproval => "Your approval is not asked for any more.".to_owned(),
        Code::NotAllowed => {
            "Only those who raised the request or take part in it can do this.".to_owned()
        }
        Code::UnknownOrganization
        | Code::UnknownDesk
        | Code::UnknownRequest
        | Code::UnknownAccount
        | Code::Unreadable
        | Code::RequestExists
        | Code::AccessDenied
        | Code::SeatCapReached
        | Code::DomainNotAllowed
        | Code::DailyLimitReached
        | Code::AwaitingApproval
        | Code::InvalidEmail
        | Code::Duplicate
        | Code::DateInThePast
        | Code::HandOverToNotAMember
        | Code::LastLead
        | Code::TooManyEarlyUpdates => sentence(refusal.code.words()),
    }
}

fn bad_text(why: &InvalidText) -> String {
    match why {
        InvalidText::Empty => "Please write something.".to_owned(),
        InvalidText::TooLong { max } => {
            format!("This is longer than {max} characters. Please shorten it.")
        }
        InvalidText::Control => "This holds invisible control characters or marks that change \
                                 the direction of text. Please remove them, or type it anew."
            .to_owned(),
    }
}
