//! Messages of every kind, as the domain would write them, and what surrounds them.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test file uses some of it, and a test stops at the first surprise"
)]

use domain::{
    EmailAddress, Mail, Message, RequestRef, Timestamp,
    message::{AboutRequest, Opens, Urgency},
    text::{Name, Title},
};
use mail::{Console, Context, Email, Links, MailError, People, Person, Reader, StopLinks, render};
use url::Url;
use uuid::Uuid;
use words::{LANGUAGES, Words};

mod access;
mod desk;
mod members;
mod notices;
mod requests;

pub(crate) use access::invitation;

pub(crate) const NOW: &str = "2026-11-22T09:30:00Z";

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn address(text: &str) -> EmailAddress {
    text.parse().unwrap()
}

pub(crate) fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

pub(crate) fn title(text: &str) -> Title {
    Title::new(text).unwrap()
}

pub(crate) fn request() -> AboutRequest {
    AboutRequest {
        id: RequestRef {
            desk: "support".parse().unwrap(),
            key: "SUP-17".parse().unwrap(),
        },
        now: None,
        summary: title("The label printer prints only half of each label"),
    }
}

/// The recipient of a mail, by its kind: whoever the domain would send it to.
pub(crate) fn recipient(mail: &Mail) -> EmailAddress {
    match mail.urgency() {
        Urgency::Request => address("remy@acme.example"),
        Urgency::Access => address("mia@acme.example"),
        Urgency::Desk => address("queue@desk.example"),
        Urgency::Digest => address("lena@acme.example"),
    }
}

/// Everything around one copy, with links where the message asks for them.
pub(crate) struct Around {
    pub(crate) desk_name: Name,
    pub(crate) sender: EmailAddress,
    pub(crate) base_url: Url,
    pub(crate) links: Links,
    pub(crate) reader: Reader,
}

impl Around {
    pub(crate) fn new(message: &Message) -> Self {
        Self::speaking(Words::source(), message)
    }

    /// For a reader of these words.
    pub(crate) fn speaking(words: &Words, message: &Message) -> Self {
        let base_url: Url = "https://desk.example".parse().unwrap();
        let link = |token: &str| base_url.join(&format!("/l/{token}?a=1&b=2")).unwrap();
        let stop = StopLinks {
            request: link("stop-request"),
            all: link("stop-all"),
            one_click: link("one-click"),
        };
        Self {
            desk_name: name("Customer support"),
            sender: address("support@desk.example"),
            links: Links {
                main: message.link().map(|_| link("main")),
                stop: (message.mail.urgency() == Urgency::Request).then_some(stop),
                consoles: Vec::new(),
            },
            base_url,
            reader: Reader::new(Some(words.lang), Some("Europe/Berlin")),
        }
    }

    pub(crate) fn context(&self) -> Context<'_> {
        Context {
            people: People {
                inviter: Some(name("Lena Olsson")),
                leads: vec![
                    Person {
                        email: address("lena@acme.example"),
                        name: Some(name("Lena Olsson")),
                    },
                    Person {
                        email: address("farah+it@acme.example"),
                        name: None,
                    },
                ],
            },
            colleague: false,
            desk_name: &self.desk_name,
            sender: &self.sender,
            links: self.links.clone(),
            reader: self.reader.clone(),
            now: at(NOW),
            message_id: Uuid::from_u128(0x0193_5c7e_2f00_7abc_8def_0123_4567_89ab),
            base_url: &self.base_url,
        }
    }
}

pub(crate) fn message(mail: Mail) -> Message {
    Message {
        to: vec![recipient(&mail)],
        desk: "support".parse().unwrap(),
        org: Some("acme".parse().unwrap()),
        mail,
    }
}

/// Renders a message for its first recipient, who reads these words.
pub(crate) fn rendered_in(words: &Words, message: &Message) -> Email {
    let around = Around::speaking(words, message);
    render(message, &message.to[0], &around.context()).unwrap()
}

/// Every message in every language.
pub(crate) fn all_in_every_language() -> Vec<(&'static Words, String, Message)> {
    let mut every = Vec::new();
    for words in &LANGUAGES {
        for (label, message) in all() {
            every.push((words, format!("{}.{label}", words.lang), message));
        }
    }
    every
}

/// Renders a message for its first recipient.
pub(crate) fn rendered(message: &Message) -> Email {
    try_rendered(message).unwrap()
}

pub(crate) fn try_rendered(message: &Message) -> Result<Email, MailError> {
    render(message, &message.to[0], &Around::new(message).context())
}

/// One message of each kind; the first of each name is the kind's usual form, further ones are its
/// other forms.
pub(crate) fn all() -> Vec<(String, Message)> {
    let mut all = Vec::new();
    for (form, mail) in requests::requests()
        .into_iter()
        .chain(requests::approvals())
        .chain(notices::notices())
        .chain(access::access())
        .chain(members::care_of_members())
        .chain(members::ends_of_invitations())
        .chain(desk::care_of_the_desk())
    {
        let kind = mail.kind();
        let label = if form.is_empty() {
            kind.to_owned()
        } else {
            format!("{kind}.{form}")
        };
        let mut message = message(mail);
        if form == "administrators" {
            message.org = None;
        }
        all.push((label, message));
    }
    all
}

pub(crate) fn consoles() -> Vec<Console> {
    let console = |org: &str, token: &str| Console {
        org_name: name(org),
        url: format!("https://desk.example/l/{token}").parse().unwrap(),
    };
    vec![
        console("Acme & Sons", "console-1"),
        console("<b>Globex</b>", "console-2"),
    ]
}

/// The mail to somebody who asked for their link on the pages.
pub(crate) fn own_link() -> Mail {
    Mail::YourLink {
        opens: Opens::MyRequests,
        org_name: None,
    }
}
