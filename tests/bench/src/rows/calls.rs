//! `calls` and `units`: the calls to DynamoDB of each event, its waits for an answer, and the cost
//! that the engine reports. Counted on a warm function, with its settings in the cache.

use crate::bench::Bench;
use crate::delivery;
use crate::distance::Distance;
use crate::figure::Figure;
use crate::folders::log;
use crate::program::Program;
use crate::row::{Row, Target, Unit};
use crate::world::World;
use local::clock::MovableClock;
use serde_json::{Value, json};
use tests::payloads;

const NAME: &str = "calls";

/// An event and its largest cost.
struct Case {
    of: &'static str,
    function: &'static str,
    source: &'static str,
    status: u16,
    /// The largest numbers of round trips to DynamoDB and of write units.
    round_trips: f64,
    units: f64,
    /// The first delivery warms up; the second is counted.
    deliveries: [(String, Value); 2],
    forged: bool,
}

fn cases() -> Vec<Case> {
    let now = MovableClock::real().now();
    let request = |key: &str| (key.to_owned(), payloads::request_created(key, now));
    let comment = |id: &str| {
        (
            format!("comment-{id}"),
            payloads::public_comment("CALLS-1", id, now),
        )
    };
    let invitation = |name: &str| (format!("invite-{name}"), payloads::invitation(name, now));
    let leaving = |name: &str| (format!("leave-{name}"), payloads::leaving(name, now));
    let case = |of, function, round_trips, units, deliveries| Case {
        of,
        function,
        source: "forms",
        status: 202,
        round_trips,
        units,
        deliveries,
        forged: false,
    };
    vec![
        case(
            "request created",
            "request-created",
            2.0,
            14.0,
            [
                (
                    "CALLS-1".to_owned(),
                    payloads::request_of_three("CALLS-1", now),
                ),
                request("CALLS-2"),
            ],
        ),
        Case {
            status: 200,
            ..case(
                "duplicate delivery",
                "request-created",
                3.0,
                0.0,
                [request("CALLS-2"), request("CALLS-2")],
            )
        },
        Case {
            status: 401,
            forged: true,
            ..case(
                "bad signature",
                "request-created",
                0.0,
                0.0,
                [request("CALLS-3"), request("CALLS-4")],
            )
        },
        case(
            "public comment, three viewers",
            "request-updated",
            2.0,
            14.0,
            [comment("c-1"), comment("c-2")],
        ),
        case(
            "customer invited",
            "customer-invited",
            2.0,
            16.0,
            [invitation("ivo"), invitation("ida")],
        ),
        case(
            "member off-boarded",
            "member-offboarded",
            2.0,
            14.0,
            [leaving("goran"), leaving("farah")],
        ),
    ]
}

/// Counts every event of the table.
pub(crate) async fn measure(bench: &Bench, world: &World) -> Vec<Row> {
    let mut rows = Vec::new();
    for case in cases() {
        rows.extend(count(bench, world, &case).await);
    }
    rows
}

async fn count(bench: &Bench, world: &World, case: &Case) -> [Row; 3] {
    let mut command = world.command(&bench.programs, case.function);
    let distance = Distance::from(&world.running.local.dynamodb_endpoint).await;
    command.env("AWS_ENDPOINT_URL_DYNAMODB", distance.address());
    let mut program = Program::start(&mut command, &log(NAME, case.function)).await;
    let source = world.source(case.source);
    let sign = if case.forged {
        delivery::forged
    } else {
        delivery::signed
    };
    let (mut used, mut waited) = (world.used(), 0);
    for (id, body) in &case.deliveries {
        (used, waited) = (world.used(), distance.round_trips());
        let answer = program.invoke(&sign(source, case.function, id, body)).await;
        let expected = json!(case.status);
        // The one that warms up may have been sent before.
        assert!(
            answer["statusCode"] == expected || answer["statusCode"] == 202,
            "{}: {answer}",
            case.of
        );
        program.idle().await;
    }
    let used = world.used().since(&used);
    let round_trips = f64::from(distance.round_trips() - waited);
    world.settle().await;
    let calls = f64::from(u32::try_from(used.calls()).unwrap());
    [
        Row::new(NAME, case.of, Unit::Calls, Some(Figure::exact(calls))),
        // Concurrent calls are one wait.
        Row::new(
            NAME,
            case.of,
            Unit::RoundTrips,
            Some(Figure::exact(round_trips)),
        )
        .with_target(Target::AtMost(case.round_trips)),
        Row::new(
            "units",
            case.of,
            Unit::WriteUnits,
            Some(Figure::exact(used.write_units())),
        )
        .with_target(Target::AtMost(case.units)),
    ]
}
