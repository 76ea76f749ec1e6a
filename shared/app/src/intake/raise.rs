//! A request of somebody known, at once.

use domain::{
    DeskId, EmailAddress, Epoch, OrgId, Outcome, Proof, RequestKey, RequestRef, RequestTypeId,
    Timestamp,
    decide::{OnForm, raise_request},
    desk::Desk,
    event::{Person, RequestCreated},
    form::{self, Fault, Filled, Question, Wrong},
    link::{Purpose, Scope},
    request::Channel,
};
use links::Claims;
use store::{Once, Wanted};

use super::{Filling, Form, Intake, KnownPerson, Raised, asker::Asker};
use crate::{
    AppError, Caller, Sessions, path::Ruling, path::limits::RAISED_PER_PERSON, path::session,
};

/// A request on its way to being recorded.
pub(super) struct Raising<'a> {
    pub(super) desk: &'a Desk,
    /// All but its key.
    pub(super) event: RequestCreated,
    pub(super) on_form: OnForm,
    pub(super) proof: &'a Proof,
    /// The other effects.
    pub(super) also: Outcome,
}

/// The result.
pub(super) enum Recorded {
    Done(RequestRef, Box<Caller>),
    SeenBefore,
    Denied,
}

impl Intake {
    /// Records a request of somebody known. Posted twice it is recorded once.
    ///
    /// # Errors
    /// If the store is not available or refuses. Nothing was done then.
    pub async fn raise(
        &self,
        known: &KnownPerson,
        desk: &DeskId,
        kind: &RequestTypeId,
        filling: &Filling,
    ) -> Result<Raised, AppError> {
        let once = self.once(
            &filling.token,
            known.binding,
            desk,
            kind,
            self.services.now(),
        );
        self.raise_once(known, desk, kind, filling, once).await
    }

    /// The same, given what makes it act once; none when the form is not from its page.
    pub(super) async fn raise_once(
        &self,
        known: &KnownPerson,
        desk: &DeskId,
        kind: &RequestTypeId,
        filling: &Filling,
        once: Option<Once>,
    ) -> Result<Raised, AppError> {
        let now = self.services.now();
        let Some(desk) = self.settings.desk(desk).await? else {
            return Ok(Raised::Nothing);
        };
        let standing = self.standing(&known.email).await?;
        let Some(form) = self.form_of(known, &standing, desk, kind) else {
            return Ok(Raised::Nothing);
        };
        let Some(once) = once else {
            return Ok(Raised::Foreign(Box::new(form)));
        };
        let Some(org) = chosen(&form, filling) else {
            return Ok(Raised::Nothing);
        };
        let read = form::read(&form.kind, &filling.typed);
        let (filled, org) = match (read, org) {
            (Ok(filled), Ok(org)) => (filled, org),
            (read, org) => {
                let question = Question::Organization;
                let org = org.err().map(|wrong| Fault { question, wrong });
                let faults = org.into_iter().chain(read.err().unwrap_or_default());
                return Ok(Raised::Faulty(Box::new(form), faults.collect()));
            }
        };
        let scope = format!("new:person:{}", self.services.mailbox(&known.email));
        if let Some(after) = self.services.over(&scope, RAISED_PER_PERSON, now).await? {
            return Ok(Raised::TooOften(Box::new(form), after));
        }
        let raising = Raising {
            event: event(&form, &known.email, filled, org),
            desk: &form.desk,
            on_form: OnForm {
                shared: filling.share,
                language: None,
            },
            proof: &known.proof,
            also: Outcome::default(),
        };
        Ok(match self.record(raising, &once, now).await? {
            Recorded::Done(request, caller) => Raised::Done(request, caller),
            Recorded::SeenBefore => Raised::Before,
            // It was offered a moment ago, and is not any more.
            Recorded::Denied => Raised::Nothing,
        })
    }

