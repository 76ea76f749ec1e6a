//! The one stylesheet, in every page, and the policy that lets it and nothing else in.

use std::sync::LazyLock;

use base64::{Engine, engine::general_purpose::STANDARD};
use lambda_http::http::HeaderValue;
use sha2::{Digest, Sha256};

/// The text between `<style>` and `</style>`, to the byte.
pub(crate) const STYLE: &str = include_str!("../templates/style.css");

/// What a page may do (Content Security Policy Level 3): have this stylesheet, known by its hash,
/// and post forms to where it came from. No script, no image, no frame, nobody else's anything.
pub(crate) static POLICY: LazyLock<HeaderValue> = LazyLock::new(|| {
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    let policy = format!(
        "default-src 'none'; style-src 'sha256-{hash}'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    HeaderValue::try_from(policy).expect("base64 and the words around it are a header value")
});
