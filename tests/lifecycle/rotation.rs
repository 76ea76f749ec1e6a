//! The secrets are replaced while people come and go.

use std::sync::Arc;

use app::path::Deadline;
use app::webhook::{Incoming, Reply, RequestCreated};
use app::{Config, Generations, Receiver, Secrets, Services, SystemIds};
use operator::{Operator, World};
use serde_json::json;

use crate::fixture::Story;

const LENA: &str = "lena@acme.example";
const AMIR: &str = "amir@acme.example";

/// The functions as they are deployed with the next generation of both secrets, honouring this one or
/// no longer.
fn deployed_anew(story: &Story, overlap: bool) -> (Services, Config) {
    let next = |secret: &str, before: &Generations| Generations {
        current: format!("the next generation of the {secret} secret, which is long").into(),
        previous: overlap.then(|| before.current.clone()),
    };
    let secrets = Secrets {
        links: next("link", &story.config.secrets.links),
        sources: next("source", &story.config.secrets.sources),
    };
    let config = Config {
        secrets,
        ..story.config.clone()
    };
    let tables = local::sdk::dynamodb(&story.local().dynamodb_endpoint, "request-created");
    let clock = Arc::clone(&story.services.clock);
    let services = Services::new(tables, &config, clock, Arc::new(SystemIds::default()));
    (services, config)
}

/// What those who rotate do next: apply the same world again, which seals the sources' secrets anew.
async fn seal_anew(story: &Story) {
    let (services, config) = deployed_anew(story, true);
    let operator = Operator::new(
        story.store().clone(),
        &config.secrets,
        services.clock,
        services.ids,
    );
    let world = World::parse(local::world::seed::WORLD).unwrap();
    operator.apply(&world).await.unwrap();
}

/// Somebody's request comes in at the functions with the next secrets.
async fn raise(story: &Story, overlap: bool, key: &str, reporter: &str) {
    let body = json!({
        "type": "request.created",
        "timestamp": story.now().to_string(),
        "data": {
            "request": {"key": key, "desk": "support", "type": "Question", "summary": "May I?"},
            "reporter": {"email": reporter},
            "channel": "email",
        },
    });
    let body = body.to_string().into_bytes();
    let mut headers = story.signer("forms").sign(key, story.now(), &body);
    headers.insert("content-type", "application/json".parse().unwrap());
    let (services, _) = deployed_anew(story, overlap);
    let receiver = Receiver::<RequestCreated>::new(services);
    let reply = receiver
        .receive(&Incoming {
            source: "forms",
            headers: &headers,
            body: &body,
            address: None,
            deadline: Deadline::NONE,
        })
        .await;
    assert!(
        matches!(&reply, Reply::Answer { answer, .. } if answer.status == 202),
        "{reply:?}"
    );
    story.settle().await;
}

#[tokio::test]
async fn who_left_stays_out_also_when_the_secrets_were_replaced_since() {
    let story = Story::begin().await;
    story.off_board("acme", AMIR, json!({})).await.must_be(202);
    story.advance("P31D").await;
    assert_eq!(story.membership("acme", AMIR).await, None);
    let mails = story.mails(AMIR).len();

    raise(&story, true, "SUP-1", AMIR).await;
    seal_anew(&story).await;
    raise(&story, false, "SUP-2", AMIR).await;

    assert_eq!(story.membership("acme", AMIR).await, None);
    assert_eq!(story.mails(AMIR).len(), mails);
    assert_eq!(story.count(LENA, "leaver_raised_request"), 2);
    assert_eq!(story.organization("acme").await.seats_used, 11);

    // Whoever never left still joins.
    raise(&story, false, "SUP-3", "xena@acme.example").await;
    assert!(story.is_active("acme", "xena@acme.example").await);
    story.check_invariants().await;
}
