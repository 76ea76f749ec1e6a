//! The HTTP API's routes, which lead a request to its function.
//!
//! Source: "Routes for HTTP APIs" in the API Gateway developer guide. A fixed segment has
//! precedence over a variable, a variable over a greedy one (`{proxy+}`), a named method over
//! `ANY`. The path is decoded before it is matched, as functions get it: an encoded slash separates
//! segments.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use http::Method;

use crate::lambda::gateway::decoded;
use crate::template::{Route, Template};

/// All routes, in the order of trying.
#[derive(Debug)]
pub struct Routes {
    routes: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    route: Route,
    segments: Vec<Segment>,
    function: String,
}

/// A segment. The order of the variants is the order of trying.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Segment {
    Fixed(String),
    Variable(String),
    Greedy(String),
}

/// A route that fits a request.
#[derive(Debug, PartialEq, Eq)]
pub struct Match<'a> {
    /// The function to invoke.
    pub function: &'a str,
    /// The route's key, such as `POST /hooks/{source}/request-created`.
    pub key: String,
    /// The values of its variables, decoded.
    pub parameters: BTreeMap<String, String>,
}

impl Routes {
    /// The routes that a template declares.
    #[must_use]
    pub fn of(template: &Template) -> Self {
        let mut routes: Vec<_> = template
            .functions
            .iter()
            .flat_map(|function| function.routes.iter().map(|route| (route, &function.name)))
            .map(|(route, function)| Entry {
                route: route.clone(),
                segments: segments(&route.path),
                function: function.clone(),
            })
            .collect();
        routes.sort_by_cached_key(|entry| {
            let kinds: Vec<_> = entry.segments.iter().map(kind).collect();
            (
                kinds,
                entry.route.method == "ANY",
                Reverse(entry.segments.len()),
            )
        });
        Self { routes }
    }

    /// The route that fits a method and a raw path, if there is one.
    #[must_use]
    pub fn find(&self, method: &Method, path: &str) -> Option<Match<'_>> {
        let path = decoded(path);
        self.routes
            .iter()
            .filter(|entry| entry.route.method == "ANY" || entry.route.method == method.as_str())
            .find_map(|entry| {
                let parameters = fit(&entry.segments, &path)?;
                Some(Match {
                    function: &entry.function,
                    key: format!("{} {}", entry.route.method, entry.route.path),
                    parameters,
                })
            })
    }
}

fn kind(segment: &Segment) -> u8 {
    match segment {
        Segment::Fixed(_) => 0,
        Segment::Variable(_) => 1,
        Segment::Greedy(_) => 2,
    }
}

fn segments(path: &str) -> Vec<Segment> {
    path.trim_start_matches('/')
        .split('/')
        .map(|segment| {
            match segment
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'))
            {
                Some(name) => match name.strip_suffix('+') {
                    Some(name) => Segment::Greedy(name.to_owned()),
                    None => Segment::Variable(name.to_owned()),
                },
                None => Segment::Fixed(segment.to_owned()),
            }
        })
        .collect()
}

fn fit(segments: &[Segment], path: &str) -> Option<BTreeMap<String, String>> {
    let mut parameters = BTreeMap::new();
    let mut given = path.strip_prefix('/')?.split('/');
    for segment in segments {
        match segment {
            Segment::Fixed(text) => given.next().filter(|part| part == text).map(drop)?,
            Segment::Variable(name) => {
                let part = given.next().filter(|part| !part.is_empty())?;
                parameters.insert(name.clone(), part.to_owned());
            }
            Segment::Greedy(name) => {
                let rest: Vec<_> = given.by_ref().collect();
                if rest.is_empty() {
                    return None;
                }
                parameters.insert(name.clone(), rest.join("/"));
            }
        }
    }
    given.next().is_none().then_some(parameters)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a failed step fails the test")]

    use std::fmt::Write;

    use super::*;

    fn routes(declared: &[(&str, &str, &str)]) -> Routes {
        let mut text = "Resources:\n".to_owned();
        for (index, (function, method, path)) in declared.iter().enumerate() {
            writeln!(
                text,
                "  F{index}: {{ Type: AWS::Serverless::Function, Properties: {{ FunctionName: {function}, Events: {{ E: {{ Type: HttpApi, Properties: {{ Method: {method}, Path: \"{path}\" }} }} }} }} }}"
            )
            .unwrap();
        }
        Routes::of(&Template::read(&text, "lanyard", &BTreeMap::new()).unwrap())
    }

    fn found(routes: &Routes, method: &Method, path: &str) -> Option<String> {
        routes
            .find(method, path)
            .map(|found| found.function.to_owned())
    }

    #[test]
    fn variables_are_read_and_decoded() {
        let routes = routes(&[("created", "post", "/hooks/{source}/request-created")]);
        let found = routes
            .find(&Method::POST, "/hooks/a%20b/request-created")
            .unwrap();
        assert_eq!(found.key, "POST /hooks/{source}/request-created");
        assert_eq!(found.parameters["source"], "a b");
        let found = routes.find(&Method::POST, "/hooks/a%2526/request%2Dcreated");
        assert_eq!(found.unwrap().parameters["source"], "a%26");
        assert!(
            routes
                .find(&Method::POST, "/hooks/a%2Fb/request-created")
                .is_none()
        );
    }

    #[test]
    fn another_method_another_depth_or_an_empty_variable_does_not_fit() {
        let routes = routes(&[("created", "POST", "/hooks/{source}/request-created")]);
        for (method, path) in [
            (Method::GET, "/hooks/forms/request-created"),
            (Method::HEAD, "/hooks/forms/request-created"),
            (Method::POST, "/hooks/forms/request-created/"),
            (Method::POST, "/hooks//request-created"),
            (Method::POST, "/hooks/forms"),
            (Method::POST, "/"),
            (Method::POST, "*"),
        ] {
            assert_eq!(found(&routes, &method, path), None, "{path}");
        }
    }

    #[test]
    fn the_most_particular_route_is_taken_whatever_the_order() {
        let routes = routes(&[
            ("rest", "ANY", "/{proxy+}"),
            ("any", "ANY", "/a/{b}"),
            ("variable", "GET", "/a/{b}"),
            ("fixed", "GET", "/a/b"),
        ]);
        assert_eq!(found(&routes, &Method::GET, "/a/b").unwrap(), "fixed");
        assert_eq!(found(&routes, &Method::GET, "/a/c").unwrap(), "variable");
        assert_eq!(found(&routes, &Method::POST, "/a/c").unwrap(), "any");
        assert_eq!(found(&routes, &Method::POST, "/a/c/d").unwrap(), "rest");
        let rest = routes.find(&Method::GET, "/x/y/z").unwrap();
        assert_eq!(rest.parameters["proxy"], "x/y/z");
    }

    #[test]
    fn what_lies_below_is_not_what_it_lies_below_of() {
        let routes = routes(&[("below", "ANY", "/a/{proxy+}"), ("root", "ANY", "/")]);
        assert_eq!(found(&routes, &Method::HEAD, "/a/b").unwrap(), "below");
        assert_eq!(found(&routes, &Method::GET, "/a"), None);
        assert_eq!(found(&routes, &Method::GET, "/").unwrap(), "root");
    }
}
