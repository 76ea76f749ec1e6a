//! A cache of administrators' settings, which a function keeps for a minute.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, MutexGuard},
};

use domain::Timestamp;
use jiff::SignedDuration;

/// The time for which a value is used without asking again.
const FRESH: SignedDuration = SignedDuration::from_secs(60);
/// The most values that are kept. A caller that makes up names costs reads, not memory.
const MAX_ENTRIES: usize = 1_000;

/// A cache of what was found, or of there being nothing.
#[derive(Debug)]
pub(crate) struct Cache<K, V>(Mutex<HashMap<K, (Timestamp, V)>>);

impl<K: Eq + Hash, V: Clone> Cache<K, V> {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(HashMap::new()))
    }

    /// The value, if it is fresh at `now`. A clock that was set back makes nothing fresh.
    pub(crate) fn get(&self, key: &K, now: Timestamp) -> Option<V> {
        let entries = self.lock();
        let (read_at, value) = entries.get(key)?;
        let age = now.duration_since(*read_at);
        (age >= SignedDuration::ZERO && age < FRESH).then(|| value.clone())
    }

    pub(crate) fn put(&self, key: K, value: V, now: Timestamp) {
        let mut entries = self.lock();
        if entries.len() >= MAX_ENTRIES {
            entries.clear();
        }
        entries.insert(key, (now, value));
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, (Timestamp, V)>> {
        self.0
            .lock()
            .expect("nothing panics while it holds the cache")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).expect("a small number of seconds is an instant")
    }

    #[test]
    fn a_value_is_fresh_for_a_minute() {
        let cache = Cache::new();
        cache.put("k", 1, at(0));
        assert_eq!(cache.get(&"k", at(59)), Some(1));
        assert_eq!(cache.get(&"k", at(60)), None);
        assert_eq!(cache.get(&"k", at(-1)), None);
        assert_eq!(cache.get(&"other", at(0)), None);
    }

    #[test]
    fn made_up_names_do_not_fill_the_memory() {
        let cache = Cache::new();
        for name in 0..10 * MAX_ENTRIES {
            cache.put(name, (), at(0));
        }
        assert!(cache.lock().len() <= MAX_ENTRIES);
    }
}
