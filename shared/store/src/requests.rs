//! Reads requests: one with its viewers, its comments, and the list of requests that a person may
//! see.

use std::{fmt, str::FromStr};

use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use domain::{
    CommentId, RequestRef, Timestamp,
    request::{Comment, Record, Viewer, ViewerId},
};

use crate::{
    Cursor, Page, Store, StoreError,
    item::{self, Item},
    keys::{self, Key},
    page::List,
    tables::Table,
};

/// The order of a list by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The order of a conversation.
    OldestFirst,
    /// The order of news.
    NewestFirst,
}

/// A place in a list of requests: behind this one. Unlike a [`Cursor`] it does not name the owner
/// of the list, so it can stand in a URL, where no address belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The request's instant in the list.
    pub moved_at: Timestamp,
    /// The request.
    pub request: RequestRef,
}

impl Place {
    /// The place behind this request.
    #[must_use]
    pub fn of(viewer: &Viewer) -> Self {
        Self {
            moved_at: viewer.moved_at,
            request: viewer.request.clone(),
        }
    }

    /// The index's key of the place in somebody's list.
    fn start(&self, who: &ViewerId, open: bool) -> Item {
        let mut key = Key::viewer(&self.request, who).attributes();
        item::set(&mut key, keys::VIEWER, keys::viewer(who));
        let position = keys::position(open, self.moved_at);
        item::set(&mut key, keys::POSITION, position);
        key
    }
}

/// The separator of a place's parts. No part contains it.
const BETWEEN: char = '~';

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let RequestRef { desk, key } = &self.request;
        write!(f, "{}{BETWEEN}{desk}{BETWEEN}{key}", self.moved_at)
    }
}

/// The text is no place in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no place in a list")]
pub struct NoPlace;

impl FromStr for Place {
    type Err = NoPlace;
    fn from_str(text: &str) -> Result<Self, NoPlace> {
        let mut parts = text.splitn(3, BETWEEN);
        let mut next = || parts.next().ok_or(NoPlace);
        let (at, desk, key) = (next()?, next()?, next()?);
        Ok(Self {
            moved_at: at.parse().map_err(|_| NoPlace)?,
            request: RequestRef {
                desk: desk.parse().map_err(|_| NoPlace)?,
                key: key.to_owned().try_into().map_err(|_| NoPlace)?,
            },
        })
    }
}

