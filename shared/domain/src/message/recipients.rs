//! Messages by their recipients. A message to nobody is none.

use super::{Mail, Message};
use crate::{DeskId, EmailAddress, OrgId, Organization, Request};

impl Message {
    /// A message about an organisation to one person.
    #[must_use]
    pub fn to_member(org: &Organization, email: &EmailAddress, mail: Mail) -> Self {
        Self {
            to: vec![email.clone()],
            desk: org.desk.clone(),
            org: Some(org.id.clone()),
            mail,
        }
    }

    /// A message about no organisation to one address.
    #[must_use]
    pub fn to_address(desk: &DeskId, email: &EmailAddress, mail: Mail) -> Self {
        Self {
            to: vec![email.clone()],
            desk: desk.clone(),
            org: None,
            mail,
        }
    }

    /// A message to everybody who leads an organisation.
    #[must_use]
    pub fn to_leads(org: &Organization, mail: Mail) -> Option<Self> {
        Self::to_people(org, &org.leads, mail)
    }

    /// A message about an organisation to some of the people who look after it.
    #[must_use]
    pub fn to_people<'a>(
        org: &Organization,
        people: impl IntoIterator<Item = &'a EmailAddress>,
        mail: Mail,
    ) -> Option<Self> {
        Self::to_all(people, &org.desk, Some(&org.id), mail)
    }

    /// A message to people who administer a desk. It names no organisation, since its links depend
    /// on none.
    #[must_use]
    pub fn to_administrators<'a>(
        desk: &DeskId,
        administrators: impl IntoIterator<Item = &'a EmailAddress>,
        mail: Mail,
    ) -> Option<Self> {
        Self::to_all(administrators, desk, None, mail)
    }

    /// A message to people who follow a request.
    #[must_use]
    pub fn to_followers<'a>(
        request: &Request,
        people: impl IntoIterator<Item = &'a EmailAddress>,
        mail: Mail,
    ) -> Option<Self> {
        Self::to_all(people, &request.current().desk, request.org.as_ref(), mail)
    }

    /// A message to any number of people, in the name of a desk.
    pub(crate) fn to_all<'a>(
        people: impl IntoIterator<Item = &'a EmailAddress>,
        desk: &DeskId,
        org: Option<&OrgId>,
        mail: Mail,
    ) -> Option<Self> {
        let to: Vec<_> = people.into_iter().cloned().collect();
        (!to.is_empty()).then(|| Self {
            to,
            desk: desk.clone(),
            org: org.cloned(),
            mail,
        })
    }
}
