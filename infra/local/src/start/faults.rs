//! The faults that the start page offers.

use serde_json::json;

use crate::fault::Faults;

/// The shares of calls to choose from.
const SHARES: [f64; 4] = [0.0, 0.1, 0.3, 1.0];

/// A service whose calls can fail.
struct Service {
    id: &'static str,
    name: &'static str,
    /// The faults, each with its name in words.
    faults: &'static [(&'static str, &'static str)],
}

const SERVICES: [Service; 2] = [
    Service {
        id: "ses",
        name: "SES, which sends the mail",
        faults: &[
            ("throttle", "too many mails at once"),
            ("fail", "fails"),
            ("reject", "refuses the mail"),
            ("accept_then_fail", "sends, but says it failed"),
        ],
    },
    Service {
        id: "dynamodb",
        name: "DynamoDB, which holds the state",
        faults: &[
            ("throttle", "too many calls at once"),
            ("conflict", "two writers meet"),
            ("fail_before", "fails, and nothing is written"),
            ("fail_after", "writes, but says it failed"),
            ("cut", "writes, and the line is cut"),
        ],
    },
];

/// A service, with its faults as they are in force.
pub(super) struct Offered {
    pub(super) service: &'static str,
    pub(super) name: &'static str,
    pub(super) choices: Vec<Choice>,
}

/// A fault and its share of calls.
pub(super) struct Choice {
    pub(super) name: &'static str,
    pub(super) label: &'static str,
    share: f64,
}

/// Every fault that the page offers, with its share in force.
pub(super) fn offered(in_force: &Faults) -> Vec<Offered> {
    let in_force = json!(in_force);
    let offered = SERVICES.iter().map(|service| Offered {
        service: service.id,
        name: service.name,
        choices: service
            .faults
            .iter()
            .map(|&(name, label)| Choice {
                name,
                label,
                share: in_force[service.id][name].as_f64().unwrap_or_default(),
            })
            .collect(),
    });
    offered.collect()
}

impl Offered {
    /// True if some of its calls fail.
    pub(super) fn is_in_force(&self) -> bool {
        self.choices.iter().any(|choice| choice.share > 0.0)
    }
}

impl Choice {
    /// The shares to choose from, in words, with `true` for the one in force. A share that was set
    /// by a tool is among them.
    pub(super) fn shares(&self) -> Vec<(f64, String, bool)> {
        let mut shares = SHARES.to_vec();
        if !shares.contains(&self.share) {
            shares.push(self.share);
        }
        let in_words = |share: f64| match share {
            0.0 => "never".to_owned(),
            1.0 => "always".to_owned(),
            share => format!("{:.0} in 100 calls", share * 100.0),
        };
        shares
            .into_iter()
            .map(|share| (share, in_words(share), share.total_cmp(&self.share).is_eq()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use super::*;

    /// The form would otherwise offer a fault that nothing throws.
    #[test]
    fn every_fault_that_the_page_offers_exists() {
        let known = json!(Faults::default());
        for service in SERVICES {
            for (fault, _) in service.faults {
                assert!(known[service.id][fault].is_number(), "{fault}");
            }
        }
    }

    #[test]
    fn a_share_that_a_tool_set_is_offered_as_it_is() {
        let mut faults = Faults::default();
        faults.ses.fail = 0.5;
        let offered = offered(&faults);
        assert!(offered[0].is_in_force() && !offered[1].is_in_force());
        let shares = offered[0].choices[1].shares();
        assert_eq!(shares.last().unwrap().1, "50 in 100 calls");
        assert!(shares.last().unwrap().2);
    }
}
