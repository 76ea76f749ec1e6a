//! The roster, one person, the review and the history.

use local::ses::feedback::{Kind, Report};

use crate::console::browser::{Browser, GUS, LENA, Page};
use crate::fixture::Story;

/// The page of somebody on the roster.
async fn person(browser: &Browser<'_>, name: &str) -> Page {
    let roster = browser
        .get(&format!("/console/acme?q={name}"))
        .await
        .must_be(200);
    browser.get(&roster.link(name)).await.must_be(200)
}

#[tokio::test]
async fn a_lead_finds_who_was_silent_and_off_boards_and_restores_them() {
    let story = Story::begin().await;
    let (browser, roster) = Browser::open(&story, LENA).await;
    assert_eq!(roster.at, "/console/acme");
    assert!(roster.says("13 of 25 seats used") || roster.says("12 of 25 seats used"));
    let silent = browser
        .get("/console/acme?sort=silent&state=active")
        .await
        .must_be(200);
    let names: Vec<_> = ["Béla", "Amir"]
        .map(|name| silent.html.find(name).unwrap())
        .into();
    assert!(
        names[0] < names[1],
        "who was silent for longest stands first"
    );
    let bela = person(&browser, "Béla Kovács").await;
    let leave = browser.get(&bela.link("Off-board")).await.must_be(200);
    assert!(leave.says("They have no open requests here."));
    assert!(leave.says("it can be undone until"));
    let form = [
        ("token", leave.field("token")),
        ("email", leave.field("email")),
        ("when", "now".to_owned()),
        ("why", "left".to_owned()),
        ("hand-over-to", String::new()),
    ];
    let form: Vec<_> = form
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    for _ in 0..2 {
        let gone = browser.post(&leave.at, &form).await.must_be(200);
        assert!(gone.at.ends_with("?done=off-boarded"), "{}", gone.at);
        assert!(gone.says("The access of Béla Kovács has ended.") && gone.says(">Undo<"));
    }
    let gone = person(&browser, "Béla Kovács").await;
    let undo = [
        ("token", gone.field("token")),
        ("email", gone.field("email")),
        ("act", "restore".to_owned()),
    ];
    let undo: Vec<_> = undo
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .collect();
    let back = browser.post(&gone.at, &undo).await.must_be(200);
    assert!(back.says("Béla Kovács has access again."), "{}", back.html);
    let history = browser.get("/console/acme/history").await.must_be(200);
    assert!(history.says("<bdi>Lena Olsson</bdi></a> off-boarded <a"));
    assert!(history.says("<bdi>Lena Olsson</bdi></a> undid the off-boarding of <a"));
    story.settle().await;
    story.check_invariants().await;
}

