//! Pictures of every page. `make pictures` takes them: on a desk, light, for `docs/pages/`, which is
//! tracked, and in every window and scheme for `target/pictures/`.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::json;
use tests::repository;

use crate::browser::tour::{self, Stop, Visitor};

/// A telephone's window, and a desk's.
const WIDTHS: [(&str, u32); 2] = [("phone", 320), ("desk", 1280)];
/// The window and the scheme of the tracked picture.
const TRACKED: (&str, bool) = ("desk", false);
const BEGIN: &str = "\
# The pages

Every page that people see, light, on a desktop (1280 pixels). `make pictures` takes these pictures in Chromium from the
running bundle, on the walk of `tests/browser/tour.rs`. It also writes each page in the dark and on a telephone (320
pixels) into `target/pictures`. `make test` takes the same walk and checks each page with axe, and its width and weight.
";

struct Album {
    /// The tracked pictures, one a page.
    tracked: PathBuf,
    /// Each page in every window and scheme.
    all: PathBuf,
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
        fs::write(self.all.join(file), &picture).unwrap();
        if (window, dark) == TRACKED {
            let file = format!("{}.webp", stop.name);
            fs::write(self.tracked.join(file), picture).unwrap();
        }
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
        let sentence = stop.sentence;
        write!(
            self.text,
            "\n## {name}\n\n{sentence}\n\n<img src=\"{name}.webp\" width=\"640\" alt=\"{name}\">\n"
        )
        .unwrap();
    }
}

#[tokio::test]
#[ignore = "writes into docs/pages: `make pictures`"]
async fn take() {
    let tracked = repository::root().join("docs/pages");
    let all = repository::root().join("target/pictures");
    for folder in [&tracked, &all] {
        // A page that is walked past no more leaves no picture behind.
        drop(fs::remove_dir_all(folder));
        fs::create_dir_all(folder).unwrap();
    }
    let mut album = Album {
        tracked,
        all,
        text: BEGIN.to_owned(),
    };
    Box::pin(tour::walk(&mut album)).await;
    fs::write(album.tracked.join("README.md"), album.text).unwrap();
}
