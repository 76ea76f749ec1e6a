//! Inviting the people on a list, one transaction a row, whoever brought the list: a sender's
//! delivery or a lead's upload.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Code, EmailAddress, OrgId, Proof,
    decide::{InviteState, Invited, Terms, addressee, invite},
    event::Invitee,
    outcome::Row,
    text::Name,
};
use store::{ListId, Once, Wanted};

use crate::{
    AppError, Services,
    path::limits::{Act, Part},
    path::settings::Settings,
    path::{Deadline, Margin, Ruling, Settled, Stop},
};

/// A list that is being worked off.
pub(crate) struct List<'a> {
    /// The identity of the list.
    pub(crate) id: ListId,
    /// Into which organisation its people are invited.
    pub(crate) org: &'a OrgId,
    /// The inviter and their proof.
    pub(crate) proof: Proof,
    /// The inviter's name, if known.
    pub(crate) inviter: Option<Name>,
    /// The lead who has to be one still, when it is a lead's list.
    pub(crate) lead: Option<&'a EmailAddress>,
    /// On which terms.
    pub(crate) terms: &'a (dyn Fn(&Invitee) -> Terms + Sync),
    /// The rows for which there is no time are left for the next call.
    pub(crate) deadline: Deadline,
}

/// The administrators decide exceptions, so each row asks for the desk; it is cached.
pub(crate) struct Rows<'a> {
    pub(crate) services: &'a Services,
    pub(crate) settings: &'a Settings,
}

impl Rows<'_> {
    /// Judges each of these rows. `earlier` has the addresses of the rows before them; `done` the
    /// outcomes of finished rows.
    ///
    /// # Errors
    /// [`AppError::OutOfTime`] if the rest of the list has to wait for the next time, or if the
    /// store is not available or refuses. Finished rows are recorded.
    pub(crate) async fn rows<'r>(
        &self,
        list: &List<'_>,
        rows: impl IntoIterator<Item = (u32, &'r Invitee)>,
        earlier: &mut BTreeSet<&'r EmailAddress>,
        done: &mut BTreeMap<u32, Row>,
    ) -> Result<Vec<Row>, Stop> {
        let mut became = Vec::new();
        for (index, invitee) in rows {
            let known = done.remove(&index);
            let row = match (addressee(invitee, earlier), known) {
                (_, Some(row)) => row,
                (Err(code), None) => Invited::refused(code).row_of(invitee),
                (Ok(email), None) => {
                    list.deadline
                        .check(Margin::Transaction, self.services.now())?;
                    self.row(list, index, invitee, email).await?
                }
            };
            became.push(row);
        }
        Ok(became)
    }

    async fn row(
        &self,
        list: &List<'_>,
        index: u32,
        invitee: &Invitee,
        email: &EmailAddress,
    ) -> Result<Row, Stop> {
        let store = &self.services.store;
        let now = self.services.now();
        let act = list
            .lead
            .map(|lead| Act::new(self.services, lead, Part::AsLead));
        let refused = |code| Ruling::Leave(Invited::refused(code).row_of(invitee));
        let settled = self.services.attempt(&Once::Nothing, now, || async {
            let wanted = Wanted::new()
                .organization(list.org)
                .affiliation(list.org, email);
            let loaded = store.load(wanted).await?;
            let Some(org) = loaded.organization(list.org).cloned() else {
                return Ok(refused(Code::UnknownOrganization));
            };
            if list.lead.is_some_and(|lead| !org.leads.contains(lead)) {
                return Ok(refused(Code::NotAllowed));
            }
            let state = InviteState {
                inviter: list.inviter.clone(),
                desk: self.settings.desk(&org.desk).await?,
                membership: loaded.membership(list.org, email).cloned(),
                left: loaded.affiliation(list.org, email).trace(),
                org,
            };
            let known = state.membership.is_some();
            let verdict = invite(state, email, &(list.terms)(invitee), &list.proof.at(now));
            let row = verdict.row_of(invitee);
            if verdict.outcome.is_empty() {
                // Whoever is there already may be so by this very row: another invocation was
                // quicker, or the store's answer to the last attempt was lost.
                let recorded = if known {
                    store.list_row(&list.id, index, now).await?
                } else {
                    None
                };
                return Ok(Ruling::Leave(recorded.unwrap_or(row)));
            }
            if let Some(act) = &act {
                match act.check_row(&verdict.outcome, now).await {
                    Err(Stop::Refused(refusal)) => return Ok(refused(refusal.code)),
                    checked => checked?,
                }
            }
            let once = Once::Row {
                list: list.id.clone(),
                index,
                row: row.clone(),
            };
            Ok::<_, Stop>(Ruling::Record(verdict.outcome, once, row))
        });
        match settled.await? {
            Settled::Done(row) | Settled::Unchanged(row) => Ok(row),
            // Another invocation works on the same list and was quicker with this row.
            Settled::DoneBefore => {
                let row = store.list_row(&list.id, index, now).await?;
                Ok(row.ok_or(AppError::Contended)?)
            }
        }
    }
}
