//! Every kind of change: its writes, and reading it back unchanged.

use domain::{
    Action, Change, Event, Outcome, RunId, Subject, Version,
    event::{EventData, RequestCommented},
    request::{Awaited, EarlyUpdate, Record},
    sweep::{Report, RunState, SweepRun},
};
use store::{CommitError, DueInJournal, Once, Order, ParkedBody, SHARDS, Wanted};

use crate::{
    engine::{Engine, new_id},
    sample,
};

pub(crate) fn outcome(changes: Vec<Change>) -> Outcome {
    Outcome {
        changes,
        ..Outcome::default()
    }
}

async fn write(engine: &Engine, change: Change) -> Result<(), CommitError> {
    engine
        .store
        .commit(
            &outcome(vec![change]),
            &Once::Nothing,
            sample::now(),
            &new_id,
        )
        .await
        .map(drop)
}

/// Writes a new thing, the same again as new (refused), its successor, and the successor again
/// (refused).
async fn versions_hold(engine: &Engine, make: impl Fn(Version) -> Change) {
    write(engine, make(Version::NEW)).await.unwrap();
    let again = write(engine, make(Version::NEW)).await.unwrap_err();
    assert!(matches!(again, CommitError::Conflict), "{again:?}");
    write(engine, make(Version(1))).await.unwrap();
    let late = write(engine, make(Version(1))).await.unwrap_err();
    assert!(matches!(late, CommitError::Conflict), "{late:?}");
}

#[tokio::test]
async fn organizations_memberships_and_customers_are_written_under_their_versions() {
    let engine = Engine::start().await;
    let mut org = sample::organization("acme");
    let mut membership = sample::membership("acme", "o#dd%23@acme.example");
    let mut customer = sample::customer("o#dd%23@acme.example");
    versions_hold(&engine, |version| {
        Change::Organization(domain::Organization {
            version,
            ..org.clone()
        })
    })
    .await;
    versions_hold(&engine, |version| {
        Change::Membership(domain::Membership {
            version,
            ..membership.clone()
        })
    })
    .await;
    versions_hold(&engine, |version| {
        Change::Customer(domain::Customer {
            version,
            ..customer.clone()
        })
    })
    .await;
    let loaded = engine
        .store
        .load(
            Wanted::new()
                .organization(&org.id)
                .membership(&org.id, &membership.email)
                .customer(&customer.email),
        )
        .await
        .unwrap();
    org.version = Version(2);
    membership.version = Version(2);
    customer.version = Version(2);
    assert_eq!(loaded.organization(&org.id), Some(&org));
    assert_eq!(
        loaded.membership(&org.id, &membership.email),
        Some(&membership)
    );
    assert_eq!(loaded.customer(&customer.email), Some(&customer));
}

#[tokio::test]
async fn requests_and_viewers_are_written_under_their_versions() {
    let engine = Engine::start().await;
    let mut request = sample::request("SUP-1");
    let mut person = sample::viewer("SUP-1", sample::person("ann@acme.example"));
    let org = sample::viewer(
        "SUP-1",
        domain::request::ViewerId::Organization(sample::org_id("acme")),
    );
    versions_hold(&engine, |version| {
        Change::Request(Box::new(domain::Request {
            version,
            ..request.clone()
        }))
    })
    .await;
    versions_hold(&engine, |version| {
        Change::Viewer(domain::request::Viewer {
            version,
            ..person.clone()
        })
    })
    .await;
    write(&engine, Change::Viewer(org.clone())).await.unwrap();
    write(&engine, Change::Comment(sample::comment("SUP-1", "c-1")))
        .await
        .unwrap();
    let (record, viewers) = engine
        .store
        .request_with_viewers(&request.id)
        .await
        .unwrap();
    request.version = Version(2);
    person.version = Version(2);
    assert_eq!(record, Some(Record::Known(Box::new(request.clone()))));
    assert_eq!(
        viewers,
        [
            domain::request::Viewer {
                version: Version(1),
                ..org.clone()
            },
            person.clone()
        ]
    );
    let late = write(&engine, Change::RemoveViewer(org.clone()))
        .await
        .unwrap_err();
    assert!(matches!(late, CommitError::Conflict), "{late:?}");
    write(&engine, Change::RemoveViewer(person)).await.unwrap();
    let (_, viewers) = engine
        .store
        .request_with_viewers(&request.id)
        .await
        .unwrap();
    assert_eq!(viewers.len(), 1);
}

