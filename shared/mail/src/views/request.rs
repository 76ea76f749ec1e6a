//! Mails about a request, to those who raised, follow or approve it.

use domain::{
    EmailAddress,
    message::{AboutRequest, RequesterAction},
    request::{AuthorRole, Category, Decision},
};

use super::{Quote, shortened};
use crate::when::When;

/// The most characters of a summary that a subject repeats; it must not change between the mails
/// of a request, since some mail programs thread by subject, too.
const MAX_IN_SUBJECT: usize = 120;

/// A request as every mail about it names it.
pub(crate) struct RequestView<'a> {
    pub(crate) key: &'a str,
    pub(crate) summary: &'a str,
    /// The summary, shortened for a subject.
    pub(crate) short: String,
}

impl<'a> RequestView<'a> {
    pub(crate) fn new(request: &'a AboutRequest) -> Self {
        let summary = request.summary.as_str();
        Self {
            key: request.id.key.as_str(),
            summary,
            short: shortened(summary, MAX_IN_SUBJECT),
        }
    }
}

pub(crate) struct RequestReceived<'a> {
    pub(crate) request: RequestView<'a>,
    pub(crate) description: Option<Quote<'a>>,
}

pub(crate) struct RequestShared<'a> {
    pub(crate) request: RequestView<'a>,
    pub(crate) reporter: &'a str,
}

pub(crate) struct RequestCommented<'a> {
    pub(crate) request: RequestView<'a>,
    pub(crate) author: &'a str,
    pub(crate) role: Option<AuthorRole>,
    /// For colleagues alone.
    pub(crate) email: Option<&'a EmailAddress>,
    pub(crate) body: Quote<'a>,
}

pub(crate) struct RequestTransitioned<'a> {
    pub(crate) request: RequestView<'a>,
    pub(crate) status: &'a str,
    pub(crate) category: Category,
}

pub(crate) struct RequestClosed<'a> {
    pub(crate) request: RequestView<'a>,
    pub(crate) resolution: Option<&'a str>,
}

pub(crate) struct ApprovalRequested<'a> {
    pub(crate) request: RequestView<'a>,
    pub(crate) reporter: &'a str,
    pub(crate) due: Option<When>,
}

pub(crate) struct ApprovalAnswered<'a> {
    pub(crate) request: RequestView<'a>,
    pub(crate) by: &'a EmailAddress,
    pub(crate) approved: bool,
    pub(crate) reason: Option<Quote<'a>>,
}

pub(crate) struct DeskNotice<'a> {
    pub(crate) request: RequestView<'a>,
    /// The name with the address, or the address alone.
    pub(crate) by: String,
    pub(crate) news: DeskNews<'a>,
}

/// What somebody did on their page.
pub(crate) enum DeskNews<'a> {
    Raised {
        kind: &'a str,
        description: Option<Quote<'a>>,
        answers: Vec<(&'a str, Quote<'a>)>,
        more: u32,
    },
    Commented(Quote<'a>),
    StatusChanged(&'a str),
    SharedWithPerson(&'a EmailAddress),
    SharedWithOrganization(&'a str),
    ApprovalAnswered {
        approved: bool,
        reason: Option<Quote<'a>>,
    },
}

impl<'a> DeskNews<'a> {
    pub(crate) fn new(action: &'a RequesterAction) -> Self {
        match action {
            RequesterAction::Raised {
                kind,
                description,
                answers,
                more,
            } => Self::Raised {
                kind: kind.as_str(),
                description: description.as_ref().map(|text| Quote::new(text.as_str())),
                answers: answers
                    .iter()
                    .map(|(label, answer)| (label.as_str(), Quote::new(answer.as_str())))
                    .collect(),
                more: *more,
            },
            RequesterAction::Commented { body } => Self::Commented(Quote::new(body.as_str())),
            RequesterAction::StatusChanged { status } => Self::StatusChanged(status.as_str()),
            RequesterAction::SharedWithPerson { email } => Self::SharedWithPerson(email),
            RequesterAction::SharedWithOrganization { org_name } => {
                Self::SharedWithOrganization(org_name.as_str())
            }
            RequesterAction::ApprovalAnswered { decision, reason } => Self::ApprovalAnswered {
                approved: match decision {
                    Decision::Approved => true,
                    Decision::Declined => false,
                },
                reason: reason.as_ref().map(|text| Quote::new(text.as_str())),
            },
        }
    }
}

pub(crate) struct RequestHandedOver<'a> {
    pub(crate) request: RequestView<'a>,
    pub(crate) from: &'a str,
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use domain::{RequestRef, text::Title};

    use super::*;

    #[test]
    fn a_long_summary_is_shortened_for_the_subject_at_a_character() {
        let request = AboutRequest {
            id: RequestRef {
                desk: "it".parse().unwrap(),
                key: "IT-1".parse().unwrap(),
            },
            summary: Title::new(&"ß".repeat(300)).unwrap(),
        };
        let view = RequestView::new(&request);
        assert_eq!(view.short.chars().count(), MAX_IN_SUBJECT);
        assert_eq!(view.summary.chars().count(), 300);
    }
}
