//! The marks of mailboxes: the standing of spellings other than the plain one in an organisation.
//! Like the trace of a leaver, a mark holds no address, and it stays.

use domain::mailbox::{MailboxStanding, Mark};

use crate::{
    Store, StoreError,
    item::{self, Item},
    keys::Key,
    tables::Table,
    transaction::{Condition, Write},
};

const STANDS: &str = "stands";
const SEAT: &str = "seat";
const LEFT: &str = "left";

pub(crate) fn write(store: &Store, mark: &Mark) -> Write {
    let key = Key::mark(&mark.org, &store.pseudonym(mark.mailbox.plain()));
    let mut item = key.attributes();
    item.insert(item::VERSION.to_owned(), item::number(1));
    let stands = match mark.stands {
        MailboxStanding::Seat => SEAT,
        MailboxStanding::Left => LEFT,
    };
    item::set(&mut item, STANDS, stands.to_owned());
    // The last write counts. Seats are taken and freed under the organisation's version.
    Write::put(
        Table::Directory,
        "mark of a mailbox",
        item,
        Condition::Nothing,
    )
}

pub(crate) fn decode(item: &Item) -> Result<MailboxStanding, StoreError> {
    let stands = item.get(STANDS).and_then(|stands| stands.as_s().ok());
    match stands.map(String::as_str) {
        Some(SEAT) => Ok(MailboxStanding::Seat),
        Some(LEFT) => Ok(MailboxStanding::Left),
        _ => Err(StoreError::Misshapen {
            what: "mark of a mailbox",
        }),
    }
}
