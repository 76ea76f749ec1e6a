//! A program in a process of its own: what it says is kept line by line, and it never outlives the
//! test that started it.

use std::io::{BufRead, BufReader, Read};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::Duration;

/// The time limit for a program to come up, to print a line, or to end. A debug build on a busy
/// machine needs some seconds.
const PATIENCE: Duration = Duration::from_mins(2);

/// A running program.
pub(crate) struct Child {
    process: std::process::Child,
    said: Arc<Said>,
    readers: Vec<JoinHandle<()>>,
}

/// The output of a program.
#[derive(Debug, Clone, Default)]
pub(crate) struct Lines {
    pub(crate) out: Vec<String>,
    pub(crate) err: Vec<String>,
    /// The number of its two streams that have ended.
    ended: usize,
}

impl Lines {
    /// All lines, whichever stream they came through.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        self.out.iter().chain(&self.err).map(String::as_str)
    }
}

#[derive(Default)]
struct Said {
    lines: Mutex<Lines>,
    more: Condvar,
}

impl Said {
    fn lock(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().unwrap()
    }

    fn change(&self, change: impl FnOnce(&mut Lines)) {
        change(&mut self.lock());
        self.more.notify_all();
    }

    /// Keeps every line of a stream, to its end.
    fn keep(
        self: &Arc<Self>,
        stream: impl Read + Send + 'static,
        keep: fn(&mut Lines, String),
    ) -> JoinHandle<()> {
        let said = Arc::clone(self);
        std::thread::spawn(move || {
            for line in BufReader::new(stream).split(b'\n') {
                let Ok(line) = line else { break };
                let line = String::from_utf8_lossy(&line).into_owned();
                said.change(|lines| keep(lines, line));
            }
            said.change(|lines| lines.ended += 1);
        })
    }
}

impl Child {
    /// Starts a program.
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut process = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{command:?}: {error}"));
        let said = Arc::<Said>::default();
        let out = process.stdout.take().expect("it was asked for");
        let err = process.stderr.take().expect("it was asked for");
        let readers = vec![
            said.keep(out, |lines, line| lines.out.push(line)),
            said.keep(err, |lines, line| lines.err.push(line)),
        ];
        Self {
            process,
            said,
            readers,
        }
    }

    /// Its output so far.
    pub(crate) fn lines(&self) -> Lines {
        self.said.lock().clone()
    }

    /// Waits until it has said what `find` looks for.
    pub(crate) fn wait_for<T>(&self, find: impl Fn(&Lines) -> Option<T>) -> T {
        let waiting = |lines: &mut Lines| find(lines).is_none() && lines.ended < 2;
        let lines = self.said.lock();
        let waited = self
            .said
            .more
            .wait_timeout_while(lines, PATIENCE, waiting)
            .unwrap();
        find(&waited.0).unwrap_or_else(|| panic!("it never said it: {:#?}", *waited.0))
    }

    /// Waits until it has ended by itself.
    pub(crate) fn wait(&mut self) -> (ExitStatus, Lines) {
        let lines = self.said.lock();
        let waited = self
            .said
            .more
            .wait_timeout_while(lines, PATIENCE, |lines| lines.ended < 2)
            .unwrap();
        assert!(waited.0.ended == 2, "it does not end: {:#?}", *waited.0);
        let lines = waited.0.clone();
        (self.process.wait().unwrap(), lines)
    }

    /// Ends when it has ended, however long that takes.
    pub(crate) fn until_ended(&self) -> impl Future<Output = ()> + use<> {
        let said = Arc::clone(&self.said);
        let ended = tokio::task::spawn_blocking(move || {
            let lines = said.lock();
            drop(said.more.wait_while(lines, |lines| lines.ended < 2));
        });
        async move { ended.await.unwrap() }
    }

    /// Tells whether it is still running.
    pub(crate) fn is_running(&mut self) -> bool {
        self.process.try_wait().unwrap().is_none()
    }

    /// Ends it as `kill -9` does, and gives all that it had said.
    pub(crate) fn kill(mut self) -> Lines {
        self.end();
        self.lines()
    }

    /// Ends it in any state.
    fn end(&mut self) {
        // Fails only for a process that has ended already, which is fine.
        let _ = self.process.kill();
        let _ = self.process.wait();
        for reader in self.readers.drain(..) {
            let _ = reader.join();
        }
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.end();
    }
}
