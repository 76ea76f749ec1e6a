//! The main link of a mail.

use jiff::Timestamp;

use super::{Mail, Message, Opens};
use crate::{
    Role,
    link::{Purpose, Scope},
};

/// The plan of a mail's main link, which the relay signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkPlan {
    /// The purpose.
    pub purpose: Purpose,
    /// The scope.
    pub scope: Scope,
    /// The instant at which it ends, when the mail sets one. Otherwise the purpose's default
    /// applies.
    pub expires_at: Option<Timestamp>,
}

impl Message {
    /// Returns the plan of the mail's main link; `None` when the reader has nothing to open.
    #[must_use]
    #[expect(
        clippy::too_many_lines,
        reason = "one flat arm for each kind of mail is easier to check than a split by no principle"
    )]
    pub fn link(&self) -> Option<LinkPlan> {
        let plan = |purpose, scope, expires_at| {
            Some(LinkPlan {
                purpose,
                scope,
                expires_at,
            })
        };
        let of_organization = |purpose| {
            self.org
                .clone()
                .and_then(|org| plan(purpose, Scope::Organization { org }, None))
        };
        let console = || of_organization(Purpose::LeadConsole);
        match &self.mail {
            Mail::RequestReceived { request, .. }
            | Mail::RequestShared { request, .. }
            | Mail::RequestCommented { request, .. }
            | Mail::RequestTransitioned { request, .. }
            | Mail::RequestClosed { request, .. }
            | Mail::RequestMoved { request, .. }
            | Mail::ApprovalAnswered { request, .. }
            | Mail::RequestHandedOver { request, .. } => plan(
                Purpose::Requester,
                Scope::Request {
                    request: request.id.clone(),
                },
                None,
            ),
            Mail::ApprovalRequested {
                request,
                approval,
                due,
                ..
            } => plan(
                Purpose::Approve,
                Scope::Approval {
                    request: request.id.clone(),
                    approval: approval.clone(),
                },
                *due,
            ),
            Mail::ConfirmRequest {
                draft, expires_at, ..
            } => {
                let draft = draft.clone();
                plan(
                    Purpose::ConfirmRequest,
                    Scope::Draft { draft },
                    Some(*expires_at),
                )
            }
            Mail::ReviewAsked { .. } => of_organization(Purpose::Review),
            Mail::Invitation { expires_at, .. } => self.org.clone().and_then(|org| {
                plan(
                    Purpose::AcceptInvitation,
                    Scope::Organization { org },
                    Some(*expires_at),
                )
            }),
            Mail::InactivityWarning { grace_until, .. } => self.org.clone().and_then(|org| {
                plan(
                    Purpose::KeepAccess,
                    Scope::Organization { org },
                    Some(*grace_until),
                )
            }),
            Mail::ExceptionAsked {
                invitee,
                expires_at,
                ..
            } => self.org.clone().and_then(|org| {
                plan(
                    Purpose::DecideInvitation,
                    Scope::Invitee {
                        org,
                        email: invitee.clone(),
                    },
                    Some(*expires_at),
                )
            }),
            Mail::SweepHeld { run, .. } => {
                plan(Purpose::ReleaseSweep, Scope::Run { run: *run }, None)
            }
            Mail::Welcome { role, .. } => match role {
                Role::Lead => console(),
                Role::Member => plan(Purpose::Requester, Scope::Own, None),
            },
            Mail::YourLink { opens, .. } => match opens {
                Opens::LeadConsole => console(),
                Opens::MyRequests => plan(Purpose::Requester, Scope::Own, None),
            },
            // The message names the organisation for leads. Others have no console to open.
            Mail::InvitationDeclined { .. }
            | Mail::ExceptionAllowed { .. }
            | Mail::ExceptionRefused { .. }
            | Mail::MemberOffboarded { .. }
            | Mail::RemovalDigest { .. }
            | Mail::MemberJoined { .. }
            | Mail::LeaverRaisedRequest { .. }
            | Mail::AddressSuppressed { .. }
            | Mail::UnreachableHeld { .. } => console(),
            Mail::DeskNotice { .. }
            | Mail::BurstStopped { .. }
            | Mail::AccessEnding { .. }
            | Mail::AccessEnded { .. }
            | Mail::LastLeadSpared { .. }
            | Mail::OrganizationVacant { .. }
            | Mail::TokenExpires { .. } => None,
        }
    }
}
