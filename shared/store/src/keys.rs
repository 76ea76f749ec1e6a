//! Every key and every index attribute of the tables. No other file writes one.
//!
//! `#` joins the parts of a key. Identifiers cannot contain it (`domain::id`). An e-mail address
//! can (RFC 5322 allows it before the `@`), so free parts are escaped. Instants have a fixed width,
//! so that the order of texts is the order of time.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::{
    CommentId, DeliveryId, DeskAct, DeskId, DomainName, DraftId, EmailAddress, OrgId, RequestRef,
    RunId, SourceId, Subject, Timestamp, id::ExternalId, request::ViewerId,
};
use jiff::civil::Date;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::{ListId, UploadId, attributes::Item};

/// Partition key.
pub(crate) const PK: &str = "pk";
/// Sort key.
pub(crate) const SK: &str = "sk";
/// Partition key of both `due` indexes.
pub(crate) const DUE_SHARD: &str = "due_shard";
/// Sort key of both `due` indexes.
pub(crate) const DUE_AT: &str = "due_at";
/// Partition key of the index `by-customer`.
pub(crate) const EMAIL: &str = "email";
/// Sort key of the index `by-customer`.
pub(crate) const ORG: &str = "org";
/// Partition key of the index `by-viewer`.
pub(crate) const VIEWER: &str = "viewer";
/// Sort key of the index `by-viewer`.
pub(crate) const POSITION: &str = "position";
/// Partition key of the index `by-subject`.
pub(crate) const SUBJECT: &str = "subject";
/// Sort key of the index `by-subject`.
pub(crate) const ENTRY: &str = "entry";

/// The index of a person's organisations.
pub(crate) const BY_CUSTOMER: &str = "by-customer";
/// The indexes of deadlines, one on the directory and one on the journal.
pub(crate) const DUE: &str = "due";
/// The index of the requests that a person or an organisation may see.
pub(crate) const BY_VIEWER: &str = "by-viewer";
/// The index of the audit entries about one subject.
pub(crate) const BY_SUBJECT: &str = "by-subject";

/// The number of parts of the `due` indexes. No single partition takes every deadline.
pub const SHARDS: u8 = 8;

/// The place of an item in its table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Key {
    pub(crate) pk: String,
    pub(crate) sk: String,
}

impl Key {
    fn new(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self {
            pk: pk.into(),
            sk: sk.into(),
        }
    }

    pub(crate) fn organization(org: &OrgId) -> Self {
        Self::new(organization_partition(org), ORGANIZATION)
    }

    pub(crate) fn membership(org: &OrgId, email: &EmailAddress) -> Self {
        Self::new(
            organization_partition(org),
            format!("{MEMBER}{}", escape(email.as_str())),
        )
    }

    /// A person who left, by the keyed hash of their address.
    pub(crate) fn left(org: &OrgId, pseudonym: &str) -> Self {
        Self::new(organization_partition(org), format!("LEFT#{pseudonym}"))
    }

    /// The mark of a mailbox under another spelling than the plain one, by the keyed hash of the
    /// plain one.
    pub(crate) fn mark(org: &OrgId, pseudonym: &str) -> Self {
        Self::new(organization_partition(org), format!("MAILBOX#{pseudonym}"))
    }

    pub(crate) fn customer(email: &EmailAddress) -> Self {
        Self::new(format!("CUSTOMER#{}", escape(email.as_str())), "CUSTOMER")
    }

    pub(crate) fn domain_rule(domain: &DomainName) -> Self {
        Self::new(format!("DOMAIN#{domain}"), "DOMAIN")
    }

    /// A person's id in another system.
    pub(crate) fn account(source: &SourceId, id: &ExternalId) -> Self {
        Self::new(format!("{EXTERNAL}{source}#{id}"), "EXTERNAL")
    }

    pub(crate) fn source(source: &SourceId) -> Self {
        Self::new(format!("SOURCE#{source}"), "SOURCE")
    }

    pub(crate) fn desk(desk: &DeskId) -> Self {
        Self::new(format!("DESK#{desk}"), "DESK")
    }

    /// The counterpart of an organisation at a desk.
    pub(crate) fn counterpart(desk: &DeskId, org: &OrgId) -> Self {
        Self::new(
            format!("{EXTERNAL}desk:{desk}"),
            format!("COUNTERPART#{org}"),
        )
    }

    /// A person's account at a desk. No source has a colon in its name.
    pub(crate) fn desk_link(desk: &DeskId, email: &EmailAddress) -> Self {
        let email = escape(email.as_str());
        Self::new(format!("{EXTERNAL}desk:{desk}#{email}"), "LINK")
    }

