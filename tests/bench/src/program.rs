//! A function as a process of its own, and the system's measurements of it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use local::clock::MovableClock;
use serde_json::Value;
use tests::runtime_api::{Answer, Invocation, RuntimeApi};

use crate::delivery::Deliveries;
use crate::stopwatch::Stopwatch;

/// The time limit of an event, even in an instrumented run.
const PATIENCE: Duration = Duration::from_mins(2);
/// The deadline of a function: the longest in the template.
const LIMIT: Duration = Duration::from_mins(15);

/// A running function behind a Runtime API of its own. Dropping it ends it.
#[derive(Debug)]
pub(crate) struct Program {
    process: std::process::Child,
    api: RuntimeApi,
    log: PathBuf,
    handed: u64,
    /// From `exec` to the first `/next`.
    pub(crate) started_in: Duration,
}

impl Program {
    /// Starts a program and waits until it asks for its first event. Its output goes to `log`.
    pub(crate) async fn start(command: &mut Command, log: &Path) -> Self {
        let api = RuntimeApi::start();
        let file = File::create(log).unwrap();
        command
            .env("AWS_LAMBDA_RUNTIME_API", api.address())
            .stdin(Stdio::null())
            .stdout(file.try_clone().unwrap())
            .stderr(file);
        let watch = Stopwatch::start();
        let mut process = command
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?}: {error}"));
        if tokio::time::timeout(PATIENCE, api.until_asked(1))
            .await
            .is_err()
        {
            let _ = process.kill();
            panic!(
                "{command:?} never asked for an event: see {}",
                log.display()
            );
        }
        Self {
            process,
            api,
            log: log.to_owned(),
            handed: 0,
            started_in: watch.read(),
        }
    }

    /// Passes an event to the function and returns its answer.
    pub(crate) async fn invoke(&mut self, payload: &[u8]) -> Value {
        let answer = self.try_invoke(payload).await;
        answer.unwrap_or_else(|error| panic!("{error}: see {}", self.log.display()))
    }

    /// Passes this many deliveries, which must all get the same answer, and waits until the
    /// function is idle.
    pub(crate) async fn deliver(&mut self, deliveries: &mut Deliveries, count: u32, status: u16) {
        for _ in 0..count {
            let answer = self.invoke(&deliveries.next()).await;
            assert_eq!(answer["statusCode"], Value::from(status), "{answer}");
        }
        self.idle().await;
    }

    async fn try_invoke(&mut self, payload: &[u8]) -> Answer {
        self.handed += 1;
        let deadline = jiff::SignedDuration::try_from(LIMIT).unwrap();
        let deadline = MovableClock::real().now() + deadline;
        let invocation = Invocation {
            request_id: format!("00000000-0000-4000-8000-{:012x}", self.handed),
            deadline: u64::try_from(deadline.as_millisecond()).unwrap(),
            function_arn: "arn:aws:lambda:local:000000000000:function:bench".to_owned(),
            payload: payload.to_owned(),
        };
        tokio::time::timeout(PATIENCE.max(LIMIT), self.api.invoke(invocation))
            .await
            .unwrap_or_else(|_| panic!("no answer: see {}", self.log.display()))
    }

    /// Waits until it asks for the event after the last.
    pub(crate) async fn idle(&self) {
        let asked = usize::try_from(self.handed).unwrap() + 1;
        self.api.until_asked(asked).await;
    }

    /// The processor time of all its threads so far, in microseconds, by the scheduler (proc(5),
    /// `/proc/[pid]/schedstat`).
    pub(crate) fn cpu(&self) -> f64 {
        let tasks = fs::read_dir(format!("/proc/{}/task", self.process.id())).unwrap();
        let nanoseconds = tasks.map(|task| {
            let told = fs::read_to_string(task.unwrap().path().join("schedstat")).unwrap();
            let on_cpu: f64 = told.split_whitespace().next().unwrap().parse().unwrap();
            on_cpu
        });
        nanoseconds.sum::<f64>() / 1e3
    }

    /// Its resident memory now, and at its highest, in KiB.
    pub(crate) fn memory(&self) -> (f64, f64) {
        let told = fs::read_to_string(format!("/proc/{}/status", self.process.id())).unwrap();
        let field = |name: &str| {
            let line = told.lines().find(|line| line.starts_with(name)).unwrap();
            line.split_whitespace().nth(1).unwrap().parse().unwrap()
        };
        (field("VmRSS:"), field("VmHWM:"))
    }

    /// Asks it to end, and waits until it has ended.
    pub(crate) fn terminate(mut self) {
        let told = Command::new("kill")
            .arg(self.process.id().to_string())
            .status();
        assert!(told.unwrap().success());
        self.process.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // Fails only for a process that has ended already, which is fine.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
