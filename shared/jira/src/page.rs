//! Lists that come in pages.

use std::{collections::BTreeSet, marker::PhantomData};

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::Value;

use crate::{
    client::{Client, Request},
    endpoint::Endpoint,
    error::Error,
    read,
};

/// The number of entries that a page is asked for. Jira may give fewer.
const LIMIT: u64 = 50;
/// The number of times that a list is read from its start when it shifts meanwhile.
const READINGS: u32 = 3;
/// The number of pages after which a list is not read further.
const MOST_PAGES: u32 = 5_000;

/// An entry with an id, by which it is known when it is seen twice.
pub trait Identified: DeserializeOwned {
    /// The id.
    type Id: Ord + Clone;

    /// Its id.
    fn id(&self) -> Self::Id;
}

/// A page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// The entries that could be read.
    pub values: Vec<T>,
    /// The start of the next page, or nothing after the last.
    pub next: Option<u64>,
    /// False if an entry could not be read, or the page contradicts itself.
    pub sound: bool,
}

/// A list that was read to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing<T> {
    /// Its entries, each id once.
    pub values: Vec<T>,
    /// False if something of it may be missing. Nothing may be concluded from what is not there.
    pub complete: bool,
}

/// A list that can be read page by page or as a whole.
#[derive(Debug)]
pub struct Pager<'a, T> {
    client: &'a Client,
    endpoint: Endpoint,
    path: String,
    query: Vec<(&'static str, String)>,
    entries: PhantomData<fn() -> T>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    #[serde(default, deserialize_with = "read::optional")]
    size: Option<usize>,
    #[serde(default, deserialize_with = "read::optional")]
    is_last_page: Option<bool>,
    values: Vec<Value>,
}

impl<'a, T: Identified> Pager<'a, T> {
    pub(crate) fn new(client: &'a Client, endpoint: Endpoint, path: impl Into<String>) -> Self {
        Self {
            client,
            endpoint,
            path: path.into(),
            query: Vec::new(),
            entries: PhantomData,
        }
    }

    pub(crate) fn query(mut self, name: &'static str, value: &str) -> Self {
        self.query.push((name, value.to_string()));
        self
    }

    /// The page that begins at an entry's place.
    ///
    /// # Errors
    /// If Jira does not give it.
    pub async fn page(&self, start: u64) -> Result<Page<T>, Error> {
        let mut request = Request::new(self.endpoint, &*self.path);
        for (name, value) in &self.query {
            request = request.query(name, value);
        }
        let request = request.query("start", &start).query("limit", &LIMIT);
        let written: Written = self.client.ask(request).await?;
        let there = written.values.len();
        let agrees = written.size.is_none_or(|size| size == there);
        let (values, unreadable) = read::entries(written.values);
        // Places count in entries that were given, not in those that were asked for.
        let after = start + u64::try_from(there).unwrap_or(LIMIT);
        let last = written.is_last_page == Some(true);
        let empty = there == 0;
        Ok(Page {
            values,
            next: (!last && !empty).then_some(after),
            // A page that is empty and not the last one says that something is held back.
            sound: agrees && unreadable == 0 && !(empty && written.is_last_page == Some(false)),
        })
    }

    /// The whole list. It is read again from the start when an entry comes twice, since then it
    /// shifted while it was read, and another entry may have been missed.
    ///
    /// # Errors
    /// If Jira does not give a page.
    pub async fn all(&self) -> Result<Listing<T>, Error> {
        let mut listing = self.reading().await?;
        for _ in 1..READINGS {
            if !listing.shifted {
                break;
            }
            listing = self.reading().await?;
        }
        Ok(Listing {
            values: listing.values,
            complete: listing.sound && !listing.shifted,
        })
    }

    async fn reading(&self) -> Result<Reading<T>, Error> {
        let mut reading = Reading {
            values: Vec::new(),
            sound: true,
            shifted: false,
        };
        let mut seen = BTreeSet::new();
        let mut next = Some(0);
        for _ in 0..MOST_PAGES {
            let Some(start) = next else {
                return Ok(reading);
            };
            let page = self.page(start).await?;
            reading.sound &= page.sound;
            let (before, all) = (seen.len(), page.values.len());
            let new = page.values.into_iter().filter(|one| seen.insert(one.id()));
            reading.values.extend(new);
            reading.shifted |= seen.len() - before < all;
            // A page of entries that all came before: the site does not heed the start.
            next = page.next.filter(|_| all == 0 || seen.len() > before);
        }
        reading.sound = false;
        Ok(reading)
    }
}

struct Reading<T> {
    values: Vec<T>,
    sound: bool,
    shifted: bool,
}
