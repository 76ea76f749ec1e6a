//! The pages in a real browser: what people do with them, with script and without, by pointer and
//! by keyboard, and how every page looks to everybody.

#![allow(clippy::unwrap_used, reason = "a story stops at the first surprise")]

#[path = "../fixture/mod.rs"]
mod fixture;
#[path = "../lifecycle/told.rs"]
#[allow(dead_code, reason = "the stories of lifecycles use the rest of it")]
mod told;

mod driver;
mod person;
mod tour;
mod webdriver;

mod colleague;
mod judge;
mod lena;
mod pictures;
mod stranger;
mod warned;
