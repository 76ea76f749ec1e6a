//! The site from which a form was posted, as browsers tell it.

use lambda_http::http::{HeaderMap, header};
use url::Url;

/// The browser's header about the site of a request's origin (Fetch Metadata Request Headers).
const FETCH_SITE: &str = "sec-fetch-site";

/// Tells whether a browser says that a post does not come from a page of ours.
///
/// `Sec-Fetch-Site` decides, and `Origin` (RFC 6454) where it is absent, as in browsers before 2023.
/// Whatever sends neither of the two is no browser that could be led here by another site, or one so
/// old that its cookies are held by `SameSite` and its forms by their tokens alone.
pub(crate) fn is_elsewhere(headers: &HeaderMap, own: &Url) -> bool {
    let mut sites = headers.get_all(FETCH_SITE).iter().peekable();
    if sites.peek().is_some() {
        return !sites.all(|site| site == "same-origin" || site == "none");
    }
    let own = own.origin().ascii_serialization();
    let mut origins = headers.get_all(header::ORIGIN).iter();
    origins.any(|origin| *origin != *own)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use lambda_http::http::{HeaderName, HeaderValue};

    use super::*;

    fn elsewhere(said: &[(&'static str, &'static str)]) -> bool {
        let headers = said.iter().map(|(name, value)| {
            let name = HeaderName::from_static(name);
            (name, HeaderValue::from_static(value))
        });
        let mut all = HeaderMap::new();
        for (name, value) in headers {
            all.append(name, value);
        }
        is_elsewhere(&all, &"https://desk.example/".parse().unwrap())
    }

    #[test]
    fn the_site_decides_whatever_the_origin_says() {
        for site in ["same-origin", "none"] {
            assert!(!elsewhere(&[(FETCH_SITE, site)]), "{site}");
            let both = [(FETCH_SITE, site), ("origin", "null")];
            assert!(!elsewhere(&both), "{site}");
        }
        for site in [
            "cross-site",
            "same-site",
            "",
            "Same-Origin",
            "none,cross-site",
        ] {
            assert!(elsewhere(&[(FETCH_SITE, site)]), "{site}");
            let both = [(FETCH_SITE, site), ("origin", "https://desk.example")];
            assert!(elsewhere(&both), "{site}");
        }
        let twice = [(FETCH_SITE, "none"), (FETCH_SITE, "cross-site")];
        assert!(elsewhere(&twice));
    }

    #[test]
    fn without_it_the_origin_has_to_be_ours() {
        assert!(!elsewhere(&[("origin", "https://desk.example")]));
        for origin in [
            "null",
            "",
            "http://desk.example",
            "https://desk.example:8443",
            "https://evil.desk.example",
            "https://desk.example.evil.test",
            "https://desk.example@evil.test",
            "https://evil.test",
        ] {
            assert!(elsewhere(&[("origin", origin)]), "{origin}");
        }
        let twice = [
            ("origin", "https://desk.example"),
            ("origin", "https://evil.test"),
        ];
        assert!(elsewhere(&twice));
    }

    #[test]
    fn who_says_nothing_is_no_browser_that_another_site_leads() {
        assert!(!elsewhere(&[]));
    }
}
