//! Whose the accounts are by which a sender names people: looked up, and learned.

use std::collections::BTreeMap;

use domain::{
    Timestamp,
    account::{Account, Claim},
    decide::learn_account,
    id::ExternalId,
};
use hooks::mapping::People;
use serde_json::Value;
use store::Once;

use super::{Receiver, genuine::Genuine};
use crate::{AppError, core::Written};

/// What is known of the people that a payload names.
pub(super) struct Acquainted {
    /// As the mapping takes it.
    pub(super) people: People,
    accounts: BTreeMap<ExternalId, Account>,
}

impl Receiver {
    /// Looks up the people that a payload names: one call where it names accounts, none otherwise.
    pub(super) async fn acquainted(
        &self,
        delivery: &Genuine<'_>,
        payload: &Value,
    ) -> Result<Acquainted, AppError> {
        let source = delivery.source;
        let mut people = People::default();
        if let Some(desk) = &source.desk
            && source.mapping.names_accounts()
        {
            people.desk = self.settings.desk(desk).await?;
        }
        let named = source.mapping.accounts(payload, self.function);
        let accounts = self.core.store.accounts(&source.id, &named).await?;
        for (id, account) in &accounts {
            let believed = !account.disputed && source.mapping.believes(account.shown_by);
            if believed && !people.is_desks(&account.address) {
                people.accounts.insert(id.clone(), account.address.clone());
            }
        }
        Ok(Acquainted { people, accounts })
    }

    /// Remembers whose accounts a payload gave away, so that later payloads without an address are
    /// understood. It says nothing about anybody's access and is no part of a decision. Where
    /// another delivery was faster, the next one learns.
    pub(super) async fn learn(
        &self,
        delivery: &Genuine<'_>,
        acquainted: &Acquainted,
        learned: &BTreeMap<ExternalId, Claim>,
        now: Timestamp,
    ) -> Result<(), AppError> {
        for (id, claim) in learned {
            let known = acquainted.accounts.get(id);
            let account = (delivery.source_id(), id);
            let outcome = learn_account(known, account, claim, &delivery.proof(None).at(now));
            match self.core.commit(&outcome, &Once::Nothing, now).await? {
                Written::Done => {}
                Written::SeenBefore | Written::Stale => {
                    tracing::info!("another delivery told of the same account");
                }
            }
        }
        Ok(())
    }
}
