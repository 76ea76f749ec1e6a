//! Links to forms: opened by those they are for, issued by those who run a desk.

use domain::{
    Actor, Customer, Days, DeskId, EmailAddress, Epoch, Evidence, Proof, RequestTypeId, Timestamp,
    link::{Purpose, Scope},
};
use links::{Binding, Claims, LinkError, Nonce};
use store::{Once, Store, StoreError, Wanted};
use url::Url;

use super::{Confirmed, Filling, Intake, KnownPerson, Opening, Raised};
use crate::{AppError, Ids, Keys, path::holder::own_epoch};

/// A link to a form, to be issued for one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormLink {
    /// The desk.
    pub desk: DeskId,
    /// The request type.
    pub kind: RequestTypeId,
    /// For whom.
    pub email: EmailAddress,
    /// True if one request ends it.
    pub once: bool,
    /// Its lifetime.
    pub lifetime: Days,
    /// The values that are filled in already: `summary`, and fields by their ids.
    pub set: Vec<(String, String)>,
}

/// The reason why no link is issued.
#[derive(Debug, thiserror::Error)]
pub enum FormLinkError {
    /// The desk is not described.
    #[error("there is no desk «{0}»")]
    NoDesk(DeskId),
    /// It has no such form.
    #[error("the desk «{0}» has no request type «{1}»")]
    NoType(DeskId, RequestTypeId),
    /// The form does not ask this.
    #[error("the form asks for no «{0}»")]
    NoField(String),
    /// The store could not be read.
    #[error("the store could not be read")]
    Store(#[from] StoreError),
    /// No link can have this address.
    #[error("the address of the pages is none")]
    Address(#[from] url::ParseError),
}

impl FormLinkError {
    /// Tells whether the same call may succeed a little later.
    #[must_use]
    pub fn retryable(&self) -> bool {
        match self {
            Self::Store(error) => error.retryable(),
            Self::NoDesk(_) | Self::NoType(..) | Self::NoField(_) | Self::Address(_) => false,
        }
    }
}

/// Issues a link to a form for one person. The filled-in values stand in the address beside the
/// token, unsigned: the person may change them anyway, and they are checked as if typed.
///
/// # Errors
/// If there is no such desk, request type or field, or the store is not available or refuses.
pub async fn form_link(
    store: &Store,
    keys: &Keys,
    base_url: &Url,
    link: &FormLink,
    ids: &dyn Ids,
    now: Timestamp,
) -> Result<Url, FormLinkError> {
    let desk = store.desk(&link.desk).await?;
    let desk = desk.ok_or_else(|| FormLinkError::NoDesk(link.desk.clone()))?;
    let kind = desk
        .request_type(&link.kind)
        .ok_or_else(|| FormLinkError::NoType(link.desk.clone(), link.kind.clone()))?;
    for (name, _) in &link.set {
        let asked = kind.fields.iter().any(|field| field.id.as_str() == name);
        if !asked && name != domain::form::SUMMARY {
            return Err(FormLinkError::NoField(name.clone()));
        }
    }
    let Epoch(epoch) = own_epoch(store, Purpose::NewRequest, &link.email, now).await?;
    let claims = Claims {
        purpose: Purpose::NewRequest,
        subject: link.email.clone(),
        scope: Scope::Form {
            desk: link.desk.clone(),
            request_type: link.kind.clone(),
            once: link.once,
        },
        expires_at: link.lifetime.after(now),
        epoch,
        nonce: Nonce::from(ids.uuid(now)),
    };
    let token = links::sign(&claims, &keys.links);
    let base = base_url.as_str().trim_end_matches('/');
    let mut url = Url::parse(&format!("{base}{}{}", links::PATH, token.as_str()))?;
    if !link.set.is_empty() {
        url.query_pairs_mut().extend_pairs(&link.set);
    }
    Ok(url)
}

/// A link whose signature and time hold.
struct Opened {
    claims: Claims,
    now: Timestamp,
}

impl Intake {
    /// Tells whether a token belongs to a link that is opened here, even one that is over.
    #[must_use]
    pub fn opens(&self, token: &str) -> bool {
        let purpose = match links::verify(token, &self.services.keys.links, self.services.now()) {
            Ok(claims) => claims.purpose,
            Err(LinkError::Expired(claims)) => claims.purpose,
            Err(LinkError::Invalid) => return false,
        };
        matches!(purpose, Purpose::ConfirmRequest | Purpose::NewRequest)
    }

    fn opened(&self, token: &str) -> Option<Opened> {
        let now = self.services.now();
        let claims = links::verify(token, &self.services.keys.links, now).ok()?;
        Some(Opened { claims, now })
    }

    /// The record of a link's person, even of one that is over: their language and time zone.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn holder(&self, token: &str) -> Result<Option<Customer>, AppError> {
        let email = match links::verify(token, &self.services.keys.links, self.services.now()) {
            Ok(claims) => claims.subject,
            Err(LinkError::Expired(claims)) => claims.subject,
            Err(LinkError::Invalid) => return Ok(None),
        };
        let wanted = Wanted::new().customer(&email);
        let loaded = self.services.store.load(wanted).await?;
        Ok(loaded.customer(&email).cloned())
    }

    /// The page of such a link. Never writes.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn open(&self, token: &str) -> Result<Opening, AppError> {
        let Some(Opened { claims, now }) = self.opened(token) else {
            return Ok(Opening::Over);
        };
        match (&claims.scope, claims.purpose) {
            (Scope::Draft { draft }, Purpose::ConfirmRequest) => {
                self.show_draft(&claims, draft, now).await
            }
            (
                Scope::Form {
                    desk, request_type, ..
                },
                Purpose::NewRequest,
            ) => {
                if self.is_spent(&claims, now).await? {
                    return Ok(Opening::Over);
                }
                let form = self
                    .form(Some(&holder(&claims)), desk, request_type)
                    .await?;
                Ok(form.map_or(Opening::Over, |form| Opening::Form(Box::new(form))))
            }
            _ => Ok(Opening::Over),
        }
    }

