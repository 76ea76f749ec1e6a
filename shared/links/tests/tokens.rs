//! The promises of signed links, sessions and form tokens.
#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::time::Duration;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    EmailAddress, RequestRef, RunId, Timestamp,
    link::{Purpose, Scope},
};
use links::{
    Binding, Claims, InvalidSession, Key, LinkError, LinkKeys, Nonce, Session, SessionKeys,
    default_lifetime, form_nonce, form_token, nonce_for, sign, sign_session, verify,
    verify_session,
};
use proptest::prelude::*;
use uuid::Uuid;

/// Every purpose. A new one that is not listed here does not compile: the match misses it.
macro_rules! purposes {
    ($($purpose:ident),+ $(,)?) => {
        const PURPOSES: &[Purpose] = &[$(Purpose::$purpose),+];

        const fn is_listed(purpose: Purpose) -> bool {
            match purpose {
                $(Purpose::$purpose)|+ => true,
            }
        }
    };
}

purposes![
    AcceptInvitation,
    LeadConsole,
    Requester,
    Approve,
    KeepAccess,
    Review,
    Unsubscribe,
    DecideInvitation,
    ReleaseSweep,
    ConfirmRequest,
    NewRequest,
];

fn keys(seed: u8) -> LinkKeys {
    LinkKeys {
        current: Key::new(&[seed; 32]),
        previous: None,
    }
}

