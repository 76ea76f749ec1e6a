//! Issues that get another key, from Jira's hook to the table, the mails and the page: within a desk,
//! to another desk, to where no desk here serves them, and back.

use serde_json::{Value, json};

use crate::fixture::{Answer, Story};

const VERA: &str = "vera@visitor.example";
const NILS: &str = "nils@visitor.example";

/// The desk of each of Jira's projects.
async fn begin() -> Story {
    let story = Story::begin().await;
    let projects = json!({"SUP": "support", "CARE": "support", "IT": "it"});
    map(&story, json!({"name": "jira", "projects": projects})).await;
    story
}

async fn map(story: &Story, settings: Value) {
    let text = serde_json::to_string(&settings).unwrap();
    let mapping: toml::Value = serde_json::from_str(&text).unwrap();
    story.set("source.jira.mapping", mapping).await;
}

/// A minute of the sender's clock.
fn minute(n: i64) -> i64 {
    1_795_339_800_000 + n * 60_000
}

fn issue(key: &str, reporter: &str) -> Value {
    let account = format!("qm:1:{reporter}");
    json!({
        "webhookEvent": "jira:issue_created",
        "timestamp": minute(0),
        "issue": {"id": "10201", "key": key, "fields": {
            "summary": "Export turns grey",
            "issuetype": {"id": "10011", "name": "Incident"},
            "status": status("Waiting for support", "10002"),
            "reporter": {"accountId": account, "accountType": "customer", "emailAddress": reporter,
                "displayName": "Vera Lind"},
        }},
    })
}

fn status(name: &str, id: &str) -> Value {
    json!({"id": id, "name": name, "statusCategory": {"id": 4, "key": "indeterminate"}})
}

/// A move as Cloud tells of it.
fn moved(from: &str, to: &str, at: i64) -> Value {
    let project = |key: &str| key.split_once('-').unwrap().0.to_owned();
    json!({
        "webhookEvent": "jira:issue_updated",
        "issue_event_type_name": "issue_moved",
        "timestamp": minute(at),
        "issue": {"id": "10201", "key": to, "fields": {
            "status": status("Waiting for support", "10002"),
        }},
        "changelog": {"id": "10960", "items": [
            {"field": "project", "fieldtype": "jira", "fieldId": "project", "from": "10001",
                "fromString": project(from), "to": "10002", "toString": project(to)},
            {"field": "Key", "fieldtype": "jira", "from": null, "fromString": from, "to": null,
                "toString": to},
        ]},
    })
}

/// The same of Data Center: no field ids, users by name, texts where Cloud has nothing.
fn moved_in_data_center(from: &str, to: &str, at: i64) -> Value {
    let mut body = moved(from, to, at);
    body["user"] = json!({"name": "pavel", "key": "JIRAUSER10100", "displayName": "Pavel Agent"});
    for item in body["changelog"]["items"].as_array_mut().unwrap() {
        let item = item.as_object_mut().unwrap();
        item.remove("fieldId");
        item.insert("from".to_owned(), json!(""));
    }
    body
}

fn comment(key: &str, id: &str, at: i64) -> Value {
    json!({
        "webhookEvent": "comment_created",
        "timestamp": minute(at),
        "issue": {"id": "10201", "key": key, "fields": {}},
        "comment": {"id": id, "body": format!("Comment {id}"), "jsdPublic": true,
            "author": {"accountId": "712020:pavel", "accountType": "atlassian", "displayName": "Pavel Agent"},
            "created": "2026-11-22T10:20:00.000+0100", "updated": "2026-11-22T10:20:00.000+0100"},
    })
}

fn resolved(key: &str, at: i64) -> Value {
    json!({
        "webhookEvent": "jira:issue_updated",
        "timestamp": minute(at),
        "issue": {"id": "10201", "key": key, "fields": {
            "status": {"id": "5", "name": "Done", "statusCategory": {"id": 3, "key": "done"}},
        }},
        "changelog": {"items": [{"field": "status", "fieldId": "status", "from": "10002",
            "fromString": "Waiting for support", "to": "5", "toString": "Done"}]},
    })
}

async fn created(story: &Story, key: &str, reporter: &str) {
    let body = issue(key, reporter);
    let answer = story.post("jira", "request-created", key, &body).await;
    answer.must_be(202);
    story.settle().await;
}

