//! The open requests that somebody has raised.

use domain::{
    EmailAddress, OrgId, Request,
    request::{Part, Record, ViewerId},
};
use store::Wanted;

use crate::{AppError, Services};

/// The most open requests that are looked at. Whoever has more has many.
pub(crate) const MAX_OPEN: usize = 500;
/// The number of requests in one read.
const PAGE: u32 = 100;

impl Services {
    /// The open requests that a person has raised, for one organisation or for all.
    ///
    /// Costs one query when there are none, which is the usual case.
    pub(crate) async fn open_requests(
        &self,
        email: &EmailAddress,
        org: Option<&OrgId>,
    ) -> Result<Vec<Request>, AppError> {
        let who = ViewerId::Person(email.clone());
        let mut found = Vec::new();
        let mut cursor = None;
        loop {
            let page = self.store.viewed(&who, true, cursor.as_ref(), PAGE).await?;
            let raised: Vec<_> = page
                .items
                .into_iter()
                .filter(|viewer| viewer.parts.contains(&Part::Reporter))
                .map(|viewer| viewer.request)
                .collect();
            let wanted = raised.iter().fold(Wanted::new(), Wanted::request);
            if !wanted.is_empty() {
                let loaded = self.store.load(wanted).await?;
                // The list may be a moment behind; the request itself is not.
                let open = raised.iter().filter_map(|id| match loaded.request(id) {
                    Some(Record::Known(request))
                        if request.reporter == *email
                            && request.is_open()
                            && org.is_none_or(|org| request.org.as_ref() == Some(org)) =>
                    {
                        Some((**request).clone())
                    }
                    Some(Record::Known(_) | Record::Awaited(_) | Record::Alias(_)) | None => None,
                });
                found.extend(open);
            }
            cursor = page.next;
            if cursor.is_none() || found.len() >= MAX_OPEN {
                return Ok(found);
            }
        }
    }
}
