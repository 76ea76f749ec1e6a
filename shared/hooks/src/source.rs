//! A sender that an administrator registered.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::ops::Deref;

use domain::Timestamp;
use domain::id::{DeskId, SourceId};
use domain::network::Cidr;
use secrecy::ExposeSecret;
use serde::{Deserialize, Serialize};

use crate::function::{EventType, Function};
use crate::mapping::Mapping;
use crate::scheme::Scheme;
use crate::secret::{InvalidSecret, OpenError, Sealed, Secret, SecretBox};

/// The largest number of secrets that are valid at once: the new one and, during a rotation, the
/// old.
pub const MAX_SECRETS: usize = 2;

/// A source with a consistent description. Serialises as its description.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Description", into = "Description")]
pub struct Source(Description);

/// The description of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Description {
    /// The name in the path `/hooks/{source}/{function}`.
    pub id: SourceId,
    /// The scheme of its signatures.
    pub scheme: Scheme,
    /// Its secrets, newest first.
    pub secrets: Vec<SourceSecret>,
    /// The functions it may send to.
    pub functions: BTreeSet<Function>,
    /// The events it may send; empty for every event of its functions.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub events: BTreeSet<EventType>,
    /// The way from its payloads to events.
    #[serde(default)]
    pub mapping: Mapping,
    /// The desk of requests that name none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub desk: Option<DeskId>,
    /// True for the desk of record, whose requests are always recorded, because the desk has taken
    /// them already. Otherwise the desk's own rules decide.
    #[serde(default = "is_trusted")]
    pub trusted: bool,
    /// The number of deliveries that it may send in a minute; `None` for any number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deliveries_per_minute: Option<u32>,
    /// The addresses it sends from; empty for any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub addresses: Vec<Cidr>,
}

fn is_trusted() -> bool {
    true
}

/// One secret of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceSecret {
    /// Encrypted, bound to the source's id.
    pub sealed: Sealed,
    /// The end of its validity; `None` for no end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Timestamp>,
}

/// The reason why a description is invalid.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSource {
    /// No secret to verify with, or more than a rotation needs.
    #[error("a source has one secret, or two while rotating")]
    Secrets,
    /// No function, so it could send nothing.
    #[error("a source needs at least one function")]
    NoFunctions,
    /// An event that none of its functions takes.
    #[error("the event {0} belongs to none of the source's functions")]
    StrayEvent(EventType),
    /// A shared token without a list of addresses: anyone could repeat it from anywhere.
    #[error("the scheme shared-token needs a list of addresses")]
    NoAddresses,
}

/// The reason why a source's secrets cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SecretsError {
    /// One does not decrypt.
    #[error("a secret of the source {source_id} does not open")]
    Open {
        /// The source.
        source_id: SourceId,
        /// The cause.
        #[source]
        error: OpenError,
    },
    /// One decrypts to a text that its scheme cannot use.
    #[error("a secret of the source {source_id} is not usable")]
    Invalid {
        /// The source.
        source_id: SourceId,
        /// The cause.
        #[source]
        error: InvalidSecret,
    },
}

impl SecretsError {
    /// Never: an administrator has to set a new secret.
    #[must_use]
    pub const fn retryable(&self) -> bool {
        false
    }
}

impl TryFrom<Description> for Source {
    type Error = InvalidSource;

    fn try_from(description: Description) -> Result<Self, Self::Error> {
        if !(1..=MAX_SECRETS).contains(&description.secrets.len()) {
            return Err(InvalidSource::Secrets);
        }
        if description.functions.is_empty() {
            return Err(InvalidSource::NoFunctions);
        }
        if description.scheme.needs_address_list() && description.addresses.is_empty() {
            return Err(InvalidSource::NoAddresses);
        }
        let stray = description
            .events
            .iter()
            .find(|event| !description.functions.contains(&Function::of(**event)));
        match stray {
            Some(event) => Err(InvalidSource::StrayEvent(*event)),
            None => Ok(Self(description)),
        }
    }
}

impl From<Source> for Description {
    fn from(source: Source) -> Self {
        source.0
    }
}

impl Deref for Source {
    type Target = Description;
    fn deref(&self) -> &Description {
        &self.0
    }
}

impl Source {
    /// Tells whether a delivery may come from this address.
    #[must_use]
    pub fn admits(&self, address: IpAddr) -> bool {
        self.addresses.is_empty() || self.addresses.iter().any(|range| range.contains(address))
    }

    /// Tells whether the source may send to this function. One that is not trusted may only raise
    /// requests, because every other event needs a sender that is believed.
    #[must_use]
    pub fn may_call(&self, function: Function) -> bool {
        let believed = self.trusted || function == Function::RequestCreated;
        believed && self.functions.contains(&function)
    }

    /// Tells whether the source may send this event.
    #[must_use]
    pub fn may_send(&self, event: EventType) -> bool {
        self.may_call(Function::of(event))
            && (self.events.is_empty() || self.events.contains(&event))
    }

    /// Tells whether a request of this desk is the source's to move: of its own desk or desks, where it
    /// has any.
    #[must_use]
    pub fn may_move(&self, desk: &DeskId) -> bool {
        let mapped = self.mapping.desks();
        match &self.desk {
            _ if !mapped.is_empty() => mapped.contains(desk),
            Some(own) => own == desk,
            None => true,
        }
    }

