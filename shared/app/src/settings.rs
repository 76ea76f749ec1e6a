//! Sources, desks and domain rules, read through a cache: administrators change them, hooks read
//! them with every delivery.

use domain::{DeskId, DomainName, OrgId, SourceId, desk::Desk};
use hooks::source::Source;

use crate::{AppError, Core, cache::Cache};

/// What administrators set.
#[derive(Debug)]
pub(crate) struct Settings {
    core: Core,
    sources: Cache<SourceId, Option<Source>>,
    desks: Cache<DeskId, Option<Desk>>,
    domain_rules: Cache<DomainName, Option<OrgId>>,
}

impl Settings {
    pub(crate) fn new(core: Core) -> Self {
        Self {
            core,
            sources: Cache::new(),
            desks: Cache::new(),
            domain_rules: Cache::new(),
        }
    }

    /// The source, if it is registered.
    pub(crate) async fn source(&self, id: &SourceId) -> Result<Option<Source>, AppError> {
        let now = self.core.now();
        if let Some(known) = self.sources.get(id, now) {
            return Ok(known);
        }
        let found = self.core.store.source::<Source>(id).await?;
        let found = found.map(|(source, _version)| source);
        self.sources.put(id.clone(), found.clone(), now);
        Ok(found)
    }

    /// The desk, if there is one.
    pub(crate) async fn desk(&self, id: &DeskId) -> Result<Option<Desk>, AppError> {
        let now = self.core.now();
        if let Some(known) = self.desks.get(id, now) {
            return Ok(known);
        }
        let found = self.core.store.desk(id).await?;
        self.desks.put(id.clone(), found.clone(), now);
        Ok(found)
    }

    /// The organisation to which a domain belongs, if a rule says so.
    pub(crate) async fn domain_rule(&self, domain: &DomainName) -> Result<Option<OrgId>, AppError> {
        let now = self.core.now();
        if let Some(known) = self.domain_rules.get(domain, now) {
            return Ok(known);
        }
        let found = self.core.store.domain_rule(domain).await?;
        self.domain_rules.put(domain.clone(), found.clone(), now);
        Ok(found)
    }
}
