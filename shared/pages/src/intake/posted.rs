//! The posted form of a new request.

use std::net::IpAddr;

use app::intake::{Filling, Stranger};
use domain::{Language, form::Typed};

use crate::{http::fields::Fields, reader::Reader};

/// The prefix of a field's id in the name of its input, so that a desk may choose any ids.
pub(super) const FIELD: &str = "f.";
/// The input that no person sees, and programs fill in.
pub(super) const TRAP: &str = "website";

/// The filled-in form.
pub(super) fn filling(fields: &Fields) -> Filling {
    let mut typed = Typed::new();
    for (name, value) in fields.pairs() {
        if name == "summary" {
            typed.add_summary(value.to_owned());
        } else if let Some(id) = name.strip_prefix(FIELD) {
            typed.add(id, value.to_owned());
        }
    }
    Filling {
        token: fields.one("token").unwrap_or_default().to_owned(),
        typed,
        org: fields.one("org").map(str::to_owned),
        share: fields.one("share") == Some("yes"),
    }
}

/// The stranger in a form. An address or a name that appears twice counts as missing.
pub(super) fn stranger(fields: &Fields, address: Option<IpAddr>, reader: &Reader) -> Stranger {
    let text = |name| fields.one(name).unwrap_or_default().to_owned();
    Stranger {
        email: text("email"),
        name: text("name"),
        language: Language::of_tag(reader.words.lang),
        address,
        trapped: !text(TRAP).is_empty(),
    }
}
