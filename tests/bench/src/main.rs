//! `make bench`: the cost and the speed of Lanyard, beside the same work in other languages.
//!
//! Every row of the table is measured on the compiled functions. Each is a process of its own
//! behind a Lambda Runtime API on loopback, with the local bundle's DynamoDB and SES. The figures
//! are those of the programs and not of Lambda: they contain nothing that AWS adds before, between
//! and after.
#![allow(
    clippy::unwrap_used,
    reason = "a step that fails ends the benchmark: half a table is none"
)]

mod bench;
mod crowd;
mod delivery;
mod distance;
mod engine;
mod figure;
mod folders;
mod journal;
mod peers;
mod picture;
mod program;
mod programs;
mod report;
mod row;
mod rows;
mod stopwatch;
mod table;
mod tape;
mod visitor;
mod world;

use std::path::PathBuf;

use clap::Parser;

use crate::bench::Bench;
use crate::programs::Programs;
use crate::report::{Machine, Report};
use crate::row::{Row, Unit};
use crate::world::World;

/// Measures the functions and prints one table.
#[derive(Debug, Parser)]
#[command(name = "bench", version)]
struct Options {
    /// Leaves out the peers and the rows that take long.
    #[arg(long)]
    quick: bool,
    /// Rounds of every measurement. More rounds make the medians steadier.
    #[arg(long, default_value_t = 5)]
    rounds: usize,
    /// Only these rows, such as `size,cold-next`.
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Only these functions. Others are not built.
    #[arg(long, value_delimiter = ',')]
    functions: Vec<String>,
    /// The numbers of members that `sweep-scale` sweeps over, one after the other.
    #[arg(long, value_delimiter = ',', default_values_t = [3_000, 300_000, 3_000_000])]
    members: Vec<u32>,
    /// Measures the functions in this folder, and builds none.
    #[arg(long)]
    from: Option<PathBuf>,
}

/// The rows that take minutes.
const LONG: [&str; 2] = ["instructions", "sweep-scale"];

impl Options {
    fn wants(&self, row: &str) -> bool {
        if self.only.is_empty() {
            return !(self.quick && LONG.contains(&row));
        }
        self.only.iter().any(|only| only == row)
    }
}

#[tokio::main]
async fn main() {
    let options = Options::parse();
    let functions = if options.functions.is_empty() {
        programs::all()
    } else {
        options.functions.clone()
    };
    let bench = Bench {
        programs: match &options.from {
            Some(folder) => Programs::found_in(folder, &functions),
            None => Programs::build(&functions),
        },
        rounds: options.rounds,
        peers: if options.quick {
            Vec::new()
        } else {
            peers::install()
        },
    };
    let machine = Machine::here();
    let rows = measure(&bench, &options).await;
    show(&rows, machine, &bench);
}

async fn measure(bench: &Bench, options: &Options) -> Vec<Row> {
    let world = World::begin().await;
    let mut rows = Vec::new();
    if options.wants("size") {
        rows.extend(rows::size::measure(bench));
    }
    if options.wants("cold-next") {
        rows.extend(rows::cold_next::measure(bench, &world).await);
    }
    if options.wants("cold-first") {
        rows.extend(rows::cold_first::measure(bench, &world).await);
    }
    if options.wants("warm-cpu") {
        rows.extend(rows::warm_cpu::measure(bench, &world).await);
    }
    if options.wants("rss") {
        rows.extend(rows::rss::measure(bench, &world).await);
    }
    if options.wants("instructions") {
        rows.extend(rows::instructions::measure(bench, &world).await);
    }
    if options.wants("calls") {
        rows.extend(rows::calls::measure(bench, &world).await);
    }
    world.running.stop().await;
    if options.wants("relay-rate") {
        rows.extend(rows::relay_rate::measure(bench).await);
    }
    if options.wants("sweep-rate") {
        rows.extend(rows::sweep_rate::measure(bench).await);
    }
    if options.wants("sweep-scale") {
        rows.extend(rows::sweep_scale::measure(bench, &options.members).await);
    }
    if options.wants("page") {
        rows.extend(rows::page::measure(bench).await);
    }
    if options.wants("timing") {
        rows.extend(rows::timing::measure(bench).await);
    }
    for missing in bench.peers.iter().filter_map(|peer| peer.as_ref().err()) {
        rows.push(Row::new("peers", "missing", Unit::Times, None).with_note(missing));
    }
    rows
}

#[expect(clippy::print_stdout, reason = "the table is what this program is for")]
fn show(rows: &[Row], machine: Machine, bench: &Bench) {
    println!("{}", table::table(rows));
    println!(
        "{} rounds on {}, load {} before. No figure is one of Lambda.",
        bench.rounds,
        machine.kind(),
        machine.load_before
    );
    let report = Report::new(machine, bench.rounds, rows.to_vec());
    println!("{}", report.write().display());
    if let Some(picture) = picture::write(&report) {
        println!("{}", picture.display());
    }
}
