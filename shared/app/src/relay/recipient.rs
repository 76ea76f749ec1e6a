//! Who gets a copy, and whether they may.

use domain::{
    Customer, EmailAddress, Mail, Membership, OrgId, Role, Timestamp,
    message::{Opens, Urgency},
    text::Name,
};
use mail::Reader;
use store::{OutboxMessage, Wanted};

use super::Relay;
use crate::AppError;

/// What becomes of one recipient's copy.
pub(super) enum Verdict {
    /// It may be sent.
    Send,
    /// It is left out, and why.
    Skip(&'static str),
    /// It cannot be sent, and those who run the desk have to hear of it in another way: an alarm.
    Fail(&'static str),
}

/// All that a copy's recipient brings along.
pub(super) struct Recipient<'a> {
    pub(super) email: &'a EmailAddress,
    pub(super) customer: Option<&'a Customer>,
    pub(super) membership: Option<&'a Membership>,
    /// Whether they have access anywhere. Only looked up for whoever asked for their link.
    pub(super) is_member: bool,
    /// The organisations they lead, likewise.
    pub(super) leads: Vec<Led>,
}

/// An organisation that somebody leads.
pub(super) struct Led {
    pub(super) org: OrgId,
    pub(super) name: Name,
    /// The membership's counter, which ends its links.
    pub(super) epoch: u32,
}

impl Recipient<'_> {
    /// Whether mail to them was stopped once, and is sent again.
    pub(super) fn was_unreachable(&self) -> bool {
        let customer = self.customer;
        customer.is_some_and(|customer| customer.reachable_since.is_some())
    }

    pub(super) fn customer_epoch(&self) -> u32 {
        self.customer.map_or(0, |customer| customer.epoch)
    }
}

impl Relay {
    /// Looks up where somebody has access and what they lead, if they asked for their link. It is
    /// done here, out of sight: whoever asked has had the same answer for any address.
    pub(super) async fn look_up_memberships(
        &self,
        message: &OutboxMessage,
        recipient: &mut Recipient<'_>,
    ) -> Result<(), AppError> {
        let asked = Mail::YourLink {
            opens: Opens::MyRequests,
            org_name: None,
        };
        if message.message.mail != asked {
            return Ok(());
        }
        let (store, email) = (&self.core.store, recipient.email);
        let orgs = store.organizations_of(email).await?;
        if orgs.is_empty() {
            return Ok(());
        }
        let wanted = orgs.iter().fold(Wanted::new(), |wanted, org| {
            wanted.organization(org).membership(org, email)
        });
        let loaded = store.load(wanted).await?;
        for org in orgs {
            let membership = loaded.membership(&org, email).filter(|m| m.has_access());
            let (Some(membership), Some(found)) = (membership, loaded.organization(&org)) else {
                continue;
            };
            recipient.is_member = true;
            if membership.role == Role::Lead {
                recipient.leads.push(Led {
                    name: found.name.clone(),
                    epoch: membership.epoch,
                    org,
                });
            }
        }
        Ok(())
    }
}

/// How a copy's recipient reads. Of somebody who chose no language, the form's counts that they
/// filled in.
pub(super) fn reader(mail: &Mail, customer: Option<&Customer>) -> Reader {
    let recorded = customer.map_or_else(Reader::default, Reader::of);
    match mail {
        Mail::ConfirmRequest {
            language: Some(language),
            ..
        } if customer.is_none_or(|customer| customer.locale.is_none()) => Reader {
            language: *language,
            ..recorded
        },
        _ => recorded,
    }
}

/// Whether a copy may be sent at all: never to an address that bounced, after a complaint only what
/// that cannot be about, nothing that was switched off, and no link to somebody who left after the
/// message was written.
pub(super) fn verdict(
    message: &OutboxMessage,
    recipient: &Recipient<'_>,
    now: Timestamp,
) -> Verdict {
    let customer = recipient.customer;
    let reaches = |c: &Customer| c.deliverability.lets_through(&message.message.mail, now);
    if !customer.is_none_or(reaches) {
        return if is_for_the_desk(message) {
            Verdict::Fail("suppressed")
        } else {
            Verdict::Skip("suppressed")
        };
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
    if asked_for && customer.is_none() && recipient.membership.is_none() && !recipient.is_member {
        return Verdict::Skip("unknown");
    }
    Verdict::Send
}

/// Whether a message is for those who run the desk: its inbox or its administrators. Mails to leads
/// name the organisation whose console they open; of those to administrators one does.
fn is_for_the_desk(message: &OutboxMessage) -> bool {
    let message = &message.message;
    match message.mail.urgency() {
        Urgency::Desk => true,
        Urgency::Digest => {
            message.org.is_none() || matches!(message.mail, Mail::ExceptionAsked { .. })
        }
        Urgency::Access | Urgency::Request => false,
    }
}
