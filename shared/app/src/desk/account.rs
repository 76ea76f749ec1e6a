//! The account of a person at a service desk: linked, found or made.

use ::jira::{AccountId, Failure, User, UserKind};
use domain::{EmailAddress, Version, text::Name};
use store::{CommitError, DeskLink, LinkState};

use super::{DeskWriter, connection::Connection, result::Stopped};

impl DeskWriter {
    /// The linked account of a person. Without a link, an account is made or, where there is one,
    /// found once by the address. `None` for people whom the desk may not write and does not know,
    /// and for those who work there.
    pub(super) async fn account(
        &self,
        at: &Connection,
        person: &EmailAddress,
        name: Option<&Name>,
    ) -> Result<Option<DeskLink>, Stopped> {
        if at.desk.is_own(person) {
            return Ok(None);
        }
        let store = &self.services.store;
        let known = store.desk_link(&at.desk.id, person).await?;
        let version = match known {
            Some(link) if link.state != LinkState::Gone => return Ok(Some(link)),
            Some(gone) => gone.version,
            None => Version::NEW,
        };
        let (found, made) = if at.jira.customers.writes() {
            let called = name.map_or_else(|| person.as_str(), Name::as_str);
            match at.client.create_customer(person.as_str(), called).await {
                Ok(user) => (Some(user), true),
                Err(error) if error.failure == Failure::Already => {
                    (Some(self.existing(at, person).await?), false)
                }
                Err(error) => return Err(error.into()),
            }
        } else {
            (find(at, person).await?, false)
        };
        let Some(user) = found else { return Ok(None) };
        if user.kind() == UserKind::App || user.account_id == at.own {
            return Ok(None);
        }
        let account = user.account_id.as_str().parse();
        let mut link = DeskLink {
            desk: at.desk.id.clone(),
            person: person.clone(),
            account: account.map_err(|_| impossible("the account's id cannot be kept"))?,
            state: LinkState::Live,
            made,
            listed: false,
            looked_at: None,
            version,
        };
        store.put_desk_link(&link).await?;
        link.version = version.next();
        Ok(Some(link))
    }

    /// Notes that somebody is on the desk's list: whoever raises a request or takes part in one gets
    /// there by that.
    pub(super) async fn note_listed(&self, link: DeskLink) -> Result<(), Stopped> {
        if link.listed {
            return Ok(());
        }
        let link = DeskLink {
            listed: true,
            ..link
        };
        match self.services.store.put_desk_link(&link).await {
            // A look has written it meanwhile, and comes to the same.
            Ok(()) | Err(CommitError::Conflict) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// The account of an address that is taken. Whoever has just been made is not found for some
    /// minutes, and whoever was revoked is not found at all.
    async fn existing(&self, at: &Connection, person: &EmailAddress) -> Result<User, Stopped> {
        if let Some(user) = find(at, person).await? {
            return Ok(user);
        }
        let now = self.services.now();
        let until = now + jiff::SignedDuration::from_mins(4);
        Err(Stopped::Later(
            until,
            "an account of this address exists and is not visible",
        ))
    }
}

/// The account with exactly this address; a portal-only one first.
async fn find(at: &Connection, person: &EmailAddress) -> Result<Option<User>, Stopped> {
    let found = at.client.find_users(person.as_str()).await?;
    let mut people: Vec<User> = found
        .into_iter()
        .filter(|user| user.kind() != UserKind::App)
        .collect();
    let exact = |user: &User| {
        let address = user.email_address.as_deref();
        address.is_some_and(|address| address.eq_ignore_ascii_case(person.as_str()))
    };
    if people.iter().any(exact) {
        people.retain(exact);
        people.sort_by_key(|user| user.kind() != UserKind::PortalOnly);
        return Ok(people.into_iter().next());
    }
    // The address is hidden: a whole address finds one account alone.
    people.retain(|user| user.email_address.is_none());
    let one = people.len() == 1;
    Ok(people.pop().filter(|_| one))
}

pub(super) fn impossible(said: &str) -> Stopped {
    Stopped::Impossible(said.to_owned())
}

/// The account of a link in the client's form.
pub(super) fn account_id(link: &DeskLink) -> Result<AccountId, Stopped> {
    let id = link.account.as_str().parse();
    id.map_err(|_| impossible("the account's id cannot be used"))
}
