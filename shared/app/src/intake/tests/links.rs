//! Links to forms that are issued for one person.

use std::collections::BTreeMap;

use domain::Customer;
use url::Url;

use super::world::{World, filled, now, text};
use crate::intake::{FormLink, FormLinkError, Opening, Raised, form_link};

fn link(once: bool, set: &[(&str, &str)]) -> FormLink {
    FormLink {
        desk: text("it"),
        kind: text("hardware"),
        email: text("nora@lanyard.example"),
        once,
        lifetime: domain::Days(14),
        set: set
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect(),
    }
}

async fn issued(world: &World, link: &FormLink) -> Result<Url, FormLinkError> {
    let services = &world.services;
    let base = Url::parse("https://desk.example").unwrap();
    form_link(
        &services.store,
        &services.keys,
        &base,
        link,
        &*services.ids,
        now(),
    )
    .await
}

fn token(url: &Url) -> String {
    url.path().strip_prefix("/l/").unwrap().to_owned()
}

#[tokio::test]
async fn a_link_raises_requests_in_its_holders_name_until_it_is_spent() {
    let world = World::start().await;
    for once in [false, true] {
        let url = issued(
            &world,
            &link(once, &[("item", "Laptop"), ("summary", "A & B")]),
        )
        .await
        .unwrap();
        let query: BTreeMap<_, _> = url.query_pairs().into_owned().collect();
        assert_eq!(query["item"], "Laptop");
        assert_eq!(query["summary"], "A & B");
        let token = token(&url);
        assert!(world.intake.opens(&token));
        let Opening::Form(form) = world.intake.open(&token).await.unwrap() else {
            panic!("not shown");
        };
        assert_eq!(form.person, Some(text("nora@lanyard.example")));
        let first = world
            .intake
            .raise_by_link(&token, &filled(&form.token))
            .await;
        assert!(matches!(first.unwrap(), Raised::Done(..)));
        let Opening::Form(form) = world.intake.open(&token).await.unwrap() else {
            assert!(once, "a link for many was spent");
            for (own, what) in [(form.token.as_str(), "its form"), ("", "no form of it")] {
                let again = world.intake.raise_by_link(&token, &filled(own)).await;
                let again = again.unwrap();
                match own {
                    "" => assert!(matches!(again, Raised::Nothing), "{what}: {again:?}"),
                    _ => assert!(matches!(again, Raised::Spent), "{what}: {again:?}"),
                }
            }
            continue;
        };
        assert!(!once, "a link for one was not spent");
        let second = world
            .intake
            .raise_by_link(&token, &filled(&form.token))
            .await;
        assert!(matches!(second.unwrap(), Raised::Done(..)));
        let twice = world
            .intake
            .raise_by_link(&token, &filled(&form.token))
            .await;
        assert!(matches!(twice.unwrap(), Raised::Before));
    }
}

#[tokio::test]
async fn it_ends_with_its_time_and_with_all_links_of_its_holder() {
    let world = World::start().await;
    let url = issued(&world, &link(false, &[])).await.unwrap();
    let mut nora = Customer::new(text("nora@lanyard.example"), None);
    nora.epoch = 1;
    world.put(vec![domain::Change::Customer(nora)]).await;
    let shown = world.intake.open(&token(&url)).await.unwrap();
    assert!(matches!(shown, Opening::Over), "{shown:?}");
    let new = issued(&world, &link(false, &[])).await.unwrap();
    let shown = world.intake.open(&token(&new)).await.unwrap();
    assert!(matches!(shown, Opening::Form(_)), "{shown:?}");
    world.clock.set(domain::Days(14).after(now()));
    let shown = world.intake.open(&token(&new)).await.unwrap();
    assert!(matches!(shown, Opening::Over), "{shown:?}");
    assert!(world.intake.opens(&token(&new)), "whose page is it?");
    assert!(!world.intake.opens("x"));
}

#[tokio::test]
async fn what_is_not_there_is_said_by_name() {
    let world = World::start().await;
    let refused = |link: FormLink| {
        let world = &world;
        async move { issued(world, &link).await.unwrap_err().to_string() }
    };
    let nowhere = FormLink {
        desk: text("nowhere"),
        ..link(false, &[])
    };
    assert_eq!(refused(nowhere).await, "there is no desk «nowhere»");
    let nothing = FormLink {
        kind: text("nothing"),
        ..link(false, &[])
    };
    assert_eq!(
        refused(nothing).await,
        "the desk «it» has no request type «nothing»"
    );
    let asked = link(false, &[("email", "eve@evil.test")]);
    assert_eq!(refused(asked).await, "the form asks for no «email»");
}
