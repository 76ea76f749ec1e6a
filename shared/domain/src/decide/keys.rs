//! The keys that requests are moved to.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Customer, DeskId, RequestRef, request::Record};

/// The records under the keys that requests are moved to.
#[derive(Debug, Clone, Default)]
pub struct Keys {
    /// The items that are stored under them, as far as there are any.
    pub records: BTreeMap<RequestRef, Record>,
    /// The customers whose updates wait there, as far as they are known.
    pub customers: Vec<Customer>,
    /// The desks of these keys, as far as they exist.
    pub desks: BTreeSet<DeskId>,
}
