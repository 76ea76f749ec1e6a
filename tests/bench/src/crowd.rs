//! Crowds: copies of existing items, put into the tables without the functions.

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::world::World;

/// The number of items in one put.
const AT_ONCE: usize = 20_000;
/// The deadline of people who are never due.
const NEVER: &str = "2199-01-01T00:00:00.000000Z";

/// All items of a table about one person, request or other thing.
#[derive(Debug)]
pub(crate) struct Model {
    table: String,
    like: String,
    items: Vec<Value>,
}

/// The deadline of copies of a membership.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Due {
    /// An hour ago: the person was last seen a hundred days before.
    Now,
    /// Not in this century.
    Never,
}

impl Model {
    /// The items of a table whose key names `like`.
    pub(crate) fn of(world: &World, role: &str, like: &str) -> Self {
        let local = &world.running.local;
        let table = local.template.table(role).unwrap().name.clone();
        let names = |item: &Value| {
            ["pk", "sk"].iter().any(|key| {
                let key = item[*key]["S"].as_str().unwrap();
                key.split('#').any(|part| part == like)
            })
        };
        let mut items = local.upkeep.items(&table).unwrap();
        items.retain(names);
        assert!(!items.is_empty(), "{like} is not in {table}");
        Self {
            table,
            like: like.to_owned(),
            items,
        }
    }

    /// Keeps only items with a deadline.
    pub(crate) fn with_deadlines(mut self) -> Self {
        self.items.retain(|item| item.get("due_at").is_some());
        self
    }

    /// Adds a copy under each name. `change` may alter an item.
    pub(crate) fn add(
        &self,
        world: &World,
        names: impl Iterator<Item = String>,
        change: impl Fn(usize, &mut Value),
    ) {
        let text = Value::from(self.items.clone()).to_string();
        let mut copies = Vec::with_capacity(AT_ONCE);
        let load = |copies: Vec<Value>| {
            world
                .running
                .local
                .upkeep
                .load(&self.table, copies)
                .unwrap();
        };
        for (number, name) in names.enumerate() {
            let copy: Vec<Value> = serde_json::from_str(&text.replace(&self.like, &name)).unwrap();
            copies.extend(copy.into_iter().map(|mut item| {
                change(number, &mut item);
                item
            }));
            if copies.len() >= AT_ONCE {
                load(std::mem::take(&mut copies));
            }
        }
        load(copies);
    }
}

/// Addresses that begin with a name, in the domain of `like`.
pub(crate) fn addresses(name: &str, count: u32, like: &str) -> impl Iterator<Item = String> {
    let (_, domain) = like.split_once('@').unwrap();
    (0..count).map(move |number| format!("{name}-{number:07}@{domain}"))
}

/// Makes a membership due, in the shard of its number. Other items have no deadline.
pub(crate) fn make_due(number: usize, item: &mut Value, due: Due, now: Timestamp) {
    if matches!(due, Due::Now) {
        put_back(item, SignedDuration::from_hours(100 * 24));
    }
    if item.get("due_at").is_none() {
        return;
    }
    let at = match due {
        Due::Now => format!("{:.6}", now - SignedDuration::from_hours(1)),
        Due::Never => NEVER.to_owned(),
    };
    item["due_at"]["S"] = at.into();
    item["due_shard"]["S"] = (number % usize::from(store::SHARDS)).to_string().into();
}

/// Makes every instant in an item older.
fn put_back(item: &mut Value, by: SignedDuration) {
    match item {
        Value::String(text) => {
            if let Ok(at) = text.parse::<Timestamp>() {
                *text = format!("{:.6}", at - by);
            }
        }
        Value::Array(all) => all.iter_mut().for_each(|one| put_back(one, by)),
        Value::Object(all) => all.values_mut().for_each(|one| put_back(one, by)),
        _ => {}
    }
}
