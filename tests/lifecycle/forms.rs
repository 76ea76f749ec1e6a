//! Every form that changes something: from no other session, for no other purpose, and once.

use std::collections::BTreeSet;

use crate::fixture::Story;
use crate::lifecycle::asking::form_link;
use crate::lifecycle::everywhere::{self, AMIR, CASES, Case, GUS, LENA, NOOR, Visitor};
use crate::lifecycle::web::{Form, Page, Web};

/// A form that is open in somebody's browser, and its page.
struct Open<'a> {
    name: String,
    web: Web<'a>,
    form: Form,
    page: Page,
}

impl Open<'_> {
    fn token(&self) -> &str {
        self.form.value("token").unwrap()
    }
}

async fn open<'a>(story: &'a Story, case: &Case) -> Open<'a> {
    let web = case.who.browser(story).await;
    let (page, form) = case.open(story, &web).await;
    Open {
        name: case.name.to_owned(),
        web,
        form,
        page,
    }
}

/// Every form that can be opened at once.
async fn all(story: &Story) -> Vec<Open<'_>> {
    let mut all = Vec::new();
    for case in CASES.iter().filter(|case| !case.later) {
        all.push(open(story, case).await);
    }
    all
}

/// A form of a link to a form.
async fn of_link<'a>(story: &'a Story, link: &str) -> Open<'a> {
    let web = Web::new(story);
    let page = web.get(&web.path(link)).await.must_be(200);
    let form = page.form(|form| form.value("summary").is_some());
    Open {
        name: "form of a link".to_owned(),
        web,
        form: everywhere::question(form),
        page,
    }
}

/// Forms of the same pages that say the opposite, and are of the same make; and the one that ends a
/// session, of which nothing is stored (`whose`).
const OPPOSITES: &[&str] = &["wish=no", "wish=renew", "wish=resume", "/sign-out token"];

/// The shape of a form on any page: its address and its fields. A lone button carries its act.
fn shape(form: &Form) -> String {
    let path = form.action.split('/');
    let path: Vec<_> = path
        .map(|part| {
            if part.len() > 24 || part.starts_with("SUP-") {
                "*"
            } else {
                part
            }
        })
        .collect();
    let is_button = |name: &String| form.buttons.iter().any(|(button, _)| button == name);
    let fields = form.fields.iter().filter(|(name, _)| !is_button(name));
    let mut fields: BTreeSet<String> = fields
        .map(|(name, value)| match name.as_str() {
            "act" | "do" => format!("{name}={value}"),
            _ => name.clone(),
        })
        .collect();
    match &form.buttons[..] {
        [(name, value)] => fields.extend([format!("{name}={value}")]),
        several => fields.extend(several.iter().map(|(name, _)| name.clone())),
    }
    let fields: Vec<_> = fields.into_iter().collect();
    format!("{} {}", path.join("/"), fields.join(" "))
}

/// All written items and mails, without the counters of requests.
async fn written(story: &Story) -> Vec<String> {
    story.settle().await;
    let everything = story.everything().await;
    let lines = everything.lines().map(str::to_owned);
    let mut lines: Vec<_> = lines.filter(|line| !line.contains("\"RATE#")).collect();
    let mails = story.local().mailbox.list(None).len();
    lines.push(format!("{mails} mails"));
    lines
}

#[tokio::test]
async fn a_form_with_a_token_that_is_not_its_own_is_refused_and_nothing_is_written() {
    let story = everywhere::begin().await;
    let link = form_link(&story, "support", "question", NOOR, false).await;
    let other_link = form_link(&story, "support", "question", AMIR, false).await;
    let mut forms = all(&story).await;
    forms.push(of_link(&story, &link).await);
    // The same forms in further sessions of the same people, and in those of others.
    let twins = all(&story).await;
    let of_others = [
        (Visitor::Lead(GUS), "/console/globex/invite"),
        (Visitor::Lead(GUS), "/console/globex/invite-many"),
        (Visitor::Own(GUS), "/profile"),
        (Visitor::Own(GUS), "/new/support/question"),
        (Visitor::Own(GUS), "/requests/columns"),
    ];
    let mut foreign = Vec::new();
    for (who, path) in of_others {
        let page = who.browser(&story).await.get(path).await.must_be(200);
        let tokens = page.forms().into_iter();
        foreign.extend(tokens.filter_map(|form| form.value("token").map(str::to_owned)));
    }
    foreign.push(of_link(&story, &other_link).await.token().to_owned());
    let before = story.everything().await;
    for (place, open) in forms.iter().enumerate() {
        let next = &forms[(place + 1) % forms.len()];
        let mut tokens = foreign.clone();
        tokens.push(String::new());
        tokens.push("x".repeat(64));
        tokens.push(next.token().to_owned());
        // A link's own form is the same in every browser, and so is a stranger's.
        let has_session = CASES.iter().any(|case| {
            case.name == open.name && matches!(case.who, Visitor::Lead(_) | Visitor::Own(_))
        });
        if has_session {
            let twin = twins.iter().find(|twin| twin.name == open.name);
            tokens.push(twin.unwrap().token().to_owned());
        }
        let with_token = |token: &String| open.form.clone().with("token", token);
        let mut tries: Vec<_> = tokens.iter().map(with_token).collect();
        tries.push(open.form.clone().without("token"));
        for form in tries {
            let answer = open.web.submit(&form).await;
            // Without any token it is no form of a link's page, or of the profile.
            let expected: &[u16] = match form.value("token") {
                Some(_) => &[403],
                None => &[403, 400],
            };
            assert!(
                expected.contains(&answer.status),
                "{}: {} {}",
                open.name,
                answer.status,
                answer.html
            );
        }
        // Nor does the form itself do anything from another's browser.
        if has_session {
            for who in [Visitor::Lead(GUS), Visitor::Stranger] {
                let answer = who.browser(&story).await.submit(&open.form).await;
                let refused = [403, 404].contains(&answer.status);
                assert!(refused, "{}: {}", open.name, answer.status);
            }
        }
        assert_eq!(story.everything().await, before, "{}", open.name);
    }
}

