//! The transitions that time brings about, and every question about one: how the sweep carries it
//! out, what has to be known for it, and how a report counts it.

use crate::{
    Days,
    sweep::{Exemption, Report},
};

/// A transition that is due for a membership.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Transition {
    /// The invitee is reminded, once.
    RemindInvitee,
    /// The invitation, or the question to an administrator, lapses.
    Lapse,
    /// A quiet member is warned, and the grace begins.
    Warn,
    /// A warned member is reminded, this many days ahead.
    Remind(Days),
    /// The grace has passed: access ends.
    Remove,
    /// A warned member was active, or mail did not reach them for a time: the warning is void.
    Keep,
    /// Nothing has happened yet that was due: only the deadline moves.
    Postpone,
    /// A quiet or warned member stays all the same.
    Spare(Exemption),
    /// A member whose access ends on a date is told, this many days ahead.
    RemindOfEnd(Days),
    /// The date came: access ends.
    EndAccess,
    /// The date of a planned off-boarding came.
    Leave,
    /// A hand-over of requests was interrupted and goes on.
    HandOver,
    /// The time for undoing has passed: the record is reduced.
    Reduce,
    /// An invitation that came to nothing is forgotten.
    Forget,
    /// In `observe` mode: would stay all the same.
    WouldSpare(Exemption),
    /// In `observe` mode: would be warned.
    WouldWarn,
    /// In `observe` mode: would be removed.
    WouldRemove,
}

/// The way in which the sweep carries a transition out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Course {
    /// At once, in a transaction of its own.
    AtOnce,
    /// Not at all: the report is all that is written.
    ReportOnly,
    /// Once everybody was looked at and the run may remove that many.
    AfterCount,
    /// For all such people of an organisation together.
    Together,
    /// Request by request.
    ByRequest,
}

impl Transition {
    /// Returns the way in which the sweep carries it out.
    #[must_use]
    pub fn course(&self) -> Course {
        match self {
            Self::Remove => Course::AfterCount,
            Self::Spare(Exemption::Unreachable) => Course::Together,
            Self::HandOver => Course::ByRequest,
            Self::WouldSpare(_) | Self::WouldWarn | Self::WouldRemove => Course::ReportOnly,
            Self::RemindInvitee
            | Self::Lapse
            | Self::Warn
            | Self::Remind(_)
            | Self::Keep
            | Self::Postpone
            | Self::Spare(
                Exemption::Lead
                | Exemption::LastLead
                | Exemption::OpenRequest
                | Exemption::Marked
                | Exemption::Vacant,
            )
            | Self::RemindOfEnd(_)
            | Self::EndAccess
            | Self::Leave
            | Self::Reduce
            | Self::Forget => Course::AtOnce,
        }
    }

    /// Returns `true` if it could be another one, or says more, once the person's open requests are
    /// known.
    #[must_use]
    pub fn turns_on_open_requests(&self) -> bool {
        match self {
            Self::Warn
            | Self::Remind(_)
            | Self::Remove
            | Self::Leave
            | Self::EndAccess
            | Self::WouldWarn
            | Self::WouldRemove => true,
            // An open request is the better reason: it asks nothing of anybody.
            Self::Spare(why) | Self::WouldSpare(why) => match why {
                Exemption::Unreachable | Exemption::Vacant => true,
                Exemption::Lead
                | Exemption::LastLead
                | Exemption::OpenRequest
                | Exemption::Marked => false,
            },
            Self::RemindInvitee
            | Self::Lapse
            | Self::Keep
            | Self::Postpone
            | Self::RemindOfEnd(_)
            | Self::HandOver
            | Self::Reduce
            | Self::Forget => false,
        }
    }

    /// Counts it in a run's report, as carried out or, in `observe` mode, as what would have been.
    pub fn count_in(&self, report: &mut Report) {
        match self {
            Self::RemindInvitee | Self::Remind(_) | Self::RemindOfEnd(_) => report.reminded += 1,
            Self::Lapse => report.expired += 1,
            Self::Warn => report.warned += 1,
            Self::Remove => report.removed += 1,
            Self::Keep => report.kept += 1,
            Self::Spare(why) | Self::WouldSpare(why) => {
                *report.exempted.entry(*why).or_default() += 1;
            }
            Self::EndAccess | Self::Leave => report.offboarded += 1,
            Self::Reduce | Self::Forget => report.reduced += 1,
            Self::WouldWarn => report.would_warn += 1,
            Self::WouldRemove => report.would_remove += 1,
            Self::Postpone | Self::HandOver => {}
        }
    }

    /// Returns `true` if a date has come on which access ends.
    #[must_use]
    pub fn ends_on_a_date(&self) -> bool {
        match self {
            Self::Leave | Self::EndAccess => true,
            Self::RemindInvitee
            | Self::Lapse
            | Self::Warn
            | Self::Remind(_)
            | Self::Remove
            | Self::Keep
            | Self::Postpone
            | Self::Spare(_)
            | Self::RemindOfEnd(_)
            | Self::HandOver
            | Self::Reduce
            | Self::Forget
            | Self::WouldSpare(_)
            | Self::WouldWarn
            | Self::WouldRemove => false,
        }
    }
}
