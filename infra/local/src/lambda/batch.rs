//! The next step for a batch of stream records after an invocation.
//!
//! Source: "Using AWS Lambda with Amazon DynamoDB" and "Configuring partial batch response" in the
//! Lambda developer guide. An answer that names failed records moves the checkpoint to the lowest
//! of them, and everything from there on is tried again. Any other failure concerns the whole
//! batch. With bisecting, a failed batch is cut in two without using up a retry, so that a record
//! that never succeeds ends alone in its batch. A batch without retries left is given up, and the
//! shard moves on.
//!
//! Pure: no clock, no I/O.

use std::collections::VecDeque;

use serde_json::Value;

use crate::lambda::function::Answer;
use crate::template::trigger::StreamTrigger;

/// Records that are passed on together.
#[derive(Debug, Clone, PartialEq)]
pub struct Batch {
    /// The records, in the order of the stream.
    pub records: Vec<Value>,
    /// The number of failed invocations that count as attempts.
    pub attempts: u32,
}

/// The result of an invocation for its batch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Every record is done.
    Done,
    /// The records before this index are done.
    DoneBefore(usize),
    /// The whole batch failed.
    Failed,
}

/// The next step.
#[derive(Debug, PartialEq)]
pub enum Next {
    /// The batch is through.
    Done,
    /// Continue with the queue at once: some records were done, or the batch was cut.
    Progress,
    /// The same records again, after a pause.
    Again,
    /// No retries are left: this batch is reported and skipped.
    GivenUp(Batch),
}

/// The sequence number of a record.
#[must_use]
pub fn sequence_number(record: &Value) -> Option<&str> {
    record.pointer("/dynamodb/SequenceNumber")?.as_str()
}

/// Cuts records into batches of the trigger's size.
#[must_use]
pub fn batches(records: Vec<Value>, size: usize) -> VecDeque<Batch> {
    let mut queue = VecDeque::new();
    let mut records = records.into_iter().peekable();
    while records.peek().is_some() {
        queue.push_back(Batch {
            records: records.by_ref().take(size.max(1)).collect(),
            attempts: 0,
        });
    }
    queue
}

impl Batch {
    /// Reads a function's answer.
    #[must_use]
    pub fn verdict(&self, answer: &Answer, partial_responses: bool) -> Verdict {
        let Ok(answer) = answer else {
            return Verdict::Failed;
        };
        if !partial_responses {
            return Verdict::Done;
        }
        let failures = match answer.get("batchItemFailures") {
            None | Some(Value::Null) => return Verdict::Done,
            Some(Value::Array(failures)) => failures,
            Some(_) => return Verdict::Failed,
        };
        let mut lowest = None;
        for failure in failures {
            let named = failure.get("itemIdentifier").and_then(Value::as_str);
            let position = self
                .records
                .iter()
                .position(|record| named.is_some() && sequence_number(record) == named);
            // A failure that names no record of this batch concerns the whole of it.
            let Some(position) = position else {
                return Verdict::Failed;
            };
            lowest = Some(lowest.map_or(position, |so_far: usize| so_far.min(position)));
        }
        lowest.map_or(Verdict::Done, Verdict::DoneBefore)
    }

