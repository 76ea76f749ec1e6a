//! Message ids: the one of a copy, and the one under which a request's mails gather.

use std::fmt::Write as _;

use domain::{EmailAddress, RequestRef};
use sha2::{Digest, Sha256};
use url::Url;
use uuid::Uuid;

/// The site's host, as the right side of a message id.
///
/// A name or an IPv4 address is a dot-atom; an IPv6 address keeps its brackets and is a
/// no-fold-literal (RFC 5322 §3.6.4).
pub(crate) fn host(base_url: &Url) -> Option<&str> {
    base_url.host_str().filter(|host| !host.is_empty())
}

/// The id under which all mails about one request gather: `<request.{desk}.{key}@{host}>`.
///
/// No mail has it as its own `Message-ID`, and none needs to: mail programs thread on a common
/// ancestor that they never saw (RFC 5256 §3, "REFERENCES"). A key's characters that a dot-atom
/// cannot hold, and the dot that separates the parts, are written as `%` and two hexadecimal digits.
pub(crate) fn request_thread(request: &RequestRef, host: &str) -> String {
    let mut key = String::new();
    for c in request.key.as_str().chars() {
        if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') {
            key.push(c);
        } else {
            let mut utf8 = [0; 4];
            for byte in c.encode_utf8(&mut utf8).bytes() {
                write!(key, "%{byte:02X}").expect("writing to a String cannot fail");
            }
        }
    }
    format!("<request.{}.{key}@{host}>", request.desk)
}

/// The `Message-ID` of one copy: the same for each attempt to send it.
///
/// SES replaces it by one of its own, made from the id it answers with; it stands for captured
/// mail, and for other ways of sending.
pub(crate) fn message_id(message: Uuid, to: &EmailAddress, host: &str) -> String {
    format!("<{message}.{}@{host}>", copy_digest(message, to))
}

/// A boundary between the parts of one copy. `=_` occurs in no quoted-printable or base64 text
/// (RFC 2045 §6.7), and the rest cannot be foretold by whoever writes a comment.
pub(crate) fn boundary(message: Uuid, to: &EmailAddress) -> String {
    format!("=_{}", copy_digest(message, to))
}

fn copy_digest(message: Uuid, to: &EmailAddress) -> String {
    let mut hash = Sha256::new();
    hash.update(message.as_bytes());
    hash.update(to.as_str().as_bytes());
    hex::encode(&hash.finalize()[..12])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn thread(key: &str) -> String {
        let request = RequestRef {
            desk: "support".parse().unwrap(),
            key: key.parse().unwrap(),
        };
        request_thread(&request, "desk.example")
    }

    #[test]
    fn a_request_has_one_id_for_good() {
        assert_eq!(thread("SUP-17"), "<request.support.SUP-17@desk.example>");
    }

    #[test]
    fn a_key_cannot_leave_its_dot_atom_or_meet_another() {
        assert_eq!(
            thread("a:b..c"),
            "<request.support.a%3Ab%2E%2Ec@desk.example>"
        );
        assert_ne!(thread("a.b"), thread("a-b"));
    }

    #[test]
    fn each_copy_has_its_own_id_and_the_same_one_each_time() {
        let message = Uuid::from_u128(7);
        let lena = "lena@acme.example".parse().unwrap();
        let gus = "gus@globex.example".parse().unwrap();
        let id = message_id(message, &lena, "desk.example");
        assert_eq!(id, message_id(message, &lena, "desk.example"));
        assert_ne!(id, message_id(message, &gus, "desk.example"));
        assert!(!id.contains("lena"), "an id may be logged, an address not");
    }
}