async fn tell(story: &Story, id: &str, body: &Value) -> Answer {
    let answer = story.post("jira", "request-updated", id, body).await;
    story.settle().await;
    answer
}

async fn taken(story: &Story, id: &str, body: &Value) {
    tell(story, id, body).await.must_be(202);
}

async fn stored(story: &Story, desk: &str, key: &str) -> Value {
    let pk = format!("REQUEST#{desk}#{key}");
    let stored = story.item("requests", &pk, "REQUEST").await;
    stored.unwrap_or_else(|| panic!("nothing is stored under {desk}/{key}"))
}

/// The page that the first mail to somebody links to.
async fn page(story: &Story, who: &str) -> Answer {
    let links = story.links(who, "requester");
    story.get(links.last().unwrap()).await
}

#[tokio::test]
async fn a_request_goes_on_under_its_new_key() {
    for tells in [moved, moved_in_data_center] {
        let story = begin().await;
        created(&story, "SUP-1", VERA).await;
        taken(&story, "1", &tells("SUP-1", "CARE-7", 1)).await;
        taken(&story, "2", &comment("CARE-7", "new", 2)).await;
        // A delivery that was on its way under the old key.
        taken(&story, "3", &comment("SUP-1", "late", 2)).await;
        taken(&story, "4", &resolved("CARE-7", 3)).await;
        let kinds = [
            "request_received",
            "request_moved",
            "request_commented",
            "request_commented",
            "request_closed",
        ];
        assert_eq!(story.kinds(VERA), kinds);
        // They are one thread, and say where it goes on.
        let mails = story.mails(VERA);
        assert!(mails.iter().all(|mail| mail.subject == mails[0].subject));
        assert!(
            mails[1].text.contains("It goes on as CARE-7."),
            "{}",
            mails[1].text
        );

        let request = stored(&story, "support", "SUP-1").await;
        assert_eq!(request["status"]["name"], "Done");
        assert_eq!(
            request["moved"]["to"],
            json!({"desk": {"desk": "support", "key": "CARE-7"}})
        );
        assert_eq!(
            stored(&story, "support", "CARE-7").await["of"]["key"],
            "SUP-1"
        );
        // The link of the first mail still opens it.
        let page = page(&story, VERA).await;
        let text = &page.must_be(200).body;
        for part in [
            "goes on as CARE-7",
            "Raised as",
            "SUP-1",
            "Comment new",
            "Comment late",
        ] {
            assert!(text.contains(part), "{part}");
        }
        story.check_invariants().await;
    }
}

#[tokio::test]
async fn another_desk_takes_a_request_over_with_its_followers() {
    let story = begin().await;
    created(&story, "SUP-1", VERA).await;
    let mut both = moved("SUP-1", "IT-7", 1);
    both["issue"]["fields"]["status"] = status("With IT", "10009");
    let items = both["changelog"]["items"].as_array_mut().unwrap();
    items.push(
        json!({"field": "status", "fieldId": "status", "from": "10002", "to": "10009",
        "fromString": "Waiting for support", "toString": "With IT"}),
    );
    taken(&story, "1", &both).await;
    let kinds = ["request_received", "request_moved", "request_transitioned"];
    assert_eq!(story.kinds(VERA), kinds);
    let mails = story.mails(VERA);
    assert!(mails[0].from.contains("support@"), "{}", mails[0].from);
    assert!(mails[1].from.contains("it@"), "{}", mails[1].from);
    assert_eq!(stored(&story, "it", "IT-7").await["of"]["key"], "SUP-1");
    assert!(
        page(&story, VERA)
            .await
            .must_be(200)
            .body
            .contains("IT help desk")
    );
    story.check_invariants().await;
}

