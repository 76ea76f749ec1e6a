//! Ends last: access, the mails that follow from it, and every link.

use app::console::Act;
use domain::Role;
use serde_json::json;

use crate::fixture::Story;
use crate::lifecycle::told::Came;
use crate::lifecycle::web::{Form, Web};

const ADA: &str = "ada@lanyard.example";
const OTTO: &str = "otto@lanyard.example";
const LENA: &str = "lena@acme.example";
const INES: &str = "ines@initech.example";
const CARMEN: &str = "carmen@acme.example";
const JUN: &str = "jun@acme.example";
const FARAH: &str = "farah@acme.example";
const EMIL: &str = "emil@acme.example";
const DORA: &str = "dora@acme.example";
const KIRA: &str = "kira@acme.example";

/// Asks for the link to what is somebody's own, and opens it.
async fn own_link(story: &Story, who: &str) -> String {
    let url = format!("{}/send-link", story.base_url());
    let form = [("email", who)];
    let answer = reqwest::Client::new().post(url).form(&form).send().await;
    assert_eq!(answer.unwrap().status().as_u16(), 200);
    story.settle().await;
    let link = story.link(who, "requester");
    story.get(&link).await.must_be(200);
    link
}

/// The form of a link's page as it is shown now, with the button for yes pressed, to be posted later.
async fn shown(story: &Story, link: &str) -> Form {
    let web = Web::new(story);
    let page = web.get(&web.path(link)).await.must_be(200);
    let asks = |form: &Form| {
        form.buttons
            .contains(&("wish".to_owned(), "yes".to_owned()))
    };
    page.form(asks).with("wish", "yes")
}

async fn end_all_links(story: &Story, who: &str) {
    let web = Web::of(story, who, "requester").await;
    let profile = web.get("/profile").await.must_be(200);
    let ends = |form: &Form| form.value("do") == Some("end-links");
    let answer = web.submit(&profile.form(ends)).await;
    assert!([200, 303].contains(&answer.status), "{}", answer.html);
}

/// Carmen raised a request of Acme's, Jun takes part, Kira approves, and Farah follows it.
async fn followed() -> Story {
    let story = Story::begin().await;
    let more = json!({ "organization": "acme", "participants": [JUN] });
    story.raise_with("LM-1", CARMEN, more).await;
    let shared = json!({ "organization": "acme" });
    story.update("LM-1", "request.shared", shared).await;
    let asked = json!({ "approval": { "id": "a-1", "approvers": [KIRA] } });
    story
        .update("LM-1", "request.approval_requested", asked)
        .await;
    story.settle().await;
    own_link(&story, FARAH).await;
    let web = Web::of(&story, FARAH, "requester").await;
    let page = web.get("/requests/support/LM-1").await.must_be(200);
    let mails = page.form(|form| form.action.ends_with("/mails"));
    let (name, value) = mails.buttons[0].clone();
    web.submit(&mails.with(&name, &value)).await.must_be(303);
    story
}

async fn comments(story: &Story) -> [usize; 4] {
    let agent = json!({ "name": "Pavel", "role": "agent" });
    story.comment("LM-1", agent).await;
    story.settle().await;
    [CARMEN, JUN, FARAH, KIRA].map(|who| story.count(who, "request_commented"))
}

#[tokio::test]
async fn nothing_of_an_organisation_is_mailed_to_who_left_it_however_long_ago() {
    let story = followed().await;
    assert_eq!(comments(&story).await, [1; 4]);
    for who in [CARMEN, JUN, FARAH, KIRA] {
        story.off_board("acme", who, json!({})).await.must_be(202);
    }
    assert_eq!(comments(&story).await, [1; 4], "the day they left");
    story.advance("P29D").await;
    assert_eq!(comments(&story).await, [1; 4], "while the record is kept");
    story.advance("P2D").await;
    assert_eq!(story.membership("acme", CARMEN).await, None);
    assert_eq!(comments(&story).await, [1; 4], "when it is reduced");
    // Invited once more, and they say no: that is no way back either.
    story.invite("acme", LENA, JUN).await;
    story
        .press(&story.link(JUN, "accept-invitation"), "no")
        .await
        .must_be(200);
    assert_eq!(comments(&story).await, [1; 4], "after they declined");
    story.advance("P400D").await;
    assert_eq!(comments(&story).await, [1; 4], "and a year later");
    story.check_invariants().await;
}

#[tokio::test]
async fn ended_links_stay_dead_when_an_invitation_in_vain_is_forgotten() {
    let story = Story::begin().await;
    story.invite("initech", INES, EMIL).await;
    let came = story.act(INES, "initech", EMIL, Act::Withdraw).await;
    assert_eq!(came, Came::Done);
    let stolen = own_link(&story, EMIL).await;
    end_all_links(&story, EMIL).await;
    story.get(&stolen).await.must_be(410);
    story.advance_by("P31D", "P1D").await;
    assert_eq!(story.membership("initech", EMIL).await, None);
    story.get(&stolen).await.must_be(410);
}

