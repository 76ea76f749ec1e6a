//! One captured mail, in a form for people and tests.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use mail_parser::{Address, MessageParser, PartType};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A mail that SES received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    /// The id in SES's answer.
    pub id: String,
    /// The time of its sending, by the bundle's clock.
    pub at: Timestamp,
    /// The sender, with the display name.
    pub from: String,
    /// Every recipient's bare address.
    pub to: Vec<String>,
    /// The subject, decoded.
    pub subject: String,
    /// The plain text, empty if there is none.
    pub text: String,
    /// The HTML, empty if there is none.
    pub html: String,
    /// All headers; several of one name are joined by a comma.
    pub headers: BTreeMap<String, String>,
    /// The kind of the mail (`X-Lanyard-Kind`), empty if it has none.
    pub kind: String,
    /// SES's tags with the configuration set, in the form of SES's events.
    #[serde(default)]
    pub tags: BTreeMap<String, Vec<String>>,
}

/// The reason why a request to SES is no mail.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum MessageError {
    /// A member of the request is missing or of another type.
    #[error("{0} is missing or not what the API documents")]
    Member(&'static str),
    /// The raw content is not an Internet message.
    #[error("the raw content is not a message")]
    Mime,
    /// A template of SES's own, of which there are none here.
    #[error("templates of SES are not captured here; the mail has to be rendered")]
    Template,
}

impl Message {
    /// Reads the body of `SendEmail` (SES API v2 reference).
    ///
    /// # Errors
    ///
    /// If the request holds no mail.
    pub fn from_request(request: &Value, id: String, at: Timestamp) -> Result<Self, MessageError> {
        let content = request
            .get("Content")
            .ok_or(MessageError::Member("Content"))?;
        let mut message = if let Some(raw) = content.get("Raw") {
            let data = raw.get("Data").and_then(Value::as_str);
            let data = data.and_then(|data| STANDARD.decode(data).ok());
            Self::from_mime(&data.ok_or(MessageError::Member("Content.Raw.Data"))?)?
        } else if let Some(simple) = content.get("Simple") {
            Self::from_simple(simple)?
        } else {
            return Err(match content.get("Template") {
                Some(_) => MessageError::Template,
                None => MessageError::Member("Content"),
            });
        };
        message.id = id;
        message.at = at;
        // The destination decides the recipients; a raw message's header only shows them.
        let destination = request.get("Destination").and_then(Value::as_object);
        let given: Vec<_> = destination
            .into_iter()
            .flat_map(serde_json::Map::values)
            .filter_map(Value::as_array)
            .flatten()
            .filter_map(Value::as_str)
            .map(bare)
            .collect();
        if !given.is_empty() {
            message.to = given;
        }
        if message.to.is_empty() {
            return Err(MessageError::Member("Destination"));
        }
        if let Some(from) = request.get("FromEmailAddress").and_then(Value::as_str) {
            from.clone_into(&mut message.from);
        }
        message.tags = tags_of(request);
        Ok(message)
    }

    fn empty() -> Self {
        Self {
            id: String::new(),
            at: Timestamp::UNIX_EPOCH,
            from: String::new(),
            to: Vec::new(),
            subject: String::new(),
            text: String::new(),
            html: String::new(),
            headers: BTreeMap::new(),
            kind: String::new(),
            tags: BTreeMap::new(),
        }
    }

    fn from_mime(raw: &[u8]) -> Result<Self, MessageError> {
        let parsed = MessageParser::default()
            .parse(raw)
            .ok_or(MessageError::Mime)?;
        let mut message = Self::empty();
        for (name, value) in parsed.headers_raw() {
            let unfolded = value
                .replace("\r\n", "\n")
                .replace("\n\t", " ")
                .replace("\n ", " ");
            message.add_header(name, unfolded.trim());
        }
        parsed
            .subject()
            .unwrap_or_default()
            .clone_into(&mut message.subject);
        message.from = parsed.from().map(display).unwrap_or_default();
        message.to = [parsed.to(), parsed.cc(), parsed.bcc()]
            .into_iter()
            .flatten()
            .flat_map(Address::iter)
            .filter_map(|address| address.address().map(str::to_owned))
            .collect();
        for part in &parsed.parts {
            match &part.body {
                PartType::Text(text) if message.text.is_empty() => {
                    message.text = text.replace("\r\n", "\n");
                }
                PartType::Html(html) if message.html.is_empty() => message.html = html.to_string(),
                _ => {}
            }
        }
        Ok(message)
    }

