//! Customers' organizations, their members, and their places at desks.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{DESK, customers::User};
use crate::{
    client::{Client, Request, segment},
    endpoint::Endpoint,
    error::{Error, Failure},
    id::{AccountId, OrganizationId, ServiceDeskId},
    page::{Identified, Pager},
    read,
};

/// An organization.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Organization {
    /// Its id.
    pub id: OrganizationId,
    /// Its name, which may be empty and may occur twice.
    #[serde(default, deserialize_with = "read::optional")]
    pub name: Option<String>,
    #[serde(default, deserialize_with = "read::optional")]
    scim_managed: Option<bool>,
}

impl Organization {
    /// True if an identity provider feeds it. Nobody else may write to it.
    #[must_use]
    pub fn is_scim_managed(&self) -> bool {
        self.scim_managed == Some(true)
    }
}

impl Identified for Organization {
    type Id = OrganizationId;

    fn id(&self) -> OrganizationId {
        self.id
    }
}

impl Client {
    /// The organizations of the site.
    #[must_use]
    pub fn organizations(&self) -> Pager<'_, Organization> {
        Pager::new(
            self,
            Endpoint::Organizations,
            format!("{DESK}/organization"),
        )
    }

    /// The organizations of the site that an account is a member of. The caller needs an agent's
    /// licence for it. An unknown account is [`Failure::Gone`].
    #[must_use]
    pub fn organizations_of(&self, account: &AccountId) -> Pager<'_, Organization> {
        self.organizations().query("accountId", account.as_str())
    }

    /// Makes an organization, or gives the one that has this name already.
    ///
    /// # Errors
    /// [`Failure::Already`] if one of this name is there and Jira does not give it.
    pub async fn create_organization(&self, name: &str) -> Result<Organization, Error> {
        let path = format!("{DESK}/organization");
        let request = Request::new(Endpoint::CreateOrganization, path);
        let made = self.ask(request.body(json!({ "name": name }))).await;
        made.map_err(|error| {
            let said = error.said().unwrap_or_default().to_lowercase();
            if error.status == Some(400) && (said.contains("duplicate") || said.contains("exist")) {
                error.meaning(Failure::Already)
            } else {
                error
            }
        })
    }

    /// An organization.
    ///
    /// # Errors
    /// If Jira does not give it.
    pub async fn organization(&self, id: OrganizationId) -> Result<Organization, Error> {
        let path = format!("{DESK}/organization/{id}");
        self.ask(Request::new(Endpoint::Organization, path)).await
    }

    /// The members of an organization, by account.
    #[must_use]
    pub fn members(&self, id: OrganizationId) -> Pager<'_, User> {
        Pager::new(
            self,
            Endpoint::Members,
            format!("{DESK}/organization/{id}/user"),
        )
    }

    /// Adds members, fifty at most. Members stay.
    ///
    /// # Errors
    /// [`Failure::Refused`] if one is unknown. Jira does not say what became of the others: add them
    /// one by one.
    pub async fn add_members(&self, id: OrganizationId, who: &[AccountId]) -> Result<(), Error> {
        let request = Request::new(
            Endpoint::AddMembers,
            format!("{DESK}/organization/{id}/user"),
        );
        self.tell(request.body(json!({ "accountIds": who }))).await
    }

    /// Takes members out, fifty at most. Those that are none do not matter.
    ///
    /// # Errors
    /// [`Failure::Refused`] if one is unknown, as for [`add_members`](Self::add_members).
    pub async fn remove_members(&self, id: OrganizationId, who: &[AccountId]) -> Result<(), Error> {
        let path = format!("{DESK}/organization/{id}/user");
        let request = Request::new(Endpoint::RemoveMembers, path);
        self.tell(request.body(json!({ "accountIds": who }))).await
    }

    /// The value of a property that no page of Jira's shows, or nothing where it is not set or is of
    /// another type.
    ///
    /// # Errors
    /// If Jira does not answer.
    pub async fn organization_property<T: DeserializeOwned>(
        &self,
        id: OrganizationId,
        key: &str,
    ) -> Result<Option<T>, Error> {
        #[derive(Deserialize)]
        struct Property {
            value: Value,
        }
        let path = format!("{DESK}/organization/{id}/property/{}", segment(key));
        let read = self
            .ask(Request::new(Endpoint::OrganizationProperty, path))
            .await;
        match read {
            Ok(Property { value }) => Ok(serde_json::from_value(value).ok()),
            Err(error) if error.failure == Failure::Gone => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Sets such a property.
    ///
    /// # Errors
    /// If Jira does not do it.
    pub async fn put_organization_property(
        &self,
        id: OrganizationId,
        key: &str,
        value: Value,
    ) -> Result<(), Error> {
        let path = format!("{DESK}/organization/{id}/property/{}", segment(key));
        let request = Request::new(Endpoint::PutOrganizationProperty, path);
        self.tell(request.body(value)).await
    }

    /// The organizations of a desk.
    #[must_use]
    pub fn desk_organizations(&self, desk: ServiceDeskId) -> Pager<'_, Organization> {
        let path = format!("{DESK}/servicedesk/{desk}/organization");
        Pager::new(self, Endpoint::DeskOrganizations, path)
    }

    /// Attaches an organization to a desk. One that is attached stays so.
    ///
    /// # Errors
    /// If Jira does not do it.
    pub async fn attach_organization(
        &self,
        desk: ServiceDeskId,
        id: OrganizationId,
    ) -> Result<(), Error> {
        let path = format!("{DESK}/servicedesk/{desk}/organization");
        let request = Request::new(Endpoint::AttachOrganization, path);
        self.tell(request.body(json!({ "organizationId": id })))
            .await
    }
}