fn session_keys(seed: u8) -> SessionKeys {
    SessionKeys {
        current: Key::new(&[seed; 32]),
        previous: None,
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn now() -> Timestamp {
    at("2026-11-22T09:30:00Z")
}

fn lena() -> EmailAddress {
    "lena@acme.example".parse().unwrap()
}

fn claims() -> Claims {
    Claims {
        purpose: Purpose::LeadConsole,
        subject: lena(),
        scope: Scope::Organization {
            org: "acme".parse().unwrap(),
        },
        expires_at: at("2026-12-22T09:30:00Z"),
        epoch: 3,
        nonce: Nonce::from_bytes([7; 16]),
    }
}

/// The longest thing that can be signed.
fn longest() -> Claims {
    let domain = [
        "d".repeat(63),
        "d".repeat(63),
        "d".repeat(54),
        "test".into(),
    ]
    .join(".");
    Claims {
        purpose: Purpose::Approve,
        subject: format!("{}@{domain}", "l".repeat(64)).parse().unwrap(),
        scope: Scope::Approval {
            request: RequestRef {
                desk: "d".repeat(64).parse().unwrap(),
                key: "K".repeat(64).parse().unwrap(),
            },
            approval: "a".repeat(128).parse().unwrap(),
        },
        ..claims()
    }
}

fn any_email() -> impl Strategy<Value = EmailAddress> {
    "[a-z][a-z0-9.+-]{0,30}[a-z0-9]@[a-z]{1,20}\\.(example|test)"
        .prop_filter_map("an address", |text| text.parse().ok())
}

fn any_scope() -> impl Strategy<Value = Scope> {
    let slug = || "[a-z][a-z0-9-]{0,20}[a-z0-9]";
    let request = || {
        (slug(), "[A-Za-z0-9._:-]{1,64}").prop_map(|(desk, key)| RequestRef {
            desk: desk.parse().unwrap(),
            key: key.try_into().unwrap(),
        })
    };
    prop_oneof![
        Just(Scope::Own),
        slug().prop_map(|org| Scope::Organization {
            org: org.parse().unwrap()
        }),
        request().prop_map(|request| Scope::Request { request }),
        (request(), "[A-Za-z0-9._:-]{1,128}").prop_map(|(request, approval)| Scope::Approval {
            request,
            approval: approval.parse().unwrap(),
        }),
        (slug(), any_email()).prop_map(|(org, email)| Scope::Invitee {
            org: org.parse().unwrap(),
            email,
        }),
        any_instant().prop_map(|run| Scope::Run { run: RunId(run) }),
        "[A-Za-z0-9._:-]{1,64}".prop_map(|draft| Scope::Draft {
            draft: draft.parse().unwrap(),
        }),
        (slug(), slug(), any::<bool>()).prop_map(|(desk, request_type, once)| Scope::Form {
            desk: desk.parse().unwrap(),
            request_type: request_type.parse().unwrap(),
            once,
        }),
    ]
}

fn any_instant() -> impl Strategy<Value = Timestamp> {
    (Timestamp::MIN.as_nanosecond()..=Timestamp::MAX.as_nanosecond())
        .prop_map(|n| Timestamp::from_nanosecond(n).unwrap())
}

prop_compose! {
    fn any_claims()(
        purpose in proptest::sample::select(PURPOSES),
        subject in any_email(),
        scope in any_scope(),
        seconds in Timestamp::MIN.as_second()..=Timestamp::MAX.as_second(),
        epoch: u32,
        nonce: [u8; 16],
    ) -> Claims {
        let expires_at = Timestamp::from_second(seconds).unwrap();
        Claims { purpose, subject, scope, expires_at, epoch, nonce: Nonce::from_bytes(nonce) }
    }
}

/// The column *expired* of the table of ended links (`shared/domain/tests/decisions/ended_links.rs`):
/// it is the same for all of them, and asked before anything else of a link.
#[test]
fn a_link_of_every_purpose_is_over_when_its_time_is() {
    for purpose in PURPOSES.iter().copied() {
        assert!(is_listed(purpose));
        let days = default_lifetime(purpose);
        let claims = Claims {
            purpose,
            expires_at: now() + Duration::from_hours(24 * u64::from(days.0)),
            ..claims()
        };
        let token = sign(&claims, &keys(1));
        let at = |now| verify(token.as_str(), &keys(1), now);
        let last = claims.expires_at - Duration::from_secs(1);
        assert_eq!(at(now()), Ok(claims.clone()), "{purpose:?}");
        assert_eq!(at(last), Ok(claims.clone()), "{purpose:?}");
        for late in [claims.expires_at, Timestamp::MAX] {
            let over = LinkError::Expired(Box::new(claims.clone()));
            assert_eq!(at(late), Err(over), "{purpose:?}");
        }
    }
}

proptest! {
    #[test]
    fn what_was_signed_is_what_is_read(claims in any_claims(), now in any_instant()) {
        let token = sign(&claims, &keys(1));
        let answer = verify(token.as_str(), &keys(1), now);
        if now < claims.expires_at {
            prop_assert_eq!(answer, Ok(claims));
        } else {
            prop_assert_eq!(answer, Err(LinkError::Expired(Box::new(claims))));
        }
    }

    #[test]
    fn a_session_is_read_as_it_was_signed(claims in any_claims(), id: [u8; 16]) {
        let session = Session::begin(&claims, Nonce::from_bytes(id), now());
        let token = sign_session(&session, &session_keys(1));
        prop_assert_eq!(verify_session(token.as_str(), &session_keys(1), now()), Ok(session));
    }

    #[test]
    fn a_changed_character_is_never_accepted(claims in any_claims(), at: prop::sample::Index, other: char) {
        let mut text: Vec<char> = sign(&claims, &keys(1)).as_str().chars().collect();
        let at = at.index(text.len());
        prop_assume!(text[at] != other);
        text[at] = other;
        let text: String = text.into_iter().collect();
        prop_assert_eq!(verify(&text, &keys(1), now()), Err(LinkError::Invalid));
    }

    #[test]
    fn arbitrary_text_is_refused_without_a_panic(text in "\\PC{0,1200}|[A-Za-z0-9_-]{0,1100}") {
        prop_assert_eq!(verify(&text, &keys(1), now()), Err(LinkError::Invalid));
        prop_assert_eq!(verify_session(&text, &session_keys(1), now()), Err(InvalidSession));
        let binding = Binding::Link(claims().nonce);
        prop_assert_eq!(form_nonce(&text, binding, "keep", &session_keys(1)), None);
    }
}

#[test]
fn every_flipped_bit_is_noticed() {
    let token = sign(&claims(), &keys(1));
    let bytes = URL_SAFE_NO_PAD.decode(token.as_str()).unwrap();
    for bit in 0..bytes.len() * 8 {
        let mut flipped = bytes.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let text = URL_SAFE_NO_PAD.encode(flipped);
        assert_eq!(
            verify(&text, &keys(1), now()),
            Err(LinkError::Invalid),
            "bit {bit}"
        );
    }
}

#[test]
fn every_character_replaced_by_every_other_is_noticed() {
    let token = sign(&claims(), &keys(1));
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/.";
    for at in 0..token.as_str().len() {
        for &other in alphabet {
            let mut text = token.as_str().as_bytes().to_vec();
            if text[at] == other {
                continue;
            }
            text[at] = other;
            let text = String::from_utf8(text).unwrap();
            assert_eq!(verify(&text, &keys(1), now()), Err(LinkError::Invalid));
        }
    }
}

#[test]
fn a_shortened_or_lengthened_token_is_refused() {
    let token = sign(&claims(), &keys(1));
    let text = token.as_str();
    for end in 0..text.len() {
        assert_eq!(
            verify(&text[..end], &keys(1), now()),
            Err(LinkError::Invalid)
        );
    }
    for tail in ["A", "AA", "AAAA", "=", "==", "\n", " ", "%3D"] {
        let longer = format!("{text}{tail}");
        assert_eq!(verify(&longer, &keys(1), now()), Err(LinkError::Invalid));
    }
}

#[test]
fn huge_and_foreign_texts_are_refused() {
    let huge = "A".repeat(100_000);
    for text in [
        huge.as_str(),
        "",
        "====",
        "not base64!",
        "ünïcode",
        "\0",
        "../../etc",
    ] {
        assert_eq!(verify(text, &keys(1), now()), Err(LinkError::Invalid));
    }
}

/// Signs bytes as the current key would, so that the content behind the tag can be wrong on
/// purpose.
fn forge(version: u8, key_id: [u8; 4], content: &[u8], secret: [u8; 32]) -> String {
    use hmac::{Hmac, KeyInit, Mac};
    let mut bytes = vec![version];
    bytes.extend_from_slice(&key_id);
    bytes.extend_from_slice(content);
    let tag = Hmac::<sha2::Sha256>::new_from_slice(&secret)
        .unwrap()
        .chain_update(b"lanyard/link/1\0")
        .chain_update(&bytes)
        .finalize()
        .into_bytes();
    bytes.extend_from_slice(&tag);
    URL_SAFE_NO_PAD.encode(bytes)
}

#[test]
fn another_version_key_id_or_content_is_refused_even_with_a_right_tag() {
    let token = sign(&claims(), &keys(1));
    let bytes = URL_SAFE_NO_PAD.decode(token.as_str()).unwrap();
    let (id, content) = (Key::new(&[1; 32]).id(), &bytes[5..bytes.len() - 32]);
    // The forgery is valid as long as its content is.
    assert_eq!(forge(1, id, content, [1; 32]), token.as_str());

    let more = [content, &[0]].concat();
    let mut purpose = content.to_vec();
    purpose[0] = 0;
    let mut expiry = content.to_vec();
    expiry[17..25].copy_from_slice(&i64::MAX.to_be_bytes());
    for (version, id, content) in [
        (0, id, content),
        (2, id, content),
        (1, [0; 4], content),
        (1, id, &more[..]),
        (1, id, &content[..content.len() - 1]),
        (1, id, &purpose[..]),
        (1, id, &expiry[..]),
        (1, id, &[][..]),
    ] {
        let text = forge(version, id, content, [1; 32]);
        assert_eq!(verify(&text, &keys(1), now()), Err(LinkError::Invalid));
    }
}

#[test]
fn a_rotated_key_is_honoured_until_it_is_retired() {
    let before = sign(&claims(), &keys(1));
    let rotating = LinkKeys {
        current: Key::new(&[2; 32]),
        previous: Some(Key::new(&[1; 32])),
    };
    assert_eq!(verify(before.as_str(), &rotating, now()), Ok(claims()));
    let during = sign(&claims(), &rotating);
    assert_eq!(verify(during.as_str(), &rotating, now()), Ok(claims()));
    assert_eq!(verify(during.as_str(), &keys(2), now()), Ok(claims()));
    assert_eq!(
        verify(before.as_str(), &keys(2), now()),
        Err(LinkError::Invalid)
    );
}

#[test]
fn a_link_ends_at_its_second_and_says_for_whom_it_was() {
    let token = sign(&claims(), &keys(1));
    let end = claims().expires_at;
    let just_before = end - std::time::Duration::from_nanos(1);
    assert_eq!(verify(token.as_str(), &keys(1), just_before), Ok(claims()));
    let Err(LinkError::Expired(over)) = verify(token.as_str(), &keys(1), end) else {
        panic!("it should be over");
    };
    assert_eq!(over.subject, lena());
}

#[test]
fn extreme_instants_and_leap_seconds_neither_overflow_nor_confuse() {
    for expires_at in [Timestamp::MIN, Timestamp::MAX, at("1969-12-31T23:59:58.5Z")] {
        let claims = Claims {
            expires_at,
            ..claims()
        };
        let token = sign(&claims, &keys(1));
        for now in [Timestamp::MIN, Timestamp::UNIX_EPOCH, Timestamp::MAX] {
            let valid = verify(token.as_str(), &keys(1), now).is_ok();
            assert_eq!(valid, now < expires_at);
        }
    }
    // RFC 3339 writes a leap second as :60. POSIX time has no such instant, so it is read as the
    // second before the next minute.
    let leap = Claims {
        expires_at: at("2016-12-31T23:59:60Z"),
        ..claims()
    };
    let token = sign(&leap, &keys(1));
    assert!(verify(token.as_str(), &keys(1), at("2016-12-31T23:59:58Z")).is_ok());
    assert!(verify(token.as_str(), &keys(1), at("2017-01-01T00:00:00Z")).is_err());
}

#[test]
fn one_kind_of_token_never_passes_as_another() {
    let (link_keys, session_keys) = (keys(1), session_keys(1));
    let link = sign(&claims(), &link_keys);
    let session = Session::begin(&claims(), claims().nonce, now());
    let cookie = sign_session(&session, &session_keys);
    let form = form_token(
        Binding::Session(session.id),
        "invite",
        Nonce::from_bytes([7; 16]),
        &session_keys,
    );
    assert!(verify(cookie.as_str(), &link_keys, now()).is_err());
    assert!(verify(form.as_str(), &link_keys, now()).is_err());
    assert!(verify_session(link.as_str(), &session_keys, now()).is_err());
    assert!(verify_session(form.as_str(), &session_keys, now()).is_err());
}

#[test]
fn a_session_lives_an_hour_unless_used_and_a_day_at_most() {
    let (hour, day) = (
        std::time::Duration::from_hours(1),
        std::time::Duration::from_hours(24),
    );
    let second = std::time::Duration::from_secs(1);
    let keys = session_keys(1);
    let begun = Session::begin(&claims(), claims().nonce, now());
    let cookie = sign_session(&begun, &keys);
    assert!(verify_session(cookie.as_str(), &keys, now() + hour - second).is_ok());
    assert!(verify_session(cookie.as_str(), &keys, now() + hour).is_err());

    let late = begun.clone().renewed(now() + day - second);
    let cookie = sign_session(&late, &keys);
    assert!(verify_session(cookie.as_str(), &keys, now() + day - second).is_ok());
    assert!(verify_session(cookie.as_str(), &keys, now() + day).is_err());
    assert_eq!(late.expires_at(), now() + day);
}

#[test]
fn a_form_token_belongs_to_its_session_and_its_action() {
    let rotating = SessionKeys {
        current: Key::new(&[2; 32]),
        previous: Some(Key::new(&[1; 32])),
    };
    let (id, form) = (Nonce::from_bytes([9; 16]), Nonce::from_bytes([7; 16]));
    let session = Binding::Session(id);
    let token = form_token(session, "off-board", form, &session_keys(1));
    let nonce = |binding, action| form_nonce(token.as_str(), binding, action, &rotating);
    assert_eq!(nonce(session, "off-board"), Some(form));
    assert_eq!(nonce(session, "invite"), None);
    assert_eq!(nonce(Binding::Link(id), "off-board"), None);
    let foreign = Binding::Session(Nonce::from_bytes([8; 16]));
    assert_eq!(nonce(foreign, "off-board"), None);
    let retired = form_nonce(token.as_str(), session, "off-board", &session_keys(2));
    assert_eq!(retired, None);
    let cut = &token.as_str()[..63];
    assert_eq!(form_nonce(cut, session, "off-board", &rotating), None);
}

#[test]
fn no_two_renderings_of_a_form_look_alike() {
    let session = Binding::Session(Nonce::from_bytes([9; 16]));
    let token = |nonce| {
        form_token(
            session,
            "invite",
            Nonce::from_bytes([nonce; 16]),
            &session_keys(1),
        )
    };
    let (first, second) = (token(1), token(2));
    assert_eq!(first.as_str().len(), 64);
    assert!(
        first
            .as_str()
            .chars()
            .zip(second.as_str().chars())
            .filter(|(a, b)| a == b)
            .count()
            < 16
    );
}

#[test]
fn the_same_message_carries_the_same_link_however_often_it_is_sent() {
    let message = Uuid::from_u128(1);
    let nonce = nonce_for(message, &lena(), Purpose::Approve);
    assert_eq!(nonce, nonce_for(message, &lena(), Purpose::Approve));
    let gus = "gus@globex.example".parse().unwrap();
    for other in [
        nonce_for(Uuid::from_u128(2), &lena(), Purpose::Approve),
        nonce_for(message, &gus, Purpose::Approve),
        nonce_for(message, &lena(), Purpose::Unsubscribe),
    ] {
        assert_ne!(nonce, other);
    }
    assert_eq!(nonce.to_string().len(), 32);
}

#[test]
fn typical_links_are_short_and_the_longest_still_verifies() {
    assert!(sign(&claims(), &keys(1)).as_str().len() <= 160);
    let long = sign(&longest(), &keys(1));
    assert!(long.as_str().len() <= 1_000, "{}", long.as_str().len());
    assert_eq!(verify(long.as_str(), &keys(1), now()), Ok(longest()));
}

#[test]
fn every_purpose_has_a_lifetime() {
    for purpose in PURPOSES.iter().copied() {
        assert!(default_lifetime(purpose).0 >= 7);
    }
}

#[test]
fn nothing_secret_shows_in_debug_output() {
    let token = sign(&claims(), &keys(1));
    let shown = format!("{token:?} {:?} {:?}", claims(), keys(1));
    assert!(!shown.contains(token.as_str()));
    assert!(!shown.contains("lena"));
    assert!(shown.contains("Key(…)"));
}
