//! The outcome of a decision: changes, messages and audit entries.

mod marks;

use serde::{Deserialize, Serialize};

use crate::{
    AuditEntry, Code, Customer, DeskWork, DraftId, EmailAddress, Membership, Message, Organization,
    Request, Version,
    account::Account,
    draft::DraftRequest,
    request::{Alias, Awaited, Comment, Viewer},
    sweep::SweepRun,
};

/// The result of a decision. All of it is committed in one transaction, or none.
///
/// It begins empty and grows by one thing at a time:
/// `Outcome::default().note(entry).tell(message).change(change)`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[must_use = "an outcome does nothing until it is committed"]
pub struct Outcome {
    /// Items to write.
    pub changes: Vec<Change>,
    /// Messages to send.
    pub messages: Vec<Message>,
    /// Entries for the audit.
    pub audit: Vec<AuditEntry>,
    /// Work at service desks elsewhere.
    pub work: Vec<DeskWork>,
}

impl Outcome {
    /// Returns `true` if there is nothing to commit.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
            && self.messages.is_empty()
            && self.audit.is_empty()
            && self.work.is_empty()
    }

    /// Adds one change.
    pub fn change(self, change: Change) -> Self {
        self.change_all([change])
    }

    /// Adds any number of changes.
    pub fn change_all(mut self, changes: impl IntoIterator<Item = Change>) -> Self {
        self.changes.extend(changes);
        self
    }

    /// Adds one message.
    pub fn tell(self, message: Message) -> Self {
        self.tell_all([message])
    }

    /// Adds any number of messages.
    pub fn tell_all(mut self, messages: impl IntoIterator<Item = Message>) -> Self {
        self.messages.extend(messages);
        self
    }

    /// Adds one entry for the audit.
    pub fn note(self, entry: AuditEntry) -> Self {
        self.note_all([entry])
    }

    /// Adds any number of entries for the audit.
    pub fn note_all(mut self, entries: impl IntoIterator<Item = AuditEntry>) -> Self {
        self.audit.extend(entries);
        self
    }

    /// Has the desk's writer look at a person whose access to the organisation has changed. Nothing
    /// is added while the desk writes its people nowhere.
    pub fn look(mut self, org: &Organization, person: &EmailAddress) -> Self {
        let written = org.counterpart.filter(|there| there.written);
        let look = written.map(|_| DeskWork::Look {
            desk: org.desk.clone(),
            person: person.clone(),
            org: org.id.clone(),
        });
        self.work.extend(look);
        self
    }

    /// Adds any amount of work at desks.
    pub fn work_all(mut self, work: impl IntoIterator<Item = DeskWork>) -> Self {
        self.work.extend(work);
        self
    }

    /// Adds everything of another outcome.
    pub fn extend(self, other: Self) -> Self {
        self.change_all(other.changes)
            .tell_all(other.messages)
            .note_all(other.audit)
            .work_all(other.work)
    }
}

/// One item to write. Each is conditioned on the version that was read (`Version::NEW`: on there
/// being none).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Writes an organisation.
    Organization(Organization),
    /// Writes a membership; an off-boarded or closed one keeps its place until it is forgotten.
    Membership(Membership),
    /// Deletes a membership. With `left`, a keyed hash of the address remains, so that no domain
    /// rule lets the person back in.
    Forget {
        /// The membership as it was read.
        membership: Membership,
        /// `true` if the person had access and left, `false` if they never came.
        left: bool,
    },
    /// Writes a customer.
    Customer(Customer),
    /// Writes nothing, but requires that the customer's record is still the one that was read.
    CustomerUnchanged {
        /// The person.
        email: EmailAddress,
        /// The version that was read.
        version: Version,
    },
    /// Writes a request.
    Request(Box<Request>),
    /// Writes updates that wait for their request.
    Awaited(Awaited),
    /// Ends the waiting of updates for a request that did not come.
    AbandonAwaited(Awaited),
    /// Writes another key of a request, in the place of updates that waited under it.
    Alias(Alias),
    /// Adds a comment, unless one with this id and instant is there.
    Comment(Comment),
    /// Writes a viewer of a request.
    Viewer(Viewer),
    /// Ends somebody's view of a request.
    RemoveViewer(Viewer),
    /// Writes a run of the sweep.
    Run(SweepRun),
    /// Keeps a request until it is confirmed, or its time is over.
    Draft(Box<DraftRequest>),
    /// Ends its being kept: it was confirmed.
    DropDraft(DraftId),
    /// Writes whose an account elsewhere is.
    Account(Account),
    /// Forgets whose an account elsewhere is.
    ForgetAccount(Account),
}

/// The result of one row of an invitation, as the answer reports it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// The text of the row.
    pub email: String,
    /// The result.
    pub outcome: RowOutcome,
    /// The rule that refused it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<Code>,
}

/// The results of one row of an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowOutcome {
    /// A mail is on its way.
    Invited,
    /// They have access, or were invited before.
    AlreadyMember,
    /// Nothing was done, or not yet; the code says why.
    Refused,
}

impl Change {
    /// Returns a short name for the kind of change, for logs and the local bundle's steps. It carries
    /// no personal data.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Organization(_) => "organization",
            Self::Membership(_) => "membership",
            Self::Forget { .. } => "membership reduced",
            Self::Customer(_) => "customer",
            Self::CustomerUnchanged { .. } => "customer check",
            Self::Request(_) => "request",
            Self::Awaited(_) => "early update",
            Self::AbandonAwaited(_) => "early update given up",
            Self::Alias(_) => "alias",
            Self::Comment(_) => "comment",
            Self::Viewer(_) => "viewer",
            Self::RemoveViewer(_) => "viewer removed",
            Self::Run(_) => "sweep run",
            Self::Draft(_) => "draft",
            Self::DropDraft(_) => "draft dropped",
            Self::Account(_) => "account",
            Self::ForgetAccount(_) => "account forgotten",
        }
    }
}
