//! Two relays, a sweep and one message: every order of their steps, with deaths and lost answers,
//! over the real conditions of the engine.
//!
//! Each state is explored once: its item is put back into the table before each step that leads on.

use std::collections::{HashMap, HashSet, VecDeque};

use aws_sdk_dynamodb::types::AttributeValue;
use domain::Timestamp;
use jiff::SignedDuration;
use store::{Claim, OutboxMessage, Requeued};
use uuid::Uuid;

use crate::{
    engine::{Engine, new_id},
    outbox::queue,
    sample,
};

const LEASE: SignedDuration = SignedDuration::from_mins(2);
const ANN: &str = "ann@acme.example";

/// The rules by which relays work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// A mail is sent, and then marked.
    SendsFirst,
    /// Nothing is sent after the lease has ended.
    MindsLease,
    /// Sending and marking take less time than the rest of a lease.
    IsInTime,
    /// A repeated claim uses the same id.
    KeepsId,
}

/// A step. The number is the relay's place.
#[derive(Debug, Clone, Copy)]
enum Step {
    Claim(usize),
    /// A claim whose answer is lost.
    ClaimUnheard(usize),
    Send(usize),
    Mark(usize),
    /// A mark whose answer is lost.
    MarkUnheard(usize),
    GiveBack(usize),
    Die(usize),
    /// Time passes until every held lease has ended.
    LeasesEnd,
    /// The sweep queues it again, if no relay has it.
    Requeue,
}

#[derive(Debug, Clone)]
enum Phase {
    Idle,
    /// Has asked, and got no answer.
    Unheard(Uuid),
    Holding(Box<OutboxMessage>),
    /// Has done the first of sending and marking.
    Halfway(Box<OutboxMessage>),
    Gone,
}

/// An item of the journal.
type Item = HashMap<String, AttributeValue>;

#[derive(Clone)]
struct World<'a> {
    engine: &'a Engine,
    /// The one rule that is broken here, if any.
    broken: Option<Rule>,
    now: Timestamp,
    /// The first item and the current one: the stream shows both.
    ids: [Uuid; 2],
    relays: [Phase; 2],
    /// The ids under which the relays claim.
    by: [Uuid; 2],
    sent: usize,
    /// Relays that died between a mail and its mark.
    died_halfway: usize,
    unheard: usize,
    ended: usize,
    requeued: bool,
    fault: Option<&'static str>,
}

impl<'a> World<'a> {
    async fn begin(engine: &'a Engine, broken: Option<Rule>) -> Self {
        let id = queue(engine, &[ANN]).await;
        Self {
            engine,
            broken,
            now: sample::now(),
            ids: [id; 2],
            relays: [Phase::Idle, Phase::Idle],
            by: [new_id(), new_id()],
            sent: 0,
            died_halfway: 0,
            unheard: 0,
            ended: 0,
            requeued: false,
            fault: None,
        }
    }

    fn keeps(&self, rule: Rule) -> bool {
        self.broken != Some(rule)
    }

    fn steps(&self) -> Vec<Step> {
        let mut steps = Vec::new();
        for (who, phase) in self.relays.iter().enumerate() {
            match phase {
                Phase::Idle => {
                    steps.push(Step::Claim(who));
                    if self.unheard < 1 {
                        steps.push(Step::ClaimUnheard(who));
                    }
                }
                Phase::Unheard(_) => steps.extend([Step::Claim(who), Step::Die(who)]),
                Phase::Holding(message) => {
                    let has_ended = message.lease_until < self.now;
                    steps.push(if has_ended && self.keeps(Rule::MindsLease) {
                        Step::GiveBack(who)
                    } else if self.keeps(Rule::SendsFirst) {
                        Step::Send(who)
                    } else {
                        Step::Mark(who)
                    });
                    steps.push(Step::Die(who));
                }
                Phase::Halfway(_) if self.keeps(Rule::SendsFirst) => {
                    steps.extend([Step::Mark(who), Step::Die(who)]);
                    if self.unheard < 1 {
                        steps.push(Step::MarkUnheard(who));
                    }
                }
                Phase::Halfway(_) => steps.extend([Step::Send(who), Step::Die(who)]),
                Phase::Gone => {}
            }
        }
        let is_halfway = |phase: &Phase| matches!(phase, Phase::Halfway(_));
        if self.ended < 2 && !(self.keeps(Rule::IsInTime) && self.relays.iter().any(is_halfway)) {
            steps.push(Step::LeasesEnd);
        }
        if !self.requeued {
            steps.push(Step::Requeue);
        }
        steps
    }

