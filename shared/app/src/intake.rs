//! New requests: the desks that a person may ask, their forms, and the forms that were filled in.
//!
//! A person with a session, or with a link to a form that was issued for them, is known: their
//! request is recorded at once. Anybody else is a stranger: their form is kept as a draft, and a
//! link to confirm it goes to the address that they gave. Nothing known about that address is read
//! then, so the answer cannot tell. The desk's rules are applied when they matter: before a known
//! person sees a form, and when a request is recorded.

mod asker;
mod confirm;
mod desks;
mod draft;
mod link;
mod raise;

use domain::{
    Customer, DeskId, EmailAddress, Epoch, OrgId, Proof, RequestRef, RequestTypeId, Timestamp,
    desk::{Desk, RequestType},
    draft::DraftRequest,
    form::{Fault, Typed},
    link::{Area, Purpose, Scope},
    text::Name,
};
use jiff::SignedDuration;
use links::{Binding, Nonce, form_nonce, form_token};
use store::Once;

use crate::{Caller, Services, path::session, path::settings::Settings};

pub use draft::Stranger;
pub use link::{FormLink, FormLinkError, form_link};

/// Takes new requests.
#[derive(Debug)]
pub struct Intake {
    services: Services,
    settings: Settings,
}

/// A person whose address a session or a link proves.
#[derive(Debug, Clone)]
pub struct KnownPerson {
    email: EmailAddress,
    /// The organisation to which their session is limited, if it is.
    org: Option<OrgId>,
    /// The purpose of the link that proves it, and the thing that it opens.
    purpose: Purpose,
    scope: Scope,
    /// The epoch that it was signed at.
    epoch: Epoch,
    proof: Proof,
    /// The session or link that their forms are bound to.
    binding: Binding,
}

impl KnownPerson {
    /// The person of a session over their own things, or over an organisation. A session over a
    /// single request proves no more than that request.
    #[must_use]
    pub fn of(caller: &Caller) -> Option<Self> {
        let org = match caller.scope().area()? {
            Area::Own => None,
            Area::Organization(org) => Some(org.clone()),
            Area::Request(_) => return None,
        };
        Some(Self {
            email: caller.email().clone(),
            org,
            purpose: caller.purpose(),
            scope: caller.scope().clone(),
            epoch: caller.epoch(),
            proof: caller.proof(),
            binding: Binding::Session(caller.claims().nonce),
        })
    }

    /// Their address.
    #[must_use]
    pub fn email(&self) -> &EmailAddress {
        &self.email
    }
}

/// A known person whose session is still valid.
#[derive(Debug, Clone)]
pub struct Recognized {
    /// The person.
    pub known: KnownPerson,
    /// Their record, with their language and time zone.
    pub customer: Option<Customer>,
}

/// A form to fill in.
#[derive(Debug, Clone)]
pub struct Form {
    /// The desk that is asked.
    pub desk: Desk,
    /// The request type, with its fields.
    pub kind: RequestType,
    /// The person who fills it in; a stranger names themselves in the form.
    pub person: Option<EmailAddress>,
    /// The organisations of theirs that the desk serves.
    pub organizations: Vec<(OrgId, Name)>,
    /// The token that the form has to carry: another one for each rendering.
    pub token: String,
}

/// A form as filled in.
#[derive(Debug, Clone, Default)]
pub struct Filling {
    /// The form's token.
    pub token: String,
    /// The summary and the fields.
    pub typed: Typed,
    /// For which organisation, where there are several.
    pub org: Option<String>,
    /// True if every member of the organisation may see it.
    pub share: bool,
}

/// The result of a form.
#[derive(Debug)]
pub enum Raised {
    /// The request is recorded. The session over it spares its reporter the way to their mailbox.
    Done(RequestRef, Box<Caller>),
    /// This very form was sent before, and acted then.
    Before,
    /// There are mistakes in it.
    Faulty(Box<Form>, Vec<Fault>),
    /// It was not posted from its page.
    Foreign(Box<Form>),
    /// Too many were raised; again after this time.
    TooOften(Box<Form>, SignedDuration),
    /// The link was good for one request, and that one was raised.
    Spent,
    /// There is no such form for this person, or they are nobody's any more.
    Nothing,
}

/// The result of a stranger's form. It does not depend on anything known about the address.
#[derive(Debug)]
pub enum Drafted {
    /// It waits for its confirmation.
    Waiting(EmailAddress),
    /// There are mistakes in it.
    Faulty(Box<Form>, Vec<Fault>),
    /// It was not posted from its page.
    Foreign(Box<Form>),
    /// Too many were filled in; again after this time.
    TooOften(Box<Form>, SignedDuration),
    /// The desk takes none from where it was sent.
    NotFromHere,
    /// There is no such form.
    Nothing,
}

/// The page of a link to confirm a request, or to fill in a form.
#[derive(Debug)]
pub enum Opening {
    /// A request to confirm.
    Draft(Box<Waiting>),
    /// A form.
    Form(Box<Form>),
    /// The link was ours and is over: expired, used, or ended.
    Over,
}

/// A request that waits for its confirmation.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The request.
    pub draft: DraftRequest,
    /// The name of its desk.
    pub desk: Name,
    /// The questions of its form and their answers, which the confirmation covers too.
    pub answers: Vec<(String, String)>,
    /// The token that the form has to carry.
    pub token: String,
}

/// The result of a confirmation.
#[derive(Debug)]
pub enum Confirmed {
    /// The request is recorded.
    Done(RequestRef, Box<Caller>),
    /// The same link has recorded it before.
    Before,
    /// The desk takes no requests from this address.
    Denied,
    /// It was not posted from its page.
    Foreign,
    /// The link is over.
    Over,
}

impl Intake {
    /// Over what every use case works with.
    #[must_use]
    pub fn new(services: Services) -> Self {
        Self {
            settings: Settings::new(services.clone()),
            services,
        }
    }

    /// A token for one rendering of the form of this request type.
    fn token(&self, binding: Binding, desk: &DeskId, kind: &RequestTypeId) -> String {
        let nonce = session::new_nonce(&self.services);
        form_token(
            binding,
            &action(desk, kind),
            nonce,
            &self.services.keys.sessions,
        )
        .into()
    }

    /// The record that makes a form act once.
    fn once(
        &self,
        token: &str,
        binding: Binding,
        desk: &DeskId,
        kind: &RequestTypeId,
        now: Timestamp,
    ) -> Option<Once> {
        let keys = &self.services.keys.sessions;
        let nonce = form_nonce(token, binding, &action(desk, kind), keys)?;
        Some(Once::Link {
            nonce: nonce.to_string(),
            expires_at: DraftRequest::until(now),
        })
    }
}

/// The binding of strangers' forms: strangers have no session, and their forms do nothing in
/// anybody's name.
const NOBODY: Binding = Binding::Link(Nonce::from_bytes([0; 16]));

fn action(desk: &DeskId, kind: &RequestTypeId) -> String {
    format!("new/{desk}/{kind}")
}

#[cfg(test)]
mod tests;
