//! Links: looked at as often as one likes, used once.

use std::collections::BTreeSet;

use futures::future::join_all;
use serde_json::json;

use reqwest::{Method, header::COOKIE};

use crate::fixture::Story;
use crate::lifecycle::told::token;

const LENA: &str = "lena@acme.example";
const AMIR: &str = "amir@acme.example";
const WIM: &str = "wim@globex.test";
const ZOE: &str = "zoe@acme.example";

#[tokio::test]
async fn of_many_posts_of_a_link_at_once_one_wins() {
    let story = Story::begin().await;
    story.invite("acme", LENA, ZOE).await;
    let link = story.link(ZOE, "accept-invitation");
    let page = story.get(&link).await.must_be(200).body;
    let web = reqwest::Client::new();
    let mut asking: Vec<usize> = (0..64).collect();
    let mut answers = Vec::new();
    // On a busy machine the store may not answer some of them in time, and nothing was done: they
    // ask again, as they are told to.
    for _ in 0..20 {
        let posts = asking.iter().map(|place| {
            let wish = if place % 2 == 0 { "yes" } else { "no" };
            let form = [("wish", wish.to_owned()), ("token", token(&page, wish))];
            let post = web.post(&link).form(&form).send();
            async move { (*place, post.await.unwrap().status().as_u16()) }
        });
        let round = join_all(posts).await;
        asking = round
            .iter()
            .filter(|(_, s)| *s == 503)
            .map(|(p, _)| *p)
            .collect();
        answers.extend(round.into_iter().filter(|(_, s)| *s != 503));
    }
    assert_eq!(answers.len(), 64, "{} were never answered", asking.len());
    // Whoever asked for what was done is told that it is done, all others that the link is over.
    let told = |wish| {
        let of_wish = answers.iter().filter(|(place, _)| place % 2 == wish);
        of_wish.map(|(_, status)| *status).collect::<BTreeSet<_>>()
    };
    let told = [told(0), told(1)];
    let (done, over) = (BTreeSet::from([200]), BTreeSet::from([410]));
    assert!(
        told == [done.clone(), over.clone()] || told == [over, done],
        "{told:?}"
    );
    story.settle().await;
    let accepted = story.audited("acme", ZOE, "invitation_accepted").await;
    let declined = story.audited("acme", ZOE, "invitation_declined").await;
    assert_eq!(accepted + declined, 1);
    assert_eq!(story.count(ZOE, "welcome"), accepted);
    assert_eq!(story.count(LENA, "invitation_declined"), declined);
    story.check_invariants().await;
}

#[tokio::test]
async fn looking_at_any_link_a_hundred_times_writes_nothing() {
    let story = Story::begin().await;
    story.enforce("acme").await;
    story
        .inactivity("acme", "max_removals_floor", 0.into())
        .await;
    story.inactivity("acme", "grace_days", 8.into()).await;
    story.advance("P82D").await;
    // Wim has been warned; of Acme more are to be removed than may be.
    story.advance("P8DT1H").await;
    story.invite("acme", LENA, ZOE).await;
    story
        .invite("initech", "ines@initech.example", "bob@partner.example")
        .await;
    story.raise("SUP-1", "noor@visitor.example").await;
    story.raise("SUP-2", "xena@acme.example").await;
    ask_for_link(&story, AMIR).await;
    let asked = json!({ "approval": { "id": "a-1", "approvers": ["mona@visitor.example"] } });
    story
        .update("SUP-1", "request.approval_requested", asked)
        .await;
    story.settle().await;
    let links = [
        (ZOE, "accept-invitation"),
        (LENA, "lead-console"),
        (AMIR, "requester"),
        ("noor@visitor.example", "requester"),
        ("noor@visitor.example", "unsubscribe"),
        ("mona@visitor.example", "approve"),
        (WIM, "keep-access"),
        ("ada@lanyard.example", "decide-invitation"),
        ("ada@lanyard.example", "release-sweep"),
    ];
    let web = reqwest::Client::builder()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .unwrap();
    for (who, purpose) in links {
        let before = story.everything().await;
        let meter = story.local().meter.read();
        let mut mailed = story.links(who, purpose).into_iter();
        let link = mailed.find(|link| link.contains("/l/")).unwrap();
        // A link that begins a session is looked at, too, and then its page.
        let opened = story.open(&link).await;
        assert_eq!(opened.page.status, 200, "{who} {purpose}");
        for url in [&link, &opened.url] {
            for method in [Method::GET, Method::HEAD] {
                let look = || {
                    web.request(method.clone(), url)
                        .header(COOKIE, &opened.cookie)
                };
                for look in join_all((0..50).map(|_| look().send())).await {
                    let status = look.unwrap().status().as_u16();
                    assert!([200, 303].contains(&status), "{who} {purpose}: {status}");
                }
            }
        }
        let used = story.local().meter.read().since(&meter);
        assert!(used.write_units() < f64::EPSILON, "{purpose}: {used:?}");
        for action in [
            "PutItem",
            "UpdateItem",
            "DeleteItem",
            "TransactWriteItems",
            "BatchWriteItem",
        ] {
            assert_eq!(
                used.0.get(action).map_or(0, |usage| usage.calls),
                0,
                "{purpose}"
            );
        }
        assert_eq!(story.everything().await, before, "{purpose}");
    }
    story.check_invariants().await;
}

