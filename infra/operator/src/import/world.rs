//! Organisations that are not known here, as a piece of a world file.

use std::collections::BTreeSet;

use domain::{DeskId, OrgId, Policy};

use super::{OrganizationThere, account::Accounts};

/// The number of people who are named as possible leads.
const NAMED: usize = 3;
/// The number of characters in the longest name of an organisation here that is made of one there.
const LONGEST: usize = 40;

/// A section for each organisation. Somebody has to name the leads.
pub(super) fn piece(desk: &DeskId, new: &[&OrganizationThere], accounts: &Accounts) -> String {
    let mut taken = BTreeSet::new();
    let mut lines = Vec::new();
    for there in new {
        let name = there.organization.name.as_deref().unwrap_or_default();
        let id = free_id(name.trim(), there, &mut taken);
        lines.extend(section(&id, desk, there, accounts));
    }
    lines.join("\n")
}

/// An identifier that no other organisation of the piece has.
fn free_id(name: &str, there: &OrganizationThere, taken: &mut BTreeSet<OrgId>) -> OrgId {
    let number = there.organization.id;
    let slug = slug(name);
    let candidates = [
        slug.clone(),
        format!("{slug}-{number}"),
        format!("jira-{number}"),
    ];
    let mut free = candidates
        .iter()
        .filter_map(|text| text.parse::<OrgId>().ok());
    let id = free.find(|id| !taken.contains(id));
    let id = id.expect("a number there is an identifier of one organisation");
    taken.insert(id.clone());
    id
}

fn section(
    id: &OrgId,
    desk: &DeskId,
    there: &OrganizationThere,
    accounts: &Accounts,
) -> Vec<String> {
    let name = there.organization.name.as_deref().map(str::trim);
    let name = name.filter(|name| !name.is_empty()).unwrap_or(id.as_str());
    let people: Vec<&str> = there
        .members
        .iter()
        .filter_map(|user| accounts.get(&user.account_id).ok())
        .map(|person| person.email.as_str())
        .collect();
    let mut lines = vec![
        format!("[organization.{id}]"),
        format!("name = {}", quoted(name)),
        format!("desk = {}", quoted(desk.as_str())),
        format!("jira = {}", there.organization.id),
    ];
    if there.organization.is_scim_managed() {
        let line = "# An identity provider feeds it there: Lanyard only compares it.";
        lines.push(line.to_owned());
    }
    let some = people.iter().take(NAMED).copied().collect::<Vec<_>>();
    lines.push(match some.as_slice() {
        [] => "# Nobody is in it.".to_owned(),
        some => format!(
            "# {} people. Name a lead, such as {}.",
            people.len(),
            some.join(", ")
        ),
    });
    lines.push("leads = []".to_owned());
    let cap = usize::try_from(Policy::default().seat_cap).unwrap_or(usize::MAX);
    // The lead may be somebody else.
    let seats = people.len() + 1;
    if seats > cap {
        lines.push(format!("policy.seat_cap = {seats}"));
    }
    lines.push(String::new());
    lines
}

/// A name as an identifier: lower-case letters, digits and single hyphens.
fn slug(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.to_lowercase().chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= LONGEST {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}
