//! The one navigation of a person's pages: their requests, the organisations that they lead, their
//! profile. It does not change from page to page.

use domain::{OrgId, Organization};

use words::Words;

use crate::page::Tab;

/// An area of the pages, as the tabs name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Area {
    Requests,
    New,
    Profile,
}

/// The areas that are open to somebody, by the sessions that their browser keeps. The area finds out
/// if a session still holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Navigation {
    /// All that is their own.
    pub(crate) own: bool,
    /// A request of theirs.
    pub(crate) request: bool,
    /// The consoles of these organisations, with their names, in the order of the names.
    pub(crate) consoles: Vec<(OrgId, String)>,
}

impl Navigation {
    /// To nowhere.
    #[cfg(test)]
    pub(crate) const NONE: Self = Self {
        own: false,
        request: false,
        consoles: Vec::new(),
    };

    /// From a page of this area, or of none.
    pub(crate) fn tabs(&self, words: &Words, here: Option<Area>) -> Vec<Tab> {
        self.all(words, here, None)
    }

    /// From a page of an organisation's console.
    pub(crate) fn within(&self, words: &Words, org: &Organization) -> Vec<Tab> {
        let mut open = self.clone();
        if !open.consoles.iter().any(|(known, _)| *known == org.id) {
            open.consoles.push((org.id.clone(), org.name.to_string()));
        }
        open.all(words, None, Some(&org.id))
    }

    fn all(&self, words: &Words, here: Option<Area>, console: Option<&OrgId>) -> Vec<Tab> {
        let tab = |area, label: &str, to: &str| Tab::new(label, to.to_owned(), here == Some(area));
        let leads = !self.consoles.is_empty();
        let requests = || tab(Area::Requests, words.requests.my_requests, "/requests");
        let new = || tab(Area::New, words.requests.new_request, "/new");
        let profile = || tab(Area::Profile, words.requests.profile, "/profile");
        let consoles = self
            .consoles
            .iter()
            .map(|(org, name)| Tab::new(name, format!("/console/{org}"), console == Some(org)));
        let first = [
            self.own.then(requests),
            (self.own || self.request || leads).then(new),
        ];
        let last = (self.own || leads).then(profile);
        first
            .into_iter()
            .flatten()
            .chain(consoles)
            .chain(last)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

    use super::*;

    fn tabs(open: &Navigation, here: Option<Area>) -> Vec<String> {
        let tab = |tab: Tab| format!("{}{}", tab.to, if tab.here { "*" } else { "" });
        let tabs = open.tabs(Words::source(), here);
        tabs.into_iter().map(tab).collect()
    }

    #[test]
    fn only_what_a_session_opens_is_offered() {
        let nowhere: [&str; 0] = [];
        assert_eq!(tabs(&Navigation::NONE, None), nowhere);
        let one = Navigation {
            request: true,
            ..Navigation::NONE
        };
        assert_eq!(tabs(&one, None), ["/new"]);
        let own = Navigation { own: true, ..one };
        assert_eq!(
            tabs(&own, Some(Area::New)),
            ["/requests", "/new*", "/profile"]
        );
    }

    #[test]
    fn whoever_leads_goes_from_each_organization_to_each_by_its_name() {
        let console = |org: &str, name: &str| (org.parse().unwrap(), name.to_owned());
        let leads = Navigation {
            own: true,
            request: false,
            consoles: vec![console("acme", "Acme"), console("globex", "Globex & Sons")],
        };
        assert_eq!(
            tabs(&leads, Some(Area::Profile)),
            [
                "/requests",
                "/new",
                "/console/acme",
                "/console/globex",
                "/profile*"
            ]
        );
        let names = leads.tabs(Words::source(), None);
        assert!(names.iter().any(|tab| tab.label == "Globex & Sons"));
    }
}
