//! People: accounts, and a desk's customers.

use std::fmt;

use serde::Deserialize;
use serde_json::{Value, json};

use super::{DESK, PLATFORM};
use crate::{
    client::{Client, Request, segment},
    endpoint::Endpoint,
    error::{Error, Failure},
    id::{AccountId, ServiceDeskId},
    page::{Identified, Pager},
    read,
};

/// The number of accounts in the longest list that one call takes.
pub(crate) const ACCOUNTS: usize = 50;

/// An account, as far as the caller may see it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// Its id.
    pub account_id: AccountId,
    /// Its address; none if it is hidden.
    #[serde(default, deserialize_with = "read::optional")]
    pub email_address: Option<String>,
    /// Its name.
    #[serde(default, deserialize_with = "read::optional")]
    pub display_name: Option<String>,
    /// False if its access was revoked.
    #[serde(default, deserialize_with = "read::optional")]
    pub active: Option<bool>,
    #[serde(default, deserialize_with = "read::optional")]
    account_type: Option<String>,
}

/// The kind of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UserKind {
    /// A customer of the portal, who has an account in this site alone.
    PortalOnly,
    /// An Atlassian account: a customer, an agent, or both.
    Atlassian,
    /// A bot.
    App,
    /// A kind that is not described.
    Unknown,
}

impl User {
    /// Its kind: as Jira names it, or else by the form of its id.
    #[must_use]
    pub fn kind(&self) -> UserKind {
        match self.account_type.as_deref() {
            Some("customer") => UserKind::PortalOnly,
            Some("atlassian") => UserKind::Atlassian,
            Some("app") => UserKind::App,
            Some(_) => UserKind::Unknown,
            None if self.account_id.is_portal_only() => UserKind::PortalOnly,
            None => UserKind::Atlassian,
        }
    }

    /// True unless Jira says that its access was revoked.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.active != Some(false)
    }
}

impl Identified for User {
    type Id = AccountId;

    fn id(&self) -> AccountId {
        self.account_id.clone()
    }
}

/// People belong into no log.
impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User")
            .field("kind", &self.kind())
            .field("active", &self.active)
            .finish_non_exhaustive()
    }
}

/// The result of taking customers off a desk's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Removal {
    /// They are not on it (any more).
    Done,
    /// The desk is open to everybody, or lets people sign up, and keeps its list itself.
    DeskIsOpen,
}

impl Client {
    /// Makes an account for a new customer, without mailing anybody. Keep the id: the account is not
    /// found by a search for some minutes.
    ///
    /// # Errors
    /// [`Failure::Already`] if an account of this address is there; Jira does not tell which.
    pub async fn create_customer(&self, email: &str, name: &str) -> Result<User, Error> {
        let path = format!("{DESK}/customer");
        let request = Request::new(Endpoint::CreateCustomer, path)
            .query("strictConflictStatusCode", &true)
            .body(json!({ "email": email, "displayName": name }));
        self.ask(request).await
    }

    /// Ends an account's access to the portals of the whole site. No call gives it back.
    ///
    /// # Errors
    /// [`Failure::Gone`] if there is no portal-only account with this id.
    pub async fn revoke_portal_access(&self, account: &AccountId) -> Result<(), Error> {
        let account = segment(account.as_str());
        let path = format!("{DESK}/customer/user/{account}/revoke-portal-only-access");
        let revoked = self
            .tell(Request::new(Endpoint::RevokePortalAccess, path))
            .await;
        // An older description has 400 where the present one has 404.
        revoked.map_err(|error| match error.failure {
            Failure::Refused if error.status == Some(400) => error.meaning(Failure::Gone),
            _ => error,
        })
    }

    /// Searches active accounts by address or name. All searches of a site share a limit: ask for
    /// one person, never for many. Without the permission to browse users the answer is empty.
    ///
    /// # Errors
    /// If Jira does not answer.
    pub async fn find_users(&self, text: &str) -> Result<Vec<User>, Error> {
        let path = format!("{PLATFORM}/user/search");
        let request = Request::new(Endpoint::FindUsers, path)
            .query("query", &text)
            .query("maxResults", &10);
        let found: Vec<Value> = self.ask(request).await?;
        Ok(read::entries(found).0)
    }

    /// Accounts by id, with their kinds; those that are not there are left out. One call for each
    /// fifty.
    ///
    /// # Errors
    /// If Jira does not answer.
    pub async fn users(&self, accounts: &[AccountId]) -> Result<Vec<User>, Error> {
        #[derive(Deserialize)]
        struct Found {
            values: Vec<Value>,
        }
        let mut users = Vec::new();
        for some in accounts.chunks(ACCOUNTS) {
            let path = format!("{PLATFORM}/user/bulk");
            let mut request = Request::new(Endpoint::Users, path).query("maxResults", &ACCOUNTS);
            for account in some {
                request = request.query("accountId", &account);
            }
            let found: Found = self.ask(request).await?;
            users.extend(read::entries(found.values).0);
        }
        Ok(users)
    }

    /// A desk's customers, or those whose address or name matches a text; an open desk's list says
    /// nothing. Experimental: an answer
    /// [`Failure::Gone`] may also mean that the call itself went away.
    #[must_use]
    pub fn desk_customers(&self, desk: ServiceDeskId, matching: Option<&str>) -> Pager<'_, User> {
        let path = format!("{DESK}/servicedesk/{desk}/customer");
        let pager = Pager::new(self, Endpoint::DeskCustomers, path);
        match matching {
            Some(text) => pager.query("query", text),
            None => pager,
        }
    }

    /// Puts accounts on a desk's list, fifty at most. Those that are on it stay.
    ///
    /// # Errors
    /// [`Failure::Refused`] if one is unknown; the others are added nevertheless.
    pub async fn add_desk_customers(
        &self,
        desk: ServiceDeskId,
        accounts: &[AccountId],
    ) -> Result<(), Error> {
        let path = format!("{DESK}/servicedesk/{desk}/customer");
        let request = Request::new(Endpoint::AddDeskCustomers, path);
        self.tell(request.body(json!({ "accountIds": accounts })))
            .await
    }

    /// Takes accounts off a desk's list, fifty at most. Those that are not on it do not matter.
    /// Experimental, as [`desk_customers`](Self::desk_customers) is.
    ///
    /// # Errors
    /// If Jira does not do it.
    pub async fn remove_desk_customers(
        &self,
        desk: ServiceDeskId,
        accounts: &[AccountId],
    ) -> Result<Removal, Error> {
        let path = format!("{DESK}/servicedesk/{desk}/customer");
        let request = Request::new(Endpoint::RemoveDeskCustomers, path);
        let removed = self
            .tell(request.body(json!({ "accountIds": accounts })))
            .await;
        match removed {
            Ok(()) => Ok(Removal::Done),
            Err(error) if error.status == Some(400) => Ok(Removal::DeskIsOpen),
            Err(error) => Err(error),
        }
    }
}
