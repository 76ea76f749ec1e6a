//! Pictures of every page for `docs/pages/`: `make pictures` takes them.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::json;
use tests::repository;

use crate::tour::{self, Stop, Visitor};

/// A telephone's window, and a desk's.
const WIDTHS: [(&str, u32); 2] = [("phone", 320), ("desk", 1280)];
const BEGIN: &str = "\
# The pages

Every page that people see, on a telephone (320 pixels) and on a desk (1280), light and dark. `make pictures` takes these
pictures in Chromium from the running bundle, on the walk of `tests/browser/tour.rs`; `make test` goes the same way and
holds each page to axe, to its width and to its weight.
";

struct Album {
    folder: PathBuf,
    text: String,
}

impl Album {
    async fn take(&self, stop: &Stop<'_>, window: &str, width: u32, dark: bool) {
        stop.person.driver.looks(width, dark).await;
        let height = "return document.documentElement.scrollHeight";
        let height = stop.person.window().execute(height).await;
        let clip = json!({
            "x": 0, "y": 0, "width": width, "height": height, "scale": 1,
        });
        let wanted = json!({
            "format": "webp", "quality": 60, "captureBeyondViewport": true, "clip": clip,
        });
        let taken = stop
            .person
            .window()
            .devtools("Page.captureScreenshot", wanted)
            .await;
        let picture = BASE64_STANDARD
            .decode(taken["data"].as_str().unwrap())
            .unwrap();
        let scheme = if dark { "dark" } else { "light" };
        let file = format!("{}-{window}-{scheme}.webp", stop.name);
        fs::write(self.folder.join(file), picture).unwrap();
    }
}

impl Visitor for Album {
    async fn at(&mut self, stop: Stop<'_>) {
        for (window, width) in WIDTHS {
            for dark in [false, true] {
                self.take(&stop, window, width, dark).await;
            }
        }
        let name = stop.name;
        write!(self.text, "\n## {name}\n\n{}\n\n", stop.sentence).unwrap();
        for (window, scheme) in [
            ("phone", "light"),
            ("phone", "dark"),
            ("desk", "light"),
            ("desk", "dark"),
        ] {
            let height = if window == "phone" { 160 } else { 420 };
            writeln!(
                self.text,
                "<a href=\"{name}-{window}-{scheme}.webp\"><img src=\"{name}-{window}-{scheme}.webp\" \
                 width=\"{height}\" alt=\"{name}, {window}, {scheme}\"></a>"
            )
            .unwrap();
        }
    }
}

#[tokio::test]
#[ignore = "writes into docs/pages: `make pictures`"]
async fn take() {
    let folder = repository::root().join("docs/pages");
    // What is walked past no more leaves no picture behind.
    drop(fs::remove_dir_all(&folder));
    fs::create_dir_all(&folder).unwrap();
    let mut album = Album {
        folder,
        text: BEGIN.to_owned(),
    };
    Box::pin(tour::walk(&mut album)).await;
    fs::write(album.folder.join("README.md"), album.text).unwrap();
}
