//! The desks that somebody may ask, and their forms. Nothing here writes.

use std::net::IpAddr;

use domain::{DeskId, RequestTypeId, decide::may_raise, desk::Desk};

use super::{Form, Intake, Known, NOBODY, Recognized, standing::Standing};
use crate::AppError;

impl Intake {
    /// Somebody, with what is recorded of them, if what shows who they are still holds.
    ///
    /// # Errors
    /// When the store is not available or refuses.
    pub async fn recognize(&self, known: Known) -> Result<Option<Recognized>, AppError> {
        let standing = self.standing(&known.email).await?;
        Ok(standing.holds(&known).then(|| Recognized {
            customer: standing.customer().cloned(),
            known,
        }))
    }

    /// The desks whose forms somebody may fill in: of a stranger, those that take requests from
    /// outside and from where they come; of somebody known, those that take theirs.
    ///
    /// # Errors
    /// When the store is not available or refuses.
    pub async fn desks(
        &self,
        known: Option<&Known>,
        address: Option<IpAddr>,
    ) -> Result<Vec<Desk>, AppError> {
        let standing = match known {
            Some(known) => Some(self.standing(&known.email).await?),
            None => None,
        };
        let mut desks = Vec::new();
        for id in self.core.store.world().await?.desks {
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

    /// One desk, if it is one that somebody may ask. Of a stranger, where they come from is for
    /// the caller to ask ([`Desk::admits_from`]), who can say so.
    ///
    /// # Errors
    /// When the store is not available or refuses.
    pub async fn desk(&self, known: Option<&Known>, id: &DeskId) -> Result<Option<Desk>, AppError> {
        let Some(desk) = self.settings.desk(id).await? else {
            return Ok(None);
        };
        let offered = match known {
            Some(known) => is_offered(known, &self.standing(&known.email).await?, &desk),
            None => desk.is_open_to_strangers(),
        };
        Ok(offered.then_some(desk))
    }

    /// The form of one request type, if somebody may fill it in.
    ///
    /// # Errors
    /// When the store is not available or refuses.
    pub async fn form(
        &self,
        known: Option<&Known>,
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
        known: &Known,
        standing: &Standing,
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

/// Whether a desk takes requests from somebody known: for one of their organisations, or from them
/// alone.
fn is_offered(known: &Known, standing: &Standing, desk: &Desk) -> bool {
    if !standing.holds(known) {
        return false;
    }
    let organizations = standing.organizations(desk, known.org.as_ref());
    let org = organizations.first().map(|(org, _)| org);
    may_raise(&standing.state(desk, org), &known.email, standing.now())
}
