//! A source in the file: everything but its secrets, which no file holds.

use std::collections::BTreeSet;

use domain::{DeskId, SourceId, network::Cidr};
use hooks::{
    function::{EventType, Function},
    mapping::Mapping,
    scheme::{Scheme, SignatureHeader},
    secret::SecretBox,
    source::{Description, InvalidSource, Source, SourceSecret},
};
use serde::{Deserialize, Serialize};

/// A source, without its secrets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SourceSettings {
    /// The scheme of its signatures.
    pub scheme: Scheme,
    /// The functions it may send to.
    pub functions: BTreeSet<Function>,
    /// The events it may send; empty for every event of its functions.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub events: BTreeSet<EventType>,
    /// The way from its payloads to events.
    pub mapping: Mapping,
    /// The desk of requests that name none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desk: Option<DeskId>,
    /// True for the desk of record.
    pub trusted: bool,
    /// The number of deliveries that it may send in a minute.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deliveries_per_minute: Option<u32>,
    /// The addresses it sends from; empty for any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Cidr>,
}

/// A source in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SourceEntry {
    scheme: String,
    #[serde(default)]
    header: Option<SignatureHeader>,
    functions: BTreeSet<Function>,
    #[serde(default)]
    events: BTreeSet<EventType>,
    #[serde(default)]
    mapping: Mapping,
    #[serde(default)]
    desk: Option<DeskId>,
    #[serde(default = "yes")]
    trusted: bool,
    #[serde(default)]
    deliveries_per_minute: Option<u32>,
    #[serde(default)]
    addresses: Vec<Cidr>,
}

fn yes() -> bool {
    true
}

impl SourceEntry {
    /// `mapping = "jira"` says the same as `mapping = { name = "jira" }`.
    pub(crate) fn write_out(entry: &mut toml::Value) {
        let Some(mapping) = entry.get_mut("mapping") else {
            return;
        };
        if let toml::Value::String(name) = mapping {
            let name = std::mem::take(name);
            *mapping = toml::Table::from_iter([("name".to_owned(), name.into())]).into();
        }
    }

    /// The settings, or the place and the reason of a mistake.
    pub(crate) fn settle(self, id: &SourceId) -> Result<SourceSettings, (&'static str, String)> {
        let scheme = Scheme::new(&self.scheme, self.header)
            .map_err(|error| (".scheme", error.to_string()))?;
        let settings = SourceSettings {
            scheme,
            functions: self.functions,
            events: self.events,
            mapping: self.mapping,
            desk: self.desk,
            trusted: self.trusted,
            deliveries_per_minute: self.deliveries_per_minute,
            addresses: self.addresses,
        };
        // The source itself reports any other mistake.
        let stand_in = SecretBox::new(&[0; 32], None).seal(id, &"-".into(), [0; 12]);
        let secrets = vec![SourceSecret {
            sealed: stand_in,
            valid_until: None,
        }];
        match settings.with_secrets(id, secrets) {
            Ok(_) => Ok(settings),
            Err(error) => {
                let field = match error {
                    InvalidSource::NoFunctions => ".functions",
                    InvalidSource::StrayEvent(_) => ".events",
                    InvalidSource::NoAddresses => ".addresses",
                    InvalidSource::Secrets => "",
                };
                Err((field, error.to_string()))
            }
        }
    }
}

impl SourceSettings {
    /// The source with these settings and secrets.
    pub(crate) fn with_secrets(
        &self,
        id: &SourceId,
        secrets: Vec<SourceSecret>,
    ) -> Result<Source, InvalidSource> {
        Source::try_from(Description {
            id: id.clone(),
            scheme: self.scheme.clone(),
            secrets,
            functions: self.functions.clone(),
            events: self.events.clone(),
            mapping: self.mapping.clone(),
            desk: self.desk.clone(),
            trusted: self.trusted,
            deliveries_per_minute: self.deliveries_per_minute,
            addresses: self.addresses.clone(),
        })
    }

    /// The settings of a source, without its secrets.
    pub(crate) fn of(source: &Source) -> Self {
        Self {
            scheme: source.scheme.clone(),
            functions: source.functions.clone(),
            events: source.events.clone(),
            mapping: source.mapping.clone(),
            desk: source.desk.clone(),
            trusted: source.trusted,
            deliveries_per_minute: source.deliveries_per_minute,
            addresses: source.addresses.clone(),
        }
    }
}
