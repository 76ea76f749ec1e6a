//! The events of random histories: who and what they are about, as small numbers that shrink well.

use domain::{EmailAddress, OrgId, RequestRef};

use crate::world;

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Op {
    Invite {
        org: u8,
        who: u8,
        lead: bool,
        days: Option<u8>,
    },
    Accept {
        org: u8,
        who: u8,
    },
    Decline {
        org: u8,
        who: u8,
    },
    Withdraw {
        org: u8,
        who: u8,
    },
    Resend {
        org: u8,
        who: u8,
    },
    Allow {
        org: u8,
        who: u8,
    },
    Refuse {
        org: u8,
        who: u8,
    },
    Appoint {
        org: u8,
        who: u8,
    },
    Offboard {
        org: u8,
        who: u8,
        days: Option<u8>,
        to: Option<u8>,
    },
    CancelLeaving {
        org: u8,
        who: u8,
    },
    Restore {
        org: u8,
        who: u8,
    },
    KeepFromMail {
        org: u8,
        who: u8,
    },
    KeepByLead {
        org: u8,
        who: u8,
    },
    SetRole {
        org: u8,
        who: u8,
        lead: bool,
    },
    SetExempt {
        org: u8,
        who: u8,
        exempt: bool,
    },
    ExtendAccess {
        org: u8,
        who: u8,
        days: Option<u8>,
    },
    Create {
        request: u8,
        who: u8,
        org: Option<u8>,
        with: Option<u8>,
        trusted: bool,
    },
    Comment {
        request: u8,
        who: u8,
        id: u8,
    },
    Transition {
        request: u8,
        to: u8,
        late_minutes: u16,
    },
    Close {
        request: u8,
        resolved: bool,
    },
    Share {
        request: u8,
        with: u8,
        org: Option<u8>,
    },
    AskApproval {
        request: u8,
        who: u8,
    },
    Answer {
        request: u8,
        who: u8,
        yes: bool,
    },
    Unwatch {
        request: u8,
        who: u8,
    },
    Mute {
        who: u8,
        on: bool,
    },
    Suppress {
        who: u8,
        why: u8,
    },
    Lift {
        who: u8,
        by_lead: bool,
    },
    EndLinks {
        who: u8,
    },
}

impl Op {
    /// The same, done by or to this person of this organisation, where that makes a difference.
    pub fn aimed(&self, at: &(OrgId, EmailAddress)) -> Self {
        let number = |below: u8, fits: &dyn Fn(u8) -> bool| (0..below).find(|n| fits(*n));
        let mut op = self.clone();
        let (to_org, to_who) = (
            number(ORGS, &|n| org_of(n) == at.0),
            number(PEOPLE, &|n| person(n) == at.1),
        );
        match &mut op {
            Op::Invite { org, who, .. }
            | Op::Accept { org, who }
            | Op::Decline { org, who }
            | Op::Withdraw { org, who }
            | Op::Resend { org, who }
            | Op::Allow { org, who }
            | Op::Refuse { org, who }
            | Op::Appoint { org, who }
            | Op::Offboard { org, who, .. }
            | Op::CancelLeaving { org, who }
            | Op::Restore { org, who }
            | Op::KeepFromMail { org, who }
            | Op::KeepByLead { org, who }
            | Op::SetRole { org, who, .. }
            | Op::SetExempt { org, who, .. }
            | Op::ExtendAccess { org, who, .. } => {
                *org = to_org.unwrap_or(*org);
                *who = to_who.unwrap_or(*who);
            }
            Op::Create { who, .. }
            | Op::Comment { who, .. }
            | Op::AskApproval { who, .. }
            | Op::Answer { who, .. }
            | Op::Unwatch { who, .. }
            | Op::Mute { who, .. }
            | Op::Suppress { who, .. }
            | Op::Lift { who, .. }
            | Op::EndLinks { who } => *who = to_who.unwrap_or(*who),
            Op::Transition { .. } | Op::Close { .. } | Op::Share { .. } => {}
        }
        op
    }
}

pub const ORGS: u8 = 3;
pub const PEOPLE: u8 = 10;
pub const REQUESTS: u8 = 4;

pub fn org_of(n: u8) -> OrgId {
    world::org_id(["acme", "globex", "initech"][usize::from(n % ORGS)])
}

/// The first five are of the domain that some organisations allow; the last three are other
/// spellings of the first's mailbox, the one with the dot only where dots do not count.
pub fn person(n: u8) -> EmailAddress {
    world::email(
        [
            "ann@acme.example",
            "bob@acme.example",
            "cas@acme.example",
            "dee@acme.example",
            "eve@acme.example",
            "fay@elsewhere.test",
            "gus@elsewhere.test",
            "ann+x@acme.example",
            "ann+y@acme.example",
            "a.nn@acme.example",
        ][usize::from(n % PEOPLE)],
    )
}

pub fn request_of(n: u8) -> RequestRef {
    world::request_ref(["SUP-1", "SUP-2", "SUP-3", "SUP-4"][usize::from(n % REQUESTS)])
}
