//! The pages in a real browser: what people do with them, with script and without, by pointer and
//! by keyboard, and how every page looks to everybody.

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
