//! A list of people to invite, judged before anybody is.

use std::collections::BTreeMap;

use domain::{
    Code, DomainName, Membership, Organization, Role,
    decide::{ListState, Terms, judge_list},
    event::Invitee,
    link::Purpose,
    membership::State,
    outcome::RowOutcome,
};

use crate::world;

fn judge(
    org: Organization,
    members: &[Membership],
    rows: &[&str],
) -> Vec<(RowOutcome, Option<Code>)> {
    let memberships: BTreeMap<_, _> = members
        .iter()
        .map(|m| (m.email.clone(), m.clone()))
        .collect();
    let state = ListState {
        org,
        desk: None,
        memberships,
    };
    let invitees: Vec<_> = rows
        .iter()
        .map(|row| Invitee::new(row, None, Role::Member))
        .collect();
    let terms = |invitee: &Invitee| Terms {
        role: invitee.role,
        name: invitee.name.clone(),
        access_until: None,
        note: None,
    };
    let proof = world::posted(&world::lena(), Purpose::LeadConsole);
    let judged = judge_list(state, &invitees, terms, &proof.at(world::start()));
    assert!(
        judged
            .iter()
            .zip(rows)
            .all(|(row, typed)| row.email == **typed)
    );
    judged
        .into_iter()
        .map(|row| (row.outcome, row.code))
        .collect()
}

const INVITED: (RowOutcome, Option<Code>) = (RowOutcome::Invited, None);

fn refused(code: Code) -> (RowOutcome, Option<Code>) {
    (RowOutcome::Refused, Some(code))
}

#[test]
fn every_row_is_judged_alone() {
    let mut org = world::acme();
    org.policy.allowed_domains = ["acme.example".parse::<DomainName>().unwrap()].into();
    let rows = [
        "pia@acme.example",
        "PIA@acme.example",
        "pia at acme",
        "zoe@elsewhere.test",
        "ann@acme.example",
    ];
    assert_eq!(
        judge(org, &[world::member(&world::ann())], &rows),
        [
            INVITED,
            refused(Code::Duplicate),
            refused(Code::InvalidEmail),
            refused(Code::DomainNotAllowed),
            (RowOutcome::AlreadyMember, None),
        ]
    );
}

#[test]
fn seats_and_the_days_invitations_run_out_on_the_way() {
    let rows = ["p@acme.example", "q@acme.example", "r@acme.example"];
    let mut full = world::acme();
    full.policy.seat_cap = full.seats_used + 2;
    assert_eq!(
        judge(full.clone(), &[], &rows),
        [INVITED, INVITED, refused(Code::SeatCapReached)]
    );
    let mut spent = world::acme();
    spent.policy.invite_daily_limit = 1;
    let limited = refused(Code::DailyLimitReached);
    assert_eq!(judge(spent, &[], &rows), [INVITED, limited, limited]);
    // A lapsed invitation that is renewed gives its own seat back first.
    let lapsed = Membership {
        state: State::Invited {
            note: None,
            expires_at: world::start(),
            reminded: true,
        },
        ..world::invited(&world::email("r@acme.example"))
    };
    full.policy.seat_cap = full.seats_used;
    assert_eq!(
        judge(full, &[lapsed], &["r@acme.example", "q@acme.example"]),
        [INVITED, refused(Code::SeatCapReached)]
    );
}
