//! The history: what the audit keeps of an organisation, a month at a time.

use domain::{OrgId, organization::day_of};
use jiff::{ToSpan, civil::Date};
use store::{AuditRecord, Cursor, StoreError};

use super::{Console, ConsoleOrg};
use crate::{path::Stop, path::session::Caller};

/// The number of entries on one page.
const PAGE: u32 = 50;

/// A month (UTC), as the audit is filed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month(Date);

impl Month {
    /// The month of a day.
    #[must_use]
    pub fn of(day: Date) -> Self {
        Self(day.first_of_month())
    }

    /// The month that a text such as `2026-11` names.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (year, month) = text.split_once('-')?;
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if year.len() != 4 || month.len() != 2 || !digits(year) || !digits(month) {
            return None;
        }
        let (year, month) = (year.parse().ok()?, month.parse().ok()?);
        Date::new(year, month, 1).ok().map(Self)
    }

    /// Its first day.
    #[must_use]
    pub fn first_day(self) -> Date {
        self.0
    }

    /// The month before.
    #[must_use]
    pub fn before(self) -> Self {
        Self(self.0.saturating_sub(1.month()))
    }

    /// The month after.
    #[must_use]
    pub fn after(self) -> Self {
        Self(self.0.saturating_add(1.month()))
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.0.year(), self.0.month())
    }
}

/// A page of the history.
#[derive(Debug, Clone)]
pub struct History {
    /// The place that it belongs to.
    pub place: ConsoleOrg,
    /// The month.
    pub month: Month,
    /// Tells whether it is the current one: there is no later.
    pub is_current: bool,
    /// The entries, the newest first.
    pub entries: Vec<AuditRecord>,
    /// The place at which the next page begins.
    pub next: Option<Cursor>,
}

impl Console {
    /// The history of an organisation in a month; in the current one when none is named.
    ///
    /// # Errors
    /// [`Stop::Closed`] when the caller does not lead the organisation, [`Stop::Gone`] when the place
    /// to go on from is none of its; or that the store is not available or refuses.
    pub async fn history(
        &self,
        caller: &Caller,
        org: &OrgId,
        month: Option<Month>,
        from: Option<&Cursor>,
    ) -> Result<History, Stop> {
        let lead = self.lead(caller, org).await?;
        let current = Month::of(day_of(lead.occasion.now));
        let month = month.map_or(current, |month| month.min(current));
        let store = &self.services.store;
        match store
            .audit_of_org(Some(org), month.first_day(), from, PAGE)
            .await
        {
            Ok(page) => Ok(History {
                place: lead.place(),
                month,
                is_current: month == current,
                entries: page.items,
                next: page.next,
            }),
            Err(StoreError::BadCursor) => Err(Stop::Gone),
            Err(error) => Err(error.into()),
        }
    }
}
