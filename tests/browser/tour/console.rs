//! The lead's console.

use std::fmt::Write;

use tempfile::TempDir;

use super::{GUS, LENA, Visitor, Walk};

pub(super) async fn walk<V: Visitor>(walk: &mut Walk<'_, V>) {
    people(walk).await;
    off_boarding(walk).await;
    inviting(walk).await;
    inviting_many(walk).await;
    history(walk).await;
    another(walk).await;
}

async fn people<V: Visitor>(walk: &mut Walk<'_, V>) {
    walk.follows(LENA, "lead-console").await;
    walk.stop(
        "People of Acme",
        "people",
        "A lead's people with their state, last activity and inviter, and the used seats.",
    )
    .await;
    walk.person.fills("Name or address", "zebra").await;
    walk.person.presses("Apply").await;
    walk.stop(
        "Nobody matches.",
        "people-nobody-found",
        "A search without a result offers everybody.",
    )
    .await;
    walk.person.presses("Show everybody").await;
    walk.person.presses("Béla Kovács").await;
    walk.stop(
        "What can be done",
        "person",
        "One person, with the acts that a lead may choose.",
    )
    .await;
}

async fn off_boarding<V: Visitor>(walk: &mut Walk<'_, V>) {
    walk.person.presses("Off-board").await;
    walk.stop(
        "What will happen",
        "off-board",
        "Off-boarding now or on a date, with its effects and the colleague who takes over.",
    )
    .await;
    walk.person.ticks("On a date").await;
    walk.person.presses("Plan the end").await;
    walk.stop(
        "Enter a date.",
        "off-board-with-a-mistake",
        "What is missing stands in a summary, which has the focus, and beside the field.",
    )
    .await;
    walk.person.ticks("Now").await;
    walk.person.presses("End access now").await;
    walk.stop(
        "has ended.",
        "person-off-boarded",
        "A person who was off-boarded. It can be undone for 30 days.",
    )
    .await;
}

async fn inviting<V: Visitor>(walk: &mut Walk<'_, V>) {
    walk.person.presses("Invite").await;
    walk.stop(
        "Invite somebody to Acme",
        "invite",
        "The form that invites one person.",
    )
    .await;
    walk.person
        .fills("E-mail address", "pia@elsewhere.example")
        .await;
    walk.person.presses("Send the invitation").await;
    walk.stop(
        "outside the domains",
        "invite-with-a-mistake",
        "An address outside the organisation's domains is refused, and nothing typed is lost.",
    )
    .await;
}

async fn inviting_many<V: Visitor>(walk: &mut Walk<'_, V>) {
    walk.person.presses("Invite many").await;
    walk.stop(
        "Invite many",
        "invite-many",
        "The form for a list of up to a thousand people, as a file or pasted.",
    )
    .await;
    let mut list = "E-Mail;Name\r\n".to_owned();
    list += "no address;Nobody\r\nx@elsewhere.example;Elsewhere\r\namir@acme.example;Amir\r\n";
    for n in 0..220 {
        write!(list, "p{n}@acme.example;Person {n}\r\n").unwrap();
    }
    list += "p7@acme.example;Again\r\n";
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("colleagues.csv");
    std::fs::write(&file, list).unwrap();
    walk.person.brings("File", &file).await;
    walk.person.presses("Check the list").await;
    walk.stop(
        "Nobody has been yet.",
        "list-checked",
        "The preview of a list: every row is judged before anybody is invited. Rows that need a look come first.",
    )
    .await;
    walk.person.presses("Next page").await;
    walk.stop(
        "Page 2 of 3",
        "list-checked-next-page",
        "The rest of a long list.",
    )
    .await;
    walk.person.presses("Invite 220 people").await;
    walk.stop(
        "The list is done",
        "list-done",
        "The outcome of each row. Refused rows can be tried again.",
    )
    .await;
}

async fn history<V: Visitor>(walk: &mut Walk<'_, V>) {
    walk.person.presses("History").await;
    walk.stop(
        "History of Acme",
        "history",
        "The audit of the organisation in plain words.",
    )
    .await;
    walk.opens("/console/acme/history?month=2019-01").await;
    walk.stop(
        "Nothing happened this month.",
        "history-empty",
        "A month without an entry.",
    )
    .await;
    walk.person.presses("Review").await;
    walk.stop(
        "There is nobody to confirm now.",
        "review-nothing",
        "No review is due. The page shows the next date.",
    )
    .await;
}

async fn another<V: Visitor>(walk: &mut Walk<'_, V>) {
    walk.follows(GUS, "lead-console").await;
    walk.stop(
        "Every seat is taken.",
        "people-full",
        "An organisation without a free seat.",
    )
    .await;
}