#[tokio::test]
async fn a_request_that_no_desk_serves_any_more_is_closed_and_its_followers_told_once() {
    let story = begin().await;
    created(&story, "SUP-1", VERA).await;
    taken(&story, "1", &moved("SUP-1", "HR-2", 1)).await;
    taken(&story, "again", &moved("SUP-1", "HR-2", 1)).await;
    // What happens there is nobody's here.
    taken(&story, "2", &comment("HR-2", "there", 2)).await;
    taken(&story, "3", &moved("HR-2", "PAY-3", 3)).await;
    assert_eq!(story.kinds(VERA), ["request_received", "request_moved"]);
    let text = story.mails(VERA)[1].text.clone();
    assert!(text.contains("HR-2") && text.contains("closed"), "{text}");
    let request = stored(&story, "support", "SUP-1").await;
    assert_eq!(
        request["status"],
        json!({"name": "Moved", "category": "done"})
    );
    assert_eq!(
        story.items("requests", "REQUEST#support#HR-2").await,
        [] as [Value; 0]
    );
    let page = page(&story, VERA).await;
    let text = &page.must_be(200).body;
    assert!(
        text.contains("moved to a place that this desk does not serve. It is HR-2 there."),
        "{text}"
    );
    assert!(!text.contains("Send comment"));

    // It comes back, with the key that it had, and is what it was.
    taken(&story, "4", &moved("PAY-3", "SUP-1", 4)).await;
    taken(&story, "5", &comment("SUP-1", "here", 5)).await;
    let back = stored(&story, "support", "SUP-1").await;
    assert_eq!(back["status"]["name"], "Waiting for support");
    let kinds = [
        "request_received",
        "request_moved",
        "request_moved",
        "request_transitioned",
        "request_commented",
    ];
    assert_eq!(story.kinds(VERA), kinds);
    story.check_invariants().await;
}

#[tokio::test]
async fn a_request_is_found_by_every_key_that_it_ever_had() {
    let story = begin().await;
    created(&story, "SUP-1", VERA).await;
    taken(&story, "1", &moved("SUP-1", "IT-7", 1)).await;
    taken(&story, "2", &moved("IT-7", "CARE-9", 2)).await;
    taken(&story, "3", &moved("CARE-9", "SUP-1", 3)).await;
    taken(&story, "4", &moved("SUP-1", "IT-7", 4)).await;
    let told = story.kinds(VERA).len();
    assert_eq!(told, 5);
    // What is told again, or late, changes nothing.
    taken(&story, "5", &moved("SUP-1", "IT-7", 4)).await;
    taken(&story, "6", &moved("IT-7", "CARE-9", 2)).await;
    assert_eq!(story.kinds(VERA).len(), told);
    let request = stored(&story, "support", "SUP-1").await;
    assert_eq!(
        request["moved"]["to"],
        json!({"desk": {"desk": "it", "key": "IT-7"}})
    );
    for key in ["SUP-1", "IT-7", "CARE-9"] {
        taken(&story, &format!("c-{key}"), &comment(key, key, 5)).await;
    }
    assert_eq!(story.kinds(VERA).len(), told + 3);
    // Nor is any of its keys a new request's.
    let again = issue("CARE-9", NILS);
    let answer = story.post("jira", "request-created", "n", &again).await;
    assert_eq!(answer.must_be(422).problem()["code"], "request_exists");
    story.check_invariants().await;
}

#[tokio::test]
async fn deliveries_of_a_move_may_come_in_any_order() {
    // The request, its first move, a comment under the key after it, its second move, and a comment
    // under that key.
    let says: [(&str, Value); 5] = [
        ("created", issue("SUP-1", VERA)),
        ("first", moved("SUP-1", "IT-7", 1)),
        ("between", comment("IT-7", "between", 2)),
        ("second", moved("IT-7", "CARE-9", 3)),
        ("last", comment("CARE-9", "last", 4)),
    ];
    for order in [
        [0, 2, 1, 4, 3],
        [1, 2, 3, 4, 0],
        [4, 3, 2, 1, 0],
        [0, 4, 3, 2, 1],
        [3, 0, 4, 1, 2],
    ] {
        let story = begin().await;
        for n in order {
            let (id, body) = &says[n];
            let function = if n == 0 {
                "request-created"
            } else {
                "request-updated"
            };
            story.post("jira", function, id, body).await.must_be(202);
        }
        story.settle().await;
        let mut kinds = story.kinds(VERA);
        kinds.sort();
        let all = [
            "request_commented",
            "request_commented",
            "request_moved",
            "request_moved",
            "request_received",
        ];
        assert_eq!(kinds, all, "{order:?}");
        let request = stored(&story, "support", "SUP-1").await;
        assert_eq!(request["moved"]["to"]["desk"]["key"], "CARE-9", "{order:?}");
        for (desk, key) in [("it", "IT-7"), ("support", "CARE-9")] {
            assert_eq!(
                stored(&story, desk, key).await["of"]["key"],
                "SUP-1",
                "{order:?}"
            );
        }
        // Nothing waits any more, and nothing is parked after a day.
        story.advance("PT25H").await;
        assert_eq!(
            story.items("journal", "PARKED").await,
            [] as [Value; 0],
            "{order:?}"
        );
        story.check_invariants().await;
    }
}

