//! Mails: what each says in text and HTML, which headers it carries, and how it reaches Amazon SES.
//!
//! [`render`] is pure: a [`Message`](domain::Message), a recipient and a [`Context`] in, an
//! [`Email`] out, the same bytes each time. [`Sender`] hands an email to SES and says what became of
//! it; [`Pace`] says when the next one may leave.
//!
//! This crate must not sign links, read or write a table, look at a clock, or decide who gets a
//! mail: all of that comes in from its caller.
//!
//! It cannot leak an internal comment, because no [`Mail`](domain::Mail) can hold one: what it says
//! of a comment has no place for "not public".
//!
//! ```compile_fail,E0559
//! # use domain::{Mail, message::AboutRequest, text::{Body, Name}};
//! # fn internal(request: AboutRequest, author: Name, body: Body) -> Mail {
//! Mail::RequestCommented { request, author, body, public: false }
//! # }
//! ```
//!
//! `letters.rs` says which parts each kind of mail has, `templates/` how a mail looks as text and as
//! HTML. Every word a reader sees stands in `shared/words/locales/<language>/`.

mod context;
mod email;
mod encoded;
mod header;
mod letter;
mod letters;
mod pace;
mod quote;
mod render;
mod send;
mod thread;

pub use context::{Console, Context, Links, People, Person, Reader, StopLinks};
pub use email::{Email, Mailbox};
pub use header::{Header, HeaderValue, InvalidHeader};
pub use pace::Pace;
pub use render::{MailError, render};
pub use send::{SendError, Sender, Sent, UnlistError};
