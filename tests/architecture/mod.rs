//! The shape of the repository, as ARCHITECTURE.md has it: which crate may know which, what lies
//! where, and what is written nowhere.

mod arrows;
mod documents;
mod foreign;
mod layout;
mod manifests;
mod purity;
mod words;
