//! The roster of an organisation: its memberships whole, or only what people are found and sorted
//! by. A large roster is read for every page of it, and most of that time goes into attributes.

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

/// One membership on a roster, as far as people are found and sorted by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The person.
    pub email: EmailAddress,
    /// How they are called, when anyone said.
    pub name: Option<Name>,
    /// Where in the lifecycle they are.
    pub stage: Stage,
    /// Whether an off-boarding was asked for a later date.
    pub leaving: bool,
    /// Whether access ends whatever else happens.
    pub temporary: bool,
    /// Since when, when [`Detail::Since`] was asked for.
    pub since: Option<Timestamp>,
    /// Who invited them, when [`Detail::InvitedBy`] was asked for.
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

/// What else an entry shall hold: each attribute of each member takes its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// Nothing.
    None,
    /// Since when somebody is in their state.
    Since,
    /// Who invited them.
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

/// Reads what the query asks for. By hand: `serde_dynamo` would make a second map of each item first.
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

/// What a text stands for.
fn read<T: DeserializeOwned>(text: &AttributeValue) -> Option<T> {
    let text: StrDeserializer<'_, serde::de::value::Error> =
        text.as_s().ok()?.as_str().into_deserializer();
    T::deserialize(text).ok()
}

/// What a text stands for that may be missing, but not be wrong.
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
    /// When the store is not available or refuses, a membership cannot be read, or the cursor is
    /// none.
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
    /// When the store is not available or refuses, or a membership cannot be read.
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
