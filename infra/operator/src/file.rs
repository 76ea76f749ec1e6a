//! The world file: desks, organisations and sources, in TOML.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    DeskId, DomainName, EmailAddress, OrgId, Policy, RequestTypeId, SourceId, Version,
    desk::{Access, Announcement, Desk, Field, FieldKind, JiraDesk, RequestType, Transition},
    network::Cidr,
    organization::Counterpart,
    request::{Category, Status},
    text::{Line, Name, Text, Title},
};
use serde::{Deserialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use crate::{
    Lead, OrganizationSettings, PolicyOverrides, World, check,
    jira::JiraEntry,
    problem::{InvalidFile, Problems},
    source::SourceEntry,
};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct DeskEntry {
    name: Name,
    sender: EmailAddress,
    inbox: Option<EmailAddress>,
    administrators: BTreeSet<EmailAddress>,
    access: Access,
    #[serde(default)]
    networks: Vec<Cidr>,
    #[serde(default, rename = "request_type")]
    request_types: Vec<RequestTypeEntry>,
    #[serde(default, rename = "transition")]
    transitions: Vec<TransitionEntry>,
    #[serde(default, rename = "announcement")]
    announcements: Vec<AnnouncementEntry>,
    jira: Option<JiraEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RequestTypeEntry {
    id: RequestTypeId,
    name: Title,
    group: Option<Title>,
    description: Option<Text<2_000>>,
    #[serde(default, rename = "field")]
    fields: Vec<FieldEntry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldEntry {
    id: Line<64>,
    label: Title,
    kind: FieldKind,
    #[serde(default)]
    required: bool,
    help: Option<Title>,
    #[serde(default)]
    choices: Vec<Title>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct TransitionEntry {
    name: Title,
    from: BTreeSet<Category>,
    to: StatusEntry,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct StatusEntry {
    name: Title,
    category: Category,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AnnouncementEntry {
    title: Title,
    body: Text<4_000>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OrganizationEntry {
    name: Name,
    desk: DeskId,
    #[serde(default)]
    domains: BTreeSet<DomainName>,
    leads: Vec<LeadEntry>,
    /// The number of its counterpart at Jira.
    jira: Option<u64>,
    #[serde(default)]
    policy: PolicyOverrides,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LeadEntry {
    email: EmailAddress,
    name: Option<Name>,
}

impl World {
    /// Reads a file and checks all of it.
    ///
    /// # Errors
    /// All mistakes in it, each with its path.
    #[expect(clippy::missing_panics_doc, reason = "it never panics")]
    pub fn parse(text: &str) -> Result<Self, InvalidFile> {
        let mut problems = Problems::default();
        let mut file = match text.parse::<toml::Table>() {
            Ok(file) => file,
            Err(error) => {
                problems.note(place(text, &error), error.message());
                toml::Table::new()
            }
        };
        let defaults = defaults(&mut file, &mut problems);
        let desks: BTreeMap<_, _> = section(&mut file, "desk", &mut problems)
            .into_iter()
            .map(|(id, entry): (DeskId, DeskEntry)| (id.clone(), entry.into_desk(id)))
            .collect();
        let organizations = section(&mut file, "organization", &mut problems)
            .into_iter()
            .map(|(id, entry): (OrgId, OrganizationEntry)| {
                let desk = desks.get(&entry.desk);
                (id, entry.settle(&defaults, desk))
            })
            .collect();
        let sources = section(&mut file, "source", &mut problems)
            .into_iter()
            .filter_map(
                |(id, entry): (SourceId, SourceEntry)| match entry.settle(&id) {
                    Ok(settings) => Some((id, settings)),
                    Err((field, wrong)) => {
                        problems.note(format!("source.{id}{field}"), wrong);
                        None
                    }
                },
            )
            .collect();
        for stray in file.keys() {
            problems.note(stray, "is none of defaults, desk, organization, source");
        }
        let world = Self {
            sha256: Line::new(&hex::encode(Sha256::digest(text)))
                .expect("64 hexadecimal digits are a line"),
            desks,
            organizations,
            sources,
        };
        check::world(&world, &mut problems);
        problems.or(world)
    }
}

/// The place where a file stops being TOML.
fn place(text: &str, error: &toml::de::Error) -> String {
    let start = error.span().map_or(0, |span| span.start);
    let before = text.get(..start).unwrap_or(text);
    format!("line {}", before.matches('\n').count() + 1)
}

/// One of the file's sections: a table of named entries.
fn section<I, T>(file: &mut toml::Table, name: &str, problems: &mut Problems) -> BTreeMap<I, T>
where
    I: std::str::FromStr<Err: std::fmt::Display> + Ord,
    T: DeserializeOwned,
{
    let mut found = BTreeMap::new();
    let entries = match file.remove(name) {
        None => return found,
        Some(toml::Value::Table(entries)) => entries,
        Some(_) => {
            problems.note(name, format!("write [{name}.id] for each {name}"));
            return found;
        }
    };
    for (key, mut value) in entries {
        let path = format!("{name}.{key}");
        if name == "source" {
            SourceEntry::write_out(&mut value);
        }
        let id = match key.parse() {
            Ok(id) => Some(id),
            Err(error) => {
                problems.note(&path, error);
                None
            }
        };
        if let (Some(id), Some(entry)) = (id, entry(value, &path, problems)) {
            found.insert(id, entry);
        }
    }
    found
}

/// One entry. A mistake is noted under its path.
pub(crate) fn entry<T: DeserializeOwned>(
    value: toml::Value,
    path: &str,
    problems: &mut Problems,
) -> Option<T> {
    match serde_path_to_error::deserialize(value) {
        Ok(entry) => Some(entry),
        Err(error) => {
            let inner = error.path().to_string();
            let path = if inner == "." {
                path.to_owned()
            } else {
                format!("{path}.{inner}")
            };
            problems.note(path, error.inner().message());
            None
        }
    }
}

fn defaults(file: &mut toml::Table, problems: &mut Problems) -> Policy {
    let overrides: PolicyOverrides = file
        .remove("defaults")
        .and_then(|value| entry(value, "defaults", problems))
        .unwrap_or_default();
    overrides.over(&Policy::default())
}

impl DeskEntry {
    fn into_desk(self, id: DeskId) -> Desk {
        Desk {
            id,
            name: self.name,
            sender: self.sender,
            inbox: self.inbox,
            administrators: self.administrators,
            access: self.access,
            networks: self.networks,
            request_types: self
                .request_types
                .into_iter()
                .map(RequestTypeEntry::into_request_type)
                .collect(),
            transitions: self
                .transitions
                .into_iter()
                .map(|entry| Transition {
                    name: entry.name,
                    from: entry.from,
                    to: Status {
                        name: entry.to.name,
                        category: entry.to.category,
                    },
                })
                .collect(),
            announcements: self
                .announcements
                .into_iter()
                .map(|entry| Announcement {
                    title: entry.title,
                    body: entry.body,
                })
                .collect(),
            jira: self.jira.map(JiraEntry::settle),
            version: Version::NEW,
        }
    }
}

impl RequestTypeEntry {
    fn into_request_type(self) -> RequestType {
        RequestType {
            id: self.id,
            name: self.name,
            group: self.group,
            description: self.description,
            fields: self
                .fields
                .into_iter()
                .map(|entry| Field {
                    id: entry.id,
                    label: entry.label,
                    kind: entry.kind,
                    required: entry.required,
                    help: entry.help,
                    choices: entry.choices,
                })
                .collect(),
        }
    }
}

impl OrganizationEntry {
    fn settle(self, defaults: &Policy, desk: Option<&Desk>) -> OrganizationSettings {
        let jira = desk.and_then(|desk| desk.jira.as_ref());
        let connected = |jira: &JiraDesk| Counterpart {
            id: self.jira,
            written: jira.writes_people(),
        };
        let mut policy = self.policy.over(defaults);
        if self.policy.allowed_domains.is_none() {
            policy.allowed_domains.extend(self.domains.iter().cloned());
        }
        OrganizationSettings {
            name: self.name,
            desk: self.desk,
            policy,
            // A number without a connection is a mistake, which the checks name.
            counterpart: jira.map(connected).or(self.jira.map(|id| Counterpart {
                id: Some(id),
                written: false,
            })),
            domains: self.domains,
            leads: self
                .leads
                .into_iter()
                .map(|entry| Lead {
                    email: entry.email,
                    name: entry.name,
                })
                .collect(),
        }
    }
}
