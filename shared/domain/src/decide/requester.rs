//! The acts on the page of a request: comment, share, change the status, answer an approval, choose
//! mails.
//!
//! Each act counts as activity, is told to the desk and to the others who follow, and is never
//! mailed back to the person who acted. [`RequestAccess`] says that the person may see the request; the
//! decisions here say what else they may do.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use super::{
    approval::approval_answered,
    request_edit::{LetIn, RequestEdit},
    status::{Said, set_status},
};
use crate::{
    Action, ApprovalId, Change, Code, CommentId, Customer, DeskAct, EmailAddress, Mail, Occasion,
    OrgId, Outcome, Refusal, RefusedField, Request, called,
    columns::Columns,
    desk::{Desk, Transition},
    event::ApprovalAnswered,
    message::RequesterAction,
    request::{Author, AuthorRole, Comment, Decision, Part, Viewer, ViewerId},
    request_access::RequestAccess,
    text::{Body, Name, Reason},
};

/// A request as somebody who acts on its page finds it.
#[derive(Debug, Clone)]
pub struct Found {
    /// The request.
    pub request: Box<Request>,
    /// Everybody who sees it.
    pub viewers: Vec<Viewer>,
    /// The desk that has it, and is told; `None` when it is described no more.
    pub desk: Option<Desk>,
    /// The person who acts.
    pub person: Customer,
    /// Their access to it.
    pub access: RequestAccess,
}

/// Somebody is being acted for: a request on its way, by whom, and the name that others read.
struct Act {
    edit: RequestEdit,
    desk: Option<Desk>,
    email: EmailAddress,
    /// Their name, when it is known.
    name: Option<Name>,
}

impl Act {
    fn begin(found: Found) -> (Self, RequestAccess) {
        let Found {
            request,
            viewers,
            desk,
            person,
            access,
        } = found;
        let act = Self {
            name: called::personal(name_of(&person, &request), desk.as_ref(), None),
            desk,
            email: person.email.clone(),
            edit: RequestEdit::new(*request, viewers, Some(person)),
        };
        (act, access)
    }

    /// Returns the name under which others read the act, or else the address.
    fn known_as(&self) -> Name {
        called::customer(self.name.clone(), Some(&self.email), self.desk.as_ref())
    }

    /// Tells the desk, whose own service desk knows nothing of it.
    fn tell_desk(&mut self, act: DeskAct, action: RequesterAction) {
        if let Some(desk) = &self.desk {
            let by = (&self.email, self.name.as_ref());
            self.edit.pass_on(desk, by, act, action);
        }
    }

    fn finish(mut self, now: Timestamp) -> Outcome {
        self.edit.note_activity(&self.email, None, now);
        self.edit.finish()
    }
}

/// Returns somebody's name, when it is known.
fn name_of(person: &Customer, request: &Request) -> Option<Name> {
    let as_reporter = (request.reporter == person.email)
        .then(|| request.reporter_name.clone())
        .flatten();
    person.name.clone().or(as_reporter)
}

/// Adds a public comment, which everybody reads who follows the request, except its author.
pub fn comment(found: Found, id: CommentId, body: &Body, occasion: &Occasion) -> Outcome {
    let (mut act, _) = Act::begin(found);
    if !say(&mut act, id, body, occasion) {
        return Outcome::default();
    }
    act.finish(occasion.now)
}

/// Adds a public comment and changes the status with it, as somebody does who answers on a request
/// that is closed.
///
/// # Errors
/// As [`change_status`]. The comment is not added then.
pub fn comment_and_change_status(
    found: Found,
    id: CommentId,
    body: &Body,
    transition: &Transition,
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    let (mut act, access) = Act::begin(found);
    if !say(&mut act, id, body, occasion) {
        return Ok(Outcome::default());
    }
    choose(&mut act, &access, transition, occasion)?;
    Ok(act.finish(occasion.now))
}

