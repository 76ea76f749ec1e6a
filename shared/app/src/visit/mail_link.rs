//! Mails a person their link: from the form that takes an address, and from the page of a link that
//! is over, which knows its own.
//!
//! The work and the answer do not depend on what is known about the address. The relay decides, out
//! of sight, whether anything leaves, and what it opens.

use std::net::IpAddr;

use domain::{DeskId, EmailAddress, Mail, Message, Outcome, message::Opens};
use jiff::SignedDuration;
use links::{Binding, LinkError};
use store::Once;

use super::{Done, LinkView, Opened, Visit, Visits};
use crate::{
    AppError,
    path::limits::{LINKS_PER_CALLER, LINKS_PER_MAILBOX, network},
};

/// The name of the form that asks for a new link in place of one that is over.
const RENEW: &str = "renew";

/// The offer of a new link, mailed to the address that the old one was for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renewal {
    /// The address, in part: its owner knows it by that, and nobody else learns it.
    pub to: String,
    /// The token that the form has to carry.
    pub token: String,
}

/// The result of asking for a new link in place of an old one.
#[derive(Debug, Clone)]
pub enum Renewed {
    /// This is seen then: if the address is known, a mail is on its way.
    Seen(Box<Visit>),
    /// Too many were asked for.
    Limited {
        /// The wait.
        retry_after: SignedDuration,
    },
}

impl Visits {
    /// The page of a link that is over. It reads nothing: it is the same whether its address is
    /// known or not. A session is not renewed by it: its link may be anybody's to open.
    pub(super) fn over(&self, opened: &Opened) -> Visit {
        let renewal = match opened.binding {
            Binding::Link(_) => Some(Renewal {
                to: masked(&opened.claims.subject),
                token: self.token_of(opened, RENEW),
            }),
            Binding::Session(_) => None,
        };
        Visit {
            renewal,
            ..LinkView::Over.into()
        }
    }

    /// The offer of a new link in the place of any link of ours, whoever opens it and whether it is
    /// over or not. Reads nothing.
    #[must_use]
    pub fn renewal(&self, token: &str) -> Option<Renewal> {
        let opened = match self.open(token) {
            Ok(opened) => opened,
            Err(LinkError::Expired(claims)) => Opened::by_link(*claims, self.services.now()),
            Err(LinkError::Invalid) => return None,
        };
        self.over(&opened).renewal
    }

    /// Mails a new link to the address of a link, over or not. `form` is the token of the form on
    /// its page; `caller` is counted.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn renew(
        &self,
        token: &str,
        form: &str,
        caller: Option<IpAddr>,
    ) -> Result<Renewed, AppError> {
        let seen = |view: LinkView| Ok(Renewed::Seen(Box::new(view.into())));
        let opened = match self.open(token) {
            Ok(opened) => opened,
            Err(LinkError::Expired(claims)) => Opened::by_link(*claims, self.services.now()),
            Err(LinkError::Invalid) => return seen(LinkView::Unknown),
        };
        if !self.is_token_of(&opened, RENEW, form) {
            return seen(LinkView::ForeignForm);
        }
        match self.mail_my_link(&opened.claims.subject, caller).await? {
            None => seen(LinkView::Done(Done::LinkMailed)),
            Some(retry_after) => Ok(Renewed::Limited { retry_after }),
        }
    }

    /// Mails a person the link to their own things. The answer is the same for every address: the
    /// relay decides, out of sight, whether anything leaves.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn mail_my_link(
        &self,
        email: &EmailAddress,
        caller: Option<IpAddr>,
    ) -> Result<Option<SignedDuration>, AppError> {
        let now = self.services.now();
        let by_caller = format!("link:caller:{}", network(caller));
        let by_mailbox = format!("link:mailbox:{}", self.services.mailbox(email));
        for (scope, limit) in [
            (by_caller, LINKS_PER_CALLER),
            (by_mailbox, LINKS_PER_MAILBOX),
        ] {
            if let Some(retry_after) = self.services.over(&scope, limit, now).await? {
                return Ok(Some(retry_after));
            }
        }
        let Some(desk) = self.desk_for(email).await? else {
            return Ok(None);
        };
        let mail = Mail::YourLink {
            opens: Opens::MyRequests,
            org_name: None,
        };
        let outcome = Outcome::default().tell(Message::to_address(&desk, email, mail));
        let _ = self.services.commit(&outcome, &Once::Nothing, now).await?;
        Ok(None)
    }

    /// The desk in whose name a link is mailed to this address, as far as public rules tell: the
    /// first that takes requests from it. Nothing about the person is read; the relay knows whose
    /// organisation which desk serves, and sends in its name instead.
    async fn desk_for(&self, email: &EmailAddress) -> Result<Option<DeskId>, AppError> {
        let mut desks = Vec::new();
        // All of them, so that every address costs the same.
        for id in self.services.store.world().await?.desks {
            desks.extend(self.settings.desk(&id).await?);
        }
        let taking = desks.iter().find(|desk| desk.takes(email, false));
        let desk = taking.or(desks.first());
        Ok(desk.map(|desk| desk.id.clone()))
    }
}

/// An address of which its owner sees enough: the first letter, and the domain.
fn masked(email: &EmailAddress) -> String {
    let (local, domain) = email.as_str().rsplit_once('@').unwrap_or_default();
    let first: String = local.chars().take(1).collect();
    format!("{first}…@{domain}")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::masked;

    #[test]
    fn a_masked_address_shows_its_first_letter_and_its_domain() {
        for (address, shown) in [
            ("lena@acme.example", "l…@acme.example"),
            ("l@acme.example", "l…@acme.example"),
        ] {
            assert_eq!(masked(&address.parse().unwrap()), shown);
        }
    }
}
