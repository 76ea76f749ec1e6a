//! The token by which a desk calls Jira ends, and administrators know it in time.

use domain::Version;
use store::DeskToken;

use crate::fixture::Story;

const ADMINISTRATORS: [&str; 2] = ["ada@lanyard.example", "otto@lanyard.example"];

impl Story {
    /// Connects the desk, of which nothing is written there, by a token that is accepted for so many
    /// days from today on.
    async fn connect_for(&self, days: i64) {
        let section = "site = \"http://127.0.0.1:9\"\nservice_desk = 3\ncustomers = \"read\"\n\
            organizations = \"read\"\nrequests = \"read\"";
        let section: toml::Table = section.parse().unwrap();
        self.set("desk.support.jira", section).await;
        let desk = "support".parse().unwrap();
        let before = self.store().desk_token(&desk).await.unwrap();
        let today = domain::organization::day_of(self.now());
        let token = DeskToken {
            desk,
            login: "robot@lanyard.example".to_owned(),
            account: "5b10".parse().unwrap(),
            sealed: "v1.sealed".to_owned(),
            expires_on: today.saturating_add(jiff::Span::new().days(days)),
            version: before.map_or(Version::NEW, |before| before.version),
        };
        self.store().put_desk_token(&token).await.unwrap();
    }

    /// Counts how often each administrator was told.
    fn told_of_the_token(&self) -> usize {
        let [ada, otto] = ADMINISTRATORS.map(|who| self.count(who, "token_expires"));
        assert_eq!(ada, otto);
        ada
    }
}

#[tokio::test]
async fn administrators_are_told_thirty_seven_and_one_day_before_and_no_more() {
    let story = Story::begin().await;
    story.connect_for(32).await;
    let mut told = Vec::new();
    // To the morning of each day that counts, and into the next.
    for days in ["P1D", "P1D", "P1D", "P22D", "P1D", "P5D", "P1D", "P1D"] {
        story.advance(days).await;
        story.settle().await;
        told.push(story.told_of_the_token());
    }
    assert_eq!(told, [0, 1, 1, 2, 2, 3, 3, 3]);
    let mail = &story.mails_of("token_expires")[0];
    assert!(
        mail.text.contains("lanyard desk connect support"),
        "{}",
        mail.text
    );
}

#[tokio::test]
async fn the_next_token_is_told_of_anew_and_a_desk_that_is_not_connected_is_not() {
    let story = Story::begin().await;
    story.connect_for(20).await;
    story.advance("PT15M").await;
    story.settle().await;
    assert_eq!(story.told_of_the_token(), 1);
    story.connect_for(365).await;
    story.advance("P10D").await;
    story.settle().await;
    assert_eq!(story.told_of_the_token(), 1, "it lives for a year");
    story.connect_for(3).await;
    let alone = |world: &mut toml::Table| {
        let desks = world["desk"].as_table_mut().unwrap();
        desks["support"].as_table_mut().unwrap().remove("jira");
    };
    story.apply(alone).await.unwrap();
    story.advance("PT30M").await;
    story.settle().await;
    assert_eq!(story.told_of_the_token(), 1);
}
