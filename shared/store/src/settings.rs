//! The settings that administrators describe: desks, organisations, domain rules and sources, and
//! the names of all of them.

use std::collections::BTreeSet;

use domain::{DeskId, DomainName, OrgId, Organization, SourceId, Version, desk::Desk};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::{
    CommitError, Store, StoreError, domain_rule,
    item::{self, Item, VERSION},
    keys::Key,
    tables::Table,
    transaction::{Act, Condition, Role, Write},
};

/// The names of everything that is described.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct World {
    /// Desks.
    pub desks: BTreeSet<DeskId>,
    /// Organisations.
    pub organizations: BTreeSet<OrgId>,
    /// Domains that belong to an organisation.
    pub domains: BTreeSet<DomainName>,
    /// Sources.
    pub sources: BTreeSet<SourceId>,
}

const DESKS: &str = "desks";
const ORGANIZATIONS: &str = "organizations";
const DOMAINS: &str = "domains";
const SOURCES: &str = "sources";

impl Store {
    /// The names of everything that is described, so that an operator can list them without a scan
    /// of a table.
    ///
    /// # Errors
    /// As each read: if the store is not available or refuses, or the item cannot be read.
    pub async fn world(&self) -> Result<World, StoreError> {
        match self.get_directory(&Key::world()).await? {
            Some(item) => item::decode("world", item),
            None => Ok(World::default()),
        }
    }

    /// A desk.
    ///
    /// # Errors
    /// As [`Store::world`].
    pub async fn desk(&self, id: &DeskId) -> Result<Option<Desk>, StoreError> {
        let item = self.get_directory(&Key::desk(id)).await?;
        item.map(|item| item::decode("desk", item)).transpose()
    }

    /// An organisation.
    ///
    /// # Errors
    /// As [`Store::world`].
    pub async fn organization(&self, id: &OrgId) -> Result<Option<Organization>, StoreError> {
        let item = self.get_directory(&Key::organization(id)).await?;
        item.map(|item| item::decode("organization", item))
            .transpose()
    }

    /// The organisation of a domain.
    ///
    /// # Errors
    /// As [`Store::world`].
    pub async fn domain_rule(&self, domain: &DomainName) -> Result<Option<OrgId>, StoreError> {
        let item = self.get_directory(&Key::domain_rule(domain)).await?;
        item.as_ref().map(domain_rule::decode).transpose()
    }

    /// A source, in the type of the crate that describes sources, and the version to write it back
    /// under.
    ///
    /// # Errors
    /// As [`Store::world`].
    pub async fn source<T: DeserializeOwned>(
        &self,
        id: &SourceId,
    ) -> Result<Option<(T, Version)>, StoreError> {
        let what = "source";
        let Some(item) = self.get_directory(&Key::source(id)).await? else {
            return Ok(None);
        };
        let version = item
            .get(VERSION)
            .and_then(|version| version.as_n().ok()?.parse().ok())
            .ok_or(StoreError::Misshapen { what })?;
        Ok(Some((item::decode(what, item)?, Version(version))))
    }

    /// Writes a desk under the version that was read.
    ///
    /// # Errors
    /// [`CommitError::Conflict`] if another writer changed it since; or that it is too large, or
    /// the store is not available or refuses.
    pub async fn put_desk(&self, desk: &Desk) -> Result<(), CommitError> {
        let item = item::encode_next(&Key::desk(&desk.id), desk, desk.version)?;
        self.describe("desk", item, desk.version, DESKS, desk.id.as_str())
            .await
    }

    /// Writes an organisation under the version that was read. The administrator sets its settings;
    /// its seats and leads must be as they were read.
    ///
    /// # Errors
    /// As [`Store::put_desk`].
    pub async fn put_organization(&self, org: &Organization) -> Result<(), CommitError> {
        let item = item::organization(org)?;
        self.describe(
            "organization",
            item,
            org.version,
            ORGANIZATIONS,
            org.id.as_str(),
        )
        .await
    }

    /// Writes a source under the version that was read.
    ///
    /// # Errors
    /// As [`Store::put_desk`].
    pub async fn put_source<T: Serialize>(
        &self,
        id: &SourceId,
        source: &T,
        read: Version,
    ) -> Result<(), CommitError> {
        let item = item::encode_next(&Key::source(id), source, read)?;
        self.describe("source", item, read, SOURCES, id.as_str())
            .await
    }

    /// Assigns a domain to an organisation; the last call counts.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn put_domain_rule(
        &self,
        domain: &DomainName,
        org: &OrgId,
    ) -> Result<(), CommitError> {
        let item = domain_rule::item(domain, org);
        let put = Write::put(Table::Directory, "domain rule", item, Condition::Nothing);
        self.transact(&[put, named(DOMAINS, domain.as_str())], None)
            .await
            .map(drop)
    }

    /// Takes a domain from its organisation.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn delete_domain_rule(&self, domain: &DomainName) -> Result<(), CommitError> {
        self.forget_name(
            "domain rule",
            Key::domain_rule(domain),
            DOMAINS,
            domain.as_str(),
        )
        .await
    }

    /// Deletes a source. Its deliveries then get the answer for an unknown one.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn delete_source(&self, id: &SourceId) -> Result<(), CommitError> {
        self.forget_name("source", Key::source(id), SOURCES, id.as_str())
            .await
    }

    /// Deletes a desk. Its requests stay.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn delete_desk(&self, id: &DeskId) -> Result<(), CommitError> {
        self.forget_name("desk", Key::desk(id), DESKS, id.as_str())
            .await
    }

    async fn describe(
        &self,
        kind: &'static str,
        item: Item,
        read: Version,
        set: &'static str,
        name: &str,
    ) -> Result<(), CommitError> {
        let put = Write::put(Table::Directory, kind, item, Condition::of(read));
        self.transact(&[put, named(set, name)], None)
            .await
            .map(drop)
    }

    async fn forget_name(
        &self,
        kind: &'static str,
        key: Key,
        set: &'static str,
        name: &str,
    ) -> Result<(), CommitError> {
        let delete = Write::delete(Table::Directory, kind, key, Condition::Nothing);
        let text = name.to_owned();
        let unname = in_world(Act::TakeFrom { set, text });
        self.transact(&[delete, unname], None).await.map(drop)
    }
}

/// Adds a name to those of the world.
fn named(set: &'static str, name: &str) -> Write {
    let text = name.to_owned();
    in_world(Act::AddTo { set, text })
}

fn in_world(act: Act) -> Write {
    Write {
        table: Table::Directory,
        key: Key::world(),
        kind: "world",
        act,
        condition: Condition::Nothing,
        role: Role::State,
    }
}