impl Store {
    /// The record under a request's key, and everybody who may see it: one strongly consistent
    /// query, which does not read the comments.
    ///
    /// # Errors
    /// If the store is not available or refuses, or an item cannot be read.
    pub async fn request_with_viewers(
        &self,
        request: &RequestRef,
    ) -> Result<(Option<Record>, Vec<Viewer>), StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.tables.requests)
            .consistent_read(true)
            .key_condition_expression("pk = :pk AND sk >= :request")
            .expression_attribute_values(":pk", item::text(keys::request_partition(request)))
            .expression_attribute_values(":request", item::text(keys::REQUEST));
        let mut record = None;
        let mut viewers = Vec::new();
        for item in self.query_all(query).await? {
            if Key::of(&item).is_some_and(|key| key.sk == keys::REQUEST) {
                record = Some(item::decode("request", item)?);
            } else {
                viewers.push(item::decode("viewer", item)?);
            }
        }
        Ok((record, viewers))
    }

    /// One public comment of a request.
    ///
    /// # Errors
    /// If the store is not available or refuses, or the comment cannot be read.
    pub async fn comment(
        &self,
        request: &RequestRef,
        at: Timestamp,
        id: &CommentId,
    ) -> Result<Option<Comment>, StoreError> {
        let key = Key::comment(request, at, id);
        let item = self.get(Table::Requests, &key).await?;
        item.map(|item| item::decode("comment", item)).transpose()
    }

    /// A request's public comments.
    ///
    /// # Errors
    /// If the store is not available or refuses, a comment cannot be read, or the cursor is
    /// invalid.
    pub async fn comments(
        &self,
        request: &RequestRef,
        order: Order,
        cursor: Option<&Cursor>,
        limit: u32,
    ) -> Result<Page<Comment>, StoreError> {
        let partition = keys::request_partition(request);
        let query = self
            .client
            .query()
            .table_name(&self.tables.requests)
            .consistent_read(true)
            .scan_index_forward(order == Order::OldestFirst)
            .key_condition_expression("pk = :pk AND begins_with(sk, :comment)")
            .expression_attribute_values(":pk", item::text(&partition))
            .expression_attribute_values(":comment", item::text(keys::COMMENT));
        let list = List {
            partition: (keys::PK, &partition),
            order: (keys::SK, keys::COMMENT),
            is_end: keys::is_comment,
        };
        self.query_page(query, list, cursor, limit)
            .await?
            .try_map(|item| item::decode("comment", item))
    }

    /// The requests that a person or an organisation may see, open or closed, newest first. The
    /// index is a moment behind the table.
    ///
    /// # Errors
    /// If the store is not available or refuses, an item cannot be read, or the cursor is invalid.
    pub async fn viewed(
        &self,
        who: &ViewerId,
        open: bool,
        cursor: Option<&Cursor>,
        limit: u32,
    ) -> Result<Page<Viewer>, StoreError> {
        let viewer = keys::viewer(who);
        let query = self.viewed_query(who, open);
        let list = List {
            partition: (keys::VIEWER, &viewer),
            order: (keys::POSITION, keys::positions(open)),
            is_end: keys::is_instant,
        };
        self.query_page(query, list, cursor, limit)
            .await?
            .try_map(|item| item::decode("viewer", item))
    }

    /// The same from a place on, and true if there is more. There may be fewer than `limit` items
    /// although there is more, because a page takes 1 MB.
    ///
    /// # Errors
    /// If the store is not available or refuses, or an item cannot be read.
    pub async fn viewed_from(
        &self,
        who: &ViewerId,
        open: bool,
        behind: Option<&Place>,
        limit: u32,
    ) -> Result<(Vec<Viewer>, bool), StoreError> {
        let start = behind.map(|place| place.start(who, open));
        let query = self.viewed_query(who, open);
        let limit = i32::try_from(limit.max(1)).unwrap_or(i32::MAX);
        let (items, next) = self.query_once(query.limit(limit), start).await?;
        let viewers = items.into_iter().map(|item| item::decode("viewer", item));
        Ok((viewers.collect::<Result<_, _>>()?, next.is_some()))
    }

    fn viewed_query(&self, who: &ViewerId, open: bool) -> QueryFluentBuilder {
        self.client
            .query()
            .table_name(&self.tables.requests)
            .index_name(keys::BY_VIEWER)
            .scan_index_forward(false)
            .key_condition_expression("viewer = :viewer AND begins_with(#position, :open)")
            .expression_attribute_names("#position", keys::POSITION)
            .expression_attribute_values(":viewer", item::text(keys::viewer(who)))
            .expression_attribute_values(":open", item::text(keys::positions(open)))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn a_place_is_what_its_text_says_and_other_texts_are_none() {
        let place = Place {
            moved_at: "2026-11-25T10:00:00.123456Z".parse().unwrap(),
            request: RequestRef {
                desk: "support".parse().unwrap(),
                key: "SUP-1:a_b.c".parse().unwrap(),
            },
        };
        let text = place.to_string();
        assert_eq!(text, "2026-11-25T10:00:00.123456Z~support~SUP-1:a_b.c");
        assert_eq!(text.parse(), Ok(place));
        for text in [
            "",
            "~",
            "~~",
            "now~support~SUP-1",
            "2026-11-25T10:00:00Z~it~a~b",
        ] {
            assert_eq!(text.parse::<Place>(), Err(NoPlace), "{text}");
        }
    }
}
