//! Bodies: each has one meaning or none, and a stored event reads back unchanged.

use domain::event::Event;
use hooks::function::Function;
use hooks::json::{self, NotJson};
use hooks::mapping::People;
use hooks::read::{Read, ReadError, read};
use hooks::source::Source;
use serde_json::Value;

use crate::bundle::{self, now};

/// The first byte chooses the function; the rest is the body.
pub(crate) fn run(input: &[u8]) {
    let Some((first, body)) = input.split_first() else {
        return;
    };
    let function = Function::ALL[usize::from(*first) % Function::ALL.len()];
    let payload = json::parse(body);
    // Another reader of the same bytes must see the same, or we must have refused them.
    let other = serde_json::from_slice::<Value>(body);
    match &payload {
        Ok(value) => match &other {
            Ok(other) => assert_eq!(value, other),
            // Bodies that we accept and others refuse.
            Err(_) => assert!(has_mark_or_half(body)),
        },
        // Others take the last of the two, or find a fault further on.
        Err(NotJson::DuplicateName { .. }) => {}
        Err(
            NotJson::Syntax { .. }
            | NotJson::Control { .. }
            | NotJson::Encoding(_)
            | NotJson::NotUtf8 { .. }
            | NotJson::TooDeep,
        ) => assert!(other.is_err()),
    }
    let Ok(payload) = payload else {
        return;
    };
    let source = bundle::with(|bundle| bundle.source("forms"));
    let said = read(&source, function, payload, &People::default(), now());
    judge(&source, &said);
}

/// Tells whether a body begins with a byte order mark, or may hold half of a surrogate pair,
/// escaped or encoded like a character.
fn has_mark_or_half(body: &[u8]) -> bool {
    let escaped = |part: &[u8]| matches!(part, [b'\\', b'u', b'd' | b'D', ..]);
    let encoded = |part: &[u8]| matches!(part, [0xED, 0xA0..=0xBF, _]);
    body.starts_with(b"\xef\xbb\xbf") || body.windows(3).any(|part| escaped(part) || encoded(part))
}

/// The properties of every result of reading.
pub(crate) fn judge(source: &Source, said: &Result<Read, ReadError>) {
    match said {
        Ok(Read::Events { events, .. }) => {
            assert!(!events.is_empty());
            for event in events {
                // Later functions store it and read it again.
                let text = serde_json::to_string(event).unwrap();
                let again: Event = serde_json::from_str(&text).unwrap();
                assert_eq!(*event, again);
            }
        }
        Ok(Read::Nothing(reason)) => assert!(!reason.is_empty()),
        Err(error) => {
            let problem: Value = serde_json::from_str(&error.problem().body()).unwrap();
            let status = problem["status"].as_u64().unwrap();
            assert!((400..500).contains(&status), "{}: {problem}", source.id);
        }
    }
}
