//! Signed links: their purpose and what they open. The crate `links` signs them.

mod holder;

pub use holder::{Dependence, Holder};

use serde::{Deserialize, Serialize};

use crate::{ApprovalId, DeskId, DraftId, EmailAddress, OrgId, RequestRef, RequestTypeId, RunId};

/// The purposes of links: what the holder may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// Accept or decline an invitation. Spent by use.
    AcceptInvitation,
    /// Open the lead's console of an organisation.
    LeadConsole,
    /// Open one request, or the list of one's own.
    Requester,
    /// Answer an approval. Spent by use.
    Approve,
    /// Keep one's access. Spent by use.
    KeepAccess,
    /// Answer the review of an organisation's people.
    Review,
    /// Stop the mails about a request, or all that can be stopped.
    Unsubscribe,
    /// Allow or refuse an invitation that exceeds a limit. For administrators; spent by use.
    DecideInvitation,
    /// Release a sweep that stopped. For administrators; spent by use.
    ReleaseSweep,
    /// Confirm that a request comes from one's own address. Spent by use.
    ConfirmRequest,
    /// Fill in one desk's form in one's own name. Issued for one person by those who run the desk.
    NewRequest,
}

impl Purpose {
    /// Returns `true` if one use ends the link.
    #[must_use]
    pub fn is_single_use(self) -> bool {
        match self {
            Self::AcceptInvitation
            | Self::Approve
            | Self::KeepAccess
            | Self::DecideInvitation
            | Self::ReleaseSweep
            | Self::ConfirmRequest => true,
            // The issuer of a form's link says if it may be used again: `Scope::Form`.
            Self::LeadConsole
            | Self::Requester
            | Self::Review
            | Self::Unsubscribe
            | Self::NewRequest => false,
        }
    }
}

/// The scope of a link: what it opens.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Scope {
    /// Everything that is the subject's own.
    Own,
    /// Something of one organisation.
    Organization {
        /// The organisation.
        org: OrgId,
    },
    /// One request.
    Request {
        /// The request.
        request: RequestRef,
    },
    /// One approval of one request.
    Approval {
        /// The request.
        request: RequestRef,
        /// The approval.
        approval: ApprovalId,
    },
    /// The invitation of one person that waits for an administrator.
    Invitee {
        /// The organisation.
        org: OrgId,
        /// The person who would be invited.
        email: EmailAddress,
    },
    /// One run of the sweep.
    Run {
        /// The run.
        run: RunId,
    },
    /// A request that was filled in and waits for its reporter to confirm it.
    Draft {
        /// The draft.
        draft: DraftId,
    },
    /// The form of one kind of request.
    Form {
        /// The desk.
        desk: DeskId,
        /// The request type.
        request_type: RequestTypeId,
        /// `true` if one request ends the link.
        once: bool,
    },
}

/// The pages over which a session can be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Area<'a> {
    /// Everything that is the subject's own.
    Own,
    /// The console of one organisation.
    Organization(&'a OrgId),
    /// The page of one request.
    Request(&'a RequestRef),
}

impl Scope {
    /// The area that a link with this scope opens; `None` when it opens a single page.
    #[must_use]
    pub fn area(&self) -> Option<Area<'_>> {
        match self {
            Self::Own => Some(Area::Own),
            Self::Organization { org } => Some(Area::Organization(org)),
            Self::Request { request } => Some(Area::Request(request)),
            Self::Approval { .. }
            | Self::Invitee { .. }
            | Self::Run { .. }
            | Self::Draft { .. }
            | Self::Form { .. } => None,
        }
    }

    /// The organisation and the person whose invitation is to be decided.
    #[must_use]
    pub fn invitee(&self) -> Option<(&OrgId, &EmailAddress)> {
        match self {
            Self::Invitee { org, email } => Some((org, email)),
            Self::Own
            | Self::Organization { .. }
            | Self::Request { .. }
            | Self::Approval { .. }
            | Self::Run { .. }
            | Self::Draft { .. }
            | Self::Form { .. } => None,
        }
    }

    /// The organisation that it names.
    #[must_use]
    pub fn organization(&self) -> Option<&OrgId> {
        match self.area() {
            Some(Area::Organization(org)) => Some(org),
            Some(Area::Own | Area::Request(_)) | None => self.invitee().map(|(org, _)| org),
        }
    }
}
