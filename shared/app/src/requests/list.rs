//! Lists of requests: four aspects, open or closed, narrowed and in pages. Nothing here writes.
//!
//! The index holds of each request its kind and summary, so that a list of ten thousand is
//! narrowed by ten reads and not by ten thousand; the requests that are shown are then read
//! themselves, for the index is a moment behind.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Customer, DeskId, OrgId, Request,
    columns::Columns,
    request::{Part, Record, Viewer, ViewerId},
    text::{Name, Title},
};
use store::{Loaded, Place, Wanted};

use super::{Reader, Requests};
use crate::{AppError, path::Stop, path::session::Caller};

/// The requests on one page.
const ROWS: usize = 25;
/// The number of index entries in one read.
const CHUNK: u32 = 1_000;
/// The number of index entries after which one call returns its place.
const FARTHEST: usize = 20_000;
/// The most kinds of request that are offered to choose from.
const MAX_KINDS: usize = 60;

/// The four lists, by the person's part in the requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// They raised them.
    Created,
    /// They are asked to approve them and have not answered.
    Approvals,
    /// They are shared with their organisation.
    Shared,
    /// They take part in them.
    TakingPart,
}

/// A query of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The list.
    pub aspect: Aspect,
    /// Those that are open, or those that are over.
    pub open: bool,
    /// Of this desk.
    pub desk: Option<DeskId>,
    /// Of this kind.
    pub kind: Option<Title>,
    /// With all of these words in key or summary.
    pub words: Option<String>,
    /// Shared with this organisation, for whoever belongs to several.
    pub org: Option<OrgId>,
    /// Behind this place.
    pub behind: Option<Place>,
}

/// Part of a list.
#[derive(Debug, Clone)]
pub struct List {
    /// The requests, those that moved last first.
    pub rows: Vec<Row>,
    /// The place of the next page; `None` on the last one.
    pub next: Option<Place>,
    /// True if the page ended before it was full, because too many entries had to be read.
    pub interrupted: bool,
    /// The person of the list.
    pub reader: Customer,
    /// The columns that the reader wants.
    pub columns: Columns,
    /// The desks to choose from, with their names.
    pub desks: BTreeMap<DeskId, String>,
    /// The kinds of request to choose from.
    pub kinds: BTreeSet<Title>,
    /// The reader's organisations, with their names.
    pub orgs: BTreeMap<OrgId, Name>,
    /// Of those, the one whose requests are listed.
    pub org: Option<OrgId>,
}

/// A request in a list.
#[derive(Debug, Clone)]
pub struct Row {
    /// The request.
    pub request: Request,
    /// The name of its desk.
    pub desk: String,
    /// The name of its organisation.
    pub org: Option<Name>,
}

/// The filters that need only the index.
struct Filter<'a> {
    part: Option<Part>,
    desk: Option<&'a DeskId>,
    kind: Option<&'a Title>,
    words: Vec<String>,
}

impl<'a> Filter<'a> {
    fn of(ask: &'a Ask) -> Self {
        let words = ask.words.as_deref().unwrap_or_default();
        Self {
            part: match ask.aspect {
                Aspect::Created => Some(Part::Reporter),
                Aspect::Approvals => Some(Part::Approver),
                Aspect::TakingPart => Some(Part::Participant),
                Aspect::Shared => None,
            },
            desk: ask.desk.as_ref(),
            kind: ask.kind.as_ref(),
            words: words.split_whitespace().map(str::to_lowercase).collect(),
        }
    }

    fn is_of_aspect(&self, viewer: &Viewer) -> bool {
        self.part.is_none_or(|part| viewer.parts.contains(&part))
    }

    fn takes(&self, viewer: &Viewer) -> bool {
        self.is_of_aspect(viewer)
            && self.desk.is_none_or(|desk| viewer.current().desk == *desk)
            && self.kind.is_none_or(|kind| viewer.kind == *kind)
            && self.finds(viewer)
    }

    fn finds(&self, viewer: &Viewer) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let (first, now) = (&viewer.request.key, &viewer.current().key);
        let text = format!("{first} {now} {}", viewer.summary).to_lowercase();
        self.words.iter().all(|word| text.contains(word))
    }
}

/// The progress of reading a list.
struct Reading {
    requests: Vec<Request>,
    next: Option<Place>,
    interrupted: bool,
    desks: BTreeSet<DeskId>,
    kinds: BTreeSet<Title>,
}