#[tokio::test]
async fn a_move_gives_nobody_another_request() {
    let story = begin().await;
    created(&story, "SUP-1", VERA).await;
    created(&story, "SUP-2", NILS).await;
    // The key is another request's: Vera's is over, and Nils's stays his own.
    taken(&story, "1", &moved("SUP-1", "SUP-2", 1)).await;
    taken(&story, "2", &comment("SUP-2", "private", 2)).await;
    assert_eq!(story.kinds(VERA), ["request_received", "request_moved"]);
    assert_eq!(story.kinds(NILS), ["request_received", "request_commented"]);
    assert!(
        !page(&story, VERA)
            .await
            .must_be(200)
            .body
            .contains("private")
    );
    assert_eq!(
        stored(&story, "support", "SUP-1").await["status"]["name"],
        "Moved"
    );

    // Nor does a field that somebody calls «Key» move anything.
    let mut custom = moved("SUP-2", "CARE-3", 3);
    for item in custom["changelog"]["items"].as_array_mut().unwrap() {
        item["fieldtype"] = json!("custom");
    }
    custom["issue"]["key"] = json!("SUP-2");
    taken(&story, "3", &custom).await;
    assert_eq!(stored(&story, "support", "SUP-2").await.get("moved"), None);
    story.check_invariants().await;
}

#[tokio::test]
async fn a_source_moves_requests_of_its_own_desks_alone() {
    let story = Story::begin().await;
    let says = |from: &str, to: &str| {
        json!({
            "type": "request.moved",
            "timestamp": "2026-11-22T09:30:00Z",
            "data": {"request": {"key": "SUP-1", "desk": from}, "to": {"key": "IT-7", "desk": to}},
        })
    };
    let create = super::events::created("SUP-1", VERA);
    story
        .post("forms", "request-created", "0", &create)
        .await
        .must_be(202);
    story.set("source.forms.desk", "support").await;
    for (id, (from, to)) in [("support", "it"), ("it", "support"), ("it", "it")]
        .into_iter()
        .enumerate()
    {
        let answer = story
            .post("forms", "request-updated", &id.to_string(), &says(from, to))
            .await;
        assert_eq!(
            answer.must_be(403).problem()["type"],
            "https://lanyard.example/problems/event-not-allowed"
        );
    }
    assert_eq!(stored(&story, "support", "SUP-1").await.get("moved"), None);
    story
        .post(
            "forms",
            "request-updated",
            "own",
            &says("support", "support"),
        )
        .await
        .must_be(202);
    // A desk that is not there takes nothing over.
    let mut nowhere = json!({"name": "jira", "projects": {"SUP": "support"}});
    map(&story, nowhere.clone()).await;
    nowhere["projects"]["HR"] = json!("personnel");
    let text: toml::Value = serde_json::from_str(&nowhere.to_string()).unwrap();
    let refused = story.apply(|world| {
        world["source"]["jira"]["mapping"] = text;
    });
    let problem = refused.await.unwrap_err();
    assert!(
        problem.to_string().contains("no [desk.personnel]"),
        "{problem}"
    );
}

#[tokio::test]
async fn without_projects_every_issue_is_the_sources_desks() {
    let story = Story::begin().await;
    created(&story, "SUP-1", VERA).await;
    taken(&story, "1", &moved("SUP-1", "HR-2", 1)).await;
    taken(&story, "2", &comment("HR-2", "on", 2)).await;
    let kinds = ["request_received", "request_moved", "request_commented"];
    assert_eq!(story.kinds(VERA), kinds);
    assert_eq!(
        stored(&story, "support", "HR-2").await["of"]["key"],
        "SUP-1"
    );
}
