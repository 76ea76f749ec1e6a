//! Approvals: people are asked, and answer.

use std::collections::{BTreeMap, BTreeSet};

use super::request_edit::RequestEdit;
use crate::{
    Action, Code, Mail, Occasion, Refusal, RefusedField,
    event::{ApprovalAnswered, ApprovalRequested},
    request::{Approval, ApprovalAnswer, Decision, MAX_SIZE, Part},
};

/// The most approvals that one request keeps.
const MAX_APPROVALS: usize = 50;

pub(super) fn approval_requested(
    edit: &mut RequestEdit,
    event: &ApprovalRequested,
    occasion: &Occasion,
) -> Result<(), Refusal> {
    let id = &event.approval;
    if !edit.request.approvals.contains_key(id) && edit.request.approvals.len() >= MAX_APPROVALS {
        return Err(Refusal::limit(
            "a request keeps",
            MAX_APPROVALS,
            "approvals",
        ));
    }
    let approval = edit
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
    edit.touch();
    check_size(edit)?;
    edit.let_people_in(&new, Part::Approver, occasion.now)?;
    let mail = Mail::ApprovalRequested {
        request: edit.about(),
        approval: id.clone(),
        reporter: edit.reporter(),
        due,
    };
    let reason = format!("{} more people are asked to approve", new.len());
    edit.tell(&new, mail);
    edit.note(Action::ApprovalRequested, &reason, occasion);
    Ok(())
}

pub(super) fn approval_answered(
    edit: &mut RequestEdit,
    event: &ApprovalAnswered,
    occasion: &Occasion,
) -> Result<(), Refusal> {
    let now = occasion.now;
    let approval = edit
        .request
        .approvals
        .get_mut(&event.approval)
        .filter(|approval| approval.approvers.contains(&event.by))
        .ok_or_else(|| {
            Refusal::new(
                Code::UnknownApproval,
                "the request has no such approval, or this person is not asked",
            )
            .at(RefusedField::Approval)
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
    edit.touch();
    check_size(edit)?;
    edit.note_activity(&event.by, None, now);
    let reporter = edit.request.reporter.clone();
    if reporter != event.by && edit.subscribers(None).contains(&reporter) {
        let mail = Mail::ApprovalAnswered {
            request: edit.about(),
            by: event.by.clone(),
            decision: event.decision,
            reason: event.reason.clone(),
        };
        edit.tell([&reporter], mail);
    }
    let reason = match event.decision {
        Decision::Approved => "the approver said yes",
        Decision::Declined => "the approver said no",
    };
    edit.note(Action::ApprovalAnswered, reason, occasion);
    Ok(())
}

/// A request lies in one item, which takes 400 KB.
fn check_size(edit: &RequestEdit) -> Result<(), Refusal> {
    if edit.request.size() <= MAX_SIZE {
        return Ok(());
    }
    Err(Refusal::limit(
        "a request with its approvals keeps",
        MAX_SIZE,
        "bytes",
    ))
}
