//! The identities of lists of people.

use std::{fmt, str::FromStr};

use domain::{DeliveryId, OrgId, SourceId};

/// The identity of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ListId {
    /// A list in a delivery.
    Delivery {
        /// The sender.
        source: SourceId,
        /// The delivery's id.
        id: DeliveryId,
    },
    /// A list that a lead uploaded.
    Upload {
        /// Their organisation.
        org: OrgId,
        /// The upload's id.
        id: UploadId,
    },
}

/// The identity of a list in an organisation: 32 hexadecimal digits, made from its content.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UploadId(String);

/// The text is no id of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an upload's id is 32 hexadecimal digits")]
pub struct InvalidUploadId;

impl UploadId {
    /// An id from the first half of a digest.
    #[must_use]
    pub fn from_digest(digest: &[u8; 32]) -> Self {
        Self(hex::encode(&digest[..16]))
    }
}

impl FromStr for UploadId {
    type Err = InvalidUploadId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let digits = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        if text.len() == 32 && text.bytes().all(digits) {
            Ok(Self(text.to_owned()))
        } else {
            Err(InvalidUploadId)
        }
    }
}

impl fmt::Display for UploadId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
