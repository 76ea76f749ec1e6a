//! The log of the compiled functions: lines of JSON without an address, a token, a secret, or any
//! person's words.

use std::collections::{BTreeMap, BTreeSet};

use local::fault::Faults;
use local::world::replay::Replay;
use local::world::sample;
use serde_json::{Value, json};
use tests::repository;

use crate::child::Lines;
use crate::deployed::Deployed;
use crate::garbage::WORDS;

/// The secrets of every local bundle, which `/_local/info.json` shows.
async fn secrets(deployed: &Deployed) -> [String; 3] {
    let url = format!("{}/_local/info.json", deployed.running.local.base_url);
    let info: Value = reqwest::get(url).await.unwrap().json().await.unwrap();
    ["link_secret", "source_secret", "trace_secret"]
        .map(|secret| info[secret].as_str().unwrap().to_owned())
}

/// Everything that must stand in no line.
async fn private(deployed: &Deployed) -> BTreeSet<String> {
    let local = &deployed.running.local;
    let mut private = BTreeSet::from([WORDS.to_owned()]);
    private.extend(secrets(deployed).await);
    for file in repository::files("events") {
        private.extend(addresses(&repository::text(file)));
    }
    for source in local.sources() {
        private.insert(source.secret.trim_start_matches("whsec_").to_owned());
    }
    for sample in sample::all(&sample::folder()).unwrap() {
        written_in(&sample.body.unwrap_or_default(), &mut private);
    }
    for mail in local.mailbox.list(None) {
        private.extend(mail.to.iter().cloned());
        private.insert(mail.subject.clone());
        for link in mail.links() {
            let (_, token) = link.rsplit_once('/').unwrap();
            private.extend(token.split('.').map(str::to_owned));
        }
    }
    private.retain(|text| text.len() >= 8);
    private
}

/// Whatever looks like an address.
fn addresses(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| c.is_whitespace() || "\"'<>(),;:[]{}=".contains(c))
        .filter(|word| word.contains('@'))
        .map(str::to_owned)
}

/// Texts of a body that somebody wrote: those of several words.
fn written_in(body: &Value, texts: &mut BTreeSet<String>) {
    match body {
        Value::String(text) if text.trim().contains(char::is_whitespace) => {
            texts.extend(text.lines().map(str::to_owned));
        }
        Value::Array(values) => values.iter().for_each(|value| written_in(value, texts)),
        Value::Object(members) => members.values().for_each(|value| written_in(value, texts)),
        _ => {}
    }
}

/// Faults of other days. Each is in force while some of the samples are sent.
fn faults() -> Vec<Value> {
    vec![
        json!({"ses": {"reject": 1.0}}),
        json!({"ses": {"fail": 0.6, "accept_then_fail": 0.2}}),
        json!({"ses": {"throttle": 0.4, "quota": 0.2, "pause": 0.2}}),
        json!({"dynamodb": {"fail_before": 0.4, "fail_after": 0.2, "conflict": 0.3}}),
        json!({"dynamodb": {"throttle": 1.0}}),
    ]
}

/// Sends every sample while something is wrong, and then those that did not get through. What comes
/// of it is of no interest here.
async fn replay_in_trouble(deployed: &Deployed) {
    let local = &deployed.running.local;
    let replay = Replay::new(&deployed.running);
    let samples = sample::all(&sample::folder()).unwrap();
    for (sample, faults) in samples.iter().zip(faults().iter().cycle()) {
        let faults = serde_json::from_value(faults.clone()).unwrap();
        local.faults.set(faults).unwrap();
        let _ = replay.step(sample).await;
    }
    local.faults.set(Faults::default()).unwrap();
    for sample in &samples {
        let _ = replay.step(sample).await;
    }
}

/// Sends what is not signed, opens what was not mailed, and fills in what nobody asks for.
async fn knock(deployed: &Deployed) {
    let local = &deployed.running.local;
    let web = reqwest::Client::new();
    let body = json!({"summary": WORDS, "email": "lena@acme.example"}).to_string();
    for source in ["forms", "jira", "nobody", "lena@acme.example"] {
        let hook = format!("{}/hooks/{source}/request-created", local.base_url);
        let request = web.post(hook).header("webhook-id", WORDS);
        let request = request.header("webhook-timestamp", WORDS);
        let request = request.header("webhook-signature", format!("v1,{WORDS}"));
        request.body(body.clone()).send().await.unwrap();
    }
    for mail in local.mailbox.list(None) {
        for link in mail.links() {
            web.get(format!("{link}x")).send().await.unwrap();
            let form = [("wish", "approve"), ("why", WORDS), ("token", WORDS)];
            web.post(link).form(&form).send().await.unwrap();
        }
    }
    for email in ["noor@visitor.example", "nobody@visitor.example", WORDS] {
        let send_link = format!("{}/send-link", local.base_url);
        let form = [("email", email)];
        web.post(send_link).form(&form).send().await.unwrap();
    }
}

fn check(written: &BTreeMap<String, Lines>, private: &BTreeSet<String>) {
    for (function, lines) in written {
        assert!(lines.all().count() > 0, "{function} logs nothing at all");
        for line in lines.all() {
            let read: Result<Value, _> = serde_json::from_str(line);
            assert!(
                read.is_ok_and(|line| line.is_object()),
                "{function}: {line}"
            );
            let found = private.iter().find(|text| line.contains(text.as_str()));
            assert_eq!(found, None, "{function}: {line}");
        }
    }
}

#[tokio::test]
async fn no_line_holds_an_address_a_token_a_secret_or_a_text() {
    let deployed = Deployed::begin().await;
    replay_in_trouble(&deployed).await;
    knock(&deployed).await;
    crate::garbage::hand_to_all(&deployed).await;
    let private = private(&deployed).await;
    assert!(private.len() > 100, "{private:#?}");
    check(&deployed.end().await, &private);
}
