//! The links of a copy: each recipient's own, signed when it is sent (`docs/adr/0005`).

use domain::{
    Epoch, Standing, Timestamp,
    link::{Dependence, Purpose, Scope},
    message::{LinkPlan, Urgency},
};
use links::{Claims, nonce_for};
use mail::{Console, Links, StopLinks};
use store::OutboxMessage;
use url::Url;

use super::{Relay, recipient::Recipient};
use crate::{AppError, path::holder::own_epoch};

impl Relay {
    /// The recipient's own links, signed now: the same ones in each try.
    pub(super) async fn links(
        &self,
        message: &OutboxMessage,
        recipient: &Recipient<'_>,
    ) -> Result<Links, AppError> {
        let main = match message.message.link() {
            Some(plan) if opens_for(&plan, recipient, self.services.now()) => {
                let epoch = self.epoch(&plan, recipient).await?;
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
                    self.sign(message, recipient, plan, Epoch::default())
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
            Console {
                org_name: led.name.clone(),
                url: self.url("l", &self.sign(message, recipient, plan, led.epoch)),
            }
        });
        Ok(Links {
            main,
            stop,
            consoles: consoles.collect(),
        })
    }

    /// The epoch that the link is signed at: the one by which it will be checked.
    async fn epoch(&self, plan: &LinkPlan, recipient: &Recipient<'_>) -> Result<Epoch, AppError> {
        let now = self.services.now();
        Ok(match Dependence::of(plan.purpose, &plan.scope) {
            Dependence::Everywhere => {
                own_epoch(&self.services.store, plan.purpose, recipient.email, now).await?
            }
            Dependence::Nothing
            | Dependence::Person
            | Dependence::There
            | Dependence::Round
            | Dependence::Asked => recipient.holder(now).epoch(plan.purpose, &plan.scope),
        })
    }

    fn sign(
        &self,
        message: &OutboxMessage,
        recipient: &Recipient<'_>,
        plan: LinkPlan,
        Epoch(epoch): Epoch,
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
        links::sign(&claims, &self.services.keys.links)
    }

    fn url(&self, path: &str, token: &links::Token) -> Url {
        let base = self.services.base_url.as_str().trim_end_matches('/');
        Url::parse(&format!("{base}/{path}/{}", token.as_str()))
            .expect("a token has only characters that a path may have")
    }
}

/// Tells whether a link would open anything for this recipient: a console only for an active lead.
fn opens_for(plan: &LinkPlan, recipient: &Recipient<'_>, now: Timestamp) -> bool {
    let standing = recipient.affiliation.map(|own| own.standing(now));
    plan.purpose != Purpose::LeadConsole || standing == Some(Standing::Lead)
}
