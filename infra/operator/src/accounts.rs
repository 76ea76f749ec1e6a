//! The accounts by which sources name a person: lists them, and forgets those learned wrongly.

use app::{AppError, path::Ruling};
use domain::{
    Actor, EmailAddress, Evidence, Proof, SourceId,
    account::{Account, ShownBy},
    decide::forget_account,
    id::ExternalId,
    text::Line,
};
use store::Once;

use crate::{Operator, OperatorError};

/// The reason why an account was not forgotten.
#[derive(Debug, thiserror::Error)]
pub enum ForgetError {
    /// The account does not belong to the person.
    #[error("source {0} does not know this person by that account")]
    NotTheirs(SourceId),
    /// The tables could not be read or written.
    #[error(transparent)]
    Operator(#[from] OperatorError),
}

impl From<AppError> for ForgetError {
    fn from(error: AppError) -> Self {
        OperatorError::from(error).into()
    }
}

impl Operator {
    /// The accounts by which sources name a person. Accounts from before the index by person are
    /// missing until a payload shows them again.
    ///
    /// # Errors
    /// If the tables cannot be read.
    pub async fn accounts(&self, person: &EmailAddress) -> Result<Vec<Account>, OperatorError> {
        Ok(self.store().accounts_of(person).await?)
    }

    /// Forgets that a source knows a person by an account, and notes it in the audit. Recorded
    /// requests stay with the person. The next payload that proves the account's owner counts.
    ///
    /// # Errors
    /// If the account is not this person's, or the tables cannot be read or written.
    ///
    /// # Panics
    /// Never: the command's name is a line.
    pub async fn forget_account(
        &self,
        person: &EmailAddress,
        source: &SourceId,
        id: &ExternalId,
    ) -> Result<(), ForgetError> {
        let name = Line::new("forget-account").expect("a fixed word is a line");
        let proof = Proof {
            actor: Actor::Operator,
            evidence: Evidence::Command { name },
        };
        let now = self.clock().now();
        let forgotten = self.attempts().attempt(&Once::Nothing, now, || async {
            let named = [id.clone()].into();
            let found = self.store().accounts(source, &named).await;
            let found = found.map_err(OperatorError::from)?.remove(id);
            let account = found
                .filter(|account| account.address == *person)
                .ok_or_else(|| ForgetError::NotTheirs(source.clone()))?;
            Ok(Ruling::Write(forget_account(account, &proof.at(now)), ()))
        });
        match forgotten.await {
            Ok(_) => Ok(()),
            Err(ForgetError::Operator(error)) => {
                Err(error.about(format_args!("account {id}")).into())
            }
            Err(error @ ForgetError::NotTheirs(_)) => Err(error),
        }
    }
}

/// An account in one line.
#[must_use]
pub fn line(account: &Account) -> String {
    let how = match account.shown_by {
        ShownBy::Payload => "shown by a payload that names both",
        ShownBy::Description => "the reporter, where the source says that reporters are customers",
        ShownBy::Unsaid => "learned by an older version",
    };
    let disputed = if account.disputed {
        "; another address came with it, too: not used until it is forgotten"
    } else {
        ""
    };
    format!("{}  {}  {how}{disputed}", account.source, account.id)
}
