//! A request with its browser's headers.

use std::net::IpAddr;

use app::{AppError, Caller, http, session::Posted};
use domain::{
    Customer,
    link::{Area, Scope},
    text::Line,
};
use lambda_http::{Request, http::Method};

use words::Words;

use super::{cookies, fields::Fields, origin, posted::NoForm, reply::Reply};
use crate::{
    Site,
    navigation::Navigation,
    reader::{self, Reader, SignedIn},
};

/// The name of the form that ends a browser's session, in its token.
pub(crate) const SIGN_OUT: &str = "sign-out";

/// A request to one of the pages.
pub(crate) struct Ask<'a> {
    pub(crate) site: &'a Site,
    pub(crate) request: &'a Request,
    /// The places that the browser's sessions open.
    pub(crate) navigation: Navigation,
}

impl<'a> Ask<'a> {
    /// A request, with the places that its browser's sessions open. An organisation whose name
    /// cannot be read now is called by its id.
    pub(crate) async fn of(site: &'a Site, request: &'a Request) -> Self {
        let mut ask = Self {
            site,
            request,
            navigation: Navigation::default(),
        };
        let sessions: Vec<_> = ask.sessions().map(|(_, caller)| caller).collect();
        ask.navigation = ask.places(&sessions).await;
        ask
    }

    /// The places that these sessions open.
    pub(crate) async fn places(&self, sessions: &[Caller]) -> Navigation {
        let mut navigation = Navigation::default();
        for caller in sessions {
            match caller.scope().area() {
                Some(Area::Own) => navigation.own = true,
                Some(Area::Request(_)) => navigation.request = true,
                Some(Area::Organization(org)) => {
                    let name = self.site.console.name(caller).await.ok().flatten();
                    let name = name.map_or_else(|| org.to_string(), |name| name.to_string());
                    navigation.consoles.push((org.clone(), name));
                }
                None => {}
            }
        }
        navigation
            .consoles
            .sort_by(|one, other| one.1.cmp(&other.1));
        navigation
    }
}

