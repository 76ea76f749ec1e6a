//! The site that the bundle begins with.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::account::{Account, Kind, Right};
use super::organization::Desk;
use super::site::{Site, Token};

/// The desk for customers.
pub const DESK: u64 = 3;
/// The address of the account in whose name Lanyard calls.
pub const CALLER: &str = "lanyard@desk.example";
/// The token of that account: known to everybody, and worth nothing outside of this machine.
pub const TOKEN: &str = "the-local-desk-takes-this-token-from-everybody";
/// The id of that account.
pub const CALLER_ID: &str = "712020:1a0a8f6d-54c1-4d43-8c4f-7a6c1d9e0b01";
/// The id of the agent who acts at `/_local/desk`.
pub const AGENT_ID: &str = "712020:5e0c1f2a-77b4-4f0c-8a0e-6f3d9d1b2c44";

/// A site with a desk for customers that nobody uses yet, an agent, a bot, and the account of Lanyard.
#[must_use]
pub fn site(now: Timestamp) -> Site {
    let agent = [Right::Browse, Right::Agent];
    let accounts = [
        Account::atlassian(CALLER_ID, CALLER, "Lanyard", &Right::ALL),
        Account::atlassian(AGENT_ID, "pavel@desk.example", "Pavel Agent", &agent),
        Account {
            kind: Kind::App,
            ..Account::atlassian("557058:0f4c2b7e", "bot@desk.example", "Automation", &[])
        },
    ];
    let desk = Desk {
        id: DESK,
        project: 10_001,
        key: "SUP".to_owned(),
        name: "Customer support".to_owned(),
        open: false,
        customers: BTreeSet::new(),
        organizations: BTreeSet::new(),
        // Lower numbers belong to the samples.
        numbered: 1_000,
    };
    Site {
        accounts: accounts
            .into_iter()
            .map(|account| (account.id.clone(), account))
            .collect(),
        tokens: vec![Token {
            account: CALLER_ID.to_owned(),
            secret: TOKEN.to_owned(),
            scoped: false,
            expires: None,
        }],
        desks: [(DESK, desk)].into(),
        now,
        ..Site::default()
    }
}
