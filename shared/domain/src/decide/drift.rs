//! The differences between a desk here and its service desk elsewhere.
//!
//! Only what was read counts. If the reading was incomplete, nobody and nothing is missing for not
//! having been seen, and the comparison mends nothing.

mod organizations;
mod people;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::{EmailAddress, OrgId, id::ExternalId};

/// A desk's organisations and people, as they are here.
#[derive(Debug, Clone, Default)]
pub struct DeskHere {
    /// The organisations of the desk.
    pub organizations: BTreeMap<OrgId, OrganizationHere>,
    /// The people of the desk by their addresses.
    pub people: BTreeMap<EmailAddress, PersonHere>,
}

/// An organisation of the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrganizationHere {
    /// The name.
    pub name: String,
    /// The number of its counterpart, if it is described or remembered.
    pub counterpart: Option<u64>,
    /// The e-mail domains of its people.
    pub domains: BTreeSet<String>,
}

/// A person of the desk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonHere {
    /// The organisations in which they have access.
    pub access: BTreeSet<OrgId>,
    /// The organisations that they left.
    pub left: BTreeSet<OrgId>,
    /// Their account there, if it is linked.
    pub account: Option<ExternalId>,
    /// True if they have requests of their own. Such a guest is rightly on the desk's list.
    pub has_requests: bool,
}

/// The service desk elsewhere, as it was read.
#[derive(Debug, Clone, Default)]
pub struct DeskThere {
    /// The organisations of the desk by their numbers.
    pub organizations: BTreeMap<u64, OrganizationThere>,
    /// The accounts that were seen: members, customers, and linked ones that were asked for.
    pub accounts: BTreeMap<ExternalId, AccountThere>,
    /// The accounts on the desk's own list; `None` if the desk is open and keeps none.
    pub listed: Option<BTreeSet<ExternalId>>,
    /// False if something may be missing.
    pub complete: bool,
}

/// An organisation there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OrganizationThere {
    /// The name.
    pub name: String,
    /// True if an identity provider feeds it. Nobody else may write it.
    pub scim_managed: bool,
    /// The accounts of its members.
    pub members: BTreeSet<ExternalId>,
}

/// An account there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountThere {
    /// The address; `None` if it is hidden.
    pub email: Option<EmailAddress>,
    /// The kind.
    pub kind: AccountKind,
    /// False if its access was revoked.
    pub active: bool,
}

/// The kinds of accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountKind {
    /// Of the desk's portal alone.
    PortalOnly,
    /// Of a person who may be a colleague, an agent, or a customer.
    Personal,
    /// Of a program.
    Program,
}

/// The classes of differences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DriftClass {
    /// Somebody is a customer there and has no access here.
    OnlyThere,
    /// Somebody has access here and is no member there.
    OnlyHere,
    /// Somebody is a member of another organisation than here.
    OtherOrganization,
    /// Somebody who left is a customer there again.
    LeaverIsBack,
    /// The account of somebody is not one of the portal alone.
    OtherKind,
    /// The access of somebody's account was revoked.
    Inactive,
    /// The account of somebody has another address.
    AddressChanged,
    /// The address of somebody's account is hidden.
    AddressHidden,
    /// The account of somebody does not exist any more.
    AccountGone,
    /// An organisation has no counterpart.
    OrganizationMissing,
    /// The counterpart of an organisation has another name.
    OrganizationRenamed,
    /// Several organisations there have the name of one here, if case does not matter.
    OrganizationDoubled,
    /// An identity provider feeds the counterpart of an organisation.
    OrganizationManaged,
    /// An organisation there is none here.
    OrganizationUnknown,
    /// Something cannot be judged.
    Unjudged,
}

/// The subject of a difference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DriftSubject {
    /// A person, by their address.
    Person(EmailAddress),
    /// An account of nobody who is known.
    Account(ExternalId),
    /// An organisation here.
    Organization(OrgId),
    /// An organisation there that is none here.
    Counterpart(u64),
    /// The desk as a whole.
    Desk,
}

