//! `cold-next`: from `exec` to the first `/next`, with the clients built for AWS itself, TLS and
//! root certificates included. No call is made meanwhile.

use std::process::Command;

use crate::bench::Bench;
use crate::figure::Figure;
use crate::folders::log;
use crate::peers::Peer;
use crate::program::Program;
use crate::row::{Row, Target, Unit};
use crate::world::World;

const NAME: &str = "cold-next";
const MILLISECONDS: f64 = 2.5;
/// The function whose work the peers do, and the least ratio of their time to ours.
const COMPARED: &str = "request-created";
const TIMES: f64 = 80.0;
/// Starts of each function, over all rounds.
const STARTS: usize = 50;

/// Measures every function, and the peers beside them.
pub(crate) async fn measure(bench: &Bench, world: &World) -> Vec<Row> {
    let mut functions: Vec<(&str, Vec<f64>)> = bench
        .programs
        .names()
        .map(|name| (name, Vec::new()))
        .collect();
    let mut peers: Vec<(&Peer, Vec<f64>)> = bench.peers().map(|peer| (peer, Vec::new())).collect();
    let each = STARTS.div_ceil(bench.rounds);
    for _ in 0..bench.rounds {
        for (function, measured) in &mut functions {
            for _ in 0..each {
                let command = world.command(&bench.programs, function);
                measured.push(start(command, function).await);
            }
        }
        for (peer, measured) in &mut peers {
            measured.push(start(peer.command(world), peer.name).await);
        }
    }
    rows(&functions, &peers)
}

fn rows(functions: &[(&str, Vec<f64>)], peers: &[(&Peer, Vec<f64>)]) -> Vec<Row> {
    let row = |name: &str, measured: &[f64]| {
        Row::new(NAME, name, Unit::Milliseconds, Figure::of(measured))
    };
    let of_function = |(name, measured): &(&str, Vec<f64>)| {
        row(name, measured).with_target(Target::AtMost(MILLISECONDS))
    };
    let mut rows: Vec<Row> = functions.iter().map(of_function).collect();
    let compared = functions.iter().find(|(name, _)| *name == COMPARED);
    let ours = compared.and_then(|(_, measured)| Figure::of(measured));
    for (peer, measured) in peers {
        rows.push(row(peer.name, measured));
        let of = format!("{} to {COMPARED}", peer.name);
        let times = Row::times(NAME, of, ours, Figure::of(measured), TIMES);
        rows.push(times);
    }
    rows
}

/// Milliseconds to the first `/next`.
async fn start(command: Command, name: &str) -> f64 {
    let program = Program::start(&mut on_aws(command), &log(NAME, name)).await;
    program.started_in.as_secs_f64() * 1e3
}

/// Points a function at AWS as Lambda does: by a region and without an address.
fn on_aws(mut command: Command) -> Command {
    command
        .env_remove("AWS_ENDPOINT_URL_DYNAMODB")
        .env_remove("AWS_ENDPOINT_URL_SESV2")
        .env("AWS_REGION", "eu-central-1")
        .env("AWS_SESSION_TOKEN", "none");
    command
}
