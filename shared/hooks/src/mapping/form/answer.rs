//! One answered question, and the search for a question among several.

/// The kind of an answer, as far as it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mapping) enum Kind {
    Email,
    Long,
    Other,
}

/// The part of a person's name that an answer holds, if the form says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::mapping) enum Part {
    Given,
    Family,
}

/// One answered question.
#[derive(Debug)]
pub(in crate::mapping) struct Answer {
    /// Its references, ids and keys.
    pub(in crate::mapping) names: Vec<String>,
    /// The question as people read it.
    pub(in crate::mapping) title: String,
    /// The id of the question that contains this one.
    pub(in crate::mapping) group: Option<String>,
    pub(in crate::mapping) kind: Kind,
    pub(in crate::mapping) part: Option<Part>,
    pub(in crate::mapping) text: String,
}

/// Words before the thing that a question asks for.
const ASKING: [&str; 10] = [
    "what is ",
    "what's ",
    "what’s ",
    "please enter ",
    "enter ",
    "wie ist ",
    "wie lautet ",
    "your ",
    "ihr ",
    "dein ",
];

impl Answer {
    /// Tells whether this question has a name that an administrator wrote.
    pub(super) fn is_called(&self, name: &str) -> bool {
        let same = |other: &str| other.trim().to_lowercase() == name.trim().to_lowercase();
        same(&self.title) || self.names.iter().any(|other| same(other))
    }

    /// Tells whether the title asks for one of these things.
    pub(super) fn asks_for(&self, things: &[&str]) -> bool {
        let asked = |text: &str| {
            let text = text.to_lowercase().replace(['*', '_'], " ");
            let mut thing = text.trim().trim_end_matches([':', '?', '.', ' ']);
            while let Some(rest) = ASKING.iter().find_map(|asking| thing.strip_prefix(asking)) {
                thing = rest.trim_start();
            }
            things.contains(&thing)
        };
        asked(&self.title) || self.names.iter().any(|name| asked(name))
    }
}

/// Takes out the answer that a mapping names.
pub(super) fn named(answers: &mut Vec<Answer>, name: &str) -> Option<Answer> {
    let position = answers.iter().position(|answer| answer.is_called(name));
    position.map(|position| answers.remove(position))
}

/// Takes out the answer that the mapping names. Without a name it takes the first answer with a
/// usual title; without one of those, the first of a kind.
pub(super) fn take(
    answers: &mut Vec<Answer>,
    name: Option<&str>,
    usual: &[&str],
    kind: Option<Kind>,
) -> Option<Answer> {
    if let Some(name) = name {
        return named(answers, name);
    }
    let position = answers
        .iter()
        .position(|answer| answer.asks_for(usual))
        .or_else(|| answers.iter().position(|answer| Some(answer.kind) == kind));
    position.map(|position| answers.remove(position))
}
