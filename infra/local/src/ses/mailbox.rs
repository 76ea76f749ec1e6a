//! Every captured mail, oldest first. With a data directory they outlive a restart.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::ses::message::Message;

/// The captured mails.
#[derive(Debug)]
pub struct Mailbox {
    inner: Mutex<Inner>,
}

#[derive(Debug)]
struct Inner {
    messages: Vec<Message>,
    /// The ids of the mails that nobody looked at since they came.
    fresh: BTreeSet<String>,
    file: Option<(PathBuf, File)>,
}

impl Default for Mailbox {
    fn default() -> Self {
        Self::with(Vec::new(), None)
    }
}

impl Mailbox {
    fn with(messages: Vec<Message>, file: Option<(PathBuf, File)>) -> Self {
        Self {
            inner: Mutex::new(Inner {
                messages,
                fresh: BTreeSet::new(),
                file,
            }),
        }
    }

    /// The mailbox of a data directory: one JSON object a line.
    ///
    /// # Errors
    ///
    /// If the file cannot be read or written.
    pub fn kept_in(data: &Path) -> std::io::Result<Self> {
        let path = data.join("mail.jsonl");
        let mut messages = Vec::new();
        match File::open(&path) {
            Ok(file) => {
                for line in BufReader::new(file).lines() {
                    // A process killed while writing leaves half a last line. Nobody got an answer
                    // for that mail, so the relay sends it again.
                    if let Ok(message) = serde_json::from_str(&line?) {
                        messages.push(message);
                    }
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let file = OpenOptions::new().create(true).append(true).open(&path)?;
        Ok(Self::with(messages, Some((path, file))))
    }

    /// Adds a mail.
    ///
    /// # Errors
    ///
    /// If it cannot be written to the data directory; then it is not in the mailbox either.
    pub fn add(&self, message: Message) -> std::io::Result<()> {
        let mut inner = self.lock();
        if let Some((_, file)) = &mut inner.file {
            let mut line = serde_json::to_vec(&message)?;
            line.push(b'\n');
            file.write_all(&line)?;
        }
        inner.fresh.insert(message.id.clone());
        inner.messages.push(message);
        Ok(())
    }

    /// All mails, or those to one address, oldest first.
    #[must_use]
    pub fn list(&self, to: Option<&str>) -> Vec<Message> {
        let inner = self.lock();
        let wanted = inner.messages.iter();
        wanted
            .filter(|message| to.is_none_or(|to| message.is_to(to)))
            .cloned()
            .collect()
    }

    /// The number of mails.
    #[must_use]
    pub fn count(&self) -> usize {
        self.lock().messages.len()
    }

    /// The ids of the mails that nobody looked at since they came. Those that a data directory kept
    /// are none of them.
    #[must_use]
    pub fn fresh(&self) -> BTreeSet<String> {
        self.lock().fresh.clone()
    }

    /// Somebody looked at one mail, or at all of them.
    pub fn looked_at(&self, id: Option<&str>) {
        let mut inner = self.lock();
        match id {
            Some(id) => {
                inner.fresh.remove(id);
            }
            None => inner.fresh.clear(),
        }
    }

    /// Deletes all mails.
    ///
    /// # Errors
    ///
    /// If the data directory cannot be written.
    pub fn clear(&self) -> std::io::Result<()> {
        let mut inner = self.lock();
        if let Some((path, file)) = &mut inner.file {
            std::fs::remove_file(&*path)?;
            *file = OpenOptions::new().create(true).append(true).open(&*path)?;
        }
        inner.messages.clear();
        inner.fresh.clear();
        Ok(())
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner
            .lock()
            .expect("no code panics while it holds the mailbox")
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use std::collections::BTreeMap;

    use jiff::Timestamp;

    use super::*;

    fn message(id: &str, to: &str) -> Message {
        Message {
            id: id.to_owned(),
            at: Timestamp::UNIX_EPOCH,
            from: "it@lanyard.example".to_owned(),
            to: vec![to.to_owned()],
            subject: "s\nwith a line break".to_owned(),
            text: String::new(),
            html: String::new(),
            headers: BTreeMap::new(),
            kind: String::new(),
            tags: BTreeMap::new(),
        }
    }

    fn ids(mailbox: &Mailbox, to: Option<&str>) -> Vec<String> {
        mailbox
            .list(to)
            .into_iter()
            .map(|message| message.id)
            .collect()
    }

    #[test]
    fn mails_are_listed_oldest_first_and_by_recipient() {
        let mailbox = Mailbox::default();
        for (id, to) in [
            ("1", "a@acme.example"),
            ("2", "b@acme.example"),
            ("3", "a@acme.example"),
        ] {
            mailbox.add(message(id, to)).unwrap();
        }
        assert_eq!(ids(&mailbox, None), ["1", "2", "3"]);
        assert_eq!(ids(&mailbox, Some("A@ACME.example")), ["1", "3"]);
        mailbox.clear().unwrap();
        assert_eq!(mailbox.count(), 0);
    }

    #[test]
    fn a_mail_is_new_until_somebody_looks_at_it_or_at_all() {
        let mailbox = Mailbox::default();
        for id in ["1", "2", "3"] {
            mailbox.add(message(id, "a@acme.example")).unwrap();
        }
        mailbox.looked_at(Some("2"));
        assert_eq!(Vec::from_iter(mailbox.fresh()), ["1", "3"]);
        mailbox.looked_at(None);
        assert!(mailbox.fresh().is_empty());
    }

    #[test]
    fn a_data_directory_keeps_them_even_behind_half_a_line() {
        let data = tempfile::tempdir().unwrap();
        let mailbox = Mailbox::kept_in(data.path()).unwrap();
        mailbox.add(message("1", "a@acme.example")).unwrap();
        let path = data.path().join("mail.jsonl");
        let mut text = std::fs::read_to_string(&path).unwrap();
        text.push_str("{\"id\":\"2\n");
        std::fs::write(&path, text).unwrap();
        let again = Mailbox::kept_in(data.path()).unwrap();
        assert_eq!(again.list(None), [message("1", "a@acme.example")]);
        again.clear().unwrap();
        again.add(message("3", "a@acme.example")).unwrap();
        assert_eq!(ids(&Mailbox::kept_in(data.path()).unwrap(), None), ["3"]);
    }
}
