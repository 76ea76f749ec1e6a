//! Which mails a person gets, and which links still open.

use domain::{
    Action, Actor, Customer, Evidence, Organization, Proof,
    customer::Suppression,
    decide::{end_links, mute, suppress, unmute, unwatch},
    link::Purpose,
    request::{Part, Viewer, Who},
};

use crate::{
    read::{actions, customers, mails, to},
    world::{acme, ann, bob, customer, day, lena, org_id, posted, viewer},
};

fn by_ann() -> Proof {
    posted(&ann(), Purpose::Unsubscribe)
}

#[test]
fn mails_about_one_request_are_switched_off_once() {
    let on = viewer("SUP-1", &ann(), Part::Reporter);
    let off = unwatch(on.clone(), &by_ann(), day(1));
    assert_eq!(actions(&off), [Action::MailStopped]);
    let stopped = Viewer {
        subscribed: false,
        ..on
    };
    assert!(unwatch(stopped.clone(), &by_ann(), day(1)).is_empty());
    let everybody = Viewer {
        who: Who::Organization(org_id("acme")),
        subscribed: true,
        ..stopped
    };
    assert!(
        unwatch(everybody, &by_ann(), day(1)).is_empty(),
        "an organisation gets no mail"
    );
}

#[test]
fn all_mails_that_can_be_stopped_are_switched_off_and_on_each_once() {
    let off = mute(customer(&ann()), &by_ann(), day(1));
    assert!(customers(&off)[0].muted);
    assert_eq!(actions(&off), [Action::MailStopped]);
    let muted = customers(&off)[0].clone();
    assert!(mute(muted.clone(), &by_ann(), day(1)).is_empty());
    assert_eq!(
        actions(&unmute(muted, &by_ann(), day(1))),
        [Action::MailResumed]
    );
    assert!(unmute(customer(&ann()), &by_ann(), day(1)).is_empty());
}

#[test]
fn an_address_that_bounced_gets_nothing_more_and_each_lead_learns_it_once() {
    let proof = Proof {
        actor: Actor::MailFeedback,
        evidence: Evidence::MailEvent {
            message: "m-1".parse().unwrap(),
        },
    };
    let globex = Organization {
        id: org_id("globex"),
        leads: [lena(), bob(), ann()].into(),
        ..acme()
    };
    let orgs = [acme(), globex];
    let outcome = suppress(customer(&ann()), &orgs, Suppression::Bounce, &proof, day(1));
    assert!(customers(&outcome)[0].is_suppressed());
    assert_eq!(
        mails(&outcome),
        [
            to("address_suppressed", &lena()),
            to("address_suppressed", &bob())
        ]
    );
    assert_eq!(actions(&outcome), [Action::AddressSuppressed]);
    let again = customers(&outcome)[0].clone();
    assert!(suppress(again, &orgs, Suppression::Complaint, &proof, day(2)).is_empty());
}

#[test]
fn ending_all_links_is_one_more_each_time() {
    let outcome = end_links(
        Customer {
            epoch: 4,
            ..customer(&ann())
        },
        &by_ann(),
        day(1),
    );
    assert_eq!(customers(&outcome)[0].epoch, 5);
    assert_eq!(actions(&outcome), [Action::LinksEnded]);
}
