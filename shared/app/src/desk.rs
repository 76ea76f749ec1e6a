//! Work at service desks elsewhere: what was decided and done here is done there.
//!
//! The journal's stream shows what is asked for; what is put off, and what the stream lost, is found
//! through the `due` index. About a person the writer compares both sides and does what is missing.
//! The acts of a request are carried out one after the other. A failure that may pass puts the work
//! off and, if it concerns the whole site, pauses the desk for every instance. One that does not
//! pass is kept with what was said, until an administrator asks again or gives it up.

mod account;
mod connection;
mod organization;
mod person;
mod request;
mod result;

use std::{
    collections::{BTreeSet, HashMap},
    sync::Mutex,
};

use ::jira::{Client, Settings as Times};
use domain::{DeskAct, DeskId, DeskWork, RequestRef, Version};
use jiff::SignedDuration;
use store::{Asked, WorkId, WorkItem};

use crate::{
    AppError, Services,
    path::{Deadline, Margin, settings::Settings},
};
use connection::Connection;
use result::Ended;

/// The most items of work that one run by the clock takes up.
const PAGE: u32 = 200;

/// Does at service desks elsewhere what was decided here.
pub struct DeskWriter {
    services: Services,
    settings: Settings,
    times: Times,
    clients: Mutex<HashMap<DeskId, Connected>>,
}

/// A client with the credentials and the site that it was made for.
struct Connected {
    client: Client,
    site: url::Url,
    token: Version,
}

impl std::fmt::Debug for DeskWriter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("DeskWriter").finish_non_exhaustive()
    }
}

impl DeskWriter {
    /// A writer that has called nobody yet.
    #[must_use]
    pub fn new(services: Services) -> Self {
        Self {
            settings: Settings::new(services.clone()),
            services,
            times: Times::default(),
            clients: Mutex::default(),
        }
    }

    /// The same writer with other times for calls.
    #[must_use]
    pub fn with_times(mut self, times: Times) -> Self {
        self.times = times;
        self
    }

    /// Does what a batch of the stream asks for, and returns the places in the batch of what has to
    /// be shown again. Work that was asked for again meanwhile is left to the newer record.
    pub async fn write_batch(&self, batch: &[Asked], deadline: Deadline) -> Vec<usize> {
        let mut again = Vec::new();
        let mut seen = BTreeSet::new();
        for (place, asked) in batch.iter().enumerate() {
            if !seen.insert(asked.id.clone()) && batch[place + 1..].iter().any(|a| a.id == asked.id)
            {
                continue;
            }
            if let Err(error) = self.write_asked(asked, deadline).await {
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    desk.id = asked.work.desk().as_str(),
                    "work at a desk not taken up"
                );
                again.push(place);
            }
        }
        again
    }

    async fn write_asked(&self, asked: &Asked, deadline: Deadline) -> Result<(), AppError> {
        deadline.check(Margin::DeskCall, self.services.now())?;
        let Some(item) = self.services.store.work(&asked.id).await? else {
            return Ok(());
        };
        if item.token != asked.token {
            return Ok(());
        }
        self.write(item, deadline).await
    }

    /// Does what is due.
    ///
    /// # Errors
    /// If the store cannot be read or written, or the time is up. What is left is due still.
    pub async fn write_due(&self, deadline: Deadline) -> Result<(), AppError> {
        let now = self.services.now();
        let due = self.services.store.due_work(now, PAGE).await?;
        let mut requests: BTreeSet<RequestRef> = BTreeSet::new();
        for item in due {
            deadline.check(Margin::DeskCall, self.services.now())?;
            if let DeskWork::Act { request, .. } = &item.work
                && !requests.insert(request.clone())
            {
                continue;
            }
            self.write(item, deadline).await?;
        }
        Ok(())
    }

    /// Does one item of work, and for an act of a request all that wait with it.
    async fn write(&self, item: WorkItem, deadline: Deadline) -> Result<(), AppError> {
        let connection = match self.connection(item.work.desk()).await {
            Ok(connection) => connection,
            Err(stopped) => return self.end(None, &item, Err(stopped)).await.map(drop),
        };
        match item.work.clone() {
            DeskWork::Look { person, org, .. } => {
                let looked = self.look(&connection, (&person, &org)).await;
                self.end(Some(&connection), &item, looked).await?;
            }
            DeskWork::Act { request, .. } => {
                self.write_acts(&connection, &request, deadline).await?;
            }
        }
        Ok(())
    }

    /// Carries out the acts of a request in their order, up to the first that has to wait. An act
    /// that was refused for good does not hold up the later ones, unless the request itself could
    /// not be made.
    async fn write_acts(
        &self,
        connection: &Connection,
        request: &RequestRef,
        deadline: Deadline,
    ) -> Result<(), AppError> {
        for item in self.services.store.acts_of(request).await? {
            let DeskWork::Act { act, .. } = item.work.clone() else {
                continue;
            };
            let creates = act == DeskAct::Create;
            if item.refused {
                if creates {
                    return Ok(());
                }
                continue;
            }
            deadline.check(Margin::DeskCall, self.services.now())?;
            let item = self.begin(item, &act).await?;
            let Some(item) = item else { return Ok(()) };
            let done = self.act(connection, request, &item).await;
            match self.end(Some(connection), &item, done).await? {
                Ended::Done => {}
                Ended::Refused if !creates => {}
                Ended::Refused | Ended::PutOff => return Ok(()),
            }
        }
        Ok(())
    }

    /// Finds the item of work under a key, for tests and operators.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn waiting(&self, id: &WorkId) -> Result<Option<WorkItem>, AppError> {
        Ok(self.services.store.work(id).await?)
    }
}

/// The time after which an act that was begun is taken up again, if nothing is heard of it.
const BEGUN: SignedDuration = SignedDuration::from_mins(2);