    /// The secrets that are valid at `now`, ready to verify with.
    ///
    /// # Errors
    /// If one does not open, or opens to a text that its scheme cannot use. Then somebody must
    /// look, and deliveries are not refused as forged in the meantime.
    pub fn open(&self, keys: &SecretBox, now: Timestamp) -> Result<Vec<Secret>, SecretsError> {
        self.secrets
            .iter()
            .filter(|secret| secret.valid_until.is_none_or(|until| now < until))
            .map(|secret| {
                let text =
                    keys.open(&self.id, &secret.sealed)
                        .map_err(|error| SecretsError::Open {
                            source_id: self.id.clone(),
                            error,
                        })?;
                Secret::parse(&self.scheme, text.expose_secret()).map_err(|error| {
                    SecretsError::Invalid {
                        source_id: self.id.clone(),
                        error,
                    }
                })
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use serde_json::json;

    use super::*;

    const KEY: [u8; 32] = [1; 32];

    fn keys() -> SecretBox {
        SecretBox::new(&KEY, None)
    }

    fn sealed(text: &str, nonce: u8) -> Sealed {
        keys().seal(
            &"forms".parse::<SourceId>().unwrap(),
            &text.into(),
            [nonce; 12],
        )
    }

    fn described(change: impl FnOnce(&mut Description)) -> Result<Source, InvalidSource> {
        let mut description = Description {
            id: "forms".parse().unwrap(),
            scheme: Scheme::Tally,
            secrets: vec![SourceSecret {
                sealed: sealed("the-secret-of-the-form", 1),
                valid_until: None,
            }],
            functions: [Function::RequestCreated, Function::RequestUpdated].into(),
            events: BTreeSet::new(),
            mapping: Mapping::Canonical,
            desk: None,
            trusted: true,
            deliveries_per_minute: None,
            addresses: Vec::new(),
        };
        change(&mut description);
        Source::try_from(description)
    }

    #[test]
    fn a_description_that_could_not_work_makes_no_source() {
        assert_eq!(
            described(|d| d.secrets.clear()),
            Err(InvalidSource::Secrets)
        );
        assert_eq!(
            described(|d| d.secrets = vec![d.secrets[0].clone(); 3]),
            Err(InvalidSource::Secrets)
        );
        assert_eq!(
            described(|d| d.functions.clear()),
            Err(InvalidSource::NoFunctions)
        );
        assert_eq!(
            described(|d| d.events = [EventType::CustomerInvited].into()),
            Err(InvalidSource::StrayEvent(EventType::CustomerInvited))
        );
        let token = Scheme::SharedToken {
            header: "x-token".parse().unwrap(),
        };
        assert_eq!(
            described(|d| d.scheme = token.clone()),
            Err(InvalidSource::NoAddresses)
        );
        let listed = described(|d| {
            d.scheme = token;
            d.addresses = vec!["192.0.2.0/24".parse().unwrap()];
        });
        assert!(listed.is_ok());
    }

    #[test]
    fn a_stored_source_that_could_not_work_is_not_read() {
        let mut item = serde_json::to_value(described(|_| {}).unwrap()).unwrap();
        assert!(serde_json::from_value::<Source>(item.clone()).is_ok());
        item["functions"] = json!([]);
        assert!(serde_json::from_value::<Source>(item).is_err());
    }

    #[test]
    fn an_address_list_admits_its_addresses_alone() {
        let open = described(|_| {}).unwrap();
        assert!(open.admits("203.0.113.9".parse().unwrap()));
        let listed = described(|d| {
            d.addresses = vec![
                "192.0.2.0/24".parse().unwrap(),
                "2001:db8::/32".parse().unwrap(),
            ];
        })
        .unwrap();
        assert!(listed.admits("192.0.2.9".parse().unwrap()));
        assert!(listed.admits("2001:db8::9".parse().unwrap()));
        assert!(!listed.admits("203.0.113.9".parse().unwrap()));
    }

    #[test]
    fn events_are_limited_to_those_listed_or_to_the_functions() {
        let all = described(|_| {}).unwrap();
        assert!(all.may_send(EventType::RequestShared));
        assert!(!all.may_send(EventType::MemberOffboarded));
        let some = described(|d| d.events = [EventType::RequestCreated].into()).unwrap();
        assert!(some.may_send(EventType::RequestCreated));
        assert!(!some.may_send(EventType::RequestShared));
        assert!(some.may_call(Function::RequestUpdated));
    }

    #[test]
    fn an_old_secret_counts_until_its_last_second() {
        let until: Timestamp = "2026-11-22T09:30:00Z".parse().unwrap();
        let rotating = described(|d| {
            d.secrets.push(SourceSecret {
                sealed: sealed("the-secret-from-before", 2),
                valid_until: Some(until),
            });
        })
        .unwrap();
        let count = |now| rotating.open(&keys(), now).unwrap().len();
        assert_eq!(
            count(Timestamp::from_nanosecond(until.as_nanosecond() - 1).unwrap()),
            2
        );
        assert_eq!(count(until), 1);
    }

    #[test]
    fn a_secret_that_does_not_open_is_an_error_and_not_a_forgery() {
        let source = described(|_| {}).unwrap();
        let wrong = SecretBox::new(&[2; 32], None);
        assert!(matches!(
            source.open(&wrong, Timestamp::UNIX_EPOCH),
            Err(SecretsError::Open { .. })
        ));
        let weak = described(|d| d.secrets[0].sealed = sealed("weak", 3)).unwrap();
        assert!(matches!(
            weak.open(&keys(), Timestamp::UNIX_EPOCH),
            Err(SecretsError::Invalid { .. })
        ));
    }
}
