//! Changes of customers, organisations and the lists of desks.

use std::collections::BTreeSet;

use super::account::{Account, Kind};
use super::organization::Organization;
use super::refusal::Refusal;
use super::site::Site;

/// The longest name of an organisation, in characters.
const LONGEST_NAME: usize = 200;

impl Site {
    /// Creates a portal-only customer. No mail leaves.
    ///
    /// # Errors
    ///
    /// If the address is malformed, or an account of any kind has it.
    pub fn create_customer(&mut self, email: &str, name: &str) -> Result<&Account, Refusal> {
        let email = email.trim();
        let parts = email.split_once('@');
        if !parts.is_some_and(|(local, domain)| !local.is_empty() && domain.contains('.')) {
            return Err(Refusal::Invalid(format!(
                "{email} is not an e-mail address"
            )));
        }
        if self.with_email(email).next().is_some() {
            return Err(Refusal::Conflict(format!("an account of {email} exists")));
        }
        let name = if name.trim().is_empty() {
            email
        } else {
            name.trim()
        };
        let account = Account::customer(self.number(), email, name, self.now);
        let id = account.id.clone();
        self.accounts.insert(id.clone(), account);
        self.join_by_domain(&id);
        self.account(&id)
    }

    /// Puts an account into the organisations that take its domain.
    fn join_by_domain(&mut self, id: &str) {
        let Some(account) = self.accounts.get(id) else {
            return;
        };
        if account.is_staff() {
            return;
        }
        for organization in self.organizations.values_mut() {
            if organization.takes(&account.email) {
                organization.members.insert(id.to_owned());
            }
        }
    }

    /// Revokes the access of a portal-only account to all portals of the site.
    ///
    /// # Errors
    ///
    /// If there is no such account, or it is of another kind.
    pub fn revoke(&mut self, id: &str) -> Result<(), Refusal> {
        let account = self.accounts.get_mut(id);
        let account = account.filter(|account| account.kind == Kind::Customer);
        let account = account.ok_or_else(|| Refusal::missing("portal-only account", id))?;
        account.active = false;
        Ok(())
    }

    /// The ids that are accounts, and a refusal if one is not.
    fn known(&self, ids: &[String]) -> (Vec<String>, Result<(), Refusal>) {
        let (known, unknown): (Vec<_>, Vec<_>) = ids
            .iter()
            .cloned()
            .partition(|id| self.accounts.contains_key(id));
        // The answer does not name them.
        let refusal = Refusal::Invalid("an account does not exist".to_owned());
        let result = unknown.is_empty().then_some(()).ok_or(refusal);
        (known, result)
    }

    /// Adds accounts to a desk. An open desk keeps no list. If an account does not exist, the others
    /// are added all the same.
    ///
    /// # Errors
    ///
    /// If there is no such desk, or an account does not exist.
    pub fn add_to_desk(&mut self, desk: &str, ids: &[String]) -> Result<(), Refusal> {
        let (known, result) = self.known(ids);
        let desk = self.desk_mut(desk)?;
        if !desk.open {
            desk.customers.extend(known.iter().cloned());
        }
        for id in &known {
            self.join_by_domain(id);
        }
        result
    }

    /// Removes accounts from the list of a restricted desk.
    ///
    /// # Errors
    ///
    /// If the desk is open, there is none, or an account does not exist.
    pub fn remove_from_desk(&mut self, desk: &str, ids: &[String]) -> Result<(), Refusal> {
        let (known, result) = self.known(ids);
        let desk = self.desk_mut(desk)?;
        if desk.open {
            let text = "customers cannot be removed from a desk that is open to everybody";
            return Err(Refusal::Invalid(text.to_owned()));
        }
        for id in known {
            desk.customers.remove(&id);
        }
        result
    }

    /// Creates an organisation, or finds the one of exactly this name.
    ///
    /// # Errors
    ///
    /// If the name is empty or too long.
    pub fn create_organization(&mut self, name: &str) -> Result<&Organization, Refusal> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > LONGEST_NAME {
            let text = format!("the name of an organization has 1 to {LONGEST_NAME} characters");
            return Err(Refusal::Invalid(text));
        }
        let mut all = self.organizations.values();
        let same = all.find(|known| known.name == name).map(|known| known.id);
        let id = same.unwrap_or_else(|| self.number());
        let new = Organization::new(id, name, self.now);
        self.organizations.entry(id).or_insert(new);
        self.organization(&id.to_string())
    }

    /// Deletes an organisation, wherever it is attached.
    ///
    /// # Errors
    ///
    /// If there is none.
    pub fn delete_organization(&mut self, id: &str) -> Result<(), Refusal> {
        let id = self.organization(id)?.id;
        self.organizations.remove(&id);
        for desk in self.desks.values_mut() {
            desk.organizations.remove(&id);
        }
        for request in self.requests.values_mut() {
            request.organizations.remove(&id);
        }
        Ok(())
    }

    /// An organisation that may be written here.
    ///
    /// # Errors
    ///
    /// If there is none, or an identity provider feeds it.
    pub fn organization_mut(&mut self, id: &str) -> Result<&mut Organization, Refusal> {
        let id = self.organization(id)?.id;
        let found = self.organizations.get_mut(&id);
        let found = found.ok_or_else(|| Refusal::missing("organization", &id.to_string()))?;
        if found.scim_managed {
            let text = format!("organization {id} is managed by an identity provider");
            return Err(Refusal::Invalid(text));
        }
        Ok(found)
    }

    /// Adds accounts to an organisation, those that exist.
    ///
    /// # Errors
    ///
    /// If there is no such organisation, it is fed by SCIM, or an account does not exist.
    pub fn add_members(&mut self, organization: &str, ids: &[String]) -> Result<(), Refusal> {
        let (known, result) = self.known(ids);
        self.organization_mut(organization)?.members.extend(known);
        result
    }

    /// Removes accounts from an organisation, those that exist.
    ///
    /// # Errors
    ///
    /// If there is no such organisation, it is fed by SCIM, or an account does not exist.
    pub fn remove_members(&mut self, organization: &str, ids: &[String]) -> Result<(), Refusal> {
        let (known, result) = self.known(ids);
        let members = &mut self.organization_mut(organization)?.members;
        for id in known {
            members.remove(&id);
        }
        result
    }

    /// The organisations of an account.
    #[must_use]
    pub fn organizations_of(&self, account: &str) -> BTreeSet<u64> {
        let all = self.organizations.values();
        all.filter(|organization| organization.members.contains(account))
            .map(|organization| organization.id)
            .collect()
    }

    /// Tells whether an account may raise requests at a desk.
    #[must_use]
    pub fn is_customer_of(&self, account: &str, desk: &str) -> bool {
        self.desk(desk).is_ok_and(|desk| {
            desk.open
                || desk.customers.contains(account)
                || !self
                    .organizations_of(account)
                    .is_disjoint(&desk.organizations)
        })
    }

    /// Makes an account a customer of a restricted desk because somebody raised or shared a request
    /// in their favour.
    pub(crate) fn let_in(&mut self, desk: u64, account: &str) {
        let id = desk.to_string();
        let is_staff = self.accounts.get(account).is_some_and(Account::is_staff);
        if is_staff || self.is_customer_of(account, &id) {
            return;
        }
        // Only a desk that does not exist refuses, and nobody is let into that.
        let _ = self.add_to_desk(&id, &[account.to_owned()]);
    }
}
