//! The vocabulary of these stories: deliveries of requests, and the required effects of each.

use std::collections::{BTreeMap, BTreeSet};
use std::env;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::message::Urgency;
use serde_json::{Value, json};
use store::Queued;

use crate::fixture::Story;

/// The seed that `SEED` gives, or else this one. It is printed, so that a failure can be repeated.
pub(crate) fn seed(usual: u64) -> u64 {
    let given = env::var("SEED").ok();
    let seed = given.map_or(usual, |seed| seed.parse().expect("SEED is a number"));
    tell(&format!("SEED={seed}"));
    seed
}

/// Says something to whoever runs the tests.
#[allow(clippy::print_stdout, reason = "the tests' own words")]
pub(crate) fn tell(what: &str) {
    println!("{what}");
}

/// The reporter of a request. Nobody else raises one, so mails can be counted.
pub(crate) fn reporter(key: &str) -> String {
    format!("{}@visitor.example", key.to_lowercase())
}

/// A request that a stranger raises at the desk for customers.
pub(crate) fn created(key: &str) -> Value {
    json!({ "type": "request.created", "timestamp": "2024-05-06T09:30:00Z", "data": {
        "request": {
            "key": key, "desk": "support", "type": "Question", "summary": format!("Why {key}?"),
        },
        "reporter": { "email": reporter(key) },
        "channel": "form",
    } })
}

/// The known effects of one request.
#[derive(Debug, Default)]
struct Known {
    records: usize,
    entries: usize,
    /// The number of mails that acknowledged it.
    mails: usize,
    /// The number of different ones among them.
    different: BTreeSet<String>,
}

impl Story {
    /// Holds that each of these requests is there once, was audited once, and was acknowledged by one
    /// mail, which may have left twice this often in all: SES may take a mail and its mark be lost.
    pub(crate) async fn each_has_one_effect(&self, keys: &[String], doubles: usize, told: &str) {
        let mut known: BTreeMap<&str, Known> = BTreeMap::new();
        for key in keys {
            known.insert(key, Known::default());
        }
        let requests = self.items("requests", "REQUEST#support#").await;
        for record in requests.iter().filter(|item| item["sk"] == "REQUEST") {
            let (_, key) = record["pk"].as_str().unwrap().rsplit_once('#').unwrap();
            known.get_mut(key).unwrap().records += 1;
        }
        let audit = self.items("audit", "").await;
        for entry in audit
            .iter()
            .filter(|entry| entry["action"] == "request_created")
        {
            let text = entry["about"].to_string();
            let about = |key: &&str| text.contains(&format!("\"{key}\""));
            let key = known.keys().copied().find(about);
            known.get_mut(key.expect(&text)).unwrap().entries += 1;
        }
        let mut sent = 0;
        for mail in self.mails_of("request_received") {
            let (key, _) = mail.to[0].split_once('@').unwrap();
            let one = known.get_mut(key.to_uppercase().as_str()).unwrap();
            one.mails += 1;
            one.different.insert(mail.headers["Message-ID"].clone());
            sent += 1;
        }
        for (key, known) in &known {
            assert_eq!((known.records, known.entries), (1, 1), "{key}: {told}");
            assert_eq!(known.different.len(), 1, "{key}: {known:?}, {told}");
        }
        let more = sent - keys.len();
        assert!(more <= doubles, "{more} mails left twice: {told}");
        self.check_what_is_stored().await;
    }

    /// The messages in the outbox, in the form of the stream.
    pub(crate) async fn waiting(&self) -> Vec<Queued> {
        let mut waiting = Vec::new();
        for message in self.items("journal", "OUTBOX#").await {
            if ["done", "dead"].contains(&message["state"].as_str().unwrap_or_default()) {
                continue;
            }
            let pk = message["pk"].as_str().unwrap();
            let urgency: Urgency = serde_json::from_value(message["urgency"].clone()).unwrap();
            let id = pk.trim_start_matches("OUTBOX#").parse().unwrap();
            waiting.push(Queued { id, urgency });
        }
        waiting
    }

    /// Lets pass what the trigger reads back at most, before what was raised is read.
    pub(crate) async fn outlive_the_stream(&self) {
        self.local().clock.advance("PT7H").unwrap();
        self.settle().await;
    }

    /// Lets the sweep find what the stream gave up on, until nothing waits.
    pub(crate) async fn until_all_is_sent(&self) {
        for _ in 0..60 {
            self.settle().await;
            if self.waiting().await.is_empty() {
                return;
            }
            self.advance("PT31M").await;
        }
        panic!("{:?} still wait", self.waiting().await);
    }

    /// Raises requests of these keys, each delivered once.
    pub(crate) async fn raise_all(&self, keys: &[String]) {
        for key in keys {
            self.post("forms", "request-created", key, &created(key))
                .await
                .must_be(202);
        }
    }

    /// Puts something into the outbox that is no message.
    pub(crate) async fn poison(&self) {
        let tables = local::sdk::dynamodb(&self.local().dynamodb_endpoint, "story");
        let text = |text: &str| AttributeValue::S(text.to_owned());
        tables
            .put_item()
            .table_name(self.local().tables()["journal"])
            .item("pk", text("OUTBOX#nothing-of-ours"))
            .item("sk", text("OUTBOX"))
            .send()
            .await
            .unwrap();
    }
}

/// The keys of so many requests.
pub(crate) fn keys(prefix: &str, count: usize) -> Vec<String> {
    (0..count).map(|n| format!("{prefix}-{n}")).collect()
}
