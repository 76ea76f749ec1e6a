//! The custom fields of the service desk itself.

/// The organisations of a request.
pub const ORGANIZATIONS: &str = "customfield_10002";
/// The request type and the portal of a request.
pub const REQUEST_TYPE: &str = "customfield_10010";
/// The participants of a request.
pub const PARTICIPANTS: &str = "customfield_10034";

/// The id of such a field by its name.
pub(crate) fn id_of(name: &str) -> &'static str {
    match name {
        "Organizations" => ORGANIZATIONS,
        "Request participants" => PARTICIPANTS,
        _ => REQUEST_TYPE,
    }
}
