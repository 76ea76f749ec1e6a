//! The main story on the embedded engine, and each call of it on a second one: `make engines`.
//!
//! The story is told once. What it asked of DynamoDB is then asked of the second engine in the same order
//! (`compare.py`), and every answer, and every item of every table at the end, has to be the same.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use local::bundle::{self, Options};
use local::local::Move;
use local::world::replay::Replay;
use local::world::{self, sample};
use serde_json::{Value, json};
use tests::repository::root;

/// Webhooks, links and bounces as the samples have them, and then a quarter in which nobody comes: the sweep
/// warns, reminds and removes.
async fn tell() -> Vec<Value> {
    let options = Options {
        scheduled: false,
        ..Options::default()
    };
    let running = bundle::start(options, local::lambda::deployment::functions);
    let running = running.await.unwrap();
    let local = &running.local;
    local.tape.start();
    world::seed(&running).await.unwrap();
    let replay = Replay::new(&running);
    for sample in sample::all(&sample::folder()).unwrap() {
        let step = replay.step(&sample).await.unwrap();
        assert!(step.faults.is_empty(), "{}: {:?}", sample.name, step.faults);
    }
    let quarter = Move {
        advance: Some("P100D".to_owned()),
        set: None,
        step: Some("P10D".to_owned()),
    };
    local.move_clock(&quarter).await.unwrap();
    let tables: BTreeMap<_, _> = local
        .template
        .tables
        .iter()
        .map(|table| (table.name.clone(), local.upkeep.items(&table.name).unwrap()))
        .collect();
    let tables_made: Vec<_> = local.template.tables.iter().collect();
    let definitions: Vec<_> = tables_made.iter().map(|table| &table.definition).collect();
    let end = json!({
        "tables": tables,
        "definitions": definitions,
        "now": local.clock.now().as_second(),
    });
    let mut tape = local.tape.take();
    assert!(tape.len() > 100, "{} calls", tape.len());
    tape.push(end);
    running.stop().await;
    tape
}

#[tokio::test]
#[ignore = "needs the second engine: make engines"]
async fn a_second_engine_gives_the_same_answers_and_holds_the_same_items() {
    let python = root().join("target/tools/engines/bin/python");
    assert!(python.exists(), "`make engines` installs it");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tape.jsonl");
    let lines: Vec<_> = tell().await.iter().map(Value::to_string).collect();
    fs::write(&file, lines.join("\n")).unwrap();
    let compare = root().join("tests/engines/compare.py");
    let compared = Command::new(python).arg(compare).arg(&file).output();
    let compared = compared.unwrap();
    let said = String::from_utf8_lossy(&compared.stdout);
    let errors = String::from_utf8_lossy(&compared.stderr);
    assert!(compared.status.success(), "{said}{errors}");
    assert!(said.contains(" 0 differences"), "{said}");
}
