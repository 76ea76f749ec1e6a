//! The organisations of both sides.

use std::collections::{BTreeMap, BTreeSet};

use super::{DeskHere, DeskThere, DriftClass, DriftSubject, Finding};
use crate::OrgId;

/// The organisations of both sides that belong together.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    pub(super) there: BTreeMap<OrgId, u64>,
    pub(super) here: BTreeMap<u64, OrgId>,
    /// Those whose people are not compared, because an identity provider decides on them.
    pub(super) managed: BTreeSet<u64>,
}

pub(super) fn compare(here: &DeskHere, there: &DeskThere, findings: &mut Vec<Finding>) -> Pairs {
    let mut named: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    for (number, organization) in &there.organizations {
        named
            .entry(fold(&organization.name))
            .or_default()
            .push(*number);
    }
    let mut pairs = Pairs::default();
    let mut doubled: BTreeSet<u64> = BTreeSet::new();
    for (id, organization) in &here.organizations {
        let about = || DriftSubject::Organization(id.clone());
        let same_name = named
            .get(&fold(&organization.name))
            .map_or(&[][..], Vec::as_slice);
        if same_name.len() > 1 {
            doubled.extend(same_name);
            let shown: Vec<_> = same_name.iter().map(u64::to_string).collect();
            let class = DriftClass::OrganizationDoubled;
            findings.push(Finding::new(
                class,
                about(),
                &organization.name,
                shown.join(", "),
            ));
        }
        let number = match (organization.counterpart, same_name) {
            (Some(number), _) => Some(number),
            (None, [number]) => Some(*number),
            (None, _) => None,
        };
        let counterpart =
            number.and_then(|number| Some((number, there.organizations.get(&number)?)));
        let Some((number, counterpart)) = counterpart else {
            if same_name.len() < 2 {
                let class = DriftClass::OrganizationMissing;
                findings.push(Finding::new(class, about(), &organization.name, ""));
            }
            continue;
        };
        if fold(&counterpart.name) != fold(&organization.name) {
            let class = DriftClass::OrganizationRenamed;
            findings.push(Finding::new(
                class,
                about(),
                &organization.name,
                &counterpart.name,
            ));
        }
        if counterpart.scim_managed {
            let class = DriftClass::OrganizationManaged;
            findings.push(Finding::new(
                class,
                about(),
                &organization.name,
                &counterpart.name,
            ));
            pairs.managed.insert(number);
        }
        pairs.there.insert(id.clone(), number);
        pairs.here.insert(number, id.clone());
    }
    for (number, organization) in &there.organizations {
        if !pairs.here.contains_key(number) && !doubled.contains(number) {
            let class = DriftClass::OrganizationUnknown;
            let subject = DriftSubject::Counterpart(*number);
            findings.push(Finding::new(class, subject, "", &organization.name));
        }
    }
    pairs
}

/// A name without case and outer blanks.
fn fold(name: &str) -> String {
    name.trim().to_lowercase()
}