#[tokio::test]
async fn a_leavers_own_links_stay_dead_when_everything_about_them_is_forgotten() {
    let story = Story::begin().await;
    story.invite("initech", INES, EMIL).await;
    story.act(INES, "initech", EMIL, Act::Withdraw).await;
    let old = own_link(&story, EMIL).await;
    story.off_board("acme", EMIL, json!({})).await.must_be(202);
    story.get(&old).await.must_be(410);
    story.advance_by("P35D", "P1D").await;
    assert_eq!(story.membership("acme", EMIL).await, None);
    story.get(&old).await.must_be(410);
    // Back by an invitation, and still not by an old link.
    story.invite("acme", LENA, EMIL).await;
    story
        .press(&story.link(EMIL, "accept-invitation"), "yes")
        .await
        .must_be(200);
    story.get(&old).await.must_be(410);
}

#[tokio::test]
async fn a_lead_elsewhere_ends_nobodys_own_links() {
    let story = Story::begin().await;
    let own = own_link(&story, EMIL).await;
    for _ in 0..3 {
        story.invite("initech", INES, EMIL).await;
        let withdrawn = story.act(INES, "initech", EMIL, Act::Withdraw).await;
        assert_eq!(withdrawn, Came::Done);
        story.get(&own).await.must_be(200);
    }
    // The same by an off-boarding of somebody who has not answered yet.
    story.invite("initech", INES, EMIL).await;
    let decide = story.link(ADA, "decide-invitation");
    story.press(&decide, "yes").await.must_be(200);
    story.settle().await;
    let off = story.off_board("initech", EMIL, json!({})).await;
    off.must_be(202);
    story.get(&own).await.must_be(200);
    story.advance("P31D").await;
    story.get(&own).await.must_be(200);
}

#[tokio::test]
async fn the_link_of_an_invitation_taken_back_does_not_open_the_next_one() {
    let story = Story::begin().await;
    let zoe = "zoe@acme.example";
    story.invite("acme", LENA, zoe).await;
    let first = story.link(zoe, "accept-invitation");
    story.act(LENA, "acme", zoe, Act::Withdraw).await;
    story.get(&first).await.must_be(410);
    story.invite("acme", LENA, zoe).await;
    story.get(&first).await.must_be(410);
    let second = story.link(zoe, "accept-invitation");
    story.get(&second).await.must_be(200);
    // The same for the question to an administrator.
    story.invite("initech", INES, "bob@partner.example").await;
    let asked = story.link(ADA, "decide-invitation");
    story
        .act(INES, "initech", "bob@partner.example", Act::Withdraw)
        .await;
    story.invite("initech", INES, "bob@partner.example").await;
    story.get(&asked).await.must_be(410);
    let anew = story.link(ADA, "decide-invitation");
    story.get(&anew).await.must_be(200);
}

#[tokio::test]
async fn who_leads_again_is_not_let_in_by_the_console_link_from_before() {
    let story = Story::begin().await;
    let promote = Act::SetRole(Role::Lead);
    story.act(LENA, "acme", DORA, promote).await;
    let console = story.link(DORA, "lead-console");
    story.get(&console).await.must_be(200);
    story
        .act(LENA, "acme", DORA, Act::SetRole(Role::Member))
        .await;
    story.get(&console).await.must_be(410);
    story.act(LENA, "acme", DORA, promote).await;
    story.get(&console).await.must_be(410);
    story
        .get(&story.link(DORA, "lead-console"))
        .await
        .must_be(200);
}

#[tokio::test]
async fn ending_all_links_ends_an_administrators_too() {
    let story = Story::begin().await;
    story.raise("SUP-1", ADA).await;
    story.invite("initech", INES, "bob@partner.example").await;
    let decide = story.link(ADA, "decide-invitation");
    let shown = shown(&story, &decide).await;
    own_link(&story, ADA).await;
    end_all_links(&story, ADA).await;
    story.get(&decide).await.must_be(410);
    Web::new(&story).submit(&shown).await.must_be(410);
    assert!(story.mails("bob@partner.example").is_empty());
}

