//! Every page, as everybody has to be able to use it: light and dark, on a telephone and on a
//! desk, zoomed in, and by whoever hears it.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use tests::{repository, tools};

use crate::browser::tour::{self, Stop, Visitor};

/// The most bytes of a page on its way, compressed.
const MOST_BYTES: u64 = 14 * 1_024;
/// The most files that a page asks for besides itself.
const MOST_FILES: u64 = 2;
/// A telephone's window, one at 200 % zoom, and a desk's.
const WIDTHS: [u32; 3] = [320, 640, 1280];

struct Judge {
    axe: String,
    seen: BTreeSet<&'static str>,
    complaints: Vec<String>,
}

impl Judge {
    fn complains(&mut self, stop: &Stop<'_>, of: &str) {
        self.complaints.push(format!("{}: {of}", stop.name));
    }

    async fn weighs(&mut self, stop: &Stop<'_>) {
        let weight = r"
            const page = performance.getEntriesByType('navigation')[0];
            // What script asks for while it works a list off is no part of the page.
            const files = performance.getEntriesByType('resource')
                .filter(file => file.initiatorType !== 'fetch').map(file => file.name);
            return [page.encodedBodySize, files.length, files.join(' ')];";
        let weight = stop.person.window().execute(weight).await;
        let (bytes, files) = (weight[0].as_u64().unwrap(), weight[1].as_u64().unwrap());
        if bytes > MOST_BYTES {
            self.complains(stop, &format!("{bytes} bytes compressed"));
        }
        if files > MOST_FILES {
            self.complains(stop, &format!("{files} files: {}", weight[2]));
        }
    }

    async fn measures(&mut self, stop: &Stop<'_>, width: u32) {
        let wide = "return document.documentElement.scrollWidth";
        let wide = stop.person.window().execute(wide).await;
        if wide.as_u64().unwrap() > u64::from(width) {
            self.complains(stop, &format!("{wide} wide in a window of {width}"));
        }
    }

    /// On paper there is nothing to press.
    async fn prints(&mut self, stop: &Stop<'_>) {
        let window = stop.person.window();
        let media = |media| json!({ "media": media, "features": [] });
        window
            .devtools("Emulation.setEmulatedMedia", media("print"))
            .await;
        let pressed =
            "return [...document.querySelectorAll('button, nav, input:not([type=hidden])')]
            .filter(thing => thing.getClientRects().length > 0).map(thing => thing.outerHTML)";
        let pressed = window.execute(pressed).await;
        for thing in pressed.as_array().unwrap() {
            self.complains(stop, &format!("prints {thing}"));
        }
        window
            .devtools("Emulation.setEmulatedMedia", media(""))
            .await;
    }

    async fn asks_axe(&mut self, stop: &Stop<'_>, looks: &str) {
        let run = r"
            const answer = arguments[0];
            axe.run({ resultTypes: ['violations'] }).then(
              found => answer(found.violations.map(wrong =>
                `${wrong.id} (${wrong.help}): ${wrong.nodes.map(node => node.html + ' ' + node.failureSummary).join(' | ')}`)),
              error => answer([String(error)]));";
        let wrong = stop.person.window().execute_async(run).await;
        for wrong in wrong.as_array().unwrap() {
            let wrong = wrong.as_str().unwrap();
            self.complains(stop, &format!("{looks}: {wrong}"));
        }
    }
}

impl Visitor for Judge {
    async fn at(&mut self, stop: Stop<'_>) {
        assert!(self.seen.insert(stop.name), "{} is seen twice", stop.name);
        for complaint in stop.person.window().complaints().await {
            // The status of the page itself is no mishap.
            if !complaint.contains("the server responded with a status of 4") {
                self.complains(&stop, &complaint);
            }
        }
        self.weighs(&stop).await;
        let axe = stop.person.window().execute(&self.axe).await;
        assert_eq!(axe, Value::Null);
        for width in WIDTHS {
            for dark in [false, true] {
                stop.person.driver.looks(width, dark).await;
                let scheme = if dark { "dark" } else { "light" };
                self.asks_axe(&stop, &format!("{width} {scheme}")).await;
            }
            self.measures(&stop, width).await;
        }
        self.prints(&stop).await;
    }
}

#[tokio::test]
async fn everybody_can_use_every_page_and_none_is_heavy() {
    let mut judge = Judge {
        axe: tools::axe(),
        seen: BTreeSet::new(),
        complaints: Vec::new(),
    };
    Box::pin(tour::walk(&mut judge)).await;
    assert!(judge.complaints.is_empty(), "{:#?}", judge.complaints);
    every_page_has_its_picture(&judge.seen);
}

/// `make pictures` takes them anew.
fn every_page_has_its_picture(seen: &BTreeSet<&'static str>) {
    let pages = repository::text("docs/pages/README.md");
    let told: BTreeSet<_> = pages
        .lines()
        .filter_map(|line| line.strip_prefix("## "))
        .collect();
    assert_eq!(told, *seen, "`make pictures` brings docs/pages up to date");
}
