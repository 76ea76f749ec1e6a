//! The refusal of a decision: the rule that says no, and what is wrong.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

/// The business says no. This is an answer, not an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The rule that refuses.
    pub code: Code,
    /// The reason in words, for the sender of the event. It repeats nothing that they sent.
    pub detail: String,
    /// The field at fault, when there is one.
    pub field: Option<RefusedField>,
    /// The seconds after which the same may be asked again, when time alone mends it.
    pub retry_after: Option<u32>,
}

/// A field that a refusal is about. Its place in a payload is known where the answer is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RefusedField {
    /// The organisation.
    Organization,
    /// The desk.
    Desk,
    /// The key of the request.
    RequestKey,
    /// The address of the reporter.
    Reporter,
    /// The approval that is answered.
    Approval,
    /// The address of the member who leaves.
    Member,
    /// The address of whoever takes over open requests.
    HandOverTo,
    /// The address of the one person who is invited.
    Invitee,
    /// The date on which access ends.
    AccessUntil,
    /// The colleague with whom a request is shared.
    Colleague,
}

impl Refusal {
    /// A refusal without a field at fault. The words are fixed, so no value that somebody sent
    /// reaches a log through them.
    #[must_use]
    pub fn new(code: Code, detail: &'static str) -> Self {
        Self {
            code,
            detail: detail.to_owned(),
            field: None,
            retry_after: None,
        }
    }

    /// A refusal in the rule's own words.
    #[must_use]
    pub fn of(code: Code) -> Self {
        Self::new(code, code.words())
    }

    /// The refusal of an organisation that does not exist, or that is none to the one who asks.
    #[must_use]
    pub fn unknown_organization() -> Self {
        Self::of(Code::UnknownOrganization).at(RefusedField::Organization)
    }

    /// A refusal because a limit is reached. It reads: `before`, "at most" that many, `after`.
    #[must_use]
    pub fn limit(before: &'static str, most: usize, after: &'static str) -> Self {
        Self {
            code: Code::LimitReached,
            detail: format!("{before} at most {most} {after}"),
            field: None,
            retry_after: None,
        }
    }

    /// The refusal of an act that mails others more often than it may.
    #[must_use]
    pub fn too_often(retry_after: SignedDuration) -> Self {
        let seconds = retry_after.as_secs().clamp(1, i64::from(u32::MAX));
        Self {
            retry_after: u32::try_from(seconds).ok(),
            ..Self::of(Code::TooOften)
        }
    }

    /// Returns the number of minutes after which the same may be asked again, rounded up; one when
    /// that is not known.
    #[must_use]
    pub fn minutes_to_wait(&self) -> u32 {
        self.retry_after
            .map_or(1, |seconds| seconds.div_ceil(60))
            .max(1)
    }

    /// The same refusal, with the field at fault.
    #[must_use]
    pub fn at(mut self, field: RefusedField) -> Self {
        self.field = Some(field);
        self
    }
}

/// The rules that refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// No such organisation.
    UnknownOrganization,
    /// No such desk.
    UnknownDesk,
    /// No such request, or the person takes no part in it.
    UnknownRequest,
    /// No such approval, or the person is not one of its approvers.
    UnknownApproval,
    /// The payload names somebody by an account that is not known.
    UnknownAccount,
    /// The delivery could not be read: it is no JSON, does not fit its mapping, or has a field that
    /// is not valid.
    Unreadable,
    /// The person is no member.
    NotAMember,
    /// The request exists already, raised by another delivery.
    RequestExists,
    /// The desk takes no requests from this address.
    AccessDenied,
    /// Every seat is taken.
    SeatCapReached,
    /// The address is outside the allowed domains.
    DomainNotAllowed,
    /// No more invitations today.
    DailyLimitReached,
    /// An administrator has been asked.
    AwaitingApproval,
    /// The row holds no e-mail address.
    InvalidEmail,
    /// The same person stands in an earlier row.
    Duplicate,
    /// The date lies in the past.
    DateInThePast,
    /// The colleague who should take over is no active member.
    HandOverToNotAMember,
    /// The last lead cannot go; another must be named first.
    LastLead,
    /// The state does not allow it: already answered, expired, withdrawn, or over.
    NotPossibleNow,
    /// More updates wait for this request than are kept.
    TooManyEarlyUpdates,
    /// The person is not allowed to do this.
    NotAllowed,
    /// A request takes no more viewers, approvals or updates.
    LimitReached,
    /// It would mail others more often than one person may, or one mailbox more often than it
    /// should get mail.
    TooOften,
}

impl Code {
    /// The code as it stands in answers.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UnknownOrganization => "unknown_organization",
            Self::UnknownDesk => "unknown_desk",
            Self::UnknownRequest => "unknown_request",
            Self::UnknownApproval => "unknown_approval",
            Self::UnknownAccount => "unknown_account",
            Self::Unreadable => "unreadable",
            Self::NotAMember => "not_a_member",
            Self::RequestExists => "request_exists",
            Self::AccessDenied => "access_denied",
            Self::SeatCapReached => "seat_cap_reached",
            Self::DomainNotAllowed => "domain_not_allowed",
            Self::DailyLimitReached => "daily_limit_reached",
            Self::AwaitingApproval => "awaiting_approval",
            Self::InvalidEmail => "invalid_email",
            Self::Duplicate => "duplicate",
            Self::DateInThePast => "date_in_the_past",
            Self::HandOverToNotAMember => "hand_over_to_not_a_member",
            Self::LastLead => "last_lead",
            Self::NotPossibleNow => "not_possible_now",
            Self::TooManyEarlyUpdates => "too_many_early_updates",
            Self::NotAllowed => "not_allowed",
            Self::LimitReached => "limit_reached",
            Self::TooOften => "too_often",
        }
    }

    /// The rule in a few plain words, for whoever is refused.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::UnknownOrganization => "there is no such organisation",
            Self::UnknownDesk => "there is no such desk",
            Self::UnknownRequest => "there is no such request",
            Self::UnknownApproval => "there is no such approval, or this person is not asked",
            Self::UnknownAccount => "the account belongs to nobody known here",
            Self::Unreadable => "the delivery could not be read",
            Self::NotAMember => "the person has no access to the organisation",
            Self::RequestExists => "the request is recorded already",
            Self::AccessDenied => "the desk takes no requests from this address",
            Self::SeatCapReached => "every seat of the organisation is taken",
            Self::DomainNotAllowed => "the address is outside the organisation's domains",
            Self::DailyLimitReached => "no more people can be invited today",
            Self::AwaitingApproval => "an administrator has been asked",
            Self::InvalidEmail => "this is no e-mail address of the form name@domain",
            Self::Duplicate => "the same person stands in an earlier row",
            Self::DateInThePast => "the date has passed",
            Self::HandOverToNotAMember => {
                "the person who should take over has no access to the organisation"
            }
            Self::LastLead => "every organisation needs a lead: name another one first",
            Self::NotPossibleNow => "this is not possible any more",
            Self::TooManyEarlyUpdates => "too many updates already wait for this request",
            Self::NotAllowed => "this is not allowed",
            Self::LimitReached => "a limit is reached",
            Self::TooOften => "too many mails were set off within a short time",
        }
    }
}
