//! Replaces a source's secret. Two are valid while the sender learns the new one.

use app::AppError;
use domain::SourceId;
use hooks::{
    secret::{InvalidSecret, Sealed, Secret, generate},
    source::{Source, SourceSecret},
};
use jiff::SignedDuration;
use secrecy::{ExposeSecret, SecretString};

use crate::{NewSecret, Operator, OperatorError, SourceSettings, operator::unless_changed};

/// The reason why a source's secret was not replaced.
#[derive(Debug, thiserror::Error)]
pub enum RotateError {
    /// No source has this name.
    #[error("there is no source {0}")]
    Unknown(SourceId),
    /// The given secret does not fit the source's scheme.
    #[error("the secret that was given cannot be used")]
    Invalid(#[from] InvalidSecret),
    /// The tables could not be read or written.
    #[error(transparent)]
    Operator(#[from] OperatorError),
}

impl From<AppError> for RotateError {
    fn from(error: AppError) -> Self {
        OperatorError::from(error).into()
    }
}

impl Operator {
    /// Gives a source a new secret: the one that its sender made (`given`), or a generated one,
    /// which is returned to be shown once. The newest of the old ones stays valid for `overlap`;
    /// any older one ends now. Functions notice within a minute.
    ///
    /// # Errors
    /// If there is no such source, the given secret is invalid, or the tables cannot be read or
    /// written.
    ///
    /// # Panics
    /// Never: the end of the overlap saturates at the last instant there is.
    pub async fn rotate_secret(
        &self,
        id: &SourceId,
        given: Option<&SecretString>,
        overlap: SignedDuration,
    ) -> Result<Option<NewSecret>, RotateError> {
        let rotated = self.attempts().repeat(|| async {
            let stored = self.store().source::<Source>(id).await;
            let (source, version) = stored
                .map_err(OperatorError::from)?
                .ok_or_else(|| RotateError::Unknown(id.clone()))?;
            let secret = match given {
                Some(given) => given.clone(),
                None => generate(&source.scheme, self.random()),
            };
            Secret::parse(&source.scheme, secret.expose_secret())?;
            let mut secrets = vec![SourceSecret {
                sealed: self.sealed(id, &secret),
                valid_until: None,
            }];
            let until = self.clock().now().saturating_add(overlap);
            let until = until.expect("adding an absolute duration saturates");
            secrets.extend(source.secrets.first().map(|old| SourceSecret {
                sealed: old.sealed.clone(),
                valid_until: Some(old.valid_until.map_or(until, |end| end.min(until))),
            }));
            let renewed = SourceSettings::of(&source).with_secrets(id, secrets);
            let renewed = renewed.map_err(|_| AppError::Contended)?;
            let put = self.store().put_source(id, &renewed, version).await;
            let put = put.map(|()| {
                let source = id.clone();
                given.is_none().then_some(NewSecret { source, secret })
            });
            Ok::<_, RotateError>(unless_changed(put)?)
        });
        rotated.await.map_err(|error| match error {
            RotateError::Operator(error) => error.about(format_args!("source {id}")).into(),
            RotateError::Unknown(_) | RotateError::Invalid(_) => error,
        })
    }

    fn sealed(&self, id: &SourceId, secret: &SecretString) -> Sealed {
        self.current().seal(id, secret, self.nonce())
    }
}
