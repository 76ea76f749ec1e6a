//! Stories of the lead's console, told to the whole bundle over HTTP, as a browser without script
//! would have them.

mod acts;
mod browser;
mod hostile;
mod lists;
mod looks;
mod people;
