#![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

use std::collections::BTreeMap;

use jiff::SignedDuration;
use proptest::prelude::*;

use super::*;

/// Everything with a key of its own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Organization(OrgId),
    Membership(OrgId, EmailAddress),
    Left(OrgId, String),
    Customer(EmailAddress),
    DomainRule(DomainName),
    Account(SourceId, ExternalId),
    Source(SourceId),
    Desk(DeskId),
    DeskToken(DeskId),
    World,
    Request(RequestRef),
    Comment(RequestRef, Timestamp, CommentId),
    Viewer(RequestRef, ViewerId),
    Delivery(SourceId, DeliveryId),
    Unread(SourceId, DeliveryId, u8),
    ListRow(SourceId, DeliveryId, u32),
    Upload(OrgId, UploadId),
    UploadPart(OrgId, UploadId, u32),
    UploadRow(OrgId, UploadId, u32),
    Outbox(Uuid),
    Link(String),
    Notice(String),
    Draft(DraftId),
    Rate(String, u32, i64),
    Run(Timestamp),
    OpenRun,
    Awaited(RequestRef),
    Parked(Timestamp, SourceId, DeliveryId),
    Audit(Option<OrgId>, Date, Uuid),
}

fn key(thing: &Thing) -> Key {
    match thing {
        Thing::Organization(org) => Key::organization(org),
        Thing::Membership(org, email) => Key::membership(org, email),
        Thing::Left(org, hash) => Key::left(org, hash),
        Thing::Customer(email) => Key::customer(email),
        Thing::DomainRule(domain) => Key::domain_rule(domain),
        Thing::Account(source, id) => Key::account(source, id),
        Thing::Source(source) => Key::source(source),
        Thing::Desk(desk) => Key::desk(desk),
        Thing::DeskToken(desk) => Key::desk_token(desk),
        Thing::World => Key::world(),
        Thing::Request(request) => Key::request(request),
        Thing::Comment(request, at, id) => Key::comment(request, *at, id),
        Thing::Viewer(request, who) => Key::viewer(request, who),
        Thing::Delivery(source, id) => Key::delivery(source, id),
        Thing::Unread(source, id, byte) => Key::unread(source, id, &[*byte; 32]),
        Thing::ListRow(source, id, row) => {
            let (source, id) = (source.clone(), id.clone());
            Key::list_row(&ListId::Delivery { source, id }, *row)
        }
        Thing::UploadRow(org, id, row) => {
            let (org, id) = (org.clone(), id.clone());
            Key::list_row(&ListId::Upload { org, id }, *row)
        }
        Thing::Upload(org, id) => Key::upload(org, id),
        Thing::UploadPart(org, id, part) => Key::upload_part(org, id, *part),
        Thing::Outbox(id) => Key::outbox(*id),
        Thing::Link(nonce) => Key::link(nonce),
        Thing::Notice(name) => Key::notice(name),
        Thing::Draft(id) => Key::draft(id),
        Thing::Rate(scope, seconds, window) => Key::rate(scope, *seconds, *window),
        Thing::Run(at) => Key::run(RunId(*at)),
        Thing::OpenRun => Key::open_run(),
        Thing::Awaited(request) => Key::awaited(request),
        Thing::Parked(at, source, id) => Key::parked(*at, source, id),
        Thing::Audit(org, month, id) => {
            let at = month.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
            Key::audit(org.as_ref(), at, *id)
        }
    }
}

fn slug<T: std::str::FromStr<Err = domain::id::InvalidId> + std::fmt::Debug>()
-> impl Strategy<Value = T> {
    // Few letters, so that one text is often another's prefix.
    "[a1]([a1-]{0,3}[a1])?".prop_map(|text| text.parse().unwrap())
}

fn foreign() -> impl Strategy<Value = String> {
    "[a1%/|:-]{1,4}|[!-\"$-~]{1,20}"
}

