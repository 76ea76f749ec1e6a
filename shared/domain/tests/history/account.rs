//! The audit entries that a commit owes, found from the tables before and after it alone.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Action, Change, Customer, Days, Membership, Organization, Outcome, Request, Timestamp,
    membership::{ClosedReason, State},
    request::{Category, Part, Record, Viewer, ViewerId},
    sweep::RunState,
};

use super::store::Tables;

/// The number of times that each action is owed, by its subject.
pub type Account = BTreeMap<(Action, String), usize>;

/// The entries that an outcome brings.
pub fn given(outcome: &Outcome) -> Account {
    let mut account = Account::new();
    for entry in &outcome.audit {
        let subject = match &entry.subject {
            domain::Subject::Person(email) => {
                let org = entry.org.as_ref().map_or("", |org| org.as_str());
                format!("{email} {org}")
            }
            domain::Subject::Request(id) => id.to_string(),
            domain::Subject::Run(id) => id.to_string(),
            domain::Subject::Organization(id) => id.to_string(),
        };
        *account.entry((entry.action, subject)).or_default() += 1;
    }
    account
}

/// The entries that its changes owe.
pub fn owed(outcome: &Outcome, before: &Tables, after: &Tables, now: Timestamp) -> Account {
    let mut owed = Account::new();
    let mut owe = |action, subject: &str| {
        *owed.entry((action, subject.to_owned())).or_default() += 1;
    };
    let forgets = outcome
        .changes
        .iter()
        .any(|change| matches!(change, Change::Forget { .. }));
    let mut shared = BTreeSet::new();
    for change in &outcome.changes {
        match change {
            Change::Membership(membership) => {
                let key = (membership.org.clone(), membership.email.clone());
                let subject = format!("{} {}", membership.email, membership.org);
                let (was, is) = (before.memberships.get(&key), &after.memberships[&key]);
                for action in of_membership(was, is, now) {
                    owe(action, &subject);
                }
            }
            Change::Forget { membership, .. } => owe(
                Action::RecordReduced,
                &format!("{} {}", membership.email, membership.org),
            ),
            Change::Customer(customer) => {
                let was = before.customers.get(&customer.email);
                for action in of_customer(was, &after.customers[&customer.email], forgets) {
                    owe(action, &format!("{} ", customer.email));
                }
            }
            Change::Request(request) => {
                let was = match before.requests.get(&request.id) {
                    Some(Record::Known(was)) => Some(&**was),
                    Some(Record::Awaited(_) | Record::Alias(_)) | None => None,
                };
                for action in of_request(was, request) {
                    owe(action, &request.id.to_string());
                }
            }
            Change::Comment(comment) => owe(Action::RequestCommented, &comment.request.to_string()),
            Change::Viewer(viewer) => {
                let was = before
                    .viewers
                    .get(&(viewer.request.clone(), viewer.who.clone()));
                if lets_in(was, viewer) && before_known(before, viewer) {
                    shared.insert(viewer.request.to_string());
                }
                if let (Some(was), ViewerId::Person(email)) = (was, &viewer.who)
                    && was.subscribed != viewer.subscribed
                {
                    let action = if viewer.subscribed {
                        Action::MailResumed
                    } else {
                        Action::MailStopped
                    };
                    owe(action, &format!("{email} "));
                }
            }
            Change::Alias(alias) => owe(Action::RequestMoved, &alias.of.to_string()),
            Change::Awaited(awaited) => owe(Action::UpdateKept, &awaited.id.to_string()),
            Change::AbandonAwaited(awaited) => {
                owe(Action::UpdateAbandoned, &awaited.id.to_string());
            }
            Change::Run(run) => {
                let was = before.runs.get(&run.id).map(|run| &run.state);
                match &run.state {
                    state if Some(state) == was => {}
                    RunState::Held => owe(Action::SweepHeld, &run.id.to_string()),
                    RunState::Released { .. } => owe(Action::SweepReleased, &run.id.to_string()),
                    RunState::Running | RunState::Finished { .. } => {}
                }
            }
            // Seats, leads and counts follow from memberships.
            Change::Organization(org) => {
                let told = |org: &Organization| org.vacancy.and_then(|v| v.told_at).is_some();
                let (was, is) = (told(&before.orgs[&org.id]), told(org));
                let subject = org.id.to_string();
                match (was, is) {
                    (false, true) => owe(Action::OrganizationVacant, &subject),
                    (true, false) => owe(Action::VacancyEnded, &subject),
                    (true, true) | (false, false) => {}
                }
            }
            // A leaver's view follows from the hand-over.
            Change::CustomerUnchanged { .. }
            | Change::RemoveViewer(_)
            // What is not confirmed counts for nothing.
            | Change::Draft(_)
            | Change::DropDraft(_)
            // Whose an account elsewhere is says nothing about anybody's access.
            | Change::Account(_)
            | Change::ForgetAccount(_) => {}
        }
    }
    for request in &shared {
        owe(Action::RequestShared, request);
    }
    owed
}

