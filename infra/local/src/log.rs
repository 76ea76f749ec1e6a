//! The log of a bundle. While the samples are sent its lines are held back, so that a failure that
//! a sample is about does not look like one of the bundle.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard};

use tracing_subscriber::fmt::MakeWriter;

/// A log that can hold its lines back. Every clone is the same log.
#[derive(Debug, Clone)]
pub struct Log {
    /// The lines that are held back; `None` once lines are written at once.
    held: Arc<Mutex<Option<Vec<u8>>>>,
}

impl Log {
    /// A log that writes each line at once.
    #[must_use]
    pub fn open() -> Self {
        Self {
            held: Arc::default(),
        }
    }

    /// A log that holds its lines back until [`Log::let_go`].
    #[must_use]
    pub fn held() -> Self {
        Self {
            held: Arc::new(Mutex::new(Some(Vec::new()))),
        }
    }

    /// Writes the lines that were held back, except those with one of these texts.
    pub fn release(&self, expected: &[String]) {
        if let Some(held) = self.lock().as_mut() {
            let lines = std::mem::take(held);
            // A log that cannot be written has no better place to say so.
            let _ = io::stderr().write_all(unexpected(&lines, expected).as_bytes());
        }
    }

    /// Writes everything that is held back, and every later line at once.
    pub fn let_go(&self) {
        self.release(&[]);
        *self.lock() = None;
    }

    fn lock(&self) -> MutexGuard<'_, Option<Vec<u8>>> {
        self.held.lock().expect("no code panics while it holds it")
    }
}

/// The lines without those that hold one of the expected texts.
fn unexpected(lines: &[u8], expected: &[String]) -> String {
    String::from_utf8_lossy(lines)
        .split_inclusive('\n')
        .filter(|line| !expected.iter().any(|text| line.contains(text)))
        .collect()
}

impl Write for &Log {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        match self.lock().as_mut() {
            Some(held) => held.write(line),
            None => io::stderr().write(line),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = &'a Self;

    fn make_writer(&'a self) -> Self::Writer {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::unexpected;

    #[test]
    fn lines_that_belong_to_a_sample_are_left_out_and_all_others_stay() {
        let lines = b" WARN an address is gone\nERROR the disk is full\n";
        assert_eq!(
            unexpected(lines, &["address is gone".to_owned()]),
            "ERROR the disk is full\n"
        );
        assert_eq!(unexpected(lines, &[]).lines().count(), 2);
    }
}
