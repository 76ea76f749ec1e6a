//! Every link and every page is looked at as often as one likes, and nothing is written.

use futures::future::join_all;
use reqwest::Method;

use crate::fixture::Story;
use crate::lifecycle::asking::form_link;
use crate::lifecycle::everywhere::{self, LENA, LINKS, NOOR, PAGES};
use crate::lifecycle::web::Web;

/// The number of GETs and of HEADs at each. Together they are well over a thousand.
const LOOKS: usize = 12;

/// Looks at an address in both ways, and says how often.
async fn look(web: &Web<'_>, path: &str) -> usize {
    for method in [Method::GET, Method::HEAD] {
        let looks = (0..LOOKS).map(|_| web.ask(method.clone(), path));
        for page in join_all(looks).await {
            let expected = [200, 303, 403, 404, 405, 410].contains(&page.status);
            assert!(expected, "{method} {path}: {}", page.status);
            assert!(method == Method::GET || page.html.is_empty(), "{path}");
        }
    }
    2 * LOOKS
}

#[tokio::test]
async fn looking_at_every_link_and_every_page_writes_nothing() {
    let story = everywhere::begin().await;
    let form = form_link(&story, "support", "question", NOOR, true).await;
    let list = a_list(&story).await;
    story.settle().await;
    let before = story.everything().await;
    let meter = story.local().meter.read();
    let mut looks = 0;
    for (who, paths) in PAGES {
        let web = who.browser(&story).await;
        for path in *paths {
            looks += look(&web, &everywhere::address(&story, path)).await;
        }
    }
    let lena = Web::of(&story, LENA, "lead-console").await;
    looks += look(&lena, &list).await;
    let stranger = Web::new(&story);
    looks += look(&stranger, &stranger.path(&form)).await;
    for (who, purpose) in LINKS {
        for link in story.links(who, purpose) {
            looks += look(&stranger, &stranger.path(&link)).await;
        }
    }
    assert!(looks > 1_000, "{looks}");
    let used = story.local().meter.read().since(&meter);
    assert!(used.write_units() < f64::EPSILON, "{used:?}");
    let reads = ["GetItem", "BatchGetItem", "Query", "TransactGetItems"];
    for action in used.0.keys() {
        assert!(reads.contains(&action.as_str()), "{action}");
    }
    assert_eq!(story.everything().await, before);
}

#[tokio::test]
async fn looking_at_a_review_writes_nothing() {
    let story = Story::begin().await;
    story.advance("P1D").await;
    story.advance("P181D").await;
    story.settle().await;
    let before = story.everything().await;
    let meter = story.local().meter.read();
    let link = story.link(LENA, "review");
    let lena = Web::of(&story, LENA, "review").await;
    look(&lena, &lena.path(&link)).await;
    look(&lena, "/console/acme/review").await;
    look(&lena, "/console/acme").await;
    let used = story.local().meter.read().since(&meter);
    assert!(used.write_units() < f64::EPSILON, "{used:?}");
    assert_eq!(story.everything().await, before);
}

/// The page of a list that a lead has brought.
async fn a_list(story: &Story) -> String {
    let lena = Web::of(story, LENA, "lead-console").await;
    let page = lena.get("/console/acme/invite-many").await.must_be(200);
    let form = page.form(|form| form.value("pasted").is_some());
    let brought = lena.submit(&form.with("pasted", "joe@acme.example")).await;
    brought.must_be(303).location().unwrap()
}
