//! Groups of commands.

pub(crate) mod desk;
