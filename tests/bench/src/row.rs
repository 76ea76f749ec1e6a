//! A row of the table: the measured thing, its figure, and its target.

use serde::Serialize;

use crate::figure::Figure;

/// One line of the table and one entry of the report.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    /// The row's name, such as `cold-next`.
    pub(crate) name: &'static str,
    /// The measured thing: a function, an event, a peer.
    pub(crate) of: String,
    /// The figure; `None` if it could not be measured here.
    pub(crate) figure: Option<Figure>,
    /// The unit of the figure.
    pub(crate) unit: Unit,
    /// The target, if there is one.
    pub(crate) target: Option<Target>,
    /// A note for the reader, or the reason why there is no figure.
    pub(crate) note: Option<String>,
}

/// The unit of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(crate) enum Unit {
    #[serde(rename = "ms")]
    Milliseconds,
    #[serde(rename = "µs")]
    Microseconds,
    #[serde(rename = "KiB")]
    Kibibytes,
    #[serde(rename = "MiB")]
    Mebibytes,
    #[serde(rename = "MB")]
    Megabytes,
    #[serde(rename = "kB")]
    Kilobytes,
    #[serde(rename = "mails/s")]
    MailsPerSecond,
    #[serde(rename = "members/s")]
    MembersPerSecond,
    #[serde(rename = "read units")]
    ReadUnits,
    #[serde(rename = "t")]
    WelchsT,
    #[serde(rename = "M instructions")]
    MillionInstructions,
    #[serde(rename = "calls")]
    Calls,
    #[serde(rename = "round trips")]
    RoundTrips,
    #[serde(rename = "write units")]
    WriteUnits,
    #[serde(rename = "×")]
    Times,
}

impl Unit {
    /// The sign behind a number.
    pub(crate) const fn sign(self) -> &'static str {
        match self {
            Self::Milliseconds => "ms",
            Self::Microseconds => "µs",
            Self::Kibibytes => "KiB",
            Self::Mebibytes => "MiB",
            Self::Megabytes => "MB",
            Self::Kilobytes => "kB",
            Self::MailsPerSecond => "mails/s",
            Self::MembersPerSecond => "members/s",
            Self::ReadUnits => "RCU",
            Self::WelchsT => "t",
            Self::MillionInstructions => "M instr.",
            Self::Calls => "calls",
            Self::RoundTrips => "trips",
            Self::WriteUnits => "WCU",
            Self::Times => "×",
        }
    }
}

/// The limit for a figure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Target {
    AtMost(f64),
    LessThan(f64),
    AtLeast(f64),
}

impl Target {
    pub(crate) fn is_met(self, figure: f64) -> bool {
        match self {
            Self::AtMost(most) => figure <= most,
            Self::LessThan(bound) => figure < bound,
            Self::AtLeast(least) => figure >= least,
        }
    }
}

/// The verdict on a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Verdict {
    /// The target is met.
    Pass,
    /// The target is missed.
    Short,
    /// There is a target and no figure.
    NotMeasured,
    /// There is no target; the row is for comparison.
    NoTarget,
}

impl Row {
    pub(crate) fn new(
        name: &'static str,
        of: impl Into<String>,
        unit: Unit,
        figure: Option<Figure>,
    ) -> Self {
        Self {
            name,
            of: of.into(),
            figure,
            unit,
            target: None,
            note: None,
        }
    }

    pub(crate) fn with_target(mut self, target: Target) -> Self {
        self.target = Some(target);
        self
    }

    pub(crate) fn with_note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// The ratio of a peer's need to ours, if both were measured.
    pub(crate) fn times(
        name: &'static str,
        of: impl Into<String>,
        ours: Option<Figure>,
        theirs: Option<Figure>,
        least: f64,
    ) -> Self {
        let ratio = ours.zip(theirs).map(|(ours, theirs)| ours.ratio(&theirs));
        Self::new(name, of, Unit::Times, ratio).with_target(Target::AtLeast(least))
    }

    /// Judges the median.
    pub(crate) fn verdict(&self) -> Verdict {
        match (self.target, self.figure) {
            (None, _) => Verdict::NoTarget,
            (Some(_), None) => Verdict::NotMeasured,
            (Some(target), Some(figure)) if target.is_met(figure.median) => Verdict::Pass,
            (Some(_), Some(_)) => Verdict::Short,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(figure: Option<f64>, target: Option<Target>) -> Verdict {
        let mut row = Row::new("size", "x", Unit::Megabytes, figure.map(Figure::exact));
        row.target = target;
        row.verdict()
    }

    #[test]
    fn a_figure_at_its_bound_passes_unless_it_has_to_be_below() {
        assert_eq!(row(Some(5.5), Some(Target::AtMost(5.5))), Verdict::Pass);
        assert_eq!(row(Some(5.6), Some(Target::AtMost(5.5))), Verdict::Short);
        assert_eq!(
            row(Some(256.0), Some(Target::LessThan(256.0))),
            Verdict::Short
        );
        assert_eq!(row(Some(80.0), Some(Target::AtLeast(80.0))), Verdict::Pass);
        assert_eq!(row(Some(79.9), Some(Target::AtLeast(80.0))), Verdict::Short);
    }

    #[test]
    fn what_was_not_measured_does_not_pass() {
        assert_eq!(row(None, Some(Target::AtMost(1.0))), Verdict::NotMeasured);
        assert_eq!(row(Some(1.0), None), Verdict::NoTarget);
    }
}
