//! Who may see a request, as what, and what follows from it.

use std::collections::BTreeSet;

use crate::{
    EmailAddress, Membership, OrgId, Request,
    request::{Category, Part, Viewer, Who},
};

/// As what somebody sees a request. Whoever has one may read its public side and comment on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sight {
    /// Their own parts in it.
    pub parts: BTreeSet<Part>,
    /// Organisations that it is shared with, and whose members they are.
    pub orgs: BTreeSet<OrgId>,
    /// Organisations with whose members they may share it.
    pub circle: BTreeSet<OrgId>,
}

/// How a person stands to the organisations that a request has to do with.
#[derive(Debug, Clone, Copy)]
pub struct Standing<'a> {
    /// Their memberships, in whatever state.
    pub memberships: &'a [Membership],
    /// Whether a trace says that they left the request's own organisation, where their membership
    /// is forgotten.
    pub left: bool,
}

impl Sight {
    /// As what somebody sees a request; `None` when they do not.
    ///
    /// Whoever left the request's organisation does not, whatever else they are. To have chosen
    /// mails is no part in it: that holds for as long as a membership lets them see it.
    #[must_use]
    pub fn of(
        request: &Request,
        viewers: &[Viewer],
        email: &EmailAddress,
        standing: Standing<'_>,
    ) -> Option<Self> {
        let member_of = |org: &OrgId| standing.memberships.iter().find(|m| m.org == *org);
        if let Some(org) = &request.org {
            let gone = member_of(org).map_or(standing.left, Membership::has_left);
            if gone {
                return None;
            }
        }
        let mut parts = BTreeSet::new();
        let mut orgs = BTreeSet::new();
        for viewer in viewers {
            match &viewer.who {
                Who::Person(who) if who == email => parts.clone_from(&viewer.parts),
                Who::Organization(org) if member_of(org).is_some_and(Membership::has_access) => {
                    orgs.insert(org.clone());
                }
                Who::Person(_) | Who::Organization(_) => {}
            }
        }
        if parts.is_empty() && orgs.is_empty() {
            return None;
        }
        let circle = standing
            .memberships
            .iter()
            .filter(|m| m.has_access())
            .filter(|m| request.org.as_ref().is_none_or(|org| *org == m.org))
            .map(|m| m.org.clone())
            .collect();
        Some(Self {
            parts,
            orgs,
            circle,
        })
    }

    /// Whether they raised it or take part in it: these may share it and change its status.
    #[must_use]
    pub fn takes_part(&self) -> bool {
        self.parts.contains(&Part::Reporter) || self.parts.contains(&Part::Participant)
    }

    /// Whether they may share it with colleagues, of whom there must be some.
    #[must_use]
    pub fn may_share(&self) -> bool {
        self.takes_part() && !self.circle.is_empty()
    }

    /// Whether they may choose mails about it. A member who sees it through the request's own
    /// organisation may; through another one not, since nothing would end those mails when they
    /// leave that one.
    #[must_use]
    pub fn may_follow(&self, request: &Request) -> bool {
        let through_own = request
            .org
            .as_ref()
            .is_some_and(|org| self.orgs.contains(org));
        !self.parts.is_empty() || through_own
    }
}

impl Request {
    /// The approvals that wait for somebody's answer; none once the request is over.
    pub fn awaits<'a>(
        &'a self,
        email: &'a EmailAddress,
    ) -> impl Iterator<Item = &'a crate::ApprovalId> {
        let open = self.status.category != Category::Done;
        self.approvals
            .iter()
            .filter(move |(_, asked)| {
                open && asked.approvers.contains(email) && !asked.answers.contains_key(email)
            })
            .map(|(id, _)| id)
    }
}
