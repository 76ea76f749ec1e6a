//! Policy in the file: defaults for all, and the differences of one organisation.

use std::collections::BTreeSet;

use domain::{
    Days, DomainName, Policy,
    policy::{DomainJoin, Mode, OutsideDomain},
};
use serde::Deserialize;

use crate::problem::Problems;

/// The differences from the policy that would apply otherwise. A missing value changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PolicyOverrides {
    /// Domains whose addresses may be invited. Without it, the organisation's own domains.
    pub allowed_domains: Option<BTreeSet<DomainName>>,
    /// The treatment of an invitation outside them.
    pub outside_domain: Option<OutsideDomain>,
    /// The number of people who may hold a seat.
    pub seat_cap: Option<u32>,
    /// The number of invitations on one day.
    pub invite_daily_limit: Option<u32>,
    /// The rule for requests from the organisation's domain: they may make members.
    pub domain_join: Option<DomainJoin>,
    /// The rule for addresses that reach one mailbox.
    pub spelling: SpellingOverrides,
    /// Deadlines of invitations.
    pub invitation: InvitationOverrides,
    /// Days in which an off-boarding can be undone.
    pub undo_days: Option<Days>,
    /// Days between two reviews by the leads.
    pub review_every_days: Option<Days>,
    /// The inactivity sweep.
    pub inactivity: InactivityOverrides,
}

/// The differences in the rule for mailboxes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SpellingOverrides {
    /// The characters that begin a sub-address, besides `+`.
    pub separators: Option<BTreeSet<char>>,
    /// True if a dot before the `@` tells one mailbox from another.
    pub dots_count: Option<bool>,
}

/// The differences in the deadlines of invitations.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct InvitationOverrides {
    /// Days in which an invitation can be accepted.
    pub valid_days: Option<Days>,
    /// Days until the one reminder.
    pub remind_after_days: Option<Days>,
}

/// The differences in the inactivity sweep.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct InactivityOverrides {
    /// Report only, or act.
    pub mode: Option<Mode>,
    /// Quiet days before the warning.
    pub warn_after_days: Option<Days>,
    /// Days between the warning and the removal.
    pub grace_days: Option<Days>,
    /// Days before the removal at which the person is reminded.
    pub remind_days_before: Option<Vec<Days>>,
    /// True if leads are spared.
    pub exempt_leads: Option<bool>,
    /// True if people with an open request are spared.
    pub exempt_open_requests: Option<bool>,
    /// The share of members, in per cent, that one run may remove.
    pub max_removals_percent: Option<u8>,
    /// The number of members that one run may remove in any case.
    pub max_removals_floor: Option<u32>,
}

/// Replaces a value if the file has one.
fn set<T: Clone>(place: &mut T, said: Option<&T>) {
    if let Some(value) = said {
        place.clone_from(value);
    }
}

impl PolicyOverrides {
    /// The policy with these differences from `base`.
    #[must_use]
    pub fn over(&self, base: &Policy) -> Policy {
        let mut policy = base.clone();
        set(&mut policy.allowed_domains, self.allowed_domains.as_ref());
        set(&mut policy.outside_domain, self.outside_domain.as_ref());
        set(&mut policy.seat_cap, self.seat_cap.as_ref());
        set(
            &mut policy.invite_daily_limit,
            self.invite_daily_limit.as_ref(),
        );
        set(&mut policy.domain_join, self.domain_join.as_ref());
        set(&mut policy.undo_days, self.undo_days.as_ref());
        set(
            &mut policy.review_every_days,
            self.review_every_days.as_ref(),
        );
        let spelling = &mut policy.spelling;
        set(&mut spelling.separators, self.spelling.separators.as_ref());
        set(&mut spelling.dots_count, self.spelling.dots_count.as_ref());
        let invitation = &mut policy.invitation;
        set(
            &mut invitation.valid_days,
            self.invitation.valid_days.as_ref(),
        );
        set(
            &mut invitation.remind_after_days,
            self.invitation.remind_after_days.as_ref(),
        );
        self.inactivity.put_over(&mut policy.inactivity);
        policy
    }
}

