//! A stranger's form: kept until the reader of the mail at its address confirms it.

use std::net::IpAddr;

use domain::{
    Change, DeskId, DraftId, Language, Mail, Message, Outcome, RequestTypeId,
    draft::DraftRequest,
    event::Person,
    form::{self, Filled},
};

use super::{Drafted, Filling, Form, Intake, NOBODY};
use crate::{
    AppError,
    path::attempt::Written,
    path::limits::{DRAFTS_ALTOGETHER, DRAFTS_PER_CALLER, DRAFTS_PER_MAILBOX, network},
};

/// A stranger, by their own words.
#[derive(Debug, Clone, Default)]
pub struct Stranger {
    /// Their address, as typed.
    pub email: String,
    /// Their name, as typed.
    pub name: String,
    /// The language in which they read the form.
    pub language: Option<Language>,
    /// From where the form was sent.
    pub address: Option<IpAddr>,
    /// True if a field was filled in that no person sees.
    pub trapped: bool,
}

impl Intake {
    /// Keeps a stranger's form, and mails the link to confirm it. Nothing known about the address
    /// is read: every address gets the same treatment and the same answer.
    ///
    /// # Errors
    /// If the store is not available or refuses. Nothing was done then.
    pub async fn draft(
        &self,
        stranger: &Stranger,
        desk: &DeskId,
        kind: &RequestTypeId,
        filling: &Filling,
    ) -> Result<Drafted, AppError> {
        let now = self.services.now();
        let Some(desk) = self.settings.desk(desk).await? else {
            return Ok(Drafted::Nothing);
        };
        let admitted = desk.admits_from(stranger.address);
        let Some(form) = self.form_of_stranger(desk, kind) else {
            return Ok(Drafted::Nothing);
        };
        if !admitted {
            return Ok(Drafted::NotFromHere);
        }
        let Some(once) = self.once(&filling.token, NOBODY, &form.desk.id, kind, now) else {
            return Ok(Drafted::Foreign(Box::new(form)));
        };
        let who = form::reporter(&stranger.email, &stranger.name, Some(&form.desk));
        let read = form::read(&form.kind, &filling.typed);
        let (reporter, filled) = match (who, read) {
            (Ok(reporter), Ok(filled)) => (reporter, filled),
            (who, read) => {
                let mut faults = who.err().unwrap_or_default();
                faults.extend(read.err().unwrap_or_default());
                return Ok(Drafted::Faulty(Box::new(form), faults));
            }
        };
        let email = reporter.email.clone();
        // A program that fills in everything learns nothing of its mistake.
        if stranger.trapped {
            return Ok(Drafted::Waiting(email));
        }
        let of_caller = format!("new:caller:{}", network(stranger.address));
        let of_mailbox = format!("new:mailbox:{}", self.services.mailbox(&email));
        for (scope, limit) in [
            (of_caller, DRAFTS_PER_CALLER),
            (of_mailbox, DRAFTS_PER_MAILBOX),
            ("new:strangers".to_owned(), DRAFTS_ALTOGETHER),
        ] {
            if let Some(after) = self.services.over(&scope, limit, now).await? {
                return Ok(Drafted::TooOften(Box::new(form), after));
            }
        }
        let outcome = self.waiting(form, reporter, filled, stranger.language);
        // Posted twice it is kept once: nothing else in it can be written already.
        match self.services.commit(&outcome, &once, now).await? {
            Written::Done | Written::SeenBefore => Ok(Drafted::Waiting(email)),
            Written::Stale => Err(AppError::Contended),
        }
    }

    /// The draft, and the mail with the link to confirm it.
    fn waiting(
        &self,
        form: Form,
        reporter: Person,
        filled: Filled,
        language: Option<Language>,
    ) -> Outcome {
        let id: DraftId = self
            .services
            .new_id()
            .to_string()
            .parse()
            .expect("a UUID is a draft's id");
        let until = DraftRequest::until(self.services.now());
        let mail = Mail::ConfirmRequest {
            draft: id.clone(),
            summary: filled.summary.clone(),
            expires_at: until,
            language,
        };
        let message = Message::to_address(&form.desk.id, &reporter.email, mail);
        let draft = DraftRequest {
            description: None,
            id,
            desk: form.desk.id,
            kind: form.kind.name,
            summary: filled.summary,
            answers: filled.answers,
            reporter,
            language,
            until,
        };
        Outcome::default()
            .tell(message)
            .change(Change::Draft(Box::new(draft)))
    }
}
