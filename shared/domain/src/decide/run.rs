//! A run of the sweep as a whole: the stop before too many are removed, the release, the digest.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::{
    Action, AuditEntry, Change, Code, EmailAddress, Mail, Message, OrgId, Organization, Outcome,
    Proof, Refusal, Subject,
    desk::Desk,
    policy::InactivityPolicy,
    sweep::{RunState, SweepRun},
};

/// The most names in a digest.
const MAX_DIGEST: usize = 100;
/// The most organisations in the mail about a held run.
const MAX_HELD: usize = 50;

/// Whether a run that is about to remove `removals` people has to stop: because one organisation
/// would lose more than its own limit, or because all of them together would lose more than the
/// strictest of their limits allows for that many members. Returns the limit that is exceeded.
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
    proof: &Proof,
    now: Timestamp,
) -> Outcome {
    run.state = RunState::Held;
    let would_remove = run.removals.values().copied().fold(0, u32::saturating_add);
    run.report.held = would_remove;
    let messages = desks
        .iter()
        .filter(|desk| !desk.administrators.is_empty())
        .map(|desk| Message {
            to: desk.administrators.iter().cloned().collect(),
            desk: desk.id.clone(),
            org: None,
            mail: Mail::SweepHeld {
                run: run.id,
                would_remove,
                limit,
                organizations: run
                    .removals
                    .iter()
                    .filter_map(|(id, count)| {
                        orgs.get(id)
                            .filter(|org| org.desk == desk.id)
                            .map(|org| (org.name.clone(), *count))
                    })
                    .take(MAX_HELD)
                    .collect(),
            },
        })
        .collect();
    let entry = AuditEntry::new(now, Action::SweepHeld, Subject::Run(run.id), proof).because(
        &format!("would remove {would_remove}, more than the limit of {limit}"),
    );
    Outcome {
        changes: vec![Change::Run(run)],
        messages,
        audit: vec![entry],
    }
}

/// Lets one held run go on.
///
/// # Errors
/// A refusal when the run is not held.
pub fn release(mut run: SweepRun, proof: &Proof, now: Timestamp) -> Result<Outcome, Refusal> {
    if run.state != RunState::Held {
        return Err(Refusal::new(
            Code::NotPossibleNow,
            "this run is not held any more",
        ));
    }
    run.state = RunState::Released { at: now };
    let entry = AuditEntry::new(now, Action::SweepReleased, Subject::Run(run.id), proof)
        .because("an administrator let it remove more than the limit");
    Ok(Outcome {
        changes: vec![Change::Run(run)],
        messages: Vec::new(),
        audit: vec![entry],
    })
}

/// Tells the leads whom a run removed; nothing when it removed nobody or there is no lead.
#[must_use]
pub fn digest(org: &Organization, removed: &[EmailAddress], now: Timestamp) -> Option<Message> {
    if removed.is_empty() || org.leads.is_empty() {
        return None;
    }
    Some(Message {
        to: org.leads.iter().cloned().collect(),
        desk: org.desk.clone(),
        org: Some(org.id.clone()),
        mail: Mail::RemovalDigest {
            org_name: org.name.clone(),
            removed: removed.iter().take(MAX_DIGEST).cloned().collect(),
            total: u32::try_from(removed.len()).unwrap_or(u32::MAX),
            undo_until: org.policy.undo_days.after(now),
        },
    })
}

/// Ends a run with its report and the digests to the leads.
pub fn finish(mut run: SweepRun, digests: Vec<Message>, now: Timestamp) -> Outcome {
    run.state = RunState::Finished { at: now };
    Outcome {
        changes: vec![Change::Run(run)],
        messages: digests,
        audit: Vec::new(),
    }
}
