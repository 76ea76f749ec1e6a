//! Jira's payloads, from the hook to the mail: whose a request is, what its status means, and
//! comments that come as a change of their issue.

use serde_json::{Value, json};

use crate::fixture::{Answer, Story};

const VERA: &str = "vera@visitor.example";
const NILS: &str = "nils@visitor.example";
const FIELD: &str = "/issue/fields/customfield_10050";

#[expect(clippy::needless_pass_by_value, reason = "callers write it in place")]
fn issue(key: &str, reporter: Value) -> Value {
    json!({
        "webhookEvent": "jira:issue_created",
        "timestamp": 1_795_339_800_000_i64,
        "issue": {"key": key, "fields": {
            "summary": summary(key),
            "issuetype": {"id": "10011", "name": "Vorfall"},
            "status": {"id": "1", "name": "Offen", "statusCategory": {"id": 2, "key": "new"}},
            "reporter": reporter,
        }},
    })
}

fn summary(key: &str) -> String {
    format!("Salary of {key}")
}

fn customer(account: &str) -> Value {
    json!({"accountId": account, "accountType": "customer", "displayName": "Vera Lind"})
}

fn pavel() -> Value {
    json!({"accountId": "712020:pavel", "accountType": "atlassian", "displayName": "Pavel Agent"})
}

fn with_email(mut person: Value, email: &str) -> Value {
    person["emailAddress"] = json!(email);
    person
}

fn with_field(mut issue: Value, email: &str) -> Value {
    issue["issue"]["fields"]["customfield_10050"] = json!(email);
    issue
}

/// A comment by somebody, as Data Center tells of it.
#[expect(clippy::needless_pass_by_value, reason = "callers write it in place")]
fn comment(key: &str, event: &str, author: Value, public: bool) -> Value {
    json!({
        "webhookEvent": event,
        "timestamp": 1_795_339_900_000_i64,
        "issue_event_type_name": "issue_commented",
        "issue": {"key": key, "fields": {"reporter": author}},
        "comment": {
            "id": "31039", "body": "It is on its way", "jsdPublic": public, "author": author,
            "created": "2026-11-22T10:20:00.000+0100", "updated": "2026-11-22T10:20:00.000+0100",
        },
    })
}

async fn created(story: &Story, id: &str, body: &Value) -> Answer {
    let answer = story.post("jira", "request-created", id, body).await;
    story.settle().await;
    answer
}

async fn updated(story: &Story, id: &str, body: &Value) {
    let answer = story.post("jira", "request-updated", id, body).await;
    answer.must_be(202);
    story.settle().await;
}

async fn request(story: &Story, key: &str) -> Option<Value> {
    let pk = format!("REQUEST#support#{key}");
    story.item("requests", &pk, "REQUEST").await
}

async fn map(story: &Story, settings: Value) {
    let text = serde_json::to_string(&settings).unwrap();
    let mapping: toml::Value = serde_json::from_str(&text).unwrap();
    story.set("source.jira.mapping", mapping).await;
}

#[tokio::test]
async fn a_former_user_is_not_the_last_former_users_address() {
    let story = Story::begin().await;
    for (number, account) in ["unknown", "", "557058:unknown"].into_iter().enumerate() {
        let former = json!({"accountId": account, "displayName": "Former user"});
        let (one, two) = (format!("F-{number}"), format!("S-{number}"));
        let first = issue(&one, with_email(former.clone(), VERA));
        created(&story, &one, &first).await.must_be(202);
        let kinds = story.kinds(VERA);
        let second = created(&story, &two, &issue(&two, former)).await;
        assert_eq!(second.must_be(422).problem()["code"], "unknown_account");
        assert_eq!(story.kinds(VERA), kinds, "{account}");
        assert_eq!(request(&story, &two).await, None);
    }
    assert_eq!(
        story.items("directory", "EXTERNAL#").await,
        [] as [Value; 0]
    );
}