    /// Confirms the request of a link, once.
    ///
    /// # Errors
    /// If the store is not available or refuses. Nothing was done then.
    pub async fn confirm(&self, token: &str, form: &str) -> Result<Confirmed, AppError> {
        match self.opened(token) {
            Some(Opened { claims, now }) => match (&claims.scope, claims.purpose) {
                (Scope::Draft { draft }, Purpose::ConfirmRequest) => {
                    self.confirm_draft(&claims, draft, form, now).await
                }
                _ => Ok(Confirmed::Over),
            },
            None => Ok(Confirmed::Over),
        }
    }

    /// Records the request that was filled in on a form's link.
    ///
    /// # Errors
    /// If the store is not available or refuses. Nothing was done then.
    pub async fn raise_by_link(&self, token: &str, filling: &Filling) -> Result<Raised, AppError> {
        let Some(Opened { claims, now }) = self.opened(token) else {
            return Ok(Raised::Nothing);
        };
        let (
            Scope::Form {
                desk,
                request_type,
                once: single,
            },
            Purpose::NewRequest,
        ) = (&claims.scope, claims.purpose)
        else {
            return Ok(Raised::Nothing);
        };
        let known = holder(&claims);
        let posted = self.once(&filling.token, known.binding, desk, request_type, now);
        if self.is_spent(&claims, now).await? {
            // Whoever sent the form twice is told what became of it; all others, that it is over.
            return Ok(posted.map_or(Raised::Nothing, |_| Raised::Spent));
        }
        let once = posted.map(|posted| if *single { spending(&claims) } else { posted });
        let raised = self.raise_once(&known, desk, request_type, filling, once);
        Ok(match raised.await? {
            Raised::Before if *single => Raised::Spent,
            raised => raised,
        })
    }

    async fn is_spent(&self, claims: &Claims, now: Timestamp) -> Result<bool, AppError> {
        let once = matches!(claims.scope, Scope::Form { once: true, .. });
        Ok(once && self.is_used(claims, now).await?)
    }

    /// Tells whether a link that is good for one use was used.
    pub(super) async fn is_used(&self, claims: &Claims, now: Timestamp) -> Result<bool, AppError> {
        let nonce = claims.nonce.to_string();
        Ok(self.services.store.link_used(&nonce, now).await?)
    }
}

/// The end of a link that is good for one request.
fn spending(claims: &Claims) -> Once {
    Once::Link {
        nonce: claims.nonce.to_string(),
        expires_at: claims.expires_at,
    }
}

/// The person for whom a form's link was issued.
fn holder(claims: &Claims) -> KnownPerson {
    KnownPerson {
        email: claims.subject.clone(),
        org: None,
        purpose: claims.purpose,
        scope: claims.scope.clone(),
        epoch: Epoch(claims.epoch),
        proof: Proof {
            actor: Actor::Person(claims.subject.clone()),
            evidence: Evidence::Link {
                purpose: claims.purpose,
            },
        },
        binding: Binding::Link(claims.nonce),
    }
}
