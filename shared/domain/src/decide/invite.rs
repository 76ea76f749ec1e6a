//! Inviting one person into one organisation. A list is invited row by row.

use jiff::Timestamp;

use super::{due::schedule, entry::about_member};
use crate::{
    Action, Actor, Change, Code, EmailAddress, Mail, Membership, Message, Occasion, Organization,
    Outcome, Refusal, Role,
    audit::Rule,
    called,
    desk::Desk,
    membership::{Beginning, State},
    message::AskedTerms,
    outcome::RowOutcome,
    policy::OutsideDomain,
    text::{Name, Note},
};

/// The state that an invitation is decided on.
#[derive(Debug, Clone)]
pub struct InviteState {
    /// The organisation.
    pub org: Organization,
    /// The desk that serves it, when it is known: its administrators decide exceptions.
    pub desk: Option<Desk>,
    /// The person's membership, if there is one.
    pub membership: Option<Membership>,
    /// `true` if a trace says that they left, though their membership is forgotten.
    pub left: bool,
    /// The inviter's name, when it is known. Administrators read it beside the address.
    pub inviter: Option<Name>,
}

/// The terms on which somebody is invited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The role that they will have.
    pub role: Role,
    /// Their name.
    pub name: Option<Name>,
    /// The instant at which access ends.
    pub access_until: Option<Timestamp>,
    /// The note of the inviter.
    pub note: Option<Note>,
}

/// The result of one invitation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// The outcome to commit, empty when nothing changes.
    pub outcome: Outcome,
    /// The result that the report shows.
    pub row: RowOutcome,
    /// The rule that refuses the row, when one does.
    pub code: Option<Code>,
}

impl Invited {
    /// A row that a rule refuses.
    #[must_use]
    pub fn refused(code: Code) -> Self {
        Self::unchanged(RowOutcome::Refused, Some(code))
    }

    fn unchanged(row: RowOutcome, code: Option<Code>) -> Self {
        Self {
            outcome: Outcome::default(),
            row,
            code,
        }
    }
}

/// An invitation with its terms and its occasion.
struct Invitation<'a> {
    email: &'a EmailAddress,
    terms: &'a Terms,
    left: bool,
    occasion: &'a Occasion,
}

/// Invites one person. Somebody who left comes back this way alone.
///
/// An earlier invitation or question whose time has run out is replaced, also before the sweep has
/// closed it.
#[must_use]
pub fn invite(
    state: InviteState,
    email: &EmailAddress,
    terms: &Terms,
    occasion: &Occasion,
) -> Invited {
    let now = occasion.now;
    let InviteState {
        mut org,
        desk,
        membership,
        left,
        inviter,
    } = state;
    if let Some((row, code)) = membership.as_ref().and_then(|known| stands(known, now)) {
        return Invited::unchanged(row, code);
    }
    let refused = Invited::refused;
    if terms.access_until.is_some_and(|until| until <= now) {
        return refused(Code::DateInThePast);
    }
    let asked = match org.policy.outside_domain {
        OutsideDomain::Ask => desk.filter(|desk| !desk.administrators.is_empty()),
        OutsideDomain::Refuse => None,
    };
    let outside = !org.allows(email);
    if outside && asked.is_none() {
        return refused(Code::DomainNotAllowed);
    }
    if org.invitations_left(now) == 0 {
        return refused(Code::DailyLimitReached);
    }
    if membership.as_ref().is_some_and(Membership::holds_seat) {
        org.free_seat();
    }
    // Of a list's names, those are kept that can be people's.
    let terms = &Terms {
        name: called::personal(terms.name.clone(), asked.as_ref(), Some(&org.name)),
        ..terms.clone()
    };
    let invitation = Invitation {
        email,
        terms,
        left,
        occasion,
    };
    if let Some(desk) = asked.filter(|_| outside) {
        return Invited {
            outcome: propose(org, (&desk, inviter), membership, &invitation),
            row: RowOutcome::Refused,
            code: Some(Code::AwaitingApproval),
        };
    }
    if !org.has_free_seat() {
        return refused(Code::SeatCapReached);
    }
    let state = invited(&org, terms.note.clone(), now);
    let membership = invitation.membership(&org, membership, state);
    let reason = "invited within the limits of the organisation";
    Invited {
        outcome: send(org, membership, reason, occasion),
        row: RowOutcome::Invited,
        code: None,
    }
}

/// Returns the result for somebody who needs no invitation; `None` when they can be invited.
fn stands(known: &Membership, now: Timestamp) -> Option<(RowOutcome, Option<Code>)> {
    match &known.state {
        State::Active | State::Warned { .. } => Some((RowOutcome::AlreadyMember, None)),
        State::Invited { .. } => known
            .awaits_answer(now)
            .then_some((RowOutcome::AlreadyMember, None)),
        State::Proposed { .. } => known
            .awaits_answer(now)
            .then_some((RowOutcome::Refused, Some(Code::AwaitingApproval))),
        State::OffBoarded { .. } | State::Closed { .. } => None,
    }
}

