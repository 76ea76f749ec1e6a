//! Each rule of the business, one decision at a time.

mod access_until;
mod answers;
mod approvals;
mod early;
mod ended_links;
mod exemptions;
mod hand_over;
mod inactivity;
mod invitation_timers;
mod invitations;
mod limits;
mod lists;
mod mail_choices;
mod notices;
mod offboarding;
mod profile;
mod raising;
mod reach;
mod requester;
mod requests;
mod reviews;
mod roster;
mod runs;
mod updates;
mod vacancy;
mod who_gets;