#[tokio::test]
async fn a_comment_is_added_once() {
    let engine = Engine::start().await;
    let comment = sample::comment("SUP-1", "c-1");
    write(&engine, Change::Comment(comment.clone()))
        .await
        .unwrap();
    let again = write(&engine, Change::Comment(comment.clone()))
        .await
        .unwrap_err();
    assert!(matches!(again, CommitError::CommentExists), "{again:?}");
    assert!(!again.retryable());
    // Twice in one outcome, as when early updates hold it twice.
    let twice = outcome(vec![
        Change::Comment(sample::comment("SUP-2", "c-1")),
        Change::Comment(sample::comment("SUP-2", "c-1")),
    ]);
    engine
        .store
        .commit(&twice, &Once::Nothing, sample::now(), &new_id)
        .await
        .unwrap();
    let page = engine
        .store
        .comments(&comment.request, Order::OldestFirst, None, 10)
        .await
        .unwrap();
    assert_eq!(page.items, [comment]);
}

#[tokio::test]
async fn a_customer_who_must_be_unchanged_stops_the_commit_when_they_are_not() {
    let engine = Engine::start().await;
    let check = |version| Change::CustomerUnchanged {
        email: sample::email("ann@acme.example"),
        version: Version(version),
    };
    let customer = sample::customer("ann@acme.example");
    let membership = |email: &str| Change::Membership(sample::membership("acme", email));
    let commit = async |changes| {
        engine
            .store
            .commit(&outcome(changes), &Once::Nothing, sample::now(), &new_id)
            .await
    };
    commit(vec![check(0), membership("a@acme.example")])
        .await
        .unwrap();
    commit(vec![Change::Customer(customer.clone())])
        .await
        .unwrap();
    let late = commit(vec![check(0), membership("b@acme.example")])
        .await
        .unwrap_err();
    assert!(matches!(late, CommitError::Conflict), "{late:?}");
    commit(vec![check(1), membership("b@acme.example")])
        .await
        .unwrap();
    // A check beside a write of the same record is part of that write.
    let written = domain::Customer {
        version: Version(1),
        ..customer
    };
    commit(vec![check(1), Change::Customer(written.clone())])
        .await
        .unwrap();
    let newer = domain::Customer {
        version: Version(2),
        ..written
    };
    commit(vec![Change::Customer(newer), check(2)])
        .await
        .unwrap();
}

#[tokio::test]
async fn one_thing_written_twice_is_refused_before_anything_is_sent() {
    let engine = Engine::start().await;
    let org = sample::organization("acme");
    let twice = outcome(vec![
        Change::Organization(org.clone()),
        Change::Organization(org),
    ]);
    let error = engine
        .store
        .commit(&twice, &Once::Nothing, sample::now(), &new_id)
        .await
        .unwrap_err();
    assert!(
        matches!(
            error,
            CommitError::WrittenTwice {
                kind: "organization"
            }
        ),
        "{error:?}"
    );
    assert_eq!(engine.meter.total().calls, 0);
}

