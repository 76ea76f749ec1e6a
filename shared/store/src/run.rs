//! Runs of the sweep.

use domain::{Days, RunId, sweep::SweepRun};
use jiff::civil::Date;

use crate::{
    Store, StoreError,
    item::{self, Item},
    keys::{self, Key},
};

/// Days for which a run's report is kept.
const KEPT: Days = Days(400);
/// The attribute of the pointer that names the open run.
pub(crate) const RUN: &str = "run";

pub(crate) fn item(run: &SweepRun) -> Result<Item, StoreError> {
    let mut item = item::encode_next(&Key::run(run.id), run, run.version)?;
    item::set_expiry(&mut item, KEPT.after(run.id.0));
    Ok(item)
}

/// The pointer to the run that has not ended.
pub(crate) fn pointer(run: RunId) -> Item {
    let mut item = Key::open_run().attributes();
    item.insert(item::VERSION.to_owned(), item::number(1));
    item::set(&mut item, RUN, keys::instant(run.0));
    item
}

impl Store {
    /// The run that has not ended: running, held or released.
    ///
    /// # Errors
    /// If the store is not available or refuses, or an item cannot be read.
    pub async fn open_run(&self) -> Result<Option<SweepRun>, StoreError> {
        let Some(pointer) = self.get_journal(&Key::open_run()).await? else {
            return Ok(None);
        };
        let id = pointer
            .get(RUN)
            .and_then(|at| at.as_s().ok()?.parse().ok())
            .ok_or(StoreError::Misshapen {
                what: "pointer to the open run",
            })?;
        self.run(RunId(id)).await
    }

    /// A run and its report.
    ///
    /// # Errors
    /// As [`Store::open_run`].
    pub async fn run(&self, id: RunId) -> Result<Option<SweepRun>, StoreError> {
        let item = self.get_journal(&Key::run(id)).await?;
        item.map(|item| item::decode("sweep run", item)).transpose()
    }

    /// The runs that began on a day (UTC), oldest first.
    ///
    /// # Errors
    /// As [`Store::open_run`].
    pub async fn runs_of_day(&self, day: Date) -> Result<Vec<SweepRun>, StoreError> {
        let query = self
            .client
            .query()
            .table_name(&self.tables.journal)
            .consistent_read(true)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", item::text(keys::day_partition(day)));
        self.query_all(query)
            .await?
            .into_iter()
            .map(|item| item::decode("sweep run", item))
            .collect()
    }
}
