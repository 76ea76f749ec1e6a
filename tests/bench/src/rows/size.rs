//! `size`: the uploaded and the loaded size.

use std::fs;
use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use crate::bench::Bench;
use crate::figure::Figure;
use crate::row::{Row, Target, Unit};

const STRIPPED: f64 = 5.5;
const ZIPPED: f64 = 2.5;
/// The bytes that an archive of one file adds to it: a local header, an entry of the directory and
/// its end (APPNOTE.TXT, §4.3), with the name `bootstrap` twice.
const ARCHIVE: usize = 30 + 46 + 22 + 2 * "bootstrap".len();

/// Measures every function.
pub(crate) fn measure(bench: &Bench) -> Vec<Row> {
    let of_one = |function: &str| {
        let program = fs::read(bench.programs.path(function)).unwrap();
        [
            Row::new(
                "size",
                format!("{function}, stripped"),
                Unit::Megabytes,
                Some(Figure::exact(megabytes(program.len()))),
            )
            .with_target(Target::AtMost(STRIPPED)),
            Row::new(
                "size",
                format!("{function}, zipped"),
                Unit::Megabytes,
                Some(Figure::exact(megabytes(zipped(&program)))),
            )
            .with_target(Target::AtMost(ZIPPED)),
        ]
    };
    bench.programs.names().flat_map(of_one).collect()
}

/// The size of an archive of one file, at the archivers' default level.
fn zipped(program: &[u8]) -> usize {
    let mut deflating = DeflateEncoder::new(Vec::new(), Compression::default());
    deflating.write_all(program).unwrap();
    deflating.finish().unwrap().len() + ARCHIVE
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a program has fewer bytes than a float has whole numbers"
)]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
