//! Lists in pages: a page has a limited number of items and the place of the next page.

use std::collections::{BTreeMap, BTreeSet};

use aws_sdk_dynamodb::types::AttributeValue;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use domain::request::Comment;

use crate::{
    StoreError,
    item::Item,
    keys::{self, Key},
};

/// Part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// Its items, in the order of the list.
    pub items: Vec<T>,
    /// The place of the next page; `None` on the last one.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// The same page with each item converted.
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

/// A list, for checking the places in it. The receiver of a place can make up another one, and
/// `DynamoDB` refuses a start key that could not be in the list.
#[derive(Clone, Copy)]
pub(crate) struct List<'a> {
    /// The attribute that selects the list, and its value.
    pub(crate) partition: (&'static str, &'a str),
    /// The attribute that orders the list, and the beginning of its values.
    pub(crate) order: (&'static str, &'a str),
    /// Tells whether a text can follow that beginning.
    pub(crate) is_end: fn(&str) -> bool,
}

impl List<'_> {
    /// Tells whether a key could belong to an item of this list: it has the list's attributes and
    /// no others, and each has a possible value.
    fn may_hold(&self, key: &BTreeMap<String, String>) -> bool {
        let (partition, value) = self.partition;
        let (order, beginning) = self.order;
        let names = BTreeSet::from([keys::PK, keys::SK, partition, order]);
        let is = |name, wanted: &str| key.get(name).is_some_and(|found| found == wanted);
        let end = key.get(order).and_then(|at| at.strip_prefix(beginning));
        key.len() == names.len()
            && is(partition, value)
            && end.is_some_and(self.is_end)
            && names.into_iter().all(|name| {
                let most = if name == keys::PK {
                    MOST_PARTITION
                } else {
                    MOST_SORT
                };
                key.get(name)
                    .is_some_and(|text| (1..=most).contains(&text.len()))
            })
    }
}

/// The largest number of bytes in a partition key, and in a sort key, for `DynamoDB`.
const MOST_PARTITION: usize = 2_048;
const MOST_SORT: usize = 1_024;

/// A place in a list, safe in a URL. It names the last item seen, so only a reader of that list may
/// have it. A place that could not be in the list is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor(String);

impl Cursor {
    /// The cursor as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Takes a cursor from text. Using it checks it.
    #[must_use]
    pub fn from_text(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The place after a comment of a request.
    #[must_use]
    pub fn of_comment(comment: &Comment) -> Self {
        let key = Key::comment(&comment.request, comment.at, &comment.id);
        Self::after(&key.attributes())
    }

    /// The place after an item, by the key that `DynamoDB` returned. All our keys are texts.
    pub(crate) fn after(key: &Item) -> Self {
        let parts: BTreeMap<&str, &str> = key
            .iter()
            .filter_map(|(name, value)| Some((name.as_str(), value.as_s().ok()?.as_str())))
            .collect();
        let text = serde_json::to_vec(&parts).expect("a map of texts is JSON");
        Self(BASE64_URL_SAFE_NO_PAD.encode(text))
    }

    /// The key to continue after, if the list may hold it.
    pub(crate) fn start(&self, list: &List<'_>) -> Result<Item, StoreError> {
        let bytes = BASE64_URL_SAFE_NO_PAD
            .decode(&self.0)
            .map_err(|_| StoreError::BadCursor)?;
        let parts: BTreeMap<String, String> =
            serde_json::from_slice(&bytes).map_err(|_| StoreError::BadCursor)?;
        if !list.may_hold(&parts) {
            return Err(StoreError::BadCursor);
        }
        Ok(parts
            .into_iter()
            .map(|(name, value)| (name, AttributeValue::S(value)))
            .collect())
    }
}