    fn from_simple(simple: &Value) -> Result<Self, MessageError> {
        let data = |pointer| {
            simple
                .pointer(pointer)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        let mut message = Self::empty();
        message.subject =
            data("/Subject/Data").ok_or(MessageError::Member("Content.Simple.Subject"))?;
        message.text = data("/Body/Text/Data").unwrap_or_default();
        message.html = data("/Body/Html/Data").unwrap_or_default();
        for header in simple
            .get("Headers")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
        {
            let member = |name| header.get(name).and_then(Value::as_str);
            if let (Some(name), Some(value)) = (member("Name"), member("Value")) {
                message.add_header(name, value);
            }
        }
        Ok(message)
    }

    fn add_header(&mut self, name: &str, value: &str) {
        if name.eq_ignore_ascii_case("x-lanyard-kind") {
            value.clone_into(&mut self.kind);
        }
        self.headers
            .entry(name.to_owned())
            .and_modify(|values| {
                values.push_str(", ");
                values.push_str(value);
            })
            .or_insert_with(|| value.to_owned());
    }

    /// Tells whether it went to this address; case does not matter.
    #[must_use]
    pub fn is_to(&self, address: &str) -> bool {
        self.to.iter().any(|to| to.eq_ignore_ascii_case(address))
    }

    /// The signed links in its text, in their order, then those in its `List-Unsubscribe` header;
    /// each once.
    #[must_use]
    pub fn links(&self) -> Vec<String> {
        let header = self
            .headers
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case("list-unsubscribe"));
        let header = header.map_or("", |(_, value)| value.as_str());
        let mut links: Vec<String> = Vec::new();
        for part in [self.text.as_str(), header] {
            for word in part.split(|c: char| c.is_whitespace() || "<>()\"".contains(c)) {
                let link = word.trim_end_matches(['.', ',', ';', ':', '!', '?']);
                let is_signed = link.contains("/l/") || link.contains("/unsubscribe/");
                if link.starts_with("http") && is_signed && !links.iter().any(|known| known == link)
                {
                    links.push(link.to_owned());
                }
            }
        }
        links
    }
}

fn tags_of(request: &Value) -> BTreeMap<String, Vec<String>> {
    let mut tags = BTreeMap::new();
    for tag in request
        .get("EmailTags")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let member = |name| tag.get(name).and_then(Value::as_str);
        if let (Some(name), Some(value)) = (member("Name"), member("Value")) {
            tags.insert(name.to_owned(), vec![value.to_owned()]);
        }
    }
    if let Some(set) = request.get("ConfigurationSetName").and_then(Value::as_str) {
        tags.insert("ses:configuration-set".to_owned(), vec![set.to_owned()]);
    }
    tags
}

/// `Name <address>` for people.
fn display(addresses: &Address<'_>) -> String {
    let all: Vec<_> = addresses
        .iter()
        .map(|one| match (one.name(), one.address()) {
            (Some(name), Some(address)) => format!("{name} <{address}>"),
            (None, Some(address)) => address.to_owned(),
            (name, None) => name.unwrap_or_default().to_owned(),
        })
        .collect();
    all.join(", ")
}

/// The address alone of `Name <address>`.
fn bare(address: &str) -> String {
    match address.rsplit_once('<') {
        Some((_, rest)) => rest.trim_end_matches('>').trim().to_owned(),
        None => address.trim().to_owned(),
    }
}

#[cfg(test)]
mod tests;