#[tokio::test]
async fn a_form_of_another_session_or_organization_does_nothing() {
    let story = Story::begin().await;
    let (lena, _) = Browser::open(&story, LENA).await;
    let (gus, _) = Browser::open(&story, GUS).await;
    let form = lena.get("/console/acme/invite").await.must_be(200);
    let before = story.everything().await;
    let token = form.field("token");
    let fields = [
        ("token", token.as_str()),
        ("email", "new@globex.example"),
        ("role", "member"),
    ];
    gus.post("/console/globex/invite", &fields)
        .await
        .must_be(403);
    for path in [
        "/console/acme",
        "/console/acme/people.csv",
        "/console/acme/invite",
        "/console/acme/invite-many",
        "/console/acme/review",
        "/console/acme/history",
    ] {
        gus.get(path).await.must_be(403);
        gus.post(path, &fields).await.must_be(403);
    }
    // A token is for one action.
    lena.post("/console/acme/review", &fields)
        .await
        .must_be(403);
    lena.post("/console/acme/invite", &fields[1..])
        .await
        .must_be(403);
    assert_eq!(story.everything().await, before);
    // Somebody of another organisation is nobody here, whatever form they stand in.
    let other = lena.get("/console/acme?q=gus").await.must_be(200);
    assert!(other.says("Nobody matches."));
    let handle = story.store().pseudonym(&GUS.parse().unwrap());
    for path in ["", "/off-board"] {
        let path = format!("/console/acme/people/{handle}{path}");
        lena.get(&path).await.must_be(404);
    }
    assert_eq!(story.everything().await, before);
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost() {
    let story = Story::begin().await;
    let (browser, _) = Browser::open(&story, LENA).await;
    let form = browser.get("/console/acme/invite").await.must_be(200);
    let token = form.field("token");
    let fields = [
        ("token", token.as_str()),
        ("email", "pia at acme"),
        ("name", "Pia \"P\" Pohl"),
        ("role", "lead"),
        ("until", "2020-01-01"),
        ("note", "Hello\nthere"),
    ];
    let refused = browser
        .post("/console/acme/invite", &fields)
        .await
        .must_be(422);
    assert!(refused.says("id=\"email-wrong\">Enter an e-mail address"));
    assert!(refused.says("id=\"until-wrong\">The date has passed."));
    for kept in [
        "pia at acme",
        "Pia &#34;P&#34; Pohl",
        "2020-01-01",
        "Hello\nthere",
        "value=\"lead\" checked",
    ] {
        assert!(refused.says(kept), "{kept}: {}", refused.html);
    }
    let outside = [("token", token.as_str()), ("email", "x@elsewhere.example")];
    let outside = browser
        .post("/console/acme/invite", &outside)
        .await
        .must_be(422);
    assert!(outside.says("outside the domains of your organisation"));
    let right = [
        ("token", token.as_str()),
        ("email", "pia@acme.example"),
        ("role", "member"),
    ];
    for _ in 0..2 {
        let sent = browser
            .post("/console/acme/invite", &right)
            .await
            .must_be(200);
        assert!(sent.says("Invitation sent to pia@acme.example."));
    }
    story.settle().await;
    assert_eq!(story.kinds("pia@acme.example"), ["invitation"]);
}

#[tokio::test]
async fn a_review_is_asked_by_mail_and_answered_person_by_person() {
    let story = Story::begin().await;
    story.advance("P1D").await;
    story.advance("P181D").await;
    story.settle().await;
    let link = story.link(LENA, "review");
    let (browser, review) = Browser::follow(&story, &link).await;
    assert_eq!(review.at, "/console/acme/review");
    assert!(review.says("0 of 11 answered"), "{}", review.html);
    let (token, one) = (review.field("token"), review.field("keep"));
    let kept = browser
        .post("/console/acme/review", &[("token", &token), ("keep", &one)])
        .await
        .must_be(200);
    assert!(kept.says("1 of 11 answered") && kept.says("Your answer is kept."));
    let token = kept.field("token");
    let shown: Vec<_> = kept
        .html
        .split("name=\"shown\" value=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .collect();
    let mut fields = vec![("token", token.as_str())];
    fields.extend(shown.iter().map(|email| ("shown", *email)));
    let done = browser
        .post("/console/acme/review", &fields)
        .await
        .must_be(200);
    assert!(
        done.says("There is nobody to confirm now."),
        "{}",
        done.html
    );
    assert!(done.says("You are asked again"));
}

#[tokio::test]
async fn whoever_stepped_down_is_told_so_and_their_console_is_closed() {
    let story = Story::begin().await;
    let (browser, _) = Browser::open(&story, LENA).await;
    let amir = person(&browser, "Amir Haddad").await;
    let (token, email) = (amir.field("token"), amir.field("email"));
    let fields = [
        ("token", token.as_str()),
        ("email", &email),
        ("act", "lead"),
    ];
    let lead = browser.post(&amir.at, &fields).await.must_be(200);
    assert!(lead.says("Amir Haddad is a lead now."));
    story.settle().await;
    let link = story.link("amir@acme.example", "lead-console");
    let (_, console) = Browser::follow(&story, &link).await;
    assert_eq!(
        (console.status, console.at.as_str()),
        (200, "/console/acme")
    );
    let roster = browser.get("/console/acme?q=lena").await.must_be(200);
    let own = roster
        .html
        .split("href=\"/console/acme/people/")
        .nth(1)
        .unwrap();
    let own = format!("/console/acme/people/{}", own.split('"').next().unwrap());
    let own = browser.get(&own).await.must_be(200);
    let (token, email) = (own.field("token"), own.field("email"));
    let fields = [
        ("token", token.as_str()),
        ("email", &email),
        ("act", "member"),
    ];
    let down = browser.post(&own.at, &fields).await.must_be(200);
    assert!(down.says("You are no lead any more"));
    browser.get("/console/acme").await.must_be(404);
}

/// The text of a page, line by line, without its markup.
fn sentences(page: &Page) -> Vec<String> {
    let (_, body) = page.html.split_once("<body>").unwrap();
    let texts = body.split('<').filter_map(|tag| tag.split_once('>'));
    texts
        .map(|(_, text)| text.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|text| text.ends_with(['.', '?', ':']) && text.split(' ').count() > 3)
        .collect()
}

#[tokio::test]
async fn the_console_and_the_forms_speak_the_language_of_their_reader() {
    let story = Story::begin().await;
    let (browser, _) = Browser::open(&story, LENA).await;
    let bela = person(&browser, "Béla Kovács").await.at;
    let bela = bela.split('?').next().unwrap();
    let paths = [
        "/console/acme".to_owned(),
        "/console/acme?q=nobody".to_owned(),
        bela.to_owned(),
        format!("{bela}/off-board"),
        "/console/acme/invite".to_owned(),
        "/console/acme/invite-many".to_owned(),
        "/console/acme/review".to_owned(),
        "/console/acme/history".to_owned(),
        "/profile".to_owned(),
    ];
    let mut english = Vec::new();
    for path in &paths {
        let page = browser.get(path).await.must_be(200);
        assert!(page.says("<html lang=\"en\">"), "{path}");
        english.push(sentences(&page));
    }
    let profile = browser.get("/profile").await.must_be(200);
    let token = profile.field("token");
    let fields = [
        ("token", token.as_str()),
        ("do", "profile"),
        ("name", "Lena Olsson"),
        ("language", "de"),
        ("zone", "Europe/Berlin"),
    ];
    browser.post("/profile", &fields).await.must_be(200);
    for (path, english) in paths.iter().zip(english) {
        let page = browser.get(path).await.must_be(200);
        assert!(page.says("<html lang=\"de\">"), "{path}");
        let german = sentences(&page);
        let both: Vec<_> = german
            .iter()
            .filter(|line| english.contains(line))
            .collect();
        assert!(both.is_empty(), "{path}: {both:?}");
    }
}

#[tokio::test]
async fn whoever_is_marked_is_neither_warned_nor_removed() {
    let story = Story::begin().await;
    let (browser, _) = Browser::open(&story, GUS).await;
    let roster = browser.get("/console/globex?q=Vera").await.must_be(200);
    let vera = browser.get(&roster.link("Vera Novak")).await.must_be(200);
    let (token, email) = (vera.field("token"), vera.field("email"));
    let fields = [
        ("token", token.as_str()),
        ("email", &email),
        ("act", "exempt"),
    ];
    let marked = browser.post(&vera.at, &fields).await.must_be(200);
    assert!(marked.says("is never removed for inactivity."));
    assert!(marked.says("Let inactivity count again"));
    story.advance("P100D").await;
    story.advance("P15D").await;
    story.settle().await;
    assert_eq!(story.mails_of("inactivity_warning").len(), 1, "Wim alone");
    assert!(
        story
            .kinds(&email)
            .iter()
            .all(|kind| kind != "access_ended")
    );
    let gone = story.mails_of("access_ended");
    assert!(
        gone.iter()
            .all(|mail| mail.to.contains(&"wim@globex.test".to_owned()))
    );
    assert_eq!(gone.len(), 1);
    story.check_invariants().await;
}

/// The mailbox was gone for a day. A lead says so on the person's page, once a day, and not for
/// somebody who called our mail spam.
#[tokio::test]
async fn a_lead_says_that_mail_to_a_colleague_works_again() {
    let story = Story::begin().await;
    let report = |kind, email: &str| Report {
        kind,
        email: email.to_owned(),
        message: None,
        subtype: None,
        detail: None,
        id: None,
    };
    let amir = "amir@acme.example";
    story
        .local()
        .report(&report(Kind::Bounce, amir))
        .await
        .unwrap();
    let (browser, _) = Browser::open(&story, LENA).await;
    let works = async || {
        let page = person(&browser, "Amir Haddad").await;
        assert!(
            page.says("Mail to this address came back."),
            "{}",
            page.html
        );
        let fields = [
            ("token", page.field("token")),
            ("email", page.field("email")),
            ("act", "mail-works".to_owned()),
        ];
        let fields: Vec<_> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        browser.post(&page.at, &fields).await
    };
    let done = works().await.must_be(200);
    assert!(done.says("Mail is sent to "));
    assert!(!done.says("Mail to this address came back."));
    story
        .local()
        .report(&report(Kind::Bounce, amir))
        .await
        .unwrap();
    let refused = works().await.must_be(409);
    assert!(refused.says("Try again tomorrow"), "{}", refused.html);
    let history = browser.get("/console/acme/history").await.must_be(200);
    assert!(!history.says("spam"));
    // Of a complaint there is no button, and a form made up does nothing.
    let kira = "kira@acme.example";
    let asked = serde_json::json!({ "email": kira });
    let form = reqwest::Client::new()
        .post(format!("{}/send-link", story.base_url()))
        .form(&asked);
    assert!(form.send().await.unwrap().status().is_success());
    story.settle().await;
    story
        .local()
        .report(&report(Kind::Complaint, kira))
        .await
        .unwrap();
    let page = person(&browser, "Kira Vogel").await;
    assert!(page.says("was reported as spam") && !page.says("works again"));
    let fields = [
        ("token", page.field("token")),
        ("email", page.field("email")),
        ("act", "mail-works".to_owned()),
    ];
    let fields: Vec<_> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
    browser.post(&page.at, &fields).await.must_be(409);
    story.check_invariants().await;
}
