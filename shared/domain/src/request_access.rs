//! Access to one request: who may see it, in which part, and what they may do with it.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::{
    Affiliation, EmailAddress, OrgId, Request,
    request::{Category, Part, Viewer, ViewerId},
};

/// The access of one person to one request. With it they may read its public side and comment on
/// it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestAccess {
    /// Their own parts in it.
    pub parts: BTreeSet<Part>,
    /// Organisations that it is shared with, and whose members they are.
    pub orgs: BTreeSet<OrgId>,
    /// The organisations with whose members they may share it: the one that it belongs to, if they
    /// have access there. A request without an organisation can be shared by its reporter alone,
    /// with organisations of theirs.
    pub circle: BTreeSet<OrgId>,
}

impl RequestAccess {
    /// Returns the access of somebody to a request at `now`; `None` when they have none.
    /// `affiliations` are theirs, with the one to the request's own organisation among them.
    ///
    /// Whoever left the request's organisation has no access, whatever else they are. Having chosen
    /// mails gives no part in the request: they come only as long as a membership gives access.
    #[must_use]
    pub fn of(
        request: &Request,
        viewers: &[Viewer],
        email: &EmailAddress,
        affiliations: &[Affiliation<'_>],
        now: Timestamp,
    ) -> Option<Self> {
        let to = |org: &OrgId| affiliations.iter().find(|own| own.org() == org);
        if let Some(org) = &request.org {
            // An organisation that was not asked about does not count as one they never left.
            to(org).filter(|own| !own.has_left(now))?;
        }
        let mut parts = BTreeSet::new();
        let mut orgs = BTreeSet::new();
        for viewer in viewers {
            match &viewer.who {
                ViewerId::Person(who) if who == email => parts.clone_from(&viewer.parts),
                ViewerId::Organization(org) if to(org).is_some_and(|own| own.has_access(now)) => {
                    orgs.insert(org.clone());
                }
                ViewerId::Person(_) | ViewerId::Organization(_) => {}
            }
        }
        if parts.is_empty() && orgs.is_empty() {
            return None;
        }
        let is_for = |org: &OrgId| match &request.org {
            Some(own) => own == org,
            None => parts.contains(&Part::Reporter),
        };
        let circle = affiliations
            .iter()
            .filter(|own| own.has_access(now) && is_for(own.org()))
            .map(|own| own.org().clone())
            .collect();
        Some(Self {
            parts,
            orgs,
            circle,
        })
    }

    /// Returns `true` if they raised it or take part in it, and so may share it and change its
    /// status.
    #[must_use]
    pub fn takes_part(&self) -> bool {
        self.parts.contains(&Part::Reporter) || self.parts.contains(&Part::Participant)
    }

    /// Returns `true` if they may share it with colleagues, of whom there must be some.
    #[must_use]
    pub fn may_share(&self) -> bool {
        self.takes_part() && !self.circle.is_empty()
    }

    /// Returns `true` if they are told who else takes part, as members of the request's
    /// organisation are. The people who take part in a request of no organisation may know nothing
    /// of each other.
    #[must_use]
    pub fn knows_participants(&self, request: &Request) -> bool {
        let own = request.org.as_ref();
        own.is_some_and(|org| self.circle.contains(org))
    }

    /// Returns `true` if they may choose mails about it. A member may who sees it through the
    /// request's own organisation. One who sees it through another organisation may not: nothing
    /// would end those mails when they leave that one.
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
