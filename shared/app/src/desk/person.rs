//! A look at a person: what they have at the service desk becomes what they have here.

use std::collections::{BTreeMap, BTreeSet};

use ::jira::{AccountId, Failure, Removal, ServiceDeskId};
use domain::{
    EmailAddress, Membership, OrgId, Standing,
    decide::{AccountKind, DeskStep, PersonHere, PersonThere, steps_at_desk},
    text::Name,
};
use jiff::SignedDuration;
use store::{DeskLink, LinkState, Wanted};

use super::{
    DeskWriter,
    account::{account_id, impossible},
    connection::Connection,
    result::Stopped,
};

/// The time in which a person is looked at once.
const LOOKED_LATELY: SignedDuration = SignedDuration::from_secs(10);
/// The time after which somebody with an open request is looked at again.
const HELD_BY_A_REQUEST: SignedDuration = SignedDuration::from_hours(24);

/// A person here, with what is needed to write them.
struct Seen {
    here: PersonHere,
    name: Option<Name>,
}

impl DeskWriter {
    /// Looks at a person, and does what is missing at the desk.
    pub(super) async fn look(
        &self,
        at: &Connection,
        (person, org): (&EmailAddress, &OrgId),
    ) -> Result<(), Stopped> {
        if at.desk.is_own(person) {
            return Ok(());
        }
        let store = &self.services.store;
        let known = store.desk_link(&at.desk.id, person).await?;
        let known = known.filter(|link| link.state != LinkState::Gone);
        self.not_lately(known.as_ref())?;
        let seen = self.seen(at, person, org).await?;
        let link = match known {
            Some(link) => link,
            None if steps_at_desk(&seen.here, None, &at.jira).is_empty() => return Ok(()),
            None => match self.account(at, person, seen.name.as_ref()).await? {
                Some(link) => link,
                None => return Ok(()),
            },
        };
        let account = account_id(&link)?;
        let mut link = link;
        let there = match self.there(at, &link, &account, &seen.here).await {
            Ok(there) => there,
            // The account was deleted there. Whoever has access gets another one.
            Err(Stopped::Desk(error)) if error.failure == Failure::Gone => {
                link.state = LinkState::Gone;
                store.put_desk_link(&link).await?;
                let until = self.services.now();
                return Err(Stopped::Later(until, "the linked account is gone"));
            }
            Err(stopped) => return Err(stopped),
        };
        let mut again = None;
        for step in steps_at_desk(&seen.here, Some(&there), &at.jira) {
            let said = self.step(at, (&account, &mut link), step).await?;
            again = again.or(said);
        }
        link.looked_at = Some(self.services.now());
        store.put_desk_link(&link).await?;
        match again {
            Some(until) => Err(Stopped::Later(until, "a request of theirs is still open")),
            None => Ok(()),
        }
    }

    /// Somebody who was looked at a moment ago waits: more changes may be coming.
    fn not_lately(&self, link: Option<&DeskLink>) -> Result<(), Stopped> {
        let looked_at = link.and_then(|link| link.looked_at);
        let Some(looked_at) = looked_at else {
            return Ok(());
        };
        let next = looked_at + LOOKED_LATELY;
        let now = self.services.now();
        if now < looked_at || now >= next {
            return Ok(());
        }
        Err(Stopped::Later(next, "they were looked at a moment ago"))
    }

