//! Compares a site with the tables.

use std::collections::{BTreeMap, BTreeSet};

use domain::{DeskId, EmailAddress, OrgId, Organization, Version, desk::Desk, mailbox::Mailbox};
use jira::{AccountId, User};
use store::{DeskLink, LinkState, Wanted};

use super::{
    ImportError, ImportOptions, OrganizationThere, Person, SiteRead, Why, account::Accounts, world,
};
use crate::Operator;

/// The differences between a site and the tables, and what is done about them.
#[derive(Debug)]
pub struct ImportPlan {
    pub(super) desk: Desk,
    /// The organisations that are known here.
    pub organizations: Vec<Planned>,
    /// The organisations that are not, as a piece of a world file; empty if there are none.
    pub new_organizations: String,
    /// Everybody who is left out.
    pub left_out: Vec<LeftOut>,
    pub(super) links: Vec<DeskLink>,
    /// False if the site was not read completely.
    pub complete: bool,
}

/// An organisation that is known here.
#[derive(Debug)]
pub struct Planned {
    /// The organisation.
    pub org: OrgId,
    /// The people who become members.
    pub joining: Vec<Person>,
    /// The number of people who are members already.
    pub members: usize,
    /// The number of seats that are missing.
    pub seats_missing: usize,
    /// The organisation there, if it was found by its name just now.
    pub(super) new_counterpart: Option<u64>,
}

/// Somebody who is left out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct LeftOut {
    /// The reason.
    pub why: Why,
    /// The organisation's name there, if they are in one.
    pub organization: Option<String>,
    /// Their address or, if it is hidden, their name.
    pub who: String,
}

impl ImportPlan {
    /// Returns `true` if there is nothing to write.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let known =
            |planned: &Planned| planned.joining.is_empty() && planned.new_counterpart.is_none();
        self.links.is_empty() && self.organizations.iter().all(known)
    }

    /// The number of accounts that are linked.
    #[must_use]
    pub fn links(&self) -> usize {
        self.links.len()
    }

    /// The plan, one line for each thing.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        if !self.complete {
            let line = "! the site could not be read completely; people may be missing here";
            lines.push(line.to_owned());
        }
        for planned in &self.organizations {
            if planned.joining.is_empty() && planned.seats_missing == 0 {
                continue;
            }
            let (org, joining) = (&planned.org, planned.joining.len());
            let members = planned.members;
            let missing = match planned.seats_missing {
                0 => String::new(),
                seats => format!("; {seats} seats are missing"),
            };
            let line =
                format!("organization {org}: {joining} join, {members} are members{missing}");
            lines.push(line);
        }
        if !self.links.is_empty() {
            lines.push(format!("accounts to link: {}", self.links.len()));
        }
        for left_out in &self.left_out {
            let of = left_out.organization.as_deref();
            let of = of.map(|name| format!(" ({name})")).unwrap_or_default();
            let why = left_out.why.as_str();
            lines.push(format!("left out: {}{of}: {why}", left_out.who));
        }
        lines
    }
}

/// The plan in the making.
struct Making<'a> {
    operator: &'a Operator,
    site: &'a SiteRead,
    accounts: Accounts,
    links: BTreeMap<EmailAddress, DeskLink>,
    listed: BTreeSet<&'a AccountId>,
    plan: ImportPlan,
}

pub(super) async fn make(
    operator: &Operator,
    desk: Desk,
    site: &SiteRead,
    options: ImportOptions,
) -> Result<ImportPlan, ImportError> {
    let links = operator.store().desk_links(&desk.id).await?;
    let (known, new) = matched(operator, &desk.id, site).await?;
    let accounts = Accounts::of(site, options);
    let new_organizations = world::piece(&desk.id, &new, &accounts);
    let mut making = Making {
        operator,
        site,
        accounts,
        links: links
            .into_iter()
            .map(|link| (link.person.clone(), link))
            .collect(),
        listed: site.customers.iter().map(|user| &user.account_id).collect(),
        plan: ImportPlan {
            desk,
            organizations: Vec::new(),
            new_organizations,
            left_out: Vec::new(),
            links: Vec::new(),
            complete: site.complete,
        },
    };
    for (org, there, is_new) in known {
        making.organization(org, there, is_new).await?;
    }
    for there in new {
        making.leave_out_accounts(there);
    }
    making.without_organization();
    making.plan.left_out.sort();
    making.plan.left_out.dedup();
    Ok(making.plan)
}

