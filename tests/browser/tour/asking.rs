//! A stranger asks, and somebody follows a link to a form.

use app::intake::FormLink;

use super::{NOOR, Visitor, Walk};

pub(super) async fn walk<V: Visitor>(walk: &mut Walk<'_, V>) {
    a_stranger(walk).await;
    the_holder_of_a_link(walk).await;
}

async fn a_stranger<V: Visitor>(walk: &mut Walk<'_, V>) {
    walk.opens("/new").await;
    walk.stop(
        "Customer support",
        "desks",
        "The desks that a reader may ask, here those open to everybody.",
    )
    .await;
    walk.person.presses("Customer support").await;
    walk.person
        .unfolds("Invoices come by e-mail from January")
        .await;
    walk.stop(
        "What do you need?",
        "request-types",
        "A desk's request types in groups, below its announcements.",
    )
    .await;
    walk.person.presses("Incident").await;
    walk.stop(
        "What happens, and what should happen?",
        "form",
        "The form of a request type, for a stranger.",
    )
    .await;
    walk.person
        .fills("Your e-mail address", "noor at visitor")
        .await;
    walk.person.fills("On which page?", "the third").await;
    walk.person
        .presses("Send, and get the link to confirm")
        .await;
    walk.stop(
        "answers need another look",
        "form-with-mistakes",
        "A form with mistakes: each beside its field, all of them above the form, and nothing typed is lost.",
    )
    .await;
    walk.person.fills("Your e-mail address", NOOR).await;
    walk.person
        .fills("What is it about", "The report ends at page 3")
        .await;
    walk.person
        .fills("What happens, and what should happen?", "It has 12 pages.")
        .await;
    walk.person
        .chooses("Who is affected?", "Several people")
        .await;
    walk.person
        .fills("On which page?", "https://app.acme.example/report")
        .await;
    walk.person
        .presses("Send, and get the link to confirm")
        .await;
    walk.stop(
        "Check your mailbox",
        "confirmation-mailed",
        "A stranger's request waits until they confirm it by the link in their mail.",
    )
    .await;
    walk.follows(NOOR, "confirm-request").await;
    walk.stop(
        "Is this request yours?",
        "confirm-request",
        "A stranger's request, to confirm before it counts.",
    )
    .await;
    walk.person.presses("Yes, send it").await;
    walk.stop(
        "Your request is with the desk.",
        "request-raised",
        "The request right after it was raised.",
    )
    .await;
}

async fn the_holder_of_a_link<V: Visitor>(walk: &mut Walk<'_, V>) {
    let link = FormLink {
        desk: "it".parse().unwrap(),
        kind: "hardware".parse().unwrap(),
        email: "nora@lanyard.example".parse().unwrap(),
        once: true,
        lifetime: domain::Days(14),
        set: vec![("item".to_owned(), "Laptop".to_owned())],
    };
    let base = walk.story.base_url().parse().unwrap();
    let link = walk.story.operator().form_link(&base, &link).await;
    walk.person.opens(link.unwrap().as_str()).await;
    walk.stop(
        "What do you need?",
        "form-by-link",
        "A form from a personal link, partly filled in.",
    )
    .await;
}
