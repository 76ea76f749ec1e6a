//! New requests, in English.

use domain::{called::NoName, form::Wrong};

use crate::words::{Notice, intake::Intake};

pub(crate) const INTAKE: Intake = Intake {
    title: "Ask for something",
    lead: "Whom would you like to ask?",
    no_desks: Notice {
        title: "There is nothing to ask for here",
        says: &[
            "No desk takes requests from you in this way. If you have access, open the link to \
             your requests first: it is in every mail that you got from us.",
        ],
    },
    send_link: "Send me my link",
    kinds: "What do you need?",
    announcements: "Good to know",
    further: "Further",
    all_desks: "All desks",
    as_person: |email| format!("You send it as {email}."),
    only_for: |domains| {
        format!(
            "Requests are taken from addresses at {domains}, and from people who have access \
             already."
        )
    },
    email: "Your e-mail address",
    email_help: "We send a link there. Your request leaves once you have opened it and confirmed.",
    name: "Your name",
    organization: "For which organisation?",
    choose: "Please choose",
    summary: "What is it about, in one line?",
    summary_help: "It is the subject of every mail about your request.",
    optional: "optional",
    date_help: "Day, month and year, such as 31.12.2026.",
    person_help: "A name or an e-mail address.",
    share: |org| match org {
        Some(org) => format!("Everybody who has access for {org} may see it, too"),
        None => "Everybody who has access for the organisation may see it, too".to_owned(),
    },
    trap: "Please leave this empty",
    send: "Send the request",
    send_to_confirm: "Send, and get the link to confirm",
    mistakes: |count| match count {
        1 => "One thing is not right yet".to_owned(),
        count => format!("{count} things are not right yet"),
    },
    wrong,
    foreign: "This page had been open for too long, or was opened elsewhere. Nothing was sent yet: \
              please look at what you wrote and send it again.",
    too_often: |minutes| match minutes {
        1 => {
            "Too many requests were sent within a short time, so this one was not. What you wrote \
              is still here: please send it again in a minute."
                .to_owned()
        }
        _ => format!(
            "Too many requests were sent within a short time, so this one was not. What you wrote \
             is still here: please send it again in {minutes} minutes."
        ),
    },
    waiting: Notice {
        title: "Look into your mailbox",
        says: &[
            "A mail with a link is on its way to you. Your request leaves once you have opened the \
             link and confirmed. That is possible for 48 hours.",
            "If no mail comes, look among the unwanted ones, and check how you wrote your address.",
        ],
    },
    sent_before: Notice {
        title: "Your request was sent",
        says: &["It was sent once, although the form came twice. A mail about it is on its way."],
    },
    sent_for_another: Notice {
        title: "The request was sent",
        says: &[
            "It was sent in the name of whoever the link is for, and a mail about it is on its way \
             to them. In this browser somebody else is signed in, so it is not shown here.",
        ],
    },
    spent: Notice {
        title: "Your request was sent",
        says: &[
            "The link is good for one request, and that one was sent. A mail about it is on its \
             way.",
        ],
    },
    anew: "Fill in a form anew",
    not_from_here: Notice {
        title: "This desk cannot be asked from here",
        says: &[
            "It takes requests only from certain networks, such as that of your office. If you \
             have access, open the link to your requests: then it does not matter where you are.",
        ],
    },
    confirm: "Is this request yours?",
    confirm_lead: |desk| {
        format!("Somebody filled in a form for {desk} and gave your address. It was not sent yet.")
    },
    confirm_kind: "What",
    confirm_summary: "About",
    confirm_by: "As",
    confirm_until: "Confirm by",
    confirm_button: "Yes, send it",
    confirm_or_not: "If it is not yours, you need do nothing: it is deleted by itself.",
    denied: Notice {
        title: "Your request was not sent",
        says: &[
            "The desk takes no requests from your address in this way. If you think that it \
             should, please write to it or ask whoever looks after your organisation.",
        ],
    },
};

fn wrong(wrong: Wrong) -> String {
    match wrong {
        Wrong::Missing => "Please answer this.".to_owned(),
        Wrong::TooLong(max) => format!("Please shorten this to {max} characters."),
        Wrong::Control => {
            "This has invisible characters in it that are not taken. Please type it anew."
                .to_owned()
        }
        Wrong::Twice => "This was sent twice. Please look at it again.".to_owned(),
        Wrong::NotAChoice => "Please choose from what is offered.".to_owned(),
        Wrong::NotANumber => {
            "Please write a number in digits, without marks between thousands: 1500 or 2.5."
                .to_owned()
        }
        Wrong::NotADate => "Please write a date that exists, such as 31.12.2026.".to_owned(),
        Wrong::NotAnEmail => "Please write an address such as name@lanyard.example.".to_owned(),
        Wrong::NotALink => {
            "Please write a web address that begins with https:// or http://.".to_owned()
        }
        Wrong::NoName(why) => match why {
            NoName::Address => "A name holds no address. Please write it without one.",
            NoName::Nothing => "Please write a name with letters, or leave this empty.",
            NoName::Service => {
                "This names the desk or a service. Please write your own name, or leave this empty."
            }
        }
        .to_owned(),
        Wrong::NotAPerson => "Please write a name or an e-mail address.".to_owned(),
    }
}
