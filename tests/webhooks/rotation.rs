//! Secrets that an administrator sets, and two at once while a sender changes over.

use domain::SourceId;
use hooks::source::{Description, Source, SourceSecret};

use crate::events;
use crate::fixture::{Signer, Story};

/// Gives a source these secrets, newest first, each with the time from now until which it is valid.
pub(crate) async fn set_secrets(story: &Story, source: &str, secrets: &[(&str, Option<i64>)]) {
    let id: SourceId = source.parse().unwrap();
    let stored = story.store().source::<Source>(&id).await.unwrap();
    let (source, version) = stored.unwrap();
    let mut description = Description::from(source);
    description.secrets = (1_u8..)
        .zip(secrets)
        .map(|(nonce, (text, hours))| SourceSecret {
            sealed: story
                .core
                .keys
                .sources
                .seal(&id, &(*text).into(), [nonce; 12]),
            valid_until: hours.map(|hours| story.now() + hours_of(hours)),
        })
        .collect();
    let source = Source::try_from(description).unwrap();
    story
        .store()
        .put_source(&id, &source, version)
        .await
        .unwrap();
    story.forget_settings();
}

fn hours_of(hours: i64) -> std::time::Duration {
    std::time::Duration::from_secs(u64::try_from(hours * 3_600).unwrap())
}

#[tokio::test]
async fn two_secrets_work_at_once_until_the_old_one_has_had_its_time() {
    let story = Story::begin().await;
    let old = story.signer("forms");
    let new = Signer {
        secret: "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=".to_owned(),
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

    let (new_secret, old_secret) = (new.secret.as_str(), old.secret.as_str());
    set_secrets(
        &story,
        "forms",
        &[(new_secret, None), (old_secret, Some(24))],
    )
    .await;
    assert_eq!(post(&old, "R-3").await, 202);
    assert_eq!(post(&new, "R-4").await, 202);

    story.advance("PT23H50M").await;
    assert_eq!(post(&old, "R-5").await, 202);
    story.advance("PT15M").await;
    assert_eq!(post(&old, "R-6").await, 401);
    assert_eq!(post(&new, "R-7").await, 202);
    story.check_invariants().await;
}
