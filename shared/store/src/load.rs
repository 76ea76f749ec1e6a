//! What a decision needs, in one strongly consistent read.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use aws_sdk_dynamodb::types::{KeysAndAttributes, ReturnConsumedCapacity};
use domain::{
    Customer, DeliveryId, DeskId, DomainName, EmailAddress, Membership, OrgId, Organization,
    RequestRef, SourceId, Timestamp,
    desk::Desk,
    request::{Record, Viewer, Who},
};

use crate::{
    Delivery, Store, StoreError, delivery, domain_rule,
    item::{self, Item},
    keys::Key,
    meter::Axis,
    tables::Table,
};

/// The most keys of one `BatchGetItem`.
const MAX_KEYS: usize = 100;
/// How often keys that the store left unread are asked for again.
const MAX_ROUNDS: u32 = 12;

/// What to load. Naming a thing twice loads it once.
#[derive(Debug, Clone, Default)]
pub struct Wanted(BTreeSet<Want>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Want {
    Customer(EmailAddress),
    Organization(OrgId),
    Membership(OrgId, EmailAddress),
    Left(OrgId, EmailAddress),
    Desk(DeskId),
    DomainRule(DomainName),
    Request(RequestRef),
    Viewer(RequestRef, Who),
    Delivery(SourceId, DeliveryId),
}

impl Wanted {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Whether nothing is wanted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn and(mut self, want: Want) -> Self {
        self.0.insert(want);
        self
    }

    /// And a customer.
    #[must_use]
    pub fn customer(self, email: &EmailAddress) -> Self {
        self.and(Want::Customer(email.clone()))
    }

    /// And each of these customers.
    #[must_use]
    pub fn customers<'a>(self, emails: impl IntoIterator<Item = &'a EmailAddress>) -> Self {
        emails.into_iter().fold(self, Self::customer)
    }

    /// And an organisation.
    #[must_use]
    pub fn organization(self, org: &OrgId) -> Self {
        self.and(Want::Organization(org.clone()))
    }

    /// And a membership.
    #[must_use]
    pub fn membership(self, org: &OrgId, email: &EmailAddress) -> Self {
        self.and(Want::Membership(org.clone(), email.clone()))
    }

    /// And whether somebody left an organisation and was forgotten since.
    #[must_use]
    pub fn left(self, org: &OrgId, email: &EmailAddress) -> Self {
        self.and(Want::Left(org.clone(), email.clone()))
    }

    /// And a desk.
    #[must_use]
    pub fn desk(self, desk: &DeskId) -> Self {
        self.and(Want::Desk(desk.clone()))
    }

    /// And the organisation to which a domain belongs.
    #[must_use]
    pub fn domain_rule(self, domain: &DomainName) -> Self {
        self.and(Want::DomainRule(domain.clone()))
    }

    /// And what is stored under a request's key.
    #[must_use]
    pub fn request(self, request: &RequestRef) -> Self {
        self.and(Want::Request(request.clone()))
    }

    /// And somebody's view of a request.
    #[must_use]
    pub fn viewer(self, request: &RequestRef, who: &Who) -> Self {
        self.and(Want::Viewer(request.clone(), who.clone()))
    }

    /// And whether a delivery was seen before: in the same round trip, so that a duplicate costs no
    /// write.
    #[must_use]
    pub fn delivery(self, source: &SourceId, id: &DeliveryId) -> Self {
        self.and(Want::Delivery(source.clone(), id.clone()))
    }
}

/// What was found.
#[derive(Debug, Clone, Default)]
pub struct Loaded {
    customers: BTreeMap<EmailAddress, Customer>,
    organizations: BTreeMap<OrgId, Organization>,
    memberships: BTreeMap<(OrgId, EmailAddress), Membership>,
    left: BTreeSet<(OrgId, EmailAddress)>,
    desks: BTreeMap<DeskId, Desk>,
    domain_rules: BTreeMap<DomainName, OrgId>,
    requests: BTreeMap<RequestRef, Record>,
    viewers: BTreeMap<(RequestRef, Who), Viewer>,
    deliveries: BTreeMap<(SourceId, DeliveryId), Item>,
}

impl Loaded {
    /// The customer, if known.
    #[must_use]
    pub fn customer(&self, email: &EmailAddress) -> Option<&Customer> {
        self.customers.get(email)
    }

    /// Every customer that was found.
    pub fn customers(&self) -> impl Iterator<Item = &Customer> {
        self.customers.values()
    }

    /// The organisation, if there is one.
    #[must_use]
    pub fn organization(&self, org: &OrgId) -> Option<&Organization> {
        self.organizations.get(org)
    }

    /// The membership, if there is one, in whatever state.
    #[must_use]
    pub fn membership(&self, org: &OrgId, email: &EmailAddress) -> Option<&Membership> {
        self.memberships.get(&(org.clone(), email.clone()))
    }

    /// Every membership that was found.
    pub fn memberships(&self) -> impl Iterator<Item = &Membership> {
        self.memberships.values()
    }

    /// Whether a trace says that this person left, though their membership is forgotten.
    #[must_use]
    pub fn left(&self, org: &OrgId, email: &EmailAddress) -> bool {
        self.left.contains(&(org.clone(), email.clone()))
    }

    /// The desk, if there is one.
    #[must_use]
    pub fn desk(&self, desk: &DeskId) -> Option<&Desk> {
        self.desks.get(desk)
    }

    /// The organisation to which a domain belongs, if a rule says so.
    #[must_use]
    pub fn domain_rule(&self, domain: &DomainName) -> Option<&OrgId> {
        self.domain_rules.get(domain)
    }

