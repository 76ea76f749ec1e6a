//! The events about requests.

use std::collections::BTreeMap;

use domain::EmailAddress;
use domain::event::{
    ApprovalAnswered, ApprovalRequested, EventData, Person, RequestClosed, RequestCommented,
    RequestCreated, RequestMoved, RequestShared, RequestTransitioned,
};
use domain::id::RequestRef;
use domain::request::{Author, AuthorRole, Category, Channel, Decision, Destination, Status};
use domain::text::{Line, Text};
use serde_json::Value;

use super::node::Node;
use super::{CanonicalError, MAX_FIELDS, MAX_PEOPLE, Reading};

/// The length limit of a web address.
const MAX_URL: usize = 2_048;

type Result<T> = std::result::Result<T, CanonicalError>;

pub(super) fn created(data: &Node<'_>, reading: &Reading<'_>) -> Result<EventData> {
    let request = data.get("request");
    let reporter = data.get("reporter");
    Ok(EventData::RequestCreated(RequestCreated {
        request: request_ref(data, reading)?,
        kind: request.get("type").parse()?,
        summary: request.get("summary").parse()?,
        description: request.get("description").if_there(Node::parse)?,
        fields: fields(&request.get("fields"))?,
        url: request.get("url").if_there(web_address)?,
        reporter: Person {
            email: reporter.get("email").parse()?,
            name: reporter.get("name").if_there(Node::parse)?,
        },
        org: data.get("organization").if_there(Node::parse)?,
        participants: people(&data.get("participants"))?,
        channel: data
            .get("channel")
            .if_there(channel)?
            .unwrap_or(Channel::Api),
    }))
}

fn channel(node: &Node<'_>) -> Result<Channel> {
    node.one_of(&[
        ("form", Channel::Form),
        ("portal", Channel::Portal),
        ("email", Channel::Email),
        ("api", Channel::Api),
    ])
}

pub(super) fn commented(data: &Node<'_>, reading: &Reading<'_>) -> Result<EventData> {
    let comment = data.get("comment");
    let author = comment.get("author");
    Ok(EventData::RequestCommented(RequestCommented {
        request: request_ref(data, reading)?,
        comment: comment.get("id").parse()?,
        author: Author {
            email: author.get("email").if_there(Node::parse)?,
            name: author.get("name").parse()?,
            role: author.get("role").one_of(&[
                ("agent", AuthorRole::Agent),
                ("customer", AuthorRole::Customer),
            ])?,
        },
        body: comment.get("body").parse()?,
        public: comment.get("public").boolean()?,
    }))
}

pub(super) fn transitioned(data: &Node<'_>, reading: &Reading<'_>) -> Result<EventData> {
    let status = data.get("status");
    Ok(EventData::RequestTransitioned(RequestTransitioned {
        request: request_ref(data, reading)?,
        to: Status {
            name: status.get("to").parse()?,
            category: status.get("category").one_of(&[
                ("new", Category::New),
                ("in_progress", Category::InProgress),
                ("waiting_for_customer", Category::WaitingForCustomer),
                ("done", Category::Done),
            ])?,
        },
        resolution: data.get("resolution").if_there(Node::parse)?,
        by: data.get("by").if_there(Node::parse)?,
    }))
}

pub(super) fn shared(data: &Node<'_>, reading: &Reading<'_>) -> Result<EventData> {
    let participants = data.get("participants");
    let event = RequestShared {
        request: request_ref(data, reading)?,
        participants: people(&participants)?,
        org: data.get("organization").if_there(Node::parse)?,
    };
    if event.participants.is_empty() && event.org.is_none() {
        return Err(participants.wrong("is empty, and no organization is named either"));
    }
    Ok(EventData::RequestShared(event))
}

pub(super) fn approval_requested(data: &Node<'_>, reading: &Reading<'_>) -> Result<EventData> {
    let approval = data.get("approval");
    let approvers = approval.get("approvers");
    let event = ApprovalRequested {
        request: request_ref(data, reading)?,
        approval: approval.get("id").parse()?,
        approvers: people(&approvers)?,
        due: approval.get("due").if_there(Node::instant)?,
    };
    if event.approvers.is_empty() {
        return Err(approvers.wrong("must name at least one approver"));
    }
    Ok(EventData::ApprovalRequested(event))
}

