//! One file for each row of the table.

pub(crate) mod calls;
pub(crate) mod cold_first;
pub(crate) mod cold_next;
pub(crate) mod instructions;
pub(crate) mod page;
pub(crate) mod relay_rate;
pub(crate) mod rss;
pub(crate) mod size;
pub(crate) mod sweep_rate;
pub(crate) mod sweep_scale;
pub(crate) mod timing;
pub(crate) mod warm_cpu;
