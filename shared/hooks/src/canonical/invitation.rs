//! `customer.invited`: a list whose rows are judged one by one.

use domain::event::{CustomerInvited, EventData, Invitee};
use domain::membership::Role;
use domain::text::Name;
use serde_json::Value;

use super::node::Node;
use super::{CanonicalError, MAX_INVITEES};

pub(super) fn invited(data: &Node<'_>) -> Result<EventData, CanonicalError> {
    let list = data.get("invitees");
    let rows = list.items(MAX_INVITEES)?;
    if rows.is_empty() {
        return Err(list.wrong("must have 1 to 1000 rows"));
    }
    Ok(EventData::CustomerInvited(CustomerInvited {
        org: data.get("organization").parse()?,
        invitees: rows.iter().map(invitee).collect::<Result<_, _>>()?,
        invited_by: data.get("invited_by").if_there(Node::parse)?,
        access_until: data.get("access_until").if_there(Node::instant)?,
        note: data.get("message").if_there(Node::parse)?,
    }))
}

/// Reads one row. Any value for the address is kept for the report: people write these lists, and
/// one slip must not send hundreds of rows back. A program writes the role, so a wrong role is an
/// error. Without a role the row invites a member, the least role.
fn invitee(row: &Node<'_>) -> Result<Invitee, CanonicalError> {
    row.object()?;
    let raw = match row.get("email").value() {
        None => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    // A name that no mail could carry is dropped. The person is still invited.
    let name = row
        .get("name")
        .value()
        .and_then(Value::as_str)
        .and_then(|name| Name::new(name).ok());
    let role = row
        .get("role")
        .if_there(|role| role.one_of(&[("member", Role::Member), ("lead", Role::Lead)]))?;
    Ok(Invitee::new(&raw, name, role.unwrap_or(Role::Member)))
}
