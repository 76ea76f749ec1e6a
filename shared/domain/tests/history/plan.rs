//! Strategies for random histories: policies of every kind, and more of the events that lead
//! somewhere.

use std::collections::BTreeSet;

use domain::{
    Days, Policy,
    policy::{DomainJoin, InactivityPolicy, InvitationPolicy, Mode, OutsideDomain, Spelling},
};
use proptest::prelude::*;

use super::{
    op::{ORGS, Op, PEOPLE, REQUESTS},
    sweep::How,
};

/// One step of a history.
#[derive(Debug, Clone)]
pub enum Step {
    /// The clock moves by so many minutes.
    Advance(u32),
    /// An event arrives.
    Do(Op),
    /// Two events arrive at once: the first loads, the second overtakes it.
    Race(Op, Op),
    /// A delivery arrives again: the last, or one so many before it.
    Again(u8),
    /// The sweep runs.
    Sweep(How),
    /// An administrator releases a held run.
    Release,
    /// The operator applies another policy.
    Apply(u8, Policy),
}

/// A policy.
pub fn policy() -> BoxedStrategy<Policy> {
    let domains = prop_oneof![
        2 => Just(BTreeSet::from(["acme.example".parse().unwrap()])),
        1 => Just(BTreeSet::new()),
    ];
    let limits = (
        domains,
        prop_oneof![Just(OutsideDomain::Refuse), Just(OutsideDomain::Ask)],
        1_u32..7,
        1_u32..12,
        prop_oneof![1 => Just(DomainJoin::Off), 2 => Just(DomainJoin::OnRequest)],
        (1_u16..30, 1_u16..20),
        1_u16..40,
        any::<bool>(),
    );
    (limits, inactivity())
        .prop_map(|(limits, inactivity)| {
            let (
                allowed_domains,
                outside_domain,
                seat_cap,
                daily,
                domain_join,
                days,
                undo,
                dots_count,
            ) = limits;
            Policy {
                allowed_domains,
                outside_domain,
                seat_cap,
                invite_daily_limit: daily,
                domain_join,
                spelling: Spelling {
                    dots_count,
                    ..Spelling::default()
                },
                invitation: InvitationPolicy {
                    valid_days: Days(days.0),
                    remind_after_days: Days(days.1),
                },
                undo_days: Days(undo),
                review_every_days: Days(180),
                inactivity,
            }
        })
        .boxed()
}

fn inactivity() -> BoxedStrategy<InactivityPolicy> {
    let ahead = prop::collection::vec(
        prop_oneof![Just(0_u16), Just(1), Just(3), Just(7), Just(14), Just(30)],
        0..4,
    );
    (
        prop_oneof![1 => Just(Mode::Observe), 4 => Just(Mode::Enforce)],
        1_u16..100,
        0_u16..20,
        ahead,
        any::<bool>(),
        any::<bool>(),
        0_u8..101,
        0_u32..4,
    )
        .prop_map(
            |(mode, warn, grace, ahead, leads, open, percent, floor)| InactivityPolicy {
                mode,
                warn_after_days: Days(warn),
                grace_days: Days(grace),
                remind_days_before: ahead.into_iter().map(Days).collect(),
                exempt_leads: leads,
                exempt_open_requests: open,
                max_removals_percent: percent,
                max_removals_floor: floor,
            },
        )
        .boxed()
}

