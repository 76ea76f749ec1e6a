//! The bundle on a data directory: told once, told again, killed, and in somebody else's way.

use std::path::Path;

use serde_json::{Value, json};

use crate::bundle::{Bundle, command};
use crate::child::{Child, Lines};

const NOOR: &str = "noor@visitor.example";

fn raised(key: &str) -> Value {
    json!({"type": "request.created", "timestamp": "2026-11-20T09:30:00Z", "data": {
        "request": {"key": key, "desk": "support", "type": "Incident", "summary": "It stops"},
        "reporter": {"email": NOOR, "name": "Noor"}, "channel": "form",
    }})
}

fn once(data: &Path) -> (bool, Lines) {
    let (ended, lines) = Child::start(command(data, 0).arg("--once")).wait();
    (ended.success(), lines)
}

#[test]
fn a_replay_ends_well_also_where_everything_was_replayed_before() {
    let data = tempfile::tempdir().unwrap();
    for round in ["first", "second"] {
        let (good, lines) = once(data.path());
        assert!(good, "{round}: {lines:#?}");
        let said = lines.out.join("\n");
        assert!(said.contains("Everything came out as the samples say."));
        assert_eq!(
            said.contains("seen before in this data directory"),
            round == "second",
            "{said}"
        );
        assert!(!said.contains('✗'), "{said}");
        // The log is not for people, but they are not in it either.
        assert!(
            !lines.err.iter().any(|line| line.contains('@')),
            "{lines:#?}"
        );
    }
}

#[tokio::test]
async fn a_mail_whose_process_was_killed_after_the_commit_leaves_once_when_it_is_back() {
    let data = tempfile::tempdir().unwrap();
    let bundle = Bundle::begin(data.path());
    bundle.post("faults", &json!({"ses": {"fail": 1.0}})).await;
    let (status, _, first) = bundle
        .deliver("forms", "request-created", "msg_crash", &raised("SUP-1"))
        .await;
    assert_eq!(status, 202, "{first}");
    bundle.kill();

    let bundle = Bundle::begin(data.path());
    assert_eq!(bundle.mails(NOOR).await.len(), 1);
    // A sender that lost the answer sends again, and gets the one it should have had.
    let (status, headers, again) = bundle
        .deliver("forms", "request-created", "msg_crash", &raised("SUP-1"))
        .await;
    assert_eq!((status, &again), (200, &first));
    assert_eq!(headers["idempotent-replayed"], "true");
    assert_eq!(bundle.mails(NOOR).await.len(), 1);
    bundle.kill();

    let bundle = Bundle::begin(data.path());
    assert_eq!(bundle.mails(NOOR).await.len(), 1);
    assert_eq!(bundle.get("queues.json").await, json!({}));
}

#[tokio::test]
async fn killed_at_any_moment_every_answered_request_is_mailed_once() {
    let data = tempfile::tempdir().unwrap();
    for round in 0..4 {
        let bundle = Bundle::begin(data.path());
        for number in 0..=round {
            let id = format!("msg_{round}_{number}");
            let body = raised(&format!("SUP-{round}{number}"));
            let answer = bundle.deliver("forms", "request-created", &id, &body).await;
            assert_eq!(answer.0, 202, "{}", answer.2);
        }
        bundle.kill();
    }
    let bundle = Bundle::begin(data.path());
    let mails = bundle.mails(NOOR).await;
    for round in 0..4 {
        for number in 0..=round {
            let key = format!("SUP-{round}{number}");
            let about = mails.iter().filter(|mail| mail.subject.contains(&key));
            // At least once: a process that is killed between SES's answer and its own mark
            // cannot know that the mail has left.
            assert!((1..=2).contains(&about.count()), "{key}: {mails:#?}");
        }
    }
}

#[test]
fn a_taken_port_is_named_with_the_way_out() {
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = taken.local_addr().unwrap().port();
    let data = tempfile::tempdir().unwrap();
    let (ended, lines) = Child::start(&mut command(data.path(), port)).wait();
    assert_eq!(ended.code(), Some(1));
    let [said] = &lines.err[..] else {
        panic!("{lines:#?}")
    };
    assert!(
        said.contains(&format!("port {port} cannot be used")),
        "{said}"
    );
    assert!(said.contains("choose another with --port"), "{said}");
    assert!(lines.out.is_empty(), "{lines:#?}");
}

#[test]
fn a_data_directory_has_room_for_one_bundle() {
    let data = tempfile::tempdir().unwrap();
    let bundle = Bundle::begin(data.path());
    let (ended, lines) = Child::start(&mut command(data.path(), 0)).wait();
    assert_eq!(ended.code(), Some(1));
    assert!(
        lines.err[0].contains("is in use by another bundle"),
        "{lines:#?}"
    );
    // The lock goes with the process, however it ends.
    bundle.kill();
    Bundle::begin(data.path());
}
