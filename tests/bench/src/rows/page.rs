//! `page`: the time of the roster and of the lists of requests, and their size in transit. DynamoDB
//! is a tape, so its time does not count.

use http::Method;
use jiff::SignedDuration;
use local::clock::MovableClock;
use local::ses::message::Message;
use tests::payloads;

use crate::bench::Bench;
use crate::crowd::{Due, Model, addresses, make_due};
use crate::delivery;
use crate::figure::{Figure, ninety_ninth};
use crate::folders::log;
use crate::journal::Journal;
use crate::program::Program;
use crate::row::{Row, Target, Unit};
use crate::rows::relay_rate::hand_over;
use crate::stopwatch::Stopwatch;
use crate::tape::Tape;
use crate::visitor::Visitor;
use crate::world::World;

const NAME: &str = "page";
const FUNCTION: &str = "self-service";
const MILLISECONDS: f64 = 5.0;
const KILOBYTES: f64 = 14.0;
/// The lead of the roster, and one of its members.
pub(crate) const LEAD: &str = "lena@acme.example";
const MEMBER: &str = "amir@acme.example";
const MEMBERS: [u32; 2] = [1_000, 5_000];
/// The reporter of very many requests, and the first of those.
const REPORTER: &str = "carmen@acme.example";
const REQUEST: &str = "LIST-0";
const REQUESTS: u32 = 10_000;
/// The number of views of each page, over all rounds.
const ASKED: usize = 100;

/// Measures the roster and the lists.
pub(crate) async fn measure(bench: &Bench) -> Vec<Row> {
    let world = World::begin().await;
    let mut rows = rosters(bench, &world).await;
    rows.extend(lists(bench, &world).await);
    world.running.stop().await;
    rows
}

async fn rosters(bench: &Bench, world: &World) -> Vec<Row> {
    let mut visitor = sign_in(bench, world, LEAD, "/console/").await;
    let mut rows = Vec::new();
    let mut there = 0;
    for members in MEMBERS {
        join(world, there, members);
        there = members;
        for (of, path) in [
            (format!("roster of {members}"), "/console/acme"),
            (
                format!("roster of {members}, searched"),
                "/console/acme?q=amir",
            ),
            (
                format!("roster of {members}, by silence"),
                "/console/acme?sort=silent",
            ),
        ] {
            let measured;
            (visitor, measured) = one(bench, world, visitor, &of, path).await;
            rows.extend(measured);
        }
    }
    rows
}

async fn lists(bench: &Bench, world: &World) -> Vec<Row> {
    raise(bench, world).await;
    let mut visitor = sign_in(bench, world, REPORTER, "/requests").await;
    let mut rows = Vec::new();
    for (of, path) in [
        (format!("{REQUESTS} requests"), "/requests"),
        // Only the oldest request has it, so the search looks at all of them.
        (
            format!("{REQUESTS} requests, searched"),
            "/requests?q=LIST-0",
        ),
    ] {
        let measured;
        (visitor, measured) = one(bench, world, visitor, &of, path).await;
        rows.extend(measured);
    }
    rows
}