/// An event.
pub fn op() -> BoxedStrategy<Op> {
    let days = || prop_oneof![2 => Just(None), 1 => (1_u8..60).prop_map(Some)];
    let maybe = |below: u8| prop_oneof![2 => Just(None), 1 => (0..below).prop_map(Some)];
    // Most happens in one place, so that events meet.
    let org = prop_oneof![4 => Just(0), 1 => 0..ORGS];
    // The first person and the last three read one mailbox.
    let who = prop_oneof![6 => 0_u8..4, 2 => 0..PEOPLE, 1 => PEOPLE - 3..PEOPLE];
    let request = prop_oneof![2 => Just(0_u8), 1 => 0..REQUESTS];
    let member = (org.clone(), who.clone());
    let part = (request.clone(), who.clone());
    let about = |make: fn(u8, u8) -> Op| member.clone().prop_map(move |(o, w)| make(o, w));
    let invitations = prop_oneof![
        4 => (member.clone(), any::<bool>(), days()).prop_map(|((org, who), lead, days)| Op::Invite { org, who, lead, days }),
        4 => about(|org, who| Op::Accept { org, who }),
        1 => about(|org, who| Op::Decline { org, who }),
        1 => about(|org, who| Op::Withdraw { org, who }),
        2 => about(|org, who| Op::Resend { org, who }),
        2 => about(|org, who| Op::Allow { org, who }),
        2 => about(|org, who| Op::Refuse { org, who }),
        1 => about(|org, who| Op::Appoint { org, who }),
    ];
    let roster = prop_oneof![
        4 => (member.clone(), days(), maybe(4)).prop_map(|((org, who), days, to)| Op::Offboard { org, who, days, to }),
        2 => about(|org, who| Op::CancelLeaving { org, who }),
        2 => about(|org, who| Op::Restore { org, who }),
        1 => about(|org, who| Op::KeepFromMail { org, who }),
        1 => about(|org, who| Op::KeepByLead { org, who }),
        2 => (member.clone(), any::<bool>()).prop_map(|((org, who), lead)| Op::SetRole { org, who, lead }),
        1 => (member.clone(), any::<bool>()).prop_map(|((org, who), exempt)| Op::SetExempt { org, who, exempt }),
        1 => (member.clone(), days()).prop_map(|((org, who), days)| Op::ExtendAccess { org, who, days }),
    ];
    let requests = prop_oneof![
        4 => (part.clone(), maybe(ORGS), maybe(PEOPLE), any::<bool>())
            .prop_map(|((request, who), org, with, trusted)| Op::Create { request, who, org, with, trusted }),
        2 => (part.clone(), 0_u8..6).prop_map(|((request, who), id)| Op::Comment { request, who, id }),
        3 => (request.clone(), 0_u8..4, prop_oneof![Just(0_u16), 0_u16..6_000])
            .prop_map(|(request, to, late_minutes)| Op::Transition { request, to, late_minutes }),
        2 => (request.clone(), any::<bool>()).prop_map(|(request, resolved)| Op::Close { request, resolved }),
        1 => (part.clone(), maybe(ORGS)).prop_map(|((request, with), org)| Op::Share { request, with, org }),
        2 => part.clone().prop_map(|(request, who)| Op::AskApproval { request, who }),
        2 => (part.clone(), any::<bool>()).prop_map(|((request, who), yes)| Op::Answer { request, who, yes }),
    ];
    let choices = prop_oneof![
        part.prop_map(|(request, who)| Op::Unwatch { request, who }),
        (who.clone(), any::<bool>()).prop_map(|(who, on)| Op::Mute { who, on }),
        (who.clone(), 0_u8..4).prop_map(|(who, why)| Op::Suppress { who, why }),
        (who.clone(), any::<bool>()).prop_map(|(who, by_lead)| Op::Lift { who, by_lead }),
        who.prop_map(|who| Op::EndLinks { who }),
    ];
    prop_oneof![
        5 => invitations.boxed(),
        5 => roster.boxed(),
        5 => requests.boxed(),
        2 => choices.boxed(),
    ]
    .boxed()
}

/// A step. The clock stands still, creeps, walks and leaps.
pub fn step() -> BoxedStrategy<Step> {
    let day = 24 * 60;
    let advance = prop_oneof![
        2 => 1_u32..120,
        3 => (1_u32..8).prop_map(move |days| days * day),
        3 => (8_u32..30).prop_map(move |days| days * day),
        2 => (30_u32..120).prop_map(move |days| days * day),
        1 => (300_u32..800).prop_map(move |days| days * day),
    ];
    let overtaking = prop_oneof![
        2 => op(),
        1 => (0..REQUESTS, 0_u8..6).prop_map(|(request, id)| Op::Comment { request, who: 0, id }),
    ];
    let overtaken = prop_oneof![
        1 => Just(None),
        1 => (0_u8..8, 0_u8..8, overtaking).prop_map(Some),
    ];
    let killed = prop_oneof![3 => Just(None), 1 => (0_u8..6).prop_map(Some)];
    let sweep =
        (killed, overtaken, any::<bool>()).prop_map(|(killed_after, overtaken, backwards)| {
            Step::Sweep(How {
                killed_after,
                overtaken,
                backwards,
            })
        });
    prop_oneof![
        6 => op().prop_map(Step::Do),
        5 => advance.prop_map(Step::Advance),
        6 => sweep,
        2 => (op(), op()).prop_map(|(first, second)| Step::Race(first, second)),
        1 => (0_u8..6).prop_map(Step::Again),
        1 => Just(Step::Release),
        1 => (0..ORGS, policy()).prop_map(|(org, policy)| Step::Apply(org, policy)),
    ]
    .boxed()
}

/// An invitation and what becomes of it within some days: chance alone seldom gets that far.
fn invitation() -> BoxedStrategy<Vec<Step>> {
    let days = prop_oneof![Just(None), (1_u8..60).prop_map(Some)];
    (0..PEOPLE, 0_u32..8_000, 0_u8..4, days)
        .prop_map(|(who, minutes, answer, days)| {
            let org = 0;
            let answer = match answer {
                0 => Op::Resend { org, who },
                1 => Op::Allow { org, who },
                2 => Op::Refuse { org, who },
                _ => Op::Accept { org, who },
            };
            let lead = who % 2 == 0;
            vec![
                Step::Do(Op::Invite {
                    org,
                    who,
                    lead,
                    days,
                }),
                Step::Advance(minutes),
                Step::Do(answer),
            ]
        })
        .boxed()
}

