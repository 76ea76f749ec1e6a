//! The calls, one method each.

pub(crate) mod customers;
pub(crate) mod issues;
pub(crate) mod organizations;
pub(crate) mod requests;
pub(crate) mod sites;

/// The path below which Jira Service Management's own API lies.
const DESK: &str = "/rest/servicedeskapi";
/// The path below which the platform's API lies.
const PLATFORM: &str = "/rest/api/3";
