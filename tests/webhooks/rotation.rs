//! Secrets that those who run the desk set, and two at once while a sender changes over.

use jiff::SignedDuration;

use crate::fixture::{Signer, Story};
use crate::webhooks::events;

/// Gives a source the secret that its sender has made, as `lanyard rotate` does; the old one stays
/// valid for some hours.
pub(crate) async fn rotate(story: &Story, source: &str, secret: &str, overlap_hours: i64) {
    let overlap = SignedDuration::from_hours(overlap_hours);
    let (source, secret) = (source.parse().unwrap(), secret.into());
    let operator = story.operator();
    let rotated = operator
        .rotate_secret(&source, Some(&secret), overlap)
        .await;
    assert!(rotated.unwrap().is_none(), "no other secret was made");
    story.forget_settings();
}

#[tokio::test]
async fn two_secrets_work_at_once_until_the_old_one_has_had_its_time() {
    let story = Story::begin().await;
    let old = story.signer("forms");
    let new_secret = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    let new = Signer {
        secret: new_secret.to_owned(),
        ..old.clone()
    };
    let post = async |signer: &Signer, id: &str| {
        let body = events::created(id, "noor@visitor.example");
        let body = body.to_string().into_bytes();
        let when = (id, story.now());
        let answer = story.post_signed(signer, "forms", "request-created", when, body);
        answer.await.status
    };
    assert_eq!(post(&old, "R-1").await, 202);
    assert_eq!(post(&new, "R-2").await, 401);

    rotate(&story, "forms", new_secret, 24).await;
    assert_eq!(post(&old, "R-3").await, 202);
    assert_eq!(post(&new, "R-4").await, 202);

    story.advance("PT23H50M").await;
    assert_eq!(post(&old, "R-5").await, 202);
    story.advance("PT15M").await;
    assert_eq!(post(&old, "R-6").await, 401);
    assert_eq!(post(&new, "R-7").await, 202);
    story.check_invariants().await;
}
