//! The audit: each change with its actor, subject, reason and evidence.

mod rule;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    DeliveryId, EmailAddress, OrgId, RequestRef, RunId, SourceId, link::Purpose, text::Reason,
};

pub use rule::Rule;

/// One change of state, as the audit keeps it for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// The instant at which it happened.
    pub at: Timestamp,
    /// The organisation, when it belongs to one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org: Option<OrgId>,
    /// The action.
    pub action: Action,
    /// The subject.
    pub subject: Subject,
    /// The actor.
    pub actor: Actor,
    /// The reason: somebody's own words, or the rule. Every decision of this crate gives one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The evidence that it was asked for.
    pub evidence: Evidence,
}

impl AuditEntry {
    /// An entry about a change that is made on an occasion.
    #[must_use]
    pub fn new(action: Action, subject: Subject, occasion: &Occasion) -> Self {
        let Occasion { proof, now } = occasion;
        Self {
            at: *now,
            org: None,
            action,
            subject,
            actor: proof.actor.clone(),
            reason: None,
            evidence: proof.evidence.clone(),
        }
    }

    /// The same entry, filed under an organisation.
    #[must_use]
    pub fn in_org(mut self, org: &OrgId) -> Self {
        self.org = Some(org.clone());
        self
    }

    /// The same entry with its reason, of which the first 500 characters are kept.
    #[must_use]
    pub fn because(mut self, reason: &str) -> Self {
        let reason: String = reason.chars().take(500).collect();
        self.reason = Reason::new(&reason).ok();
        self
    }
}

/// The actor who asks for a change, with the evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The actor.
    pub actor: Actor,
    /// The evidence.
    pub evidence: Evidence,
}

impl Proof {
    /// The occasion on which something is decided by this proof.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Occasion {
        Occasion {
            proof: self.clone(),
            now,
        }
    }
}

/// The occasion of a decision: who acts, by what proof, and at what instant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// The actor and the evidence, for the audit.
    pub proof: Proof,
    /// The instant of the decision.
    pub now: Timestamp,
}

impl Occasion {
    /// The person who acts; `None` when it is a source, the sweep or another system.
    #[must_use]
    pub fn person(&self) -> Option<&EmailAddress> {
        match &self.proof.actor {
            Actor::Person(email) => Some(email),
            Actor::Source(_)
            | Actor::Sweep
            | Actor::MailFeedback
            | Actor::Desk
            | Actor::Operator => None,
        }
    }
}

/// The subject of a change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A person.
    Person(EmailAddress),
    /// A request.
    Request(RequestRef),
    /// A run of the sweep.
    Run(RunId),
    /// An organisation as a whole.
    Organization(OrgId),
}

/// An actor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Actor {
    /// A person: a lead, a member, an administrator, a requester.
    Person(EmailAddress),
    /// A sender of webhooks, when its event names no person.
    Source(SourceId),
    /// The passing of time, as the sweep noticed it.
    Sweep,
    /// The mail system: a bounce or a complaint.
    MailFeedback,
    /// A service desk elsewhere, to which work was written.
    Desk,
    /// The operator's command, run by the people who run the desk.
    Operator,
}

/// The evidence that a change was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// A signed delivery.
    Delivery {
        /// The sender.
        source: SourceId,
        /// The delivery's id.
        id: DeliveryId,
    },
    /// A form posted from a signed link.
    Link {
        /// The purpose of the link.
        purpose: Purpose,
    },
    /// A deadline that passed.
    Deadline {
        /// The deadline.
        due: Timestamp,
        /// The run that noticed it.
        run: RunId,
    },
    /// A notice of the mail system.
    MailEvent {
        /// The mail system's id of the message.
        message: crate::text::Line<200>,
    },
    /// Work at a service desk elsewhere.
    DeskWork {
        /// The token under which it was asked for.
        id: crate::text::Line<64>,
    },
    /// A command of whoever runs the desk.
    Command {
        /// The name of the command.
        name: crate::text::Line<64>,
    },
    /// The description of the world that was applied.
    WorldFile {
        /// The SHA-256 of the file, in hexadecimal.
        sha256: crate::text::Line<64>,
    },
}

/// The actions that the audit keeps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// A person was invited and holds a seat.
    MemberInvited,
    /// An invitation that exceeds a limit waits for an administrator.
    ExceptionAsked,
    /// An administrator refused it.
    ExceptionRefused,
    /// The invitee was reminded.
    InvitationReminded,
    /// The invitation's mail was sent anew with a new deadline.
    InvitationResent,
    /// The invitee accepted.
    InvitationAccepted,
    /// The invitee declined.
    InvitationDeclined,
    /// The inviter withdrew the invitation.
    InvitationWithdrawn,
    /// The invitation's time ran out.
    InvitationExpired,
    /// A person became a member by raising a request from an allowed domain, or because they are a
    /// customer at the service desk already.
    MemberJoined,
    /// A quiet member was warned.
    MemberWarned,
    /// A warned member, or one whose access ends on a date, was reminded.
    MemberReminded,
    /// A warned member stays: they were active or said so, or the lead did.
    MemberKept,
    /// A member's access ended.
    MemberOffboarded,
    /// A member's access will end on a date.
    OffboardingScheduled,
    /// It will not after all.
    OffboardingCancelled,
    /// An off-boarding was undone.
    MemberRestored,
    /// The record of a person who left was reduced to what the audit needs.
    RecordReduced,
    /// The date on which access ends was moved.
    AccessExtended,
    /// A member became a lead, or stopped being one.
    RoleChanged,
    /// Those who run the desk named a lead.
    LeadAppointed,
    /// The leads were asked who still belongs.
    ReviewAsked,
    /// A lead is through with the question.
    ReviewFinished,
    /// A member was marked as never to be removed for inactivity, or the mark was taken away.
    ExemptionChanged,
    /// A request was recorded.
    RequestCreated,
    /// A public comment was added.
    RequestCommented,
    /// A request's status changed.
    RequestTransitioned,
    /// A status older than the recorded one was noted and changed nothing else.
    LateStatusNoted,
    /// People or an organisation were let in on a request.
    RequestShared,
    /// An approval was asked for.
    ApprovalRequested,
    /// An approval was answered.
    ApprovalAnswered,
    /// A request was closed.
    RequestClosed,
    /// A request got another key, or was moved to where no desk here serves it.
    RequestMoved,
    /// A leaver's request got a new reporter.
    RequestHandedOver,
    /// An update of a request that is not known yet was kept for it.
    UpdateKept,
    /// Its request did not come; the update was parked.
    UpdateAbandoned,
    /// A person stopped the mails about a request, or all that can be stopped.
    MailStopped,
    /// A person wants mails again.
    MailResumed,
    /// Mail to an address was stopped after a bounce or a complaint.
    AddressSuppressed,
    /// Mail to the address is sent again.
    SuppressionLifted,
    /// An organisation has no lead whom mail reaches; the administrators were asked.
    OrganizationVacant,
    /// Somebody leads it again.
    VacancyEnded,
    /// An account elsewhere came with a second address and is nobody's.
    AccountDisputed,
    /// An account elsewhere was bound to another address by a stronger proof.
    AccountRebound,
    /// It was forgotten whose an account elsewhere is.
    AccountForgotten,
    /// A person ended all their links.
    LinksEnded,
    /// A person changed how they are called or addressed.
    ProfileChanged,
    /// A sweep stopped because it would have removed too many.
    SweepHeld,
    /// An administrator released it.
    SweepReleased,
}
