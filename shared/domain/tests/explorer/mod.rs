//! Every order in which a few actors can take their steps, explored exhaustively.
//!
//! States that cannot be told apart are explored once, and it is counted in how many ways each is
//! reached: an end that is reached in a thousand ways stands for a thousand interleavings. The
//! search goes level by level, so the first fault that is found is one of the shortest.

use std::collections::HashMap;
use std::fmt::{self, Debug};

/// A model to explore.
pub trait Model {
    /// Everything that a step reads or writes.
    type State: Clone;
    /// One atomic step of one actor.
    type Step: Clone + Debug;

    /// The steps that can be taken; none at the end.
    fn steps(&self, state: &Self::State) -> Vec<Self::Step>;

    /// The state after a step.
    fn take(&self, state: &Self::State, step: &Self::Step) -> Self::State;

    /// Returns a text that differs for different states.
    fn fingerprint(&self, state: &Self::State) -> String;

    /// Returns the fault of a state, if it has one.
    fn fault(&self, state: &Self::State) -> Option<String>;

    /// Returns the fault of a state in which nothing more can happen.
    fn fault_at_the_end(&self, state: &Self::State) -> Option<String>;
}

/// The numbers of an exploration without a fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explored {
    /// States that can be told apart, by what they hold and by how many steps led to them.
    pub states: usize,
    /// Steps from one state to another.
    pub steps: usize,
    /// Different orders of steps from the beginning to an end.
    pub interleavings: u128,
}

/// A fault, and the steps that lead to it.
#[derive(Debug, Clone)]
pub struct Found<S> {
    /// The fault.
    pub fault: String,
    /// The steps that lead to it.
    pub steps: Vec<S>,
}

impl<S: Debug> fmt::Display for Found<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.fault)?;
        for step in &self.steps {
            writeln!(f, "  after {step:?}")?;
        }
        Ok(())
    }
}

/// A state on the way.
struct Reached<S> {
    state: S,
    /// In how many ways.
    ways: u128,
    /// The place of its last step in the log.
    last: Option<usize>,
}

/// Explores everything that can happen from a beginning.
///
/// # Errors
/// The first fault that was found.
pub fn explore<M: Model>(model: &M, begin: M::State) -> Result<Explored, Found<M::Step>> {
    // How each state was first reached: the step, and where the one before it stands.
    let mut log: Vec<(M::Step, Option<usize>)> = Vec::new();
    let mut explored = Explored {
        states: 0,
        steps: 0,
        interleavings: 0,
    };
    let mut level = vec![Reached {
        state: begin,
        ways: 1,
        last: None,
    }];
    while !level.is_empty() {
        explored.states += level.len();
        let mut next: Vec<Reached<M::State>> = Vec::new();
        let mut known: HashMap<String, usize> = HashMap::new();
        for reached in level {
            let found = |fault| Found {
                fault,
                steps: way_to(&log, reached.last),
            };
            if let Some(fault) = model.fault(&reached.state) {
                return Err(found(fault));
            }
            let steps = model.steps(&reached.state);
            if steps.is_empty() {
                if let Some(fault) = model.fault_at_the_end(&reached.state) {
                    return Err(found(fault));
                }
                explored.interleavings += reached.ways;
            }
            for step in steps {
                explored.steps += 1;
                let state = model.take(&reached.state, &step);
                let place = *known
                    .entry(model.fingerprint(&state))
                    .or_insert_with(|| next.len());
                if let Some(other) = next.get_mut(place) {
                    other.ways += reached.ways;
                    continue;
                }
                log.push((step, reached.last));
                next.push(Reached {
                    state,
                    ways: reached.ways,
                    last: Some(log.len() - 1),
                });
            }
        }
        level = next;
    }
    Ok(explored)
}

fn way_to<S: Clone>(log: &[(S, Option<usize>)], last: Option<usize>) -> Vec<S> {
    let mut steps = Vec::new();
    let mut place = last;
    while let Some((step, before)) = place.map(|place| &log[place]) {
        steps.push(step.clone());
        place = *before;
    }
    steps.reverse();
    steps
}
