//! HTTP/1.1 over connections that are kept: the client below the AWS clients and below Jira's.
//!
//! It does what a function needs of one and no more, which makes a program smaller and an event
//! cheaper (`docs/adr/0018` has the figures): the APIs that are called speak HTTP/1.1, an answer is
//! read as a whole before anything is made of it, and who is reached are a handful of hosts.
//!
//! It must not know who is called, follow a redirect, or send a request twice that may have been
//! carried out.

mod pool;
mod tls;

pub use pool::{Connections, Error, Settings};
pub use tls::{TlsError, from_pem, over};
