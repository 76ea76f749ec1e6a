//! A list as the form posts it: a file or pasted text, with what is to be said to all of them
//! (`multipart/form-data`, RFC 7578).

use domain::text::Line;
use lambda_http::{Request, http::header};
use multer::{Constraints, Multipart, SizeLimit};

use crate::controls::escape_controls;

/// The largest list: 1 MiB.
const MAX_LIST: u64 = 1_024 * 1_024;
/// The largest of the other fields.
const MAX_FIELD: u64 = 16 * 1_024;
/// The largest form.
const MAX_FORM: usize = 3 * 1_024 * 1_024;

/// The posted form.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Uploaded {
    /// The form's token.
    pub(super) token: String,
    /// The file, if one was chosen.
    pub(super) file: Option<Vec<u8>>,
    /// Its name, if it can be shown.
    pub(super) name: Option<Line<200>>,
    /// The pasted text.
    pub(super) pasted: String,
    /// The note to all of them.
    pub(super) note: String,
    /// On which day the access of all of them ends.
    pub(super) until: String,
}

/// The reason why a body is no such form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoUpload {
    /// It is larger than any list.
    TooLarge,
    /// It is of another kind, or cut off.
    NotAForm,
}

/// Reads the form.
pub(super) async fn read(request: &Request) -> Result<Uploaded, NoUpload> {
    let body: &[u8] = request.body();
    if body.len() > MAX_FORM {
        return Err(NoUpload::TooLarge);
    }
    let kind = request.headers().get(header::CONTENT_TYPE);
    let boundary = kind
        .and_then(|kind| multer::parse_boundary(kind.to_str().ok()?).ok())
        .ok_or(NoUpload::NotAForm)?;
    let limits = SizeLimit::new()
        .per_field(MAX_FIELD)
        .for_field("file", MAX_LIST)
        .for_field("pasted", MAX_LIST);
    let constraints = Constraints::new().size_limit(limits);
    let mut parts = Multipart::with_reader_with_constraints(body, boundary, constraints);
    let mut uploaded = Uploaded::default();
    while let Some(part) = parts
        .next_field()
        .await
        .map_err(|error| no_upload(&error))?
    {
        let name = part.name().unwrap_or_default().to_owned();
        let file_name = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(|error| no_upload(&error))?;
        let text = || String::from_utf8_lossy(&bytes).into_owned();
        match name.as_str() {
            "token" => uploaded.token = text(),
            // A form whose file field was left empty posts an empty file.
            "file" if !bytes.is_empty() => {
                uploaded.name = file_name.as_deref().and_then(shown);
                uploaded.file = Some(bytes.to_vec());
            }
            "pasted" => uploaded.pasted = text(),
            "note" => uploaded.note = text(),
            "until" => uploaded.until = text(),
            _ => {}
        }
    }
    Ok(uploaded)
}

fn no_upload(error: &multer::Error) -> NoUpload {
    match error {
        multer::Error::FieldSizeExceeded { .. } | multer::Error::StreamSizeExceeded { .. } => {
            NoUpload::TooLarge
        }
        // The others are of a foreign kind: each says that the body is none of our form's.
        _ => NoUpload::NotAForm,
    }
}

/// A file's name without its folders, as far as it can be shown.
fn shown(name: &str) -> Option<Line<200>> {
    let name = escape_controls(name.rsplit(['/', '\\']).next()?);
    let short: String = name.chars().take(200).collect();
    Line::new(&short).ok()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use lambda_http::Body;

    use super::*;

    fn part(name: &str, more: &str, value: &str) -> String {
        format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"{more}\r\n\r\n{value}\r\n")
    }

    async fn posted(kind: &str, body: impl Into<Body>) -> Result<Uploaded, NoUpload> {
        let request = lambda_http::http::Request::builder()
            .header(header::CONTENT_TYPE, kind)
            .body(body.into())
            .unwrap();
        read(&request).await
    }

    const KIND: &str = "multipart/form-data; boundary=b";

    #[tokio::test]
    async fn a_file_and_the_fields_beside_it_are_read() {
        let body = [
            part("token", "", "t"),
            part(
                "file",
                "; filename=\"people.csv\"\r\nContent-Type: text/csv",
                "a;b\r\n\u{fc}",
            ),
            part("pasted", "", ""),
            part("note", "", "Hello"),
            part("until", "", "2027-01-31"),
            part("other", "", "ignored"),
            "--b--\r\n".to_owned(),
        ]
        .concat();
        let uploaded = posted(KIND, body).await.unwrap();
        assert_eq!(uploaded.file.unwrap(), "a;b\r\n\u{fc}".as_bytes());
        assert_eq!(uploaded.name.unwrap().as_str(), "people.csv");
        assert_eq!(
            (uploaded.token, uploaded.note),
            ("t".to_owned(), "Hello".to_owned())
        );
        assert_eq!(
            (uploaded.pasted, uploaded.until),
            (String::new(), "2027-01-31".to_owned())
        );
    }

    #[tokio::test]
    async fn a_hostile_file_name_is_shown_harmless_or_not_at_all() {
        for (name, expected) in [
            ("../../etc/passwd", Some("passwd")),
            ("C:\\temp\\list.csv", Some("list.csv")),
            ("<script>alert(1)</script>.csv", Some("script>.csv")),
            ("\u{202e}vsc.exe", Some("\u{fffd}vsc.exe")),
            ("  ", None),
        ] {
            assert_eq!(shown(name).as_ref().map(Line::as_str), expected, "{name}");
        }
        assert_eq!(shown(&"n".repeat(10_000)).unwrap().as_str().len(), 200);
    }

    #[tokio::test]
    async fn what_is_no_such_form_or_too_large_is_refused() {
        for (kind, body) in [
            ("application/x-www-form-urlencoded", "token=t".to_owned()),
            ("multipart/form-data", part("token", "", "t")),
            (KIND, "nothing".to_owned()),
            (KIND, part("token", "", "cut off")),
        ] {
            assert_eq!(posted(kind, body).await, Err(NoUpload::NotAForm), "{kind}");
        }
        let list = "a".repeat(1_024 * 1_024 + 1);
        for name in ["file", "pasted"] {
            let body = part(name, "", &list) + "--b--\r\n";
            assert_eq!(posted(KIND, body).await, Err(NoUpload::TooLarge), "{name}");
        }
        let body = part("note", "", &list[..20_000]) + "--b--\r\n";
        assert_eq!(posted(KIND, body).await, Err(NoUpload::TooLarge));
        let body = vec![b'x'; MAX_FORM + 1];
        assert_eq!(posted(KIND, body).await, Err(NoUpload::TooLarge));
    }
}
