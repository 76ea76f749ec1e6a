//! Reads a site.

use std::collections::{BTreeMap, BTreeSet};

use domain::{DeskId, Timestamp, Version, desk::jira::JiraDesk};
use jira::{
    AccountId, Client, Error, Failure, Identified, Listing, Organization, Pager, Reading, Scope,
    ServiceDeskId, User, UserKind,
};
use store::{Pause, PauseReason};

use super::ImportError;
use crate::{Operator, OperatorError};

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

/// A reader of a desk's site.
pub(super) struct Reader<'a> {
    pub(super) operator: &'a Operator,
    pub(super) desk: &'a DeskId,
    pub(super) client: &'a Client,
}

impl Reader<'_> {
    /// Reads the organisations of a desk, their members, the desk's list, and the kinds of accounts
    /// that are not plainly the portal's.
    pub(super) async fn site(&self, jira: &JiraDesk) -> Result<SiteRead, ImportError> {
        let client = self.client;
        let before = client.calls();
        let desk = ServiceDeskId(jira.service_desk);
        let attached = self.list(&client.desk_organizations(desk)).await?;
        let mut read = SiteRead {
            organizations: Vec::new(),
            customers: Vec::new(),
            kinds: BTreeMap::new(),
            complete: attached.complete,
            calls: 0,
        };
        for organization in attached.values {
            let members = self.list(&client.members(organization.id)).await?;
            read.complete &= members.complete;
            read.organizations.push(OrganizationThere {
                organization,
                members: members.values,
            });
        }
        match self.list(&client.desk_customers(desk, None)).await {
            Ok(customers) => {
                read.complete &= customers.complete;
                read.customers = customers.values;
            }
            // An experimental call, which may go away.
            Err(ImportError::Jira(error))
                if matches!(error.failure, Failure::Gone | Failure::Forbidden) =>
            {
                read.complete = false;
            }
            Err(error) => return Err(error),
        }
        let uncertain: BTreeSet<AccountId> = everybody(&read)
            .filter(|user| !user.account_id.is_portal_only())
            .map(Identified::id)
            .collect();
        let uncertain: Vec<AccountId> = uncertain.into_iter().collect();
        let users = self.kinds(&uncertain).await?;
        let kind = |user: User| (user.id(), user.kind());
        read.kinds = users.into_iter().map(kind).collect();
        read.calls = client.calls() - before;
        Ok(read)
    }

    /// Reads a list to its end. After a failure it goes on where it was.
    async fn list<T: Identified>(&self, pager: &Pager<'_, T>) -> Result<Listing<T>, ImportError> {
        let mut reading = Reading::default();
        let mut failures = 0;
        while let Err(error) = pager.go_on(&mut reading).await {
            failures += 1;
            self.wait_out(error, failures).await?;
        }
        Ok(reading.into_listing())
    }

    async fn kinds(&self, accounts: &[AccountId]) -> Result<Vec<User>, ImportError> {
        let mut failures = 0;
        loop {
            match self.client.users(accounts).await {
                Ok(users) => return Ok(users),
                Err(error) => {
                    failures += 1;
                    self.wait_out(error, failures).await?;
                }
            }
        }
    }

    /// Waits until a failed call may be sent again, if that helps. What the site asks everybody for
    /// is kept, so that the desk's writer waits as well.
    async fn wait_out(&self, error: Error, failures: u32) -> Result<(), ImportError> {
        if !error.retryable() || failures > FAILURES {
            return Err(error.into());
        }
        if let Failure::Wait {
            scope: Scope::Site,
            until,
            ..
        } = error.failure
        {
            self.keep(until, failures).await?;
        }
        self.client.wait_out(&error, failures).await;
        Ok(())
    }

    /// Keeps the pause of a site. Pauses of single calls stay as they are.
    async fn keep(&self, until: Timestamp, in_a_row: u32) -> Result<(), ImportError> {
        let store = self.operator.store();
        let (before, token) = (
            store.desk_pause(self.desk).await?,
            store.desk_token(self.desk).await?,
        );
        let pause = Pause {
            until,
            why: PauseReason::Limit,
            in_a_row,
            token: token.map_or(Version::NEW, |token| token.version),
            calls: before.map(|pause| pause.calls).unwrap_or_default(),
        };
        let kept = store.pause_desk(self.desk, &pause).await;
        Ok(kept.map_err(OperatorError::from)?)
    }
}

fn everybody(read: &SiteRead) -> impl Iterator<Item = &User> {
    let members = read.organizations.iter().flat_map(|one| &one.members);
    members.chain(&read.customers)
}
