//! The plan: the file compared with the tables.

use domain::{
    Actor, DeskId, DomainName, Evidence, OrgId, Organization, Proof, SourceId, Timestamp, Version,
    decide::{AppointState, appoint_lead, first_review},
    desk::Desk,
    organization::{InvitedToday, Review, day_of},
};
use hooks::source::{SecretsError, Source};
use store::{Loaded, Wanted};

use crate::{
    Lead, Operator, OperatorError, OrganizationSettings, SourceSettings, World, difference,
    problem::Problems,
};

/// The changes that applying a world would make, and the differences that it would leave.
#[derive(Debug, Default)]
pub struct Plan {
    pub(crate) steps: Vec<Step>,
    notices: Vec<String>,
    pub(crate) proof: Option<Proof>,
}

/// One thing to write.
#[derive(Debug)]
pub(crate) struct Step {
    lines: Vec<String>,
    pub(crate) act: Act,
}

#[derive(Debug)]
pub(crate) enum Act {
    Desk(Desk),
    ForgetDesk(DeskId),
    SealToken(DeskId),
    ForgetToken(DeskId),
    Organization(OrgId, OrganizationSettings),
    DomainRule(DomainName, OrgId),
    ForgetDomainRule(DomainName),
    Lead(OrgId, Lead),
    Source(SourceId, SourceSettings),
    ForgetSource(SourceId),
}

/// The treatment of a source's secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Secrets {
    /// They stay.
    Keep,
    /// They stay, encrypted with the current key instead of the previous one.
    SealAnew,
}

impl Plan {
    /// One line for each difference, in the order of writing.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.steps
            .iter()
            .flat_map(|step| step.lines.iter().map(String::as_str))
    }

    /// The differences that stay, because people and requests are not touched.
    pub fn notices(&self) -> impl Iterator<Item = &str> {
        self.notices.iter().map(String::as_str)
    }

    /// Tells whether there is nothing to change.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    pub(crate) fn notice(&mut self, notice: String) {
        self.notices.push(notice);
    }

    pub(crate) fn step(&mut self, lines: Vec<String>, act: Act) {
        if !lines.is_empty() {
            self.steps.push(Step { lines, act });
        }
    }
}

impl Operator {
    /// Compares a world with the tables. Writes nothing.
    ///
    /// # Errors
    /// If the tables cannot be read, or the file asks for something impossible: a seat cap below
    /// the seats in use.
    pub async fn plan(&self, world: &World) -> Result<Plan, OperatorError> {
        let described = self.store().world().await?;
        let loaded = self.store().load(wanted(world, &described)).await?;
        let mut plan = Plan {
            proof: Some(Proof {
                actor: Actor::Operator,
                evidence: Evidence::WorldFile {
                    sha256: world.sha256.clone(),
                },
            }),
            ..Plan::default()
        };
        let mut problems = Problems::default();
        for desk in world.desks.values() {
            plan_desk(desk, &loaded, &mut plan);
            self.plan_token(desk, &mut plan).await?;
        }
        for (id, settings) in &world.organizations {
            self.plan_organization(id, settings, &loaded, &mut plan, &mut problems);
        }
        problems.or(()).map_err(OperatorError::Invalid)?;
        plan_domains(world, &described, &loaded, &mut plan);
        for (id, settings) in &world.sources {
            let stored = self.store().source::<Source>(id).await?;
            self.plan_source(id, settings, stored.map(|(source, _)| source), &mut plan);
        }
        plan_removals(world, &described, &loaded, &mut plan);
        Ok(plan)
    }

    fn plan_organization(
        &self,
        id: &OrgId,
        settings: &OrganizationSettings,
        loaded: &Loaded,
        plan: &mut Plan,
        problems: &mut Problems,
    ) {
        let what = format!("organization {id}");
        let stored = loaded.organization(id);
        let lines = match stored {
            None => vec![format!(
                "{what}: new ({}, desk {}, {} seats)",
                settings.name, settings.desk, settings.policy.seat_cap
            )],
            Some(org) => {
                settings.check_seats(id, org, problems);
                difference::lines(&what, &OrganizationSettings::of(org), settings)
            }
        };
        plan.step(lines, Act::Organization(id.clone(), settings.clone()));
        let now = self.clock().now();
        let org = settings.put_into(id, stored.cloned(), now);
        self.plan_leads(org, settings, loaded, plan);
    }

