//! A browser without script: cookies, forms, and what stands on a page.

use std::collections::BTreeMap;
use std::sync::Mutex;

use reqwest::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};

use crate::fixture::Story;

pub(crate) const LENA: &str = "lena@acme.example";
pub(crate) const GUS: &str = "gus@globex.example";

/// A page, after every redirection.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) status: u16,
    /// The path and query at which it is.
    pub(crate) at: String,
    pub(crate) html: String,
}

impl Page {
    pub(crate) fn must_be(self, status: u16) -> Self {
        assert_eq!(self.status, status, "{}: {}", self.at, self.html);
        self
    }

    pub(crate) fn says(&self, text: &str) -> bool {
        self.html.contains(text)
    }

    /// The value of the first field of this name, after the form that signs out.
    pub(crate) fn field(&self, name: &str) -> String {
        let (_, main) = self.html.split_once("<main").unwrap();
        let (_, rest) = main
            .split_once(&format!("name=\"{name}\" value=\""))
            .unwrap_or_else(|| panic!("no field {name} at {}: {}", self.at, self.html));
        rest.split('"').next().unwrap().to_owned()
    }

    /// The address of the first link that holds this text.
    pub(crate) fn link(&self, text: &str) -> String {
        let html = self.html.replace("<bdi>", "").replace("</bdi>", "");
        let before = html.split(&format!(">{text}</a>")).next().unwrap();
        assert_ne!(before, html, "no link «{text}» at {}", self.at);
        let (_, tag) = before.rsplit_once("href=\"").unwrap();
        tag.split('"')
            .next()
            .unwrap()
            .replace("&#38;", "&")
            .replace("&amp;", "&")
    }
}

pub(crate) struct Browser<'a> {
    story: &'a Story,
    web: reqwest::Client,
    cookies: Mutex<BTreeMap<String, String>>,
}

impl<'a> Browser<'a> {
    /// A person who opens the newest link to their console.
    pub(crate) async fn open(story: &'a Story, lead: &str) -> (Self, Page) {
        let link = story.link(lead, "lead-console");
        Self::follow(story, &link).await
    }

    pub(crate) async fn follow(story: &'a Story, link: &str) -> (Self, Page) {
        let no_redirects = reqwest::redirect::Policy::none();
        let browser = Self {
            story,
            web: reqwest::Client::builder()
                .redirect(no_redirects)
                .build()
                .unwrap(),
            cookies: Mutex::default(),
        };
        let path = link.strip_prefix(story.base_url()).unwrap().to_owned();
        let page = browser.get(&path).await;
        (browser, page)
    }

    pub(crate) async fn get(&self, path: &str) -> Page {
        let request = self.web.get(self.url(path));
        self.send(request, path).await
    }

    /// Posts a form's fields.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let request = self.web.post(self.url(path)).form(fields);
        self.send(request, path).await
    }

    /// Posts a form with a file. The first part of each is its name and what follows it.
    pub(crate) async fn upload(&self, path: &str, parts: &[(&str, &[u8])]) -> Page {
        let mut body = Vec::new();
        for (head, value) in parts {
            body.extend(format!("--x\r\nContent-Disposition: form-data; {head}\r\n\r\n").bytes());
            body.extend(*value);
            body.extend(b"\r\n");
        }
        body.extend(b"--x--\r\n");
        let kind = "multipart/form-data; boundary=x";
        let request = self
            .web
            .post(self.url(path))
            .header(CONTENT_TYPE, kind)
            .body(body);
        self.send(request, path).await
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.story.base_url())
    }

    async fn send(&self, request: reqwest::RequestBuilder, path: &str) -> Page {
        let mut answer = self.with_cookies(request).send().await.unwrap();
        let mut at = path.to_owned();
        for _ in 0..5 {
            self.keep(&answer);
            let status = answer.status().as_u16();
            let Some(location) = answer.headers().get(LOCATION) else {
                let html = answer.text().await.unwrap();
                return Page { status, at, html };
            };
            assert_eq!(status, 303, "{at}");
            at = location.to_str().unwrap().to_owned();
            let request = self.with_cookies(self.web.get(self.url(&at)));
            answer = request.send().await.unwrap();
        }
        panic!("{path} leads round in a circle");
    }

    fn with_cookies(&self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        let kept = self.cookies.lock().unwrap();
        let pairs: Vec<_> = kept
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        request.header(COOKIE, pairs.join("; "))
    }

    fn keep(&self, answer: &reqwest::Response) {
        let mut kept = self.cookies.lock().unwrap();
        for line in answer.headers().get_all(SET_COOKIE) {
            let pair = line.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            kept.insert(name.to_owned(), value.to_owned());
        }
    }
}
