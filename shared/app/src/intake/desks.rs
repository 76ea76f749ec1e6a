//! The desks that somebody may ask, and their forms. Nothing here writes.

use std::net::IpAddr;

use domain::{DeskId, RequestTypeId, decide::may_raise, desk::Desk};

use super::{Form, Intake, KnownPerson, NOBODY, Recognized, asker::Asker};
use crate::AppError;

impl Intake {
    /// The person with their record, if their proof is still valid.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn recognize(&self, known: KnownPerson) -> Result<Option<Recognized>, AppError> {
        let standing = self.standing(&known.email).await?;
        Ok(standing.holds(&known).then(|| Recognized {
            customer: standing.customer().cloned(),
            known,
        }))
    }

    /// The desks whose forms a person may fill in. For a stranger, those that take requests from
    /// outside and from their network; for a known person, those that take theirs.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn desks(
        &self,
        known: Option<&KnownPerson>,
        address: Option<IpAddr>,
    ) -> Result<Vec<Desk>, AppError> {
        let standing = match known {
            Some(known) => Some(self.standing(&known.email).await?),
            None => None,
        };
        let mut desks = Vec::new();
        for id in self.services.store.world().await?.desks {
            let Some(desk) = self.settings.desk(&id).await? else {
                continue;
            };
            let offered = match (known, &standing) {
                (Some(known), Some(standing)) => is_offered(known, standing, &desk),
                _ => desk.is_open_to_strangers() && desk.admits_from(address),
            };
            if offered && !desk.request_types.is_empty() {
                desks.push(desk);
            }
        }
        Ok(desks)
    }

    /// One desk, if the person may ask it. For a stranger the caller checks the network
    /// ([`Desk::admits_from`]).
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn desk(
        &self,
        known: Option<&KnownPerson>,
        id: &DeskId,
    ) -> Result<Option<Desk>, AppError> {
        let Some(desk) = self.settings.desk(id).await? else {
            return Ok(None);
        };
        let offered = match known {
            Some(known) => is_offered(known, &self.standing(&known.email).await?, &desk),
            None => desk.is_open_to_strangers(),
        };
        Ok(offered.then_some(desk))
    }

    /// The form of one request type, if the person may fill it in.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn form(
        &self,
        known: Option<&KnownPerson>,
        desk: &DeskId,
        kind: &RequestTypeId,
    ) -> Result<Option<Form>, AppError> {
        let Some(desk) = self.settings.desk(desk).await? else {
            return Ok(None);
        };
        Ok(match known {
            Some(known) => {
                let standing = self.standing(&known.email).await?;
                self.form_of(known, &standing, desk, kind)
            }
            None => self.form_of_stranger(desk, kind),
        })
    }

    /// The form, for somebody known.
    pub(super) fn form_of(
        &self,
        known: &KnownPerson,
        standing: &Asker,
        desk: Desk,
        kind: &RequestTypeId,
    ) -> Option<Form> {
        if !is_offered(known, standing, &desk) {
            return None;
        }
        Some(Form {
            kind: desk.request_type(kind)?.clone(),
            person: Some(known.email.clone()),
            organizations: standing.organizations(&desk, known.org.as_ref()),
            token: self.token(known.binding, &desk.id, kind),
            desk,
        })
    }

    /// The form, for a stranger.
    pub(super) fn form_of_stranger(&self, desk: Desk, kind: &RequestTypeId) -> Option<Form> {
        if !desk.is_open_to_strangers() {
            return None;
        }
        Some(Form {
            kind: desk.request_type(kind)?.clone(),
            person: None,
            organizations: Vec::new(),
            token: self.token(NOBODY, &desk.id, kind),
            desk,
        })
    }
}

/// Tells whether a desk takes requests from a known person: for one of their organisations, or from
/// them alone.
fn is_offered(known: &KnownPerson, standing: &Asker, desk: &Desk) -> bool {
    if !standing.holds(known) {
        return false;
    }
    let organizations = standing.organizations(desk, known.org.as_ref());
    let org = organizations.first().map(|(org, _)| org);
    may_raise(&standing.state(desk, org), &known.email, standing.now())
}
