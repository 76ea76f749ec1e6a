//! Loads everything that a decision needs, in one strongly consistent read.

mod loaded;
mod wanted;

use std::collections::HashMap;

use aws_sdk_dynamodb::types::KeysAndAttributes;

pub use loaded::Loaded;
use wanted::Want;
pub use wanted::Wanted;

use crate::{Store, StoreError, item::Item, keys::Key, meter::Axis, tables::Table};

/// The largest number of keys in one `BatchGetItem`.
const MAX_KEYS: usize = 100;
/// The number of times that keys which the store left unread are requested again.
const MAX_ROUNDS: u32 = 12;

impl Store {
    /// Loads everything in `wanted`, strongly consistent, in as few calls as keys allow (100 a
    /// call).
    ///
    /// # Errors
    /// If the store is not available or refuses, or an item cannot be read.
    pub async fn load(&self, wanted: Wanted) -> Result<Loaded, StoreError> {
        let mut loaded = Loaded::default();
        // One item may be wanted twice: the membership of one person is that of the plain spelling
        // of another's mailbox.
        let mut places: HashMap<(Table, Key), Vec<Want>> = HashMap::new();
        for want in wanted.0 {
            loaded.asked(&want);
            places.entry(self.place(&want)).or_default().push(want);
        }
        let keys: Vec<(Table, Key)> = places.keys().cloned().collect();
        for (table, item) in self.get_batch(&keys, None).await? {
            let place = Key::of(&item).map(|key| (table, key));
            let wants = place.and_then(|place| places.remove(&place));
            for want in wants.unwrap_or_default() {
                loaded.take(want, item.clone())?;
            }
        }
        Ok(loaded)
    }

    fn place(&self, want: &Want) -> (Table, Key) {
        match want {
            Want::Customer(email) => (Table::Directory, Key::customer(email)),
            Want::Organization(org) => (Table::Directory, Key::organization(org)),
            Want::Membership(org, email) | Want::Plain(org, email) => {
                (Table::Directory, Key::membership(org, email))
            }
            Want::Mark(org, mailbox) => (
                Table::Directory,
                Key::mark(org, &self.pseudonym(mailbox.plain())),
            ),
            Want::Left(org, email) => (Table::Directory, Key::left(org, &self.pseudonym(email))),
            Want::Desk(desk) => (Table::Directory, Key::desk(desk)),
            Want::DomainRule(domain) => (Table::Directory, Key::domain_rule(domain)),
            Want::Request(request) => (Table::Requests, Key::request(request)),
            Want::Viewer(request, who) => (Table::Requests, Key::viewer(request, who)),
            Want::Delivery(source, id) => (Table::Journal, Key::delivery(source, id)),
        }
    }

    /// The items under these keys, without repetition, in no order. `only` projects them.
    pub(crate) async fn get_batch(
        &self,
        keys: &[(Table, Key)],
        only: Option<&str>,
    ) -> Result<Vec<(Table, Item)>, StoreError> {
        let mut found = Vec::with_capacity(keys.len());
        for chunk in keys.chunks(MAX_KEYS) {
            self.get_chunk(self.batch(chunk, only), &mut found).await?;
        }
        Ok(found)
    }

    /// One `BatchGetItem`, and more calls for keys that the store left unread.
    async fn get_chunk(
        &self,
        mut left: HashMap<String, KeysAndAttributes>,
        found: &mut Vec<(Table, Item)>,
    ) -> Result<(), StoreError> {
        const ACTION: &str = "BatchGetItem";
        let mut round = 0;
        while !left.is_empty() {
            let answer = self
                .ask(ACTION, || {
                    self.client
                        .batch_get_item()
                        .set_request_items(Some(left.clone()))
                        .set_return_consumed_capacity(self.capacity())
                        .send()
                })
                .await?;
            self.note(ACTION, Axis::Read, answer.consumed_capacity());
            for (name, items) in answer.responses.unwrap_or_default() {
                let table = self.tables.table(&name);
                found.extend(items.into_iter().map(|item| (table, item)));
            }
            left = answer.unprocessed_keys.unwrap_or_default();
            round += 1;
            if round >= MAX_ROUNDS && !left.is_empty() {
                return Err(StoreError::Unavailable {
                    action: ACTION,
                    code: "unprocessed keys".to_owned(),
                    source: "the store left keys unread too often".into(),
                });
            }
            if !left.is_empty() {
                self.pause(round).await;
            }
        }
        Ok(())
    }

    fn batch(
        &self,
        keys: &[(Table, Key)],
        only: Option<&str>,
    ) -> HashMap<String, KeysAndAttributes> {
        let mut by_table: HashMap<String, Vec<Item>> = HashMap::new();
        for (table, key) in keys {
            by_table
                .entry(self.tables.name(*table).to_owned())
                .or_default()
                .push(key.attributes());
        }
        by_table
            .into_iter()
            .map(|(name, keys)| {
                let wanted = KeysAndAttributes::builder()
                    .set_keys(Some(keys))
                    .consistent_read(true)
                    .set_projection_expression(only.map(str::to_owned))
                    .build()
                    .expect("keys are set");
                (name, wanted)
            })
            .collect()
    }
}
