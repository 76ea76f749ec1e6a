//! The statuses of a request and the transitions between them.

/// A status.
#[derive(Debug, PartialEq, Eq)]
pub struct Status {
    /// The id.
    pub id: &'static str,
    /// The name.
    pub name: &'static str,
    /// The category.
    pub category: Category,
}

/// A category of statuses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    /// To do.
    New,
    /// In progress.
    Indeterminate,
    /// Done.
    Done,
}

impl Category {
    pub(crate) const fn id(self) -> u64 {
        match self {
            Self::New => 2,
            Self::Indeterminate => 4,
            Self::Done => 3,
        }
    }

    pub(crate) const fn key(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Indeterminate => "indeterminate",
            Self::Done => "done",
        }
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::New => "To Do",
            Self::Indeterminate => "In Progress",
            Self::Done => "Done",
        }
    }
}

/// A way from some statuses to another.
#[derive(Debug)]
pub struct Transition {
    /// The id.
    pub id: &'static str,
    /// The name.
    pub name: &'static str,
    /// The id of the status after it.
    pub to: &'static str,
    from: &'static [&'static str],
    /// True if the portal offers it to customers.
    pub portal: bool,
}

const WAITING: &str = "10002";
const ASKED: &str = "10003";
const PROGRESS: &str = "3";
const APPROVAL: &str = "10004";
const RESOLVED: &str = "5";
const CLOSED: &str = "6";
const REOPENED: &str = "4";
const DECLINED: &str = "10005";
const OPEN: &[&str] = &[WAITING, ASKED, PROGRESS, REOPENED];

const fn status(id: &'static str, name: &'static str, category: Category) -> Status {
    Status { id, name, category }
}

/// Every status; the first is that of a new request.
pub const STATUSES: [Status; 8] = [
    status(WAITING, "Waiting for support", Category::New),
    status(PROGRESS, "In progress", Category::Indeterminate),
    status(ASKED, "Waiting for customer", Category::Indeterminate),
    status(APPROVAL, "Waiting for approval", Category::Indeterminate),
    status(REOPENED, "Reopened", Category::New),
    status(RESOLVED, "Resolved", Category::Done),
    status(CLOSED, "Closed", Category::Done),
    status(DECLINED, "Declined", Category::Done),
];

const fn transition(
    id: &'static str,
    name: &'static str,
    from: &'static [&'static str],
    to: &'static str,
    portal: bool,
) -> Transition {
    Transition {
        id,
        name,
        to,
        from,
        portal,
    }
}

const TRANSITIONS: [Transition; 9] = [
    transition(
        "11",
        "Start work",
        &[WAITING, ASKED, REOPENED],
        PROGRESS,
        false,
    ),
    transition(
        "21",
        "Ask the customer",
        &[WAITING, PROGRESS, REOPENED],
        ASKED,
        false,
    ),
    transition("31", "Answer the desk", &[ASKED], WAITING, true),
    transition("41", "Resolve", OPEN, RESOLVED, false),
    transition(
        "51",
        "Close",
        &[WAITING, ASKED, PROGRESS, REOPENED, RESOLVED],
        CLOSED,
        true,
    ),
    transition(
        "61",
        "Open again",
        &[RESOLVED, CLOSED, DECLINED],
        REOPENED,
        true,
    ),
    transition("71", "Ask for approval", OPEN, APPROVAL, false),
    transition("81", "Approve", &[APPROVAL], PROGRESS, false),
    transition("91", "Decline", &[APPROVAL], DECLINED, false),
];

impl Status {
    /// The status of a new request.
    #[must_use]
    pub const fn first() -> &'static Self {
        &STATUSES[0]
    }

    /// The status with an id; that of a new request if there is none.
    #[must_use]
    pub fn of(id: &str) -> &'static Self {
        let found = STATUSES.iter().find(|status| status.id == id);
        found.unwrap_or(Self::first())
    }

    /// The status with a name; case does not matter.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        let same = |status: &&Self| status.name.eq_ignore_ascii_case(name.trim());
        STATUSES.iter().find(same)
    }

    /// The transitions that lead on from here.
    pub fn transitions(&self) -> impl Iterator<Item = &'static Transition> {
        let from = self.id;
        TRANSITIONS
            .iter()
            .filter(move |transition| transition.from.contains(&from))
    }
}
