//! `sweep-rate`: the number of due members that one `inactivity-sweep` warns per second, and its
//! memory, which may not grow with the number of due members.

use jiff::Timestamp;
use local::clock::MovableClock;

use crate::bench::Bench;
use crate::crowd::{Due, Model, addresses, make_due};
use crate::figure::Figure;
use crate::folders::log;
use crate::program::Program;
use crate::row::{Row, Target, Unit};
use crate::stopwatch::Stopwatch;
use crate::world::World;

const NAME: &str = "sweep-rate";
const FUNCTION: &str = "inactivity-sweep";
const MEMBERS_PER_SECOND: f64 = 1_500.0;
const MEMORY_MIB: f64 = 64.0;
/// A person whose membership ends after silence.
pub(crate) const LIKE: &str = "wim@globex.test";
const DUE: u32 = 300;
/// The number of people who fall due together at the end.
const CROWD: u32 = 3_000;

/// Measures a single sweep.
pub(crate) async fn measure(bench: &Bench) -> Vec<Row> {
    let world = World::begin().await;
    let mut sweep = begin(bench, &world).await;
    let (mut rates, mut microseconds) = (Vec::new(), Vec::new());
    for round in 0..bench.rounds {
        fall_due(&world, &format!("round-{round}"), DUE);
        let before = sweep.cpu();
        rates.push(f64::from(DUE) / run(&mut sweep).await);
        microseconds.push((sweep.cpu() - before) / f64::from(DUE));
    }
    let (_, peak) = sweep.memory();
    fall_due(&world, "crowd", CROWD);
    let crowd = f64::from(CROWD) / run(&mut sweep).await;
    let (_, peak_of_many) = sweep.memory();
    world.running.stop().await;
    let memory = |of: String, peak: f64| {
        Row::new(
            NAME,
            of,
            Unit::Mebibytes,
            Some(Figure::exact(peak / 1024.0)),
        )
        .with_target(Target::LessThan(MEMORY_MIB))
    };
    let rate = |of: String, figure: Option<Figure>| {
        Row::new(NAME, of, Unit::MembersPerSecond, figure)
            .with_target(Target::AtLeast(MEMBERS_PER_SECOND))
    };
    vec![
        rate(format!("{DUE} due"), Figure::of(&rates)),
        rate(format!("{CROWD} due"), Some(Figure::exact(crowd))),
        // The rest of the time belongs to the engine.
        Row::new(
            NAME,
            "processor time of the function for each",
            Unit::Microseconds,
            Figure::of(&microseconds),
        ),
        memory(format!("peak, {DUE} due"), peak),
        memory(format!("peak, {CROWD} due"), peak_of_many),
    ]
}

/// A sweep that has run once, so that nobody of the seeded world is due.
pub(crate) async fn begin(bench: &Bench, world: &World) -> Program {
    let mut command = world.command(&bench.programs, FUNCTION);
    let mut sweep = Program::start(&mut command, &log(NAME, FUNCTION)).await;
    run(&mut sweep).await;
    sweep
}

/// Adds members who are due.
pub(crate) fn fall_due(world: &World, name: &str, count: u32) {
    let now: Timestamp = MovableClock::real().now();
    let model = Model::of(world, "directory", LIKE);
    let names = addresses(name, count, LIKE);
    model.add(world, names, |number, item| {
        make_due(number, item, Due::Now, now);
    });
}

/// The seconds of a run.
pub(crate) async fn run(sweep: &mut Program) -> f64 {
    let watch = Stopwatch::start();
    sweep.invoke(b"{}").await;
    let took = watch.read().as_secs_f64();
    sweep.idle().await;
    took
}