    async fn take(&mut self, step: Step) {
        match step {
            Step::Claim(who) => self.claim(who).await,
            Step::ClaimUnheard(who) => {
                self.unheard += 1;
                let store = &self.engine.store;
                let claim = store
                    .claim(self.ids[who], self.by[who], self.now, LEASE)
                    .await;
                claim.unwrap();
                self.relays[who] = Phase::Unheard(self.by[who]);
            }
            Step::Send(who) => {
                self.sent += 1;
                self.go_on(who);
            }
            Step::Mark(who) => {
                let (Phase::Holding(message) | Phase::Halfway(message)) = &mut self.relays[who]
                else {
                    unreachable!("a relay marks what it holds")
                };
                mark(self.engine, message).await;
                self.go_on(who);
            }
            Step::MarkUnheard(who) => {
                self.unheard += 1;
                let Phase::Halfway(message) = &self.relays[who] else {
                    unreachable!("a relay marks what it has sent")
                };
                mark(self.engine, &mut message.clone()).await;
            }
            Step::GiveBack(who) => {
                let Phase::Holding(message) = &self.relays[who] else {
                    unreachable!("a relay gives back what it holds")
                };
                let released = self.engine.store.release(message, self.now).await;
                released.unwrap();
                self.relays[who] = Phase::Gone;
            }
            Step::Die(who) => {
                self.died_halfway += usize::from(self.has_sent(who));
                self.relays[who] = Phase::Gone;
            }
            Step::LeasesEnd => {
                self.ended += 1;
                self.now += LEASE + SignedDuration::from_secs(1);
            }
            Step::Requeue => {
                self.requeued = true;
                self.requeue().await;
            }
        }
    }

    fn has_sent(&self, who: usize) -> bool {
        self.keeps(Rule::SendsFirst) && matches!(self.relays[who], Phase::Halfway(_))
    }

    fn go_on(&mut self, who: usize) {
        self.relays[who] = match std::mem::replace(&mut self.relays[who], Phase::Gone) {
            Phase::Holding(message) => Phase::Halfway(message),
            _ => Phase::Gone,
        };
    }

    async fn claim(&mut self, who: usize) {
        let asked_before = matches!(self.relays[who], Phase::Unheard(_));
        if asked_before && !self.keeps(Rule::KeepsId) {
            self.by[who] = new_id();
        }
        let store = &self.engine.store;
        let claim = store
            .claim(self.ids[who], self.by[who], self.now, LEASE)
            .await;
        self.relays[who] = match (claim.unwrap(), &self.relays[who]) {
            (Claim::Claimed(message), _) => Phase::Holding(message),
            (Claim::Settled, _) => Phase::Gone,
            (Claim::Busy { .. }, Phase::Unheard(by)) => {
                if holder(&self.item().await) == Some(*by) {
                    self.fault = Some("a relay waits for itself");
                }
                Phase::Gone
            }
            // The stream shows it again.
            (Claim::Busy { .. }, _) => Phase::Idle,
        };
    }

    /// The message as it is stored.
    async fn item(&self) -> Item {
        let get = self.engine.client.get_item().table_name("journal");
        let got = get.set_key(Some(key(self.ids[1]))).send().await.unwrap();
        got.item.expect("a message is kept, sent or not")
    }

    /// Stores the message as it was in this state, whatever other steps have made of it.
    async fn put_back(&self, item: &Item) {
        let client = &self.engine.client;
        if self.ids[0] != self.ids[1] {
            let delete = client.delete_item().table_name("journal");
            let replaced = Some(key(self.ids[0]));
            delete.set_key(replaced).send().await.unwrap();
        }
        let put = client.put_item().table_name("journal");
        put.set_item(Some(item.clone())).send().await.unwrap();
    }

    async fn requeue(&mut self) -> Requeued {
        let store = &self.engine.store;
        let requeued = store.requeue(self.ids[1], self.now, &new_id).await.unwrap();
        if let Requeued::Again { id } = requeued {
            self.ids[1] = id;
        }
        requeued
    }

