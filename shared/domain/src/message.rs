//! Messages to people: to whom, about what, and whether they can be stopped. How they read is the
//! business of the `mail` crate; how their links are signed, of `links`.

mod audience;
mod kind;
mod link_plan;
mod notice;
mod reach;
mod recipients;

pub use audience::{Addressee, Audience, LeftOut};
pub use kind::Urgency;
pub use link_plan::LinkPlan;
pub use notice::RequesterAction;
pub use reach::Reach;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    ApprovalId, Days, DeskId, DraftId, EmailAddress, Language, OrgId, RequestRef, Role, RunId,
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
        /// As what they wrote it; a message of an older version does not say.
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
    /// To a desk: what somebody did on their page. It opens no page: the pages are personal.
    DeskNotice {
        /// The request.
        request: AboutRequest,
        /// Who did it.
        by: EmailAddress,
        /// How they are called, when anyone said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<Name>,
        /// What they did.
        action: RequesterAction,
    },
    /// To somebody who is not known: please confirm that the request is yours.
    ConfirmRequest {
        /// The request that waits.
        draft: DraftId,
        /// What it is about, as whoever filled in the form wrote it.
        summary: Title,
        /// Until when it waits.
        expires_at: Timestamp,
        /// In which language the form was read: that of the mail, if its reader chose none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        language: Option<Language>,
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
        /// Who invites, by address, with the name when it is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        inviter: Option<String>,
        /// Until when the question stands.
        expires_at: Timestamp,
        /// All else that is allowed with it; a message of an older version has none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        terms: Option<AskedTerms>,
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
    /// To leads: these colleagues have gone quiet, and since no mail reaches them they were neither
    /// warned nor removed. To administrators when mail reaches no lead either.
    UnreachableHeld {
        /// What the organisation is called.
        org_name: Name,
        /// Who.
        people: Vec<EmailAddress>,
    },
    /// To administrators, weekly while it lasts: nobody leads the organisation whom mail reaches.
    OrganizationVacant {
        /// What the organisation is called.
        org_name: Name,
        /// Since when.
        since: Timestamp,
        /// Who could be asked to lead it, the most active first.
        to_ask: Vec<ToAsk>,
        /// The number of there are in all.
        total: u32,
    },
    /// To leads: who of these people still belongs?
    ReviewAsked {
        /// What the organisation is called.
        org_name: Name,
        /// How many people are to be kept or removed.
        people: u32,
        /// How often the question is asked.
        every_days: Days,
        /// When the review before was over, if there was one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        last_review: Option<Timestamp>,
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
    /// To a desk: somebody's acts would have mailed others more than a person may, and were stopped.
    BurstStopped {
        /// Who.
        by: EmailAddress,
        /// What the organisation is called that they act for, when they lead one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        org_name: Option<Name>,
        /// When they can go on.
        again_at: Timestamp,
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

/// Somebody with access who could be asked to lead their organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToAsk {
    /// Who.
    pub email: EmailAddress,
    /// How they are called, when anyone said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// When they were last active.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_active: Option<Timestamp>,
}

/// The terms of an invitation that administrators are asked about: whoever allows it allows these.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AskedTerms {
    /// What the person would be.
    pub role: Role,
    /// How the inviter calls them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    /// When access would end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_until: Option<Timestamp>,
    /// What the inviter wrote to them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
    /// The number of seats of the organisation are taken.
    pub seats_used: u32,
    /// The number of it has.
    pub seat_cap: u32,
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
