//! The counterpart of an organisation at a service desk: named in the world file, found, or made.

use ::jira::{Failure, OrganizationId, ServiceDeskId};
use domain::{OrgId, Organization, Version};
use serde_json::json;
use store::{Found, Wanted};

use super::{DeskWriter, account::impossible, connection::Connection, result::Stopped};

/// The property of an organisation at Jira that holds our own id.
const PROPERTY: &str = "lanyard";

impl DeskWriter {
    /// The counterpart of an organisation, which may be written to. It is found once, by its number
    /// in the file or by its name, and remembered.
    pub(super) async fn counterpart(
        &self,
        at: &Connection,
        id: &OrgId,
    ) -> Result<OrganizationId, Stopped> {
        let store = &self.services.store;
        let loaded = store.load(Wanted::new().organization(id)).await?;
        let org = loaded.organization(id);
        let org = org.ok_or_else(|| impossible("the organisation does not exist"))?;
        let named = org.counterpart.and_then(|there| there.id);
        let known = store.counterpart(&at.desk.id, id).await?;
        if let Some(found) = known
            && named.is_none_or(|named| named == found.id)
        {
            return self.writable(at, OrganizationId(found.id)).await;
        }
        let (there, made) = match named {
            Some(number) => (OrganizationId(number), false),
            None => self.found_or_made(at, org).await?,
        };
        let there = self.writable(at, there).await?;
        let desk = ServiceDeskId(at.jira.service_desk);
        at.client.attach_organization(desk, there).await?;
        let marked = at
            .client
            .put_organization_property(there, PROPERTY, json!(id));
        marked.await?;
        let found = Found {
            id: there.0,
            made,
            version: known.map_or(Version::NEW, |found| found.version),
        };
        store.put_counterpart(&at.desk.id, id, &found).await?;
        Ok(there)
    }

    /// The counterpart, unless an identity provider feeds it.
    async fn writable(
        &self,
        at: &Connection,
        there: OrganizationId,
    ) -> Result<OrganizationId, Stopped> {
        let found = at.client.organization(there).await;
        let found = found.map_err(|error| match error.failure {
            Failure::Gone => Stopped::Impossible(format!("organisation {there} is gone at Jira")),
            _ => error.into(),
        })?;
        if found.is_scim_managed() {
            return Err(Stopped::Impossible(format!(
                "organisation {there} is fed by an identity provider, which alone writes to it"
            )));
        }
        Ok(there)
    }

    /// Reads the whole list before it makes one: two of one name would be worse than none.
    async fn found_or_made(
        &self,
        at: &Connection,
        org: &Organization,
    ) -> Result<(OrganizationId, bool), Stopped> {
        let list = at.client.organizations().all().await?;
        let name = org.name.as_str().to_lowercase();
        let same = |called: Option<&str>| called.is_some_and(|n| n.trim().to_lowercase() == name);
        let alike: Vec<_> = list
            .values
            .iter()
            .filter(|there| same(there.name.as_deref()))
            .collect();
        for there in &alike {
            let property = at.client.organization_property(there.id, PROPERTY);
            let marked: Option<OrgId> = property.await?;
            if marked.is_some_and(|marked| marked == org.id) {
                return Ok((there.id, false));
            }
        }
        match alike[..] {
            [one] => return Ok((one.id, false)),
            [] => {}
            _ => {
                let said = "Jira has several organisations of this name; name one by its number";
                return Err(impossible(said));
            }
        }
        if !list.complete {
            let until = self.services.now() + jiff::SignedDuration::from_mins(15);
            return Err(Stopped::Later(
                until,
                "the list of organisations is incomplete",
            ));
        }
        let made = at.client.create_organization(org.name.as_str()).await?;
        Ok((made.id, true))
    }
}
