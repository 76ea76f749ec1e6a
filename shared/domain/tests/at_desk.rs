//! The comparison of a person here and at a service desk, over random histories with calls that
//! fail: both sides are the same in the end.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    OrgId, Standing,
    decide::{AccountKind, DeskStep, PersonHere, PersonThere, steps_at_desk},
    desk::jira::JiraDesk,
};
use proptest::prelude::*;

/// A person at Jira, as it would be without us.
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
#[derive(Debug, Clone, Default)]
struct Jira {
    account: bool,
    linked: bool,
    revoked: bool,
    /// They are on the desk's list.
    listed: bool,
    members: BTreeSet<OrgId>,
    /// The portal was opened again by a person, because we asked.
    asked: u32,
}

/// Something that happens to a person, or in a call.
#[derive(Debug, Clone)]
enum Happening {
    /// Their standing in an organisation changes.
    Here(u8, Standing),
    /// A request of theirs is opened or closed.
    Request(bool),
    /// An agent puts them into an organisation or takes them out.
    Agent(u8, bool),
    /// A look, of which each call fails before or after it was done where the bits say so.
    Look(u64, u64),
}

fn org(number: u8) -> OrgId {
    format!("org-{number}").parse().unwrap()
}

fn desk(revoke: bool) -> JiraDesk {
    serde_json::from_value(serde_json::json!({
        "site": "https://desk.atlassian.example",
        "service_desk": 3,
        "revoke": revoke,
    }))
    .unwrap()
}

/// Three in ten of the bits are set.
fn failing() -> impl Strategy<Value = u64> {
    proptest::collection::vec(prop::bool::weighted(0.3), 64).prop_map(|bits| {
        let bits = bits.into_iter().enumerate();
        bits.fold(0, |all, (place, bit)| all | u64::from(bit) << place)
    })
}

fn happening() -> impl Strategy<Value = Happening> {
    let standing = prop::sample::select(vec![
        Standing::Invited,
        Standing::Member,
        Standing::Lead,
        Standing::Leaver,
    ]);
    prop_oneof![
        4 => (0..3_u8, standing).prop_map(|(org, own)| Happening::Here(org, own)),
        1 => any::<bool>().prop_map(Happening::Request),
        1 => (0..3_u8, any::<bool>()).prop_map(|(org, adds)| Happening::Agent(org, adds)),
        4 => (failing(), failing()).prop_map(|(before, after)| Happening::Look(before, after)),
    ]
}

/// One look: the steps are made until a call fails. Returns `true` if nothing was left to do.
fn look(here: &PersonHere, jira: &mut Jira, desk: &JiraDesk, fails: (u64, u64)) -> bool {
    let mut call = 0;
    let mut calls = |act: &mut dyn FnMut()| {
        let bit = 1 << (call % 64);
        call += 1;
        if fails.0 & bit != 0 {
            return false;
        }
        act();
        fails.1 & bit == 0
    };
    if !jira.linked {
        match steps_at_desk(here, None, desk)[..] {
            [] => return true,
            [DeskStep::Link] => {}
            ref other => panic!("{other:?}"),
        }
        // A lost answer leaves an account that the next try finds.
        if !calls(&mut || jira.account = true) {
            return false;
        }
        jira.linked = true;
    }
    let there = PersonThere {
        kind: AccountKind::PortalOnly,
        revoked: jira.revoked,
        member_of: (0..3)
            .map(org)
            .map(|org| (org.clone(), jira.members.contains(&org)))
            .collect(),
    };
    for step in steps_at_desk(here, Some(&there), desk) {
        let done = match step {
            DeskStep::Link => panic!("it is linked"),
            DeskStep::AskToGrant => {
                jira.asked += 1;
                jira.revoked = false;
                true
            }
            DeskStep::Join(org) => calls(&mut || {
                jira.members.insert(org.clone());
            }),
            DeskStep::Leave(org) => calls(&mut || {
                jira.members.remove(&org);
            }),
            DeskStep::Enlist => calls(&mut || jira.listed = true),
            DeskStep::Delist => calls(&mut || jira.listed = false),
            DeskStep::Revoke => {
                let done = calls(&mut || ());
                jira.revoked |= done;
                done
            }
            DeskStep::LookAgain => true,
        };
        if !done {
            return false;
        }
    }
    true
}

fn holds(here: &PersonHere, jira: &Jira, desk: &JiraDesk) {
    let inside = here.organizations.values().any(|own| own.has_access());
    for (org, own) in &here.organizations {
        match own {
            Standing::Member | Standing::Lead => assert!(jira.members.contains(org)),
            // Where no account was linked, an agent may have added one that is not known here.
            Standing::Leaver => assert!(!jira.linked || !jira.members.contains(org)),
            Standing::Invited | Standing::Never => {}
        }
    }
    if inside {
        assert!(jira.listed && !jira.revoked);
    } else if jira.linked && !here.has_open_request {
        let left = here
            .organizations
            .values()
            .any(|own| *own == Standing::Leaver);
        assert!(!left || !jira.listed, "{here:?} {jira:?}");
        if left && desk.revoke && !here.belongs {
            assert!(jira.revoked);
        }
    }
    if jira.revoked {
        assert!(desk.revoke && !inside, "whoever has access is not revoked");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn both_sides_are_the_same_after_any_history_with_failing_calls(
        history in proptest::collection::vec(happening(), 1..60),
        revoke in any::<bool>(),
    ) {
        let desk = desk(revoke);
        let mut jira = Jira::default();
        let mut here = PersonHere::default();
        for happening in history {
            match happening {
                Happening::Here(number, own) => {
                    // Nobody who had access becomes an invitee without leaving first.
                    let before = here.organizations.get(&org(number)).copied();
                    let own = match (before, own) {
                        (Some(was), Standing::Invited) if was.has_access() => Standing::Leaver,
                        // Whoever left and is invited again is a leaver for the desk.
                        (Some(Standing::Leaver), Standing::Invited) => Standing::Leaver,
                        (None, Standing::Leaver) => Standing::Member,
                        (_, own) => own,
                    };
                    here.organizations.insert(org(number), own);
                    let belongs = |own: &Standing| own.has_access() || *own == Standing::Invited;
                    here.belongs = here.organizations.values().any(belongs);
                }
                Happening::Request(open) => here.has_open_request = open,
                Happening::Agent(number, adds) if jira.account => {
                    if adds {
                        jira.members.insert(org(number));
                    } else {
                        jira.members.remove(&org(number));
                    }
                }
                Happening::Agent(..) => {}
                Happening::Look(before, after) => {
                    look(&here, &mut jira, &desk, (before, after));
                }
            }
        }
        let before: BTreeMap<_, _> = (0..3).map(|n| (org(n), jira.members.contains(&org(n)))).collect();
        assert!(look(&here, &mut jira, &desk, (0, 0)));
        holds(&here, &jira, &desk);
        for (org, was) in before {
            // Where they never belonged here, it is not ours to change.
            if !here.organizations.contains_key(&org) {
                assert_eq!(jira.members.contains(&org), was);
            }
        }
        // And again: nothing to do.
        let after = jira.clone();
        assert!(look(&here, &mut jira, &desk, (0, 0)));
        assert_eq!(format!("{jira:?}"), format!("{after:?}"));
    }
}
