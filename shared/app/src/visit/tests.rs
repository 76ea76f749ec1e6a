#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod mail_link;
mod profile;
mod world;

use domain::{Action, Change, Role, link::Scope, request::ViewerId};
use world::{World, about, later, member, text};

use super::{form::Form, *};

/// The kind of a page, for comparison.
fn kind(view: &LinkView) -> &'static str {
    match view {
        LinkView::Invitation { .. } => "invitation",
        LinkView::KeepAccess { .. } => "keep access",
        LinkView::Approval { .. } => "approval",
        LinkView::StopMail { .. } => "stop mail",
        LinkView::Exception { .. } => "exception",
        LinkView::HeldRun(_) => "held run",
        LinkView::Session(_) => "session",
        LinkView::Done(_) => "done",
        LinkView::DoneBefore(_) => "done before",
        LinkView::Refused(_) => "refused",
        LinkView::ForeignForm => "foreign form",
        LinkView::Over => "over",
        LinkView::Unknown => "unknown",
    }
}

/// The wish that the form of a link's page is for; none where there is no form.
fn wish_for(purpose: Purpose) -> Option<Wish> {
    match purpose {
        Purpose::AcceptInvitation
        | Purpose::KeepAccess
        | Purpose::DecideInvitation
        | Purpose::ReleaseSweep => Some(Wish::Yes),
        Purpose::Approve => Some(approves()),
        Purpose::Unsubscribe => Some(Wish::Stop),
        Purpose::Requester
        | Purpose::LeadConsole
        | Purpose::Review
        | Purpose::ConfirmRequest
        | Purpose::NewRequest => None,
    }
}

fn approves() -> Wish {
    Wish::Answer {
        decision: Decision::Approved,
        reason: Some(text("It is needed")),
    }
}

#[tokio::test]
async fn every_link_shows_what_it_is_for() {
    let world = World::start().await;
    let mut shown = Vec::new();
    for (_, link) in world.every_link() {
        shown.push(kind(&world.visits.show(&link).await.unwrap().view));
    }
    assert_eq!(
        shown,
        [
            "invitation",
            "keep access",
            "session",
            "session",
            "session",
            "session",
            "stop mail",
            "stop mail",
            "approval",
            "exception",
            "held run",
        ]
    );
}

#[tokio::test]
async fn showing_writes_nothing_however_often() {
    let world = World::start().await;
    let _ = world.meter.take();
    for (purpose, link) in world.every_link() {
        for _ in 0..20 {
            world.visits.show(&link).await.unwrap();
        }
        let used = world.meter.take();
        assert!(!used.is_empty(), "{purpose:?} read nothing");
        let reads = ["GetItem", "BatchGetItem", "Query", "TransactGetItems"];
        for (action, usage) in used {
            assert!(reads.contains(&action), "{purpose:?} called {action}");
            assert!(usage.units.write == 0.0, "{purpose:?} wrote by {action}");
        }
    }
}

#[tokio::test]
async fn what_is_no_link_is_unknown_to_everything() {
    let world = World::start().await;
    let _ = world.meter.take();
    let mut forged = world.link_for(Purpose::Requester);
    let last = forged.pop().unwrap();
    forged.push(if last == 'A' { 'E' } else { 'A' });
    for token in ["", "x", &forged] {
        let shown = world.visits.show(token).await.unwrap();
        let acted = world.visits.act(token, &Wish::Yes, "").await.unwrap();
        let stopped = world.visits.stop_by_one_click(token).await.unwrap();
        let offered = world.visits.show_one_click(token).await.unwrap();
        for view in [&shown.view, &acted.view, &stopped.view, &offered.view] {
            assert_eq!(kind(view), "unknown");
        }
    }
    assert!(world.meter.take().is_empty(), "no table was asked");
}

