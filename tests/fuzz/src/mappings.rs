//! Foreign payloads: a mapped payload is read like any other event, and the same way twice.

use std::collections::BTreeMap;

use domain::EmailAddress;
use hooks::function::Function;
use hooks::json;
use hooks::mapping::{Mapping, People};
use hooks::read::read;
use hooks::source::{Description, Source};
use serde_json::{Value, from_value};

use crate::bodies::judge;
use crate::bundle::{self, now};

/// The first byte chooses the mapping, the second the function; the rest is the payload.
pub(crate) fn run(input: &[u8]) {
    let [mapping, function, body @ ..] = input else {
        return;
    };
    let Ok(payload) = json::parse(body) else {
        return;
    };
    let mappings = mappings();
    let mapping = &mappings[usize::from(*mapping) % mappings.len()];
    let function = Function::ALL[usize::from(*function) % Function::ALL.len()];
    let source = source(mapping.clone());
    let email: EmailAddress = "lena@acme.example".parse().unwrap();
    let known: BTreeMap<_, _> = mapping
        .accounts(&payload, function)
        .into_iter()
        .map(|account| (account, email.clone()))
        .collect();
    for accounts in [BTreeMap::new(), known] {
        let desk = None;
        let people = People {
            accounts,
            desk,
            ..People::default()
        };
        let said = read(&source, function, payload.clone(), &people, now());
        judge(&source, &said);
        let again = read(&source, function, payload.clone(), &people, now());
        assert_eq!(format!("{said:?}"), format!("{again:?}"));
    }
}

/// The mappings of the seeded world, and two more.
fn mappings() -> Vec<Mapping> {
    let of_world = |id: &str| bundle::with(|bundle| bundle.source(id)).mapping.clone();
    let automation = match of_world("jira") {
        Mapping::Jira(mapping) => Mapping::JsmAutomation(mapping),
        other => panic!("{other:?} is not Jira's"),
    };
    vec![
        of_world("jira"),
        automation,
        of_world("typeform"),
        of_world("tally"),
        Mapping::Declarative(from_value(declared()).unwrap()),
    ]
}

fn declared() -> Value {
    serde_json::json!({
        "/type": {"constant": "request.created"},
        "/timestamp": {"first": [{"pointer": "/at"}, {"pointer": "/ticket/created_at"}]},
        "/data/request/key": {"pointer": "/ticket/id"},
        "/data/request/desk": {"constant": "support"},
        "/data/request/summary": {"first": [{"pointer": "/ticket/title"}, {"constant": "Untitled"}]},
        "/data/request/description": {"pointer": "/ticket/text", "optional": true},
        "/data/reporter/email": {"pointer": "/from/0/address"},
        "/data/reporter/name": {"pointer": "/from/0/name", "optional": true},
    })
}

/// A source that may send everything.
fn source(mapping: Mapping) -> Source {
    let forms = bundle::with(|bundle| bundle.source("forms"));
    let description = Description {
        mapping,
        functions: Function::ALL.into_iter().collect(),
        events: [].into(),
        ..Description::from(forms)
    };
    Source::try_from(description).unwrap()
}
