//! Reads a site.

use std::collections::{BTreeMap, BTreeSet};

use domain::desk::jira::JiraDesk;
use jira::{
    AccountId, Client, Error, Failure, Identified, Listing, Organization, Pager, Reading,
    ServiceDeskId, User, UserKind,
};

/// The number of failures of one list that are waited out.
const FAILURES: u32 = 8;

/// A site as it was read.
#[derive(Debug)]
pub struct SiteRead {
    /// The organisations of the desk.
    pub organizations: Vec<OrganizationThere>,
    /// The accounts on the desk's own list.
    pub customers: Vec<User>,
    /// The kinds of accounts, as far as the site told them beside the list.
    pub(super) kinds: BTreeMap<AccountId, UserKind>,
    /// False if something may be missing. People who are not seen are then no sign of anything.
    pub complete: bool,
    /// The number of calls that it took.
    pub calls: u64,
}

/// An organisation there, with its members.
#[derive(Debug)]
pub struct OrganizationThere {
    /// The organisation.
    pub organization: Organization,
    /// Its members.
    pub members: Vec<User>,
}

impl SiteRead {
    /// The kind of an account.
    pub(super) fn kind(&self, user: &User) -> UserKind {
        let told = self.kinds.get(&user.account_id);
        told.copied().unwrap_or_else(|| user.kind())
    }
}

/// Reads the organisations of a desk, their members, the desk's list, and the kinds of accounts that
/// are not plainly the portal's.
pub(super) async fn site(client: &Client, jira: &JiraDesk) -> Result<SiteRead, Error> {
    let before = client.calls();
    let desk = ServiceDeskId(jira.service_desk);
    let attached = list(client, &client.desk_organizations(desk)).await?;
    let mut read = SiteRead {
        organizations: Vec::new(),
        customers: Vec::new(),
        kinds: BTreeMap::new(),
        complete: attached.complete,
        calls: 0,
    };
    for organization in attached.values {
        let members = list(client, &client.members(organization.id)).await?;
        read.complete &= members.complete;
        read.organizations.push(OrganizationThere {
            organization,
            members: members.values,
        });
    }
    match list(client, &client.desk_customers(desk, None)).await {
        Ok(customers) => {
            read.complete &= customers.complete;
            read.customers = customers.values;
        }
        // An experimental call, which may go away.
        Err(error) if matches!(error.failure, Failure::Gone | Failure::Forbidden) => {
            read.complete = false;
        }
        Err(error) => return Err(error),
    }
    let uncertain: BTreeSet<AccountId> = everybody(&read)
        .filter(|user| !user.account_id.is_portal_only())
        .map(Identified::id)
        .collect();
    let uncertain: Vec<AccountId> = uncertain.into_iter().collect();
    let users = patiently(client, async || client.users(&uncertain).await).await?;
    let kind = |user: User| (user.id(), user.kind());
    read.kinds = users.into_iter().map(kind).collect();
    read.calls = client.calls() - before;
    Ok(read)
}

fn everybody(read: &SiteRead) -> impl Iterator<Item = &User> {
    let members = read.organizations.iter().flat_map(|one| &one.members);
    members.chain(&read.customers)
}

/// Reads a list to its end. After a failure it goes on where it was.
async fn list<T: Identified>(client: &Client, pager: &Pager<'_, T>) -> Result<Listing<T>, Error> {
    let mut reading = Reading::default();
    let mut failures = 0;
    loop {
        match pager.go_on(&mut reading).await {
            Ok(()) => return Ok(reading.into_listing()),
            Err(error) if error.retryable() && failures < FAILURES => {
                failures += 1;
                client.wait_out(&error, failures).await;
            }
            Err(error) => return Err(error),
        }
    }
}

/// Repeats a call that reads, as long as waiting helps.
async fn patiently<T>(
    client: &Client,
    call: impl AsyncFn() -> Result<T, Error>,
) -> Result<T, Error> {
    let mut failures = 0;
    loop {
        match call().await {
            Err(error) if error.retryable() && failures < FAILURES => {
                failures += 1;
                client.wait_out(&error, failures).await;
            }
            answered => return answered,
        }
    }
}