fn before_known(before: &Tables, viewer: &Viewer) -> bool {
    matches!(before.requests.get(&viewer.request), Some(Record::Known(_)))
}

/// Returns `true` if somebody takes part who did not before, or an organisation sees the request
/// that did not before. Reporters and approvers come with other actions.
fn lets_in(was: Option<&Viewer>, is: &Viewer) -> bool {
    let participates = |viewer: &Viewer| viewer.parts.contains(&Part::Participant);
    match &is.who {
        ViewerId::Organization(_) => was.is_none(),
        ViewerId::Person(_) => participates(is) && !was.is_some_and(participates),
    }
}

fn of_membership(was: Option<&Membership>, is: &Membership, now: Timestamp) -> Vec<Action> {
    let mut actions: Vec<Action> = of_state(was, is, now).into_iter().collect();
    let Some(was) = was else { return actions };
    if actions == [Action::MemberInvited] {
        // Invited anew on new terms: all of it is one change.
        return actions;
    }
    // Access has one end, whichever of the two dates it is.
    if was.holds_seat() && is.holds_seat() {
        if was.leaving != is.leaving {
            actions.push(match is.leaving {
                Some(_) => Action::OffboardingScheduled,
                None => Action::OffboardingCancelled,
            });
        } else if was.access_until != is.access_until {
            actions.push(Action::AccessExtended);
        }
    }
    if was.state.stage().has_access() && is.state.stage().has_access() {
        if was.ends_at() == is.ends_at()
            && was.access_reminded != is.access_reminded
            && is.access_reminded != Some(Days(0))
        {
            actions.push(Action::MemberReminded);
        }
        if was.role != is.role {
            actions.push(Action::RoleChanged);
        }
        if was.exempt != is.exempt {
            actions.push(Action::ExemptionChanged);
        }
    }
    actions
}