impl Making<'_> {
    async fn organization(
        &mut self,
        org: Organization,
        there: &OrganizationThere,
        is_new: bool,
    ) -> Result<(), ImportError> {
        self.leave_out_accounts(there);
        let mut people: Vec<Person> = there
            .members
            .iter()
            .filter_map(|user| self.accounts.get(&user.account_id).ok().cloned())
            .collect();
        // Of one mailbox, the plain address goes first.
        let spelled =
            |email: &EmailAddress| Mailbox::of(email, &org.policy.spelling).plain() != email;
        people.sort_by_cached_key(|person| (spelled(&person.email), person.email.clone()));
        let id = org.id.clone();
        let judged = self.operator.judge(org, &self.plan.desk, &people).await;
        let judged = judged.map_err(crate::OperatorError::from)?;
        let joining: BTreeSet<&EmailAddress> = judged.members.iter().collect();
        let mut planned = Planned {
            org: id,
            joining: Vec::new(),
            members: 0,
            seats_missing: 0,
            new_counterpart: is_new.then_some(there.organization.id.0),
        };
        let left_out: BTreeMap<_, _> = judged.left_out.iter().cloned().collect();
        for person in people {
            match left_out.get(&person.email) {
                _ if joining.contains(&person.email) => {
                    self.link(&person);
                    planned.joining.push(person);
                }
                Some(domain::decide::LeftOut::Member) => {
                    planned.members += 1;
                    self.link(&person);
                }
                Some(why) => {
                    let seat = *why == domain::decide::LeftOut::NoSeat;
                    planned.seats_missing += usize::from(seat);
                    self.leave_out(person.email.as_str(), Some(there), Why::Rule(*why));
                }
                None => {}
            }
        }
        self.plan.organizations.push(planned);
        Ok(())
    }

    fn leave_out(&mut self, who: &str, there: Option<&OrganizationThere>, why: Why) {
        self.plan.left_out.push(LeftOut {
            why,
            organization: there.and_then(|there| there.organization.name.as_deref().map(plain)),
            who: plain(who),
        });
    }

    /// Leaves out the members of an organisation whose accounts are not taken over.
    fn leave_out_accounts(&mut self, there: &OrganizationThere) {
        for user in &there.members {
            if let Err(why) = self.accounts.get(&user.account_id) {
                self.leave_out(&shown(user), Some(there), why);
            }
        }
    }

    /// Leaves out everybody who is on the desk's list alone.
    fn without_organization(&mut self) {
        let members = self.site.organizations.iter().flat_map(|one| &one.members);
        let members: BTreeSet<&AccountId> = members.map(|user| &user.account_id).collect();
        let alone = |user: &&User| !members.contains(&user.account_id);
        for user in self.site.customers.iter().filter(alone) {
            let why = self.accounts.get(&user.account_id).err();
            self.leave_out(&shown(user), None, why.unwrap_or(Why::NoOrganization));
        }
    }

    /// Links a person with their account, unless they are linked.
    fn link(&mut self, person: &Person) {
        let Ok(account) = person.account.as_str().parse() else {
            return;
        };
        let linked = self.links.get(&person.email);
        if let Some(linked) = linked {
            if linked.account != account {
                self.leave_out(person.email.as_str(), None, Why::LinkedOtherwise);
            }
            return;
        }
        let link = DeskLink {
            desk: self.plan.desk.id.clone(),
            person: person.email.clone(),
            account,
            state: LinkState::Live,
            made: false,
            listed: self.listed.contains(&person.account),
            looked_at: None,
            version: Version::NEW,
        };
        // A person of two organisations has one link.
        self.links.insert(person.email.clone(), link.clone());
        self.plan.links.push(link);
    }
}

/// A text of strangers in one line, without what a terminal would obey.
fn plain(text: &str) -> String {
    text.replace(char::is_control, " ")
}

fn shown(user: &User) -> String {
    let name = user.email_address.as_ref().or(user.display_name.as_ref());
    let name = name.filter(|name| !name.is_empty());
    name.cloned().unwrap_or_else(|| user.account_id.to_string())
}

/// An organisation here, the one there, and `true` if that is not remembered yet.
type Known<'a> = (Organization, &'a OrganizationThere, bool);

/// Finds the counterpart of each organisation there: by the number that the world file names or
/// that is remembered, else by the name, which may differ in case and has to be the only one.
async fn matched<'a>(
    operator: &Operator,
    desk: &DeskId,
    site: &'a SiteRead,
) -> Result<(Vec<Known<'a>>, Vec<&'a OrganizationThere>), ImportError> {
    let described = operator.store().world().await?.organizations;
    let wanted = described.iter().fold(Wanted::new(), Wanted::organization);
    let loaded = operator.store().load(wanted).await?;
    let mut by_number: BTreeMap<u64, (Organization, bool)> = BTreeMap::new();
    let mut by_name: BTreeMap<String, Vec<Organization>> = BTreeMap::new();
    for org in described.iter().filter_map(|id| loaded.organization(id)) {
        if org.desk != *desk {
            continue;
        }
        let named = org.counterpart.and_then(|there| there.id);
        let remembered = match named {
            Some(number) => Some(number),
            None => operator
                .store()
                .counterpart(desk, &org.id)
                .await?
                .map(|found| found.id),
        };
        match remembered {
            Some(number) => {
                by_number.insert(number, (org.clone(), false));
            }
            None => by_name
                .entry(fold(org.name.as_str()))
                .or_default()
                .push(org.clone()),
        }
    }
    let name = |there: &OrganizationThere| there.organization.name.as_deref().map(fold);
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for name in site.organizations.iter().filter_map(name) {
        *count.entry(name).or_default() += 1;
    }
    let mut known = Vec::new();
    let mut new = Vec::new();
    for there in &site.organizations {
        let numbered = by_number.remove(&there.organization.id.0);
        let only = || name(there).filter(|name| count[name] == 1);
        let named = || match by_name.remove(&only()?)?.as_slice() {
            [org] => Some((org.clone(), true)),
            _ => None,
        };
        match numbered.or_else(named) {
            Some((org, is_new)) => known.push((org, there, is_new)),
            None => new.push(there),
        }
    }
    Ok((known, new))
}

/// A name without case and outer blanks.
fn fold(name: &str) -> String {
    name.trim().to_lowercase()
}
