//! New requests: desks, forms, confirmation.

use domain::{called::NoName, form::Wrong};
use words::file::Intake;

/// Words for a mistake in a field.
pub(crate) fn wrong(words: &Intake, wrong: Wrong) -> String {
    let said = match wrong {
        Wrong::TooLong(max) => return words.wrong_too_long(max),
        Wrong::Missing => words.wrong_missing,
        Wrong::Control => words.wrong_control,
        Wrong::Twice => words.wrong_twice,
        Wrong::NotAChoice => words.wrong_not_a_choice,
        Wrong::NotANumber => words.wrong_not_a_number,
        Wrong::NotADate => words.wrong_not_a_date,
        Wrong::NotAnEmail => words.wrong_not_an_email,
        Wrong::NotALink => words.wrong_not_a_link,
        Wrong::NoName(NoName::Address) => words.wrong_name_address,
        Wrong::NoName(NoName::Nothing) => words.wrong_name_nothing,
        Wrong::NoName(NoName::Service) => words.wrong_name_service,
        Wrong::NotAPerson => words.wrong_not_a_person,
    };
    said.to_owned()
}
