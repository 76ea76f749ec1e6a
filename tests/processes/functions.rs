//! Each compiled function handles its `events/`.

use local::world::replay::Replay;
use local::world::sample;

use crate::deployed::Deployed;

/// Replays every sample, and returns what did not come out as it should. The processes have the real
/// clock, so samples of earlier days are left out.
pub(crate) async fn replay(deployed: &Deployed) -> Vec<String> {
    let replay = Replay::new(&deployed.running);
    let mut faults = Vec::new();
    let samples = sample::all(&sample::folder()).unwrap();
    for sample in samples
        .into_iter()
        .filter(|sample| sample.days_ago.is_none())
    {
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
    assert_eq!(deployed.functions.len(), 9);
    let faults = replay(&deployed).await;
    assert!(faults.is_empty(), "{faults:#?}");
    for (name, process) in &deployed.functions {
        assert!(process.api.answered() > 0, "{name} has no events");
    }
    assert!(deployed.running.local.queues.read().is_empty());
    deployed.end().await;
}