impl Ask<'_> {
    /// Tells whether the request is a POST. Only a POST may write.
    pub(crate) fn acts(&self) -> bool {
        *self.request.method() == Method::POST
    }

    /// The fields of the address's query.
    pub(crate) fn query(&self) -> Fields {
        Fields::of_query(self.request)
    }

    /// Tells whether a form was posted from a page that is not ours.
    pub(crate) fn is_from_elsewhere(&self) -> bool {
        self.acts() && origin::is_elsewhere(self.request.headers(), &self.site.base_url)
    }

    /// The fields of the posted form, of at most `most` bytes. One that was posted from elsewhere has
    /// no token that counts.
    pub(crate) fn form(&self, most: usize) -> Result<Fields, NoForm> {
        let fields = Fields::of_body(self.request, most)?;
        Ok(if self.is_from_elsewhere() {
            fields.without("token")
        } else {
            fields
        })
    }

    /// The posted form, if its token is of this session and this action.
    pub(crate) fn posted(&self, caller: &Caller, action: &str, token: &str) -> Option<Posted> {
        if self.is_from_elsewhere() {
            return None;
        }
        self.site.sessions.posted(caller, action, token)
    }

    /// The person of the session under a cookie's name.
    pub(crate) fn caller(&self, cookie: &str) -> Option<Caller> {
        let value = cookies::value(self.request.headers(), cookie)?;
        self.site.sessions.resume(value)
    }

    /// From where it was asked, to count by.
    pub(crate) fn address(&self) -> Option<IpAddr> {
        http::source_address(self.request)
    }

    /// The language and zone of a reader who is known only by their browser.
    pub(crate) fn reader(&self) -> Reader {
        self.reader_of(None)
    }

    /// The language that the foot of a page was switched to with this request.
    pub(crate) fn switched_to(&self) -> Option<&'static Words> {
        Words::of_tag(self.query().one(cookies::LANGUAGE)?)
    }

    /// The name of the browser's time zone, if it told one.
    pub(crate) fn zone(&self) -> Option<Line<64>> {
        reader::zone_of_browser(self.request.headers())
    }

    /// The language and zone of a reader with this record.
    pub(crate) fn reader_of(&self, customer: Option<&Customer>) -> Reader {
        let (headers, now) = (self.request.headers(), self.site.clock.now());
        Reader {
            navigation: self.navigation.clone(),
            ..Reader::of(headers, self.switched_to(), customer, now)
        }
    }

    /// The language and zone of a reader with a session, on a page that shows nothing of theirs.
    pub(crate) async fn reader_for(&self, caller: &Caller) -> Result<Reader, AppError> {
        let recorded = self.site.profiles.show(caller).await?;
        Ok(self.reader_as(caller, recorded.as_ref()))
    }

    /// The language and zone of a reader with a session, on a page that names them.
    pub(crate) fn reader_as(&self, caller: &Caller, customer: Option<&Customer>) -> Reader {
        self.signed_in(caller, self.reader_of(customer))
    }

    /// The reader with a session.
    pub(crate) fn signed_in(&self, caller: &Caller, reader: Reader) -> Reader {
        Reader {
            signed_in: Some(SignedIn {
                email: caller.email().clone(),
                token: self.site.sessions.form(caller, SIGN_OUT),
            }),
            ..reader
        }
    }

    /// The sessions that the browser keeps, with the names of their cookies.
    pub(crate) fn sessions(&self) -> impl Iterator<Item = (&str, Caller)> {
        let names = cookies::sessions(self.request.headers());
        names.filter_map(|name| Some((name, self.caller(name)?)))
    }

    /// The same answer, with the session kept as used just now, and with it the person's other
    /// sessions over more than one request: whoever is at work in one place is not signed out of
    /// the others.
    pub(crate) fn keeping(&self, caller: &Caller, reply: Reply) -> Reply {
        let kept = self.sessions().map(|(_, kept)| kept);
        let others = kept.filter(|kept| {
            kept.email() == caller.email()
                && kept.scope() != caller.scope()
                && !matches!(kept.scope(), Scope::Request { .. })
        });
        let all: Vec<_> = std::iter::once(caller.clone()).chain(others).collect();
        self.holding(&all, reply)
    }

    /// The same answer, after which the browser keeps these sessions.
    fn holding(&self, sessions: &[Caller], mut reply: Reply) -> Reply {
        for caller in sessions {
            if let Some(name) = cookies::of(caller.scope()) {
                let kept = self.site.sessions.keep(caller);
                reply.cookies.push(cookies::set(&name, &kept));
            }
        }
        reply
    }

    /// The same answer to a link that proves a mailbox: the sessions that it begins are kept, unless
    /// somebody else is signed in, who was not asked.
    pub(crate) fn beginning(&self, sessions: &[Caller], reply: Reply) -> Reply {
        match sessions.first() {
            Some(first) if self.of_others(first).is_empty() => self.holding(most(sessions), reply),
            Some(_) | None => reply,
        }
    }

    /// The sessions of anybody else that the browser keeps.
    pub(crate) fn of_others(&self, caller: &Caller) -> Vec<(&str, Caller)> {
        let kept = self.sessions();
        kept.filter(|(_, kept)| kept.email() != caller.email())
            .collect()
    }

    /// The answer to a link that begins sessions in the place of all others' sessions.
    pub(crate) fn enter_instead(&self, caller: &Caller, begun: &[Caller], to: &str) -> Reply {
        let mut reply = self.enter(caller, begun, to);
        let own: Vec<_> = most(begun)
            .iter()
            .filter_map(|begun| cookies::of(begun.scope()))
            .collect();
        let others = self.of_others(caller).into_iter().map(|(name, _)| name);
        let others = others.filter(|name| !own.iter().any(|own| own == name));
        reply.cookies.extend(others.map(cookies::forget));
        reply
    }

    /// The answer to a link that begins sessions, the one over what it opens and others: on to the
    /// page, at an address without the token.
    pub(crate) fn enter(&self, caller: &Caller, begun: &[Caller], to: &str) -> Reply {
        let mut reply = self.holding(most(begun), Reply::see_other(to));
        if matches!(caller.scope(), Scope::Request { .. }) {
            let kept = cookies::requests(self.request.headers());
            let spare = kept.len().saturating_sub(cookies::MOST_REQUESTS - 1);
            let new = cookies::of(caller.scope());
            let old = kept
                .into_iter()
                .filter(|name| Some(*name) != new.as_deref());
            reply.cookies.extend(old.take(spare).map(cookies::forget));
        }
        reply
    }
}

/// As many sessions as a browser is to keep: the headers of a request have room for some.
fn most(sessions: &[Caller]) -> &[Caller] {
    &sessions[..sessions.len().min(cookies::MOST_CONSOLES + 1)]
}