    /// Asks the domain about each lead in turn, as carrying out the plan will.
    fn plan_leads(
        &self,
        mut org: Organization,
        settings: &OrganizationSettings,
        loaded: &Loaded,
        plan: &mut Plan,
    ) {
        let id = org.id.clone();
        for lead in &settings.leads {
            let state = AppointState {
                membership: loaded.membership(&id, &lead.email).cloned(),
                left: loaded.affiliation(&id, &lead.email).trace(),
                customer: loaded.customer(&lead.email).cloned(),
                org: org.clone(),
            };
            let Some(proof) = &plan.proof else { return };
            let name = lead.name.as_ref();
            let email = &lead.email;
            match appoint_lead(state, email, name, &proof.at(self.clock().now())) {
                Ok(outcome) if outcome.is_empty() => {}
                Ok(outcome) => {
                    for change in outcome.changes {
                        if let domain::Change::Organization(after) = change {
                            org = after;
                        }
                    }
                    plan.step(
                        vec![format!("organization {id}: lead {email}")],
                        Act::Lead(id.clone(), lead.clone()),
                    );
                }
                Err(refusal) => plan.notices.push(format!(
                    "organization {id}: {email} is not made a lead: {}",
                    refusal.detail
                )),
            }
        }
        for lead in &org.leads {
            if settings.leads.iter().all(|named| named.email != *lead) {
                plan.notices.push(format!(
                    "organization {id}: {lead} leads it and is not in the file; people stay as \
                     they are"
                ));
            }
        }
    }

    fn plan_source(
        &self,
        id: &SourceId,
        settings: &SourceSettings,
        stored: Option<Source>,
        plan: &mut Plan,
    ) {
        let what = format!("source {id}");
        let Some(source) = stored else {
            let lines = vec![format!(
                "{what}: new ({}), with a new secret",
                settings.scheme.name()
            )];
            plan.step(lines, Act::Source(id.clone(), settings.clone()));
            return;
        };
        let mut lines = difference::lines(&what, &SourceSettings::of(&source), settings);
        match self.judge_secrets(id, settings, &source) {
            Ok(Secrets::Keep) => {}
            Ok(Secrets::SealAnew) => {
                lines.push(format!("{what}: its secret is encrypted with the new key"));
            }
            Err(why) => lines.push(format!("{what}: a new secret, because {why}")),
        }
        plan.step(lines, Act::Source(id.clone(), settings.clone()));
    }

    /// The treatment of a source's secrets under new settings. An error gives the reason why a new
    /// secret is needed.
    pub(crate) fn judge_secrets(
        &self,
        id: &SourceId,
        settings: &SourceSettings,
        source: &Source,
    ) -> Result<Secrets, &'static str> {
        let now = self.clock().now();
        let with = settings
            .with_secrets(id, source.secrets.clone())
            .map_err(|_| "the old one does not fit")?;
        match with.open(&self.keys().sources, now) {
            Ok(usable) if usable.is_empty() => Err("the old one has expired"),
            Ok(_) if with.open(self.current(), now).is_ok() => Ok(Secrets::Keep),
            Ok(_) => Ok(Secrets::SealAnew),
            Err(SecretsError::Open { .. }) => {
                Err("the old one does not open with this source secret")
            }
            Err(SecretsError::Invalid { .. }) => Err("the scheme cannot use the old one"),
        }
    }
}

/// Everything that the plan looks at, in one read per hundred things.
fn wanted(world: &World, described: &store::World) -> Wanted {
    let mut wanted = Wanted::new();
    for id in world.desks.keys().chain(&described.desks) {
        wanted = wanted.desk(id);
    }
    for id in &described.organizations {
        wanted = wanted.organization(id);
    }
    for (id, org) in &world.organizations {
        wanted = wanted.organization(id);
        for lead in &org.leads {
            wanted = wanted.affiliation(id, &lead.email).customer(&lead.email);
        }
        for domain in &org.domains {
            wanted = wanted.domain_rule(domain);
        }
    }
    for domain in &described.domains {
        wanted = wanted.domain_rule(domain);
    }
    wanted
}

