//! Prints a replay to the person who started the bundle: one line a function, and a summary. With
//! `--verbose`, two lines a sample.
#![expect(clippy::print_stdout, reason = "a command that a person reads")]

use std::collections::BTreeMap;

use super::replay::Step;
use super::sample::{ExpectedMail, Sample};
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
    done: usize,
    good: usize,
}

impl Tally {
    /// The counts before the first of these samples.
    pub(super) fn before(samples: &[Sample]) -> Self {
        let mut tally = Self::default();
        for sample in samples {
            let function = tally.functions.entry(sample.function.clone());
            function.or_default().samples += 1;
        }
        tally
    }

    pub(super) fn count(&mut self, sample: &Sample, step: &Step) {
        let good = step.faults.is_empty();
        self.steps += 1;
        self.replayed += usize::from(step.replayed);
        self.mails += step.mails.len();
        self.calls += step.used.calls();
        self.write_units += step.used.write_units();
        self.faults += usize::from(!good);
        let function = self.functions.entry(sample.function.clone()).or_default();
        function.done += 1;
        function.good += usize::from(good);
    }

    pub(super) fn is_clean(&self) -> bool {
        self.faults == 0
    }

    /// The line of a function, once its last sample is through.
    fn finished(&self, function: &str) -> Option<String> {
        let progress = self.functions.get(function)?;
        let Progress {
            samples,
            done,
            good,
        } = progress;
        (done == samples)
            .then(|| format!("{} {function:<18} {good}/{samples}", mark(good == samples)))
    }
}

pub(super) fn heading(samples: usize) {
    println!(
        "\nSending {samples} sample events to the functions, signed as their senders sign them:\n"
    );
}

/// Prints a sample that is through, as far as the detail or a fault asks for it.
pub(super) fn step(detail: Detail, sample: &Sample, step: &Step, tally: &Tally) {
    let good = step.faults.is_empty();
    if detail == Detail::Samples || !good {
        println!("{} {:<44} {}", mark(good), sample.name, sample.description);
        println!("    → {}", line(step));
    }
    for fault in &step.faults {
        println!("    ✗ {fault}");
    }
    if detail == Detail::Functions
        && let Some(line) = tally.finished(&sample.function)
    {
        println!("  {line}");
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

pub(super) fn summary(tally: &Tally) {
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

/// The people whose links a reader may want to open, with the pages they open.
const TO_OPEN: [(&str, &str); 4] = [
    ("lena@acme.example", "Lena leads Acme"),
    ("gus@globex.example", "Gus leads Globex"),
    ("ines@initech.example", "Ines leads Initech"),
    ("amir@acme.example", "Amir's requests"),
];

/// Prints the addresses to open, and the ways to go on.
pub(super) fn addresses(local: &Local) {
    let base = &local.base_url;
    println!("\nOpen in a browser:\n");
    println!("  {:<18}  {base}/_local/mail", "Everybody's mail");
    for (email, what) in TO_OPEN {
        // The oldest link comes from the seeding; later ones may be about something else.
        if let Some(link) = local.links(email).pop() {
            println!("  {what:<18}  {}", link.url);
        }
    }
    println!("\nMove the clock, and the sweep runs:\n");
    println!("  curl -X POST {base}/_local/clock -d '{{\"advance\": \"P90D\"}}'");
    println!("\nPress Ctrl-C to end. `cargo run -- --verbose` prints each sample.");
}
