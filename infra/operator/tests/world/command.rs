//! The command itself, as it is compiled.

use std::{
    io::Write,
    process::{Command, Output, Stdio},
};

use app::Clock;
use jiff::SignedDuration;

use crate::{
    connect::connected,
    engine::{Engine, LINKS, SOURCES, TRACES, WORLD},
    site::Site,
};

fn lanyard(engine: &Engine, arguments: &[&str]) -> Output {
    command(engine, arguments).output().unwrap()
}

fn with_base_url(engine: &Engine, arguments: &[&str]) -> Output {
    command(engine, arguments)
        .env("LANYARD_BASE_URL", "https://desk.example")
        .output()
        .unwrap()
}

fn command(engine: &Engine, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lanyard"));
    // Each command works with its own secret alone.
    let secret = match arguments[0] {
        "apply" | "rotate-secret" | "desk" | "import" => Some(("LANYARD_SOURCE_SECRET", SOURCES)),
        "form-link" => Some(("LANYARD_LINK_SECRET", LINKS)),
        _ => None,
    };
    command
        .args(arguments)
        .env_clear()
        .envs(secret)
        .envs([
            ("LANYARD_DIRECTORY_TABLE", "directory"),
            ("LANYARD_REQUESTS_TABLE", "requests"),
            ("LANYARD_JOURNAL_TABLE", "journal"),
            ("LANYARD_AUDIT_TABLE", "audit"),
            ("LANYARD_TRACE_SECRET", TRACES),
            ("AWS_REGION", "local"),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
        ])
        .env("AWS_ENDPOINT_URL_DYNAMODB", &engine.dynamodb.endpoint);
    command
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn file(name: &str, text: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_applies_a_file_once_and_shows_each_secret_once() {
    let engine = Engine::start().await;
    let world = file("world.toml", WORLD);
    let unasked = lanyard(&engine, &["apply", &world]);
    assert!(!unasked.status.success(), "nobody said yes");
    assert!(told(&unasked).contains("nothing was changed"));

    let first = lanyard(&engine, &["apply", &world, "--yes"]);
    assert!(first.status.success(), "{}", complained(&first));
    assert_eq!(
        told(&first).matches("its secret, shown only now").count(),
        5
    );
    let second = lanyard(&engine, &["apply", &world, "--yes"]);
    assert!(second.status.success());
    assert_eq!(told(&second), "nothing to change\n");

    let changed = file(
        "changed.toml",
        &WORLD.replace("seat_cap = 25", "seat_cap = 30"),
    );
    let third = lanyard(&engine, &["apply", &changed, "--yes"]);
    assert_eq!(told(&third), "organization acme: seat_cap 25 → 30\ndone\n");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_file_is_told_by_its_paths_and_nothing_is_written() {
    let engine = Engine::start().await;
    let wrong = file(
        "wrong.toml",
        &WORLD.replace("seat_cap = 25", "seat_cap = 0"),
    );
    let output = lanyard(&engine, &["apply", &wrong, "--yes"]);
    assert!(!output.status.success());
    let complained = complained(&output);
    assert!(complained.contains("organization.acme.policy.seat_cap: must be 1 or more"));
    assert!(told(&output).is_empty());
    assert_eq!(engine.count("directory", "").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_accounts_of_a_person_are_named_and_one_is_forgotten() {
    let engine = Engine::start().await;
    let noor = "noor@visitor.example";
    let shown = || told(&lanyard(&engine, &["person", "accounts", noor]));
    assert_eq!(shown(), "no source knows this person by an account\n");
    engine.put_account("jira", "qm:1:7", noor).await;
    engine.put_account("jira", "qm:1:8", noor).await;
    let line = "  shown by a payload that names both\n";
    assert_eq!(shown(), format!("jira  qm:1:7{line}jira  qm:1:8{line}"));

    let forget = |person, account| {
        let arguments = ["person", "forget-account", person, "jira", account];
        lanyard(&engine, &arguments)
    };
    for (person, account) in [("tom@visitor.example", "qm:1:7"), (noor, "qm:1:9")] {
        let refused = forget(person, account);
        assert!(!refused.status.success());
        let why = "source jira does not know this person by that account";
        assert!(
            complained(&refused).contains(why),
            "{}",
            complained(&refused)
        );
    }
    assert_eq!(engine.count("audit", "").await, 0);
    assert_eq!(told(&forget(noor, "qm:1:7")), "forgotten\n");
    assert_eq!(shown(), format!("jira  qm:1:8{line}"));
    assert_eq!(engine.count("audit", "").await, 1);

    // One that an older version stored is found by its name alone.
    engine.put_old_account("jira", "qm:1:6", noor).await;
    assert_eq!(shown(), format!("jira  qm:1:8{line}"));
    assert_eq!(told(&forget(noor, "qm:1:6")), "forgotten\n");
    assert_eq!(engine.count("directory", "EXTERNAL#").await, 1);
}

#[test]
fn missing_variables_are_all_named_and_a_command_asks_for_its_own_secret_alone() {
    let world = file("named.toml", WORLD);
    let form = ["form-link", "--desk", "it", "--type", "hardware"];
    let form = [&form[..], &["--for", "nora@lanyard.example"]].concat();
    let secrets = ["LANYARD_LINK_SECRET", "LANYARD_SOURCE_SECRET"];
    for (arguments, needed) in [
        (vec!["apply", world.as_str()], Some("LANYARD_SOURCE_SECRET")),
        (vec!["rotate-secret", "hr"], Some("LANYARD_SOURCE_SECRET")),
        (form, Some("LANYARD_LINK_SECRET")),
        (vec!["person", "accounts", "nora@lanyard.example"], None),
    ] {
        let output = Command::new(env!("CARGO_BIN_EXE_lanyard"))
            .args(&arguments)
            .env_clear()
            .output()
            .unwrap();
        let complained = complained(&output);
        for name in ["LANYARD_AUDIT_TABLE", "LANYARD_TRACE_SECRET", "AWS_REGION"] {
            assert!(complained.contains(name), "{complained}");
        }
        for secret in secrets {
            let named = complained.contains(secret);
            assert_eq!(named, needed == Some(secret), "{arguments:?}: {complained}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_to_a_form_is_printed_and_what_is_not_there_is_named() {
    let engine = Engine::start().await;
    let world = file("forms.toml", WORLD);
    assert!(
        lanyard(&engine, &["apply", &world, "--yes"])
            .status
            .success()
    );
    let form = ["form-link", "--desk", "it", "--type", "hardware"];
    let for_nora = ["--for", "nora@lanyard.example", "--set", "item=Laptop"];
    let ask = |more: &[&str]| {
        let all: Vec<&str> = form.iter().chain(&for_nora).chain(more).copied().collect();
        with_base_url(&engine, &all)
    };
    let output = ask(&["--once"]);
    assert!(output.status.success(), "{}", complained(&output));
    let link = told(&output);
    assert!(link.starts_with("https://desk.example/l/"), "{link}");
    assert!(link.ends_with("?item=Laptop\n"), "{link}");
    assert_ne!(told(&ask(&["--once"])), link, "each link is another one");

    let wrong = ask(&["--set", "yacht=1"]);
    assert!(!wrong.status.success());
    assert!(complained(&wrong).contains("the form asks for no «yacht»"));
    let shapeless = ask(&["--set", "item"]);
    assert!(complained(&shapeless).contains("write FIELD=VALUE"));
    let no_address = lanyard(&engine, &[&form[..], &for_nora[..]].concat());
    assert!(complained(&no_address).contains("LANYARD_BASE_URL"));
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_that_was_stopped_is_sent_again_and_the_audit_says_why() {
    let engine = Engine::start().await;
    let email: domain::EmailAddress = "nora@lanyard.example".parse().unwrap();
    let mut customer = domain::Customer::new(email, None);
    customer.deliverability = domain::customer::Deliverability::Suppressed {
        why: domain::customer::Suppression::Bounce,
        since: crate::engine::now(),
    };
    engine.put_customer(customer).await;
    let lift = |reason: &str| {
        let address = ["person", "deliverable", "Nora@Lanyard.example"];
        lanyard(&engine, &[&address[..], &["--reason", reason]].concat())
    };
    let first = lift("the mailbox moved");
    assert!(first.status.success(), "{}", complained(&first));
    assert_eq!(
        told(&first),
        "mail came back from there; it is sent again\n"
    );
    let audit = engine.everything("audit").await;
    assert_eq!(audit.len(), 1);
    for part in [
        "suppression_lifted",
        "the mailbox moved",
        "person deliverable",
    ] {
        assert!(audit[0].contains(part), "{}", audit[0]);
    }
    let again = lift("once more");
    assert!(again.status.success());
    assert_eq!(told(&again), "no mail to this address was stopped\n");
    assert_eq!(engine.everything("audit").await.len(), 1);
    let without = lanyard(&engine, &["person", "deliverable", "nora@lanyard.example"]);
    assert!(!without.status.success());
    assert!(complained(&without).contains("--reason"));
}

/// Runs a command with lines of standard input.
fn with_input(engine: &Engine, arguments: &[&str], input: &str) -> Output {
    let mut child = command(engine, arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    drop(stdin);
    child.wait_with_output().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_is_connected_from_standard_input_and_nothing_shows_the_token() {
    let engine = Engine::start().await;
    let site = Site::start(&["USER_PICKER"]).await;
    let world = connected(&site.address(), "requests = \"read\"");
    engine.operator().apply(&world).await.unwrap();
    // The command goes by the computer's own day.
    let day = app::SystemClock.now() + SignedDuration::from_hours(24 * 90);
    let day = domain::organization::day_of(day);
    let input = format!("robot@lanyard.example\nATATT-hush\n{day}\n");
    let connect = |more: &[&str]| {
        let arguments = [&["desk", "connect", "support", "--no-input"], more].concat();
        let output = with_input(&engine, &arguments, &input);
        let shown = told(&output) + &complained(&output);
        assert!(!shown.contains("ATATT"), "{shown}");
        (output.status.success(), shown)
    };
    let (done, shown) = connect(&[]);
    assert!(!done, "nobody accepted that a right is missing");
    assert!(
        shown.contains("! missing: Browse users and groups"),
        "{shown}"
    );
    let desk = "support".parse().unwrap();
    assert_eq!(engine.store.desk_token(&desk).await.unwrap(), None);
    let (done, shown) = connect(&["--yes"]);
    assert!(done && shown.ends_with("connected\n"), "{shown}");
    assert!(engine.store.desk_token(&desk).await.unwrap().is_some());
}
