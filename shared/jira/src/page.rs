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

    /// The whole list.
    ///
    /// # Errors
    /// If Jira does not give a page.
    pub async fn all(&self) -> Result<Listing<T>, Error> {
        let mut reading = Reading::default();
        self.go_on(&mut reading).await?;
        Ok(reading.into_listing())
    }

    /// Reads a list on to its end, from where a reading stands. After an error the same reading goes
    /// on with the page that was not given.
    ///
    /// # Errors
    /// If Jira does not give a page.
    pub async fn go_on(&self, reading: &mut Reading<T>) -> Result<(), Error> {
        while let Some(start) = reading.next {
            let page = self.page(start).await?;
            reading.take(page);
        }
        Ok(())
    }
}

/// A list that is being read.
///
/// It is read again from the start when an entry comes twice, since then it shifted while it was
/// read, and another entry may have been missed.
#[derive(Debug)]
pub struct Reading<T: Identified> {
    values: Vec<T>,
    seen: BTreeSet<T::Id>,
    /// The start of the next page; none at the end.
    next: Option<u64>,
    pages: u32,
    sound: bool,
    shifted: bool,
    /// The number of times that it was begun again.
    again: u32,
}

impl<T: Identified> Default for Reading<T> {
    fn default() -> Self {
        Self {
            values: Vec::new(),
            seen: BTreeSet::new(),
            next: Some(0),
            pages: 0,
            sound: true,
            shifted: false,
            again: 0,
        }
    }
}

impl<T: Identified> Reading<T> {
    /// The entries that were read so far.
    #[must_use]
    pub fn into_listing(self) -> Listing<T> {
        Listing {
            values: self.values,
            complete: self.next.is_none() && self.sound && !self.shifted,
        }
    }

    fn take(&mut self, page: Page<T>) {
        self.sound &= page.sound;
        self.pages += 1;
        let (before, all) = (self.seen.len(), page.values.len());
        for value in page.values {
            if self.seen.insert(value.id()) {
                self.values.push(value);
            }
        }
        let new = self.seen.len() - before;
        self.shifted |= new < all;
        // A page of entries that all came before: the site does not heed the start.
        self.next = page.next.filter(|_| all == 0 || new > 0);
        if self.pages >= MOST_PAGES && self.next.is_some() {
            (self.next, self.sound) = (None, false);
        }
        if self.next.is_none() && self.shifted && self.again + 1 < READINGS {
            *self = Self {
                again: self.again + 1,
                ..Self::default()
            };
        }
    }
}
