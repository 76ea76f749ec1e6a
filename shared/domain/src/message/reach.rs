//! Whom a mail reaches: what limits count it by.

use super::Mail;

/// Whom a mail reaches, as the limits on what mails others tell them apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// A desk's inbox. Everybody's acts end there, so only those who act are limited: were the
    /// inbox, one person would silence all others.
    Desk,
    /// Whoever follows a request. They can stop these mails themselves, and a limit for each of
    /// them would let one follower silence the others; so those who act are limited.
    Followers,
    /// One person, about a request.
    Colleague,
    /// One person, about their own access.
    Person,
    /// Those who look after others: leads, administrators, inviters.
    Stewards,
}

impl Mail {
    /// Whom it reaches.
    #[must_use]
    pub fn reach(&self) -> Reach {
        match self {
            Self::DeskNotice { .. } | Self::BurstStopped { .. } => Reach::Desk,
            Self::RequestReceived { .. }
            | Self::RequestCommented { .. }
            | Self::RequestTransitioned { .. }
            | Self::RequestClosed { .. } => Reach::Followers,
            Self::RequestShared { .. }
            | Self::ApprovalRequested { .. }
            | Self::ApprovalAnswered { .. }
            | Self::RequestHandedOver { .. } => Reach::Colleague,
            Self::ConfirmRequest { .. }
            | Self::Invitation { .. }
            | Self::Welcome { .. }
            | Self::InactivityWarning { .. }
            | Self::AccessEnding { .. }
            | Self::AccessEnded { .. }
            | Self::YourLink { .. } => Reach::Person,
            Self::InvitationDeclined { .. }
            | Self::ExceptionAsked { .. }
            | Self::ExceptionRefused { .. }
            | Self::MemberOffboarded { .. }
            | Self::RemovalDigest { .. }
            | Self::MemberJoined { .. }
            | Self::LeaverRaisedRequest { .. }
            | Self::AddressSuppressed { .. }
            | Self::ReviewAsked { .. }
            | Self::LastLeadSpared { .. }
            | Self::UnreachableHeld { .. }
            | Self::OrganizationVacant { .. }
            | Self::SweepHeld { .. } => Reach::Stewards,
        }
    }
}
