//! The files that pages load: one stylesheet and one script. Each has its content's hash in its
//! name, so that browsers may keep it for ever and never have an old one.

use std::sync::LazyLock;

use lambda_http::http::StatusCode;
use sha2::{Digest, Sha256};

use crate::http::reply::{Content, Reply};

/// A file of the project's own.
pub(crate) struct Asset {
    /// The path at which it is served.
    pub(crate) path: String,
    kind: &'static str,
    content: &'static str,
}

impl Asset {
    fn new(stem: &str, ending: &str, kind: &'static str, content: &'static str) -> Self {
        let digest = Sha256::digest(content);
        let hash = hex::encode(&digest[..8]);
        Self {
            path: format!("/assets/{stem}-{hash}.{ending}"),
            kind,
            content,
        }
    }
}

/// The one stylesheet.
pub(crate) static STYLE: LazyLock<Asset> = LazyLock::new(|| {
    let style = include_str!("../templates/style.css");
    Asset::new("style", "css", "text/css; charset=utf-8", style)
});

/// The one script. Every page is complete without it.
pub(crate) static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    let script = include_str!("../templates/script.js");
    Asset::new("script", "js", "text/javascript; charset=utf-8", script)
});

/// The file at this address, if there is one.
pub(crate) fn find(path: &str) -> Option<Reply> {
    let assets: [&Asset; 2] = [&STYLE, &SCRIPT];
    let asset = assets.into_iter().find(|asset| asset.path == path)?;
    Some(Reply {
        content: Content::Asset {
            kind: asset.kind,
            text: asset.content,
        },
        ..Reply::bare(StatusCode::OK)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A rule that is left open takes all that follow it along, without a word from any browser.
    #[test]
    fn every_rule_of_the_stylesheet_is_closed_before_the_next_area_begins() {
        let mut open = 0_i32;
        for (number, line) in (1..).zip(STYLE.content.lines()) {
            if line.starts_with("/*") {
                assert_eq!(open, 0, "line {number}: {line}");
            }
            for mark in line.chars() {
                open += i32::from(mark == '{') - i32::from(mark == '}');
            }
            assert!(open >= 0, "line {number}: {line}");
        }
        assert_eq!(open, 0);
    }
}
