//! A run of the sweep as a whole: its stop, its release, its digests.

use std::collections::BTreeMap;

use domain::{
    Action, Code, Mail, OrgId, Organization, RunId, Version,
    decide::{digest, finish, finish_released, hold, over_limit, release},
    desk::Desk,
    link::Purpose,
    sweep::{Report, RunState, SweepRun},
};

use crate::{
    read::{actions, mail, mails, to},
    world::{acme, admin, ann, bob, day, lena, org_id, posted, support, time},
};

/// An organisation of so many members that may lose this share, or at least so many.
fn org(id: &str, members: u32, percent: u8, floor: u32) -> Organization {
    let mut org = Organization {
        id: org_id(id),
        seats_used: members,
        ..acme()
    };
    org.policy.inactivity.max_removals_percent = percent;
    org.policy.inactivity.max_removals_floor = floor;
    org
}

fn asked(removals: &[(&str, u32)], orgs: Vec<Organization>) -> Option<u32> {
    let removals = removals.iter().map(|(id, n)| (org_id(id), *n)).collect();
    let orgs = orgs.into_iter().map(|org| (org.id.clone(), org)).collect();
    over_limit(&removals, &orgs)
}

#[test]
fn one_organisation_may_lose_its_share_and_not_one_more() {
    assert_eq!(asked(&[("acme", 20)], vec![org("acme", 400, 5, 10)]), None);
    assert_eq!(
        asked(&[("acme", 21)], vec![org("acme", 400, 5, 10)]),
        Some(20)
    );
}

#[test]
fn a_large_organisation_beside_it_does_not_widen_a_small_ones_share() {
    let orgs = || vec![org("acme", 400, 5, 10), org("globex", 10_000, 5, 10)];
    assert_eq!(asked(&[("acme", 20), ("globex", 1)], orgs()), None);
    assert_eq!(asked(&[("acme", 21), ("globex", 1)], orgs()), Some(20));
}

#[test]
fn a_small_organisation_may_lose_the_floor() {
    assert_eq!(asked(&[("acme", 10)], vec![org("acme", 12, 5, 10)]), None);
    assert_eq!(
        asked(&[("acme", 11)], vec![org("acme", 12, 5, 10)]),
        Some(10)
    );
    assert_eq!(asked(&[("acme", 1)], vec![org("acme", 12, 5, 0)]), Some(0));
}

#[test]
fn all_of_them_together_may_lose_no_more_than_the_strictest_allows_for_that_many() {
    let orgs = vec![org("acme", 12, 5, 10), org("globex", 12, 50, 10)];
    assert_eq!(asked(&[("acme", 5), ("globex", 5)], orgs.clone()), None);
    assert_eq!(asked(&[("acme", 6), ("globex", 5)], orgs), Some(10));
}

#[test]
fn a_run_that_removes_nobody_is_never_too_much() {
    assert_eq!(asked(&[], Vec::new()), None);
    assert_eq!(asked(&[("acme", 0)], vec![org("acme", 0, 0, 0)]), None);
}

fn run() -> SweepRun {
    SweepRun {
        id: RunId(day(90)),
        state: RunState::Running,
        report: Report::default(),
        removals: BTreeMap::from([(org_id("acme"), 11), (org_id("globex"), 2)]),
        released: [].into(),
        removed_before: 0,
        version: Version(1),
    }
}

fn written(outcome: &domain::Outcome) -> &SweepRun {
    match &outcome.changes[..] {
        [domain::Change::Run(run)] => run,
        _ => panic!("a run is written and nothing else"),
    }
}