/// Adds a comment. Returns `true` if it was not there before.
fn say(act: &mut Act, id: CommentId, body: &Body, occasion: &Occasion) -> bool {
    let now = occasion.now;
    let new = act.edit.add_comment(Comment {
        request: act.edit.request.id.clone(),
        id: id.clone(),
        author: Author {
            email: Some(act.email.clone()),
            name: act.known_as(),
            role: AuthorRole::Customer,
        },
        body: body.clone(),
        at: now,
    });
    if !new {
        return false;
    }
    let mail = Mail::RequestCommented {
        request: act.edit.about(),
        author: act.known_as(),
        body: body.clone(),
        role: Some(AuthorRole::Customer),
        email: Some(act.email.clone()),
    };
    act.edit.tell(&act.edit.subscribers(Some(&act.email)), mail);
    let action = RequesterAction::Commented { body: body.clone() };
    act.tell_desk(DeskAct::Comment { id, at: now }, action);
    let reason = "a customer wrote a comment";
    act.edit.note(Action::RequestCommented, reason, occasion);
    true
}

/// The person or organisation to share a request with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ShareWith {
    /// Somebody, with the organisations of the sharer's circle in which they have access.
    Colleague(EmailAddress, BTreeSet<OrgId>),
    /// Every member of an organisation, and how it is called.
    Organization(OrgId, Name),
}

/// Lets a colleague in on a request, or everybody of one's organisation.
///
/// Nothing changes when they see it already.
///
/// # Errors
/// A refusal when the person takes no part in the request, when the other is no colleague, or when
/// as many see it as can.
pub fn share(found: Found, with: ShareWith, occasion: &Occasion) -> Result<Outcome, Refusal> {
    let now = occasion.now;
    let (mut act, access) = Act::begin(found);
    if !access.may_share() {
        return Err(Refusal::new(
            Code::NotAllowed,
            "only a member who raised the request or takes part in it shares it",
        ));
    }
    let edit = &mut act.edit;
    let (told, desk_act, action) = match with {
        ShareWith::Colleague(email, inside) => {
            if inside.is_disjoint(&access.circle) {
                return Err(Refusal::new(
                    Code::NotAMember,
                    "a request is shared with colleagues who have access",
                )
                .at(RefusedField::Colleague));
            }
            if email == act.email {
                let detail = "nobody shares a request with themselves";
                return Err(Refusal::new(Code::NotAllowed, detail).at(RefusedField::Colleague));
            }
            // Whoever raised it takes part already.
            if email == edit.request.reporter {
                return Ok(Outcome::default());
            }
            let who = ViewerId::Person(email.clone());
            if edit.let_in(who, Some(Part::Participant), now)? == LetIn::Already {
                return Ok(Outcome::default());
            }
            let action = RequesterAction::SharedWithPerson {
                email: email.clone(),
            };
            let desk_act = DeskAct::ShareWithPerson {
                person: email.clone(),
            };
            (vec![email], desk_act, action)
        }
        ShareWith::Organization(org, org_name) => {
            if !access.circle.contains(&org) {
                // An organisation that is not theirs is none to them.
                return Err(Refusal::unknown_organization());
            }
            if edit.let_in(ViewerId::Organization(org.clone()), None, now)? != LetIn::New {
                return Ok(Outcome::default());
            }
            let action = RequesterAction::SharedWithOrganization { org_name };
            (Vec::new(), DeskAct::ShareWithOrganization { org }, action)
        }
    };
    let mail = Mail::RequestShared {
        request: edit.about(),
        reporter: edit.reporter(),
    };
    edit.tell(&told, mail);
    let reason = "more people take part or may see it";
    edit.note(Action::RequestShared, reason, occasion);
    act.tell_desk(desk_act, action);
    Ok(act.finish(now))
}

/// Changes the status in a way that the desk leaves to its requesters.
///
/// # Errors
/// A refusal when the person takes no part in the request, or when the status, which others may
/// have changed meanwhile, does not allow it.
pub fn change_status(
    found: Found,
    transition: &Transition,
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    let (mut act, access) = Act::begin(found);
    choose(&mut act, &access, transition, occasion)?;
    Ok(act.finish(occasion.now))
}