pub(super) fn approval_answered(data: &Node<'_>, reading: &Reading<'_>) -> Result<EventData> {
    let approval = data.get("approval");
    Ok(EventData::ApprovalAnswered(ApprovalAnswered {
        request: request_ref(data, reading)?,
        approval: approval.get("id").parse()?,
        by: approval.get("by").parse()?,
        decision: approval.get("decision").one_of(&[
            ("approved", Decision::Approved),
            ("declined", Decision::Declined),
        ])?,
        reason: approval.get("reason").if_there(Node::parse)?,
    }))
}

pub(super) fn closed(data: &Node<'_>, reading: &Reading<'_>) -> Result<EventData> {
    Ok(EventData::RequestClosed(RequestClosed {
        request: request_ref(data, reading)?,
        resolution: data.get("resolution").if_there(Node::parse)?,
    }))
}

/// A request that got another key, which a desk here serves or none.
pub(super) fn moved(data: &Node<'_>, reading: &Reading<'_>) -> Result<EventData> {
    let to = data.get("to");
    to.object()?;
    let elsewhere = to.get("elsewhere").if_there(Node::boolean)?;
    Ok(EventData::RequestMoved(RequestMoved {
        request: request_ref(data, reading)?,
        to: if elsewhere.unwrap_or_default() {
            Destination::Elsewhere(to.get("key").parse()?)
        } else {
            Destination::Desk(reference(&to, reading)?)
        },
    }))
}

/// The request of an event. Its desk may be the source's own.
fn request_ref(data: &Node<'_>, reading: &Reading<'_>) -> Result<RequestRef> {
    let request = data.get("request");
    request.object()?;
    reference(&request, reading)
}

fn reference(request: &Node<'_>, reading: &Reading<'_>) -> Result<RequestRef> {
    let desk = request.get("desk");
    Ok(RequestRef {
        desk: match (desk.value(), reading.desk) {
            (None, Some(desk)) => desk.clone(),
            _ => desk.parse()?,
        },
        key: request.get("key").parse()?,
    })
}

fn people(list: &Node<'_>) -> Result<Vec<EmailAddress>> {
    let mut people: Vec<EmailAddress> = Vec::new();
    for item in list.items(MAX_PEOPLE)? {
        let person = item.parse()?;
        if !people.contains(&person) {
            people.push(person);
        }
    }
    Ok(people)
}

/// A form's answers. An empty one is dropped; a list of choices becomes one line.
fn fields(node: &Node<'_>) -> Result<BTreeMap<Line<64>, Text<4_000>>> {
    let mut fields = BTreeMap::new();
    let Some(answers) = node.if_there(Node::object)? else {
        return Ok(fields);
    };
    if answers.len() > MAX_FIELDS {
        return Err(node.wrong(format!("has more than {MAX_FIELDS} answers")));
    }
    for (name, value) in answers {
        // An invalid name is not repeated either, however long it is.
        let named = Line::new(name)
            .map_err(|error| node.wrong(format!("has an answer with a name that {error}")));
        let answer = node.get(name);
        let Some(text) = answer_text(value) else {
            named?;
            return Err(
                answer.wrong("must be a string, a number, true or false, or a list of them")
            );
        };
        if text.trim().is_empty() {
            continue;
        }
        let name = named?;
        let text = Text::new(&text).map_err(|error| answer.wrong(error))?;
        fields.insert(name, text);
    }
    Ok(fields)
}

fn answer_text(value: &Value) -> Option<String> {
    match value {
        Value::Null => Some(String::new()),
        Value::Bool(answer) => Some(if *answer { "yes" } else { "no" }.to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => {
            let texts: Option<Vec<_>> = items
                .iter()
                .map(|item| match item {
                    Value::Array(_) | Value::Object(_) => None,
                    Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
                        answer_text(item)
                    }
                })
                .collect();
            Some(texts?.join(", "))
        }
        Value::Object(_) => None,
    }
}

/// An address that a browser opens: http or https, nothing that runs script.
fn web_address(node: &Node<'_>) -> Result<url::Url> {
    let text = node.text()?;
    let wrong = || node.wrong("is not a web address that begins with https:// or http://");
    if text.len() > MAX_URL {
        return Err(node.wrong(format!("is longer than {MAX_URL} characters")));
    }
    let address: url::Url = text.parse().map_err(|_| wrong())?;
    let plain = matches!(address.scheme(), "https" | "http")
        && address.host().is_some()
        && address.username().is_empty()
        && address.password().is_none();
    plain.then_some(address).ok_or_else(wrong)
}
