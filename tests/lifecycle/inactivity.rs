//! People who are quiet for long: warned, reminded, kept or removed.

use app::console::Act;
use domain::membership::{OffboardReason, State};
use domain::sweep::{Exemption, RunState};
use jiff::SignedDuration;
use serde_json::json;

use crate::fixture::Story;
use crate::lifecycle::told::Came;

const GUS: &str = "gus@globex.example";
const VERA: &str = "vera@globex.example";
/// Was active nine days before the world began: is quiet on its 81st day.
const WIM: &str = "wim@globex.test";

/// A world in which Wim has just been warned, and nobody else.
async fn warned() -> Story {
    let story = Story::begin().await;
    story.advance("P82D").await;
    assert!(story.is_warned("globex", WIM).await);
    story
}

#[tokio::test]
async fn the_quiet_are_warned_reminded_twice_and_removed_when_the_grace_is_over() {
    let story = Story::begin().await;
    story.advance("P80D").await;
    assert!(story.is_active("globex", WIM).await);
    assert_eq!(story.count(WIM, "inactivity_warning"), 0);
    story.advance("P2D").await;
    let State::Warned {
        at, grace_until, ..
    } = story.state("globex", WIM).await
    else {
        panic!("not warned");
    };
    assert_eq!(
        grace_until.duration_since(at),
        SignedDuration::from_hours(14 * 24)
    );
    assert_eq!(story.kinds(WIM), ["inactivity_warning"]);
    assert!(story.is_active("globex", VERA).await);

    story.advance("P6D").await;
    assert_eq!(story.count(WIM, "inactivity_reminder"), 0);
    story.advance("P1DT1H").await;
    assert_eq!(story.count(WIM, "inactivity_reminder"), 1);
    story.advance("P5D").await;
    assert_eq!(story.count(WIM, "inactivity_reminder"), 1);
    story.advance("P1D").await;
    assert_eq!(story.count(WIM, "inactivity_reminder"), 2);
    story.advance("PT22H").await;
    assert!(story.is_warned("globex", WIM).await);
    assert_eq!(story.count(WIM, "access_ended"), 0);

    story.advance("PT2H").await;
    assert!(matches!(
        story.state("globex", WIM).await,
        State::OffBoarded {
            why: OffboardReason::Inactive,
            ..
        }
    ));
    assert_eq!(
        story.kinds(WIM),
        [
            "inactivity_warning",
            "inactivity_reminder",
            "inactivity_reminder",
            "access_ended"
        ]
    );
    assert_eq!(story.count(GUS, "removal_digest"), 1);
    assert_eq!(story.count(GUS, "member_offboarded"), 0);
    assert_eq!(story.organization("globex").await.seats_used, 2);
    let run = story.last_run().await;
    assert_eq!(run.report.removed, 1);
    assert!(matches!(run.state, RunState::Finished { .. }));
    assert!(run.report.next_due.is_some_and(|due| due > story.now()));
    story.check_invariants().await;
}

#[tokio::test]
async fn a_sweep_that_slept_for_a_year_warns_first_and_grants_the_whole_grace() {
    let story = Story::begin().await;
    story.advance("P365D").await;
    for who in [VERA, WIM] {
        assert!(story.is_warned("globex", who).await);
        assert_eq!(story.kinds(who), ["inactivity_warning"]);
    }
    story.advance("P13DT23H").await;
    for who in [VERA, WIM] {
        assert!(story.is_warned("globex", who).await);
        // Of the reminders that were slept through only the last is made up for.
        assert_eq!(story.count(who, "inactivity_reminder"), 1);
    }
    story.advance("PT2H").await;
    for who in [VERA, WIM] {
        assert!(story.is_gone("globex", who).await);
    }
    let digests = story.mails_of("removal_digest");
    assert_eq!(digests.len(), 1);
    assert!(digests[0].text.contains(VERA) && digests[0].text.contains(WIM));
    story.check_invariants().await;
}

/// Days of grace are of 24 hours each, whatever the calendar makes of them: a leap day, and the nights
/// on which clocks are put forward and back.
#[tokio::test]
async fn the_grace_is_as_long_over_a_leap_day_and_when_clocks_are_put_on() {
    for warned_on in ["2028-02-20", "2028-03-20", "2028-10-20"] {
        let story = Story::begin().await;
        story.sleep_until(&format!("{warned_on}T01:30:00Z")).await;
        for who in [VERA, WIM] {
            let State::Warned {
                at, grace_until, ..
            } = story.state("globex", who).await
            else {
                panic!("not warned on {warned_on}");
            };
            let grace = grace_until.duration_since(at);
            assert_eq!(grace, SignedDuration::from_hours(14 * 24), "{warned_on}");
        }
        story.advance("P13DT23H").await;
        assert!(story.is_warned("globex", VERA).await, "{warned_on}");
        story.advance("PT2H").await;
        assert!(story.is_gone("globex", VERA).await, "{warned_on}");
        story.check_invariants().await;
    }
}

#[tokio::test]
async fn one_press_of_the_button_in_the_mail_keeps_access_and_a_second_says_it_is_spent() {
    let story = warned().await;
    let link = story.link(WIM, "keep-access");
    story.press(&link, "yes").await.must_be(200);
    assert!(story.is_active("globex", WIM).await);
    story.get(&link).await.must_be(410);
    story.advance_by("P30D", "P1D").await;
    assert!(story.is_active("globex", WIM).await);
    assert_eq!(story.count(WIM, "inactivity_reminder"), 0);
    // Kept until quiet again, and then warned with a new grace.
    story.advance("P61D").await;
    assert_eq!(story.count(WIM, "inactivity_warning"), 2);
    story.advance("P13D").await;
    assert!(story.is_warned("globex", WIM).await);
    story.check_invariants().await;
}

