//! A world, as a file describes it.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    DeskId, DomainName, EmailAddress, OrgId, Policy, SourceId,
    desk::Desk,
    organization::Counterpart,
    text::{Line, Name},
};
use serde::Serialize;

use crate::SourceSettings;

/// A consistent world from a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct World {
    /// The SHA-256 of the file, which is the evidence of its changes.
    pub sha256: Line<64>,
    /// The desks.
    pub desks: BTreeMap<DeskId, Desk>,
    /// The organisations.
    pub organizations: BTreeMap<OrgId, OrganizationSettings>,
    /// The sources.
    pub sources: BTreeMap<SourceId, SourceSettings>,
}

/// An organisation in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrganizationSettings {
    /// Its name for people.
    pub name: Name,
    /// The desk that serves it.
    pub desk: DeskId,
    /// Its policy, with every default filled in.
    pub policy: Policy,
    /// Its counterpart at Jira, while its desk is connected.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counterpart: Option<Counterpart>,
    /// The domains that belong to it.
    #[serde(skip)]
    pub domains: BTreeSet<DomainName>,
    /// Its leads.
    #[serde(skip)]
    pub leads: Vec<Lead>,
}

/// A lead in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    /// The address.
    pub email: EmailAddress,
    /// Their name.
    pub name: Option<Name>,
}
