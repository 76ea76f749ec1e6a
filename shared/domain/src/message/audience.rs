//! The audience of a mail, checked again for each copy when it is about to leave.
//!
//! Recipients are named when something is decided. Before the mail is sent they may have left, lost
//! a role, or switched mails off.

use jiff::Timestamp;

use super::{Mail, Message, Opens, Urgency};
use crate::{Customer, Standing};

/// Those for whom a mail is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Audience {
    /// People who take part in a request or follow it, and have not left its organisation.
    Followers,
    /// A desk's inbox.
    Desk,
    /// Any reader of the address: a link shows that it is theirs.
    Address,
    /// Somebody whose invitation is open.
    Invitee,
    /// Somebody with access.
    Member,
    /// Somebody whose access has ended: this mail says so, and nothing else follows.
    Ended,
    /// People who lead the organisation.
    Leads,
    /// The inviter: a lead, or somebody outside who acts for the organisation through a system.
    Inviter,
    /// People who administer the desk.
    Administrators,
    /// Somebody who is known at all.
    Known,
}

/// Somebody to whom a copy is addressed, as they are when it is about to leave.
#[derive(Debug, Clone, Copy)]
pub struct Addressee<'a> {
    /// The person, if anything is recorded of them.
    pub customer: Option<&'a Customer>,
    /// Their standing in the organisation that the message is about. `Never` when it is about none.
    pub standing: Standing,
    /// `true` if they administer the desk in whose name it is sent.
    pub administers: bool,
    /// `true` if they have access anywhere. Asked only of whoever wants the link to what is theirs.
    pub is_member: bool,
    /// The instant at which the copy leaves.
    pub now: Timestamp,
}

/// The reason why a copy is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LeftOut {
    /// Mail to the address came back, or its reader called it spam.
    Suppressed,
    /// They want no mail that can be stopped.
    Muted,
    /// They left the organisation.
    Left,
    /// The mail is for a role that is not theirs any more.
    NotMeant,
    /// The address is not known.
    Unknown,
}

impl LeftOut {
    /// The reason as it stands in the outbox and in the log.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Suppressed => "suppressed",
            Self::Muted => "muted",
            Self::Left => "left",
            Self::NotMeant => "not meant",
            Self::Unknown => "unknown",
        }
    }
}

impl Message {
    /// Those for whom it is meant.
    #[must_use]
    pub fn audience(&self) -> Audience {
        match &self.mail {
            Mail::RequestReceived { .. }
            | Mail::RequestShared { .. }
            | Mail::RequestCommented { .. }
            | Mail::RequestTransitioned { .. }
            | Mail::RequestClosed { .. }
            | Mail::RequestMoved { .. }
            | Mail::ApprovalRequested { .. }
            | Mail::ApprovalAnswered { .. }
            | Mail::RequestHandedOver { .. } => Audience::Followers,
            Mail::DeskNotice { .. } | Mail::BurstStopped { .. } => Audience::Desk,
            Mail::ConfirmRequest { .. } => Audience::Address,
            Mail::Invitation { .. } => Audience::Invitee,
            Mail::Welcome { .. } | Mail::InactivityWarning { .. } | Mail::AccessEnding { .. } => {
                Audience::Member
            }
            Mail::AccessEnded { .. } => Audience::Ended,
            Mail::InvitationDeclined { .. }
            | Mail::ExceptionAllowed { .. }
            | Mail::ExceptionRefused { .. } => Audience::Inviter,
            // A message that names the organisation goes to its leads; one that names none, to
            // administrators.
            Mail::MemberOffboarded { .. }
            | Mail::RemovalDigest { .. }
            | Mail::MemberJoined { .. }
            | Mail::LeaverRaisedRequest { .. }
            | Mail::AddressSuppressed { .. }
            | Mail::UnreachableHeld { .. }
            | Mail::ReviewAsked { .. } => match self.org {
                Some(_) => Audience::Leads,
                None => Audience::Administrators,
            },
            Mail::ExceptionAsked { .. }
            | Mail::OrganizationVacant { .. }
            | Mail::LastLeadSpared { .. }
            | Mail::TokenExpires { .. }
            | Mail::SweepHeld { .. } => Audience::Administrators,
            Mail::YourLink { opens, .. } => match opens {
                Opens::LeadConsole => Audience::Leads,
                Opens::MyRequests => Audience::Known,
            },
        }
    }

    /// Returns `true` if it is for those who run the desk: its inbox or its administrators.
    #[must_use]
    pub fn is_for_the_desk(&self) -> bool {
        match self.audience() {
            Audience::Desk | Audience::Administrators => true,
            Audience::Followers
            | Audience::Address
            | Audience::Invitee
            | Audience::Member
            | Audience::Ended
            | Audience::Leads
            | Audience::Inviter
            | Audience::Known => false,
        }
    }

    /// The reason why somebody's copy is left out; `None` when it is to leave.
    #[must_use]
    pub fn leaves_out(&self, to: &Addressee<'_>) -> Option<LeftOut> {
        let reaches = |c: &Customer| c.deliverability.lets_through(&self.mail, to.now);
        if !to.customer.is_none_or(reaches) {
            return Some(LeftOut::Suppressed);
        }
        if self.mail.urgency() == Urgency::Request && to.customer.is_some_and(|c| c.muted) {
            return Some(LeftOut::Muted);
        }
        let left = to.standing == Standing::Leaver;
        let unless = |meant: bool, why: LeftOut| (!meant).then_some(why);
        let of_role = |meant: bool| {
            let why = if left {
                LeftOut::Left
            } else {
                LeftOut::NotMeant
            };
            unless(meant, why)
        };
        match self.audience() {
            Audience::Desk | Audience::Address => None,
            Audience::Followers => unless(!left, LeftOut::Left),
            Audience::Invitee => of_role(to.standing == Standing::Invited),
            Audience::Member => of_role(to.standing.has_access()),
            Audience::Ended => unless(left, LeftOut::NotMeant),
            Audience::Leads => of_role(to.standing == Standing::Lead),
            Audience::Inviter => {
                let outside = to.standing == Standing::Never && self.org.is_some();
                of_role(to.standing == Standing::Lead || outside)
            }
            Audience::Administrators => unless(to.administers, LeftOut::NotMeant),
            // Anyone may ask for a link to be mailed to any address, but only known people get one.
            Audience::Known => unless(to.customer.is_some() || to.is_member, LeftOut::Unknown),
        }
    }
}
