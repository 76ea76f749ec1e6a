//! The marks of mailboxes that follow from an outcome.

use std::collections::BTreeMap;

use crate::{
    Change, OrgId, Outcome,
    mailbox::{Mailbox, MailboxStanding, Mark},
    policy::Spelling,
};

impl Outcome {
    /// Returns the marks that follow from the changes. Seats are taken and given back together with
    /// the organisation, whose policy says which addresses are one mailbox. A record that is
    /// reduced leaves the mark of the rule that holds everywhere.
    #[must_use]
    pub fn marks(&self) -> Vec<Mark> {
        let spelling = |org: &OrgId| {
            let mut orgs = self.changes.iter().filter_map(|change| match change {
                Change::Organization(written) if written.id == *org => Some(&written.policy),
                _ => None,
            });
            orgs.next().map(|policy| policy.spelling.clone())
        };
        let mut marks = BTreeMap::new();
        for change in &self.changes {
            let (membership, spelling) = match change {
                Change::Membership(membership) => match spelling(&membership.org) {
                    Some(spelling) => (membership, spelling),
                    None => continue,
                },
                Change::Forget {
                    membership,
                    left: true,
                } => (membership, Spelling::default()),
                _ => continue,
            };
            let mailbox = Mailbox::of(&membership.email, &spelling);
            let stands = MailboxStanding::by(membership);
            if let Some(stands) = stands.filter(|_| *mailbox.plain() != membership.email) {
                let place = (membership.org.clone(), mailbox);
                let known = marks.entry(place).or_insert(stands);
                *known = stands.max(*known);
            }
        }
        let mark = |((org, mailbox), stands)| Mark {
            org,
            mailbox,
            stands,
        };
        marks.into_iter().map(mark).collect()
    }
}
