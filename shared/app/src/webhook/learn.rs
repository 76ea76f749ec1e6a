//! The accounts by which a sender names people: their owners are looked up, and learned.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Timestamp,
    account::{Account, Claim},
    decide::learn_account,
    id::ExternalId,
};
use hooks::{mapping::People, source::Source};
use serde_json::Value;
use store::Once;

use super::{Hook, Receiver, VerifiedDelivery};
use crate::{AppError, path::attempt::Written};

/// The people that a payload names, as far as they are known.
pub(super) struct Acquainted {
    /// In the form that the mapping takes.
    pub(super) people: People,
    accounts: BTreeMap<ExternalId, Account>,
}

impl<H: Hook> Receiver<H> {
    /// Looks up the people that a payload names: one call where it names accounts, none otherwise.
    pub(super) async fn acquainted(
        &self,
        delivery: &VerifiedDelivery<'_>,
        payload: &Value,
    ) -> Result<Acquainted, AppError> {
        let source = delivery.source;
        let mut people = People::default();
        if let Some(desk) = &source.desk
            && source.mapping.names_accounts()
        {
            people.desk = self.settings.desk(desk).await?;
        }
        people.own = self.own_accounts(source).await?;
        let named = source.mapping.accounts(payload, H::FUNCTION);
        let accounts = self.services.store.accounts(&source.id, &named).await?;
        for (id, account) in &accounts {
            let believed = !account.disputed && source.mapping.believes(account.shown_by);
            if believed && !people.is_desks(&account.address) {
                people.accounts.insert(id.clone(), account.address.clone());
            }
        }
        Ok(Acquainted { people, accounts })
    }

    /// The accounts in whose names we write to the service desks of a source.
    async fn own_accounts(&self, source: &Source) -> Result<BTreeSet<ExternalId>, AppError> {
        let mut own = BTreeSet::new();
        if !source.mapping.names_accounts() {
            return Ok(own);
        }
        for desk in source.desk.iter().chain(source.mapping.desks()) {
            own.extend(self.settings.desk_account(desk).await?);
        }
        Ok(own)
    }

    /// Remembers the accounts that a payload names together with an address, so that later payloads
    /// without one are understood. Nobody's access and no decision depends on it. When another
    /// delivery was faster, the next one learns.
    pub(super) async fn learn(
        &self,
        delivery: &VerifiedDelivery<'_>,
        acquainted: &Acquainted,
        learned: &BTreeMap<ExternalId, Claim>,
        now: Timestamp,
    ) -> Result<(), AppError> {
        for (id, claim) in learned {
            let known = acquainted.accounts.get(id);
            let account = (delivery.source_id(), id);
            let outcome = learn_account(known, account, claim, &delivery.proof(None).at(now));
            match self.services.commit(&outcome, &Once::Nothing, now).await? {
                Written::Done => {}
                Written::SeenBefore | Written::Stale => {
                    tracing::info!("another delivery told of the same account");
                }
            }
        }
        Ok(())
    }
}
