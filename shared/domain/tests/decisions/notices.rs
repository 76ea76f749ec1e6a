//! A desk hears what people do on their pages.

use domain::{
    Mail, Message,
    desk::{Field, FieldKind, RequestType},
    link::{Purpose, Scope},
    message::{AboutRequest, RequesterAction, Urgency},
    text::{Body, Text},
};

use crate::world::{ann, email, request, support};

fn about() -> AboutRequest {
    let request = request("SUP-1", &ann());
    AboutRequest {
        id: request.id,
        now: None,
        summary: request.summary,
    }
}

fn commented() -> RequesterAction {
    RequesterAction::Commented {
        body: Body::new("Still broken.").unwrap(),
    }
}

fn field(id: &str, label: &str) -> Field {
    Field {
        id: id.parse().unwrap(),
        label: label.parse().unwrap(),
        kind: FieldKind::Text,
        required: false,
        help: None,
        choices: Vec::new(),
    }
}

fn form(fields: Vec<Field>) -> RequestType {
    RequestType {
        id: "hardware".parse().unwrap(),
        name: "Hardware".parse().unwrap(),
        group: None,
        description: None,
        fields,
    }
}

#[test]
fn a_desk_reads_it_in_its_inbox_or_else_where_its_mails_come_from() {
    let mut desk = support();
    let told = Message::to_desk(&desk, about(), &ann(), None, commented()).unwrap();
    assert_eq!(told.to, [desk.sender.clone()]);
    desk.inbox = Some(email("queue@desk.example"));
    let told = Message::to_desk(&desk, about(), &ann(), None, commented()).unwrap();
    assert_eq!(told.to, [email("queue@desk.example")]);
    assert_eq!(told.mail.urgency(), Urgency::Desk);
    assert_eq!(told.link(), None, "the pages are personal");
}

#[test]
fn nobody_is_told_of_what_they_did_themselves() {
    let mut desk = support();
    desk.inbox = Some(ann());
    assert_eq!(
        Message::to_desk(&desk, about(), &ann(), None, commented()),
        None
    );
}

#[test]
fn a_new_request_is_told_with_the_questions_of_its_form_in_their_order() {
    let mut it = request("SUP-1", &ann());
    for (id, answer) in [("room", "3.14"), ("item", "A screen"), ("campaign", "x")] {
        it.fields
            .insert(id.parse().unwrap(), Text::new(answer).unwrap());
    }
    let form = form(vec![
        field("room", "Where?"),
        field("floor", "On which floor?"),
        field("item", "What?"),
    ]);
    let RequesterAction::Raised { answers, more, .. } = RequesterAction::raised(&it, Some(&form))
    else {
        panic!("it was raised");
    };
    let told: Vec<_> = answers
        .iter()
        .map(|(label, answer)| (label.as_str(), answer.as_str()))
        .collect();
    assert_eq!(
        told,
        [("Where?", "3.14"), ("What?", "A screen"), ("campaign", "x")]
    );
    assert_eq!(more, 0);
}

#[test]
fn the_longest_request_fits_in_an_outbox_item() {
    let mut it = request("SUP-1", &ann());
    it.description = Some(Body::new(&"名".repeat(32_768)).unwrap());
    for number in 0..64 {
        let id = format!("{}{number:02}", "i".repeat(60));
        it.fields
            .insert(id.parse().unwrap(), Text::new(&"名".repeat(4_000)).unwrap());
    }
    let action = RequesterAction::raised(&it, None);
    let RequesterAction::Raised { answers, more, .. } = &action else {
        panic!("it was raised");
    };
    assert_eq!((answers.len(), *more), (30, 34));
    assert!(answers[0].1.as_str().ends_with("名…"));
    let told = Message::to_desk(&support(), about(), &ann(), None, action).unwrap();
    let bytes = serde_json::to_vec(&told).unwrap().len();
    assert!(bytes < 300_000, "{bytes}");
}

#[test]
fn a_strangers_link_opens_their_draft_until_it_is_over() {
    let expires_at = crate::world::day(2);
    let message = Message {
        to: vec![email("noor@visitor.example")],
        desk: "support".parse().unwrap(),
        org: None,
        mail: Mail::ConfirmRequest {
            draft: "draft-1".parse().unwrap(),
            summary: about().summary,
            expires_at,
            language: None,
        },
    };
    let plan = message.link().unwrap();
    assert_eq!(plan.purpose, Purpose::ConfirmRequest);
    assert!(plan.purpose.is_single_use());
    assert_eq!(
        plan.scope,
        Scope::Draft {
            draft: "draft-1".parse().unwrap()
        }
    );
    assert_eq!(plan.expires_at, Some(expires_at));
    assert_eq!(message.mail.urgency(), Urgency::Access);
}