#[tokio::test]
async fn every_form_that_is_posted_twice_acts_once() {
    let story = everywhere::begin().await;
    let link = form_link(&story, "support", "question", NOOR, false).await;
    let before = written(&story).await;
    let mut sent = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut note = |open: &Open<'_>| {
        sent.insert(shape(&open.form));
        let others = open.page.forms().into_iter();
        seen.extend(
            others
                .filter(|form| form.value("token").is_some())
                .map(|form| shape(&form)),
        );
    };
    let twice = async |open: Open<'_>, before: Vec<String>| {
        let first = open.web.submit(&open.form).await;
        let done = [200, 303].contains(&first.status);
        assert!(done, "{}: {} {}", open.name, first.status, first.html);
        let after = written(&story).await;
        assert_ne!(after, before, "{} did nothing", open.name);
        // In the same instant some things cannot be done twice anyway.
        story.sleep("PT2S");
        let second = open.web.submit(&open.form).await;
        let name = &open.name;
        if name == "end links" {
            second.must_be(403);
        } else {
            let done = [200, 303].contains(&second.status);
            assert!(done, "{name}: {} {}", second.status, second.html);
        }
        assert_eq!(written(&story).await, after, "{name}");
        after
    };
    let first = of_link(&story, &link).await;
    note(&first);
    let mut so_far = twice(first, before).await;
    for case in CASES {
        let open = open(&story, case).await;
        note(&open);
        so_far = twice(open, so_far).await;
    }
    // No form of any of these pages was forgotten.
    let is_opposite = |shape: &&String| OPPOSITES.iter().any(|one| shape.ends_with(one));
    let forgotten: Vec<_> = seen.difference(&sent).filter(|s| !is_opposite(s)).collect();
    assert!(forgotten.is_empty(), "{forgotten:#?}\n{sent:#?}");
    story.check_invariants().await;
}

#[tokio::test]
async fn a_list_is_worked_off_once_and_a_review_answered_once() {
    let story = Story::begin().await;
    story.advance("P1D").await;
    story.advance("P181D").await;
    story.settle().await;
    let lena = Web::of(&story, LENA, "review").await;
    let gus = Web::of(&story, GUS, "review").await;
    let page = lena.get("/console/acme/invite-many").await.must_be(200);
    let list = page.form(|form| form.value("pasted").is_some());
    let list = list.with("pasted", "joe@acme.example\nivy@acme.example");
    let at = lena.submit(&list).await.must_be(303).location().unwrap();
    let foreign = gus.get("/console/globex/review").await.must_be(200);
    let foreign = foreign.form(|form| form.value("shown").is_some());
    for path in [at.as_str(), "/console/acme/review"] {
        let page = lena.get(path).await.must_be(200);
        let form = page.form(|form| form.action == path && form.value("token").is_some());
        let form = match form.buttons.first() {
            Some((name, value)) => form.clone().with(name, value),
            None => form,
        };
        let before = written(&story).await;
        let stale = form.clone().with("token", foreign.value("token").unwrap());
        for stale in [stale, form.clone().without("token")] {
            lena.submit(&stale).await.must_be(403);
        }
        gus.submit(&form).await.must_be(403);
        assert_eq!(written(&story).await, before, "{path}");
        lena.submit(&form).await.must_be(303);
        let after = written(&story).await;
        assert_ne!(after, before, "{path}");
        story.sleep("PT2S");
        lena.submit(&form).await.must_be(303);
        assert_eq!(written(&story).await, after, "{path}");
    }
    assert_eq!(story.mails_of("invitation").len(), 2);
    story.check_invariants().await;
}

#[tokio::test]
async fn what_was_typed_is_not_lost_when_a_form_is_not_taken() {
    let story = Story::begin().await;
    let lena = Web::of(&story, LENA, "lead-console").await;
    let page = lena.get("/console/acme/invite").await.must_be(200);
    let form = page.form(|form| form.value("email").is_some());
    let form = form
        .with("email", "pia@acme.example")
        .with("name", "Pia \"P\" Pohl")
        .with("note", "Hello\nthere");
    let stale = lena.submit(&form.clone().with("token", "x")).await;
    let stale = stale.must_be(403);
    assert!(stale.says("Nothing was done yet"), "{}", stale.html);
    // What it shows is what was typed, with a token that is good.
    let shown = stale.form(|form| form.value("email").is_some());
    for field in ["email", "name", "note"] {
        assert_eq!(shown.value(field), form.value(field));
    }
    lena.submit(&shown).await.must_be(303);

    let web = Web::new(&story);
    let form = async || {
        let page = web.get("/new/support/question").await.must_be(200);
        let form = page.form(|form| form.value("summary").is_some());
        everywhere::question(form).with("email", NOOR)
    };
    for _ in 0..3 {
        web.submit(&form().await).await.must_be(303);
    }
    let limited = web.submit(&form().await).await.must_be(429);
    assert!(limited.says("What you wrote is still here"));
    let seconds = limited.headers["retry-after"].to_str().unwrap();
    assert!((1..=900).contains(&seconds.parse().unwrap()), "{seconds}");
    let shown = limited.form(|form| form.value("summary").is_some());
    for field in ["email", "summary", "f.question"] {
        assert_eq!(shown.value(field), form().await.value(field));
    }
    story.sleep("PT15M");
    web.submit(&shown).await.must_be(303);
    story.settle().await;
    assert_eq!(story.kinds(NOOR).len(), 4);
}
