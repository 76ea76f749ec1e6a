//! The template's schedules, by the movable clock.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::sync::Mutex;

use crate::clock::MovableClock;
use crate::lambda::asynchronous::Deliverer;
use crate::template::Template;
use crate::template::trigger::Schedule;

/// The interval at which the scheduler reads the clock, in real time.
const LOOK: Duration = Duration::from_secs(1);

/// Starts functions when their time has come.
#[derive(Debug)]
pub struct Scheduler {
    deliverer: Deliverer,
    template: std::sync::Arc<Template>,
    clock: MovableClock,
    /// Held while schedules run, so that no two runs of one overlap.
    due: Mutex<Vec<Due>>,
}

#[derive(Debug)]
struct Due {
    function: String,
    schedule: Schedule,
    next: Timestamp,
}

impl Scheduler {
    /// The schedules of a template. The first run is one period from now, as with EventBridge.
    #[must_use]
    pub fn new(
        deliverer: Deliverer,
        template: std::sync::Arc<Template>,
        clock: MovableClock,
    ) -> Self {
        let now = clock.now();
        let due = template
            .functions
            .iter()
            .flat_map(|function| {
                function
                    .schedules
                    .iter()
                    .map(|schedule| (&function.name, schedule))
            })
            .map(|(function, schedule)| Due {
                function: function.clone(),
                schedule: schedule.clone(),
                next: now + schedule.every,
            })
            .collect();
        Self {
            deliverer,
            template,
            clock,
            due: Mutex::new(due),
        }
    }

    /// Runs due schedules for as long as it is polled.
    pub async fn run(&self) {
        loop {
            tokio::time::sleep(LOOK).await;
            self.run_where(|due, now| due.next <= now).await;
        }
    }

    /// Runs every schedule once now, due or not, after the clock was moved. A move of any length is
    /// one run, as after a sleep of that length.
    ///
    /// Returns the number of failed runs.
    pub async fn run_all(&self) -> usize {
        self.run_where(|_, _| true).await
    }

    async fn run_where(&self, wanted: impl Fn(&Due, Timestamp) -> bool) -> usize {
        let mut failed = 0;
        for due in self.due.lock().await.iter_mut() {
            let now = self.clock.now();
            if !wanted(due, now) {
                continue;
            }
            due.next = now + due.schedule.every;
            let function = self.template.function(&due.function);
            let function = function.expect("schedules are made from the template's functions");
            let input = self.input(&due.schedule, now);
            if let Err(error) = self.deliverer.deliver(function, input).await {
                tracing::error!(function = function.name, %error, "a scheduled run failed");
                failed += 1;
            }
        }
        failed
    }

    /// The input with the scheduler's variables filled in ("Adding context attributes" in the
    /// EventBridge Scheduler user guide).
    fn input(&self, schedule: &Schedule, now: Timestamp) -> Value {
        let Some(input) = &schedule.input else {
            return json!({});
        };
        let seconds = Timestamp::from_second(now.as_second()).unwrap_or(now);
        let filled = input
            .replace("<aws.scheduler.scheduled-time>", &seconds.to_string())
            .replace(
                "<aws.scheduler.execution-id>",
                &self.deliverer.invoker.request_id(),
            )
            .replace("<aws.scheduler.attempt-number>", "1")
            .replace(
                "<aws.scheduler.schedule-arn>",
                "arn:aws:scheduler:local:000000000000:schedule",
            );
        serde_json::from_str(&filled).unwrap_or(Value::String(filled))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use std::collections::BTreeMap;
    use std::sync::{Arc, Mutex as StdMutex};

    use lambda_http::LambdaEvent;

    use super::*;
    use crate::lambda::function::{Functions, Invoker};
    use crate::lambda::queue::Queues;

    const SWEEP: &str = r#"
Resources:
  Sweep:
    Type: AWS::Serverless::Function
    Properties:
      FunctionName: lanyard-sweep
      EventInvokeConfig: { MaximumRetryAttempts: 1, DestinationConfig: { OnFailure: { Destination: "a:b:Dead/Arn" } } }
      Events:
        Every: { Type: ScheduleV2, Properties: { ScheduleExpression: rate(15 minutes), Input: '{"at":"<aws.scheduler.scheduled-time>"}' } }
"#;

    struct Bench {
        scheduler: Scheduler,
        clock: MovableClock,
        queues: Arc<Queues>,
        seen: Arc<StdMutex<Vec<Value>>>,
    }

    fn bench(fails: bool) -> Bench {
        let seen: Arc<StdMutex<Vec<Value>>> = Arc::default();
        let noted = Arc::clone(&seen);
        let functions = Functions::new().event("sweep", move |event: LambdaEvent<Value>| {
            noted.lock().unwrap().push(event.payload);
            async move { if fails { Err("no table") } else { Ok(()) } }
        });
        let clock = MovableClock::real();
        clock.set("2027-01-01T00:00:00Z".parse().unwrap()).unwrap();
        let template = Arc::new(Template::read(SWEEP, "lanyard", &BTreeMap::new()).unwrap());
        let queues: Arc<Queues> = Arc::default();
        let deliverer = Deliverer {
            invoker: Invoker::new(functions, Arc::clone(&template), clock.clone()),
            queues: Arc::clone(&queues),
            clock: clock.clone(),
            pause: Duration::ZERO,
        };
        let scheduler = Scheduler::new(deliverer, template, clock.clone());
        Bench {
            scheduler,
            clock,
            queues,
            seen,
        }
    }

    async fn look(bench: &Bench) -> usize {
        bench.scheduler.run_where(|due, now| due.next <= now).await;
        bench.seen.lock().unwrap().len()
    }

    #[tokio::test]
    async fn it_runs_once_a_period_and_not_before() {
        let bench = bench(false);
        assert_eq!(look(&bench).await, 0);
        bench.clock.advance("PT14M").unwrap();
        assert_eq!(look(&bench).await, 0);
        bench.clock.advance("PT1M").unwrap();
        assert_eq!(look(&bench).await, 1);
        assert_eq!(look(&bench).await, 1);
        let payload = bench.seen.lock().unwrap()[0].clone();
        assert_eq!(payload, json!({"at": "2027-01-01T00:15:00Z"}));
    }

    #[tokio::test]
    async fn after_a_long_sleep_it_runs_once() {
        let bench = bench(false);
        bench.clock.advance("P1Y").unwrap();
        assert_eq!(bench.scheduler.run_all().await, 0);
        assert_eq!(look(&bench).await, 1);
    }

    #[tokio::test]
    async fn a_run_that_fails_is_tried_again_and_then_in_the_queue() {
        let bench = bench(true);
        assert_eq!(bench.scheduler.run_all().await, 1);
        assert_eq!(bench.seen.lock().unwrap().len(), 2);
        let queued = &bench.queues.read()["Dead"];
        assert_eq!(queued.len(), 1);
        assert_eq!(
            queued[0]["responsePayload"]["errorMessage"],
            "the function failed: no table"
        );
        assert_eq!(queued[0]["requestContext"]["approximateInvokeCount"], 2);
    }
}
