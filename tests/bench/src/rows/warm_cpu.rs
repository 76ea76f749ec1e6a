//! `warm-cpu`: the processor time of one accepted `request-created` in a warm function.

use std::process::Command;

use crate::bench::Bench;
use crate::delivery::Deliveries;
use crate::figure::Figure;
use crate::folders::log;
use crate::program::Program;
use crate::row::{Row, Target, Unit};
use crate::world::World;

const NAME: &str = "warm-cpu";
const FUNCTION: &str = "request-created";
const MICROSECONDS: f64 = 250.0;
/// The least ratio of a peer's need to ours.
const TIMES: f64 = 15.0;
/// The number of events before the first round, and in each; a quarter of that for a peer.
const BEFORE: u32 = 100;
const EVENTS: u32 = 400;

/// Measures `request-created`, and the peers beside it.
pub(crate) async fn measure(bench: &Bench, world: &World) -> Vec<Row> {
    let mut measured = vec![
        Measured::begin(
            FUNCTION,
            world.command(&bench.programs, FUNCTION),
            EVENTS,
            world,
        )
        .await,
    ];
    for peer in bench.peers() {
        measured.push(Measured::begin(peer.name, peer.command(world), EVENTS / 4, world).await);
    }
    for _ in 0..bench.rounds {
        for one in &mut measured {
            one.round().await;
        }
    }
    world.settle().await;
    rows(&measured)
}

fn rows(measured: &[Measured]) -> Vec<Row> {
    let figure = |one: &Measured| Figure::of(&one.microseconds);
    let of_one = |one: &Measured| Row::new(NAME, one.name, Unit::Microseconds, figure(one));
    let mut rows: Vec<Row> = measured.iter().map(of_one).collect();
    rows[0].target = Some(Target::AtMost(MICROSECONDS));
    let times = |peer: &Measured| {
        let of = format!("{} to {FUNCTION}", peer.name);
        Row::times(NAME, of, figure(&measured[0]), figure(peer), TIMES)
    };
    rows.extend(measured[1..].iter().map(times));
    rows
}

/// A measured program, round by round.
struct Measured {
    name: &'static str,
    program: Program,
    deliveries: Deliveries,
    events: u32,
    microseconds: Vec<f64>,
}

impl Measured {
    async fn begin(name: &'static str, mut command: Command, events: u32, world: &World) -> Self {
        let mut program = Program::start(&mut command, &log(NAME, name)).await;
        let mut deliveries = Deliveries::of(world.source("forms"), name);
        program.deliver(&mut deliveries, BEFORE, 202).await;
        Self {
            name,
            program,
            deliveries,
            events,
            microseconds: Vec::new(),
        }
    }

    async fn round(&mut self) {
        let before = self.program.cpu();
        self.program
            .deliver(&mut self.deliveries, self.events, 202)
            .await;
        let each = (self.program.cpu() - before) / f64::from(self.events);
        self.microseconds.push(each);
    }
}
