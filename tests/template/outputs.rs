//! The outputs and parameters of the stack.

use tests::repository;
use tests::template::Template;

/// `lanyard apply` finds the tables by the outputs.
#[test]
fn the_operator_finds_what_it_looks_for() {
    let template = Template::read();
    let outputs = template.at("/Outputs").as_object().unwrap();
    for wanted in [
        "DirectoryTable",
        "RequestsTable",
        "JournalTable",
        "AuditTable",
        "LinkSecretArn",
        "SourceSecretArn",
        "TraceSecretArn",
    ] {
        assert!(outputs.contains_key(wanted), "{wanted}");
    }
    for (name, output) in outputs {
        let description = output["Description"].as_str().unwrap();
        assert!(!description.is_empty(), "{name}");
        assert!(!output["Value"].is_null(), "{name}");
    }
    let operator: String = repository::files_of("infra/operator/src", "rs")
        .into_iter()
        .map(repository::text)
        .collect();
    for line in operator.lines().filter(|line| line.contains("output(\"")) {
        let name = line
            .split("output(\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        assert!(outputs.contains_key(name), "the stack has no output {name}");
    }
}

#[test]
fn runbooks_use_outputs_that_there_are() {
    let template = Template::read();
    let outputs = template.at("/Outputs").as_object().unwrap();
    for path in repository::files_of("docs", "md") {
        let text = repository::text(&path);
        for part in text.split("$(output ").skip(1) {
            let name = part.split(')').next().unwrap();
            let known = name.starts_with('$') || outputs.contains_key(name);
            assert!(known, "{}: {name}", path.display());
        }
    }
}

#[test]
fn every_parameter_is_described_where_one_deploys() {
    let template = Template::read();
    let deploy = repository::text("docs/deploy.md");
    for (name, parameter) in template.at("/Parameters").as_object().unwrap() {
        let description = parameter["Description"].as_str().unwrap();
        assert!(!description.is_empty(), "{name}");
        assert!(
            deploy.contains(&format!("`{name}`")),
            "docs/deploy.md has no {name}"
        );
    }
}
