//! The columns of a person's lists and their order: one choice for each place, which needs neither
//! script nor mouse.

use askama::Template;
use domain::columns::{Column, Columns};

use words::file::Requests;

use crate::{
    feedback::Mistake,
    http::fields::Fields,
    page::{Choice, Frame, html},
    reader::Reader,
    wording::requests as wording,
};

#[derive(Template)]
#[template(path = "requests/columns.html")]
struct View {
    frame: Frame,
    words: &'static Requests,
    token: String,
    places: Vec<Slot>,
}

/// One place, and what may stand there.
struct Slot {
    number: usize,
    label: String,
    choices: Vec<Choice>,
}

/// The name of a column in a form.
fn name(column: Column) -> &'static str {
    match column {
        Column::Summary => "summary",
        Column::Key => "key",
        Column::Status => "status",
        Column::Kind => "type",
        Column::Desk => "desk",
        Column::Reporter => "reporter",
        Column::Organization => "organization",
        Column::Created => "created",
        Column::Changed => "changed",
    }
}

/// The columns that a form chose. Unknown names, and that of no column, choose nothing.
pub(super) fn read(fields: &Fields) -> Columns {
    let named = fields.all("column").filter_map(|wanted| {
        Column::ALL
            .into_iter()
            .find(|column| name(*column) == wanted)
    });
    Columns::from(named.collect::<Vec<_>>())
}

/// The form. `stale` when it was posted from a page that was too old.
pub(super) fn page(reader: &Reader, columns: &Columns, token: String, stale: bool) -> String {
    let words = &reader.words.requests;
    let chosen = columns.as_slice();
    let places = (0..Column::ALL.len()).map(|index| Slot {
        number: index + 1,
        label: words.nth_column(index + 1),
        choices: Column::ALL
            .into_iter()
            .map(|column| Choice {
                value: name(column).to_owned(),
                label: wording::column(words, column).to_owned(),
                chosen: chosen.get(index) == Some(&column),
            })
            .collect(),
    });
    let mut frame = Frame::new(reader, words.columns);
    if stale {
        frame.mistakes.push(Mistake::of_all(words.stale_form));
    }
    html(&View {
        frame,
        places: places.collect(),
        words,
        token,
    })
}
