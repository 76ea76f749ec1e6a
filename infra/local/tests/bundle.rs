//! The bundle as a whole: the template's declarations work end to end, over the real clients.

use std::borrow::Cow;
use std::convert::Infallible;

use local::bundle::{self, BundleError, Options};
use local::lambda::function::Functions;
use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::bench::{Bench, Seen, TEMPLATE, functions};

#[tokio::test]
async fn a_request_is_taken_written_relayed_and_mailed_in_order() {
    let bench = Bench::start(None).await;
    for number in 0..25 {
        assert_eq!(
            bench
                .take(&number.to_string(), &format!("line-{number:02}"))
                .await,
            202
        );
    }
    bench.settle().await;
    let expected: Vec<_> = (0..25).map(|number| format!("line-{number:02}")).collect();
    assert_eq!(bench.subjects().await, expected);
    let calls = bench.get("/_local/calls.json").await;
    assert_eq!(calls["PutItem"]["calls"], 25);
}

#[tokio::test]
async fn a_poison_record_ends_alone_in_the_queue_and_all_others_are_mailed() {
    let bench = Bench::start(None).await;
    for number in 0..12 {
        let line = if number == 5 {
            "poison".to_owned()
        } else {
            format!("line-{number:02}")
        };
        bench.take(&number.to_string(), &line).await;
    }
    bench.settle().await;
    assert_eq!(bench.subjects().await.len(), 11);
    let queues = bench.get("/_local/queues.json").await;
    let given_up = &queues["Dead"];
    assert_eq!(given_up.as_array().unwrap().len(), 1);
    assert_eq!(given_up[0]["DDBStreamBatchInfo"]["batchSize"], 1);
    assert_eq!(
        given_up[0]["requestContext"]["condition"],
        "RetryAttemptsExhausted"
    );
}

#[tokio::test]
async fn throttled_mail_leaves_in_the_end() {
    let bench = Bench::start(None).await;
    let faults = json!({"seed": 3, "ses": {"throttle": 0.3, "fail": 0.1}});
    assert_eq!(bench.post("/_local/faults", faults).await.0, StatusCode::OK);
    for number in 0..20 {
        bench
            .take(&number.to_string(), &format!("line-{number:02}"))
            .await;
    }
    bench.settle().await;
    assert_eq!(
        bench.subjects().await.len(),
        20,
        "none lost and none doubled"
    );
    let (status, ended) = bench.post("/_local/faults", json!({})).await;
    assert_eq!(
        (status, &ended["ses"]["throttle"]),
        (StatusCode::OK, &json!(0.0))
    );
}

#[tokio::test]
async fn after_a_restart_everything_is_there_and_what_was_not_sent_is_sent() {
    let data = tempfile::tempdir().unwrap();
    let bench = Bench::start(Some(data.path())).await;
    bench.take("1", "first").await;
    bench.settle().await;
    // SES is down while the second is taken, so that it is committed and not sent.
    bench
        .post("/_local/faults", json!({"ses": {"fail": 1.0}}))
        .await;
    bench.take("2", "second").await;
    bench.running.stop().await;

    let bench = Bench::start(Some(data.path())).await;
    bench.settle().await;
    assert_eq!(bench.subjects().await, ["first", "second"]);
    assert_eq!(*bench.seen.lock().unwrap(), [json!("second")]);
    bench.running.stop().await;

    let bench = Bench::start(Some(data.path())).await;
    bench.settle().await;
    assert!(bench.seen.lock().unwrap().is_empty());
}

#[tokio::test]
async fn two_bundles_do_not_share_a_data_directory() {
    let data = tempfile::tempdir().unwrap();
    let _first = Bench::start(Some(data.path())).await;
    let options = Options {
        data: Some(data.path().to_owned()),
        template: Cow::Borrowed(TEMPLATE),
        ..Options::default()
    };
    let seen = Seen::default();
    let second = bundle::start(options, async |surroundings| {
        Ok::<_, Infallible>(functions(surroundings, &seen))
    });
    assert!(matches!(second.await.unwrap_err(), BundleError::InUse(_)));
}

