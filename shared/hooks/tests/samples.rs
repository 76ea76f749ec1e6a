//! Every file in `events/`, signed as its sender would, verified, mapped and read.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use domain::event::EventData;
use domain::request::{AuthorRole, Category, Destination};
use domain::{EmailAddress, Timestamp};
use hooks::function::Function;
use hooks::mapping::{FormMapping, JiraMapping, Mapping, People};
use hooks::read::{Read, ReadError, payload, read};
use hooks::scheme::{Scheme, sign, verify};
use hooks::secret::{SecretBox, generate};
use hooks::source::{Description, Source, SourceSecret};
use serde_json::Value;

const NOW: &str = "2026-11-22T09:30:00Z";

fn now() -> Timestamp {
    NOW.parse().unwrap()
}

fn keys() -> SecretBox {
    SecretBox::new(&[7; 32], None)
}

/// The sources of the seeded world.
fn source(id: &str) -> Source {
    let hub = Scheme::HubSignature { header: None };
    let (scheme, mapping, desk, functions) = match id {
        "forms" => (
            Scheme::StandardWebhooks,
            Mapping::Canonical,
            None,
            &Function::ALL[..],
        ),
        "jira" => (
            hub,
            Mapping::Jira(JiraMapping::default()),
            Some("support"),
            &[Function::RequestCreated, Function::RequestUpdated][..],
        ),
        "typeform" => (
            Scheme::Typeform,
            Mapping::Typeform(FormMapping::default()),
            Some("it"),
            &[Function::RequestCreated][..],
        ),
        "tally" => (
            Scheme::Tally,
            Mapping::Tally(FormMapping::default()),
            Some("it"),
            &[Function::RequestCreated][..],
        ),
        "hr" => (
            Scheme::StandardWebhooks,
            Mapping::Canonical,
            None,
            &[Function::MemberOffboarded][..],
        ),
        other => panic!("no source {other} in the seeded world"),
    };
    let id = id.parse().unwrap();
    let sealed = keys().seal(&id, &generate(&scheme, [5; 32]), [6; 12]);
    Source::try_from(Description {
        id,
        scheme,
        secrets: vec![SourceSecret {
            sealed,
            valid_until: None,
        }],
        functions: functions.iter().copied().collect(),
        events: BTreeSet::new(),
        mapping,
        desk: desk.map(|desk| desk.parse().unwrap()),
        trusted: true,
        deliveries_per_minute: None,
        addresses: Vec::new(),
    })
    .unwrap()
}

struct Sample {
    /// `function/case`
    name: String,
    text: Value,
}

impl Sample {
    fn read(&self, people: &People) -> Result<Read, ReadError> {
        let source = source(self.text["source"].as_str().unwrap());
        let function: Function = self.text["function"].as_str().unwrap().parse().unwrap();
        let body = serde_json::to_vec(&self.text["body"]).unwrap();
        let secrets = source.open(&keys(), now()).unwrap();
        let id = "msg_sample".parse().unwrap();
        let headers = sign(&source.scheme, &secrets[0], &id, now(), &body).unwrap();
        verify(&source.scheme, &headers, &body, &secrets, now()).unwrap();
        let payload = payload(&source, function, &body)?;
        read(&source, function, payload, people, now())
    }
}

/// All samples, each after the one that it builds on.
fn samples() -> Vec<Sample> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../events");
    let mut waiting: Vec<Sample> = files(&root)
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let name = path.strip_prefix(&root).unwrap().with_extension("");
            Sample {
                name: name.to_str().unwrap().to_owned(),
                text: serde_json::from_str(&text).unwrap(),
            }
        })
        .collect();
    let mut ordered: Vec<Sample> = Vec::new();
    while !waiting.is_empty() {
        let ready = waiting.iter().position(|sample| {
            let after = sample.text["after"].as_str();
            after.is_none_or(|after| ordered.iter().any(|done| done.name == after))
        });
        let ready = ready.unwrap_or_else(|| panic!("nothing comes before {}", waiting[0].name));
        ordered.push(waiting.remove(ready));
    }
    ordered
}

fn files(root: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = Function::ALL
        .into_iter()
        .flat_map(|function| std::fs::read_dir(root.join(function.as_str())).unwrap())
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    files.sort();
    files
}

