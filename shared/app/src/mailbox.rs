//! How somebody's mailbox stands to an organisation under other spellings of their address.

use domain::{EmailAddress, Mailbox, Organization, mailbox::MailboxStanding, policy::Spelling};
use store::{Loaded, Store, Wanted};

use crate::AppError;

/// How a mailbox stands to an organisation under other spellings, given what was loaded with
/// `Wanted::left`. Which addresses are one mailbox is the organisation's to say, and only known once
/// it was read: where it says more than the rule that holds everywhere, and that makes a difference
/// for this address, this is one more read.
pub(crate) async fn other_spellings(
    store: &Store,
    loaded: &Loaded,
    org: &Organization,
    email: &EmailAddress,
) -> Result<Option<MailboxStanding>, AppError> {
    let everywhere = Mailbox::of(email, &Spelling::default());
    let here = Mailbox::of(email, &org.policy.spelling);
    let stands = loaded.other_spellings(&org.id, email, everywhere.clone());
    if here == everywhere {
        return Ok(stands);
    }
    let wanted = Wanted::new().other_spellings(&org.id, email, here.clone());
    let more = store.load(wanted).await?;
    Ok(more.other_spellings(&org.id, email, here).max(stands))
}
