//! Work at a service desk elsewhere that follows from a decision.
//!
//! About people it says *look at this person*, and never *add* or *remove*: the writer reads what is
//! so by then. So the order of two changes, a repetition and a crash in the middle do not matter. The
//! acts on one request are carried out one after the other, in their order.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{ApprovalId, CommentId, DeskId, EmailAddress, OrgId, RequestRef, text::Title};

/// One thing to see to at a desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum DeskWork {
    /// Look at this person: what they have at the desk must be what they have here.
    Look {
        /// The desk.
        desk: DeskId,
        /// The person.
        person: EmailAddress,
        /// The organisation in which something has changed. The others are found by an index, which
        /// is a moment behind.
        org: OrgId,
    },
    /// Carry out the next act of a request.
    Act {
        /// The request, by the key under which it is stored.
        request: RequestRef,
        /// The act.
        act: DeskAct,
    },
}

/// An act on a request. It names what it is about; the words are with the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "does", rename_all = "snake_case")]
pub enum DeskAct {
    /// Make the request there.
    Create,
    /// Add a public comment.
    Comment {
        /// The comment's id here.
        id: CommentId,
        /// Its instant here.
        at: Timestamp,
    },
    /// Make a person a participant.
    ShareWithPerson {
        /// The person.
        person: EmailAddress,
    },
    /// Let an organisation see the request.
    ShareWithOrganization {
        /// The organisation.
        org: OrgId,
    },
    /// Bring it to another status.
    Transition {
        /// The desk's word for the status.
        to: Title,
        /// The person who chose it.
        by: EmailAddress,
    },
    /// Pass on the answer to an approval.
    Answer {
        /// The approval.
        approval: ApprovalId,
        /// The approver.
        by: EmailAddress,
    },
    /// Make somebody else its reporter.
    HandOver {
        /// The reporter until now.
        from: EmailAddress,
        /// The reporter from now on.
        to: EmailAddress,
    },
}

impl DeskWork {
    /// Returns `true` if both are looks at one person of one desk.
    #[must_use]
    pub fn is_same_look(&self, other: &Self) -> bool {
        match (self, other) {
            (
                Self::Look { desk, person, .. },
                Self::Look {
                    desk: desk_of_other,
                    person: other,
                    ..
                },
            ) => desk == desk_of_other && person == other,
            (Self::Look { .. } | Self::Act { .. }, _) => false,
        }
    }

    /// Returns the desk.
    #[must_use]
    pub fn desk(&self) -> &DeskId {
        match self {
            Self::Look { desk, .. } => desk,
            Self::Act { request, .. } => &request.desk,
        }
    }
}
