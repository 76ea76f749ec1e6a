//! A list of people to invite: each row is judged alone, in the order of the list.

use std::collections::{BTreeMap, BTreeSet};

use super::{InviteState, Invited, Terms, invite};
use crate::{
    Change, Code, EmailAddress, Membership, Occasion, Organization, Outcome,
    desk::Desk,
    event::Invitee,
    outcome::{Row, RowOutcome},
};

/// What is known when a list is judged.
#[derive(Debug, Clone)]
pub struct ListState {
    /// The organisation.
    pub org: Organization,
    /// The desk that serves it, when it is known.
    pub desk: Option<Desk>,
    /// The memberships of those on the list who have one.
    pub memberships: BTreeMap<EmailAddress, Membership>,
}

/// Whom a row invites, or why nobody: it holds no address, or one that an earlier row holds.
/// `earlier` has the addresses of the rows before, and gets this one.
///
/// # Errors
/// [`Code::InvalidEmail`] or [`Code::Duplicate`].
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

/// What would become of each row, were the list worked off at `now` and nothing else happened:
/// seats and the day's invitations run out on the way as they would.
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
                        // What becomes of the row does not turn on it.
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
    /// Nobody is invited, by this rule.
    #[must_use]
    pub fn refused(code: Code) -> Self {
        Self {
            outcome: Outcome::default(),
            row: RowOutcome::Refused,
            code: Some(code),
        }
    }

    /// What the report says of the row that this came of.
    #[must_use]
    pub fn row_of(&self, invitee: &Invitee) -> Row {
        Row {
            email: invitee.raw.clone(),
            outcome: self.row,
            code: self.code,
        }
    }
}
