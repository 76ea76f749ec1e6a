//! English.

mod console;
mod intake;
mod link;
mod profile;
mod requests;

use super::Words;
use crate::when::Parts;

/// English.
pub(crate) static ENGLISH: Words = Words {
    lang: "en",
    instant,
    skip: "Go to the content",
    pages: "Pages",
    signed_in_as: "Signed in as",
    sign_out: "Sign out",
    signed_out: "You are signed out in this browser. Your links stay good: any of them lets you in \
                 again.",
    link_of: "This page is for",
    link: link::LINK,
    profile: profile::PROFILE,
    intake: intake::INTAKE,
    requests: requests::REQUESTS,
    console: console::CONSOLE,
};

// The zone never stands alone at the beginning of a line.
fn instant(at: &Parts) -> String {
    let day = format!("{} {} {}", at.day, month(at.month), at.year);
    let zone = &at.zone;
    match at.weekday {
        Some(weekday) => format!("{} {day}, {}\u{a0}{zone}", day_of_week(weekday), at.time),
        None => format!("{day}, {}\u{a0}{zone}", at.time),
    }
}

pub(super) fn month(number: i8) -> &'static str {
    match number {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

fn day_of_week(number: i8) -> &'static str {
    match number {
        1 => "Monday",
        2 => "Tuesday",
        3 => "Wednesday",
        4 => "Thursday",
        5 => "Friday",
        6 => "Saturday",
        _ => "Sunday",
    }
}
