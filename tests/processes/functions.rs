//! Each compiled function handles its `events/`.

use local::world::replay::Replay;
use local::world::sample;

use crate::deployed::Deployed;

/// Replays every sample. Gives what did not come out as it should.
pub(crate) async fn replay(deployed: &Deployed) -> Vec<String> {
    let replay = Replay::new(&deployed.running);
    let mut faults = Vec::new();
    for sample in sample::all(&sample::folder()).unwrap() {
        let handled = |name: &str| deployed.functions[name].api.answered();
        let before = handled(&sample.function);
        let step = replay.step(&sample).await.unwrap();
        for fault in step.faults {
            faults.push(format!("{}: {fault}", sample.name));
        }
        if handled(&sample.function) == before {
            faults.push(format!("{} never reached its function", sample.name));
        }
    }
    faults
}

#[tokio::test]
async fn every_compiled_function_handles_its_events() {
    let deployed = Deployed::begin().await;
    assert_eq!(deployed.functions.len(), 8);
    let faults = replay(&deployed).await;
    assert!(faults.is_empty(), "{faults:#?}");
    for (name, process) in &deployed.functions {
        assert!(process.api.answered() > 0, "{name} has no events");
    }
    assert!(deployed.running.local.queues.read().is_empty());
    deployed.end().await;
}