/// Addresses with every character that is allowed before the `@`, `#` among them.
fn email() -> impl Strategy<Value = EmailAddress> {
    ("[a#%]{1,4}|[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,12}", "[ab]{1,2}")
        .prop_map(|(local, domain)| format!("{local}@{domain}.example").parse().unwrap())
}

fn who() -> impl Strategy<Value = ViewerId> {
    prop_oneof![
        email().prop_map(ViewerId::Person),
        slug::<OrgId>().prop_map(ViewerId::Organization)
    ]
}

fn request() -> impl Strategy<Value = RequestRef> {
    // Keys that an older version accepted, `.` and `..` among them.
    (slug::<DeskId>(), "[a1.:_-]{1,4}").prop_map(|(desk, key)| RequestRef {
        desk,
        key: key.try_into().unwrap(),
    })
}

/// Instants to the store's precision: whole microseconds from the year 0 on.
fn at() -> impl Strategy<Value = Timestamp> {
    let near = 1_795_339_800_000_000_i64..1_795_339_803_000_000;
    prop_oneof![near, -62_167_219_200_000_000_i64..253_402_207_200_000_000]
        .prop_map(|micros| Timestamp::from_microsecond(micros).unwrap())
}

fn thing() -> impl Strategy<Value = Thing> {
    let source = slug::<SourceId>;
    let org = slug::<OrgId>;
    let delivery = || foreign().prop_map(|id| id.parse::<DeliveryId>().unwrap());
    let upload = || any::<u8>().prop_map(|byte| UploadId::from_digest(&[byte; 32]));
    let uuid = || any::<u128>().prop_map(Uuid::from_u128);
    let directory = prop_oneof![
        org().prop_map(Thing::Organization),
        (org(), email()).prop_map(|(org, email)| Thing::Membership(org, email)),
        (org(), "[0-9a-f]{32}").prop_map(|(org, hash)| Thing::Left(org, hash)),
        email().prop_map(Thing::Customer),
        "[ab]{1,3}".prop_map(|name| Thing::DomainRule(format!("{name}.example").parse().unwrap())),
        (source(), foreign()).prop_map(|(s, id)| Thing::Account(s, id.parse().unwrap())),
        source().prop_map(Thing::Source),
        slug::<DeskId>().prop_map(Thing::Desk),
        slug::<DeskId>().prop_map(Thing::DeskToken),
        Just(Thing::World),
    ];
    let requests = prop_oneof![
        request().prop_map(Thing::Request),
        (request(), at(), foreign()).prop_map(|(r, at, id)| Thing::Comment(
            r,
            at,
            id.parse().unwrap()
        )),
        (request(), who()).prop_map(|(request, who)| Thing::Viewer(request, who)),
    ];
    let journal = prop_oneof![
        (source(), delivery()).prop_map(|(source, id)| Thing::Delivery(source, id)),
        (source(), delivery(), any::<u8>()).prop_map(|(s, id, byte)| Thing::Unread(s, id, byte)),
        (source(), delivery(), 0..1_000_u32).prop_map(|(s, id, row)| Thing::ListRow(s, id, row)),
        (org(), upload()).prop_map(|(org, id)| Thing::Upload(org, id)),
        (org(), upload(), 0..9_u32).prop_map(|(o, id, part)| Thing::UploadPart(o, id, part)),
        (org(), upload(), 0..9_u32).prop_map(|(o, id, row)| Thing::UploadRow(o, id, row)),
        uuid().prop_map(Thing::Outbox),
        "[a#%]{1,6}".prop_map(Thing::Link),
        "[a#% ]{1,6}".prop_map(Thing::Notice),
        slug::<DraftId>().prop_map(Thing::Draft),
        ("[a#%0-9]{1,6}", 1..3_u32, -20..20_i64).prop_map(|(s, n, w)| Thing::Rate(s, n, w)),
        at().prop_map(Thing::Run),
        Just(Thing::OpenRun),
        request().prop_map(Thing::Awaited),
        (at(), source(), delivery()).prop_map(|(at, s, id)| Thing::Parked(at, s, id)),
    ];
    let audit = (
        proptest::option::of(org()),
        2020..2030_i16,
        1..13_i8,
        uuid(),
    )
        .prop_map(|(org, year, month, id)| {
            Thing::Audit(org, jiff::civil::date(year, month, 1), id)
        });
    prop_oneof![3 => directory, 2 => requests, 3 => journal, 1 => audit]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// No thing is found under another one's key, whatever its name.
    #[test]
    fn no_two_things_share_a_key(things in proptest::collection::vec(thing(), 200)) {
        let mut taken: BTreeMap<Key, Thing> = BTreeMap::new();
        for thing in things {
            if let Some(other) = taken.insert(key(&thing), thing.clone()) {
                prop_assert_eq!(thing, other);
            }
        }
    }
}

