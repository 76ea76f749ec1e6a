//! The replay of the samples: each is sent as its sender would send it, and its effects are
//! compared with its expectation.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use aws_sdk_dynamodb::types::AttributeValue;
use axum::http::header::{COOKIE, LOCATION, SET_COOKIE};
use serde_json::{Value, json};

use super::error::WorldError;
use super::sample::{ExpectedItem, ExpectedMail, Sample, Visit};
use crate::bundle::Running;
use crate::dynamodb::meter::Reading;
use crate::local::{LocalError, LocalSource};
use crate::sdk;
use crate::signed::signed;

/// The result of a sample.
#[derive(Debug)]
pub struct Step {
    /// The answer's status.
    pub status: u16,
    /// The answer's body, if it is JSON.
    pub body: Value,
    /// True if this is the answer to an earlier replay of the same sample.
    pub replayed: bool,
    /// The calls of DynamoDB, up to the last mark of the relay.
    pub used: Reading,
    /// The mails that left.
    pub mails: Vec<ExpectedMail>,
    /// The differences from the expectation.
    pub faults: Vec<String>,
}

/// The answer to a sample.
struct Answer {
    status: u16,
    body: Value,
    replayed: bool,
}

/// Sends samples to a running bundle.
pub struct Replay<'a> {
    running: &'a Running,
    client: reqwest::Client,
    tables: aws_sdk_dynamodb::Client,
    sources: BTreeMap<String, LocalSource>,
    /// The samples that an earlier replay in the same data directory had sent.
    seen: Mutex<BTreeSet<String>>,
}

impl std::fmt::Debug for Replay<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Replay").finish_non_exhaustive()
    }
}

impl<'a> Replay<'a> {
    /// A replay to this bundle.
    ///
    /// # Panics
    /// Never: a client for plain HTTP can always be built.
    #[must_use]
    pub fn new(running: &'a Running) -> Self {
        let sources = running.local.sources();
        Self {
            running,
            client: reqwest::Client::builder()
                .redirect(reqwest::redirect::Policy::none())
                .build()
                .expect("a client without settings of its own can be built"),
            tables: sdk::dynamodb(&running.local.dynamodb_endpoint, "replay"),
            sources: sources.into_iter().map(|s| (s.id.clone(), s)).collect(),
            seen: Mutex::default(),
        }
    }

    /// Sends one sample, waits for everything that follows from it, and compares.
    ///
    /// # Errors
    /// If it cannot be sent at all. A difference from the expectation is a fault of the step.
    pub async fn step(&self, sample: &Sample) -> Result<Step, WorldError> {
        let Some(days) = sample.days_ago else {
            return self.step_now(sample).await;
        };
        // The record of a delivery is not kept for long: what was sent then would be taken anew.
        if self.has_happened(sample).await? {
            self.remember(sample, true);
            return Ok(Step::seen_before());
        }
        let clock = &self.running.local.clock;
        let offset = clock.go_back(days).map_err(LocalError::from)?;
        let step = self.step_now(sample).await;
        clock.keep(offset).map_err(LocalError::from)?;
        step
    }