    /// Decides the next step, and puts records to be tried again at the head of the queue.
    #[must_use]
    pub fn next(
        mut self,
        verdict: Verdict,
        trigger: &StreamTrigger,
        queue: &mut VecDeque<Batch>,
    ) -> Next {
        match verdict {
            Verdict::Done => return Next::Done,
            Verdict::DoneBefore(index) if index > 0 => {
                // The failed record now heads its batch, with all its retries left.
                let rest = self.records.split_off(index);
                queue.push_front(Batch {
                    records: rest,
                    attempts: 0,
                });
                return Next::Progress;
            }
            Verdict::DoneBefore(_) | Verdict::Failed => {}
        }
        if trigger.bisect && self.records.len() > 1 {
            let second = self.records.split_off(self.records.len() / 2);
            let attempts = self.attempts;
            queue.push_front(Batch {
                records: second,
                attempts,
            });
            queue.push_front(self);
            return Next::Progress;
        }
        self.attempts += 1;
        if trigger
            .retries
            .is_some_and(|retries| self.attempts > retries)
        {
            return Next::GivenUp(self);
        }
        queue.push_front(self);
        Next::Again
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use serde_json::json;

    use super::*;
    use crate::lambda::function::FunctionError;

    fn record(number: usize) -> Value {
        json!({"dynamodb": {"SequenceNumber": format!("1{number:020}")}})
    }

    fn trigger(bisect: bool, retries: Option<u32>) -> StreamTrigger {
        StreamTrigger {
            table: "JournalTable".to_owned(),
            filters: Vec::new(),
            batch_size: 10,
            partial_responses: true,
            bisect,
            retries,
            oldest: None,
            on_failure: None,
        }
    }

    fn batch(numbers: std::ops::Range<usize>) -> Batch {
        Batch {
            records: numbers.map(record).collect(),
            attempts: 0,
        }
    }

    #[expect(
        clippy::unnecessary_wraps,
        reason = "the same type as a failed invocation's"
    )]
    fn failing(numbers: &[usize]) -> Answer {
        let failures: Vec<_> = numbers
            .iter()
            .map(|number| json!({"itemIdentifier": format!("1{number:020}")}))
            .collect();
        Ok(json!({"batchItemFailures": failures}))
    }

    #[test]
    fn the_answers_that_mean_success() {
        for answer in [
            json!(null),
            json!({}),
            json!({"batchItemFailures": null}),
            json!({"batchItemFailures": []}),
        ] {
            assert_eq!(batch(0..3).verdict(&Ok(answer), true), Verdict::Done);
        }
    }

    #[test]
    fn the_answers_that_mean_that_all_failed() {
        for failure in [
            json!([{"itemIdentifier": ""}]),
            json!([{"itemIdentifier": null}]),
            json!([{"id": "1"}]),
            json!([{"itemIdentifier": "of another batch"}]),
            json!("x"),
        ] {
            let answer = Ok(json!({"batchItemFailures": failure}));
            assert_eq!(batch(0..3).verdict(&answer, true), Verdict::Failed);
        }
        let failed = Err(FunctionError::Failed("x".to_owned()));
        assert_eq!(batch(0..3).verdict(&failed, true), Verdict::Failed);
    }

    #[test]
    fn the_lowest_failure_is_the_checkpoint() {
        assert_eq!(
            batch(0..5).verdict(&failing(&[4, 2, 3]), true),
            Verdict::DoneBefore(2)
        );
        assert_eq!(batch(0..5).verdict(&failing(&[2]), false), Verdict::Done);
    }

    #[test]
    fn what_comes_after_the_checkpoint_is_tried_again_first() {
        let mut queue = VecDeque::from([batch(5..6)]);
        let next = batch(0..5).next(Verdict::DoneBefore(3), &trigger(true, Some(1)), &mut queue);
        assert_eq!(next, Next::Progress);
        assert_eq!(queue, [batch(3..5), batch(5..6)]);
    }

    #[test]
    fn without_bisecting_the_whole_batch_is_tried_until_its_retries_are_used_up() {
        let trigger = trigger(false, Some(2));
        let mut queue = VecDeque::from([batch(0..2)]);
        for _ in 0..2 {
            let again = queue.pop_front().unwrap();
            assert_eq!(
                again.next(Verdict::Failed, &trigger, &mut queue),
                Next::Again
            );
        }
        let last = queue.pop_front().unwrap();
        assert!(
            matches!(last.next(Verdict::Failed, &trigger, &mut queue), Next::GivenUp(batch) if batch.records.len() == 2)
        );
    }

    #[test]
    fn without_a_limit_a_batch_is_never_given_up() {
        let trigger = trigger(false, None);
        let mut queue = VecDeque::from([batch(0..1)]);
        for _ in 0..1_000 {
            let again = queue.pop_front().unwrap();
            assert_eq!(
                again.next(Verdict::Failed, &trigger, &mut queue),
                Next::Again
            );
        }
    }

    /// Runs a hundred records through a function that fails on one of them. Returns the records
    /// that it accepted, those given up, and the number of invocations.
    fn run(poison: usize, partial: bool) -> (Vec<usize>, Vec<Value>, usize) {
        let trigger = trigger(true, Some(3));
        let mut queue = batches((0..100).map(record).collect(), 10);
        let (mut accepted, mut given_up, mut invocations) = (Vec::new(), Vec::new(), 0);
        while let Some(batch) = queue.pop_front() {
            invocations += 1;
            let numbers: Vec<usize> = batch
                .records
                .iter()
                .map(|record| sequence_number(record).unwrap()[1..].parse().unwrap())
                .collect();
            let answer = match numbers.contains(&poison) {
                true if partial => failing(&[poison]),
                true => Err(FunctionError::Panicked("poison".to_owned())),
                false => Ok(Value::Null),
            };
            let verdict = batch.verdict(&answer, true);
            let done = match verdict {
                Verdict::Done => numbers.len(),
                Verdict::DoneBefore(index) => index,
                Verdict::Failed => 0,
            };
            accepted.extend(&numbers[..done]);
            if let Next::GivenUp(batch) = batch.next(verdict, &trigger, &mut queue) {
                given_up.extend(batch.records);
            }
        }
        (accepted, given_up, invocations)
    }

    #[test]
    fn a_poison_record_at_any_of_a_hundred_positions_ends_alone_and_all_others_pass_in_order() {
        for poison in 0..100 {
            for partial in [true, false] {
                let (accepted, given_up, invocations) = run(poison, partial);
                let others: Vec<_> = (0..100).filter(|number| *number != poison).collect();
                assert_eq!(accepted, others, "poison at {poison}, partial {partial}");
                assert_eq!(
                    given_up,
                    [record(poison)],
                    "poison at {poison}, partial {partial}"
                );
                // Its first try, three retries, and a few for cutting it out of its batch of ten.
                assert!(invocations <= 10 + 4 + 8, "{invocations} at {poison}");
            }
        }
    }
}
