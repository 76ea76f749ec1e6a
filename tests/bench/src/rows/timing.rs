//! `timing`: checks that the time of an answer does not tell a known address from an unknown one,
//! nor the correct part of a forged link.
//!
//! Welch's t of two samples that are measured in turns. Below 4.5 nothing can be told; the bound is
//! that of test vector leakage assessment (ISO/IEC 17825).

use http::Method;

use crate::bench::Bench;
use crate::crowd::{Due, Model, addresses, make_due};
use crate::figure::{Figure, welchs_t};
use crate::row::{Row, Target, Unit};
use crate::rows::page::{LEAD, mailed_links, sign_in};
use crate::stopwatch::Stopwatch;
use crate::visitor::{Visitor, path_of};
use crate::world::World;

const NAME: &str = "timing";
const BOUND: f64 = 4.5;
/// The number of measurements of each of the two, in each round.
const ASKED: u32 = 200;
/// A known person, and the beginning of addresses in the same domain that belong to nobody.
const KNOWN: &str = "amir@acme.example";
const UNKNOWN: &str = "none@acme.example";

/// Measures both.
pub(crate) async fn measure(bench: &Bench) -> Vec<Row> {
    let world = World::begin().await;
    let mut visitor = sign_in(bench, &world, LEAD, "/console/").await;
    let count = ASKED * u32::try_from(bench.rounds).unwrap();
    let rows = vec![
        row("link for a known or an unknown address", {
            let [known, unknown] = addresses_of(&world, count);
            let mut events = |emails: Vec<String>| -> Vec<Vec<u8>> {
                let event = |email: &String| visitor.asks_for_link(email);
                emails.iter().map(event).collect()
            };
            let (known, unknown) = (events(known), events(unknown));
            in_turns(&mut visitor, &known, &unknown, 200).await
        }),
        row("link forged at its beginning or its end", {
            let links = mailed_links(&world, LEAD);
            let path = path_of(&links[0]);
            let mut event = |place| visitor.event(&Method::GET, &forged(path, place), None);
            // A signature of 32 bytes comes last, in base64: 43 letters.
            let (begin, end) = (event(path.len() - 42), event(path.len() - 2));
            let copies = |event: Vec<u8>| vec![event; usize::try_from(count).unwrap()];
            in_turns(&mut visitor, &copies(begin), &copies(end), 404).await
        }),
    ];
    world.running.stop().await;
    rows
}

fn row(of: &str, t: f64) -> Row {
    Row::new(NAME, of, Unit::WelchsT, Some(Figure::exact(t.abs())))
        .with_target(Target::LessThan(BOUND))
}

/// This many known and unknown addresses, all of one length.
fn addresses_of(world: &World, count: u32) -> [Vec<String>; 2] {
    let now = local::clock::MovableClock::real().now();
    let known = || addresses("known", count, KNOWN);
    Model::of(world, "directory", KNOWN).add(world, known(), |number, item| {
        make_due(number, item, Due::Never, now);
    });
    [
        known().collect(),
        addresses("nobod", count, UNKNOWN).collect(),
    ]
}

/// The same link with another letter at this place.
fn forged(path: &str, place: usize) -> String {
    let mut bytes = path.as_bytes().to_owned();
    bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
    String::from_utf8(bytes).unwrap()
}

/// Microseconds of both, each first as often as second, and their Welch's t.
async fn in_turns(visitor: &mut Visitor, one: &[Vec<u8>], other: &[Vec<u8>], status: u64) -> f64 {
    let (mut of_one, mut of_other) = (Vec::new(), Vec::new());
    for (place, (one, other)) in one.iter().zip(other).enumerate() {
        if place % 2 == 0 {
            of_one.push(timed(visitor, one, status).await);
            of_other.push(timed(visitor, other, status).await);
        } else {
            of_other.push(timed(visitor, other, status).await);
            of_one.push(timed(visitor, one, status).await);
        }
    }
    // The first ones are slower, because connections and memory are new.
    let warm = of_one.len() / 10;
    welchs_t(&of_one[warm..], &of_other[warm..])
}

async fn timed(visitor: &mut Visitor, event: &[u8], status: u64) -> f64 {
    let watch = Stopwatch::start();
    let page = visitor.send(event).await;
    let took = watch.read().as_secs_f64() * 1e6;
    assert_eq!(page.status, status, "{:?}", page.location);
    visitor.program.idle().await;
    took
}
