//! Mails to those who look after other people's access: leads, administrators, inviters.

use domain::{EmailAddress, customer::Suppression, membership::OffboardReason, text::Name};

use super::{Quote, RequestView};
use crate::when::When;

pub(crate) struct InvitationDeclined<'a> {
    pub(crate) org: &'a str,
    pub(crate) invitee: &'a EmailAddress,
}

pub(crate) struct ExceptionAsked<'a> {
    pub(crate) org: &'a str,
    pub(crate) invitee: &'a EmailAddress,
    pub(crate) inviter: Option<&'a str>,
    pub(crate) expires: When,
    pub(crate) terms: Option<Terms<'a>>,
}

/// What is allowed with an invitation.
pub(crate) struct Terms<'a> {
    pub(crate) lead: bool,
    pub(crate) name: Option<&'a str>,
    pub(crate) access_until: Option<When>,
    pub(crate) note: Option<Quote<'a>>,
    pub(crate) seats_used: u32,
    pub(crate) seat_cap: u32,
}

pub(crate) struct ExceptionRefused<'a> {
    pub(crate) org: &'a str,
    pub(crate) invitee: &'a EmailAddress,
}

pub(crate) struct MemberOffboarded<'a> {
    pub(crate) org: &'a str,
    pub(crate) member: &'a EmailAddress,
    pub(crate) why: OffboardReason,
    /// Whether access still lasts.
    pub(crate) planned: bool,
    pub(crate) at: When,
    pub(crate) undo_until: When,
    pub(crate) open_requests: u32,
    pub(crate) hand_over_to: Option<&'a EmailAddress>,
}

pub(crate) struct RemovalDigest<'a> {
    pub(crate) org: &'a str,
    pub(crate) removed: &'a [EmailAddress],
    /// The number of are not listed.
    pub(crate) more: u32,
    pub(crate) total: u32,
    pub(crate) undo_until: When,
}

pub(crate) struct MemberJoined<'a> {
    pub(crate) org: &'a str,
    pub(crate) member: &'a EmailAddress,
    pub(crate) seated: bool,
}

pub(crate) struct LeaverRaisedRequest<'a> {
    pub(crate) org: &'a str,
    pub(crate) member: &'a EmailAddress,
    pub(crate) request: RequestView<'a>,
}

pub(crate) struct AddressSuppressed<'a> {
    pub(crate) org: &'a str,
    pub(crate) member: &'a EmailAddress,
    pub(crate) why: Suppression,
}

pub(crate) struct UnreachableHeld<'a> {
    pub(crate) org: &'a str,
    pub(crate) people: &'a [EmailAddress],
}

pub(crate) struct OrganizationVacant<'a> {
    pub(crate) org: &'a str,
    pub(crate) since: When,
    pub(crate) to_ask: Vec<ToAsk<'a>>,
    /// The number of are not listed.
    pub(crate) more: u32,
}

pub(crate) struct ToAsk<'a> {
    pub(crate) email: &'a EmailAddress,
    pub(crate) name: Option<&'a str>,
    pub(crate) last_active: Option<When>,
}

pub(crate) struct ReviewAsked<'a> {
    pub(crate) org: &'a str,
    pub(crate) people: u32,
    pub(crate) every_days: u16,
    pub(crate) last_review: Option<When>,
}

pub(crate) struct LastLeadSpared<'a> {
    pub(crate) org: &'a str,
    pub(crate) lead: &'a EmailAddress,
}

pub(crate) struct BurstStopped<'a> {
    pub(crate) by: &'a EmailAddress,
    /// The organisation that they lead, when they acted for one.
    pub(crate) org: Option<&'a str>,
    pub(crate) again: When,
}

pub(crate) struct SweepHeld<'a> {
    pub(crate) run: When,
    pub(crate) would_remove: u32,
    pub(crate) limit: u32,
    pub(crate) organizations: &'a [(Name, u32)],
}
