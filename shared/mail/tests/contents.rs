//! Rules for the words, links and headers of every mail.

mod samples;

use std::collections::BTreeSet;

use domain::{
    Mail,
    message::{RequesterAction, Urgency},
    text::{Body, Text},
};
use mail::{Email, MailError};
use proptest::prelude::*;
use words::{LANGUAGES, Words};

/// The text of an HTML mail as a reader sees it, and the addresses it links to.
fn read(html: &str) -> (String, BTreeSet<String>) {
    let body = html.split_once("<body").map_or("", |(_, body)| body);
    let mut seen = String::new();
    let mut links = BTreeSet::new();
    let mut rest = body.split_once('>').map_or("", |(_, rest)| rest);
    // What lists of mail show, and the mail itself does not.
    rest = rest.split_once("</div>").map_or(rest, |(_, rest)| rest);
    while let Some((text, after)) = rest.split_once('<') {
        seen.push_str(text);
        seen.push(' ');
        let (tag, after) = after.split_once('>').expect("each tag ends");
        if let Some((_, link)) = tag.split_once("href=\"https:") {
            let link = format!("https:{link}");
            links.insert(unescape(link.split('"').next().unwrap_or_default()));
        }
        rest = after;
    }
    (unescape(&seen), links)
}

fn unescape(text: &str) -> String {
    text.replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#34;", "\"")
        .replace("&#39;", "'")
        .replace("&#38;", "&")
}

/// The tags of an HTML mail in their order, with everything in them.
fn tags(html: &str) -> Vec<&str> {
    html.split('<')
        .skip(1)
        .map(|tag| tag.split('>').next().unwrap_or_default())
        .collect()
}

