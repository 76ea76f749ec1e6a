//! A row of the table: what was measured, of what, and what it has to be.

use serde::Serialize;

use crate::figure::Figure;

/// One line of the table and one entry of the report.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Row {
    /// The row's name, such as `cold-next`.
    pub(crate) name: &'static str,
    /// Of what: a function, an event, a peer.
    pub(crate) of: String,
    /// What came out; nothing when it could not be measured here.
    pub(crate) figure: Option<Figure>,
    /// In which unit.
    pub(crate) unit: Unit,
    /// What it has to be, where something was promised.
    pub(crate) target: Option<Target>,
    /// What a reader has to know besides, or why there is no figure.
    pub(crate) note: Option<String>,
}

/// What a figure counts.
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
    /// As it stands behind a number.
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

/// What a figure has to be.
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

/// What is to be said of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Verdict {
    /// The target is met.
    Pass,
    /// It is not.
    Short,
    /// There is a target and no figure.
    NotMeasured,
    /// Nothing was promised: shown for comparison.
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

    /// How many times as much somebody else needs, if both were measured.
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

    /// Judged by the median.
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
