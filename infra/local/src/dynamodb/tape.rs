//! The calls of DynamoDB and their answers, one by one, to compare two engines.

use std::sync::{Mutex, MutexGuard};

use serde_json::{Value, json};

/// A record of calls in the order of their answers. It is off until it is started.
#[derive(Debug, Default)]
pub struct Tape {
    calls: Mutex<Option<Vec<Value>>>,
}

impl Tape {
    /// Notes every call from now on.
    pub fn start(&self) {
        *self.calls() = Some(Vec::new());
    }

    /// The noted calls: each with its `action`, the `asked` body, the `status` and the `answer`.
    #[must_use]
    pub fn take(&self) -> Vec<Value> {
        self.calls().take().unwrap_or_default()
    }

    pub(crate) fn note(&self, action: &str, asked: &[u8], status: u16, answer: &Value) {
        if let Some(calls) = &mut *self.calls() {
            let asked: Value = serde_json::from_slice(asked).unwrap_or_default();
            calls.push(
                json!({"action": action, "asked": asked, "status": status, "answer": answer}),
            );
        }
    }

    fn calls(&self) -> MutexGuard<'_, Option<Vec<Value>>> {
        self.calls
            .lock()
            .expect("no code panics while it holds the tape")
    }
}
