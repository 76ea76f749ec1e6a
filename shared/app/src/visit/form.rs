//! The forms of a link's pages: which one a page has, and the token it carries, so that only the
//! page itself can post it.

use domain::{
    Membership,
    link::{Purpose, Scope},
};
use links::{form_nonce, form_token};

use super::{Done, LinkView, Opened, Visits, Wish};
use crate::path::session::new_nonce;

/// A form, by what it asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Yes or no.
    Choice,
    /// Approved or declined, with a word why.
    Answer,
    /// No more mails.
    Mails,
}

impl Form {
    fn name(self) -> &'static str {
        match self {
            Self::Choice => "choice",
            Self::Answer => "answer",
            Self::Mails => "mails",
        }
    }

    /// The form that posts this wish.
    pub(super) fn of(wish: &Wish) -> Self {
        match wish {
            Wish::Yes | Wish::No => Self::Choice,
            Wish::Stop => Self::Mails,
            Wish::Answer { .. } => Self::Answer,
        }
    }

    /// The form that a page has.
    fn on(view: &LinkView) -> Option<Self> {
        match view {
            LinkView::Invitation { .. }
            | LinkView::KeepAccess { .. }
            | LinkView::Exception { .. }
            | LinkView::HeldRun(_) => Some(Self::Choice),
            LinkView::Approval { .. } => Some(Self::Answer),
            LinkView::StopMail { stopped, .. } => (!stopped).then_some(Self::Mails),
            LinkView::Session(_)
            | LinkView::Done(
                Done::Accepted
                | Done::Declined
                | Done::Kept
                | Done::Answered(_)
                | Done::MailStopped
                | Done::ExceptionAllowed
                | Done::ExceptionRefused
                | Done::Released
                | Done::LinkMailed,
            )
            | LinkView::DoneBefore(_)
            | LinkView::Refused(_)
            | LinkView::ForeignForm
            | LinkView::Over
            | LinkView::Unknown => None,
        }
    }
}

/// The binding of a form's token about an exception: the very proposal that its page has shown. A
/// lead may have taken it back since, and asked for more.
fn about(proposal: &Membership) -> String {
    format!("{} {}", Form::Choice.name(), proposal.since)
}

impl Visits {
    /// The token for the form on this page.
    pub(super) fn form_token(&self, opened: &Opened, view: &LinkView) -> Option<String> {
        Some(match view {
            LinkView::Exception { membership, .. } => self.token_of(opened, &about(membership)),
            _ => self.token_of(opened, Form::on(view)?.name()),
        })
    }

    /// Tells whether a posted answer came from a page of this link that has shown this proposal.
    pub(super) fn has_shown(&self, opened: &Opened, proposal: &Membership, token: &str) -> bool {
        self.is_token_of(opened, &about(proposal), token)
    }

    /// Tells whether a posted wish came from a page of this link. Of an exception it is asked together
    /// with what the page has shown ([`Self::has_shown`]).
    pub(super) fn is_own_form(&self, opened: &Opened, wish: &Wish, token: &str) -> bool {
        if opened.claims.purpose == Purpose::DecideInvitation {
            return Form::of(wish) == Form::Choice;
        }
        self.is_token_of(opened, Form::of(wish).name(), token)
    }

    /// A token for the form of this name on a page of this link.
    pub(super) fn token_of(&self, opened: &Opened, form: &str) -> String {
        let (action, nonce) = (
            action(form, &opened.claims.scope),
            new_nonce(&self.services),
        );
        form_token(opened.binding, &action, nonce, &self.services.keys.sessions).into()
    }

    /// Tells whether a token is one of [`token_of`](Self::token_of).
    pub(super) fn is_token_of(&self, opened: &Opened, form: &str, token: &str) -> bool {
        let action = action(form, &opened.claims.scope);
        form_nonce(token, opened.binding, &action, &self.services.keys.sessions).is_some()
    }
}

/// The action of a form's token: the form's wish and its subject. The links of one purpose in one
/// mail share their nonce, so the subject tells their forms apart.
fn action(form: &str, scope: &Scope) -> String {
    let scope = serde_json::to_string(scope).expect("a scope is made of texts");
    format!("{form} {scope}")
}
