//! Pages on their way: `gzip` for those who take it (RFC 9110 §12.5.3), since an HTTP API does not
//! compress. No secret is repeated in two answers in the same characters (a form's token changes
//! with each rendering), so that sizes tell nothing.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use lambda_http::http::{HeaderMap, header};

/// Below this many bytes compressing costs more than it saves.
const WORTHWHILE: usize = 1_024;

/// Tells whether the browser accepts `gzip`.
pub(crate) fn is_taken(headers: &HeaderMap) -> bool {
    let mut said = headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|line| line.to_str().ok())
        .flat_map(|line| line.split(','));
    said.any(|coding| {
        let (name, quality) = coding.split_once(';').unwrap_or((coding, ""));
        let refused = quality
            .trim()
            .strip_prefix("q=")
            .and_then(|quality| quality.parse::<f32>().ok())
            .is_some_and(|quality| quality <= 0.0);
        name.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}

/// The text compressed, if that is worthwhile.
pub(crate) fn gzip(text: &[u8]) -> Option<Vec<u8>> {
    if text.len() < WORTHWHILE {
        return None;
    }
    let mut encoder = GzEncoder::new(Vec::with_capacity(text.len() / 3), Compression::default());
    encoder.write_all(text).ok()?;
    encoder.finish().ok()
}