#[tokio::test]
async fn a_function_that_is_declared_but_not_built_stops_the_start() {
    let options = Options {
        template: Cow::Borrowed(TEMPLATE),
        ..Options::default()
    };
    let none = bundle::start(options, async |_| Ok::<_, Infallible>(Functions::new()));
    assert_eq!(
        none.await.unwrap_err().to_string(),
        "the template and the bundle do not have the same functions: declared only: [relay, take, watch], built only: []"
    );
}

#[tokio::test]
async fn the_clock_moves_and_the_schedule_runs_once_or_at_every_step() {
    let bench = Bench::start(None).await;
    let (status, moved) = bench
        .post("/_local/clock", json!({"set": "2027-01-01T00:00:00Z"}))
        .await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        moved["now"]
            .as_str()
            .unwrap()
            .starts_with("2027-01-01T00:00:")
    );
    assert_eq!(*bench.seen.lock().unwrap(), [json!({"tick": true})]);
    bench
        .post("/_local/clock", json!({"advance": "P90D"}))
        .await;
    assert_eq!(bench.seen.lock().unwrap().len(), 2);
    let (_, moved) = bench
        .post("/_local/clock", json!({"advance": "P10D", "step": "P1D"}))
        .await;
    assert_eq!(bench.seen.lock().unwrap().len(), 12);
    assert!(
        moved["now"]
            .as_str()
            .unwrap()
            .starts_with("2027-04-11T00:0"),
        "{moved}"
    );
    let info = bench.get("/_local/info.json").await;
    assert!(info["now"].as_str().unwrap().starts_with("2027-04-11"));
    for refused in [
        json!({}),
        json!({"advance": "soon"}),
        json!({"set": "x"}),
        json!({"advance": "P1D", "set": "2027-01-01T00:00:00Z"}),
        json!({"forward": "P1D"}),
    ] {
        let (status, answer) = bench.post("/_local/clock", refused).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{answer}");
    }
}

#[tokio::test]
async fn a_mail_can_bounce_and_the_function_of_the_rule_hears_of_it() {
    let bench = Bench::start(None).await;
    bench.take("1", "first").await;
    bench.settle().await;
    let (status, answer) = bench
        .post(
            "/_local/feedback",
            json!({"type": "Bounce", "email": "a@acme.example"}),
        )
        .await;
    assert_eq!(
        (status, &answer["functions"]),
        (StatusCode::OK, &json!(["watch"]))
    );
    assert_eq!(
        bench.seen.lock().unwrap().last().unwrap()["detail-type"],
        "Email Bounced"
    );
    let (status, _) = bench
        .post(
            "/_local/feedback",
            json!({"type": "Complaint", "email": "a@acme.example"}),
        )
        .await;
    assert_eq!(status, StatusCode::CONFLICT);
    let (status, _) = bench
        .post(
            "/_local/feedback",
            json!({"type": "Bounce", "email": "b@acme.example"}),
        )
        .await;
    assert_eq!(status, StatusCode::NOT_FOUND);
}

/// Whoever starts a bundle waits for nothing but an answer: none is given while sources and people are
/// still missing.
#[tokio::test]
async fn whoever_calls_before_the_world_is_seeded_is_answered_once_it_is() {
    let options = Options {
        until_seeded: true,
        scheduled: false,
        ..Options::default()
    };
    let running = bundle::start(options, local::lambda::deployment::functions);
    let running = running.await.unwrap();
    let base_url = running.local.base_url.clone();
    let calls = ["sources.json", "info.json", "links.json?email=x"].map(|name| {
        let url = format!("{base_url}/_local/{name}");
        tokio::spawn(async move { reqwest::get(url).await.unwrap().json::<Value>().await })
    });
    local::world::seed(&running).await.unwrap();
    let [sources, info, links] = calls;
    let sources = sources.await.unwrap().unwrap();
    let known = running.local.sources().len();
    assert!(known > 0);
    assert_eq!(sources.as_array().unwrap().len(), known);
    assert!(info.await.unwrap().unwrap()["tables"].is_object());
    assert_eq!(links.await.unwrap().unwrap(), json!([]));
    running.stop().await;
}