    /// The look at a person of a desk.
    pub(crate) fn look(desk: &DeskId, email: &EmailAddress) -> Self {
        let email = escape(email.as_str());
        Self::new(format!("{WORK}PERSON#{desk}#{email}"), "LOOK")
    }

    /// An act on a request at its desk. A request is made there before anything else, whatever the
    /// clocks say.
    pub(crate) fn act(request: &RequestRef, act: &DeskAct, id: Uuid) -> Self {
        let order = match act {
            DeskAct::Create => 0,
            DeskAct::Comment { .. }
            | DeskAct::ShareWithPerson { .. }
            | DeskAct::ShareWithOrganization { .. }
            | DeskAct::Transition { .. }
            | DeskAct::Answer { .. }
            | DeskAct::HandOver { .. } => 1,
        };
        Self::new(acts_partition(request), format!("ACT#{order}#{id}"))
    }

    /// The pause of a desk.
    pub(crate) fn pause(desk: &DeskId) -> Self {
        Self::new(format!("PAUSE#{desk}"), "PAUSE")
    }

    /// The token with which a desk's service desk elsewhere is called.
    pub(crate) fn desk_token(desk: &DeskId) -> Self {
        Self::new(format!("DESK#{desk}"), "TOKEN")
    }

    /// The names of everything that an administrator described.
    pub(crate) fn world() -> Self {
        Self::new("WORLD", "WORLD")
    }

    pub(crate) fn request(request: &RequestRef) -> Self {
        Self::new(request_partition(request), REQUEST)
    }

    pub(crate) fn comment(request: &RequestRef, at: Timestamp, id: &CommentId) -> Self {
        Self::new(
            request_partition(request),
            format!("{COMMENT}{}#{id}", instant(at)),
        )
    }

    pub(crate) fn viewer(request: &RequestRef, who: &ViewerId) -> Self {
        Self::new(
            request_partition(request),
            format!("VIEWER#{}", escape(&viewer(who))),
        )
    }

    pub(crate) fn delivery(source: &SourceId, id: &DeliveryId) -> Self {
        Self::new(delivery_partition(source, id), "DELIVERY")
    }

    /// The mark that a delivery with this body is kept although no answer was recorded.
    pub(crate) fn unread(source: &SourceId, id: &DeliveryId, payload_sha256: &[u8; 32]) -> Self {
        let body = hex::encode(payload_sha256);
        Self::new(delivery_partition(source, id), format!("UNREAD#{body}"))
    }

    /// One row of a list of invitations.
    pub(crate) fn list_row(list: &ListId, row: u32) -> Self {
        Self::new(list_partition(list), format!("{ROW}{row:010}"))
    }

    /// A list that a lead uploaded.
    pub(crate) fn upload(org: &OrgId, id: &UploadId) -> Self {
        Self::new(upload_partition(org, id), "LIST")
    }

    /// A part of an uploaded list: some of its rows.
    pub(crate) fn upload_part(org: &OrgId, id: &UploadId, part: u32) -> Self {
        Self::new(upload_partition(org, id), format!("PART#{part:010}"))
    }

    pub(crate) fn outbox(id: Uuid) -> Self {
        Self::new(format!("{OUTBOX}{id}"), "OUTBOX")
    }

    pub(crate) fn link(nonce: &str) -> Self {
        Self::new(format!("LINK#{}", escape(nonce)), "LINK")
    }

    /// A notice that was given.
    pub(crate) fn notice(name: &str) -> Self {
        Self::new(format!("NOTICE#{}", escape(name)), "NOTICE")
    }

    /// A request that waits for its confirmation.
    pub(crate) fn draft(id: &DraftId) -> Self {
        Self::new(format!("DRAFT#{id}"), "DRAFT")
    }

    /// A counter of one window of `seconds` seconds. Windows are numbered from the epoch.
    pub(crate) fn rate(scope: &str, seconds: u32, window: i64) -> Self {
        Self::new(format!("RATE#{}#{seconds}#{window}", escape(scope)), "RATE")
    }

    pub(crate) fn run(run: RunId) -> Self {
        Self::new(day_partition(day(run.0)), instant(run.0))
    }

    /// The pointer to the run that has not ended.
    pub(crate) fn open_run() -> Self {
        Self::new("SWEEP", "OPEN")
    }

    /// The deadline of updates that wait for their request.
    pub(crate) fn awaited(request: &RequestRef) -> Self {
        Self::new(
            format!("{AWAITED}{}#{}", request.desk, request.key),
            "AWAITED",
        )
    }

    pub(crate) fn parked(at: Timestamp, source: &SourceId, id: &DeliveryId) -> Self {
        Self::new(PARKED, format!("{}#{source}#{id}", instant(at)))
    }

