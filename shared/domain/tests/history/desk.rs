//! The rule for work at desks: whoever gains or loses access where the desk is connected is looked
//! at, and nobody else is.

use std::collections::BTreeSet;

use domain::{Change, DeskWork, EmailAddress, Outcome};

use super::store::Tables;

/// Checks an outcome before it is applied.
pub fn check(tables: &Tables, outcome: &Outcome) {
    let mut due = BTreeSet::new();
    let mut written = BTreeSet::new();
    for change in &outcome.changes {
        let Change::Membership(after) = change else {
            continue;
        };
        let Some(there) = tables.orgs.get(&after.org).and_then(|org| org.counterpart) else {
            continue;
        };
        assert!(there.written, "no organisation here is only compared");
        written.insert(&after.email);
        let place = (after.org.clone(), after.email.clone());
        let before = tables.memberships.get(&place);
        let before = before.is_some_and(|m| m.state.stage().has_access());
        if before != after.state.stage().has_access() {
            due.insert(&after.email);
        }
    }
    let looks: BTreeSet<&EmailAddress> = outcome.work.iter().filter_map(looked_at).collect();
    assert!(looks.is_superset(&due), "a change of access is looked at");
    assert!(looks.is_subset(&written), "nothing else is: {looks:?}");
}

fn looked_at(work: &DeskWork) -> Option<&EmailAddress> {
    match work {
        DeskWork::Look { person, .. } => Some(person),
        DeskWork::Act { .. } => None,
    }
}
