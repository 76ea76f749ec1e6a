//! Mailboxes: one mailbox takes mail under several spellings of its address, and rules that act by
//! themselves must recognise them as one.
//!
//! An [`EmailAddress`] is an identity: an invitation names it, and a link is signed for it. The
//! mailbox stands behind it. No request makes a member of an address whose mailbox left or has a
//! seat already ([`Mailbox::of`]), and limits count a mailbox once ([`Mailbox::counted`]). An
//! invitation that somebody sends may go to any address.

use crate::{EmailAddress, Membership, OrgId, membership::State, policy::Spelling};

/// A mailbox, named by the plainest address that reaches it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mailbox(EmailAddress);

impl Mailbox {
    /// The mailbox of an address: without its sub-address (RFC 5233), and without dots where they
    /// do not count.
    #[must_use]
    pub fn of(email: &EmailAddress, spelling: &Spelling) -> Self {
        let local = email.local_part();
        let cut = local.find(|c| spelling.separates(c));
        // What begins with a separator has no other name.
        let name = cut.filter(|at| *at > 0).map_or(local, |at| &local[..at]);
        let name = name.trim_end_matches('.');
        Self(if spelling.dots_count {
            email.with_local(name)
        } else {
            email.with_local(&name.replace('.', ""))
        })
    }

    /// Returns the mailbox that a limit counts: dots make no second one, whatever they mean at the
    /// domain.
    #[must_use]
    pub fn counted(email: &EmailAddress) -> Self {
        let spelling = Spelling {
            dots_count: false,
            ..Spelling::default()
        };
        Self::of(email, &spelling)
    }

    /// The plainest address that reaches it.
    #[must_use]
    pub fn plain(&self) -> &EmailAddress {
        &self.0
    }
}

/// Returns `true` if an address is a name and nothing else. A sub-address, and the signs by which
/// old mail systems route (`user%host`, `host!user`), make any number of addresses of one mailbox.
#[must_use]
pub fn is_plain(email: &EmailAddress, spelling: &Spelling) -> bool {
    let in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '\'');
    let mut local = email.local_part().chars();
    local.all(|c| in_name(c) && !spelling.separates(c))
}

/// The standing of a mailbox that an organisation knows under another spelling of its address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MailboxStanding {
    /// The mailbox holds a seat, held one that came to nothing, or waits for one.
    Seat,
    /// It had access, and left.
    Left,
}

impl MailboxStanding {
    /// Returns the standing that a membership gives to its mailbox. A closed invitation gives none.
    #[must_use]
    pub fn by(membership: &Membership) -> Option<Self> {
        match membership.state {
            State::Proposed { .. } | State::Closed { .. } if membership.leaves_trace() => {
                Some(Self::Left)
            }
            State::Proposed { .. }
            | State::Invited { .. }
            | State::Active
            | State::Warned { .. } => Some(Self::Seat),
            State::OffBoarded { .. } => Some(Self::Left),
            State::Closed { .. } => None,
        }
    }

    /// Returns the standing of a mailbox by all that is known of its other spellings: the
    /// membership under the plain one, the trace that the plain one left, and the mark of the rest.
    #[must_use]
    pub fn known(plain: Option<&Membership>, plain_left: bool, mark: Option<Self>) -> Option<Self> {
        plain
            .and_then(Self::by)
            .or_else(|| plain_left.then_some(Self::Left))
            .or(mark)
    }
}

/// The record that an organisation keeps of a mailbox of which another spelling than the plain one
/// came or went. It lets the other spellings be recognised.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// The organisation.
    pub org: OrgId,
    /// The mailbox.
    pub mailbox: Mailbox,
    /// The standing of the mailbox.
    pub stands: MailboxStanding,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;
    use proptest::prelude::*;

    fn email(text: &str) -> EmailAddress {
        text.parse().unwrap()
    }

    fn without_dots(separators: &str) -> Spelling {
        Spelling {
            separators: separators.chars().collect(),
            dots_count: false,
        }
    }

    #[test]
    fn a_sub_address_is_cut_and_dots_go_where_they_do_not_count() {
        for (address, plain, dotless) in [
            (
                "Amir@acme.example",
                "amir@acme.example",
                "amir@acme.example",
            ),
            (
                "amir+1@acme.example",
                "amir@acme.example",
                "amir@acme.example",
            ),
            (
                "a.mir+x+y@acme.example",
                "a.mir@acme.example",
                "amir@acme.example",
            ),
            (
                "amir.+x@acme.example",
                "amir@acme.example",
                "amir@acme.example",
            ),
            (
                "+amir@acme.example",
                "+amir@acme.example",
                "+amir@acme.example",
            ),
            (
                "amir-x@acme.example",
                "amir-x@acme.example",
                "amir@acme.example",
            ),
            (
                "a%b.test@acme.example",
                "a%b.test@acme.example",
                "a%btest@acme.example",
            ),
        ] {
            let address = email(address);
            let everywhere = Mailbox::of(&address, &Spelling::default());
            assert_eq!(everywhere.plain().as_str(), plain);
            let here = Mailbox::of(&address, &without_dots("-"));
            assert_eq!(here.plain().as_str(), dotless);
        }
    }

    #[test]
    fn a_plain_address_is_a_name_and_nothing_else() {
        let usual = Spelling::default();
        for plain in ["amir@acme.example", "mary-ann.o'neil_2@acme.example"] {
            assert!(is_plain(&email(plain), &usual), "{plain}");
        }
        for odd in [
            "a+@acme.example",
            "a%b@acme.example",
            "b!a@acme.example",
            "a=b@acme.example",
        ] {
            assert!(!is_plain(&email(odd), &usual), "{odd}");
        }
        assert!(!is_plain(
            &email("mary-ann@acme.example"),
            &without_dots("-")
        ));
    }

    proptest! {
        #[test]
        fn the_plain_address_is_one_and_has_no_plainer_one(
            local in "[a-z%!=+-]{1,5}(\\.[a-z+-]{1,5}){0,3}",
            separators in "[-=]{0,2}",
            dots_count: bool,
        ) {
            let spelling = Spelling { dots_count, ..without_dots(&separators) };
            let address = email(&format!("{local}@acme.example"));
            let mailbox = Mailbox::of(&address, &spelling);
            prop_assert_eq!(&email(mailbox.plain().as_str()), mailbox.plain());
            prop_assert_eq!(&Mailbox::of(mailbox.plain(), &spelling), &mailbox);
        }
    }
}
