//! Random histories of Jira sites. Whoever wrote them down knows whose each issue really is; Lanyard
//! is told no more than Jira's payloads tell. Nobody is ever mailed about, or shown, a request that is
//! not theirs.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::{Value, json};

use crate::fixture::Story;

const HISTORIES: usize = 12;
const CUSTOMERS: usize = 4;
const FIELD: &str = "customfield_10050";

/// The kinds of descriptions of a site's source.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Site {
    /// Jira's own payload is all there is.
    Plain,
    /// A field has the customer's address; anybody may be the reporter.
    Field,
    /// And the reporter is always that customer, as the source says.
    Described,
}

/// The owner of an account, as only the history knows.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Someone {
    Customer(usize),
    Agent(usize),
    Bot,
    Former,
}

#[derive(Debug, Clone)]
enum Step {
    Issue {
        /// The customer whose it really is; otherwise an agent, a bot or a former user.
        owner: Someone,
        /// In whose name it stands, where that need not be the owner.
        raised_by: Someone,
        /// The values that stand for nobody.
        nobody: usize,
        states_address: bool,
        in_field: bool,
        participant: Option<usize>,
        assigned: bool,
    },
    Comment {
        issue: usize,
        author: Someone,
        public: bool,
        within_change: bool,
    },
    Status {
        issue: usize,
        by: Someone,
        over: bool,
    },
}

#[derive(Debug, Clone)]
struct History {
    site: Site,
    cloud: bool,
    steps: Vec<Step>,
}

fn who() -> impl Strategy<Value = Someone> {
    prop_oneof![
        4 => (0..CUSTOMERS).prop_map(Someone::Customer),
        3 => (0..2usize).prop_map(Someone::Agent),
        1 => Just(Someone::Bot),
        2 => Just(Someone::Former),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let issue = (
        (who(), who(), 0..4usize),
        (any::<bool>(), prop::bool::weighted(0.7), any::<bool>()),
        prop::option::weighted(0.3, 0..CUSTOMERS),
    );
    let issue = issue.prop_map(
        |((owner, raised_by, nobody), (states_address, in_field, assigned), participant)| {
            Step::Issue {
                owner,
                raised_by,
                nobody,
                states_address,
                in_field,
                participant,
                assigned,
            }
        },
    );
    let comment = (0..12usize, who(), any::<bool>(), any::<bool>());
    let comment = comment.prop_map(|(issue, author, public, within_change)| Step::Comment {
        issue,
        author,
        public,
        within_change,
    });
    let status = (0..12usize, who(), any::<bool>());
    let status = status.prop_map(|(issue, by, over)| Step::Status { issue, by, over });
    prop_oneof![4 => issue, 3 => comment, 1 => status]
}

fn history() -> impl Strategy<Value = History> {
    let site = prop_oneof![Just(Site::Plain), Just(Site::Field), Just(Site::Described)];
    let steps = prop::collection::vec(step(), 10..24);
    (site, any::<bool>(), steps).prop_map(|(site, cloud, steps)| History { site, cloud, steps })
}

/// One history on its way into the bundle, and what is really so.
struct Teller<'s> {
    story: &'s Story,
    history: &'s History,
    number: usize,
    sent: usize,
    issues: Vec<Issue>,
}

/// The truth about an issue.
struct Issue {
    key: String,
    owner: Option<String>,
    reporter: Value,
    /// Everybody who may know of it.
    may_know: BTreeSet<String>,
    taken: bool,
    over: bool,
    /// True if an agent has written to its customer since.
    answered: bool,
}

