//! A browser without script: it keeps cookies, asks in a language, and knows the forms of a page.

use std::collections::BTreeMap;
use std::sync::Mutex;

use reqwest::header::{ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE, HeaderMap, LOCATION, SET_COOKIE};
use reqwest::{Client, Method, RequestBuilder, Response};

use crate::fixture::Story;

/// A browser, and what it keeps.
pub(crate) struct Web<'a> {
    story: &'a Story,
    client: Client,
    cookies: Mutex<BTreeMap<String, String>>,
    language: &'static str,
    site: Mutex<Site>,
}

/// A browser's headers about the page that a request comes from.
pub(crate) type Site = &'static [(&'static str, &'static str)];

/// An answer.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) status: u16,
    /// The path and query at which it is.
    pub(crate) at: String,
    pub(crate) headers: HeaderMap,
    pub(crate) html: String,
}

/// A form of a page, with what stands in it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Form {
    /// The address that it posts to.
    pub(crate) action: String,
    /// True if it sends files.
    pub(crate) multipart: bool,
    pub(crate) fields: Vec<(String, String)>,
    /// Its buttons that say something.
    pub(crate) buttons: Vec<(String, String)>,
}

impl<'a> Web<'a> {
    pub(crate) fn new(story: &'a Story) -> Self {
        let no_redirects = reqwest::redirect::Policy::none();
        let client = Client::builder().redirect(no_redirects);
        Self {
            story,
            client: client.build().unwrap(),
            cookies: Mutex::default(),
            language: "en",
            site: Mutex::default(),
        }
    }

    /// The same, of somebody who reads this.
    pub(crate) fn reading(self, language: &'static str) -> Self {
        Self { language, ..self }
    }

    /// From now on it says this of the page that its requests come from.
    pub(crate) fn comes_from(&self, site: Site) {
        *self.site.lock().unwrap() = site;
    }

    /// A person who opens their newest link for a purpose, in a new browser.
    pub(crate) async fn of(story: &'a Story, who: &str, purpose: &str) -> Self {
        let web = Self::new(story);
        web.get(&web.path(&story.link(who, purpose))).await;
        web
    }

    /// The part of a link that is an address here.
    pub(crate) fn path(&self, link: &str) -> String {
        let path = link.strip_prefix(self.story.base_url());
        path.unwrap_or(link).to_owned()
    }

    /// Looks at an address, and goes on to where it leads.
    pub(crate) async fn get(&self, path: &str) -> Page {
        let mut page = self.ask(Method::GET, path).await;
        for _ in 0..5 {
            match page.location() {
                Some(to) => page = self.ask(Method::GET, &to).await,
                None => return page,
            }
        }
        panic!("{path} leads round in a circle");
    }

    /// Looks at an address, and nowhere else.
    pub(crate) async fn ask(&self, method: Method, path: &str) -> Page {
        self.send(self.client.request(method, self.url(path)), path)
            .await
    }

    /// Posts fields, and goes nowhere on.
    pub(crate) async fn post(&self, path: &str, fields: &[(String, String)]) -> Page {
        self.send(self.client.post(self.url(path)).form(fields), path)
            .await
    }

