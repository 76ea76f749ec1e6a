//! The roster, and what is done to one person.

use std::collections::BTreeMap;

use domain::{
    Change, Code, Refusal, Request, RequestRef, Version,
    membership::Leaving as Planned,
    request::{Category, Channel, Part, Record, Status, Viewer, ViewerId},
};

use super::{
    world::{days, member},
    *,
};

async fn listed(world: &World, query: &Query) -> Vec<String> {
    let lena = world.caller("lena@acme.example", "acme");
    let roster = world
        .console
        .roster(&lena, &text("acme"), query)
        .await
        .unwrap();
    let people = roster.people.iter();
    people
        .map(|person| person.membership.email.local_part().to_owned())
        .collect()
}

fn ordered(order: Order) -> Query {
    Query {
        order,
        ..Query::default()
    }
}

#[tokio::test]
async fn people_are_found_by_name_or_address_and_by_kind() {
    let world = World::start().await;
    let mut named = member("xo@acme.example", Role::Member, State::Active);
    named.name = Some(text("Ännchen Öst"));
    world.put(vec![domain::Change::Membership(named)]).await;
    let search = |search: &str| Query {
        search: search.to_owned(),
        ..Query::default()
    };
    assert_eq!(listed(&world, &search(" ÄNNCHEN ")).await, ["xo"]);
    assert_eq!(listed(&world, &search("bob@")).await, ["bob"]);
    assert!(listed(&world, &search("nobody")).await.is_empty());
    for (kind, expected) in [
        (Kind::Warned, vec!["will"]),
        (Kind::Invited, vec!["nia"]),
        (Kind::Active, vec!["ann", "bob", "lena", "xo"]),
        (Kind::Closed, vec![]),
    ] {
        let query = Query {
            kind: Some(kind),
            ..Query::default()
        };
        assert_eq!(listed(&world, &query).await, expected, "{kind:?}");
    }
}

#[tokio::test]
async fn people_are_put_in_order() {
    let world = World::start().await;
    let names = ["ann", "bob", "lena", "nia", "will"];
    assert_eq!(listed(&world, &ordered(Order::Name)).await, names);
    // Nobody knows when Lena, Nia and Will were active: that is longer ago than anything.
    let silent = ["lena", "nia", "will", "bob", "ann"];
    assert_eq!(listed(&world, &ordered(Order::Silent)).await, silent);
    let recent = listed(&world, &ordered(Order::Recent)).await;
    assert_eq!(recent[..2], ["ann", "bob"]);
}

#[tokio::test]
async fn people_are_put_in_the_order_of_what_only_some_orders_ask_for() {
    let world = World::start().await;
    let mut changed = Vec::new();
    for (who, since, by) in [
        ("zoe", days(2), "amir@acme.example"),
        ("yan", days(3), "bela@acme.example"),
    ] {
        let email = format!("{who}@acme.example");
        let mut person = member(&email, Role::Member, State::Active);
        person.since = since;
        person.invited_by = Actor::Person(text(by));
        changed.push(domain::Change::Membership(person));
    }
    world.put(changed).await;
    let newest = listed(&world, &ordered(Order::Newest)).await;
    assert_eq!(newest[..2], ["yan", "zoe"]);
    let by_inviter = listed(&world, &ordered(Order::InvitedBy)).await;
    let place = |who: &str| by_inviter.iter().position(|one| one == who);
    assert!(place("zoe") < place("yan"), "{by_inviter:?}");
}

#[tokio::test]
async fn several_thousand_people_are_paged_and_counted() {
    let world = World::start().await;
    for chunk in 0..30 {
        let many = (0..80)
            .map(|n| {
                let email = format!("p{chunk:02}{n:02}@acme.example");
                domain::Change::Membership(member(&email, Role::Member, State::Active))
            })
            .collect();
        world.put(many).await;
    }
    let lena = world.caller("lena@acme.example", "acme");
    let page = async |page| {
        let query = Query {
            page,
            ..ordered(Order::Silent)
        };
        world
            .console
            .roster(&lena, &text("acme"), &query)
            .await
            .unwrap()
    };
    let last = page(9_999).await;
    assert_eq!((last.found, last.page, last.pages), (2_405, 49, 49));
    assert_eq!(last.people.len(), 5);
    assert_eq!(last.people[4].membership.email.local_part(), "ann");
    assert_eq!(last.counts[&Kind::Active], 2_403);
    assert_eq!(page(0).await.people.len(), 50);
}

#[tokio::test]
async fn a_person_is_found_by_a_handle_that_tells_no_address() {
    let world = World::start().await;
    let lena = world.caller("lena@acme.example", "acme");
    let (console, acme) = (&world.console, &text("acme"));
    let handle = world.handle("bob@acme.example");
    assert!(!handle.contains("bob"));
    let bob = console.person(&lena, acme, &handle).await.unwrap();
    assert_eq!(bob.person.membership.email, text("bob@acme.example"));
    assert!(!bob.is_caller && !bob.is_last_lead);
    let own = world.handle("lena@acme.example");
    let own = console.person(&lena, acme, &own).await.unwrap();
    assert!(own.is_caller && own.is_last_lead);
    for foreign in [
        world.handle("gus@globex.example"),
        String::new(),
        "%00".to_owned(),
    ] {
        assert!(is_closed(&console.person(&lena, acme, &foreign).await));
        assert!(is_closed(&console.leaving(&lena, acme, &foreign).await));
    }
}