fn plan_desk(desk: &Desk, loaded: &Loaded, plan: &mut Plan) {
    let what = format!("desk {}", desk.id);
    let lines = match loaded.desk(&desk.id) {
        None => {
            let count = desk.request_types.len();
            vec![format!(
                "{what}: new ({}, {count} request types)",
                desk.name
            )]
        }
        Some(stored) => difference::lines(&what, stored, desk),
    };
    plan.step(lines, Act::Desk(desk.clone()));
}

fn plan_domains(world: &World, described: &store::World, loaded: &Loaded, plan: &mut Plan) {
    for (id, org) in &world.organizations {
        for domain in &org.domains {
            let line = match loaded.domain_rule(domain) {
                Some(owner) if owner == id => continue,
                Some(owner) => format!("domain {domain}: organization {owner} → {id}"),
                None => format!("domain {domain}: organization {id}"),
            };
            plan.step(vec![line], Act::DomainRule(domain.clone(), id.clone()));
        }
    }
    for domain in &described.domains {
        let Some(owner) = loaded.domain_rule(domain) else {
            continue;
        };
        let wanted = world
            .organizations
            .values()
            .any(|org| org.domains.contains(domain));
        // Things that are missing in the file stay as they are, with their domains.
        if !wanted && world.organizations.contains_key(owner) {
            plan.step(
                vec![format!("domain {domain}: organization {owner} → (none)")],
                Act::ForgetDomainRule(domain.clone()),
            );
        }
    }
}

fn plan_removals(world: &World, described: &store::World, loaded: &Loaded, plan: &mut Plan) {
    for id in &described.sources {
        if !world.sources.contains_key(id) {
            let line = format!("source {id}: removed; its deliveries are refused from then on");
            plan.step(vec![line], Act::ForgetSource(id.clone()));
        }
    }
    let mut served = std::collections::BTreeSet::new();
    for id in &described.organizations {
        if !world.organizations.contains_key(id) {
            served.extend(loaded.organization(id).map(|org| org.desk.clone()));
            plan.notices.push(format!(
                "organization {id}: is not in the file; it stays, with its people"
            ));
        }
    }
    for id in &described.desks {
        if world.desks.contains_key(id) {
            continue;
        }
        if served.contains(id) {
            plan.notices.push(format!(
                "desk {id}: is not in the file; it stays, since an organization that is not \
                 either is served by it"
            ));
        } else {
            let line = format!("desk {id}: removed; its requests stay");
            plan.step(vec![line], Act::ForgetDesk(id.clone()));
        }
    }
}

impl OrganizationSettings {
    /// The parts of a stored organisation that the file describes, without its domains and leads.
    fn of(org: &Organization) -> Self {
        Self {
            name: org.name.clone(),
            desk: org.desk.clone(),
            policy: org.policy.clone(),
            counterpart: org.counterpart,
            domains: [].into(),
            leads: Vec::new(),
        }
    }

    /// The organisation with these settings; its people and its version stay.
    pub(crate) fn put_into(
        &self,
        id: &OrgId,
        stored: Option<Organization>,
        now: Timestamp,
    ) -> Organization {
        let (name, desk, policy) = (self.name.clone(), self.desk.clone(), self.policy.clone());
        let counterpart = self.counterpart;
        match stored {
            // A new interval of reviews counts from the next round on, unless there were no reviews
            // until now.
            Some(org) => Organization {
                name,
                desk,
                due_at: org.due_at.or_else(|| first_review(&policy, now)),
                policy,
                counterpart,
                ..org
            },
            None => Organization {
                id: id.clone(),
                name,
                desk,
                seats_used: 0,
                leads: [].into(),
                invited: InvitedToday {
                    day: day_of(now),
                    count: 0,
                },
                review: Review::default(),
                vacancy: None,
                told_full: None,
                counterpart,
                due_at: first_review(&policy, now),
                policy,
                version: Version::NEW,
            },
        }
    }

    /// Notes a mistake if more seats are taken than these settings allow.
    pub(crate) fn check_seats(&self, id: &OrgId, stored: &Organization, problems: &mut Problems) {
        if self.policy.seat_cap < stored.seats_used {
            problems.note(
                format!("organization.{id}.policy.seat_cap"),
                format!("is below the {} seats in use", stored.seats_used),
            );
        }
    }
}
