//! `relay-rate`: the number of mails that one `outbox-relay` hands to SES per second, and a check
//! that it keeps to a smaller send quota.

use jiff::{SignedDuration, Timestamp};

use crate::bench::Bench;
use crate::delivery::Deliveries;
use crate::figure::Figure;
use crate::folders::log;
use crate::journal::Journal;
use crate::program::Program;
use crate::row::{Row, Target, Unit};
use crate::stopwatch::Stopwatch;
use crate::world::World;

const NAME: &str = "relay-rate";
const FUNCTION: &str = "outbox-relay";
const WRITER: &str = "request-created";
const MAILS_PER_SECOND: f64 = 1_000.0;
/// Requests in each round; each is confirmed to its reporter.
const REQUESTS: u32 = 400;
/// A quota that never limits, and one that always does, in mails a second.
const HIGH: u32 = 100_000;
const LOW: u32 = 100;

/// Measures a single relay, in a world of its own, because the engine slows down with the data of
/// other rows.
pub(crate) async fn measure(bench: &Bench) -> Vec<Row> {
    let world = World::begin().await;
    let rows = within(bench, &world).await;
    world.running.stop().await;
    rows
}

async fn within(bench: &Bench, world: &World) -> Vec<Row> {
    let mut journal = Journal::open(world).await;
    let mut writer = world.command(&bench.programs, WRITER);
    let mut writer = Program::start(&mut writer, &log(NAME, WRITER)).await;
    let mut deliveries = Deliveries::of(world.source("forms"), "RELAY");
    let mut relay = relay(bench, world, HIGH).await;
    journal.events().await;
    let (mut rates, mut microseconds) = (Vec::new(), Vec::new());
    for _ in 0..bench.rounds {
        writer.deliver(&mut deliveries, REQUESTS, 202).await;
        let events = journal.events().await;
        let before = world.running.local.mailbox.count();
        let cpu = relay.cpu();
        let watch = Stopwatch::start();
        hand_over(&mut relay, &events).await;
        let took = watch.read().as_secs_f64();
        let mails = world.running.local.mailbox.count() - before;
        rates.push(float(mails) / took);
        microseconds.push((relay.cpu() - cpu) / float(mails));
    }
    writer.deliver(&mut deliveries, REQUESTS, 202).await;
    let events = journal.events().await;
    let before = world.running.local.mailbox.count();
    let mut slow = self::relay(bench, world, LOW).await;
    hand_over(&mut slow, &events).await;
    let times = world.running.local.mailbox.list(None);
    // The newest may be at either end; only the instants count.
    let mut times: Vec<Timestamp> = times.iter().map(|mail| mail.at).collect();
    times.sort_unstable();
    let most = most_in_a_second(&times[before..]);
    vec![
        Row::new(
            NAME,
            "within 100,000 a second",
            Unit::MailsPerSecond,
            Figure::of(&rates),
        )
        .with_target(Target::AtLeast(MAILS_PER_SECOND)),
        // The rest of the time belongs to the engine and the captured SES.
        Row::new(
            NAME,
            "processor time of the function for each",
            Unit::Microseconds,
            Figure::of(&microseconds),
        ),
        Row::new(
            NAME,
            format!("most in any second of a quota of {LOW}"),
            Unit::MailsPerSecond,
            Some(Figure::exact(float(most))),
        )
        .with_target(Target::AtMost(f64::from(LOW))),
    ]
}

async fn relay(bench: &Bench, world: &World, quota: u32) -> Program {
    let mut command = world.command(&bench.programs, FUNCTION);
    command.env("LANYARD_SES_MAX_SEND_RATE", quota.to_string());
    Program::start(&mut command, &log(NAME, FUNCTION)).await
}

/// Passes batches one after the other, as Lambda does with a shard. All messages have to be sent.
pub(crate) async fn hand_over(relay: &mut Program, events: &[Vec<u8>]) {
    for event in events {
        let answer = relay.invoke(event).await;
        let failed = answer["batchItemFailures"].as_array().unwrap();
        assert!(failed.is_empty(), "{answer}");
    }
    relay.idle().await;
}

/// The largest number of instants within any one second.
fn most_in_a_second(times: &[Timestamp]) -> usize {
    let beginning_here = |(place, begin): (usize, &Timestamp)| {
        let end = *begin + SignedDuration::from_secs(1);
        times[place..].partition_point(|at| *at < end)
    };
    times
        .iter()
        .enumerate()
        .map(beginning_here)
        .max()
        .unwrap_or(0)
}

#[expect(clippy::cast_precision_loss, reason = "there are far fewer mails")]
fn float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fullest_second_may_begin_anywhere() {
        let at = |millis| Timestamp::UNIX_EPOCH + SignedDuration::from_millis(millis);
        assert_eq!(
            most_in_a_second(&[at(0), at(700), at(1_200), at(1_699), at(1_700)]),
            3
        );
        assert_eq!(most_in_a_second(&[]), 0);
    }
}
