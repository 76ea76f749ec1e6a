//! A list of people to invite: each row is judged alone, in the order of the list.

use std::collections::{BTreeMap, BTreeSet};

use super::{InviteState, Invited, Terms, invite};
use crate::{
    Change, Code, EmailAddress, Membership, Occasion, Organization, desk::Desk, event::Invitee,
    outcome::Row,
};

/// The state that a list is judged on.
#[derive(Debug, Clone)]
pub struct ListState {
    /// The organisation.
    pub org: Organization,
    /// The desk that serves it, when it is known.
    pub desk: Option<Desk>,
    /// The memberships of those on the list who have one.
    pub memberships: BTreeMap<EmailAddress, Membership>,
}

/// Returns the address that a row invites. `earlier` holds the addresses of the rows before, and
/// gets this one.
///
/// # Errors
/// [`Code::InvalidEmail`] when the row holds no address, [`Code::Duplicate`] when an earlier row
/// holds the same.
pub fn addressee<'a>(
    invitee: &'a Invitee,
    earlier: &mut BTreeSet<&'a EmailAddress>,
) -> Result<&'a EmailAddress, Code> {
    let email = invitee.email.as_ref().map_err(|_| Code::InvalidEmail)?;
    if earlier.insert(email) {
        Ok(email)
    } else {
        Err(Code::Duplicate)
    }
}

/// Returns the result that each row would have if the list were carried out now. Seats and the
/// day's invitations run out on the way as they would then.
#[must_use]
pub fn judge_list(
    state: ListState,
    invitees: &[Invitee],
    terms: impl Fn(&Invitee) -> Terms,
    occasion: &Occasion,
) -> Vec<Row> {
    let ListState {
        mut org,
        desk,
        memberships,
    } = state;
    let mut earlier = BTreeSet::new();
    invitees
        .iter()
        .map(|invitee| {
            let verdict = match addressee(invitee, &mut earlier) {
                Err(code) => Invited::refused(code),
                Ok(email) => {
                    let state = InviteState {
                        inviter: None,
                        org: org.clone(),
                        desk: desk.clone(),
                        membership: memberships.get(email).cloned(),
                        // It makes no difference to the result of the row.
                        left: false,
                    };
                    invite(state, email, &terms(invitee), occasion)
                }
            };
            for change in &verdict.outcome.changes {
                if let Change::Organization(after) = change {
                    org = after.clone();
                }
            }
            verdict.row_of(invitee)
        })
        .collect()
}

impl Invited {
    /// Returns the row of the report for this result.
    #[must_use]
    pub fn row_of(&self, invitee: &Invitee) -> Row {
        Row {
            email: invitee.raw.clone(),
            outcome: self.row,
            code: self.code,
        }
    }
}
