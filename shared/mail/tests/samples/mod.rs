//! Messages of every kind, as the domain would write them, and what surrounds them.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "each test file uses some of it, and a test stops at the first surprise"
)]

use domain::{
    Days, EmailAddress, Mail, Message, RequestRef, Role, Timestamp,
    customer::Suppression,
    membership::OffboardReason,
    message::{AboutRequest, Opens, RequesterAction, Urgency},
    request::{AuthorRole, Category, Decision},
    text::{Body, Name, Note, Reason, Text, Title},
};
use mail::{Console, Context, Email, Links, MailError, People, Person, Reader, StopLinks, render};
use url::Url;
use uuid::Uuid;
use words::{LANGUAGES, Words};

mod desk;

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
    for (form, mail) in requests()
        .into_iter()
        .chain(approvals())
        .chain(notices())
        .chain(access())
        .chain(care_of_members())
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

fn requests() -> Vec<(&'static str, Mail)> {
    let transitioned = |status: &str, category| Mail::RequestTransitioned {
        request: request(),
        status: title(status),
        category,
    };
    vec![
        (
            "",
            Mail::RequestReceived {
                request: request(),
                description: Some(
                    Body::new(
                        "Since this morning the lower half of every label is blank.\n\nRoom 3.14, \
                         the grey one.",
                    )
                    .unwrap(),
                ),
            },
        ),
        (
            "bare",
            Mail::RequestReceived {
                request: request(),
                description: None,
            },
        ),
        (
            "",
            Mail::RequestShared {
                request: request(),
                reporter: "Remy Roux".into(),
            },
        ),
        (
            "",
            Mail::RequestCommented {
                request: request(),
                author: name("Ada"),
                body: Body::new("Hello Remy,\n\nwhich driver version does it show?\n\nAda")
                    .unwrap(),
                role: Some(AuthorRole::Agent),
                email: None,
            },
        ),
        (
            "customer",
            Mail::RequestCommented {
                request: request(),
                author: name("Remy Roux"),
                body: Body::new("Version 12.").unwrap(),
                role: Some(AuthorRole::Customer),
                email: Some(address("remy@acme.example")),
            },
        ),
        (
            "long",
            Mail::RequestCommented {
                request: request(),
                author: name("Ada (Support)"),
                body: Body::new(&"All of it, again and again. ".repeat(1_000)).unwrap(),
                role: None,
                email: None,
            },
        ),
        ("", transitioned("In progress", Category::InProgress)),
        ("new", transitioned("Open", Category::New)),
        (
            "waiting",
            transitioned("Waiting for customer", Category::WaitingForCustomer),
        ),
        ("done", transitioned("Resolved", Category::Done)),
        (
            "",
            Mail::RequestClosed {
                request: request(),
                resolution: Some(title("Fixed")),
            },
        ),
        (
            "bare",
            Mail::RequestClosed {
                request: request(),
                resolution: None,
            },
        ),
        ("", moved("IT-7", true)),
        ("elsewhere", moved("HR-2", false)),
    ]
}

fn moved(to: &str, followed: bool) -> Mail {
    Mail::RequestMoved {
        request: AboutRequest {
            now: followed.then(|| to.parse().unwrap()),
            ..request()
        },
        to: to.parse().unwrap(),
        followed,
    }
}

fn approvals() -> Vec<(&'static str, Mail)> {
    vec![
        (
            "",
            Mail::ApprovalRequested {
                request: request(),
                approval: "a-1".parse().unwrap(),
                reporter: "Remy Roux".into(),
                due: Some(at("2026-11-27T17:00:00Z")),
            },
        ),
        (
            "bare",
            Mail::ApprovalRequested {
                request: request(),
                approval: "a-1".parse().unwrap(),
                reporter: "remy@acme.example".into(),
                due: None,
            },
        ),
        (
            "",
            Mail::ApprovalAnswered {
                request: request(),
                by: address("lena@acme.example"),
                decision: Decision::Declined,
                reason: Some(Reason::new("A new printer is on order already.").unwrap()),
            },
        ),
        (
            "approved",
            Mail::ApprovalAnswered {
                request: request(),
                by: address("lena@acme.example"),
                decision: Decision::Approved,
                reason: None,
            },
        ),
        (
            "",
            Mail::RequestHandedOver {
                request: request(),
                from: "Otto Olsen".into(),
            },
        ),
    ]
}

