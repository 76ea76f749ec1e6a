//! The tokens of desks, as applying a world file treats them: they stay with their connection, and
//! are encrypted with the current key.

use domain::{DeskId, desk::Desk};
use hooks::secret::Sealed;

use crate::{Operator, OperatorError, Plan, operator::unless_changed, plan::Act};

impl Operator {
    /// Plans the treatment of a desk's token. Only the operator's command can give it another.
    pub(crate) async fn plan_token(
        &self,
        desk: &Desk,
        plan: &mut Plan,
    ) -> Result<(), OperatorError> {
        let id = &desk.id;
        let Some(token) = self.store().desk_token(id).await? else {
            return Ok(());
        };
        let sealed = Sealed::from(token.sealed);
        if desk.jira.is_none() {
            let line = format!("desk {id}: its token for Jira is forgotten");
            plan.step(vec![line], Act::ForgetToken(id.clone()));
        } else if self.current().open(id, &sealed).is_ok() {
            // It stays as it is.
        } else if self.keys().sources.open(id, &sealed).is_ok() {
            let line = format!("desk {id}: its token is encrypted with the new key");
            plan.step(vec![line], Act::SealToken(id.clone()));
        } else {
            plan.notice(format!(
                "desk {id}: its token does not open with this source secret; connect it again"
            ));
        }
        Ok(())
    }

    /// Encrypts a desk's token with the current key.
    pub(crate) async fn seal_token_anew(&self, id: &DeskId) -> Result<(), OperatorError> {
        let sealed = self.attempts().repeat(|| async {
            let Some(mut token) = self.store().desk_token(id).await? else {
                return Ok(std::ops::ControlFlow::Break(()));
            };
            let opened = self.keys().sources.open(id, &Sealed::from(token.sealed));
            // Somebody has connected the desk with another secret since.
            let Ok(opened) = opened else {
                return Ok(std::ops::ControlFlow::Break(()));
            };
            let sealed = self.current().seal(id, &opened, self.nonce());
            token.sealed = sealed.as_str().to_owned();
            unless_changed(self.store().put_desk_token(&token).await)
        });
        let about = |error: OperatorError| error.about(format_args!("desk {id}"));
        sealed.await.map_err(about)
    }
}
