//! Accounts elsewhere: bound to an address, disputed, forgotten.

use super::entry::about_person;
use crate::{
    Action, AuditEntry, Change, Occasion, Outcome, SourceId, Version,
    account::{Account, Claim},
    id::ExternalId,
};

/// Decides on an address that came for an account.
///
/// An account does not change its person in silence. A stronger proof replaces a weaker one. A
/// second address with an equal proof makes the account nobody's, until it is forgotten.
pub fn learn_account(
    known: Option<&Account>,
    (source, id): (&SourceId, &ExternalId),
    claim: &Claim,
    occasion: &Occasion,
) -> Outcome {
    let learned = |version| Account {
        source: source.clone(),
        id: id.clone(),
        address: claim.address.clone(),
        shown_by: claim.shown_by,
        disputed: false,
        version,
    };
    let Some(known) = known else {
        return written(learned(Version::NEW), None);
    };
    let stronger = claim.shown_by > known.shown_by;
    let same = known.address == claim.address;
    let note = |action, reason: &str| Some(noted(known, action, reason, occasion));
    match (same, stronger, known.disputed) {
        (true, true, false) => written(learned(known.version), None),
        (false, true, false) => {
            let reason = "a stronger proof names another address";
            written(learned(known.version), note(Action::AccountRebound, reason))
        }
        (false, false, false) if claim.shown_by == known.shown_by => {
            let disputed = Account {
                disputed: true,
                ..known.clone()
            };
            let reason = "it came with another address, too: nobody's until it is forgotten";
            written(disputed, note(Action::AccountDisputed, reason))
        }
        // The same claim again, a weaker one, or any claim for a disputed account.
        (true, false, _) | (_, _, true) | (false, false, false) => Outcome::default(),
    }
}

/// Forgets the person of an account. The next payload that shows it is learned from again.
pub fn forget_account(account: Account, occasion: &Occasion) -> Outcome {
    let entry = noted(&account, Action::AccountForgotten, "by hand", occasion);
    Outcome::default()
        .note(entry)
        .change(Change::ForgetAccount(account))
}

fn written(account: Account, entry: Option<AuditEntry>) -> Outcome {
    Outcome::default()
        .note_all(entry)
        .change(Change::Account(account))
}

/// An entry about the person whose account it was.
fn noted(account: &Account, action: Action, reason: &str, occasion: &Occasion) -> AuditEntry {
    let reason = format!("account «{}» of {}: {reason}", account.id, account.source);
    about_person(&account.address, action, &reason, occasion)
}
