//! Applies a world file to the tables.

use app::{AppError, path::Ruling};
use domain::{
    Customer, EmailAddress, OrgId, Proof, SourceId, Version,
    decide::{AppointState, appoint_lead, end_links},
    desk::Desk,
};
use hooks::{
    secret::generate,
    source::{Source, SourceSecret},
};
use secrecy::SecretString;
use store::{Once, Wanted};

use crate::{
    Lead, Operator, OperatorError, OrganizationSettings, Plan, SourceSettings, World,
    operator::unless_changed,
    plan::{Act, Secrets},
    problem::Problems,
};

/// The result of applying.
#[derive(Debug, Default)]
pub struct Applied {
    /// The number of written things.
    pub written: usize,
    /// The generated secrets. Nobody can see them again.
    pub new_secrets: Vec<NewSecret>,
}

/// A generated secret.
#[derive(Debug)]
pub struct NewSecret {
    /// The source it belongs to.
    pub source: SourceId,
    /// The secret, in the sender's form.
    pub secret: SecretString,
}

impl Operator {
    /// Plans and writes in one call.
    ///
    /// # Errors
    /// As [`Operator::plan`] and [`Operator::write`].
    pub async fn apply(&self, world: &World) -> Result<Applied, OperatorError> {
        let plan = self.plan(world).await?;
        self.write(plan, |_| ()).await
    }

    /// Writes the steps of a plan. Each thing is read again and written under the version that was
    /// read, so that no change since the plan is lost.
    ///
    /// `show` gets each new secret as soon as it is stored. At the end would be too late: an error
    /// half-way would lose it.
    ///
    /// # Errors
    /// If the tables cannot be read or written; earlier writes stay.
    pub async fn write(
        &self,
        plan: Plan,
        mut show: impl FnMut(&NewSecret),
    ) -> Result<Applied, OperatorError> {
        let mut applied = Applied::default();
        let Some(proof) = plan.proof else {
            return Ok(applied);
        };
        for step in plan.steps {
            match step.act {
                Act::Desk(desk) => self.write_desk(desk, &proof).await?,
                Act::ForgetDesk(id) => {
                    if let Some(desk) = self.store().desk(&id).await? {
                        self.end_links(&desk.administrators, &proof).await?;
                    }
                    self.store().delete_desk(&id).await?;
                    self.store().forget_desk_token(&id).await?;
                }
                Act::SealToken(id) => self.seal_token_anew(&id).await?,
                Act::ForgetToken(id) => self.store().forget_desk_token(&id).await?,
                Act::Organization(id, settings) => self.write_settings(&id, &settings).await?,
                Act::DomainRule(domain, org) => {
                    self.store().put_domain_rule(&domain, &org).await?;
                }
                Act::ForgetDomainRule(domain) => self.store().delete_domain_rule(&domain).await?,
                Act::Lead(org, lead) => self.write_lead(&org, &lead, &proof).await?,
                Act::Source(id, settings) => {
                    if let Some(new) = self.write_source(&id, &settings).await? {
                        show(&new);
                        applied.new_secrets.push(new);
                    }
                }
                Act::ForgetSource(id) => self.store().delete_source(&id).await?,
            }
            applied.written += 1;
        }
        Ok(applied)
    }

    /// Writes a desk. First it ends the links of administrators whom the desk no longer names. The
    /// links stay dead even if the desk names such a person again.
    async fn write_desk(&self, desk: Desk, proof: &Proof) -> Result<(), OperatorError> {
        let written = self.attempts().repeat(|| async {
            let stored = self.store().desk(&desk.id).await?;
            if let Some(stored) = &stored {
                let gone = stored.administrators.difference(&desk.administrators);
                self.end_links(gone, proof).await?;
            }
            let desk = Desk {
                version: stored.map_or(Version::NEW, |stored| stored.version),
                ..desk.clone()
            };
            unless_changed(self.store().put_desk(&desk).await)
        });
        let about = |error: OperatorError| error.about(format_args!("desk {}", desk.id));
        written.await.map_err(about)
    }

    async fn end_links(
        &self,
        people: impl IntoIterator<Item = &EmailAddress>,
        proof: &Proof,
    ) -> Result<(), OperatorError> {
        for email in people {
            self.end_links_of(email, proof).await?;
        }
        Ok(())
    }

