//! Notices to a desk about what people do on their pages.

use serde::{Deserialize, Serialize};

use super::{AboutRequest, Mail, Message};
use crate::{
    EmailAddress,
    desk::{Desk, RequestType},
    request::{Decision, Request},
    text::{Body, Name, Reason, Text, Title},
};

/// The most answers of a form that a notice repeats. With the longest of everything a notice has
/// less than 300 KB, and an item of `DynamoDB` takes 400 KB.
const MAX_ANSWERS: usize = 30;
/// The most characters of one answer that a notice repeats.
const MAX_ANSWER: usize = 300;

/// The acts on a page that the desk is told of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "did", rename_all = "snake_case")]
pub enum RequesterAction {
    /// They raised the request.
    Raised {
        /// The request type, as the desk names it.
        kind: Title,
        /// The whole story.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        description: Option<Body>,
        /// The form's questions and answers, each answer shortened when it is long.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        answers: Vec<(Title, Text<MAX_ANSWER>)>,
        /// The number of answers that are left out.
        #[serde(default)]
        more: u32,
    },
    /// They wrote a comment.
    Commented {
        /// The comment.
        body: Body,
    },
    /// They changed the status, as far as the desk lets them.
    StatusChanged {
        /// The desk's word for the new status.
        status: Title,
    },
    /// They shared the request with a colleague.
    SharedWithPerson {
        /// The person with whom it was shared.
        email: EmailAddress,
    },
    /// They shared the request with everybody in their organisation.
    SharedWithOrganization {
        /// The name of the organisation.
        org_name: Name,
    },
    /// They answered an approval.
    ApprovalAnswered {
        /// The answer.
        decision: Decision,
        /// The reason that they gave.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Reason>,
    },
}

impl RequesterAction {
    /// A request was raised: with the questions as its form has them, in the form's order, and
    /// after them what was answered beyond the form.
    #[must_use]
    pub fn raised(request: &Request, form: Option<&RequestType>) -> Self {
        let mut answers: Vec<_> = request
            .answered(form)
            .into_iter()
            .filter_map(|(label, answer)| Some((label, shortened(answer.as_str())?)))
            .collect();
        let more = answers.len().saturating_sub(MAX_ANSWERS);
        answers.truncate(MAX_ANSWERS);
        Self::Raised {
            kind: request.kind.clone(),
            description: request.description.clone(),
            answers,
            more: u32::try_from(more).unwrap_or(u32::MAX),
        }
    }
}

/// At most [`MAX_ANSWER`] characters, the last of them an ellipsis when there were more.
fn shortened(answer: &str) -> Option<Text<MAX_ANSWER>> {
    if answer.chars().count() <= MAX_ANSWER {
        return Text::new(answer).ok();
    }
    let kept: String = answer.chars().take(MAX_ANSWER - 1).collect();
    Text::new(&format!("{}…", kept.trim_end())).ok()
}

impl Message {
    /// Tells a desk what somebody did on their page. Nobody is told of what they did themselves:
    /// `None` when the desk's inbox is theirs.
    #[must_use]
    pub fn to_desk(
        desk: &Desk,
        request: AboutRequest,
        by: &EmailAddress,
        name: Option<&Name>,
        action: RequesterAction,
    ) -> Option<Self> {
        let inbox = desk.inbox();
        (inbox != by).then(|| Self {
            to: vec![inbox.clone()],
            desk: desk.id.clone(),
            // The desk reads it in any case, so it depends on no membership.
            org: None,
            mail: Mail::DeskNotice {
                request,
                by: by.clone(),
                name: name.cloned(),
                action,
            },
        })
    }
}