fn notices() -> Vec<(&'static str, Mail)> {
    let did = |action| Mail::DeskNotice {
        request: request(),
        by: address("remy@acme.example"),
        name: Some(name("Remy Roux")),
        action,
    };
    let answered = |decision, reason: Option<&str>| RequesterAction::ApprovalAnswered {
        decision,
        reason: reason.map(|text| Reason::new(text).unwrap()),
    };
    let answers = |count: usize, answer: &str| {
        vec![(title("Which printer?"), Text::new(answer).unwrap()); count]
    };
    let raised = |description: Option<String>, answers, more| RequesterAction::Raised {
        kind: title("Hardware"),
        description: description.map(|text| Body::new(&text).unwrap()),
        answers,
        more,
    };
    let body = |text: &str| Body::new(text).unwrap();
    vec![
        (
            "",
            did(raised(
                Some("Since this morning the lower half of every label is blank.".into()),
                answers(2, "The grey one,\nroom 3.14"),
                0,
            )),
        ),
        ("bare", did(raised(None, Vec::new(), 0))),
        (
            "long",
            did(raised(
                Some("<&> ".repeat(8_000)),
                answers(
                    30,
                    "& <\n& <\n& <\n& <\n& <\n& <\n& <\n& <\n& <\n& <\n& <\n& <",
                ),
                12,
            )),
        ),
        (
            "commented",
            did(RequesterAction::Commented {
                body: body("It shows 3.2.\n\nRemy"),
            }),
        ),
        (
            "status",
            did(RequesterAction::StatusChanged {
                status: title("Resolved"),
            }),
        ),
        (
            "shared",
            did(RequesterAction::SharedWithPerson {
                email: address("pia@acme.example"),
            }),
        ),
        (
            "shared_with_all",
            did(RequesterAction::SharedWithOrganization {
                org_name: name("Acme & Sons"),
            }),
        ),
        (
            "approved",
            Mail::DeskNotice {
                request: request(),
                by: address("lena@acme.example"),
                name: None,
                action: answered(Decision::Approved, None),
            },
        ),
        (
            "declined",
            did(answered(Decision::Declined, Some("Another is on order."))),
        ),
        (
            "",
            Mail::ConfirmRequest {
                draft: "draft-1".parse().unwrap(),
                summary: request().summary,
                expires_at: at("2026-11-24T09:30:00Z"),
                language: None,
            },
        ),
        (
            "long",
            Mail::ConfirmRequest {
                draft: "draft-1".parse().unwrap(),
                summary: title(&"Buy cheap pills! ".repeat(17)),
                expires_at: at("2026-11-24T09:30:00Z"),
                language: None,
            },
        ),
    ]
}

fn access() -> Vec<(&'static str, Mail)> {
    let mut all = vec![
        ("", invitation(true, false)),
        ("bare", invitation(false, false)),
        ("", invitation(false, true)),
        ("lead", invitation(true, true)),
    ];
    let acme = || name("Acme & Sons");
    for (form, role) in [("", Role::Member), ("lead", Role::Lead)] {
        all.push((
            form,
            Mail::Welcome {
                org_name: acme(),
                role,
            },
        ));
    }
    for reminder in [false, true] {
        all.push((
            "",
            Mail::InactivityWarning {
                org_name: acme(),
                quiet_days: Days(90),
                grace_until: at("2026-12-06T09:30:00.5Z"),
                reminder,
            },
        ));
    }
    all.push((
        "",
        Mail::AccessEnding {
            org_name: acme(),
            access_until: at("2026-11-30T23:00:00Z"),
        },
    ));
    for (form, why) in [
        ("", OffboardReason::Inactive),
        ("expired", OffboardReason::Expired),
        ("left", OffboardReason::Left),
        ("not_needed", OffboardReason::NotNeeded),
        ("lead", OffboardReason::Lead),
        ("policy", OffboardReason::Policy),
    ] {
        all.push((
            form,
            Mail::AccessEnded {
                org_name: acme(),
                why,
            },
        ));
    }
    for (form, opens, org_name) in [
        ("", Opens::LeadConsole, Some(acme())),
        ("console", Opens::LeadConsole, None),
        ("requests", Opens::MyRequests, None),
    ] {
        all.push((form, Mail::YourLink { opens, org_name }));
    }
    all
}