#[tokio::test]
async fn whoever_asks_for_their_link_is_mailed_what_is_theirs_and_a_stranger_nothing() {
    let story = Story::begin().await;
    let before = story.links(LENA, "lead-console");
    let mut pages = Vec::new();
    for email in [LENA, AMIR, "nobody@elsewhere.example"] {
        pages.push(ask_for_link(&story, email).await);
    }
    pages.dedup();
    assert_eq!(pages.len(), 1, "the answer is the same for every address");
    story.settle().await;
    for email in [LENA, AMIR] {
        let own = story.link(email, "requester");
        story.get(&own).await.must_be(200);
    }
    let consoles = story.links(LENA, "lead-console");
    assert_eq!(
        consoles.len(),
        before.len() + 1,
        "one for each organisation"
    );
    story.get(&consoles[0]).await.must_be(200);
    assert!(story.links(AMIR, "lead-console").is_empty());
    assert!(story.mails("nobody@elsewhere.example").is_empty());
    story.check_invariants().await;
}

#[tokio::test]
async fn an_old_link_offers_a_new_one_to_its_own_address() {
    let story = Story::begin().await;
    let old = story.link(LENA, "lead-console");
    story.advance("P31D").await;
    let mailed = story.count(LENA, "your_link");
    let over = story.get(&old).await.must_be(410).body;
    assert!(over.contains("l…@acme.example") && !over.contains(LENA));
    let form = [
        ("wish", "renew".to_owned()),
        ("token", token(&over, "renew")),
    ];
    let post = reqwest::Client::new().post(&old).form(&form);
    assert_eq!(post.send().await.unwrap().status().as_u16(), 200);
    story.settle().await;
    assert_eq!(story.count(LENA, "your_link"), mailed + 1);
    story
        .get(&story.link(LENA, "lead-console"))
        .await
        .must_be(200);
}

/// Asks as somebody at the form would, and returns the page that comes.
async fn ask_for_link(story: &Story, email: &str) -> String {
    let url = format!("{}/send-link", story.base_url());
    let form = reqwest::Client::new().post(url).form(&[("email", email)]);
    let answer = form.send().await.unwrap();
    assert_eq!(answer.status().as_u16(), 200);
    answer.text().await.unwrap()
}

#[tokio::test]
async fn a_link_is_mailed_in_the_name_of_the_desk_that_serves_the_person() {
    let story = Story::begin().await;
    story.raise("SUP-1", "noor@visitor.example").await;
    story.settle().await;
    for who in [LENA, "ines@initech.example", "noor@visitor.example"] {
        ask_for_link(&story, who).await;
        story.settle().await;
        let mut mails = story.mails(who).into_iter();
        let mail = mails.rfind(|mail| mail.kind == "your_link").unwrap();
        let from = mail.from.as_str();
        assert!(from.contains("support@lanyard.example"), "{who}: {from}");
    }
}
