//! Bodies: one meaning or none, and an event that is read again as what it was.

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
    // Whoever else reads the same bytes must see the same, or we must have said that we do not.
    let other = serde_json::from_slice::<Value>(body);
    match &payload {
        Ok(value) => match &other {
            Ok(other) => assert_eq!(value, other),
            // What we take and others do not.
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

/// Whether a body begins with a byte order mark, or may hold half of a surrogate pair, escaped or
/// encoded as if it were a character.
fn has_mark_or_half(body: &[u8]) -> bool {
    let escaped = |part: &[u8]| matches!(part, [b'\\', b'u', b'd' | b'D', ..]);
    let encoded = |part: &[u8]| matches!(part, [0xED, 0xA0..=0xBF, _]);
    body.starts_with(b"\xef\xbb\xbf") || body.windows(3).any(|part| escaped(part) || encoded(part))
}

/// What must hold of whatever was read.
pub(crate) fn judge(source: &Source, said: &Result<Read, ReadError>) {
    match said {
        Ok(Read::Events { events, .. }) => {
            assert!(!events.is_empty());
            for event in events {
                // It is stored and read again, by every function after this one.
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
