//! The site itself: who calls, with which permissions, and which desks there are.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::{DESK, PLATFORM, customers::User};
use crate::{
    client::{Client, Request},
    endpoint::Endpoint,
    error::Error,
    id::{RequestTypeId, ServiceDeskId},
    page::{Identified, Pager},
    read,
};

/// The type of the field that holds an issue's organizations.
const ORGANIZATIONS: &str = "com.atlassian.servicedesk:sd-customer-organizations";

/// A service desk.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ServiceDesk {
    /// Its id.
    pub id: ServiceDeskId,
    /// The key of its project.
    #[serde(default, deserialize_with = "read::optional")]
    pub project_key: Option<String>,
    /// The name of its project.
    #[serde(default, deserialize_with = "read::optional")]
    pub project_name: Option<String>,
}

impl Identified for ServiceDesk {
    type Id = ServiceDeskId;

    fn id(&self) -> ServiceDeskId {
        self.id
    }
}

/// A field of a request type's form.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RequestField {
    /// Its id, such as `summary` or `customfield_10042`.
    pub field_id: String,
    /// Its name on the form.
    #[serde(default, deserialize_with = "read::optional")]
    pub name: Option<String>,
    /// True if no request is made without it.
    #[serde(default, deserialize_with = "read::optional")]
    pub required: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Form {
    #[serde(default)]
    request_type_fields: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Tenant {
    cloud_id: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Granted {
    permissions: BTreeMap<String, Permission>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Permission {
    #[serde(default, deserialize_with = "read::optional")]
    have_permission: Option<bool>,
}

impl Client {
    /// The site's id at the gateway, which the address for a scoped token names.
    ///
    /// # Errors
    /// If Jira does not tell.
    pub async fn cloud_id(&self) -> Result<String, Error> {
        let request = Request::new(Endpoint::TenantInfo, "/_edge/tenant_info");
        let tenant: Tenant = self.ask(request).await?;
        Ok(tenant.cloud_id)
    }

    /// The account that calls.
    ///
    /// # Errors
    /// If Jira does not know it.
    pub async fn myself(&self) -> Result<User, Error> {
        let path = format!("{PLATFORM}/myself");
        self.ask(Request::new(Endpoint::Myself, path)).await
    }

    /// Tells of each named permission whether the caller has it, in a project or, without one, on
    /// the site.
    ///
    /// # Errors
    /// If Jira does not tell.
    pub async fn permissions(
        &self,
        names: &[&str],
        project: Option<&str>,
    ) -> Result<BTreeMap<String, bool>, Error> {
        let path = format!("{PLATFORM}/mypermissions");
        let mut request = Request::new(Endpoint::Permissions, path);
        request = request.query("permissions", &names.join(","));
        if let Some(project) = project {
            request = request.query("projectKey", &project);
        }
        let granted: Granted = self.ask(request).await?;
        let has = |(name, permission): (String, Permission)| {
            (name, permission.have_permission == Some(true))
        };
        Ok(granted.permissions.into_iter().map(has).collect())
    }

    /// The id of the field that holds an issue's organizations, such as `customfield_10002`. It
    /// differs by site.
    ///
    /// # Errors
    /// If Jira does not tell.
    pub async fn organization_field(&self) -> Result<Option<String>, Error> {
        let path = format!("{PLATFORM}/field");
        let fields: Vec<Value> = self.ask(Request::new(Endpoint::Fields, path)).await?;
        let found = fields
            .iter()
            .find(|field| field["schema"]["custom"] == ORGANIZATIONS);
        let id = found.and_then(|field| field["id"].as_str());
        Ok(id.map(str::to_owned))
    }

    /// The desks of the site.
    #[must_use]
    pub fn service_desks(&self) -> Pager<'_, ServiceDesk> {
        Pager::new(self, Endpoint::Desks, format!("{DESK}/servicedesk"))
    }

    /// A desk.
    ///
    /// # Errors
    /// If Jira does not give it.
    pub async fn service_desk(&self, desk: ServiceDeskId) -> Result<ServiceDesk, Error> {
        let path = format!("{DESK}/servicedesk/{desk}");
        self.ask(Request::new(Endpoint::Desk, path)).await
    }

    /// The fields of a request type.
    ///
    /// # Errors
    /// If Jira does not give them.
    pub async fn request_fields(
        &self,
        desk: ServiceDeskId,
        kind: RequestTypeId,
    ) -> Result<Vec<RequestField>, Error> {
        let path = format!("{DESK}/servicedesk/{desk}/requesttype/{kind}/field");
        let form: Form = self
            .ask(Request::new(Endpoint::RequestFields, path))
            .await?;
        Ok(read::entries(form.request_type_fields).0)
    }
}
