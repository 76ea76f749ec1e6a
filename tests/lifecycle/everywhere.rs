//! A world in which every page has something to show and every form something to do: who has a
//! browser there, which pages they see, and which forms they send.

use serde_json::json;

use crate::fixture::Story;
use crate::lifecycle::web::{Form, Page, Web};

pub(crate) const LENA: &str = "lena@acme.example";
pub(crate) const GUS: &str = "gus@globex.example";
pub(crate) const AMIR: &str = "amir@acme.example";
pub(crate) const XENA: &str = "xena@acme.example";
pub(crate) const ZOE: &str = "zoe@acme.example";
pub(crate) const YARA: &str = "yara@acme.example";
pub(crate) const WIM: &str = "wim@globex.test";
pub(crate) const NOOR: &str = "noor@visitor.example";
pub(crate) const MONA: &str = "mona@visitor.example";
pub(crate) const QUINN: &str = "quinn@visitor.example";
pub(crate) const ADA: &str = "ada@lanyard.example";

/// Begins it. Wim and Béla have been warned, and a run over Acme is held.
pub(crate) async fn begin() -> Story {
    let story = Story::begin().await;
    story.enforce("acme").await;
    story
        .inactivity("acme", "max_removals_floor", 0.into())
        .await;
    story.inactivity("acme", "grace_days", 8.into()).await;
    story.advance("P82D").await;
    story.advance("P8DT1H").await;
    for invitee in [ZOE, YARA] {
        story.invite("acme", LENA, invitee).await;
    }
    let ines = "ines@initech.example";
    story.invite("initech", ines, "bob@partner.example").await;
    story.raise("SUP-1", NOOR).await;
    story.raise("SUP-2", XENA).await;
    let asked = json!({ "approval": { "id": "a-1", "approvers": [MONA, XENA] } });
    story
        .update("SUP-1", "request.approval_requested", asked)
        .await;
    story.settle().await;
    for who in [LENA, GUS, AMIR, XENA, NOOR] {
        ask_for_link(&story, who).await;
    }
    let web = Web::new(&story);
    let page = web.get("/new/support/question").await.must_be(200);
    let form = question(page.form(|form| form.value("summary").is_some()));
    web.submit(&form.with("email", QUINN)).await.must_be(303);
    story.settle().await;
    story
}

/// Has the links to what is somebody's own mailed to them.
pub(crate) async fn ask_for_link(story: &Story, email: &str) {
    let form = [("email".to_owned(), email.to_owned())];
    let sent = Web::new(story).post("/send-link", &form).await;
    sent.must_be(200);
    story.settle().await;
}

/// A question, filled in.
pub(crate) fn question(form: Form) -> Form {
    form.with("summary", "How do I order?")
        .with("f.question", "More seats, please: how?")
}

/// In whose browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Visitor {
    /// A person who opened the newest link to their console.
    Lead(&'static str),
    /// A person who opened the newest link to their own things.
    Own(&'static str),
    /// A person with a link for this purpose. Its address is the page.
    Holder(&'static str, &'static str),
    /// Nobody who is known.
    Stranger,
}

impl Visitor {
    /// A new browser of theirs.
    pub(crate) async fn browser(self, story: &Story) -> Web<'_> {
        match self {
            Self::Lead(email) => Web::of(story, email, "lead-console").await,
            Self::Own(email) => {
                let web = Web::new(story);
                web.get(&web.path(&own_link(story, email))).await;
                web
            }
            Self::Holder(..) | Self::Stranger => Web::new(story),
        }
    }
}

/// The newest link to all that is somebody's own: those in mails open one request.
fn own_link(story: &Story, email: &str) -> String {
    let mut asked_for = story.mails(email);
    asked_for.retain(|mail| mail.kind == "your_link");
    let texts = asked_for.iter().map(|mail| mail.text.as_str());
    let links = story.links(email, "requester");
    let in_mails: Vec<_> = texts.collect();
    let own = links
        .into_iter()
        .find(|link| in_mails.iter().any(|text| text.contains(link)));
    own.unwrap_or_else(|| panic!("{email} never asked for their link"))
}

