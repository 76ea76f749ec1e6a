//! What the templates see of each kind of mail: values ready to be said, and nothing else.

mod access;
mod care;
mod quote;
mod request;

pub(crate) use access::{
    AccessEnded, AccessEnding, ConfirmRequest, InactivityWarning, Invitation, Welcome, YourLink,
};
pub(crate) use care::{
    AddressSuppressed, BurstStopped, ExceptionAsked, ExceptionRefused, InvitationDeclined,
    LastLeadSpared, LeaverRaisedRequest, MemberJoined, MemberOffboarded, OrganizationVacant,
    RemovalDigest, ReviewAsked, SweepHeld, Terms, ToAsk, UnreachableHeld,
};
pub(crate) use quote::{Quote, harmless, shortened};
pub(crate) use request::{
    ApprovalAnswered, ApprovalRequested, DeskNews, DeskNotice, RequestClosed, RequestCommented,
    RequestHandedOver, RequestReceived, RequestShared, RequestTransitioned, RequestView,
};

use domain::Language;

use crate::context::StopLinks;

/// What every mail has around its own words.
pub(crate) struct Frame<'a> {
    pub(crate) language: Language,
    /// How people name the desk.
    pub(crate) desk: &'a str,
    /// The host that all links lead to.
    pub(crate) host: &'a str,
    /// The rendered subject, for the title of the HTML.
    pub(crate) subject: String,
    /// What the button opens.
    pub(crate) link: Option<&'a str>,
    /// What the foot says about stopping.
    pub(crate) stop: Stop<'a>,
}

impl Frame<'_> {
    pub(crate) fn lang(&self) -> &'static str {
        self.language.tag()
    }

    /// Whether there is any link to speak of.
    pub(crate) fn has_links(&self) -> bool {
        self.link.is_some() || matches!(self.stop, Stop::Links(_))
    }
}

/// How such mails are stopped.
#[derive(Clone, Copy)]
pub(crate) enum Stop<'a> {
    /// By these links.
    Links(&'a StopLinks),
    /// Not at all: they are about the reader's own access.
    OwnAccess,
    /// Not while the reader looks after other people's access.
    Care,
    /// Not by their reader: they are the way in which a desk hears of what happens on the pages.
    Desk,
    /// It is the only one, unless its reader confirms what it asks.
    Unconfirmed,
}
