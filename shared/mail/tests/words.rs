//! The words of every mail. The usual form of each kind is kept whole; of its other forms the subject
//! and the text, since `contents.rs` holds text and HTML to the same words.

mod samples;

use std::{collections::BTreeSet, fmt::Write as _};

use mail::Email;
use words::LANGUAGES;

fn headers(email: &Email) -> String {
    let mut out = format!(
        "From: {} <{}>\nTo: {}\nSubject: {}\n",
        email.from().name.as_str(),
        email.from().address,
        email.to(),
        email.subject()
    );
    for header in email.headers() {
        writeln!(out, "{}: {}", header.name, header.value.as_str())
            .expect("writing to a String cannot fail");
    }
    out
}

#[test]
fn every_kind_reads_as_it_was_judged() {
    let mut seen = BTreeSet::new();
    for (label, message) in samples::all() {
        let email = samples::rendered(&message);
        assert_eq!(email.kind(), message.mail.kind());
        if seen.insert(email.kind()) {
            let whole = format!(
                "{}\n{}\n=====\n{}",
                headers(&email),
                email.text(),
                email.html()
            );
            insta::assert_snapshot!(label, whole);
        } else if matches!(label.rsplit_once('.'), Some((_, "long" | "many"))) {
            // Their words are those of their kind, many times over.
        } else {
            let text = format!("Subject: {}\n\n{}", email.subject(), email.text());
            insta::assert_snapshot!(label, text);
        }
    }
    assert_eq!(seen.len(), 35, "every kind of the domain has a sample");
}

/// In the other languages the texts are kept, one file for each: `contents.rs` holds the HTML to
/// them, and the headers to those of the English mail.
#[test]
fn every_kind_reads_in_every_language() {
    for words in &LANGUAGES[1..] {
        let mut told = String::new();
        for (label, message) in samples::all() {
            if matches!(label.rsplit_once('.'), Some((_, "long" | "many"))) {
                continue;
            }
            let email = samples::rendered_in(words, &message);
            let (subject, text) = (email.subject(), email.text());
            writeln!(told, "##### {label}\n\nSubject: {subject}\n\n{text}")
                .expect("writing to a String cannot fail");
        }
        insta::assert_snapshot!(words.lang, told);
    }
}

#[test]
fn whoever_leads_reads_their_consoles_in_the_mail_with_their_link() {
    for words in &LANGUAGES {
        let message = samples::message(samples::own_link());
        let mut around = samples::Around::speaking(words, &message);
        around.links.consoles = samples::consoles();
        let email = mail::render(&message, &message.to[0], &around.context())
            .expect("a mail with its link");
        for console in &around.links.consoles {
            assert!(email.html().contains("/l/console-"), "{}", console.url);
            assert!(email.text().contains(console.url.as_str()));
        }
        let label = format!("{}.your_link.consoles", words.lang);
        let text = format!("Subject: {}\n\n{}", email.subject(), email.text());
        insta::assert_snapshot!(label, text);
    }
}

#[test]
fn one_mail_is_kept_as_the_bytes_that_are_sent() {
    let message = samples::message(samples::invitation(true, false));
    let mut around = samples::Around::new(&message);
    around.desk_name = samples::name("Hilfe für „Müller“, Zürich");
    let email = mail::render(&message, &message.to[0], &around.context())
        .expect("an invitation with its link");
    let bytes = String::from_utf8(email.to_mime()).expect("no 8-bit bytes leave");
    insta::assert_snapshot!("mime", bytes.replace("\r\n", "\n"));
}