/// A form of some page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) who: Visitor,
    /// The page, with people's addresses in braces where it has their handles.
    pub(crate) page: &'static str,
    /// The field, or the button, by which the form is known.
    by: (&'static str, &'static str),
    /// The values of the fields.
    fill: &'static [(&'static str, &'static str)],
    /// True if the page has the form only after the cases before it were sent.
    pub(crate) later: bool,
}

impl Case {
    /// The page that has it, and the form as somebody fills it in there.
    pub(crate) async fn open(&self, story: &Story, web: &Web<'_>) -> (Page, Form) {
        let path = match self.who {
            Visitor::Holder(email, purpose) => {
                let links = story.links(email, purpose);
                let link = links.iter().find(|link| link.contains("/l/"));
                web.path(link.unwrap())
            }
            Visitor::Lead(_) | Visitor::Own(_) | Visitor::Stranger => {
                with_handles(story, self.page)
            }
        };
        let page = web.get(&path).await;
        let (name, value) = self.by;
        let is_known =
            |(field, held): &(String, String)| field == name && (value.is_empty() || held == value);
        let form =
            page.form(|form| form.fields.iter().any(is_known) || form.buttons.iter().any(is_known));
        let pressed = form.buttons.iter().any(is_known);
        let form = if pressed {
            form.with(name, value)
        } else {
            form
        };
        let filled = self
            .fill
            .iter()
            .fold(form, |form, (name, value)| form.with(name, value));
        (page, filled)
    }
}

/// An address, with the handles of people in the place of their addresses in braces.
fn with_handles(story: &Story, path: &str) -> String {
    let Some((before, rest)) = path.split_once('{') else {
        return path.to_owned();
    };
    let (email, after) = rest.split_once('}').unwrap();
    let handle = story.store().pseudonym(&email.parse().unwrap());
    format!("{before}{handle}{after}")
}

const fn case(
    name: &'static str,
    who: Visitor,
    page: &'static str,
    by: (&'static str, &'static str),
    fill: &'static [(&'static str, &'static str)],
) -> Case {
    Case {
        name,
        who,
        page,
        by,
        fill,
        later: false,
    }
}

const fn later(case: Case) -> Case {
    Case {
        later: true,
        ..case
    }
}

const NOTHING: &[(&str, &str)] = &[];
const QUESTION: &[(&str, &str)] = &[
    ("summary", "How do I order?"),
    ("f.question", "More seats, please: how?"),
];
const STRANGER: &[(&str, &str)] = &[
    ("email", "uma@visitor.example"),
    ("summary", "How do I order?"),
    ("f.question", "More seats, please: how?"),
];
const ON_A_DATE: &[(&str, &str)] = &[("when", "date"), ("date", "2029-12-31"), ("why", "left")];
const NOW: &[(&str, &str)] = &[("when", "now"), ("why", "left")];
const LEAD: Visitor = Visitor::Lead(LENA);

