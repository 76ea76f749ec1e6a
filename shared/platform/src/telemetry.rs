//! Logs: one line of JSON for one decision, on standard output, where Lambda takes it from.
//!
//! Fields are dotted and name their unit: `delivery.id`, `org.id`, `request.id`, `duration_ms`. A
//! person is logged as the store's pseudonym and never as an address; a token, a
//! secret or a body is not logged at all. The types see to that (their `Debug` shows nothing), and
//! what still slips through, in the text of a library's error for example, is taken out by
//! [`Guard`] before the line leaves the process.
//!
//! Libraries are heard from `warn` on, whatever the level: below it the AWS SDK logs requests with
//! their bodies.

use std::{borrow::Cow, io, panic, process};

use tracing::{Level, Subscriber, level_filters::LevelFilter};
use tracing_subscriber::{
    Layer, filter::Targets, fmt::MakeWriter, layer::SubscriberExt, registry::Registry,
};

/// The project's crates, as `tracing` names them: these log from the configured level on.
const OURS: [&str; 18] = [
    "domain",
    "store",
    "hooks",
    "links",
    "mail",
    "app",
    "pages",
    "platform",
    "local",
    "operator",
    "request_created",
    "request_updated",
    "customer_invited",
    "member_offboarded",
    "inactivity_sweep",
    "outbox_relay",
    "mail_feedback",
    "self_service",
];

/// Starts logging to standard output for the life of the process. Called a second time it changes nothing.
///
/// A panic is logged, and ends the process, however it was built: Lambda reports the event as failed and
/// goes on with a new process (`docs/adr/0028`).
pub fn init(level: Level) {
    if tracing::subscriber::set_global_default(subscriber(level, io::stdout)).is_ok() {
        // Where, and not why: the message may hold what was being worked on.
        panic::set_hook(Box::new(|panic| {
            let place = panic.location().map(ToString::to_string);
            tracing::error!(place, "panicked");
            process::abort();
        }));
    }
}

/// The subscriber of [`init`], with a writer of the caller's choice.
pub fn subscriber<W>(level: Level, writer: W) -> impl Subscriber + Send + Sync
where
    W: for<'a> MakeWriter<'a> + Send + Sync + 'static,
{
    let ours = LevelFilter::from_level(level);
    let filter = Targets::new()
        .with_default(ours.min(LevelFilter::WARN))
        .with_targets(OURS.map(|name| (name, ours)));
    let lines = tracing_subscriber::fmt::layer()
        .json()
        .flatten_event(true)
        .with_current_span(false)
        .with_span_list(false)
        .with_writer(Guarded(writer))
        .with_filter(filter);
    Registry::default().with(lines)
}

/// Makes writers that let no personal data and no secret through.
struct Guarded<W>(W);

impl<'a, W: MakeWriter<'a>> MakeWriter<'a> for Guarded<W> {
    type Writer = Guard<W::Writer>;

    fn make_writer(&'a self) -> Self::Writer {
        Guard(self.0.make_writer())
    }
}

/// Takes addresses and secrets out of what is written through it, one line at a time: the
/// subscriber writes each line in one piece.
#[derive(Debug)]
pub struct Guard<W>(W);

impl<W: io::Write> Guard<W> {
    /// Guards a writer.
    pub fn new(writer: W) -> Self {
        Self(writer)
    }
}

