//! The table for people.

use std::fmt::Write;

use crate::row::{Row, Target, Verdict};

/// All rows in columns.
pub(crate) fn table(rows: &[Row]) -> String {
    let cells: Vec<[String; 5]> = rows.iter().map(cells).collect();
    let head = ["row", "of", "median", "spread", "target"].map(str::to_owned);
    let widths: [usize; 5] = std::array::from_fn(|column| {
        let column = std::iter::once(&head).chain(&cells).map(|row| &row[column]);
        column.map(|cell| cell.chars().count()).max().unwrap_or(0)
    });
    let mut text = String::new();
    line(&mut text, &head, &widths, "");
    for (row, cells) in rows.iter().zip(&cells) {
        line(&mut text, cells, &widths, verdict(row.verdict()));
    }
    let notes = rows.iter().filter_map(|row| {
        let note = row.note.as_ref()?;
        Some(format!("{} {}: {note}", row.name, row.of))
    });
    for note in notes {
        text.push('\n');
        text.push_str(&note);
    }
    text
}

fn line(text: &mut String, cells: &[String; 5], widths: &[usize; 5], verdict: &str) {
    let [name, of, figure, spread, target] = cells;
    let [w0, w1, w2, w3, w4] = widths;
    let _ = writeln!(
        text,
        "{name:<w0$}  {of:<w1$}  {figure:>w2$}  {spread:>w3$}  {target:>w4$}  {verdict}"
    );
}

fn cells(row: &Row) -> [String; 5] {
    let unit = row.unit.sign();
    let figure = row.figure.map_or_else(
        || "–".to_owned(),
        |figure| format!("{} {unit}", number(figure.median)),
    );
    let spread = row
        .figure
        .filter(|figure| figure.count > 1)
        .map_or_else(String::new, |figure| {
            format!("{} … {}", number(figure.low), number(figure.high))
        });
    let target = row.target.map(target).unwrap_or_default();
    [row.name.to_owned(), row.of.clone(), figure, spread, target]
}

/// A target in the way people write it.
pub(crate) fn target(target: Target) -> String {
    match target {
        Target::AtMost(most) => format!("≤ {}", number(most)),
        Target::LessThan(bound) => format!("< {}", number(bound)),
        Target::AtLeast(least) => format!("≥ {}", number(least)),
    }
}

const fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Short => "SHORT",
        Verdict::NotMeasured => "not measured",
        Verdict::NoTarget => "",
    }
}

/// A number with three significant digits; a whole number in full.
pub(crate) fn number(value: f64) -> String {
    let digits = match value.abs() {
        whole if whole.fract() == 0.0 => 0,
        small if small < 10.0 => 2,
        middling if middling < 100.0 => 1,
        _ => 0,
    };
    format!("{value:.digits$}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::Figure;
    use crate::row::Unit;

    #[test]
    fn a_row_shows_figure_spread_target_and_verdict() {
        let measured = Figure::of(&[1.824, 1.5, 2.75]);
        let rows = [
            Row::new("cold-next", "request-created", Unit::Milliseconds, measured)
                .with_target(Target::AtMost(2.5)),
            Row::new("instructions", "accepted", Unit::MillionInstructions, None)
                .with_target(Target::AtMost(1.0))
                .with_note("valgrind is missing"),
        ];
        let table = table(&rows);
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(
            lines[1].split_whitespace().collect::<Vec<_>>().join(" "),
            "cold-next request-created 1.82 ms 1.50 … 2.75 ≤ 2.50 pass"
        );
        assert!(lines[2].ends_with("not measured"));
        assert_eq!(lines[4], "instructions accepted: valgrind is missing");
    }

    #[test]
    fn numbers_are_as_exact_as_they_deserve() {
        for (value, text) in [
            (0.2345, "0.23"),
            (14.0, "14"),
            (23.45, "23.4"),
            (1234.5, "1234"),
        ] {
            assert_eq!(number(value), text);
        }
    }
}