/// Every form that carries a token, in an order in which each can be sent.
pub(crate) const CASES: &[Case] = &[
    // Links.
    case(
        "accept",
        Visitor::Holder(ZOE, "accept-invitation"),
        "",
        ("wish", "yes"),
        NOTHING,
    ),
    case(
        "keep access",
        Visitor::Holder(WIM, "keep-access"),
        "",
        ("wish", "yes"),
        NOTHING,
    ),
    case(
        "approve",
        Visitor::Holder(MONA, "approve"),
        "",
        ("wish", "approve"),
        &[("why", "Yes")],
    ),
    case(
        "stop mails",
        Visitor::Holder(NOOR, "unsubscribe"),
        "",
        ("wish", "stop"),
        NOTHING,
    ),
    case(
        "allow",
        Visitor::Holder(ADA, "decide-invitation"),
        "",
        ("wish", "yes"),
        NOTHING,
    ),
    case(
        "confirm",
        Visitor::Holder(QUINN, "confirm-request"),
        "",
        ("wish", "confirm"),
        NOTHING,
    ),
    // New requests.
    case(
        "new, known",
        Visitor::Own(NOOR),
        "/new/support/question",
        ("summary", ""),
        QUESTION,
    ),
    case(
        "new, of a lead",
        LEAD,
        "/new/support/question",
        ("summary", ""),
        QUESTION,
    ),
    case(
        "new, stranger",
        Visitor::Stranger,
        "/new/support/question",
        ("summary", ""),
        STRANGER,
    ),
    // Requests.
    case(
        "comment",
        Visitor::Own(NOOR),
        "/requests/support/SUP-1",
        ("comment", ""),
        &[("comment", "Hello")],
    ),
    case(
        "mails off",
        Visitor::Own(XENA),
        "/requests/support/SUP-2",
        ("mails", "off"),
        NOTHING,
    ),
    later(case(
        "mails on",
        Visitor::Own(XENA),
        "/requests/support/SUP-2",
        ("mails", "on"),
        NOTHING,
    )),
    case(
        "answer",
        Visitor::Own(XENA),
        "/requests/support/SUP-1",
        ("answer", "decline"),
        &[("why", "No")],
    ),
    case(
        "share",
        Visitor::Own(XENA),
        "/requests/support/SUP-2",
        ("colleague", ""),
        &[("colleague", AMIR)],
    ),
    case(
        "share with all",
        Visitor::Own(XENA),
        "/requests/support/SUP-2",
        ("organization", "acme"),
        NOTHING,
    ),
    case(
        "columns",
        Visitor::Own(NOOR),
        "/requests/columns",
        ("column", ""),
        &[("column", "created")],
    ),
    case(
        "close",
        Visitor::Own(NOOR),
        "/requests/support/SUP-1",
        ("to", "Close"),
        NOTHING,
    ),
    later(case(
        "comment and open again",
        Visitor::Own(NOOR),
        "/requests/support/SUP-1",
        ("then", "Open again"),
        &[("comment", "It is broken still.")],
    )),
    later(case(
        "close once more",
        Visitor::Own(NOOR),
        "/requests/support/SUP-1",
        ("to", "Close"),
        NOTHING,
    )),
    later(case(
        "open again",
        Visitor::Own(NOOR),
        "/requests/support/SUP-1",
        ("to", "Open again"),
        NOTHING,
    )),
    // The console.
    case(
        "invite",
        LEAD,
        "/console/acme/invite",
        ("role", ""),
        &[("email", "pia@acme.example")],
    ),
    case(
        "bring a list",
        LEAD,
        "/console/acme/invite-many",
        ("pasted", ""),
        &[("pasted", "joe@acme.example")],
    ),
    case(
        "resend",
        LEAD,
        "/console/acme/people/{yara@acme.example}",
        ("act", "resend"),
        NOTHING,
    ),
    case(
        "withdraw",
        LEAD,
        "/console/acme/people/{yara@acme.example}",
        ("act", "withdraw"),
        NOTHING,
    ),
    case(
        "lead",
        LEAD,
        "/console/acme/people/{amir@acme.example}/role",
        ("act", "lead"),
        NOTHING,
    ),
    later(case(
        "member",
        LEAD,
        "/console/acme/people/{amir@acme.example}/role",
        ("act", "member"),
        NOTHING,
    )),
    case(
        "exempt",
        LEAD,
        "/console/acme/people/{amir@acme.example}",
        ("act", "exempt"),
        NOTHING,
    ),
    later(case(
        "not exempt",
        LEAD,
        "/console/acme/people/{amir@acme.example}",
        ("act", "not-exempt"),
        NOTHING,
    )),
    case(
        "extend",
        LEAD,
        "/console/acme/people/{amir@acme.example}",
        ("until", ""),
        &[("act", "extend"), ("until", "2029-12-31")],
    ),
    later(case(
        "no end",
        LEAD,
        "/console/acme/people/{amir@acme.example}",
        ("act", "no-end"),
        NOTHING,
    )),
    case(
        "off-board on a date",
        LEAD,
        "/console/acme/people/{amir@acme.example}/off-board",
        ("when", ""),
        ON_A_DATE,
    ),
    later(case(
        "cancel",
        LEAD,
        "/console/acme/people/{amir@acme.example}",
        ("act", "cancel-leaving"),
        NOTHING,
    )),
    case(
        "keep",
        LEAD,
        "/console/acme/people/{bela@acme.example}",
        ("act", "keep"),
        NOTHING,
    ),
    case(
        "off-board",
        LEAD,
        "/console/acme/people/{bela@acme.example}/off-board",
        ("when", ""),
        NOW,
    ),
    later(case(
        "restore",
        LEAD,
        "/console/acme/people/{bela@acme.example}",
        ("act", "restore"),
        NOTHING,
    )),
    // The profile.
    case(
        "profile",
        Visitor::Own(XENA),
        "/profile",
        ("zone", ""),
        &[("name", "Xena X."), ("do", "profile")],
    ),
    case(
        "no mails",
        Visitor::Own(XENA),
        "/profile",
        ("do", "stop-mails"),
        NOTHING,
    ),
    later(case(
        "mails again",
        Visitor::Own(XENA),
        "/profile",
        ("do", "resume-mails"),
        NOTHING,
    )),
    case(
        "end links",
        Visitor::Own(XENA),
        "/profile",
        ("do", "end-links"),
        NOTHING,
    ),
    // The next run of the sweep carries it out.
    case(
        "release",
        Visitor::Holder(ADA, "release-sweep"),
        "",
        ("wish", "yes"),
        NOTHING,
    ),
];

