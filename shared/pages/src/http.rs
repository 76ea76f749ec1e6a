//! Between HTTP and the pages: cookies, forms, answers.

pub(crate) mod ask;
mod compress;
pub(crate) mod cookies;
pub(crate) mod fields;
pub(crate) mod origin;
pub(crate) mod posted;
pub(crate) mod reply;
