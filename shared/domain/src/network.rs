//! The networks from which something is taken.

use core::net::IpAddr;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A range of addresses in CIDR notation (RFC 4632, RFC 4291 §2.3): `192.0.2.0/24`,
/// `2001:db8::/32`, or a single address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Cidr {
    network: IpAddr,
    prefix: u8,
}

/// The reasons why a text is no range of addresses.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidCidr {
    /// Not of the form `address/prefix`.
    #[error("not an address range such as 192.0.2.0/24 or 2001:db8::/32")]
    Syntax,
    /// Bits after the prefix are set: the author meant another range.
    #[error("the address has bits beyond its prefix; did you mean {0}?")]
    HostBits(String),
}

impl Cidr {
    /// Returns `true` if the address lies in the range. An IPv4 address written as IPv6
    /// (`::ffff:192.0.2.1`) counts as IPv4.
    #[must_use]
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.network.is_ipv4() && masked(address, self.prefix) == self.network
    }
}

/// The address with the bits after the prefix cleared.
fn masked(address: IpAddr, prefix: u8) -> IpAddr {
    match address {
        IpAddr::V4(v4) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V4((v4.to_bits() & mask).into())
        }
        IpAddr::V6(v6) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
            IpAddr::V6((v6.to_bits() & mask).into())
        }
    }
}

impl FromStr for Cidr {
    type Err = InvalidCidr;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().map_err(|_| InvalidCidr::Syntax)?;
        let bits = if address.is_ipv4() { 32 } else { 128 };
        let prefix = match prefix {
            None => bits,
            Some(digits) if digits.bytes().all(|b| b.is_ascii_digit()) => {
                digits.parse().map_err(|_| InvalidCidr::Syntax)?
            }
            Some(_) => return Err(InvalidCidr::Syntax),
        };
        if prefix > bits {
            return Err(InvalidCidr::Syntax);
        }
        let network = masked(address, prefix);
        if network != address {
            return Err(InvalidCidr::HostBits(Self { network, prefix }.to_string()));
        }
        Ok(Self { network, prefix })
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.network, self.prefix)
    }
}

impl TryFrom<String> for Cidr {
    type Error = InvalidCidr;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Cidr> for String {
    fn from(range: Cidr) -> Self {
        range.to_string()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn admits(range: &str, address: &str) -> bool {
        let range: Cidr = range.parse().unwrap();
        range.contains(address.parse().unwrap())
    }

    #[test]
    fn a_range_holds_its_first_and_last_address_and_no_neighbour() {
        assert!(admits("192.0.2.64/26", "192.0.2.64"));
        assert!(admits("192.0.2.64/26", "192.0.2.127"));
        assert!(!admits("192.0.2.64/26", "192.0.2.63"));
        assert!(!admits("192.0.2.64/26", "192.0.2.128"));
        assert!(admits("2001:db8::/33", "2001:db8:7fff::1"));
        assert!(!admits("2001:db8::/33", "2001:db8:8000::1"));
    }

    #[test]
    fn the_shortest_and_the_longest_prefix_work() {
        assert!(admits("0.0.0.0/0", "203.0.113.9"));
        assert!(admits("::/0", "2001:db8::1"));
        assert!(admits("192.0.2.1", "192.0.2.1"));
        assert!(!admits("192.0.2.1/32", "192.0.2.0"));
        assert!(!admits("2001:db8::1", "2001:db8::2"));
    }

    #[test]
    fn the_families_are_kept_apart_but_mapped_addresses_are_ipv4() {
        assert!(!admits("0.0.0.0/0", "::1"));
        assert!(!admits("::/0", "192.0.2.1"));
        assert!(admits("192.0.2.0/24", "::ffff:192.0.2.7"));
    }

    #[test]
    fn mistakes_are_refused_and_explained() {
        for text in [
            "",
            "/",
            "192.0.2.0/33",
            "::/129",
            "192.0.2.0/",
            "192.0.2.0/+8",
            "a/8",
        ] {
            assert_eq!(text.parse::<Cidr>(), Err(InvalidCidr::Syntax), "{text}");
        }
        assert_eq!(
            "192.0.2.7/24".parse::<Cidr>().unwrap_err().to_string(),
            "the address has bits beyond its prefix; did you mean 192.0.2.0/24?"
        );
    }
}