/// The addresses to look at, and the browser for each. Each shows a page, or says why not.
pub(crate) const PAGES: &[(Visitor, &[&str])] = &[
    (
        LEAD,
        &[
            "/console/acme",
            "/console/acme?q=a&state=active&sort=silent&page=2",
            "/console/acme/people.csv",
            "/console/acme/people/{amir@acme.example}",
            "/console/acme/people/{bela@acme.example}/off-board",
            "/console/acme/people/{bela@acme.example}/role",
            "/console/acme/people/{bela@acme.example}/off-board?from=review",
            "/console/acme/people/nobody",
            "/console/acme/invite",
            "/console/acme/invite-many",
            "/console/acme/invite-many/nothing",
            "/console/acme/review",
            "/console/acme/history",
            "/console/acme/history?month=2026-12",
            "/console/globex",
            "/profile",
            "/new",
        ],
    ),
    (
        Visitor::Own(XENA),
        &[
            "/requests?view=created&state=open",
            "/requests?view=created&state=closed",
            "/requests?view=approvals&state=open",
            "/requests?view=approvals&state=closed",
            "/requests?view=shared&state=open&org=acme",
            "/requests?view=shared&state=closed",
            "/requests?view=part&state=open&desk=support&type=Question&q=how",
            "/requests?view=part&state=closed&after=x",
            "/requests/columns",
            "/requests/support/SUP-2",
            "/requests/support/SUP-2?before=x&done=commented",
            "/requests/support/SUP-9",
            "/profile?done=profile",
            "/new",
            "/new/support",
            "/new/support/question?summary=Hello&question=How",
        ],
    ),
    (
        Visitor::Stranger,
        &[
            "/",
            "/send-link",
            "/new",
            "/new?done=sent",
            "/new/support",
            "/new/support?done=confirm",
            "/new/support/question?summary=Hello",
            "/new/it",
            "/requests",
            "/profile",
            "/console/acme",
            "/l/x",
            "/nothing",
            "/unsubscribe/x",
            "/assets/nothing",
        ],
    ),
];

/// The links that open a page of their own.
pub(crate) const LINKS: &[(&str, &str)] = &[
    (ZOE, "accept-invitation"),
    (LENA, "lead-console"),
    (XENA, "requester"),
    (NOOR, "requester"),
    (NOOR, "unsubscribe"),
    (MONA, "approve"),
    (WIM, "keep-access"),
    (ADA, "decide-invitation"),
    (ADA, "release-sweep"),
    (QUINN, "confirm-request"),
];

/// The address of a page, with the handles of people in it.
pub(crate) fn address(story: &Story, path: &str) -> String {
    with_handles(story, path)
}
