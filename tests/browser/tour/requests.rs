//! A requester's pages.

use serde_json::{Value, json};

use super::{AMIR, LENA, Visitor, Walk};

fn status(name: &str, category: &str) -> Value {
    json!({ "status": { "to": name, "category": category } })
}

async fn raise<V: Visitor>(walk: &Walk<'_, V>, key: &str, kind: &str, summary: &str) {
    let more = json!({
        "request": { "key": key, "desk": "support", "type": kind, "summary": summary },
        "reporter": { "email": AMIR, "name": "Amir Haddad" },
        "organization": "acme",
    });
    walk.story.raise_with(key, AMIR, more).await;
}

pub(super) async fn walk<V: Visitor>(walk: &mut Walk<'_, V>) {
    raise(walk, "SUP-11", "Incident", "The export takes an hour").await;
    raise(walk, "SUP-12", "Question", "What does seat 13 cost?").await;
    raise(
        walk,
        "SUP-13",
        "Question",
        "Where are last year's invoices?",
    )
    .await;
    let story = &walk.story;
    let moved = "request.transitioned";
    story
        .update("SUP-11", moved, status("Being looked into", "in_progress"))
        .await;
    story
        .update(
            "SUP-12",
            moved,
            status("Waits for you", "waiting_for_customer"),
        )
        .await;
    let approval = json!({ "approval": { "id": "11", "approvers": [AMIR] } });
    story.raise("SUP-20", LENA).await;
    story
        .update("SUP-20", "request.approval_requested", approval)
        .await;
    lists(walk).await;
    one(walk).await;
    profile(walk).await;
}

async fn lists<V: Visitor>(walk: &mut Walk<'_, V>) {
    let own = walk.story.links(AMIR, "requester").pop().unwrap();
    walk.person.is_somebody_new().await;
    walk.person.opens(&own).await;
    walk.stop(
        "The export takes an hour",
        "my-requests",
        "A requester's own requests, newest first; the other views are one click away.",
    )
    .await;
    walk.person.fills("Search", "zebra").await;
    walk.person.presses("Show").await;
    walk.stop(
        "Nothing here matches your search.",
        "my-requests-nothing-found",
        "A search without a result offers all requests.",
    )
    .await;
    walk.person.presses("Waiting for my approval").await;
    walk.stop(
        "How does it work?",
        "my-requests-approvals",
        "Requests that wait for the reader's approval.",
    )
    .await;
    walk.person.presses("I take part").await;
    walk.stop(
        "You take part in no open request.",
        "my-requests-empty",
        "An empty list says how to fill it.",
    )
    .await;
    walk.person.presses("Choose columns").await;
    walk.stop(
        "Which columns your lists have",
        "columns",
        "The columns of the lists and their order, remembered for the person.",
    )
    .await;
    walk.opens("/new").await;
    walk.person.presses("Customer support").await;
    walk.person.presses("Order").await;
    walk.stop(
        "You send it as",
        "form-of-a-member",
        "The same form for a person with a session: no confirmation, and the request can be shared.",
    )
    .await;
}

async fn one<V: Visitor>(walk: &mut Walk<'_, V>) {
    walk.opens("/requests/support/SUP-7").await;
    walk.person
        .fills(
            "Your comment",
            "Thank you. *Ten*, please:\n\n- five for Lisbon\n- five for Porto",
        )
        .await;
    walk.person.presses("Send comment").await;
    walk.stop(
        "Your comment is on its way",
        "request",
        "One request: its status, history, answers and comments, and the buttons that its reader may use.",
    )
    .await;
    walk.person
        .fills("A colleague's e-mail address", "who@acme.example")
        .await;
    walk.person.presses("Share with colleague").await;
    walk.stop(
        "Nobody with this address has access",
        "request-with-a-mistake",
        "A request with a mistake beside its field; nothing typed is lost.",
    )
    .await;
    walk.opens("/requests/support/SUP-20").await;
    walk.stop(
        "Your approval is asked for",
        "request-to-approve",
        "A request that waits for its reader's approval.",
    )
    .await;
}

async fn profile<V: Visitor>(walk: &mut Walk<'_, V>) {
    walk.person.presses("Profile").await;
    walk.stop(
        "Your profile",
        "profile",
        "Name, language, time zone, mails, and the button that ends all links.",
    )
    .await;
    walk.person.fills("Time zone", "Europe/Atlantis").await;
    walk.person.presses("Save").await;
    walk.stop(
        "There is no such time zone.",
        "profile-with-a-mistake",
        "An unknown time zone is refused with an example.",
    )
    .await;
    walk.person.fills("Time zone", "Europe/Berlin").await;
    walk.person.chooses("Language", "Deutsch").await;
    walk.person.presses("Save").await;
    walk.stop(
        "Ihr Profil ist gespeichert.",
        "profile-in-german",
        "The same in German: every page and every mail follows the profile.",
    )
    .await;
    walk.opens("/requests").await;
    walk.stop(
        "Meine Anfragen",
        "my-requests-in-german",
        "A requester's own requests in German.",
    )
    .await;
    walk.opens("/requests/support/SUP-7").await;
    walk.stop(
        "Ihr Kommentar",
        "request-in-german",
        "One request in German; what people wrote stays as they wrote it.",
    )
    .await;
}