impl<W: io::Write> io::Write for Guard<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = String::from_utf8_lossy(bytes);
        self.0.write_all(guarded(&text).as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// The substitute for an address in a log line.
pub const HIDDEN_ADDRESS: &str = "[address]";
/// The substitute for a token or a secret in a log line.
pub const HIDDEN_SECRET: &str = "[secret]";

/// The shortest run of characters that is taken for a token or a secret: 32 bytes in base64.
/// Identifiers that are as long are hexadecimal, and those are let through.
const SECRET_LENGTH: usize = 43;

/// The beginning of a secret of Standard Webhooks, however short it is.
const SECRET_NAME: &str = "whsec_";

/// A text with everything taken out that looks like an e-mail address, a token or a secret.
#[must_use]
pub fn guarded(text: &str) -> Cow<'_, str> {
    let mut clean = String::new();
    let mut copied = 0;
    for (start, word) in words(text) {
        if let Some(hidden) = verdict(word) {
            clean.push_str(&text[copied..start]);
            clean.push_str(hidden);
            copied = start + word.len();
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    clean.push_str(&text[copied..]);
    Cow::Owned(clean)
}

/// The bytes that an address or a token may be made of. A letter beyond ASCII may be part of an
/// address, and so may whatever else begins with such a byte: rather too much is looked at than too
/// little.
const INNER: [bool; 256] = {
    let mut inner = [false; 256];
    let mut byte = u8::MIN;
    loop {
        inner[byte as usize] = match byte {
            b'@' | b'%' | b'.' | b'_' | b'+' | b'-' | b'=' | b'~' => true,
            _ => byte.is_ascii_alphanumeric() || !byte.is_ascii(),
        };
        if byte == u8::MAX {
            break inner;
        }
        byte += 1;
    }
};

/// The runs of bytes that an address or a token may be made of, each with where it starts.
fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let bytes = text.as_bytes();
    let inner = |at: usize| INNER[usize::from(bytes[at])];
    let mut rest = 0;
    std::iter::from_fn(move || {
        let start = (rest..bytes.len()).find(|at| inner(*at))?;
        rest = (start..bytes.len())
            .find(|at| !inner(*at))
            .unwrap_or(bytes.len());
        Some((start, &text[start..rest]))
    })
}

/// The substitute for a word; `None` if the word may stay.
fn verdict(word: &str) -> Option<&'static str> {
    let telling = |byte| matches!(byte, b'@' | b'%');
    let named = word.starts_with(SECRET_NAME);
    if word.len() < SECRET_LENGTH && !named && !word.bytes().any(telling) {
        return None;
    }
    let address = |at: &str| {
        word.split_once(at)
            .is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.'))
    };
    if address("@") || address("%40") {
        return Some(HIDDEN_ADDRESS);
    }
    let opaque = |part: &str| {
        part.len() >= SECRET_LENGTH && !part.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
    };
    if named || word.split(['.', '=', '~', '%']).any(opaque) {
        return Some(HIDDEN_SECRET);
    }
    None
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn logged(level: Level, log: impl FnOnce()) -> Vec<Value> {
        let lines = Lines::default();
        let writer = lines.clone();
        tracing::subscriber::with_default(subscriber(level, move || writer.clone()), log);
        let bytes = lines.0.lock().unwrap().clone();
        let text = String::from_utf8(bytes).unwrap();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    #[test]
    fn a_line_is_flat_json_with_dotted_fields() {
        let lines = logged(Level::INFO, || {
            tracing::info!(delivery.id = "d-1", duration_ms = 4, "accepted");
        });
        let [line] = &lines[..] else {
            panic!("one line is wanted: {lines:?}")
        };
        assert_eq!(line["message"], "accepted");
        assert_eq!(line["delivery.id"], "d-1");
        assert_eq!(line["duration_ms"], 4);
        assert_eq!(line["level"], "INFO");
        assert!(line["timestamp"].is_string());
    }

    #[test]
    fn the_level_is_ours_and_libraries_are_heard_from_warn_on() {
        let lines = logged(Level::TRACE, || {
            tracing::trace!(target: "request_created", "ours");
            tracing::debug!(target: "aws_smithy_runtime", "a body");
            tracing::info!(target: "hyper", "a connection");
            tracing::warn!(target: "hyper", "a problem");
        });
        let messages: Vec<_> = lines.iter().map(|line| &line["message"]).collect();
        assert_eq!(messages, ["ours", "a problem"]);
        let lines = logged(Level::ERROR, || {
            tracing::warn!(target: "app", "ours");
            tracing::warn!(target: "hyper", "theirs");
        });
        assert!(lines.is_empty());
    }

    #[test]
    fn an_address_or_a_token_in_a_library_s_error_does_not_leave_the_process() {
        let token = "AVf3k2p9".repeat(18);
        let lines = logged(Level::INFO, || {
            tracing::error!(
                error = %format!("to <Lena.M+x@acme.example>: /l/{token} whsec_MfKQ9r8G refused"),
                "failed"
            );
        });
        assert_eq!(
            lines[0]["error"],
            "to <[address]>: /l/[secret] [secret] refused"
        );
    }

    #[test]
    fn identifiers_pass() {
        let text = r#"{"delivery.id":"msg_2KWPBgLlAfxdpx2AI54pPJ85f4W","person":"0f3c9a7be1d24c55a1b2c3d4","payload_sha256":"a4771c39fbe90f317c7824e83ddef3caae9cb3d976c214ace1f2937e133263c9","id":"019ab2d4-7c1e-7d3a-9b1c-2f4e6a8c0d1e","at":"2026-11-22T09:30:00Z","table":"lanyard-directory","path":"/hooks/forms/request-created"}"#;
        assert!(matches!(guarded(text), Cow::Borrowed(_)));
    }

    #[test]
    fn encoded_addresses_and_cookies_are_hidden_too() {
        for (text, clean) in [
            ("to=lena%40acme.example", HIDDEN_ADDRESS),
            (
                "lena@acme.example,gus@globex.example",
                "[address],[address]",
            ),
            (
                "__Host-session=AVf3k2p9AVf3k2p9AVf3k2p9AVf3k2p9AVf3k2p9AVf",
                HIDDEN_SECRET,
            ),
        ] {
            assert_eq!(guarded(text), clean);
        }
        assert_eq!(
            guarded("an @ alone, a@b, 50% off"),
            "an @ alone, a@b, 50% off"
        );
    }

    proptest! {
        #[test]
        fn no_address_passes_in_whatever_company(
            before in "\\PC{0,40}[ \"'<>(){},;:/\\\\]|",
            local in "[a-z0-9][a-z0-9.+_-]{0,20}",
            domain in "[a-z0-9-]{1,20}\\.(example|test)",
            after in "[ \"'<>(){},;:/\\\\]\\PC{0,40}|",
        ) {
            let address = format!("{local}@{domain}");
            let text = format!("{before}{address}{after}");
            let clean = guarded(&text);
            prop_assert!(!clean.contains(&address), "{clean}");
        }
    }
}
