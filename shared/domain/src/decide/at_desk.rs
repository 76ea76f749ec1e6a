//! The steps about one person at a service desk elsewhere: the state here compared with the
//! state there.
//!
//! The comparison knows nothing of the change that led to it. So it does not matter in which order
//! changes come, how often it is made, and where an earlier one was interrupted.

use std::collections::BTreeMap;

use crate::{OrgId, Standing, desk::JiraDesk};

/// The state of a person here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonHere {
    /// Their standing in the desk's organisations, as far as they ever had one.
    pub organizations: BTreeMap<OrgId, Standing>,
    /// `true` if they have access or an open invitation anywhere, at whichever desk.
    pub belongs: bool,
    /// `true` if a request of theirs is open at the desk.
    pub has_open_request: bool,
}

/// The state of a person at the service desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonThere {
    /// The kind of their account.
    pub kind: AccountKind,
    /// `true` if access to the portal was revoked from here.
    pub revoked: bool,
    /// The organisations with a counterpart: `true` where they are a member of it.
    pub member_of: BTreeMap<OrgId, bool>,
}

/// The kinds of accounts at Jira.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AccountKind {
    /// A customer of the portal, and nothing else.
    PortalOnly,
    /// An account that belongs to the person or their company.
    Other,
}

/// One thing to do there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeskStep {
    /// Link an account, and make one if there is none. Everything else is decided after it.
    Link,
    /// Ask the administrators to give the access to the portal back: no call can.
    AskToGrant,
    /// Make them a member of an organisation.
    Join(OrgId),
    /// Put them on the desk's list.
    Enlist,
    /// Take them out of an organisation.
    Leave(OrgId),
    /// Take them off the desk's list.
    Delist,
    /// Close the portal to them.
    Revoke,
    /// Look again later: a request of theirs is still open.
    LookAgain,
}

/// Returns what has to be done about a person, in its order. `there` is `None` while no account of
/// theirs is linked.
#[must_use]
pub fn steps_at_desk(
    here: &PersonHere,
    there: Option<&PersonThere>,
    jira: &JiraDesk,
) -> Vec<DeskStep> {
    let inside = here.organizations.values().any(|own| own.has_access());
    let Some(there) = there else {
        return if inside {
            vec![DeskStep::Link]
        } else {
            Vec::new()
        };
    };
    let mut steps = Vec::new();
    if inside && there.revoked {
        steps.push(DeskStep::AskToGrant);
    }
    if jira.organizations.writes() {
        steps.extend(memberships(here, there));
    }
    if jira.customers.writes() {
        steps.extend(place_at_the_desk(here, there, inside, jira));
    }
    steps
}

/// Joins before leaves, so that nobody is without any organisation in between.
fn memberships(here: &PersonHere, there: &PersonThere) -> Vec<DeskStep> {
    let is_member = |org: &OrgId| there.member_of.get(org).copied();
    let standings = here.organizations.iter();
    let joins = standings
        .clone()
        .filter(|(org, own)| own.has_access() && is_member(org) != Some(true))
        .map(|(org, _)| DeskStep::Join(org.clone()));
    let leaves = standings
        .filter(|(org, own)| **own == Standing::Leaver && is_member(org) == Some(true))
        .map(|(org, _)| DeskStep::Leave(org.clone()));
    joins.chain(leaves).collect()
}

/// Their place on the desk's list. It is set anew with each look: an answer that was lost, a share or
/// a request may have changed it, and both calls may be repeated.
fn place_at_the_desk(
    here: &PersonHere,
    there: &PersonThere,
    inside: bool,
    jira: &JiraDesk,
) -> Vec<DeskStep> {
    if inside {
        return vec![DeskStep::Enlist];
    }
    let left = here
        .organizations
        .values()
        .any(|own| *own == Standing::Leaver);
    if !left {
        return Vec::new();
    }
    if here.has_open_request {
        return vec![DeskStep::LookAgain];
    }
    let revokes =
        jira.revoke && !here.belongs && !there.revoked && there.kind == AccountKind::PortalOnly;
    let revoke = revokes.then_some(DeskStep::Revoke);
    [DeskStep::Delist].into_iter().chain(revoke).collect()
}
