#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod sample;

use app::visit::{Done, LinkView, Visit};
use domain::{Code, Refusal, request::Decision};
use lambda_http::{
    Body, Request,
    http::{Method, StatusCode, header},
};

use words::LANGUAGES;

use super::*;
use crate::{
    http::posted::NoForm,
    page::{
        from_elsewhere, no_form, no_session, not_allowed, not_an_address, send_link, too_many,
        unavailable,
    },
    reader::ANYBODY,
};
use sample::{HOSTILE, views};

/// The page without empty lines and without the names of the files it loads, which change with
/// each word in them.
fn shown(reply: &Reply) -> String {
    let html = reply.html().unwrap();
    let html = html
        .replace(&*crate::assets::STYLE.path, "/assets/style.css")
        .replace(&*crate::assets::SCRIPT.path, "/assets/script.js");
    let lines = html
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty());
    format!(
        "{}\n{}",
        reply.status.as_u16(),
        lines.collect::<Vec<_>>().join("\n")
    )
}

/// Readers of the other languages.
fn others() -> impl Iterator<Item = Reader> {
    LANGUAGES[1..].iter().map(Reader::speaking)
}

/// Every page that there is, with what may be hostile, in every language.
fn every_page() -> Vec<(&'static str, Reply)> {
    let mut pages = pages(&ANYBODY);
    pages.extend(others().flat_map(|reader| self::pages(&reader)));
    pages
}

fn pages(reader: &Reader) -> Vec<(&'static str, Reply)> {
    let mut pages: Vec<_> = views()
        .into_iter()
        .map(|(name, view)| (name, visit(reader, &view)))
        .collect();
    pages.extend([
        ("not_found", not_found(reader)),
        ("no_session", no_session(reader)),
        ("send_link", send_link(reader, None)),
        ("not_an_address", not_an_address(reader, HOSTILE)),
        ("form_too_large", no_form(reader, NoForm::TooLarge)),
        ("not_a_form", no_form(reader, NoForm::NotAForm)),
        ("bad_reason", no_form(reader, NoForm::BadReason)),
        ("from_elsewhere", from_elsewhere(reader)),
        ("not_allowed", not_allowed(reader)),
        ("too_many", too_many(reader)),
        ("unavailable", unavailable(reader)),
    ]);
    pages.extend(crate::profile::tests::pages(reader));
    pages
}

#[test]
fn every_page_reads_as_it_should() {
    for (name, reply) in pages(&ANYBODY) {
        insta::assert_snapshot!(name, shown(&reply));
    }
}

/// The text of a page, line by line, without its markup.
fn said(reply: &Reply) -> Vec<String> {
    let html = reply.html().unwrap();
    let body = html.split_once("<body>").unwrap().1;
    let texts = body.split('<').filter_map(|tag| tag.split_once('>'));
    texts
        .map(|(_, text)| text.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|text| !text.is_empty())
        .collect()
}

#[test]
fn every_page_reads_in_every_language() {
    for reader in others() {
        let told: Vec<_> = pages(&reader)
            .into_iter()
            .map(|(name, reply)| format!("# {name}\n{}", said(&reply).join("\n")))
            .collect();
        insta::assert_snapshot!(format!("in_{}", reader.words.lang), told.join("\n\n"));
    }
}

/// Sentences, and not words: some words are those of both languages, or of the people.
#[test]
fn no_sentence_of_ours_stands_in_two_languages() {
    let theirs = [
        "Since this morning nothing works.",
        "First the door, then the lamp.",
        "Which door is it?",
    ];
    let pairs = others().flat_map(|reader| pages(&ANYBODY).into_iter().zip(pages(&reader)));
    for ((name, english), (_, other)) in pairs {
        let english = said(&english);
        let same = said(&other)
            .into_iter()
            .filter(|line| english.contains(line));
        let ours: Vec<_> = same
            .filter(|line| line.ends_with(['.', '?']) && line.split(' ').count() > 3)
            .filter(|line| !line.contains("&#") && !theirs.contains(&line.as_str()))
            .collect();
        assert!(ours.is_empty(), "{name}: {ours:?}");
    }
}

#[test]
fn what_people_wrote_stays_text() {
    for (name, reply) in every_page() {
        let html = reply.html().unwrap();
        for tag in ["<script>", "<img", "<b>"] {
            assert!(!html.contains(tag), "{name} has {tag}");
        }
    }
}

#[test]
fn every_page_is_sound_html() {
    for (name, reply) in every_page() {
        let html = reply.html().unwrap();
        check_nesting(name, html);
        assert_eq!(html.matches("<h1").count(), 1, "{name}");
        let ids: Vec<_> = html.split(" id=\"").skip(1).collect();
        let ids: Vec<_> = ids.iter().filter_map(|id| id.split('"').next()).collect();
        let distinct: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), distinct.len(), "{name} has an id twice");
    }
}

