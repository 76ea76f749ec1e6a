//! The state of the bundle beside the tables.

use std::path::Path;
use std::sync::Arc;

use crate::clock::MovableClock;
use crate::ses::mailbox::Mailbox;

/// The state that outlives a restart besides the tables.
pub(crate) struct Kept {
    pub(crate) clock: MovableClock,
    pub(crate) mailbox: Arc<Mailbox>,
}

impl Kept {
    pub(crate) fn open(data: Option<&Path>) -> std::io::Result<Self> {
        Ok(match data {
            Some(data) => Self {
                clock: MovableClock::kept_in(data)?,
                mailbox: Arc::new(Mailbox::kept_in(data)?),
            },
            None => Self {
                clock: MovableClock::real(),
                mailbox: Arc::default(),
            },
        })
    }
}
