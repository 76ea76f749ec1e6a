//! `warm-cpu`: the processor time of one accepted `request-created`, in a function that runs already.

use crate::bench::{Bench, log};
use crate::delivery::Deliveries;
use crate::figure::Figure;
use crate::program::Program;
use crate::row::{Row, Target, Unit};
use crate::world::World;

const NAME: &str = "warm-cpu";
const FUNCTION: &str = "request-created";
const MICROSECONDS: f64 = 250.0;
/// Events before the first round, and in each.
const BEFORE: u32 = 100;
const EVENTS: u32 = 400;

/// Measures `request-created`.
pub(crate) async fn measure(bench: &Bench, world: &World) -> Vec<Row> {
    let mut command = world.command(&bench.programs, FUNCTION);
    let mut program = Program::start(&mut command, &log(NAME, FUNCTION)).await;
    let mut deliveries = Deliveries::of(world.source("forms"), "WARM");
    program.deliver(&mut deliveries, BEFORE, 202).await;
    let mut measured = Vec::new();
    for _ in 0..bench.rounds {
        let before = program.cpu();
        program.deliver(&mut deliveries, EVENTS, 202).await;
        measured.push((program.cpu() - before) / f64::from(EVENTS));
    }
    world.settle().await;
    vec![
        Row::new(NAME, FUNCTION, Unit::Microseconds, Figure::of(&measured))
            .with_target(Target::AtMost(MICROSECONDS)),
    ]
}
