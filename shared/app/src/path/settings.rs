//! Sources, desks and domain rules, read through a cache: administrators change them, hooks read
//! them with every delivery.

use std::sync::Arc;

use domain::{DeskId, DomainName, ExternalId, OrgId, SourceId, desk::Desk, text::Name};
use hooks::{secret::Secret, source::Source};

use store::Wanted;

use crate::{AppError, Services, cache::Cache};

/// A source with its secrets opened, so that a known source costs no more time than an unknown one.
/// An old secret whose time ends is accepted for at most the minute that this is kept.
#[derive(Debug)]
pub(crate) struct Registered {
    /// The source.
    pub(crate) source: Source,
    /// The secrets that were valid when it was read.
    pub(crate) secrets: Vec<Secret>,
}

/// The settings of administrators.
#[derive(Debug)]
pub(crate) struct Settings {
    services: Services,
    sources: Cache<SourceId, Option<Arc<Registered>>>,
    desks: Cache<DeskId, Option<Desk>>,
    domain_rules: Cache<DomainName, Option<OrgId>>,
    desk_accounts: Cache<DeskId, Option<ExternalId>>,
    organizations: Cache<OrgId, Option<Name>>,
}

impl Settings {
    pub(crate) fn new(services: Services) -> Self {
        Self {
            services,
            sources: Cache::new(),
            desks: Cache::new(),
            domain_rules: Cache::new(),
            desk_accounts: Cache::new(),
            organizations: Cache::new(),
        }
    }

    /// The services by which it is read.
    pub(super) fn services(&self) -> &Services {
        &self.services
    }

    /// The source, if it is registered.
    pub(crate) async fn source(&self, id: &SourceId) -> Result<Option<Arc<Registered>>, AppError> {
        let now = self.services.now();
        if let Some(known) = self.sources.get(id, now) {
            return Ok(known);
        }
        let found = match self.services.store.source::<Source>(id).await? {
            Some((source, _version)) => Some(Arc::new(Registered {
                secrets: source.open(&self.services.keys.sources, now)?,
                source,
            })),
            None => None,
        };
        self.sources.put(id.clone(), found.clone(), now);
        Ok(found)
    }

    /// The desk, if there is one.
    pub(crate) async fn desk(&self, id: &DeskId) -> Result<Option<Desk>, AppError> {
        let now = self.services.now();
        if let Some(known) = self.desks.get(id, now) {
            return Ok(known);
        }
        let found = self.services.store.desk(id).await?;
        self.desks.put(id.clone(), found.clone(), now);
        Ok(found)
    }

    /// The name of an organisation, if there is one.
    pub(crate) async fn organization(&self, id: &OrgId) -> Result<Option<Name>, AppError> {
        let now = self.services.now();
        if let Some(known) = self.organizations.get(id, now) {
            return Ok(known);
        }
        let loaded = self
            .services
            .store
            .load(Wanted::new().organization(id))
            .await?;
        let found = loaded.organization(id).map(|org| org.name.clone());
        self.organizations.put(id.clone(), found.clone(), now);
        Ok(found)
    }

    /// The account in whose name we write to a desk's service desk, while the desk is connected.
    pub(crate) async fn desk_account(&self, id: &DeskId) -> Result<Option<ExternalId>, AppError> {
        let connected = self.desk(id).await?.is_some_and(|desk| desk.jira.is_some());
        if !connected {
            return Ok(None);
        }
        let now = self.services.now();
        if let Some(known) = self.desk_accounts.get(id, now) {
            return Ok(known);
        }
        let token = self.services.store.desk_token(id).await?;
        let found = token.map(|token| token.account);
        self.desk_accounts.put(id.clone(), found.clone(), now);
        Ok(found)
    }

    /// The organisation to which a domain belongs, if a rule says so.
    pub(crate) async fn domain_rule(&self, domain: &DomainName) -> Result<Option<OrgId>, AppError> {
        let now = self.services.now();
        if let Some(known) = self.domain_rules.get(domain, now) {
            return Ok(known);
        }
        let found = self.services.store.domain_rule(domain).await?;
        self.domain_rules.put(domain.clone(), found.clone(), now);
        Ok(found)
    }
}
