//! Prints a replay to the person who started the bundle: one line a function, and a summary. With
//! `--verbose`, two lines a sample.
#![expect(clippy::print_stdout, reason = "a command that a person reads")]

use std::collections::BTreeMap;

use super::replay::Step;
use super::sample::{ExpectedMail, STORY, Sample};
use crate::local::Local;

/// The amount of detail that is printed of a replay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Detail {
    /// One line a function, and whatever did not come out as expected.
    Functions,
    /// Two lines a sample.
    Samples,
}

/// The counts of a replay.
#[derive(Debug, Default)]
pub(super) struct Tally {
    steps: usize,
    replayed: usize,
    mails: usize,
    calls: u64,
    write_units: f64,
    faults: usize,
    functions: BTreeMap<String, Progress>,
}

/// The samples of one function.
#[derive(Debug, Default)]
struct Progress {
    samples: usize,
    good: usize,
}

impl Tally {
    pub(super) fn count(&mut self, sample: &Sample, step: &Step) {
        let good = step.faults.is_empty();
        self.steps += 1;
        self.replayed += usize::from(step.replayed);
        self.mails += step.mails.len();
        self.calls += step.used.calls();
        self.write_units += step.used.write_units();
        self.faults += usize::from(!good);
        let function = self.functions.entry(sample.function.clone()).or_default();
        function.samples += 1;
        function.good += usize::from(good);
    }

    pub(super) fn is_clean(&self) -> bool {
        self.faults == 0
    }

    /// A line a function, in the order of the story.
    fn lines(&self) -> impl Iterator<Item = String> {
        STORY.iter().filter_map(|name| {
            let Progress { samples, good } = self.functions.get(*name)?;
            let mark = mark(good == samples);
            Some(format!("  {mark} {name:<18} {good}/{samples}"))
        })
    }
}

pub(super) fn heading(samples: usize) {
    println!(
        "\nSending {samples} sample events to the functions, signed as their senders sign them:\n"
    );
}

/// Prints a sample that is through, as far as the detail or a fault asks for it.
pub(super) fn step(detail: Detail, sample: &Sample, step: &Step) {
    let good = step.faults.is_empty();
    if detail == Detail::Samples || !good {
        println!("{} {:<44} {}", mark(good), sample.name, sample.description);
        println!("    → {}", line(step));
    }
    for fault in &step.faults {
        println!("    ✗ {fault}");
    }
}

fn mark(good: bool) -> &'static str {
    if good { "✓" } else { "✗" }
}
/// The answer, its writes, and the mails that left.
fn line(step: &Step) -> String {
    let mut parts = vec![answer(step)];
    let transactions = step
        .used
        .0
        .get("TransactWriteItems")
        .map_or(0, |usage| usage.calls);
    let written = match transactions {
        0 => "nothing written".to_owned(),
        1 => format!("1 transaction, {} write units", step.used.write_units()),
        many => format!(
            "{many} transactions, {} write units",
            step.used.write_units()
        ),
    };
    parts.push(written);
    parts.push(mails(&step.mails));
    parts.join(" · ")
}

fn answer(step: &Step) -> String {
    let code = step.body["code"].as_str();
    let rows = step.body["rows"].as_array().map(|rows| {
        let invited = rows
            .iter()
            .filter(|row| row["outcome"] == "invited")
            .count();
        format!("{invited} of {} invited", rows.len())
    });
    let mut text = step.status.to_string();
    if step.replayed {
        text.push_str(" (seen before)");
    }
    for more in [code.map(str::to_owned), rows].into_iter().flatten() {
        text.push(' ');
        text.push_str(&more);
    }
    text
}

fn mails(mails: &[ExpectedMail]) -> String {
    if mails.is_empty() {
        return "no mail".to_owned();
    }
    let each: Vec<_> = mails
        .iter()
        .map(|mail| format!("{} → {}", mail.kind, mail.to))
        .collect();
    each.join(", ")
}

pub(super) fn summary(detail: Detail, tally: &Tally) {
    if detail == Detail::Functions {
        for line in tally.lines() {
            println!("{line}");
        }
    }
    let Tally {
        steps,
        replayed,
        mails,
        calls,
        write_units,
        faults,
        functions: _,
    } = tally;
    println!(
        "\n{steps} samples, {mails} mails, {calls} calls of DynamoDB, {write_units} write units."
    );
    if *replayed > 0 {
        println!("{replayed} were seen before in this data directory and changed nothing.");
    }
    match faults {
        0 => println!("Everything came out as the samples say."),
        1 => println!("1 sample did not come out as it says."),
        more => println!("{more} samples did not come out as they say."),
    }
}

/// The people whom a reader may want to be, with the pages that they open.
const TO_OPEN: [(&str, &str); 3] = [
    ("lena@acme.example", "Lena, who leads Acme"),
    ("amir@acme.example", "Amir, a member of Acme"),
    ("noor@visitor.example", "Noor, a guest"),
];

/// Prints the addresses to open.
pub(super) fn addresses(local: &Local) {
    let base = &local.base_url;
    println!("\nOpen in a browser:\n");
    println!("  {:<23} {base}/_local/", "Start here");
    println!("  {:<23} {base}/_local/mail", "Everybody's mail");
    for (email, who) in TO_OPEN {
        println!("  {who:<23} {base}/_local/open?as={email}");
    }
    println!("\nPress Ctrl-C to end. `cargo run -- --verbose` prints each sample.");
}