#[tokio::test]
async fn a_single_use_link_acts_once_and_says_so_when_its_form_comes_again() {
    for purpose in [
        Purpose::AcceptInvitation,
        Purpose::KeepAccess,
        Purpose::Approve,
        Purpose::DecideInvitation,
        Purpose::ReleaseSweep,
    ] {
        let world = World::start().await;
        let link = world.link_for(purpose);
        let wish = wish_for(purpose).unwrap();
        let token = world.visits.show(&link).await.unwrap().token.unwrap();
        let first = world.visits.act(&link, &wish, &token).await.unwrap();
        assert_eq!(kind(&first.view), "done", "{purpose:?}");
        let _ = world.meter.take();
        let second = world.visits.act(&link, &wish, &token).await.unwrap();
        assert_eq!(kind(&second.view), "done before", "{purpose:?}");
        let written = world.meter.take().into_values();
        let written: f64 = written.map(|usage| usage.units.write).sum();
        assert!(written < f64::EPSILON, "{purpose:?}");
        // ViewerId changes their mind cannot do it with this link.
        let other = match wish {
            Wish::Answer { .. } => Wish::Answer {
                decision: Decision::Declined,
                reason: None,
            },
            _ => Wish::No,
        };
        let third = world.visits.act(&link, &other, &token).await.unwrap();
        assert_eq!(kind(&third.view), "over", "{purpose:?}");
        let shown = world.visits.show(&link).await.unwrap();
        assert_eq!(kind(&shown.view), "over", "{purpose:?}");
    }
}

#[tokio::test]
async fn who_declines_twice_is_told_so_although_declining_ended_the_link() {
    let world = World::start().await;
    let link = world.link_for(Purpose::AcceptInvitation);
    let token = world.visits.show(&link).await.unwrap().token.unwrap();
    for seen in ["done", "done before", "done before"] {
        let visit = world.visits.act(&link, &Wish::No, &token).await.unwrap();
        assert_eq!(kind(&visit.view), seen);
    }
    let other = world.visits.act(&link, &Wish::Yes, &token).await.unwrap();
    assert_eq!(kind(&other.view), "over");
}

#[tokio::test]
async fn of_many_who_press_at_once_one_wins_and_the_others_are_told() {
    let world = World::start().await;
    let link = world.link_for(Purpose::AcceptInvitation);
    let token = world.visits.show(&link).await.unwrap().token.unwrap();
    let mut done = 0;
    let presses = (0..16).map(|_| world.visits.act(&link, &Wish::Yes, &token));
    for visit in join_all(presses).await {
        match kind(&visit.unwrap().view) {
            "done" => done += 1,
            other => assert_eq!(other, "done before"),
        }
    }
    assert_eq!(done, 1);
}

/// Polls all of them side by side, in this one task.
async fn join_all<F: Future>(all: impl IntoIterator<Item = F>) -> Vec<F::Output> {
    let mut waiting: Vec<_> = all.into_iter().map(|one| (Box::pin(one), None)).collect();
    std::future::poll_fn(|context| {
        for (one, done) in &mut waiting {
            if done.is_none()
                && let std::task::Poll::Ready(output) = one.as_mut().poll(context)
            {
                *done = Some(output);
            }
        }
        if waiting.iter().all(|(_, done)| done.is_some()) {
            std::task::Poll::Ready(())
        } else {
            std::task::Poll::Pending
        }
    })
    .await;
    waiting.into_iter().filter_map(|(_, done)| done).collect()
}

#[tokio::test]
async fn a_form_that_is_not_the_links_own_does_nothing() {
    let world = World::start().await;
    let links = world.every_link();
    let mut tokens = vec![(None, String::new()), (None, "x".repeat(64))];
    for (_, link) in &links {
        let token = world.visits.show(link).await.unwrap().token;
        tokens.extend(token.map(|token| (Some(link), token)));
    }
    let _ = world.meter.take();
    for (purpose, link) in &links {
        let Some(wish) = wish_for(*purpose) else {
            continue;
        };
        for (_, token) in tokens.iter().filter(|(of, _)| *of != Some(link)) {
            let visit = world.visits.act(link, &wish, token).await.unwrap();
            assert_eq!(kind(&visit.view), "foreign form", "{purpose:?}");
            assert_eq!(visit.token, None);
        }
    }
    let used = world.meter.take();
    assert!(!used.contains_key("TransactWriteItems"), "{used:?}");
}