    /// The identity of this state.
    fn fingerprint(&self, item: &Item) -> String {
        let holder = holder(item);
        let holder = self.by.iter().position(|by| Some(*by) == holder);
        let phases = self.relays.iter().map(|phase| match phase {
            Phase::Idle => "idle".to_owned(),
            Phase::Unheard(_) => "unheard".to_owned(),
            Phase::Holding(message) => format!("holding until {}", message.lease_until),
            Phase::Halfway(message) => format!("halfway until {}", message.lease_until),
            Phase::Gone => "gone".to_owned(),
        });
        let phases: Vec<_> = phases.collect();
        let item = ["state", "lease_until", "unsettled", "not_before"].map(|name| item.get(name));
        let is_copy = self.ids[0] != self.ids[1];
        let counts = (
            self.sent,
            self.died_halfway,
            self.unheard,
            self.ended,
            self.requeued,
        );
        format!("{phases:?} {holder:?} {item:?} {is_copy} {counts:?}")
    }

    /// All others are gone: the sweep finds the rest, and a last relay sends it.
    async fn finish(mut self) -> Result<(), String> {
        if let Some(fault) = self.fault {
            return Err(fault.to_owned());
        }
        let halfway = (0..2).filter(|who| self.has_sent(*who)).count();
        for _ in 0..4 {
            self.now += LEASE + LEASE;
            if self.requeue().await == Requeued::Settled {
                break;
            }
            let store = &self.engine.store;
            let claim = store.claim(self.ids[1], new_id(), self.now, LEASE).await;
            if let Claim::Claimed(mut message) = claim.unwrap() {
                self.sent += message.waiting().count();
                mark(self.engine, &mut message).await;
            }
        }
        let doubles = self.died_halfway + halfway;
        match self.sent {
            0 => Err("the mail is lost".to_owned()),
            sent if sent > 1 + doubles => Err(format!("{sent} mails, and {doubles} died halfway")),
            _ => Ok(()),
        }
    }
}

async fn mark(engine: &Engine, message: &mut OutboxMessage) {
    let ann = sample::email(ANN);
    engine
        .store
        .mark_sent(message, &ann, "ses-1")
        .await
        .unwrap();
}

fn key(id: Uuid) -> Item {
    let text = |text: String| AttributeValue::S(text);
    HashMap::from([
        ("pk".to_owned(), text(format!("OUTBOX#{id}"))),
        ("sk".to_owned(), text("OUTBOX".to_owned())),
    ])
}

/// The id under which a message is claimed.
fn holder(item: &Item) -> Option<Uuid> {
    item.get("claimed_by")?.as_s().ok()?.parse().ok()
}

/// The number of states, or the first fault with the steps that lead to it.
async fn explore(broken: Option<Rule>) -> Result<usize, String> {
    let engine = Engine::start().await;
    let begin = World::begin(&engine, broken).await;
    let item = begin.item().await;
    let mut seen = HashSet::from([begin.fingerprint(&item)]);
    let mut states = VecDeque::from([(Vec::new(), begin, item)]);
    while let Some((path, world, item)) = states.pop_front() {
        for step in world.steps() {
            let mut next = world.clone();
            next.put_back(&item).await;
            next.take(step).await;
            let changed = next.item().await;
            if seen.insert(next.fingerprint(&changed)) {
                let longer = path.iter().copied().chain([step]).collect();
                states.push_back((longer, next, changed));
            }
        }
        world.put_back(&item).await;
        let finished = world.finish().await;
        finished.map_err(|fault| format!("{fault} after {path:?}"))?;
    }
    Ok(seen.len())
}

#[tokio::test]
async fn in_every_order_a_mail_leaves_and_only_a_death_halfway_sends_it_twice() {
    let states = explore(None).await.unwrap();
    println!("{states} states");
    assert!(states > 500, "{states}");
}

/// Each rule is needed: without it, some order loses a mail, doubles it, or waits for nothing.
#[tokio::test]
async fn without_any_one_of_the_rules_some_order_goes_wrong() {
    let broken = [
        (Rule::SendsFirst, "the mail is lost"),
        (Rule::MindsLease, "2 mails, and 0 died halfway"),
        (Rule::IsInTime, "2 mails, and 0 died halfway"),
        (Rule::KeepsId, "a relay waits for itself"),
    ];
    for (rule, fault) in broken {
        let found = explore(Some(rule)).await.unwrap_err();
        println!("{found}");
        assert!(found.starts_with(fault), "{rule:?}: {found}");
    }
}