impl Teller<'_> {
    fn address(&self, who: Someone) -> Option<String> {
        let number = self.number;
        match who {
            Someone::Customer(one) => Some(format!("c{one}-{number}@visitor.example")),
            Someone::Agent(one) => Some(format!("a{one}-{number}@agents.example")),
            Someone::Bot | Someone::Former => None,
        }
    }

    fn name(&self, who: Someone) -> String {
        match who {
            Someone::Customer(one) => format!("Customer {one} of {}", self.number),
            Someone::Agent(one) => format!("Agent {one} of {}", self.number),
            Someone::Bot => "Form bot".to_owned(),
            Someone::Former => "Former user".to_owned(),
        }
    }

    /// A person in this Jira's form.
    fn person(&self, who: Someone, states_address: bool, nobody: usize) -> Value {
        let number = self.number;
        let mut person = match (who, self.history.cloud) {
            // Of the customers every second one is a colleague.
            (Someone::Customer(one), true) if one % 2 == 0 => {
                json!({"accountId": format!("qm:{number}:c{one}"), "accountType": "customer"})
            }
            (Someone::Customer(one), true) => {
                json!({"accountId": format!("712020:{number}c{one}"), "accountType": "atlassian"})
            }
            (Someone::Customer(one), false) => json!({"key": format!("JIRAUSER{number}0{one}"),
                "name": format!("c{one}-{number}")}),
            (Someone::Agent(one), true) => {
                json!({"accountId": format!("712020:{number}a{one}"), "accountType": "atlassian"})
            }
            (Someone::Agent(one), false) => json!({"key": format!("a{one}-{number}"),
                "name": format!("a{one}-{number}")}),
            (Someone::Bot, true) => json!({"accountId": "557058:bot", "accountType": "app"}),
            // Data Center does not say that it is one.
            (Someone::Bot, false) => json!({"key": "mailhandler", "name": "mailhandler"}),
            (Someone::Former, true) => [
                json!({"accountId": "unknown"}),
                json!({"accountId": "unknown", "accountType": "unknown"}),
                json!({"accountId": ""}),
                json!({"accountId": "5f0", "accountType": "unknown"}),
            ][nobody]
                .clone(),
            (Someone::Former, false) => [
                json!({"key": "JIRAUSER10", "name": "jirauser10"}),
                json!({"key": "gone", "name": "gone", "emailAddress": "?"}),
                json!({"name": "anonymous"}),
                json!({"key": ""}),
            ][nobody]
                .clone(),
        };
        person["displayName"] = json!(self.name(who));
        if let (true, Some(address)) = (states_address, self.address(who)) {
            person["emailAddress"] = json!(address);
        }
        person
    }

    async fn post(&mut self, function: &str, body: &Value) -> u16 {
        let source = match self.history.site {
            Site::Plain => "jira",
            Site::Field => "jira-field",
            Site::Described => "jira-described",
        };
        self.sent += 1;
        let id = format!("{}-{}", self.number, self.sent);
        self.story.post(source, function, &id, body).await.status
    }

    async fn tell(&mut self, step: &Step) {
        match step.clone() {
            Step::Issue { .. } => self.issue(step).await,
            Step::Comment {
                issue,
                author,
                public,
                within_change,
            } => self.comment(issue, author, public, within_change).await,
            Step::Status { issue, by, over } => self.status(issue, by, over).await,
        }
    }

    async fn issue(&mut self, step: &Step) {
        let Step::Issue {
            owner,
            raised_by,
            nobody,
            states_address,
            in_field,
            participant,
            assigned,
        } = step.clone()
        else {
            unreachable!("only issues are raised")
        };
        let customer = matches!(owner, Someone::Customer(_));
        let in_field = in_field && customer && self.history.site != Site::Plain;
        // Where the field has no address, and where the description promises it, the reporter is the
        // one whose issue it is.
        let stands_for = in_field && self.history.site == Site::Field;
        let reporter = if stands_for { raised_by } else { owner };
        let key = format!("H{}-{}", self.number, self.issues.len());
        let mut fields = json!({
            "summary": format!("Salary of {key}."),
            "issuetype": {"id": "10", "name": "Vorfall"},
            "reporter": self.person(reporter, states_address, nobody),
            "creator": self.person(raised_by, states_address, nobody),
            "assignee": if assigned { self.person(Someone::Agent(nobody % 2), false, 0) } else { json!(null) },
        });
        if stands_for && nobody == 0 {
            fields["reporter"] = json!(null);
        }
        let address = self.address(owner);
        if in_field {
            fields[FIELD] = json!(address);
        }
        let mut may_know: BTreeSet<String> = address.iter().cloned().collect();
        if let Some(one) = participant {
            let one = Someone::Customer(one);
            fields["participants"] = json!([
                self.person(one, states_address, 0),
                self.person(Someone::Former, false, nobody)
            ]);
            may_know.extend(self.address(one));
        }
        let body = json!({
            "webhookEvent": "jira:issue_created",
            "timestamp": 1_795_339_800_000_i64 + i64::try_from(self.sent).unwrap(),
            "user": self.person(raised_by, false, nobody),
            "issue": {"key": key, "fields": fields},
        });
        let status = self.post("request-created", &body).await;
        assert!(matches!(status, 202 | 422), "{status}: {body}");
        // Whose address the payload gives is never turned away.
        assert!(
            status == 202 || !(in_field || (states_address && address.is_some())),
            "{body}"
        );
        self.issues.push(Issue {
            key,
            reporter: body["issue"]["fields"]["reporter"].clone(),
            owner: address,
            may_know,
            taken: status == 202,
            over: false,
            answered: false,
        });
    }

    async fn comment(&mut self, issue: usize, author: Someone, public: bool, within_change: bool) {
        let Some(index) = issue.checked_rem(self.issues.len()) else {
            return;
        };
        let key = self.issues[index].key.clone();
        let word = if public { "Said" } else { "Secret" };
        let author_of = self.person(author, false, 1);
        let body = json!({
            "webhookEvent": if within_change { "jira:issue_updated" } else { "comment_created" },
            "issue_event_type_name": "issue_commented",
            "timestamp": 1_795_339_800_000_i64 + i64::try_from(self.sent).unwrap(),
            "user": author_of,
            "issue": {"key": key, "fields": {"reporter": self.issues[index].reporter}},
            "comment": {"id": format!("{}", self.sent), "body": format!("{word} of {key}."),
                "author": author_of, "jsdPublic": public},
        });
        assert_eq!(self.post("request-updated", &body).await, 202, "{body}");
        let issue = &mut self.issues[index];
        issue.answered |= public && issue.taken && matches!(author, Someone::Agent(_));
    }

    async fn status(&mut self, issue: usize, by: Someone, over: bool) {
        let Some(index) = issue.checked_rem(self.issues.len()) else {
            return;
        };
        let (id, original, translated, category) = if over {
            ("4", "Done", "Fertig", "done")
        } else {
            ("3", "Checking", "In Prüfung", "indeterminate")
        };
        let key = self.issues[index].key.clone();
        let body = json!({
            "webhookEvent": "jira:issue_updated",
            "timestamp": 1_795_339_800_000_i64 + i64::try_from(self.sent).unwrap(),
            "user": self.person(by, false, 2),
            "issue": {"key": key, "fields": {"status": {"id": id, "name": translated,
                "statusCategory": {"key": category}}}},
            "changelog": {"items": [{"field": "status", "fieldId": "status", "to": id,
                "toString": original}]},
        });
        assert_eq!(self.post("request-updated", &body).await, 202, "{body}");
        self.issues[index].over = over;
    }
}

