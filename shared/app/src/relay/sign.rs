//! The links of a copy: each recipient's own, signed when it is sent (`docs/adr/0005`).

use domain::{
    link::{Purpose, Scope},
    message::{LinkPlan, Urgency},
};
use links::{Claims, nonce_for};
use mail::{Console, Links, StopLinks};
use store::OutboxMessage;
use url::Url;

use super::{Relay, recipient::Recipient};
use crate::AppError;

impl Relay {
    /// The recipient's own links, signed now: the same ones in each try.
    pub(super) async fn links(
        &self,
        message: &OutboxMessage,
        recipient: &Recipient<'_>,
    ) -> Result<Links, AppError> {
        let main = match message.message.link() {
            Some(plan) if opens_for(&plan, recipient) => {
                let epoch = self.epoch(&plan.scope, recipient).await?;
                Some(self.url("l", &self.sign(message, recipient, plan, epoch)))
            }
            Some(_) | None => None,
        };
        let stop = (message.message.mail.urgency() == Urgency::Request)
            .then(|| message.message.mail.request())
            .flatten()
            .map(|request| {
                let token = |scope| {
                    let plan = LinkPlan {
                        purpose: Purpose::Unsubscribe,
                        scope,
                        expires_at: None,
                    };
                    // Whoever may not open anything any more may still stop mail.
                    self.sign(message, recipient, plan, 0)
                };
                let of_request = token(Scope::Request {
                    request: request.id.clone(),
                });
                StopLinks {
                    one_click: self.url("unsubscribe", &of_request),
                    request: self.url("l", &of_request),
                    all: self.url("l", &token(Scope::Own)),
                }
            });
        let consoles = recipient.leads.iter().map(|led| {
            let plan = LinkPlan {
                purpose: Purpose::LeadConsole,
                scope: Scope::Organization {
                    org: led.org.clone(),
                },
                expires_at: None,
            };
            let epoch = recipient.customer_epoch() + led.epoch;
            Console {
                org_name: led.name.clone(),
                url: self.url("l", &self.sign(message, recipient, plan, epoch)),
            }
        });
        Ok(Links {
            main,
            stop,
            consoles: consoles.collect(),
        })
    }

    /// The sum of the counters that the link depends on: each only grows, so any of them ends it.
    async fn epoch(&self, scope: &Scope, recipient: &Recipient<'_>) -> Result<u32, AppError> {
        match scope {
            Scope::Own => self.core.own_epoch(recipient.email).await,
            Scope::Organization { .. }
            | Scope::Request { .. }
            | Scope::Approval { .. }
            | Scope::Invitee { .. }
            | Scope::Run { .. }
            | Scope::Draft { .. }
            | Scope::Form { .. } => {
                let membership = recipient.membership.map_or(0, |m| m.epoch);
                Ok(recipient.customer_epoch() + membership)
            }
        }
    }

    fn sign(
        &self,
        message: &OutboxMessage,
        recipient: &Recipient<'_>,
        plan: LinkPlan,
        epoch: u32,
    ) -> links::Token {
        let expires_at = plan
            .expires_at
            .unwrap_or_else(|| links::default_lifetime(plan.purpose).after(message.queued_at));
        let claims = Claims {
            purpose: plan.purpose,
            subject: recipient.email.clone(),
            scope: plan.scope,
            expires_at,
            epoch,
            nonce: nonce_for(message.message_id, recipient.email, plan.purpose),
        };
        links::sign(&claims, &self.core.keys.links)
    }

    fn url(&self, path: &str, token: &links::Token) -> Url {
        let base = self.core.base_url.as_str().trim_end_matches('/');
        Url::parse(&format!("{base}/{path}/{}", token.as_str()))
            .expect("a token has only characters that a path may have")
    }
}

/// Whether a link would open anything for this recipient: a console only for an active lead.
fn opens_for(plan: &LinkPlan, recipient: &Recipient<'_>) -> bool {
    if plan.purpose != Purpose::LeadConsole {
        return true;
    }
    recipient
        .membership
        .is_some_and(|m| m.has_access() && m.role == domain::Role::Lead)
}
