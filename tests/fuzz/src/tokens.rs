//! Tokens of links and sessions: from strangers, and from a holder of the key.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use links::{Key, LinkError, LinkKeys, SessionKeys, sign, sign_session, verify, verify_session};
use sha2::Sha256;

use crate::bundle::now;

const SECRET: [u8; 32] = [7; 32];
const VERSION: u8 = 1;

/// The first byte chooses: a token as it is, or the content of a token, which is then tagged with
/// the key as a link's (1) or a session's (2).
pub(crate) fn run(input: &[u8]) {
    let Some((first, rest)) = input.split_first() else {
        return;
    };
    match first % 3 {
        0 => as_it_is(rest),
        1 => a_link(&tagged("lanyard/link/1", rest)),
        _ => a_session(&tagged("lanyard/session/1", rest)),
    }
}

fn links() -> LinkKeys {
    LinkKeys {
        current: Key::new(&SECRET),
        previous: None,
    }
}

fn sessions() -> SessionKeys {
    SessionKeys {
        current: Key::new(&SECRET),
        previous: None,
    }
}

/// An opened token is one that we would have signed, letter by letter.
fn as_it_is(bytes: &[u8]) {
    let Ok(token) = std::str::from_utf8(bytes) else {
        return;
    };
    match verify(token, &links(), now()) {
        Ok(claims) => assert_eq!(sign(&claims, &links()).as_str(), token),
        Err(LinkError::Expired(claims)) => assert_eq!(sign(&claims, &links()).as_str(), token),
        Err(LinkError::Invalid) => {}
    }
    if let Ok(session) = verify_session(token, &sessions(), now()) {
        assert_eq!(sign_session(&session, &sessions()).as_str(), token);
    }
}

/// The claims stay the same when they are signed and read again.
fn a_link(token: &str) {
    let claims = match verify(token, &links(), now()) {
        Ok(claims) => claims,
        Err(LinkError::Expired(claims)) => *claims,
        Err(LinkError::Invalid) => return,
    };
    let again = sign(&claims, &links());
    let read = match verify(again.as_str(), &links(), now()) {
        Ok(claims) => claims,
        Err(LinkError::Expired(claims)) => *claims,
        Err(LinkError::Invalid) => panic!("{claims:?} cannot be signed"),
    };
    assert_eq!(claims, read);
    // One kind of token never passes as another.
    assert!(verify_session(token, &sessions(), now()).is_err());
}

fn a_session(token: &str) {
    let Ok(session) = verify_session(token, &sessions(), now()) else {
        return;
    };
    let again = sign_session(&session, &sessions());
    let read = verify_session(again.as_str(), &sessions(), now());
    assert_eq!(read, Ok(session));
    assert!(verify(token, &links(), now()).is_err());
}

/// A token around this content, put together here again.
fn tagged(label: &str, content: &[u8]) -> String {
    let mut bytes = vec![VERSION];
    bytes.extend(Key::new(&SECRET).id());
    bytes.extend(content);
    let mut mac = Hmac::<Sha256>::new_from_slice(&SECRET).unwrap();
    mac.update(label.as_bytes());
    mac.update(&[0]);
    mac.update(&bytes);
    bytes.extend(mac.finalize().into_bytes());
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}
