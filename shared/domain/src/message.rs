//! Messages to people: to whom, about what, and whether they can be stopped. How they read is the
//! business of the `mail` crate; how their links are signed, of `links`.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ApprovalId, Days, DeskId, EmailAddress, OrgId, RequestRef, Role, RunId,
    customer::Suppression,
    link::{Purpose, Scope},
    membership::OffboardReason,
    request::{Category, Decision},
    text::{Body, Name, Note, Reason, Title},
};

/// The most recipients of one message; more are cut into several.
pub const MAX_RECIPIENTS: usize = 50;

/// One message to one or more people, each of whom gets their own copy with their own links.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// Whom.
    pub to: Vec<EmailAddress>,
    /// The desk in whose name it is sent.
    pub desk: DeskId,
    /// The organisation it is about, when there is one: its links depend on membership there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org: Option<OrgId>,
    /// What it says.
    pub mail: Mail,
}

/// What stands in every mail about a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutRequest {
    /// Which one.
    pub id: RequestRef,
    /// What it is about.
    pub summary: Title,
}

/// What a message says, with all that its text needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Mail {
    /// To the reporter: the request is recorded.
    RequestReceived {
        /// The request.
        request: AboutRequest,
        /// What was asked.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        description: Option<Body>,
    },
    /// To a participant: they can follow a request.
    RequestShared {
        /// The request.
        request: AboutRequest,
        /// Who raised it, by name or address.
        reporter: String,
    },
    /// To subscribed viewers except the author: there is a public comment.
    RequestCommented {
        /// The request.
        request: AboutRequest,
        /// Who wrote it.
        author: Name,
        /// What.
        body: Body,
    },
    /// To subscribed viewers except who changed it: the status changed.
    RequestTransitioned {
        /// The request.
        request: AboutRequest,
        /// The desk's word for the status.
        status: Title,
        /// What it means.
        category: Category,
    },
    /// To subscribed viewers: the request is over.
    RequestClosed {
        /// The request.
        request: AboutRequest,
        /// How it ended.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resolution: Option<Title>,
    },
    /// To an approver: please answer.
    ApprovalRequested {
        /// The request.
        request: AboutRequest,
        /// The question.
        approval: ApprovalId,
        /// Who raised the request, by name or address.
        reporter: String,
        /// Until when.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Timestamp>,
    },
    /// To the reporter: an approver answered.
    ApprovalAnswered {
        /// The request.
        request: AboutRequest,
        /// Who answered, by address.
        by: EmailAddress,
        /// What.
        decision: Decision,
        /// Why.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// To a colleague: a leaver's request is theirs now.
    RequestHandedOver {
        /// The request.
        request: AboutRequest,
        /// Who had it, by name or address.
        from: String,
    },
    /// To an invitee.
    Invitation {
        /// What the organisation is called.
        org_name: Name,
        /// Who invites, by name or address; nobody in particular when it was a system.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        inviter: Option<String>,
        /// What they would be.
        role: Role,
        /// What the inviter wrote.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
        /// Until when it can be accepted.
        expires_at: Timestamp,
        /// When access would end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        access_until: Option<Timestamp>,
        /// Whether this is the one reminder.
        reminder: bool,
    },
    /// To a new member: access has begun.
    Welcome {
        /// What the organisation is called.
        org_name: Name,
        /// What they are.
        role: Role,
    },
    /// To the inviter: the invitee said no.
    InvitationDeclined {
        /// What the organisation is called.
        org_name: Name,
        /// Who.
        invitee: EmailAddress,
    },
    /// To administrators: an invitation exceeds a limit, please decide.
    ExceptionAsked {
        /// What the organisation is called.
        org_name: Name,
        /// Who would be invited.
        invitee: EmailAddress,
        /// Who invites, by name or address.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        inviter: Option<String>,
        /// Until when the question stands.
        expires_at: Timestamp,
    },
    /// To the inviter: an administrator refused.
    ExceptionRefused {
        /// What the organisation is called.
        org_name: Name,
        /// Who will not be invited.
        invitee: EmailAddress,
    },
    /// To a quiet member: access ends unless they say otherwise.
    InactivityWarning {
        /// What the organisation is called.
        org_name: Name,
        /// After how many quiet days the warning is written.
        quiet_days: Days,
        /// When access ends.
        grace_until: Timestamp,
        /// Whether this is a reminder of an earlier warning.
        reminder: bool,
    },
    /// To a member whose access has an end: it is near.
    AccessEnding {
        /// What the organisation is called.
        org_name: Name,
        /// When.
        access_until: Timestamp,
    },
    /// To a person whose access a deadline ended.
    AccessEnded {
        /// What the organisation is called.
        org_name: Name,
        /// Why.
        why: OffboardReason,
    },
    /// To leads: somebody's access ended or will end; here is what they leave.
    MemberOffboarded {
        /// What the organisation is called.
        org_name: Name,
        /// Who.
        member: EmailAddress,
        /// Why.
        why: OffboardReason,
        /// When; a later date means it is planned.
        at: Timestamp,
        /// Until when it can be undone.
        undo_until: Timestamp,
        /// How many open requests they leave.
        open_requests: u32,
        /// Who takes them over.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hand_over_to: Option<EmailAddress>,
    },
    /// To leads: whom a sweep removed.
    RemovalDigest {
        /// What the organisation is called.
        org_name: Name,
        /// Who, at most the first hundred.
        removed: Vec<EmailAddress>,
        /// How many in all.
        total: u32,
        /// Until when each can be restored.
        undo_until: Timestamp,
    },
    /// To leads: somebody became a member by raising a request.
    MemberJoined {
        /// What the organisation is called.
        org_name: Name,
        /// Who.
        member: EmailAddress,
        /// Whether a seat was free; if not they are a guest.
        seated: bool,
    },
    /// To leads and administrators: somebody who left raised a request elsewhere.
    LeaverRaisedRequest {
        /// What the organisation is called.
        org_name: Name,
        /// Who.
        member: EmailAddress,
        /// The request.
        request: AboutRequest,
    },
    /// To leads: mail to a colleague does not arrive.
    AddressSuppressed {
        /// What the organisation is called.
        org_name: Name,
        /// Who.
        member: EmailAddress,
        /// Why.
        why: Suppression,
    },
    /// To administrators: the last lead of an organisation is due for removal and stays.
    LastLeadSpared {
        /// What the organisation is called.
        org_name: Name,
        /// Who.
        lead: EmailAddress,
    },
    /// To administrators: a sweep stopped because it would have removed too many.
    SweepHeld {
        /// The run.
        run: RunId,
        /// How many it would have removed.
        would_remove: u32,
        /// How many it may.
        limit: u32,
        /// In which organisations, by name with their numbers; at most fifty.
        organizations: Vec<(Name, u32)>,
    },
    /// To anyone who asked for it, or a lead at the start: the link to what is theirs.
    YourLink {
        /// What it opens.
        opens: Opens,
        /// What the organisation is called.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        org_name: Option<Name>,
    },
}

