//! `rss`: the memory of a long-running function. It may not grow with the events.

use crate::bench::Bench;
use crate::delivery::Deliveries;
use crate::figure::Figure;
use crate::folders::log;
use crate::program::Program;
use crate::row::{Row, Target, Unit};
use crate::world::World;

const NAME: &str = "rss";
const FUNCTION: &str = "request-created";
const PEAK_MIB: f64 = 10.0;
const GROWTH_KIB: f64 = 256.0;
/// The number of events after which all lasting memory is allocated, and the number of all events.
const SETTLED: u32 = 1_000;
const EVENTS: u32 = 10_000;

/// Measures `request-created`.
pub(crate) async fn measure(bench: &Bench, world: &World) -> Vec<Row> {
    let mut command = world.command(&bench.programs, FUNCTION);
    let mut program = Program::start(&mut command, &log(NAME, FUNCTION)).await;
    let mut deliveries = Deliveries::of(world.source("forms"), "RSS");
    program.deliver(&mut deliveries, SETTLED, 202).await;
    let (settled, _) = program.memory();
    program
        .deliver(&mut deliveries, EVENTS - SETTLED, 202)
        .await;
    let (resident, peak) = program.memory();
    world.settle().await;
    vec![
        Row::new(
            NAME,
            format!("{FUNCTION}, peak of {EVENTS} events"),
            Unit::Mebibytes,
            Some(Figure::exact(peak / 1024.0)),
        )
        .with_target(Target::AtMost(PEAK_MIB)),
        Row::new(
            NAME,
            format!("{FUNCTION}, growth after event {SETTLED}"),
            Unit::Kibibytes,
            Some(Figure::exact((resident - settled).max(0.0))),
        )
        .with_target(Target::LessThan(GROWTH_KIB)),
    ]
}