    /// The mark that a source's body is parked already, under any id.
    pub(crate) fn parked_body(source: &SourceId, sha256: &[u8; 32]) -> Self {
        let hex = hex::encode(sha256);
        Self::new(format!("DELIVERY#{source}#{hex}"), "PARKED")
    }

    pub(crate) fn audit(org: Option<&OrgId>, at: Timestamp, id: Uuid) -> Self {
        Self::new(audit_partition(org, day(at)), id.to_string())
    }

    /// The key as attributes of a request to `DynamoDB`.
    pub(crate) fn attributes(&self) -> Item {
        Item::from([
            (PK.to_owned(), AttributeValue::S(self.pk.clone())),
            (SK.to_owned(), AttributeValue::S(self.sk.clone())),
        ])
    }

    /// The key of an item that was read.
    pub(crate) fn of(item: &Item) -> Option<Self> {
        Some(Self {
            pk: item.get(PK)?.as_s().ok()?.clone(),
            sk: item.get(SK)?.as_s().ok()?.clone(),
        })
    }

    /// The shard of the `due` index that holds this item's deadline.
    pub(crate) fn shard(&self) -> String {
        let hash = Sha256::digest(format!("{}#{}", self.pk, self.sk));
        (hash[0] % SHARDS).to_string()
    }

    /// The membership that this key names.
    pub(crate) fn to_membership(&self) -> Option<(OrgId, EmailAddress)> {
        let org = self.pk.strip_prefix("ORG#")?.parse().ok()?;
        let email = unescape(self.sk.strip_prefix(MEMBER)?)?.parse().ok()?;
        Some((org, email))
    }

    /// The organisation that this key names.
    pub(crate) fn to_organization(&self) -> Option<OrgId> {
        let org = self.pk.strip_prefix("ORG#")?;
        (self.sk == ORGANIZATION).then(|| org.parse().ok())?
    }

    /// The account elsewhere that this key names.
    pub(crate) fn to_account(&self) -> Option<(SourceId, ExternalId)> {
        let (source, id) = self.pk.strip_prefix(EXTERNAL)?.split_once('#')?;
        Some((source.parse().ok()?, id.parse().ok()?))
    }

    /// The message to send that this key names.
    pub(crate) fn to_outbox(&self) -> Option<Uuid> {
        self.pk.strip_prefix(OUTBOX)?.parse().ok()
    }

    /// The request whose early updates this key names.
    pub(crate) fn to_awaited(&self) -> Option<RequestRef> {
        let (desk, key) = self.pk.strip_prefix(AWAITED)?.split_once('#')?;
        Some(RequestRef {
            desk: desk.parse().ok()?,
            key: key.to_owned().try_into().ok()?,
        })
    }

    /// The row of a list that this key names.
    pub(crate) fn to_list_row(&self) -> Option<u32> {
        self.sk.strip_prefix(ROW)?.parse().ok()
    }
}

/// The sort key of an organisation.
const ORGANIZATION: &str = "ORG";
/// The beginning of the sort keys of memberships.
pub(crate) const MEMBER: &str = "MEMBER#";
/// The sort key of a request; its viewers sort after it, its comments before.
pub(crate) const REQUEST: &str = "REQUEST";
/// The beginning of the sort keys of comments.
pub(crate) const COMMENT: &str = "COMMENT#";
/// The beginning of the sort keys of a list's rows.
pub(crate) const ROW: &str = "ROW#";
/// The beginning of the partitions of messages to send.
pub(crate) const OUTBOX: &str = "OUTBOX#";
/// The partition of parked deliveries.
pub(crate) const PARKED: &str = "PARKED";
/// The beginning of the partitions of work at desks.
const WORK: &str = "WORK#";
const AWAITED: &str = "AWAITED#";
const EXTERNAL: &str = "EXTERNAL#";

/// The partition of an organisation and its memberships.
pub(crate) fn organization_partition(org: &OrgId) -> String {
    format!("ORG#{org}")
}

/// The partition of a request, its comments and its viewers.
pub(crate) fn request_partition(request: &RequestRef) -> String {
    format!("REQUEST#{}#{}", request.desk, request.key)
}

/// The partition of the acts of a request that its desk has yet to hear of.
pub(crate) fn acts_partition(request: &RequestRef) -> String {
    format!("{WORK}REQUEST#{}#{}", request.desk, request.key)
}

/// The value of `email` in the index `by-customer` for the accounts of a desk. No address has a
/// `#` before its first `@` there, since it is escaped.
pub(crate) fn links_of(desk: &DeskId) -> String {
    format!("DESK#{desk}")
}