impl InactivityOverrides {
    fn put_over(&self, policy: &mut domain::policy::InactivityPolicy) {
        set(&mut policy.mode, self.mode.as_ref());
        set(&mut policy.warn_after_days, self.warn_after_days.as_ref());
        set(&mut policy.grace_days, self.grace_days.as_ref());
        set(
            &mut policy.remind_days_before,
            self.remind_days_before.as_ref(),
        );
        set(&mut policy.exempt_leads, self.exempt_leads.as_ref());
        set(
            &mut policy.exempt_open_requests,
            self.exempt_open_requests.as_ref(),
        );
        set(
            &mut policy.max_removals_percent,
            self.max_removals_percent.as_ref(),
        );
        set(
            &mut policy.max_removals_floor,
            self.max_removals_floor.as_ref(),
        );
    }
}

/// Notes the mistakes in a policy, under its path.
pub(crate) fn check(policy: &Policy, path: &str, problems: &mut Problems) {
    let mut wrong = |unless: bool, field: &str, what: &str| {
        if !unless {
            problems.note(format!("{path}.{field}"), what);
        }
    };
    wrong(policy.seat_cap >= 1, "seat_cap", "must be 1 or more");
    wrong(
        policy.undo_days >= Days(1),
        "undo_days",
        "must be 1 or more",
    );
    let separates = |c: &char| c.is_ascii_punctuation() && !matches!(c, '.' | '@' | '"');
    wrong(
        policy.spelling.separators.iter().all(separates),
        "spelling.separators",
        "each must be one sign such as `-` or `=`, and neither a dot nor an @",
    );
    let invitation = &policy.invitation;
    wrong(
        invitation.valid_days >= Days(1),
        "invitation.valid_days",
        "must be 1 or more",
    );
    wrong(
        invitation.remind_after_days < invitation.valid_days,
        "invitation.remind_after_days",
        "must be less than valid_days",
    );
    let inactivity = &policy.inactivity;
    wrong(
        inactivity.warn_after_days >= Days(1),
        "inactivity.warn_after_days",
        "must be 1 or more",
    );
    wrong(
        inactivity.grace_days >= Days(1),
        "inactivity.grace_days",
        "must be 1 or more: nobody is removed without a warning",
    );
    let within_grace = |days: &Days| *days >= Days(1) && *days < inactivity.grace_days;
    wrong(
        inactivity.remind_days_before.iter().all(within_grace),
        "inactivity.remind_days_before",
        "each must be 1 or more, and less than grace_days",
    );
    wrong(
        inactivity.max_removals_percent <= 100,
        "inactivity.max_removals_percent",
        "must be 100 or less",
    );
    wrong(
        policy.outside_domain == OutsideDomain::Refuse || !policy.allowed_domains.is_empty(),
        "outside_domain",
        "says `ask`, but without allowed_domains nothing is outside",
    );
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    #[test]
    fn what_is_said_counts_and_what_is_not_said_stays() {
        let overrides: PolicyOverrides = toml::from_str(
            "seat_cap = 3\n[inactivity]\nmode = 'enforce'\n[invitation]\nvalid_days = 30",
        )
        .unwrap();
        let policy = overrides.over(&Policy::default());
        assert_eq!(policy.seat_cap, 3);
        assert_eq!(policy.inactivity.mode, Mode::Enforce);
        assert_eq!(policy.invitation.valid_days, Days(30));
        let mut otherwise = policy;
        otherwise.seat_cap = Policy::default().seat_cap;
        otherwise.inactivity.mode = Mode::Observe;
        otherwise.invitation.valid_days = Days(14);
        assert_eq!(otherwise, Policy::default());
    }

    #[test]
    fn every_field_of_a_policy_can_be_overridden() {
        let other: Policy = serde_json::from_value(serde_json::json!({
            "allowed_domains": ["acme.example"], "outside_domain": "ask", "seat_cap": 1,
            "invite_daily_limit": 2, "domain_join": "on_request",
            "spelling": {"separators": ["-"], "dots_count": false},
            "invitation": {"valid_days": 3, "remind_after_days": 2},
            "undo_days": 4, "review_every_days": 5,
            "inactivity": {
                "mode": "enforce", "warn_after_days": 6, "grace_days": 8,
                "remind_days_before": [3], "exempt_leads": false, "exempt_open_requests": false,
                "max_removals_percent": 9, "max_removals_floor": 10,
            },
        }))
        .unwrap();
        let text = toml::to_string(&serde_json::to_value(&other).unwrap()).unwrap();
        let overrides: PolicyOverrides = toml::from_str(&text).unwrap();
        assert_eq!(overrides.over(&Policy::default()), other);
    }
}
