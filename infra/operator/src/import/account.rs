//! Accounts there, and the reasons why some are not taken over.

use std::collections::BTreeMap;

use domain::{EmailAddress, decide, text::Name};
use jira::{AccountId, User, UserKind};

use super::{ImportOptions, Person, SiteRead};

/// The reason why somebody is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// A bot.
    Bot,
    /// An Atlassian account, which were not asked for. Agents have one.
    Atlassian,
    /// An account of a kind that is not described.
    UnknownKind,
    /// Its access to the portal was revoked.
    Inactive,
    /// The site does not show its address.
    HiddenAddress,
    /// Its address cannot be mailed to.
    BadAddress,
    /// Another account has the same address, in this or another spelling.
    SameAddress,
    /// On the desk's list, and in no organisation.
    NoOrganization,
    /// The person is linked with another account.
    LinkedOtherwise,
    /// A rule of the organisation here.
    Rule(decide::LeftOut),
}

impl Why {
    /// The reason as a person reads it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bot => "a bot",
            Self::Atlassian => "an Atlassian account; --atlassian imports those, agents too",
            Self::UnknownKind => "an account of a kind that is not known",
            Self::Inactive => "its access to the portal was revoked",
            Self::HiddenAddress => "its address is hidden",
            Self::BadAddress => "its address cannot be mailed to",
            Self::SameAddress => "another account has the same address",
            Self::NoOrganization => "in no organisation",
            Self::LinkedOtherwise => "linked with another account",
            Self::Rule(decide::LeftOut::Member) => "a member already",
            Self::Rule(decide::LeftOut::Invited) => "invited, and has yet to answer",
            Self::Rule(decide::LeftOut::Leaver) => "left; only an invitation brings them back",
            Self::Rule(decide::LeftOut::Own) => "an address of the desk or of an administrator",
            Self::Rule(decide::LeftOut::Outside) => "outside the domains of the organisation",
            Self::Rule(decide::LeftOut::SameMailbox) => {
                "another spelling of a mailbox that is there"
            }
            Self::Rule(decide::LeftOut::NoSeat) => "no seat is free",
        }
    }
}

/// Everybody on a site: a person, or the reason why not.
pub(super) struct Accounts(BTreeMap<AccountId, Result<Person, Why>>);

impl Accounts {
    pub(super) fn of(site: &SiteRead, options: ImportOptions) -> Self {
        let members = site.organizations.iter().flat_map(|one| &one.members);
        let mut accounts: BTreeMap<AccountId, Result<Person, Why>> = members
            .chain(&site.customers)
            .map(|user| (user.account_id.clone(), person(site, user, options)))
            .collect();
        // One account a person: the portal's own, which no other site has a say in, goes first.
        let mut owners: BTreeMap<EmailAddress, AccountId> = BTreeMap::new();
        for (account, person) in &accounts {
            let Ok(person) = person else { continue };
            let owner = owners
                .entry(person.email.clone())
                .or_insert(account.clone());
            if account.is_portal_only() && !owner.is_portal_only() {
                owner.clone_from(account);
            }
        }
        for (account, person) in &mut accounts {
            let second = person
                .as_ref()
                .is_ok_and(|one| owners[&one.email] != *account);
            if second {
                *person = Err(Why::SameAddress);
            }
        }
        Self(accounts)
    }

    pub(super) fn get(&self, account: &AccountId) -> Result<&Person, Why> {
        match self.0.get(account) {
            Some(Ok(person)) => Ok(person),
            Some(Err(why)) => Err(*why),
            None => Err(Why::UnknownKind),
        }
    }
}

fn person(site: &SiteRead, user: &User, options: ImportOptions) -> Result<Person, Why> {
    match site.kind(user) {
        UserKind::App => return Err(Why::Bot),
        UserKind::Atlassian if !options.atlassian => return Err(Why::Atlassian),
        UserKind::Unknown => return Err(Why::UnknownKind),
        UserKind::PortalOnly | UserKind::Atlassian => {}
    }
    if !user.is_active() {
        return Err(Why::Inactive);
    }
    let address = user.email_address.as_deref().unwrap_or_default();
    if address.is_empty() {
        return Err(Why::HiddenAddress);
    }
    let name = user.display_name.as_deref().filter(|name| *name != address);
    Ok(Person {
        email: address.parse().map_err(|_| Why::BadAddress)?,
        name: name.and_then(|name| Name::new(name).ok()),
        account: user.account_id.clone(),
    })
}
