//! Inviting many: a list is kept, judged row by row for the lead to look at, and worked off after
//! their yes, some of its rows in each call, until all are done.
//!
//! The name of a list follows from its content: the same file twice is the same list, with the same
//! report, and does nothing twice.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Code, Membership, OrgId, Role, Timestamp,
    decide::{ListState, Terms, addressee, judge_list},
    event::Invitee,
    outcome::{Row, RowOutcome},
    text::{Line, Note},
};
use jiff::SignedDuration;
use sha2::{Digest, Sha256};
use store::{ListId, Upload, UploadId, UploadPart, Wanted};

use super::{Console, ConsoleOrg, Lead};
use crate::{
    AppError,
    path::inviting::{List, Rows},
    path::session::{Caller, Posted},
    path::{Deadline, Stop},
};

/// The most rows that a list has.
pub const MAX_ROWS: usize = 1_000;
/// The most parts of a list that one call works off, so that progress can be told.
const PARTS: usize = 8;
/// The longest time that one call works; the page tells the progress, and goes on.
const WORK: SignedDuration = SignedDuration::from_secs(8);

/// A list as it was pasted or uploaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmittedList {
    /// Its rows.
    pub rows: Vec<Invitee>,
    /// The name of the file, when there was one and its name can be shown.
    pub file: Option<Line<200>>,
    /// The column with the addresses, if there was a choice.
    pub column: Option<Line<200>>,
    /// The inviter's words to all of them.
    pub note: Option<Note>,
    /// The end of access of all of them.
    pub access_until: Option<Timestamp>,
}

/// A list that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptList {
    /// Its name.
    pub id: UploadId,
    /// Tells whether it was not kept before.
    pub is_new: bool,
}

/// A row with its result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The row.
    pub invitee: Invitee,
    /// Its result; of a row that waits, the result it would have now.
    pub row: Row,
}

/// The progress of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It waits for a yes.
    Preview,
    /// So many of its rows are worked off, and the others wait.
    Working {
        /// The number of rows that are done.
        done: usize,
    },
    /// All of them are.
    Done,
}

/// A list as its page shows it.
#[derive(Debug, Clone)]
pub struct ListView {
    /// The place that it belongs to.
    pub place: ConsoleOrg,
    /// Its name.
    pub id: UploadId,
    /// The lead who brought it, when, and the terms.
    pub upload: Upload,
    /// Its progress.
    pub stage: Stage,
    /// Its rows, in order.
    pub rows: Vec<Judged>,
}

impl ListView {
    /// The number of rows with this result.
    #[must_use]
    pub fn count(&self, outcome: RowOutcome) -> usize {
        let rows = self.rows.iter();
        rows.filter(|judged| judged.row.outcome == outcome).count()
    }

    /// The number of rows that were refused for a reason that may pass: they can be tried again.
    #[must_use]
    pub fn again(&self) -> usize {
        self.rows.iter().filter(|judged| may_pass(judged)).count()
    }
}

/// Tells whether a row was refused for a reason that a day, an empty seat or an administrator mends.
fn may_pass(judged: &Judged) -> bool {
    match judged.row.code {
        Some(
            Code::SeatCapReached
            | Code::DailyLimitReached
            | Code::TooOften
            | Code::DomainNotAllowed
            | Code::NotAllowed,
        ) => judged.row.outcome == RowOutcome::Refused,
        Some(_) | None => false,
    }
}

impl Console {
    /// Keeps a list for the lead to look at. Nobody is invited yet.
    ///
    /// # Errors
    /// [`Stop::Closed`] when the caller does not lead the organisation; or that the store is not
    /// available or refuses.
    pub async fn keep_list(
        &self,
        caller: &Caller,
        org: &OrgId,
        draft: &SubmittedList,
    ) -> Result<KeptList, Stop> {
        let lead = self.lead(caller, org).await?;
        Ok(self.put(caller, &lead, draft, None).await?)
    }

    async fn put(
        &self,
        caller: &Caller,
        lead: &Lead,
        draft: &SubmittedList,
        again: Option<&UploadId>,
    ) -> Result<KeptList, AppError> {
        let id = id_of(&lead.org.id, draft, again);
        let upload = Upload {
            by: caller.email().clone(),
            at: lead.occasion.now,
            file: draft.file.clone(),
            column: draft.column.clone(),
            note: draft.note.clone(),
            access_until: draft.access_until,
            confirmed_at: None,
        };
        let rows = &draft.rows[..draft.rows.len().min(MAX_ROWS)];
        let (services, new_id) = (&self.services, || self.services.new_id());
        let is_new = services
            .store
            .put_upload(&lead.org.id, &id, &upload, rows, lead.occasion.now, &new_id)
            .await?;
        Ok(KeptList { id, is_new })
    }

