#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use app::intake::{Filling, Stranger, Waiting};
use domain::{
    OrgId, Version,
    desk::{Access, Announcement, Desk, Field, FieldKind, RequestType},
    draft::DraftRequest,
    event::Person,
    form,
    text::Name,
};
use lambda_http::{
    Body, Request,
    http::{Method, header},
};

use super::*;
use crate::{http::fields::Fields, reader::ANYBODY};

/// Text from others that every page must show harmlessly.
const HOSTILE: &str = "\"><script>alert(1)</script>&amp;{{7*7}}";

const KINDS: [(&str, FieldKind); 9] = [
    ("text", FieldKind::Text),
    ("paragraph", FieldKind::Paragraph),
    ("choice", FieldKind::Choice),
    ("choices", FieldKind::Choices),
    ("number", FieldKind::Number),
    ("date", FieldKind::Date),
    ("email", FieldKind::Email),
    ("link", FieldKind::Link),
    ("person", FieldKind::Person),
];

fn parsed<T: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> T {
    text.parse().unwrap()
}

fn kind(id: &str, name: &str, group: Option<&str>) -> RequestType {
    let fields = KINDS.iter().map(|(id, kind)| Field {
        id: parsed(id),
        label: parsed(&format!("A {id}?")),
        kind: *kind,
        required: *id != "person" && *id != "date",
        help: (*id == "paragraph").then(|| parsed("Two sentences help.")),
        choices: match kind {
            FieldKind::Choice | FieldKind::Choices => vec![parsed("Laptop"), parsed("Screen")],
            _ => Vec::new(),
        },
    });
    RequestType {
        id: parsed(id),
        name: parsed(name),
        group: group.map(parsed),
        description: Some(parsed(
            "A screen, a laptop,\nor something that goes with one.",
        )),
        fields: fields.collect(),
    }
}

fn desk() -> Desk {
    Desk {
        id: parsed("it"),
        name: parsed("IT help desk"),
        sender: parsed("it@lanyard.example"),
        inbox: None,
        administrators: [parsed("ada@lanyard.example")].into(),
        access: Access::Domains([parsed("lanyard.example")].into()),
        networks: Vec::new(),
        request_types: vec![
            kind("hardware", "Hardware", Some("Equipment")),
            kind("access", "Access", None),
            kind("screen", "Screen", Some("Equipment")),
        ],
        transitions: Vec::new(),
        announcements: vec![Announcement {
            title: parsed("The network moves"),
            body: parsed("On Saturday.\n\nCables keep working."),
        }],
        jira: None,
        version: Version::NEW,
    }
}

fn form(person: Option<&str>, organizations: &[&str]) -> Form {
    let desk = desk();
    let named = |org: &&str| (parsed::<OrgId>(org), parsed::<Name>(org));
    Form {
        kind: desk.request_types[0].clone(),
        person: person.map(parsed),
        organizations: organizations.iter().map(named).collect(),
        token: "a-token".to_owned(),
        desk,
    }
}

fn posted(body: &str) -> Fields {
    let request = lambda_http::http::Request::builder()
        .method(Method::POST)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap();
    let request: Request = request;
    Fields::of_body(&request, MAX_BODY).unwrap()
}

/// The page of a form that came back with what was posted.
fn refused(form: Form, body: &str) -> Reply {
    let fields = posted(body);
    let (filling, stranger) = (
        posted::filling(&fields),
        posted::stranger(&fields, None, &ANYBODY),
    );
    let mut faults = Vec::new();
    if form.person.is_none() {
        let who = form::reporter(&stranger.email, &stranger.name, None);
        faults.extend(who.err().unwrap_or_default());
    }
    let read = form::read(&form.kind, &filling.typed);
    faults.extend(read.err().unwrap_or_default());
    View::of(&ANYBODY, form)
        .filled_in(&filling.typed)
        .by(&stranger)
        .choosing(&filling)
        .with(&faults)
        .refused()
}

