//! The words in which the stories of people's lives are told: they raise, invite, leave.

use std::sync::atomic::{AtomicU32, Ordering};

use app::Sweep;
use app::console::Act;
use domain::link::Purpose;
use domain::membership::State;
use domain::organization::day_of;
use domain::sweep::SweepRun;
use domain::{Actor, EmailAddress, Evidence, Membership, OrgId, Organization, Proof, Refusal};
use serde_json::{Value, json};
use store::{Once, Wanted};

use crate::fixture::{Answer, Story};

/// The result of a lead's action on somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Came {
    Done,
    Unchanged,
    Refused(Refusal),
    Unknown,
}

/// A name that no other delivery has.
fn delivery() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("msg_{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

pub(crate) fn email(text: &str) -> EmailAddress {
    text.parse().unwrap()
}

pub(crate) fn org(text: &str) -> OrgId {
    text.parse().unwrap()
}

/// The token of the form with the button for a wish.
pub(crate) fn token(html: &str, wish: &str) -> String {
    let button = format!("value=\"{wish}\"");
    let mut forms = html.split("<form");
    let form = forms.find(|form| form.contains(&button)).unwrap();
    let (_, rest) = form.split_once("name=\"token\" value=\"").unwrap();
    rest.split('"').next().unwrap().to_owned()
}

impl Story {
    // ---------------------------------------------------------------------------- what is sent in

    pub(crate) async fn event(
        &self,
        source: &str,
        function: &str,
        kind: &str,
        data: Value,
    ) -> Answer {
        let event = json!({ "type": kind, "timestamp": self.now().to_string(), "data": data });
        self.post(source, function, &delivery(), &event).await
    }

    /// Somebody raises a request for nobody's organisation in particular.
    pub(crate) async fn raise(&self, key: &str, reporter: &str) -> Answer {
        self.raise_with(key, reporter, json!({})).await
    }

    /// The same, with more said about it.
    pub(crate) async fn raise_with(&self, key: &str, reporter: &str, more: Value) -> Answer {
        let mut data = json!({
            "request": {
                "key": key, "desk": "support", "type": "Question", "summary": "How does it work?",
            },
            "reporter": { "email": reporter },
            "channel": "email",
        });
        let members = more.as_object().unwrap().clone();
        data.as_object_mut().unwrap().extend(members);
        self.event("forms", "request-created", "request.created", data)
            .await
            .must_be(202)
    }

    /// Something happens to a request of the desk for customers.
    pub(crate) async fn update(&self, key: &str, kind: &str, more: Value) {
        let mut data = json!({ "request": { "key": key, "desk": "support" } });
        let members = more.as_object().unwrap().clone();
        data.as_object_mut().unwrap().extend(members);
        self.event("forms", "request-updated", kind, data)
            .await
            .must_be(202);
    }

    /// A public comment.
    pub(crate) async fn comment(&self, key: &str, author: Value) {
        let comment = json!({
            "comment": { "id": delivery(), "author": author, "body": "It does.", "public": true },
        });
        self.update(key, "request.commented", comment).await;
    }

    /// A lead invites somebody; gives the row of the answer.
    pub(crate) async fn invite(&self, org: &str, lead: &str, invitee: &str) -> Value {
        self.invite_with(org, lead, invitee, json!({})).await
    }

    /// The same, on further terms.
    pub(crate) async fn invite_with(
        &self,
        org: &str,
        lead: &str,
        invitee: &str,
        terms: Value,
    ) -> Value {
        let mut data = json!({
            "organization": org,
            "invitees": [{ "email": invitee, "role": "member" }],
            "invited_by": lead,
        });
        let terms = terms.as_object().unwrap().clone();
        data.as_object_mut().unwrap().extend(terms);
        let answer = self
            .event("forms", "customer-invited", "customer.invited", data)
            .await;
        self.settle().await;
        answer.json()
    }

    /// The personnel department says that somebody leaves.
    pub(crate) async fn off_board(&self, org: &str, member: &str, more: Value) -> Answer {
        let mut data = json!({
            "organization": org, "member": { "email": member }, "reason": "left",
        });
        let members = more.as_object().unwrap().clone();
        data.as_object_mut().unwrap().extend(members);
        let answer = self
            .event("hr", "member-offboarded", "member.offboarded", data)
            .await;
        self.settle().await;
        answer
    }

    /// A lead does something to one of their people, as the console would for them.
    pub(crate) async fn act(&self, lead: &str, at: &str, who: &str, act: Act) -> Came {
        let (org, person) = (org(at), email(who));
        let proof = Proof {
            actor: Actor::Person(email(lead)),
            evidence: Evidence::Link {
                purpose: Purpose::LeadConsole,
            },
        };
        let (store, now) = (&self.services.store, self.services.now());
        let wanted = Wanted::new().organization(&org).membership(&org, &person);
        let loaded = store.load(wanted).await.unwrap();
        let known = (loaded.organization(&org), loaded.membership(&org, &person));
        let (Some(org), Some(membership)) = known else {
            return Came::Unknown;
        };
        let outcome = match act.decide(org.clone(), membership.clone(), &proof.at(now)) {
            Ok(outcome) if outcome.is_empty() => return Came::Unchanged,
            Ok(outcome) => outcome,
            Err(refusal) => return Came::Refused(refusal),
        };
        let new_id = || self.services.new_id();
        let committed = store.commit(&outcome, &Once::Nothing, now, &new_id).await;
        committed.unwrap();
        self.settle().await;
        Came::Done
    }

    /// Organisations whose members are removed when they are quiet.
    pub(crate) async fn enforce(&self, org: &str) {
        self.inactivity(org, "mode", "enforce".into()).await;
    }

    /// Sets a part of an organisation's policy for the quiet.
    pub(crate) async fn inactivity(&self, org: &str, name: &str, value: toml::Value) {
        let table = |parent: &mut toml::Table, name: &str| -> toml::Table {
            let none = || toml::Value::Table(toml::Table::new());
            let found = parent.remove(name).unwrap_or_else(none);
            found.as_table().unwrap().clone()
        };
        self.apply(|world| {
            let organization = world["organization"].as_table_mut().unwrap();
            let policy = organization[org].as_table_mut().unwrap()["policy"]
                .as_table_mut()
                .unwrap();
            let mut inactivity = table(policy, "inactivity");
            inactivity.insert(name.to_owned(), value);
            policy.insert("inactivity".to_owned(), inactivity.into());
        })
        .await
        .unwrap();
    }

    /// Reads the number of seats of an organisation.
    pub(crate) async fn seats(&self, org: &str, cap: i64) {
        self.apply(|world| {
            let policy = &mut world["organization"].as_table_mut().unwrap()[org]["policy"];
            policy
                .as_table_mut()
                .unwrap()
                .insert("seat_cap".to_owned(), cap.into());
        })
        .await
        .unwrap();
    }

    /// A sweep beside those of the schedule.
    pub(crate) fn sweep(&self) -> Sweep {
        Sweep::new(self.services.clone())
    }

    /// Lets time go by without any sweep.
    pub(crate) fn sleep(&self, duration: &str) {
        self.local().clock.advance(duration).unwrap();
    }

    // ------------------------------------------------------------------------------ what is known

    pub(crate) async fn organization(&self, id: &str) -> Organization {
        self.store().organization(&org(id)).await.unwrap().unwrap()
    }

    pub(crate) async fn membership(&self, at: &str, who: &str) -> Option<Membership> {
        let (at, who) = (org(at), email(who));
        let wanted = store::Wanted::new().membership(&at, &who);
        let loaded = self.store().load(wanted).await.unwrap();
        loaded.membership(&at, &who).cloned()
    }

    pub(crate) async fn state(&self, at: &str, who: &str) -> State {
        self.membership(at, who).await.unwrap().state
    }

    pub(crate) async fn is_active(&self, at: &str, who: &str) -> bool {
        self.state(at, who).await == State::Active
    }

    pub(crate) async fn is_warned(&self, at: &str, who: &str) -> bool {
        matches!(self.state(at, who).await, State::Warned { .. })
    }

    pub(crate) async fn is_gone(&self, at: &str, who: &str) -> bool {
        matches!(self.state(at, who).await, State::OffBoarded { .. })
    }

    /// Counts the mails of a kind that somebody got.
    pub(crate) fn count(&self, to: &str, kind: &str) -> usize {
        self.kinds(to).iter().filter(|found| *found == kind).count()
    }

    /// The newest run of the sweep that has ended.
    pub(crate) async fn last_run(&self) -> SweepRun {
        let runs = self.store().runs_of_day(day_of(self.now())).await.unwrap();
        runs.into_iter().next_back().unwrap()
    }

    /// Counts an action of somebody in an organisation's audit.
    pub(crate) async fn audited(&self, org: &str, who: &str, action: &str) -> usize {
        let audit = self.items("audit", &format!("ORG#{org}#")).await;
        let of = |entry: &&Value| entry["about"]["person"] == who && entry["action"] == action;
        audit.iter().filter(of).count()
    }
}
