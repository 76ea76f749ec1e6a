//! Inviting many.

use std::fmt::Write;

use crate::console::browser::{Browser, LENA, Page};
use crate::fixture::Story;

async fn bring(browser: &Browser<'_>, name: &str, file: &[u8]) -> Page {
    let form = browser.get("/console/acme/invite-many").await.must_be(200);
    let token = form.field("token");
    let head = format!("name=\"file\"; filename=\"{name}\"\r\nContent-Type: text/csv");
    let parts: [(&str, &[u8]); 5] = [
        ("name=\"token\"", token.as_bytes()),
        (&head, file),
        ("name=\"pasted\"", b""),
        ("name=\"until\"", b""),
        ("name=\"note\"", b""),
    ];
    browser.upload("/console/acme/invite-many", &parts).await
}

async fn press(browser: &Browser<'_>, page: &Page, wish: &str) -> Page {
    let token = page.field("token");
    let path = page.at.split('?').next().unwrap();
    browser
        .post(path, &[("token", &token), ("wish", wish)])
        .await
}

#[tokio::test]
async fn three_hundred_with_bad_rows_are_checked_invited_and_reported() {
    let story = Story::begin().await;
    story.set("organization.acme.policy.seat_cap", 1_000).await;
    let (browser, _) = Browser::open(&story, LENA).await;
    let mut csv = "\u{feff}E-Mail;Name\r\n".to_owned();
    for n in 0..300 {
        write!(csv, "p{n}@acme.example;Person {n}\r\n").unwrap();
    }
    csv += "p7@acme.example;Again\r\nno address;Nobody\r\nx@elsewhere.example;Elsewhere\r\namir@acme.example;Amir\r\n";
    let preview = bring(&browser, "colleagues.csv", csv.as_bytes())
        .await
        .must_be(200);
    assert!(preview.says("Check the list: 304 rows") && preview.says("colleagues.csv"));
    for line in [
        "<strong>300</strong> would be invited",
        "<strong>1</strong> is in an earlier row",
        "<strong>1</strong> not an e-mail address",
        "<strong>1</strong> outside your domains",
        "<strong>1</strong> is here already",
    ] {
        assert!(preview.says(line), "{line}: {}", preview.html);
    }
    story.settle().await;
    assert_eq!(
        story.mails_of("invitation").len(),
        0,
        "nobody is invited yet"
    );
    let mut page = press(&browser, &preview, "start").await.must_be(200);
    // However quick the machine is, one call does not work off all of them.
    assert!(page.says("of 304 rows done"), "{}", page.html);
    while page.says(">Go on</button>") {
        page = press(&browser, &page, "start").await.must_be(200);
    }
    assert!(
        page.says("300 people were invited, of 304 rows."),
        "{}",
        page.html
    );
    // The same file once more is the same list, and its report.
    let again = bring(&browser, "colleagues (1).csv", csv.as_bytes())
        .await
        .must_be(200);
    assert!(again.says("You uploaded this list before.") && again.says("300 people were invited"));
    story.settle().await;
    assert_eq!(story.mails_of("invitation").len(), 300);
    story.check_invariants().await;
}

#[tokio::test]
async fn what_was_over_the_cap_can_be_tried_again() {
    let story = Story::begin().await;
    story.set("organization.acme.policy.seat_cap", 13).await;
    let (browser, _) = Browser::open(&story, LENA).await;
    let list = b"p1@acme.example\np2@acme.example\np3@acme.example\n";
    let preview = bring(&browser, "l.csv", list).await.must_be(200);
    assert!(preview.says("no seat is free"));
    let report = press(&browser, &preview, "start").await.must_be(200);
    assert!(report.says("The list is done"));
    story.set("organization.acme.policy.seat_cap", 25).await;
    let again = press(&browser, &report, "again").await.must_be(200);
    assert!(again.says("Check the list: 2 rows"), "{}", again.html);
    let report = press(&browser, &again, "start").await.must_be(200);
    assert!(
        report.says("2 people were invited, of 2 rows."),
        "{}",
        report.html
    );
}

#[tokio::test]
async fn what_is_no_list_is_refused_with_the_reason() {
    let story = Story::begin().await;
    let (browser, _) = Browser::open(&story, LENA).await;
    for (file, status, why) in [
        (Vec::new(), 422, "Choose a file, or paste a list."),
        (
            b"nobody\n".to_vec(),
            422,
            "No e-mail address was found in the list.",
        ),
        (
            "a@acme.example\n".repeat(1_001).into_bytes(),
            422,
            "more than 1,000 rows",
        ),
        (vec![b'a'; 1_024 * 1_024 + 1], 413, "larger than 1 MiB"),
    ] {
        let page = bring(&browser, "l.csv", &file).await.must_be(status);
        assert!(page.says(why), "{why}: {}", page.html);
    }
}

#[tokio::test]
async fn a_table_invites_the_people_of_one_column_and_says_which() {
    let story = Story::begin().await;
    let (browser, _) = Browser::open(&story, LENA).await;
    let list = b"Name,Email Address [Required],Manager Email,Recovery Email\n\
        Nia Noor,nia@acme.example,boss@acme.example,nia@home.test\n\
        Otto Ohm,,boss@acme.example,otto@home.test\n";
    let preview = bring(&browser, "l.csv", list).await.must_be(200);
    assert!(preview.says("Check the list: 2 rows"), "{}", preview.html);
    let column = "The addresses are from column <bdi>2: Email Address [Required]</bdi>";
    assert!(preview.says(column), "{}", preview.html);
    press(&browser, &preview, "start").await.must_be(200);
    story.settle().await;
    let mails = story.mails_of("invitation");
    let invited: Vec<_> = mails.iter().flat_map(|mail| mail.to.clone()).collect();
    assert_eq!(invited, ["nia@acme.example"]);
    let asks = bring(
        &browser,
        "l.csv",
        b"Name,Manager Email\nNia,boss@acme.example\n",
    )
    .await;
    assert!(asks.must_be(422).says("No column of the list is named"));
    story.check_invariants().await;
}

#[tokio::test]
async fn the_roster_read_back_is_the_same_people_once() {
    let story = Story::begin().await;
    let (browser, _) = Browser::open(&story, LENA).await;
    let csv = browser.get("/console/acme/people.csv").await.must_be(200);
    let people = csv.html.lines().count() - 1;
    let preview = bring(&browser, "people.csv", csv.html.as_bytes()).await;
    let preview = preview.must_be(200);
    assert!(
        preview.says(&format!("Check the list: {people} rows")),
        "{}",
        preview.html
    );
    assert!(
        preview.says(&format!("<strong>{people}</strong> is here already"))
            || preview.says(&format!("<strong>{people}</strong> are here already")),
        "{}",
        preview.html
    );
    assert!(preview.says("<span class=\"below\">Lead</span>") && preview.says("Lena Olsson"));
}
