//! `docs/openapi.yaml` against the specification, against the code, and against every sample.

use std::collections::BTreeSet;
use std::path::PathBuf;

use domain::{Code, Refusal};
use hooks::function::{EventType, Function};
use hooks::problem::Problem;
use serde_json::{Map, Value};
use tests::openapi::OpenApi;
use tests::repository;
use tests::template::Template;

/// Sources of the seeded world that send the canonical events themselves.
const CANONICAL: [&str; 2] = ["forms", "hr"];

struct Sample {
    path: PathBuf,
    whole: Value,
}

impl Sample {
    /// Every delivery in `events/`.
    fn all() -> Vec<Self> {
        let functions = Function::ALL.into_iter();
        functions
            .flat_map(|function| repository::files_of(format!("events/{function}"), "json"))
            .map(|path| Self {
                whole: serde_json::from_str(&repository::text(&path)).unwrap(),
                path,
            })
            .collect()
    }

    fn function(&self) -> &str {
        self.whole["function"].as_str().unwrap()
    }

    fn status(&self) -> u16 {
        self.whole["expect"]["status"]
            .as_u64()
            .unwrap()
            .try_into()
            .unwrap()
    }

    fn is_canonical(&self) -> bool {
        CANONICAL.contains(&self.whole["source"].as_str().unwrap())
    }
}

/// Calls `visit` with every value in `whole` and where it stands.
fn walk(whole: &Value, place: &str, visit: &mut impl FnMut(&str, &Value)) {
    visit(place, whole);
    match whole {
        Value::Object(members) => {
            for (name, value) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                walk(value, &format!("{place}/{name}"), visit);
            }
        }
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                walk(value, &format!("{place}/{index}"), visit);
            }
        }
        _ => {}
    }
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn it_is_an_openapi_3_1_description() {
    let api = OpenApi::read();
    let whole = api.whole();
    assert!(whole["openapi"].as_str().unwrap().starts_with("3.1."));
    assert_eq!(whole["info"]["version"], env!("CARGO_PKG_VERSION"));
    assert!(whole["info"]["title"].is_string());
    let mut ids = BTreeSet::new();
    for (path, item) in whole["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            if method == "parameters" {
                continue;
            }
            let id = operation["operationId"].as_str().unwrap();
            assert!(ids.insert(id), "{id} names two operations");
            assert!(operation["summary"].is_string(), "{path}");
            assert!(!keys(&operation["responses"]).is_empty(), "{path}");
        }
    }
}

#[test]
fn every_reference_leads_somewhere_and_nothing_stands_there_for_nobody() {
    let api = OpenApi::read();
    let whole = api.whole();
    let mut used = BTreeSet::new();
    walk(whole, "", &mut |place, value| {
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
            return;
        };
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(whole.pointer(pointer).is_some(), "{place} → {reference}");
        used.insert(pointer.to_owned());
    });
    for (kind, parts) in whole["components"].as_object().unwrap() {
        for name in keys(parts) {
            let place = format!("/components/{kind}/{name}");
            let known = kind == "securitySchemes" || used.contains(&place);
            assert!(known, "{place} is used nowhere");
        }
    }
}

#[test]
fn every_schema_is_one() {
    let api = OpenApi::read();
    for name in keys(&api.whole()["components"]["schemas"]) {
        let place = format!("/components/schemas/{name}");
        let schema = api.whole().pointer(&place).unwrap();
        if let Err(error) = jsonschema::draft202012::meta::validate(schema) {
            panic!("{name}: {error}");
        }
        let _built = api.schema(&place);
    }
}

#[test]
fn it_describes_the_hooks_of_the_template_and_no_others() {
    let template = Template::read();
    let mut declared = BTreeSet::new();
    for function in template.functions().into_values() {
        for route in function.events("HttpApi") {
            let path = route["Path"].as_str().unwrap();
            if path.starts_with("/hooks/") {
                assert_eq!(route["Method"], "POST", "{path}");
                declared.insert(path);
            }
        }
    }
    let api = OpenApi::read();
    assert_eq!(keys(&api.whole()["paths"]), declared);
    let code: BTreeSet<String> = Function::ALL
        .into_iter()
        .map(|function| format!("/hooks/{{source}}/{function}"))
        .collect();
    assert!(declared.into_iter().eq(code.iter().map(String::as_str)));
}

#[test]
fn every_event_type_is_described_at_its_function() {
    let api = OpenApi::read();
    for event in EventType::ALL {
        let function = Function::of(event).as_str();
        let place = format!("/paths/~1hooks~1{{source}}~1{function}/post/requestBody");
        let body = api.whole().pointer(&place).unwrap();
        let mut described = false;
        walk(body, "", &mut |_, value| {
            let name = value.get("$ref").and_then(Value::as_str);
            let named = name.and_then(|name| api.whole().pointer(name.strip_prefix('#')?));
            described |=
                named.is_some_and(|schema| schema["properties"]["type"]["const"] == event.as_str());
        });
        assert!(described, "{event} at {function}");
    }
}

