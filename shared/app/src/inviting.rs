//! Inviting the people on a list, one transaction a row, whoever brought the list: a sender's
//! delivery or a lead's upload.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Code, EmailAddress, OrgId, Proof, Timestamp,
    decide::{InviteState, Invited, Terms, addressee, invite},
    event::Invitee,
    outcome::Row,
    text::Name,
};
use jiff::SignedDuration;
use store::{ListId, Once, Wanted};

use crate::{
    AppError, Core,
    core::{ATTEMPTS, Written},
    limits::{Act, Part},
    settings::Settings,
};

/// How long before the function's deadline a list stops, so that the answer still leaves.
const MARGIN: SignedDuration = SignedDuration::from_millis(1_500);

/// A list that is being worked off.
pub(crate) struct List<'a> {
    /// Which one.
    pub(crate) id: ListId,
    /// Into which organisation its people are invited.
    pub(crate) org: &'a OrgId,
    /// Who invites, and what shows it.
    pub(crate) proof: Proof,
    /// How the inviter is called, when that is known.
    pub(crate) inviter: Option<Name>,
    /// The lead who has to be one still, when it is a lead's list.
    pub(crate) lead: Option<&'a EmailAddress>,
    /// On which terms.
    pub(crate) terms: &'a (dyn Fn(&Invitee) -> Terms + Sync),
    /// When it has to be left for the next time.
    pub(crate) deadline: Option<Timestamp>,
}

impl List<'_> {
    /// Whether it should rather stop now than be stopped.
    fn is_late(&self, now: Timestamp) -> bool {
        self.deadline
            .is_some_and(|deadline| deadline.duration_since(now) < MARGIN)
    }
}

/// The administrators decide exceptions, so each row asks for the desk; it is cached.
pub(crate) struct Inviting<'a> {
    pub(crate) core: &'a Core,
    pub(crate) settings: &'a Settings,
}

impl Inviting<'_> {
    /// What becomes of each of these rows. `earlier` has the addresses of the rows before them;
    /// `done` what is known of rows that were worked off before.
    ///
    /// # Errors
    /// [`AppError::OutOfTime`] when the list has to be left for the next time, or when the store is
    /// not available or refuses. The rows that are done are recorded.
    pub(crate) async fn rows<'r>(
        &self,
        list: &List<'_>,
        rows: impl IntoIterator<Item = (u32, &'r Invitee)>,
        earlier: &mut BTreeSet<&'r EmailAddress>,
        done: &mut BTreeMap<u32, Row>,
    ) -> Result<Vec<Row>, AppError> {
        let mut became = Vec::new();
        for (index, invitee) in rows {
            let known = done.remove(&index);
            let row = match (addressee(invitee, earlier), known) {
                (_, Some(row)) => row,
                (Err(code), None) => Invited::refused(code).row_of(invitee),
                (Ok(email), None) => {
                    if list.is_late(self.core.now()) {
                        return Err(AppError::OutOfTime);
                    }
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
    ) -> Result<Row, AppError> {
        let mut act = list
            .lead
            .map(|lead| Act::new(self.core, lead, Part::AsLead));
        for attempt in 0..ATTEMPTS {
            let now = self.core.now();
            let wanted = Wanted::new()
                .organization(list.org)
                .affiliation(list.org, email);
            let loaded = self.core.store.load(wanted).await?;
            let Some(org) = loaded.organization(list.org).cloned() else {
                return Ok(Invited::refused(Code::UnknownOrganization).row_of(invitee));
            };
            if list.lead.is_some_and(|lead| !org.leads.contains(lead)) {
                return Ok(Invited::refused(Code::NotAllowed).row_of(invitee));
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
                    self.core.store.list_row(&list.id, index, now).await?
                } else {
                    None
                };
                return Ok(recorded.unwrap_or(row));
            }
            if let Some(act) = &mut act
                && let Some(refusal) = act.check_row(&verdict.outcome, now).await?
            {
                return Ok(Invited::refused(refusal.code).row_of(invitee));
            }
            let once = Once::Row {
                list: list.id.clone(),
                index,
                row: row.clone(),
            };
            match self.core.commit(&verdict.outcome, &once, now).await? {
                Written::Done => return Ok(row),
                // Another invocation works on the same list and was quicker with this row.
                Written::SeenBefore => {
                    if let Some(row) = self.core.store.list_row(&list.id, index, now).await? {
                        return Ok(row);
                    }
                }
                Written::Stale => {}
            }
            self.core.before_next_attempt(attempt).await;
        }
        Err(AppError::Contended)
    }
}