fn waiting(summary: &str) -> Waiting {
    Waiting {
        answers: vec![("What is it about?".to_owned(), "The contract".to_owned())],
        draft: DraftRequest {
            description: None,
            id: parsed("draft-1"),
            desk: parsed("it"),
            kind: parsed("Hardware"),
            summary: parsed(summary),
            answers: form::Answers::new(),
            reporter: Person {
                email: parsed("zoe@elsewhere.example"),
                name: None,
            },
            language: None,
            until: parsed("2026-11-24T09:30:00Z"),
        },
        desk: parsed("IT help desk"),
        token: "a-token".to_owned(),
    }
}

/// The page without empty lines and without the names of the files it loads.
fn shown(reply: &Reply) -> String {
    let html = reply.html().unwrap();
    let html = html
        .replace(&*crate::assets::STYLE.path, "/assets/style.css")
        .replace(&*crate::assets::SCRIPT.path, "/assets/script.js");
    let lines = html.lines().map(str::trim_end);
    let lines: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
    format!("{}\n{}", reply.status.as_u16(), lines.join("\n"))
}

fn every_page() -> Vec<(&'static str, Reply)> {
    let hostile: String = url::form_urlencoded::byte_serialize(HOSTILE.as_bytes()).collect();
    let mut body = format!("token=x&summary={hostile}&email={hostile}&name={hostile}");
    for (id, _) in KINDS {
        body += &["&f.", id, "=", &hostile].concat();
    }
    vec![
        ("desks", lists::desks(&ANYBODY, &[desk()], true)),
        ("kinds", lists::kinds(&ANYBODY, &desk())),
        (
            "form_of_stranger",
            View::of(&ANYBODY, form(None, &[])).reply(StatusCode::OK),
        ),
        (
            "form_of_member",
            View::of(&ANYBODY, form(Some("nora@lanyard.example"), &["acme"])).reply(StatusCode::OK),
        ),
        (
            "form_with_mistakes",
            refused(
                form(None, &[]),
                "summary=A+laptop&f.date=31.02.2026&f.choices=Laptop",
            ),
        ),
        ("form_with_hostile_text", refused(form(None, &[]), &body)),
        (
            "form_for_several_organizations",
            refused(
                form(Some("nora@lanyard.example"), &["acme", "globex"]),
                "org=globex&share=yes",
            ),
        ),
        ("confirm", lists::waiting(&ANYBODY, &waiting(HOSTILE))),
    ]
}

#[test]
fn every_page_reads_as_it_should() {
    for (name, reply) in every_page() {
        insta::assert_snapshot!(name, shown(&reply));
    }
}

#[test]
fn nothing_that_somebody_typed_is_markup() {
    for (name, reply) in every_page() {
        let html = reply.html().unwrap();
        assert!(!html.contains("<script>"), "{name}");
        assert_eq!(html.matches("<h1>").count(), 1, "{name}");
    }
}

#[test]
fn each_mistake_stands_beside_its_field_and_nothing_typed_is_lost() {
    let typed = [
        ("email", "zoe@"),
        ("name", "Zoe"),
        ("summary", "A laptop"),
        ("f.text", "one line"),
        ("f.number", "1.000"),
        ("f.date", "31.02.2026"),
        ("f.email", "zoe@@x"),
        ("f.link", "www.shop.example"),
        ("f.person", "7"),
    ];
    let body = typed.map(|(name, value)| {
        let value: String = url::form_urlencoded::byte_serialize(value.as_bytes()).collect();
        format!("{name}={value}")
    });
    let reply = refused(form(None, &[]), &body.join("&"));
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    let html = reply.html().unwrap();
    for (name, value) in typed {
        assert!(html.contains(&format!("name=\"{name}\"")), "{name}");
        assert!(
            html.contains(&format!("value=\"{value}\"")),
            "{name} {value}"
        );
    }
    // The list at the top leads to each, and each says what is wrong with it.
    for link in html.split("href=\"#q").skip(1) {
        let number = link.split('"').next().unwrap();
        assert!(html.contains(&format!("id=\"q{number}\"")), "q{number}");
        assert!(
            html.contains(&format!("id=\"q{number}-wrong\"")),
            "q{number}"
        );
        assert!(html.contains(&format!("q{number}-wrong\"")), "q{number}");
    }
    let beside = html.matches("class=\"wrong\" id=\"q").count();
    assert_eq!(html.matches("href=\"#q").count(), beside);
    assert_eq!(beside, 9);
}