/// Somebody comes under one spelling of their mailbox and goes; another spelling raises a request.
fn spellings() -> BoxedStrategy<Vec<Step>> {
    let one = || prop_oneof![Just(0_u8), PEOPLE - 3..PEOPLE];
    let gone = prop_oneof![
        2 => (0_u32..100_000).prop_map(Some),
        1 => Just(None),
    ];
    let org = 0;
    (one(), one(), gone)
        .prop_map(move |(who, other, gone)| {
            let (lead, days) = (false, None);
            let mut steps = vec![
                Step::Do(Op::Invite {
                    org,
                    who,
                    lead,
                    days,
                }),
                Step::Do(Op::Accept { org, who }),
            ];
            if let Some(minutes) = gone {
                let to = None;
                steps.push(Step::Do(Op::Offboard { org, who, days, to }));
                steps.push(Step::Advance(minutes));
                steps.push(Step::Sweep(How::default()));
            }
            steps.extend((0..REQUESTS).map(|request| {
                Step::Do(Op::Create {
                    request,
                    who: other,
                    org: Some(org),
                    with: None,
                    trusted: true,
                })
            }));
            steps
        })
        .boxed()
}

/// Somebody raises a request and leaves; a colleague is to take over.
fn hand_over() -> BoxedStrategy<Vec<Step>> {
    let days = prop_oneof![Just(None), (1_u8..60).prop_map(Some)];
    (0..REQUESTS, 0_u8..3, days)
        .prop_map(|(request, who, days)| {
            let (org, to) = (0, Some((who + 1) % 3));
            vec![
                Step::Do(Op::Create {
                    request,
                    who,
                    org: Some(org),
                    with: None,
                    trusted: true,
                }),
                Step::Do(Op::Offboard { org, who, days, to }),
            ]
        })
        .boxed()
}

/// Somebody is asked to approve, and answers.
fn approval() -> BoxedStrategy<Vec<Step>> {
    (0..REQUESTS, 0..PEOPLE, 0..PEOPLE, any::<bool>())
        .prop_map(|(request, who, asked, yes)| {
            vec![
                Step::Do(Op::Create {
                    request,
                    who,
                    org: None,
                    with: None,
                    trusted: true,
                }),
                Step::Do(Op::AskApproval {
                    request,
                    who: asked,
                }),
                Step::Do(Op::Answer {
                    request,
                    who: asked,
                    yes,
                }),
            ]
        })
        .boxed()
}

/// Mail does not reach somebody for some days: before, around or after their warning.
fn unreachable() -> BoxedStrategy<Vec<Step>> {
    let days = || (0_u32..120).prop_map(|days| days * 24 * 60);
    let sweep = || Step::Sweep(How::default());
    (0..PEOPLE, 0_u8..4, any::<bool>(), days(), days(), days())
        .prop_map(move |(who, why, by_lead, before, between, after)| {
            vec![
                Step::Advance(before),
                sweep(),
                Step::Do(Op::Suppress { who, why }),
                Step::Advance(between),
                sweep(),
                Step::Do(Op::Lift { who, by_lead }),
                Step::Advance(after),
                sweep(),
            ]
        })
        .boxed()
}

/// The policies and the steps of a whole history.
pub fn history(steps: usize) -> impl Strategy<Value = ([Policy; 3], Vec<Step>)> {
    let some = prop_oneof![
        24 => step().prop_map(|step| vec![step]),
        1 => invitation(),
        1 => hand_over(),
        1 => approval(),
        1 => spellings(),
        1 => unreachable(),
    ];
    (
        [policy(), policy(), policy()],
        prop::collection::vec(some, 1..steps).prop_map(|parts| parts.concat()),
    )
}

/// Two years and more of steps, with the sweep at work as a rule: what time deletes is deleted.
pub fn years(steps: usize) -> impl Strategy<Value = ([Policy; 3], Vec<Step>)> {
    let day = 24 * 60;
    let week = (0_u32..16)
        .prop_map(move |days| vec![Step::Advance(days * day), Step::Sweep(How::default())]);
    let some = prop_oneof![
        3 => op().prop_map(|op| vec![Step::Do(op)]),
        1 => step().prop_map(|step| vec![step]),
        2 => week,
        1 => invitation(),
    ];
    (
        [policy(), policy(), policy()],
        prop::collection::vec(some, steps / 2..steps).prop_map(|parts| parts.concat()),
    )
}
