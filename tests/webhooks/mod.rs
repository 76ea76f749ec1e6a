//! The promises to senders of webhooks, told from outside to the whole bundle.

mod answers;
mod comments;
mod costs;
mod duplicates;
mod events;
mod faults;
mod histories;
mod invitations;
mod jira;
mod moves;
mod order;
mod problems;
mod refusals;
mod rotation;
mod senders;
mod signatures;
mod unread;
