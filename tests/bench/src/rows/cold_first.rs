//! `cold-first`: the first event of a new function. It reads its settings and makes one connection
//! with a TLS handshake. DynamoDB is a tape, so its time does not count.

use crate::bench::Bench;
use crate::delivery::Deliveries;
use crate::figure::Figure;
use crate::folders::log;
use crate::program::Program;
use crate::row::{Row, Target, Unit};
use crate::stopwatch::Stopwatch;
use crate::tape::Tape;
use crate::world::World;

const NAME: &str = "cold-first";
const FUNCTION: &str = "request-created";
const MEDIAN: f64 = 5.0;
const HIGH: f64 = 8.0;
/// The number of starts over all rounds.
const STARTS: usize = 50;

/// Measures `request-created`.
pub(crate) async fn measure(bench: &Bench, world: &World) -> Vec<Row> {
    let mut tape = Tape::record(&world.running.local.dynamodb_endpoint).await;
    let (address, roots) = tape.over_tls().await;
    let mut command = world.command(&bench.programs, FUNCTION);
    command
        .env("AWS_ENDPOINT_URL_DYNAMODB", address)
        .env("AWS_CA_BUNDLE", roots);
    let mut deliveries = Deliveries::of(world.source("forms"), "FIRST");
    let mut measured = Vec::new();
    for start in 0..=STARTS {
        let mut program = Program::start(&mut command, &log(NAME, FUNCTION)).await;
        let delivery = deliveries.next();
        let watch = Stopwatch::start();
        let answer = program.invoke(&delivery).await;
        let took = watch.read().as_secs_f64() * 1e3;
        assert_eq!(answer["statusCode"], 202, "{answer}");
        // The first start is recorded.
        if start > 0 {
            measured.push(took);
        }
        program.idle().await;
        tape.play();
    }
    world.settle().await;
    let figure = Figure::of(&measured);
    let of = |part| format!("{FUNCTION}, {part}");
    let high = figure.map(|figure| Figure::exact(figure.high));
    vec![
        Row::new(NAME, of("median"), Unit::Milliseconds, figure)
            .with_target(Target::AtMost(MEDIAN)),
        Row::new(NAME, of("95th of 100"), Unit::Milliseconds, high)
            .with_target(Target::AtMost(HIGH)),
    ]
}
