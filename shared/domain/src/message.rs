//! Messages to people: recipients, content and urgency. The crate `mail` renders them, and `links`
//! signs their links.

mod audience;
mod kind;
mod link_plan;
mod notice;
mod reach;
mod recipients;
mod stopped;

pub use audience::{Addressee, Audience, LeftOut};
pub use kind::Urgency;
pub use link_plan::LinkPlan;
pub use notice::RequesterAction;
pub use reach::Reach;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ApprovalId, Days, DeskId, DraftId, EmailAddress, Language, OrgId, RequestKey, RequestRef, Role,
    RunId,
    customer::Suppression,
    membership::OffboardReason,
    request::{AuthorRole, Category, Decision},
    text::{Body, Name, Note, Reason, Title},
};

/// The most recipients of one message; more are cut into several.
pub const MAX_RECIPIENTS: usize = 50;

/// One message to one or more people, each of whom gets their own copy with their own links.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The recipients.
    pub to: Vec<EmailAddress>,
    /// The desk in whose name it is sent.
    pub desk: DeskId,
    /// The organisation it is about, when there is one: its links depend on membership there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org: Option<OrgId>,
    /// The content.
    pub mail: Mail,
}

/// The part that every mail about a request has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AboutRequest {
    /// The reference of the request.
    pub id: RequestRef,
    /// The key that it has since it was moved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<RequestKey>,
    /// The subject, as the reporter put it.
    pub summary: Title,
}

