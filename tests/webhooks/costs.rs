//! The costs of an event: calls of DynamoDB and write units before the answer. More is a regression.

use app::Receiver;
use app::path::Deadline;
use app::webhook::{
    CustomerInvited, Hook, Incoming, MemberOffboarded, Reply, RequestCreated, RequestUpdated,
};
use serde_json::Value;
use store::Meter;
use tests::payloads;

use crate::fixture::Story;

/// The cost that is promised for a delivery.
struct Promised {
    calls: u64,
    write_units: f64,
    status: u16,
}

/// Hands deliveries to one receiver, whose settings are in its cache from the second on, and holds the
/// last of them against what is promised.
async fn holds<H: Hook>(story: &Story, promised: &Promised, deliveries: [(&str, Value); 2]) {
    let meter = Meter::new();
    let mut services = story.services.clone();
    // The relay of the bundle is at work at the same time and has another.
    services.store = services.store.with_meter(meter.clone());
    let receiver = Receiver::<H>::new(services);
    let mut before = meter.total();
    for (place, (id, body)) in deliveries.iter().enumerate() {
        before = meter.total();
        let status = take(story, &receiver, id, body).await;
        let expected = if place == 0 { 202 } else { promised.status };
        assert_eq!(status, expected, "{id}");
    }
    let used = meter.total();
    let (id, _) = &deliveries[1];
    assert_eq!(used.calls - before.calls, promised.calls, "{id}");
    let written = used.units.write - before.units.write;
    assert!(written <= promised.write_units, "{id}: {written}");
}

async fn take<H: Hook>(story: &Story, receiver: &Receiver<H>, id: &str, body: &Value) -> u16 {
    let body = body.to_string().into_bytes();
    let mut headers = story.signer("forms").sign(id, story.now(), &body);
    headers.insert("content-type", "application/json".parse().unwrap());
    let incoming = Incoming {
        source: "forms",
        headers: &headers,
        body: &body,
        address: None,
        deadline: Deadline::NONE,
    };
    match receiver.receive(&incoming).await {
        Reply::Answer { answer, .. } => answer.status,
        Reply::Problem(problem) => problem.status,
    }
}

#[tokio::test]
async fn a_request_costs_two_calls_and_once_more_the_same_one_that_writes_nothing() {
    let story = Story::begin().await;
    let request = |key| payloads::request_created(key, story.now());
    let promised = Promised {
        calls: 2,
        write_units: 14.0,
        status: 202,
    };
    holds::<RequestCreated>(
        &story,
        &promised,
        [("A", request("A")), ("B", request("B"))],
    )
    .await;
    let once_more = Promised {
        calls: 1,
        write_units: 0.0,
        status: 200,
    };
    holds::<RequestCreated>(
        &story,
        &once_more,
        [("C", request("C")), ("C", request("C"))],
    )
    .await;
}

#[tokio::test]
async fn a_public_comment_to_three_viewers_costs_three_calls() {
    let story = Story::begin().await;
    let body = payloads::request_of_three("A", story.now());
    let taken = story.post("forms", "request-created", "A", &body);
    assert_eq!(taken.await.status, 202);
    let comment = |id| payloads::public_comment("A", id, story.now());
    let promised = Promised {
        // Two reads side by side, so two round trips.
        calls: 3,
        write_units: 14.0,
        status: 202,
    };
    holds::<RequestUpdated>(
        &story,
        &promised,
        [("K", comment("K")), ("L", comment("L"))],
    )
    .await;
}

#[tokio::test]
async fn an_invitation_costs_two_calls_and_an_off_boarding_three() {
    let story = Story::begin().await;
    let invitation = |name| payloads::invitation(name, story.now());
    let promised = Promised {
        calls: 2,
        write_units: 16.0,
        status: 202,
    };
    let deliveries = [("I", invitation("ivo")), ("J", invitation("ida"))];
    holds::<CustomerInvited>(&story, &promised, deliveries).await;
    let leaving = |name| payloads::leaving(name, story.now());
    let promised = Promised {
        // Two reads side by side, so two round trips.
        calls: 3,
        write_units: 14.0,
        status: 202,
    };
    let deliveries = [("G", leaving("goran")), ("F", leaving("farah"))];
    holds::<MemberOffboarded>(&story, &promised, deliveries).await;
}

/// Work at a desk is one small item more; an event that leads to none costs what it cost.
#[tokio::test]
async fn an_event_of_a_connected_desk_costs_four_units_more_if_it_leads_to_work() {
    let story = Story::connected().await;
    let leaving = |name| payloads::leaving(name, story.now());
    let promised = Promised {
        calls: 3,
        write_units: 18.0,
        status: 202,
    };
    let deliveries = [("G", leaving("goran")), ("F", leaving("farah"))];
    holds::<MemberOffboarded>(&story, &promised, deliveries).await;
    let invitation = |name| payloads::invitation(name, story.now());
    let promised = Promised {
        calls: 2,
        write_units: 16.0,
        status: 202,
    };
    let deliveries = [("I", invitation("ivo")), ("J", invitation("ida"))];
    holds::<CustomerInvited>(&story, &promised, deliveries).await;
    let request = |key| payloads::request_created(key, story.now());
    let promised = Promised {
        calls: 2,
        write_units: 14.0,
        status: 202,
    };
    let deliveries = [("A", request("A")), ("B", request("B"))];
    holds::<RequestCreated>(&story, &promised, deliveries).await;
}