/// The state of somebody invited at `now`.
fn invited(org: &Organization, note: Option<Note>, now: Timestamp) -> State {
    State::Invited {
        note,
        expires_at: org.policy.invitation.valid_days.after(now),
        reminded: false,
    }
}

impl Invitation<'_> {
    /// Returns the membership that begins, in the place of an earlier one.
    fn membership(
        &self,
        org: &Organization,
        known: Option<Membership>,
        state: State,
    ) -> Membership {
        Membership::begin(Beginning {
            org: &org.id,
            email: self.email,
            name: self.terms.name.clone(),
            role: self.terms.role,
            state,
            by: self.occasion.proof.actor.clone(),
            access_until: self.terms.access_until,
            known,
            left: self.left,
            now: self.occasion.now,
        })
    }
}

/// Takes the seat and sends the invitation. The caller has checked every limit.
fn send(
    mut org: Organization,
    mut membership: Membership,
    reason: &str,
    occasion: &Occasion,
) -> Outcome {
    org.take_seat();
    org.count_invitation(occasion.now);
    schedule(&mut membership, &org.policy, None);
    let entry = about_member(&membership, Action::MemberInvited, reason, occasion);
    Outcome::default()
        .note(entry)
        .tell(invitation_mail(&org, &membership, false))
        .change(Change::Organization(org))
        .change(Change::Membership(membership))
}

/// The mail to an invitee. `reminder` is `true` for the one that follows when there was no answer.
pub(super) fn invitation_mail(
    org: &Organization,
    membership: &Membership,
    reminder: bool,
) -> Message {
    let (note, expires_at) = match &membership.state {
        State::Invited {
            note, expires_at, ..
        } => (note.clone(), *expires_at),
        State::Proposed { .. }
        | State::Active
        | State::Warned { .. }
        | State::OffBoarded { .. }
        | State::Closed { .. } => (None, membership.since),
    };
    let mail = Mail::Invitation {
        org_name: org.name.clone(),
        inviter: inviter(&membership.invited_by),
        role: membership.role,
        note,
        expires_at,
        access_until: membership.access_until,
        reminder,
    };
    Message::to_member(org, &membership.email, mail)
}

/// Returns the inviter as a mail names them; `None` when a system invites.
fn inviter(actor: &Actor) -> Option<String> {
    match actor {
        Actor::Person(email) => Some(email.to_string()),
        Actor::Source(_) | Actor::Sweep | Actor::MailFeedback | Actor::Desk | Actor::Operator => {
            None
        }
    }
}

/// Asks the administrators. No seat is taken until they allow it.
fn propose(
    mut org: Organization,
    (desk, name): (&Desk, Option<Name>),
    known: Option<Membership>,
    invitation: &Invitation<'_>,
) -> Outcome {
    let (occasion, now) = (invitation.occasion, invitation.occasion.now);
    let expires_at = org.policy.invitation.valid_days.after(now);
    let state = State::Proposed {
        note: invitation.terms.note.clone(),
        expires_at,
    };
    let mut membership = invitation.membership(&org, known, state);
    schedule(&mut membership, &org.policy, None);
    // A question to the administrators counts against the day's limit, too: they are people.
    org.count_invitation(now);
    let mail = Mail::ExceptionAsked {
        org_name: org.name.clone(),
        invitee: membership.email.clone(),
        inviter: inviter(&occasion.proof.actor).map(|address| match name {
            Some(name) => format!("{name} <{address}>"),
            None => address,
        }),
        expires_at,
        terms: Some(AskedTerms {
            role: membership.role,
            name: membership.name.clone(),
            access_until: membership.access_until,
            note: invitation.terms.note.clone(),
            seats_used: org.seats_used,
            seat_cap: org.policy.seat_cap,
        }),
    };
    let reason = Rule::AddressOutside;
    let entry = about_member(&membership, Action::ExceptionAsked, &reason, occasion);
    Outcome::default()
        .note(entry)
        .tell_all(Message::to_people(&org, &desk.administrators, mail))
        .change(Change::Organization(org))
        .change(Change::Membership(membership))
}

/// Sends an invitation that an administrator allowed. The seat cap still holds.
pub(super) fn send_allowed(
    org: Organization,
    mut membership: Membership,
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    let now = occasion.now;
    let State::Proposed { note, .. } = &membership.state else {
        return Err(Refusal::new(
            Code::NotPossibleNow,
            "this invitation waits for nobody any more",
        ));
    };
    if !org.has_free_seat() {
        return Err(Refusal::of(Code::SeatCapReached));
    }
    membership.state = invited(&org, note.clone(), now);
    membership.since = now;
    let reason = Rule::ExceptionAllowed.to_string();
    Ok(send(org, membership, &reason, occasion))
}
