//! Every call, held against Atlassian's own description of the API, which is not part of the
//! project: paths, methods, queries and bodies as it has them, and its examples as answers.

use std::collections::BTreeMap;

use jira::{AccountId, Client, IssueKey, NewRequest, OrganizationId, RequestTypeId, ServiceDeskId};
use serde_json::{Value, json};

use crate::site::{Answer, Heard, Site};

/// The variable that names the file of the description.
const NAMED_BY: &str = "LANYARD_JIRA_DESCRIPTION";

#[tokio::test]
async fn every_call_and_every_answer_is_as_the_description_has_it() {
    let Ok(path) = std::env::var(NAMED_BY) else {
        tell(&format!(
            "skipped: {NAMED_BY} names no description of the API"
        ));
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let description: Value = serde_json::from_str(&text).unwrap();
    let examples = description.clone();
    let site = Site::answering(move |heard| example(&examples, heard));
    call_everything(&site.client).await;
    let heard = site.heard();
    let mut wrong = Vec::new();
    for call in &heard {
        if let Err(error) = check(&description, call) {
            wrong.push(format!("{} {}: {error}", call.method, call.target));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    tell(&format!(
        "held against the description: {} calls",
        heard.len()
    ));
}

#[expect(clippy::print_stderr, reason = "a test that is skipped has to say so")]
fn tell(line: &str) {
    eprintln!("{line}");
}

/// Calls everything of the desk's own API once. Each answer is an example of the description, and
/// has to be read.
async fn call_everything(client: &Client) {
    let account: AccountId = "qm:a:b".parse().unwrap();
    let accounts = [account.clone()];
    let issue: IssueKey = "SUP-1".parse().unwrap();
    let (desk, organization) = (ServiceDeskId(3), OrganizationId(7));
    client.create_customer("a@acme.example", "A").await.unwrap();
    client.revoke_portal_access(&account).await.unwrap();
    client
        .desk_customers(desk, Some("a"))
        .page(0)
        .await
        .unwrap();
    client.add_desk_customers(desk, &accounts).await.unwrap();
    client.remove_desk_customers(desk, &accounts).await.unwrap();
    client.organizations().page(0).await.unwrap();
    client.create_organization("Acme").await.unwrap();
    client.organization(organization).await.unwrap();
    client.members(organization).page(0).await.unwrap();
    client.add_members(organization, &accounts).await.unwrap();
    client
        .remove_members(organization, &accounts)
        .await
        .unwrap();
    let property = client
        .organization_property::<Value>(organization, "lanyard")
        .await;
    assert!(property.unwrap().is_some());
    let put = client.put_organization_property(organization, "lanyard", json!({ "id": "acme" }));
    put.await.unwrap();
    client.desk_organizations(desk).page(0).await.unwrap();
    client
        .attach_organization(desk, organization)
        .await
        .unwrap();
    client.service_desks().page(0).await.unwrap();
    client.service_desk(desk).await.unwrap();
    let fields = client
        .request_fields(desk, RequestTypeId(12))
        .await
        .unwrap();
    assert!(!fields.is_empty());
    client.participants(&issue).page(0).await.unwrap();
    client.add_participants(&issue, &accounts).await.unwrap();
    client.remove_participants(&issue, &accounts).await.unwrap();
    let request = NewRequest {
        desk,
        kind: RequestTypeId(12),
        fields: BTreeMap::from([("summary".to_owned(), json!("S"))]),
        reporter: Some(account.clone()),
        participants: vec![account],
    };
    client.create_request(&request).await.unwrap();
}

/// The operation that a call is, if the description has it.
fn operation<'a>(description: &'a Value, call: &Heard) -> Option<&'a Value> {
    let path = call.target.split('?').next().unwrap();
    let paths = description["paths"].as_object().unwrap();
    let (_, methods) = paths.iter().find(|(template, _)| fits(template, path))?;
    methods.get(call.method.to_lowercase())
}

fn fits(template: &str, path: &str) -> bool {
    let (template, path): (Vec<_>, Vec<_>) =
        (template.split('/').collect(), path.split('/').collect());
    template.len() == path.len()
        && template
            .iter()
            .zip(path)
            .all(|(one, other)| one.starts_with('{') || *one == other)
}

/// The example of the answer to a call, under its own status.
fn example(description: &Value, call: &Heard) -> Answer {
    let Some(operation) = operation(description, call) else {
        return Answer::empty(404);
    };
    let responses = operation["responses"].as_object().unwrap();
    let (status, response) = responses
        .iter()
        .find(|(status, _)| status.starts_with('2'))
        .unwrap();
    let example = &response["content"]["application/json"]["example"];
    let status = status.parse().unwrap();
    if example.is_null() {
        Answer::empty(status)
    } else {
        Answer::json(status, example)
    }
}

fn check(description: &Value, call: &Heard) -> Result<(), String> {
    let operation = operation(description, call).ok_or("no such operation")?;
    let parameters = operation["parameters"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    let query = call.target.split_once('?').map_or("", |(_, query)| query);
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, _) = pair.split_once('=').unwrap();
        let known = |one: &Value| one["name"] == name && one["in"] == "query";
        if !parameters.iter().any(known) {
            return Err(format!("no parameter {name}"));
        }
    }
    let body = &operation["requestBody"];
    if body.is_null() != call.body.is_null() {
        return Err("a body here and none there".to_owned());
    }
    if body.is_null() {
        return Ok(());
    }
    let mut schema = body["content"]["application/json"]["schema"].clone();
    schema["components"] = description["components"].clone();
    let validator = jsonschema::validator_for(&schema).map_err(|error| error.to_string())?;
    validator
        .validate(&call.body)
        .map_err(|error| error.to_string())
}
