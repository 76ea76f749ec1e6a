//! The start page over the seeded world.

use local::bundle::{self, Options, Running};
use local::lambda::deployment;
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};

struct Page {
    running: Running,
    web: Client,
}

impl Page {
    async fn begin() -> Self {
        let options = Options {
            scheduled: false,
            ..Options::default()
        };
        let running = bundle::start(options, deployment::functions).await.unwrap();
        local::world::seed(&running).await.unwrap();
        let web = Client::builder().redirect(Policy::none()).build().unwrap();
        Self { running, web }
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.running.local.base_url)
    }

    async fn get(&self, path: &str) -> Response {
        self.web.get(self.url(path)).send().await.unwrap()
    }

    async fn shows(&self) -> String {
        let page = self.get("/_local/").await;
        assert_eq!(page.status(), StatusCode::OK);
        page.text().await.unwrap()
    }

    /// Sends a form of the page. Gives the page to which it leads.
    async fn sends(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let form = self.web.post(self.url(path)).form(fields);
        let answer = form.send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::SEE_OTHER);
        let back = location(&answer);
        self.get(&back).await.text().await.unwrap()
    }
}

fn location(answer: &Response) -> String {
    answer.headers()[LOCATION].to_str().unwrap().to_owned()
}

#[tokio::test]
async fn everybody_of_the_seeded_world_can_be_opened_with_one_click() {
    let page = Page::begin().await;
    let html = page.shows().await;
    assert!(html.contains("Silent for 366 days"));
    for (email, seen) in [
        ("lena@acme.example", "Béla Kovács"),
        ("bela@acme.example", "bela@acme.example"),
        ("noor@visitor.example", "noor@visitor.example"),
    ] {
        let path = format!("/_local/open?as={email}");
        let known = html.contains(&email.replace('@', "%40").replace('.', "%2E"));
        assert_eq!(known, email != "noor@visitor.example", "{email}");
        let link = location(&page.get(&path).await);
        let entrance = page.get(&link).await;
        let cookie = entrance.headers()[SET_COOKIE].to_str().unwrap();
        let (cookie, _) = cookie.split_once(';').unwrap();
        let opened = page.web.get(page.url(&location(&entrance)));
        let opened = opened.header(COOKIE, cookie).send().await.unwrap();
        assert_eq!(opened.status(), StatusCode::OK, "{email}");
        assert!(opened.text().await.unwrap().contains(seen), "{email}");
    }
}

#[tokio::test]
async fn opening_somebody_signs_the_last_one_out_and_leaves_other_cookies_alone() {
    let page = Page::begin().await;
    let request = page.web.get(page.url("/_local/open?as=amir@acme.example"));
    let kept = "other=1; __Host-console-acme=x; __Host-own=y";
    let answer = request.header(COOKIE, kept).send().await.unwrap();
    let forgotten: Vec<_> = answer.headers().get_all(SET_COOKIE).iter().collect();
    assert_eq!(forgotten.len(), 2);
    for line in forgotten {
        let line = line.to_str().unwrap();
        assert!(line.starts_with("__Host-") && line.contains("Max-Age=0"));
    }
}

#[tokio::test]
async fn nobody_who_is_no_address_is_opened_and_the_page_says_so() {
    let page = Page::begin().await;
    let answer = page.get("/_local/open?as=nobody").await;
    assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    let html = answer.text().await.unwrap();
    assert!(html.contains("That did not work") && html.contains("href=\"/_local/\""));
}

#[tokio::test]
async fn the_clock_goes_ahead_by_a_button_and_comes_back() {
    let page = Page::begin().await;
    let html = page.shows().await;
    assert!(!html.contains("Back to the real time"));
    let html = page.sends("/_local/start/clock", &[("by", "week")]).await;
    assert!(html.contains("7 days ahead of the real time"), "{html}");
    let html = page.sends("/_local/start/clock", &[("by", "back")]).await;
    assert!(html.contains("The real time"));
    let html = page
        .sends("/_local/start/clock", &[("by", "nothing")])
        .await;
    assert!(html.contains("Done. No mail was sent."));
}

#[tokio::test]
async fn faults_are_set_by_a_form_and_end_by_another() {
    let page = Page::begin().await;
    let fields = [("ses.throttle", "0.3"), ("dynamodb.cut", "0")];
    let html = page.sends("/_local/start/faults", &fields).await;
    assert!(html.contains("Some calls fail on purpose."));
    assert!(page.running.local.faults.get().ses.throttle > 0.2);
    let html = page.sends("/_local/start/faults", &[]).await;
    assert!(html.contains("Everything works."));
}

#[tokio::test]
async fn a_mail_comes_back_by_a_form() {
    let page = Page::begin().await;
    let fields = [("email", "amir@acme.example"), ("what", "gone")];
    let html = page.sends("/_local/start/report", &fields).await;
    assert!(html.contains("Reported."));
    let html = page
        .sends("/_local/start/clock", &[("by", "nothing")])
        .await;
    assert!(html.contains("Mail does not arrive"), "{html}");
}