    /// Posts a form as it stands, in the way it says.
    pub(crate) async fn submit(&self, form: &Form) -> Page {
        if !form.multipart {
            return self.post(&form.action, &form.fields).await;
        }
        let parts = form.fields.iter().map(|(name, value)| {
            format!("--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        });
        let body = parts.collect::<String>() + "--x--\r\n";
        self.upload(&form.action, body.into_bytes()).await
    }

    /// Posts the parts of a form, put together elsewhere, with the boundary `x`.
    pub(crate) async fn upload(&self, path: &str, body: Vec<u8>) -> Page {
        let request = self.client.post(self.url(path));
        let kind = "multipart/form-data; boundary=x";
        self.send(request.header(CONTENT_TYPE, kind).body(body), path)
            .await
    }

    /// The cookies that it keeps: their names.
    pub(crate) fn kept(&self) -> Vec<String> {
        self.cookies.lock().unwrap().keys().cloned().collect()
    }

    /// The value of a cookie.
    pub(crate) fn value(&self, name: &str) -> Option<String> {
        self.cookies.lock().unwrap().get(name).cloned()
    }

    /// Keeps this under a name, as whoever holds the browser can.
    pub(crate) fn put(&self, name: &str, value: &str) {
        let mut kept = self.cookies.lock().unwrap();
        kept.insert(name.to_owned(), value.to_owned());
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.story.base_url())
    }

    async fn send(&self, request: RequestBuilder, path: &str) -> Page {
        let pairs: Vec<_> = {
            let kept = self.cookies.lock().unwrap();
            let pairs = kept.iter().map(|(name, value)| format!("{name}={value}"));
            pairs.collect()
        };
        let site = *self.site.lock().unwrap();
        let request = site.iter().fold(request, |request, (name, value)| {
            request.header(*name, *value)
        });
        let request = request
            .header(COOKIE, pairs.join("; "))
            .header(ACCEPT_LANGUAGE, self.language);
        let answer = request.send().await.unwrap();
        self.keep(&answer);
        Page {
            status: answer.status().as_u16(),
            at: path.to_owned(),
            headers: answer.headers().clone(),
            html: answer.text().await.unwrap(),
        }
    }

    fn keep(&self, answer: &Response) {
        let mut kept = self.cookies.lock().unwrap();
        for line in answer.headers().get_all(SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (name, value) = line.split(';').next().unwrap().split_once('=').unwrap();
            if line.contains("Max-Age=0") {
                kept.remove(name);
            } else {
                kept.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl Page {
    pub(crate) fn must_be(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.at, self.html);
        self
    }

    pub(crate) fn says(&self, text: &str) -> bool {
        self.html.contains(text)
    }

    /// The address that it leads to.
    pub(crate) fn location(&self) -> Option<String> {
        let to = self.headers.get(LOCATION)?;
        Some(to.to_str().unwrap().to_owned())
    }

    /// The forms that post something.
    pub(crate) fn forms(&self) -> Vec<Form> {
        let forms = self.html.split("<form").skip(1);
        let forms = forms.map(|rest| rest.split("</form>").next().unwrap());
        forms
            .filter(|form| form.split('>').next().unwrap().contains("method=\"post\""))
            .map(|form| Form::read(form, &self.at))
            .collect()
    }

    /// The one form for which this holds.
    pub(crate) fn form(&self, is: impl Fn(&Form) -> bool) -> Form {
        let mut forms = self.forms().into_iter().filter(|form| is(form));
        let form = forms.next();
        form.unwrap_or_else(|| panic!("no such form at {}: {}", self.at, self.html))
    }
}

impl Form {
    fn read(form: &str, at: &str) -> Self {
        let head = form.split('>').next().unwrap();
        let own = at.split('?').next().unwrap().to_owned();
        let mut read = Self {
            action: attribute(head, "action").unwrap_or(own),
            multipart: head.contains("multipart/form-data"),
            ..Self::default()
        };
        for (tag, inside) in form.split('<').skip(1).filter_map(|t| t.split_once('>')) {
            let (kind, rest) = tag.split_once(' ').unwrap_or((tag, ""));
            let value = || attribute(rest, "value").unwrap_or_default();
            match (kind, attribute(rest, "name")) {
                ("input", Some(name)) => {
                    let picks =
                        rest.contains("type=\"checkbox\"") || rest.contains("type=\"radio\"");
                    let is_file = rest.contains("type=\"file\"");
                    if !is_file && (!picks || rest.ends_with(" checked")) {
                        read.fields.push((name, value()));
                    }
                }
                ("textarea", Some(name)) => {
                    read.fields
                        .push((name, plain(inside).trim_start().to_owned()));
                }
                ("select", Some(name)) => read.fields.push((name, String::new())),
                ("option", _) if rest.ends_with(" selected") => {
                    read.fields.last_mut().unwrap().1 = value();
                }
                ("button", Some(name)) => read.buttons.push((name, value())),
                _ => {}
            }
        }
        read
    }

    /// The value of a field; `None` if there is none.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        let field = self.fields.iter().find(|(field, _)| field == name);
        field.map(|(_, value)| value.as_str())
    }

    /// The same form with this in a field, or with a button pressed.
    pub(crate) fn with(mut self, name: &str, value: &str) -> Self {
        match self.fields.iter_mut().find(|(field, _)| field == name) {
            Some((_, old)) => value.clone_into(old),
            None => self.fields.push((name.to_owned(), value.to_owned())),
        }
        self
    }

    /// The same form without a field.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.fields.retain(|(field, _)| field != name);
        self
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!("{name}=\""))?;
    rest.split('"').next().map(plain)
}

/// A text of a page as it was before it was escaped.
fn plain(text: &str) -> String {
    let marks = [
        ("&#60;", "<"),
        ("&#62;", ">"),
        ("&#34;", "\""),
        ("&#39;", "'"),
        ("&amp;", "&"),
        ("&#38;", "&"),
    ];
    let text = text.to_owned();
    marks
        .iter()
        .fold(text, |text, (mark, plain)| text.replace(mark, plain))
}
