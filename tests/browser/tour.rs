//! A walk past every page in the states in which people meet it.
//!
//! The visitor decides the act at each stop: judging the page, or taking its picture.

mod asking;
mod console;
mod later;
mod links;
mod requests;

use crate::browser::person::{Means, Person};
use crate::fixture::Story;

const ADA: &str = "ada@lanyard.example";
const AMIR: &str = "amir@acme.example";
const GUS: &str = "gus@globex.example";
const INES: &str = "ines@initech.example";
const LENA: &str = "lena@acme.example";
const NILS: &str = "nils@acme.example";
const NOOR: &str = "noor@visitor.example";
const VERA: &str = "vera@globex.example";

/// A page that the person sees now.
#[derive(Clone, Copy)]
pub(crate) struct Stop<'a> {
    pub(crate) person: &'a Person,
    /// The name of its picture.
    pub(crate) name: &'static str,
    /// The page in one sentence.
    pub(crate) sentence: &'static str,
}

/// An act at each stop.
pub(crate) trait Visitor {
    async fn at(&mut self, stop: Stop<'_>);
}

/// A person on the walk, and the visitor at their stops.
struct Walk<'a, V> {
    person: Person,
    story: Story,
    visitor: &'a mut V,
}

impl<V: Visitor> Walk<'_, V> {
    /// Stops where the page says this.
    async fn stop(&mut self, says: &str, name: &'static str, sentence: &'static str) {
        self.person.sees(says).await;
        let person = &self.person;
        let stop = Stop {
            person,
            name,
            sentence,
        };
        self.visitor.at(stop).await;
    }

    /// Opens an address of the pages.
    async fn opens(&self, path: &str) {
        let url = format!("{}{path}", self.story.base_url());
        self.person.opens(&url).await;
    }

    /// Opens the newest link for a purpose that somebody was mailed.
    async fn follows(&self, email: &str, purpose: &str) {
        self.story.settle().await;
        // In one browser one person is signed in.
        self.person.is_somebody_new().await;
        self.person.opens(&self.story.link(email, purpose)).await;
    }
}

/// Walks past every page.
pub(crate) async fn walk(visitor: &mut impl Visitor) {
    let story = Story::begin().await;
    story.set("organization.acme.policy.seat_cap", 400).await;
    let mut walk = Walk {
        person: Person::at_a_browser(Means::SCRIPT).await,
        story,
        visitor,
    };
    links::walk(&mut walk).await;
    asking::walk(&mut walk).await;
    requests::walk(&mut walk).await;
    console::walk(&mut walk).await;
    later::walk(&mut walk).await;
}