fn of_state(was: Option<&Membership>, is: &Membership, now: Timestamp) -> Option<Action> {
    // An invitation or question that is over is begun anew; the dates of its terms end it, too.
    let over = was.is_some_and(|was| {
        was.access_until.is_some_and(|until| until <= now)
            || was
                .leaving
                .as_ref()
                .is_some_and(|leaving| leaving.at <= now)
    });
    let lapsed = |until: &Timestamp| *until <= now || over;
    match (was.map(|m| &m.state), &is.state) {
        (Some(State::Proposed { expires_at, .. }), State::Proposed { .. })
            if !lapsed(expires_at) =>
        {
            None
        }
        (_, State::Proposed { .. }) => Some(Action::ExceptionAsked),
        (
            Some(State::Invited {
                expires_at,
                reminded,
                ..
            }),
            State::Invited {
                reminded: is_reminded,
                ..
            },
        ) => {
            let was = was.expect("there was an invitation");
            if was.since == is.since {
                (reminded != is_reminded).then_some(Action::InvitationReminded)
            } else if lapsed(expires_at) {
                Some(Action::MemberInvited)
            } else {
                Some(Action::InvitationResent)
            }
        }
        (_, State::Invited { .. }) => Some(Action::MemberInvited),
        (Some(State::Invited { .. }), State::Active) => Some(Action::InvitationAccepted),
        (Some(State::OffBoarded { .. }), State::Active) => Some(Action::MemberRestored),
        (Some(State::Warned { .. }), State::Active) => Some(Action::MemberKept),
        (Some(State::Active), State::Active) => {
            let was = was?;
            let is_kept = was.kept_at != is.kept_at || was.confirmed_at != is.confirmed_at;
            is_kept.then_some(Action::MemberKept)
        }
        (Some(State::Proposed { .. }), State::Active) => panic!("nobody jumps the queue"),
        (Some(State::Closed { .. }) | None, State::Active) => Some(match is.role {
            domain::Role::Member => Action::MemberJoined,
            domain::Role::Lead => Action::LeadAppointed,
        }),
        (
            Some(State::Warned { at, reminded, .. }),
            State::Warned {
                at: is_at,
                reminded: is_reminded,
                ..
            },
        ) => {
            if at == is_at {
                (reminded != is_reminded).then_some(Action::MemberReminded)
            } else {
                Some(Action::MemberWarned)
            }
        }
        (_, State::Warned { .. }) => Some(Action::MemberWarned),
        (Some(State::OffBoarded { .. }), State::OffBoarded { .. })
        | (Some(State::Closed { .. }), State::Closed { .. }) => None,
        (_, State::OffBoarded { .. }) => Some(Action::MemberOffboarded),
        (_, State::Closed { why }) => Some(match why {
            ClosedReason::Declined => Action::InvitationDeclined,
            ClosedReason::Withdrawn => Action::InvitationWithdrawn,
            ClosedReason::Expired => Action::InvitationExpired,
            ClosedReason::Refused => Action::ExceptionRefused,
        }),
    }
}

/// Activity and names are notes; a record that is reduced passes its epoch on.
fn of_customer(was: Option<&Customer>, is: &Customer, forgets: bool) -> Vec<Action> {
    let Some(was) = was else { return Vec::new() };
    let mut actions = Vec::new();
    if was.muted != is.muted {
        actions.push(if is.muted {
            Action::MailStopped
        } else {
            Action::MailResumed
        });
    }
    if was.deliverability != is.deliverability {
        actions.push(match is.deliverability.stopped() {
            Some(_) => Action::AddressSuppressed,
            None => Action::SuppressionLifted,
        });
    }
    if was.epoch != is.epoch && !forgets {
        actions.push(Action::LinksEnded);
    }
    actions
}

fn of_request(was: Option<&Request>, is: &Request) -> Vec<Action> {
    let mut actions = Vec::new();
    let known = was.map_or(1, |was| was.history.len());
    match was {
        None => actions.push(Action::RequestCreated),
        Some(was) if was.reporter != is.reporter => actions.push(Action::RequestHandedOver),
        Some(_) => {}
    }
    let new = &is.history[known..];
    actions.extend(new.iter().map(|line| match line.to.category {
        _ if line.late => Action::LateStatusNoted,
        Category::Done => Action::RequestClosed,
        Category::New | Category::InProgress | Category::WaitingForCustomer => {
            Action::RequestTransitioned
        }
    }));
    let resolved = was.map_or(is.resolution.is_some(), |was| {
        was.resolution != is.resolution
    });
    if resolved && new.iter().all(|line| line.late) {
        actions.push(Action::RequestClosed);
    }
    for (id, approval) in &is.approvals {
        let earlier = was.and_then(|was| was.approvals.get(id));
        if earlier.map_or(0, |a| a.approvers.len()) != approval.approvers.len() {
            actions.push(Action::ApprovalRequested);
        }
        let answered = approval.answers.len() - earlier.map_or(0, |a| a.answers.len());
        actions.extend(std::iter::repeat_n(Action::ApprovalAnswered, answered));
    }
    actions
}
