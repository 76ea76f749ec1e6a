//! The rows of an invitation.

use super::*;

#[test]
fn a_malformed_row_stays_a_row() {
    let document = event(
        "customer.invited",
        json!({
            "organization": "acme",
            "invitees": [
                {"email": " Nia@Acme.example ", "name": "Nia\u{202e}"},
                {"email": "not an address", "role": "member"},
                {"role": "lead"},
                {"email": 7},
                {"email": "x".repeat(1000)},
            ],
        }),
    );
    let EventData::CustomerInvited(invited) = read(&document).unwrap().what else {
        panic!("another event")
    };
    let rows = invited.invitees;
    assert_eq!(rows[0].email.as_ref().unwrap().as_str(), "nia@acme.example");
    assert_eq!((&rows[0].name, rows[0].role), (&None, Role::Member));
    assert_eq!(rows[1].email, Err(InvalidEmail::Syntax));
    assert_eq!(rows[1].raw, "not an address");
    assert_eq!((rows[2].raw.as_str(), rows[2].role), ("", Role::Lead));
    assert_eq!(rows[3].raw, "7");
    assert_eq!(rows[4].raw.len(), 320);
}

#[test]
fn an_invitation_has_up_to_a_thousand_rows() {
    let list = |count: usize| {
        let rows: Vec<Value> = (0..count)
            .map(|n| json!({"email": format!("p{n}@acme.example"), "role": "member"}))
            .collect();
        event(
            "customer.invited",
            json!({"organization": "acme", "invitees": rows}),
        )
    };
    assert!(read(&list(1_000)).is_ok());
    assert_eq!(fault(&list(1_001)).1, "has more than 1000 elements");
    let mut program = list(2);
    program["data"]["invitees"][1]["role"] = json!("owner");
    assert_eq!(fault(&program).0, "/data/invitees/1/role");
    program["data"]["invitees"][1] = json!("p@acme.example");
    assert_eq!(fault(&program).0, "/data/invitees/1");
}
