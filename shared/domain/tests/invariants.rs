//! The nine invariants of a membership's life, over random histories.
//!
//! Each history is judged at every commit by `history::judge`, from a log of its own of what really
//! happened: who was active when, who was warned and told so, who left.

use std::collections::BTreeSet;

use domain::{Action, EmailAddress, OrgId};
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use crate::{
    history::{History, afterlife::Afterlife, plan},
    world,
};

/// Cases of a property; `PROPTEST_CASES` asks for more by hand.
fn cases(usual: u32) -> Config {
    let cases = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(usual);
    Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 4_000,
        ..Config::default()
    }
}

proptest! {
    #![proptest_config(cases(250))]

    #[test]
    fn the_invariants_hold_at_every_commit((policies, steps) in plan::history(60)) {
        let mut history = History::begin(policies);
        for step in &steps {
            history.step(step);
        }
    }
}

proptest! {
    #![proptest_config(cases(40))]

    #[test]
    fn no_ended_link_opens_again_and_nobody_who_left_is_sent_or_shown_anything(
        (policies, steps) in plan::years(80),
    ) {
        let mut history = History::begin(policies);
        let mut afterlife = Afterlife::default();
        afterlife.look(&history.store, history.now);
        for step in &steps {
            history.step(step);
            afterlife.look(&history.store, history.now);
        }
    }
}

#[test]
fn a_history_of_two_years_sees_links_end() {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let (mut ended, mut longest) = (0, world::start());
    for _ in 0..20 {
        let (policies, steps) = plan::years(80).new_tree(&mut runner).unwrap().current();
        let mut history = History::begin(policies);
        let mut afterlife = Afterlife::default();
        for step in &steps {
            history.step(step);
            afterlife.look(&history.store, history.now);
        }
        ended += afterlife.ended();
        longest = longest.max(history.now);
    }
    assert!(ended > 200, "{ended} links were seen to end");
    assert!(longest >= world::day(730), "{longest}");
}

/// The way in which the same instants are ticked: once over everybody, or in groups, some of them
/// twice.
#[derive(Debug, Clone)]
struct Grouping {
    /// Hours from one instant to the next.
    hours: Vec<u16>,
    /// The places at which the list of people is cut, as shares of its length.
    cuts: Vec<u8>,
    /// `true` if each group is ticked again before the next one.
    twice: bool,
    /// `true` if the organisations come in the other order.
    backwards: bool,
}

fn grouping() -> impl Strategy<Value = Grouping> {
    (
        prop::collection::vec(1_u16..2_000, 1..8),
        prop::collection::vec(any::<u8>(), 0..4),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(hours, cuts, twice, backwards)| Grouping {
            hours,
            cuts,
            twice,
            backwards,
        })
}

/// Everybody by organisation, and in an organisation always in the same order: of two leads whose
/// time comes in the same instant the first goes and the second stays, in whatever run.
fn people(history: &History, backwards: bool) -> Vec<(OrgId, EmailAddress)> {
    let mut people: Vec<_> = history.store.tables.memberships.keys().cloned().collect();
    if backwards {
        people.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    }
    people
}

/// Entries and messages without their order.
fn said(history: &History) -> Vec<String> {
    let entries = history
        .store
        .audit
        .iter()
        .map(|entry| serde_json::to_string(entry).unwrap());
    let messages = history
        .store
        .outbox
        .iter()
        .map(|mail| serde_json::to_string(mail).unwrap());
    let mut said: Vec<_> = entries.chain(messages).collect();
    said.sort();
    said
}

proptest! {
    #![proptest_config(cases(100))]

    #[test]
    fn ticks_in_any_grouping_of_the_same_instants_end_in_the_same_state(
        (policies, steps) in plan::history(25),
        grouping in grouping(),
    ) {
        let mut whole = History::begin(policies);
        for step in &steps {
            whole.step(step);
        }
        let mut grouped = whole.clone();
        for hours in &grouping.hours {
            let now = world::minutes(whole.now, i64::from(*hours) * 60);
            whole.now = now;
            whole.hand_over_due();
            let everybody = people(&whole, false);
            whole.tick_all(&everybody);

            grouped.now = now;
            grouped.hand_over_due();
            let mut rest = people(&grouped, grouping.backwards);
            for cut in &grouping.cuts {
                let at = rest.len() * usize::from(*cut) / 256;
                let group: Vec<_> = rest.drain(..at).collect();
                grouped.tick_all(&group);
                if grouping.twice {
                    grouped.tick_all(&group);
                }
            }
            grouped.tick_all(&rest);
        }
        prop_assert!(whole.store.tables == grouped.store.tables);
        prop_assert_eq!(said(&whole), said(&grouped));
    }
}

#[test]
fn a_history_that_the_properties_see_holds_every_action_and_every_exemption() {
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let (mut seen, mut spared) = (BTreeSet::new(), BTreeSet::new());
    let missing = |seen: &BTreeSet<Action>| -> Vec<_> {
        let unseen = EVERY_ACTION.iter().filter(|action| !seen.contains(action));
        unseen.collect()
    };
    for _ in 0..2_000 {
        let (policies, steps) = plan::history(60).new_tree(&mut runner).unwrap().current();
        let mut history = History::begin(policies);
        for step in &steps {
            history.step(step);
        }
        seen.extend(history.judge.actions);
        spared.extend(history.judge.spared);
        if missing(&seen).is_empty() && spared.len() == 6 {
            return;
        }
    }
    panic!("no history has {:?}; spared: {spared:?}", missing(&seen));
}

const EVERY_ACTION: [Action; 42] = [
    Action::MemberInvited,
    Action::ExceptionAsked,
    Action::ExceptionRefused,
    Action::InvitationReminded,
    Action::InvitationResent,
    Action::InvitationAccepted,
    Action::InvitationDeclined,
    Action::InvitationWithdrawn,
    Action::InvitationExpired,
    Action::MemberJoined,
    Action::LeadAppointed,
    Action::MemberWarned,
    Action::MemberReminded,
    Action::MemberKept,
    Action::MemberOffboarded,
    Action::OffboardingScheduled,
    Action::OffboardingCancelled,
    Action::MemberRestored,
    Action::RecordReduced,
    Action::AccessExtended,
    Action::RoleChanged,
    Action::ExemptionChanged,
    Action::RequestCreated,
    Action::RequestCommented,
    Action::RequestTransitioned,
    Action::LateStatusNoted,
    Action::RequestShared,
    Action::ApprovalRequested,
    Action::ApprovalAnswered,
    Action::RequestClosed,
    Action::RequestHandedOver,
    Action::UpdateKept,
    Action::UpdateAbandoned,
    Action::MailStopped,
    Action::MailResumed,
    Action::AddressSuppressed,
    Action::SuppressionLifted,
    Action::OrganizationVacant,
    Action::VacancyEnded,
    Action::LinksEnded,
    Action::SweepHeld,
    Action::SweepReleased,
];
