//! The holder of a link, and the one rule that says if the link lives.
//!
//! Signing and checking ask the same [`Holder::epoch`]; showing and acting ask the same
//! [`Holder::honours`]. Both answer for every purpose.

use jiff::Timestamp;

use super::{Purpose, Scope};
use crate::{Affiliation, Customer, Epoch, Membership, Standing, epoch::Round};

/// The holder of a link, with everything on which the link's life depends.
#[derive(Debug, Clone)]
pub struct Holder<'a> {
    /// The person, if anything is recorded of them.
    pub customer: Option<&'a Customer>,
    /// Their affiliations with all their organisations if the link opens all that is their own
    /// ([`Dependence::Everywhere`]). Otherwise the affiliation with the one organisation that the
    /// link has to do with, if any.
    pub affiliations: Vec<Affiliation<'a>>,
    /// The membership about which the link asks them to decide.
    pub asked: Option<&'a Membership>,
    /// `true` if they administer a desk that has to do with it.
    pub administers: bool,
    /// The instant at which it is asked.
    pub now: Timestamp,
}

/// The records on which the life of a link depends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dependence {
    /// No record: it does nothing but stop mail, and let it come again.
    Nothing,
    /// The person.
    Person,
    /// The person, and every organisation in which they have a membership.
    Everywhere,
    /// The person, and one organisation.
    There,
    /// The person, one organisation, and the round of the invitation or appointment there.
    Round,
    /// The person, one organisation, and the invitation that is to be decided.
    Asked,
}

impl Dependence {
    /// The records on which a link with this purpose and scope depends.
    #[must_use]
    pub fn of(purpose: Purpose, scope: &Scope) -> Self {
        match purpose {
            Purpose::Unsubscribe => Self::Nothing,
            Purpose::ConfirmRequest | Purpose::ReleaseSweep => Self::Person,
            Purpose::NewRequest => Self::Everywhere,
            Purpose::Requester if *scope == Scope::Own => Self::Everywhere,
            Purpose::Requester | Purpose::Approve | Purpose::KeepAccess => Self::There,
            Purpose::LeadConsole | Purpose::Review | Purpose::AcceptInvitation => Self::Round,
            Purpose::DecideInvitation => Self::Asked,
        }
    }
}

impl Holder<'_> {
    /// The epoch of a link with this purpose and scope, if it is signed now.
    #[must_use]
    pub fn epoch(&self, purpose: Purpose, scope: &Scope) -> Epoch {
        let person = Epoch(self.customer.map_or(0, |customer| customer.epoch));
        let there = || {
            let theirs = self.affiliations.first();
            theirs.map_or(person, |own| person.plus(own.epoch(self.now)))
        };
        let round = |membership: Option<&Membership>| {
            let Round(round) = membership.map(|m| m.round).unwrap_or_default();
            round
        };
        match Dependence::of(purpose, scope) {
            Dependence::Nothing => Epoch::default(),
            Dependence::Person => person,
            Dependence::Everywhere => self
                .affiliations
                .iter()
                .fold(person, |sum, own| sum.plus(own.ended(self.now))),
            Dependence::There => there(),
            Dependence::Round => {
                let theirs = self.affiliations.first();
                there().plus(round(theirs.and_then(Affiliation::membership)))
            }
            Dependence::Asked => there().plus(round(self.asked)),
        }
    }

    /// Returns `true` if a link that was signed at an epoch lives: nothing has ended it, and its
    /// holder still has the role that it was for.
    #[must_use]
    pub fn honours(&self, purpose: Purpose, scope: &Scope, signed: Epoch) -> bool {
        match Dependence::of(purpose, scope) {
            Dependence::Nothing => true,
            Dependence::Person
            | Dependence::Everywhere
            | Dependence::There
            | Dependence::Round
            | Dependence::Asked => {
                self.stands(purpose, scope) && self.epoch(purpose, scope) == signed
            }
        }
    }

    /// Returns `true` if the holder has the role that such a link is for.
    fn stands(&self, purpose: Purpose, scope: &Scope) -> bool {
        let there = self.affiliations.first().map(|own| own.standing(self.now));
        match purpose {
            Purpose::Unsubscribe | Purpose::ConfirmRequest | Purpose::NewRequest => true,
            // Each thing behind a link to all that is their own is checked by itself.
            Purpose::Requester if *scope == Scope::Own => true,
            Purpose::Requester | Purpose::Approve => there != Some(Standing::Leaver),
            Purpose::AcceptInvitation => match there {
                Some(Standing::Invited | Standing::Member | Standing::Lead) => true,
                Some(Standing::Never | Standing::Leaver) | None => false,
            },
            Purpose::KeepAccess => there.is_some_and(Standing::has_access),
            Purpose::LeadConsole | Purpose::Review => there == Some(Standing::Lead),
            Purpose::DecideInvitation | Purpose::ReleaseSweep => self.administers,
        }
    }
}