/// The content of a message, with everything that its text needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Mail {
    /// To the reporter: the request is recorded.
    RequestReceived {
        /// The request.
        request: AboutRequest,
        /// The text of the request.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        description: Option<Body>,
    },
    /// To a participant: they can follow a request.
    RequestShared {
        /// The request.
        request: AboutRequest,
        /// The reporter, by name or address.
        reporter: String,
    },
    /// To subscribed viewers except the author: there is a public comment.
    RequestCommented {
        /// The request.
        request: AboutRequest,
        /// The author.
        author: Name,
        /// The comment.
        body: Body,
        /// The role of the author. A message of an older version has none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        role: Option<AuthorRole>,
        /// Their address, for readers who may see it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        email: Option<EmailAddress>,
    },
    /// To subscribed viewers except who changed it: the status changed.
    RequestTransitioned {
        /// The request.
        request: AboutRequest,
        /// The desk's word for the status.
        status: Title,
        /// The meaning of that status.
        category: Category,
    },
    /// To subscribed viewers: the request is over.
    RequestClosed {
        /// The request.
        request: AboutRequest,
        /// The desk's word for how it ended.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resolution: Option<Title>,
    },
    /// To subscribed viewers: the request has another key.
    RequestMoved {
        /// The request.
        request: AboutRequest,
        /// The key.
        to: RequestKey,
        /// `true` if a desk here serves it there, so that they can follow it still.
        followed: bool,
    },
    /// To an approver: please answer.
    ApprovalRequested {
        /// The request.
        request: AboutRequest,
        /// The question.
        approval: ApprovalId,
        /// The reporter of the request, by name or address.
        reporter: String,
        /// The instant until which an answer is awaited.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Timestamp>,
    },
    /// To the reporter: an approver answered.
    ApprovalAnswered {
        /// The request.
        request: AboutRequest,
        /// The address of the approver.
        by: EmailAddress,
        /// The answer.
        decision: Decision,
        /// The reason that the approver gave.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
    /// To a colleague: a leaver's request is theirs now.
    RequestHandedOver {
        /// The request.
        request: AboutRequest,
        /// The previous reporter, by name or address.
        from: String,
    },
    /// To a desk: what somebody did on their page. It opens no page: the pages are personal.
    DeskNotice {
        /// The request.
        request: AboutRequest,
        /// The person who acted.
        by: EmailAddress,
        /// Their name, when it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<Name>,
        /// The act.
        action: RequesterAction,
    },
    /// To somebody who is not known: please confirm that the request is yours.
    ConfirmRequest {
        /// The request that waits.
        draft: DraftId,
        /// The subject, as it was typed into the form.
        summary: Title,
        /// The instant until which it waits.
        expires_at: Timestamp,
        /// The language in which the form was read. The mail has it if its reader chose none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<Language>,
    },
    /// To an invitee.
    Invitation {
        /// The name of the organisation.
        org_name: Name,
        /// The inviter, by name or address. Nobody when a system invites.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        inviter: Option<String>,
        /// The role that they would have.
        role: Role,
        /// The note of the inviter.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
        /// The instant until which it can be accepted.
        expires_at: Timestamp,
        /// The instant at which access would end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        access_until: Option<Timestamp>,
        /// `true` for the one reminder.
        reminder: bool,
    },
    /// To a new member: access has begun.
    Welcome {
        /// The name of the organisation.
        org_name: Name,
        /// The role that they have.
        role: Role,
    },
    /// To the inviter: the invitee said no.
    InvitationDeclined {
        /// The name of the organisation.
        org_name: Name,
        /// The invitee.
        invitee: EmailAddress,
    },
    /// To administrators: an invitation exceeds a limit, please decide.
    ExceptionAsked {
        /// The name of the organisation.
        org_name: Name,
        /// The person who would be invited.
        invitee: EmailAddress,
        /// The inviter's address, with the name when it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        inviter: Option<String>,
        /// The instant until which the question stands.
        expires_at: Timestamp,
        /// All else that is allowed with it; a message of an older version has none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        terms: Option<AskedTerms>,
    },
    /// To the inviter: an administrator allowed it, and the invitation is on its way.
    ExceptionAllowed {
        /// The name of the organisation.
        org_name: Name,
        /// The invitee.
        invitee: EmailAddress,
    },
    /// To the inviter: an administrator refused.
    ExceptionRefused {
        /// The name of the organisation.
        org_name: Name,
        /// The person who will not be invited.
        invitee: EmailAddress,
    },
    /// To a quiet member: access ends unless they say otherwise.
    InactivityWarning {
        /// The name of the organisation.
        org_name: Name,
        /// The number of quiet days after which the warning is written.
        quiet_days: Days,
        /// The instant at which access ends.
        grace_until: Timestamp,
        /// `true` for a reminder of an earlier warning.
        reminder: bool,
    },
    /// To a member whose access has an end: it is near.
    AccessEnding {
        /// The name of the organisation.
        org_name: Name,
        /// The instant at which access ends.
        access_until: Timestamp,
    },
    /// To a person whose access a deadline ended.
    AccessEnded {
        /// The name of the organisation.
        org_name: Name,
        /// The reason why access ended.
        why: OffboardReason,
    },
    /// To leads: somebody's access ended or will end; here is what they leave.
    MemberOffboarded {
        /// The name of the organisation.
        org_name: Name,
        /// The person.
        member: EmailAddress,
        /// The reason why access ended.
        why: OffboardReason,
        /// The instant at which access ends. In the future when the end is planned.
        at: Timestamp,
        /// The instant until which it can be undone.
        undo_until: Timestamp,
        /// The number of open requests that they leave.
        open_requests: u32,
        /// The colleague who takes those requests over.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        hand_over_to: Option<EmailAddress>,
    },
    /// To leads: whom a sweep removed.
    RemovalDigest {
        /// The name of the organisation.
        org_name: Name,
        /// The people who were removed, at most the first hundred.
        removed: Vec<EmailAddress>,
        /// The number of people who were removed in all.
        total: u32,
        /// The instant until which each can be restored.
        undo_until: Timestamp,
    },
    /// To leads: somebody became a member by raising a request.
    MemberJoined {
        /// The name of the organisation.
        org_name: Name,
        /// The person.
        member: EmailAddress,
        /// `true` if a seat was free. Otherwise the person is a guest.
        seated: bool,
    },
    /// To leads and administrators: somebody who left raised a request elsewhere.
    LeaverRaisedRequest {
        /// The name of the organisation.
        org_name: Name,
        /// The person.
        member: EmailAddress,
        /// The request.
        request: AboutRequest,
    },
    /// To leads: mail to a colleague does not arrive.
    AddressSuppressed {
        /// The name of the organisation.
        org_name: Name,
        /// The person.
        member: EmailAddress,
        /// The reason why mail is stopped.
        why: Suppression,
    },
    /// To leads: these colleagues have gone quiet, and since no mail reaches them they were neither
    /// warned nor removed. To administrators when mail reaches no lead either.
    UnreachableHeld {
        /// The name of the organisation.
        org_name: Name,
        /// The people whom no mail reaches.
        people: Vec<EmailAddress>,
    },
    /// To administrators, weekly while it lasts: nobody leads the organisation whom mail reaches.
    OrganizationVacant {
        /// The name of the organisation.
        org_name: Name,
        /// The instant since which it is so.
        since: Timestamp,
        /// The people who could be asked to lead it, the most active first.
        to_ask: Vec<ToAsk>,
        /// The number of such people in all.
        total: u32,
    },
    /// To leads: who of these people still belongs?
    ReviewAsked {
        /// The name of the organisation.
        org_name: Name,
        /// The number of people to confirm or remove.
        people: u32,
        /// The interval at which the question is asked.
        every_days: Days,
        /// The instant at which the review before was finished, if there was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last_review: Option<Timestamp>,
    },
    /// To administrators: the last lead of an organisation is due for removal and stays.
    LastLeadSpared {
        /// The name of the organisation.
        org_name: Name,
        /// The lead.
        lead: EmailAddress,
    },
    /// To administrators: a sweep stopped because it would have removed too many.
    SweepHeld {
        /// The run.
        run: RunId,
        /// The number of people whom it would have removed.
        would_remove: u32,
        /// The number of people whom it may remove.
        limit: u32,
        /// The organisations by name, with their numbers; at most fifty.
        organizations: Vec<(Name, u32)>,
    },
    /// To administrators: the token with which the desk's service desk elsewhere is called ends soon.
    TokenExpires {
        /// The desk, as commands name it.
        desk: DeskId,
        /// The instant from which it is not accepted any more.
        expires_at: Timestamp,
    },
    /// To a desk: somebody's acts would have mailed others more than a person may, and were stopped.
    BurstStopped {
        /// The person who acted.
        by: EmailAddress,
        /// The name of the organisation that they lead and act for, if any.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        org_name: Option<Name>,
        /// The instant from which they can go on.
        again_at: Timestamp,
    },
    /// To anyone who asked for it, or a lead at the start: the link to what is theirs.
    YourLink {
        /// The page that it opens.
        opens: Opens,
        /// The name of the organisation.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        org_name: Option<Name>,
    },
}

/// Somebody with access who could be asked to lead their organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToAsk {
    /// The person's address.
    pub email: EmailAddress,
    /// Their name, when it is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The instant of their last activity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_active: Option<Timestamp>,
}

/// The terms of an invitation that administrators are asked about: whoever allows it allows these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedTerms {
    /// The role that the person would have.
    pub role: Role,
    /// The name that the inviter gave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// The instant at which access would end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_until: Option<Timestamp>,
    /// The note of the inviter.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The number of seats that are taken.
    pub seats_used: u32,
    /// The number of seats that the organisation has.
    pub seat_cap: u32,
}

/// The page that a mailed link opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Opens {
    /// The lead's console of an organisation.
    LeadConsole,
    /// The person's own requests.
    MyRequests,
}
