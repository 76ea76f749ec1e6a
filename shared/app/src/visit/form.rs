//! The forms of a link's pages: which one a page has, and the token it carries, so that only the
//! page itself can post it.

use links::{form_nonce, form_token};

use super::{Done, Opened, View, Visits, Wish};
use crate::session::new_nonce;

/// A form, by what it asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Yes or no.
    Choice,
    /// Approved or declined, with a word why.
    Answer,
    /// Mails, or none.
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
            Wish::Stop | Wish::Resume => Self::Mails,
            Wish::Answer { .. } => Self::Answer,
        }
    }

    /// The form that a page has.
    fn on(view: &View) -> Option<Self> {
        match view {
            View::Invitation { .. }
            | View::KeepAccess { .. }
            | View::Exception { .. }
            | View::HeldRun(_) => Some(Self::Choice),
            View::Approval { .. } => Some(Self::Answer),
            // Whoever stopped mails can take it back on the page that says so.
            View::StopMail { .. } | View::Done(Done::MailStopped | Done::MailResumed) => {
                Some(Self::Mails)
            }
            View::Session(_)
            | View::Done(
                Done::Accepted
                | Done::Declined
                | Done::Kept
                | Done::Answered(_)
                | Done::ExceptionAllowed
                | Done::ExceptionRefused
                | Done::Released
                | Done::LinkMailed,
            )
            | View::DoneBefore(_)
            | View::Refused(_)
            | View::ForeignForm
            | View::Over
            | View::Unknown => None,
        }
    }
}

impl Visits {
    /// The token for the form on this page.
    pub(super) fn form_token(&self, opened: &Opened, view: &View) -> Option<String> {
        let form = Form::on(view)?.name();
        let nonce = new_nonce(&self.core);
        let token = form_token(opened.binding, form, nonce, &self.core.keys.sessions);
        Some(token.into())
    }

    /// Whether a posted wish came from a page of this link.
    pub(super) fn is_own_form(&self, opened: &Opened, wish: &Wish, token: &str) -> bool {
        let form = Form::of(wish).name();
        form_nonce(token, opened.binding, form, &self.core.keys.sessions).is_some()
    }
}
