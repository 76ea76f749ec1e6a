//! Approvals: people are asked, and answer.

use std::collections::{BTreeMap, BTreeSet};

use super::{draft::Draft, request_updated::let_people_in};
use crate::{
    Action, Code, Field, Mail, Occasion, Refusal,
    event::{ApprovalAnswered, ApprovalRequested},
    request::{Approval, ApprovalAnswer, Decision, MAX_SIZE, Part},
};

/// The most approvals that one request keeps.
const MAX_APPROVALS: usize = 50;

pub(super) fn approval_requested(
    draft: &mut Draft,
    event: &ApprovalRequested,
    occasion: &Occasion,
) -> Result<(), Refusal> {
    let id = &event.approval;
    if !draft.request.approvals.contains_key(id) && draft.request.approvals.len() >= MAX_APPROVALS {
        return Err(Refusal::limit(
            "a request keeps",
            MAX_APPROVALS,
            "approvals",
        ));
    }
    let approval = draft
        .request
        .approvals
        .entry(id.clone())
        .or_insert_with(|| Approval {
            approvers: BTreeSet::new(),
            due: event.due,
            answers: BTreeMap::new(),
        });
    let due = event.due.or(approval.due);
    let moved = approval.due != due;
    approval.due = due;
    let new: Vec<_> = event
        .approvers
        .iter()
        .filter(|email| approval.approvers.insert((*email).clone()))
        .cloned()
        .collect();
    if new.is_empty() && !moved {
        return Ok(());
    }
    draft.touch();
    check_size(draft)?;
    let_people_in(draft, &new, Part::Approver, occasion.now)?;
    let mail = Mail::ApprovalRequested {
        request: draft.about(),
        approval: id.clone(),
        reporter: draft.reporter(),
        due,
    };
    let reason = format!("{} more people are asked to approve", new.len());
    draft.tell(new, mail);
    draft.note(Action::ApprovalRequested, &reason, occasion);
    Ok(())
}

pub(super) fn approval_answered(
    draft: &mut Draft,
    event: &ApprovalAnswered,
    occasion: &Occasion,
) -> Result<(), Refusal> {
    let now = occasion.now;
    let approval = draft
        .request
        .approvals
        .get_mut(&event.approval)
        .filter(|approval| approval.approvers.contains(&event.by))
        .ok_or_else(|| {
            Refusal::new(
                Code::UnknownApproval,
                "the request has no such approval, or this person is not asked",
            )
            .at(Field::Approval)
        })?;
    if let Some(answer) = approval.answers.get(&event.by) {
        if answer.decision == event.decision {
            return Ok(());
        }
        return Err(Refusal::new(
            Code::NotPossibleNow,
            "this approver has answered otherwise already",
        ));
    }
    approval.answers.insert(
        event.by.clone(),
        ApprovalAnswer {
            decision: event.decision,
            reason: event.reason.clone(),
            at: now,
        },
    );
    draft.touch();
    check_size(draft)?;
    draft.note_activity(&event.by, None, now);
    let reporter = draft.request.reporter.clone();
    if reporter != event.by && draft.subscribers(None).contains(&reporter) {
        let mail = Mail::ApprovalAnswered {
            request: draft.about(),
            by: event.by.clone(),
            decision: event.decision,
            reason: event.reason.clone(),
        };
        draft.tell(vec![reporter], mail);
    }
    let reason = match event.decision {
        Decision::Approved => "the approver said yes",
        Decision::Declined => "the approver said no",
    };
    draft.note(Action::ApprovalAnswered, reason, occasion);
    Ok(())
}

/// A request lies in one item, which takes 400 KB.
fn check_size(draft: &Draft) -> Result<(), Refusal> {
    if draft.request.size() <= MAX_SIZE {
        return Ok(());
    }
    Err(Refusal::limit(
        "a request with its approvals keeps",
        MAX_SIZE,
        "bytes",
    ))
}