    async fn end_links_of(&self, email: &EmailAddress, proof: &Proof) -> Result<(), OperatorError> {
        let now = self.clock().now();
        let ended = self.attempts().attempt(&Once::Nothing, now, || async {
            let loaded = self.store().load(Wanted::new().customer(email)).await?;
            let customer = loaded.customer(email).cloned();
            let customer = customer.unwrap_or_else(|| Customer::new(email.clone(), None));
            Ok(Ruling::Write(end_links(customer, &proof.at(now)), ()))
        });
        let about = |error: OperatorError| error.about("a customer");
        ended.await.map_err(about)?;
        Ok(())
    }

    async fn write_settings(
        &self,
        id: &OrgId,
        settings: &OrganizationSettings,
    ) -> Result<(), OperatorError> {
        let written = self.attempts().repeat(|| async {
            let stored = self.store().organization(id).await?;
            if let Some(org) = &stored {
                let mut problems = Problems::default();
                settings.check_seats(id, org, &mut problems);
                problems.or(())?;
            }
            let org = settings.put_into(id, stored, self.clock().now());
            unless_changed(self.store().put_organization(&org).await)
        });
        let about = |error: OperatorError| error.about(format_args!("organization {id}"));
        written.await.map_err(about)
    }

    async fn write_lead(
        &self,
        id: &OrgId,
        lead: &Lead,
        proof: &Proof,
    ) -> Result<(), OperatorError> {
        let now = self.clock().now();
        let written = self.attempts().attempt(&Once::Nothing, now, || async {
            let wanted = Wanted::new()
                .organization(id)
                .affiliation(id, &lead.email)
                .customer(&lead.email);
            let loaded = self.store().load(wanted).await?;
            let org = loaded.organization(id).cloned();
            let state = AppointState {
                org: org.ok_or(AppError::Contended)?,
                membership: loaded.membership(id, &lead.email).cloned(),
                left: loaded.affiliation(id, &lead.email).trace(),
                customer: loaded.customer(&lead.email).cloned(),
            };
            Ok(
                match appoint_lead(state, &lead.email, lead.name.as_ref(), &proof.at(now)) {
                    Ok(outcome) => Ruling::Write(outcome, ()),
                    // The plan found it possible, and somebody else has decided meanwhile: the next
                    // plan says so.
                    Err(_) => Ruling::Leave(()),
                },
            )
        });
        let about = |error: OperatorError| error.about(format_args!("organization {id}"));
        written.await.map_err(about)?;
        Ok(())
    }

    async fn write_source(
        &self,
        id: &SourceId,
        settings: &SourceSettings,
    ) -> Result<Option<NewSecret>, OperatorError> {
        let written = self.attempts().repeat(|| async {
            let stored = self.store().source::<Source>(id).await?;
            let version = stored.as_ref().map_or(Version::NEW, |stored| stored.1);
            // Judged again, so that a secret that somebody made since the plan is not lost.
            let (secrets, new) = match stored {
                Some((source, _)) => match self.judge_secrets(id, settings, &source) {
                    Ok(Secrets::Keep) => (source.secrets.clone(), None),
                    Ok(Secrets::SealAnew) => (self.seal_anew(id, &source.secrets)?, None),
                    Err(_) => self.new_secret(id, settings),
                },
                None => self.new_secret(id, settings),
            };
            let source = settings.with_secrets(id, secrets);
            let source = source.map_err(|_| AppError::Contended)?;
            let put = self.store().put_source(id, &source, version).await;
            unless_changed(put.map(|()| {
                let source = id.clone();
                new.map(|secret| NewSecret { source, secret })
            }))
        });
        let about = |error: OperatorError| error.about(format_args!("source {id}"));
        written.await.map_err(about)
    }

    fn seal_anew(
        &self,
        id: &SourceId,
        secrets: &[SourceSecret],
    ) -> Result<Vec<SourceSecret>, OperatorError> {
        secrets
            .iter()
            .map(|secret| {
                let text = self
                    .keys()
                    .sources
                    .open(id, &secret.sealed)
                    .map_err(|_| OperatorError::Sealed(id.clone()))?;
                Ok(SourceSecret {
                    sealed: self.current().seal(id, &text, self.nonce()),
                    valid_until: secret.valid_until,
                })
            })
            .collect()
    }

    fn new_secret(
        &self,
        id: &SourceId,
        settings: &SourceSettings,
    ) -> (Vec<SourceSecret>, Option<SecretString>) {
        let secret = generate(&settings.scheme, self.random());
        let sealed = SourceSecret {
            sealed: self.current().seal(id, &secret, self.nonce()),
            valid_until: None,
        };
        (vec![sealed], Some(secret))
    }
}