/// Words in their order, without the marks that text needs and HTML does not.
fn words(text: &str) -> Vec<String> {
    text.lines()
        .filter(|line| !line.starts_with("https://desk.example/l/") && !line.starts_with("mailto:"))
        .flat_map(|line| line.trim_start_matches(['>', '-']).split_whitespace())
        .map(|word| word.trim_end_matches(':').to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

fn links_in_text(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter(|line| line.starts_with("https://"))
        .map(str::to_owned)
        .collect()
}

/// The sentences that say why a mail cannot be stopped.
fn not_stoppable(words: &Words) -> [&'static str; 4] {
    [
        words.mail.access_mails_stay,
        words.mail.care_mails_stay,
        words.mail.desk_mails_stay,
        words.mail.unconfirmed_mail_stays,
    ]
}

/// The sentence that says why its reader gets a mail: the first below the line.
fn why(email: &Email) -> &str {
    let (_, foot) = email.text().split_once("\n-- \n").expect("a foot");
    foot.lines().next().unwrap_or_default()
}

#[test]
fn text_and_html_say_the_same_and_link_to_the_same() {
    for (language, label, message) in samples::all_in_every_language() {
        let email = samples::rendered_in(language, &message);
        let (seen, links) = read(email.html());
        assert_eq!(words(email.text()), words(&seen), "{label}");
        assert_eq!(links_in_text(email.text()), links, "{label}");
        assert_eq!(
            links.iter().any(|link| link.contains("/l/main")),
            message.link().is_some(),
            "{label}"
        );
    }
}

#[test]
fn only_mails_about_requests_can_be_stopped_and_every_mail_says_whether_it_can() {
    for (language, label, message) in samples::all_in_every_language() {
        let email = samples::rendered_in(language, &message);
        let one_click = email.header("List-Unsubscribe");
        let stoppable = message.mail.urgency() == Urgency::Request;
        assert_eq!(
            one_click,
            stoppable.then_some("<https://desk.example/l/one-click?a=1&b=2>"),
            "{label}"
        );
        assert_eq!(
            email.header("List-Unsubscribe-Post"),
            stoppable.then_some("List-Unsubscribe=One-Click"),
            "{label}"
        );
        assert_eq!(
            not_stoppable(language)
                .iter()
                .any(|stays| email.text().contains(stays)),
            !stoppable,
            "{label}"
        );
        assert_eq!(email.text().contains("/l/stop-"), stoppable, "{label}");
        assert!(why(&email).contains(' '), "{label}");
        assert!(
            !email.text().contains("one-click") && !email.html().contains("one-click"),
            "{label}: the one-click address is for programs"
        );
    }
}

#[test]
fn stop_links_do_not_make_a_mail_about_access_stoppable() {
    let message = samples::message(samples::invitation(true, false));
    let mut around = samples::Around::new(&message);
    around.links.stop = samples::Around::new(&samples::all()[0].1).links.stop;
    let email = mail::render(&message, &message.to[0], &around.context())
        .expect("an invitation with its link");
    assert_eq!(email.header("List-Unsubscribe"), None);
    assert!(!email.html().contains("/l/stop-"));
}

#[test]
fn mails_about_a_request_gather_under_one_id_and_one_subject() {
    for (label, message) in samples::all() {
        let email = samples::rendered(&message);
        let thread = message
            .mail
            .request()
            .map(|_| "<request.support.SUP-17@desk.example>");
        assert_eq!(email.header("References"), thread, "{label}");
        assert_eq!(email.header("In-Reply-To"), thread, "{label}");
        assert_eq!(email.subject().starts_with("[SUP-17] "), thread.is_some());
        assert_eq!(email.header("Auto-Submitted"), Some("auto-generated"));
        assert_eq!(email.header("X-Lanyard-Kind"), Some(email.kind()));
        assert_eq!(
            email.header("X-Lanyard-Message"),
            Some(email.message().to_string().as_str())
        );
    }
}

#[test]
fn a_mail_that_needs_a_link_is_not_written_without_it() {
    let mut refused = BTreeSet::new();
    for (label, message) in samples::all() {
        let mut around = samples::Around::new(&message);
        around.links.main = None;
        match mail::render(&message, &message.to[0], &around.context()) {
            Err(MailError::NoLink { kind }) => {
                refused.insert(kind);
            }
            Ok(email) => {
                assert!(!email.html().contains("/l/main"), "{label}");
                assert!(!email.text().contains("/l/main"), "{label}");
            }
            Err(other) => panic!("{label}: {other}"),
        }
        around.links.stop = None;
        if message.mail.urgency() == Urgency::Request && !refused.contains(message.mail.kind()) {
            assert!(matches!(
                mail::render(&message, &message.to[0], &around.context()),
                Err(MailError::NoStopLinks { .. })
            ));
        }
    }
    assert_eq!(
        refused.into_iter().collect::<Vec<_>>(),
        [
            "approval_requested",
            "confirm_request",
            "exception_asked",
            "inactivity_reminder",
            "inactivity_warning",
            "invitation",
            "invitation_reminder",
            "review_asked",
            "sweep_held",
            "your_link"
        ]
    );
}

#[test]
fn a_long_comment_does_not_push_the_foot_out_of_sight() {
    for (language, label, message) in samples::all_in_every_language() {
        let email = samples::rendered_in(language, &message);
        // Gmail hides what comes after the first 102 KB of a mail.
        assert!(email.html().len() < 60_000, "{label}");
        if label.ends_with("request_commented.long") {
            assert!(email.text().contains(language.mail.shortened), "{label}");
        }
    }
}

#[test]
fn nothing_of_a_mail_shows_in_a_log() {
    for (label, message) in samples::all() {
        let email = samples::rendered(&message);
        let shown = format!("{email:?}");
        assert!(!shown.contains('@') && !shown.contains("/l/"), "{label}");
    }
}

/// A mail with somebody's words in every place where a mail can hold them.
fn with_words(language: &Words, said: &str) -> Vec<Email> {
    let name = samples::name(said);
    let mut request = samples::request();
    request.summary = samples::title(said);
    let body = Body::new(said).expect("a line is a body");
    let mut mails: Vec<Mail> = samples::all().into_iter().map(|(_, m)| m.mail).collect();
    for mail in &mut mails {
        replace_words(mail, &name, &request, &body);
    }
    mails
        .into_iter()
        .map(|mail| {
            let message = samples::message(mail);
            let mut around = samples::Around::speaking(language, &message);
            around.desk_name = name.clone();
            mail::render(&message, &message.to[0], &around.context())
                .expect("a mail of one-line values")
        })
        .collect()
}

#[expect(clippy::too_many_lines, reason = "an arm for each mail")]
fn replace_words(
    mail: &mut Mail,
    name: &domain::text::Name,
    about: &domain::message::AboutRequest,
    text: &Body,
) {
    match mail {
        Mail::RequestReceived {
            request,
            description,
        } => {
            *request = about.clone();
            *description = Some(text.clone());
        }
        Mail::RequestShared { request, reporter }
        | Mail::ApprovalRequested {
            request, reporter, ..
        } => {
            *request = about.clone();
            *reporter = name.to_string();
        }
        Mail::RequestCommented {
            request,
            author,
            body,
            ..
        } => {
            *request = about.clone();
            *author = name.clone();
            *body = text.clone();
        }
        Mail::RequestTransitioned {
            request, status, ..
        } => {
            *request = about.clone();
            *status = about.summary.clone();
        }
        Mail::RequestClosed {
            request,
            resolution,
        } => {
            *request = about.clone();
            *resolution = Some(about.summary.clone());
        }
        Mail::RequestMoved { request, .. } => *request = about.clone(),
        Mail::ApprovalAnswered {
            request, reason, ..
        } => {
            *request = about.clone();
            *reason = domain::text::Reason::new(name.as_str()).ok();
        }
        Mail::RequestHandedOver { request, from } => {
            *request = about.clone();
            *from = name.to_string();
        }
        Mail::DeskNotice {
            request,
            name: called,
            action,
            ..
        } => {
            *request = about.clone();
            *called = Some(name.clone());
            *action = raised(about, text);
        }
        Mail::Invitation {
            org_name,
            inviter,
            note,
            ..
        } => {
            *org_name = name.clone();
            *inviter = Some(name.to_string());
            *note = domain::text::Note::new(name.as_str()).ok();
        }
        Mail::ExceptionAsked {
            org_name, inviter, ..
        } => {
            *org_name = name.clone();
            *inviter = Some(name.to_string());
        }
        Mail::LeaverRaisedRequest {
            org_name, request, ..
        } => {
            *org_name = name.clone();
            *request = about.clone();
        }
        Mail::ConfirmRequest { summary, .. } => *summary = about.summary.clone(),
        Mail::TokenExpires { .. } => {}
        Mail::SweepHeld { organizations, .. } => *organizations = vec![(name.clone(), 3)],
        Mail::YourLink { org_name, .. } | Mail::BurstStopped { org_name, .. } => {
            *org_name = Some(name.clone());
        }
        Mail::OrganizationVacant {
            org_name, to_ask, ..
        } => {
            *org_name = name.clone();
            for asked in to_ask {
                asked.name = Some(name.clone());
            }
        }
        Mail::Welcome { org_name, .. }
        | Mail::InvitationDeclined { org_name, .. }
        | Mail::ExceptionAllowed { org_name, .. }
        | Mail::ExceptionRefused { org_name, .. }
        | Mail::InactivityWarning { org_name, .. }
        | Mail::AccessEnding { org_name, .. }
        | Mail::AccessEnded { org_name, .. }
        | Mail::MemberOffboarded { org_name, .. }
        | Mail::RemovalDigest { org_name, .. }
        | Mail::MemberJoined { org_name, .. }
        | Mail::AddressSuppressed { org_name, .. }
        | Mail::UnreachableHeld { org_name, .. }
        | Mail::ReviewAsked { org_name, .. }
        | Mail::LastLeadSpared { org_name, .. } => *org_name = name.clone(),
    }
}

fn raised(about: &domain::message::AboutRequest, text: &Body) -> RequesterAction {
    let answer = Text::new(text.as_str()).expect("a name is a text");
    RequesterAction::Raised {
        kind: about.summary.clone(),
        description: Some(text.clone()),
        answers: vec![(about.summary.clone(), answer)],
        more: 0,
    }
}

/// Renders with harmless words and with these, and compares what may not differ.
fn holds_against(hostile: &str) {
    for language in &LANGUAGES {
        let plain = with_words(language, "Nobody");
        for (plain, email) in plain.iter().zip(with_words(language, hostile)) {
            holds_for(plain, &email, hostile);
        }
    }
}

fn holds_for(plain: &Email, email: &Email, hostile: &str) {
    assert_eq!(
        tags(plain.html()),
        tags(email.html()),
        "{}: the words became markup",
        email.kind()
    );
    let (seen, links) = read(email.html());
    assert_eq!(read(plain.html()).1, links, "{}", email.kind());
    let said: Vec<_> = hostile.split_whitespace().collect();
    let said = said.join(" ");
    let seen: Vec<_> = seen.split_whitespace().collect();
    assert!(
        seen.join(" ").contains(&said),
        "{}: the words are not shown as they are",
        email.kind()
    );
    assert!(!email.subject().contains(['\r', '\n']));
}

#[test]
fn hostile_words_stay_words() {
    for hostile in [
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'; DROP TABLE members; --",
        "</title></style><h1>Pay here</h1>",
        "{{ frame.link }} {% include \"foot.txt\" %} ${7*7}",
        "&lt;b&gt; &amp; &#60;",
        "<!-- --> ]]> <![CDATA[",
        "Bcc: somebody@evil.example",
        "=?utf-8?Q?=0D=0ABcc:_x@evil.example?=",
        "--=_f5b35419b5071da4a5d80e15",
    ] {
        holds_against(hostile);
    }
    holds_against(&"W".repeat(200));
    holds_against(&"名".repeat(200));
}

/// A sentence that was forgotten would stand in the other language. Words that both languages
/// have are not told apart, hence the sentences and not the words.
#[test]
fn no_sentence_stands_in_two_languages() {
    for (label, message) in samples::all() {
        let english = samples::rendered(&message);
        for language in &LANGUAGES[1..] {
            let other = samples::rendered_in(language, &message);
            let lines: BTreeSet<_> = english.text().lines().collect();
            for line in other.text().lines() {
                let theirs = [
                    ">",
                    "-",
                    "https://",
                    "Status: ",
                    "Which printer?",
                    "Organisation: ",
                    "Customer support",
                ];
                let ours =
                    line.contains(' ') && !theirs.iter().any(|start| line.starts_with(start));
                assert!(
                    !ours || !lines.contains(line),
                    "{label}: both languages say {line:?}"
                );
            }
            assert!(
                other
                    .html()
                    .contains(&format!("<html lang=\"{}\">", language.lang)),
                "{label}"
            );
            assert_eq!(
                headers_of(&other),
                headers_of(&english),
                "{label}: programs read the same"
            );
        }
    }
}

/// The parts of a mail that programs read.
fn headers_of(email: &Email) -> Vec<(&'static str, String)> {
    let headers = email.headers().iter();
    headers
        .map(|header| (header.name, header.value.as_str().to_owned()))
        .collect()
}

#[test]
fn a_line_break_cannot_enter_a_header() {
    // The domain keeps an inviter's name as plain text; a name parsed by it has no line break.
    for broken in ["Gus\r\nBcc: x@evil.example", "Gus\nX: y", "Gus\u{2028}"] {
        let mut mail = samples::invitation(true, false);
        if let Mail::Invitation { inviter, .. } = &mut mail {
            *inviter = Some(broken.to_owned());
        }
        assert!(matches!(
            samples::try_rendered(&samples::message(mail)),
            Err(MailError::Header {
                header: "Subject",
                ..
            })
        ));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_name_stays_a_name(words in "[ -~]{1,80}|\\PC{1,60}") {
        prop_assume!(domain::text::Name::new(&words).is_ok());
        holds_against(&words);
    }
}
