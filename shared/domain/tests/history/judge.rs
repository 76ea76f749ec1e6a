//! The nine invariants, checked at every commit from what really happened, not from what the
//! domain remembers of it.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Action, EmailAddress, Mail, Membership, OrgId, Outcome, Proof, Role, Timestamp,
    decide::Transition,
    membership::{OffboardReason, State},
    sweep::Exemption,
};

use super::{
    account::{given, owed},
    decided::open_requests,
    store::Tables,
};

type Key = (OrgId, EmailAddress);

/// A commit, with the state that it was decided on.
pub struct Commit<'a> {
    pub outcome: &'a Outcome,
    pub proof: &'a Proof,
    /// The instant of the decision.
    pub now: Timestamp,
    /// The tables that the decision saw.
    pub loaded: &'a Tables,
    /// The transition and the membership, when the sweep made it.
    pub sweep: Option<(&'a Transition, &'a Key)>,
    /// The number of deliveries whose news it brings.
    pub deliveries: usize,
}

/// A warning that was really mailed.
#[derive(Debug, Clone, Copy)]
struct Warning {
    at: Timestamp,
    ends: Timestamp,
    mailed: bool,
}

/// The judge, with a log of what really happened.
#[derive(Debug, Clone, Default)]
pub struct Judge {
    activity: BTreeMap<EmailAddress, Vec<Timestamp>>,
    kept: BTreeMap<Key, Vec<Timestamp>>,
    warnings: BTreeMap<Key, Warning>,
    /// The people who left and have not come back by an invitation, an undoing or an appointment.
    out: BTreeSet<Key>,
    /// Until when mail reached somebody not, the last time.
    unreached: BTreeMap<EmailAddress, Timestamp>,
    pub actions: BTreeSet<Action>,
    pub spared: BTreeSet<Exemption>,
}

impl Judge {
    /// Notes that somebody was active: everywhere, or as far as one organisation is concerned.
    pub fn active(&mut self, who: &EmailAddress, org: Option<&OrgId>, at: Timestamp) {
        match org {
            Some(org) => self
                .kept
                .entry((org.clone(), who.clone()))
                .or_default()
                .push(at),
            None => self.activity.entry(who.clone()).or_default().push(at),
        }
    }

    /// Judges one commit that took the tables from `before` to `after`.
    pub fn committed(&mut self, commit: &Commit<'_>, before: &Tables, after: &Tables) {
        for tables in [before, after] {
            let customers = tables.customers.values();
            for customer in customers.filter(|customer| customer.is_unreachable()) {
                self.unreached.insert(customer.email.clone(), commit.now);
            }
        }
        for (key, is) in &after.memberships {
            let was = before.memberships.get(key);
            if was == Some(is) {
                continue;
            }
            self.membership(commit, key, was, is, before);
        }
        self.last_lead(commit, before);
        seats(after);
        audit(commit, before, after);
        messages(commit);
        self.actions
            .extend(commit.outcome.audit.iter().map(|entry| entry.action));
    }

    fn membership(
        &mut self,
        commit: &Commit<'_>,
        key: &Key,
        was: Option<&Membership>,
        is: &Membership,
        before: &Tables,
    ) {
        match (was.map(|m| &m.state), &is.state) {
            (
                _,
                State::Warned {
                    at, grace_until, ..
                },
            ) if self.warnings.get(key).is_none_or(|w| w.at != *at) => {
                not_exempt(commit, key, before);
                let grace = commit.loaded.orgs[&key.0].policy.inactivity.grace_days;
                let mailed = commit.outcome.messages.iter().any(|message| {
                    let warns = matches!(
                        message.mail,
                        Mail::InactivityWarning {
                            reminder: false,
                            ..
                        }
                    );
                    warns && message.to == [key.1.clone()]
                });
                let warning = Warning {
                    at: *at,
                    ends: grace.after(*at),
                    mailed,
                };
                assert_eq!(
                    *grace_until, warning.ends,
                    "the grace is fixed with the warning"
                );
                self.warnings.insert(key.clone(), warning);
            }
            (
                _,
                State::OffBoarded {
                    why: OffboardReason::Inactive,
                    ..
                },
            ) if was.is_some_and(|m| m.state.stage().has_access()) => {
                not_exempt(commit, key, before);
                self.removed(commit, key);
                assert!(
                    !commit.loaded.orgs[&key.0].leads.is_empty(),
                    "removed where nobody could have said that they stay"
                );
            }
            _ => {}
        }
        if !matches!(is.state, State::Warned { .. }) {
            self.warnings.remove(key);
        }
        let left = matches!(is.state, State::OffBoarded { .. });
        if left {
            self.out.insert(key.clone());
        } else if is.state.stage().has_access() {
            let joined = commit
                .outcome
                .audit
                .iter()
                .any(|entry| entry.action == Action::MemberJoined);
            if joined {
                self.joined(key, before);
            }
            self.out.remove(key);
        }
    }

    /// Nobody joins by themselves whose mailbox left or has a seat, however it is spelled.
    fn joined(&self, key: &Key, before: &Tables) {
        let dots_count = before.orgs[&key.0].policy.spelling.dots_count;
        let one = mailbox(&key.1, dots_count);
        let same = |other: &&Key| other.0 == key.0 && mailbox(&other.1, dots_count) == one;
        assert!(
            self.out.iter().find(same).is_none(),
            "somebody who left came back by a domain rule"
        );
        let mut seated = before.memberships.iter().filter(|(_, m)| m.holds_seat());
        assert!(
            !seated.any(|(key, _)| same(&key)),
            "a mailbox with a seat took another one by a domain rule"
        );
        assert!(!key.1.local_part().contains('+'));
    }

