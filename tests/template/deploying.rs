//! The commands of a deployment: they ask nothing, and their files are not tracked.

use tests::repository;
use tests::template::Template;
use toml::{Table, Value};

fn example() -> Table {
    let text = repository::text("infra/samconfig.example.toml");
    text.parse().unwrap()
}

#[test]
fn a_deployment_asks_nothing() {
    let example = example();
    let deploy = &example["default"]["deploy"]["parameters"];
    assert_eq!(deploy["confirm_changeset"], Value::from(false));
    assert_eq!(deploy["resolve_s3"], Value::from(true));
    assert_eq!(deploy["capabilities"].as_str(), Some("CAPABILITY_IAM"));
    // `--guided` asks for each of the routes whether it may be open, and ends at the first Enter.
    for document in ["README.md", "docs/deploy.md"] {
        let text = repository::text(document);
        let typed = text.split("```sh").skip(1);
        let typed = typed.filter_map(|rest| rest.split("```").next());
        for line in typed.flat_map(str::lines) {
            assert!(!line.contains("--guided"), "{document}: {line}");
        }
    }
}

/// `sam` keeps the values that were given before; what stands in the file goes before them. So a
/// placeholder in it would come back with each update, and the links that were mailed would die.
#[test]
fn the_example_gives_parameters_of_the_template_and_no_placeholder() {
    let template = Template::read();
    let example = example();
    let given = &example["default"]["deploy"]["parameters"]["parameter_overrides"];
    let given: Vec<_> = given.as_array().unwrap().iter().collect();
    assert!(given.len() > 3);
    for given in given {
        let (name, value) = given.as_str().unwrap().split_once('=').unwrap();
        let known = template.at("/Parameters").get(name).is_some();
        assert!(known, "{name} is no parameter");
        assert!(!value.contains("invalid"), "{name}");
        assert_ne!(name, "PublicUrl");
    }
}

#[test]
fn what_a_deployment_writes_down_is_not_tracked() {
    let ignored = repository::text(".gitignore");
    for path in ["/infra/samconfig.toml", ".aws-sam/"] {
        assert!(ignored.lines().any(|line| line == path), "{path}");
    }
    let tracked = std::process::Command::new("git")
        .args(["ls-files", "infra"])
        .current_dir(repository::root())
        .output()
        .unwrap();
    let tracked = String::from_utf8(tracked.stdout).unwrap();
    assert!(!tracked.lines().any(|name| name.ends_with("samconfig.toml")));
}
