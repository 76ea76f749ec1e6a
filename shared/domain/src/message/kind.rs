//! A mail's name and how urgent it is.

use serde::{Deserialize, Serialize};

use super::{AboutRequest, Mail, Opens, Reach};

/// The urgency of a message when mail has to be paced. Variants are sent in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// About somebody's access. Cannot be stopped.
    Access,
    /// About a request. Can be stopped, for one request or altogether.
    Request,
    /// For a desk: what its customers did on their pages. Cannot be stopped by its reader.
    Desk,
    /// For those who look after others.
    Digest,
}

impl Mail {
    /// The kind's name, as it stands in the outbox, in `X-Lanyard-Kind` and in metrics.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::RequestReceived { .. } => "request_received",
            Self::RequestShared { .. } => "request_shared",
            Self::RequestCommented { .. } => "request_commented",
            Self::RequestTransitioned { .. } => "request_transitioned",
            Self::RequestClosed { .. } => "request_closed",
            Self::RequestMoved { .. } => "request_moved",
            Self::ApprovalRequested { .. } => "approval_requested",
            Self::ApprovalAnswered { .. } => "approval_answered",
            Self::RequestHandedOver { .. } => "request_handed_over",
            Self::DeskNotice { .. } => "desk_notice",
            Self::ConfirmRequest { .. } => "confirm_request",
            Self::Invitation {
                reminder: false, ..
            } => "invitation",
            Self::Invitation { reminder: true, .. } => "invitation_reminder",
            Self::Welcome { .. } => "welcome",
            Self::InvitationDeclined { .. } => "invitation_declined",
            Self::ExceptionAsked { .. } => "exception_asked",
            Self::ExceptionAllowed { .. } => "exception_allowed",
            Self::ExceptionRefused { .. } => "exception_refused",
            Self::InactivityWarning {
                reminder: false, ..
            } => "inactivity_warning",
            Self::InactivityWarning { reminder: true, .. } => "inactivity_reminder",
            Self::AccessEnding { .. } => "access_ending",
            Self::AccessEnded { .. } => "access_ended",
            Self::MemberOffboarded { .. } => "member_offboarded",
            Self::RemovalDigest { .. } => "removal_digest",
            Self::MemberJoined { .. } => "member_joined",
            Self::LeaverRaisedRequest { .. } => "leaver_raised_request",
            Self::AddressSuppressed { .. } => "address_suppressed",
            Self::UnreachableHeld { .. } => "unreachable_held",
            Self::OrganizationVacant { .. } => "organization_vacant",
            Self::ReviewAsked { .. } => "review_asked",
            Self::LastLeadSpared { .. } => "last_lead_spared",
            Self::SweepHeld { .. } => "sweep_held",
            Self::TokenExpires { .. } => "token_expires",
            Self::BurstStopped { .. } => "burst_stopped",
            Self::YourLink { .. } => "your_link",
        }
    }

    /// Returns its urgency, which follows from its reach. Readers can stop [`Urgency::Request`]
    /// alone.
    #[must_use]
    pub fn urgency(&self) -> Urgency {
        match self.reach() {
            Reach::Followers | Reach::Colleague => Urgency::Request,
            Reach::Desk => Urgency::Desk,
            Reach::Person => Urgency::Access,
            Reach::Stewards => Urgency::Digest,
        }
    }

    /// Returns `true` if anybody can have it sent to any address by typing that address somewhere:
    /// in the form of a request, in the form that asks for a link, or in an invitation.
    #[must_use]
    pub fn is_for_strangers_to_cause(&self) -> bool {
        match self {
            Self::ConfirmRequest { .. }
            | Self::Invitation { .. }
            | Self::YourLink {
                opens: Opens::MyRequests,
                ..
            } => true,
            Self::YourLink {
                opens: Opens::LeadConsole,
                ..
            }
            | Self::RequestReceived { .. }
            | Self::RequestShared { .. }
            | Self::RequestCommented { .. }
            | Self::RequestTransitioned { .. }
            | Self::RequestClosed { .. }
            | Self::RequestMoved { .. }
            | Self::ApprovalRequested { .. }
            | Self::ApprovalAnswered { .. }
            | Self::RequestHandedOver { .. }
            | Self::DeskNotice { .. }
            | Self::Welcome { .. }
            | Self::InvitationDeclined { .. }
            | Self::ExceptionAsked { .. }
            | Self::ExceptionAllowed { .. }
            | Self::ExceptionRefused { .. }
            | Self::InactivityWarning { .. }
            | Self::AccessEnding { .. }
            | Self::AccessEnded { .. }
            | Self::MemberOffboarded { .. }
            | Self::RemovalDigest { .. }
            | Self::MemberJoined { .. }
            | Self::LeaverRaisedRequest { .. }
            | Self::AddressSuppressed { .. }
            | Self::UnreachableHeld { .. }
            | Self::OrganizationVacant { .. }
            | Self::ReviewAsked { .. }
            | Self::LastLeadSpared { .. }
            | Self::SweepHeld { .. }
            | Self::TokenExpires { .. }
            | Self::BurstStopped { .. } => false,
        }
    }

    /// The request in whose thread it belongs, when it is about one that its readers follow.
    #[must_use]
    pub fn request(&self) -> Option<&AboutRequest> {
        match self {
            Self::RequestReceived { request, .. }
            | Self::RequestShared { request, .. }
            | Self::RequestCommented { request, .. }
            | Self::RequestTransitioned { request, .. }
            | Self::RequestClosed { request, .. }
            | Self::RequestMoved { request, .. }
            | Self::ApprovalRequested { request, .. }
            | Self::ApprovalAnswered { request, .. }
            | Self::RequestHandedOver { request, .. }
            | Self::DeskNotice { request, .. } => Some(request),
            Self::ConfirmRequest { .. }
            | Self::Invitation { .. }
            | Self::Welcome { .. }
            | Self::InvitationDeclined { .. }
            | Self::ExceptionAsked { .. }
            | Self::ExceptionAllowed { .. }
            | Self::ExceptionRefused { .. }
            | Self::InactivityWarning { .. }
            | Self::AccessEnding { .. }
            | Self::AccessEnded { .. }
            | Self::MemberOffboarded { .. }
            | Self::RemovalDigest { .. }
            | Self::MemberJoined { .. }
            | Self::LeaverRaisedRequest { .. }
            | Self::AddressSuppressed { .. }
            | Self::UnreachableHeld { .. }
            | Self::OrganizationVacant { .. }
            | Self::ReviewAsked { .. }
            | Self::LastLeadSpared { .. }
            | Self::SweepHeld { .. }
            | Self::TokenExpires { .. }
            | Self::BurstStopped { .. }
            | Self::YourLink { .. } => None,
        }
    }
}