#[tokio::test]
async fn the_lead_may_say_that_somebody_stays() {
    let story = warned().await;
    assert_eq!(story.act(GUS, "globex", WIM, Act::Keep).await, Came::Done);
    story.advance("P15D").await;
    assert!(story.is_active("globex", WIM).await);
    assert_eq!(story.audited("globex", WIM, "member_kept").await, 1);
    story.check_invariants().await;
}

#[tokio::test]
async fn a_request_that_was_raised_cancels_the_removal() {
    let story = warned().await;
    story.raise("SUP-1", WIM).await;
    // Done at once: what keeps Wim is that he was there, not an open request.
    story.update("SUP-1", "request.closed", json!({})).await;
    stays(&story).await;
}

#[tokio::test]
async fn a_public_comment_cancels_the_removal() {
    let story = warned().await;
    story
        .raise_with(
            "SUP-1",
            "noor@visitor.example",
            json!({ "participants": [WIM] }),
        )
        .await;
    story
        .comment(
            "SUP-1",
            json!({ "email": WIM, "name": "Wim", "role": "customer" }),
        )
        .await;
    stays(&story).await;
}

#[tokio::test]
async fn an_approval_that_was_answered_cancels_the_removal() {
    let story = warned().await;
    story.raise("SUP-1", "noor@visitor.example").await;
    let asked = json!({ "approval": { "id": "a-1", "approvers": [WIM] } });
    story
        .update("SUP-1", "request.approval_requested", asked)
        .await;
    let answer = json!({ "approval": { "id": "a-1", "by": WIM, "decision": "approved" } });
    story
        .update("SUP-1", "request.approval_answered", answer)
        .await;
    stays(&story).await;
}

async fn stays(story: &Story) {
    story.advance("P15D").await;
    assert!(story.is_active("globex", WIM).await);
    assert_eq!(story.count(WIM, "access_ended"), 0);
    assert_eq!(story.audited("globex", WIM, "member_kept").await, 1);
    story.check_invariants().await;
}

#[tokio::test]
async fn being_named_by_others_is_no_activity() {
    let story = warned().await;
    story
        .raise_with(
            "SUP-1",
            "noor@visitor.example",
            json!({ "participants": [WIM] }),
        )
        .await;
    story
        .comment("SUP-1", json!({ "name": "Pavel", "role": "agent" }))
        .await;
    story
        .get(&story.link(WIM, "keep-access"))
        .await
        .must_be(200);
    story.advance("P15D").await;
    assert!(story.is_gone("globex", WIM).await);
    story.check_invariants().await;
}

#[tokio::test]
async fn leads_the_marked_and_those_with_open_requests_stay_and_the_report_says_why() {
    let story = Story::begin().await;
    story.act(GUS, "globex", WIM, Act::SetExempt(true)).await;
    story
        .raise_with("SUP-1", VERA, json!({ "organization": "globex" }))
        .await;
    story.advance("P95D").await;
    let report = story.last_run().await.report;
    assert_eq!(report.warned, 0);
    assert_eq!(report.exempted[&Exemption::Marked], 1);
    assert_eq!(report.exempted[&Exemption::OpenRequest], 1);
    // Of Globex, and of the two organisations that are only observed.
    assert_eq!(report.exempted[&Exemption::Lead], 3);
    story.advance_by("P60D", "P5D").await;
    for who in [GUS, VERA, WIM] {
        assert!(story.is_active("globex", who).await, "{who}");
        assert_eq!(story.count(who, "inactivity_warning"), 0);
    }
    story.check_invariants().await;
}

#[tokio::test]
async fn an_organisation_that_is_observed_is_reported_on_and_not_written_to() {
    let story = Story::begin().await;
    let before = story.items("directory", "ORG#acme").await;
    let mails = story.local().mailbox.count();
    story.advance("P100D").await;
    story.advance("P30D").await;
    let report = story.last_run().await.report;
    assert_eq!(report.would_warn, 11);
    assert_eq!(story.items("directory", "ORG#acme").await, before);
    let to_acme = |mail: &local::ses::message::Message| {
        mail.to.iter().any(|to| to.ends_with("@acme.example"))
    };
    let later = story.local().mailbox.list(None).split_off(mails);
    assert_eq!(later.iter().filter(|mail| to_acme(mail)).count(), 0);
    story.check_invariants().await;
}

#[tokio::test]
async fn the_last_lead_is_not_removed_and_the_administrators_are_told() {
    let story = Story::begin().await;
    story
        .inactivity("globex", "exempt_leads", false.into())
        .await;
    story.advance("P95D").await;
    assert!(story.is_warned("globex", GUS).await);
    story.advance("P15D").await;
    assert!(story.is_active("globex", GUS).await);
    assert!(
        story
            .organization("globex")
            .await
            .leads
            .contains(&crate::lifecycle::told::email(GUS))
    );
    assert_eq!(
        story.last_run().await.report.exempted[&Exemption::LastLead],
        1
    );
    for administrator in ["ada@lanyard.example", "otto@lanyard.example"] {
        assert_eq!(story.count(administrator, "last_lead_spared"), 1);
    }
    for who in [VERA, WIM] {
        assert!(story.is_gone("globex", who).await);
    }
    story.check_invariants().await;
}