    /// Invariants 1 and 2.
    fn removed(&self, commit: &Commit<'_>, key: &Key) {
        let warning = self.warnings.get(key).expect("nobody is removed unwarned");
        assert!(warning.mailed, "the warning was mailed");
        assert!(warning.ends <= commit.now, "the whole grace has passed");
        let unreached = self.unreached.get(&key.1);
        assert!(
            unreached.is_none_or(|until| *until < warning.at),
            "removed, though no mail reached them after the warning"
        );
        let of_person = self.activity.get(&key.1).into_iter().flatten();
        let of_member = self.kept.get(key).into_iter().flatten();
        for at in of_person.chain(of_member) {
            assert!(
                *at < warning.at,
                "removed at {}, though active at {at} after the warning of {}",
                commit.now,
                warning.at
            );
        }
    }

    /// Invariant 6. Somebody whose end of access was asked for goes, last lead or not.
    fn last_lead(&mut self, commit: &Commit<'_>, before: &Tables) {
        let Some((transition, key)) = commit.sweep else {
            return;
        };
        match transition {
            Transition::Remove | Transition::EndAccess => assert!(
                !before.orgs[&key.0].is_last_lead(&key.1),
                "the sweep removed the last lead"
            ),
            Transition::Spare(why) => {
                self.spared.insert(*why);
                let told = commit
                    .outcome
                    .messages
                    .iter()
                    .any(|message| matches!(message.mail, Mail::LastLeadSpared { .. }));
                assert_eq!(
                    told,
                    *why == Exemption::LastLead,
                    "the administrators are told"
                );
            }
            _ => {}
        }
    }
}

/// One mailbox, by a rule of the judge's own.
fn mailbox(email: &EmailAddress, dots_count: bool) -> String {
    let name = email.local_part().split('+').next().unwrap();
    let name = if dots_count {
        name.to_owned()
    } else {
        name.split('.').collect()
    };
    format!("{name}@{}", email.domain())
}

/// Invariant 3. Whoever was marked or became a lead after the decision was made has a membership
/// that changed, so it is judged by what is; a request that was opened meanwhile by somebody else
/// shows nowhere in the person's records, so it is judged by what was seen.
fn not_exempt(commit: &Commit<'_>, key: &Key, before: &Tables) {
    let membership = &before.memberships[key];
    let policy = &commit.loaded.orgs[&key.0].policy.inactivity;
    assert!(
        !membership.exempt,
        "somebody marked by hand was warned or removed"
    );
    assert!(
        !(policy.exempt_leads && membership.role == Role::Lead),
        "a lead was warned or removed"
    );
    let open = |tables| open_requests(tables, &key.1, None) > 0;
    assert!(
        !(policy.exempt_open_requests && open(before) && open(commit.loaded)),
        "somebody with an open request was warned or removed"
    );
}

/// Invariant 5, and that the leads are those who are.
fn seats(after: &Tables) {
    for (id, org) in &after.orgs {
        let members = || after.memberships.values().filter(|m| m.org == *id);
        let seated = members().filter(|m| m.holds_seat()).count();
        assert_eq!(org.seats_used as usize, seated, "seats of {id}");
        assert!(org.seats_used <= org.policy.seat_cap, "cap of {id}");
        let leads: BTreeSet<_> = members()
            .filter(|m| m.state.stage().has_access() && m.role == Role::Lead)
            .map(|m| m.email.clone())
            .collect();
        assert!(org.leads == leads, "leads of {id}");
    }
}

/// Invariant 7.
fn audit(commit: &Commit<'_>, before: &Tables, after: &Tables) {
    let (mut given, mut owed) = (
        given(commit.outcome),
        owed(commit.outcome, before, after, commit.now),
    );
    if commit.deliveries > 1 {
        // News that waited for its request: each has its own entry, though one change may
        // hide another, and what did not fit has an entry that says so.
        given.retain(|(action, _), _| *action != Action::UpdateAbandoned);
        for count in given.values_mut().chain(owed.values_mut()) {
            *count = 1;
        }
        let shared =
            |(action, _): &(Action, String), _: &mut usize| *action != Action::RequestShared;
        given.retain(shared);
        owed.retain(shared);
        assert!(commit.outcome.audit.len() <= commit.deliveries + 1);
    }
    assert!(
        given == owed,
        "the audit says {given:?}, the tables {owed:?}"
    );
    for entry in &commit.outcome.audit {
        assert_eq!(entry.at, commit.now);
        assert!(entry.reason.is_some(), "{:?} has no reason", entry.action);
        if commit.deliveries == 1 {
            assert!(entry.evidence == commit.proof.evidence);
            let planned = matches!(commit.sweep, Some((Transition::Leave, _)));
            assert!(planned || entry.actor == commit.proof.actor);
        }
    }
}

/// Of invariant 8 the half that one commit shows; the other is that no delivery commits twice.
fn messages(commit: &Commit<'_>) {
    let mut seen: BTreeMap<(&str, &EmailAddress), usize> = BTreeMap::new();
    for message in &commit.outcome.messages {
        for to in &message.to {
            *seen.entry((message.mail.kind(), to)).or_default() += 1;
        }
    }
    for ((kind, _), count) in seen {
        assert!(
            count <= commit.deliveries,
            "{count} mails of kind {kind} to one person"
        );
    }
}
