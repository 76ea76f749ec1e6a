//! Sessions: what a link to more than one page becomes once it was opened, and the tokens of its
//! forms.
//!
//! A session says who somebody is and what their link opened. Whether that still holds (nobody
//! leads for ever) is for each use case to check with what it loads anyway: the epoch stands in
//! [`Caller::epoch`].

use domain::{
    Actor, EmailAddress, Epoch, Evidence, Occasion, OrgId, Proof, Standing, Timestamp,
    link::{Purpose, Scope},
};
use links::{Binding, Claims, Nonce, Session, form_nonce, form_token};
use store::{Once, Wanted};

use crate::{AppError, Services, path::holder::Sought};

/// A person with a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    session: Session,
    /// The instant at which they ask.
    pub now: Timestamp,
}

impl Caller {
    /// In whose name they act.
    #[must_use]
    pub fn email(&self) -> &EmailAddress {
        &self.session.subject
    }

    /// The purpose of the link that began the session.
    #[must_use]
    pub fn purpose(&self) -> Purpose {
        self.session.purpose
    }

    /// The thing that it opened.
    #[must_use]
    pub fn scope(&self) -> &Scope {
        &self.session.scope
    }

    /// The epoch that the link was signed at, by which it is known whether it lives.
    #[must_use]
    pub fn epoch(&self) -> Epoch {
        Epoch(self.session.epoch)
    }

    /// The person and their proof.
    #[must_use]
    pub fn proof(&self) -> Proof {
        Proof {
            actor: Actor::Person(self.session.subject.clone()),
            evidence: Evidence::Link {
                purpose: self.session.purpose,
            },
        }
    }

    /// The occasion of everything that is decided in answer to this call.
    #[must_use]
    pub fn occasion(&self) -> Occasion {
        self.proof().at(self.now)
    }

    /// As what the session's link would claim, were it opened now.
    pub(crate) fn claims(&self) -> Claims {
        Claims {
            purpose: self.session.purpose,
            subject: self.session.subject.clone(),
            scope: self.session.scope.clone(),
            expires_at: self.session.expires_at(),
            epoch: self.session.epoch,
            nonce: self.session.id,
        }
    }
}

/// A browser's part of a session.
#[derive(Debug)]
pub struct Kept {
    /// The signed session.
    pub token: links::Token,
    /// After how many seconds it is over if it is not used.
    pub seconds: i64,
}

/// A form that was posted from a page of its session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posted {
    /// Makes the post act once, however often it arrives: it belongs into the commit.
    pub once: Once,
}

/// Begins sessions, takes them up again, and signs and checks their forms. None of this asks the
/// store.
#[derive(Debug, Clone)]
pub struct Sessions {
    services: Services,
}

impl Sessions {
    /// Over what every use case works with.
    #[must_use]
    pub fn new(services: Services) -> Self {
        Self { services }
    }

    /// The session that a verified link begins.
    pub(crate) fn begin(services: &Services, link: &Claims, now: Timestamp) -> Caller {
        let session = Session::begin(link, new_nonce(services), now);
        Caller { session, now }
    }

    /// The sessions of somebody who has proved their mailbox: over all that is their own, and over
    /// the console of each organisation that they lead now. Each ends by what ends a link of its
    /// kind that is signed at this moment.
    pub(crate) async fn of_mailbox(
        services: &Services,
        email: &EmailAddress,
        now: Timestamp,
    ) -> Result<Vec<Caller>, AppError> {
        let link = (Purpose::Requester, &Scope::Own);
        let sought = Sought::find(&services.store, link, email, None).await?;
        let loaded = services.store.load(sought.and(Wanted::new())).await?;
        let begin = |purpose, scope, Epoch(epoch)| {
            let claims = Claims {
                purpose,
                scope,
                epoch,
                subject: email.clone(),
                expires_at: now,
                nonce: new_nonce(services),
            };
            Self::begin(services, &claims, now)
        };
        let own = begin(Purpose::Requester, Scope::Own, sought.epoch(&loaded, now));
        let led = loaded
            .affiliations(email)
            .filter(|own| own.standing(now) == Standing::Lead);
        let consoles = led.map(|affiliation| {
            let org = affiliation.org().clone();
            let (purpose, scope) = (Purpose::LeadConsole, Scope::Organization { org });
            let holder = Sought::in_organization((purpose, &scope), email, affiliation.org());
            let epoch = holder.epoch(&loaded, now);
            begin(purpose, scope, epoch)
        });
        Ok(std::iter::once(own).chain(consoles).collect())
    }

