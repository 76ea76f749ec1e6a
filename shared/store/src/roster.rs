//! The roster of an organisation: whole memberships, or only the attributes for searching and
//! sorting. Every page of a large roster reads all of it, and attributes take most of that time.

use aws_sdk_dynamodb::{operation::query::builders::QueryFluentBuilder, types::AttributeValue};
use domain::{Actor, EmailAddress, Membership, OrgId, Timestamp, membership::Stage, text::Name};
use serde::de::{DeserializeOwned, IntoDeserializer, value::StrDeserializer};
use serde_dynamo::aws_sdk_dynamodb_1::from_attribute_value;

use crate::{
    Cursor, Page, Store, StoreError,
    item::{self, Item},
    keys,
    page::List,
};

const NAME: &str = "name";
const STATE: &str = "state";
const IS: &str = "is";
const LEAVING: &str = "leaving";
const ACCESS_UNTIL: &str = "access_until";
const SINCE: &str = "since";
const INVITED_BY: &str = "invited_by";

/// One membership on a roster, with the attributes for searching and sorting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The person.
    pub email: EmailAddress,
    /// Their name, if known.
    pub name: Option<Name>,
    /// Their stage in the lifecycle.
    pub stage: Stage,
    /// True if an off-boarding is planned for a later date.
    pub leaving: bool,
    /// True if access has an end date.
    pub temporary: bool,
    /// The begin of their state, if [`Detail::Since`] was wanted.
    pub since: Option<Timestamp>,
    /// The inviter, if [`Detail::InvitedBy`] was wanted.
    pub invited_by: Option<Actor>,
}

impl From<&Membership> for Entry {
    fn from(membership: &Membership) -> Self {
        Self {
            email: membership.email.clone(),
            name: membership.name.clone(),
            stage: membership.state.stage(),
            leaving: membership.leaving.is_some(),
            temporary: membership.access_until.is_some(),
            since: Some(membership.since),
            invited_by: Some(membership.invited_by.clone()),
        }
    }
}

/// Further attributes of an entry. Each attribute of each member takes time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// None.
    None,
    /// The begin of a person's state.
    Since,
    /// The inviter.
    InvitedBy,
}

impl Detail {
    fn attribute(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Since => Some(SINCE),
            Self::InvitedBy => Some(INVITED_BY),
        }
    }
}

/// Reads an entry by hand, because `serde_dynamo` would first make a second map of each item.
fn entry(item: &Item) -> Option<Entry> {
    let is = item.get(STATE)?.as_m().ok()?.get(IS)?;
    Some(Entry {
        email: read(item.get(keys::EMAIL)?)?,
        name: optional(item, NAME)?,
        stage: read(is)?,
        leaving: item.contains_key(LEAVING),
        temporary: item.contains_key(ACCESS_UNTIL),
        since: optional(item, SINCE)?,
        invited_by: match item.get(INVITED_BY) {
            Some(actor) => Some(from_attribute_value(actor.clone()).ok()?),
            None => None,
        },
    })
}

/// The value of a text.
fn read<T: DeserializeOwned>(text: &AttributeValue) -> Option<T> {
    let text: StrDeserializer<'_, serde::de::value::Error> =
        text.as_s().ok()?.as_str().into_deserializer();
    T::deserialize(text).ok()
}

/// The value of a text that may be missing but not wrong.
#[expect(
    clippy::option_option,
    reason = "it can be read, or not; it is there, or not"
)]
fn optional<T: DeserializeOwned>(item: &Item, name: &str) -> Option<Option<T>> {
    item.get(name)
        .map_or(Some(None), |text| read(text).map(Some))
}

impl Store {
    /// The memberships of an organisation in every state, in the order of addresses.
    ///
    /// # Errors
    /// If the store is not available or refuses, a membership cannot be read, or the cursor is
    /// invalid.
    pub async fn roster(
        &self,
        org: &OrgId,
        cursor: Option<&Cursor>,
        limit: u32,
    ) -> Result<Page<Membership>, StoreError> {
        let partition = keys::organization_partition(org);
        let query = self.members(&partition);
        let list = List {
            partition: (keys::PK, &partition),
            order: (keys::SK, keys::MEMBER),
            is_end: keys::is_address,
        };
        self.query_page(query, list, cursor, limit)
            .await?
            .try_map(|item| item::decode("membership", item))
    }

    /// Everybody on the roster of an organisation, in every state, in the order of addresses.
    ///
    /// # Errors
    /// If the store is not available or refuses, or a membership cannot be read.
    pub async fn roster_entries(
        &self,
        org: &OrgId,
        detail: Detail,
    ) -> Result<Vec<Entry>, StoreError> {
        let mut names = vec![
            ("#email", keys::EMAIL),
            ("#name", NAME),
            ("#leaving", LEAVING),
            ("#until", ACCESS_UNTIL),
        ];
        names.extend(detail.attribute().map(|attribute| ("#detail", attribute)));
        let mut wanted = "#state.#is".to_owned();
        let mut query = self
            .members(&keys::organization_partition(org))
            .expression_attribute_names("#state", STATE)
            .expression_attribute_names("#is", IS);
        for (placeholder, attribute) in names {
            wanted = format!("{wanted}, {placeholder}");
            query = query.expression_attribute_names(placeholder, attribute);
        }
        let items = self.query_all(query.projection_expression(wanted)).await?;
        let misshapen = StoreError::Misshapen { what: "membership" };
        let entries = items.iter().map(entry);
        entries.collect::<Option<_>>().ok_or(misshapen)
    }

    fn members(&self, partition: &str) -> QueryFluentBuilder {
        self.client
            .query()
            .table_name(&self.tables.directory)
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND begins_with(sk, :member)")
            .expression_attribute_values(":pk", item::text(partition))
            .expression_attribute_values(":member", item::text(keys::MEMBER))
    }
}
