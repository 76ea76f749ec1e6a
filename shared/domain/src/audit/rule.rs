//! The reasons of audit entries that tell more than the entry's action does.
//!
//! An entry keeps its reason as an English text, so that it can be read without this crate. Pages
//! read the text back and say it in their reader's language and time zone.

use std::fmt;

use jiff::Timestamp;

use super::AuditEntry;
use crate::{Days, membership::OffboardReason};

/// A rule, or a choice, that an entry gives as its reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The address is outside the domains that may be invited.
    AddressOutside,
    /// An administrator allowed the exception.
    ExceptionAllowed,
    /// A lead said that access is still wanted.
    LeadKept,
    /// The person said so from the mail.
    SaidFromMail,
    /// Access has no end any more.
    EndsNever,
    /// Access ends at an instant.
    EndsAt(Timestamp),
    /// The person leads the organisation from now on.
    LeadsNow,
    /// The person leads it no more.
    LeadsNoMore,
    /// The person is never to be removed for inactivity.
    NeverRemoved,
    /// The person may be removed for inactivity again.
    RemovedAgain,
    /// Access ended, for this reason.
    Ended(OffboardReason),
    /// Access is going to end, for this reason at this instant.
    EndsBecause(OffboardReason, Timestamp),
    /// There was no activity for so many days.
    QuietFor(Days),
    /// Mail did not reach the person after the warning.
    Unreached,
    /// The person was active after the warning.
    ActiveAgain,
    /// The invitee did not answer in time.
    InviteeSilent,
    /// No administrator answered in time.
    AdministratorsSilent,
    /// The person raised a request from a domain of the organisation.
    FromDomain,
}

/// The rules without a value.
const PLAIN: [Rule; 20] = [
    Rule::AddressOutside,
    Rule::ExceptionAllowed,
    Rule::LeadKept,
    Rule::SaidFromMail,
    Rule::EndsNever,
    Rule::LeadsNow,
    Rule::LeadsNoMore,
    Rule::NeverRemoved,
    Rule::RemovedAgain,
    Rule::Unreached,
    Rule::ActiveAgain,
    Rule::InviteeSilent,
    Rule::AdministratorsSilent,
    Rule::FromDomain,
    Rule::Ended(OffboardReason::Left),
    Rule::Ended(OffboardReason::NotNeeded),
    Rule::Ended(OffboardReason::Lead),
    Rule::Ended(OffboardReason::Policy),
    Rule::Ended(OffboardReason::Inactive),
    Rule::Ended(OffboardReason::Expired),
];

impl Rule {
    /// Reads a rule from the reason of an entry; `None` for a text that says nothing more than the
    /// entry's action.
    #[must_use]
    pub fn read(reason: &str) -> Option<Self> {
        if let Some(plain) = PLAIN.into_iter().find(|rule| rule.to_string() == reason) {
            return Some(plain);
        }
        if let Some(at) = reason.strip_prefix("access ends on ") {
            return at.parse().ok().map(Self::EndsAt);
        }
        if let Some(days) = reason.strip_prefix("no activity for ") {
            let days = days.strip_suffix(" days")?.parse().ok()?;
            return Some(Self::QuietFor(Days(days)));
        }
        let (why, at) = reason.rsplit_once(", on ")?;
        match Self::read(why)? {
            Self::Ended(why) => Some(Self::EndsBecause(why, at.parse().ok()?)),
            _ => None,
        }
    }
}

impl AuditEntry {
    /// The rule that it gives as its reason.
    #[must_use]
    pub fn rule(&self) -> Option<Rule> {
        Rule::read(self.reason.as_ref()?.as_str())
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = match self {
            Self::AddressOutside => "the address is outside the allowed domains",
            Self::ExceptionAllowed => "an administrator allowed the exception",
            Self::LeadKept => "the lead says that access is still wanted",
            Self::SaidFromMail => "said from the mail that access is still wanted",
            Self::EndsNever => "access has no end any more",
            Self::EndsAt(at) => return write!(f, "access ends on {at}"),
            Self::LeadsNow => "leads the organisation from now on",
            Self::LeadsNoMore => "does not lead the organisation any more",
            Self::NeverRemoved => "is never to be removed for inactivity",
            Self::RemovedAgain => "may be removed for inactivity again",
            Self::Ended(OffboardReason::Left) => "left the organisation",
            Self::Ended(OffboardReason::NotNeeded) => "needs no access any more",
            Self::Ended(OffboardReason::Lead) => "the lead ended access",
            Self::Ended(OffboardReason::Policy) => "a policy ended access",
            Self::Ended(OffboardReason::Inactive) => {
                "was quiet, was warned, and the grace has passed"
            }
            Self::Ended(OffboardReason::Expired) => "the date on which access ends has come",
            Self::EndsBecause(why, at) => return write!(f, "{}, on {at}", Self::Ended(*why)),
            Self::QuietFor(days) => return write!(f, "no activity for {} days", days.0),
            Self::Unreached => "mail did not reach them for a time after the warning",
            Self::ActiveAgain => "was active after the warning",
            Self::InviteeSilent => "the invitee did not answer in time",
            Self::AdministratorsSilent => "no administrator answered in time",
            Self::FromDomain => "raised a request from a domain of the organisation",
        };
        f.write_str(said)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_read_back_from_its_text() {
        let at = Timestamp::UNIX_EPOCH;
        let valued = [
            Rule::EndsAt(at),
            Rule::QuietFor(Days(90)),
            Rule::EndsBecause(OffboardReason::NotNeeded, at),
        ];
        for rule in PLAIN.into_iter().chain(valued) {
            assert_eq!(Rule::read(&rule.to_string()), Some(rule));
        }
    }

    #[test]
    fn a_text_that_is_no_rule_is_none() {
        for text in [
            "",
            "undone within the days in which that is possible",
            "access ends on Friday",
            "no activity for days",
            "left the organisation, on Friday",
            "somebody, on 1970-01-01T00:00:00Z",
        ] {
            assert_eq!(Rule::read(text), None, "{text}");
        }
    }
}
