//! A figure: many measurements of one thing, and their statistics.

use serde::Serialize;

/// A median and the spread of the measurements.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub(crate) struct Figure {
    /// The middle.
    pub(crate) median: f64,
    /// The 5th percentile; of fewer than twenty measurements the smallest.
    pub(crate) low: f64,
    /// The 95th percentile; of fewer than twenty measurements the largest.
    pub(crate) high: f64,
    /// The number of measurements.
    pub(crate) count: usize,
}

impl Figure {
    /// The figure of some measurements; `None` without any.
    pub(crate) fn of(measured: &[f64]) -> Option<Self> {
        let sorted = sorted(measured);
        Some(Self {
            median: median(&sorted)?,
            low: nearest_rank(&sorted, 5)?,
            high: nearest_rank(&sorted, 95)?,
            count: sorted.len(),
        })
    }

    /// A figure that is counted and not measured. It is the same each time.
    pub(crate) fn exact(value: f64) -> Self {
        Self {
            median: value,
            low: value,
            high: value,
            count: 1,
        }
    }

    /// The ratio of another figure to this one: of the medians, and the narrowest and the widest
    /// that the spreads allow.
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

/// The measurement that 99 of 100 do not exceed.
pub(crate) fn ninety_ninth(measured: &[f64]) -> Option<Figure> {
    nearest_rank(&sorted(measured), 99).map(Figure::exact)
}

/// Welch's t of two samples: the difference of their means, in units of the difference that chance
/// explains. Source: B. L. Welch, "The generalization of 'Student's' problem when several different
/// population variances are involved", Biometrika 34 (1947).
pub(crate) fn welchs_t(one: &[f64], other: &[f64]) -> f64 {
    let (mean_one, error_one) = mean_and_error(one);
    let (mean_other, error_other) = mean_and_error(other);
    (mean_one - mean_other) / (error_one + error_other).sqrt()
}

/// The mean and its squared standard error.
#[expect(
    clippy::cast_precision_loss,
    reason = "nobody measures more often than a float has whole numbers"
)]
fn mean_and_error(sample: &[f64]) -> (f64, f64) {
    let count = sample.len() as f64;
    let mean = sample.iter().sum::<f64>() / count;
    let squares = sample.iter().map(|value| (value - mean).powi(2));
    (mean, squares.sum::<f64>() / (count - 1.0) / count)
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

    #[test]
    fn welchs_t_is_the_difference_of_means_in_standard_errors() {
        // Means 2 and 4, variances 1 and 4, three of each: (2 − 4) ÷ √(1/3 + 4/3).
        let t = welchs_t(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]);
        assert!((t + 2.0 / (5.0_f64 / 3.0).sqrt()).abs() < 1e-12, "{t}");
    }
}
