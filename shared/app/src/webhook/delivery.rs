//! A delivery whose signature holds, and its answers.

use domain::{Actor, DeliveryId, EmailAddress, Evidence, Proof, SourceId};
use hooks::source::Source;
use store::{Answer, Delivery, Once};

use crate::path::Deadline;

/// A delivery whose signature holds.
#[derive(Debug)]
pub struct VerifiedDelivery<'a> {
    pub(super) source: &'a Source,
    pub(super) id: DeliveryId,
    pub(super) payload_sha256: [u8; 32],
    pub(super) body: &'a [u8],
    pub(super) deadline: Deadline,
}

impl VerifiedDelivery<'_> {
    pub(super) fn source_id(&self) -> &SourceId {
        &self.source.id
    }

    /// The record that makes this delivery happen once, with its answer.
    pub(super) fn once(&self, answer: Answer) -> Once {
        Once::Delivery {
            source: self.source_id().clone(),
            id: self.id.clone(),
            payload_sha256: self.payload_sha256,
            answer,
        }
    }

    /// The proof that this source says so, or the person it names.
    pub(super) fn proof(&self, person: Option<&EmailAddress>) -> Proof {
        Proof {
            actor: person.map_or_else(
                || Actor::Source(self.source_id().clone()),
                |email| Actor::Person(email.clone()),
            ),
            evidence: Evidence::Delivery {
                source: self.source_id().clone(),
                id: self.id.clone(),
            },
        }
    }

    /// The answer to every event but a list: accepted.
    pub(super) fn accepted(&self) -> Answer {
        let body = serde_json::json!({ "status": "accepted", "delivery": self.id.as_str() });
        Answer {
            status: 202,
            body: body.to_string(),
        }
    }

    /// Tells whether an earlier delivery of the same id had the same body.
    pub(super) fn is_same_payload(&self, first: &Delivery) -> bool {
        self.payload_sha256 == first.payload_sha256
    }
}
