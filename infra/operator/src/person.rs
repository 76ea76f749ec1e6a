//! What those who run the desk do for one person.

use domain::{
    Actor, EmailAddress, Evidence, Proof, customer::Suppression, decide::lift_suppression,
    text::Reason,
};
use store::Wanted;

use crate::{Operator, OperatorError, apply::TRIES};

/// How the command is called in the audit.
const COMMAND: &str = "person deliverable";

impl Operator {
    /// Lets mail be sent again to an address to which it was stopped, whatever stopped it. The relay
    /// takes the address off SES's own list before its next mail. Returns why it was stopped; nothing
    /// when it was not.
    ///
    /// # Errors
    /// When the tables cannot be read or written.
    ///
    /// # Panics
    /// Never: the command's name is a line.
    pub async fn make_deliverable(
        &self,
        email: &EmailAddress,
        reason: &Reason,
    ) -> Result<Option<Suppression>, OperatorError> {
        let proof = Proof {
            actor: Actor::Operator,
            evidence: Evidence::Command {
                name: COMMAND.parse().expect("the name is one short line"),
            },
        };
        for _ in 0..TRIES {
            let loaded = self.store().load(Wanted::new().customer(email)).await?;
            let Some(customer) = loaded.customer(email).cloned() else {
                return Ok(None);
            };
            let stopped = customer.deliverability.stopped();
            let now = self.clock().now();
            let outcome = lift_suppression(customer, reason.as_str(), &proof.at(now));
            if outcome.is_empty() || self.commit(&outcome, now).await? {
                return Ok(stopped);
            }
        }
        Err(OperatorError::Contended("the person".to_owned()))
    }
}