proptest! {
    /// Keys fit the limits: 2,048 bytes for a partition key, 1,024 for a sort key. Every key of a
    /// kind has the same number of parts, whatever they contain.
    #[test]
    fn nothing_adds_a_part_to_a_key(thing in thing()) {
        let key = key(&thing);
        prop_assert!(key.pk.len() <= 2_048 && key.sk.len() <= 1_024);
        let parts = |text: &str| text.matches('#').count();
        let expected = match thing {
            Thing::World | Thing::OpenRun => (0, 0),
            Thing::Organization(_) | Thing::Customer(_) | Thing::DomainRule(_)
            | Thing::Source(_) | Thing::Desk(_) | Thing::DeskToken(_) | Thing::Outbox(_)
            | Thing::Link(_) | Thing::Notice(_)
            | Thing::Draft(_) | Thing::Run(_) => (1, 0),
            Thing::Membership(..) | Thing::Left(..) => (1, 1),
            Thing::Account(..) | Thing::Request(_) | Thing::Delivery(..) | Thing::Awaited(_)
            | Thing::Audit(..) | Thing::Upload(..) => (2, 0),
            Thing::Viewer(..) | Thing::ListRow(..) | Thing::Unread(..) | Thing::UploadPart(..)
            | Thing::UploadRow(..) => (2, 1),
            Thing::Comment(..) => (2, 2),
            Thing::Rate(..) => (3, 0),
            Thing::Parked(..) => (0, 2),
        };
        prop_assert_eq!((parts(&key.pk), parts(&key.sk)), expected);
    }

    #[test]
    fn keys_that_are_read_back_name_what_they_were_made_of(thing in thing()) {
        let key = key(&thing);
        prop_assert_eq!(Key::of(&key.attributes()), Some(key.clone()));
        let membership = match &thing {
            Thing::Membership(org, email) => Some((org.clone(), email.clone())),
            _ => None,
        };
        prop_assert_eq!(key.to_membership(), membership);
        let organization = match &thing {
            Thing::Organization(org) => Some(org.clone()),
            _ => None,
        };
        prop_assert_eq!(key.to_organization(), organization);
        let outbox = match &thing {
            Thing::Outbox(id) => Some(*id),
            _ => None,
        };
        prop_assert_eq!(key.to_outbox(), outbox);
        let awaited = match &thing {
            Thing::Awaited(request) => Some(request.clone()),
            _ => None,
        };
        prop_assert_eq!(key.to_awaited(), awaited);
        let row = match &thing {
            Thing::ListRow(_, _, row) | Thing::UploadRow(_, _, row) => Some(*row),
            _ => None,
        };
        prop_assert_eq!(key.to_list_row(), row);
        prop_assert!(key.shard().parse::<u8>().unwrap() < SHARDS);
    }

    /// The order of texts is the order of time, and only the fraction of a microsecond is lost.
    #[test]
    fn instants_sort_as_texts(a in at(), b in at(), nanos in 0..1_000_i64) {
        prop_assert_eq!(instant(a).cmp(&instant(b)), a.cmp(&b));
        prop_assert_eq!(instant(a).len(), 27);
        prop_assert_eq!(instant(a).parse::<Timestamp>().unwrap(), a);
        prop_assert_eq!(instant(a + SignedDuration::from_nanos(nanos)), instant(a));
    }

    #[test]
    fn positions_sort_by_time_and_never_mix_open_and_closed(a in at(), b in at()) {
        prop_assert_eq!(position(true, a).cmp(&position(true, b)), a.cmp(&b));
        prop_assert!(position(true, a).starts_with(positions(true)));
        prop_assert!(!position(true, a).starts_with(positions(false)));
    }

    #[test]
    fn no_two_subjects_share_a_history(email in email(), request in request(), at in at()) {
        let subjects = [
            subject(&Subject::Person(email)),
            subject(&Subject::Request(request)),
            subject(&Subject::Run(RunId(at))),
        ];
        prop_assert!(subjects[0] != subjects[1] && subjects[1] != subjects[2]);
        prop_assert!(subjects[0] != subjects[2]);
    }
}

