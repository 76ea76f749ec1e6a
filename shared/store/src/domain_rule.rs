//! The rules that assign domains to organisations.

use domain::{DomainName, OrgId};

use crate::{
    StoreError,
    item::{self, Item, VERSION},
    keys::Key,
};

/// Not `org`: that attribute belongs to the index of memberships.
const BELONGS_TO: &str = "belongs_to";

pub(crate) fn item(domain: &DomainName, org: &OrgId) -> Item {
    let mut item = Key::domain_rule(domain).attributes();
    item.insert(VERSION.to_owned(), item::number(1));
    item::set(&mut item, BELONGS_TO, org.as_str().to_owned());
    item
}

pub(crate) fn decode(item: &Item) -> Result<OrgId, StoreError> {
    item.get(BELONGS_TO)
        .and_then(|org| org.as_s().ok()?.parse().ok())
        .ok_or(StoreError::Misshapen {
            what: "domain rule",
        })
}
