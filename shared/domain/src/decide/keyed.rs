//! A request of ours has its key at the service desk, or has a status there that it should not have.

use std::collections::BTreeSet;

use super::{
    early::apply_early,
    keys::Keys,
    moved::{Taken, take},
    request_edit::RequestEdit,
    status::{Said, set_status},
};
use crate::{
    Action, CommentId, EmailAddress, Mail, Occasion, OrgId, Outcome, Refusal, Request, RequestKey,
    RequestRef,
    desk::Desk,
    request::{Author, AuthorRole, Category, Comment, Destination, Move, Status, Viewer, ViewerId},
    text::{Body, Title},
};

/// A request with everybody who sees it.
#[derive(Debug, Clone)]
pub struct SeenRequest {
    /// The request.
    pub request: Box<Request>,
    /// Everybody who sees it.
    pub viewers: Vec<Viewer>,
}

/// Gives a request the key that it has at the service desk. People see that key from now on; the
/// first one still leads to the request. Updates that came under the key before are applied.
///
/// Nobody is told: for those who read of the request it is the same one. Nothing changes when the
/// key is known.
///
/// # Errors
/// A refusal when the key is another request's, or too many updates wait under it.
pub fn keyed(
    seen: SeenRequest,
    (keys, orgs): (Keys, &BTreeSet<OrgId>),
    (key, url): (RequestKey, Option<url::Url>),
    occasion: &Occasion,
) -> Result<Outcome, Refusal> {
    let id = RequestRef {
        desk: seen.request.id.desk.clone(),
        key,
    };
    let mut edit = RequestEdit::new(*seen.request, seen.viewers, None).with(keys);
    if *edit.request.current() == id {
        return Ok(Outcome::default());
    }
    let waited = match take(&mut edit, &id)? {
        Taken::Ours(waited) => waited,
        Taken::Theirs => {
            let detail = "the service desk's key is recorded as another request";
            return Err(Refusal::new(crate::Code::RequestExists, detail));
        }
    };
    edit.touch();
    edit.request.moved = Some(Move {
        to: Destination::Desk(id.clone()),
        // The request had the key from its beginning there. A later move is always newer.
        at: edit.request.created_at,
    });
    edit.request.url = url.or(edit.request.url.take());
    edit.point_lists();
    let reason = format!("the service desk has it as {id}");
    edit.note(Action::RequestMoved, &reason, occasion);
    apply_early(&mut edit, waited, orgs, occasion.now);
    Ok(edit.finish())
}

/// The status of a request at the service desk, where it differs from the one that somebody chose.
#[derive(Debug, Clone)]
pub struct NotOffered {
    /// The id of the comment that says so.
    pub comment: CommentId,
    /// The status that was chosen.
    pub wanted: Title,
    /// The person who chose it.
    pub by: EmailAddress,
    /// The desk's word for the status that the request has there.
    pub is: Option<Title>,
    /// `true` if that status means that the request is over.
    pub done: bool,
    /// The text of the comment.
    pub body: Body,
}

/// Takes a change of status back that the service desk does not offer now, and tells the person who
/// chose it in a comment of the desk.
pub fn not_offered(
    seen: SeenRequest,
    desk: &Desk,
    found: &NotOffered,
    occasion: &Occasion,
) -> Outcome {
    let now = occasion.now;
    let mut edit = RequestEdit::new(*seen.request, seen.viewers, None);
    let author = desk.name.clone();
    let new = edit.add_comment(Comment {
        request: edit.request.id.clone(),
        id: found.comment.clone(),
        author: Author {
            email: None,
            name: author.clone(),
            role: AuthorRole::Agent,
        },
        body: found.body.clone(),
        at: now,
    });
    if !new {
        return Outcome::default();
    }
    let mail = Mail::RequestCommented {
        request: edit.about(),
        author,
        body: found.body.clone(),
        role: Some(AuthorRole::Agent),
        email: None,
    };
    edit.tell([&found.by], mail);
    let reason = "the service desk does not offer the status that was chosen";
    edit.note(Action::RequestCommented, reason, occasion);
    // Others may have changed the status since.
    if let Some(is) = &found.is
        && edit.request.status.name == found.wanted
    {
        let category = before(&edit.request, found.done);
        let said = Said {
            to: Status {
                name: is.clone(),
                category,
            },
            resolution: None,
            at: now.max(edit.request.status_at),
            reason: format!("the service desk has it as «{is}»"),
        };
        set_status(&mut edit, said, Some(&found.by), occasion);
    }
    edit.finish()
}

/// The meaning of the status before the one that was chosen, as far as the service desk's own word
/// for it does not say more.
fn before(request: &Request, done: bool) -> Category {
    if done {
        return Category::Done;
    }
    let history = request.history.iter().rev();
    let open = history
        .filter(|line| !line.late)
        .map(|line| line.to.category)
        .find(|category| *category != Category::Done);
    open.unwrap_or(Category::InProgress)
}

impl SeenRequest {
    /// The people who take part besides the reporter, and the organisations that see it.
    #[must_use]
    pub fn others(&self) -> (BTreeSet<EmailAddress>, BTreeSet<OrgId>) {
        let (mut people, mut orgs) = (BTreeSet::new(), BTreeSet::new());
        for viewer in &self.viewers {
            match &viewer.who {
                ViewerId::Person(email) if *email != self.request.reporter => {
                    people.insert(email.clone());
                }
                ViewerId::Person(_) => {}
                ViewerId::Organization(org) => {
                    orgs.insert(org.clone());
                }
            }
        }
        (people, orgs)
    }
}