/// Tells whether every element that is opened is closed, in order.
fn check_nesting(name: &str, html: &str) {
    const VOID: [&str; 4] = ["meta", "link", "input", "!doctype"];
    let mut open = Vec::new();
    for tag in html.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').unwrap();
        let element = tag.split([' ', '\n']).next().unwrap();
        if let Some(closed) = element.strip_prefix('/') {
            assert_eq!(open.pop(), Some(closed), "{name}");
        } else if !VOID.contains(&element) {
            open.push(element);
        }
    }
    assert!(open.is_empty(), "{name} leaves {open:?} open");
}

#[test]
fn every_answer_has_the_headers_that_protect_it() {
    let mut replies = every_page();
    replies.push(("without a page", Reply::bare(StatusCode::OK)));
    for (name, reply) in replies {
        let status = reply.status;
        let response = reply.response(&request(Method::GET));
        assert_eq!(response.status(), status, "{name}");
        for (header, value) in [
            (header::CACHE_CONTROL, "no-store"),
            (header::REFERRER_POLICY, "same-origin"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000"),
        ] {
            assert_eq!(response.headers()[header], value, "{name}");
        }
        let policy = response.headers()[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap();
        for rule in [
            "default-src 'none'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.split("; ").any(|has| has == rule), "{name}: {rule}");
        }
        assert!(!policy.contains("unsafe"));
    }
}

#[test]
fn a_page_loads_its_stylesheet_and_its_script_and_nothing_else() {
    for (name, reply) in every_page() {
        // What the hostile texts ask for is text.
        let html = reply.html().unwrap();
        let html = html
            .replace("&#60;img src=x", "")
            .replace("&lt;img src=x", "");
        let loaded = ["src=", "<link rel=\"stylesheet\"", "url(", "@import"];
        let count = |what: &str| html.matches(what).count();
        assert_eq!(loaded.map(count), [1, 1, 0, 0], "{name}");
        for inline in [
            "style=",
            "<style",
            "http://",
            "https://",
            " onerror=\"",
            " onclick=\"",
        ] {
            let tags = html.split('<').filter_map(|tag| tag.split('>').next());
            for tag in tags {
                assert!(!tag.contains(inline), "{name} has {inline} in <{tag}>");
            }
        }
    }
}

#[test]
fn what_pages_load_may_be_kept_for_good() {
    for asset in [&*crate::assets::STYLE, &*crate::assets::SCRIPT] {
        let reply = crate::assets::find(&asset.path).unwrap();
        let response = reply.response(&request(Method::GET));
        assert_eq!(
            response.headers()[header::CACHE_CONTROL],
            "public, max-age=31536000, immutable"
        );
        assert!(!response.body().is_empty());
    }
    assert_eq!(
        crate::assets::find("/assets/style-0000000000000000.css"),
        None
    );
}

fn request(method: Method) -> Request {
    let request = lambda_http::http::Request::builder().method(method);
    request.body(Body::Empty).unwrap()
}

#[test]
fn a_head_has_the_headers_of_a_get_and_no_body() {
    let got = send_link(&ANYBODY, None).response(&request(Method::GET));
    let head = send_link(&ANYBODY, None).response(&request(Method::HEAD));
    assert!(!got.body().is_empty() && head.body().is_empty());
    assert_eq!(got.headers(), head.headers());
}

#[test]
fn the_form_of_a_page_carries_the_token_that_the_page_was_given() {
    let mut forms = 0;
    for (name, reply) in every_page() {
        let html = reply.html().unwrap();
        for form in html.split("<form").skip(1) {
            let (form, _) = form.split_once("</form>").unwrap();
            if !form.contains("action=\"/send-link\"") {
                assert!(
                    form.contains("name=\"token\" value=\"the-token\""),
                    "{name}"
                );
                forms += 1;
            }
        }
    }
    assert!(forms >= 10);
}

#[test]
fn pages_without_a_token_have_no_form_of_the_link() {
    for (name, mut seen) in views() {
        (seen.token, seen.renewal) = (None, None);
        let reply = visit(&ANYBODY, &seen);
        let html = reply.html().unwrap();
        assert!(!html.contains("name=\"wish\""), "{name}");
    }
}

#[test]
fn a_plain_page_is_light() {
    // `evidence.md` allows 14 KB compressed for a roster of a thousand; what surrounds it is little.
    let reply = not_found(&ANYBODY);
    let html = reply.html().unwrap();
    assert!(html.len() < 4_000, "{} bytes", html.len());
}
