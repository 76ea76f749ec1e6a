//! A person's profile: their own data, the mails that they want, and the end of all their links.

use domain::{
    Customer, Outcome,
    decide::{Profile, change_profile, end_links, mute, unmute},
    link::Area,
    text::Line,
};
use jiff::tz::TimeZone;
use store::Wanted;

use crate::{
    AppError, Services,
    path::holder::Sought,
    path::session::{Caller, Posted},
    path::{Ruling, Settled, Stop},
};

/// Shows and changes profiles.
#[derive(Debug)]
pub struct Profiles {
    services: Services,
}

/// A wish on the profile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProfileWish {
    /// To be called and addressed like this.
    Profile(Profile),
    /// All mails that can be stopped, or none of them.
    Mails {
        /// True if they want them.
        wanted: bool,
    },
    /// The end of every link that was mailed before, this one among them.
    EndLinks,
}

impl Profiles {
    /// Over what every use case works with.
    #[must_use]
    pub fn new(services: Services) -> Self {
        Self { services }
    }

    /// The record of a person; `None` if the link behind their session was ended. Writes nothing.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn show(&self, caller: &Caller) -> Result<Option<Customer>, AppError> {
        match caller.scope().area() {
            Some(Area::Own | Area::Organization(_)) => {}
            // A link to one thing opens that thing alone.
            Some(Area::Request(_)) | None => return Ok(None),
        }
        let (store, email) = (&self.services.store, caller.email());
        let link = (caller.purpose(), caller.scope());
        let sought = Sought::find(store, link, email, None).await?;
        let loaded = store.load(sought.and(Wanted::new())).await?;
        if !sought.honours(&loaded, false, caller.epoch(), caller.now) {
            return Ok(None);
        }
        let customer = loaded.customer(email).cloned();
        let customer = customer.unwrap_or_else(|| Customer::new(email.clone(), None));
        Ok(Some(customer))
    }

    /// Does what somebody asks for, once however often its form is posted.
    ///
    /// # Errors
    /// [`Stop::Closed`] when the link behind their session was ended; or that the store is not
    /// available or refuses. Nothing was done then.
    pub async fn choose(
        &self,
        caller: &Caller,
        posted: &Posted,
        choice: &ProfileWish,
    ) -> Result<Settled<()>, Stop> {
        let settled = self
            .services
            .attempt_once(&posted.once, caller.now, || async {
                let customer = self.show(caller).await?.ok_or(Stop::Closed)?;
                Ok(Ruling::of(decide(customer, choice.clone(), caller), ()))
            });
        let settled = settled.await?;
        if settled.is_done() {
            tracing::info!(
                person = %self.services.store.pseudonym(caller.email()),
                choice = name(choice),
                "chose on the profile"
            );
        }
        Ok(settled)
    }
}

fn decide(customer: Customer, choice: ProfileWish, caller: &Caller) -> Outcome {
    let occasion = caller.occasion();
    match choice {
        ProfileWish::Profile(profile) => change_profile(customer, profile, &occasion),
        ProfileWish::Mails { wanted: true } => unmute(customer, &occasion),
        ProfileWish::Mails { wanted: false } => mute(customer, &occasion),
        ProfileWish::EndLinks => end_links(customer, &occasion),
    }
}

/// A choice in a log: never what was typed.
fn name(choice: &ProfileWish) -> &'static str {
    match choice {
        ProfileWish::Profile(_) => "profile",
        ProfileWish::Mails { wanted: true } => "mails on",
        ProfileWish::Mails { wanted: false } => "mails off",
        ProfileWish::EndLinks => "end links",
    }
}

/// The time zone that somebody names, as the database of zones (IANA) writes it. Lenient: case does
/// not matter, and a blank will do for an underscore.
#[must_use]
pub fn time_zone(typed: &str) -> Option<Line<64>> {
    let typed: Vec<_> = typed.split_whitespace().collect();
    // The database looks for a file of this name, and names have nothing but these in them.
    let name = typed.join("_");
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '_' | '-' | '+');
    if name.len() > 64 || !name.chars().all(plain) {
        return None;
    }
    let zone = TimeZone::get(&name).ok()?;
    zone.iana_name()
        .filter(|name| *name != "Etc/Unknown")
        .and_then(|name| Line::new(name).ok())
}
