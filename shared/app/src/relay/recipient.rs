//! Who gets a copy, and whether they may.

use domain::{Customer, EmailAddress, Mail, Membership, message::Urgency};
use store::OutboxMessage;

/// What becomes of one recipient's copy.
pub(super) enum Verdict {
    /// It may be sent.
    Send,
    /// It is left out, and why.
    Skip(&'static str),
}

/// All that a copy's recipient brings along.
pub(super) struct Recipient<'a> {
    pub(super) email: &'a EmailAddress,
    pub(super) customer: Option<&'a Customer>,
    pub(super) membership: Option<&'a Membership>,
}

impl Recipient<'_> {
    pub(super) fn customer_epoch(&self) -> u32 {
        self.customer.map_or(0, |customer| customer.epoch)
    }
}

/// Whether a copy may be sent at all: never to an address that bounced or complained, nothing that
/// was switched off, and no link to somebody who left after the message was written.
pub(super) fn verdict(message: &OutboxMessage, recipient: &Recipient<'_>) -> Verdict {
    let customer = recipient.customer;
    if customer.is_some_and(Customer::is_suppressed) {
        return Verdict::Skip("suppressed");
    }
    if message.message.mail.urgency() == Urgency::Request && customer.is_some_and(|c| c.muted) {
        return Verdict::Skip("muted");
    }
    let left = recipient.membership.is_some_and(Membership::has_left);
    if left && message.message.link().is_some() {
        return Verdict::Skip("left");
    }
    // Anyone may ask for a link to be mailed to any address; only who is known gets one.
    let asked_for = matches!(message.message.mail, Mail::YourLink { .. });
    if asked_for && customer.is_none() && recipient.membership.is_none() {
        return Verdict::Skip("unknown");
    }
    Verdict::Send
}