    /// Tells whether the effects of a sample of earlier days are there.
    async fn has_happened(&self, sample: &Sample) -> Result<bool, WorldError> {
        if self.follows_a_replayed(sample) {
            return Ok(true);
        }
        if sample.function != "request-created" {
            return Ok(false);
        }
        for item in &sample.expect.items {
            if !self.is_written(item).await? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn step_now(&self, sample: &Sample) -> Result<Step, WorldError> {
        let local = &self.running.local;
        let mails_before = local.mailbox.count();
        let used_before = local.meter.read();
        let answer = self.send(sample).await?;
        self.remember(sample, answer.replayed);
        local.settle().await?;
        let used = local.meter.read().since(&used_before);
        let mut mails: Vec<_> = local
            .mailbox
            .list(None)
            .into_iter()
            .skip(mails_before)
            .flat_map(|mail| {
                let kind = mail.kind.clone();
                mail.to.into_iter().map(move |to| ExpectedMail {
                    to,
                    kind: kind.clone(),
                })
            })
            .collect();
        mails.sort();
        let faults = self.faults(sample, &answer, &mails).await?;
        Ok(Step {
            status: answer.status,
            body: answer.body,
            replayed: answer.replayed,
            used,
            mails,
            faults,
        })
    }

    async fn send(&self, sample: &Sample) -> Result<Answer, WorldError> {
        if let Some(source) = &sample.source {
            return self.deliver(sample, source).await;
        }
        let replayed = self.follows_a_replayed(sample);
        if let Some(visit) = &sample.visit {
            let status = self.visit(visit, replayed).await?;
            return Ok(Answer {
                replayed,
                ..Answer::of(status, Value::Null)
            });
        }
        if let Some(report) = &sample.report {
            let report = serde_json::from_value(report.clone())?;
            self.running.local.report(&report).await?;
            return Ok(Answer {
                replayed,
                ..Answer::of(200, Value::Null)
            });
        }
        let invoker = &self.running.local.deliverer.invoker;
        let id = invoker.request_id();
        let event = sample.event.clone().unwrap_or_else(|| json!({}));
        Ok(match invoker.invoke(&sample.function, &id, event).await {
            Ok(answer) => Answer::of(200, answer),
            Err(error) => Answer::of(500, json!({ "error": error.to_string() })),
        })
    }

    /// Tells whether an earlier replay sent a sample, by the sample that it follows: only a hook's
    /// own answer tells directly.
    fn follows_a_replayed(&self, sample: &Sample) -> bool {
        let seen = self.seen.lock().expect("nothing panics while it holds it");
        sample
            .after
            .as_ref()
            .is_some_and(|after| seen.contains(after))
    }

    fn remember(&self, sample: &Sample, replayed: bool) {
        if replayed {
            let mut seen = self.seen.lock().expect("nothing panics while it holds it");
            seen.insert(sample.name.clone());
        }
    }

    /// Sends it as the source would: signed now, under an id that is the same in each replay.
    async fn deliver(&self, sample: &Sample, source: &str) -> Result<Answer, WorldError> {
        let local = &self.running.local;
        let known = self
            .sources
            .get(source)
            .ok_or_else(|| WorldError::NoSource(source.to_owned()))?;
        let mut body = sample.body.clone().unwrap_or(Value::Null);
        if sample.days_ago.is_some() {
            body["timestamp"] = json!(local.clock.now().to_string());
        }
        let body = body.to_string();
        let id = format!("sample_{}", sample.name.replace('/', "_"));
        let headers = signed(known, &id, local.clock.now(), body.as_bytes())
            .ok_or_else(|| WorldError::NoSource(source.to_owned()))?;
        let address = format!("{}/hooks/{source}/{}", local.base_url, sample.function);
        let mut request = self
            .client
            .post(address)
            .headers(headers)
            .header("content-type", "application/json");
        for (name, value) in &sample.headers {
            request = request.header(name, value);
        }
        let response = request.body(body).send().await?;
        let replayed = response.headers().contains_key("idempotent-replayed");
        let status = response.status().as_u16();
        let text = response.text().await?;
        Ok(Answer {
            status,
            body: serde_json::from_str(&text).unwrap_or(Value::Null),
            replayed,
        })
    }

    /// Does what the person would: opens the newest link for that purpose and then acts on it,
    /// unless that was done before. Returns the status.
    async fn visit(&self, visit: &Visit, done: bool) -> Result<u16, WorldError> {
        let local = &self.running.local;
        let links = local.links(&visit.email);
        let link = links
            .into_iter()
            .find(|link| link.purpose == visit.purpose)
            .ok_or_else(|| WorldError::NoLink {
                email: visit.email.clone(),
                purpose: visit.purpose.clone(),
            })?;
        // A link from an earlier bundle's mail may name that bundle's port.
        let url = match link.url.find("/l/") {
            Some(path) => format!("{}{}", local.base_url, &link.url[path..]),
            None => link.url,
        };
        let mut page = self.client.get(&url).send().await?;
        if let Some((next, cookie)) = session(&page) {
            let next = format!("{}{next}", local.base_url);
            page = self.client.get(next).header(COOKIE, cookie).send().await?;
        }
        let status = page.status().as_u16();
        let html = page.text().await?;
        let Some(wish) = visit.wish.as_ref().filter(|_| !done) else {
            return Ok(status);
        };
        let mut form = vec![("wish", wish.as_str())];
        let token = form_token(&html, wish);
        if let Some(token) = &token {
            form.push(("token", token));
        }
        let posted = self.client.post(&url).form(&form).send().await?;
        Ok(posted.status().as_u16())
    }

    async fn faults(
        &self,
        sample: &Sample,
        answer: &Answer,
        mails: &[ExpectedMail],
    ) -> Result<Vec<String>, WorldError> {
        let expect = &sample.expect;
        let mut faults = Vec::new();
        let status = expect.status.unwrap_or(200);
        // In a data directory that has seen the sample, its repetition is a duplicate, and a
        // single-use link is spent.
        let wanted = match (answer.replayed, &sample.visit) {
            (true, None) if status == 202 => 200,
            (true, Some(_)) if answer.status == 410 => 410,
            _ => status,
        };
        if answer.status != wanted {
            faults.push(format!("answered {}, not {wanted}", answer.status));
        }
        if let Some(body) = &expect.body
            && !contains(&answer.body, body)
        {
            faults.push(format!("the answer is {}", answer.body));
        }
        let mut wanted = expect.mails.clone();
        wanted.sort();
        if !answer.replayed && wanted != mails {
            faults.push(format!("mails are {}", list(mails)));
        }
        for item in &expect.items {
            if !self.is_written(item).await? {
                faults.push(format!("nothing is in {} under {}", item.table, item.pk));
            }
        }
        Ok(faults)
    }

    async fn is_written(&self, item: &ExpectedItem) -> Result<bool, WorldError> {
        let tables = self.running.local.tables();
        let Some(table) = tables.get(item.table.as_str()) else {
            return Ok(false);
        };
        let mut pages = self
            .tables
            .scan()
            .table_name(*table)
            .filter_expression("begins_with(pk, :pk)")
            .expression_attribute_values(":pk", AttributeValue::S(item.pk.clone()))
            .into_paginator()
            .items()
            .send();
        match pages.next().await {
            Some(Ok(_)) => Ok(true),
            Some(Err(error)) => Err(WorldError::Tables(Box::new(error))),
            None => Ok(false),
        }
    }
}

impl Step {
    /// The step of a sample whose effects are there already.
    fn seen_before() -> Self {
        Self {
            status: 200,
            body: Value::Null,
            replayed: true,
            used: Reading::default(),
            mails: Vec::new(),
            faults: Vec::new(),
        }
    }
}

impl Answer {
    fn of(status: u16, body: Value) -> Self {
        Self {
            status,
            body,
            replayed: false,
        }
    }
}

/// The address to which a link that begins a session leads, with the session's cookie.
fn session(page: &reqwest::Response) -> Option<(String, String)> {
    let header = |name| page.headers().get(name)?.to_str().ok();
    let (cookie, _) = header(SET_COOKIE)?.split_once(';')?;
    Some((header(LOCATION)?.to_owned(), cookie.to_owned()))
}

/// The token of the form with the button for a wish.
fn form_token(html: &str, wish: &str) -> Option<String> {
    let button = format!("value=\"{wish}\"");
    let form = html.split("<form").find(|form| form.contains(&button))?;
    let (_, rest) = form.split_once("name=\"token\" value=\"")?;
    rest.split('"').next().map(str::to_owned)
}

/// Tells whether a JSON value has everything that another one names.
fn contains(value: &Value, part: &Value) -> bool {
    match (value, part) {
        (Value::Object(value), Value::Object(part)) => part
            .iter()
            .all(|(name, part)| value.get(name).is_some_and(|value| contains(value, part))),
        (Value::Array(value), Value::Array(part)) => {
            value.len() == part.len() && value.iter().zip(part).all(|(v, p)| contains(v, p))
        }
        (value, part) => value == part,
    }
}

fn list(mails: &[ExpectedMail]) -> String {
    if mails.is_empty() {
        return "none".to_owned();
    }
    let each: Vec<_> = mails
        .iter()
        .map(|mail| format!("{} to {}", mail.kind, mail.to))
        .collect();
    each.join(", ")
}
