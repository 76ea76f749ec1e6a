//! The message for each value of the domain or of a form. The words stand in `shared/words/locales/`.

pub(crate) mod console;
pub(crate) mod intake;
pub(crate) mod link;
pub(crate) mod requests;
