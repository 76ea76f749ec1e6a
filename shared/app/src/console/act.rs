//! The actions of a lead on one person of their roster.

use domain::{
    Membership, Occasion, Organization, Outcome, Refusal, Role, Timestamp,
    decide::{
        cancel_leaving, extend_access, keep_by_lead, resend, restore, set_exempt, set_role,
        withdraw,
    },
};

/// An action on one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Undo an off-boarding, within the days in which that is possible.
    Restore,
    /// Take an open invitation back.
    Withdraw,
    /// Send an open invitation once more, with a new deadline.
    Resend,
    /// Say for somebody that access is still wanted.
    Keep,
    /// Take back an off-boarding that was planned for a date.
    CancelLeaving,
    /// Move the date on which access ends, or take it away.
    ExtendAccess(Option<Timestamp>),
    /// Make a member a lead, or a lead a member.
    SetRole(Role),
    /// Mark somebody as never to be removed for inactivity, or take the mark away.
    SetExempt(bool),
}

impl Act {
    /// Decides. The occasion names the person who acts; the caller has checked that they may.
    ///
    /// # Errors
    /// If the rules say no.
    pub fn decide(
        self,
        org: Organization,
        membership: Membership,
        occasion: &Occasion,
    ) -> Result<Outcome, Refusal> {
        match self {
            Self::Restore => restore(org, membership, occasion),
            Self::Withdraw => withdraw(org, membership, occasion),
            Self::Resend => resend(org, membership, occasion),
            Self::Keep => keep_by_lead(&org, membership, occasion),
            Self::CancelLeaving => cancel_leaving(&org, membership, occasion),
            Self::ExtendAccess(until) => extend_access(&org, membership, until, occasion),
            Self::SetRole(role) => set_role(org, membership, role, occasion),
            Self::SetExempt(exempt) => set_exempt(membership, exempt, occasion),
        }
    }
}
