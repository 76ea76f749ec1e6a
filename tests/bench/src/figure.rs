//! A figure: many measurements of one thing, and what may be said of them.

use serde::Serialize;

/// A median and how far the measurements lie apart.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Figure {
    /// The middle.
    pub(crate) median: f64,
    /// The 5th percentile; of fewer than twenty measurements the least.
    pub(crate) low: f64,
    /// The 95th percentile; of fewer than twenty measurements the most.
    pub(crate) high: f64,
    /// How many were made.
    pub(crate) count: usize,
}

impl Figure {
    /// The figure of measurements; nothing when there are none.
    pub(crate) fn of(measured: &[f64]) -> Option<Self> {
        let sorted = sorted(measured);
        Some(Self {
            median: median(&sorted)?,
            low: nearest_rank(&sorted, 5)?,
            high: nearest_rank(&sorted, 95)?,
            count: sorted.len(),
        })
    }

    /// A figure that is counted and not measured: the same each time.
    pub(crate) fn exact(value: f64) -> Self {
        Self {
            median: value,
            low: value,
            high: value,
            count: 1,
        }
    }

    /// How many times as large another figure is: the ratio of the medians, and the narrowest and
    /// the widest that the spreads allow.
    pub(crate) fn ratio(&self, other: &Self) -> Self {
        Self {
            median: other.median / self.median,
            low: other.low / self.high,
            high: other.high / self.low,
            count: self.count.min(other.count),
        }
    }
}

fn sorted(measured: &[f64]) -> Vec<f64> {
    let mut sorted = measured.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

fn nearest_rank(sorted: &[f64], hundredth: usize) -> Option<f64> {
    let rank = (sorted.len() * hundredth).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

fn median(sorted: &[f64]) -> Option<f64> {
    let upper = *sorted.get(sorted.len() / 2)?;
    if sorted.len() % 2 == 1 {
        return Some(upper);
    }
    Some(f64::midpoint(sorted[sorted.len() / 2 - 1], upper))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::float_cmp, reason = "the figures are chosen to come out whole")]

    use super::*;

    fn figure(measured: &[f64]) -> Figure {
        Figure::of(measured).expect("something was measured")
    }

    #[test]
    fn the_median_is_the_middle_whatever_the_order() {
        assert_eq!(figure(&[9.0, 1.0, 2.0]).median, 2.0);
        assert_eq!(figure(&[9.0, 1.0, 2.0, 4.0]).median, 3.0);
        assert_eq!(Figure::of(&[]), None);
    }

    #[test]
    fn the_spread_leaves_outliers_out_where_there_are_enough_to_tell() {
        let few = figure(&[1.0, 2.0, 3.0, 4.0, 50.0]);
        assert_eq!((few.low, few.high), (1.0, 50.0));
        let many: Vec<f64> = (1..=100).map(f64::from).collect();
        let many = figure(&many);
        assert_eq!((many.low, many.high), (5.0, 95.0));
    }

    #[test]
    fn a_ratio_is_as_uncertain_as_both_of_its_sides() {
        let ours = figure(&[1.0, 2.0, 4.0]);
        let theirs = figure(&[20.0, 40.0, 80.0]);
        let ratio = ours.ratio(&theirs);
        assert_eq!((ratio.low, ratio.median, ratio.high), (5.0, 20.0, 80.0));
    }
}
