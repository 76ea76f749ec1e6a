//! One file for each row of the table.

pub(crate) mod calls;
pub(crate) mod cold_first;
pub(crate) mod cold_next;
pub(crate) mod instructions;
pub(crate) mod rss;
pub(crate) mod size;
pub(crate) mod warm_cpu;