#[tokio::test]
async fn of_a_forgotten_leaver_a_trace_remains_without_an_address() {
    let engine = Engine::start().await;
    let gone = sample::membership("acme", "ann@acme.example");
    let never = sample::membership("acme", "bob@acme.example");
    for membership in [&gone, &never] {
        write(&engine, Change::Membership(membership.clone()))
            .await
            .unwrap();
    }
    for (membership, left) in [(&gone, true), (&never, false)] {
        let membership = domain::Membership {
            version: Version(1),
            ..membership.clone()
        };
        write(&engine, Change::Forget { membership, left })
            .await
            .unwrap();
    }
    let loaded = engine
        .store
        .load(
            Wanted::new()
                .affiliation(&gone.org, &gone.email)
                .affiliation(&never.org, &never.email)
                .membership(&gone.org, &gone.email),
        )
        .await
        .unwrap();
    assert!(loaded.affiliation(&gone.org, &gone.email).trace());
    assert!(!loaded.affiliation(&never.org, &never.email).trace());
    assert_eq!(loaded.membership(&gone.org, &gone.email), None);
    let items = engine.items("directory").await;
    assert_eq!(items.len(), 1);
    assert!(!format!("{items:?}").contains("ann"));
    // A person who left twice leaves the same trace.
    write(&engine, Change::Membership(gone.clone()))
        .await
        .unwrap();
    let membership = domain::Membership {
        version: Version(1),
        ..gone
    };
    let left = true;
    write(&engine, Change::Forget { membership, left })
        .await
        .unwrap();
}

fn awaited(version: Version) -> Awaited {
    let comment = sample::comment("SUP-1", "c-1");
    let update = |delivery: &str| EarlyUpdate {
        event: Event {
            at: sample::now(),
            what: EventData::RequestCommented(RequestCommented {
                request: comment.request.clone(),
                comment: comment.id.clone(),
                author: comment.author.clone(),
                body: comment.body.clone(),
                public: true,
            }),
        },
        source: sample::source(),
        delivery: sample::delivery_id(delivery),
    };
    Awaited {
        id: sample::request_ref("SUP-1"),
        updates: vec![update("d-1"), update("d-2")],
        until: domain::Days(1).after(sample::now()),
        version,
    }
}

async fn due_in_journal(engine: &Engine, now: domain::Timestamp) -> Vec<DueInJournal> {
    let mut due = Vec::new();
    for shard in 0..SHARDS {
        let page = engine
            .store
            .due_in_journal(now, shard, None, 10)
            .await
            .unwrap();
        due.extend(page.items);
    }
    due
}

#[tokio::test]
async fn early_updates_wait_with_a_deadline_until_their_request_comes() {
    let engine = Engine::start().await;
    write(&engine, Change::Awaited(awaited(Version::NEW)))
        .await
        .unwrap();
    write(&engine, Change::Awaited(awaited(Version(1))))
        .await
        .unwrap();
    let request = sample::request_ref("SUP-1");
    let loaded = engine
        .store
        .load(Wanted::new().request(&request))
        .await
        .unwrap();
    assert_eq!(
        loaded.request(&request),
        Some(&Record::Awaited(awaited(Version(2))))
    );
    let tomorrow = domain::Days(1).after(sample::now());
    assert_eq!(due_in_journal(&engine, sample::now()).await, []);
    assert_eq!(
        due_in_journal(&engine, tomorrow).await,
        [DueInJournal::EarlyUpdates(request)]
    );
    let mut came = sample::request("SUP-1");
    came.version = Version(2);
    write(&engine, Change::Request(Box::new(came)))
        .await
        .unwrap();
    assert_eq!(due_in_journal(&engine, tomorrow).await, []);
    assert!(engine.keys("journal").await.is_empty());
}

#[tokio::test]
async fn updates_whose_request_never_came_are_parked() {
    let engine = Engine::start().await;
    write(&engine, Change::Awaited(awaited(Version::NEW)))
        .await
        .unwrap();
    write(&engine, Change::AbandonAwaited(awaited(Version(1))))
        .await
        .unwrap();
    let tomorrow = domain::Days(1).after(sample::now());
    assert_eq!(due_in_journal(&engine, tomorrow).await, []);
    assert!(engine.keys("requests").await.is_empty());
    let parked = engine.store.parked(None, 10).await.unwrap();
    let ids: Vec<&str> = parked.items.iter().map(|p| p.id.as_str()).collect();
    assert_eq!(ids, ["d-1", "d-2"]);
    let ParkedBody::Canonical(body) = &parked.items[0].body else {
        panic!("an early update is parked as the canonical event");
    };
    let event: Event = serde_json::from_slice(body).unwrap();
    assert_eq!(event, awaited(Version::NEW).updates[0].event);
}

