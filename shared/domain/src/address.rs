//! E-mail addresses and domain names, parsed once at the edge and trusted from then on.

use std::{fmt, str::FromStr};

use idna::uts46::{AsciiDenyList, DnsLength, Hyphens, Uts46};
use serde::{Deserialize, Serialize};

/// The longest address that fits a forward-path: 256 octets with its angle brackets
/// (RFC 5321 §4.5.3.1.3).
const MAX_ADDRESS: usize = 254;
/// The longest local part (RFC 5321 §4.5.3.1.1).
const MAX_LOCAL: usize = 64;
/// The longest domain name in text form (RFC 1035 §2.3.4).
const MAX_DOMAIN: usize = 253;

/// Local parts from which programs write and which nobody reads.
const NOBODY_READS: [&str; 8] = [
    "donotreply",
    "do-not-reply",
    "do_not_reply",
    "mailer-daemon",
    "no-reply",
    "no_reply",
    "noreply",
    "nobody",
];
/// Domains of programs: Atlassian gives such addresses to apps and to service accounts.
const NOBODYS_HOSTS: [&str; 2] = ["connect.atlassian.com", "serviceaccount.atlassian.com"];
/// Words in a domain that say that the address is withheld, beside a [`GENERIC`] local part.
const WITHHELD: [&str; 9] = [
    "anonymised",
    "anonymized",
    "anonymous",
    "deleted",
    "hidden",
    "masked",
    "redacted",
    "removed",
    "unknown",
];
/// Local parts that name no person.
const GENERIC: [&str; 11] = [
    "account",
    "anonymous",
    "deleted",
    "email",
    "hidden",
    "none",
    "null",
    "redacted",
    "removed",
    "unknown",
    "user",
];

/// A DNS name in its ASCII form, lower-case: `münchen.example` is held as
/// `xn--mnchen-3ya.example` (IDNA, UTS #46).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DomainName(String);

impl DomainName {
    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The error for a text that is no domain name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a domain name: a name of two or more labels is wanted, such as acme.example")]
pub struct InvalidDomain;

impl FromStr for DomainName {
    type Err = InvalidDomain;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.len() > MAX_DOMAIN || !text.contains('.') || text.ends_with('.') {
            return Err(InvalidDomain);
        }
        // IDNA reserves hyphens in third and fourth place, but the DNS has names with them, such as
        // `r3---sn`. A label with IDNA's own prefix (`xn--`) has to be valid IDNA.
        let (denied, length) = (AsciiDenyList::STD3, DnsLength::Verify);
        let ascii = Uts46::new()
            .to_ascii(text.as_bytes(), denied, Hyphens::CheckFirstLast, length)
            .map_err(|_| InvalidDomain)?
            .into_owned();
        // An address literal or a bare IP address is nobody's mail domain here.
        let numeric = ascii
            .rsplit('.')
            .next()
            .is_some_and(|label| label.bytes().all(|b| b.is_ascii_digit()));
        if ascii.len() > MAX_DOMAIN || numeric {
            return Err(InvalidDomain);
        }
        Ok(Self(ascii))
    }
}

/// An e-mail address that one person reads.
///
/// Held in the form under which Lanyard knows the person: the domain in ASCII and lower-case, the
/// local part an unquoted ASCII dot-atom in lower-case. RFC 5321 §2.4 allows a host to tell
/// `Lena@` from `lena@`, but none that matters does, and an identity that could be dodged by a
/// capital letter would let a leaver back in.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// The reasons why a text is no e-mail address that Lanyard takes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InvalidEmail {
    /// Longer than mail systems carry.
    #[error("the address is longer than 254 characters, or its part before the @ than 64")]
    TooLong,
    /// Not of the form `name@domain`, or with quotes, comments, control or non-ASCII characters
    /// before the `@`.
    #[error("not an e-mail address of the form name@domain")]
    Syntax,
    /// The part after the `@` is no domain name.
    #[error("the part after the @ is not a domain name")]
    Domain,
}

impl EmailAddress {
    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after the `@`.
    #[must_use]
    pub fn domain(&self) -> DomainName {
        DomainName(self.split().1.to_owned())
    }

    /// The part before the `@`.
    #[must_use]
    pub fn local_part(&self) -> &str {
        self.split().0
    }

    /// The address of another name at the same domain: `local` is a shorter dot-atom than this one's.
    pub(crate) fn with_local(&self, local: &str) -> Self {
        Self(format!("{local}@{}", self.split().1))
    }

    /// Returns `true` if the address belongs to no one person. Systems put such an address in the
    /// place of one that they hide or that is gone, and programs write from it.
    #[must_use]
    pub fn is_nobodys(&self) -> bool {
        let (local, host) = self.split();
        let anonymized = |text: &str| {
            text.strip_prefix("jirauser")
                .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()))
        };
        let withheld = || host.split('.').any(|label| WITHHELD.contains(&label));
        NOBODY_READS.contains(&local)
            || NOBODYS_HOSTS.contains(&host)
            || host.ends_with(".invalid")
            || anonymized(local)
            || (GENERIC.contains(&local) && withheld())
    }

    fn split(&self) -> (&str, &str) {
        self.0
            .rsplit_once('@')
            .expect("a parsed address has exactly one @")
    }
}

