//! The exact body of every answer that is not a success.

use domain::Refusal;
use hooks::canonical::CanonicalError;
use hooks::function::{EventType, Function};
use hooks::json::NotJson;
use hooks::mapping::MappingError;
use hooks::problem::Problem;
use hooks::read::ReadError;

/// Every row of the answers' table, and every error that leads to one.
fn every_problem() -> Vec<Problem> {
    let field = |pointer: &str| CanonicalError::Field {
        pointer: pointer.to_owned(),
        reason: "is missing".to_owned(),
    };
    let missing = MappingError::Missing {
        found: "nothing",
        pointer: "/issue/key".to_owned(),
        wanted: "the issue's key".to_owned(),
    };
    let unknown = CanonicalError::UnknownType;
    let elsewhere = CanonicalError::WrongFunction {
        event: EventType::CustomerInvited,
        function: Function::RequestCreated,
    };
    let account = MappingError::UnknownAccount {
        pointer: "/issue/fields/reporter".to_owned(),
    };
    let refusal = Refusal::unknown_organization();
    vec![
        ReadError::NotJson(NotJson::Syntax { line: 1, column: 2 }).problem(),
        ReadError::NotJson(NotJson::TooDeep).problem(),
        ReadError::NotJson(NotJson::DuplicateName { line: 3 }).problem(),
        ReadError::Mapping(missing).problem(),
        ReadError::Mapping(MappingError::WrongFunction).problem(),
        ReadError::Mapped(field("/data/request/summary")).problem(),
        ReadError::Mapped(elsewhere.clone()).problem(),
        ReadError::Canonical(field("/data/reporter/email")).problem(),
        ReadError::Canonical(unknown).problem(),
        ReadError::Canonical(elsewhere).problem(),
        Problem::unauthorized(),
        Problem::address_not_allowed(),
        ReadError::FunctionNotAllowed(Function::CustomerInvited).problem(),
        ReadError::EventNotAllowed(EventType::RequestShared).problem(),
        Problem::delivery_conflict(),
        Problem::too_large(),
        Problem::unsupported_media_type(),
        Problem::refused(&refusal),
        ReadError::Mapping(account).problem(),
        Problem::too_many_requests(30),
        Problem::unavailable(5),
    ]
}

#[test]
fn each_problem_has_exactly_this_body() {
    let bodies: Vec<String> = every_problem()
        .into_iter()
        .map(|problem| problem.with_instance("req-1").body())
        .collect();
    insta::assert_snapshot!(bodies.join("\n"));
}

#[test]
fn an_answer_says_its_kind_and_when_to_come_back() {
    for problem in every_problem() {
        let response = problem.response();
        assert_eq!(response.status().as_u16(), problem.status);
        assert_eq!(
            response.headers()["content-type"],
            "application/problem+json"
        );
        assert_eq!(response.headers()["cache-control"], "no-store");
        let again = matches!(problem.status, 429 | 503);
        assert_eq!(response.headers().contains_key("retry-after"), again);
        let body: serde_json::Value = serde_json::from_str(response.body()).unwrap();
        assert_eq!(body["status"], problem.status);
    }
}

#[test]
fn a_401_is_the_same_whatever_the_reason() {
    let body = Problem::unauthorized().with_instance("req-1").body();
    for word in ["source", "signature", "secret", "timestamp", "header"] {
        assert!(!body.contains(word), "{word}");
    }
}