#[tokio::test]
async fn a_pointer_that_was_left_behind_can_be_dropped() {
    let engine = Engine::start().await;
    write(&engine, Change::Awaited(awaited(Version::NEW)))
        .await
        .unwrap();
    engine
        .store
        .drop_early_pointer(&sample::request_ref("SUP-1"))
        .await
        .unwrap();
    assert!(engine.keys("journal").await.is_empty());
}

fn run(state: RunState, version: Version) -> SweepRun {
    SweepRun {
        id: RunId(sample::now()),
        state,
        report: Report {
            examined: 12,
            ..Report::default()
        },
        removals: [(sample::org_id("acme"), 2)].into(),
        released: [].into(),
        removed_before: 0,
        version,
    }
}

#[tokio::test]
async fn one_run_is_open_at_a_time() {
    let engine = Engine::start().await;
    assert_eq!(engine.store.open_run().await.unwrap(), None);
    write(&engine, Change::Run(run(RunState::Running, Version::NEW)))
        .await
        .unwrap();
    let second = SweepRun {
        id: RunId(domain::Days(1).after(sample::now())),
        ..run(RunState::Running, Version::NEW)
    };
    let error = write(&engine, Change::Run(second.clone()))
        .await
        .unwrap_err();
    assert!(matches!(error, CommitError::Conflict), "{error:?}");
    write(&engine, Change::Run(run(RunState::Held, Version(1))))
        .await
        .unwrap();
    assert_eq!(
        engine.store.open_run().await.unwrap(),
        Some(run(RunState::Held, Version(2)))
    );
    let finished = RunState::Finished { at: sample::now() };
    write(&engine, Change::Run(run(finished.clone(), Version(2))))
        .await
        .unwrap();
    assert_eq!(engine.store.open_run().await.unwrap(), None);
    write(&engine, Change::Run(second)).await.unwrap();
    let of_day = engine
        .store
        .runs_of_day(domain::organization::day_of(sample::now()))
        .await
        .unwrap();
    assert_eq!(of_day, [run(finished, Version(3))]);
}

#[tokio::test]
async fn audit_entries_are_filed_by_month_and_found_by_subject() {
    let engine = Engine::start().await;
    let ann = Subject::Person(sample::email("ann@acme.example"));
    let mut homeless = sample::audit(Action::AddressSuppressed, ann.clone());
    homeless.org = None;
    let entries = vec![
        sample::audit(Action::MemberInvited, ann.clone()),
        sample::audit(Action::InvitationAccepted, ann.clone()),
        sample::audit(
            Action::RequestCreated,
            Subject::Request(sample::request_ref("SUP-1")),
        ),
        sample::audit(Action::SweepHeld, Subject::Run(RunId(sample::now()))),
        homeless,
    ];
    let outcome = Outcome {
        audit: entries.clone(),
        ..Outcome::default()
    };
    engine
        .store
        .commit(&outcome, &Once::Nothing, sample::now(), &new_id)
        .await
        .unwrap();
    let month = domain::organization::day_of(sample::now());
    let acme = sample::org_id("acme");
    let newest = engine
        .store
        .audit_of_org(Some(&acme), month, None, 3)
        .await
        .unwrap();
    let actions: Vec<_> = newest.items.iter().map(|r| r.entry.action).collect();
    assert_eq!(
        actions,
        [
            Action::SweepHeld,
            Action::RequestCreated,
            Action::InvitationAccepted
        ]
    );
    let rest = engine
        .store
        .audit_of_org(Some(&acme), month, newest.next.as_ref(), 3)
        .await
        .unwrap();
    assert_eq!(rest.items.len(), 1);
    assert_eq!(rest.items[0].entry, entries[0]);
    let nobodys = engine
        .store
        .audit_of_org(None, month, None, 3)
        .await
        .unwrap();
    assert_eq!(nobodys.items.len(), 1);
    let anns = engine.store.audit_of(&ann, None, 10).await.unwrap();
    let actions: Vec<_> = anns.items.iter().map(|r| r.entry.action).collect();
    assert_eq!(
        actions,
        [
            Action::AddressSuppressed,
            Action::InvitationAccepted,
            Action::MemberInvited
        ]
    );
}