    /// What is stored under a request's key.
    #[must_use]
    pub fn request(&self, request: &RequestRef) -> Option<&Record> {
        self.requests.get(request)
    }

    /// Somebody's view of a request.
    #[must_use]
    pub fn viewer(&self, request: &RequestRef, who: &Who) -> Option<&Viewer> {
        self.viewers.get(&(request.clone(), who.clone()))
    }

    /// The delivery, if it was seen before and is still remembered at `now`.
    ///
    /// # Errors
    /// When its record cannot be read.
    pub fn delivery(
        &self,
        source: &SourceId,
        id: &DeliveryId,
        now: Timestamp,
    ) -> Result<Option<Delivery>, StoreError> {
        match self.deliveries.get(&(source.clone(), id.clone())) {
            Some(item) => delivery::remembered(item, now),
            None => Ok(None),
        }
    }

    fn take(&mut self, want: Want, item: Item) -> Result<(), StoreError> {
        match want {
            Want::Customer(email) => {
                self.customers
                    .insert(email, item::decode("customer", item)?);
            }
            Want::Organization(org) => {
                let found = item::decode("organization", item)?;
                self.organizations.insert(org, found);
            }
            Want::Membership(org, email) => {
                let found = item::decode("membership", item)?;
                self.memberships.insert((org, email), found);
            }
            Want::Left(org, email) => {
                self.left.insert((org, email));
            }
            Want::Desk(desk) => {
                self.desks.insert(desk, item::decode("desk", item)?);
            }
            Want::DomainRule(domain) => {
                self.domain_rules
                    .insert(domain, domain_rule::decode(&item)?);
            }
            Want::Request(request) => {
                self.requests
                    .insert(request, item::decode("request", item)?);
            }
            Want::Viewer(request, who) => {
                let found = item::decode("viewer", item)?;
                self.viewers.insert((request, who), found);
            }
            Want::Delivery(source, id) => {
                self.deliveries.insert((source, id), item);
            }
        }
        Ok(())
    }
}

impl Store {
    /// Loads all that is wanted, strongly consistent, in as few calls as keys allow (100 a call).
    ///
    /// # Errors
    /// When the store is not available or refuses, or an item cannot be read.
    pub async fn load(&self, wanted: Wanted) -> Result<Loaded, StoreError> {
        let mut places: HashMap<(Table, Key), Want> = wanted
            .0
            .into_iter()
            .map(|want| (self.place(&want), want))
            .collect();
        let keys: Vec<(Table, Key)> = places.keys().cloned().collect();
        let mut loaded = Loaded::default();
        for chunk in keys.chunks(MAX_KEYS) {
            for (table, item) in self.get_batch(chunk).await? {
                let place = Key::of(&item).map(|key| (table, key));
                if let Some(want) = place.and_then(|place| places.remove(&place)) {
                    loaded.take(want, item)?;
                }
            }
        }
        Ok(loaded)
    }

    fn place(&self, want: &Want) -> (Table, Key) {
        match want {
            Want::Customer(email) => (Table::Directory, Key::customer(email)),
            Want::Organization(org) => (Table::Directory, Key::organization(org)),
            Want::Membership(org, email) => (Table::Directory, Key::membership(org, email)),
            Want::Left(org, email) => (Table::Directory, Key::left(org, &self.pseudonym(email))),
            Want::Desk(desk) => (Table::Directory, Key::desk(desk)),
            Want::DomainRule(domain) => (Table::Directory, Key::domain_rule(domain)),
            Want::Request(request) => (Table::Requests, Key::request(request)),
            Want::Viewer(request, who) => (Table::Requests, Key::viewer(request, who)),
            Want::Delivery(source, id) => (Table::Journal, Key::delivery(source, id)),
        }
    }

    /// One `BatchGetItem`, and more for what the store left unread.
    pub(crate) async fn get_batch(
        &self,
        keys: &[(Table, Key)],
    ) -> Result<Vec<(Table, Item)>, StoreError> {
        const ACTION: &str = "BatchGetItem";
        let mut left = self.batch(keys);
        let mut found = Vec::with_capacity(keys.len());
        let mut round = 0;
        while !left.is_empty() {
            let answer = self
                .ask(ACTION, || {
                    self.client
                        .batch_get_item()
                        .set_request_items(Some(left.clone()))
                        .return_consumed_capacity(ReturnConsumedCapacity::Indexes)
                        .send()
                })
                .await?;
            self.note(ACTION, Axis::Read, answer.consumed_capacity());
            for (name, items) in answer.responses.unwrap_or_default() {
                let table = self.tables.table(&name);
                found.extend(items.into_iter().map(|item| (table, item)));
            }
            left = answer.unprocessed_keys.unwrap_or_default();
            round += 1;
            if round >= MAX_ROUNDS && !left.is_empty() {
                return Err(StoreError::Unavailable {
                    action: ACTION,
                    code: "unprocessed keys".to_owned(),
                    source: "the store left keys unread too often".into(),
                });
            }
            if !left.is_empty() {
                self.pause(round).await;
            }
        }
        Ok(found)
    }

    fn batch(&self, keys: &[(Table, Key)]) -> HashMap<String, KeysAndAttributes> {
        let mut by_table: HashMap<String, Vec<Item>> = HashMap::new();
        for (table, key) in keys {
            by_table
                .entry(self.tables.name(*table).to_owned())
                .or_default()
                .push(key.attributes());
        }
        by_table
            .into_iter()
            .map(|(name, keys)| {
                let wanted = KeysAndAttributes::builder()
                    .set_keys(Some(keys))
                    .consistent_read(true)
                    .build()
                    .expect("keys are set");
                (name, wanted)
            })
            .collect()
    }
}