    /// Records a request under a key of its own. The key is made up until one is free: the commit
    /// tells.
    pub(super) async fn record(
        &self,
        raising: Raising<'_>,
        once: &Once,
        now: Timestamp,
    ) -> Result<Recorded, AppError> {
        let reporter = &raising.event.reporter.email;
        let settled = self.services.attempt(once, now, || async {
            let mut event = raising.event.clone();
            event.request.key = self.new_key();
            let standing = self.standing(reporter).await?;
            let state = standing.state(raising.desk, event.org.as_ref());
            let wanted = Wanted::new().request(&event.request);
            // Also where a webhook's updates wait for a request of this key: they are not for this
            // one.
            let loaded = self.services.store.load(wanted).await?;
            if loaded.request(&event.request).is_some() {
                return Ok(Ruling::Again);
            }
            let outcome = raise_request(state, &event, raising.on_form, &raising.proof.at(now));
            let Ok(outcome) = outcome else {
                return Ok(Ruling::Leave(Recorded::Denied));
            };
            let outcome = outcome.extend(raising.also.clone());
            let caller = self.session(&standing, &outcome, &event.request, reporter.clone(), now);
            let done = Recorded::Done(event.request, Box::new(caller));
            Ok::<_, AppError>(Ruling::Write(outcome, done))
        });
        let settled = settled.await?;
        if settled.is_done() {
            tracing::info!(
                desk.id = raising.desk.id.as_str(),
                person = %self.services.store.pseudonym(reporter),
                "request raised on a form"
            );
        }
        Ok(settled.told_or(Recorded::SeenBefore))
    }

    /// The session over a request that its reporter has raised just now: as if they had opened the
    /// link from its first mail.
    fn session(
        &self,
        standing: &Asker,
        outcome: &Outcome,
        request: &RequestRef,
        reporter: EmailAddress,
        now: Timestamp,
    ) -> Caller {
        let org = outcome.changes.iter().find_map(|change| match change {
            domain::Change::Request(request) => request.org.clone(),
            _ => None,
        });
        let Epoch(epoch) = standing.epoch_of_request(request, org.as_ref());
        let link = Claims {
            purpose: Purpose::Requester,
            subject: reporter,
            scope: Scope::Request {
                request: request.clone(),
            },
            expires_at: now,
            epoch,
            nonce: session::new_nonce(&self.services),
        };
        Sessions::begin(&self.services, &link, now)
    }

    /// Seven digits in two groups, as people say a telephone number: short, easily told, and like
    /// no key that a service desk gives, which begin with letters.
    fn new_key(&self) -> RequestKey {
        let mut bytes = [0; 4];
        self.services.ids.fill(&mut bytes);
        let number = 1_000_000 + u32::from_be_bytes(bytes) % 9_000_000;
        format!("{}-{:04}", number / 10_000, number % 10_000)
            .parse()
            .expect("digits and a hyphen are a key")
    }
}

/// The organisation for which they ask; none when they name one that is not theirs, which the form
/// does not offer.
fn chosen(form: &Form, filling: &Filling) -> Option<Result<Option<OrgId>, Wrong>> {
    let named = filling.org.as_deref().filter(|org| !org.is_empty());
    match (named, &form.organizations[..]) {
        (Some(named), theirs) => {
            let own = theirs.iter().find(|(org, _)| org.as_str() == named)?;
            Some(Ok(Some(own.0.clone())))
        }
        (None, []) => Some(Ok(None)),
        (None, [(one, _)]) => Some(Ok(Some(one.clone()))),
        (None, [..]) => Some(Err(Wrong::Missing)),
    }
}

fn event(
    form: &Form,
    reporter: &EmailAddress,
    filled: Filled,
    org: Option<OrgId>,
) -> RequestCreated {
    RequestCreated {
        request: RequestRef {
            desk: form.desk.id.clone(),
            // In its place comes one that is free.
            key: "new".parse().expect("a word is a key"),
        },
        kind: form.kind.name.clone(),
        summary: filled.summary,
        description: None,
        fields: filled.answers,
        url: None,
        reporter: Person {
            email: reporter.clone(),
            name: None,
        },
        org,
        participants: Vec::new(),
        channel: Channel::Form,
    }
}
