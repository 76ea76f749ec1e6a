//! The addresses of lists: what of them is asked for, and how they are written.

use app::requests::Place;
use app::requests::{Ask, Aspect};
use domain::{DeskId, OrgId, text::Title};
use url::form_urlencoded::Serializer;

use crate::{controls::searched, http::fields::Fields};

/// The path of the lists.
pub(super) const LISTS: &str = "/requests";
/// The longest search that is taken; of a longer one the beginning counts.
pub(super) const LONGEST_SEARCH: usize = 200;

/// Every list, in the order of the tabs.
pub(super) const ASPECTS: [Aspect; 4] = [
    Aspect::Created,
    Aspect::Approvals,
    Aspect::Shared,
    Aspect::TakingPart,
];

/// The name of a list in its address.
pub(super) fn name(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Created => "created",
        Aspect::Approvals => "approvals",
        Aspect::Shared => "shared",
        Aspect::TakingPart => "part",
    }
}

/// The query in the URL. Wrong values are ignored.
pub(super) fn read(fields: &Fields) -> Ask {
    let aspect = ASPECTS
        .into_iter()
        .find(|aspect| fields.one("view") == Some(name(*aspect)));
    let search = searched(fields.one("q").unwrap_or_default(), LONGEST_SEARCH);
    Ask {
        aspect: aspect.unwrap_or(Aspect::Created),
        open: fields.one("state") != Some("closed"),
        desk: fields.one("desk").and_then(|id| id.parse::<DeskId>().ok()),
        kind: fields.one("type").and_then(|kind| Title::new(kind).ok()),
        words: (!search.is_empty()).then_some(search),
        org: fields.one("org").and_then(|id| id.parse::<OrgId>().ok()),
        behind: fields
            .one("after")
            .and_then(|place| place.parse::<Place>().ok()),
    }
}

/// The address of what is asked for, from its beginning.
pub(super) fn address(ask: &Ask) -> String {
    let mut query = Serializer::new(String::new());
    query.append_pair("view", name(ask.aspect));
    if !ask.open {
        query.append_pair("state", "closed");
    }
    if let Some(desk) = &ask.desk {
        query.append_pair("desk", desk.as_str());
    }
    if let Some(kind) = &ask.kind {
        query.append_pair("type", kind.as_str());
    }
    if let Some(words) = &ask.words {
        query.append_pair("q", words);
    }
    if let Some(org) = &ask.org {
        query.append_pair("org", org.as_str());
    }
    if let Some(place) = &ask.behind {
        query.append_pair("after", &place.to_string());
    }
    format!("{LISTS}?{}", query.finish())
}

/// The address of a list as it is without being narrowed.
pub(super) fn whole(aspect: Aspect, open: bool) -> String {
    address(&Ask {
        aspect,
        open,
        desk: None,
        kind: None,
        words: None,
        org: None,
        behind: None,
    })
}