/// Asks for one page repeatedly.
async fn one(
    bench: &Bench,
    world: &World,
    visitor: Visitor,
    of: &str,
    path: &str,
) -> (Visitor, [Row; 3]) {
    let tape = Tape::record(&world.running.local.dynamodb_endpoint).await;
    let mut command = world.command(&bench.programs, FUNCTION);
    command.env("AWS_ENDPOINT_URL_DYNAMODB", tape.address());
    let mut visitor = visitor.before(Program::start(&mut command, &log(NAME, FUNCTION)).await);
    let event = visitor.event(&Method::GET, path, None);
    let mut took = Vec::with_capacity(ASKED);
    let mut bytes = 0;
    for time in 0..=ASKED {
        let watch = Stopwatch::start();
        let page = visitor.send(&event).await;
        let elapsed = watch.read().as_secs_f64() * 1e3;
        assert_eq!(page.status, 200, "{path}: {:?}", page.location);
        bytes = page.body.len();
        if time == 0 {
            // The function does not ask again for data in its memory.
            visitor.program.idle().await;
            let _ = visitor.send(&event).await;
            tape.play();
        } else {
            took.push(elapsed);
        }
    }
    assert_eq!(tape.passed_on(), 0, "{path}: the engine was asked again");
    let bytes = f64::from(u32::try_from(bytes).unwrap()) / 1e3;
    let each = visitor.program.cpu() / f64::from(u32::try_from(ASKED + 2).unwrap()) / 1e3;
    let rows = [
        // The time that is spent in the function, or waiting for data.
        Row::new(
            NAME,
            format!("{of}, processor time of the function"),
            Unit::Milliseconds,
            Some(Figure::exact(each)),
        ),
        Row::new(
            NAME,
            format!("{of}, 99th of 100"),
            Unit::Milliseconds,
            ninety_ninth(&took),
        )
        .with_target(Target::AtMost(MILLISECONDS)),
        Row::new(
            NAME,
            format!("{of}, compressed"),
            Unit::Kilobytes,
            Some(Figure::exact(bytes)),
        )
        .with_target(Target::AtMost(KILOBYTES)),
    ];
    (visitor, rows)
}

/// A person's browser, after following a link from one of their mails to this area.
pub(crate) async fn sign_in(bench: &Bench, world: &World, who: &str, area: &str) -> Visitor {
    let mut command = world.command(&bench.programs, FUNCTION);
    let mut visitor = Visitor::new(Program::start(&mut command, &log(NAME, FUNCTION)).await);
    let asking = visitor.asks_for_link(who);
    visitor.send(&asking).await;
    let mut relay = world.command(&bench.programs, "outbox-relay");
    let mut relay = Program::start(&mut relay, &log(NAME, "outbox-relay")).await;
    let events = Journal::open(world).await.events().await;
    hand_over(&mut relay, &events).await;
    for link in mailed_links(world, who) {
        if visitor.follow(&link).await.starts_with(area) {
            return visitor;
        }
    }
    panic!("{who} was mailed no link to {area}");
}

/// The links in a person's mails.
pub(crate) fn mailed_links(world: &World, who: &str) -> Vec<String> {
    let mails = world.running.local.mailbox.list(Some(who));
    let links = mails.iter().flat_map(Message::links);
    links.filter(|link| link.contains("/l/")).collect()
}

/// Lets the organisation grow.
fn join(world: &World, from: u32, to: u32) {
    let now = MovableClock::real().now();
    let name = format!("from-{from}");
    let names = addresses(&name, to - from, MEMBER);
    Model::of(world, "directory", MEMBER).add(world, names, |number, item| {
        make_due(number, item, Due::Never, now);
    });
}

/// Lets a person raise a request, and adds copies of it.
async fn raise(bench: &Bench, world: &World) {
    const HOOK: &str = "request-created";
    let mut command = world.command(&bench.programs, HOOK);
    let mut hook = Program::start(&mut command, &log(NAME, HOOK)).await;
    let now = MovableClock::real().now();
    let body = payloads::request_created(REQUEST, now);
    let raised = delivery::signed(world.source("forms"), HOOK, REQUEST, &body);
    let answer = hook.invoke(&raised).await;
    assert_eq!(answer["statusCode"], 202, "{answer}");
    let names = (1..REQUESTS).map(|number| format!("MANY-{number:05}"));
    Model::of(world, "requests", REQUEST).add(world, names, |number, item| {
        if item.get("position").is_some() {
            let after = SignedDuration::from_secs(i64::try_from(number).unwrap() + 1);
            let moved_at = format!("{:.6}", now + after);
            item["position"]["S"] = format!("open#{moved_at}").into();
            item["moved_at"]["S"] = moved_at.into();
        }
    });
}
