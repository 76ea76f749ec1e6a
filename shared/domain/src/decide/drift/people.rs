//! The people of both sides.

use std::collections::{BTreeMap, BTreeSet};

use super::organizations::Pairs;
use super::{
    AccountKind, AccountThere, DeskHere, DeskThere, DriftClass, DriftSubject, Finding, PersonHere,
    WayIn,
};
use crate::{EmailAddress, OrgId, id::ExternalId};

/// The comparison under way.
struct Comparison<'a> {
    here: &'a DeskHere,
    there: &'a DeskThere,
    pairs: &'a Pairs,
    /// The people by their accounts: the linked ones, and those with the same address.
    owners: BTreeMap<&'a ExternalId, &'a EmailAddress>,
    /// The accounts by people, the same way.
    accounts: BTreeMap<&'a EmailAddress, &'a ExternalId>,
    findings: &'a mut Vec<Finding>,
}

pub(super) fn compare<'a>(
    here: &'a DeskHere,
    there: &'a DeskThere,
    pairs: &'a Pairs,
    findings: &'a mut Vec<Finding>,
) {
    let mut comparison = Comparison {
        here,
        there,
        pairs,
        owners: BTreeMap::new(),
        accounts: BTreeMap::new(),
        findings,
    };
    comparison.recognize();
    comparison.accounts();
    let misplaced = comparison.members();
    comparison.absent(&misplaced);
    comparison.listed();
}

impl<'a> Comparison<'a> {
    /// Finds the owner of each account: a link counts more than an address.
    fn recognize(&mut self) {
        for (email, person) in &self.here.people {
            if let Some(account) = &person.account {
                self.owners.insert(account, email);
                self.accounts.insert(email, account);
            }
        }
        for (id, account) in &self.there.accounts {
            let Some(email) = &account.email else {
                continue;
            };
            let Some((email, _)) = self.here.people.get_key_value(email) else {
                continue;
            };
            // Of two accounts of one address, that of the portal counts.
            let portal = account.kind == AccountKind::PortalOnly;
            if self.here.people[email].account.is_none()
                && (portal || !self.accounts.contains_key(email))
            {
                self.accounts.insert(email, id);
            }
            self.owners.entry(id).or_insert(email);
        }
    }

    /// Compares the accounts of people with access.
    fn accounts(&mut self) {
        for (email, person) in &self.here.people {
            let Some(id) = self.accounts.get(email) else {
                continue;
            };
            if person.access.is_empty() {
                continue;
            }
            let found = match self.there.accounts.get(*id) {
                None => Some((DriftClass::AccountGone, id.to_string())),
                Some(account) => difference(email, account),
            };
            if let Some((class, shown)) = found {
                self.find(class, email, email.as_str(), &shown);
            }
        }
    }

