//! The standing of a mailbox in an organisation under other spellings of its address.

use domain::{EmailAddress, Mailbox, Organization, mailbox::MailboxStanding, policy::Spelling};
use store::{Loaded, Store, Wanted};

use crate::AppError;

/// The standing of a mailbox in an organisation under other spellings, given what was loaded with
/// `Wanted::left`. The organisation decides which addresses are one mailbox, and it is only known
/// after the read. If its policy differs from the general rule for this address, one more read
/// follows.
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
