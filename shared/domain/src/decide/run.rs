//! A run of the sweep as a whole: the stop before too many are removed, the release, the digest.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use crate::{
    Action, AuditEntry, Change, Code, EmailAddress, Mail, Message, Occasion, OrgId, Organization,
    Outcome, Refusal, Subject,
    desk::Desk,
    policy::InactivityPolicy,
    sweep::{RunState, SweepRun},
};

/// The most names in a digest.
const MAX_DIGEST: usize = 100;
/// The most organisations in the mail about a held run.
const MAX_HELD: usize = 50;

/// Returns the limit that a run would exceed by removing `removals` people; `None` when it may go
/// on.
///
/// One organisation must not lose more people than its own limit. All of them together must not
/// lose more than the strictest of their limits allows for that many members.
#[must_use]
pub fn over_limit(
    removals: &BTreeMap<OrgId, u32>,
    orgs: &BTreeMap<OrgId, Organization>,
) -> Option<u32> {
    let (mut members, mut percent, mut floor) = (0_u32, u8::MAX, u32::MAX);
    for (id, count) in removals {
        let Some(org) = orgs.get(id) else { continue };
        let policy = &org.policy.inactivity;
        let limit = policy.removal_limit(org.seats_used);
        if *count > limit {
            return Some(limit);
        }
        members = members.saturating_add(org.seats_used);
        percent = percent.min(policy.max_removals_percent);
        floor = floor.min(policy.max_removals_floor);
    }
    let total = removals.values().copied().fold(0, u32::saturating_add);
    let limit = InactivityPolicy::share(members, percent).max(floor);
    (total > limit).then_some(limit)
}

/// Stops a run before it removes anyone and asks the administrators of the desks concerned.
pub fn hold(
    mut run: SweepRun,
    limit: u32,
    orgs: &BTreeMap<OrgId, Organization>,
    desks: &[Desk],
    occasion: &Occasion,
) -> Outcome {
    run.state = RunState::Held;
    let would_remove = run.removals.values().copied().fold(0, u32::saturating_add);
    run.report.held = would_remove;
    let messages: Vec<_> = desks
        .iter()
        .filter_map(|desk| ask_to_release(&run, limit, orgs, desk))
        .collect();
    let entry = AuditEntry::new(Action::SweepHeld, Subject::Run(run.id), occasion).because(
        &format!("would remove {would_remove}, more than the limit of {limit}"),
    );
    Outcome::default()
        .note(entry)
        .tell_all(messages)
        .change(Change::Run(run))
}

/// Asks those who administer a desk about what the run would do to its organisations, and no others.
fn ask_to_release(
    run: &SweepRun,
    limit: u32,
    orgs: &BTreeMap<OrgId, Organization>,
    desk: &Desk,
) -> Option<Message> {
    let theirs: Vec<_> = run
        .removals
        .iter()
        .filter_map(|(id, count)| Some((orgs.get(id)?, *count)))
        .filter(|(org, _)| org.desk == desk.id)
        .map(|(org, count)| (org.name.clone(), count))
        .collect();
    let mail = Mail::SweepHeld {
        run: run.id,
        would_remove: theirs.iter().fold(0, |sum, (_, n)| sum.saturating_add(*n)),
        limit,
        organizations: theirs.into_iter().take(MAX_HELD).collect(),
    };
    Message::to_administrators(&desk.id, &desk.administrators, mail)
}

/// Lets a held run go on in `orgs`: those of the desks that the actor administers. The others wait for
/// somebody of their own desk.
///
/// # Errors
/// A refusal when none of them waits any more.
pub fn release(
    mut run: SweepRun,
    orgs: &BTreeSet<OrgId>,
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    let now = occasion.now;
    let waiting: BTreeSet<OrgId> = run.waiting().map(|(org, _)| org.clone()).collect();
    if waiting.is_disjoint(orgs) {
        return Err(Refusal::new(
            Code::NotPossibleNow,
            "this run is not held any more",
        ));
    }
    run.released.extend(waiting.intersection(orgs).cloned());
    if run.waiting().next().is_none() {
        run.state = RunState::Released { at: now };
    }
    let entry = AuditEntry::new(Action::SweepReleased, Subject::Run(run.id), occasion)
        .because("an administrator let it remove more than the limit");
    Ok(Outcome::default().note(entry).change(Change::Run(run)))
}

/// Tells the leads whom a run removed; nothing when it removed nobody or there is no lead.
#[must_use]
pub fn digest(org: &Organization, removed: &[EmailAddress], now: Timestamp) -> Option<Message> {
    if removed.is_empty() {
        return None;
    }
    let mail = Mail::RemovalDigest {
        org_name: org.name.clone(),
        removed: removed.iter().take(MAX_DIGEST).cloned().collect(),
        total: u32::try_from(removed.len()).unwrap_or(u32::MAX),
        undo_until: org.policy.undo_days.after(now),
    };
    Message::to_leads(org, mail)
}

/// Notes that a held run was carried out in the organisations that were released, with the digests to
/// their leads. It is held on for the others.
pub fn finish_released(
    mut run: SweepRun,
    removed: u32,
    digests: Vec<Message>,
    now: Timestamp,
) -> Outcome {
    let released = std::mem::take(&mut run.released);
    run.removals.retain(|org, _| !released.contains(org));
    run.removed_before = run.removed_before.saturating_add(removed);
    if run.removals.is_empty() {
        run.report.removed = run.removed_before;
        return finish(run, digests, now);
    }
    Outcome::default()
        .tell_all(digests)
        .change(Change::Run(run))
}

/// Ends a run with its report and the digests to the leads.
pub fn finish(mut run: SweepRun, digests: Vec<Message>, now: Timestamp) -> Outcome {
    run.state = RunState::Finished { at: now };
    Outcome::default()
        .tell_all(digests)
        .change(Change::Run(run))
}