/// What a mailed link opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Opens {
    /// The lead's console of an organisation.
    LeadConsole,
    /// The person's own requests.
    MyRequests,
}

/// What a mail's main link is for, what it opens, and until when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkPlan {
    /// What it is for.
    pub purpose: Purpose,
    /// What it opens.
    pub scope: Scope,
    /// When it ends, when something in the mail decides that; otherwise by the purpose's default.
    pub expires_at: Option<Timestamp>,
}

/// How urgent a message is when mail has to be paced. The order is the order of sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// About somebody's access. Cannot be stopped.
    Access,
    /// About a request. Can be stopped, for one request or altogether.
    Request,
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
            Self::ApprovalRequested { .. } => "approval_requested",
            Self::ApprovalAnswered { .. } => "approval_answered",
            Self::RequestHandedOver { .. } => "request_handed_over",
            Self::Invitation {
                reminder: false, ..
            } => "invitation",
            Self::Invitation { reminder: true, .. } => "invitation_reminder",
            Self::Welcome { .. } => "welcome",
            Self::InvitationDeclined { .. } => "invitation_declined",
            Self::ExceptionAsked { .. } => "exception_asked",
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
            Self::LastLeadSpared { .. } => "last_lead_spared",
            Self::SweepHeld { .. } => "sweep_held",
            Self::YourLink { .. } => "your_link",
        }
    }

    /// How urgent it is, and with that whether its readers can stop it.
    #[must_use]
    pub fn urgency(&self) -> Urgency {
        match self {
            Self::RequestReceived { .. }
            | Self::RequestShared { .. }
            | Self::RequestCommented { .. }
            | Self::RequestTransitioned { .. }
            | Self::RequestClosed { .. }
            | Self::ApprovalRequested { .. }
            | Self::ApprovalAnswered { .. }
            | Self::RequestHandedOver { .. } => Urgency::Request,
            Self::Invitation { .. }
            | Self::Welcome { .. }
            | Self::InactivityWarning { .. }
            | Self::AccessEnding { .. }
            | Self::AccessEnded { .. }
            | Self::YourLink { .. } => Urgency::Access,
            Self::InvitationDeclined { .. }
            | Self::ExceptionAsked { .. }
            | Self::ExceptionRefused { .. }
            | Self::MemberOffboarded { .. }
            | Self::RemovalDigest { .. }
            | Self::MemberJoined { .. }
            | Self::LeaverRaisedRequest { .. }
            | Self::AddressSuppressed { .. }
            | Self::LastLeadSpared { .. }
            | Self::SweepHeld { .. } => Urgency::Digest,
        }
    }

    /// The request it is about, when it is about one its readers may follow.
    #[must_use]
    pub fn request(&self) -> Option<&AboutRequest> {
        match self {
            Self::RequestReceived { request, .. }
            | Self::RequestShared { request, .. }
            | Self::RequestCommented { request, .. }
            | Self::RequestTransitioned { request, .. }
            | Self::RequestClosed { request, .. }
            | Self::ApprovalRequested { request, .. }
            | Self::ApprovalAnswered { request, .. }
            | Self::RequestHandedOver { request, .. } => Some(request),
            Self::Invitation { .. }
            | Self::Welcome { .. }
            | Self::InvitationDeclined { .. }
            | Self::ExceptionAsked { .. }
            | Self::ExceptionRefused { .. }
            | Self::InactivityWarning { .. }
            | Self::AccessEnding { .. }
            | Self::AccessEnded { .. }
            | Self::MemberOffboarded { .. }
            | Self::RemovalDigest { .. }
            | Self::MemberJoined { .. }
            | Self::LeaverRaisedRequest { .. }
            | Self::AddressSuppressed { .. }
            | Self::LastLeadSpared { .. }
            | Self::SweepHeld { .. }
            | Self::YourLink { .. } => None,
        }
    }
}

impl Message {
    /// What the mail's main link opens; `None` when the reader has nothing to open.
    #[must_use]
    pub fn link(&self) -> Option<LinkPlan> {
        let plan = |purpose, scope, expires_at| {
            Some(LinkPlan {
                purpose,
                scope,
                expires_at,
            })
        };
        let console = || {
            self.org
                .clone()
                .and_then(|org| plan(Purpose::LeadConsole, Scope::Organization { org }, None))
        };
        match &self.mail {
            Mail::RequestReceived { request, .. }
            | Mail::RequestShared { request, .. }
            | Mail::RequestCommented { request, .. }
            | Mail::RequestTransitioned { request, .. }
            | Mail::RequestClosed { request, .. }
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
            // For leads the message names the organisation; for others, who have no console, not.
            Mail::InvitationDeclined { .. }
            | Mail::ExceptionRefused { .. }
            | Mail::MemberOffboarded { .. }
            | Mail::RemovalDigest { .. }
            | Mail::MemberJoined { .. }
            | Mail::LeaverRaisedRequest { .. }
            | Mail::AddressSuppressed { .. } => console(),
            Mail::AccessEnding { .. } | Mail::AccessEnded { .. } | Mail::LastLeadSpared { .. } => {
                None
            }
        }
    }
}