fn choose(
    act: &mut Act,
    access: &RequestAccess,
    transition: &Transition,
    occasion: &Occasion,
) -> Result<(), Refusal> {
    let now = occasion.now;
    if !access.takes_part() {
        return Err(Refusal::new(
            Code::NotAllowed,
            "only who raised the request or takes part in it changes its status",
        ));
    }
    let request = &act.edit.request;
    if !transition.applies_to(&request.status) {
        return Err(Refusal::new(
            Code::NotPossibleNow,
            "the request has another status by now",
        ));
    }
    // The change comes after the status that they saw, however far ahead the desk's clock is.
    let after = request
        .status_at
        .checked_add(SignedDuration::from_micros(1))
        .unwrap_or(request.status_at);
    let said = Said {
        to: transition.to.clone(),
        resolution: None,
        at: now.max(after),
        reason: format!("the requester chose «{}»", transition.name),
    };
    let email = act.email.clone();
    set_status(&mut act.edit, said, Some(&email), occasion);
    let status = transition.to.name.clone();
    let desk_act = DeskAct::Transition {
        to: status.clone(),
        by: email,
    };
    act.tell_desk(desk_act, RequesterAction::StatusChanged { status });
    Ok(())
}

/// Answers an approval, with a word why.
///
/// # Errors
/// A refusal when there is no such approval, the person is not asked, or has answered otherwise.
pub fn answer_approval(
    found: Found,
    approval: ApprovalId,
    (decision, reason): (Decision, Option<Reason>),
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    let (mut act, _) = Act::begin(found);
    let answer = ApprovalAnswered {
        request: act.edit.request.id.clone(),
        approval: approval.clone(),
        by: act.email.clone(),
        decision,
        reason: reason.clone(),
    };
    let before = act.edit.audit.len();
    approval_answered(&mut act.edit, &answer, occasion)?;
    if act.edit.audit.len() == before {
        return Ok(Outcome::default());
    }
    let desk_act = DeskAct::Answer {
        approval,
        by: act.email.clone(),
    };
    act.tell_desk(
        desk_act,
        RequesterAction::ApprovalAnswered { decision, reason },
    );
    Ok(act.finish(occasion.now))
}

/// Switches the mails about a request on or off for somebody.
///
/// A member who sees it through its organisation alone begins to follow it with this.
///
/// # Errors
/// A refusal when they may not follow it, or as many see it as can.
pub fn choose_mails(found: Found, wanted: bool, occasion: &Occasion) -> Result<Outcome, Refusal> {
    let now = occasion.now;
    if !found.access.may_follow(&found.request) {
        return Err(Refusal::new(
            Code::NotAllowed,
            "mails are for those who take part, or belong to the request's organisation",
        ));
    }
    let (mut act, _) = Act::begin(found);
    let who = ViewerId::Person(act.email.clone());
    if wanted {
        act.edit.let_in(who.clone(), None, now)?;
    }
    if !act.edit.set_subscribed(&who, wanted) {
        return Ok(Outcome::default());
    }
    let action = if wanted {
        Action::MailResumed
    } else {
        Action::MailStopped
    };
    let reason = format!("mails about {}", act.edit.request.id);
    act.edit.note_person(&act.email, action, &reason, occasion);
    Ok(act.finish(now))
}

/// Remembers which columns somebody wants in their list of requests. It says nothing about access
/// and nothing to anybody else, so the audit does not keep it.
pub fn choose_columns(mut customer: Customer, columns: Columns, now: Timestamp) -> Outcome {
    let chosen = Some(columns);
    if customer.request_columns == chosen {
        return Outcome::default();
    }
    customer.request_columns = chosen;
    customer.note_activity(now);
    Outcome::default().change(Change::Customer(customer))
}
