//! The reach of a mail, by which limits count it.

use super::Mail;

/// The reach of a mail, as the limits on mails to others distinguish it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// A desk's inbox. Everybody's acts end there, so those who act are limited. A limit for the
    /// inbox would let one person silence all others.
    Desk,
    /// People who follow a request. They can stop these mails themselves, and a limit for each of
    /// them would let one follower silence the others. So those who act are limited.
    Followers,
    /// One person, about a request.
    Colleague,
    /// One person, about their own access.
    Person,
    /// People who look after others: leads, administrators, inviters.
    Stewards,
}

impl Mail {
    /// Returns its reach.
    #[must_use]
    pub fn reach(&self) -> Reach {
        match self {
            Self::DeskNotice { .. } | Self::BurstStopped { .. } => Reach::Desk,
            Self::RequestReceived { .. }
            | Self::RequestCommented { .. }
            | Self::RequestTransitioned { .. }
            | Self::RequestClosed { .. }
            | Self::RequestMoved { .. } => Reach::Followers,
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
            | Self::ExceptionAllowed { .. }
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
            | Self::TokenExpires { .. }
            | Self::SweepHeld { .. } => Reach::Stewards,
        }
    }
}
