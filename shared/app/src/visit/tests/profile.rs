//! Acts on a profile, with the session that one of their links began.

use domain::{Language, decide::Profile};

use super::*;
use crate::{
    Caller, Sessions,
    path::session::Posted,
    profile::{ProfileWish, Profiles, time_zone},
    tests::{ActResult, Settles, is_closed},
};

const LENA: &str = "lena@acme.example";

async fn caller(world: &World, scope: Scope) -> Caller {
    let purpose = match &scope {
        Scope::Organization { .. } => Purpose::LeadConsole,
        _ => Purpose::Requester,
    };
    let link = world.link(LENA, purpose, scope, 77);
    match world.visits.show(&link).await.unwrap().view {
        LinkView::Session(caller) => *caller,
        view => panic!("{}", kind(&view)),
    }
}

fn posted(world: &World, caller: &Caller) -> Posted {
    let sessions = Sessions::new(world.services.clone());
    let token = sessions.form(caller, "profile");
    sessions.posted(caller, "profile", &token).unwrap()
}

fn acme() -> Scope {
    Scope::Organization { org: text("acme") }
}

fn wanted() -> Profile {
    Profile {
        name: Some(text("Lena Lind")),
        language: Language::of_tag("de"),
        time_zone: Some(text("Europe/Berlin")),
    }
}

#[tokio::test]
async fn a_person_changes_how_they_are_called_and_addressed() {
    for scope in [Scope::Own, acme()] {
        let world = World::start().await;
        let caller = caller(&world, scope).await;
        let profiles = Profiles::new(world.services.clone());
        let choice = ProfileWish::Profile(wanted());
        let form = posted(&world, &caller);
        let done = profiles.choose(&caller, &form, &choice).await;
        assert_eq!(done.result(), ActResult::Done);
        let known = profiles.show(&caller).await.unwrap().unwrap();
        assert_eq!(Profile::of(&known), wanted());
    }
}

#[tokio::test]
async fn a_form_posted_twice_acts_once() {
    let world = World::start().await;
    let caller = caller(&world, Scope::Own).await;
    let profiles = Profiles::new(world.services.clone());
    let off = ProfileWish::Mails { wanted: false };
    let form = posted(&world, &caller);
    profiles.choose(&caller, &form, &off).await.unwrap();
    let on = ProfileWish::Mails { wanted: true };
    let other = posted(&world, &caller);
    profiles.choose(&caller, &other, &on).await.unwrap();
    // The first form comes once more, as from a browser's history.
    let done = profiles.choose(&caller, &form, &off).await;
    assert_eq!(done.result(), ActResult::Done);
    assert!(!profiles.show(&caller).await.unwrap().unwrap().muted);
}

#[tokio::test]
async fn showing_a_profile_writes_nothing() {
    let world = World::start().await;
    let caller = caller(&world, Scope::Own).await;
    let profiles = Profiles::new(world.services.clone());
    let _ = world.meter.take();
    profiles.show(&caller).await.unwrap().unwrap();
    for (action, usage) in world.meter.take() {
        assert!(usage.units.write == 0.0, "{action} wrote");
    }
}

#[tokio::test]
async fn ending_all_links_ends_every_one_and_every_session() {
    let world = World::start().await;
    let own = caller(&world, Scope::Own).await;
    let console = caller(&world, acme()).await;
    let profiles = Profiles::new(world.services.clone());
    let form = posted(&world, &own);
    let done = profiles.choose(&own, &form, &ProfileWish::EndLinks).await;
    assert_eq!(done.result(), ActResult::Done);
    for caller in [&own, &console] {
        assert_eq!(profiles.show(caller).await.unwrap(), None);
        let form = posted(&world, caller);
        let choice = ProfileWish::Mails { wanted: false };
        let refused = profiles.choose(caller, &form, &choice).await;
        assert!(is_closed(&refused));
    }
    for (purpose, scope) in [
        (Purpose::Requester, Scope::Own),
        (Purpose::LeadConsole, acme()),
    ] {
        let old = world.link(LENA, purpose, scope, 78);
        assert_eq!(kind(&world.visits.show(&old).await.unwrap().view), "over");
    }
}

#[tokio::test]
async fn a_link_to_one_request_opens_no_profile() {
    let world = World::start().await;
    let one = Scope::Request {
        request: world::about(),
    };
    let caller = caller(&world, one).await;
    let profiles = Profiles::new(world.services.clone());
    assert_eq!(profiles.show(&caller).await.unwrap(), None);
}

#[test]
fn a_time_zone_is_one_that_there_is() {
    for (typed, zone) in [
        ("Europe/Berlin", "Europe/Berlin"),
        (" europe/berlin ", "Europe/Berlin"),
        ("America/New York", "America/New_York"),
        ("UTC", "UTC"),
    ] {
        assert_eq!(time_zone(typed).unwrap().as_str(), zone);
    }
    let long = format!("Europe/{}", "x".repeat(10_000));
    for typed in [
        "",
        "Atlantis",
        "../etc/passwd",
        "/etc/localtime",
        "Europe/Berlin\0",
        "Etc/Unknown",
        "<script>",
        &long,
    ] {
        assert_eq!(time_zone(typed), None, "{typed:.40}");
    }
}
