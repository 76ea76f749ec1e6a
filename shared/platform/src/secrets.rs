//! The secrets from which keys are derived, and the functions that are given them.
//!
//! | secret | stands behind | given to |
//! |---|---|---|
//! | link secret | links, sessions, form tokens | `self-service`, `outbox-relay`, `lanyard form-link` |
//! | source secret | the sources' own secrets | the four hooks, `lanyard apply`, `lanyard rotate-secret` |
//!
//! Whoever breaks into a program has its secrets. A hook, which reads what strangers send, cannot
//! sign a link; the relay cannot sign a webhook (`docs/adr/0036`).

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};
use secrecy::SecretString;

use crate::{Ids, SystemIds};

/// The secrets that a program works with. Its `main` names them; it takes no others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// It signs or checks links, or keeps sessions.
    Links,
    /// It opens or seals the secrets of sources.
    Sources,
    /// It does neither.
    Neither,
    /// It does both. No function does.
    Both,
}

impl Needs {
    /// Returns `true` for a program that works with links or sessions.
    #[must_use]
    pub fn links(self) -> bool {
        match self {
            Self::Links | Self::Both => true,
            Self::Sources | Self::Neither => false,
        }
    }

    /// Returns `true` for a program that works with the secrets of sources.
    #[must_use]
    pub fn sources(self) -> bool {
        match self {
            Self::Sources | Self::Both => true,
            Self::Links | Self::Neither => false,
        }
    }
}

/// A secret in the generations that are honoured.
#[derive(Clone)]
pub struct Generations {
    /// The one in use.
    pub current: SecretString,
    /// The one before it, while rotating.
    pub previous: Option<SecretString>,
}

impl Generations {
    /// A secret that is not being rotated.
    #[must_use]
    pub fn only(current: SecretString) -> Self {
        Self {
            current,
            previous: None,
        }
    }

    /// A new secret, made by chance and kept nowhere. It stands in the place of one that was not
    /// given, so that every use case is built alike: nothing of ours opens with it, and nobody else
    /// knows it.
    #[must_use]
    pub fn nobodys() -> Self {
        let mut chance = [0; 32];
        SystemIds::default().fill(&mut chance);
        Self::only(STANDARD.encode(chance).into())
    }
}

/// Secrets belong into no log.
impl fmt::Debug for Generations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Generations(…)")
    }
}

/// The two secrets that can be rotated.
#[derive(Debug, Clone)]
pub struct Secrets {
    /// The link secret.
    pub links: Generations,
    /// The source secret.
    pub sources: Generations,
}