#[tokio::test]
async fn an_agent_who_raises_everybodys_issues_is_no_customer() {
    let story = Story::begin().await;
    map(&story, json!({"name": "jira", "email": [FIELD]})).await;
    let mut for_vera = with_field(issue("A-1", pavel()), VERA);
    for_vera["user"] = pavel();
    created(&story, "1", &for_vera).await.must_be(202);
    assert_eq!(
        request(&story, "A-1").await.unwrap().get("reporter_name"),
        None
    );
    // Their comment is told to the customer,
    updated(
        &story,
        "2",
        &comment("A-1", "comment_created", pavel(), true),
    )
    .await;
    assert_eq!(story.kinds(VERA), ["request_received", "request_commented"]);
    // and their own issue to nobody.
    let own = created(&story, "3", &issue("A-2", pavel())).await;
    assert_eq!(own.must_be(422).problem()["code"], "unknown_account");
    assert_eq!(story.kinds(VERA).len(), 2);
}

#[tokio::test]
async fn what_was_learned_of_a_field_before_is_not_believed() {
    let story = Story::begin().await;
    // As it was stored before it was kept how an account was shown to be somebody's.
    let old = json!({"accountId": "712020:pavel"});
    created(&story, "1", &issue("B-1", with_email(old.clone(), VERA)))
        .await
        .must_be(202);
    let key = ("EXTERNAL#jira#712020:pavel", "EXTERNAL");
    let later = ["shown_by", "disputed", "email", "org"];
    story.strip("directory", key, &later).await;
    // Without a field it can only have come from one object.
    created(&story, "2", &issue("B-2", old.clone()))
        .await
        .must_be(202);
    assert_eq!(request(&story, "B-2").await.unwrap()["reporter"], VERA);

    map(&story, json!({"name": "jira", "email": [FIELD]})).await;
    created(&story, "3", &issue("B-3", old)).await.must_be(422);
    assert_eq!(request(&story, "B-3").await, None);
}

#[tokio::test]
async fn an_account_with_two_addresses_is_nobodys_until_it_is_forgotten() {
    let story = Story::begin().await;
    let person = customer("qm:1:7");
    created(&story, "1", &issue("D-1", with_email(person.clone(), VERA)))
        .await
        .must_be(202);
    created(&story, "2", &issue("D-2", person.clone()))
        .await
        .must_be(202);
    assert_eq!(request(&story, "D-2").await.unwrap()["reporter"], VERA);
    let other = created(&story, "3", &issue("D-3", with_email(person.clone(), NILS))).await;
    other.must_be(202);
    created(&story, "4", &issue("D-4", person.clone()))
        .await
        .must_be(422);

    let audit = story.items("audit", "").await;
    let disputes = |entry: &&Value| entry["action"] == "account_disputed";
    assert_eq!(audit.iter().filter(disputes).count(), 1);
    let vera = VERA.parse().unwrap();
    let accounts = story.store().accounts_of(&vera).await.unwrap();
    assert!(accounts.len() == 1 && accounts[0].disputed);
    let (source, id) = (&accounts[0].source, &accounts[0].id);
    story
        .operator()
        .forget_account(&vera, source, id)
        .await
        .unwrap();
    created(&story, "5", &issue("D-5", with_email(person.clone(), NILS)))
        .await
        .must_be(202);
    created(&story, "6", &issue("D-6", person))
        .await
        .must_be(202);
    assert_eq!(request(&story, "D-6").await.unwrap()["reporter"], NILS);
    story.check_invariants().await;
}

#[tokio::test]
async fn a_reporter_whom_the_source_describes_is_learned_until_it_does_not() {
    let story = Story::begin().await;
    let described = json!({"name": "jira", "email": [FIELD], "reporter_is_customer": true});
    map(&story, described).await;
    let person = json!({"accountId": "712020:vera", "accountType": "atlassian"});
    let first = with_field(issue("R-1", person.clone()), VERA);
    created(&story, "1", &first).await.must_be(202);
    created(&story, "2", &issue("R-2", person.clone()))
        .await
        .must_be(202);
    updated(
        &story,
        "3",
        &comment("R-1", "comment_created", person.clone(), true),
    )
    .await;
    // They wrote it themselves.
    assert_eq!(story.kinds(VERA), ["request_received", "request_received"]);
    map(&story, json!({"name": "jira", "email": [FIELD]})).await;
    created(&story, "4", &issue("R-3", person))
        .await
        .must_be(422);
}

#[tokio::test]
async fn an_issue_without_a_reporter_is_taken_by_its_field() {
    let story = Story::begin().await;
    map(&story, json!({"name": "jira", "email": [FIELD]})).await;
    for (key, reporter) in [("N-1", json!(null)), ("N-2", json!({}))] {
        let body = with_field(issue(key, reporter), VERA);
        created(&story, key, &body).await.must_be(202);
    }
    let mut missing = with_field(issue("N-3", json!(null)), VERA);
    missing["issue"]["fields"]
        .as_object_mut()
        .unwrap()
        .remove("reporter");
    created(&story, "N-3", &missing).await.must_be(202);
    assert_eq!(story.kinds(VERA), ["request_received"; 3]);
}