/// Compares the effects with the truth.
async fn judge(story: &Story, issues: &[Issue], names: &BTreeMap<String, String>) {
    let mails = story.local().mailbox.list(None);
    for mail in &mails {
        let said = format!("{} {}", mail.subject, mail.text);
        assert!(!said.contains("Secret of"), "{said}");
        for issue in issues
            .iter()
            .filter(|issue| said.contains(&format!("of {}.", issue.key)))
        {
            for to in &mail.to {
                assert!(
                    issue.may_know.contains(to),
                    "{to} was mailed {}: {said}",
                    issue.key
                );
            }
        }
    }
    for issue in issues {
        let records = story
            .items("requests", &format!("REQUEST#support#{}", issue.key))
            .await;
        let records: Vec<_> = records
            .iter()
            .filter(|item| item["pk"] == format!("REQUEST#support#{}", issue.key))
            .collect();
        for item in &records {
            if let Some(viewer) = item["viewer"].as_str() {
                assert!(
                    issue.may_know.contains(viewer),
                    "{viewer} sees {}",
                    issue.key
                );
            }
            assert!(!item.to_string().contains("Secret of"), "{item}");
        }
        let request = records.iter().find(|item| item["sk"] == "REQUEST");
        let Some(request) = request.filter(|_| issue.taken) else {
            continue;
        };
        assert_eq!(
            request["reporter"].as_str(),
            issue.owner.as_deref(),
            "{}",
            issue.key
        );
        let owner = issue.owner.as_ref().unwrap();
        if let Some(name) = request["reporter_name"].as_str() {
            assert_eq!(name, names[owner], "{}", issue.key);
        }
        assert_eq!(
            request["status"]["category"] == "done",
            issue.over,
            "{request}"
        );
        let told = mails.iter().any(|mail| {
            let about = mail.text.contains(&format!("Said of {}.", issue.key));
            mail.kind == "request_commented" && mail.to.contains(owner) && about
        });
        let own = owner.contains("@agents.");
        assert!(
            told || own || !issue.answered,
            "{owner} never heard of {}",
            issue.key
        );
    }
    for item in story.items("directory", "CUSTOMER#").await {
        let email = item["email"].as_str().unwrap();
        if let (Some(known), Some(name)) = (names.get(email), item["name"].as_str()) {
            assert_eq!(name, known, "{email}");
        }
    }
}

#[tokio::test]
async fn nobody_is_mailed_about_or_shown_a_request_that_is_not_theirs() {
    let story = Story::begin().await;
    story
        .apply(|world| {
            let sources = world["source"].as_table_mut().unwrap();
            let participants = "/issue/fields/participants";
            for (source, flag) in [
                ("jira", None),
                ("jira-field", Some(false)),
                ("jira-described", Some(true)),
            ] {
                let mut mapping = json!({"name": "jira", "participants": participants});
                if let Some(flag) = flag {
                    mapping["email"] = json!([format!("/issue/fields/{FIELD}")]);
                    mapping["reporter_is_customer"] = json!(flag);
                }
                let mut described = sources["jira"].clone();
                let mapping: toml::Value = serde_json::from_value(mapping).unwrap();
                described
                    .as_table_mut()
                    .unwrap()
                    .insert("mapping".to_owned(), mapping);
                sources.insert(source.to_owned(), described);
            }
        })
        .await
        .unwrap();
    let mut runner = TestRunner::deterministic();
    let mut taken = 0;
    for number in 0..HISTORIES {
        let history = history().new_tree(&mut runner).unwrap().current();
        let mut teller = Teller {
            story: &story,
            history: &history,
            number,
            sent: 0,
            issues: Vec::new(),
        };
        let everybody = (0..CUSTOMERS)
            .map(Someone::Customer)
            .chain([Someone::Agent(0), Someone::Agent(1)]);
        let names = everybody
            .map(|who| (teller.address(who).unwrap(), teller.name(who)))
            .collect();
        for step in &history.steps {
            teller.tell(step).await;
        }
        story.settle().await;
        let issues = teller.issues;
        taken += issues.iter().filter(|issue| issue.taken).count();
        judge(&story, &issues, &names).await;
    }
    assert!(taken > HISTORIES, "the histories are about something");
}
