//! The common parts of a request's page and of the question to its approver.

use domain::{
    Request,
    request::{AuthorRole, Comment, HandedOver},
};

use super::format::formatted;
use words::{When, with};

use crate::{console::actor, page::Fact, reader::Reader};

/// A comment.
pub(crate) struct Said<'a> {
    pub(crate) author: &'a str,
    pub(crate) from_desk: bool,
    /// Safe to show as it is.
    pub(crate) html: String,
    pub(crate) at: When,
}

impl<'a> Said<'a> {
    pub(crate) fn of(reader: &Reader, comment: &'a Comment) -> Self {
        Self {
            author: comment.author.name.as_str(),
            from_desk: comment.author.role == AuthorRole::Agent,
            html: formatted(comment.body.as_str()),
            at: reader.ago(comment.at),
        }
    }
}

/// A change of status.
pub(crate) struct Moved<'a> {
    pub(crate) to: &'a str,
    pub(crate) late: bool,
    pub(crate) at: When,
}

/// The changes of status in the order of happening; they are kept in the order of hearing.
pub(crate) fn history<'a>(reader: &Reader, request: &'a Request) -> Vec<Moved<'a>> {
    let mut history: Vec<_> = request.history.iter().collect();
    history.sort_by_key(|change| change.at);
    let moved = history.into_iter().map(|change| Moved {
        to: change.to.name.as_str(),
        late: change.late,
        at: reader.ago(change.at),
    });
    moved.collect()
}

/// Tells who raised a request that was handed over, and whose it is since.
fn handed_over(
    reader: &Reader,
    request: &Request,
    handed: &HandedOver,
    is_own: bool,
    by: Option<String>,
) -> String {
    let words = &reader.words.requests;
    let name = handed.raised_by_name.as_ref();
    let raised_by = name.map_or_else(|| handed.raised_by.to_string(), ToString::to_string);
    let by = by.unwrap_or_else(|| actor(&handed.by, &reader.words.console));
    let since = reader.days_ago(handed.at);
    let since = since.full.unwrap_or(since.said);
    let (by, since, who) = (with::By(&by), with::Since(&since), with::Who(&raised_by));
    if is_own {
        words.handed_to_you(by, since, who)
    } else {
        words.handed_to(by, since, with::To(request.reporter.as_str()), who)
    }
}

/// The facts for everybody who sees it. `handed_by` is the name of whoever handed it over, if known.
pub(crate) fn facts(
    reader: &Reader,
    request: &Request,
    is_own: bool,
    handed_by: Option<String>,
) -> Vec<Fact> {
    let words = &reader.words.requests;
    let reporter = if let Some(handed) = &request.handed {
        handed_over(reader, request, handed, is_own, handed_by)
    } else if is_own {
        words.you.to_owned()
    } else if let Some(name) = &request.reporter_name {
        name.to_string()
    } else {
        request.reporter.to_string()
    };
    let mut facts = vec![
        Fact::text(words.key, request.key()),
        Fact::text(words.kind, &request.kind),
        Fact::text(words.raised_by, &reporter),
        Fact::past(reader, words.raised, request.created_at),
    ];
    if *request.key() != request.id.key {
        facts.insert(1, Fact::text(words.first_key, &request.id.key));
    }
    if let Some(resolution) = &request.resolution {
        facts.push(Fact::text(words.resolution, resolution));
    }
    facts
}