/// Every sample's event, by name. An account that one teaches is known to the next.
fn events() -> BTreeMap<String, Result<Read, ReadError>> {
    let mut people = People::default();
    let mut events = BTreeMap::new();
    for sample in samples() {
        let result = sample.read(&people);
        if let Ok(Read::Events { learned, .. }) = &result {
            let learned = learned.clone().into_iter();
            let addresses = learned.map(|(account, claim)| (account, claim.address));
            people.accounts.extend(addresses);
        }
        events.insert(sample.name, result);
    }
    events
}

fn event(name: &str) -> EventData {
    match events().remove(name) {
        Some(Ok(Read::Events { mut events, .. })) => events.remove(0).what,
        other => panic!("{name}: {other:?}"),
    }
}

#[test]
fn every_sample_says_where_it_goes_and_what_to_expect() {
    for Sample { name, text } in samples() {
        assert_eq!(text["function"], name.split('/').next().unwrap(), "{name}");
        assert!(text["description"].is_string(), "{name}");
        assert!(text["expect"]["status"].is_u64(), "{name}");
        for item in text["expect"]["items"].as_array().unwrap() {
            assert!(
                item["table"].is_string() && item["pk"].is_string(),
                "{name}"
            );
        }
        for mail in text["expect"]["mails"].as_array().unwrap() {
            let to: EmailAddress = mail["to"].as_str().unwrap().parse().unwrap();
            assert!(to.domain().as_str().ends_with("example"), "{name}");
            assert!(mail["kind"].is_string(), "{name}");
        }
    }
}

#[test]
fn every_sample_is_read_or_refused_as_it_expects() {
    let mut events = events();
    for Sample { name, text } in samples() {
        let expected = &text["expect"];
        match (
            expected["status"].as_u64().unwrap(),
            events.remove(&name).unwrap(),
        ) {
            // A business rule refuses a 422 later.
            (202, Ok(_)) | (422, Ok(Read::Events { .. })) => {}
            (status, Err(error)) => {
                let problem = error.problem();
                assert_eq!(u64::from(problem.status), status, "{name}: {error}");
                assert_eq!(
                    problem.field.as_deref(),
                    expected["body"]["field"].as_str(),
                    "{name}"
                );
                assert_eq!(
                    problem.code.as_deref(),
                    expected["body"]["code"].as_str(),
                    "{name}"
                );
            }
            (status, read) => panic!("{name}: {status} is expected of {read:?}"),
        }
    }
}

#[test]
fn every_event_type_has_a_sample() {
    let seen: BTreeSet<&str> = events()
        .values()
        .filter_map(|read| match read {
            Ok(Read::Events { events, .. }) => Some(events[0].what.name()),
            _ => None,
        })
        .collect();
    assert_eq!(seen.len(), 10);
}

#[test]
fn an_issue_of_jira_becomes_a_request_of_its_desk() {
    let EventData::RequestCreated(created) = event("request-created/jira-issue") else {
        panic!("another event")
    };
    assert_eq!(created.request.to_string(), "support/SUP-201");
    assert_eq!(created.kind.as_str(), "Incident");
    assert_eq!(created.summary.as_str(), "Export turns grey");
    assert!(
        created
            .description
            .unwrap()
            .as_str()
            .starts_with("When I press")
    );
    assert_eq!(
        created.url.unwrap().as_str(),
        "https://support-desk.example/browse/SUP-201"
    );
    assert_eq!(created.reporter.email.as_str(), "oda@visitor.example");
    assert_eq!(created.reporter.name.unwrap().as_str(), "Oda Berg");
}

#[test]
fn an_account_without_address_is_known_once_it_came_with_one() {
    let EventData::RequestCreated(created) = event("request-created/jira-issue-by-known-account")
    else {
        panic!("another event")
    };
    assert_eq!(created.reporter.email.as_str(), "oda@visitor.example");
    let stranger = events().remove("request-created/jira-issue-by-unknown-account");
    let error = stranger.unwrap().unwrap_err();
    assert!(error.parkable());
}