#[test]
fn an_instant_is_written_to_the_microsecond_in_utc() {
    for (at, text) in [
        ("2026-11-22T09:30:00Z", "2026-11-22T09:30:00.000000Z"),
        ("2026-11-22T10:30:00.5+01:00", "2026-11-22T09:30:00.500000Z"),
        (
            "2026-11-22T09:30:00.123456789Z",
            "2026-11-22T09:30:00.123456Z",
        ),
        (
            "1969-12-31T23:59:59.999999999Z",
            "1969-12-31T23:59:59.999999Z",
        ),
        ("-009999-01-02T01:59:59Z", "0000-01-01T00:00:00.000000Z"),
    ] {
        assert_eq!(instant(at.parse().unwrap()), text);
    }
    assert_eq!(instant(Timestamp::MAX).len(), 27);
    assert_eq!(instant(Timestamp::MIN).len(), 27);
}

#[test]
fn the_keys_are_those_of_the_data_model() {
    let email: EmailAddress = "ann@acme.example".parse().unwrap();
    let org: OrgId = "acme".parse().unwrap();
    let source: SourceId = "forms".parse().unwrap();
    let at: Timestamp = "2026-11-22T09:30:00Z".parse().unwrap();
    let request = RequestRef {
        desk: "support".parse().unwrap(),
        key: "SUP-1".parse().unwrap(),
    };
    let id = Uuid::from_u128(1);
    let pairs = [
        (Key::organization(&org), "ORG#acme", "ORG"),
        (
            Key::membership(&org, &email),
            "ORG#acme",
            "MEMBER#ann@acme.example",
        ),
        (
            Key::customer(&email),
            "CUSTOMER#ann@acme.example",
            "CUSTOMER",
        ),
        (Key::request(&request), "REQUEST#support#SUP-1", "REQUEST"),
        (
            Key::comment(&request, at, &"c-1".parse().unwrap()),
            "REQUEST#support#SUP-1",
            "COMMENT#2026-11-22T09:30:00.000000Z#c-1",
        ),
        (
            Key::delivery(&source, &"d-1".parse().unwrap()),
            "DELIVERY#forms#d-1",
            "DELIVERY",
        ),
        (
            Key::outbox(id),
            "OUTBOX#00000000-0000-0000-0000-000000000001",
            "OUTBOX",
        ),
        (
            Key::run(RunId(at)),
            "SWEEP#2026-11-22",
            "2026-11-22T09:30:00.000000Z",
        ),
        (
            Key::audit(Some(&org), at, id),
            "ORG#acme#2026-11",
            "00000000-0000-0000-0000-000000000001",
        ),
        (
            Key::audit(None, at, id),
            "ORG#-#2026-11",
            "00000000-0000-0000-0000-000000000001",
        ),
    ];
    for (key, pk, sk) in pairs {
        assert_eq!((key.pk.as_str(), key.sk.as_str()), (pk, sk));
    }
    assert_eq!(
        Key::membership(&org, &"a#b%c@acme.example".parse().unwrap()).sk,
        "MEMBER#a%23b%25c@acme.example"
    );
}
