//! The choices of a person about their mails and links.

use domain::{
    Action, Customer, Proof,
    decide::{end_links, mute, unmute, unwatch},
    link::Purpose,
    request::{Part, Viewer, ViewerId},
};

use crate::{
    read::{actions, customers},
    world::{ann, customer, day, org_id, posted, viewer},
};

fn by_ann() -> Proof {
    posted(&ann(), Purpose::Unsubscribe)
}

#[test]
fn mails_about_one_request_are_switched_off_once() {
    let on = viewer("SUP-1", &ann(), Part::Reporter);
    let off = unwatch(on.clone(), &by_ann().at(day(1)));
    assert_eq!(actions(&off), [Action::MailStopped]);
    let stopped = Viewer {
        subscribed: false,
        ..on
    };
    assert!(unwatch(stopped.clone(), &by_ann().at(day(1))).is_empty());
    let everybody = Viewer {
        who: ViewerId::Organization(org_id("acme")),
        subscribed: true,
        ..stopped
    };
    assert!(
        unwatch(everybody, &by_ann().at(day(1))).is_empty(),
        "an organisation gets no mail"
    );
}

#[test]
fn all_mails_that_can_be_stopped_are_switched_off_and_on_each_once() {
    let off = mute(customer(&ann()), &by_ann().at(day(1)));
    assert!(customers(&off)[0].muted);
    assert_eq!(actions(&off), [Action::MailStopped]);
    let muted = customers(&off)[0].clone();
    assert!(mute(muted.clone(), &by_ann().at(day(1))).is_empty());
    assert_eq!(
        actions(&unmute(muted, &by_ann().at(day(1)))),
        [Action::MailResumed]
    );
    assert!(unmute(customer(&ann()), &by_ann().at(day(1))).is_empty());
}

#[test]
fn ending_all_links_is_one_more_each_time() {
    let outcome = end_links(
        Customer {
            epoch: 4,
            ..customer(&ann())
        },
        &by_ann().at(day(1)),
    );
    assert_eq!(customers(&outcome)[0].epoch, 5);
    assert_eq!(actions(&outcome), [Action::LinksEnded]);
}