#[tokio::test]
async fn a_form_cannot_be_posted_with_a_wish_that_it_does_not_ask() {
    let world = World::start().await;
    for (purpose, link) in world.every_link() {
        let Some(token) = world.visits.show(&link).await.unwrap().token else {
            continue;
        };
        for wish in [Wish::Yes, Wish::No, Wish::Stop, approves()] {
            let asked = wish_for(purpose).is_some_and(|one| Form::of(&one) == Form::of(&wish));
            if !asked {
                let visit = world.visits.act(&link, &wish, &token).await.unwrap();
                assert_eq!(kind(&visit.view), "foreign form", "{purpose:?} {wish:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_no_where_only_a_yes_is_offered_does_nothing() {
    let world = World::start().await;
    let _ = world.meter.take();
    for purpose in [Purpose::KeepAccess, Purpose::ReleaseSweep] {
        let link = world.link_for(purpose);
        assert_eq!(kind(&world.press(&link, &Wish::No).await), "over");
        let shown = world.visits.show(&link).await.unwrap();
        assert_ne!(kind(&shown.view), "over", "{purpose:?} is not spent");
    }
    assert!(!world.meter.take().contains_key("TransactWriteItems"));
}

#[tokio::test]
async fn mails_are_stopped_for_good_as_far_as_their_link_goes() {
    let world = World::start().await;
    for (purpose, link) in world.every_link() {
        if purpose != Purpose::Unsubscribe {
            continue;
        }
        let token = world.visits.show(&link).await.unwrap().token.unwrap();
        // Twice, as by a double click.
        for _ in 0..2 {
            let stopped = world.visits.act(&link, &Wish::Stop, &token).await.unwrap();
            assert!(matches!(stopped.view, LinkView::Done(Done::MailStopped)));
            assert_eq!(stopped.token, None, "nothing is offered that takes it back");
        }
        let shown = world.visits.show(&link).await.unwrap();
        assert!(matches!(
            shown.view,
            LinkView::StopMail { stopped: true, .. }
        ));
        assert_eq!(shown.token, None);
    }
}

/// The links of one mail share their nonce, as the relay signs them.
#[tokio::test]
async fn the_form_of_one_link_is_not_taken_by_another_of_the_same_mail() {
    let world = World::start().await;
    let mailed = |scope| world.link("lena@acme.example", Purpose::Unsubscribe, scope, 7);
    let links = [
        mailed(Scope::Request { request: about() }),
        mailed(Scope::Own),
    ];
    for (own, other) in [(0, 1), (1, 0)] {
        let shown = world.visits.show(&links[own]).await.unwrap();
        let token = shown.token.unwrap();
        let act = |link: usize| world.visits.act(&links[link], &Wish::Stop, &token);
        assert_eq!(kind(&act(other).await.unwrap().view), "foreign form");
        let renewal = world.visits.renewal(&links[own]).unwrap().token;
        let renewed = world.visits.renew(&links[other], &renewal, None).await;
        let Renewed::Seen(seen) = renewed.unwrap() else {
            panic!("one question is no burst");
        };
        assert_eq!(kind(&seen.view), "foreign form");
        assert_eq!(kind(&act(own).await.unwrap().view), "done");
    }
}

#[tokio::test]
async fn the_address_for_mail_programs_shows_a_page_and_writes_nothing() {
    let world = World::start().await;
    let links = world.every_link();
    let _ = world.meter.take();
    for (purpose, link) in links {
        let expected = if purpose == Purpose::Unsubscribe {
            "stop mail"
        } else {
            "unknown"
        };
        let shown = world.visits.show_one_click(&link).await.unwrap();
        assert_eq!(kind(&shown.view), expected, "{purpose:?}");
    }
    let used = world.meter.take();
    assert!(!used.contains_key("TransactWriteItems"), "{used:?}");
}

#[tokio::test]
async fn a_mail_program_stops_mails_with_a_link_for_that_and_no_other() {
    let world = World::start().await;
    for (purpose, link) in world.every_link() {
        let expected = if purpose == Purpose::Unsubscribe {
            "done"
        } else {
            "unknown"
        };
        // Mail programs may ask twice.
        for _ in 0..2 {
            let visit = world.visits.stop_by_one_click(&link).await.unwrap();
            assert_eq!(kind(&visit.view), expected, "{purpose:?}");
        }
    }
}

#[tokio::test]
async fn an_expired_link_is_over_and_asks_no_table() {
    let world = World::start().await;
    let links = world.every_link();
    world.clock.set(later(14));
    let _ = world.meter.take();
    for (purpose, link) in links {
        assert_eq!(kind(&world.visits.show(&link).await.unwrap().view), "over");
        let acted = world.visits.act(&link, &Wish::Yes, "").await.unwrap();
        assert_eq!(kind(&acted.view), "over", "{purpose:?}");
        let stopped = world.visits.stop_by_one_click(&link).await.unwrap();
        assert_eq!(kind(&stopped.view), "over", "{purpose:?}");
        let offered = world.visits.show_one_click(&link).await.unwrap();
        assert_eq!(kind(&offered.view), "over", "{purpose:?}");
    }
    assert!(world.meter.take().is_empty());
}

#[tokio::test]
async fn a_link_is_over_when_its_epoch_has_passed() {
    let world = World::start().await;
    let mut lena = Customer::new(text("lena@acme.example"), None);
    lena.epoch = 1;
    world.put(vec![Change::Customer(lena)]).await;
    let lenas = [Purpose::LeadConsole, Purpose::Review, Purpose::Requester];
    for (purpose, link) in world.every_link() {
        if lenas.contains(&purpose) {
            let visit = world.visits.show(&link).await.unwrap();
            assert_eq!(kind(&visit.view), "over", "{purpose:?}");
        }
    }
}

#[tokio::test]
async fn a_link_opens_nothing_that_is_not_its_holders() {
    let world = World::start().await;
    world
        .put(vec![Change::Membership(member(
            "olga@acme.example",
            Role::Member,
            domain::membership::State::Active,
        ))])
        .await;
    let acme = || Scope::Organization { org: text("acme") };
    let about = || Scope::Request { request: about() };
    for (number, (who, purpose, scope)) in (100..).zip([
        // A member is no lead, a stranger no viewer, a lead no administrator.
        ("olga@acme.example", Purpose::LeadConsole, acme()),
        ("olga@acme.example", Purpose::AcceptInvitation, acme()),
        ("eve@elsewhere.example", Purpose::LeadConsole, acme()),
        ("eve@elsewhere.example", Purpose::Requester, about()),
        ("eve@elsewhere.example", Purpose::Unsubscribe, about()),
        (
            "lena@acme.example",
            Purpose::DecideInvitation,
            Scope::Invitee {
                org: text("acme"),
                email: text("uma@elsewhere.example"),
            },
        ),
    ]) {
        let link = world.link(who, purpose, scope, number);
        let visit = world.visits.show(&link).await.unwrap();
        assert_eq!(kind(&visit.view), "over", "{who} {purpose:?}");
        assert_eq!(visit.desk, None);
    }
}

#[tokio::test]
async fn a_link_that_is_over_says_what_became_of_it() {
    let world = World::start().await;
    let ended = async |link: &str| world.visits.show(link).await.unwrap().ended;
    let keeps = world.link_for(Purpose::KeepAccess);
    assert_eq!(ended(&keeps).await, None);
    world.press(&keeps, &Wish::Yes).await;
    let kept = Ended::Done {
        action: Action::MemberKept,
        by: None,
        at: world.services.now(),
    };
    assert_eq!(ended(&keeps).await, Some(kept));
    world
        .press(&world.link_for(Purpose::DecideInvitation), &Wish::No)
        .await;
    let scope = Scope::Invitee {
        org: text("acme"),
        email: text("uma@elsewhere.example"),
    };
    let otto = world.link("otto@desk.example", Purpose::DecideInvitation, scope, 77);
    let refused = Ended::Done {
        action: Action::ExceptionRefused,
        by: Some("admin@desk.example".to_owned()),
        at: world.services.now(),
    };
    assert_eq!(ended(&otto).await, Some(refused));
    world.clock.set(later(15));
    assert_eq!(ended(&otto).await, Some(Ended::Expired(later(14))));
}