/// The partition of a delivery and the rows of its list.
pub(crate) fn delivery_partition(source: &SourceId, id: &DeliveryId) -> String {
    format!("DELIVERY#{source}#{id}")
}

/// The partition of an uploaded list: itself, its parts, and after them the finished rows.
pub(crate) fn upload_partition(org: &OrgId, id: &UploadId) -> String {
    format!("UPLOAD#{org}#{id}")
}

/// The partition of the finished rows of a list.
pub(crate) fn list_partition(list: &ListId) -> String {
    match list {
        ListId::Delivery { source, id } => delivery_partition(source, id),
        ListId::Upload { org, id } => upload_partition(org, id),
    }
}

/// The partition of the sweep's runs of one day.
pub(crate) fn day_partition(day: Date) -> String {
    format!("SWEEP#{day}")
}

/// The partition of the audit of one month. Entries of no organisation have `-`, which is no
/// organisation's id.
pub(crate) fn audit_partition(org: Option<&OrgId>, day: Date) -> String {
    let org = org.map_or("-", OrgId::as_str);
    format!("ORG#{org}#{:04}-{:02}", day.year(), day.month())
}

/// The partition of a person's accounts elsewhere in the index `by-customer`. It differs from that
/// of their memberships, because no address has a capital letter.
pub(crate) fn accounts_of(email: &EmailAddress) -> String {
    format!("{EXTERNAL}{email}")
}

/// The value of `viewer`: an address, or an organisation, which has no `@`.
pub(crate) fn viewer(who: &ViewerId) -> String {
    match who {
        ViewerId::Person(email) => email.as_str().to_owned(),
        ViewerId::Organization(org) => org.as_str().to_owned(),
    }
}

/// The value of `position`: open and closed requests apart, each in the order of time.
pub(crate) fn position(open: bool, moved_at: Timestamp) -> String {
    format!("{}{}", positions(open), instant(moved_at))
}

/// The beginning of the positions of open or of closed requests.
pub(crate) fn positions(open: bool) -> &'static str {
    if open { "open#" } else { "closed#" }
}

/// The value of `subject`.
pub(crate) fn subject(subject: &Subject) -> String {
    match subject {
        Subject::Person(email) => escape(email.as_str()),
        Subject::Request(request) => request_partition(request),
        Subject::Run(run) => format!("RUN#{}", instant(run.0)),
        Subject::Organization(org) => organization_partition(org),
    }
}

/// An instant in UTC, to the microsecond, always of the same width. Years before 0 and fractions of
/// a microsecond are cut off: no deadline is there, and the order stays that of time.
pub(crate) fn instant(at: Timestamp) -> String {
    let first = Timestamp::constant(-62_167_219_200, 0); // 0000-01-01T00:00:00Z
    let at = at.max(first);
    let micros = at.as_nanosecond().div_euclid(1_000);
    let at = Timestamp::from_nanosecond(micros * 1_000)
        .expect("the microsecond of an instant after the year 0 is an instant");
    format!("{at:.6}")
}

/// Tells whether a text has the form of [`instant`].
pub(crate) fn is_instant(text: &str) -> bool {
    let parsed = text.parse::<Timestamp>();
    parsed.is_ok_and(|at| instant(at) == text)
}

/// Tells whether a text is the instant of a comment and its id.
pub(crate) fn is_comment(text: &str) -> bool {
    let parts = text.split_once('#');
    parts.is_some_and(|(at, id)| is_instant(at) && id.parse::<CommentId>().is_ok())
}

/// Tells whether a text is the instant at which a delivery was parked, its source and its id.
pub(crate) fn is_parked(text: &str) -> bool {
    let mut parts = text.splitn(3, '#');
    parts.next().is_some_and(is_instant)
        && parts
            .next()
            .is_some_and(|id| id.parse::<SourceId>().is_ok())
        && parts
            .next()
            .is_some_and(|id| id.parse::<DeliveryId>().is_ok())
}

/// Tells whether a text is the id of an entry of the audit.
pub(crate) fn is_entry(text: &str) -> bool {
    Uuid::try_parse(text).is_ok_and(|id| id.to_string() == text)
}

/// Tells whether a text is an address as a key holds it.
pub(crate) fn is_address(text: &str) -> bool {
    unescape(text).is_some_and(|address| address.parse::<EmailAddress>().is_ok())
}

/// The day of an instant in UTC.
pub(crate) fn day(at: Timestamp) -> Date {
    domain::organization::day_of(at)
}

/// Escapes free text for a part of a key: without `#`, and reversible.
fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('#', "%23")
}

fn unescape(text: &str) -> Option<String> {
    (!text.contains('#')).then(|| text.replace("%23", "#").replace("%25", "%"))
}

#[cfg(test)]
mod tests;