    /// The session over an organisation's console of somebody with a session over all that is their
    /// own, if that one holds and they lead the organisation.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn console(&self, own: &Caller, org: &OrgId) -> Result<Option<Caller>, AppError> {
        if *own.scope() != Scope::Own {
            return Ok(None);
        }
        let all = Self::of_mailbox(&self.services, own.email(), own.now).await?;
        let holds = all.iter().any(|begun| {
            (begun.purpose(), begun.scope(), begun.epoch())
                == (own.purpose(), own.scope(), own.epoch())
        });
        let console = all
            .into_iter()
            .find(|begun| matches!(begun.scope(), Scope::Organization { org: led } if led == org));
        Ok(console.filter(|_| holds))
    }

    /// The person of the cookie, if it is ours and not over.
    #[must_use]
    pub fn resume(&self, cookie: &str) -> Option<Caller> {
        let now = self.services.now();
        let session = links::verify_session(cookie, &self.services.keys.sessions, now).ok()?;
        Some(Caller { session, now })
    }

    /// The session as the browser is to keep it from now on: used just now.
    #[must_use]
    pub fn keep(&self, caller: &Caller) -> Kept {
        let session = caller.session.clone().renewed(caller.now);
        let left = session.expires_at().as_second() - caller.now.as_second();
        Kept {
            token: links::sign_session(&session, &self.services.keys.sessions),
            seconds: left,
        }
    }

    /// The token of a form on a page of this session: another one each time.
    #[must_use]
    pub fn form(&self, caller: &Caller, action: &str) -> String {
        let binding = Binding::Session(caller.session.id);
        let nonce = new_nonce(&self.services);
        form_token(binding, action, nonce, &self.services.keys.sessions).into()
    }

    /// The posted form, if its token is of this session and this action.
    #[must_use]
    pub fn posted(&self, caller: &Caller, action: &str, token: &str) -> Option<Posted> {
        let binding = Binding::Session(caller.session.id);
        let nonce = form_nonce(token, binding, action, &self.services.keys.sessions)?;
        Some(Posted {
            once: Once::Link {
                nonce: nonce.to_string(),
                // A form is good as long as its session, and that is over within a day.
                expires_at: caller
                    .now
                    .saturating_add(jiff::SignedDuration::from_hours(links::SESSION_MOST_HOURS))
                    .unwrap_or(Timestamp::MAX),
            },
        })
    }
}

/// A nonce that nobody can guess.
pub(crate) fn new_nonce(services: &Services) -> Nonce {
    let mut bytes = [0; 16];
    services.ids.fill(&mut bytes);
    Nonce::from_bytes(bytes)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use crate::tests::Engine;

    fn now() -> Timestamp {
        "2026-11-22T09:30:00Z".parse().unwrap()
    }

    fn caller(sessions: &Sessions) -> Caller {
        let link = Claims {
            purpose: Purpose::LeadConsole,
            subject: "lena@acme.example".parse().unwrap(),
            scope: Scope::Organization {
                org: "acme".parse().unwrap(),
            },
            expires_at: now(),
            epoch: 3,
            nonce: Nonce::from_bytes([7; 16]),
        };
        Sessions::begin(&sessions.services, &link, now())
    }

    #[tokio::test]
    async fn a_session_is_taken_up_again_within_the_hour_and_kept_by_use() {
        let engine = Engine::start(now()).await;
        let (sessions, clock) = (Sessions::new(engine.services.clone()), &engine.clock);
        let begun = caller(&sessions);
        let kept = sessions.keep(&begun);
        assert_eq!(kept.seconds, 3_600);
        clock.set(now() + std::time::Duration::from_secs(3_599));
        let resumed = sessions.resume(kept.token.as_str()).unwrap();
        assert_eq!(
            (resumed.email(), resumed.epoch()),
            (begun.email(), Epoch(3))
        );
        assert_eq!(resumed.scope(), begun.scope());
        clock.set(now() + std::time::Duration::from_hours(1));
        assert_eq!(sessions.resume(kept.token.as_str()), None);
        let kept = sessions.keep(&resumed);
        assert!(sessions.resume(kept.token.as_str()).is_some());
    }

    #[tokio::test]
    async fn a_session_used_without_a_break_still_ends_after_a_day() {
        let engine = Engine::start(now()).await;
        let (sessions, clock) = (Sessions::new(engine.services.clone()), &engine.clock);
        let mut caller = caller(&sessions);
        for half_hour in 0..48 {
            clock.set(now() + std::time::Duration::from_mins(30 * half_hour));
            let kept = sessions.keep(&caller);
            caller = sessions.resume(kept.token.as_str()).unwrap();
        }
        let kept = sessions.keep(&caller);
        assert_eq!(kept.seconds, 1_800);
        clock.set(now() + std::time::Duration::from_hours(24));
        assert_eq!(sessions.resume(kept.token.as_str()), None);
    }

    #[tokio::test]
    async fn a_form_is_of_one_session_one_action_and_one_rendering() {
        let sessions = Sessions::new(Engine::start(now()).await.services);
        let (one, other) = (caller(&sessions), caller(&sessions));
        let (first, second) = (sessions.form(&one, "invite"), sessions.form(&one, "invite"));
        assert_ne!(first, second);
        let spent = |token: &str| sessions.posted(&one, "invite", token).unwrap().once;
        assert_eq!(spent(&first), spent(&first));
        assert_ne!(spent(&first), spent(&second));
        assert_eq!(sessions.posted(&one, "off-board", &first), None);
        assert_eq!(sessions.posted(&other, "invite", &first), None);
        assert_eq!(sessions.posted(&one, "invite", ""), None);
    }
}
