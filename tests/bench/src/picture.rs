//! `target/bench/bench.svg`: the comparison with the peers as a picture.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use crate::folders::folder;
use crate::report::Report;
use crate::row::{Row, Unit};
use crate::table::number;

const WIDTH: f64 = 760.0;
/// The left edge of bars, and the length of the longest.
const LEFT: f64 = 190.0;
const LONGEST: f64 = 440.0;
const BAR: f64 = 18.0;
const STEP: f64 = 26.0;

/// The compared rows of the table, with their titles for readers.
const COMPARED: [(&str, &str); 2] = [
    ("cold-next", "From exec to the first /next"),
    ("warm-cpu", "Processor time of one webhook"),
];
/// The function of our own rows.
const OURS: &str = "request-created";

/// Writes the picture, if a peer was measured.
pub(crate) fn write(report: &Report) -> Option<PathBuf> {
    let picture = picture(report)?;
    let path = folder().join("bench.svg");
    fs::write(&path, picture).unwrap();
    Some(path)
}

fn picture(report: &Report) -> Option<String> {
    let mut body = String::new();
    let mut y = 44.0;
    let mut compared = 0;
    for (name, title) in COMPARED {
        let bars = bars(report, name);
        if bars.len() < 2 {
            continue;
        }
        compared += 1;
        let _ = writeln!(
            body,
            "<text class=\"title\" x=\"20\" y=\"{y}\">{title}</text>"
        );
        y += 12.0;
        let longest = bars.iter().map(|(_, value, _)| *value).fold(0.0, f64::max);
        for (of, value, unit) in &bars {
            bar(
                &mut body,
                y,
                of,
                *value / longest,
                &format!("{} {}", number(*value), unit.sign()),
            );
            y += STEP;
        }
        y += 26.0;
    }
    if compared == 0 {
        return None;
    }
    let foot = format!(
        "{}, {}, {} rounds, medians. On loopback; no figure is one of Lambda. make bench",
        report.day,
        report.machine.kind(),
        report.rounds
    );
    let _ = writeln!(
        body,
        "<text class=\"foot\" x=\"20\" y=\"{y}\">{foot}</text>"
    );
    let height = y + 16.0;
    Some(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-label=\"Lanyard beside the same work in Python and Node\">\n<style>\n\
         text {{ font: 14px system-ui, sans-serif; fill: #1f2328 }}\n\
         .title {{ font-weight: 600 }}\n.foot {{ font-size: 12px; fill: #59636e }}\n\
         .ours {{ fill: #0969da }}\n.theirs {{ fill: #8c959f }}\n</style>\n\
         <rect width=\"{WIDTH}\" height=\"{height}\" rx=\"8\" fill=\"#ffffff\"/>\n{body}</svg>\n"
    ))
}

/// The programs in a row, each with its median.
fn bars(report: &Report, name: &str) -> Vec<(String, f64, Unit)> {
    let of = |row: &Row| row.of == OURS || row.of.ends_with("Powertools");
    report
        .rows
        .iter()
        .map(|entry| &entry.row)
        .filter(|row| row.name == name && row.unit != Unit::Times && of(row))
        .filter_map(|row| Some((row.of.clone(), row.figure?.median, row.unit)))
        .collect()
}

fn bar(body: &mut String, y: f64, of: &str, part: f64, figure: &str) {
    let (class, label) = if of == OURS {
        ("ours", "Lanyard")
    } else {
        ("theirs", of)
    };
    // Never too short to be seen.
    let length = (part * LONGEST).max(2.0);
    let text = y + 14.0;
    let _ = writeln!(body, "<text x=\"20\" y=\"{text}\">{label}</text>");
    let _ = writeln!(
        body,
        "<rect class=\"{class}\" x=\"{LEFT}\" y=\"{y}\" width=\"{length:.1}\" height=\"{BAR}\" rx=\"3\"/>"
    );
    let _ = writeln!(
        body,
        "<text x=\"{:.1}\" y=\"{text}\">{figure}</text>",
        LEFT + length + 8.0
    );
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::figure::Figure;
    use crate::report::Machine;

    fn report(rows: Vec<Row>) -> Report {
        Report::new(Machine::here(), 5, rows)
    }

    fn row(of: &str, value: f64) -> Row {
        let figure = Some(Figure::exact(value));
        Row::new("cold-next", of, Unit::Milliseconds, figure)
    }

    #[test]
    fn the_longest_bar_is_the_slowest_and_ours_is_in_proportion() {
        let rows = vec![row(OURS, 2.0), row("Python, Powertools", 200.0)];
        let picture = picture(&report(rows)).unwrap();
        assert!(picture.contains("width=\"440.0\""), "{picture}");
        assert!(picture.contains("width=\"4.4\""), "{picture}");
        assert!(picture.contains("2 ms") && picture.contains("200 ms"));
    }

    #[test]
    fn where_nobody_else_was_measured_nothing_is_compared() {
        assert_eq!(picture(&report(vec![row(OURS, 2.0)])), None);
    }
}
