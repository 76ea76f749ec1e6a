//! `cold-next`: from `exec` to the first `/next`, with the clients built for AWS itself, TLS and root
//! certificates included. Nothing is called meanwhile.

use std::process::Command;

use crate::bench::{Bench, log};
use crate::figure::Figure;
use crate::program::Program;
use crate::row::{Row, Target, Unit};
use crate::world::World;

const NAME: &str = "cold-next";
const MILLISECONDS: f64 = 2.5;
/// Starts of each function, over all rounds.
const STARTS: usize = 50;

/// Measures every function.
pub(crate) async fn measure(bench: &Bench, world: &World) -> Vec<Row> {
    let functions: Vec<&str> = bench.programs.names().collect();
    let mut measured = vec![Vec::new(); functions.len()];
    let each = STARTS.div_ceil(bench.rounds);
    for _ in 0..bench.rounds {
        for (function, measured) in functions.iter().zip(&mut measured) {
            for _ in 0..each {
                let mut command = on_aws(world.command(&bench.programs, function));
                let program = Program::start(&mut command, &log(NAME, function)).await;
                measured.push(program.started_in.as_secs_f64() * 1e3);
            }
        }
    }
    let row = |(function, measured): (&&str, &Vec<f64>)| {
        Row::new(NAME, *function, Unit::Milliseconds, Figure::of(measured))
            .with_target(Target::AtMost(MILLISECONDS))
    };
    functions.iter().zip(&measured).map(row).collect()
}

/// Points a function at AWS as Lambda does: by a region and by no address.
fn on_aws(mut command: Command) -> Command {
    command
        .env_remove("AWS_ENDPOINT_URL_DYNAMODB")
        .env_remove("AWS_ENDPOINT_URL_SESV2")
        .env("AWS_REGION", "eu-central-1")
        .env("AWS_SESSION_TOKEN", "none");
    command
}
