//! German: polite, and with the words that a service desk's customers use. What is a *request*
//! everywhere is an *Anfrage*, a *lead* an *Ansprechperson*, the *console* the *Verwaltungsseite*,
//! an *approval* a *Genehmigung*, a *seat* a *Platz*; access *endet*, and nobody is removed.

mod console;
mod intake;
mod link;
mod profile;
mod requests;

use super::Words;
use crate::when::Parts;

/// German.
pub(crate) static GERMAN: Words = Words {
    lang: "de",
    instant,
    skip: "Zum Inhalt",
    pages: "Seiten",
    signed_in_as: "Angemeldet als",
    sign_out: "Abmelden",
    signed_out: "Sie sind in diesem Browser abgemeldet. Ihre Links gelten weiter: Mit jedem kommen \
                 Sie wieder herein.",
    link_of: "Diese Seite ist für",
    link: link::LINK,
    console: console::CONSOLE,
    profile: profile::PROFILE,
    intake: intake::INTAKE,
    requests: requests::REQUESTS,
};

// The zone never stands alone at the beginning of a line.
fn instant(at: &Parts) -> String {
    let day = format!("{}. {} {}", at.day, month(at.month), at.year);
    let (time, zone) = (&at.time, &at.zone);
    match at.weekday {
        Some(weekday) => format!(
            "{}, {day}, {time}\u{a0}Uhr\u{a0}{zone}",
            day_of_week(weekday)
        ),
        None => format!("{day}, {time}\u{a0}Uhr\u{a0}{zone}"),
    }
}

fn month(number: i8) -> &'static str {
    match number {
        1 => "Januar",
        2 => "Februar",
        3 => "März",
        4 => "April",
        5 => "Mai",
        6 => "Juni",
        7 => "Juli",
        8 => "August",
        9 => "September",
        10 => "Oktober",
        11 => "November",
        _ => "Dezember",
    }
}

fn day_of_week(number: i8) -> &'static str {
    match number {
        1 => "Montag",
        2 => "Dienstag",
        3 => "Mittwoch",
        4 => "Donnerstag",
        5 => "Freitag",
        6 => "Samstag",
        _ => "Sonntag",
    }
}

#[cfg(test)]
mod tests {
    use app::console::{Kind, Order};

    use crate::{
        reader::ANYBODY,
        words::console::{Consequences, Done, Row},
    };

    #[test]
    fn the_console_says_in_german_what_it_says_in_english() {
        let (german, english) = (&super::GERMAN.console, &ANYBODY.words.console);
        for done in Done::ALL {
            assert_ne!((german.done)(done), (english.done)(done));
            assert_eq!(Done::of(done.code()), Some(done));
        }
        for row in Row::ALL {
            assert_ne!((german.would_be)(row), (english.would_be)(row));
            assert_ne!((german.became)(row), (english.became)(row));
        }
        for kind in Kind::ALL {
            assert_ne!((german.kind)(kind), (english.kind)(kind));
        }
        for order in Order::ALL {
            assert_ne!((german.ordered)(order), (english.ordered)(order));
        }
        for open_requests in 0..3 {
            let of = Consequences {
                open_requests,
                undo_until: "24.12.",
            };
            let (ours, theirs) = ((german.happens)(&of), (english.happens)(&of));
            assert_eq!(ours.len(), theirs.len());
            assert!(ours.iter().any(|line| line.contains("24.12.")));
        }
        assert_eq!((german.month)(2026, 3), "März 2026");
    }
}
