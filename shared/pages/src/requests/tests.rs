#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod sample;

use app::requests::{Aspect, Cursor, Wish};
use domain::{Code, columns::Column, request::Decision, text::InvalidText};
use lambda_http::{Body, Request, http::header};

use super::*;
use crate::reader::{ANYBODY, Reader};
use sample::{HOSTILE, about, empty, list, one};

/// A page without empty lines and without the names of the files it loads, which change with each
/// word in them.
fn shown(html: &str) -> String {
    let html = html
        .replace(&*crate::assets::STYLE.path, "/assets/style.css")
        .replace(&*crate::assets::SCRIPT.path, "/assets/script.js");
    let lines = html.lines().map(str::trim_end);
    let lines: Vec<_> = lines.filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

fn page_of_one(one: &OneRequest, tried: Option<&Tried>) -> String {
    page_for(&ANYBODY, one, tried)
}

fn page_for(reader: &Reader, one: &OneRequest, tried: Option<&Tried>) -> String {
    one::page(
        reader,
        one,
        &one::Shown {
            done: tried.is_none().then_some(Done::Commented),
            tried,
            paged: tried.is_none(),
            has_lists: true,
            token: &|action| format!("token-{}", action.name()),
        },
    )
}

fn asked(aspect: Aspect) -> app::requests::Ask {
    let mut ask = query::read(&Fields::default());
    ask.aspect = aspect;
    ask
}

fn every_page() -> Vec<(&'static str, String)> {
    let german = Reader::speaking(words::Words::of_tag("de").unwrap());
    let narrowed = app::requests::Ask {
        words: Some(HOSTILE.to_owned()),
        open: false,
        ..asked(Aspect::Shared)
    };
    let refusal = Refusal::new(Code::NotPossibleNow, "the status is «Closed»");
    let late = Tried::typed(Form::Comment, HOSTILE).with(Wrong::Refused(refusal));
    let long = Tried::typed(Form::Comment, HOSTILE)
        .with(Wrong::Text(InvalidText::TooLong { max: 32_768 }));
    let stranger =
        Refusal::new(Code::NotAMember, "no colleague").at(domain::RefusedField::Colleague);
    let stranger = Tried::typed(Form::Colleague, HOSTILE).with(Wrong::Refused(stranger));
    let why = Form::Answer("a-1".to_owned());
    let why = Tried::typed(why, HOSTILE).with(Wrong::Text(InvalidText::Control));
    let columns = vec![Column::Key, Column::Summary].into();
    let plain = |aspect| list::page(&ANYBODY, &asked(aspect), &list(), Some(Done::ColumnsChosen));
    vec![
        (
            "list_in_german",
            list::page(&german, &asked(Aspect::Approvals), &empty(), None),
        ),
        ("one_in_german", page_for(&german, &one(), None)),
        ("list", plain(Aspect::Created)),
        (
            "list_narrowed",
            list::page(&ANYBODY, &narrowed, &list(), None),
        ),
        (
            "list_empty",
            list::page(&ANYBODY, &asked(Aspect::Created), &empty(), None),
        ),
        (
            "list_of_nobody",
            list::page(&ANYBODY, &asked(Aspect::Shared), &empty(), None),
        ),
        (
            "list_nothing_found",
            list::page(&ANYBODY, &narrowed, &empty(), None),
        ),
        (
            "columns",
            columns::page(&ANYBODY, &columns, "t".to_owned(), true),
        ),
        ("one", page_of_one(&one(), None)),
        ("one_changed_meanwhile", page_of_one(&one(), Some(&late))),
        ("one_comment_too_long", page_of_one(&one(), Some(&long))),
        ("one_no_colleague", page_of_one(&one(), Some(&stranger))),
        ("one_bad_reason", page_of_one(&one(), Some(&why))),
    ]
}

#[test]
fn every_page_reads_as_it_should() {
    for (name, html) in every_page() {
        insta::assert_snapshot!(name, shown(&html));
    }
}

#[test]
fn what_people_wrote_stays_text() {
    for (name, html) in every_page() {
        for tag in ["<script>", "<img", "<b>", "javascript:"] {
            assert!(!html.contains(tag), "{name} has {tag}");
        }
    }
}

#[test]
fn every_field_has_a_label_and_every_description_is_there() {
    for (name, html) in every_page() {
        for part in html.split("<label for=\"").skip(1) {
            let id = part.split('"').next().unwrap();
            assert_eq!(
                html.matches(&format!(" id=\"{id}\"")).count(),
                1,
                "{name}: {id}"
            );
        }
        for part in html.split("aria-describedby=\"").skip(1) {
            for id in part.split('"').next().unwrap().split_whitespace() {
                assert!(html.contains(&format!(" id=\"{id}\"")), "{name}: {id}");
            }
        }
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
    }
}

#[test]
fn a_token_stands_in_each_form_that_is_posted() {
    for (name, html) in every_page() {
        let forms = html.matches("method=\"post\"").count();
        assert_eq!(html.matches("name=\"token\"").count(), forms, "{name}");
    }
}

/// Fields as a browser posts them.
fn fields(body: &str) -> Fields {
    let request: Request = lambda_http::http::Request::builder()
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap();
    Fields::of_body(&request, MOST).unwrap()
}

fn wish(action: Action, body: &str) -> Wish {
    posted::read(action, &fields(body)).unwrap().unwrap().wish
}

#[test]
fn forms_are_read_for_what_they_are() {
    assert_eq!(
        wish(Action::Comment, "comment=One%0D%0ATwo+&token=t"),
        Wish::Comment("One\nTwo".parse().unwrap())
    );
    assert_eq!(
        wish(Action::Share, "colleague=+Bob%40acme.example+"),
        Wish::ShareWithColleague("bob@acme.example".parse().unwrap())
    );
    assert_eq!(
        wish(Action::Share, "organization=acme"),
        Wish::ShareWithOrganization("acme".parse().unwrap())
    );
    assert_eq!(
        wish(Action::Status, "to=Close"),
        Wish::ChangeStatus("Close".parse().unwrap())
    );
    assert_eq!(
        wish(
            Action::Answer,
            "approval=a-1&answer=decline&why=Too%0D%0Adear"
        ),
        Wish::Answer {
            approval: "a-1".parse().unwrap(),
            decision: Decision::Declined,
            reason: Some("Too dear".parse().unwrap()),
        }
    );
    assert_eq!(wish(Action::Mails, "mails=off"), Wish::Mails(false));
}

#[test]
fn what_is_no_form_of_the_page_asks_for_nothing() {
    for (action, body) in [
        (Action::Comment, ""),
        (Action::Comment, "comment=a&comment=b"),
        (Action::Share, "organization=NO+SUCH"),
        (Action::Status, "to="),
        (Action::Status, "to=Close&to=Open"),
        (Action::Answer, "approval=a-1&answer=maybe"),
        (Action::Answer, "answer=approve"),
        (Action::Mails, "mails=some"),
    ] {
        let read = posted::read(action, &fields(body)).unwrap();
        assert!(read.is_none(), "{action:?} {body}");
    }
}

#[test]
fn what_cannot_stand_in_a_field_is_kept_and_told_beside_it() {
    let long = format!("comment={}", "a".repeat(32_769));
    for (action, body, typed) in [
        (Action::Comment, "comment=+%0D%0A", " \n"),
        (Action::Comment, "comment=a%00b", "a\0b"),
        (Action::Comment, "comment=a%E2%80%AEb", "a\u{202E}b"),
        (Action::Comment, long.as_str(), &long["comment=".len()..]),
        (Action::Share, "colleague=nobody", "nobody"),
        (Action::Share, "colleague=%3Cb%3E", "<b>"),
        (
            Action::Answer,
            "approval=a-1&answer=approve&why=a%00",
            "a\0",
        ),
    ] {
        let tried = posted::read(action, &fields(body)).err().unwrap();
        assert_eq!(tried.typed, typed);
        assert_eq!(tried.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(tried.beside(ANYBODY.words).is_some());
        assert!(tried.above(ANYBODY.words).is_none());
    }
    // Bytes that are no UTF-8 are shown as what browsers make of them.
    assert_eq!(
        wish(Action::Comment, "comment=a%FFb"),
        Wish::Comment("a\u{FFFD}b".parse().unwrap())
    );
}

#[test]
fn the_largest_form_holds_the_longest_comment() {
    let body = format!("comment={}&token=t", "%F0%9F%94%A5".repeat(32_768));
    assert!(body.len() < MOST);
    assert!(posted::read(Action::Comment, &fields(&body)).is_ok());
}

#[test]
fn an_address_of_a_list_says_what_it_was_made_of() {
    let query = |text: &str| {
        let request: Request = lambda_http::http::Request::builder()
            .uri(format!("https://desk.example/requests?{text}"))
            .body(Body::Empty)
            .unwrap();
        query::read(&Fields::of_query(&request))
    };
    let ask = app::requests::Ask {
        aspect: Aspect::TakingPart,
        open: false,
        desk: Some("it".parse().unwrap()),
        kind: Some("A & B".parse().unwrap()),
        words: Some("x=1&y #z".to_owned()),
        org: Some("acme".parse().unwrap()),
        behind: Some("2026-11-25T10:00:00Z~it~IT-1".parse().unwrap()),
    };
    let address = query::address(&ask);
    assert_eq!(query(address.split_once('?').unwrap().1), ask);
    let plain = query("");
    assert_eq!((plain.aspect, plain.open), (Aspect::Created, true));
    for nonsense in [
        "view=everything&state=half&desk=%3Cscript%3E&type=&org=A+B&after=x&q=+",
        "view=part&view=shared",
        "after=%00&desk=%FF&type=a%00b",
    ] {
        assert_eq!(query(nonsense), plain, "{nonsense}");
    }
    // What nobody types is not looked for.
    let marks = "%E2%80%AE%00".repeat(5_000);
    assert_eq!(query(&format!("q={marks}")), plain);
    assert_eq!(query(&format!("q=le{marks}na")).words.unwrap(), "lena");
    let long = query(&format!("q={}", "%C3%A4".repeat(7_000)));
    assert_eq!(long.words.unwrap().chars().count(), query::LONGEST_SEARCH);
}

#[test]
fn columns_are_read_in_their_order_and_nonsense_is_none() {
    let read = |body: &str| columns::read(&fields(body)).as_slice().to_vec();
    assert_eq!(
        read("column=key&column=&column=desk&column=key&column=summary&column=%3Cb%3E"),
        [Column::Key, Column::Desk, Column::Summary]
    );
    assert_eq!(read("token=t"), [Column::Summary]);
}

#[test]
fn a_code_in_an_address_says_what_was_done_and_any_other_text_nothing() {
    assert_eq!(Done::of("status"), Some(Done::StatusChanged));
    for other in ["", "Status", "<script>", "done"] {
        assert_eq!(Done::of(other), None);
    }
}

#[test]
fn the_address_of_older_comments_holds_the_place_and_no_address_of_anybody() {
    let html = page_of_one(&one(), None);
    let link = html.split("?before=").nth(1).unwrap();
    let place = link.split(['"', '#']).next().unwrap();
    assert_eq!(place, Cursor::from_text("place").as_str());
    assert_eq!(address(&about()), "/requests/support/SUP-1");
}
