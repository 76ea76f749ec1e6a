//! A stranger's request, once they confirm it.

use domain::{
    Actor, Change, DraftId, Evidence, Outcome, Proof, Timestamp, decide::OnForm, desk::Desk,
    draft::DraftRequest, link::Purpose, text::Line,
};
use links::{Binding, Claims, form_nonce, form_token};
use store::Once;

use super::{
    Confirmed, Intake, Opening, Waiting,
    raise::{Raising, Recorded},
};
use crate::{AppError, path::session};

const ACTION: &str = "confirm-request";

impl Intake {
    /// The page of a link to confirm a request. Writes nothing.
    pub(super) async fn show_draft(
        &self,
        claims: &Claims,
        id: &DraftId,
        now: Timestamp,
    ) -> Result<Opening, AppError> {
        if self.is_used(claims, now).await? {
            return Ok(Opening::Over);
        }
        let Some(draft) = self.draft_of(claims, id, now).await? else {
            return Ok(Opening::Over);
        };
        let Some(desk) = self.settings.desk(&draft.desk).await? else {
            return Ok(Opening::Over);
        };
        let nonce = session::new_nonce(&self.services);
        let binding = Binding::Link(claims.nonce);
        Ok(Opening::Draft(Box::new(Waiting {
            answers: answers(&draft, &desk),
            draft,
            desk: desk.name,
            token: form_token(binding, ACTION, nonce, &self.services.keys.sessions).into(),
        })))
    }

    /// Records the request that a link confirms. `form` is the token that its page's form carried.
    pub(super) async fn confirm_draft(
        &self,
        claims: &Claims,
        id: &DraftId,
        form: &str,
        now: Timestamp,
    ) -> Result<Confirmed, AppError> {
        let binding = Binding::Link(claims.nonce);
        if form_nonce(form, binding, ACTION, &self.services.keys.sessions).is_none() {
            return Ok(Confirmed::Foreign);
        }
        // The draft goes with its confirmation: who sends the form twice finds none.
        let Some(draft) = self.draft_of(claims, id, now).await? else {
            return Ok(if self.is_used(claims, now).await? {
                Confirmed::Before
            } else {
                Confirmed::Over
            });
        };
        let Some(desk) = self.settings.desk(&draft.desk).await? else {
            return Ok(Confirmed::Over);
        };
        let proof = Proof {
            actor: Actor::Person(claims.subject.clone()),
            evidence: Evidence::Link {
                purpose: Purpose::ConfirmRequest,
            },
        };
        let on_form = OnForm {
            shared: false,
            language: draft.language,
        };
        let raising = Raising {
            event: draft.raised_as("new".parse().expect("a word is a key")),
            desk: &desk,
            on_form,
            proof: &proof,
            also: Outcome::default().change(Change::DropDraft(draft.id.clone())),
        };
        let once = Once::Link {
            nonce: claims.nonce.to_string(),
            expires_at: claims.expires_at,
        };
        Ok(match self.record(raising, &once, now).await? {
            Recorded::Done(request, caller) => Confirmed::Done(request, caller),
            Recorded::SeenBefore => Confirmed::Before,
            Recorded::Denied => Confirmed::Denied,
        })
    }

    /// The draft that a link is about: not confirmed yet, and of the address it was mailed to.
    async fn draft_of(
        &self,
        claims: &Claims,
        id: &DraftId,
        now: Timestamp,
    ) -> Result<Option<DraftRequest>, AppError> {
        let draft = self.services.store.draft(id, now).await?;
        let Some(draft) = draft.filter(|draft| draft.reporter.email == claims.subject) else {
            return Ok(None);
        };
        let standing = self.standing(&claims.subject).await?;
        Ok(standing.confirms(claims).then_some(draft))
    }
}

/// The answers under the questions of the form that the desk has under this name; what it asks no
/// more, under its key.
fn answers(draft: &DraftRequest, desk: &Desk) -> Vec<(String, String)> {
    let kind = desk
        .request_types
        .iter()
        .find(|kind| kind.name == draft.kind);
    let label = |key: &Line<64>| {
        let field = kind.and_then(|kind| kind.fields.iter().find(|field| field.id == *key));
        field.map_or_else(|| key.to_string(), |field| field.label.to_string())
    };
    let answers = draft.answers.iter();
    answers
        .map(|(key, answer)| (label(key), answer.to_string()))
        .collect()
}