    /// A list, with each of its rows judged.
    ///
    /// # Errors
    /// [`Stop::Closed`] when the caller does not lead the organisation, [`Stop::Gone`] when it has no
    /// such list; or that the store is not available or refuses.
    pub async fn list(
        &self,
        caller: &Caller,
        org: &OrgId,
        id: &UploadId,
    ) -> Result<ListView, Stop> {
        let lead = self.lead(caller, org).await?;
        let (upload, parts) = self.kept(org, id, lead.occasion.now).await?;
        let stage = stage(&upload, &parts);
        let rows = self.judged(&lead, &upload, parts).await?;
        Ok(ListView {
            place: lead.place(),
            id: id.clone(),
            upload,
            stage,
            rows,
        })
    }

    /// The list that is kept under this name.
    async fn kept(
        &self,
        org: &OrgId,
        id: &UploadId,
        now: Timestamp,
    ) -> Result<(Upload, Vec<UploadPart>), Stop> {
        let found = self.services.store.upload(org, id, now).await?;
        found.ok_or(Stop::Gone)
    }

    /// Every row with its result. Rows that wait are judged as if they were worked off now.
    async fn judged(
        &self,
        lead: &Lead,
        upload: &Upload,
        parts: Vec<UploadPart>,
    ) -> Result<Vec<Judged>, AppError> {
        let waits = |part: &&UploadPart| part.done.is_none();
        let waiting: Vec<_> = parts
            .iter()
            .filter(waits)
            .flat_map(|part| part.rows.clone())
            .collect();
        let state = ListState {
            org: lead.org.clone(),
            desk: lead.desk.clone(),
            memberships: self.known(&lead.org.id, &waiting).await?,
        };
        let terms = |invitee: &Invitee| terms(upload, invitee);
        let mut verdicts = judge_list(state, &waiting, terms, &lead.occasion).into_iter();
        Ok(parts
            .into_iter()
            .flat_map(|part| {
                let rows = match part.done {
                    Some(rows) => rows,
                    None => verdicts.by_ref().take(part.rows.len()).collect(),
                };
                part.rows.into_iter().zip(rows)
            })
            .map(|(invitee, row)| Judged { invitee, row })
            .collect())
    }

    /// The memberships of those on a list who have one.
    async fn known(
        &self,
        org: &OrgId,
        rows: &[Invitee],
    ) -> Result<BTreeMap<domain::EmailAddress, Membership>, AppError> {
        let emails = rows.iter().filter_map(|row| row.email.as_ref().ok());
        let wanted = emails.fold(Wanted::new(), |wanted, email| wanted.membership(org, email));
        if wanted.is_empty() {
            return Ok(BTreeMap::new());
        }
        let loaded = self.services.store.load(wanted).await?;
        Ok(loaded
            .memberships()
            .map(|m| (m.email.clone(), m.clone()))
            .collect())
    }

    /// Works off a list, or goes on with it, for as long as one call may take.
    ///
    /// Each row is its own transaction under its own record, so that posting the form once more, or
    /// twice at once, does nothing twice.
    ///
    /// # Errors
    /// As [`Console::list`]. The rows that are done stay done.
    pub async fn work_off(
        &self,
        (caller, _): (&Caller, &Posted),
        org: &OrgId,
        id: &UploadId,
        deadline: Deadline,
    ) -> Result<Stage, Stop> {
        let lead = self.lead(caller, org).await?;
        let store = &self.services.store;
        let (upload, mut parts) = self.kept(org, id, lead.occasion.now).await?;
        if upload.confirmed_at.is_none() {
            store.confirm_upload(org, id, lead.occasion.now).await?;
        }
        let list = List {
            id: ListId::Upload {
                org: org.clone(),
                id: id.clone(),
            },
            org,
            proof: lead.occasion.proof.clone(),
            inviter: lead.name(),
            lead: Some(caller.email()),
            terms: &|invitee| terms(&upload, invitee),
            deadline: deadline.or_after(self.services.now(), WORK),
        };
        let finished = self.work_off_parts(&list, (org, id), &parts).await?;
        for (part, rows) in parts
            .iter_mut()
            .filter(|part| part.done.is_none())
            .zip(finished)
        {
            part.done = Some(rows);
        }
        let upload = Upload {
            confirmed_at: Some(lead.occasion.now),
            ..upload
        };
        Ok(stage(&upload, &parts))
    }