pub(crate) fn invitation(full: bool, reminder: bool) -> Mail {
    Mail::Invitation {
        org_name: name("Acme & Sons"),
        inviter: full.then(|| "Lena Lind".to_owned()),
        role: if full && reminder {
            Role::Lead
        } else {
            Role::Member
        },
        note: full.then(|| Note::new("Welcome to the team!\nAsk me anything.").unwrap()),
        expires_at: at("2026-12-06T09:30:00Z"),
        access_until: full.then(|| at("2027-06-30T22:00:00Z")),
        reminder,
    }
}

/// What goes to whoever asked for their link on the pages.
pub(crate) fn own_link() -> Mail {
    Mail::YourLink {
        opens: Opens::MyRequests,
        org_name: None,
    }
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

fn care_of_members() -> Vec<(&'static str, Mail)> {
    let acme = || name("Acme & Sons");
    let otto = || address("otto@acme.example");
    let offboarded = |why, when: &str, open_requests, heir: Option<&str>| Mail::MemberOffboarded {
        org_name: acme(),
        member: otto(),
        why,
        at: at(when),
        undo_until: at("2026-12-22T09:30:00Z"),
        open_requests,
        hand_over_to: heir.map(address),
    };
    let removed = |emails: &[&str], total| Mail::RemovalDigest {
        org_name: acme(),
        removed: emails.iter().map(|email| address(email)).collect(),
        total,
        undo_until: at("2026-12-22T09:30:00Z"),
    };
    let joined = |seated| Mail::MemberJoined {
        org_name: acme(),
        member: otto(),
        seated,
    };
    let suppressed = |why| Mail::AddressSuppressed {
        org_name: acme(),
        member: otto(),
        why,
    };
    vec![
        (
            "",
            offboarded(
                OffboardReason::Left,
                "2026-11-22T09:30:00Z",
                3,
                Some("remy@acme.example"),
            ),
        ),
        (
            "planned",
            offboarded(OffboardReason::NotNeeded, "2026-11-30T23:00:00Z", 0, None),
        ),
        (
            "open",
            offboarded(OffboardReason::Lead, "2026-11-22T09:30:00Z", 1, None),
        ),
        (
            "policy",
            offboarded(OffboardReason::Policy, "2026-11-22T09:30:00Z", 0, None),
        ),
        (
            "inactive",
            offboarded(OffboardReason::Inactive, "2026-11-22T09:30:00Z", 0, None),
        ),
        (
            "expired",
            offboarded(OffboardReason::Expired, "2026-11-22T09:30:00Z", 0, None),
        ),
        ("", removed(&["otto@acme.example", "pia@acme.example"], 2)),
        ("one", removed(&["otto@acme.example"], 1)),
        ("many", removed(&["otto@acme.example"; 100], 140)),
        ("", joined(true)),
        ("guest", joined(false)),
        (
            "",
            Mail::LeaverRaisedRequest {
                org_name: acme(),
                member: otto(),
                request: request(),
            },
        ),
        ("", suppressed(Suppression::Bounce)),
        ("complaint", suppressed(Suppression::Complaint)),
        ("listed", suppressed(Suppression::Listed)),
        (
            "",
            Mail::UnreachableHeld {
                org_name: acme(),
                people: vec![otto(), address("pia@acme.example")],
            },
        ),
        (
            "",
            Mail::InvitationDeclined {
                org_name: acme(),
                invitee: address("nora@acme.example"),
            },
        ),
        (
            "",
            Mail::ExceptionRefused {
                org_name: acme(),
                invitee: address("nora@elsewhere.example"),
            },
        ),
        (
            "",
            Mail::ExceptionAllowed {
                org_name: acme(),
                invitee: address("nora@elsewhere.example"),
            },
        ),
    ]
}