impl Requests {
    /// A page of one of the caller's lists.
    ///
    /// # Errors
    /// [`Stop::Closed`] when their session is over, or is for one request alone; or that the store is
    /// not available or refuses.
    pub async fn list(&self, caller: &Caller, ask: &Ask) -> Result<List, Stop> {
        let known = self.own(caller).await?;
        let orgs = known.orgs();
        let org = ask
            .org
            .clone()
            .filter(|org| orgs.contains(org))
            .or_else(|| orgs.first().cloned());
        let who = match ask.aspect {
            Aspect::Created | Aspect::Approvals | Aspect::TakingPart => {
                Some(ViewerId::Person(known.email.clone()))
            }
            Aspect::Shared => org.clone().map(ViewerId::Organization),
        };
        let mut reading = Reading {
            requests: Vec::new(),
            next: None,
            interrupted: false,
            desks: BTreeSet::new(),
            kinds: ask.kind.clone().into_iter().collect(),
        };
        if let Some(who) = who {
            self.read(&known, &who, ask, &mut reading).await?;
        }
        let ids = orgs.into_iter().chain(reading.orgs()).collect();
        let names = self.organization_names(ids).await?;
        let mut desks = self.desk_names(reading.desks).await?;
        // One that holds nothing of theirs is told by what the address says of it, and no more.
        if let Some(asked) = &ask.desk {
            desks
                .entry(asked.clone())
                .or_insert_with(|| asked.to_string());
        }
        let rows = reading.requests.into_iter().map(|request| Row {
            desk: desks
                .get(&request.current().desk)
                .cloned()
                .unwrap_or_else(|| request.current().desk.to_string()),
            org: request.org.as_ref().and_then(|org| names.get(org)).cloned(),
            request,
        });
        Ok(List {
            rows: rows.collect(),
            next: reading.next,
            interrupted: reading.interrupted,
            reader: known.customer.clone(),
            columns: known.customer.request_columns.clone().unwrap_or_default(),
            kinds: reading.kinds,
            orgs: known
                .orgs()
                .into_iter()
                .filter_map(|org| names.get_key_value(&org))
                .map(|(org, name)| (org.clone(), name.clone()))
                .collect(),
            org,
            desks,
        })
    }

    /// Reads the index until a page is full, and the requests themselves as it goes.
    async fn read(
        &self,
        known: &Reader,
        who: &ViewerId,
        ask: &Ask,
        reading: &mut Reading,
    ) -> Result<(), AppError> {
        let filter = Filter::of(ask);
        let store = &self.services.store;
        let mut behind = ask.behind.clone();
        let mut looked_at = 0;
        let mut last: Option<Place> = None;
        loop {
            let (viewers, more) = store
                .viewed_from(who, ask.open, behind.as_ref(), CHUNK)
                .await?;
            looked_at += viewers.len();
            behind = viewers.last().map(Place::of);
            for viewer in viewers.iter().filter(|viewer| filter.is_of_aspect(viewer)) {
                reading.note(viewer);
            }
            let taken: Vec<_> = viewers.iter().filter(|v| filter.takes(v)).collect();
            for group in taken.chunks(ROWS + 1) {
                for (place, request) in self.shown(known, ask, group).await? {
                    if reading.requests.len() == ROWS {
                        reading.next = last;
                        return Ok(());
                    }
                    last = Some(place);
                    reading.requests.push(request);
                }
            }
            if !more || behind.is_none() {
                return Ok(());
            }
            if looked_at >= FARTHEST {
                reading.next = behind;
                reading.interrupted = true;
                return Ok(());
            }
        }
    }

    /// Of a few places those requests that belong into the list, read themselves.
    async fn shown(
        &self,
        known: &Reader,
        ask: &Ask,
        group: &[&Viewer],
    ) -> Result<Vec<(Place, Request)>, AppError> {
        let wanted = group.iter().fold(Wanted::new(), |wanted, viewer| {
            wanted.request(&viewer.request)
        });
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let loaded = self.services.store.load(wanted).await?;
        let found: Vec<_> = group
            .iter()
            .filter_map(|viewer| match loaded.request(&viewer.request) {
                Some(Record::Known(request)) if request.is_open() == ask.open => {
                    Some((Place::of(viewer), (**request).clone()))
                }
                Some(Record::Known(_) | Record::Awaited(_) | Record::Alias(_)) | None => None,
            })
            .filter(|(_, request)| {
                ask.aspect != Aspect::Approvals || request.awaits(&known.email).next().is_some()
            })
            .collect();
        let left = self
            .left(known, found.iter().map(|(_, request)| request))
            .await?;
        let inside = |request: &Request| {
            let org = request.org.as_ref();
            !org.is_some_and(|org| left.contains(org))
        };
        Ok(found
            .into_iter()
            .filter(|(_, request)| inside(request))
            .collect())
    }

    /// The organisations of these requests that the reader has left: they see none of theirs.
    async fn left(
        &self,
        known: &Reader,
        requests: impl Iterator<Item = &Request>,
    ) -> Result<BTreeSet<OrgId>, AppError> {
        let orgs: BTreeSet<_> = requests.filter_map(|request| request.org.clone()).collect();
        let asked: BTreeSet<_> = known.affiliations().map(|own| own.org().clone()).collect();
        let wanted = orgs.difference(&asked).fold(Wanted::new(), |wanted, org| {
            wanted.affiliation(org, &known.email)
        });
        let further = if wanted.is_empty() {
            Loaded::default()
        } else {
            self.services.store.load(wanted).await?
        };
        let all = known
            .affiliations()
            .chain(further.affiliations(&known.email));
        let left = all.filter(|own| own.has_left(known.now));
        Ok(left.map(|own| own.org().clone()).collect())
    }
}

impl Reading {
    /// Notes what a list could be narrowed to.
    fn note(&mut self, viewer: &Viewer) {
        let desk = &viewer.current().desk;
        if !self.desks.contains(desk) {
            self.desks.insert(desk.clone());
        }
        if self.kinds.len() < MAX_KINDS && !self.kinds.contains(&viewer.kind) {
            self.kinds.insert(viewer.kind.clone());
        }
    }

    /// The organisations of the requests that were found.
    fn orgs(&self) -> impl Iterator<Item = OrgId> {
        self.requests
            .iter()
            .filter_map(|request| request.org.clone())
    }
}
