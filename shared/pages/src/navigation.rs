//! Where else somebody can go from a page: to the areas for which their browser keeps a session.
//!
//! The names of its cookies tell that much. Whether a session still holds is for the area to find
//! out.

use domain::OrgId;
use lambda_http::http::HeaderMap;

use words::Words;

use crate::{http::cookies, page::Tab};

/// An area of the pages, as the tabs name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Area {
    Requests,
    New,
    Profile,
}

/// The areas that are open to somebody.
#[derive(Debug, Clone, Default)]
pub(crate) struct Navigation {
    /// All that is their own.
    own: bool,
    /// A request of theirs.
    request: bool,
    /// The consoles of these organisations.
    consoles: Vec<OrgId>,
}

impl Navigation {
    /// To nowhere.
    #[cfg(test)]
    pub(crate) const NONE: Self = Self {
        own: false,
        request: false,
        consoles: Vec::new(),
    };

    pub(crate) fn of(headers: &HeaderMap) -> Self {
        Self {
            own: cookies::value(headers, &cookies::own()).is_some(),
            request: !cookies::requests(headers).is_empty(),
            consoles: cookies::organizations(headers),
        }
    }

    /// From a page of this area, or of none.
    pub(crate) fn tabs(&self, words: &Words, here: Option<Area>) -> Vec<Tab> {
        let mut tabs = self.consoles(words);
        tabs.extend(self.besides_consoles(words, here));
        tabs
    }

    /// From a page of a console, whose own tabs stand before these.
    pub(crate) fn besides_consoles(&self, words: &Words, here: Option<Area>) -> Vec<Tab> {
        let tab = |area, label: &str, to: &str| Tab {
            label: label.to_owned(),
            to: to.to_owned(),
            here: here == Some(area),
            apart: false,
        };
        let leads = !self.consoles.is_empty();
        let requests = || tab(Area::Requests, words.requests.my_requests, "/requests");
        let new = || tab(Area::New, words.requests.new_request, "/new");
        let profile = || tab(Area::Profile, words.requests.profile, "/profile");
        let open = [
            self.own.then(requests),
            (self.own || self.request || leads).then(new),
            (self.own || leads).then(profile),
        ];
        open.into_iter().flatten().collect()
    }

    fn consoles(&self, words: &Words) -> Vec<Tab> {
        let only = self.consoles.len() == 1;
        let tab = |org: &OrgId| Tab {
            label: if only {
                words.console.people.to_owned()
            } else {
                format!("{} ({org})", words.console.people)
            },
            to: format!("/console/{org}"),
            here: false,
            apart: false,
        };
        self.consoles.iter().map(tab).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use lambda_http::http::{HeaderValue, header};

    use super::*;

    fn tabs(cookie: &'static str, here: Option<Area>) -> Vec<String> {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static(cookie));
        let tabs = Navigation::of(&headers).tabs(Words::source(), here);
        let tab = |tab: Tab| format!("{}{}", tab.to, if tab.here { "*" } else { "" });
        tabs.into_iter().map(tab).collect()
    }

    #[test]
    fn only_what_a_session_opens_is_offered() {
        let nowhere: [&str; 0] = [];
        assert_eq!(tabs("theme=dark", None), nowhere);
        assert_eq!(tabs("__Host-request-0011=x", None), ["/new"]);
        assert_eq!(
            tabs("__Host-own=x; __Host-request-0011=x", Some(Area::New)),
            ["/requests", "/new*", "/profile"]
        );
        assert_eq!(
            tabs("__Host-console-acme=x", Some(Area::Profile)),
            ["/console/acme", "/new", "/profile*"]
        );
    }

    #[test]
    fn what_is_no_organization_is_no_console() {
        let nowhere: [&str; 0] = [];
        assert_eq!(tabs("__Host-console-<b>=x", None), nowhere);
    }
}
