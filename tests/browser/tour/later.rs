//! Months later: who went quiet, and what a lead and an administrator are asked then.

use super::{ADA, LENA, VERA, Visitor, Walk};

pub(super) async fn walk<V: Visitor>(walk: &mut Walk<'_, V>) {
    walk.story.enforce("acme").await;
    walk.story.advance("P100D").await;
    walk.person.is_somebody_new().await;
    walk.follows(VERA, "keep-access").await;
    walk.stop(
        "Do you still need your access?",
        "keep-access",
        "A quiet person keeps their access with one button.",
    )
    .await;
    walk.person.presses("Keep my access").await;
    walk.stop(
        "Your access stays",
        "access-kept",
        "Access stays. Nothing more is needed.",
    )
    .await;
    walk.story.advance("P15D").await;
    walk.follows(ADA, "release-sweep").await;
    walk.stop(
        "The inactivity sweep stopped",
        "held-run",
        "A sweep run that would remove too many people. An administrator decides.",
    )
    .await;
    walk.story.advance("P90D").await;
    walk.follows(LENA, "review").await;
    walk.stop(
        "answered",
        "review",
        "The review: twice a year a lead confirms each person. Each answer is saved at once.",
    )
    .await;
}
