//! The commands about one person.

use app::path::Ruling;
use domain::{
    Actor, EmailAddress, Evidence, Proof, customer::Suppression, decide::lift_suppression,
    text::Reason,
};
use store::{Once, Wanted};

use crate::{Operator, OperatorError};

/// The name of the command in the audit.
const COMMAND: &str = "person deliverable";

impl Operator {
    /// Lets mail be sent again to an address to which it was stopped, for any reason. The relay
    /// takes the address off SES's own list before its next mail. Returns the reason of the stop;
    /// `None` if mail was not stopped.
    ///
    /// # Errors
    /// If the tables cannot be read or written.
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
        let now = self.clock().now();
        let lifted = self.attempts().attempt(&Once::Nothing, now, || async {
            let loaded = self.store().load(Wanted::new().customer(email)).await?;
            let Some(customer) = loaded.customer(email).cloned() else {
                return Ok(Ruling::Leave(None));
            };
            let stopped = customer.deliverability.stopped();
            let outcome = lift_suppression(customer, reason.as_str(), &proof.at(now));
            Ok(Ruling::of(outcome, stopped))
        });
        let lifted = lifted
            .await
            .map_err(|error: OperatorError| error.about("the person"))?;
        Ok(lifted.told_or(None))
    }
}