#[tokio::test]
async fn whoever_is_not_there_cannot_be_acted_on() {
    let world = World::start().await;
    let lena = world.caller("lena@acme.example", "acme");
    let (console, acme) = (&world.console, &text("acme"));
    let (posted, gus) = (world.posted(), text("gus@globex.example"));
    let by = (&lena, &posted);
    let came = console.act(by, acme, &gus, Act::Keep).await.result();
    assert_eq!(came, ActResult::Unknown);
    let came = console
        .offboard(by, acme, &gus, &offboarding())
        .await
        .result();
    assert_eq!(came, ActResult::Unknown);
}

#[tokio::test]
async fn off_boarding_ends_access_and_can_be_undone() {
    let world = World::start().await;
    let lena = world.caller("lena@acme.example", "acme");
    let (console, acme, bob) = (&world.console, &text("acme"), text("bob@acme.example"));
    let told = console
        .leaving(&lena, acme, &world.handle("bob@acme.example"))
        .await
        .unwrap();
    assert_eq!(told.undo_until, Days(30).after(now()));
    let colleagues: Vec<_> = told
        .colleagues
        .iter()
        .map(|(email, _)| email.local_part())
        .collect();
    assert_eq!(colleagues, ["lena", "ann", "will"], "the acting lead first");
    let posted = world.posted();
    for _ in 0..2 {
        let came = console
            .offboard((&lena, &posted), acme, &bob, &offboarding())
            .await;
        assert_eq!(came.result(), ActResult::Done);
    }
    assert_eq!(world.organization().await.seats_used, 4);
    let undo = world.posted();
    let came = console
        .act((&lena, &undo), acme, &bob, Act::Restore)
        .await
        .result();
    assert_eq!(came, ActResult::Done);
    assert!(
        world
            .membership("bob@acme.example")
            .await
            .state
            .stage()
            .has_access()
    );
    assert_eq!(world.organization().await.seats_used, 5);
}

#[tokio::test]
async fn a_leaving_is_planned_and_taken_back() {
    let world = World::start().await;
    let lena = world.caller("lena@acme.example", "acme");
    let (console, acme, bob) = (&world.console, &text("acme"), text("bob@acme.example"));
    let asked = Offboarding {
        at: Some(Days(7).after(now())),
        hand_over_to: Some(text("ann@acme.example")),
        ..offboarding()
    };
    let came = console
        .offboard((&lena, &world.posted()), acme, &bob, &asked)
        .await;
    assert_eq!(came.result(), ActResult::Done);
    let planned = world.membership("bob@acme.example").await;
    assert!(matches!(&planned.leaving, Some(Planned { at, .. }) if Some(*at) == asked.at));
    assert_eq!(Kind::of(&planned), Kind::Leaving);
    let came = console
        .act((&lena, &world.posted()), acme, &bob, Act::CancelLeaving)
        .await;
    assert_eq!(came.result(), ActResult::Done);
    assert_eq!(world.membership("bob@acme.example").await.leaving, None);
}

#[tokio::test]
async fn the_last_lead_neither_goes_nor_steps_down() {
    let world = World::start().await;
    let lena = world.caller("lena@acme.example", "acme");
    let (console, acme) = (&world.console, &text("acme"));
    let (own, ann) = (text("lena@acme.example"), text("ann@acme.example"));
    let gone = console
        .offboard((&lena, &world.posted()), acme, &own, &offboarding())
        .await
        .result();
    assert!(matches!(gone, ActResult::Refused(no) if no.code == Code::LastLead));
    let step_down = Act::SetRole(Role::Member);
    let down = console
        .act((&lena, &world.posted()), acme, &own, step_down)
        .await
        .result();
    assert!(matches!(down, ActResult::Refused(no) if no.code == Code::LastLead));
    let lead = Act::SetRole(Role::Lead);
    console
        .act((&lena, &world.posted()), acme, &ann, lead)
        .await
        .unwrap();
    let posted = world.posted();
    let down = console
        .act((&lena, &posted), acme, &own, step_down)
        .await
        .result();
    assert_eq!(down, ActResult::Done);
    // Her session ended with it.
    assert!(is_closed(
        &console.roster(&lena, acme, &Query::default()).await
    ));
}

