//! The people of the seeded world, and a link that opens the pages as one of them.

use std::collections::BTreeMap;

use app::{AppError, Services};
use domain::{
    EmailAddress, Epoch, OrgId, Standing, Timestamp,
    link::{Holder, Purpose, Scope},
};
use links::{Claims, default_lifetime, nonce_for};
use operator::{Members, World};
use store::{Loaded, Wanted};

/// The seeded world, as far as the start page shows it.
#[derive(Debug)]
pub struct Cast {
    /// The services of use cases, in the operator's name.
    services: Services,
    /// Its people, by the place at which they are found.
    pub(super) groups: Vec<Group>,
}

/// The people of one place.
#[derive(Debug)]
pub(super) struct Group {
    /// The name of the organisation, or of the desks.
    pub(super) name: String,
    pub(super) people: Vec<Person>,
}

/// A person of the seeded world.
#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) email: EmailAddress,
    pub(super) name: String,
    pub(super) part: Part,
}

/// The part that a person has in the seeded world.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Decides where a lead's limits end.
    Administrator,
    /// Has, or had, access for an organisation.
    Member(OrgId),
}

/// A person as they are now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Now {
    /// Their standing in their organisation.
    pub(super) standing: Standing,
    /// Their last activity.
    pub(super) last_active_at: Option<Timestamp>,
}

impl Cast {
    /// The people that the world's files name.
    #[must_use]
    pub fn of(world: &World, members: &Members, services: Services) -> Self {
        let mut administrators: BTreeMap<&EmailAddress, Vec<&str>> = BTreeMap::new();
        for desk in world.desks.values() {
            for email in &desk.administrators {
                administrators
                    .entry(email)
                    .or_default()
                    .push(desk.name.as_str());
            }
        }
        let mut groups: Vec<_> = world
            .organizations
            .iter()
            .map(|(id, org)| {
                let leads = org.leads.iter().map(|lead| {
                    let name = lead.name.as_ref();
                    (&lead.email, name.map(ToString::to_string))
                });
                let others = members
                    .of(id)
                    .map(|(email, name)| (email, Some(name.to_string())));
                Group {
                    name: org.name.to_string(),
                    people: leads
                        .chain(others)
                        .map(|(email, name)| Person::new(email, name, Part::Member(id.clone())))
                        .collect(),
                }
            })
            .collect();
        groups.push(Group {
            name: "The desks".to_owned(),
            people: administrators
                .into_keys()
                .map(|email| Person::new(email, None, Part::Administrator))
                .collect(),
        });
        Self { services, groups }
    }

    /// True for an address that the world's files name.
    pub(super) fn has(&self, email: &str) -> bool {
        let mut people = self.groups.iter().flat_map(|group| &group.people);
        people.any(|person| person.email.as_str() == email)
    }

    /// A person of an organisation as they are now.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub(super) async fn now(&self, email: &EmailAddress, org: &OrgId) -> Result<Now, AppError> {
        let wanted = Wanted::new().customer(email).affiliation(org, email);
        let loaded = self.services.store.load(wanted).await?;
        Ok(Now {
            standing: loaded.affiliation(org, email).standing(self.services.now()),
            last_active_at: loaded
                .customer(email)
                .and_then(|known| known.last_active_at),
        })
    }

    /// The path of a link like those that this person is mailed: to the console of whoever leads an
    /// organisation, and to everybody else's own requests.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub(super) async fn link(&self, email: &EmailAddress) -> Result<String, AppError> {
        let store = &self.services.store;
        let now = self.services.now();
        let orgs = store.organizations_of(email).await?;
        let wanted = Wanted::new().customer(email);
        let wanted = orgs
            .iter()
            .fold(wanted, |wanted, org| wanted.affiliation(org, email));
        let loaded = store.load(wanted).await?;
        let leads = |org: &&OrgId| loaded.affiliation(org, email).standing(now) == Standing::Lead;
        let claims = match orgs.iter().find(leads) {
            Some(org) => {
                let scope = Scope::Organization { org: org.clone() };
                self.claims(
                    email,
                    (Purpose::LeadConsole, scope),
                    &loaded,
                    std::slice::from_ref(org),
                )
            }
            None => self.claims(email, (Purpose::Requester, Scope::Own), &loaded, &orgs),
        };
        let token = links::sign(&claims, &self.services.keys.links);
        Ok(format!("{}{}", links::PATH, token.as_str()))
    }

    fn claims(
        &self,
        email: &EmailAddress,
        (purpose, scope): (Purpose, Scope),
        loaded: &Loaded,
        orgs: &[OrgId],
    ) -> Claims {
        let now = self.services.now();
        let affiliations = orgs.iter().map(|org| loaded.affiliation(org, email));
        let holder = Holder {
            customer: loaded.customer(email),
            affiliations: affiliations.collect(),
            asked: None,
            administers: false,
            now,
        };
        let Epoch(epoch) = holder.epoch(purpose, &scope);
        Claims {
            purpose,
            subject: email.clone(),
            scope,
            expires_at: default_lifetime(purpose).after(now),
            epoch,
            nonce: nonce_for(self.services.ids.uuid(now), email, purpose),
        }
    }
}

impl Person {
    fn new(email: &EmailAddress, name: Option<String>, part: Part) -> Self {
        let name = name.unwrap_or_else(|| first_name(email));
        Self {
            email: email.clone(),
            name,
            part,
        }
    }
}

/// A name for somebody of whom the world's files tell none.
fn first_name(email: &EmailAddress) -> String {
    let (local, _) = email.as_str().split_once('@').unwrap_or_default();
    let mut letters = local.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}