/// A way by which somebody may have become a customer there behind everybody's back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WayIn {
    /// The service desk adds new customers of a domain by itself.
    DomainRule,
    /// An agent or administrator added them.
    Administrator,
    /// A request was raised for them or shared with them, or they wrote by chat or mail.
    Request,
}

/// The side whose change would end a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mend {
    /// A look of the writer at the person changes the service desk.
    There,
    /// Only a person at the service desk can change it.
    ByHand,
}

/// A difference.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Finding {
    /// The class.
    pub class: DriftClass,
    /// The subject.
    pub subject: DriftSubject,
    /// The organisation that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org: Option<OrgId>,
    /// The state here.
    pub here: String,
    /// The state there.
    pub there: String,
    /// The likely cause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub likely: Option<WayIn>,
    /// The way to end it.
    pub mend: Mend,
}

impl DriftClass {
    /// Every class.
    pub const ALL: [Self; 15] = [
        Self::OnlyThere,
        Self::OnlyHere,
        Self::OtherOrganization,
        Self::LeaverIsBack,
        Self::OtherKind,
        Self::Inactive,
        Self::AddressChanged,
        Self::AddressHidden,
        Self::AccountGone,
        Self::OrganizationMissing,
        Self::OrganizationRenamed,
        Self::OrganizationDoubled,
        Self::OrganizationManaged,
        Self::OrganizationUnknown,
        Self::Unjudged,
    ];

    /// Returns `true` if it rests on something that was not seen.
    #[must_use]
    pub const fn rests_on_absence(self) -> bool {
        match self {
            Self::OnlyHere | Self::AccountGone | Self::OrganizationMissing => true,
            Self::OnlyThere
            | Self::OtherOrganization
            | Self::LeaverIsBack
            | Self::OtherKind
            | Self::Inactive
            | Self::AddressChanged
            | Self::AddressHidden
            | Self::OrganizationRenamed
            | Self::OrganizationDoubled
            | Self::OrganizationManaged
            | Self::OrganizationUnknown
            | Self::Unjudged => false,
        }
    }

    /// Returns the way to end such a difference.
    #[must_use]
    pub const fn mend(self) -> Mend {
        match self {
            Self::OnlyHere
            | Self::OtherOrganization
            | Self::LeaverIsBack
            | Self::OrganizationMissing => Mend::There,
            Self::OnlyThere
            | Self::OtherKind
            | Self::Inactive
            | Self::AddressChanged
            | Self::AddressHidden
            | Self::AccountGone
            | Self::OrganizationRenamed
            | Self::OrganizationDoubled
            | Self::OrganizationManaged
            | Self::OrganizationUnknown
            | Self::Unjudged => Mend::ByHand,
        }
    }
}

impl Finding {
    fn new(
        class: DriftClass,
        subject: DriftSubject,
        here: impl Into<String>,
        there: impl Into<String>,
    ) -> Self {
        Self {
            class,
            subject,
            org: None,
            here: here.into(),
            there: there.into(),
            likely: None,
            mend: class.mend(),
        }
    }

    fn about(self, org: &OrgId) -> Self {
        Self {
            org: Some(org.clone()),
            ..self
        }
    }
}

/// Compares a desk with its service desk. Each difference is found once, in the order of classes.
#[must_use]
pub fn drift(here: &DeskHere, there: &DeskThere) -> Vec<Finding> {
    let mut findings = Vec::new();
    let pairs = organizations::compare(here, there, &mut findings);
    people::compare(here, there, &pairs, &mut findings);
    if !there.complete {
        findings.retain(|finding| !finding.class.rests_on_absence());
        for finding in &mut findings {
            finding.mend = Mend::ByHand;
        }
        findings.push(Finding::new(
            DriftClass::Unjudged,
            DriftSubject::Desk,
            "",
            "the service desk could not be read completely",
        ));
    }
    findings.sort();
    findings.dedup();
    findings
}
