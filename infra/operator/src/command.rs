//! Groups of commands.

pub(crate) mod desk;
pub(crate) mod import;