impl FromStr for EmailAddress {
    type Err = InvalidEmail;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // A long text is refused before anything walks over it.
        if text.len() > 4 * MAX_ADDRESS {
            return Err(InvalidEmail::TooLong);
        }
        let (local, domain) = text.rsplit_once('@').ok_or(InvalidEmail::Syntax)?;
        if local.len() > MAX_LOCAL {
            return Err(InvalidEmail::TooLong);
        }
        if !local.is_ascii() || local.contains('"') {
            return Err(InvalidEmail::Syntax);
        }
        let domain: DomainName = domain
            .parse()
            .map_err(|InvalidDomain| InvalidEmail::Domain)?;
        let address = format!("{}@{}", local.to_ascii_lowercase(), domain.0);
        if address.len() > MAX_ADDRESS {
            return Err(InvalidEmail::TooLong);
        }
        if !email_address::EmailAddress::is_valid(&address) {
            return Err(InvalidEmail::Syntax);
        }
        Ok(Self(address))
    }
}

/// Neither logs nor panics may carry an address, so `Debug` shows none.
impl fmt::Debug for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmailAddress(…)")
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for DomainName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = InvalidEmail;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.0
    }
}

impl TryFrom<String> for DomainName {
    type Error = InvalidDomain;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<DomainName> for String {
    fn from(domain: DomainName) -> Self {
        domain.0
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use proptest::prelude::*;

    #[test]
    fn case_and_idna_are_folded_into_one_identity() {
        let a: EmailAddress = "Lena@ACME.example".parse().unwrap();
        assert_eq!(a.as_str(), "lena@acme.example");
        let b: EmailAddress = "eva@MÜNCHEN.example".parse().unwrap();
        assert_eq!(b.as_str(), "eva@xn--mnchen-3ya.example");
        assert_eq!(b.domain().as_str(), "xn--mnchen-3ya.example");
    }

    #[test]
    fn hyphens_stand_wherever_the_dns_has_them_and_idna_is_valid() {
        for good in [
            "r3---sn.example",
            "ab--cd.example",
            "a--b.acme.example",
            "xn--mnchen-3ya.example",
            "3m--x.test",
        ] {
            let address: EmailAddress = format!("a@{good}").parse().unwrap();
            assert_eq!(address.domain().as_str(), good);
            let again: EmailAddress = format!("A@{}", good.to_uppercase()).parse().unwrap();
            assert_eq!(again, address);
        }
        for bad in [
            "-ab.example",
            "ab-.example",
            "xn--.example",
            "xn--a.example",
            "xn--0.example",
            "xn--mnchen-3y.example",
            "xn--ab-cd.example",
        ] {
            assert!(bad.parse::<DomainName>().is_err(), "{bad}");
        }
    }

    #[test]
    fn hostile_addresses_are_refused() {
        for bad in [
            "",
            "@",
            "a@",
            "@acme.example",
            "a@b",
            "a b@acme.example",
            "a@acme.example\r\nBcc: x@evil.test",
            "a\n@acme.example",
            "a\0@acme.example",
            "\"a b\"@acme.example",
            "Lena <lena@acme.example>",
            "a@[127.0.0.1]",
            "a@127.0.0.1",
            "a@acme..example",
            "a@-acme.example",
            "a@acme.example.",
            ".a@acme.example",
            "a..b@acme.example",
            "ä@acme.example",
            "a@@acme.example",
            "a@acme.example,b@acme.example",
        ] {
            assert!(bad.parse::<EmailAddress>().is_err(), "{bad:?}");
        }
        assert_eq!(
            format!("{}@acme.example", "a".repeat(65)).parse::<EmailAddress>(),
            Err(InvalidEmail::TooLong)
        );
        assert_eq!(
            "a".repeat(100_000).parse::<EmailAddress>(),
            Err(InvalidEmail::TooLong)
        );
    }

    #[test]
    fn debug_output_carries_no_address() {
        let a: EmailAddress = "lena@acme.example".parse().unwrap();
        assert!(!format!("{a:?}").contains("lena"));
    }

    proptest! {
        #[test]
        fn parsing_never_panics_and_is_stable(text in "\\PC{0,300}|[a-zA-Z.+-]{1,70}@[a-z.-]{1,80}") {
            if let Ok(address) = text.parse::<EmailAddress>() {
                let again: EmailAddress = address.as_str().parse().unwrap();
                prop_assert_eq!(&again, &address);
                prop_assert!(address.as_str().len() <= MAX_ADDRESS);
                prop_assert!(address.as_str().bytes().all(|b| b.is_ascii_graphic()));
            }
        }
    }
}
