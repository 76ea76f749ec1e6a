//! The side of service desks elsewhere: work to do there, links to accounts, counterparts of
//! organisations, a desk's token and its pause.

mod counterpart;
mod link;
mod pause;
mod token;
mod work;

pub use counterpart::Found;
pub use link::{DeskLink, LinkState};
pub use pause::{Pause, PauseReason};
pub use token::DeskToken;
pub use work::{Asked, WorkId, WorkItem};
pub(crate) use work::{each_look_once, new_item};
