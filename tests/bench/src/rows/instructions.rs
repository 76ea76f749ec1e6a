//! `instructions`: the processor's instructions for one event, counted by callgrind. The count is
//! the same on a busy and a quiet machine, so it serves to judge a change.
//!
//! Both runs contain a start; their difference is that of the events alone.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::bench::Bench;
use crate::delivery::Deliveries;
use crate::figure::Figure;
use crate::folders::{folder, log};
use crate::program::Program;
use crate::row::{Row, Target, Unit};
use crate::world::World;

const NAME: &str = "instructions";
const FUNCTION: &str = "request-created";
/// The target in millions.
const ACCEPTED: f64 = 1.0;
const REJECTED: f64 = 0.23;
const FEW: u32 = 200;
const MANY: u32 = 1_200;

/// Counts an accepted delivery and one with a bad signature.
pub(crate) async fn measure(bench: &Bench, world: &World) -> Vec<Row> {
    let Some(valgrind) = valgrind() else {
        return [("accepted", ACCEPTED), ("rejected signature", REJECTED)]
            .map(|(of, most)| {
                Row::new(NAME, of, Unit::MillionInstructions, None)
                    .with_target(Target::AtMost(most))
                    .with_note("valgrind is not on the PATH; install the distribution's")
            })
            .into();
    };
    let counting = Counting {
        bench,
        world,
        valgrind,
    };
    let accepted = counting.of_one("accepted", 202).await;
    let rejected = counting.of_one("rejected", 401).await;
    world.settle().await;
    vec![
        row("accepted", accepted).with_target(Target::AtMost(ACCEPTED)),
        row("rejected signature", rejected).with_target(Target::AtMost(REJECTED)),
    ]
}

fn row(of: &str, instructions: f64) -> Row {
    let figure = Figure::exact(instructions / 1e6);
    Row::new(NAME, of, Unit::MillionInstructions, Some(figure))
}

struct Counting<'a> {
    bench: &'a Bench,
    world: &'a World,
    valgrind: PathBuf,
}

impl Counting<'_> {
    async fn of_one(&self, of: &str, status: u16) -> f64 {
        let few = self.of_run(of, status, FEW).await;
        let many = self.of_run(of, status, MANY).await;
        (many - few) / f64::from(MANY - FEW)
    }

    async fn of_run(&self, of: &str, status: u16, events: u32) -> f64 {
        let counts = folder().join(format!("callgrind-{of}-{events}"));
        let plain = self.world.command(&self.bench.programs, FUNCTION);
        let mut command = Command::new(&self.valgrind);
        command
            .env_clear()
            .envs(
                plain
                    .get_envs()
                    .filter_map(|(name, value)| Some((name, value?))),
            )
            .arg("--tool=callgrind")
            .arg(format!("--callgrind-out-file={}", counts.display()))
            .arg(plain.get_program());
        let log = log(NAME, of);
        let mut program = Program::start(&mut command, &log).await;
        let key = format!("COUNT-{of}-{events}");
        let mut deliveries = Deliveries::of(self.world.source("forms"), &key);
        if status == 401 {
            deliveries = deliveries.forged();
        }
        program.deliver(&mut deliveries, events, status).await;
        program.terminate();
        total(&counts)
    }
}

/// The sum that callgrind writes at the end of its file.
fn total(counts: &Path) -> f64 {
    let text = fs::read_to_string(counts).unwrap();
    let total = text.lines().find_map(|line| line.strip_prefix("totals: "));
    total.unwrap().parse().unwrap()
}

fn valgrind() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join("valgrind"))
        .find(|program| program.is_file())
}