#[test]
fn a_field_that_comes_twice_is_refused_and_one_that_nobody_asked_for_is_left_out() {
    let fields = posted("summary=a&summary=b&f.text=x&f.text=y&f.nothing=z&email=a&email=b");
    let filling: Filling = posted::filling(&fields);
    let faults = form::read(&form(None, &[]).kind, &filling.typed).unwrap_err();
    let twice = faults
        .iter()
        .filter(|fault| fault.wrong == form::Wrong::Twice)
        .count();
    assert_eq!(twice, 2);
    let stranger: Stranger = posted::stranger(&fields, None, &ANYBODY);
    assert_eq!(stranger.email, "");
}

#[test]
fn bytes_that_are_no_text_come_back_harmless() {
    let reply = refused(
        form(None, &[]),
        "summary=%FF%FE%00&f.text=%C3%28&name=%E2%80%AE",
    );
    let html = reply.html().unwrap();
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains('\u{fffd}'));
}

#[test]
fn ten_thousand_characters_are_shown_again_and_refused() {
    let long = "a".repeat(10_000);
    let reply = refused(
        form(None, &[]),
        &format!("summary={long}&f.paragraph={long}"),
    );
    let html = reply.html().unwrap();
    assert!(html.contains("shorten this to 300 characters"));
    assert!(html.contains("shorten this to 4000 characters"));
    assert_eq!(html.matches(&long).count(), 2);
}

#[test]
fn three_long_answers_in_any_script_are_taken() {
    let fields = ["first", "second", "third"].map(|id| Field {
        id: parsed(id),
        label: parsed("What happened?"),
        kind: FieldKind::Paragraph,
        required: true,
        help: None,
        choices: Vec::new(),
    });
    let kind = RequestType {
        fields: fields.into(),
        ..kind("story", "A story", None)
    };
    // Four bytes in UTF-8, and each of them is three in a form.
    let long = "\u{1f98a}".repeat(4_000);
    let mut body = url::form_urlencoded::Serializer::new("summary=A+story".to_owned());
    for id in ["f.first", "f.second", "f.third"] {
        body.append_pair(id, &long);
    }
    let filling = posted::filling(&posted(&body.finish()));
    let filled = form::read(&kind, &filling.typed).unwrap();
    let lengths = filled.answers.values().map(|answer| answer.as_str().len());
    assert_eq!(lengths.collect::<Vec<_>>(), [16_000; 3]);
}

#[test]
fn a_form_that_came_too_often_comes_back_with_what_was_typed() {
    let fields = posted("summary=A+laptop&f.text=one+line");
    let filling = posted::filling(&fields);
    let page = |after| {
        let page = View::of(&ANYBODY, form(None, &[])).filled_in(&filling.typed);
        page.too_often(jiff::SignedDuration::from_secs(after))
            .refused()
    };
    for (after, says) in [
        (0, "in a minute"),
        (60, "in a minute"),
        (61, "in 2 minutes"),
    ] {
        let reply = page(after);
        assert_eq!(reply.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(
            reply.retry_after,
            Some(u32::try_from(after.max(1)).unwrap())
        );
        let html = reply.html().unwrap();
        for text in [says, "value=\"A laptop\"", "value=\"one line\""] {
            assert!(html.contains(text), "{text}");
        }
    }
}
