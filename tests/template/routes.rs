//! The template's routes are the code's.

use std::collections::{BTreeMap, BTreeSet};

use hooks::function::Function;
use serde_json::Value;
use tests::template::{Template, each, reference};

/// Function → its routes, `POST /path`.
fn routes(template: &Template) -> BTreeMap<&str, BTreeSet<String>> {
    let mut routes: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (name, function) in template.functions() {
        for route in function.events("HttpApi") {
            assert_eq!(route["ApiId"], reference("Api"), "{name}");
            let text = |member: &str| route[member].as_str().unwrap();
            let route = format!("{} {}", text("Method"), text("Path"));
            routes.entry(name).or_default().insert(route);
        }
    }
    routes
}

#[test]
fn every_hook_has_the_one_route_that_the_code_expects() {
    let template = Template::read();
    let routes = routes(&template);
    for function in Function::ALL {
        let expected = format!("POST /hooks/{{source}}/{function}");
        assert_eq!(routes[function.as_str()], BTreeSet::from([expected]));
    }
}

#[test]
fn links_lead_to_the_pages_whoever_looks_and_whoever_acts() {
    let template = Template::read();
    let routes = &routes(&template)["self-service"];
    // Scanners of mails ask by HEAD before a person does, and take a 404 for a link that is dead.
    assert!(routes.contains(&format!("ANY {}{{token}}", links::PATH)));
    // What mail programs post to (RFC 8058). Some open it instead, in a browser.
    assert!(routes.contains("ANY /unsubscribe/{token}"));
}

#[test]
fn a_route_leads_to_one_function_and_only_the_pages_have_a_router_of_their_own() {
    let template = Template::read();
    let mut all = BTreeSet::new();
    for (function, routes) in routes(&template) {
        for route in routes {
            let (method, path) = route.split_once(' ').unwrap();
            if function == "self-service" {
                assert!(["ANY", "POST"].contains(&method), "{route}");
                assert!(
                    !path.starts_with("/hooks") && path != "/{proxy+}",
                    "{route}"
                );
            } else {
                assert_eq!(method, "POST", "{function}: {route}");
                assert!(!path.contains('+'), "{function}: {route}");
            }
            assert!(!path.contains('$'), "{function}: {route}");
            assert!(all.insert(route.clone()), "{route} leads to two functions");
        }
    }
}

/// API Gateway gives up after 30 seconds: the function must be the first to answer.
#[test]
fn a_function_behind_a_route_answers_before_the_gateway_gives_up() {
    let template = Template::read();
    let usual = template.at("/Globals/Function/Timeout").as_u64().unwrap();
    for (name, function) in template.functions() {
        if function.events("HttpApi").next().is_some() {
            let timeout = function.properties["Timeout"].as_u64().unwrap_or(usual);
            assert!(timeout < 30, "{name}: {timeout}");
        }
    }
}

#[test]
fn the_api_is_throttled_as_a_whole_and_no_route_by_itself() {
    let template = Template::read();
    let api = template.at("/Resources/Api/Properties");
    let usual = &api["DefaultRouteSettings"];
    assert_eq!(usual["ThrottlingRateLimit"], reference("ApiRateLimit"));
    assert_eq!(usual["ThrottlingBurstLimit"], reference("ApiBurstLimit"));
    // A rate is one for all callers: with a lower one, one of them shuts a route for everybody.
    assert_eq!(api["RouteSettings"], Value::Null);
}

/// SAM writes a switched-off address as `servers` without `url` (its issue 2424), of which API Gateway
/// warns: whoever fails on warnings cannot make the stack, and finds out at the first deployment.
#[test]
fn no_api_fails_on_the_warning_that_a_switched_off_address_brings() {
    let template = Template::read();
    for (id, api) in template.resources("AWS::Serverless::HttpApi") {
        let [fails, switched_off] = ["FailOnWarnings", "DisableExecuteApiEndpoint"]
            .map(|name| &api["Properties"][name])
            .map(|value| !value.is_null() && *value != Value::Bool(false));
        assert!(!(fails && switched_off), "{id}");
    }
    // The pair is what CloudFormation gets: a server has no address, and a warning stays one.
    let translated = Template::translated();
    for (id, api) in translated.resources("AWS::ApiGatewayV2::Api") {
        let api = &api["Properties"];
        let servers = each(&api["Body"]["servers"]);
        let warned = servers.iter().any(|server| server["url"].is_null());
        assert!(!warned || api["FailOnWarnings"] != true, "{id}");
    }
}

/// Metrics for each route are billed, and no alarm and no chart reads them.
#[test]
fn no_route_has_metrics_of_its_own() {
    let template = Template::read();
    let api = template.at("/Resources/Api/Properties");
    let settings = &api["DefaultRouteSettings"];
    assert!(settings["DetailedMetricsEnabled"].is_null(), "{settings}");
}
