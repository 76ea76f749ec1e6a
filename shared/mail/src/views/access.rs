//! Mails about the reader's own access.

use std::borrow::Cow;

use domain::{membership::OffboardReason, message::Opens};

use super::Quote;
use crate::when::When;

pub(crate) struct Invitation<'a> {
    pub(crate) org: &'a str,
    pub(crate) inviter: Option<&'a str>,
    pub(crate) lead: bool,
    pub(crate) note: Option<Quote<'a>>,
    pub(crate) expires: When,
    pub(crate) access_until: Option<When>,
}

pub(crate) struct ConfirmRequest<'a> {
    /// Somebody may have typed another's address: what they wrote beside it is kept short here.
    pub(crate) summary: Cow<'a, str>,
    pub(crate) expires: When,
}

pub(crate) struct Welcome<'a> {
    pub(crate) org: &'a str,
    pub(crate) lead: bool,
}

pub(crate) struct InactivityWarning<'a> {
    pub(crate) org: &'a str,
    pub(crate) quiet_days: u16,
    pub(crate) grace: When,
}

pub(crate) struct AccessEnding<'a> {
    pub(crate) org: &'a str,
    pub(crate) until: When,
}

pub(crate) struct AccessEnded<'a> {
    pub(crate) org: &'a str,
    pub(crate) why: OffboardReason,
}

pub(crate) struct YourLink<'a> {
    pub(crate) opens: Opens,
    pub(crate) org: Option<&'a str>,
    /// Each organisation with the link to its console.
    pub(crate) consoles: Vec<(&'a str, &'a str)>,
}