#[tokio::test]
async fn a_successor_has_to_be_a_colleague_with_access() {
    let world = World::start().await;
    let lena = world.caller("lena@acme.example", "acme");
    for to in ["nia@acme.example", "gus@globex.example", "bob@acme.example"] {
        let asked = Offboarding {
            hand_over_to: Some(text(to)),
            ..offboarding()
        };
        let bob = text("bob@acme.example");
        let came = world
            .console
            .offboard((&lena, &world.posted()), &text("acme"), &bob, &asked)
            .await
            .result();
        assert!(
            matches!(came, ActResult::Refused(no) if no.code == Code::HandOverToNotAMember),
            "{to}"
        );
    }
}

#[tokio::test]
async fn an_invitation_says_what_came_of_it() {
    let world = World::start().await;
    let lena = world.caller("lena@acme.example", "acme");
    let (console, acme) = (&world.console, &text("acme"));
    for (email, expected) in [
        ("new@acme.example", InvitedOne::Invited),
        ("ann@acme.example", InvitedOne::AlreadyHere),
        (
            "x@elsewhere.example",
            InvitedOne::Refused(Refusal::new(
                Code::DomainNotAllowed,
                Code::DomainNotAllowed.words(),
            )),
        ),
    ] {
        let told = console
            .invite(
                (&lena, &world.posted()),
                acme,
                &text(email),
                &member_terms(),
            )
            .await
            .unwrap();
        assert_eq!(told, expected, "{email}");
    }
    let mut asking = world.organization().await;
    asking.policy.outside_domain = domain::policy::OutsideDomain::Ask;
    world.put(vec![domain::Change::Organization(asking)]).await;
    let told = console
        .invite(
            (&lena, &world.posted()),
            acme,
            &text("x@elsewhere.example"),
            &member_terms(),
        )
        .await
        .unwrap();
    assert_eq!(told, InvitedOne::Asked);
}

/// Bob's request for Acme, as it is stored, with Bob's view of it.
fn request_of_bob() -> Vec<Change> {
    let id: RequestRef = RequestRef {
        desk: text("support"),
        key: text("SUP-1"),
    };
    let request = Request {
        id: id.clone(),
        kind: text("Question"),
        summary: text("The door does not open"),
        description: None,
        fields: BTreeMap::new(),
        url: None,
        reporter: text("bob@acme.example"),
        reporter_name: Some(text("Bob Birch")),
        handed: None,
        org: Some(text("acme")),
        channel: Channel::Form,
        status: Status {
            name: text("New"),
            category: Category::New,
        },
        status_at: now(),
        resolution: None,
        moved: None,
        approvals: BTreeMap::new(),
        history: Vec::new(),
        created_at: now(),
        version: Version::NEW,
    };
    let viewer = Viewer {
        request: id,
        who: ViewerId::Person(text("bob@acme.example")),
        kind: text("Question"),
        summary: text("The door does not open"),
        parts: [Part::Reporter].into(),
        now: None,
        subscribed: true,
        open: true,
        moved_at: now(),
        version: Version::NEW,
    };
    vec![Change::Request(Box::new(request)), Change::Viewer(viewer)]
}

#[tokio::test]
async fn open_requests_are_listed_handed_over_with_who_raised_them_and_given_back() {
    let world = World::start().await;
    world.put(request_of_bob()).await;
    let lena = world.caller("lena@acme.example", "acme");
    let (console, acme, bob) = (&world.console, &text("acme"), text("bob@acme.example"));
    let stored = async || {
        let id = RequestRef {
            desk: text("support"),
            key: text("SUP-1"),
        };
        let (record, _) = world
            .services
            .store
            .request_with_viewers(&id)
            .await
            .unwrap();
        match record {
            Some(Record::Known(request)) => *request,
            other => panic!("{other:?}"),
        }
    };
    let told = console
        .leaving(&lena, acme, &world.handle("bob@acme.example"))
        .await
        .unwrap();
    assert_eq!(told.open_requests.len(), 1);
    // The acting lead is the first to choose.
    assert_eq!(told.colleagues[0].0, text("lena@acme.example"));
    let asked = Offboarding {
        hand_over_to: Some(text("ann@acme.example")),
        ..offboarding()
    };
    let joined = world.membership("bob@acme.example").await.joined_at;
    let by = (&lena, &world.posted());
    console.offboard(by, acme, &bob, &asked).await.unwrap();
    let it = stored().await;
    assert_eq!(it.reporter, text("ann@acme.example"));
    let handed = it.handed.unwrap();
    assert_eq!(handed.raised_by_name, Some(text("Bob Birch")));
    assert_eq!(handed.by, domain::Actor::Person(text("lena@acme.example")));
    let left = world.membership("bob@acme.example").await;
    assert_eq!(left.handed.as_ref().unwrap().requests, 1);

    let by = (&lena, &world.posted());
    console.act(by, acme, &bob, Act::Restore).await.unwrap();
    let it = stored().await;
    assert_eq!((it.reporter, it.handed), (bob, None));
    let back = world.membership("bob@acme.example").await;
    assert_eq!(back.handed, None, "all came back");
    assert_eq!(back.joined_at, joined);
    assert_eq!(Some(back.since), joined, "an undo keeps since when");
}