    /// Compares the members of each pair of organisations. Returns the people who are in another
    /// organisation than here.
    fn members(&mut self) -> BTreeSet<&'a EmailAddress> {
        let mut misplaced = BTreeSet::new();
        let (there, pairs) = (self.there, self.pairs);
        for (number, org) in &pairs.here {
            if pairs.managed.contains(number) {
                continue;
            }
            for id in &there.organizations[number].members {
                let account = there.accounts.get(id);
                if account.is_some_and(|account| account.kind == AccountKind::Program) {
                    continue;
                }
                if let Some(email) = self.member(org, id, account) {
                    misplaced.insert(email);
                }
            }
        }
        misplaced
    }

    /// Judges a member of an organisation there. Returns somebody who belongs into another one.
    fn member(
        &mut self,
        org: &OrgId,
        id: &'a ExternalId,
        account: Option<&'a AccountThere>,
    ) -> Option<&'a EmailAddress> {
        let name = self.there.organizations[&self.pairs.there[org]]
            .name
            .clone();
        let Some(email) = self.owners.get(id).copied() else {
            let stranger = account.and_then(|account| account.email.as_ref());
            let (class, subject) = match stranger {
                Some(email) => (DriftClass::OnlyThere, DriftSubject::Person(email.clone())),
                None => (DriftClass::Unjudged, DriftSubject::Account(id.clone())),
            };
            self.findings
                .push(Finding::new(class, subject, "", name).about(org));
            return None;
        };
        let person = &self.here.people[email];
        if person.access.contains(org) {
            return None;
        }
        let subject = DriftSubject::Person(email.clone());
        let class = match () {
            () if person.left.contains(org) => DriftClass::LeaverIsBack,
            () if !person.access.is_empty() => DriftClass::OtherOrganization,
            () => DriftClass::OnlyThere,
        };
        let own: Vec<_> = person.access.iter().map(OrgId::as_str).collect();
        let mut finding = Finding::new(class, subject, own.join(", "), name).about(org);
        if class == DriftClass::LeaverIsBack {
            let is_theirs = |domain: &String| domain.eq_ignore_ascii_case(email.domain().as_str());
            let by_rule = self.here.organizations[org].domains.iter().any(is_theirs);
            finding.likely = Some(if by_rule {
                WayIn::DomainRule
            } else {
                WayIn::Administrator
            });
        }
        self.findings.push(finding);
        (class == DriftClass::OtherOrganization).then_some(email)
    }

    /// Finds the people who have access here and are no members there. Somebody who is in another
    /// organisation is one finding, not two.
    fn absent(&mut self, misplaced: &BTreeSet<&'a EmailAddress>) {
        for (email, person) in &self.here.people {
            let account = self.accounts.get(email).copied();
            // That the account is gone says it all.
            let gone = account.is_some_and(|id| !self.there.accounts.contains_key(id));
            if gone || misplaced.contains(email) {
                continue;
            }
            for org in &person.access {
                let Some(number) = self.pairs.there.get(org) else {
                    continue;
                };
                let organization = &self.there.organizations[number];
                let is_member = account.is_some_and(|id| organization.members.contains(id));
                if !is_member && !self.pairs.managed.contains(number) {
                    let subject = DriftSubject::Person(email.clone());
                    let class = DriftClass::OnlyHere;
                    let finding = Finding::new(class, subject, org.as_str(), "");
                    self.findings.push(finding.about(org));
                }
            }
        }
    }

    /// Judges the desk's own list.
    fn listed(&mut self) {
        for id in self.there.listed.iter().flatten() {
            let account = self.there.accounts.get(id);
            let in_organization = self
                .there
                .organizations
                .values()
                .any(|one| one.members.contains(id));
            if in_organization
                || account.is_some_and(|account| account.kind == AccountKind::Program)
            {
                continue;
            }
            let owner = self.owners.get(id).copied();
            let person = owner.map(|email| &self.here.people[email]);
            if person.is_some_and(|person| !person.access.is_empty() || person.has_requests) {
                continue;
            }
            let left = person.and_then(|person: &PersonHere| person.left.first());
            let email = owner.or(account.and_then(|account| account.email.as_ref()));
            let subject = email.cloned().map(DriftSubject::Person);
            let class = match (&subject, left) {
                (None, _) => DriftClass::Unjudged,
                (Some(_), Some(_)) => DriftClass::LeaverIsBack,
                (Some(_), None) => DriftClass::OnlyThere,
            };
            let subject = subject.unwrap_or_else(|| DriftSubject::Account(id.clone()));
            let mut finding = Finding::new(class, subject, "", "the list of the desk");
            finding.org = left.cloned();
            finding.likely = left.map(|_| WayIn::Request);
            self.findings.push(finding);
        }
    }

    fn find(&mut self, class: DriftClass, email: &EmailAddress, here: &str, there: &str) {
        let subject = DriftSubject::Person(email.clone());
        self.findings
            .push(Finding::new(class, subject, here, there));
    }
}

/// The difference of an account from the one that its owner should have.
fn difference(email: &EmailAddress, account: &AccountThere) -> Option<(DriftClass, String)> {
    let kind = match account.kind {
        AccountKind::PortalOnly => None,
        AccountKind::Personal => Some("a personal account"),
        AccountKind::Program => Some("an account of a program"),
    };
    if let Some(kind) = kind {
        return Some((DriftClass::OtherKind, kind.to_owned()));
    }
    if !account.active {
        return Some((DriftClass::Inactive, "revoked".to_owned()));
    }
    match &account.email {
        None => Some((DriftClass::AddressHidden, String::new())),
        Some(other) if other != email => Some((DriftClass::AddressChanged, other.to_string())),
        Some(_) => None,
    }
}
