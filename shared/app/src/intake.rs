//! New requests: which desks somebody may ask, their forms, and what becomes of a form that was
//! filled in.
//!
//! Whoever has a session, or a link to a form that was issued for them, is known: their request is
//! recorded at once. Whoever has neither is a stranger: what they fill in is kept as a draft and a
//! link to confirm it is mailed to the address they gave. Whether that address is known to anybody
//! is not even asked then, so the answer cannot tell. Whose requests a desk takes is asked when it
//! counts: before a known person's form is shown, and when a request is recorded.

mod confirm;
mod desks;
mod draft;
mod link;
mod raise;
mod standing;

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

use crate::{Caller, Core, session, settings::Settings};

pub use draft::Stranger;
pub use link::{FormLink, FormLinkError, form_link};

/// Takes new requests.
#[derive(Debug)]
pub struct Intake {
    core: Core,
    settings: Settings,
}

/// Somebody whose address a session or a link shows.
#[derive(Debug, Clone)]
pub struct Known {
    email: EmailAddress,
    /// The organisation to which their session is limited, if it is.
    org: Option<OrgId>,
    /// What the link that shows it is for, and what it opens.
    purpose: Purpose,
    scope: Scope,
    /// The epoch that it was signed at.
    epoch: Epoch,
    proof: Proof,
    /// What their forms are bound to.
    binding: Binding,
}

impl Known {
    /// Whoever has a session over what is their own, or over an organisation. One over a single
    /// request shows no more than that.
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

/// Somebody who is known and whose session still holds.
#[derive(Debug, Clone)]
pub struct Recognized {
    /// Who they are.
    pub known: Known,
    /// What is recorded of them, such as how they want to be addressed.
    pub customer: Option<Customer>,
}

/// A form to fill in.
#[derive(Debug, Clone)]
pub struct Form {
    /// The desk that is asked.
    pub desk: Desk,
    /// What it asks.
    pub kind: RequestType,
    /// Who fills it in; a stranger says so in the form.
    pub person: Option<EmailAddress>,
    /// The organisations of theirs that the desk serves.
    pub organizations: Vec<(OrgId, Name)>,
    /// The token that the form has to carry: another one for each rendering.
    pub token: String,
}

/// What was filled in.
#[derive(Debug, Clone, Default)]
pub struct Filling {
    /// The form's token.
    pub token: String,
    /// The summary and the fields.
    pub typed: Typed,
    /// For which organisation, where there are several.
    pub org: Option<String>,
    /// Whether every member of the organisation may see it.
    pub share: bool,
}

/// What became of a form.
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

/// What became of a form that a stranger filled in. Nothing of it depends on what is known of the
/// address.
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

/// What a link to confirm a request, or to fill in a form, opens.
#[derive(Debug)]
pub enum Opening {
    /// A request to confirm.
    Draft(Box<Waiting>),
    /// A form.
    Form(Box<Form>),
    /// The link was ours and is over: expired, used, or ended.
    Over,
}

/// A request that waits to be confirmed.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The request.
    pub draft: DraftRequest,
    /// How its desk is called.
    pub desk: Name,
    /// What its form asks, and what was answered: whoever confirms it confirms this, too.
    pub answers: Vec<(String, String)>,
    /// The token that the form has to carry.
    pub token: String,
}

/// What became of a confirmation.
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
    pub fn new(core: Core) -> Self {
        Self {
            settings: Settings::new(core.clone()),
            core,
        }
    }

    /// A token for one rendering of the form of this request type.
    fn token(&self, binding: Binding, desk: &DeskId, kind: &RequestTypeId) -> String {
        let nonce = session::new_nonce(&self.core);
        form_token(
            binding,
            &action(desk, kind),
            nonce,
            &self.core.keys.sessions,
        )
        .into()
    }

    /// What makes a form that was posted from its page act once.
    fn once(
        &self,
        token: &str,
        binding: Binding,
        desk: &DeskId,
        kind: &RequestTypeId,
        now: Timestamp,
    ) -> Option<Once> {
        let keys = &self.core.keys.sessions;
        let nonce = form_nonce(token, binding, &action(desk, kind), keys)?;
        Some(Once::Link {
            nonce: nonce.to_string(),
            expires_at: DraftRequest::until(now),
        })
    }
}

/// What the forms of strangers are bound to: they have no session, and their forms do nothing in
/// anybody's name.
const NOBODY: Binding = Binding::Link(Nonce::from_bytes([0; 16]));

fn action(desk: &DeskId, kind: &RequestTypeId) -> String {
    format!("new/{desk}/{kind}")
}

#[cfg(test)]
mod tests;
