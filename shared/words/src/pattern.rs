//! A message with variables, and how it becomes a text.

use std::fmt::Display;

/// A message with variables.
pub(crate) struct Pattern(pub(crate) &'static [Part]);

/// A part of a pattern.
pub(crate) enum Part {
    Text(&'static str),
    /// The variable of this place.
    Variable(usize),
    /// The first arm that fits the variable of this place, or else the last parts.
    Choice(usize, &'static [(Key, &'static [Part])], &'static [Part]),
}

/// The numbers that an arm is for.
pub(crate) enum Key {
    Exactly(u64),
    /// Those of a plural category.
    Category(u8),
}

/// The plural category of each number in a language.
pub(crate) struct Plurals(pub(crate) &'static [u8; 200]);

impl Plurals {
    fn category(&self, number: u64) -> u8 {
        let place = if number < 100 {
            number
        } else {
            100 + number % 100
        };
        usize::try_from(place)
            .ok()
            .and_then(|place| self.0.get(place).copied())
            .unwrap_or_default()
    }
}

/// The value of a variable.
pub(crate) struct Value {
    said: String,
    number: u64,
}

impl Value {
    pub(crate) fn text(value: &impl Display) -> Self {
        Self {
            said: value.to_string(),
            number: 0,
        }
    }

    pub(crate) fn number(value: &impl Count) -> Self {
        let number = value.count();
        Self {
            said: number.to_string(),
            number,
        }
    }
}

impl Pattern {
    pub(crate) fn say(&self, plurals: &Plurals, values: &[Value]) -> String {
        let mut said = String::new();
        say(self.0, plurals, values, &mut said);
        said
    }
}

fn say(parts: &[Part], plurals: &Plurals, values: &[Value], said: &mut String) {
    for part in parts {
        match part {
            Part::Text(text) => said.push_str(text),
            Part::Variable(place) => said.push_str(&values[*place].said),
            Part::Choice(place, arms, other) => {
                let number = values[*place].number;
                let fits = |key: &Key| match key {
                    Key::Exactly(exactly) => number == *exactly,
                    Key::Category(category) => plurals.category(number) == *category,
                };
                let arm = arms.iter().find(|(key, _)| fits(key));
                say(arm.map_or(*other, |(_, arm)| arm), plurals, values, said);
            }
        }
    }
}

/// A number that a message counts by.
pub trait Count {
    /// The number; nought for one below.
    fn count(&self) -> u64;
}

macro_rules! count {
    ($($number:ty),+) => {
        $(impl Count for $number {
            fn count(&self) -> u64 {
                u64::try_from(*self).unwrap_or_default()
            }
        })+
    };
}
count!(u8, u16, u32, u64, usize, i8, i16, i64);

impl<T: Count> Count for &T {
    fn count(&self) -> u64 {
        (*self).count()
    }
}

/// A page that only says something.
#[derive(Debug, Clone, Copy)]
pub struct Notice {
    /// The heading.
    pub title: &'static str,
    pub(crate) says: &'static str,
}

impl Notice {
    /// The paragraphs.
    pub fn says(&self) -> impl Iterator<Item = &'static str> {
        self.says.split("\n\n")
    }
}