#[tokio::test]
async fn a_desks_own_mailbox_raises_no_request_and_is_mailed_none() {
    let story = Story::begin().await;
    let own = [
        "support@lanyard.example",
        "support+form@lanyard.example",
        "ada@lanyard.example",
    ];
    for (number, address) in own.into_iter().enumerate() {
        let key = format!("M-{number}");
        let body = issue(&key, with_email(customer("qm:1:9"), address));
        created(&story, &key, &body).await.must_be(422);
    }
    // Nor do other senders raise one for it.
    let loops = crate::webhooks::events::created("M-9", "support@lanyard.example");
    let answer = story.post("forms", "request-created", "m9", &loops).await;
    assert_eq!(answer.must_be(422).problem()["code"], "access_denied");
    let body = crate::webhooks::events::created_with("M-10", VERA, &["support@lanyard.example"]);
    story
        .post("forms", "request-created", "m10", &body)
        .await
        .must_be(202);
    story.settle().await;
    for address in own {
        assert_eq!(story.kinds(address), [] as [String; 0]);
    }
    assert_eq!(story.kinds(VERA), ["request_received"]);
}

fn resolved(key: &str) -> Value {
    json!({
        "webhookEvent": "jira:issue_updated",
        "timestamp": 1_795_339_900_000_i64,
        "issue": {"key": key, "fields": {
            "status": {"id": "10004", "name": "Fertig", "statusCategory": {"id": 3, "key": "done"}},
        }},
        "changelog": {"items": [{"field": "status", "fieldId": "status", "from": "1", "fromString": "Open",
            "to": "10004", "toString": "Done"}]},
    })
}

#[tokio::test]
async fn a_request_of_a_translated_site_is_closed() {
    let story = Story::begin().await;
    created(
        &story,
        "1",
        &issue("T-1", with_email(customer("qm:1:1"), VERA)),
    )
    .await
    .must_be(202);
    updated(&story, "2", &resolved("T-1")).await;
    assert_eq!(story.kinds(VERA), ["request_received", "request_closed"]);
    let stored = request(&story, "T-1").await.unwrap();
    assert_eq!(
        stored["status"],
        json!({"name": "Done", "category": "done"})
    );
}

#[tokio::test]
async fn a_comment_within_a_change_is_told_once_and_the_status_beside_it_too() {
    let story = Story::begin().await;
    created(
        &story,
        "1",
        &issue("C-1", with_email(customer("qm:1:1"), VERA)),
    )
    .await
    .must_be(202);
    updated(
        &story,
        "2",
        &comment("C-1", "jira:issue_updated", pavel(), true),
    )
    .await;
    assert_eq!(story.kinds(VERA), ["request_received", "request_commented"]);
    // Data Center may tell of the same comment in two ways, and of the status with it.
    updated(
        &story,
        "3",
        &comment("C-1", "comment_created", pavel(), true),
    )
    .await;
    let mut both = resolved("C-1");
    both["comment"] = comment("C-1", "", pavel(), true)["comment"].clone();
    updated(&story, "4", &both).await;
    assert_eq!(
        story.kinds(VERA),
        ["request_received", "request_commented", "request_closed"]
    );

    // Together before their request, and an internal one beside a status.
    let mut early = resolved("C-2");
    early["comment"] = comment("C-2", "", pavel(), true)["comment"].clone();
    updated(&story, "5", &early).await;
    let mut internal = resolved("C-3");
    internal["comment"] = comment("C-3", "", pavel(), false)["comment"].clone();
    updated(&story, "6", &internal).await;
    for key in ["C-2", "C-3"] {
        created(
            &story,
            key,
            &issue(key, with_email(customer("qm:1:2"), NILS)),
        )
        .await
        .must_be(202);
    }
    let mut kinds = story.kinds(NILS);
    kinds.sort();
    let told = [
        "request_closed",
        "request_closed",
        "request_commented",
        "request_received",
        "request_received",
    ];
    assert_eq!(kinds, told);
    story.check_invariants().await;
}
