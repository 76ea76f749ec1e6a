//! Lists in pages: a page holds at most what was asked for, and where the next one begins.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::AttributeValue;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};

use crate::{StoreError, item::Item};

/// Part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// What is on it, in the order of the list.
    pub items: Vec<T>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// The same page with something made of each item.
    pub(crate) fn try_map<U>(
        self,
        make: impl FnMut(T) -> Result<U, StoreError>,
    ) -> Result<Page<U>, StoreError> {
        Ok(Page {
            items: self.items.into_iter().map(make).collect::<Result<_, _>>()?,
            next: self.next,
        })
    }
}

/// A place in a list, safe in a URL. It names the last item seen, so it belongs to whoever may see
/// that list; a place in another list is refused or leads to nothing that the list does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(String);

impl Cursor {
    /// The cursor as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Takes a cursor from text; whether it is one shows when it is used.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The place after an item, by the key that `DynamoDB` gave. All our keys are texts.
    pub(crate) fn after(key: &Item) -> Self {
        let parts: BTreeMap<&str, &str> = key
            .iter()
            .filter_map(|(name, value)| Some((name.as_str(), value.as_s().ok()?.as_str())))
            .collect();
        let text = serde_json::to_vec(&parts).expect("a map of texts is JSON");
        Self(BASE64_URL_SAFE_NO_PAD.encode(text))
    }

    /// The key to continue after. Its partition must be the one that is being listed.
    pub(crate) fn start(&self, partition: (&str, &str)) -> Result<Item, StoreError> {
        let bytes = BASE64_URL_SAFE_NO_PAD
            .decode(&self.0)
            .map_err(|_| StoreError::BadCursor)?;
        let parts: BTreeMap<String, String> =
            serde_json::from_slice(&bytes).map_err(|_| StoreError::BadCursor)?;
        if parts.get(partition.0).map(String::as_str) != Some(partition.1) {
            return Err(StoreError::BadCursor);
        }
        Ok(parts
            .into_iter()
            .map(|(name, value)| (name, AttributeValue::S(value)))
            .collect())
    }
}