    /// The results of the first parts that waited, as many as there was time for.
    async fn work_off_parts(
        &self,
        list: &List<'_>,
        (org, id): (&OrgId, &UploadId),
        parts: &[UploadPart],
    ) -> Result<Vec<Vec<Row>>, Stop> {
        let inviting = Rows {
            services: &self.services,
            settings: &self.settings,
        };
        let store = &self.services.store;
        let mut done = store.list_rows(&list.id, self.services.now()).await?;
        let mut earlier = BTreeSet::new();
        let mut finished = Vec::new();
        let mut first = 0;
        for part in parts {
            let numbered = (first..).zip(&part.rows);
            first += u32::try_from(part.rows.len()).unwrap_or(u32::MAX);
            if part.done.is_some() {
                for invitee in &part.rows {
                    let _ = addressee(invitee, &mut earlier);
                }
                continue;
            }
            if finished.len() == PARTS {
                break;
            }
            match inviting.rows(list, numbered, &mut earlier, &mut done).await {
                Ok(rows) => {
                    store.finish_part(org, id, part.number, &rows).await?;
                    finished.push(rows);
                }
                Err(Stop::Failed(AppError::OutOfTime)) => break,
                Err(stop) => return Err(stop),
            }
        }
        Ok(finished)
    }

    /// Makes a list of the rows of another that were refused for a reason that may pass, for the
    /// lead to look at.
    ///
    /// # Errors
    /// As [`Console::list`]; [`Stop::Gone`] also when nothing of it can be tried again.
    pub async fn try_again(
        &self,
        (caller, _): (&Caller, &Posted),
        org: &OrgId,
        id: &UploadId,
    ) -> Result<UploadId, Stop> {
        let lead = self.lead(caller, org).await?;
        let (upload, parts) = self.kept(org, id, lead.occasion.now).await?;
        let rows: Vec<_> = parts
            .into_iter()
            .flat_map(|part| part.rows.into_iter().zip(part.done.unwrap_or_default()))
            .map(|(invitee, row)| Judged { invitee, row })
            .filter(may_pass)
            .map(|judged| judged.invitee)
            .collect();
        if rows.is_empty() {
            return Err(Stop::Gone);
        }
        let draft = SubmittedList {
            rows,
            file: upload.file,
            column: upload.column,
            note: upload.note,
            access_until: upload.access_until,
        };
        let kept = self.put(caller, &lead, &draft, Some(id)).await?;
        Ok(kept.id)
    }
}

fn terms(upload: &Upload, invitee: &Invitee) -> Terms {
    Terms {
        role: invitee.role,
        name: invitee.name.clone(),
        access_until: upload.access_until,
        note: upload.note.clone(),
    }
}

fn stage(upload: &Upload, parts: &[UploadPart]) -> Stage {
    let done: usize = parts
        .iter()
        .filter(|part| part.done.is_some())
        .map(|part| part.rows.len())
        .sum();
    if upload.confirmed_at.is_none() {
        Stage::Preview
    } else if parts.iter().all(|part| part.done.is_some()) {
        Stage::Done
    } else {
        Stage::Working { done }
    }
}

/// The name of a list. Each text goes in with its length, so that no two lists run together.
fn id_of(org: &OrgId, draft: &SubmittedList, again: Option<&UploadId>) -> UploadId {
    let mut hash = Sha256::new();
    let mut add = |text: &str| {
        hash.update(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(text);
    };
    add("lanyard/upload/2");
    add(org.as_str());
    add(&again.map(ToString::to_string).unwrap_or_default());
    add(draft.note.as_ref().map_or("", |note| note.as_str()));
    add(&draft
        .access_until
        .map(|at| at.to_string())
        .unwrap_or_default());
    for row in &draft.rows {
        add(&row.raw);
        add(row.name.as_ref().map_or("", |name| name.as_str()));
        add(match row.role {
            Role::Lead => "lead",
            Role::Member => "member",
        });
    }
    UploadId::from_digest(&hash.finalize().into())
}
