//! One request as somebody sees it. Nothing here writes.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    Actor, ApprovalId, Customer, EmailAddress, OrgId, Request, RequestRef,
    desk::{Desk, Transition},
    request::{Approval, Comment, ViewerId},
    request_access::RequestAccess,
    text::{Name, Text, Title},
};
use store::{Cursor, Order, StoreError, Wanted};

use super::{Requests, Seen};
use crate::{AppError, path::session::Caller};

/// The comments on one page.
const COMMENTS: u32 = 20;

/// The most bytes of comments on one page, as they were typed; one comment is shown however long it
/// is. Formatted they take some five times as many, and an answer of Lambda takes 6 MB.
const MOST_BYTES: usize = 256 * 1_024;

/// A request as somebody sees it, with what they may do.
#[derive(Debug, Clone)]
pub struct OneRequest {
    /// The request.
    pub request: Request,
    /// The name of its desk.
    pub desk: String,
    /// The questions of its form and their answers.
    pub answers: Vec<(Title, Text<4_000>)>,
    /// Its public comments, oldest first.
    pub comments: Vec<Comment>,
    /// The place of older comments.
    pub older: Option<Cursor>,
    /// The role in which they see it.
    pub access: RequestAccess,
    /// The reader.
    pub reader: Customer,
    /// True if they may choose mails about it.
    pub may_follow: bool,
    /// True if mails about it reach them.
    pub subscribed: bool,
    /// The name of the person who handed it over, if known.
    pub handed_by: Option<Name>,
    /// The changes of status that are open to them.
    pub transitions: Vec<Transition>,
    /// The approvals that wait for their answer.
    pub asked: Vec<Asked>,
    /// The organisations it could still be shared with, with their names.
    pub could_share_with: BTreeMap<OrgId, Name>,
    /// The organisations it is shared with: those of the reader, by name.
    pub shared_with: Vec<Name>,
    /// The participants besides the reporter, for colleagues alone.
    pub participants: Vec<EmailAddress>,
}

/// An approval that waits for somebody's answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The question.
    pub id: ApprovalId,
    /// The approval.
    pub approval: Approval,
}

impl Requests {
    /// One request, with its comments from a place on towards the older ones; `None` if the caller
    /// does not see it, or there is no such place.
    ///
    /// # Errors
    /// If the store is not available or refuses.
    pub async fn one(
        &self,
        caller: &Caller,
        id: &RequestRef,
        before: Option<&Cursor>,
    ) -> Result<Option<OneRequest>, AppError> {
        let Some(seen) = self.seen(caller, id).await? else {
            return Ok(None);
        };
        let page = self
            .services
            .store
            .comments(&seen.request.id, Order::NewestFirst, before, COMMENTS)
            .await;
        let page = match page {
            Ok(page) => page,
            Err(StoreError::BadCursor) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let (comments, left_out) = that_fit(page.items);
        let older = match comments.first() {
            Some(first) if left_out => Some(Cursor::of_comment(first)),
            Some(_) | None => page.next,
        };
        let at = seen.request.current().desk.clone();
        let desk = self.settings.desk(&at).await?;
        let shared: BTreeSet<OrgId> = organizations(&seen).collect();
        let ids = seen
            .access
            .circle
            .union(&seen.access.orgs)
            .cloned()
            .collect();
        let names = self.organization_names(ids).await?;
        let transitions = desk.as_ref().map(|desk| desk.transitions.clone());
        let Seen {
            request,
            viewers,
            access,
            known,
        } = seen;
        let handed_by = match request.handed.as_ref() {
            Some(handed) => self.name_of(&handed.by).await?,
            None => None,
        };
        let is_told = access.knows_participants(&request);
        let me = ViewerId::Person(known.email.clone());
        let asked = request.awaits(&known.email).filter_map(|id| {
            Some(Asked {
                id: id.clone(),
                approval: request.approvals.get(id)?.clone(),
            })
        });
        Ok(Some(OneRequest {
            answers: answers(&request, desk.as_ref()),
            desk: desk.map_or_else(|| at.to_string(), |desk| desk.name.to_string()),
            comments,
            older,
            may_follow: access.may_follow(&request),
            handed_by,
            subscribed: viewers.iter().any(|v| v.who == me && v.subscribed),
            transitions: transitions
                .unwrap_or_default()
                .into_iter()
                .filter(|change| access.takes_part() && change.applies_to(&request.status))
                .collect(),
            asked: asked.collect(),
            could_share_with: names
                .iter()
                .filter(|(org, _)| access.circle.contains(*org) && !shared.contains(*org))
                .map(|(org, name)| (org.clone(), name.clone()))
                .collect(),
            shared_with: names
                .iter()
                .filter(|(org, _)| shared.contains(*org))
                .map(|(_, name)| name.clone())
                .collect(),
            participants: viewers
                .iter()
                .filter(|v| is_told && v.parts.contains(&domain::request::Part::Participant))
                .filter_map(|v| match &v.who {
                    ViewerId::Person(email) => Some(email.clone()),
                    ViewerId::Organization(_) => None,
                })
                .collect(),
            reader: known.customer,
            request: *request,
            access,
        }))
    }
}

impl Requests {
    /// The name of a person who acted, if it is known.
    async fn name_of(&self, actor: &Actor) -> Result<Option<Name>, AppError> {
        let Actor::Person(email) = actor else {
            return Ok(None);
        };
        let wanted = Wanted::new().customer(email);
        let loaded = self.services.store.load(wanted).await?;
        Ok(loaded.customer(email).and_then(|known| known.name.clone()))
    }
}

/// The questions of a request's form and their answers.
pub(crate) fn answers(request: &Request, desk: Option<&Desk>) -> Vec<(Title, Text<4_000>)> {
    let form = desk.and_then(|desk| desk.form_of(request));
    let answered = request.answered(form).into_iter();
    answered
        .map(|(question, answer)| (question, answer.clone()))
        .collect()
}

/// Of comments, the newest first, as many as one page takes, the oldest first; and whether some were
/// left out.
pub(crate) fn that_fit(newest_first: Vec<Comment>) -> (Vec<Comment>, bool) {
    let all = newest_first.len();
    let mut bytes = 0;
    let mut comments: Vec<_> = newest_first
        .into_iter()
        .enumerate()
        .take_while(|(index, comment)| {
            bytes += comment.body.as_str().len();
            *index == 0 || bytes <= MOST_BYTES
        })
        .map(|(_, comment)| comment)
        .collect();
    comments.reverse();
    let left_out = comments.len() < all;
    (comments, left_out)
}

/// The organisations that a request is shared with.
fn organizations(seen: &Seen) -> impl Iterator<Item = OrgId> {
    seen.viewers.iter().filter_map(|viewer| match &viewer.who {
        ViewerId::Organization(org) => Some(org.clone()),
        ViewerId::Person(_) => None,
    })
}