/// The table of answers: each of these statuses can come from every hook.
#[test]
fn every_status_that_the_hooks_answer_is_described() {
    let api = OpenApi::read();
    for function in Function::ALL {
        for status in [200, 202, 400, 401, 403, 409, 413, 415, 422, 429, 503] {
            let answer = api.answer(function.as_str(), status);
            assert!(answer.is_some(), "{function} never answers {status}");
        }
    }
}

#[test]
fn every_canonical_sample_is_an_event_as_described_unless_it_is_refused_for_its_form() {
    let api = OpenApi::read();
    let mut looked_at = 0;
    for sample in Sample::all() {
        if !sample.is_canonical() {
            continue;
        }
        looked_at += 1;
        let path = sample.path.display();
        let faults = api.event(sample.function()).faults(&sample.whole["body"]);
        if sample.status() == 400 {
            assert!(
                !faults.is_empty(),
                "{path} is refused, and the schema would not say so"
            );
        } else {
            assert!(faults.is_empty(), "{path}:\n{faults}");
        }
    }
    assert!(looked_at > 10, "only {looked_at} samples");
}

#[test]
fn every_sample_expects_an_answer_that_is_described() {
    let api = OpenApi::read();
    for sample in Sample::all() {
        let path = sample.path.display();
        let answer = api.answer(sample.function(), sample.status());
        let answer = answer.unwrap_or_else(|| panic!("{path}: {}", sample.status()));
        // A sample gives the members that matter; the rest is filled in, as any answer has it.
        let mut body = rest_of_the_answer(&sample);
        if let Some(expected) = sample.whole["expect"]["body"].as_object() {
            body.extend(expected.clone());
        }
        let faults = answer.faults(&body.into());
        assert!(faults.is_empty(), "{path}:\n{faults}");
    }
}

fn rest_of_the_answer(sample: &Sample) -> Map<String, Value> {
    let mut body = Map::new();
    let mut say = |name: &str, value: Value| body.insert(name.to_owned(), value);
    match sample.status() {
        200 | 202 => {
            say("status", "accepted".into());
            say("delivery", "msg_sample".into());
            if sample.function() == "customer-invited" {
                let row = serde_json::json!({"email": "nia@acme.example", "outcome": "invited"});
                say("rows", vec![row].into());
            }
        }
        status => {
            let slug = match status {
                400 => "invalid-field",
                403 => "event-not-allowed",
                422 => "refused",
                other => panic!(
                    "{}: no sample was ever answered {other}",
                    sample.path.display()
                ),
            };
            say(
                "type",
                format!("https://lanyard.example/problems/{slug}").into(),
            );
            say("title", "A title".into());
            say("status", status.into());
            say("detail", "A detail.".into());
            if status == 422 {
                say("code", "unknown_organization".into());
            }
        }
    }
    body
}

#[test]
fn every_problem_of_the_code_is_an_answer_that_is_described() {
    let problems = [
        Problem::not_json("line 1"),
        Problem::mapping_does_not_fit(Some("/issue/key"), "is missing"),
        Problem::invalid_field("/data/reason", "is none of these"),
        Problem::unknown_type("no event has this type"),
        Problem::unauthorized(),
        Problem::address_not_allowed(),
        Problem::event_not_allowed("not this one"),
        Problem::delivery_conflict(),
        Problem::too_large(),
        Problem::unsupported_media_type(),
        Problem::refused(&Refusal::unknown_organization()),
        Problem::unknown_account("/issue/fields/reporter"),
        Problem::too_many_requests(30),
        Problem::unavailable(5),
    ];
    let api = OpenApi::read();
    for problem in problems {
        let body = serde_json::from_str(&problem.with_instance("a-request").body()).unwrap();
        for function in Function::ALL {
            let answer = api.answer(function.as_str(), status_of(&body)).unwrap();
            let faults = answer.faults(&body);
            assert!(faults.is_empty(), "{function}: {body}\n{faults}");
        }
    }
}

fn status_of(problem: &Value) -> u16 {
    problem["status"].as_u64().unwrap().try_into().unwrap()
}

#[test]
fn every_code_that_is_described_is_one_of_the_domains() {
    let api = OpenApi::read();
    for schema in ["Problem", "Row"] {
        let place = format!("/components/schemas/{schema}/properties/code/enum");
        for code in api.whole().pointer(&place).unwrap().as_array().unwrap() {
            let known: Code = serde_json::from_value(code.clone())
                .unwrap_or_else(|_| panic!("{schema}: no rule is called {code}"));
            assert_eq!(known.as_str(), code);
        }
    }
}

/// One letter changed can make an event bad: the schemas must be able to say no.
#[test]
fn a_schema_says_no() {
    let api = OpenApi::read();
    let sample = Sample::all().into_iter().find(|sample| {
        sample.is_canonical() && sample.status() == 202 && sample.function() == "request-created"
    });
    let good = sample.unwrap().whole["body"].clone();
    let schema = api.event("request-created");
    for (place, bad) in [
        ("/type", "request.commented"),
        ("/timestamp", "yesterday"),
        ("/data/request/key", "a key"),
        ("/data/request/summary", ""),
        ("/data/reporter/email", "nobody"),
        ("/data/channel", "pigeon"),
    ] {
        let mut body = good.clone();
        *body.pointer_mut(place).unwrap() = bad.into();
        assert!(!schema.faults(&body).is_empty(), "{place}: {bad}");
    }
}