    /// The state of a person here.
    async fn seen(
        &self,
        at: &Connection,
        person: &EmailAddress,
        org: &OrgId,
    ) -> Result<Seen, Stopped> {
        let store = &self.services.store;
        let named = store.organizations_of(person).await?;
        let orgs: BTreeSet<OrgId> = named.into_iter().chain([org.clone()]).collect();
        let wanted = orgs.iter().fold(Wanted::new(), |wanted, org| {
            wanted.organization(org).affiliation(org, person)
        });
        let loaded = store.load(wanted.customer(person)).await?;
        let now = self.services.now();
        let mut here = PersonHere::default();
        let mut name = loaded.customer(person).and_then(|c| c.name.clone());
        for org in &orgs {
            let own = loaded.affiliation(org, person);
            let standing = own.standing(now);
            here.belongs |= standing.has_access() || standing == Standing::Invited;
            let desks = loaded.organization(org).map(|org| &org.desk);
            if desks == Some(&at.desk.id) {
                // Whoever left and is invited again has yet to accept: they are out until then.
                let had_access = own.trace() || own.membership().is_some_and(Membership::has_left);
                let standing = match standing {
                    Standing::Invited if had_access => Standing::Leaver,
                    standing => standing,
                };
                here.organizations.insert(org.clone(), standing);
            }
            name = name.or_else(|| own.membership().and_then(|m| m.name.clone()));
        }
        let open = self.services.open_requests(person, None).await?;
        here.has_open_request = open.iter().any(|request| request.id.desk == at.desk.id);
        Ok(Seen { here, name })
    }

    /// The state of a person at the desk, as Jira has it.
    async fn there(
        &self,
        at: &Connection,
        link: &DeskLink,
        account: &AccountId,
        here: &PersonHere,
    ) -> Result<PersonThere, Stopped> {
        let list = at.client.organizations_of(account).all().await?;
        let member_of: BTreeSet<u64> = list.values.iter().map(|there| there.id.0).collect();
        let mut known = BTreeMap::new();
        for org in here.organizations.keys() {
            let found = self.services.store.counterpart(&at.desk.id, org).await?;
            if let Some(found) = found {
                let is_member = member_of.contains(&found.id);
                // Of an incomplete list only what is there counts.
                if is_member || list.complete {
                    known.insert(org.clone(), is_member);
                }
            }
        }
        Ok(PersonThere {
            kind: if account.is_portal_only() {
                AccountKind::PortalOnly
            } else {
                AccountKind::Other
            },
            revoked: link.state == LinkState::Revoked,
            member_of: known,
        })
    }

    /// Makes one step. Returns the instant at which to look again, where something is in the way.
    async fn step(
        &self,
        at: &Connection,
        (account, link): (&AccountId, &mut DeskLink),
        step: DeskStep,
    ) -> Result<Option<jiff::Timestamp>, Stopped> {
        let desk = ServiceDeskId(at.jira.service_desk);
        let one = std::slice::from_ref(account);
        match step {
            DeskStep::Link => return Err(impossible("the account is not linked")),
            DeskStep::AskToGrant => {
                tracing::error!(
                    desk.id = at.desk.id.as_str(),
                    "a revoked account has to be granted access by an administrator"
                );
                link.state = LinkState::Live;
            }
            DeskStep::Join(org) => {
                let there = self.counterpart(at, &org).await?;
                at.client.add_members(there, one).await?;
            }
            DeskStep::Leave(org) => {
                let there = self.counterpart(at, &org).await?;
                at.client.remove_members(there, one).await?;
            }
            DeskStep::Enlist => {
                at.client.add_desk_customers(desk, one).await?;
                link.listed = true;
            }
            DeskStep::Delist => {
                match at.client.remove_desk_customers(desk, one).await? {
                    Removal::Done => {}
                    Removal::DeskIsOpen => tracing::info!(
                        desk.id = at.desk.id.as_str(),
                        "an open desk keeps its list itself"
                    ),
                }
                link.listed = false;
            }
            DeskStep::Revoke => {
                match at.client.revoke_portal_access(account).await {
                    Ok(()) => {}
                    Err(error) if error.failure == Failure::Gone => {}
                    Err(error) => return Err(error.into()),
                }
                link.state = LinkState::Revoked;
            }
            DeskStep::LookAgain => {
                return Ok(Some(self.services.now() + HELD_BY_A_REQUEST));
            }
        }
        Ok(None)
    }
}