#[tokio::test]
async fn an_administrator_who_is_named_no_more_decides_and_releases_nothing() {
    let story = Story::begin().await;
    story.enforce("acme").await;
    story.advance("P100D").await;
    story.advance("P15D").await;
    story.invite("initech", INES, "bob@partner.example").await;
    let links = ["release-sweep", "decide-invitation"].map(|of| story.link(OTTO, of));
    let forms = [
        shown(&story, &links[0]).await,
        shown(&story, &links[1]).await,
    ];
    story.set("desk.support.administrators", vec![ADA]).await;
    for (link, form) in links.iter().zip(&forms) {
        story.get(link).await.must_be(410);
        Web::new(&story).submit(form).await.must_be(410);
    }
    story.advance("PT15M").await;
    assert_eq!(story.organization("acme").await.seats_used, 12);
    // Named again, they are asked again, and what they had in their mailbox stays dead.
    let both = vec![ADA, OTTO];
    story.set("desk.support.administrators", both).await;
    for link in &links {
        story.get(link).await.must_be(410);
    }
}

#[tokio::test]
async fn each_desk_releases_its_own_part_of_a_held_run() {
    let story = Story::begin().await;
    story.set("desk.it.administrators", vec![OTTO]).await;
    story.set("desk.support.administrators", vec![ADA]).await;
    story.set("organization.globex.desk", "it").await;
    story.enforce("acme").await;
    story.advance("P100D").await;
    story.advance("P15D").await;
    let [ada, otto] = [ADA, OTTO].map(|who| story.link(who, "release-sweep"));
    let (theirs, its) = (story.get(&ada).await.body, story.get(&otto).await.body);
    assert!(
        theirs.contains("Acme") && !theirs.contains("Globex"),
        "{theirs}"
    );
    assert!(its.contains("Globex") && !its.contains("Acme"), "{its}");
    story.press(&otto, "yes").await.must_be(200);
    story.get(&otto).await.must_be(410);
    story.advance("PT15M").await;
    let seats = async |org| story.organization(org).await.seats_used;
    assert_eq!((seats("acme").await, seats("globex").await), (12, 1));
    assert_eq!(story.count("gus@globex.example", "removal_digest"), 1);
    story.press(&ada, "yes").await.must_be(200);
    story.advance("PT15M").await;
    assert_eq!((seats("acme").await, seats("globex").await), (1, 1));
    assert_eq!(story.count(LENA, "removal_digest"), 1);
    assert_eq!(story.count("gus@globex.example", "removal_digest"), 1);
    story.check_invariants().await;
}

#[tokio::test]
async fn a_lead_who_left_hears_of_nobody_and_those_who_lead_do() {
    let story = Story::begin().await;
    story
        .act(LENA, "acme", DORA, Act::SetRole(Role::Lead))
        .await;
    story.invite("acme", DORA, "candidate@acme.example").await;
    story.off_board("acme", DORA, json!({})).await.must_be(202);
    let link = story.link("candidate@acme.example", "accept-invitation");
    story.press(&link, "no").await.must_be(200);
    story.settle().await;
    assert_eq!(story.count(DORA, "invitation_declined"), 0);
    assert_eq!(story.count(LENA, "invitation_declined"), 1);
}

#[tokio::test]
async fn access_ends_at_its_instant_though_no_sweep_comes() {
    let story = followed().await;
    let carmen = Web::of(&story, CARMEN, "requester").await;
    carmen.get("/requests/support/LM-1").await.must_be(200);
    let farah = own_link(&story, FARAH).await;
    let session = Web::of(&story, FARAH, "requester").await;
    session.get("/requests?view=shared").await.must_be(200);
    let at = story.now() + jiff::SignedDuration::from_mins(10);
    let plan = json!({ "effective_at": at.to_string() });
    story
        .off_board("acme", CARMEN, plan.clone())
        .await
        .must_be(202);
    story
        .off_board("acme", FARAH, plan.clone())
        .await
        .must_be(202);
    story.get(&farah).await.must_be(200);
    story.sleep("PT10M");
    assert!(story.is_active("acme", CARMEN).await, "no sweep has come");
    assert_ne!(carmen.get("/requests/support/LM-1").await.status, 200);
    assert_ne!(session.get("/requests?view=shared").await.status, 200);
    story.get(&farah).await.must_be(410);
    let commented = comments(&story).await;
    assert_eq!(commented, [0, 1, 0, 1], "only who still belongs is told");
    // What is over is not called off, put off or kept; the sweep frees the seat, and then it can be
    // undone.
    let refused = |came: &Came| matches!(came, Came::Refused(_));
    for act in [Act::CancelLeaving, Act::Keep, Act::ExtendAccess(None)] {
        assert!(
            refused(&story.act(LENA, "acme", CARMEN, act).await),
            "{act:?}"
        );
    }
    story.get(&farah).await.must_be(410);
    assert_eq!(story.organization("acme").await.seats_used, 12);
    story.advance("PT15M").await;
    assert_eq!(story.organization("acme").await.seats_used, 10);
    let restored = story.act(LENA, "acme", FARAH, Act::Restore).await;
    assert_eq!(restored, Came::Done);
    story.get(&farah).await.must_be(410);
    story.check_invariants().await;
}
