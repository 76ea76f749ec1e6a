//! A request is made at the service desk, and its key kept.

use std::collections::{BTreeMap, BTreeSet};

use ::jira::{AccountId, IssueKey, NewRequest, RequestTypeId, ServiceDeskId};
use domain::{
    RequestKey, RequestRef,
    decide::{SeenRequest, keyed},
    desk::{Field, FieldKind, jira::JiraRequestType},
    request::Record,
    text::Line,
};
use serde_json::{Value, json};
use store::{Once, WorkItem};

use super::{
    super::{
        DeskWriter,
        account::{account_id, impossible},
        connection::Connection,
        result::Stopped,
    },
    proof,
};
use crate::path::{Ruling, Stop};

/// The minutes in which a request is searched for that may have been made already.
const SEARCHED: u32 = 60 * 24 * 4;
/// Jira's field for the whole story.
const DESCRIPTION: &str = "description";

impl DeskWriter {
    /// Makes a request, unless an earlier try has, and gives it its key.
    pub(super) async fn create(
        &self,
        at: &Connection,
        seen: SeenRequest,
        item: &WorkItem,
    ) -> Result<(), Stopped> {
        if seen.request.current() != &seen.request.id {
            return Ok(());
        }
        let request = &seen.request;
        let form = at.desk.form_of(request);
        let kind = form.and_then(|form| at.jira.request_types.get(&form.id));
        let Some(kind) = kind else {
            let said = format!("no request type at Jira stands for «{}»", request.kind);
            return Err(Stopped::Impossible(said));
        };
        let name = request.reporter_name.as_ref();
        let mut listed = Vec::new();
        let reporter = match self.account(at, &request.reporter, name).await? {
            Some(link) => {
                let account = account_id(&link)?;
                listed.push(link);
                Some(account)
            }
            None => None,
        };
        let whose = reporter.clone().unwrap_or_else(|| at.own.clone());
        let mark = mark(&request.id);
        if item.attempts > 0
            && let Some(key) = made_before(at, &whose, &mark).await?
        {
            return self.keep(&request.id, key, None, item).await;
        }
        let mut participants = Vec::new();
        for person in seen.others().0 {
            if let Some(link) = self.account(at, &person, None).await? {
                participants.push(account_id(&link)?);
                listed.push(link);
            }
        }
        let new = NewRequest {
            desk: ServiceDeskId(at.jira.service_desk),
            kind: RequestTypeId(kind.id),
            fields: fields(&seen, at, kind, &mark),
            reporter,
            participants,
        };
        let made = at.client.create_request(&new).await?;
        let page = made.page().and_then(|page| page.parse().ok());
        self.keep(&request.id, made.key, page, item).await?;
        for link in listed {
            self.note_listed(link).await?;
        }
        Ok(())
    }

    /// Keeps the key of a request beside its own, and applies what came under it before.
    async fn keep(
        &self,
        id: &RequestRef,
        key: IssueKey,
        page: Option<url::Url>,
        item: &WorkItem,
    ) -> Result<(), Stopped> {
        let key: RequestKey = key
            .as_str()
            .parse()
            .map_err(|_| impossible("Jira's key cannot be kept"))?;
        let there = RequestRef {
            desk: id.desk.clone(),
            key: key.clone(),
        };
        let now = self.services.now();
        let proof = proof(item);
        let settled = self.services.attempt(&Once::Nothing, now, || async {
            let (record, viewers) = self.services.store.request_with_viewers(id).await?;
            let Some(Record::Known(request)) = record else {
                return Ok(Ruling::Leave(()));
            };
            let seen = SeenRequest { request, viewers };
            let moves = BTreeSet::from([there.clone()]);
            let named = self.settings.waiting_under(moves, None, None).await?;
            let known = (named.keys, &named.orgs);
            let outcome = keyed(seen, known, (key.clone(), page.clone()), &proof.at(now))?;
            Ok::<_, Stop>(Ruling::of(outcome, ()))
        });
        match settled.await {
            Ok(_) => Ok(()),
            Err(Stop::Failed(error)) => Err(error.into()),
            Err(Stop::Refused(refusal)) => Err(Stopped::Impossible(refusal.detail.clone())),
            Err(_) => Err(impossible("the request's key could not be kept")),
        }
    }
}

/// The line in a request's description by which it is found again after an answer that was lost.
fn mark(id: &RequestRef) -> String {
    format!("Raised as {}", id.key)
}

/// The request that an earlier try has made.
async fn made_before(
    at: &Connection,
    reporter: &AccountId,
    mark: &str,
) -> Result<Option<IssueKey>, Stopped> {
    let list = at.client.issues_since(reporter, SEARCHED).await?;
    let marked = |text: &str| text.lines().any(|line| line.trim() == mark);
    let found = list
        .values
        .iter()
        .find(|issue| issue.description.as_deref().is_some_and(marked));
    Ok(found.map(|issue| issue.key.clone()))
}

/// The answers by field: the mapped ones where they belong, all others in the description.
fn fields(
    seen: &SeenRequest,
    at: &Connection,
    kind: &JiraRequestType,
    mark: &str,
) -> BTreeMap<String, Value> {
    let request = &seen.request;
    let form = at.desk.form_of(request);
    let mut fields = BTreeMap::new();
    let mut told: Vec<String> = Vec::new();
    told.extend(
        request
            .description
            .as_ref()
            .map(|text| text.as_str().to_owned()),
    );
    let mapped = |id: &Line<64>| kind.fields.get(id).map(Line::as_str);
    let mut elsewhere = request.as_ref().clone();
    for (question, answer) in &request.fields {
        match mapped(question) {
            Some(DESCRIPTION) => {
                elsewhere.fields.remove(question);
                told.push(answer.as_str().to_owned());
            }
            Some(field) => {
                elsewhere.fields.remove(question);
                let asked = form.and_then(|form| form.fields.iter().find(|f| f.id == *question));
                let value = value(asked, answer.as_str());
                fields.insert(field.to_owned(), value);
            }
            None => {}
        }
    }
    let others = elsewhere.answered(form);
    told.extend(
        others
            .iter()
            .map(|(question, answer)| format!("{question}: {}", answer.as_str())),
    );
    told.push(mark.to_owned());
    fields.insert(DESCRIPTION.to_owned(), json!(told.join("\n\n")));
    fields.insert(
        kind.summary.as_str().to_owned(),
        json!(request.summary.as_str()),
    );
    fields
}

/// An answer in the form that Jira's fields of this kind take.
fn value(question: Option<&Field>, answer: &str) -> Value {
    let Some(question) = question else {
        return json!(answer);
    };
    match question.kind {
        FieldKind::Choice => json!({ "value": answer }),
        FieldKind::Choices => chosen(question, answer)
            .map(|one| json!({ "value": one }))
            .collect(),
        FieldKind::Number => match answer.parse::<serde_json::Number>() {
            Ok(number) => number.into(),
            Err(_) => json!(answer),
        },
        FieldKind::Text
        | FieldKind::Paragraph
        | FieldKind::Date
        | FieldKind::Email
        | FieldKind::Link
        | FieldKind::Person => json!(answer),
    }
}

/// The choices in an answer. It has them in the order of the form, with a comma between two.
fn chosen<'a>(question: &'a Field, answer: &'a str) -> impl Iterator<Item = &'a str> {
    let mut rest = answer;
    question.choices.iter().filter_map(move |choice| {
        let behind = rest.strip_prefix(choice.as_str())?;
        rest = behind.strip_prefix(", ").unwrap_or(behind);
        Some(choice.as_str())
    })
}
