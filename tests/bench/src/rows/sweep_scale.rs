//! `sweep-scale`: a run's calls to DynamoDB while a thousand members are due, for ever more
//! members. They may not depend on members who are not due.

use std::fs;

use local::bundle::Options;
use local::clock::MovableClock;
use local::dynamodb::meter::Reading;

use crate::bench::Bench;
use crate::crowd::{Due, Model, addresses, make_due};
use crate::figure::Figure;
use crate::folders::folder;
use crate::row::{Row, Target, Unit};
use crate::rows::sweep_rate::{LIKE, begin, fall_due, run};
use crate::world::World;

const NAME: &str = "sweep-scale";
const DUE: u32 = 1_000;
/// The largest ratio of the most to the least.
const APART: f64 = 1.01;

/// Counts a run over this many members, one crowd after the other, each in tables of its own.
pub(crate) async fn measure(bench: &Bench, crowds: &[u32]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut counted = Vec::new();
    for members in crowds {
        let used = of_a_run(bench, *members).await;
        let of = format!("{DUE} due of {members}");
        let row = |unit, value| Row::new(NAME, of.clone(), unit, Some(Figure::exact(value)));
        let [calls, reads, writes] = figures(&used);
        rows.push(row(Unit::Calls, calls));
        rows.push(row(Unit::ReadUnits, reads));
        rows.push(row(Unit::WriteUnits, writes));
        counted.push([calls, reads, writes]);
    }
    let named = ["calls", "read units", "write units"];
    rows.extend(named.into_iter().enumerate().map(|(place, what)| {
        let all = || counted.iter().map(|figures| figures[place]);
        let most = all().fold(0.0, f64::max);
        let least = all().fold(f64::INFINITY, f64::min);
        let ratio = Some(Figure::exact(most / least));
        Row::new(NAME, format!("most to least {what}"), Unit::Times, ratio)
            .with_target(Target::AtMost(APART))
    }));
    rows
}

fn figures(used: &Reading) -> [f64; 3] {
    let calls = f64::from(u32::try_from(used.calls()).unwrap());
    [calls, used.read_units(), used.write_units()]
}

async fn of_a_run(bench: &Bench, members: u32) -> Reading {
    // On disk: three million do not fit into the memory of every machine.
    let data = folder().join(NAME);
    if data.exists() {
        fs::remove_dir_all(&data).unwrap();
    }
    let options = Options {
        data: Some(data.clone()),
        ..Options::default()
    };
    let world = World::begin_with(options).await;
    let now = MovableClock::real().now();
    let mut sweep = begin(bench, &world).await;
    // Before the crowd, because finding the model would read all of it.
    fall_due(&world, "due", DUE);
    let others = addresses("there", members - DUE, LIKE);
    // A member who is not due is only an entry of the index; their customer is never read.
    let model = Model::of(&world, "directory", LIKE).with_deadlines();
    model.add(&world, others, |number, item| {
        make_due(number, item, Due::Never, now);
    });
    let before = world.used();
    run(&mut sweep).await;
    let used = world.used().since(&before);
    world.running.stop().await;
    fs::remove_dir_all(&data).unwrap();
    used
}