#[test]
fn a_held_run_tells_the_administrators_what_it_would_do() {
    let orgs: BTreeMap<OrgId, Organization> = [
        org("acme", 12, 5, 10),
        Organization {
            desk: "it".parse().unwrap(),
            ..org("globex", 12, 5, 10)
        },
    ]
    .map(|org| (org.id.clone(), org))
    .into();
    let silent = Desk {
        id: "it".parse().unwrap(),
        administrators: [].into(),
        ..support()
    };
    let outcome = hold(
        run(),
        10,
        &orgs,
        &[support(), silent],
        &time(day(90)).at(day(90)),
    );
    assert_eq!(
        (&written(&outcome).state, written(&outcome).report.held),
        (&RunState::Held, 13)
    );
    assert_eq!(mails(&outcome), [to("sweep_held", &admin())]);
    let Mail::SweepHeld {
        would_remove,
        limit,
        organizations,
        ..
    } = mail(&outcome)
    else {
        panic!("held")
    };
    assert_eq!((*would_remove, *limit, organizations.len()), (11, 10, 1));
    assert_eq!(actions(&outcome), [Action::SweepHeld]);
}

#[test]
fn a_held_run_is_released_once() {
    let held = SweepRun {
        state: RunState::Held,
        ..run()
    };
    let proof = posted(&admin(), Purpose::ReleaseSweep);
    let all = [org_id("acme"), org_id("globex")].into();
    let outcome = release(held, &all, &proof.at(day(91))).unwrap();
    assert_eq!(written(&outcome).state, RunState::Released { at: day(91) });
    assert_eq!(actions(&outcome), [Action::SweepReleased]);
    let again = release(written(&outcome).clone(), &all, &proof.at(day(91))).unwrap_err();
    assert_eq!(again.code, Code::NotPossibleNow);
}

#[test]
fn an_administrator_releases_the_organisations_of_their_desk_and_no_others() {
    let held = SweepRun {
        state: RunState::Held,
        ..run()
    };
    let proof = posted(&admin(), Purpose::ReleaseSweep);
    let (acme, globex) = ([org_id("acme")].into(), [org_id("globex")].into());
    let outcome = release(held.clone(), &acme, &proof.at(day(91))).unwrap();
    let part = written(&outcome).clone();
    assert_eq!((&part.state, &part.released), (&RunState::Held, &acme));
    assert_eq!(part.waiting().collect::<Vec<_>>(), [(&org_id("globex"), 2)]);
    assert_eq!(actions(&outcome), [Action::SweepReleased]);
    // Theirs is released; and of no desk of the run, there is nothing to release.
    for nothing in [acme, [].into(), [org_id("initech")].into()] {
        let refusal = release(part.clone(), &nothing, &proof.at(day(91))).unwrap_err();
        assert_eq!(refusal.code, Code::NotPossibleNow);
    }
    let outcome = finish_released(part, 11, Vec::new(), day(91));
    let rest = written(&outcome).clone();
    assert_eq!(rest.state, RunState::Held, "the others still wait");
    assert_eq!(rest.removals, BTreeMap::from([(org_id("globex"), 2)]));
    let outcome = release(rest, &globex, &proof.at(day(92))).unwrap();
    let last = written(&outcome).clone();
    assert_eq!(last.state, RunState::Released { at: day(92) });
    assert_eq!(last.removed_before, 11);
}

#[test]
fn the_leads_learn_whom_a_run_removed() {
    assert_eq!(digest(&acme(), &[], day(90)), None);
    let leaderless = Organization {
        leads: [].into(),
        ..acme()
    };
    assert_eq!(digest(&leaderless, &[ann()], day(90)), None);
    let many: Vec<_> = (0..150)
        .map(|n| format!("p{n}@acme.example").parse().unwrap())
        .collect();
    let message = digest(&acme(), &many, day(90)).unwrap();
    assert_eq!(message.to, [lena()]);
    let Mail::RemovalDigest {
        removed,
        total,
        undo_until,
        ..
    } = &message.mail
    else {
        panic!("a digest")
    };
    assert_eq!((removed.len(), *total, *undo_until), (100, 150, day(120)));
}

#[test]
fn a_run_ends_with_its_digests() {
    let message = digest(&acme(), &[ann(), bob()], day(90)).unwrap();
    let outcome = finish(run(), vec![message], day(90));
    assert_eq!(written(&outcome).state, RunState::Finished { at: day(90) });
    assert_eq!(mails(&outcome), [to("removal_digest", &lena())]);
}
