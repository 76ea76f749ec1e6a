//! `customer.invited`: a list whose rows stand or fall alone.

use domain::event::{CustomerInvited, Invitee, What};
use domain::membership::Role;
use domain::text::Name;
use serde_json::Value;

use super::node::Node;
use super::{CanonicalError, MAX_INVITEES};

pub(super) fn invited(data: &Node<'_>) -> Result<What, CanonicalError> {
    let list = data.get("invitees");
    let rows = list.items(MAX_INVITEES)?;
    if rows.is_empty() {
        return Err(list.wrong("must have 1 to 1000 rows"));
    }
    Ok(What::CustomerInvited(CustomerInvited {
        org: data.get("organization").parse()?,
        invitees: rows.iter().map(invitee).collect::<Result<_, _>>()?,
        invited_by: data.get("invited_by").if_there(Node::parse)?,
        access_until: data.get("access_until").if_there(Node::instant)?,
        note: data.get("message").if_there(Node::parse)?,
    }))
}

/// One row. Whatever stands for the address is kept for the report: a list of hundreds comes from
/// people, and one slip must not send all of it back. A role is written by a program, so a wrong
/// one is the program's mistake; without one, the row invites a member, which is the least.
fn invitee(row: &Node<'_>) -> Result<Invitee, CanonicalError> {
    row.object()?;
    let raw = match row.get("email").value() {
        None => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    // A name that no mail could carry is left away rather than held against its bearer.
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