#[test]
fn jiras_comments_are_public_by_their_mark_alone() {
    for (name, public, role, email) in [
        ("jira-public-comment", true, AuthorRole::Agent, None),
        ("jira-internal-comment", false, AuthorRole::Agent, None),
        (
            "jira-customers-comment",
            true,
            AuthorRole::Customer,
            Some("oda@visitor.example"),
        ),
    ] {
        let EventData::RequestCommented(comment) = event(&format!("request-updated/{name}")) else {
            panic!("another event")
        };
        assert_eq!(
            (comment.public, comment.author.role),
            (public, role),
            "{name}"
        );
        let author = comment.author.email;
        assert_eq!(author.as_ref().map(EmailAddress::as_str), email, "{name}");
    }
}

#[test]
fn jiras_changelog_becomes_a_status() {
    let EventData::RequestTransitioned(change) = event("request-updated/jira-status-changed")
    else {
        panic!("another event")
    };
    assert_eq!(change.to.name.as_str(), "Waiting for customer");
    assert_eq!(change.to.category, Category::WaitingForCustomer);
    let EventData::RequestTransitioned(change) = event("request-updated/jira-resolved") else {
        panic!("another event")
    };
    assert_eq!(change.to.category, Category::Done);
    assert_eq!(change.resolution.unwrap().as_str(), "Done");
    assert_eq!(
        events()["request-updated/jira-label-changed"],
        Ok(Read::Nothing("an issue changed without its status"))
    );
}

#[test]
fn jiras_move_names_both_keys() {
    let EventData::RequestMoved(moved) = event("request-updated/jira-moved") else {
        panic!("another event")
    };
    assert_eq!(moved.request.to_string(), "support/SUP-201");
    assert_eq!(moved.to.served().unwrap().to_string(), "support/CARE-11");
    let EventData::RequestMoved(moved) = event("request-updated/moved-elsewhere") else {
        panic!("another event")
    };
    assert_eq!(moved.to, Destination::Elsewhere("HR-2".parse().unwrap()));
}

#[test]
fn data_centers_comment_within_a_change_is_the_desks() {
    let EventData::RequestCommented(comment) = event("request-updated/jira-data-center-comment")
    else {
        panic!("another event")
    };
    assert_eq!(
        (comment.public, comment.author.role),
        (true, AuthorRole::Agent)
    );
    assert_eq!(comment.request.to_string(), "support/CARE-11");
}

#[test]
fn a_former_user_is_nobody() {
    let former = events().remove("request-created/jira-issue-by-a-former-user");
    let error = former.unwrap().unwrap_err();
    assert_eq!(error.problem().code.as_deref(), Some("unknown_account"));
}

/// A form's request as (key, type, summary, description, reporter, fields).
fn form(name: &str) -> String {
    let EventData::RequestCreated(created) = event(name) else {
        panic!("another event")
    };
    let mut text = format!(
        "{} | {} | {} | {:?} | {} <{}>\n",
        created.request,
        created.kind,
        created.summary,
        created.description.unwrap().as_str(),
        created.reporter.name.unwrap(),
        created.reporter.email,
    );
    for (name, answer) in created.fields {
        writeln!(text, "{name}: {answer}").unwrap();
    }
    text
}

#[test]
fn a_typeform_response_becomes_a_request() {
    insta::assert_snapshot!(form("request-created/typeform-response"), @r#"
    it/a3a12ec67a1365927098a606107fbc15 | New equipment | A laptop for the new colleague | "She starts on the first of December.\nA used one will do." | Kim Okafor <kim@lanyard.example>
    Anything with it?: Dock, Mouse, A bag
    Has your manager agreed?: yes
    How many?: 1
    Keyboard layout: Swedish
    Needed by: 2026-12-01
    campus: north
    "#);
}

#[test]
fn a_tally_response_becomes_a_request() {
    insta::assert_snapshot!(form("request-created/tally-response"), @r#"
    it/2wgx4n | Access to a system | Read access to the ledger | "I close the books in December." | Ravi Nair <ravi@lanyard.example>
    From: 2026-12-01
    How urgent is it?: 3
    Rights: Read, Export
    Signed form: form.pdf (https://storage.example/form.pdf)
    System: Ledger
    "#);
}
