//! The bytes that are sent, read back by a parser that is not ours.

mod samples;

use mail_parser::{HeaderName, MessageParser, MimeHeaders};

#[test]
fn every_mail_reads_back_as_it_was_written() {
    for (label, message) in samples::all() {
        let email = samples::rendered(&message);
        let bytes = email.to_mime();
        let parsed = MessageParser::default()
            .parse(&bytes)
            .expect("a whole message");
        assert_eq!(parsed.subject(), Some(email.subject()), "{label}");
        let body = |text: Option<std::borrow::Cow<'_, str>>| {
            text.map(|text| text.replace("\r\n", "\n").trim_end().to_owned())
        };
        assert_eq!(
            body(parsed.body_text(0)).as_deref(),
            Some(email.text().trim_end()),
            "{label}"
        );
        assert_eq!(
            body(parsed.body_html(0)).as_deref(),
            Some(email.html().trim_end()),
            "{label}"
        );
        assert_eq!((parsed.text_body_count(), parsed.html_body_count()), (1, 1));
        assert!(parsed.is_content_type("multipart", "alternative"));
        let from = parsed
            .from()
            .and_then(|from| from.first())
            .expect("a sender");
        assert_eq!(from.address(), Some(email.from().address.as_str()));
        assert_eq!(from.name(), Some(email.from().name.as_str()));
        let to = parsed.to().and_then(|to| to.first()).expect("a recipient");
        assert_eq!(to.address(), Some(email.to().as_str()));
        assert_eq!(
            parsed.date().map(mail_parser::DateTime::to_timestamp),
            Some(samples::at(samples::NOW).as_second())
        );
        for header in email.headers() {
            assert_eq!(
                parsed.header_raw(header.name).map(str::trim),
                Some(header.value.as_str()),
                "{label}: {}",
                header.name
            );
        }
        assert!(parsed.header(HeaderName::Bcc).is_none());
    }
}

#[test]
fn no_line_is_longer_than_mail_systems_carry() {
    let mut samples = samples::all();
    // A link as long as a signed one may become.
    let token = "t".repeat(600);
    for (label, message) in &mut samples {
        let mut around = samples::Around::new(message);
        if let Some(link) = &mut around.links.main {
            link.set_path(&format!("/l/{token}"));
        }
        if let Some(stop) = &mut around.links.stop {
            stop.one_click.set_path(&format!("/l/{token}"));
        }
        around.desk_name = samples::name(&"Sehr lange Namen, überall. ".repeat(7));
        let email = mail::render(message, &message.to[0], &around.context())
            .expect("long values that still fit");
        for line in email.to_mime().split(|byte| *byte == b'\n') {
            assert!(line.len() < 1_000, "{label}: {} bytes", line.len());
            assert!(line.is_ascii(), "{label}");
        }
    }
}

#[test]
fn a_desk_with_a_strange_name_is_still_named() {
    for strange in [
        "Support, Inc.",
        "\"Q\" \\ Desk <x@evil.example>",
        "Hilfe für „Müller“",
        "帮助台",
        "=?utf-8?Q?=0D=0AX:_y?= Desk",
    ] {
        let message = samples::message(samples::invitation(true, false));
        let mut around = samples::Around::new(&message);
        around.desk_name = samples::name(strange);
        let email = mail::render(&message, &message.to[0], &around.context())
            .expect("an invitation with its link");
        let bytes = email.to_mime();
        let parsed = MessageParser::default().parse(&bytes).expect("a message");
        let from = parsed.from().expect("a sender");
        assert_eq!(from.iter().count(), 1, "{strange}");
        let from = from.first().expect("a sender");
        assert_eq!(from.name(), Some(strange));
        assert_eq!(from.address(), Some("support@desk.example"));
    }
}

#[test]
fn a_subject_that_looks_encoded_is_shown_as_it_is() {
    for strange in [
        "=?utf-8?Q?=0D=0ABcc:_x@evil.example?=",
        "=?utf-8?B?QmNjOiB4?= =?utf-8?B?QmNjOiB4?=",
        "a =?x",
    ] {
        let mut message = samples::all().swap_remove(0).1;
        if let domain::Mail::RequestReceived { request, .. } = &mut message.mail {
            request.summary = samples::title(strange);
        }
        let bytes = samples::rendered(&message).to_mime();
        let parsed = MessageParser::default().parse(&bytes).expect("a message");
        assert_eq!(
            parsed.subject(),
            Some(format!("[SUP-17] {strange}").as_str())
        );
        assert!(parsed.header(HeaderName::Bcc).is_none());
    }
}

#[test]
fn the_same_copy_is_the_same_bytes() {
    for (_, message) in samples::all() {
        assert_eq!(
            samples::rendered(&message).to_mime(),
            samples::rendered(&message).to_mime()
        );
    }
}
