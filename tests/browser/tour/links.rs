//! The pages of links that begin no session.

use serde_json::json;

use super::{ADA, AMIR, INES, LENA, NILS, Visitor, Walk};

pub(super) async fn walk<V: Visitor>(walk: &mut Walk<'_, V>) {
    nobody_in_particular(walk).await;
    an_invitee(walk).await;
    an_administrator(walk).await;
    an_approver(walk).await;
}

async fn nobody_in_particular<V: Visitor>(walk: &mut Walk<'_, V>) {
    walk.opens("/l/cut-by-a-mail-progr").await;
    walk.stop(
        "There is nothing here",
        "nothing-here",
        "An unknown address, perhaps cut by a mail program. The page offers a new link.",
    )
    .await;
    walk.opens("/requests").await;
    walk.stop(
        "This page needs your personal link",
        "no-session",
        "A browser without a session, or with one that ended. The page says how to come back.",
    )
    .await;
    walk.opens("/send-link").await;
    walk.stop(
        "Send me my link",
        "send-link",
        "The form that mails a person their link again.",
    )
    .await;
    walk.person
        .fills("E-mail address", "stranger@visitor.example")
        .await;
    walk.person.presses("Send me my link").await;
    walk.stop(
        "Check your mailbox",
        "link-mailed",
        "The answer is the same for every address, known or not.",
    )
    .await;
}

async fn an_invitee<V: Visitor>(walk: &mut Walk<'_, V>) {
    let until = walk.story.now() + jiff::SignedDuration::from_hours(24 * 200);
    let terms = json!({
        "message": "Welcome, Nils. Here you reach the people who keep our accounts running.",
        "access_until": until.to_string(),
    });
    walk.story.invite_with("acme", LENA, NILS, terms).await;
    walk.follows(NILS, "accept-invitation").await;
    walk.stop(
        "Accept",
        "invitation",
        "An invitation with its inviter, its organisation and its end, to accept or decline.",
    )
    .await;
    walk.person.presses("Accept").await;
    walk.stop(
        "You have access",
        "invitation-accepted",
        "The invitation is accepted, and the invitee's own link is on its way.",
    )
    .await;
    walk.follows(NILS, "accept-invitation").await;
    walk.stop(
        "This link no longer works",
        "link-over",
        "A used link. The page offers to mail a new one to the same address.",
    )
    .await;
}

async fn an_administrator<V: Visitor>(walk: &mut Walk<'_, V>) {
    walk.story
        .invite("initech", INES, "bob@partner.example")
        .await;
    walk.follows(ADA, "decide-invitation").await;
    walk.stop(
        "bob@partner.example",
        "exception",
        "An administrator allows or refuses an invitation outside an organisation's domains.",
    )
    .await;
}

async fn an_approver<V: Visitor>(walk: &mut Walk<'_, V>) {
    let more = json!({
        "request": {
            "key": "SUP-7", "desk": "support", "type": "Order", "summary": "Ten more seats",
            "description": "Our team in Lisbon begins in January.",
            "fields": { "item": "More seats", "amount": "10", "invoice-to": "office@acme.example" },
        },
        "reporter": { "email": AMIR, "name": "Amir Haddad" },
        "organization": "acme",
    });
    walk.story.raise_with("SUP-7", AMIR, more).await;
    let agent = json!({ "name": "Ada", "email": "ada@desk.example", "role": "agent" });
    walk.story.comment("SUP-7", agent).await;
    let due = walk.story.now() + jiff::SignedDuration::from_hours(24 * 5);
    let approval = json!({
        "approval": { "id": "7", "approvers": [NILS, LENA], "due": due.to_string() },
    });
    walk.story
        .update("SUP-7", "request.approval_requested", approval)
        .await;
    walk.follows(NILS, "approve").await;
    walk.stop(
        "Ten more seats",
        "approval",
        "An approver reads the request, answers, and may give a reason.",
    )
    .await;
    walk.person.fills("Why", "Budgeted for January.").await;
    walk.person.presses("Approve").await;
    walk.stop(
        "You approved",
        "approval-answered",
        "The answer is recorded, and the reporter gets a mail.",
    )
    .await;
    walk.follows(AMIR, "unsubscribe").await;
    walk.stop(
        "Stop these e-mails",
        "stop-mails",
        "The link at the foot of each mail stops the mails about one request.",
    )
    .await;
    walk.person.presses("Stop these e-mails").await;
    walk.stop(
        "The e-mails are stopped",
        "mails-stopped",
        "The mails are stopped. The request's page starts them again; this link cannot.",
    )
    .await;
}
