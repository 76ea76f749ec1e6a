//! A posted form: `application/x-www-form-urlencoded` (URL Standard §5), field by field.

use lambda_http::{
    Request,
    http::{HeaderMap, header},
};
use url::form_urlencoded;

use super::posted::NoForm;

/// The fields of a posted form, or of a query.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads a posted form of at most `most` bytes.
    ///
    /// Bytes that are no UTF-8 become U+FFFD, as browsers do it; what a field may hold is for its
    /// reader to check.
    pub(crate) fn of_body(request: &Request, most: usize) -> Result<Self, NoForm> {
        if !is_form(request.headers()) {
            return Err(NoForm::NotAForm);
        }
        let body: &[u8] = request.body();
        if body.len() > most {
            return Err(NoForm::TooLarge);
        }
        Ok(Self::parse(body))
    }

    /// Reads the query of an address.
    pub(crate) fn of_query(request: &Request) -> Self {
        Self::parse(request.uri().query().unwrap_or_default().as_bytes())
    }

    fn parse(text: &[u8]) -> Self {
        Self(form_urlencoded::parse(text).into_owned().collect())
    }

    /// The same without a field.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.0.retain(|(key, _)| key != name);
        self
    }

    /// The value of a field that stands once. One that stands twice says two things, and so
    /// nothing.
    pub(crate) fn one(&self, name: &str) -> Option<&str> {
        let mut values = self.all(name);
        let value = values.next()?;
        values.next().is_none().then_some(value)
    }

    /// Every field with its value, as they came.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let pairs = self.0.iter();
        pairs.map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The same, to keep.
    pub(crate) fn into_pairs(self) -> Vec<(String, String)> {
        self.0
    }

    /// Every value of a field that may stand several times.
    pub(crate) fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }
}

/// The media type that the sender named, without its parameters.
pub(crate) fn media_type(headers: &HeaderMap) -> Option<&str> {
    let kind = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    kind.split(';').next().map(str::trim)
}

fn is_form(headers: &HeaderMap) -> bool {
    media_type(headers)
        .is_some_and(|kind| kind.eq_ignore_ascii_case("application/x-www-form-urlencoded"))
}
