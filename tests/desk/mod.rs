//! A desk that is connected with Jira, told from outside to the whole bundle: what is decided here is
//! so there, whatever fails in between.

mod faults;
mod people;
mod requests;

use jiff::ToSpan;
use local::jira::{seed, view::DeskView};
use operator::Given;
use serde_json::json;

use crate::fixture::Story;

const LENA: &str = "lena@acme.example";
const AMIR: &str = "amir@acme.example";
const ZOE: &str = "zoe@acme.example";

/// The section of the world file that connects the desk for customers.
fn section(story: &Story) -> toml::Value {
    let section = json!({
        "site": story.local().jira.base(),
        "service_desk": seed::DESK,
        "request_type": {
            "incident": {
                "id": 12,
                "fields": { "what": "description", "impact": "customfield_10042" },
            },
            "question": { "id": 13, "fields": { "about": "customfield_10045" } },
            "order": {
                "id": 14,
                "fields": { "item": "customfield_10046", "amount": "customfield_10047" },
            },
        },
    });
    serde_json::from_value(section).unwrap()
}

impl Story {
    /// A seeded bundle whose desk for customers is connected with the stand-in for Jira.
    pub(crate) async fn connected() -> Self {
        Self::connected_with(|_| ()).await
    }

    /// The same with another section in the world file.
    pub(crate) async fn connected_with(change: impl FnOnce(&mut toml::Table)) -> Self {
        let story = Self::begin().await;
        story.connect(change).await;
        story
    }

    /// Connects the desk for customers.
    pub(crate) async fn connect(&self, change: impl FnOnce(&mut toml::Table)) {
        let mut jira = section(self);
        change(jira.as_table_mut().unwrap());
        let set = |world: &mut toml::Table| {
            world["desk"]["support"]
                .as_table_mut()
                .unwrap()
                .insert("jira".to_owned(), jira);
        };
        self.apply(set).await.unwrap();
        self.give_token().await;
        let sources = self.local().sources();
        let source = sources.into_iter().find(|source| source.id == "jira");
        self.local().jira.sender().aim(local::jira::sender::Target {
            base_url: self.base_url().to_owned(),
            source: source.unwrap(),
        });
        self.local().jira.lift_limits();
    }

    /// Gives the desk the token of its account, as `lanyard desk connect` does.
    pub(crate) async fn give_token(&self) {
        let today = domain::organization::day_of(self.now());
        let given = Given {
            login: seed::CALLER.to_owned(),
            token: seed::TOKEN.into(),
            expires_on: today.saturating_add(300.days()),
        };
        let operator = self.operator();
        let desk = "support".parse().unwrap();
        let tried = operator.try_connection(&desk, given).await.unwrap();
        operator.keep_connection(tried).await.unwrap();
    }

    /// The desk as its agents see it.
    pub(crate) fn at_jira(&self) -> DeskView {
        self.local().jira.read(DeskView::of)
    }

    /// The addresses of the members of an organisation there, in order.
    pub(crate) fn members_at_jira(&self, name: &str) -> Vec<String> {
        let view = self.at_jira();
        let there = view.organizations.iter().find(|org| org.name == name);
        let Some(there) = there else {
            return Vec::new();
        };
        let address = |id: &String| {
            let mut customers = view.customers.iter();
            let customer = customers.find(|customer| customer.account_id == *id);
            customer.unwrap().email.clone()
        };
        let mut members: Vec<_> = there.members.iter().map(address).collect();
        members.sort();
        members
    }

    /// Lets minutes pass, with what waits for the desk in each of them, until nothing waits.
    pub(crate) async fn write_out(&self) {
        self.settle().await;
        for _ in 0..200 {
            if self.items("journal", "WORK#").await.is_empty() {
                return;
            }
            self.advance("PT10M").await;
        }
        let left = self.items("journal", "WORK#").await;
        panic!("work is left: {left:#?}");
    }
}
